#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Samples Gram matrices of small PyTorch networks, and the kernels that they should follow:

    sample.py FOLDER [FAULT]

Two hidden layers of ReLUs with biases, six inputs, 800 networks at each of four widths. FOLDER gets
width_<n>.npy, networks x layers x inputs x inputs, and prediction.npy, layers x inputs x inputs, by
the arc-cosine kernel. FAULT is one of these slips of a programmer:

    bias           biases are left out
    scale          weights of variance 1/n**2, not 1/n
    seed           every network is drawn from the same seed
    seed-by-width  network r of every width is drawn from seed r
    gain           weights of 2% more variance: sqrt(2.04), not sqrt(2)
"""

import sys
from pathlib import Path

import numpy as np
import torch

DEPTH, INPUTS, NETWORKS = 2, 6, 800
WIDTHS = [128, 256, 512, 1024]
BIAS_VARIANCE = 0.1


def inputs():
    angles = 2 * np.pi * np.arange(INPUTS) / INPUTS
    return torch.tensor(np.stack([np.cos(angles), np.sin(angles)], axis=1), dtype=torch.float32)


def grams(width, fault):
    """(1/n) z z' of each hidden layer of one network."""
    z = inputs()
    layers = []
    for layer in range(DEPTH):
        fan_in = 1 if layer == 0 else width
        gain = 2.04 if fault == 'gain' else 2.0
        deviation = gain**0.5 / (fan_in if fault == 'scale' else fan_in**0.5)
        linear = torch.nn.utils.skip_init(torch.nn.Linear, z.shape[1], width)
        torch.nn.init.normal_(linear.weight, std=deviation)
        torch.nn.init.normal_(linear.bias, std=BIAS_VARIANCE**0.5)
        if fault == 'bias':
            torch.nn.init.zeros_(linear.bias)
        z = torch.relu(linear(z))
        layers.append(z @ z.T / width)
    return torch.stack(layers)


def prediction():
    """The arc-cosine kernel (Cho & Saul 2009)."""
    x = inputs().numpy().astype(float)
    kernel = 2 * x @ x.T + BIAS_VARIANCE
    layers = []
    for _ in range(DEPTH):
        norm = np.sqrt(np.diag(kernel))
        c = np.clip(kernel / np.outer(norm, norm), -1, 1)
        layers.append(np.outer(norm, norm) *
                      (np.sqrt(1 - c**2) + c * (np.pi - np.arccos(c))) / (2 * np.pi))
        kernel = 2 * layers[-1] + BIAS_VARIANCE
    return np.array(layers)


@torch.no_grad()
def main():
    folder = Path(sys.argv[1])
    fault = sys.argv[2] if len(sys.argv) > 2 else ''
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / 'prediction.npy', prediction())
    torch.manual_seed(20240108)
    for width in WIDTHS:
        samples = []
        for network in range(NETWORKS):
            if fault == 'seed':
                torch.manual_seed(1)
            if fault == 'seed-by-width':
                torch.manual_seed(network)
            samples.append(grams(width, fault).numpy())
        np.save(folder / f'width_{width}.npy', np.array(samples))


if __name__ == '__main__':
    main()
