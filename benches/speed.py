#!/usr/bin/env python3
"""How fast legation parses and reads, beside spaCy on the same articles in the same run.

    cargo build --release -p legation-app -p legation-gold
    pip install spacy==3.8.* PIPELINE       # optional: without it spaCy's rows are left out
    benches/speed.py --corpus CORPUS.jsonl.gz --article ARTICLE.txt --out gold/report/speed.csv

CORPUS has one JSON object with a `text` a line. Words are what white space separates. Each figure is the best of `--rounds`
runs, legation and spaCy in turn, so that what else the machine does hits both; figures by CPU time hold on a busy machine too. `whole process` counts loading too.
"""
import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time


def read_texts(path, words):
    """The first articles of a corpus, of so many words together."""
    texts, count = [], 0
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            texts.append(json.loads(line)["text"])
            count += len(texts[-1].split())
            if count >= words:
                break
    return texts, count


def measured(command):
    """Seconds by the clock, seconds of CPU and peak megabytes of a process whose output is thrown away."""
    begin = time.perf_counter()
    with open(os.devnull, "w") as nothing:
        child = subprocess.Popen(command, stdout=nothing)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command[0]}: exit {child.returncode}")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def of_reader(binaries, corpus):
    """The figures that `legation-gold speed` prints: loaded once, articles in parallel."""
    out = subprocess.run([f"{binaries}/legation-gold", "speed", corpus], check=True, capture_output=True, text=True).stdout
    return {name: float(value) for name, value in (line.split("\t") for line in out.splitlines())}


def of_spacy(pipeline, texts, words, threads):
    """Words a second of spaCy's whole pipeline, loading not counted; of one thread also by its CPU time."""
    program = ("import json, sys, time, spacy\n"
               "texts = json.load(open(sys.argv[2])); nlp = spacy.load(sys.argv[1]); list(nlp.pipe(texts[:3]))\n"
               "begin, cpu = time.perf_counter(), time.process_time()\n"
               "for doc in nlp.pipe(texts, n_process=int(sys.argv[3])): pass\n"
               "print(time.perf_counter() - begin, time.process_time() - cpu)\n")
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(texts, file)
        file.flush()
        run = subprocess.run([sys.executable, "-c", program, pipeline, file.name, str(threads)], capture_output=True, text=True,
                             env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})
    if run.returncode:
        print(f"spaCy left out: {run.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return {}
    seconds, cpu = (float(x) for x in run.stdout.split()[-2:])
    figures = {f"spaCy words/s, {threads} threads": words / seconds}
    return figures | {"spaCy words per CPU second": words / cpu} if threads == 1 else figures


def of_processes(binaries, texts, words, article):
    """Whole processes: parsing one long article, reading one short one, and their peak memory."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n\n".join(texts))
        file.flush()
        seconds, cpu, peak = measured([f"{binaries}/legation", "parse", file.name])
    figures = {"parse, whole process, words/s": words / seconds, "parse, whole process, words per CPU second": words / cpu,
               "parse, whole process, peak MB": peak}
    if article:
        seconds, cpu, peak = measured([f"{binaries}/legation", "read", article])
        figures |= {"read one article, whole process, ms": seconds * 1000, "read one article, whole process, CPU ms": cpu * 1000,
                    "read one article, peak MB": peak}
    return figures


def main():
    """Measure in rounds and write the best of each figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--article", help="a short article, to time a whole reading")
    parser.add_argument("--binaries", default="target/release")
    parser.add_argument("--spacy", default="en_core_web_sm", help="the pipeline's package")
    parser.add_argument("--words", type=int, default=60000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--busy", action="store_true", help="the machine does other work: only CPU time and memory, one thread")
    parser.add_argument("--out")
    options = parser.parse_args()
    texts, words = read_texts(options.corpus, options.words)
    best = {}
    for _ in range(options.rounds):
        found = {} if options.busy else of_reader(options.binaries, options.corpus)
        for threads in (1,) if options.busy else (1, 2):
            found |= of_spacy(options.spacy, texts, words, threads)
        found |= of_processes(options.binaries, texts, words, options.article)
        if options.busy:
            found = {name: value for name, value in found.items() if "CPU" in name or "MB" in name}
        for name, value in found.items():
            less = name.endswith((" ms", " MB"))
            best[name] = value if name not in best else (min if less else max)(best[name], value)
    lines = ["corpus,figure,value"] + [f'{os.path.basename(options.corpus).split(".")[0]},"{n}",{v:.0f}' for n, v in best.items()]
    print("\n".join(lines))
    if options.out:
        with open(options.out, "w", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
