"""On a cluster: the bytes of one machine, also when an executor is killed in the middle."""

import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys

import pytest

pyspark = pytest.importorskip("pyspark")
from pyspark import cloudpickle  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

import legation  # noqa: E402
import legation.spark  # noqa: E402

ROOT = pathlib.Path(__file__).parents[2]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Two executors, each a process of its own."""
    import shutil

    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        pytest.skip("Spark needs Java")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .appName("legation")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
        .config("spark.local.dir", str(tmp_path_factory.mktemp("spark")))
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("OFF")
    # The workers do not have this file.
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    yield spark
    spark.stop()


ROWS = "id string, text string, date string, title string, url string, source array<string>"


@pytest.fixture(scope="module")
def frame(cluster, thousand):
    names = ("id", "text", "date", "title", "url", "source")
    return cluster.createDataFrame([tuple(one.get(name) for name in names) for one in thousand], ROWS).repartition(8)


@pytest.fixture(scope="module")
def records(cluster, frame, tmp_path_factory):
    """The records on disk, read while an executor was killed."""
    folder = tmp_path_factory.mktemp("killed")
    seen = frame.mapInArrow(killer(str(folder / "dead")), frame.schema)
    legation.spark.read(seen).write.parquet(str(folder / "records"))
    assert (folder / "dead").exists(), "nobody was killed"
    return cluster.read.parquet(str(folder / "records"))


def killer(marker):
    """Hands rows on, and once, in the middle of a task, kills the executor that runs it."""

    def hand_on(batches):
        for number, batch in enumerate(batches):
            yield batch
            if number == 1:
                try:
                    os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
                except FileExistsError:
                    continue
                os.kill(executor(), signal.SIGKILL)

    return hand_on


def executor():
    """The process of the executor, which started the one that started us."""
    process = os.getppid()
    while "java" not in os.path.basename(os.readlink(f"/proc/{process}/exe")):
        process = int(pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])
    return process


def test_a_thousand_articles_with_an_executor_killed(records, thousand, thousand_lines):
    """No record is lost, none doubled, none other than that of the command line."""
    rows = {row.id: row for row in records.collect()}
    assert records.count() == len(rows) == 1000
    assert [rows[one["id"]].record for one in thousand] == thousand_lines
    assert all(row.error is None for row in rows.values())


def test_merged_events_are_those_of_one_ledger(records, thousand, tmp_path):
    ledger = legation.Ledger(tmp_path / "one.sqlite", create=True)
    ledger.add_records(legation.read_many(thousand))
    with sqlite3.connect(tmp_path / "one.sqlite") as db:
        digests = db.execute("SELECT id, digest FROM events ORDER BY id").fetchall()
        reasons = db.execute("SELECT telling, event, reason FROM event_tellings ORDER BY telling").fetchall()
    merged = legation.spark.merge(records).collect()
    assert sorted((row.id, row.digest) for row in merged) == digests
    assert sorted((one.telling, row.id, one.reason) for row in merged for one in row.tellings) == reasons
    assert any(len(row.tellings) > 1 for row in merged)


def test_what_was_read_goes_into_a_ledger(program, records, thousand_file, tmp_path):
    """Records as lines, added by the command line: the ledger of one machine."""
    records.where("record is not null").select("record").write.text(str(tmp_path / "lines"))
    parts = [str(path) for path in sorted((tmp_path / "lines").glob("part-*"))]
    add = [option for part in parts for option in ("--records", part)]
    for name, what in (("theirs", [str(thousand_file)]), ("ours", add)):
        subprocess.run([program, "--ledger", tmp_path / f"{name}.sqlite", "add", *what], check=True, capture_output=True)
    assert legation.Ledger(tmp_path / "ours.sqlite").digest() == legation.Ledger(tmp_path / "theirs.sqlite").digest()


def test_tables_of_events_and_claims(records, thousand_lines):
    for here, there in ((legation.events, legation.spark.events), (legation.claims, legation.spark.claims)):
        table = here(thousand_lines)
        key = lambda row: json.dumps(row, default=str, sort_keys=True)
        rows = [row.asDict(recursive=True) for row in there(records).collect()]
        assert table.num_rows > 0 and sorted(map(key, rows)) == sorted(map(key, table.to_pylist()))


def test_bad_rows_name_their_place_and_fail_nothing(cluster):
    frame = cluster.createDataFrame([("a", "Xi Jinping visited Russia."), ("b", None), ("c", "He left.")], "id string, text string").coalesce(1)
    rows = legation.spark.read(frame).collect()
    assert [row.error for row in rows][::2] == [None, None]
    assert rows[1].error == "partition 0, row 1: text is NoneType, not str" or rows[1].error.startswith("partition 0, row 1: there is no text")
    assert legation.spark.read(frame.limit(0)).collect() == []
    with pytest.raises(ValueError, match="no column 'text'"):
        legation.spark.read(frame.drop("text"))


def test_web_archives(cluster, tmp_path):
    page = "<html lang='en'><body><article><h1>Talks</h1><p>" + "Sergei Lavrov will travel to Oslo next week for talks. " * 12 + "</p></article></body></html>"
    body = ("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page).encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{}\r\nWARC-Date: 2024-05-17T00:00:00Z\r\n"
        "Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n"
    )
    for name in ("a", "b"):
        captures = b"".join(head.format(f"{name}{number}", len(body)).encode() + body + b"\r\n\r\n" for number in range(3))
        (tmp_path / f"{name}.warc").write_bytes(captures)
    (tmp_path / "c.jsonl").write_text("nonsense\n")
    found = legation.spark.articles(cluster, str(tmp_path))
    rows = found.collect()
    assert len(rows) == 7 and [row.error for row in rows if not row.text][0].startswith("file:")
    lines = [row.record for row in legation.spark.read(found.where("error is null")).collect()]
    here = legation.read_many(legation.articles(tmp_path, skipped=lambda why: None))["record"].to_pylist()
    assert sorted(lines) == sorted(here)


def test_the_worked_example(cluster, tmp_path):
    """It runs as the page shows it: articles in, Parquet of events and claims out."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"id": ["a"], "text": ["Xi Jinping visited Russia on March 20, 2023. It was his second visit this year."], "date": ["2023-03-21"]}), tmp_path / "a.parquet")
    sys.path.insert(0, str(ROOT / "python" / "examples"))
    import cluster as example

    example.run(cluster, str(tmp_path / "a.parquet"), str(tmp_path / "out"))
    assert pq.read_table(tmp_path / "out" / "events")["kind"].to_pylist() == ["visit", "visit"][: pq.read_table(tmp_path / "out" / "events").num_rows]
    assert pq.read_table(tmp_path / "out" / "claims").num_rows == 1
    assert pq.read_table(tmp_path / "out" / "merged")["title"].to_pylist()[0].startswith("visit: Xi Jinping")
    assert "Xi Jinping" in "".join(path.read_text() for path in (tmp_path / "out" / "lines").glob("part-*"))
