#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes deficit_reference.inc and drop_reference.inc for the tests of theory: 1 - c of a pair of inputs
at layers 1 to 20, and k(A) - k(A(1-d)) and L(A) - L(A(1-d)) of the thresholded ReLU.

The recursion d' = sigma^2 sum_gamma B(gamma) [E(A(gamma)) - E(A(gamma)(1 - d))]/q', E(c) being
E[phi(u) phi(v)] at variances q and covariance c q, with what E loses taken from

    rectifiers, step   dL/dc = exp(-tau^2/(1+c)) / (2 pi sqrt(1-c^2)), integrated in sqrt(1-c) with
                       30 digits: neither Owen's T nor the kernel's closed form, which the library has
    erf                Williams' arcsines, subtracted with 80 digits
    tanh               dE/dc = q E[phi'(u) phi'(v)], a sum of positive terms over a plane grid, in
                       double precision; E's own Hermite series is nowhere in it
    linear             itself

Needs mpmath and numpy.  Usage: python3 tests/theory/deficit_values.py > tests/theory/deficit_reference.inc
                                python3 tests/theory/deficit_values.py drops > tests/theory/drop_reference.inc
"""
import sys

import numpy
from mpmath import mp, mpf, asin, erfc, exp, pi, quad, sqrt

mp.dps = 30
LAYERS = 20
STARTS = [1e-1, 1e-3, 1e-6, 1e-10, 1e-14, 1e-20]


def density(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def tail(x):
    return erfc(x / sqrt(2)) / 2


def threshold(f):
    guess = mpf(0)
    for _ in range(200):
        step = (mp.log(tail(guess)) - mp.log(f)) * tail(guess) / density(guess)
        guess += step
        if abs(step) < mpf(10) ** -28:
            return guess
    raise RuntimeError("threshold did not converge")


class Step:
    """L(c) of the step at threshold tau."""

    def __init__(self, f):
        self.f = mpf(f)
        self.tau = threshold(self.f)

    def slope(self, s):  # -dL/ds, c = 1 - s^2
        return exp(-self.tau**2 / (2 - s * s)) / (pi * sqrt(2 - s * s))

    def lost(self, a, d):
        return quad(self.slope, self.ends(a, d))

    def ends(self, a, d):
        return [sqrt(1 - a), sqrt(1 - a + a * d)]

    def one(self, q):
        return self.f

    def drop(self, q, a, d):
        return self.lost(a, d)


class Rectifier(Step):
    def at_one(self):
        return (1 + self.tau**2) * self.f - self.tau * density(self.tau)

    def one(self, q):
        return q * self.at_one()

    def drop(self, q, a, d):
        top = 1 - a + a * d
        bent = quad(lambda s: (top - s * s) * self.slope(s), self.ends(a, d))
        return q * (a * d * (self.f - self.lost(mpf(1), 1 - a)) - bent)


class Erf:
    def value(self, q, c):
        return 2 / pi * asin(2 * c * q / (1 + 2 * q))

    def one(self, q):
        return self.value(q, 1)

    def drop(self, q, a, d):
        with mp.workdps(80):
            return self.value(q, a) - self.value(q, a * (1 - d))


class Linear:
    def one(self, q):
        return q

    def drop(self, q, a, d):
        return q * a * d


class Tanh:
    # Poles at distance pi/(2 sqrt(q)) leave exp(-50) of this step's sum up to q = 10.
    GRID = numpy.arange(-160, 161) / 16.0
    WEIGHT = numpy.exp(-GRID**2 / 2) / numpy.sqrt(2 * numpy.pi) / 16
    NODES, NODE_WEIGHTS = numpy.polynomial.legendre.leggauss(20)

    def plane(self, q, short, function):
        """E[function(u) function(v)] at correlation 1 - short."""
        along, across = numpy.sqrt(q * (1 - short / 2)), numpy.sqrt(q * short / 2)
        x, y = along * self.GRID[:, None], across * self.GRID[None, :]
        return float(self.WEIGHT @ (function(x + y) * function(x - y)) @ self.WEIGHT)

    def one(self, q):
        return self.plane(float(q), 0.0, numpy.tanh)

    def drop(self, q, a, d):
        q, a, d = float(q), float(a), float(d)
        if d > 0.2:
            short = 1 - a + a * d
            return self.plane(q, 1 - a, numpy.tanh) - self.plane(q, short, numpy.tanh)
        slope = 0.0
        for node, weight in zip(self.NODES, self.NODE_WEIGHTS):
            short = (1 - a) + a * d * (node + 1) / 2
            slope += weight / 2 * self.plane(q, short, lambda u: numpy.cosh(u)**-2)
        return q * a * d * slope


def box_terms(presynaptic, postsynaptic):
    """[(B, A)] of all offsets: triangles."""
    def triangle(taps, offset):
        return max(mpf(0), 1 - mpf(abs(offset)) / taps)
    return [(triangle(presynaptic, g), triangle(postsynaptic, g))
            for g in range(1 - presynaptic, presynaptic)]


# name, activation, f, taps of B, of A, sigma^2 (0: critical), sigma_b^2
CASES = [("thresholded_relu", 1e-4, 1, 1, 0, 0), ("thresholded_relu", .1, 13, 1, 0, 0),
         ("thresholded_relu", .3, 5, 3, 0, .05), ("relu", .5, 1, 1, 0, 0),
         ("thresholded_step", .1, 1, 1, 0, 0), ("thresholded_step", 1e-4, 5, 3, 0, 0),
         ("erf", .5, 1, 1, 0, 0), ("erf", .5, 1, 1, 25, 0), ("erf", .5, 5, 3, 2, .1),
         ("tanh", .5, 1, 1, 0, 0), ("tanh", .5, 5, 3, 3, .1), ("linear", .5, 5, 3, 0, .1)]


def kernel_of(name, f):
    return {"thresholded_relu": Rectifier, "relu": Rectifier, "thresholded_step": Step}[name](f) \
        if name.endswith(("relu", "step")) else {"erf": Erf, "tanh": Tanh, "linear": Linear}[name]()


def series(kernel, terms, variance, bias, start):
    def full(q):
        return sum(b * (kernel.one(q) - (kernel.drop(q, mpf(1), 1 - a) if a < 1 else 0))
                   for b, a in terms)

    variance = mpf(variance) if variance else (1 - mpf(bias)) / full(mpf(1))
    q, d, found = mpf(1), mpf(start), []
    for _ in range(LAYERS):
        found.append(d)
        following = variance * full(q) + mpf(bias)
        d = variance * sum(b * kernel.drop(q, a, d) for b, a in terms if a > 0) / following
        q = following
    return found


FRACTIONS = [1e-4, 1e-3, 0.01, 0.07, 0.1, 0.3, 0.5, 0.7, 0.9]
SCALINGS = [1.0, 0.999, 0.5]
DEFICITS = [1e-20, 1e-12, 1e-8, 1e-5, 1e-3, 0.009, 0.03, 0.1, 0.2, 0.5, 0.51, 0.9, 1.0]


def drops():
    print("// SPDX-License-Identifier: MIT")
    print("// Written by deficit_values.py. f, A, d, k(A) - k(A(1-d)), L(A) - L(A(1-d)).")
    for f in FRACTIONS:
        for a in SCALINGS:
            for d in DEFICITS:
                # Where A < 1 the ends of the integral are as near as d.
                mp.dps = 50
                k = Rectifier(f).drop(1, mpf(a), mpf(d))
                step = Step(f).drop(1, mpf(a), mpf(d))
                print(f"{{{f!r}, {a!r}, {d!r}, {mp.nstr(k, 20)}, {mp.nstr(step, 20)}}},")


def main():
    if sys.argv[1:] == ["drops"]:
        return drops()
    print("// SPDX-License-Identifier: MIT")
    print("// Written by deficit_values.py. Activation, f, taps of B and A, weight variance (0: critical),")
    print("// bias variance, 1 - c of layers 1 to 20.")
    for name, f, presynaptic, postsynaptic, variance, bias in CASES:
        kernel = kernel_of(name, f)
        terms = box_terms(presynaptic, postsynaptic)
        for start in STARTS:
            row = series(kernel, terms, variance, bias, start)
            numbers = ", ".join(mp.nstr(mpf(d), 17, min_fixed=0, max_fixed=0) for d in row)
            print(f"{{Activation::{name}, {f!r}, {presynaptic}, {postsynaptic}, {variance!r}, {bias!r},\n"
                  f" {{{numbers}}}}},")


if __name__ == "__main__":
    main()
