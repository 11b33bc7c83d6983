"""Train the tower on annotated events."""
import argparse
import random
import time

import numpy
import torch
from safetensors.torch import load_file
from torch.nn import functional as F

import documents as data
import measure
from tower import Graph

from data import WordPiece, case_shape  # noqa: E402  (of the parser)

# Positions of the encoder; words beyond share the last.
MOST_PIECES = 512


class Window:
    """A window as numbers."""

    def __init__(self, document, span, index, pieces):
        first, new, end = span
        self.document, self.first, self.new, self.end = document, first, new, end
        words = document.words[first:end]
        self.pieces, self.shapes, self.at = [pieces.cls], [0], []
        for form in document.forms[first:end]:
            cut = pieces.word_ids(form)
            cut = cut[:max(1, MOST_PIECES - 1 - len(self.pieces))]
            if len(self.pieces) + len(cut) >= MOST_PIECES:
                self.at.append((MOST_PIECES - 2, MOST_PIECES - 2))
                continue
            self.at.append((len(self.pieces), len(self.pieces) + len(cut) - 1))
            self.pieces += cut
            self.shapes += [case_shape(form)] * len(cut)
        self.pieces.append(pieces.sep)
        self.shapes.append(0)
        self.features = numpy.array([[index["upos"].get(w[2], 0), index["deprel"].get(w[3], 0), index["names"].get(w[5], 0),
                                      index["blocks"].get(b, 0)] for w, b in zip(words, document.block[first:end])], dtype="int64")
        self.events = [e for e in document.events if e["trigger"] is not None and new <= e["trigger"] < end
                       and e["kind"] in index["kinds"]]
        self.paths = [numpy.array([index["paths"].get(document.path(e["trigger"], w), 0) for w in range(first, end)], dtype="int16")
                      for e in self.events]

    def __len__(self):
        return self.end - self.first


def windows_of(documents, labels, pieces):
    """All windows of some documents."""
    index = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels.items()}
    return [Window(d, span, index, pieces) for d in documents for span in data.windows(d)]


def piece_inputs(batch, longest, hide=0.0, rng=None, mask=None):
    """Pieces of a batch, some words hidden."""
    most = max(len(w.pieces) for w in batch)
    out = {"pieces": torch.zeros(len(batch), most, dtype=torch.long), "shapes": torch.zeros(len(batch), most, dtype=torch.long),
           "mask": torch.zeros(len(batch), most), "first": torch.zeros(len(batch), longest, dtype=torch.long),
           "last": torch.zeros(len(batch), longest, dtype=torch.long)}
    for row, window in enumerate(batch):
        pieces = list(window.pieces)
        if hide:
            for a, b in window.at:
                if rng.random() < hide:
                    pieces[a:b + 1] = [mask] * (b + 1 - a)
        out["pieces"][row, :len(pieces)] = torch.tensor(pieces)
        out["shapes"][row, :len(pieces)] = torch.tensor(window.shapes)
        out["mask"][row, :len(pieces)] = 1
        out["first"][row, :len(window)] = torch.tensor([a for a, _ in window.at])
        out["last"][row, :len(window)] = torch.tensor([b for _, b in window.at])
    return out


def inputs(batch):
    """States, features and mask of a batch."""
    longest = max(len(w) for w in batch)
    states = torch.zeros(len(batch), longest, data.WIDTH)
    features = torch.zeros(len(batch), longest, 4, dtype=torch.long)
    mask = torch.zeros(len(batch), longest)
    for row, window in enumerate(batch):
        states[row, :len(window)] = torch.from_numpy(numpy.array(window.document.states[window.first:window.end]))
        features[row, :len(window)] = torch.from_numpy(window.features)
        mask[row, :len(window)] = 1
    return states, features, mask


def loss_of(model, batch, labels, index, options, rng, hidden):
    """The losses of a batch."""
    states, features, mask = inputs(batch)
    if options.noise:
        states = states + options.noise * torch.randn_like(states)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bfloat16):
        x = model.encode(piece_inputs(batch, mask.shape[1], options.hide, rng, hidden), states, features, mask)
    x = x.float()
    kinds = torch.full(mask.shape, -1, dtype=torch.long)
    at, paths, distances, roles, words = [], [], [], [], []
    longest = mask.shape[1]
    for row, window in enumerate(batch):
        kinds[row, window.new - window.first:len(window)] = 0
        for event, path in zip(window.events, window.paths):
            place, kind = event["trigger"] - window.first, index["kinds"][event["kind"]]
            kinds[row, place] = kind
            bounds = -1 if event["bounds"] is None else data.BOUNDS.index(event["bounds"])
            at.append((row, place, kind, index["statuses"][event["status"]], bounds, event["background"]))
            paths.append(numpy.pad(path, (0, longest - len(path))))
            distances.append([data.distance(place, w) for w in range(longest)])
            role = numpy.zeros((longest, len(data.ROLES)), dtype="float32")
            for number, name in enumerate(data.ROLES):
                for word in event["roles"][name]:
                    if window.first <= word < window.end:
                        role[word - window.first, number] = 1
            roles.append(role)
    out = {"kind": 3 * F.cross_entropy(model.kinds(x).flatten(0, 1), kinds.flatten(), ignore_index=-1, label_smoothing=options.smooth)
           * (kinds >= 0).sum() / max(1, len(at)) / options.words_per_event}
    if not at:
        return out
    rows, places, kind, status, bounds, background = (torch.tensor(c) for c in zip(*at))
    triggers = x[rows, places]
    statuses, bound, back = model.facts(triggers, kind)
    out["status"] = 0.5 * F.cross_entropy(statuses, status, label_smoothing=options.smooth)
    if (bounds >= 0).any():
        out["bounds"] = 0.3 * F.cross_entropy(bound, bounds, ignore_index=-1)
    out["background"] = 0.1 * F.binary_cross_entropy_with_logits(back[:, 0], background.float())
    paths = torch.from_numpy(numpy.stack(paths)).long()
    scores = model.roles(x[rows], triggers, kind, paths, torch.tensor(distances))
    every = F.binary_cross_entropy_with_logits(scores, torch.from_numpy(numpy.stack(roles)), reduction="none")
    out["roles"] = options.role_weight * (every * mask[rows][..., None]).sum() / len(at)
    return out


def batches(items, words, rng):
    """Batches of about so many words, windows of like length together, in random order."""
    order = sorted(range(len(items)), key=lambda i: len(items[i]) * rng.uniform(0.85, 1.15))
    out, current, longest = [], [], 0
    for i in order:
        longest = max(longest, len(items[i]))
        if current and longest * (len(current) + 1) > words:
            out.append(current)
            current, longest = [], len(items[i])
        current.append(items[i])
    out.append(current)
    rng.shuffle(out)
    return out


def train(options):
    """The whole run."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    documents = [d for f, g in zip(options.features, options.gold) for d in data.load(f, g)]
    start = torch.load(options.start, weights_only=True) if options.start else None
    labels = start["labels"] if start else data.vocabulary(documents)
    index = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels.items()}
    pieces, rng = WordPiece(options.parser + "/vocab.txt"), random.Random(options.seed)
    items = windows_of(documents, labels, pieces)
    options.words_per_event = sum(w.end - w.new for w in items) / max(1, sum(len(w.events) for w in items))
    model = Graph(labels, options.layers, options.under, drop=options.dropout)
    model.load_parser(options.parser)
    if options.base:
        model.load_base({k.removeprefix("bert."): v for k, v in load_file(options.base + "/model.safetensors").items()}, options.first)
    if start:
        model.load_state_dict(start["weights"])
    print(f"{len(documents)} documents, {len(items)} windows, {sum(len(w.events) for w in items)} events, {len(labels['paths'])} paths, "
          f"{options.words_per_event:.1f} words an event", flush=True)
    slow = ("layers", "norm", "under", "under_norm", "places", "shapes")
    learnt = [(n.split(".")[0], p) for n, p in model.named_parameters() if p.requires_grad]
    encoder, fresh = [p for n, p in learnt if n in slow], [p for n, p in learnt if n not in slow]
    optimiser = torch.optim.AdamW([{"params": encoder, "lr": options.encoder_rate}, {"params": fresh, "lr": options.head_rate}],
                                  weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    rates = [g["lr"] for g in optimiser.param_groups]
    runs = [batches(items, options.words, random.Random(options.seed * 1000 + e)) for e in range(options.epochs)]
    total, step, started = sum(map(len, runs)), 0, time.time()
    dev = data.load(*options.dev) if options.dev else []
    for epoch, run in enumerate(runs):
        model.train()
        sums = {}
        for batch in run:
            for group, rate in zip(optimiser.param_groups, rates):
                group["lr"] = rate * min((step + 1) / options.warmup, 1 - step / total)
            losses = loss_of(model, batch, labels, index, options, rng, pieces.mask)
            sum(losses.values()).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            for key, value in losses.items():
                s = sums.setdefault(key, [0.0, 0])
                s[0] += value.item()
                s[1] += 1
        print(f"epoch {epoch + 1} {step}/{total} {time.time() - started:.0f}s", " ".join(f"{k} {a / n:.3f}" for k, (a, n) in sums.items()), flush=True)
        torch.save({"weights": model.state_dict(), "labels": labels, "layers": options.layers, "under": options.under}, options.out)
        if dev and ((epoch + 1) % options.measure == 0 or epoch + 1 == options.epochs):
            model.eval()
            print(measure.figures(model, labels, pieces, dev, options.dev[1], options.scorer), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", nargs="+", required=True, help="files of `legation-gold features`")
    parser.add_argument("--gold", nargs="+", required=True, help="the annotated events of each, in the same order")
    parser.add_argument("--dev", nargs=2, help="features and gold to measure on")
    parser.add_argument("--scorer", help="folder of score_graph.py")
    parser.add_argument("--base", help="folder of a BERT checkpoint whose later layers are the beginning")
    parser.add_argument("--first", type=int, default=3, help="the first of its layers that is taken")
    parser.add_argument("--parser", required=True, help="the folder models/english: encoder and word pieces")
    parser.add_argument("--under", type=int, default=3, help="layers over pieces")
    parser.add_argument("--layers", type=int, default=2, help="layers over words")
    parser.add_argument("--hide", type=float, default=0.05, help="share of words hidden")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--measure", type=int, default=2)
    parser.add_argument("--words", type=int, default=1200, help="words a batch")
    parser.add_argument("--encoder-rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--warmup", type=int, default=100)
    parser.add_argument("--dropout", type=float, default=0.15)
    parser.add_argument("--smooth", type=float, default=0.0)
    parser.add_argument("--noise", type=float, default=0.0)
    parser.add_argument("--bfloat16", action="store_true", help="the layers' products in bfloat16: faster on some processors, slower on others")
    parser.add_argument("--role-weight", type=float, default=0.05, help="of the roles' loss, a sum over all words for each event")
    parser.add_argument("--start", help="go on from this checkpoint")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", required=True)
    train(parser.parse_args())
