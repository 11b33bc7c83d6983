"""Bad input: the error names the row, and no row fails the others."""

import datetime
import resource

import pytest

import legation

GOOD = "Xi Jinping visited Russia in March 2023."


def errors(table):
    return [error and error.split(":")[0] for error in table["error"].to_pylist()]


def test_bad_rows_do_not_fail_the_others():
    rows = [
        {"text": GOOD, "date": float("nan")},
        {"text": None},
        {"title": "x"},
        {"text": "a", "date": "May"},
        "He left.",
        b"x",
        {"text": GOOD, "source": [b"AP"]},
        {"text": GOOD, "dated": [{"by": "meta"}]},
        {"text": "\ud800"},
        None,
        {},
        {"text": GOOD, "id": 7, "title": " ", "source": []},
    ]
    table = legation.read_many(rows)
    good = [0, 4, 11]
    assert errors(table) == [None if number in good else f"row {number}" for number in range(len(rows))]
    assert table["record"].null_count == len(rows) - len(good) and table["id"][11].as_py() == "7"
    said = table["error"].to_pylist()
    assert "bytes" in said[5] and "lone surrogate" in said[8] and "'May'" in said[3] and "the fields are title" in said[2]


def test_pandas_frames_may_mix_everything():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {
            "text": [GOOD, None, b"bytes", 3.5, "\ud800", pandas.NA, float("nan"), GOOD],
            "date": [pandas.NaT, "2024-05-16", None, None, None, None, None, pandas.Timestamp("2023-04-01T23:00:00Z")],
            "source": [pandas.NA, None, None, None, None, None, None, "AP"],
        }
    )
    table = legation.read_many(frame)
    assert errors(table) == [None, *(f"row {number}" for number in range(1, 7)), None]
    assert '"2023-04-01"' in table["record"][7].as_py()


def test_arrow_cells_that_are_no_values():
    pa = pytest.importorskip("pyarrow")
    broken = pa.Array.from_buffers(pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0\4\0\0\0"), pa.py_buffer(b"\xff\xfeab")])
    assert errors(legation.read_many(pa.table({"text": broken}))) == ["row 0", None]
    far = pa.array([2**59, 0], pa.timestamp("us"))
    assert errors(legation.read_many(pa.table({"text": [GOOD, GOOD], "date": far}))) == ["row 0", None]
    assert errors(legation.read_many(pa.table({"text": pa.array([b"a", None], pa.binary())}))) == ["row 0", "row 1"]
    coded = pa.array([GOOD, GOOD, None]).dictionary_encode()
    assert errors(legation.read_many(pa.table({"text": coded}))) == [None, None, "row 2"]


def test_empty_tables_and_what_is_none():
    pa, pandas, polars = (pytest.importorskip(name) for name in ("pyarrow", "pandas", "polars"))
    text = pa.table({"text": pa.array([], pa.string())})
    for empty in ([], iter([]), text, text.to_reader(), pandas.DataFrame({"text": []}), polars.DataFrame({"text": []})):
        table = legation.read_many(empty)
        assert table.num_rows == 0 and table.column_names == ["row", "id", "record", "error"]
    for wrong in (pa.table({"body": ["x"]}), pandas.DataFrame({"body": ["x"]}), pandas.DataFrame()):
        with pytest.raises(ValueError, match="no column 'text'"):
            legation.read_many(wrong)
    for wrong in (GOOD, b"x", 5):
        with pytest.raises(TypeError):
            legation.read_many(wrong)


def test_an_error_of_the_iterable_is_its_own():
    def broken():
        yield GOOD
        raise RuntimeError("the disk is gone")

    with pytest.raises(RuntimeError, match="the disk is gone"):
        legation.read_many(broken())


def test_ten_gigabytes_in_batches_are_never_held():
    """A stream of 10 GB, most of it in a column that nobody asks for: memory stays below half a gigabyte more."""
    pa = pytest.importorskip("pyarrow")
    pages, rows = 250, 4
    schema = pa.schema([("id", pa.int64()), ("text", pa.string()), ("date", pa.date32()), ("page", pa.large_binary())])

    def batches():
        for number in range(pages):
            page = pa.py_buffer(bytes(10_000_000 * rows))
            offsets = pa.py_buffer(pa.array([10_000_000 * row for row in range(rows + 1)], pa.int64()).buffers()[1])
            columns = [[number] * rows, [GOOD] * rows, [datetime.date(2023, 4, 1)] * rows]
            arrays = [pa.array(column, field.type) for column, field in zip(columns, schema)]
            yield pa.RecordBatch.from_arrays([*arrays, pa.Array.from_buffers(pa.large_binary(), rows, [None, offsets, page])], schema=schema)

    legation.read(GOOD)
    before, seen = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, []
    stream = legation.read_batches(pa.RecordBatchReader.from_batches(schema, batches()), progress=seen.append)
    read = sum(batch.num_rows - batch["error"].null_count + batch["error"].null_count for batch in stream)
    assert read == pages * rows and seen[-1] == read
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000


def test_a_stream_is_read_as_it_is_asked_for():
    taken = []

    def articles():
        for number in range(100_000):
            taken.append(number)
            yield "He left."

    stream = legation.read_batches(articles())
    assert not taken
    assert stream.read_next_batch().num_rows == 256 and len(taken) == 256
