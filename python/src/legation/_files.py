from __future__ import annotations

import json
import os
import warnings
from typing import Any, Callable, Iterator

from legation._native import NativeArticles


def articles(*paths: str | os.PathLike[str], skipped: Callable[[str], object] | None = None) -> Iterator[dict[str, Any]]:
    """The articles of files and folders, as ``legation add`` finds them: text, saved pages, feeds, messages, web archives
    (WARC), JSON lines, packed with gzip or not. They go into :func:`legation.read_many` and :meth:`legation.Ledger.add`.

    :param skipped: hears what is no article and why; otherwise it is warned of. It never ends the others.
    :raises OSError: when a path is missing.

    >>> import legation, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "a.jsonl").write_text('{"text": "Xi left.", "date": "2024-05-16", "title": "Xi"}')
    ...     list(legation.articles(folder))
    [{'text': 'Xi left.', 'headline': 'Xi', 'published': '2024-05-16'}]
    """
    for article, why in NativeArticles([os.fspath(path) for path in paths]):
        if article is not None:
            yield json.loads(article)
        elif skipped:
            skipped(why or "")
        else:
            warnings.warn(f"skipped: {why}", stacklevel=2)
