#!/usr/bin/env python3
"""Fits the polynomials of core/kernels/simd/vecmath.h and prints them as C.

Each fit is the best in the largest weighted error (minimax): the exchange algorithm of Remez in
double precision, on a dense grid. Only numpy and the C library's exp, erf and tanh are used.

    python3 tools/fit_polynomials.py
"""
import math

import numpy as np


def minimax(f, degree, low, high, weight):
    """Coefficients c[0..degree] of the polynomial with the smallest max |weight (p - f)|."""
    grid = (low + high) / 2 - (high - low) / 2 * np.cos(np.linspace(0, math.pi, 20001))
    target = np.array([f(t) for t in grid])
    scale = np.array([weight(t) for t in grid])
    powers = np.vander(grid, degree + 1, increasing=True)
    at = np.linspace(0, len(grid) - 1, degree + 2).astype(int)  # where the error alternates
    for _ in range(60):
        signs = (-1.0) ** np.arange(degree + 2)
        system = np.column_stack([powers[at], signs / scale[at]])
        solution = np.linalg.solve(system, target[at])
        error = (powers @ solution[:-1] - target) * scale
        moved = extremes(error, degree + 2)
        if moved is None or np.array_equal(moved, at):
            break
        at = moved
    return solution[:-1], np.abs(error).max()


def extremes(error, count):
    """Indices of the largest errors of alternating sign: one for each run of one sign."""
    edges = np.flatnonzero(np.diff(np.sign(error)) != 0) + 1
    runs = np.split(np.arange(len(error)), edges)
    peaks = [run[np.argmax(np.abs(error[run]))] for run in runs]
    while len(peaks) > count:  # too many: drop the smaller of the two ends
        peaks.pop(0 if abs(error[peaks[0]]) < abs(error[peaks[-1]]) else -1)
    return np.array(peaks) if len(peaks) == count else None


def show(name, meaning, coefficients, error):
    print(f"/* {meaning}; largest error of the fit {error:.1e} */")
    print(f"{name}: " + ", ".join(f"{c:.9g}f" for c in np.float32(coefficients)))
    print()


def series(terms, z):
    """sum_i terms[i] z^i, for arguments so small that the closed form cancels."""
    return sum(t * z**i for i, t in enumerate(terms))


def exp_tail(r):
    """(exp(r) - 1 - r) / r^2"""
    if abs(r) < 0.02:
        return series([1 / math.factorial(i + 2) for i in range(8)], r)
    return (math.expm1(r) - r) / (r * r)


def erf_tail(z):
    """erf(x)/x - 1 with z = x^2"""
    if z < 1e-3:
        return 2 / math.sqrt(math.pi) * series(
            [(-1) ** i / (math.factorial(i) * (2 * i + 1)) for i in range(8)], z) - 1
    x = math.sqrt(z)
    return math.erf(x) / x - 1


def tanh_tail(z):
    """(tanh(x)/x - 1) / x^2 with z = x^2"""
    if z < 1e-2:
        return series([-1 / 3, 2 / 15, -17 / 315, 62 / 2835, -1382 / 155925, 21844 / 6081075], z)
    x = math.sqrt(z)
    return (math.tanh(x) / x - 1) / z


def main():
    half = math.log(2) / 2 * 1.0001
    show("exp", "exp(r) = 1 + r + r^2 p(r), |r| <= ln(2)/2",
         *minimax(exp_tail, 4, -half, half, lambda r: r * r / math.exp(r)))
    near = 1.0
    show("erf near", f"erf(x) = x + x p(x^2), |x| <= {near}",
         *minimax(erf_tail, 6, 0, near**2, lambda z: 1 / (1 + erf_tail(z))))
    far = 3.93  # erfc there is 2.7e-8: erf rounds to 1
    show("erf far", f"erf(x) = 1 - exp(-p(x)), {near} <= x <= {far}",
         *minimax(lambda x: -math.log(math.erfc(x)), 6, near, far, math.erfc))
    bend = 0.8
    show("tanh", f"tanh(x) = x + x^3 p(x^2), |x| <= {bend}",
         *minimax(tanh_tail, 5, 1e-3, bend**2, lambda z: z / (1 + z * tanh_tail(z))))


if __name__ == "__main__":
    main()
