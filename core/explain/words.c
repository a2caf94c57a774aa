#include "core/explain/words.h"

#include <stdbool.h>

static bool same_word(const gaze_tokens *tokens, size_t a, size_t b) {
    return tokens->word_ids[a] != GAZE_NO_WORD && tokens->word_ids[a] == tokens->word_ids[b] &&
           tokens->sequence_ids[a] == tokens->sequence_ids[b];
}

size_t gaze_words_find(size_t *starts, const gaze_tokens *tokens) {
    size_t W = 0;
    for (size_t t = 0; t < tokens->count; t++)
        if (t == 0 || !same_word(tokens, t - 1, t)) starts[W++] = t;
    starts[W] = tokens->count;
    return W;
}

/* Everything that the pieces of one word give to the pieces of another. */
static double sum_block(const float *a, size_t T, const size_t word[2], const size_t other[2]) {
    double sum = 0;
    for (size_t t = word[0]; t < word[1]; t++)
        for (size_t s = other[0]; s < other[1]; s++) sum += (double)a[t * T + s];
    return sum;
}

void gaze_words_join(float *out, const float *a, const size_t *starts, size_t W) {
    size_t T = starts[W];
    for (size_t w = 0; w < W; w++) {
        double pieces = (double)(starts[w + 1] - starts[w]);
        for (size_t v = 0; v < W; v++) out[w * W + v] = (float)(sum_block(a, T, starts + w, starts + v) / pieces);
    }
}
