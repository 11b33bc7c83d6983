#!/usr/bin/env python3
"""Scores how announced visits are followed until they are held.

    legation --ledger LEDGER add DOCUMENTS.jsonl
    gold/ledger/score_links.py LEDGER visit_links.jsonl

A link names a document and the visit it reports, ahead or afterwards. Two documents on one visit, one of them ahead, count where each
has a telling of that visitor's visit or meeting near those days; they are followed as one where two such tellings are one event.
"""
import itertools
import json
import sqlite3
import sys


def events(db, link):
    """The events of the visitor that the document tells."""
    rows = db.execute(
        """SELECT DISTINCT et.event FROM tellings t JOIN articles a ON a.id = t.article
        JOIN event_tellings et ON et.telling = t.id JOIN participants p ON p.telling = t.id
        WHERE a.name = ? AND t.kind = 'visit' AND lower(p.name) LIKE ?""",
        [link["doc"], f"%{link['visitor'].split()[-1].lower()}%"],
    )
    return {event for (event,) in rows}


def main():
    db = sqlite3.connect(sys.argv[1])
    links = [json.loads(line) for line in open(sys.argv[2])]
    links.sort(key=lambda link: link["visit"])
    followed, read, pairs = 0, 0, 0
    for _, group in itertools.groupby(links, key=lambda link: link["visit"]):
        group = list(group)
        for one, other in itertools.combinations(group, 2):
            if max(one["days_ahead"], other["days_ahead"]) <= 0:
                continue
            pairs += 1
            first, second = events(db, one), events(db, other)
            if first and second:
                read += 1
                followed += bool(first & second)
                if not first & second:
                    print(f"  apart: {one['doc']} · {other['doc']}")
    print(f"{pairs} pairs with an announcement, {read} read on both sides, {followed} followed as one: {followed / max(1, read):.3f}")


if __name__ == "__main__":
    main()
