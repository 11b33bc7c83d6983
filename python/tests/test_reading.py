"""What the module promises: the command line's bytes, and errors that name the row."""

import datetime
import json
import os
import pathlib
import subprocess

import pytest

import legation

ROOT = pathlib.Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
PROGRAM = os.environ.get("LEGATION", ROOT / "target" / "release" / "legation")


@pytest.mark.skipif(not pathlib.Path(PROGRAM).exists(), reason="the program is not built: cargo build --release")
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_same_bytes_as_the_command_line(sample):
    command = [PROGRAM, "read", "--format", "json", str(sample)]
    expected = subprocess.run(command, capture_output=True, check=True).stdout
    assert legation.read(sample.read_text("utf-8"), id=str(sample)).json().encode() == expected


def test_one_and_many_agree():
    texts = [sample.read_text("utf-8") for sample in SAMPLES]
    lines = legation.read_many(texts)["record"].to_pylist()
    assert [json.loads(line) for line in lines] == [legation.read(text).fields for text in texts]


def test_every_span_lies_in_the_text():
    record = legation.read(SAMPLES[0].read_text("utf-8"))
    assert record.times and all(record.quote(time["span"]) for time in record.times)


@pytest.mark.parametrize("day", ["2024-05-16", "2024-05-16T10:00:00Z", datetime.date(2024, 5, 16), datetime.datetime(2024, 5, 16, 9)])
def test_days_in_every_form(day):
    assert legation.read("They met today.", published=day).fields["article"]["published"] == "2024-05-16"


@pytest.mark.parametrize("text", [None, b"bytes", 3, "half \ud800", ["a"]])
def test_what_is_no_text_is_told(text):
    with pytest.raises((TypeError, ValueError), match="text"):
        legation.read(text)


def test_bad_rows_do_not_fail_the_others():
    rows = [{"text": "Xi Jinping visited Russia.", "date": float("nan")}, {"text": None}, {"title": "x"}, {"text": "a", "date": "May"}, "He left.", b"x"]
    errors = legation.read_many(rows)["error"].to_pylist()
    assert errors[0] is None and errors[4] is None
    assert all(errors[row].startswith(f"row {row}: ") for row in (1, 2, 3, 5))


def test_tables_and_empty_ones():
    pa = pytest.importorskip("pyarrow")
    table = pa.table({"id": ["a"], "text": ["Xi Jinping visited Russia in March 2023."], "date": [datetime.date(2023, 4, 1)]})
    read = legation.read_many(table)
    assert read["id"].to_pylist() == ["a"] and '"visit"' in read["record"][0].as_py()
    assert legation.read_many(table.slice(0, 0)).num_rows == 0
    assert legation.read_many([]).num_rows == 0


def test_knowledge_that_is_wrong_is_told(tmp_path):
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "cues.tsv").write_text("no such column\n")
    with pytest.raises(ValueError, match="cues.tsv"):
        legation.Reader(tmp_path)


def test_a_notebook_shows_the_page():
    shown = legation.read("Xi Jinping visited Russia in March 2023.")._repr_html_()
    assert shown.startswith("<iframe") and "Xi Jinping" in shown
