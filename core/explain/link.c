#include "core/explain/link.h"

double gaze_link_others(const float *a, size_t T, size_t from, size_t to) {
    double sum = 0;
    for (size_t t = 0; t < T; t++)
        if (t != from) sum += (double)a[t * T + to];
    return T > 1 ? sum / (double)(T - 1) : 0;
}
