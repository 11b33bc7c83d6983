#!/usr/bin/env python3
"""How fast the time layer is, on articles and on hostile text of growing size: the pace must not fall as a text grows.

    cargo build --release -p legation-gold
    benches/times.py [--corpus CORPUS.jsonl]

CORPUS has one JSON object with a `text` (and perhaps a `dct`, the day of publication) a line. The hostile texts are a heap of
digits, names of months and words that rules begin with. Exit status 1: the largest text was read at less than half the pace of the smallest.
"""
import argparse
import json
import subprocess
import sys
import tempfile

HEAPS = {
    "months and digits": "May 1 2024 two years ago, March-June 99:99 12 3 2022 7 September 31 25:61 ",
    "nothing but digits": "7 31 12 1999 2024 0 99 ",
    "before and before": "two days before two weeks after the eve of three months before the first Sunday in October of the ",
}


def pace(binary, path):
    """Figures of one file."""
    out = subprocess.run([binary, "times-speed", path], check=True, capture_output=True, text=True).stdout
    return {name: float(value) for name, value in (line.split("\t") for line in out.splitlines())}


def hostile(binary, heap, size):
    """Figures of one article of so many bytes."""
    text = (heap * (size // len(heap) + 1))[:size]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write(json.dumps({"text": text, "dct": "2024-12-27"}) + "\n")
        file.flush()
        return pace(binary, file.name)


def main():
    """Print every figure; say by the exit status whether the pace held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus")
    parser.add_argument("--binary", default="target/release/legation-gold")
    parser.add_argument("--sizes", type=int, nargs="+", default=[125_000, 250_000, 500_000, 1_000_000])
    options = parser.parse_args()
    if options.corpus:
        for name, value in pace(options.binary, options.corpus).items():
            print(f"{name}\t{value:.0f}")
    held = True
    for name, heap in HEAPS.items():
        found = [hostile(options.binary, heap, size)["times alone KB/s"] for size in options.sizes]
        for size, value in zip(options.sizes, found):
            print(f"{name}, {size} bytes: times alone KB/s\t{value:.0f}")
        held = held and found[-1] * 2 >= found[0]
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
