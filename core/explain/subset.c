#include "core/explain/subset.h"

void gaze_subset_take(float *out, const float *a, size_t T, const size_t *kept, size_t N) {
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++) out[i * N + j] = a[kept[i] * T + kept[j]];
}

double gaze_subset_share(const float *a, size_t T, const size_t *rows, size_t row_count, const size_t *columns,
                         size_t column_count) {
    double sum = 0;
    for (size_t i = 0; i < row_count; i++)
        for (size_t j = 0; j < column_count; j++) sum += (double)a[rows[i] * T + columns[j]];
    return row_count ? sum / (double)row_count : 0;
}

void gaze_rows_renormalise(float *a, size_t rows, size_t columns) {
    for (size_t t = 0; t < rows; t++) {
        float *a_t = a + t * columns;
        double sum = 0;
        for (size_t s = 0; s < columns; s++) sum += (double)a_t[s];
        for (size_t s = 0; s < columns && sum > 0; s++) a_t[s] = (float)((double)a_t[s] / sum);
    }
}
