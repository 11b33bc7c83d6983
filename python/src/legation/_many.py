from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator

from legation._given import Given, row
from legation._reader import Reader, usual

if TYPE_CHECKING:
    import pyarrow

BATCH = 256


def read_many(articles: Any, *, reader: Reader | None = None, progress: Callable[[int], object] | None = None) -> pyarrow.Table:
    """Reads many articles on all cores.

    :param articles: strings, mappings with ``text`` and, where known, ``id``, ``published`` (or ``date``), ``url``, ``publisher``
        (or ``source``) and ``headline`` (or ``title``); or a table: pyarrow, polars, pandas, anything that speaks Arrow.
    :param progress: hears how many are done.
    :returns: a table with a row for each article, in order: ``row``, ``id``, ``record`` (a line of JSON) and ``error``, of which one
        is null. One bad row never fails the others.

    >>> import legation
    >>> table = legation.read_many(["Xi Jinping visited Russia in March 2023.", None])
    >>> table["error"].to_pylist()
    [None, 'row 1: text is NoneType, not str']
    """
    import pyarrow as pa

    schema = pa.schema([("row", pa.int64()), ("id", pa.string()), ("record", pa.large_string()), ("error", pa.string())])
    batches = []
    for batch in read_batches(rows(articles), reader or usual()):
        batches.append(pa.RecordBatch.from_pylist(batch, schema=schema))
        if progress:
            progress(batch[-1]["row"] + 1)
    return pa.Table.from_batches(batches, schema=schema)


def read_batches(articles: Iterable[Any], reader: Reader) -> Iterator[list[dict[str, Any]]]:
    """Reads in batches, so that a table larger than memory can be read."""
    numbered = enumerate(articles)
    while chunk := list(islice(numbered, BATCH)):
        yield batch(chunk, reader)


def batch(chunk: list[tuple[int, Any]], reader: Reader) -> list[dict[str, Any]]:
    checked = [(number, *checked_row(number, value)) for number, value in chunk]
    good = [article for _, article, _ in checked if article]
    read = iter(reader._native.read_many(good))
    out = []
    for number, article, error in checked:
        record, fault = next(read) if article else (None, None)
        fault = error or (f"row {number}: {fault}" if fault else None)
        out.append({"row": number, "id": article.id if article else None, "record": record, "error": fault})
    return out


def checked_row(number: int, value: Any) -> tuple[Given | None, str | None]:
    try:
        return row(value), None
    except (TypeError, ValueError) as error:
        return None, f"row {number}: {error}"


def rows(articles: Any) -> Iterator[Any]:
    """Rows of whatever holds articles."""
    if isinstance(articles, (str, bytes)):
        raise TypeError("read_many takes many articles; for one there is legation.read")
    if not hasattr(articles, "__arrow_c_stream__") and not hasattr(articles, "to_batches"):
        yield from articles
        return
    import pyarrow as pa

    for part in pa.RecordBatchReader.from_stream(articles) if hasattr(articles, "__arrow_c_stream__") else articles.to_batches():
        for start in range(0, part.num_rows, BATCH):
            yield from part.slice(start, BATCH).to_pylist()
