#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes quenched_reference.inc for the tests of theory: what one neuron of given weights does with
Gaussian inputs, m = E[phi(y)], p = E[phi'(y)], V = E[phi^2] - m^2 and dp/dlnD = E[phi'(x^2-1)]/2,
y = sqrt(D) x + u, for a standard normal x.

The means are trapezoidal sums over the whole line, with 60 digits and a step that is halved until
the sum is still to 1e-25: neither the library's panels nor its closed forms are in them. V's
digits are those that the subtraction leaves, at least 25.

Needs mpmath.  Usage: python3 tests/theory/quenched_values.py > tests/theory/quenched_reference.inc
"""
from mpmath import mp, mpf, cosh, erf, exp, nstr, pi, sqrt, tanh

mp.dps = 60
CASES = ['1e-12 0', '1e-12 1', '0.01 0', '0.01 -0.7', '0.5 0.3', '0.79 0', '2 -1', '2 6', '30 0', '30 10',
         '1000 0', '1000 -20', '1000 90']


def bell(y):
    return 2 * exp(-y * y) / sqrt(pi)


FUNCTIONS = {
    'tanh': lambda y: (tanh(y), 1 / cosh(y)**2),
    'erf': lambda y: (erf(y), bell(y)),
}


def sums(both, variance, shift, step):
    root = sqrt(variance)
    totals = [mpf(0)] * 4
    count = int(14 / step)
    for k in range(-count, count + 1):
        x = k * step
        value, slope = both(root * x + shift)
        weight = step * exp(-x * x / 2) / sqrt(2 * pi)
        for i, term in enumerate((value, slope, value * value, slope * (x * x - 1) / 2)):
            totals[i] += weight * term
    return totals


def response(name, variance, shift):
    step = mpf(1) / 8
    before = None
    while True:
        now = sums(FUNCTIONS[name], variance, shift, step)
        if before and all(abs(a - b) <= mpf(10)**-38 for a, b in zip(now, before)):
            mean, slope, square, growth = now
            return mean, slope, square - mean * mean, growth
        before = now
        step /= 2


print('// SPDX-License-Identifier: MIT')
print('// Written by quenched_values.py. activation, D, u, m, p, V, dp/dlnD.')
for activation in FUNCTIONS:
    for case in CASES:
        variance, shift = (mpf(word) for word in case.split())
        numbers = ', '.join(nstr(x, 20) for x in response(activation, variance, shift))
        print('{model::Activation::%s, %s, %s},' % (activation, case.replace(' ', ', '), numbers))
