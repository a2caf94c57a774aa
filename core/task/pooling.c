#include "core/task/pooling.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const char *const names[GAZE_POOLING_COUNT] = {
    [GAZE_POOLING_CLS] = "cls",
    [GAZE_POOLING_MAX] = "max",
    [GAZE_POOLING_MEAN] = "mean",
    [GAZE_POOLING_MEAN_SQRT_LEN] = "mean_sqrt_len_tokens",
    [GAZE_POOLING_WEIGHTED_MEAN] = "weightedmean",
    [GAZE_POOLING_LAST_TOKEN] = "lasttoken",
};

const char *gaze_pooling_name(gaze_pooling pooling) {
    return names[pooling];
}

bool gaze_pooling_from_name(const char *name, size_t length, gaze_pooling *pooling) {
    for (int i = 0; i < GAZE_POOLING_COUNT; i++) {
        if (strlen(names[i]) != length || memcmp(names[i], name, length) != 0) continue;
        *pooling = (gaze_pooling)i;
        return true;
    }
    return false;
}

static double weight_of(size_t t, gaze_pooling pooling) {
    return pooling == GAZE_POOLING_WEIGHTED_MEAN ? (double)(t + 1) : 1.0;
}

/* What a sum is divided by; 1e-9 stands for no weight at all, as in Pooling. */
static double divisor(size_t T, size_t first, gaze_pooling pooling) {
    double total = 0;
    for (size_t t = first; t < T; t++) total += weight_of(t, pooling);
    if (total < 1e-9) total = 1e-9;
    return pooling == GAZE_POOLING_MEAN_SQRT_LEN ? sqrt(total) : total;
}

static void sum_forward(float *pooled, const float *hidden, size_t T, size_t D, size_t first,
                        gaze_pooling pooling) {
    const double total = divisor(T, first, pooling);
    for (size_t d = 0; d < D; d++) {
        double sum = 0;
        for (size_t t = first; t < T; t++) sum += weight_of(t, pooling) * (double)hidden[t * D + d];
        pooled[d] = (float)(sum / total);
    }
}

/* NaN beats every number, as in torch. */
static void max_forward(float *pooled, const float *hidden, size_t T, size_t D, size_t first) {
    for (size_t d = 0; d < D; d++) {
        float most = -INFINITY;
        for (size_t t = first; t < T; t++) {
            float x_td = hidden[t * D + d];
            if (x_td > most || isnan(x_td)) most = x_td;
        }
        pooled[d] = most;
    }
}

/* Row t, or zeros when it does not count. */
static void row_forward(float *pooled, const float *hidden, size_t t, size_t D, bool counts) {
    for (size_t d = 0; d < D; d++) pooled[d] = counts ? hidden[t * D + d] : 0;
}

void gaze_pooling_forward(float *pooled, const float *hidden, size_t T, size_t D, size_t first,
                          gaze_pooling pooling) {
    assert(T > 0 && first <= T);
    switch (pooling) {
    case GAZE_POOLING_CLS: row_forward(pooled, hidden, first < T ? first : 0, D, true); break;
    case GAZE_POOLING_LAST_TOKEN: row_forward(pooled, hidden, T - 1, D, first < T); break;
    case GAZE_POOLING_MAX: max_forward(pooled, hidden, T, D, first); break;
    default: sum_forward(pooled, hidden, T, D, first, pooling); break;
    }
}

void gaze_normalize_l2(float *x, size_t D) {
    double sum = 0;
    for (size_t d = 0; d < D; d++) sum += (double)x[d] * (double)x[d];
    const double length = fmax(sqrt(sum), 1e-12);
    for (size_t d = 0; d < D; d++) x[d] = (float)((double)x[d] / length);
}
