"""What the pages show runs."""

import doctest
import os
import pathlib
import re
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).parents[2]


def test_the_page_of_python(monkeypatch):
    monkeypatch.chdir(ROOT)
    (ROOT / "target").mkdir(exist_ok=True)
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    text = re.sub(r"^```\w*$", "", (ROOT / "docs" / "python.md").read_text("utf-8"), flags=re.MULTILINE)
    test = doctest.DocTestParser().get_doctest(text, {}, "docs/python.md", "docs/python.md", 0)
    assert len(test.examples) > 20
    said = []
    failed, _ = doctest.DocTestRunner(optionflags=options).run(test, out=said.append)
    assert not failed, "".join(said)


@pytest.fixture(scope="module")
def tables(program, tmp_path_factory):
    folder = tmp_path_factory.mktemp("r")
    ledger = folder / "news.sqlite"
    subprocess.run([program, "--ledger", ledger, "add", ROOT / "samples"], check=True, capture_output=True)
    subprocess.run([program, "--ledger", ledger, "export", folder / "tables"], check=True, capture_output=True)
    return folder


def test_the_page_of_r(tables):
    if not shutil.which("Rscript"):
        pytest.skip("R is not installed")
    blocks = re.findall(r"^```r\n(.*?)^```$", (ROOT / "docs" / "r.md").read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    script = tables / "vignette.R"
    script.write_text("\n".join(blocks), "utf-8")
    env = {**os.environ, "LEGATION_TABLES": str(tables / "tables"), "LEGATION_LEDGER": str(tables / "news.sqlite"), "LANG": "C.UTF-8"}
    done = subprocess.run(["Rscript", script], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "took place" in done.stdout and "verbal cooperation" in done.stdout and re.search(r"\b365\b", done.stdout)


def test_duckdb_asks_the_exported_parquet_as_the_page_of_r_does(tables):
    duckdb = pytest.importorskip("duckdb")
    import csv

    with open(tables / "tables" / "events.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    db = duckdb.connect()
    for table in ("events", "tellings", "statements"):
        assert db.execute(f"SELECT count(*) FROM '{tables}/tables/{table}.parquet'").fetchall()[0][0] > 0
    quads = dict(db.execute(f"SELECT quad, count(*) FROM '{tables}/tables/events.parquet' WHERE quad IS NOT NULL GROUP BY quad").fetchall())
    assert quads == {quad: sum(row["quad"] == quad for row in rows) for quad in quads} and len(quads) == 4
    days = db.execute(f"SELECT earliest FROM '{tables}/tables/events.parquet' WHERE earliest IS NOT NULL").fetchall()
    assert sorted(str(day) for day, in days) == sorted(row["earliest"] for row in rows if row["earliest"])


def test_the_page_of_spark_names_what_there_is():
    import legation.spark

    page = (ROOT / "docs" / "spark.md").read_text("utf-8")
    named = set(re.findall(r"legation\.spark\.(\w+)\(", page))
    assert named == {"articles", "read", "events", "claims", "merge"} and all(hasattr(legation.spark, name) for name in named)
    assert (ROOT / "python" / "examples" / "cluster.py").exists()
