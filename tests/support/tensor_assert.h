/* Assertions about arrays of numbers that say which element is worst, by its coordinates. */
#ifndef GAZE_TESTS_SUPPORT_TENSOR_ASSERT_H
#define GAZE_TESTS_SUPPORT_TENSOR_ASSERT_H

#include <stddef.h>

/* Fails unless |got - want| <= atol + rtol |want| for every element; equal infinities are close, a
 * NaN on either side never is. `shape` has `rank` dimensions. Prints how many elements failed and
 * the worst. */
void assert_tensor_close(const char *name, const float *got, const float *want, const size_t *shape,
                         size_t rank, double atol, double rtol);

/* The same against numbers in double precision. */
void assert_tensor_close_f64(const char *name, const float *got, const double *want,
                             const size_t *shape, size_t rank, double atol, double rtol);

/* Fails unless both arrays hold the same bits. Prints the first difference. */
void assert_same_bits(const char *name, const float *got, const float *want, size_t count);

#endif
