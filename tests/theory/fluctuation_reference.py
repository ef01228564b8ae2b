#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes fluctuation_reference.inc: n Var/delta^2 and n bias/delta of the deficit of two inputs.

The same first-order theory as the library's, in other coordinates and with other formulas: the
three entries (aa), (ab), (bb) of a pair, moments of truncated normals by Stein's recursion,
derivatives by Price's theorem, the correlation by the delta method on the entries. With 100 digits
it does not matter that all of it cancels where the inputs nearly coincide. At some points the
moments are held against their definition, and the derivatives against differences.

Needs mpmath (pip install mpmath). Usage:
  python3 tests/theory/fluctuation_reference.py > tests/theory/fluctuation_reference.inc
"""
from functools import lru_cache

from mpmath import asin, diff, erfc, erfinv, exp, matrix, mp, mpf, nstr, pi, quad, sin, sqrt

mp.dps = 100

DEFICITS = ["1", "0.1", "1e-3", "1e-6", "1e-9", "1e-14", "1e-25"]
FRACTIONS = ["0.5", "0.3", "0.1", "0.01"]
RULES = ["fixed", "std", "quantile"]


def density(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def tail(x):
    return erfc(x / sqrt(2)) / 2


@lru_cache(maxsize=None)
def both_active(tau, delta):
    """P(u > tau, v > tau) = f - int of the joint density at the thresholds over the deficit; the
    deficit is 2 x^2 = 1 - sin(phi), in which the integrand is analytic."""
    def integrand(x):
        # d c / sqrt(1-c^2) with 1 - c = 2 x^2 is 2 dx/sqrt(1-x^2)
        return exp(-tau * tau / (2 - 2 * x * x)) / sqrt(1 - x * x)
    top = sqrt(delta / 2)
    return tail(tau) - quad(integrand, [0, top / 4, top / 2, 3 * top / 4, top]) / pi


class Moments:
    """m[p, q] = E[(u-tau)+^p (v-tau)+^q]; e[p] of one input; b[q] = E[(v-tau)+^q | u = tau]."""

    def __init__(self, tau, delta):
        c = 1 - delta
        self.tau, self.c, self.g = tau, c, density(tau)
        self.e = self.tails(tau)
        r = sqrt(delta * (2 - delta))
        if r == 0:
            self.b = [mpf(1) / 2] + 4 * [mpf(0)]
            top = self.e[0]
        else:
            self.b = [r**q * x for q, x in enumerate(self.tails(delta * tau / r))]
            top = both_active(tau, delta)
        m = {(0, 0): top}
        for p in range(4):
            below = self.g * self.b[0] if p == 0 else p * m[p - 1, 0]
            m[p + 1, 0] = below + c * self.g * self.b[p] - tau * m[p, 0]
            m[0, p + 1] = m[p + 1, 0]
        for q in range(1, 4):
            for p in range(4 - q):
                below = self.g * self.b[q] if p == 0 else p * m[p - 1, q]
                m[p + 1, q] = below + c * q * m[p, q - 1] - tau * m[p, q]
        self.m = m

    @staticmethod
    def tails(h):
        e = [tail(h), density(h) - h * tail(h)]
        for p in range(1, 4):
            e.append(p * e[p - 1] - h * e[p])
        return e

    def moment(self, p, q):
        if p == 0 and q == 0:
            return mpf(1)
        if p == 0 or q == 0:
            return self.e[p + q]
        return self.m[p, q]

    def influence(self, rule, p, q):
        """E[IF(u) phi_a^p phi_b^q]"""
        tau, e, m = self.tau, self.e, self.m
        if rule == "quantile":
            active = e[p] if q == 0 else m[p, q]
            return (active - e[0] * self.moment(p, q)) / self.g
        if rule == "std":
            if p == 0:
                own = e[q + 2] + 2 * tau * e[q + 1] + tau * tau * e[q]
                square = self.c**2 * own + (1 - self.c**2) * e[q]
            elif q == 0:
                square = e[p + 2] + 2 * tau * e[p + 1] + tau * tau * e[p]
            else:
                square = m[p + 2, q] + 2 * tau * m[p + 1, q] + tau * tau * m[p, q]
            return tau / 2 * (square - self.moment(p, q))
        return mpf(0)


POWERS = [(2, 0), (1, 1), (0, 2), (1, 0), (0, 1)]
INPUTS = [(3, 3), (3, 4), (4, 4)]  # those of each entry, as features


def features(rule, tau, delta):
    """Covariance of (phi_a^2, phi_a phi_b, phi_b^2, phi_a, phi_b, IF_a, IF_b)."""
    cov = matrix(7, 7)
    if rule == "linear":
        c = 1 - delta
        rows = [[2, 2 * c, 2 * c * c], [2 * c, 1 + c * c, 2 * c], [2 * c * c, 2 * c, 2]]
        for i in range(3):
            for j in range(3):
                cov[i, j] = rows[i][j]
        cov[3, 3] = cov[4, 4] = 1
        cov[3, 4] = cov[4, 3] = c
        return cov
    m = Moments(tau, delta)
    for i, (p, q) in enumerate(POWERS):
        for j, (s, t) in enumerate(POWERS):
            cov[i, j] = m.moment(p + s, q + t) - m.moment(p, q) * m.moment(s, t)
        cov[i, 5] = cov[5, i] = m.influence(rule, p, q)
        cov[i, 6] = cov[6, i] = m.influence(rule, q, p)
    own = cross = mpf(0)
    if rule == "quantile":
        f = m.e[0]
        own, cross = f * (1 - f) / m.g**2, (m.m[0, 0] - f * f) / m.g**2
    if rule == "std":
        own = tau * tau / 2
        cross = own * m.c**2
    cov[5, 5] = cov[6, 6] = own
    cov[5, 6] = cov[6, 5] = cross
    return cov


def noise(rule, tau, delta, degree, squares):
    cov = features(rule, tau, delta)
    influence = matrix(3, 7)
    mean = f = mpf(0)
    steps = 3 * [mpf(0)]
    if rule != "linear":
        m = Moments(tau, delta)
        mean, f = m.e[1], m.e[0]
        steps = [mean, m.m[0, 1], mean]
    for entry in range(3):
        influence[entry, entry] = 1
        for value in INPUTS[entry]:
            influence[entry, value] += degree * mean
            influence[entry, value + 2] -= steps[entry] + degree * mean * f
    result = influence * cov * influence.T
    for i, (a, b) in enumerate(INPUTS):
        for j, (p, q) in enumerate(INPUTS):
            result[i, j] += squares * (cov[a, p] * cov[b, q] + cov[a, q] * cov[b, p])
    return result


def joint_density(tau, delta):
    root = sqrt(delta * (2 - delta))
    return exp(-tau * tau / (2 - delta)) / (2 * pi * root) if root else mpf(0)


def pair_map(rule, tau, delta, same):
    """Value, gradient, Hessian of E[phi phi] at (1, c, 1), of one neuron, or of two (c := 0)."""
    c = (1 - delta) if same else mpf(0)
    scaling = 1 if same else 0
    if rule == "linear":
        return c, [0, scaling, 0], matrix(3, 3)
    m = Moments(tau, delta if same else mpf(1))
    both, value, joint = m.m[0, 0], m.m[1, 1], joint_density(tau, 1 - c)
    h = matrix(3, 3)
    if rule != "fixed" or tau == 0:
        radial = value - c * both
        gradient = [radial / 2, scaling * both, radial / 2]
        h[0, 0] = h[2, 2] = -radial / 4 + c * c * joint / 4
        h[0, 2] = h[2, 0] = radial / 4 + c * c * joint / 4
        h[1, 1] = scaling * joint
        h[0, 1] = h[1, 0] = h[1, 2] = h[2, 1] = -scaling * c * joint / 2
        return value, gradient, h
    g, b = m.g, m.b
    gradient = [g * b[1] / 2, scaling * both, g * b[1] / 2]
    h[0, 0] = h[2, 2] = (g * ((tau**2 - 1) * b[1] - 2 * tau * c * b[0]) + c * c * joint) / 4
    h[0, 2] = h[2, 0] = joint / 4
    h[1, 1] = scaling * joint
    h[0, 1] = h[1, 0] = h[1, 2] = h[2, 1] = scaling * (tau * g * b[0] - c * joint) / 2
    return value, gradient, h


def layer_map(rule, tau, delta, degree):
    value = matrix(3, 1)
    jacobian = matrix(3, 3)
    hessians = [matrix(3, 3) for _ in range(3)]
    for weight, same in ((mpf(1), True), (mpf(degree), False)):
        if weight == 0:
            continue
        one = pair_map(rule, tau, mpf(0), same)
        pair = pair_map(rule, tau, delta, same)
        for entry in (0, 2):
            value[entry] += weight * one[0]
            jacobian[entry, entry] += weight * sum(one[1])
            hessians[entry][entry, entry] += weight * sum(one[2])
        value[1] += weight * pair[0]
        for j in range(3):
            jacobian[1, j] += weight * pair[1][j]
        hessians[1] += weight * pair[2]
    return value, jacobian, hessians


def threshold_bias(rule, tau, delta):
    """same neuron, two neurons: vectors over the entries."""
    def entry(x):
        if rule not in ("std", "quantile"):
            return mpf(0), mpf(0)
        m = Moments(tau, x)
        f, mean, g, L, M = m.e[0], m.e[1], m.g, m.m[0, 0], m.m[0, 1]
        if rule == "quantile":
            variance = f * (1 - f) / g**2
            covariance = (L - f * f) / g**2
            shift = (2 * f - 1) / g + tau * variance / 2
            active, value, both = f * (1 - f) / g, (M - f * mean) / g, M * (1 - f) / g
        else:
            variance = tau**2 / 2
            covariance = variance * m.c**2
            shift = -tau / 4
            active = tau / 2 * (m.e[2] + 2 * tau * m.e[1] + tau**2 * m.e[0] - f)
            value = m.influence("std", 0, 1)
            both = tau / 2 * (m.m[2, 1] + 2 * tau * m.m[1, 1] + tau**2 * M - M)
        same = -2 * M * shift - 2 * both + g * m.b[1] * variance + L * covariance
        two = (-2 * f * mean * shift - 2 * (mean * active + f * value) + g * mean * variance
               + f * f * covariance)
        return same, two
    one, pair = entry(mpf(0)), entry(delta)
    return [matrix([one[i], pair[i], one[i]]) for i in range(2)]


def delta_method(g, covariance, bias):
    """n Var and n bias of the correlation."""
    c = g[1] / g[0]
    gradient = matrix([-c / 2, 1, -c / 2]) / g[0]
    h = matrix([[3 * c / 4, mpf(-1) / 2, c / 4], [mpf(-1) / 2, 0, mpf(-1) / 2],
                [c / 4, mpf(-1) / 2, 3 * c / 4]]) / g[0] ** 2
    second = sum(h[i, j] * covariance[i, j] for i in range(3) for j in range(3)) / 2
    return (gradient.T * covariance * gradient)[0], (gradient.T * bias)[0] + second


def box_squares(taps):
    return 2 * sum((1 - mpf(k) / taps) ** 2 for k in range(1, taps))


def recursion(rule, f, delta, depth, taps=1):
    """Of the last layer: deficit of the Gram, n Var/deficit^2, n bias/deficit."""
    tau = mpf(0) if rule == "linear" else sqrt(mpf(2)) * erfinv(1 - 2 * mpf(f))
    degree, squares = mpf(taps - 1), box_squares(taps)
    delta = mpf(delta)
    covariance, bias = matrix(3, 3), matrix(3, 1)
    for layer in range(depth):
        own = threshold_bias(rule, tau, delta)

        def through(m, s):
            value, jacobian, hessians = layer_map(rule, tau, delta, m)
            curvature = matrix([sum(h[i, j] * covariance[i, j] for i in range(3) for j in range(3))
                                / 2 for h in hessians])
            scale = value[0]
            return (value / scale,
                    (jacobian * covariance * jacobian.T + noise(rule, tau, delta, m, s)) / scale**2,
                    (jacobian * bias + curvature + own[0] + m * own[1]) / scale)

        if layer + 1 == depth:
            g, covariance, bias = through(mpf(0), mpf(0))
            variance, shift = delta_method(g, covariance, bias)
            deficit = 1 - g[1]
            return deficit, variance / deficit**2, shift / deficit
        k, covariance, bias = through(degree, squares)
        delta = 1 - k[1]


def check():
    """Moments by their definition, derivatives by differences."""
    mp.dps = 30
    for f in ("0.3", "0.1"):
        tau = sqrt(mpf(2)) * erfinv(1 - 2 * mpf(f))
        for delta in (mpf("0.4"), mpf("0.01")):
            m = Moments(tau, delta)
            c, r = 1 - delta, sqrt(delta * (2 - delta))

            def above(u, q):
                return r**q * Moments.tails((tau - c * u) / r)[q]

            for p, q in ((0, 0), (1, 1), (2, 2), (1, 3)):
                points = [tau + x for x in (0, 0.05, 0.1, 0.2, 0.4, 0.7, 1, 2, 4, 8, 12)]
                value = quad(lambda u: density(u) * (u - tau)**p * above(u, q), points)
                assert abs(value - m.m[p, q]) < mpf(10)**-18, (f, delta, p, q)

            def kernel(aa, ab, bb):  # threshold fixed
                s, t = sqrt(aa), sqrt(bb)
                cc = ab / (s * t)
                rr = sqrt(1 - cc * cc)

                def conditional(u):
                    h = (tau / t - cc * u) / rr
                    return rr * (density(h) - h * tail(h))

                low = tau / s
                points = [low + x for x in (0, 0.05, 0.1, 0.2, 0.4, 0.7, 1, 2, 4, 8, 12)]
                return s * t * quad(lambda u: density(u) * (u - low) * conditional(u), points)

            _, gradient, hessian = pair_map("fixed", tau, delta, True)
            at = (mpf(1), c, mpf(1))
            for orders, expected in (((1, 0, 0), gradient[0]), ((0, 1, 0), gradient[1]),
                                     ((2, 0, 0), hessian[0, 0]), ((1, 1, 0), hessian[0, 1]),
                                     ((1, 0, 1), hessian[0, 2]), ((0, 2, 0), hessian[1, 1])):
                value = diff(kernel, at, orders)
                assert abs(value - expected) < mpf(10)**-5 * max(1, abs(expected)), (orders, value)
    mp.dps = 100


def main():
    check()
    both_active.cache_clear()
    cases = []
    for f in FRACTIONS:
        for rule in RULES:
            if f == "0.5" and rule == "std":
                continue  # tau = 0: std is fixed
            cases += [(rule, f, 1, 1, d) for d in DEFICITS]
    cases += [("linear", "0.5", 1, 1, d) for d in ("1", "1e-3", "1e-14")]
    for rule in RULES:
        cases += [(rule, "0.3", 1, 20, d) for d in ("0.5", "1e-6", "1e-25")]
        cases += [(rule, "0.3", 9, 20, d) for d in ("0.5", "1e-9")]
        cases += [(rule, "0.1", 13, 4, d) for d in ("0.7", "1e-12")]
    cases += [("fixed", "0.5", 63, 12, d) for d in ("0.5", "1e-2", "1e-8")]
    cases += [("linear", "0.5", 5, 20, d) for d in ("0.5", "1e-12")]
    print("// SPDX-License-Identifier: MIT")
    print("// Written by fluctuation_reference.py. rule, f, taps of a box on B, depth, deficit of")
    print("// the inputs; of the last layer's Gram: its deficit, n Var/deficit^2, n bias/deficit.")
    for rule, f, taps, depth, delta in cases:
        values = recursion(rule, f, delta, depth, taps)
        print("{" + f'"{rule}", {f}, {taps}, {depth}, {delta}, '
              + ", ".join(nstr(x, 17) for x in values) + "},")


if __name__ == "__main__":
    main()
