"""What Python people call an article, made into what the reader takes; with errors that name the field."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any, Mapping

#: The fields of an article, and what else they are called, as the command line has it.
CALLED = {"date": "published", "title": "headline", "source": "publisher", "cited": "publisher"}
TEXTS = ("id", "url", "publisher", "headline", "byline", "language")
FIELDS = ("text", "published", *TEXTS, "dated")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Given:
    text: str
    published: str | None
    id: str | None
    url: str | None
    publisher: str | None
    headline: str | None
    byline: str | None
    language: str | None
    dated: list[tuple[str, str, str]]


class Unreadable:
    """A cell of a table that is no value at all: broken characters, a day that no calendar has."""

    def __init__(self, why: Exception) -> None:
        self.why = why


def characters(value: Any, name: str) -> str:
    """Text that is text."""
    if isinstance(value, Unreadable):
        raise ValueError(f"{name} cannot be read: {value.why}")
    if isinstance(value, (bytes, bytearray, memoryview)):
        raise TypeError(f"{name} is bytes, not str: decode it first, as in text.decode('utf-8')")
    if not isinstance(value, str):
        raise TypeError(f"{name} is {type(value).__name__}, not str")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"{name} has half a character (a lone surrogate) at {error.start}") from None
    return value


def missing(value: Any) -> bool:
    """None, NaN, NaT and NA, as data frames write them."""
    if value is None:
        return True
    try:
        return bool(value != value)
    except (TypeError, ValueError):  # NA says neither yes nor no; an array says several things
        return type(value).__name__ == "NAType"


def day(value: Any) -> str | None:
    """A day as YYYY-MM-DD."""
    if missing(value):
        return None
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = characters(value, "published")[:10]
    if not text:
        return None
    try:
        if not DAY.fullmatch(text):
            raise ValueError
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"published is {value!r}, not a day as YYYY-MM-DD") from None


def field(value: Any, name: str) -> str | None:
    """A field beside the text; several outlets stand in one line, a number is a name too."""
    if missing(value):
        return None
    if name == "publisher" and not isinstance(value, (str, bytes)) and hasattr(value, "__iter__"):
        value = "; ".join(characters(one, name) for one in value)
    if name == "id" and isinstance(value, int):
        value = str(value)
    text = characters(value, name)
    return None if name in ("publisher", "headline") and not text.strip() else text


def dates(value: Any) -> list[tuple[str, str, str]]:
    """The days that a page gives for itself: day, kind of markup, words."""
    if missing(value):
        return []
    return [(characters(one["date"], "dated"), characters(one["by"], "dated"), characters(one["text"], "dated")) for one in value]


def given(text: Any, published: Any = None, *, dated: Any = None, **fields: Any) -> Given:
    """An article, checked."""
    if unknown := set(fields) - set(TEXTS):
        raise TypeError(f"an article has no field {', '.join(sorted(unknown))}; it has {', '.join(FIELDS)}")
    rest = {name: field(fields.get(name), name) for name in TEXTS}
    return Given(characters(text, "text"), day(published), **rest, dated=dates(dated))


def row(value: Any) -> Given:
    """An article out of a string or a mapping; `date`, `title` and `source` are understood as the command line does."""
    if not isinstance(value, Mapping):
        return given(value)
    fields = {CALLED.get(name, name): cell for name, cell in value.items() if not missing(cell)}
    if "text" not in fields:
        raise ValueError(f"there is no text; the fields are {', '.join(map(str, value)) or 'none'}")
    return given(fields.pop("text"), fields.pop("published", None), **{name: fields.get(name) for name in (*TEXTS, "dated")})
