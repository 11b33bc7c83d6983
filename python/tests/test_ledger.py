"""The ledger from Python: the file and the answers of the command line."""

import json
import subprocess

import pytest

import legation
from legation import _tables

DAYS = {"since": "2023-01-01", "until": "2024-12-31"}


@pytest.fixture(scope="module")
def both(program, thousand, thousand_file, tmp_path_factory):
    """One ledger made by the command line and one made here of the same articles."""
    folder = tmp_path_factory.mktemp("ledgers")
    few = thousand_file.parent / "few.jsonl"
    few.write_text("".join(thousand_file.read_text("utf-8").splitlines(keepends=True)[::4]))
    subprocess.run([program, "--ledger", folder / "theirs.sqlite", "add", few], check=True, capture_output=True)
    ours = legation.Ledger(folder / "ours.sqlite", create=True)
    done = []
    added = ours.add(thousand[::4], progress=done.append)
    assert added.added + added.known + len(added.skipped) == 250 and done[-1] == 250
    return folder / "theirs.sqlite", ours


def asked(program, ledger, *command):
    out = subprocess.run([program, "--ledger", ledger, *command, "--format", "json"], capture_output=True, check=True).stdout
    return json.loads(out)


def test_the_ledger_is_the_same(both):
    theirs, ours = both
    assert legation.Ledger(theirs).digest() == ours.digest()
    assert ours.verify()["faults"] == []


def test_records_give_the_same_ledger(both, thousand, tmp_path):
    other = legation.Ledger(tmp_path / "records.sqlite", create=True)
    table = legation.read_many(thousand[::4])
    other.add_records(table)
    assert other.add_records(table.column("record").to_pylist()[:5]).added == 0
    assert other.digest() == both[1].digest()
    told = other.add_records(['{"text": "no record"}']).skipped
    assert len(told) == 1 and "no record" in told[0]


@pytest.mark.parametrize(
    "command, ask, form",
    [
        (["visits"], lambda it: it.visits(), "EVENT"),
        (["visits", "--actor", "Xi Jinping", "--country", "Russia"], lambda it: it.visits(actor="Xi Jinping", country="Russia"), "EVENT"),
        (["meetings", "--status", "held"], lambda it: it.meetings(status="held"), "EVENT"),
        (["events", "--kind", "agreement", "--kind", "visit", "--limit", "5"], lambda it: it.events(kind=["agreement", "visit"], limit=5), "EVENT"),
        (["events", "--from", "2023-01-01", "--until", "2024-12-31"], lambda it: it.events(**DAYS), "EVENT"),
        (["timeline", "Russia", "China"], lambda it: it.timeline("Russia", "China"), "EVENT"),
        (["calendar", "--as-of", "2024-06-01", "--from", "2022-01-01"], lambda it: it.calendar(as_of="2024-06-01", since="2022-01-01"), "EVENT"),
        (["statements", "--act", "say", "--limit", "9"], lambda it: it.statements(act="say", limit=9), "STATEMENT"),
        (["who", "Putin"], lambda it: it.who("Putin"), "PERSON"),
        (["search", "peace", "talks"], lambda it: it.search("peace talks"), "FOUND"),
        (["diff", "2015-01-01", "2020-01-01"], lambda it: it.diff("2015-01-01", "2020-01-01"), "DIFFERENCE"),
        (["corrections"], lambda it: it.corrections(), "CORRECTION"),
    ],
)
def test_answers_are_those_of_the_command_line(program, both, command, ask, form):
    theirs, ours = both
    table = ask(ours)
    shape = getattr(_tables, form)
    expected = _tables.table(asked(program, theirs, *command), shape)
    assert table.schema == _tables.schema(shape)
    assert table.to_pylist() == expected.to_pylist()
    if form != "CORRECTION":
        assert table.num_rows > 0


def paths(value):
    """The names of everything in JSON, or in the form of a table."""
    if isinstance(value, list):
        return {name for one in value for name in paths(one)}
    if isinstance(value, dict):
        return {name for key, part in value.items() for name in (key, *(f"{key}.{below}" for below in paths(part)))}
    return set()


def test_nothing_that_the_command_line_says_is_left_out(program, both):
    theirs, _ = both
    for command, form in ((["events"], _tables.EVENT), (["statements"], _tables.STATEMENT), (["search", "peace"], _tables.FOUND)):
        assert paths(asked(program, theirs, *command)) <= paths(form)


def test_one_event_a_check_and_a_brief(program, both, tmp_path):
    theirs, ours = both
    id = ours.visits()["id"][0].as_py()
    assert ours.event(id) == asked(program, theirs, "event", id)
    assert ours.brief("Russia", "China") == asked(program, theirs, "brief", "Russia", "China")
    assert ours.review(3).num_rows == 3 and ours.plans()[0].proposals
    background = tmp_path / "a.txt"
    background.write_text("Xi Jinping visited Russia on March 20, 2023. It was his second visit to Russia since January 2022.")
    verdicts = ours.check(background.read_text(), "2024-10-20")
    assert verdicts.to_pylist() == _tables.table(asked(program, theirs, "check", background, "--published", "2024-10-20"), _tables.VERDICT).to_pylist()
    assert verdicts.num_rows >= 1 and set(verdicts["answer"].to_pylist()) <= {"supported", "contradicted", "not_known"}


def test_errors(both, tmp_path):
    _, ours = both
    with pytest.raises(FileNotFoundError, match="create=True"):
        legation.Ledger(tmp_path / "none.sqlite")
    assert not (tmp_path / "none.sqlite").exists()
    (tmp_path / "notes.txt").write_text("notes")
    with pytest.raises(ValueError, match="no ledger of Legation"):
        legation.Ledger(tmp_path / "notes.txt")
    with pytest.raises(LookupError):
        ours.event("e0")
    with pytest.raises(TypeError, match="colour"):
        ours.visits(colour="red")
    with pytest.raises(ValueError, match="not a day"):
        ours.visits(since="yesterday")
    assert ours.visits(actor="Nobody Nowhere").num_rows == 0


def test_bad_rows_are_skipped_and_told(tmp_path):
    ledger = legation.Ledger(tmp_path / "l.sqlite", create=True)
    french = "Le président a rencontré le ministre des affaires étrangères à Paris pour des entretiens sur la paix. " * 5
    added = ledger.add([{"text": "Xi Jinping visited Serbia on May 7, 2024."}, None, {"text": b"x"}, {"text": french, "id": "fr"}])
    assert added.added == 1 and len(added.skipped) == 3
    assert any("row 1" in what for what in added.skipped) and any("fr is in French" in what for what in added.skipped)
