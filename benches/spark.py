#!/usr/bin/env python3
"""A corpus on a small cluster: the ledger of one machine, and what the cluster costs.

    python3 benches/spark.py BINARY ARTICLES.jsonl[.gz] [--articles N] [--master local-cluster[2,1,2048]] [--merge]

Reads the articles with the command line into one ledger, and on the cluster into Parquet and from there with `add --records` into
another; compares the digests, and with --merge the events that the cluster merged by itself. Needs Java, pyspark and the module.
"""

import argparse, gzip, os, pathlib, resource, sqlite3, subprocess, sys, tempfile, time


def clocked(name, work):
    """Does something and says how long it took, by the clock and by the processors of all that ended meanwhile."""
    start, before = time.perf_counter(), children()
    result = work()
    print(f"{name:<28} {time.perf_counter() - start:8.1f} s  {children() - before:8.1f} s of the processors", flush=True)
    return result


def children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def command(*parts):
    return subprocess.run([str(part) for part in parts], check=True, capture_output=True, text=True).stdout


def session(master):
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(master).config("spark.driver.host", "127.0.0.1").config("spark.ui.enabled", "false")
    spark = builder.config("spark.sql.shuffle.partitions", "8").config("spark.sql.execution.arrow.maxRecordsPerBatch", "256").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def cluster(master, path, out, merge):
    import legation.spark

    spark = clocked("cluster: start", lambda: session(master))
    fields = "id string, date string, title string, url string, text string, source string, cited array<string>"
    articles = spark.read.schema(fields).json(str(path)).repartition(16)
    clocked("cluster: read", lambda: legation.spark.read(articles).write.parquet(f"{out}/records"))
    records = spark.read.parquet(f"{out}/records")
    clocked("cluster: lines", lambda: records.where("record is not null").select("record").write.text(f"{out}/lines"))
    if merge:
        clocked("cluster: merge", lambda: legation.spark.merge(records).select("id", "digest").write.parquet(f"{out}/merged"))
    merged = {row.id: row.digest for row in spark.read.parquet(f"{out}/merged").collect()} if merge else {}
    clocked("cluster: stop", spark.stop)
    return merged


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("articles")
    parser.add_argument("--articles", dest="size", type=int)
    parser.add_argument("--master", default="local-cluster[2,1,2048]")
    parser.add_argument("--merge", action="store_true")
    args = parser.parse_args()
    opened = gzip.open if args.articles.endswith(".gz") else open
    with opened(args.articles, "rb") as file:
        lines = file.read().splitlines(keepends=True)
    step = max(1, len(lines) // args.size) if args.size else 1
    lines = lines[::step][: args.size]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        path = folder / "articles.jsonl"
        path.write_bytes(b"".join(lines))
        print(f"{len(lines)} articles")
        one, other = folder / "one.sqlite", folder / "other.sqlite"
        print(clocked("one machine: add", lambda: command(args.binary, "--ledger", one, "add", path)).splitlines()[0])
        merged = cluster(args.master, path, folder, args.merge)
        parts = [part for line in sorted((folder / "lines").glob("part-*")) for part in ("--records", line)]
        print(clocked("one machine: add --records", lambda: command(args.binary, "--ledger", other, "add", *parts)).splitlines()[0])
        digests = [command(args.binary, "--ledger", ledger, "verify") for ledger in (one, other)]
        print("the ledgers are equal" if digests[0] == digests[1] else "THE LEDGERS DIFFER")
        print(digests[0].strip())
        if args.merge:
            events = dict(sqlite3.connect(one).execute("SELECT id, digest FROM events"))
            print(f"{len(merged)} events merged on the cluster:", "equal" if merged == events else "THEY DIFFER")
        if digests[0] != digests[1]:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
