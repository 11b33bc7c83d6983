"""One article: the command line's bytes, and errors that say what is wrong."""

import datetime
import json
import os
import pathlib
import subprocess
import sys

import pytest

import legation

ROOT = pathlib.Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_same_bytes_as_the_command_line(program, sample):
    command = [program, "read", "--format", "json", str(sample)]
    expected = subprocess.run(command, capture_output=True, check=True).stdout
    assert legation.read(sample.read_text("utf-8"), id=str(sample)).json().encode() == expected


@pytest.mark.parametrize(
    "command, method",
    [(["quotes", "--format", "brat"], "brat"), (["quotes", "--format", "webannotation"], "web_annotation"), (["times", "--format", "timeml"], "timeml")],
)
def test_other_forms_are_those_of_the_command_line(program, command, method):
    sample = SAMPLES[-1]
    expected = subprocess.run([program, *command, str(sample)], capture_output=True, check=True).stdout
    record = legation.read(sample.read_text("utf-8"), id=str(sample))
    assert getattr(record, method)().encode() == expected


def test_trees_are_those_of_the_command_line(program):
    expected = subprocess.run([program, "parse", str(SAMPLES[0])], capture_output=True, check=True).stdout
    assert legation.conllu(SAMPLES[0].read_text("utf-8")).encode() == expected


def test_a_record_comes_back_from_json_and_a_false_one_does_not():
    record = legation.read("Xi Jinping visited Russia in March 2023.")
    assert legation.Record.from_json(record.json()).fields == record.fields
    with pytest.raises(ValueError, match="no record"):
        legation.Record.from_json("{}")
    with pytest.raises(ValueError, match="no words of the article"):
        legation.Record.from_json(record.json().replace("Xi Jinping visited Russia in March 2023.", "Xi."))


def test_every_span_lies_in_the_text():
    record = legation.read(SAMPLES[0].read_text("utf-8"))
    assert record.times and all(record.quote(time["span"]) for time in record.times)
    start, end = record.characters(record.times[0]["span"])
    assert record.text[start:end] == record.quote(record.times[0]["span"])


@pytest.mark.parametrize("day", ["2024-05-16", "2024-05-16T10:00:00Z", datetime.date(2024, 5, 16), datetime.datetime(2024, 5, 16, 9)])
def test_days_in_every_form(day):
    assert legation.read("They met today.", published=day).fields["article"]["published"] == "2024-05-16"


@pytest.mark.parametrize("day", ["May", "2024-W20-4", "20240516", "2024-02-30", b"2024-05-16", 5, "2024-05\ud800"])
def test_what_is_no_day_is_told(day):
    with pytest.raises((TypeError, ValueError), match="published"):
        legation.read("They met today.", published=day)


@pytest.mark.parametrize("text", [None, b"bytes", bytearray(b"x"), memoryview(b"x"), 3, "half \ud800", ["a"]])
def test_what_is_no_text_is_told(text):
    with pytest.raises((TypeError, ValueError), match="text"):
        legation.read(text)


def test_what_is_no_field_is_told():
    with pytest.raises(TypeError, match="no field author"):
        legation.read("They met.", author="Ida Berg")
    with pytest.raises(TypeError, match="url is bytes"):
        legation.read("They met.", url=b"https://news.example")


def test_knowledge_that_is_wrong_is_told(tmp_path):
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "cues.tsv").write_text("no such column\n")
    with pytest.raises(ValueError, match="cues.tsv"):
        legation.Reader(tmp_path)


def test_a_notebook_shows_the_article_with_its_evidence():
    shown = legation.read("“Xi” Jinping <b> visited Russia in March 2023.")._repr_html_()
    assert shown.startswith("<iframe") and "sandbox" in shown and "&amp;lt;b&amp;gt;" in shown
    assert "&lt;mark" in shown or "&lt;span" in shown


def test_a_process_forked_off_is_told_and_does_not_hang():
    script = (
        "import legation, os, signal\n"
        "assert legation.read_many(['Xi Jinping visited Russia.'] * 9)['error'].null_count == 9\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    signal.alarm(60)\n"
        "    try:\n"
        "        legation.read('He left.')\n"
        "    except RuntimeError as error:\n"
        "        os._exit('spawn' not in str(error))\n"
        "    os._exit(2)\n"
        "assert os.waitpid(child, 0)[1] == 0\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", script], check=True, timeout=100)


def test_importing_is_quick_and_takes_nothing_else_along():
    script = "import sys, time; a = time.process_time(); import legation; print(time.process_time() - a, 'pyarrow' in sys.modules)"
    runs = [subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout.split() for _ in range(3)]
    assert min(float(seconds) for seconds, _ in runs) < 0.2
    assert {arrow for _, arrow in runs} == {"False"}


def test_the_package_is_small_and_needs_only_arrow():
    from importlib.metadata import requires

    folder = pathlib.Path(legation.__file__).parent
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 60_000_000
    always = [need for need in requires("legation") if "extra" not in need]
    assert len(always) == 1 and always[0].startswith("pyarrow")


def test_stubs_name_what_the_library_has():
    import ast

    from legation import _native

    stubs = ast.parse((pathlib.Path(legation.__file__).parent / "_native.pyi").read_text())
    for node in stubs.body:
        if isinstance(node, ast.ClassDef):
            methods = {one.name for one in node.body if isinstance(one, ast.FunctionDef) and not one.name.startswith("__")}
            assert methods == {name for name in dir(getattr(_native, node.name)) if not name.startswith("_")}, node.name
    named = {node.name for node in stubs.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))}
    assert named == {name for name in dir(_native) if not name.startswith("_")}


def test_types_hold():
    pytest.importorskip("mypy")
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "python" / "pyproject.toml")]
    done = subprocess.run(command, cwd=ROOT / "python", capture_output=True, text=True, env={**os.environ, "MYPY_CACHE_DIR": "/dev/null"})
    assert done.returncode == 0, done.stdout


def test_one_and_many_agree():
    texts = [sample.read_text("utf-8") for sample in SAMPLES]
    lines = legation.read_many(texts)["record"].to_pylist()
    assert [json.loads(line) for line in lines] == [legation.read(text).fields for text in texts]
