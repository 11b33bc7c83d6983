"""Reading and merging on a cluster with Apache Spark: ``pip install 'legation[spark]'`` there and on the workers.

The records are those of one machine, byte for byte, and so are the events that :func:`merge` makes of them. Lost executors
cost time and nothing else: Spark reads their part again, and the same article gives the same record.
"""

from __future__ import annotations

import json
import os
import tempfile
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator

from legation import _tables
from legation._files import articles as articles_of
from legation._given import CALLED, FIELDS
from legation._many import parts
from legation._native import NativeNames, slips
from legation._reader import Reader

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

READ = "id string, record string, error string"
ARTICLE = ", ".join(f"{name} string" for name in FIELDS if name != "dated")
ARTICLE += ", dated array<struct<date: string, by: string, text: string>>, error string"
PER_ARTICLE = "article string, slips array<struct<telling: string, slip: string>>, named array<string>"
#: An event as :func:`merge` gives it.
MERGED: dict[str, Any] = {
    **{name: form for name, form in _tables.EVENT.items() if name not in ("verdict", "corrected", "dates", "life", "tellings")},
    **{"contradictions": ["text"], "tellings": [{"telling": "text", "reason": "text"}], "digest": "text"},
}


def read(frame: DataFrame, *, knowledge: str | None = None) -> DataFrame:
    """Reads articles: a frame with a column ``text`` and, where known, those that :func:`legation.read_many` takes.

    :param knowledge: a folder with knowledge of your own, at the same path on every machine.
    :returns: ``id``, ``record`` (a line of JSON) and ``error``; one of the last two is null. One bad row never fails a task.
    """
    if "text" not in frame.columns:
        raise ValueError(f"the frame has no column 'text'; its columns are {', '.join(frame.columns)}")
    wanted = [name for name in frame.columns if name in {*FIELDS, *CALLED}]
    return frame.select(*wanted).mapInArrow(partial(read_part, knowledge=knowledge), READ)


def articles(spark: SparkSession, path: str) -> DataFrame:
    """The articles of files on whatever Spark reads from: web archives (WARC), saved pages, feeds, JSON lines, packed or not.

    :param path: a path, a pattern or a folder.
    :returns: a frame for :func:`read`; a row with ``error`` has no text and is no article.
    """
    files = spark.read.format("binaryFile").load(path).select("path", "content")
    return files.mapInArrow(files_part, ARTICLE)


def events(records: DataFrame) -> DataFrame:
    """What single articles tell, one row for each event; see :func:`legation.events`."""
    return tabled(records, _tables.told, _tables.TOLD)


def claims(records: DataFrame) -> DataFrame:
    """The background that single articles claim; see :func:`legation.claims`."""
    return tabled(records, _tables.claimed, _tables.CLAIM)


def merge(records: DataFrame, *, knowledge: str | None = None) -> DataFrame:
    """Brings together what articles tell of one event, as a ledger with the same articles does: same ids, same digests.

    Only who is who needs all articles, and of that only the different names. Everything else is split by blocking keys: what
    shares none, directly or by way of others, is never of one event. Keep the records (as Parquet) before merging, so that
    they are not read again.

    :returns: a row for each event, with its tellings and the reason why each belongs to it.
    """
    from pyspark.sql import functions as f

    lines = records.where("record is not null").select("record")
    per_article = lines.mapInArrow(partial(slips_part, knowledge=knowledge), PER_ARTICLE).dropDuplicates(["article"]).persist()
    named = per_article.select(f.explode("named").alias("named")).groupBy("named").count()
    names = NativeNames([(row[0], row[1]) for row in named.toLocalIterator()], knowledge)
    sent = records.sparkSession.sparkContext.broadcast(names.json())
    told = per_article.select(f.explode("slips").alias("one")).select("one.telling", "one.slip")
    keys = told.mapInArrow(partial(keys_part, sent=sent, knowledge=knowledge), "telling string, key string")
    places = hang_together(keys.select("telling", f.xxhash64("key").alias("key")))
    placed = told.join(places, "telling", "left").withColumn("place", f.coalesce("place", f.xxhash64("telling")))
    width = int(records.sparkSession.conf.get("spark.sql.shuffle.partitions") or 200)
    return placed.repartition(width, "place").select("slip").mapInArrow(
        partial(merge_part, sent=sent, knowledge=knowledge), struct(MERGED)
    )


def hang_together(edges: DataFrame) -> DataFrame:
    """Where each telling belongs: all that share keys, directly or by way of others, have one place.

    The least key travels from neighbour to neighbour until nothing moves. Two keys that fall together by their hash only make
    a place larger, which does no harm.
    """
    from pyspark.sql import functions as f

    edges = edges.persist()
    now = edges.select("key").distinct().withColumn("place", f.col("key")).persist()
    while True:
        told = edges.join(now, "key").groupBy("telling").agg(f.min("place").alias("place"))
        near = edges.join(told, "telling").groupBy("key").agg(f.min("place").alias("near"))
        # A place is a key too: whoever has moved there moves on with it.
        onward = near.join(near.select(f.col("key").alias("near"), f.col("near").alias("far")), "near", "left")
        # Without a checkpoint the plan of every round holds those of all before it.
        then = onward.select("key", f.least("near", "far").alias("place")).localCheckpoint()
        moved = now.join(then.withColumnRenamed("place", "new"), "key").where("place <> new").limit(1).count()
        now.unpersist()
        now = then
        if not moved:
            return edges.join(now, "key").groupBy("telling").agg(f.min("place").alias("place"))


@cache
def reader(knowledge: str | None) -> Reader:
    """The reader of a worker: one thread, since Spark gives each core a worker of its own."""
    return Reader(knowledge, threads=1)


def read_part(batches: Iterable[pyarrow.RecordBatch], knowledge: str | None) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow as pa
    from pyspark import TaskContext

    context = TaskContext.get()
    where = f"partition {context.partitionId()}, " if context else ""
    for part in parts(stream(batches), reader(knowledge), None, where):
        columns = [part.column("id"), part.column("record").cast(pa.string()), part.column("error")]
        yield pa.RecordBatch.from_arrays(columns, names=["id", "record", "error"])


class stream:
    """Batches that speak Arrow to :func:`legation._rows.rows` without a schema before the first one."""

    def __init__(self, batches: Iterable[pyarrow.RecordBatch]) -> None:
        self.batches = batches

    def to_batches(self) -> Iterable[pyarrow.RecordBatch]:
        return self.batches


def files_part(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow as pa
    dated = pa.list_(pa.struct([(name, pa.string()) for name in ("date", "by", "text")]))
    form = pa.schema([*((name, pa.string()) for name in FIELDS if name != "dated"), ("dated", dated), ("error", pa.string())])
    for batch in batches:
        for path, content in zip(batch.column("path").to_pylist(), batch.column("content").to_pylist()):
            rows = list(in_file(path, content))
            yield pa.RecordBatch.from_pylist(rows, schema=form)


def in_file(path: str, content: bytes) -> Iterator[dict[str, Any]]:
    """The articles in a file, and what is none."""
    name = os.path.basename(path)
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, name)
        with open(copy, "wb") as file:
            file.write(content)
        for article in articles_of(copy, skipped=faults.append):
            if article.get("id") == copy:
                article["id"] = path
            yield article
    yield from ({"error": fault.replace(copy, path)} for fault in faults)


def tabled(records: DataFrame, rows: Callable[[Any], Iterator[dict[str, Any]]], form: dict[str, Any]) -> DataFrame:
    return records.select("record").mapInArrow(partial(tables_part, rows=rows, form=form), struct(form))


def struct(form: dict[str, Any]) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(_tables.schema(form))


def tables_part(
    batches: Iterable[pyarrow.RecordBatch], rows: Callable[[Any], Iterator[dict[str, Any]]], form: dict[str, Any]
) -> Iterator[pyarrow.RecordBatch]:
    for batch in batches:
        found = (row for record in _tables.records(batch) for row in rows(record))
        yield from _tables.table(found, form).to_batches()


def slips_part(batches: Iterable[pyarrow.RecordBatch], knowledge: str | None) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow as pa

    form = pa.schema(
        [
            ("article", pa.string()),
            ("slips", pa.list_(pa.struct([("telling", pa.string()), ("slip", pa.string())]))),
            ("named", pa.list_(pa.string())),
        ]
    )
    for batch in batches:
        told, named = slips(batch.column("record").to_pylist(), knowledge)
        rows: dict[str, dict[str, Any]] = {}
        for article in dict.fromkeys([*(article for _, article, _ in told), *(article for article, _ in named)]):
            rows[article] = {"article": article, "slips": [], "named": []}
        for telling, article, slip in told:
            rows[article]["slips"].append({"telling": telling, "slip": slip})
        for article, name in named:
            rows[article]["named"].append(name)
        yield pa.RecordBatch.from_pylist(list(rows.values()), schema=form)


@cache
def names(sent: str, knowledge: str | None) -> NativeNames:
    return NativeNames.from_json(sent, knowledge)


def keys_part(batches: Iterable[pyarrow.RecordBatch], sent: Any, knowledge: str | None) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow as pa

    form = pa.schema([("telling", pa.string()), ("key", pa.string())])
    for batch in batches:
        found = names(sent.value, knowledge).keys(batch.column("slip").to_pylist())
        columns = list(zip(*found)) or [(), ()]
        yield pa.RecordBatch.from_arrays([pa.array(column, pa.string()) for column in columns], schema=form)


def merge_part(batches: Iterable[pyarrow.RecordBatch], sent: Any, knowledge: str | None) -> Iterator[pyarrow.RecordBatch]:
    # A place may be spread over batches: all of a partition's are merged at once.
    together = [slip for batch in batches for slip in batch.column("slip").to_pylist()]
    merged = (json.loads(line) for line in names(sent.value, knowledge).merge(together))
    rows = ({**event, "tellings": [{"telling": telling, "reason": why} for telling, why in event["tellings"]]} for event in merged)
    yield from _tables.table(rows, MERGED).to_batches()
