#!/usr/bin/env python3
"""Scores the visits of a ledger of Portal:Current events.

    legation --ledger LEDGER add current_events.jsonl.gz
    gold/ledger/score_visits.py read LEDGER gold/ledger/visits-read.jsonl
    gold/ledger/score_visits.py register LEDGER visits.jsonl.gz [--judged gold/ledger/visits-judged.jsonl]
    gold/ledger/score_visits.py draw LEDGER visits.jsonl.gz [--seed N] [--size N]

`read`: recall against paragraphs that a person read: who goes where, and whether that is held, ahead or off. `register`: the ledger's
visits of leaders to the United States and of US presidents and secretaries of state abroad, 2005-2024, against the register of the Office
of the Historian, and precision by a person's verdicts on a sample. `draw`: prints such a sample with its words, to be judged.
A verdict names an article, a visitor and a country; the files hold no text.
"""
import argparse
import collections
import datetime
import gzip
import json
import math
import random
import sqlite3
import unicodedata

YEARS = ("2005-01-01", "2024-12-31")
HELD, OFF = {"held", "ongoing"}, {"cancelled", "denied", "negated"}
SLACK = 5
NAMES = {
    "great-britain": "GBR", "united-kingdom": "GBR", "russia": "RUS", "vatican": "VAT", "holy-see": "VAT", "korea": "KOR", "korea-south": "KOR",
    "south-korea": "KOR", "north-korea": "PRK", "burma": "MMR", "ivory-coast": "CIV", "cote-d-ivoire": "CIV", "czech-republic": "CZE",
    "congo-democratic-republic": "COD", "democratic-republic-of-congo": "COD", "cabo-verde": "CPV", "cape-verde": "CPV", "swaziland": "SWZ",
    "macedonia": "MKD", "vietnam": "VNM", "laos": "LAO", "bolivia": "BOL", "venezuela": "VEN", "tanzania": "TZA", "syria": "SYR", "iran": "IRN",
    "moldova": "MDA", "brunei": "BRN", "micronesia": "FSM", "kosovo": "XKX", "palestinian-authority": "PSE", "palestinian-authority-west-bank-and-gaza": "PSE",
    "west-bank-and-gaza": "PSE", "west-bank": "PSE", "gaza": "PSE", "turkey": "TUR", "timor-leste": "TLS", "taiwan": "TWN",
}


SHORT = {"joseph": "joe", "michael": "mike"}
TITLES = {"king", "queen", "prince", "princess", "sheikh", "sultan", "emir", "emperor", "pope", "bin", "the", "and", "president"}


def folded(text):
    plain = unicodedata.normalize("NFD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def wilson(right, all_):
    if not all_:
        return 0.0, 0.0, 0.0
    z, p = 1.96, right / all_
    middle = (p + z * z / (2 * all_)) / (1 + z * z / all_)
    half = z * math.sqrt(p * (1 - p) / all_ + z * z / (4 * all_ * all_)) / (1 + z * z / all_)
    return p, middle - half, middle + half


def sort(status):
    return "held" if status in HELD else "off" if status in OFF else "ahead"


def read(db, path):
    sql = """SELECT t.status, (SELECT group_concat(p.name, ' | ') FROM participants p WHERE p.telling = t.id AND p.role = 'visitor'),
        coalesce((SELECT p.country FROM participants p WHERE p.telling = t.id AND p.role = 'host'), ''), coalesce(t.place_country, '')
        FROM tellings t WHERE t.article = ? AND t.kind = 'visit'"""
    ids = dict(db.execute("SELECT name, id FROM articles WHERE name IS NOT NULL"))
    found, sorted_, all_, paragraphs, missed = 0, 0, 0, 0, []
    for line in open(path):
        gold = json.loads(line)
        if gold["id"] not in ids:
            print("not in the ledger:", gold["id"])
            continue
        rows = db.execute(sql, [ids[gold["id"]]]).fetchall()
        paragraphs += 1
        for visit in gold["visits"]:
            all_ += 1
            who = [folded(name) for name in visit["who"]]
            hits = [row for row in rows if any(name in folded(row[1] or "") for name in who) and set(row[2:]) & set(visit["to"])]
            found += bool(hits)
            sorted_ += any(sort(row[0]) == visit["status"] for row in hits)
            if not hits:
                missed.append((gold["id"], visit, rows))
    p, low, high = wilson(found, all_)
    print(f"{paragraphs} paragraphs, {all_} visits: {found} read, recall {p:.3f} [{low:.3f}, {high:.3f}]; {sorted_} of them as held, ahead or off rightly")
    return missed


def country(db, slug):
    if slug in NAMES:
        return NAMES[slug]
    row = db.execute("SELECT country FROM entities WHERE folded = ? AND key LIKE 'state/%' LIMIT 1", [slug.replace("-", " ")]).fetchone()
    return row and row[0]


def day(text):
    return datetime.date.fromisoformat(text)


def words(name):
    return {word for word in folded(name).replace("-", " ").replace(".", "").split() if len(word) > 2 and word not in TITLES}


def register(db, path):
    """Visits of the register in the years looked at: who, from where, to where, days."""
    codes, rows = {}, []
    for line in gzip.open(path, "rt"):
        visit = json.loads(line)
        if not (visit["start"] and YEARS[0] <= visit["start"] <= YEARS[1]):
            continue
        for slug in visit["from_id"] + [visit["host_id"]]:
            if slug and slug not in codes:
                codes[slug] = country(db, slug)
        inbound = visit["kind"] == "visit_to_us"
        other = {codes.get(slug) for slug in visit["from_id"]} if inbound else {codes.get(visit["host_id"])}
        name = words(visit["visitor_name"] or visit["visitor"])
        rows.append({"id": visit["id"], "inbound": inbound, "words": name, "other": other, "start": visit["start"], "end": visit["end"] or visit["start"]})
    unknown = sorted(slug for slug, code in codes.items() if not code)
    if unknown:
        print("countries without a code:", *unknown)
    return rows


def terms(rows):
    """Each US traveller of the register: the words of the name, and the days between which there are visits."""
    days = collections.defaultdict(list)
    for row in rows:
        if not row["inbound"]:
            days[frozenset(row["words"])].append(row["start"])
    return [(name | {SHORT[word] for word in name if word in SHORT}, min(all_), max(all_)) for name, all_ in days.items()]


def ours(db, rows):
    """The ledger's held visits that the register would list: of leaders it names to the United States, and of US presidents
    and secretaries of state abroad."""
    leaders = [(row["words"], row["other"]) for row in rows if row["inbound"]]
    travellers = terms(rows)
    sql = """SELECT DISTINCT e.id, e.earliest, e.latest, e.place_country, v.name, v.country, h.country FROM events e
        JOIN event_participants v ON v.event = e.id AND v.role = 'visitor' LEFT JOIN event_participants h ON h.event = e.id AND h.role = 'host'
        WHERE e.kind = 'visit' AND e.status IN ('held', 'ongoing') AND e.earliest >= ? AND e.latest <= ? ORDER BY e.id"""
    found = []
    for event, first, last, place, name, home, host in db.execute(sql, YEARS):
        to, who = host or place, words(name)
        inbound = to == "USA" and home != "USA" and any(who and who <= leader and home in countries for leader, countries in leaders)
        outbound = to and to != "USA" and home == "USA" and any(who and who <= one and start <= last and first <= end for one, start, end in travellers)
        if inbound or outbound:
            found.append({"event": event, "inbound": inbound, "name": folded(name), "words": who, "other": home if inbound else to, "to": to, "first": first, "last": last})
    return found


def listed(visit, rows):
    """Whether the register has it: the same name and country, within days of it."""
    for row in rows:
        if row["inbound"] == visit["inbound"] and visit["other"] in row["other"] and row["words"] & visit["words"]:
            if day(row["start"]) - datetime.timedelta(SLACK) <= day(visit["last"]) and day(visit["first"]) <= day(row["end"]) + datetime.timedelta(SLACK):
                return row["id"]
    return None


def accounts(db, event):
    sql = """SELECT a.name, a.published, t.status, t.edtf, a.text, t.rule FROM event_tellings et JOIN tellings t ON t.id = et.telling
        JOIN articles a ON a.id = t.article WHERE et.event = ? ORDER BY a.published, a.name"""
    return db.execute(sql, [event]).fetchall()


def against_register(db, path, judged):
    rows = register(db, path)
    mine = ours(db, rows)
    matched = collections.Counter(bool(listed(visit, rows)) for visit in mine)
    seen = {listed(visit, rows) for visit in mine} - {None}
    print(f"{len(mine)} visits of the ledger are of the register's sort; it lists {matched[True]} of them ({matched[True] / max(1, len(mine)):.3f})")
    print(f"{len(rows)} visits of the register, {len(seen)} of them in the ledger")
    if judged:
        verdicts = [json.loads(line) for line in open(judged)]
        score_judged(db, verdicts, mine)


def score_judged(db, verdicts, mine):
    held = collections.defaultdict(list)
    for visit in mine:
        for article, *_ in accounts(db, visit["event"]):
            held[article, visit["to"]].append(visit["name"])
    told = lambda one: any(folded(one["who"]) in name for name in held.get((one["id"], one["to"]), []))
    still = [one for one in verdicts if told(one)]
    p, low, high = wilson(sum(one["right"] for one in still), len(still))
    print(f"{len(verdicts)} judged, {len(still)} of them in this ledger: precision {p:.3f} [{low:.3f}, {high:.3f}]")
    for one in still:
        if not one["right"]:
            print(f"  wrong: {one['id']} {one['who']} {one['to']}")


def draw(db, path, seed, size):
    rows = register(db, path)
    mine = ours(db, rows)
    for visit in random.Random(seed).sample(mine, min(size, len(mine))):
        told = accounts(db, visit["event"])
        print(json.dumps({"id": told[0][0], "who": visit["name"].split()[-1], "to": visit["to"], "days": [visit["first"], visit["last"]],
                          "listed": bool(listed(visit, rows)), "right": None, "told": [[*one] for one in told]}, ensure_ascii=False))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["read", "register", "draw"])
    parser.add_argument("ledger")
    parser.add_argument("gold")
    parser.add_argument("--judged")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--size", type=int, default=200)
    parser.add_argument("--missed", action="store_true", help="name what was not read")
    given = parser.parse_args()
    db = sqlite3.connect(f"file:{given.ledger}?mode=ro", uri=True)
    match given.what:
        case "read":
            for article, visit, rows in read(db, given.gold) if given.missed else read(db, given.gold) and []:
                print(" ", article, visit, rows)
        case "register":
            against_register(db, given.gold, given.judged)
        case "draw":
            draw(db, given.gold, given.seed, given.size)


if __name__ == "__main__":
    main()
