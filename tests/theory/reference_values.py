#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes kernel_reference.inc: k_tau(c) and L_tau(c) to 20 digits, for the tests of theory.

Nothing here uses the closed form with Owen's T that the library evaluates. From the ordinary
differential equation k''(c) = exp(-tau^2/(1+c)) / (2 pi sqrt(1-c^2)), k(0) = mu^2, k'(0) = f^2 and
t = sin(phi):

    L(c) = f^2 + (1/2pi) int_0^{asin c} exp(-tau^2/(1+sin phi)) dphi
    k(c) = mu^2 + f^2 c + (1/2pi) int_0^{asin c} (c - sin phi) exp(-tau^2/(1+sin phi)) dphi

and at some points this is held against the definition E[(u-tau)+ (v-tau)+] itself, so that a
mistake in the differential equation would stop the script. Needs mpmath (pip install mpmath).

Usage: python3 tests/theory/reference_values.py > tests/theory/kernel_reference.inc
"""
from mpmath import mp, mpf, asin, erfc, exp, linspace, pi, quad, sin, sqrt

mp.dps = 40

FRACTIONS = [1e-4, 1e-3, 0.01, 0.07, 0.1, 0.3, 0.5, 0.7, 0.9]
INSIDE = [0.1, 0.3, 0.5, 0.75, 0.9, 0.99, 0.999, 1 - 1e-4, 1 - 1e-6, 1 - 1e-8, 1 - 1e-10,
          1 - 1e-12, 1 - 2.0**-50, 1 - 2.0**-53]
COSINES = sorted([0.0, 1.0, -1.0] + INSIDE + [-c for c in INSIDE])


def density(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def tail(x):
    return erfc(x / sqrt(2)) / 2


def threshold(f):
    guess = mpf(0)
    for _ in range(200):  # Newton on log Q: from 0 it converges monotonically on either side
        step = (mp.log(tail(guess)) - mp.log(f)) * tail(guess) / density(guess)
        guess += step
        if abs(step) < mpf(10) ** -38:
            return guess
    raise RuntimeError("threshold did not converge")


def by_ode(tau, c):
    f, mu = tail(tau), density(tau) - tau * tail(tau)
    top = asin(c)
    points = linspace(0, top, 9)

    def weight(phi):
        room = 1 + sin(phi)
        return exp(-tau * tau / room) if room > 0 else mpf(tau == 0)

    curve = quad(weight, points) / (2 * pi)
    moment = quad(lambda phi: (c - sin(phi)) * weight(phi), points) / (2 * pi)
    return mu * mu + f * f * c + moment, f * f + curve


def by_definition(tau, c):
    s = sqrt(1 - c * c)

    def conditional(u):  # E[(v-tau)+ | u]
        a = (tau - c * u) / s
        return s * (density(a) - a * tail(a))

    points = [tau, tau + 1, tau + 2, tau + 4, tau + 8, tau + 16]
    return quad(lambda u: density(u) * (u - tau) * conditional(u), points)


def main():
    print("// SPDX-License-Identifier: MIT")
    print("// Written by reference_values.py. f, tau, c, k_tau(c), L_tau(c).")
    for f in FRACTIONS:
        tau = threshold(mpf(f))
        for c in COSINES:
            k, L = by_ode(tau, mpf(c))
            if abs(c) in (0.3, 0.75):
                error = abs(k - by_definition(tau, mpf(c)))
                assert error < mpf(10) ** -25, (f, c, error)
            row = ", ".join(mp.nstr(x, 20) for x in (tau,)) + f", {c!r}, "
            print(f"{{{f!r}, {row}{mp.nstr(k, 20)}, {mp.nstr(L, 20)}}},")


if __name__ == "__main__":
    main()
