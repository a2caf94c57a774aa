#include "core/explain/entropy.h"

#include <math.h>

double gaze_entropy_mean(const float *a, size_t rows, size_t columns) {
    double sum = 0;
    for (size_t i = 0; i < rows * columns; i++)
        if (a[i] > 0) sum -= (double)a[i] * log((double)a[i]);
    return rows ? sum / (double)rows : 0;
}
