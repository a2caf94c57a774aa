/* Every tolerance of the tests of core/kernels and core/nn, with its reason and the largest error
 * measured over all levels of x86-64 with gcc 12 and clang 14. The truth is the same formula in
 * double precision. None may be raised to make a test pass.
 *
 * One rounding of a float near 1 is an error of at most 6.0e-8; an ulp is the distance of two
 * neighbours.
 */
#ifndef GAZE_TESTS_SUPPORT_TOLERANCES_H
#define GAZE_TESTS_SUPPORT_TOLERANCES_H

/* Times sqrt(K), absolute, for numbers of -1 to 1. A block of 384 sums that walk at random to about
 * sqrt(384 / 9) = 6.5 is rounded at every step; those errors add up like sqrt(K). Measured
 * 8.6e-7. */
#define TOLERANCE_GEMM 1e-6

/* The fit errs by 3e-9, the last steps round three times. Measured over all floats: 1.01 ulp. */
#define ULPS_EXP 1.02

/* Near 1, where the two arms meet, each ends in a number below 1 that has lost a little on the way
 * and is rounded once more. Measured over all floats: 1.13 ulp, 6.8e-8; without fused multiply-add
 * 1.32, 7.9e-8. */
#define ULPS_ERF      1.32
#define TOLERANCE_ERF 7.9e-8

/* 1 - 2/(e + 1): a division and a subtraction behind the exp. Measured over all floats: 1.05
 * ulp. */
#define ULPS_TANH 1.06

/* Absolute plus relative: x/2 (1 + erf) has x times the error of erf, and is rounded itself; in the
 * far negative tail 1 + erf cancels, there as in torch. Measured 1.0e-7. */
#define TOLERANCE_ACTIVATION 1.2e-7
#define RELATIVE_ACTIVATION  1.2e-7

/* Relative: one exp (1 ulp is 1.2e-7 at most), the sum, its inverse and a product (6e-8 each) add up to 3.0e-7.
 * Measured 2.2e-7, and 2.9e-7 on one other set of points. */
#define RELATIVE_SOFTMAX 3e-7

/* Absolute, for inputs near 3 with a spread of 1/2 to 1 and outputs up to 2.5: the mean's rounding,
 * 1.2e-7, is divided by the spread. Measured 5.3e-7. */
#define TOLERANCE_LAYERNORM 6e-7

/* Absolute: scores up to 1.5, sums of at most 33 products; context of weights that sum to 1.
 * Measured 2.1e-7 and 1.0e-7. */
#define TOLERANCE_SCORES  2.5e-7
#define TOLERANCE_CONTEXT 1.5e-7

#endif
