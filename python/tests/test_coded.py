"""Tables in the columns of others: what scripts written for them do with ours."""

import csv

import pytest

import legation
from legation import coded
from legation.coded import GDELT, POLECAT, gdelt, goldstein, polecat, states

ARTICLES = [
    {"id": "a", "date": "2023-03-21", "source": "AP", "url": "https://news.example/a", "text": "Xi Jinping visited Russia on March 20, 2023."},
    {"id": "b", "date": "2024-05-10", "source": "AP", "text": "Lavrov will travel to Norway on May 20, 2024. Russia attacked Ukraine on May 9, 2024."},
    {"id": "c", "date": "2024-05-10", "source": "BBC", "text": "Russia denied that it had attacked Poland."},
]


@pytest.fixture(scope="module")
def records():
    return legation.read_many(ARTICLES)


def test_a_gdelt_script_runs(records, tmp_path):
    """Reads the file as everybody does, by position and without a header, and adds up what everybody adds up."""
    pandas = pytest.importorskip("pandas")
    coded.write(gdelt(records), tmp_path / "20240510.export.CSV", header=False)
    names = list(GDELT)
    frame = pandas.read_csv(tmp_path / "20240510.export.CSV", sep="\t", header=None, names=names, dtype={name: str for name in names if name.endswith("Code")})
    assert len(frame.columns) == 58 and frame.GLOBALEVENTID.is_unique
    dyad = frame[(frame.Actor1CountryCode == "CHN") & (frame.Actor2CountryCode == "RUS")].iloc[0]
    assert (dyad.SQLDATE, dyad.EventCode, dyad.EventRootCode, dyad.QuadClass, dyad.GoldsteinScale) == (20230320, "042", "04", 1, 1.9)
    assert dyad.Actor1Code == "CHNGOV" and dyad.SOURCEURL == "https://news.example/a"
    conflict = frame[frame.QuadClass == 4].groupby(["Year", "Actor1CountryCode", "Actor2CountryCode"]).NumArticles.sum()
    assert conflict.to_dict() == {(2024, "RUS", "UKR"): 1}
    planned = frame[frame.EventCode == "036"]
    assert len(planned) == 1 and planned.SQLDATE.iloc[0] == 20240520
    assert "POL" not in set(frame.Actor2CountryCode), "what is denied does not count"


def test_a_polecat_script_runs(records, tmp_path):
    coded.write(polecat(records), tmp_path / "ngecEvents.DV.txt", header=True)
    with open(tmp_path / "ngecEvents.DV.txt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert tuple(rows[0]) == POLECAT
    visit = next(row for row in rows if row["Event Mode"] == "visit" and row["Actor Country"] == "CHN")
    assert (visit["Event Type"], visit["Quad Code"], visit["Event Date"]) == ("CONSULT", "VERBAL COOPERATION", "2023-03-20")
    assert (visit["Actor COW"], visit["Recipient COW"], visit["Primary Actor Sector"]) == ("710", "365", "GOV")
    assert {row["Event Type"] for row in rows} >= {"AGREE", "ASSAULT", "CONSULT"}
    assert all(cell is not None for row in rows for cell in row.values())


def test_what_is_denied_and_alleged_only_when_asked_for(records):
    denied = gdelt(records, statuses=["denied", "alleged", "negated"]).to_pylist()
    assert [(row["Actor1CountryCode"], row["Actor2CountryCode"]) for row in denied] == [("RUS", "POL")]


def test_a_ledger_counts_an_event_once(tmp_path):
    ledger = legation.Ledger(tmp_path / "l.sqlite", create=True)
    again = {**ARTICLES[0], "id": "d", "source": "BBC", "text": "Xi Jinping paid a visit to Russia on March 20, 2023."}
    ledger.add([*ARTICLES, again])
    visit = [row for row in gdelt(ledger).to_pylist() if row["EventCode"] == "042"]
    assert [(row["NumArticles"], row["NumSources"]) for row in visit] == [(2, 2)]
    assert len(polecat(ledger).to_pylist()) == len({row["Event ID"] for row in polecat(ledger).to_pylist()})


def test_every_code_has_a_weight_and_every_state_its_codes():
    from legation._native import knowledge

    codes = [line.split("\t")[0] for line in knowledge("ontology/cameo.tsv").splitlines()[1:]]
    assert len(codes) > 200 and all(-10 <= goldstein(code) <= 10 for code in codes)
    assert [goldstein(code) for code in ("057", "112", "163", "1823", "194")] == [8.0, -2.0, -8.0, -10.0, -10.0]
    assert (states()["DEU"]["cow"], states()["DEU"]["gw"], states()["DEU"]["fips"]) == ("255", "260", "GM")


def test_rows_without_a_day_or_without_parties():
    table = gdelt(legation.read_many(["The talks failed.", "Xi Jinping visited Russia."]))
    assert table.num_rows == 0 and tuple(table.column_names) == GDELT
    assert tuple(polecat([]).column_names) == POLECAT
