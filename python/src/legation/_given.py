"""What Python people call an article, made into what the reader takes; with errors that name the field."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Mapping

FIELDS = ("id", "url", "publisher", "headline")


@dataclass(frozen=True, slots=True)
class Given:
    text: str
    published: str | None
    id: str | None
    url: str | None
    publisher: str | None
    headline: str | None


def characters(value: Any, name: str) -> str:
    """Text that is text."""
    if isinstance(value, (bytes, bytearray)):
        raise TypeError(f"{name} is bytes, not str: decode it first, as in text.decode('utf-8')")
    if not isinstance(value, str):
        raise TypeError(f"{name} is {type(value).__name__}, not str")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"{name} has half a character (a lone surrogate) at {error.start}") from None
    return value


def missing(value: Any) -> bool:
    """None, NaN and NaT, as data frames write them."""
    return value is None or value != value


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
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"published is {value!r}, not a day as YYYY-MM-DD") from None


def given(text: Any, published: Any = None, **fields: Any) -> Given:
    """An article, checked."""
    rest = {name: None if missing(fields.get(name)) else characters(fields[name], name) for name in FIELDS}
    return Given(characters(text, "text"), day(published), **rest)


def row(value: Any) -> Given:
    """An article out of a string or a mapping; `date`, `title` and `source` are understood as the command line does."""
    if not isinstance(value, Mapping):
        return given(value)
    also = {"date": "published", "title": "headline", "source": "publisher"}
    fields = {also.get(name, name): field for name, field in value.items() if not missing(field)}
    if "text" not in fields:
        raise ValueError(f"there is no text; the fields are {', '.join(map(str, value)) or 'none'}")
    return given(fields["text"], fields.get("published"), **{name: fields.get(name) for name in FIELDS})
