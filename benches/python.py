#!/usr/bin/env python3
"""How fast Python reads, on one thread and on two, beside the command line.

    python3 benches/python.py BINARY ARTICLES.jsonl[.gz] [--articles 3000] [--rounds 3]

Each way runs in a process of its own, in turn, so that a load of the machine falls on all of them. Prints seconds of the clock and of
the processors, start included, and what the two threads gain. On a machine that does other work only the processors' seconds count.
"""

import argparse, gzip, json, os, pathlib, statistics, subprocess, sys, tempfile, time

HERE = """
import json, sys, legation
articles = [json.loads(line) for line in open(sys.argv[1])]
table = legation.read_many(articles, reader=legation.Reader(threads=int(sys.argv[2])))
assert table["error"].null_count == len(articles)
"""


HALVES = "two processes of one thread"


def run(command, threads):
    """Seconds of the clock and of the processors."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "RAYON_NUM_THREADS": str(threads)})
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(map(str, command))}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime


def run_halves(binary, halves):
    """Two processes of one thread, each with half the articles: what the machine itself can gain."""
    start = time.perf_counter()
    alone = {**os.environ, "RAYON_NUM_THREADS": "1"}
    both = [subprocess.Popen([binary, "read", "--format", "jsonl", half], stdout=subprocess.DEVNULL, env=alone) for half in halves]
    used = [os.wait4(process.pid, 0)[2] for process in both]
    return time.perf_counter() - start, sum(usage.ru_utime + usage.ru_stime for usage in used)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("articles")
    parser.add_argument("--articles", dest="size", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    opened = gzip.open if args.articles.endswith(".gz") else open
    with opened(args.articles, "rb") as file:
        lines = file.read().splitlines(keepends=True)
    lines = lines[:: max(1, len(lines) // args.size)][: args.size]
    words = sum(len(json.loads(line)["text"].split()) for line in lines)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "articles.jsonl")
        path.write_bytes(b"".join(lines))
        ways = {
            "python, 1 thread": ([sys.executable, "-c", HERE, path, "1"], 1),
            "python, 2 threads": ([sys.executable, "-c", HERE, path, "2"], 2),
            "command line, 1 thread": ([args.binary, "read", "--format", "jsonl", path], 1),
            "command line, 2 threads": ([args.binary, "read", "--format", "jsonl", path], 2),
        }
        halves = [pathlib.Path(folder, f"half-{at}.jsonl") for at in range(2)]
        for at, half in enumerate(halves):
            half.write_bytes(b"".join(lines[at::2]))
        taken = {name: [] for name in [*ways, HALVES]}
        for _ in range(args.rounds):
            for name, way in ways.items():
                taken[name].append(run(*way))
            taken[HALVES].append(run_halves(args.binary, halves))
    print(f"{len(lines)} articles, {words} words, {args.rounds} rounds; medians")
    middle = {name: [statistics.median(column) for column in zip(*all)] for name, all in taken.items()}
    for name, (clock, cpu) in middle.items():
        print(f"{name:<28} {clock:7.1f} s  {cpu:7.1f} s of the processors  {words / cpu:7.0f} words a second of them")
    one, two, theirs = (middle[name] for name in ("python, 1 thread", "python, 2 threads", "command line, 2 threads"))
    alone, halves = middle["command line, 1 thread"], middle[HALVES]
    print(f"two threads are {one[0] / two[0]:.2f} times one by the clock; their work is {two[1] / one[1]:.2f} times that of one")
    print(f"two processes of one thread are {alone[0] / halves[0]:.2f} times one: more than that this machine does not gain")
    print(f"python takes {two[0] / theirs[0]:.2f} times the command line's clock, {two[1] / theirs[1]:.2f} times its processors")


if __name__ == "__main__":
    main()
