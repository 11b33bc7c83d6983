#!/usr/bin/env python3
"""Adds a web archive of made-up pages to a ledger: is the memory flat, and is it taken up again after `kill -9`?

    python3 benches/archive.py BINARY [--pages 10000] [--kills 5]

Makes an archive of gzip members, as archives on the web are, and adds a quarter of it, then all of it, each to a ledger of its own;
then adds all of it with kills at moments that look like chance. Fails where the memory grows by more than 16 KB for each page more,
where a ledger that was interrupted does not verify, or where it does not come out the same in the end. Reading alone keeps nothing of
a page (`cargo run --release -p legation-intake --example archive`); merging holds the names and tellings that it compares.
"""

import argparse, datetime, gzip, os, pathlib, random, subprocess, sys, tempfile, time

#: KB of memory that a page more may cost.
MOST = 16

PEOPLE = ["Foreign Minister Annalena Baerbock", "Secretary of State Antony Blinken", "President Emmanuel Macron", "Prime Minister Narendra Modi"]
PLACES = ["Warsaw", "Vienna", "Jakarta", "Nairobi", "Ottawa", "Ankara", "Lima", "Seoul", "Canberra", "Accra"]
TOPICS = ["grain", "border crossings", "fisheries", "visas", "energy", "a ceasefire", "debt", "river water"]
TELLINGS = [
    "{who} arrived in {place} on {day} for talks about {topic}.",
    "{who} said that the talks in {place} had been useful and that more would follow.",
    "Nobody in {place} would say what had been agreed about {topic}.",
    "{who} will visit {place} again next month, the embassy said.",
    "Earlier reports that {who} had cancelled the journey were denied by a spokesperson.",
]


def page(number, chance):
    day = datetime.date(2022, 1, 3) + datetime.timedelta(days=number % 1000)
    fill = lambda: dict(who=chance.choice(PEOPLE), place=chance.choice(PLACES), topic=chance.choice(TOPICS), day=f"{day:%A}")
    told = "".join(f"<p>{chance.choice(TELLINGS).format(**fill())} {chance.choice(TELLINGS).format(**fill())}</p>" for _ in range(2))
    menu = "".join(f"<li><a href=/{at}>Section {at}</a></li>" for at in range(120))
    head = f"<title>Report {number}</title><meta property=article:published_time content={day}>"
    return f"<!doctype html><html lang=en><head>{head}</head><body><nav><ul>{menu}</ul></nav><article><h1>Report {number}</h1>{told}</article></body></html>"


def member(number, chance):
    body = page(number, chance).encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://gazette.example/{number}\r\nContent-Length: {len(answer)}\r\n\r\n"
    return gzip.compress(head.encode() + answer + b"\r\n\r\n", compresslevel=1, mtime=0)


def make(path, pages):
    chance = random.Random(7)
    with path.open("wb") as archive:
        for number in range(pages):
            archive.write(member(number, chance))


def add(binary, ledger, archive):
    """Seconds and peak memory in MB of a whole process."""
    start = time.perf_counter()
    process = subprocess.Popen([binary, "--ledger", ledger, "add", archive], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: add {archive}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def verify(binary, ledger):
    return subprocess.run([binary, "--ledger", ledger, "verify"], check=True, capture_output=True, text=True).stdout


def cut(binary, ledger, archive, after):
    """Kills an `add` after so many seconds; what is there afterwards must verify."""
    process = subprocess.Popen([binary, "--ledger", ledger, "add", archive], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    process.kill()
    process.wait()
    return verify(binary, ledger).split(",")[0] if ledger.exists() else "nothing yet"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--pages", type=int, default=10000)
    parser.add_argument("--kills", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        few, all_ = folder / "few.warc.gz", folder / "all.warc.gz"
        make(few, arguments.pages // 4)
        make(all_, arguments.pages)
        few_seconds, few_memory = add(arguments.binary, folder / "few.sqlite", few)
        seconds, memory = add(arguments.binary, folder / "all.sqlite", all_)
        print(f"{arguments.pages // 4} pages: {few_seconds:.1f} s, {few_memory:.0f} MB; {arguments.pages} pages: {seconds:.1f} s, {memory:.0f} MB")
        chance = random.Random(11)
        for _ in range(arguments.kills):
            told = cut(arguments.binary, folder / "cut.sqlite", all_, chance.uniform(0, seconds / arguments.kills))
            print(f"killed: {told}", flush=True)
        again, _ = add(arguments.binary, folder / "cut.sqlite", all_)
        same = verify(arguments.binary, folder / "cut.sqlite") == verify(arguments.binary, folder / "all.sqlite")
        print(f"taken up again: {again:.1f} s, {'the same' if same else 'NOT the same'} in the end")
        more = (memory - few_memory) * 1024 / (arguments.pages - arguments.pages // 4)
        print(f"{more:.1f} KB for each page more")
        sys.exit(0 if same and more <= MOST else 1)


if __name__ == "__main__":
    main()
