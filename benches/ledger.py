#!/usr/bin/env python3
"""Times a ledger as it grows: adding articles, then asking.

    python3 benches/ledger.py BINARY ARTICLES.jsonl[.gz] [--sizes 10000,30000] [--keep DIR]

Prints, for each size and for the whole file, seconds and peak memory of `add`, seconds of adding to what is there already, and how
seconds grow against words (1.00 is linear); then the time of whole query processes, of which the slowest are named.
"""

import argparse, gzip, json, os, pathlib, resource, statistics, subprocess, tempfile, time

QUERIES = [
    ["visits", "--actor", "Vladimir Putin"],
    ["visits", "--actor", "Xi Jinping", "--country", "Russia"],
    ["visits", "--country", "FRA", "--from", "2015-01-01", "--until", "2015-12-31"],
    ["visits", "--actor", "Barack Obama", "--as-of", "2012-01-01"],
    ["meetings", "--actor", "USA", "--actor", "CHN"],
    ["meetings", "--from", "2019-06-01", "--until", "2019-06-30"],
    ["events", "--kind", "agreement", "--limit", "20"],
    ["events", "--kind", "attack", "--country", "SYR", "--from", "2016-01-01", "--until", "2016-01-31"],
    ["events", "--text", "nuclear talks", "--limit", "20"],
    ["events", "--publisher", "Reuters", "--from", "2020-03-01", "--until", "2020-03-07"],
    ["events", "--status", "cancelled", "--limit", "20"],
    ["timeline", "Iran", "Israel", "--from", "2024-01-01", "--limit", "50"],
    ["timeline", "Angela Merkel", "Emmanuel Macron"],
    ["calendar", "--from", "2023-01-01", "--until", "2023-12-31"],
    ["statements", "--actor", "Vladimir Putin", "--limit", "50"],
    ["statements", "--act", "deny", "--from", "2014-01-01", "--until", "2014-03-31"],
    ["who", "Clinton"],
    ["search", '"state visit"'],
    ["search", "president", "--limit", "20"],
    ["search", "ceasefire", "Gaza", "--from", "2023-10-01"],
    ["brief", "Xi Jinping", "Russia"],
    ["brief", "France", "Germany"],
    ["diff", "2022-02-01", "2022-02-28", "--kind", "visit"],
    ["review", "--actor", "Ukraine", "--from", "2022-01-01", "--limit", "10"],
    ["review"],
    ["corrections"],
    ["plans"],
]


def run(command):
    """Seconds and peak memory in MB of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"failed: {' '.join(map(str, command))}")
    return seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def grow(binary, lines, sizes, folder):
    first = None
    print(f"{'articles':>9} {'words':>9} {'add s':>8} {'cpu s':>8} {'MB':>7} {'again s':>8} {'growth':>7}")
    for size in sizes:
        part, ledger = folder / f"{size}.jsonl", folder / f"{size}.sqlite"
        part.write_bytes(b"".join(lines[:size]))
        words = sum(len(json.loads(line)["text"].split()) for line in lines[:size])
        seconds, memory, cpu = run([binary, "--ledger", ledger, "add", part])
        again, _, _ = run([binary, "--ledger", ledger, "add", part])
        first = first or (cpu, words)
        growth = (cpu / first[0]) / (words / first[1])
        print(f"{size:>9} {words:>9} {seconds:>8.1f} {cpu:>8.1f} {memory:>7.0f} {again:>8.1f} {growth:>7.2f}", flush=True)
    return ledger


def ask(binary, ledger, rounds):
    times = []
    for query in QUERIES:
        taken = [run([binary, "--ledger", ledger, *query])[0] * 1000 for _ in range(rounds)]
        times += [(milliseconds, " ".join(query)) for milliseconds in taken]
    times.sort()
    at = lambda share: times[min(len(times) - 1, int(share * len(times)))][0]
    print(f"\n{len(QUERIES)} queries, {rounds} times each: median {at(.5):.0f} ms, p95 {at(.95):.0f} ms, slowest {at(1):.0f} ms")
    slow = {}
    for milliseconds, query in times:
        slow.setdefault(query, []).append(milliseconds)
    for query, taken in sorted(slow.items(), key=lambda one: -statistics.median(one[1]))[:8]:
        print(f"  {statistics.median(taken):>6.0f} ms  {query}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("articles", type=pathlib.Path)
    parser.add_argument("--sizes", default="10000,30000")
    parser.add_argument("--keep", type=pathlib.Path, help="folder for the ledgers; otherwise they are removed")
    parser.add_argument("--ledger", type=pathlib.Path, help="ask this ledger only; add nothing")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    if given.ledger:
        return ask(given.binary, given.ledger, given.rounds)
    opened = gzip.open if given.articles.suffix == ".gz" else open
    with opened(given.articles, "rb") as file:
        lines = file.readlines()
    sizes = [size for size in map(int, given.sizes.split(",")) if size < len(lines)] + [len(lines)]
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        ask(given.binary, grow(given.binary, lines, sizes, folder), given.rounds)


if __name__ == "__main__":
    main()
