#include "viz/panel_name.h"

static void put_one(gaze_buffer *out, int32_t number, const char *numbered, const char *mean, const char *max,
                    const char *list) {
    if (number >= 0) {
        gaze_words_put_counts(out, numbered, (size_t[]){(size_t)number}, 1);
        return;
    }
    gaze_buffer_puts(out, number == GAZE_PANEL_MEAN ? mean : max);
    if (list) gaze_words_put(out, " ({})", (const char *[]){list});
}

void gaze_panel_put_layer(gaze_buffer *out, const gaze_words *words, int32_t layer, const char *list) {
    put_one(out, layer, words->layer, words->layer_mean, words->layer_max, list);
}

void gaze_panel_put_head(gaze_buffer *out, const gaze_words *words, int32_t head, const char *list) {
    put_one(out, head, words->head, words->head_mean, words->head_max, list);
}

/* What the panels have: the numbers of their layers, or of their heads, in order and without repetition. */
typedef struct numbers {
    int32_t first, last;
    size_t count;
    bool gaps;
} numbers;

static void add_number(numbers *n, int32_t number) {
    if (n->count > 0 && number <= n->last) return;
    if (n->count == 0) n->first = number;
    if (n->count > 0 && number != n->last + 1) n->gaps = true;
    n->last = number;
    n->count++;
}

static int32_t number_of(const gaze_panel *panel, bool heads) {
    return heads ? panel->head : panel->layer;
}

/* "0, 2, 5" */
static void put_list(gaze_buffer *out, const gaze_panel *panels, size_t count, bool heads) {
    numbers n = {0};
    for (size_t i = 0; i < count; i++) {
        size_t before = n.count;
        add_number(&n, number_of(&panels[i], heads));
        if (n.count > before) gaze_buffer_printf(out, "%s%d", before ? ", " : "", (int)n.last);
    }
}

/* "layer 4", "layers 0 to 5", "layers 0, 2, 5", or what all panels have in common. */
static gaze_status put_numbers(gaze_buffer *out, const gaze_panel *panels, size_t count, const gaze_figure *figure,
                               const gaze_words *words, bool heads) {
    numbers n = {0};
    for (size_t i = 0; i < count; i++) add_number(&n, number_of(&panels[i], heads));
    if (n.count == 1 && heads) gaze_panel_put_head(out, words, n.first, figure->heads);
    if (n.count == 1 && !heads) gaze_panel_put_layer(out, words, n.first, figure->layers);
    if (n.count == 1) return GAZE_OK;
    if (!n.gaps) {
        size_t range[2] = {(size_t)n.first, (size_t)n.last};
        gaze_words_put_counts(out, heads ? words->heads : words->layers, range, 2);
        return GAZE_OK;
    }
    gaze_buffer list = {0};
    put_list(&list, panels, count, heads);
    gaze_status status = gaze_buffer_status(&list, NULL);
    if (!status)
        gaze_words_put(out, heads ? words->heads_listed : words->layers_listed, (const char *[]){list.data});
    gaze_buffer_deinit(&list);
    return status;
}

void gaze_panels_put_heads(gaze_buffer *out, const gaze_panel *panels, size_t count, const gaze_figure *figure,
                           const gaze_words *words) {
    if (put_numbers(out, panels, count, figure, words, true)) out->failed = true;
}

static void capitalise(char *text) {
    if (*text >= 'a' && *text <= 'z') *text = (char)(*text - 'a' + 'A');
}

void gaze_panels_put_title(gaze_buffer *out, const gaze_panel *panels, size_t count, const gaze_figure *figure,
                           const gaze_words *words) {
    size_t start = out->length;
    if (figure->title) {
        gaze_buffer_puts(out, figure->title);
        return;
    }
    if (put_numbers(out, panels, count, figure, words, false)) out->failed = true;
    gaze_buffer_puts(out, words->comma);
    gaze_panels_put_heads(out, panels, count, figure, words);
    if (!out->failed) capitalise(out->data + start);
}
