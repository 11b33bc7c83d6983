"""Documents as the program reads them, joined with their annotated events, cut into windows of words."""
import collections
import gzip
import json

import numpy

ROLES = ("actor", "recipient", "place", "time", "teller")
FIELDS = {"actor": "actors", "recipient": "recipients", "place": "places", "teller": "told_by"}
STATUSES = ("held", "ongoing", "recurring", "planned", "possible", "requested", "cancelled", "postponed", "alleged", "denied",
            "negated", "hypothetical")
# Whether the days of an event are bounded: on both sides, only above, only below, not at all.
BOUNDS = ("closed", "until", "from", "open")
WINDOW, CONTEXT = 256, 64
WIDTH = 384
# Upper ends of the classes of distance in words, to the left and to the right alike.
DISTANCES = (1, 2, 3, 5, 8, 12, 20, 40, 80)


class Document:
    """Words with their sentences, trees, names and states; events where there are any."""

    def __init__(self, line, states):
        self.id, self.date, self.times, self.mentions = line["id"], line["date"], line["times"], line["mentions"]
        self.words, self.sentence, self.heads, self.starts, self.block = [], [], [], [], []
        for number, sentence in enumerate(line["sentences"]):
            first = len(self.words)
            self.starts.append(first)
            for word in sentence["words"]:
                self.words.append(word)
                self.sentence.append(number)
                self.heads.append(word[4] + first if word[4] >= 0 else -1)
                self.block.append(sentence["block"])
        self.starts.append(len(self.words))
        self.states = states
        self.events = []

    def up(self, word):
        """The words from one to its root, itself first."""
        path, seen = [], set()
        while word >= 0 and word not in seen:
            seen.add(word)
            path.append(word)
            word = self.heads[word]
        return path

    def head_of(self, span):
        """The word of a span of characters that the others hang on; None where no word meets it."""
        inside = [i for i, w in enumerate(self.words) if w[0] < span[1] and w[1] > span[0]]
        return min(inside, key=lambda i: (len(self.up(i)), i)) if inside else None

    def relation(self, word):
        """The relation of a word without its subtype, but for passives."""
        rel = self.words[word][3]
        return rel if rel.endswith(":pass") else rel.split(":")[0]

    def path(self, trigger, word):
        """The way through the trees from a trigger to another word, as a name."""
        apart = self.sentence[word] - self.sentence[trigger]
        if apart:
            return f"{'after' if apart > 0 else 'before'}{min(abs(apart), 3)}"
        if word == trigger:
            return "self"
        a, b = self.up(trigger), self.up(word)
        common = next((i for i in a if i in set(b)), None)
        if common is None:
            return "none"
        rise, fall = a[:a.index(common)], b[:b.index(common)]
        if len(rise) + len(fall) > 4:
            return f"far{min(len(rise), 3)}{min(len(fall), 3)}"
        return "".join([f"<{self.relation(i)}" for i in rise] + [f">{self.relation(i)}" for i in reversed(fall)])


def rows(path):
    """The values of a file with one JSON value a line."""
    with gzip.open(path, "rt", encoding="utf8") if path.endswith(".gz") else open(path, encoding="utf8") as file:
        return [json.loads(line) for line in file if line.strip()]


def load(features, gold):
    """The documents of a features file, with texts and events of the gold file by id."""
    states = numpy.memmap(features + ".states", dtype="<f4", mode="r").reshape(-1, WIDTH)
    events = {row["id"]: row for row in rows(gold)}
    documents, first = [], 0
    for line in rows(features):
        count = sum(len(s["words"]) for s in line["sentences"])
        document = Document(line, states[first:first + count])
        first += count
        row = events[document.id]
        document.forms = [row["text"][w[0]:w[1]] for w in document.words]
        document.events = located(document, row)
        documents.append(document)
    return documents


def located(document, row):
    """The events of a document with words in place of characters."""
    out = []
    for event in row.get("events") or []:
        trigger = document.head_of(event["trigger"])
        roles = {role: [document.head_of(one["span"]) for one in event.get(field) or []] for role, field in FIELDS.items()}
        roles["time"] = [document.head_of(span) for span in event.get("times") or []]
        roles = {role: sorted({w for w in words if w is not None}) for role, words in roles.items()}
        bounds = BOUNDS[2 * (not event.get("end")) + (not event.get("start"))]
        dated = bool(event.get("end") or event.get("start"))
        out.append({"kind": event["kind"], "status": event["status"], "trigger": trigger, "roles": roles, "same": event.get("same_as"),
                    "background": bool(event.get("background")), "bounds": bounds if dated else None, "gold": event})
    return out


def windows(document, window=WINDOW, context=CONTEXT):
    """Stretches of whole sentences: (first word, first word that is new, end)."""
    out, sentence, count = [], 0, len(document.starts) - 1
    while sentence < count:
        new = document.starts[sentence]
        back = sentence
        while back > 0 and new - document.starts[back - 1] <= context:
            back -= 1
        first = document.starts[back]
        last = sentence + 1
        while last < count and document.starts[last + 1] - first <= window:
            last += 1
        out.append((first, new, min(document.starts[last], first + 2 * window)))
        sentence = last
    return out


def distance(trigger, word):
    """The class of the distance from a trigger to a word."""
    apart = abs(word - trigger)
    number = next((n for n, most in enumerate(DISTANCES) if apart <= most), len(DISTANCES))
    return number if word >= trigger else number + len(DISTANCES) + 1


def path_names(documents, least=15):
    """The names of the ways that lead to a role's word, or near a trigger, often enough; the first stands for all others."""
    counts = collections.Counter()
    for document in documents:
        for event in document.events:
            if event["trigger"] is None:
                continue
            sentence = document.sentence[event["trigger"]]
            for word in range(document.starts[sentence], document.starts[sentence + 1]):
                counts[document.path(event["trigger"], word)] += 1
    across = [f"{way}{n}" for way in ("before", "after") for n in (1, 2, 3)]
    return ["other"] + across + sorted(p for p, n in counts.items() if n >= least and p not in across)


def vocabulary(documents):
    """The lists that numbers stand for."""
    column = lambda at: sorted({w[at] for d in documents for w in d.words})
    return {"kinds": ["none"] + sorted({e["kind"] for d in documents for e in d.events}), "statuses": list(STATUSES),
            "bounds": list(BOUNDS), "roles": list(ROLES), "upos": column(2), "deprel": ["other"] + column(3), "names": column(5),
            "blocks": sorted({b for d in documents for b in d.block}), "paths": path_names(documents)}
