/* Pooling: one vector for a text, out of the vectors of its tokens.
 *
 *     cls                   x[0]                                the first token, [CLS]
 *     max                   max_t x[t]                          component by component
 *     mean                  sum_t x[t] / T
 *     mean_sqrt_len_tokens  sum_t x[t] / sqrt(T)
 *     weightedmean          sum_t (t+1) x[t] / sum_t (t+1)      later tokens count more
 *     lasttoken             x[T-1]
 *
 * Special tokens count like any other: the attention mask is 1 for them (sentence-transformers: Pooling). With a
 * prompt that is not to count, the first tokens are passed over; weightedmean keeps the weights of the others.
 */
#ifndef GAZE_CORE_TASK_POOLING_H
#define GAZE_CORE_TASK_POOLING_H

#include <stdbool.h>
#include <stddef.h>

typedef enum gaze_pooling {
    GAZE_POOLING_CLS,
    GAZE_POOLING_MAX,
    GAZE_POOLING_MEAN,
    GAZE_POOLING_MEAN_SQRT_LEN,
    GAZE_POOLING_WEIGHTED_MEAN,
    GAZE_POOLING_LAST_TOKEN,
    GAZE_POOLING_COUNT
} gaze_pooling;

/* "cls", "mean_sqrt_len_tokens", ...: sentence-transformers' names. */
const char *gaze_pooling_name(gaze_pooling pooling);
/* False when none has that name. */
bool gaze_pooling_from_name(const char *name, size_t length, gaze_pooling *pooling);

/* pooled (D) of hidden (T,D), of which the rows before `first` do not count; T is at least 1. Sums are taken in
 * double. Where no row is left, the maximum is -inf, cls the first row of all, and everything else 0. */
void gaze_pooling_forward(float *pooled, const float *hidden, size_t T, size_t D, size_t first,
                          gaze_pooling pooling);

/* x (D) = x / max(|x|, 1e-12), |x| = sqrt(sum_d x[d]^2) (torch.nn.functional.normalize). */
void gaze_normalize_l2(float *x, size_t D);

#endif
