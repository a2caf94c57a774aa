#include "core/explain/head_statistics.h"

#include <math.h>
#include <stdbool.h>

#include "core/explain/entropy.h"

static bool ends_in(const gaze_tokens *tokens, size_t t, char c) {
    return tokens->string_lengths[t] > 0 && tokens->strings[t][tokens->string_lengths[t] - 1] == c;
}

/* "." and ",", with or without the sign that byte-level BPE and Unigram put for a blank before them. */
static bool is_punctuation(const gaze_tokens *tokens, size_t t) {
    size_t length = tokens->string_lengths[t];
    const unsigned char *bytes = (const unsigned char *)tokens->strings[t];
    bool after_blank = (length == 3 && bytes[0] == 0xC4 && bytes[1] == 0xA0) ||                   /* U+0120 */
                       (length == 4 && bytes[0] == 0xE2 && bytes[1] == 0x96 && bytes[2] == 0x81); /* U+2581 */
    return (length == 1 || after_blank) && (ends_in(tokens, t, '.') || ends_in(tokens, t, ','));
}

void gaze_token_kinds(uint8_t *kinds, const gaze_tokens *tokens) {
    for (size_t t = 0; t < tokens->count; t++) {
        kinds[t] = is_punctuation(tokens, t) ? GAZE_KIND_PUNCTUATION : GAZE_KIND_ORDINARY;
        if (tokens->special[t]) kinds[t] = t == 0 ? GAZE_KIND_CLS : GAZE_KIND_SEP;
    }
}

/* Mean of the diagonal that lies `offset` columns to the right of the main one. */
static double diagonal(const float *a, size_t T, ptrdiff_t offset) {
    double sum = 0;
    for (ptrdiff_t t = 0; t < (ptrdiff_t)T; t++) {
        ptrdiff_t s = t + offset;
        if (s >= 0 && s < (ptrdiff_t)T) sum += (double)a[t * (ptrdiff_t)T + s];
    }
    return sum / (double)T;
}

/* Mean over the rows of what they give to the tokens of one kind. */
static double mass_of(const float *a, const uint8_t *kinds, size_t T, gaze_token_kind kind) {
    double sum = 0;
    for (size_t t = 0; t < T; t++)
        for (size_t s = 0; s < T; s++)
            if (kinds[s] == kind) sum += (double)a[t * T + s];
    return sum / (double)T;
}

void gaze_head_statistics(double *values, const float *a, const uint8_t *kinds, size_t T) {
    double entropy = gaze_entropy_mean(a, T, T);
    values[GAZE_STATISTIC_ENTROPY] = entropy;
    values[GAZE_STATISTIC_RELATIVE_ENTROPY] = T > 1 ? entropy / log((double)T) : 0;
    values[GAZE_STATISTIC_PREVIOUS] = diagonal(a, T, -1);
    values[GAZE_STATISTIC_NEXT] = diagonal(a, T, 1);
    values[GAZE_STATISTIC_SELF] = diagonal(a, T, 0);
    values[GAZE_STATISTIC_CLS] = mass_of(a, kinds, T, GAZE_KIND_CLS);
    values[GAZE_STATISTIC_SEP] = mass_of(a, kinds, T, GAZE_KIND_SEP);
    values[GAZE_STATISTIC_PUNCTUATION] = mass_of(a, kinds, T, GAZE_KIND_PUNCTUATION);
}

gaze_head_label gaze_head_label_of(const double *values) {
    static const struct {
        gaze_head_label label;
        gaze_statistic statistic;
        double above;
    } rules[] = {
        {GAZE_HEAD_NEXT, GAZE_STATISTIC_NEXT, 0.5},
        {GAZE_HEAD_PREVIOUS, GAZE_STATISTIC_PREVIOUS, 0.5},
        {GAZE_HEAD_BROAD, GAZE_STATISTIC_RELATIVE_ENTROPY, 0.78},
        {GAZE_HEAD_CLS, GAZE_STATISTIC_CLS, 0.6},
        {GAZE_HEAD_SEP, GAZE_STATISTIC_SEP, 0.6},
        {GAZE_HEAD_PUNCTUATION, GAZE_STATISTIC_PUNCTUATION, 0.6},
    };
    gaze_head_label label = GAZE_HEAD_UNLABELLED;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (values[rules[i].statistic] > rules[i].above) label = rules[i].label;
    return label;
}
