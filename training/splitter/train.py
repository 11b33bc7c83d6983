"""Train the sentence splitter: hashed features of a gap -> sum of 8 hidden units and a direct weight -> logistic.

    cargo run --release -p legation-text --example splitter_gaps EWT-TRAIN GUM-TRAIN > train.txt
    cargo run --release -p legation-text --example splitter_gaps EWT-DEV GUM-DEV > dev.txt
    python train.py train.txt dev.txt models/english/splitter.bin
"""
import struct
import sys

import numpy
import torch

BUCKETS, HIDDEN = 1 << 16, 8


def read(path):
    """Labels and features."""
    rows = numpy.loadtxt(path, dtype=numpy.int32)
    return torch.tensor(rows[:, 0], dtype=torch.float32), torch.tensor(rows[:, 1:])


class Splitter(torch.nn.Module):
    """One row of HIDDEN + 1 values a bucket."""

    def __init__(self):
        super().__init__()
        self.table = torch.nn.EmbeddingBag(BUCKETS, HIDDEN + 1, mode="sum")
        torch.nn.init.normal_(self.table.weight, std=0.02)
        self.bias = torch.nn.Parameter(torch.zeros(HIDDEN))
        self.output = torch.nn.Parameter(torch.randn(HIDDEN) * 0.5)

    def forward(self, features, drop=0.0):
        if drop:
            keep = (torch.rand(features.shape) >= drop).float() / (1 - drop)
            sums = self.table(features, per_sample_weights=keep)
        else:
            sums = self.table(features)
        return sums[:, HIDDEN] + torch.relu(sums[:, :HIDDEN] + self.bias) @ self.output


def measure(scores, labels, threshold):
    """F of the sentence ends found among the gaps."""
    found = scores > threshold
    right = (found & (labels > 0.5)).sum().item()
    return 200 * right / max(1, found.sum().item() + (labels > 0.5).sum().item())


def main():
    """Train, choose the threshold on dev, write int8."""
    torch.manual_seed(11)
    torch.set_num_threads(2)
    (labels, features), (dev_labels, dev_features) = read(sys.argv[1]), read(sys.argv[2])
    model = Splitter()
    epochs, size = 8, 256
    optimiser = torch.optim.Adam(model.parameters(), lr=2e-3)
    steps = epochs * (len(labels) // size + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(0.02, 1 - step / steps))
    for epoch in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(labels)).split(size):
            scores = model(features[batch], drop=0.25)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, labels[batch])
            loss = loss + 2e-6 * model.table.weight.square().sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item() * len(batch)
        with torch.no_grad():
            scores = model(dev_features)
        print(epoch, round(total / len(labels), 4), [round(measure(scores, dev_labels, t), 2) for t in (-1, -0.5, 0, 0.5, 1)], flush=True)
    weights = model.table.weight.detach().numpy()
    scale = float(numpy.abs(weights).max()) / 127
    small = numpy.clip(numpy.round(weights / scale), -127, 127).astype("int8")
    with torch.no_grad():
        model.table.weight.copy_(torch.tensor(small.astype("float32") * scale))
        scores = model(dev_features)
    best = max((t / 10 for t in range(-15, 16)), key=lambda t: measure(scores, dev_labels, t))
    print("threshold", best, "F", round(measure(scores, dev_labels, best), 2), "scale", scale)
    with open(sys.argv[3], "wb") as out:
        out.write(struct.pack("<ff", scale, best))
        out.write(model.bias.detach().numpy().astype("<f4").tobytes() + model.output.detach().numpy().astype("<f4").tobytes())
        out.write(small.tobytes())


if __name__ == "__main__":
    main()
