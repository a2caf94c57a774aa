#include "tests/support/tensor_assert.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

/* "[1, 0, 17]" for the flat index `at`. */
static void print_coordinates(char *out, size_t capacity, size_t at, const size_t *shape,
                              size_t rank) {
    size_t used = (size_t)snprintf(out, capacity, "[");
    for (size_t d = 0; d < rank; d++) {
        size_t inner = 1;
        for (size_t e = d + 1; e < rank; e++) inner *= shape[e];
        used += (size_t)snprintf(out + used, capacity - used, d ? ", %zu" : "%zu",
                                 at / inner % shape[d]);
    }
    snprintf(out + used, capacity - used, "]");
}

/* The error in units of the tolerance: 1 is just allowed. NaN is infinitely far. */
static double excess(double got, double want, double atol, double rtol) {
    if (isnan(got) || isnan(want)) return INFINITY;
    if (got == want) return 0;
    double error = fabs(got - want), allowed = atol + rtol * fabs(want);
    return isfinite(error) && allowed > 0 ? error / allowed : INFINITY;
}

typedef double number_at(const void *numbers, size_t i);

static double float_at(const void *numbers, size_t i) {
    return ((const float *)numbers)[i];
}

static double double_at(const void *numbers, size_t i) {
    return ((const double *)numbers)[i];
}

static void check(const char *name, const float *got, const void *want, number_at *want_at,
                  const size_t *shape, size_t rank, double atol, double rtol) {
    size_t count = 1, bad = 0, worst = 0;
    double worst_excess = 0;
    for (size_t d = 0; d < rank; d++) count *= shape[d];
    for (size_t i = 0; i < count; i++) {
        double e = excess(got[i], want_at(want, i), atol, rtol);
        bad += e > 1;
        if (e > worst_excess) {
            worst_excess = e;
            worst = i;
        }
    }
    if (!bad) return;
    char where[128];
    print_coordinates(where, sizeof where, worst, shape, rank);
    fail_msg(
        "%s: %zu of %zu elements differ (atol %.3g, rtol %.3g); worst at %s: got %.9g, want %.17g",
        name, bad, count, atol, rtol, where, (double)got[worst], want_at(want, worst));
}

void assert_tensor_close(const char *name, const float *got, const float *want, const size_t *shape,
                         size_t rank, double atol, double rtol) {
    check(name, got, want, float_at, shape, rank, atol, rtol);
}

void assert_tensor_close_f64(const char *name, const float *got, const double *want,
                             const size_t *shape, size_t rank, double atol, double rtol) {
    check(name, got, want, double_at, shape, rank, atol, rtol);
}

void assert_same_bits(const char *name, const float *got, const float *want, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (memcmp(&got[i], &want[i], sizeof *got) != 0)
            fail_msg("%s: element %zu of %zu: got %a, want the same bits as %a", name, i, count,
                     (double)got[i], (double)want[i]);
}
