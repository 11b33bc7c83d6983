"""Predict events with a checkpoint, and measure them with the scorer of event graphs."""
import argparse
import contextlib
import datetime
import importlib
import io
import json
import re
import sys

import torch

import documents as data

# A word that may stand for somebody or something.
NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X"}


@torch.no_grad()
def events_of(model, labels, pieces, documents, none=0.0, role=0.0, words=4000):
    """The events of each document, by its number; `none` is added to the score of no event, `role` to that of each role."""
    import learn
    index = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels.items()}
    items, out = learn.windows_of(documents, labels, pieces), {}
    order = sorted(range(len(items)), key=lambda i: len(items[i]))
    while order:
        longest, count = len(items[order[-1]]), 1
        count = max(1, words // max(1, longest))
        batch = [items[i] for i in order[-count:]]
        del order[-count:]
        states, features, mask = learn.inputs(batch)
        x = model.encode(learn.piece_inputs(batch, mask.shape[1]), states, features, mask)
        kinds = model.kinds(x)
        kinds[..., 0] += none
        best = kinds.argmax(-1)
        for row, window in enumerate(batch):
            for place in range(window.new - window.first, len(window)):
                kind = best[row, place].item()
                if kind:
                    share = kinds[row, place].softmax(-1)[kind].item()
                    event = graph_event(model, labels, index, window, x[row, :len(window)], place, kind, role)
                    out.setdefault(id(window.document), []).append(event | {"share": share})
    return [sorted(out.get(id(d), []), key=lambda e: e["trigger"]) for d in documents]


def graph_event(model, labels, index, window, x, place, kind, shift):
    """One event: its facts and the words in its roles."""
    document, kinds = window.document, torch.tensor([kind])
    status, bounds, background = model.facts(x[place][None], kinds)
    trigger = place + window.first
    paths = torch.tensor([[index["paths"].get(document.path(trigger, w), 0) for w in range(window.first, window.end)]])
    distances = torch.tensor([[data.distance(trigger, w) for w in range(window.first, window.end)]])
    scores = model.roles(x[None], x[place][None], kinds, paths, distances)[0] + shift
    roles = {name: [] for name in labels["roles"]}
    for at, name in enumerate(labels["roles"]):
        for word in (scores[:, at] > 0).nonzero()[:, 0].tolist():
            if name == "time" or document.words[word + window.first][2] in NOMINAL:
                roles[name].append(word + window.first)
    return {"kind": labels["kinds"][kind], "status": labels["statuses"][status[0].argmax()], "trigger": trigger, "roles": roles,
            "bounds": labels["bounds"][bounds[0].argmax()], "background": background[0, 0].item() > 0}


def mention_of(document, word):
    """The shortest mention around a word."""
    start, end = document.words[word][:2]
    around = [m for m in document.mentions if m["span"][0] <= start and m["span"][1] >= end]
    return min(around, key=lambda m: m["span"][1] - m["span"][0]) if around else None


def written(document, event):
    """The event as the interchange has it, countries and days by simple means."""
    def fillers(role):
        out = []
        for word in event["roles"][role]:
            mention = mention_of(document, word)
            out.append({"span": document.words[word][:2], "code": mention and mention["country"], "noun": document.words[word][2] == "NOUN"})
        return out
    places = fillers("place")
    home = next((p["code"] for p in places if p["code"]), None)
    sides = {}
    for role in ("actor", "recipient"):
        sides[role] = fillers(role)
        for one in sides[role]:
            if one["code"] is None and one["noun"]:
                one["code"] = home
    start, end, used = days(document, event)
    return {"kind": event["kind"], "status": event["status"], "trigger": document.words[event["trigger"]][:2], "actors": sides["actor"],
            "recipients": sides["recipient"], "places": places, "told_by": fillers("teller"), "times": used, "start": start, "end": end}


def days(document, event):
    """First and last day, and the time expressions used."""
    found, used = [], []
    for word in event["roles"]["time"]:
        span = document.words[word][:2]
        for time in document.times:
            if time["span"][0] < span[1] and time["span"][1] > span[0] and time["days"] and time["span"] not in used:
                used.append(time["span"])
                found.append(time["days"])
    today = (document.date or "")[:10]
    first, last = today, today
    if found:
        first, last = min((d[0] or "0" for d in found)), max((d[1] or "9" for d in found))
    elif event["bounds"] == "closed" and re.fullmatch(r"\d{4}-\d\d-\d\d", today):
        first = (datetime.date.fromisoformat(today) - datetime.timedelta(1)).isoformat()
    first, last = (None if first == "0" else first), (None if last == "9" else last)
    if event["bounds"] in ("until", "open"):
        first = None
    if event["bounds"] in ("from", "open"):
        last = None
    return first or None, last or None, used


def figures(model, labels, pieces, documents, gold, scorer, none=0.0, role=0.0):
    """The figures of the scorer for short reports, for our own articles, and for all."""
    sys.path.insert(0, scorer)
    score = importlib.import_module("score_graph")
    predicted = {d.id: [written(d, e) for e in events] for d, events in zip(documents, events_of(model, labels, pieces, documents, none, role))}
    rows, lines = score.rows(gold), []
    for name in ("cec-", "own-", ""):
        total = score.total(score.count([(predicted.get(g["id"], []), g["events"]) for g in rows if g["id"].startswith(name)]))
        shown = " ".join(f"{k} {score.f1(total, k):.1f}" for k in score.MEASURES)
        spans = []
        for r in (*score.ROLES, "times"):
            p, g = total[r, "p"] / (total[r, "P"] or 1), total[r, "g"] / (total[r, "G"] or 1)
            spans.append(f"{r} {200 * p * g / ((p + g) or 1):.0f}")
        lines.append(f"  {name or 'all':5} n {total['P']}/{total['G']} {shown} | {' '.join(spans)}")
    return "\n".join(lines)


def main():
    """Print the figures of a checkpoint."""
    from tower import Graph
    from data import WordPiece
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--parser", required=True)
    parser.add_argument("--features", required=True)
    parser.add_argument("--gold", required=True)
    parser.add_argument("--scorer", required=True)
    parser.add_argument("--none", type=float, nargs="+", default=[0.0])
    parser.add_argument("--role", type=float, nargs="+", default=[0.0])
    options = parser.parse_args()
    state = torch.load(options.checkpoint, weights_only=True)
    model = Graph(state["labels"], state["layers"], state["under"])
    model.load_state_dict(state["weights"])
    model.eval()
    documents = data.load(options.features, options.gold)
    pieces = WordPiece(options.parser + "/vocab.txt")
    for none in options.none:
        for role in options.role:
            print(f"none {none} role {role}")
            print(figures(model, state["labels"], pieces, documents, options.gold, options.scorer, none, role), flush=True)


if __name__ == "__main__":
    main()
