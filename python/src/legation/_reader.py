from __future__ import annotations

import os
from functools import cache
from typing import Any

from legation._given import given
from legation._native import NativeReader
from legation._record import Record


class Reader:
    """Reads articles. Made once, used often, from many threads.

    :param knowledge: a folder with knowledge of your own; a file of the same path replaces ours, others are added.
    :param threads: how many articles to read at once; otherwise one for each core.
    :raises ValueError: when a knowledge file is wrong, with its line and column.
    """

    def __init__(self, knowledge: str | os.PathLike[str] | None = None, *, threads: int | None = None) -> None:
        self.threads = threads
        self._native = NativeReader(None if knowledge is None else os.fspath(knowledge), threads)

    def read(self, text: str, published: Any = None, **fields: Any) -> Record:
        """Reads an article; see :func:`legation.read`."""
        return Record(self._native.read(given(text, published, **fields)))

    def conllu(self, text: str, published: Any = None) -> str:
        """Parses a text; see :func:`legation.conllu`."""
        return self._native.conllu(given(text, published))


@cache
def usual() -> Reader:
    """The reader with our own knowledge, made when first used."""
    return Reader()


def read(text: str, published: Any = None, **fields: Any) -> Record:
    """Reads an article.

    :param text: the article.
    :param published: the day it was published: a date, a datetime or ``"YYYY-MM-DD"``; inferred from the text if not given.
    :param fields: ``id``, ``url``, ``publisher``, ``headline``, where known.
    :raises TypeError: when the text is no string.
    :raises ValueError: when it has half a character, or the day is none.

    >>> import legation
    >>> legation.read("Lavrov will travel to Oslo next week.", published="2024-05-16").events[0]["status"]
    'planned'
    >>> legation.read(b"bytes")
    Traceback (most recent call last):
    TypeError: text is bytes, not str: decode it first, as in text.decode('utf-8')
    """
    return usual().read(text, published, **fields)


def times(text: str, published: Any = None) -> list[dict[str, Any]]:
    """Every time expression of a text, with its value and interval.

    >>> import legation
    >>> legation.times("They met last Friday.", published="2024-05-16")[0]["value"]
    '2024-05-10'
    """
    return read(text, published).times


def quotes(text: str, published: Any = None) -> list[dict[str, Any]]:
    """Who said what in a text.

    >>> import legation
    >>> legation.quotes("Lavrov said that the talks had failed.")[0]["act"]
    'say'
    """
    return read(text, published).attributions


def conllu(text: str, published: Any = None) -> str:
    """Sentences, words and trees of a text as CoNLL-U, as ``legation parse`` prints them.

    >>> import legation
    >>> legation.conllu("They met.").splitlines()[5].split()
    ['1', 'They', 'they', 'PRON', 'PRP', 'Case=Nom|Number=Plur|Person=3|PronType=Prs', '2', 'nsubj', '_', 'TokenRange=0:4']
    """
    return usual().conllu(text, published)
