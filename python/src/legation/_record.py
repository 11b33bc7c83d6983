from __future__ import annotations

import html
import json
from functools import cached_property
from typing import Any

from legation._native import NativeRecord


class Record:
    """What an article says: who visits whom, who said what, when and where, and which words say it.

    The fields are those of docs/record.md, as dictionaries and lists. Spans count bytes of the article in UTF-8;
    :meth:`quote` gives their characters.
    """

    def __init__(self, native: NativeRecord) -> None:
        self._native = native

    @classmethod
    def from_json(cls, text: str) -> Record:
        """A record as :meth:`json`, :func:`legation.read_many` or the command line wrote it.

        :raises ValueError: when it is none, or names words that its article does not have.

        >>> import legation
        >>> record = legation.read("Xi Jinping visited Russia in March 2023.")
        >>> legation.Record.from_json(record.line()).json() == record.json()
        True
        """
        return cls(NativeRecord.from_json(text))

    @cached_property
    def fields(self) -> dict[str, Any]:
        """All of it."""
        return json.loads(self._native.line())

    @property
    def text(self) -> str:
        """The article."""
        return self.fields["article"]["text"]

    @property
    def events(self) -> list[dict[str, Any]]:
        """What happened, is planned, is denied."""
        return self.fields["events"]

    @property
    def attributions(self) -> list[dict[str, Any]]:
        """Who said what."""
        return self.fields["attributions"]

    @property
    def times(self) -> list[dict[str, Any]]:
        """Every when."""
        return self.fields["times"]

    @property
    def entities(self) -> list[dict[str, Any]]:
        """Who and where."""
        return self.fields["entities"]

    @property
    def proposals(self) -> list[dict[str, Any]]:
        """Plans and their points."""
        return self.fields["proposals"]

    @property
    def claims(self) -> list[dict[str, Any]]:
        """Background that a ledger can check: counts, firsts, lasts."""
        return self.fields["claims"]

    def quote(self, span: dict[str, int]) -> str:
        """The characters of a span.

        >>> import legation
        >>> record = legation.read("Xi Jinping visited Russia in March 2023.")
        >>> record.quote(record.times[0]["span"])
        'March 2023'
        """
        return self._bytes[span["start"] : span["end"]].decode()

    def characters(self, span: dict[str, int]) -> tuple[int, int]:
        """A span as Python counts: ``record.text[start:end]`` are its characters.

        >>> import legation
        >>> record = legation.read("“Nyet,” said Putin in May 2024.")
        >>> record.times[0]["span"], record.characters(record.times[0]["span"])
        ({'start': 26, 'end': 34}, (22, 30))
        """
        start = len(self._bytes[: span["start"]].decode())
        return start, start + len(self.quote(span))

    @cached_property
    def _bytes(self) -> bytes:
        return self.text.encode()

    def json(self) -> str:
        """The bytes of ``legation read --format json``."""
        return self._native.json()

    def line(self) -> str:
        """The same on one line, as :func:`legation.read_many` gives it."""
        return self._native.line()

    def brat(self) -> str:
        """Who said what as standoff annotation for brat, offsets in code points: ``legation quotes --format brat``."""
        return self._native.brat()

    def web_annotation(self) -> str:
        """Who said what as W3C Web Annotation (JSON-LD): ``legation quotes --format webannotation``."""
        return self._native.web_annotation()

    def timeml(self) -> str:
        """The article with TIMEX3 tags: ``legation times --format timeml``."""
        return self._native.timeml()

    def _repr_html_(self) -> str:
        page = html.escape(self._native.html(), quote=True)
        return f'<iframe srcdoc="{page}" sandbox="allow-scripts" style="width:100%;height:32rem;border:0"></iframe>'

    def __repr__(self) -> str:
        return f"<Record: {len(self.events)} events, {len(self.attributions)} statements, {len(self.times)} times>"

    def __str__(self) -> str:
        return self._native.outline(100)
