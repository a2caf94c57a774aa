/* Truncation as Hugging Face tokenizers has it (utils/truncation.rs, tokenizer/encoding.rs: truncate). */
#include "tokenizer/truncation.h"

gaze_span gaze_window_at(const gaze_windows *w, size_t i) {
    if (w->size == 0) return i == 0 ? (gaze_span){0, 0} : (gaze_span){0, w->tokens}; /* see cut() */
    size_t skipped = i * (w->size - w->stride);
    if (w->side == GAZE_SIDE_RIGHT) {
        size_t end = w->tokens - skipped < w->size ? w->tokens : skipped + w->size;
        return (gaze_span){skipped, end};
    }
    size_t end = w->tokens - skipped;
    return (gaze_span){end < w->size ? 0 : end - w->size, end};
}

/* Windows of at most `size` tokens. Without room for any token, all of them are one overflow window. */
static gaze_status cut(gaze_windows *w, size_t size, const gaze_truncation *truncation, gaze_error *err) {
    w->count = 1;
    if (size >= w->tokens) return GAZE_OK;
    w->size = size;
    w->stride = truncation->stride;
    w->side = truncation->side;
    w->count = 2;
    if (size == 0) return GAZE_OK;
    if (truncation->stride >= size)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT,
                         "Truncation error: stride %zu, expected less than the %zu tokens of a window",
                         truncation->stride, size);
    size_t step = size - truncation->stride;
    w->count = 1 + (w->tokens - size + step - 1) / step;
    return GAZE_OK;
}

/* How many tokens of each sequence stay when the longer ones are cut first. */
static void share_longest_first(size_t keep[2], const size_t tokens[2], size_t budget) {
    size_t first_is_longer = tokens[0] > tokens[1];
    size_t a = tokens[first_is_longer]; /* the shorter one */
    size_t b = a > budget || budget - a < a ? a : budget - a;
    if (a > budget || b > budget - a) { /* both are too long: half for each, the odd token for the longer */
        a = budget / 2;
        b = a + budget % 2;
    }
    keep[first_is_longer] = a;
    keep[!first_is_longer] = b;
}

/* What stays when only one of the sequences may be cut. */
static gaze_status share_only(size_t keep[2], const size_t tokens[2], bool pair, size_t which, size_t budget,
                              gaze_error *err) {
    size_t excess = tokens[0] + tokens[1] - budget;
    if (which == 1 && !pair)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "Truncation error: Second sequence not provided");
    if (tokens[which] <= excess)
        return gaze_fail(
            err, GAZE_ERROR_ARGUMENT,
            "Truncation error: Sequence to truncate too short to respect the provided max_length");
    keep[which] = tokens[which] - excess;
    return GAZE_OK;
}

/* How many tokens of each sequence stay. */
static gaze_status share(size_t keep[2], const size_t tokens[2], bool pair, size_t budget,
                         const gaze_truncation *truncation, gaze_error *err) {
    if (tokens[0] + tokens[1] <= budget) return GAZE_OK;
    if (budget == 0) {
        keep[0] = keep[1] = 0;
        return GAZE_OK;
    }
    switch (truncation->strategy) {
    case GAZE_TRUNCATE_ONLY_FIRST: return share_only(keep, tokens, pair, 0, budget, err);
    case GAZE_TRUNCATE_ONLY_SECOND: return share_only(keep, tokens, pair, 1, budget, err);
    case GAZE_TRUNCATE_LONGEST_FIRST: break;
    }
    if (pair)
        share_longest_first(keep, tokens, budget);
    else
        keep[0] = budget;
    return GAZE_OK;
}

gaze_status gaze_truncate(gaze_windows windows[2], const size_t tokens[2], bool pair, size_t added,
                          const gaze_truncation *truncation, gaze_error *err) {
    size_t keep[2] = {tokens[0], tokens[1]};
    gaze_status status = GAZE_OK;
    if (truncation->enabled && truncation->max_length < added)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT,
                         "Truncation error: max_length %zu is less than the %zu special tokens",
                         truncation->max_length, added);
    if (truncation->enabled)
        status = share(keep, tokens, pair, truncation->max_length - added, truncation, err);
    for (size_t i = 0; i < 2 && !status; i++) {
        windows[i] = (gaze_windows){.tokens = tokens[i], .size = tokens[i]};
        status = cut(&windows[i], keep[i], truncation, err);
    }
    return status;
}
