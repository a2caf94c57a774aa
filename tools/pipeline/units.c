#include "tools/pipeline/units.h"

#include "core/base/memory.h"
#include "core/explain/words.h"

static size_t find_starts(size_t *starts, const gaze_tokens *tokens, gaze_unit unit) {
    if (unit == GAZE_UNIT_WORD) return gaze_words_find(starts, tokens);
    for (size_t t = 0; t <= tokens->count; t++) starts[t] = t;
    return tokens->count;
}

/* The label of tokens [start, end), given that of the first. */
static gaze_label word_label(gaze_label label, const gaze_tokens *tokens, const gaze_input *input, size_t start,
                             size_t end) {
    bool second = tokens->sequence_ids[start] == 1;
    const char *text = second ? input->pair : input->text;
    if (label.special || !text) return label;
    label.text = text + tokens->bytes[start].start;
    label.length = tokens->bytes[end - 1].end - tokens->bytes[start].start;
    label.marker = 0;
    if (end > start + 1) label.id = GAZE_LABEL_NO_ID;
    return label;
}

gaze_status gaze_units_make(gaze_units *units, const gaze_tokens *tokens, const gaze_input *input,
                            gaze_unit unit, bool hide, gaze_error *err) {
    size_t T = tokens->count;
    *units = (gaze_units){.unit = unit};
    units->starts = gaze_alloc(T + 1, sizeof *units->starts);
    units->kept = gaze_alloc(T, sizeof *units->kept);
    units->labels = gaze_alloc_zero(T, sizeof *units->labels);
    if (!units->starts || !units->kept || !units->labels) {
        gaze_units_deinit(units);
        return gaze_fail_memory(err);
    }
    gaze_labels_from_tokens(units->labels, tokens);
    units->all = find_starts(units->starts, tokens, unit);
    for (size_t w = 0; w < units->all; w++) {
        size_t start = units->starts[w], end = units->starts[w + 1];
        gaze_label label = units->labels[start]; /* count <= w <= start: not yet overwritten */
        if (hide && label.special) continue;
        if (unit == GAZE_UNIT_WORD) label = word_label(label, tokens, input, start, end);
        units->labels[units->count] = label;
        units->kept[units->count++] = w;
    }
    gaze_labels_number(units->labels, units->count);
    if (units->count) return GAZE_OK;
    gaze_units_deinit(units);
    return gaze_fail(err, GAZE_ERROR_ARGUMENT, "all %zu tokens are special; hiding them leaves nothing to draw", T);
}

void gaze_units_deinit(gaze_units *units) {
    gaze_free(units->starts);
    gaze_free(units->kept);
    gaze_free(units->labels);
    *units = (gaze_units){0};
}

bool gaze_units_of_token(const gaze_units *units, size_t token, size_t *index) {
    for (size_t i = 0; i < units->count; i++) {
        size_t w = units->kept[i];
        if (token < units->starts[w] || token >= units->starts[w + 1]) continue;
        *index = i;
        return true;
    }
    return false;
}
