# SPDX-License-Identifier: MIT
"""Dimensionality and correlation strength of each layer of one network, as one would estimate them in NumPy.

    apt-get install python3-numpy
    /usr/bin/python3 bench/peer_ensemble.py --width 2000 --samples 4000 --depth 10 --threads 2

tanh, g = 1.5, r = 1 across receiving units, white inputs; float32; unbiased estimates of tr C^2 from two halves of the
samples, by the product between halves. The first network is no part of the median.
"""

import argparse
import math
import os
import statistics
import time


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--width", type=int, default=2000)
    parser.add_argument("--samples", type=int, default=4000)
    parser.add_argument("--depth", type=int, default=10)
    parser.add_argument("--gain", type=float, default=1.5)
    parser.add_argument("--correlation", type=float, default=1.0)
    parser.add_argument("--networks", type=int, default=4)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


arguments = parse_arguments()
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = str(arguments.threads)
import numpy as np  # noqa: E402


def weights(rng, width):
    rho = arguments.correlation / math.sqrt(width)
    w = rng.standard_normal((width, width), dtype=np.float32)
    w *= math.sqrt(1 - rho)
    w += math.sqrt(rho) * rng.standard_normal((1, width), dtype=np.float32)
    w *= arguments.gain / math.sqrt(width)
    return w


def estimates(z):
    """(D, N Sigma) of activations of shape (width, samples)."""
    width, samples = z.shape
    half = samples // 2
    x, y = (part - part.mean(axis=1, keepdims=True) for part in (z[:, :half], z[:, half:]))
    variances = [np.square(part).sum(axis=1, dtype=np.float64) / (half - 1) for part in (x, y)]
    gram = x.T @ y
    square_trace = np.square(gram).sum(dtype=np.float64) / (half - 1) ** 2
    dimensionality = variances[0].sum() * variances[1].sum() / (width * square_trace)
    return dimensionality, (square_trace - variances[0] @ variances[1]) / (width - 1)


def one_network(rng):
    z = rng.standard_normal((arguments.width, arguments.samples), dtype=np.float32)
    layers = []
    for _ in range(arguments.depth):
        z = np.tanh(weights(rng, arguments.width) @ z)
        layers.append(estimates(z))
    return layers


def main():
    rng = np.random.default_rng(1)
    seconds, processors = [], []
    for _ in range(arguments.networks):
        start, before = time.perf_counter(), time.process_time()
        layers = one_network(rng)
        seconds.append(time.perf_counter() - start)
        processors.append(time.process_time() - before)
    print("last layer: D %.4f, N Sigma %.4f" % layers[-1])
    for what, taken in (("seconds a network:", seconds), ("of processors:", processors)):
        print(what, " ".join(f"{s:.2f}" for s in taken), f" median {statistics.median(taken[1:] or taken):.2f}")


if __name__ == "__main__":
    main()
