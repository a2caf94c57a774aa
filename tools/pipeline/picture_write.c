#include "tools/pipeline/picture_write.h"

#include <math.h>
#include <string.h>

#include "core/base/memory.h"
#include "weights/npz.h"

/* "mean", "max", or the number. */
static void put_number(gaze_buffer *out, int32_t number, const char *quote) {
    if (number >= 0)
        gaze_buffer_printf(out, "%d", (int)number);
    else
        gaze_buffer_printf(out, "%s%s%s", quote, number == GAZE_PANEL_MEAN ? "mean" : "max", quote);
}

/* Tables --------------------------------------------------------------------------------------------- */

typedef void field_writer(gaze_buffer *out, const char *text, size_t length);

/* A label as it stands, in quotes where it holds a comma, a quote or the end of a line. */
static void put_csv_field(gaze_buffer *out, const char *text, size_t length) {
    bool quoted = false;
    for (size_t i = 0; i < length; i++)
        if (text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r') quoted = true;
    if (quoted) gaze_buffer_putc(out, '"');
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"') gaze_buffer_putc(out, '"');
        gaze_buffer_putc(out, text[i]);
    }
    if (quoted) gaze_buffer_putc(out, '"');
}

static void put_tsv_field(gaze_buffer *out, const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) switch (text[i]) {
        case '\t': gaze_buffer_puts(out, "\\t"); break;
        case '\n': gaze_buffer_puts(out, "\\n"); break;
        case '\r': gaze_buffer_puts(out, "\\r"); break;
        case '\\': gaze_buffer_puts(out, "\\\\"); break;
        default: gaze_buffer_putc(out, text[i]);
        }
}

static void put_weight(gaze_buffer *out, float weight) {
    if (isfinite(weight))
        gaze_buffer_put_float(out, weight);
    else
        gaze_buffer_puts(out, isnan(weight) ? "nan" : weight > 0 ? "inf" : "-inf");
}

static void put_table_row(gaze_buffer *out, const gaze_picture *picture, const gaze_panel *panel, size_t t,
                          char separator, field_writer put_field) {
    const gaze_label *label = &picture->units.labels[t];
    size_t N = picture->units.count;
    if (picture->panel_count > 1) {
        put_number(out, panel->layer, "");
        gaze_buffer_putc(out, separator);
        put_number(out, panel->head, "");
        gaze_buffer_putc(out, separator);
    }
    put_field(out, label->text, label->length);
    for (size_t s = 0; s < N; s++) {
        gaze_buffer_putc(out, separator);
        put_weight(out, panel->weights[t * N + s]);
    }
    gaze_buffer_putc(out, '\n');
}

static gaze_status put_table(gaze_buffer *out, const gaze_picture *picture, char separator, field_writer put_field,
                             gaze_error *err) {
    if (picture->panel_count > 1) gaze_buffer_printf(out, "layer%chead%c", separator, separator);
    for (size_t s = 0; s < picture->units.count; s++) {
        gaze_buffer_putc(out, separator);
        put_field(out, picture->units.labels[s].text, picture->units.labels[s].length);
    }
    gaze_buffer_putc(out, '\n');
    for (size_t p = 0; p < picture->panel_count; p++)
        for (size_t t = 0; t < picture->units.count; t++)
            put_table_row(out, picture, &picture->panels[p], t, separator, put_field);
    return gaze_buffer_status(out, err);
}

gaze_status gaze_picture_put_csv(gaze_buffer *out, const gaze_picture *picture, gaze_error *err) {
    return put_table(out, picture, ',', put_csv_field, err);
}

gaze_status gaze_picture_put_tsv(gaze_buffer *out, const gaze_picture *picture, gaze_error *err) {
    return put_table(out, picture, '\t', put_tsv_field, err);
}

/* JSON ----------------------------------------------------------------------------------------------- */

static void put_numbers(gaze_buffer *out, const gaze_picture *picture, bool heads) {
    if (picture->panel_count > 1) gaze_buffer_putc(out, '[');
    for (size_t p = 0; p < picture->panel_count; p++) {
        if (p) gaze_buffer_puts(out, ", ");
        put_number(out, heads ? picture->panels[p].head : picture->panels[p].layer, "\"");
    }
    if (picture->panel_count > 1) gaze_buffer_putc(out, ']');
}

/* {"model": ..., "layer": ..., "head": ..., "tokens": [...] without the closing brace */
static void put_fields(gaze_buffer *out, const gaze_picture *picture) {
    const char *model = picture->figure.model;
    gaze_buffer_puts(out, "{\"model\": ");
    if (model)
        gaze_buffer_put_json_string(out, model, strlen(model));
    else
        gaze_buffer_puts(out, "null");
    gaze_buffer_puts(out, ", \"layer\": ");
    put_numbers(out, picture, false);
    gaze_buffer_puts(out, ", \"head\": ");
    put_numbers(out, picture, true);
    gaze_buffer_puts(out, ", \"tokens\": [");
    for (size_t s = 0; s < picture->units.count; s++) {
        if (s) gaze_buffer_puts(out, ", ");
        gaze_buffer_put_json_string(out, picture->units.labels[s].text, picture->units.labels[s].length);
    }
    gaze_buffer_putc(out, ']');
}

static void put_matrix(gaze_buffer *out, const float *weights, size_t N) {
    for (size_t t = 0; t < N; t++) {
        gaze_buffer_puts(out, t ? ",\n [" : "[[");
        for (size_t s = 0; s < N; s++) {
            if (s) gaze_buffer_puts(out, ", ");
            gaze_buffer_put_float(out, weights[t * N + s]);
        }
        gaze_buffer_putc(out, ']');
    }
    gaze_buffer_putc(out, ']');
}

gaze_status gaze_picture_put_json(gaze_buffer *out, const gaze_picture *picture, gaze_error *err) {
    bool several = picture->panel_count > 1;
    put_fields(out, picture);
    gaze_buffer_puts(out, several ? ", \"matrix\": [\n " : ", \"matrix\":\n ");
    for (size_t p = 0; p < picture->panel_count; p++) {
        if (p) gaze_buffer_puts(out, ",\n ");
        put_matrix(out, picture->panels[p].weights, picture->units.count);
    }
    gaze_buffer_puts(out, several ? "]}\n" : "}\n");
    return gaze_buffer_status(out, err);
}

/* .npz ----------------------------------------------------------------------------------------------- */

/* All panels behind one another, in new memory. */
static gaze_status join_panels(float **out, const gaze_picture *picture, gaze_error *err) {
    size_t N = picture->units.count, count;
    *out = gaze_size_mul(N * N, picture->panel_count, &count) ? gaze_alloc(count, sizeof **out) : NULL;
    if (!*out) return gaze_fail_memory(err);
    for (size_t p = 0; p < picture->panel_count; p++)
        memcpy(*out + p * N * N, picture->panels[p].weights, N * N * sizeof **out);
    return GAZE_OK;
}

gaze_status gaze_picture_put_npz(gaze_buffer *out, const gaze_picture *picture, gaze_error *err) {
    size_t N = picture->units.count, P = picture->panel_count;
    float *matrix = NULL;
    gaze_buffer meta = {0};
    put_fields(&meta, picture);
    gaze_buffer_putc(&meta, '}');
    gaze_status status = gaze_buffer_status(&meta, err);
    if (!status) status = join_panels(&matrix, picture, err);
    gaze_named_tensor arrays[2] = {
        {"matrix", {.data = matrix, .dtype = GAZE_DTYPE_F32, .rank = P > 1 ? 3 : 2, .shape = {P, N, N}}},
        {"meta", {.data = meta.data, .dtype = GAZE_DTYPE_U8, .rank = 1, .shape = {meta.length}}}};
    if (P == 1) arrays[0].tensor.shape[0] = N;
    if (!status) status = gaze_npz_write(out, arrays, 2, false, err);
    gaze_free(matrix);
    gaze_buffer_deinit(&meta);
    return status;
}
