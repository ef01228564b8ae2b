# SPDX-License-Identifier: MIT
"""Tangent kernels of wide sparse networks, as one would estimate them in PyTorch without wideproof.

    apt-get install python3-torch python3-numpy
    /usr/bin/python3 bench/peer_tangent.py --width 4096 --inputs 32 --depth 3 --threads 2 [--output]

Every weight is drawn, independent of the others; float32; one network after another. No Jacobian is formed: an output
depends on its own input alone, so one backward pass of the sum over the inputs gives every layer's gradients of all of
them, and a layer's weights contribute (z z')(d d') (per-layer outer products, contracted). A hidden layer's kernel is
the mean over its neurons, estimated from a backward pass of a sum of random signs; with --output only the output's is
computed. Thresholds are detached. The first network is no part of the median.
"""

import argparse
import math
import os
import statistics
import time


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--width", type=int, default=4096, help="neurons in each hidden layer")
    parser.add_argument("--inputs", type=int, default=32)
    parser.add_argument("--dimension", type=int, default=784, help="of an input")
    parser.add_argument("--depth", type=int, default=3, help="hidden layers")
    parser.add_argument("--active-fraction", type=float, default=0.1)
    parser.add_argument("--networks", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--output", action="store_true", help="the output's kernel alone")
    return parser.parse_args()


arguments = parse_arguments()
# OpenBLAS reads its number of threads when it is loaded; torch.set_num_threads does not reach it in Debian's build.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = str(arguments.threads)
import torch  # noqa: E402


class SparseNetworks:
    """h = W z of variance 1 and z = relu(h - t) in every layer, t the layer's quantile; inputs: (P, d), of unit norm."""

    def __init__(self, inputs, width, depth, active_fraction):
        self.inputs, self.width, self.depth = inputs, width, depth
        self.active_fraction = active_fraction
        normal = statistics.NormalDist()
        tau = normal.inv_cdf(1 - active_fraction)
        # E[relu(u - tau)^2] of a standard normal u. Its inverse is the weight variance that keeps the norm.
        self.second_moment = (1 + tau**2) * active_fraction - tau * normal.pdf(tau)
        # Memory of weights is paged in once.
        self.weights = [torch.empty(width, inputs.shape[1] if layer == 0 else width) for layer in range(depth)]

    def threshold(self, h):
        """torch.quantile sorts; topk selects."""
        position = (h.shape[1] - 1) * (1 - self.active_fraction)
        below = math.floor(position)
        upper_part = h.topk(h.shape[1] - below, dim=1, sorted=False).values
        lower, upper = upper_part.topk(2, dim=1, largest=False).values.split(1, dim=1)
        return lower.lerp(upper, position - below)

    def tangent_kernels(self, output_alone):
        """Those of layers 1 to depth, unless the output's alone is asked for, and the output's."""
        scale = math.sqrt(1 / (self.second_moment * self.width))
        grams = [self.inputs @ self.inputs.T]
        hidden = []
        z = self.inputs
        for layer, weight in enumerate(self.weights):
            torch.randn(weight.shape, out=weight)
            if layer == 0:
                h = (z @ weight.T).requires_grad_()
            else:
                h = (z @ weight.T) * scale
            hidden.append(h)
            z = torch.relu(h - self.threshold(h.detach()))
            grams.append(z.detach() @ z.detach().T * scale**2)
        readout = torch.randn(self.width) * scale
        kernels = []
        if not output_alone:
            for layer, h in enumerate(hidden):
                kernel = grams[layer].clone()
                if layer > 0:
                    signs = torch.randint(0, 2, (self.width,)).mul_(2).sub_(1) / math.sqrt(self.width)
                    kernel += self.below((h @ signs).sum(), hidden[:layer], grams)
                kernels.append(kernel)
        kernels.append(grams[-1] + self.below((z @ readout).sum(), hidden, grams))
        return kernels

    @staticmethod
    def below(value, hidden, grams):
        gradients = torch.autograd.grad(value, hidden, retain_graph=True)
        return sum(gram * (gradient @ gradient.T) for gram, gradient in zip(grams, gradients))


def main():
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    inputs = torch.nn.functional.normalize(torch.randn(arguments.inputs, arguments.dimension))
    networks = SparseNetworks(inputs, arguments.width, arguments.depth, arguments.active_fraction)
    seconds = []
    norms = []
    for _ in range(arguments.networks):
        start = time.perf_counter()
        kernels = networks.tangent_kernels(arguments.output)
        seconds.append(time.perf_counter() - start)
        norms.append(kernels[-1].diagonal().mean().item())
    median = statistics.median(seconds[1:] or seconds)
    print("seconds per network:", " ".join(f"{s:.3f}" for s in seconds), f" median {median:.3f}")
    print(f"mean of the output's kernel on the diagonal: {statistics.mean(norms):.3f}")


if __name__ == "__main__":
    main()
