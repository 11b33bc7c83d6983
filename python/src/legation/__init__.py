"""Reads news about diplomacy and conflict and keeps the record.

>>> import legation
>>> record = legation.read("President Vladimir Putin visited China on May 16, 2024.", published="2024-05-17")
>>> [event["kind"] for event in record.events]
['visit']

Everything runs on this machine; the same text gives the same record, byte for byte that of the command line.
"""

from __future__ import annotations

from legation._files import articles
from legation._ledger import Added, Choice, Ledger
from legation._many import read_batches, read_many
from legation._native import __version__
from legation._reader import Reader, conllu, quotes, read, times
from legation._record import Record
from legation._tables import claims, events

__all__ = [
    "Added",
    "Choice",
    "Ledger",
    "Reader",
    "Record",
    "__version__",
    "articles",
    "claims",
    "conllu",
    "events",
    "quotes",
    "read",
    "read_batches",
    "read_many",
    "times",
]
