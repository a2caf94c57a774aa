#include "core/explain/aggregate.h"

#include <math.h>

void gaze_aggregate_mean(float *out, const float *const *matrices, size_t count, size_t size) {
    for (size_t i = 0; i < size; i++) {
        double sum = 0;
        for (size_t m = 0; m < count; m++) sum += (double)matrices[m][i];
        out[i] = (float)(sum / (double)count);
    }
}

void gaze_aggregate_max(float *out, const float *const *matrices, size_t count, size_t size) {
    for (size_t i = 0; i < size; i++) {
        float largest = matrices[0][i];
        for (size_t m = 1; m < count; m++)
            if (matrices[m][i] > largest || isnan(matrices[m][i])) largest = matrices[m][i];
        out[i] = largest;
    }
}
