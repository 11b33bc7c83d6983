from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from typing import TYPE_CHECKING, Any, Callable, Iterator

from legation._given import Given, row
from legation._reader import Reader, usual
from legation._rows import rows

if TYPE_CHECKING:
    import pyarrow

#: Articles and characters that are read together.
ARTICLES = 256
CHARACTERS = 4_000_000

#: Numbers, articles and errors; numbers, ids, records and errors.
Pile = list[tuple[int, Given | None, str | None]]
Done = list[tuple[int, str | None, str | None, str | None]]


def schema() -> pyarrow.Schema:
    """The columns of what comes back."""
    import pyarrow as pa

    return pa.schema([("row", pa.int64()), ("id", pa.string()), ("record", pa.large_string()), ("error", pa.string())])


def read_many(articles: Any, *, reader: Reader | None = None, progress: Callable[[int], object] | None = None) -> pyarrow.Table:
    """Reads many articles on all cores.

    :param articles: strings, mappings with ``text`` and, where known, ``id``, ``published`` (or ``date``), ``url``, ``publisher``
        (or ``source``) and ``headline`` (or ``title``); or a table: pyarrow, polars, pandas, anything that speaks Arrow.
    :param reader: a reader with knowledge or threads of your own.
    :param progress: hears how many are done.
    :returns: a table with a row for each article, in order: ``row``, ``id``, ``record`` (a line of JSON) and ``error``, of which one
        is null. One bad row never fails the others.
    :raises ValueError: when a table has no column ``text``.

    >>> import legation
    >>> table = legation.read_many(["Xi Jinping visited Russia in March 2023.", None])
    >>> table["error"].to_pylist()
    [None, 'row 1: text is NoneType, not str']
    """
    import pyarrow as pa

    return pa.Table.from_batches(parts(articles, reader or usual(), progress), schema=schema())


def read_batches(
    articles: Any, *, reader: Reader | None = None, progress: Callable[[int], object] | None = None
) -> pyarrow.RecordBatchReader:
    """Reads more articles than memory holds: as :func:`read_many`, but what comes back is a stream.

    Nothing is read before somebody takes from the stream, and nothing is kept.

    >>> import legation
    >>> stream = legation.read_batches({"text": "Xi Jinping visited Russia."} for _ in range(600))
    >>> [batch.num_rows for batch in stream]
    [256, 256, 88]
    """
    import pyarrow as pa

    return pa.RecordBatchReader.from_batches(schema(), parts(articles, reader or usual(), progress, ahead=0))


def parts(
    articles: Any, reader: Reader, progress: Callable[[int], object] | None, where: str = "", ahead: int = 1
) -> Iterator[pyarrow.RecordBatch]:
    """Batches of what was read, with so many piles read ahead. Errors begin with `where`."""
    import pyarrow as pa

    form = schema()
    for done in read_piles(piles(rows(articles), where), reader, where, ahead):
        yield pa.RecordBatch.from_arrays([pa.array(list(column), field.type) for column, field in zip(zip(*done), form)], schema=form)
        if progress:
            progress(done[-1][0] + 1)


def read_piles(piles: Iterator[Pile], reader: Reader, where: str, ahead: int) -> Iterator[Done]:
    """What was read of each pile, in order. While the next one is read, too, threads need not wait for the last of this one."""
    with ThreadPoolExecutor(1 if reader.threads == 1 else 2) as pool:
        coming: deque[Future[Done]] = deque()
        for pile in piles:
            coming.append(pool.submit(read_pile, pile, reader, where))
            if len(coming) > ahead:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


def piles(articles: Iterator[Any], where: str = "", most: int = ARTICLES) -> Iterator[Pile]:
    """Articles to be read together, each checked and numbered: not too many, and not too long in all."""
    numbers = count()
    pile: Pile = []
    size = 0
    for value in articles:
        pile.append(checked(next(numbers), value, where))
        size += len(pile[-1][1].text) if pile[-1][1] else 0
        if len(pile) == most or size > CHARACTERS:
            yield pile
            pile, size = [], 0
    if pile:
        yield pile


def checked(number: int, value: Any, where: str) -> tuple[int, Given | None, str | None]:
    try:
        return number, row(value), None
    except (TypeError, ValueError, KeyError) as error:
        return number, None, f"{where}row {number}: {error}"


def read_pile(pile: Pile, reader: Reader, where: str) -> Done:
    """Number, id, record and error of each."""
    read = iter(reader._native.read_many([article for _, article, _ in pile if article]))
    done = []
    for number, article, error in pile:
        record, fault = next(read) if article else (None, None)
        done.append((number, article.id if article else None, record, error or (f"{where}row {number}: {fault}" if fault else None)))
    return done
