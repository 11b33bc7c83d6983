"""Writes people.tsv.

    people.py HAND OFFICES MINED STATES OUT

HAND is people-by-hand.txt beside this file. OFFICES and MINED are JSON lines: lists of holders, and titles with names as
newspapers and readouts of known date print them. A mined row is kept when it names a whole person, is seen at least
twice, contradicts no kept row, and no later holder of the same unique office has come before it ends.
"""
import collections
import csv
import difflib
import json
import re
import sys
import unicodedata

TITLES = {
    "president": "head_of_state", "acting president": "head_of_state", "interim president": "head_of_state",
    "prime minister": "head_of_government", "premier": "head_of_government", "taoiseach": "head_of_government",
    "foreign minister": "foreign_minister", "foreign secretary": "foreign_minister", "federal foreign minister": "foreign_minister",
    "defense minister": "defence_minister", "defense secretary": "defence_minister", "secretary of defense": "defence_minister",
    "king": "monarch", "queen": "monarch", "emir": "monarch", "sultan": "monarch", "emperor": "monarch", "chancellor": "chancellor",
    "federal chancellor": "chancellor", "crown prince": "crown_prince", "vice president": "vice_president",
    "deputy prime minister": "deputy_head_of_government", "national security advisor": "national_security_adviser",
    "finance minister": "finance_minister", "interior minister": "interior_minister", "deputy foreign minister": "deputy_foreign_minister",
    "foreign ministry spokesman": "spokesman", "foreign ministry spokesperson": "spokesman", "supreme leader": "supreme_leader",
}
UNIQUE = {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "chancellor", "monarch", "supreme_leader", "vice_president", "crown_prince", "pope"}
PARLIAMENTARY_CHANCELLOR = {"DEU", "AUT"}
PRINCIPALS = {"secretary": "foreign_minister", "deputy-secretary": "deputy_foreign_minister"}
# Slips of the list: a territory's head of state, printed with his state.
SLIPS = {"China Xi Jinping"}
NOT_PEOPLE = {"Senate", "Federal Reserve", "House", "Parliament", "Council", "Republic", "Minister", "Assembly", "Commission"}


def key(name):
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z]+", "-", plain).strip("-")


def spelled(name):
    words = name.replace("’", "'").split()
    return " ".join(w.title() if w.isupper() and len(w) > 3 else w for w in words)


def same(a, b):
    """Whether two names of holders of one office and country are likely one person's, spelt differently."""
    x, y = key(a).split("-"), key(b).split("-")
    if len(x) > 1 and len(y) > 1 and (set(x) <= set(y) or set(y) <= set(x)):
        return True
    return x[-1] == y[-1] and x[0][:1] == y[0][:1] or difflib.SequenceMatcher(None, key(a), key(b)).ratio() >= 0.88


class People:
    def __init__(self):
        self.rows, self.aliases, self.gender, self.names = [], collections.defaultdict(list), {}, {}

    def add(self, country, office, name, aliases, gender, start, end, source):
        ident = key(name)
        self.names.setdefault(ident, name)
        self.aliases[ident] += [a for a in aliases if a and a != name and a not in self.aliases[ident]]
        self.gender[ident] = gender or self.gender.get(ident, "")
        self.rows.append([ident, country, office, start, end, source])

    def holder(self, country, office, name):
        """The id under which this person is known already."""
        if key(name) in self.names:
            return key(name)
        for ident, names in self.aliases.items():
            if any(key(a) == key(name) for a in names):
                return ident
        for ident, c, o, *_ in self.rows:
            if c == country and o == office and same(self.names[ident], name):
                return ident
        return None


def hand(people, path):
    for line in open(path, encoding="utf-8"):
        if line.startswith("#"):
            continue
        country, office, name, aliases, gender, start, end = [c.strip() for c in line.rstrip("\n").split(";")]
        people.add(country, office, name, aliases.split("|"), gender, start, end, "hand")


def clash(people, country, office, start, end):
    late = "9999"
    return any(c == country and o == office and s < (end or late) and start < (e or late) for _, c, o, s, e, _ in people.rows)


def listed(people, path, codes):
    for row in map(json.loads, open(path, encoding="utf-8")):
        name, start = spelled(row["person"]), (row["start"] + "-01-01")[:10] if len(row["start"]) == 4 else row["start"]
        start = start + "-01" if len(start) == 7 else start
        end = row["end"] + {4: "-12-31", 7: "-28"}.get(len(row["end"]), "")
        if not start or (end and end < start) or name in SLIPS:
            continue
        office, country, to = row["office"], row.get("iso3", ""), ""
        if office in ("head_of_state", "head_of_government"):
            if not country or country == "CHE":
                continue
            title = row.get("title", "").lower()
            office = next((o for t, o in (("king", "monarch"), ("queen", "monarch"), ("emir", "monarch"), ("sultan", "monarch"), ("chancellor", "chancellor"), ("emperor", "monarch")) if t in title), office)
            if office in UNIQUE and (clash(people, country, office, start, end) or people.holder(country, office, name)):
                continue
        elif office == "ambassador_to_US":
            if "ambassador" not in row["title"].lower() or "harg" in row["title"]:
                continue
            office, to = "ambassador", "USA"
        elif office in ("us_chief_of_mission", "US_ambassador_to"):
            if start < "2000" or "harg" in row["title"].lower():
                continue
            to = codes.get(key(row["to"]), "") or (row.get("iso3", "") if office == "US_ambassador_to" else "")
            if not to:
                continue
            office, country = "ambassador", "USA"
        elif office == "us_principal_officer" and row["to"] in PRINCIPALS:
            if start < "1945" or key(name) in people.names or people.holder("USA", PRINCIPALS[row["to"]], name):
                continue
            office, country = PRINCIPALS[row["to"]], "USA"
            if office in UNIQUE and clash(people, country, office, start, end):
                continue
        else:
            continue
        ident = people.holder(country, office, name)
        short = " ".join([name.split()[0], row.get("surname") or name.split()[-1]])
        if any(i == ident and o.split("/")[0] == office and s[:4] == start[:4] for i, _, o, s, _, _ in people.rows):
            continue
        aliases = [short] if short != name else []
        people.add(country, office + ("/" + to if to else ""), people.names.get(ident, name), aliases, "", start, end, "list")


def mined(people, path):
    rows = []
    for row in map(json.loads, open(path, encoding="utf-8")):
        office, country, name = TITLES.get(row["title"]), row["iso3"], spelled(row["person"])
        if row["title"] == "secretary of state" and country == "USA":
            office = "foreign_minister"
        if not office or row["last_seen"] < "1989" or row["mentions"] < 2 or len(name.split()) < 2 or set(name.split()) & NOT_PEOPLE or name.startswith("Sir "):
            continue
        if office == "chancellor" and country not in PARLIAMENTARY_CHANCELLOR:
            continue
        if office == "head_of_government" and country in ("USA", "CHL", "BRA", "MEX"):
            continue
        if set(row["by"]) == {"president.gov.ua"}:
            continue
        rows.append((row["mentions"], country, office, name, row["first_seen"], row["last_seen"]))
    kept = []
    for mentions, country, office, name, start, end in sorted(rows, reverse=True):
        twin = next((k for k in kept if k[1:3] == [country, office] and same(k[3], name)), None)
        known = people.holder(country, office, name)
        if twin:
            twin[6].append(name)
        elif known:
            people.aliases[known] += [name] if name != people.names[known] and name not in people.aliases[known] else []
            if not any(i == known and o == office for i, _, o, *_ in people.rows):
                kept.append([mentions, country, office, people.names[known], start, end, []])
        else:
            kept.append([mentions, country, office, name, start, end, []])
    for row in sorted(kept, key=lambda r: (r[1], r[2], r[4])):
        _, country, office, name, start, end, aliases = row
        if office in UNIQUE:
            taken = [(s, e or "9999") for _, c, o, s, e, _ in people.rows if c == country and o == office]
            # first seen inside another's kept tenure: a former or coming holder, not the holder
            if any(s <= start < e for s, e in taken):
                continue
            later = [s for s, _ in taken if s > start] + [k[4] for k in kept if k[1:3] == [country, office] and k[4] > start]
            end = min([end, *later])
        people.add(country, office, name, aliases, "", start, end, "seen")


def main(hand_file, offices, mined_file, states, out):
    codes = {}
    for row in csv.DictReader(open(states, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        for name in [row["name"], *row["aliases"].split("|"), *row["former"].split("|")]:
            codes.setdefault(key(name), row["id"])
    codes.pop("", None)
    known = set(codes.values())
    people = People()
    hand(people, hand_file)
    listed(people, offices, codes)
    mined(people, mined_file)
    print("id\tname\taliases\tgender\tcountry\toffice\tto\tfrom\tuntil\tsource", file=out)
    said = set()
    for ident, country, office, start, end, source in sorted(people.rows, key=lambda r: (r[0], r[3], r[2])):
        aliases = "|".join(dict.fromkeys(a for a in people.aliases[ident] if a != people.names[ident])) if ident not in said else ""
        said.add(ident)
        office, _, to = office.partition("/")
        if not country.startswith("IGO:") and country not in known:
            continue
        print(ident, people.names[ident], aliases, people.gender[ident], country, office, to, start, end, source, sep="\t", file=out)


if __name__ == "__main__":
    main(*sys.argv[1:5], open(sys.argv[5], "w", encoding="utf-8"))
