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

    @cached_property
    def fields(self) -> dict[str, Any]:
        """All of it."""
        return json.loads(self._native.json())

    @property
    def text(self) -> str:
        """The article."""
        return self.fields["article"]["text"]

    @property
    def events(self) -> list[dict[str, Any]]:
        """What happened, is planned, is denied."""
        return self.fields.get("events", [])

    @property
    def attributions(self) -> list[dict[str, Any]]:
        """Who said what."""
        return self.fields.get("attributions", [])

    @property
    def times(self) -> list[dict[str, Any]]:
        """Every when."""
        return self.fields.get("times", [])

    @property
    def entities(self) -> list[dict[str, Any]]:
        """Who and where."""
        return self.fields.get("entities", [])

    def quote(self, span: dict[str, int]) -> str:
        """The characters of a span.

        >>> import legation
        >>> record = legation.read("Xi Jinping visited Russia in March 2023.")
        >>> record.quote(record.times[0]["span"])
        'March 2023'
        """
        return self.text.encode()[span["start"] : span["end"]].decode()

    def json(self) -> str:
        """The bytes of ``legation read --format json``."""
        return self._native.json()

    def _repr_html_(self) -> str:
        page = html.escape(self._native.html(), quote=True)
        return f'<iframe srcdoc="{page}" sandbox="allow-scripts" style="width:100%;height:32rem;border:0"></iframe>'

    def __repr__(self) -> str:
        return f"<Record: {len(self.events)} events, {len(self.attributions)} statements, {len(self.times)} times>"

    def __str__(self) -> str:
        return self._native.outline(100)
