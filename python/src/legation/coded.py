"""Event tables in the columns of others, so that scripts written for their data run on ours.

Both take records (of :func:`legation.read_many`, one row for each article's account) or a :class:`legation.Ledger`
(one row for each event). What is alleged, denied, asked for or only thought of is no row, since those tables have no
column that would say so; ``statuses`` takes other choices.
"""

from __future__ import annotations

import csv
import datetime
import io
from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Mapping

from legation import _tables
from legation._ledger import Ledger
from legation._native import knowledge

if TYPE_CHECKING:
    import pyarrow

#: What is done, under way, announced or called off. The codes of what is announced or called off say so.
COUNTED = ("held", "ongoing", "recurring", "planned", "confirmed", "invited", "postponed", "cancelled")

ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code")
GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
#: The 58 columns of GDELT 1.0, in their order.
GDELT = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{side}{name}" for side in (1, 2) for name in ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{side}Geo_{name}" for side in ("Actor1", "Actor2", "Action") for name in GEO),
    *("DATEADDED", "SOURCEURL"),
)
#: The columns of POLECAT's weekly files, in their order.
POLECAT = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID"),
    *("Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title"),
    *("Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude"),
    *("GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations"),
    *("Story Locations", "Language", "Version"),
)
QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}
WHOLE = {"GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "IsRootEvent", "QuadClass", "NumMentions", "NumSources", "NumArticles", "DATEADDED"}
DECIMAL = {"FractionDate", "GoldsteinScale", "AvgTone", "Latitude", "Longitude", "Intensity"}


def gdelt(given: Any, *, statuses: Iterable[str] = COUNTED) -> pyarrow.Table:
    """Events in the 58 columns of GDELT 1.0: one row for each pair of an actor and a recipient; of those who meet, one for each
    order of two. What we do not read (tone, ethnic and religious codes) is null; a day that is not told is that of publication,
    and what has neither is no row.

    >>> import legation, legation.coded
    >>> record = legation.read("Xi Jinping visited Russia on March 20, 2023.", published="2023-03-21")
    >>> row = legation.coded.gdelt([record]).to_pylist()[0]
    >>> row["SQLDATE"], row["Actor1CountryCode"], row["Actor2CountryCode"], row["EventCode"], row["QuadClass"], row["GoldsteinScale"]
    (20230320, 'CHN', 'RUS', '042', 1, 1.9)
    """
    return table(GDELT, (row for event in counted(given, statuses) for row in dyads(event)))


def polecat(given: Any, *, statuses: Iterable[str] = COUNTED) -> pyarrow.Table:
    """Events in the columns of POLECAT: one row for each event, several values of a cell with ``; `` between, ``None`` for none.

    >>> import legation, legation.coded
    >>> record = legation.read("Xi Jinping visited Russia on March 20, 2023.", published="2023-03-21")
    >>> row = legation.coded.polecat([record]).to_pylist()[0]
    >>> row["Event Type"], row["Event Mode"], row["Actor COW"], row["Primary Actor Sector"], row["Recipient Country"]
    ('CONSULT', 'visit', '710', 'GOV', 'RUS')
    """
    return table(POLECAT, (whole(event) for event in counted(given, statuses) if event["plover"]), none="None")


def write(table: pyarrow.Table, path: Any, *, header: bool) -> None:
    """Writes a table with tabs between, as those files come: GDELT without a header, POLECAT with one."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter="\t", lineterminator="\n")
        if header:
            out.writerow(table.column_names)
        for batch in table.to_batches():
            out.writerows(["" if cell is None else cell for cell in row.values()] for row in batch.to_pylist())


def table(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]], none: str | None = None) -> pyarrow.Table:
    import pyarrow as pa

    rows = list(rows)
    cells = {}
    for name in columns:
        kind = pa.int64() if name in WHOLE else pa.float64() if name in DECIMAL else pa.string()
        empty = None if name in WHOLE | DECIMAL else none
        cells[name] = pa.array([empty if row.get(name) is None else row[name] for row in rows], kind)
    return pa.table(cells)


def counted(given: Any, statuses: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The events that count, those who act apart from those acted upon."""
    wanted = set(statuses)
    for event in of_ledger(given) if isinstance(given, Ledger) else of_records(given):
        event["day"] = single_day(event)
        if event["status"] in wanted and event["cameo"] and event["day"]:
            first = event["participants"][0]["role"] if event["participants"] else None
            event["actors"] = [one for one in event["participants"] if one["role"] == first]
            event["recipients"] = [one for one in event["participants"] if one["role"] != first]
            yield event


def of_records(given: Any) -> Iterator[dict[str, Any]]:
    numbers: dict[str, int] = {}
    for record in _tables.records(given):
        name = record["article"].get("id") or record["article"].get("url") or "article"
        numbers[name] = numbers.get(name, -1) + 1
        name += f"-{numbers[name]}" if numbers[name] else ""
        version = record["versions"]["reader"]
        for row in _tables.told(record):
            yield {**dict.fromkeys(_tables.TOLD), **row, "name": f"{name}-{row['event']}", "mentions": 1, "sources": 1, "articles": 1, "version": version}


def of_ledger(ledger: Ledger) -> Iterator[dict[str, Any]]:
    for event in ledger.events().to_pylist():
        last = event["tellings"][-1]
        told = {"name": event["id"], "url": last["url"], "publisher": last["publisher"], "version": last["versions"]["reader"]}
        published = last["published"].isoformat() if last["published"] else None
        days = {name: event[name].isoformat() if event[name] else None for name in ("earliest", "latest")}
        counts = {"mentions": len(event["tellings"]), "sources": event["publishers"] or 1}
        yield {**event, **told, **days, **counts, "published": published, "contexts": []}


def single_day(event: Mapping[str, Any]) -> datetime.date | None:
    """The one day that such tables want: the last possible one, but none after publication for what has taken place."""
    latest, published = event["latest"], event["published"]
    done = event["status"] in ("held", "ongoing", "recurring")
    days = [day for day in (latest, published if done or not latest else None) if day]
    return datetime.date.fromisoformat(min(days)) if days else None


@cache
def states() -> dict[str, dict[str, str]]:
    """The codes of countries by ISO 3166-1 alpha-3."""
    known = {row["id"]: row for row in tabbed("gazetteer/states.tsv")}
    for row in tabbed("gazetteer/fips.tsv"):
        known[row["id"]]["fips"] = row["fips"]
    return known


@cache
def weights() -> dict[str, float]:
    return {row["cameo"]: float(row["weight"]) for row in tabbed("ontology/goldstein.tsv")}


def tabbed(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(knowledge(path)), delimiter="\t", quoting=csv.QUOTE_NONE))


def goldstein(code: str) -> float:
    """Goldstein's weight of a CAMEO code: that of the longest beginning listed, 0 where none is.

    >>> import legation.coded
    >>> legation.coded.goldstein("0874"), legation.coded.goldstein("190"), legation.coded.goldstein("010")
    (10.0, -10.0, 0.0)
    """
    listed = (weights().get(code[:end]) for end in range(len(code), 1, -1))
    return next((weight for weight in listed if weight is not None), 0.0)


def code(country: str | None, system: str) -> str | None:
    """A country's code in another system; an organisation of states goes by its own."""
    if country is None:
        return None
    if country.startswith("IGO:"):
        return {"cameo": "IGO", "iso3": country}.get(system)
    return states().get(country, {}).get(system) or None


def dyads(event: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """GDELT rows of an event."""
    actors, recipients = event["actors"] or [None], event["recipients"]
    pairs = [(one, other) for one in actors for other in recipients or [None]]
    if not recipients and len(actors) > 1:
        pairs = list(permutations(actors, 2))
    for number, (one, other) in enumerate(pairs):
        yield {**dated(event, number), **coding(event), **side(1, one), **side(2, other), **places(event)}


def dated(event: Mapping[str, Any], number: int) -> dict[str, Any]:
    day = event["day"]
    stamp = int(day.strftime("%Y%m%d"))
    added = event["published"] or day.isoformat()
    return {
        # As large as a signed 64-bit number may be; the same event has the same number in every table.
        "GLOBALEVENTID": int.from_bytes(digest(f"{event['name']} {number}"), "big") >> 1,
        **{"SQLDATE": stamp, "MonthYear": stamp // 100, "Year": day.year},
        "FractionDate": round(day.year + (day.month * 30 + day.day) / 365, 4),
        **{"DATEADDED": int(added.replace("-", "")), "SOURCEURL": event["url"]},
    }


def digest(text: str) -> bytes:
    import hashlib

    return hashlib.sha256(text.encode()).digest()[:8]


def coding(event: Mapping[str, Any]) -> dict[str, Any]:
    cameo = event["cameo"]
    return {
        **{"IsRootEvent": 1, "EventCode": cameo, "EventBaseCode": cameo[:3], "EventRootCode": cameo[:2]},
        **{"QuadClass": QUADS.get(event["quad"]), "GoldsteinScale": goldstein(cameo)},
        **{"NumMentions": event["mentions"], "NumSources": event["sources"], "NumArticles": event["articles"]},
    }


def side(number: int, one: Mapping[str, Any] | None) -> dict[str, Any]:
    if one is None:
        return {}
    country, sectors = code(one["country"], "cameo"), list(one.get("sectors") or [])
    kinds = dict(zip(("Type1Code", "Type2Code", "Type3Code"), sectors))
    known = one["country"][4:] if (one["country"] or "").startswith("IGO:") else None
    cells = {"Code": (country or "") + "".join(sectors) or None, "Name": one["name"].upper(), "CountryCode": country, "KnownGroupCode": known, **kinds}
    return {f"Actor{number}{name}": cell for name, cell in cells.items()}


def places(event: Mapping[str, Any]) -> dict[str, Any]:
    if not event["place"] and not event["place_country"]:
        return {}
    exact = event["latitude"] is not None
    cells = {"Type": "4" if exact else "1", "FullName": event["place"], "CountryCode": code(event["place_country"], "fips")}
    degrees = {"Lat": event["latitude"], "Long": event["longitude"]}
    return {f"ActionGeo_{name}": cell if cell is None else str(cell) for name, cell in {**cells, **degrees}.items()}


def whole(event: Mapping[str, Any]) -> dict[str, Any]:
    """The POLECAT row of an event."""
    day, quad = event["day"].isoformat(), (event["quad"] or "").upper() or None
    return {
        **{"Event ID": event["name"], "Event Date": day, "Event Type": event["plover"], "Event Mode": event["mode"]},
        **{"Intensity": goldstein(event["cameo"]), "Quad Code": quad, "Contexts": joined(event["contexts"] or [])},
        **who("Actor", event["actors"]),
        **who("Recipient", event["recipients"]),
        **{"Placename": event["place"], "Raw Placename": event["place"], "Country": event["place_country"]},
        **{"Latitude": event["latitude"], "Longitude": event["longitude"]},
        **{"Source": event["publisher"], "Publication Date": event["published"], "Language": "en", "Version": event["version"]},
    }


def who(role: str, all: list[Mapping[str, Any]]) -> dict[str, Any]:
    sectors = [sector for one in all for sector in one.get("sectors") or []]
    names = joined(one["name"] for one in all)
    return {
        **{f"{role} Name": names, f"{role} Name Raw": names},
        f"{role} Country": joined(one["country"] for one in all),
        f"{role} COW": joined(code(one["country"], "cow") for one in all),
        **{f"Primary {role} Sector": sectors[0] if sectors else None, f"{role} Sectors": joined(sectors)},
    }


def joined(parts: Iterable[str | None]) -> str | None:
    """Each once, in order."""
    return "; ".join(dict.fromkeys(part for part in parts if part)) or None
