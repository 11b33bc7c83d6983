"""The same records, byte for byte, from the command line, from Python, and over every way in."""

import json
import subprocess

import pytest

import legation


def test_a_thousand_articles(thousand, thousand_lines):
    table = legation.read_many(thousand)
    assert table["error"].null_count == 1000 and table["row"].to_pylist() == list(range(1000))
    assert table["record"].to_pylist() == thousand_lines


def test_one_by_one(thousand, thousand_lines):
    for number in range(0, 1000, 50):
        assert legation.Record.from_json(thousand_lines[number]).line() == thousand_lines[number]
        fields = dict(thousand[number])
        named = {"published": fields.pop("date", None), "headline": fields.pop("title", None), "publisher": fields.pop("source", None)}
        assert legation.read(fields.pop("text"), **named, **fields).line() == thousand_lines[number]


def test_every_table_and_frame(thousand, thousand_lines):
    pa, pandas, polars = (pytest.importorskip(name) for name in ("pyarrow", "pandas", "polars"))
    few, expected = thousand[:60], thousand_lines[:60]
    names = ["id", "text", "date", "title", "url", "source"]
    columns = {name: [one.get(name) for one in few] for name in names}
    table = pa.table(columns)
    tables = [
        table,
        table.to_reader(7),
        table.to_batches()[0],
        table.append_column("page", pa.array([b"\xff"] * 60)),
        pandas.DataFrame(columns),
        pandas.DataFrame({**columns, "date": pandas.to_datetime(pandas.Series(columns["date"]))}),
        polars.DataFrame(columns),
        polars.DataFrame(columns).with_columns(polars.col("date").str.to_date()),
        (one for one in few),
    ]
    for given in tables:
        assert legation.read_many(given)["record"].to_pylist() == expected, type(given)


def test_files_as_the_command_line_finds_them(program, tmp_path):
    page = "<html lang='en'><head><title>Talks</title><meta property='article:published_time' content='2024-05-16'>" \
        "<meta name='author' content='Ida Berg'></head><body><article><h1>Talks in Oslo</h1><p>" \
        + "Foreign Minister Sergei Lavrov will travel to Oslo next week for talks. " * 12 + "</p></article></body></html>"
    (tmp_path / "a.html").write_text(page)
    (tmp_path / "b.txt").write_text("Xi Jinping visited Russia in March 2023.")
    (tmp_path / "c.jsonl").write_text('{"text": "They met.", "cited": ["AP", "BBC"]}\n')
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    body = (head + page).encode()
    warc = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/a\r\nWARC-Date: 2024-05-17T00:00:00Z\r\n" \
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    (tmp_path / "d.warc").write_bytes(warc.encode() + body + b"\r\n\r\n")
    expected = subprocess.run([program, "read", "--format", "jsonl", tmp_path], capture_output=True, check=True).stdout
    found = legation.read_many(legation.articles(tmp_path))
    assert found["record"].to_pylist() == expected.decode().removesuffix("\n").split("\n") and found.num_rows == 4
    page = json.loads(found["record"][0].as_py())["article"]
    assert page["byline"] == "Ida Berg" and page["dated"]
    told = []
    (tmp_path / "e.jsonl").write_text("nonsense\n")
    assert len(list(legation.articles(tmp_path, skipped=told.append))) == 4 and "e.jsonl:1" in told[0]
    with pytest.raises(OSError, match="no-such"):
        list(legation.articles(tmp_path / "no-such"))
