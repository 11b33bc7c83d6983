"""Arrow tables out of the JSON that the library answers in."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Mapping

if TYPE_CHECKING:
    import pyarrow

#: Names of types as the forms below write them.
MEMBER = {"role": "text", "key": "text", "name": "text", "country": "text", "cameo": "text", "cow": "whole"}
LIFE = {"published": "day", "status": "text", "telling": "text"}
CONTRADICTION = {"field": "text", "one": "text", "one_value": "text", "other": "text", "other_value": "text"}
VERSIONS = {"reader": "text", "model": "text", "knowledge": "text"}
TELLING = {
    **{"telling": "text", "article": "text", "name": "text", "url": "text", "publisher": "text", "published": "day", "status": "text"},
    **{"earliest": "day", "latest": "day", "edtf": "text", "place": "text", "told_by": "text", "derived": "text"},
    **{"plover": "text", "cameo": "text", "quote": "text", "start": "whole", "end": "whole"},
    **{"rule": "text", "reason": "text", "versions": VERSIONS},
}
EVENT: dict[str, Any] = {
    **{"id": "text", "kind": "text", "title": "text", "status": "text", "verdict": "text", "corrected": ["text"]},
    **{"earliest": "day", "latest": "day", "edtf": "text", "dates": ["text"], "place": "text", "place_country": "text"},
    **{"latitude": "number", "longitude": "number", "plover": "text", "mode": "text", "quad": "text", "cameo": "text"},
    **{"articles": "whole", "independent": "whole", "publishers": "whole", "voices": "whole"},
    **{"participants": [MEMBER], "life": [LIFE], "contradictions": [CONTRADICTION], "tellings": [TELLING]},
}
STATEMENT = {
    **{"id": "text", "source": "text", "key": "text", "country": "text", "act": "text", "polarity": "text", "form": "text"},
    **{"content": "text", "article": "text", "name": "text", "publisher": "text", "published": "day"},
    **{"start": "whole", "end": "whole", "rule": "text"},
}
PERSON = {"key": "text", "kind": "text", "name": "text", "country": "text", "articles": "whole", "events": "whole"}
FOUND = {"article": "text", "name": "text", "url": "text", "publisher": "text", "published": "day", "headline": "text", "passage": "text"}
DIFFERENCE: dict[str, Any] = {"change": "text", "before": "text", "after": "text", "event": EVENT}
DUE: dict[str, Any] = {"event": EVENT, "doubt": "number", "value": "number", "reasons": ["text"]}
CORRECTION = {
    **{"seq": "whole", "made": "text", "who": "text", "action": "text", "telling": "text", "others": ["text"]},
    **{"field": "text", "value": "text", "undoes": "whole", "note": "text"},
}
VERDICT: dict[str, Any] = {
    **{"id": "text", "kind": "text", "about": "text", "value": "whole", "over": "text", "quote": "text"},
    **{"span": {"start": "whole", "end": "whole"}, "answer": "text", "reason": "text"},
    **{"supporting": [EVENT], "against": [EVENT], "left_out": [EVENT]},
}

#: Single articles, as :func:`legation.events` and :func:`legation.claims` have them.
TOLD: dict[str, Any] = {
    **{"id": "text", "url": "text", "publisher": "text", "published": "day", "event": "text", "kind": "text", "subtype": "text"},
    **{"status": "text", "modality": "text", "polarity": "text", "earliest": "day", "latest": "day", "place": "text"},
    **{"place_country": "text", "latitude": "number", "longitude": "number"},
    **{"participants": [{"role": "text", "name": "text", "country": "text", "sectors": ["text"]}]},
    **{"told_by": ["text"], "plover": "text", "mode": "text", "contexts": ["text"], "quad": "text", "cameo": "text"},
    **{"repeated": "truth", "derived": "text", "quote": "text", "start": "whole", "end": "whole", "rule": "text"},
}
CLAIM = {
    **{"id": "text", "url": "text", "publisher": "text", "published": "day", "claim": "text", "kind": "text", "event_kind": "text"},
    **{"about": "text", "value": "whole", "comparison": "text", "earliest": "day", "latest": "day"},
    **{"quote": "text", "start": "whole", "end": "whole", "rule": "text"},
}


def kind(form: Any) -> pyarrow.DataType:
    """The Arrow type of a form."""
    import pyarrow as pa

    if isinstance(form, list):
        return pa.list_(kind(form[0]))
    if isinstance(form, dict):
        return pa.struct([(name, kind(part)) for name, part in form.items()])
    named = {"text": pa.string, "day": pa.date32, "whole": pa.int64, "number": pa.float64, "truth": pa.bool_}
    return named[form]()


def schema(form: Mapping[str, Any]) -> pyarrow.Schema:
    """The Arrow schema of a form."""
    import pyarrow as pa

    return pa.schema([(name, kind(part)) for name, part in form.items()])


def table(rows: Iterable[Mapping[str, Any]], form: Mapping[str, Any]) -> pyarrow.Table:
    """Rows as JSON has them, as a table."""
    import pyarrow as pa

    rows = list(rows)
    columns = [pa.array([shaped(row.get(name), part) for row in rows], kind(part)) for name, part in form.items()]
    return pa.Table.from_arrays(columns, schema=schema(form))


def answer(text: str, form: Mapping[str, Any]) -> pyarrow.Table:
    """A list of rows in JSON, as a table."""
    return table(json.loads(text), form)


@cache
def days(text: str) -> Any:
    import datetime

    try:
        return datetime.date.fromisoformat(text)
    except ValueError:  # a day before the year 1 or after 9999, which Arrow could hold and Python cannot
        return None


def shaped(value: Any, form: Any) -> Any:
    """A value as Arrow takes it: days are no text there."""
    if value is None or form in ("text", "whole", "number", "truth"):
        return value
    if isinstance(form, list):
        return [shaped(one, form[0]) for one in value]
    if isinstance(form, dict):
        return {name: shaped(value.get(name), part) for name, part in form.items()}
    return days(value)


def records(given: Any) -> Iterator[Mapping[str, Any]]:
    """The fields of records: of :class:`legation.Record`, of lines of JSON, of what :func:`legation.read_many` gives."""
    from legation._record import Record

    if hasattr(given, "column_names") or hasattr(given, "schema"):
        batches = given.to_batches() if hasattr(given, "to_batches") else [given] if hasattr(given, "num_rows") else given
        given = (line for batch in batches for line in batch.column("record").to_pylist())
    for one in given:
        if one is not None:
            yield one.fields if isinstance(one, Record) else json.loads(one)


class Spans:
    """The words of an article by bytes and by characters."""

    def __init__(self, text: str) -> None:
        self.bytes = text.encode()

    def quote(self, start: int, end: int) -> str:
        return " ".join(self.bytes[start:end].decode().split())

    def characters(self, start: int, end: int) -> tuple[int, int]:
        first = len(self.bytes[:start].decode())
        return first, first + len(self.bytes[start:end].decode())


def cover(evidence: Iterable[Mapping[str, Any]]) -> tuple[int, int]:
    spans = [span for one in evidence for span in one["spans"]]
    return min(span["start"] for span in spans), max(span["end"] for span in spans)


def origin(record: Mapping[str, Any]) -> dict[str, Any]:
    article = record["article"]
    named = {name: article.get(name) for name in ("id", "url", "publisher")}
    return {**named, "published": record["published"].get("date")}


def interval(value: Mapping[str, Any] | None) -> dict[str, Any]:
    return {"earliest": (value or {}).get("earliest"), "latest": (value or {}).get("latest")}


def told(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One row for each event of an article."""
    spans, who = Spans(record["article"]["text"]), Sources(record)
    for event in record["events"]:
        bounds = cover(event["evidence"])
        start, end = spans.characters(*bounds)
        place = event.get("place") or {}
        latitude, longitude = place.get("coordinates") or (None, None)
        yield {
            **origin(record),
            **{name: event.get(name) for name in ("kind", "subtype", "status", "modality", "polarity", "repeated", "derived")},
            **{"event": event["id"], "participants": [party(one) for one in event["participants"]], **interval(event.get("interval"))},
            **{"place": place.get("name"), "place_country": place.get("country"), "latitude": latitude, "longitude": longitude},
            **{"told_by": [who.name(one) for one in event.get("attributions", [])], **event["codes"]},
            **{"quote": spans.quote(*bounds), "start": start, "end": end, "rule": event["evidence"][0]["by"]},
        }


def party(one: Mapping[str, Any]) -> dict[str, Any]:
    return {"role": one["role"], "name": one["text"], "country": one.get("country"), "sectors": one.get("sectors", [])}


def claimed(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One row for each claim of an article."""
    spans = Spans(record["article"]["text"])
    for claim in record["claims"]:
        bounds = cover([claim["evidence"]])
        start, end = spans.characters(*bounds)
        yield {
            **origin(record),
            **{name: claim.get(name) for name in ("kind", "event_kind", "about", "value")},
            **{"claim": claim["id"], "comparison": claim.get("comparison", "exactly"), **interval(claim.get("over"))},
            **{"quote": spans.quote(*bounds), "start": start, "end": end, "rule": claim["evidence"]["by"]},
        }


class Sources:
    """Who says it, by the id of the attribution."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.entities = {entity["id"]: entity["name"] for entity in record["entities"]}
        self.attributions = {one["id"]: one for one in record["attributions"]}
        self.spans = Spans(record["article"]["text"])

    def name(self, attribution: str) -> str:
        one = self.attributions[attribution]
        named = [self.entities[entity] for entity in one.get("source_entities", [])]
        return ", ".join(named) or " ".join(self.spans.quote(span["start"], span["end"]) for span in one["source"])


def events(given: Any) -> pyarrow.Table:
    """What single articles tell, one row for each event of each article; a ledger brings the rows of one event together.

    :param given: records, lines of JSON, or what :func:`legation.read_many` gives.

    >>> import legation
    >>> told = legation.events(legation.read_many(["Lavrov will travel to Oslo on May 20, 2024."]))
    >>> told.select(["kind", "status", "earliest"]).to_pylist()
    [{'kind': 'visit', 'status': 'planned', 'earliest': datetime.date(2024, 5, 20)}]
    """
    return table((row for record in records(given) for row in told(record)), TOLD)


def claims(given: Any) -> pyarrow.Table:
    """The background that single articles claim, one row for each: counts, firsts, lasts.

    >>> import legation
    >>> told = legation.claims([legation.read("It was Putin's second visit to China this year.", published="2024-05-16")])
    >>> told.select(["event_kind", "value"]).to_pylist()
    [{'event_kind': 'visit', 'value': 2}]
    """
    return table((row for record in records(given) for row in claimed(record)), CLAIM)
