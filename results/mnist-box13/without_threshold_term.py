# SPDX-License-Identifier: MIT
"""A wrong formula on purpose: the kernel of the thresholded ReLU without its term -2 tau g Q(tau a).

  python3 without_threshold_term.py RESULTS_H5 OUT_NPY

Reads the input cosines from a prediction's results.h5 and writes depth x P x P Gram matrices for
compare.prediction, norms kept at 1 as somebody would who believed in the formula.
Needs numpy and h5py.
"""
import math
import statistics
import sys

import h5py
import numpy

f, m, depth = 0.1, 12.0, 3
tau = statistics.NormalDist().inv_cdf(1 - f)
g = math.exp(-tau * tau / 2) / math.sqrt(2 * math.pi)
mu = g - tau * f

# L(c) = P(u > tau, v > tau): dL/dtheta = -exp(-tau^2/(1 + cos theta))/(2 pi), by the trapezoid rule.
theta = numpy.linspace(0, 3.1, 200001)
slope = -numpy.exp(-tau * tau / (1 + numpy.cos(theta))) / (2 * math.pi)
both_active = f + numpy.concatenate([[0], numpy.cumsum((slope[1:] + slope[:-1]) / 2 * numpy.diff(theta))])


def kernel(c):
    angle = numpy.arccos(numpy.clip(c, -0.999, 1))
    return ((c + tau * tau) * numpy.interp(angle, theta, both_active)
            + numpy.sin(angle) / (2 * math.pi) * numpy.exp(-tau * tau / (1 + c)))


with h5py.File(sys.argv[1]) as results:
    c = numpy.clip(results["theory/layer_1/preactivation"][:], -1, 1)
top = float(kernel(numpy.array(1.0)))
grams = []
for _ in range(depth):
    grams.append(kernel(c) / top)
    c = (kernel(c) + m * mu * mu) / (top + m * mu * mu)
numpy.save(sys.argv[2], numpy.array(grams))
