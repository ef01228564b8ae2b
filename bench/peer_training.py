# SPDX-License-Identifier: MIT
"""Networks trained on digits by plain stochastic gradient descent, as one would in PyTorch without wideproof.

    apt-get install python3-torch python3-numpy
    /usr/bin/python3 bench/peer_training.py --images t10k-images-idx3-ubyte.gz --labels t10k-labels-idx1-ubyte.gz

One epoch in batches of 128, cross-entropy, float32, two hidden layers of ReLU without biases. Batches are rows of one
tensor, in a new random order; there is no DataLoader. Prints medians over rounds of the epoch alone, and of drawing the
network, the epoch and one look at all outputs. The first round is no part of them.
"""

import argparse
import gzip
import os
import resource
import statistics
import time


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", required=True)
    parser.add_argument("--labels", required=True)
    parser.add_argument("--width", type=int, default=1024)
    parser.add_argument("--networks", type=int, default=1, help="trained one after another")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


arguments = parse_arguments()
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = str(arguments.threads)

import numpy  # noqa: E402
import torch  # noqa: E402

torch.set_num_threads(arguments.threads)


def read(path, header):
    with gzip.open(path) as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=header)


def load():
    labels = torch.from_numpy(read(arguments.labels, 8).astype(numpy.int64))
    images = torch.from_numpy(read(arguments.images, 16).reshape(len(labels), -1).astype(numpy.float32))
    return images / images.norm(dim=1, keepdim=True), labels


def make_network(dimension, width, classes):
    layers = [torch.nn.Linear(dimension, width, bias=False), torch.nn.ReLU(),
              torch.nn.Linear(width, width, bias=False), torch.nn.ReLU(),
              torch.nn.Linear(width, classes, bias=False)]
    for layer in layers[::2]:
        torch.nn.init.normal_(layer.weight, std=1 if layer is layers[0] else (2 / width) ** .5)
    return torch.nn.Sequential(*layers)


def train_epoch(network, images, labels):
    optimizer = torch.optim.SGD(network.parameters(), lr=arguments.rate)
    loss_of = torch.nn.CrossEntropyLoss()
    order = torch.randperm(len(images))
    for first in range(0, len(images), arguments.batch):
        rows = order[first:first + arguments.batch]
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(network(images[rows]), labels[rows])
        loss.backward()
        optimizer.step()


def both_clocks():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return numpy.array([time.perf_counter(), usage.ru_utime + usage.ru_stime])


def one_round(images, labels):
    """Seconds of the epochs and of all, each on the clock and of the processors."""
    epochs = numpy.zeros(2)
    start = both_clocks()
    for _ in range(arguments.networks):
        network = make_network(images.shape[1], arguments.width, 10)
        before = both_clocks()
        train_epoch(network, images, labels)
        epochs += both_clocks() - before
        with torch.no_grad():
            right = (network(images).argmax(1) == labels).float().mean().item()
    return [*epochs, *(both_clocks() - start), right]


def main():
    torch.manual_seed(1)
    images, labels = load()
    rounds = [one_round(images, labels) for _ in range(arguments.rounds + 1)][1:]
    epoch, epoch_cpu, whole, whole_cpu, right = (statistics.median(values) for values in zip(*rounds))
    print(f"torch {torch.__version__}, {arguments.threads} threads, {arguments.networks} of width {arguments.width}: "
          f"epoch {epoch:.3f} s ({epoch_cpu:.3f} of processors), whole {whole:.3f} s ({whole_cpu:.3f}); "
          f"accuracy {right:.3f}")


main()
