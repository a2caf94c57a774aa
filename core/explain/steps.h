/* The steps of attention, one by one, for one query of one head:
 *
 *     products[s,k] = q[k] keys[s,k]
 *     dots[s]       = sum_k products[s,k]
 *     scores[s]     = dots[s] / sqrt(K), and -inf where the key is masked
 *     weights[s]    = exp(scores[s]) / sum_s' exp(scores[s'])
 *     output[k]     = sum_s weights[s] values[s,k]
 *     norms[s]      = weights[s] ||values[s]||                        Kobayashi et al. 2020
 *
 * Sums are taken in double, from left to right. Hugging Face: eager_attention_forward in modeling_bert.py, which
 * never shows what lies between.
 */
#ifndef GAZE_CORE_EXPLAIN_STEPS_H
#define GAZE_CORE_EXPLAIN_STEPS_H

#include <stddef.h>

/* q (K), keys (S,K) -> products (S,K), dots (S). */
void gaze_steps_products(float *products, const float *q, const float *keys, size_t S, size_t K);
void gaze_steps_dots(double *dots, const float *q, const float *keys, size_t S, size_t K);

/* dots (S), weights (S) of the softmax -> scores (S). A key whose weight is exactly 0, although its score lies so close
 * to the largest that exp would not give 0, was masked. */
void gaze_steps_scores(double *scores, const double *dots, const float *weights, size_t S, size_t K);

/* weights = softmax(scores), (S) each; a score of -inf gives 0. One at least must be finite. */
void gaze_steps_softmax(float *weights, const double *scores, size_t S);

/* Largest |softmax(scores)[s] - weights[s]|: 0 but for rounding, unless the head does something between the two
 * (relative positions, another scale). NaN where a number is none. */
double gaze_steps_softmax_error(const double *scores, const float *weights, size_t S);

/* weights (S), values (S,K) -> output (K), norms (S). */
void gaze_steps_output(double *output, const float *weights, const float *values, size_t S, size_t K);
void gaze_steps_norms(double *norms, const float *weights, const float *values, size_t S, size_t K);

/* order[K]: the dimensions by |products_s[k]|, largest first; of equal ones the lower. */
void gaze_steps_order(size_t *order, const float *products_s, size_t K);

#endif
