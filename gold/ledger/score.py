#!/usr/bin/env python3
"""Scores how a ledger merges, against pairs of tellings judged by reading.

    legation --ledger LEDGER add CURRENT_EVENTS.jsonl.gz
    gold/ledger/score.py LEDGER gold/ledger/pairs.jsonl...

A pair names two tellings by article, kind and characters, of the whole and of those who take part; it counts where the ledger reads both. `same` says whether they tell of one
event. The pairs hold no text: articles are Wikipedia's Portal:Current events by date and place on the page.
"""
import json
import sqlite3
import sys


def tellings(db, ids, article):
    rows = db.execute(
        """SELECT t.id, t.kind, length(CAST(substr(CAST(a.text AS BLOB), 1, t.start) AS TEXT)),
        length(CAST(substr(CAST(a.text AS BLOB), 1, t.end) AS TEXT)), et.event,
        (SELECT json_group_array(length(CAST(substr(CAST(a.text AS BLOB), 1, p.start) AS TEXT)))
         FROM participants p WHERE p.telling = t.id) FROM tellings t
        JOIN articles a ON a.id = t.article JOIN event_tellings et ON et.telling = t.id WHERE t.article = ?""",
        [ids.get(article)],
    )
    return rows.fetchall()


def found(db, ids, side):
    """The telling of this kind whose parties and words overlap most with those of the pair, and its event."""
    best = None
    for telling, kind, start, end, event, parties in tellings(db, ids, side["id"]):
        over = min(end, side["end"]) - max(start, side["start"])
        if over > 0 and kind == side["kind"]:
            shared = len(set(json.loads(parties)) & set(side["parties"]))
            key = (shared, over / (max(end, side["end"]) - min(start, side["start"])), telling)
            best = max(best or (key, telling, event), (key, telling, event))
    return best and best[1:]


def main():
    db = sqlite3.connect(sys.argv[1])
    ids = dict(db.execute("SELECT name, id FROM articles WHERE name IS NOT NULL"))
    counts = {(same, merged): [] for same in (True, False) for merged in (True, False)}
    unread = 0
    for path in sys.argv[2:]:
        for line in open(path):
            pair = json.loads(line)
            one, other = found(db, ids, pair["a"]), found(db, ids, pair["b"])
            if one and other and one[0] != other[0]:
                counts[pair["same"], one[1] == other[1]].append(pair)
            else:
                unread += 1
    right, wrong, missed = (len(counts[key]) for key in [(True, True), (False, True), (True, False)])
    apart = len(counts[False, False])
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    print(f"merged rightly {right}, wrongly {wrong}; apart rightly {apart}, wrongly {missed}; not both read {unread}")
    print(f"precision {precision:.3f}  recall {recall:.3f}")
    for key, name in [((False, True), "wrongly merged"), ((True, False), "wrongly apart")]:
        for pair in counts[key]:
            print(f"  {name}: {pair['a']['id']} {pair['a']['kind']} · {pair['b']['id']} {pair['b']['kind']}")


if __name__ == "__main__":
    main()
