"""Rows of whatever holds articles: lists, tables of Arrow, frames of polars and pandas, streams larger than memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterable, Iterator

from legation._given import CALLED, FIELDS, Unreadable

if TYPE_CHECKING:
    import pyarrow

#: Rows of a table that are Python objects at one time.
PIECE = 64
WANTED = {*FIELDS, *CALLED}


def rows(articles: Any) -> Iterator[Any]:
    """Rows of whatever holds articles, one after the other."""
    if isinstance(articles, (str, bytes)):
        raise TypeError("this takes many articles; for one there is legation.read")
    if hasattr(articles, "iloc"):
        return frame(articles)
    if hasattr(articles, "__arrow_c_stream__") or hasattr(articles, "__arrow_c_array__") or hasattr(articles, "to_batches"):
        return arrow(articles)
    if isinstance(articles, Iterable):
        return iter(articles)
    raise TypeError(f"{type(articles).__name__} holds no articles: give a list, a table or a frame")


def frame(articles: Any) -> Iterator[dict[str, Any]]:
    """Rows of a pandas frame. Its columns may mix whatever there is, so they are not made Arrow first."""
    names = columns([str(name) for name in articles.columns])
    for start in range(0, len(articles), PIECE):
        piece = articles.iloc[start : start + PIECE]
        cells = [piece[name].tolist() for name in names]
        yield from (dict(zip(names, row)) for row in zip(*cells))


def arrow(articles: Any) -> Iterator[dict[str, Any]]:
    """Rows of a table or stream that speaks Arrow; no more than a piece of one batch is made Python objects at a time."""
    for batch in batches(articles):
        names = columns(batch.schema.names)
        wanted = [batch.column(batch.schema.names.index(name)) for name in names]
        for start in range(0, batch.num_rows, PIECE):
            cells = [values(column.slice(start, PIECE)) for column in wanted]
            yield from (dict(zip(names, row)) for row in zip(*cells))


def batches(articles: Any) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow as pa

    if isinstance(articles, (pa.RecordBatchReader, pa.RecordBatch)):
        return iter([articles] if isinstance(articles, pa.RecordBatch) else articles)
    if hasattr(articles, "__arrow_c_stream__"):
        return iter(pa.RecordBatchReader.from_stream(articles))
    if hasattr(articles, "to_batches"):
        return iter(articles.to_batches())
    return iter([pa.record_batch(articles)])


def columns(names: list[str]) -> list[str]:
    """The columns that say something of an article."""
    if "text" not in names:
        raise ValueError(f"the table has no column 'text'; its columns are {', '.join(names) or 'none'}")
    return [name for name in names if name in WANTED]


def values(column: pyarrow.Array) -> list[Any]:
    try:
        return column.to_pylist()
    except (ValueError, OverflowError):  # one cell at least is none
        return [value(cell) for cell in column]


def value(cell: pyarrow.Scalar) -> Any:
    try:
        return cell.as_py()
    except (ValueError, OverflowError) as why:
        return Unreadable(why)
