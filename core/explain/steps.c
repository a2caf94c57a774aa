#include "core/explain/steps.h"

#include <math.h>

/* exp(-80) is 2e-35: far above the smallest float, so a softmax does not give 0 for it by rounding. */
static const double CLOSE = 80;

void gaze_steps_products(float *products, const float *q, const float *keys, size_t S, size_t K) {
    for (size_t s = 0; s < S; s++)
        for (size_t k = 0; k < K; k++) products[s * K + k] = q[k] * keys[s * K + k];
}

void gaze_steps_dots(double *dots, const float *q, const float *keys, size_t S, size_t K) {
    for (size_t s = 0; s < S; s++) {
        double sum = 0;
        for (size_t k = 0; k < K; k++) sum += (double)q[k] * (double)keys[s * K + k];
        dots[s] = sum;
    }
}

void gaze_steps_scores(double *scores, const double *dots, const float *weights, size_t S, size_t K) {
    double root = sqrt((double)K), most = -(double)INFINITY;
    for (size_t s = 0; s < S; s++) {
        scores[s] = dots[s] / root;
        if (weights[s] != 0 && scores[s] > most) most = scores[s];
    }
    for (size_t s = 0; s < S; s++)
        if (weights[s] == 0 && scores[s] > most - CLOSE) scores[s] = -(double)INFINITY;
}

/* The largest score, and the sum of exp(score - largest). */
static double normalise(double *most, const double *scores, size_t S) {
    double sum = 0;
    *most = -(double)INFINITY;
    for (size_t s = 0; s < S; s++) *most = scores[s] > *most ? scores[s] : *most;
    for (size_t s = 0; s < S; s++) sum += exp(scores[s] - *most);
    return sum;
}

void gaze_steps_softmax(float *weights, const double *scores, size_t S) {
    double most, sum = normalise(&most, scores, S);
    for (size_t s = 0; s < S; s++) weights[s] = (float)(exp(scores[s] - most) / sum);
}

double gaze_steps_softmax_error(const double *scores, const float *weights, size_t S) {
    double most, error = 0, sum = normalise(&most, scores, S);
    for (size_t s = 0; s < S; s++) {
        double difference = fabs(exp(scores[s] - most) / sum - (double)weights[s]);
        if (isnan(difference)) return difference;
        error = fmax(error, difference);
    }
    return error;
}

void gaze_steps_output(double *output, const float *weights, const float *values, size_t S, size_t K) {
    for (size_t k = 0; k < K; k++) {
        double sum = 0;
        for (size_t s = 0; s < S; s++) sum += (double)weights[s] * (double)values[s * K + k];
        output[k] = sum;
    }
}

void gaze_steps_norms(double *norms, const float *weights, const float *values, size_t S, size_t K) {
    for (size_t s = 0; s < S; s++) {
        double sum = 0;
        for (size_t k = 0; k < K; k++) sum += (double)values[s * K + k] * (double)values[s * K + k];
        norms[s] = (double)weights[s] * sqrt(sum);
    }
}

/* By insertion: K is some dozens, and equal ones keep their order. */
void gaze_steps_order(size_t *order, const float *products_s, size_t K) {
    for (size_t k = 0; k < K; k++) {
        size_t at = k;
        for (; at > 0 && fabsf(products_s[order[at - 1]]) < fabsf(products_s[k]); at--) order[at] = order[at - 1];
        order[at] = k;
    }
}
