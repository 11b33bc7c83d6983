#!/usr/bin/env python3
"""Times a ledger as it grows: adding articles, then asking.

    python3 benches/ledger.py BINARY ARTICLES.jsonl[.gz] [--sizes 10000,30000] [--keep DIR]
    python3 benches/ledger.py BINARY --ledger LEDGER [--every]

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
    ["events", "--actor", "Ukraine", "--actor", "Russia", "--from", "2022-02-24", "--until", "2022-03-24"],
    ["events", "--source", "Pentagon", "--limit", "20"],
    ["meetings", "--actor", "Sergey Lavrov", "--format", "csv"],
    ["visits", "--actor", "John Kerry", "--format", "ics"],
    ["timeline", "NPL", "IND"],
    ["calendar"],
    ["statements", "--actor", "CHN", "--from", "2021-01-01", "--until", "2021-03-31"],
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
    """Seconds, peak memory in MB and seconds of processor time of a command."""
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


def ask(binary, ledger, rounds, every):
    """Whole processes, start-up included: elapsed time, and processor time, which a busy machine does not change as much."""
    taken = {" ".join(query): [run([binary, "--ledger", ledger, *query]) for _ in range(rounds)] for query in QUERIES}
    print(f"\n{len(QUERIES)} queries, {rounds} times each, the whole process")
    for name, column in [("elapsed", 0), ("processor", 2)]:
        times = sorted(one[column] * 1000 for all_ in taken.values() for one in all_)
        at = lambda share: times[min(len(times) - 1, int(share * len(times)))]
        print(f"{name:>10}: p50 {at(.5):.0f} ms, p95 {at(.95):.0f} ms, most {times[-1]:.0f} ms")
    of = lambda query, column: statistics.median(one[column] for one in taken[query]) * 1000
    slowest = sorted(taken, key=lambda query: -of(query, 2))
    print(f"{'elapsed':>9} {'processor':>9}  query, the median of each")
    for query in slowest if every else slowest[:10]:
        print(f"{of(query, 0):>6.0f} ms {of(query, 2):>6.0f} ms  {query}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("articles", type=pathlib.Path, nargs="?")
    parser.add_argument("--sizes", default="10000,30000")
    parser.add_argument("--keep", type=pathlib.Path, help="folder for the ledgers; otherwise they are removed")
    parser.add_argument("--ledger", type=pathlib.Path, help="ask this ledger only; add nothing")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--every", action="store_true", help="show every query, not only the slowest")
    given = parser.parse_args()
    given.binary = given.binary.resolve()
    if given.ledger:
        return ask(given.binary, given.ledger, given.rounds, given.every)
    opened = gzip.open if given.articles.suffix == ".gz" else open
    with opened(given.articles, "rb") as file:
        lines = file.readlines()
    sizes = [size for size in map(int, given.sizes.split(",")) if size < len(lines)] + [len(lines)]
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        ask(given.binary, grow(given.binary, lines, sizes, folder), given.rounds, given.every)


if __name__ == "__main__":
    main()
