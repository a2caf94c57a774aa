#include "viz/html/data.h"

#include <string.h>

#include "viz/html/quantise.h"
#include "viz/panel_name.h"
#include "viz/sentence.h"

void gaze_data_name(gaze_buffer *out, const char *name) {
    gaze_buffer_printf(out, ",\n\"%s\": ", name);
}

void gaze_data_string(gaze_buffer *out, const char *name, const char *value) {
    gaze_data_name(out, name);
    if (value)
        gaze_buffer_put_json_string(out, value, strlen(value));
    else
        gaze_buffer_puts(out, "null");
}

void gaze_data_number(gaze_buffer *out, const char *name, double value) {
    gaze_data_name(out, name);
    gaze_buffer_put_double(out, value);
}

void gaze_data_flag(gaze_buffer *out, const char *name, bool value) {
    gaze_data_name(out, name);
    gaze_buffer_puts(out, value ? "true" : "false");
}

void gaze_data_color(gaze_buffer *out, const char *name, gaze_rgb c) {
    gaze_data_name(out, name);
    gaze_buffer_printf(out, "\"#%02x%02x%02x\"", c.r, c.g, c.b);
}

void gaze_data_numbers(gaze_buffer *out, const char *name, const size_t *numbers, size_t count) {
    gaze_data_name(out, name);
    gaze_buffer_putc(out, '[');
    for (size_t i = 0; i < count; i++) gaze_buffer_printf(out, i ? ",%zu" : "%zu", numbers[i]);
    gaze_buffer_putc(out, ']');
}

void gaze_data_strings(gaze_buffer *out, const char *name, const char *const *strings, size_t count) {
    gaze_data_name(out, name);
    gaze_buffer_putc(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i) gaze_buffer_putc(out, ',');
        gaze_buffer_put_json_string(out, strings[i], strlen(strings[i]));
    }
    gaze_buffer_putc(out, ']');
}

void gaze_data_figure(gaze_buffer *out, const gaze_figure *figure) {
    static const char *const scales[] = {"sqrt", "linear", "xn", "row-max", "signed"};
    static const char *const specials[] = {"show", "dim", "hide"};
    gaze_data_string(out, "scale", scales[figure->scale]);
    gaze_data_string(out, "special", specials[figure->special]);
    gaze_data_flag(out, "renormalise", figure->renormalised);
}

void gaze_data_begin_words(gaze_buffer *out, const gaze_words *words, const gaze_data_word *list, size_t count) {
    gaze_data_name(out, "words");
    gaze_buffer_puts(out, "{\"language\": ");
    gaze_buffer_put_json_string(out, words->xml_lang, strlen(words->xml_lang));
    for (size_t i = 0; i < count; i++) gaze_data_string(out, list[i].name, list[i].text);
}

void gaze_data_ramp(gaze_buffer *out, const char *name, const gaze_rgb *ramp) {
    gaze_data_name(out, name);
    gaze_buffer_putc(out, '"');
    for (size_t i = 0; i < GAZE_RAMP_LEVELS; i++)
        gaze_buffer_printf(out, "%02x%02x%02x", ramp[i].r, ramp[i].g, ramp[i].b);
    gaze_buffer_putc(out, '"');
}

void gaze_data_inks(gaze_buffer *out, const char *name, const gaze_rgb *ramp, bool turns_dark) {
    gaze_data_name(out, name);
    gaze_buffer_putc(out, '"');
    for (size_t i = 0; i < GAZE_RAMP_LEVELS; i++) {
        bool by_night = turns_dark && gaze_color_wants_black(gaze_color_darken(ramp[i]));
        gaze_buffer_putc(out, (char)('0' + gaze_color_wants_black(ramp[i]) + 2 * by_night));
    }
    gaze_buffer_putc(out, '"');
}

/* The text of a buffer, which is given back. */
static void put_text(gaze_buffer *out, gaze_buffer *text) {
    if (text->failed) out->failed = true;
    gaze_buffer_put_json_string(out, text->data ? text->data : "", text->length);
    gaze_buffer_deinit(text);
}

void gaze_data_label(gaze_buffer *out, const gaze_label *label) {
    gaze_buffer text = {0};
    gaze_sentence_label(&text, label->text, label->length);
    put_text(out, &text);
}

/* Names of layers and heads ---------------------------------------------------------------------------- */

void gaze_data_layer_names(gaze_buffer *out, const gaze_words *words, const size_t *layers, size_t count) {
    gaze_data_name(out, "layerNames");
    for (size_t i = 0; i < count; i++) {
        gaze_buffer name = {0};
        gaze_panel_put_layer(&name, words, (int32_t)layers[i], NULL);
        gaze_buffer_printf(out, "%c\"%zu\": ", i ? ',' : '{', layers[i]);
        put_text(out, &name);
    }
    gaze_buffer_putc(out, '}');
}

static void put_head_name(gaze_buffer *out, const gaze_words *words, int32_t head, const char *listed) {
    gaze_buffer name = {0};
    gaze_panel_put_head(&name, words, head, listed);
    put_text(out, &name);
}

void gaze_data_head_names(gaze_buffer *out, const gaze_words *words, const size_t *heads, size_t count,
                          const char *listed) {
    gaze_data_name(out, "headNames");
    gaze_buffer_puts(out, "{\"mean\": ");
    put_head_name(out, words, GAZE_PANEL_MEAN, listed);
    gaze_buffer_puts(out, ",\"max\": ");
    put_head_name(out, words, GAZE_PANEL_MAX, listed);
    for (size_t i = 0; i < count; i++) {
        gaze_buffer_printf(out, ",\"%zu\": ", heads[i]);
        put_head_name(out, words, (int32_t)heads[i], listed);
    }
    gaze_buffer_putc(out, '}');
    gaze_data_name(out, "heads");
    for (size_t i = 0; i < count; i++) gaze_buffer_printf(out, "%c\"%zu\"", i ? ',' : '[', heads[i]);
    gaze_buffer_putc(out, ']');
}

/* Weights ---------------------------------------------------------------------------------------------- */

/* "3": [...], the heads of one layer, each a string. */
static gaze_status put_layer(gaze_buffer *out, const gaze_data_layers *layers, size_t l, gaze_error *err) {
    gaze_status status = GAZE_OK;
    gaze_buffer_printf(out, "\"%zu\": [", layers->layers[l]);
    for (size_t h = 0; h < layers->head_count && !status; h++) {
        gaze_buffer_puts(out, h ? ",\n\"" : "\"");
        status = gaze_put_weights_85(out, layers->weights[l * layers->head_count + h], layers->size,
                                  layers->bits, err);
        gaze_buffer_putc(out, '"');
    }
    gaze_buffer_putc(out, ']');
    return status;
}

gaze_status gaze_data_weights(gaze_buffer *out, bool *held, const gaze_data_layers *layers,
                              const size_t first[2], gaze_error *err) {
    size_t start = out->length;
    gaze_status status = GAZE_OK;
    gaze_data_name(out, "weights");
    gaze_buffer_putc(out, '{');
    for (size_t k = 0; k < layers->layer_count + 2 && !status; k++) {
        size_t l = k < 2 ? first[k] : layers->layer_count + 1 - k, before = out->length;
        if (held[l]) continue;
        if (k) gaze_buffer_puts(out, ",\n");
        status = put_layer(out, layers, l, err);
        held[l] = k < 2 || !layers->budget || out->length - start <= layers->budget;
        if (held[l]) continue;
        out->length = before; /* one too many */
        break;
    }
    gaze_buffer_putc(out, '}');
    return status;
}
