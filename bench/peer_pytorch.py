# SPDX-License-Identifier: MIT
"""The Gram matrices of wide sparse networks, as one would estimate them in PyTorch without wideproof.

    apt-get install python3-torch python3-numpy
    /usr/bin/python3 bench/peer_pytorch.py --width 8192 --inputs 64 --depth 3 --threads 2

Every weight is drawn, independent of the others; float32; one replicate after another. Products and quantiles use all
threads; torch.randn uses one on a CPU. The first replicate is no part of the median.

With --tuned the weights of all layers go to one buffer, so that their memory is paged in only once, and the quantile is
selected in place of sorted for. Several such processes of one thread each, with seeds of their own, are the most that
PyTorch gets out of the same cores.
"""

import argparse
import math
import os
import statistics
import time


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--width", type=int, default=8192, help="neurons in each hidden layer")
    parser.add_argument("--inputs", type=int, default=64)
    parser.add_argument("--dimension", type=int, default=784, help="of an input")
    parser.add_argument("--depth", type=int, default=3, help="hidden layers")
    parser.add_argument("--active-fraction", type=float, default=0.1)
    parser.add_argument("--threshold", choices=["quantile", "std", "fixed"], default="quantile")
    parser.add_argument("--replicates", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--tuned", action="store_true", help="reuse memory, select quantiles")
    parser.add_argument("--seed", type=int, default=1, help="of the weights, from 1; the inputs have 0")
    parsed = parser.parse_args()
    if parsed.seed < 1:
        parser.error("--seed: must be at least 1, since 0 is the inputs'")
    return parsed


arguments = parse_arguments()
# OpenBLAS reads its number of threads when it is loaded; torch.set_num_threads does not reach it in Debian's build.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = str(arguments.threads)
import torch  # noqa: E402


def row_quantile(h, fraction, tuned):
    """torch.quantile sorts, and refuses more than 2^24 elements."""
    if not tuned:
        return h.quantile(fraction, dim=1, keepdim=True)
    position = (h.shape[1] - 1) * fraction
    below = math.floor(position)
    upper_part = h.topk(h.shape[1] - below, dim=1, sorted=False).values
    lower, upper = upper_part.topk(2, dim=1, largest=False).values.split(1, dim=1)
    return lower.lerp(upper, position - below)


class SparseNetworks:
    """h = W z of variance 1 and z = relu(h - t) in every layer; inputs: (P, d), of unit norm."""

    def __init__(self, inputs, width, depth, active_fraction, threshold, tuned):
        self.inputs, self.width, self.depth = inputs, width, depth
        self.active_fraction, self.threshold, self.tuned = active_fraction, threshold, tuned
        normal = statistics.NormalDist()
        self.tau = normal.inv_cdf(1 - active_fraction)
        # E[relu(u - tau)^2] of a standard normal u. Its inverse is the weight variance that keeps the norm.
        self.second_moment = (1 + self.tau**2) * active_fraction - self.tau * normal.pdf(self.tau)
        if tuned:
            self.buffer = torch.empty(width * max(inputs.shape[1], width if depth > 1 else 0))

    def weights(self, fan_in):
        if not self.tuned:
            return torch.randn(self.width, fan_in)
        weights = self.buffer[: self.width * fan_in].view(self.width, fan_in)
        return torch.randn(weights.shape, out=weights)

    def thresholds(self, h):
        if self.threshold == "quantile":
            return row_quantile(h, 1 - self.active_fraction, self.tuned)
        if self.threshold == "std":
            return self.tau * h.square().mean(dim=1, keepdim=True).sqrt_()
        return self.tau

    def gram_matrices(self):
        """(1/n) z z' of each layer of one network, shape (depth, P, P)."""
        grams = []
        z, weight_variance = self.inputs, 1.0
        for _ in range(self.depth):
            h = (z @ self.weights(z.shape[1]).T).mul_(math.sqrt(weight_variance))
            z = h.sub_(self.thresholds(h)).relu_()
            grams.append(z @ z.T / self.width)
            weight_variance = 1 / (self.second_moment * self.width)
        return torch.stack(grams)


@torch.no_grad()
def main():
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    # A seed of their own: from the weights' seed, the first weights would be the inputs.
    generator = torch.Generator().manual_seed(0)
    inputs = torch.randn(arguments.inputs, arguments.dimension, generator=generator)
    inputs = torch.nn.functional.normalize(inputs)
    networks = SparseNetworks(
        inputs,
        arguments.width,
        arguments.depth,
        arguments.active_fraction,
        arguments.threshold,
        arguments.tuned,
    )

    seconds = []
    mean = torch.zeros(arguments.depth, arguments.inputs, arguments.inputs, dtype=torch.float64)
    for _ in range(arguments.replicates):
        start = time.perf_counter()
        mean += networks.gram_matrices()
        seconds.append(time.perf_counter() - start)
    mean /= arguments.replicates

    norm = mean[-1].diagonal().mean().item() / networks.second_moment
    median = statistics.median(seconds[1:] or seconds)
    print("seconds per replicate:", " ".join(f"{s:.3f}" for s in seconds), f" median {median:.3f}")
    print(f"mean norm of the last layer, predicted 1: {norm:.4f}")


if __name__ == "__main__":
    main()
