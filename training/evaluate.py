"""Measure a checkpoint or an exported model on CoNLL-U and BIO files with gold tokens."""
import argparse
import json
import os

import numpy
import torch

import data
from model import Parser, by_row


def best_tree(scores):
    """Heads (0 is the root) of the best tree with one root: Chu-Liu/Edmonds over [n, n + 1] scores."""
    n = scores.shape[0]
    square = numpy.full((n + 1, n + 1), -1e9)
    square[1:] = scores[:, :n + 1]
    square[numpy.arange(n + 1), numpy.arange(n + 1)] = -1e9
    heads = square.argmax(1)
    if (heads[1:] == 0).sum() == 1 and not cycle_of(heads):
        return heads[1:]
    best, best_score = None, -numpy.inf
    for root in numpy.argsort(-square[1:, 0])[:5] + 1:
        limited = square.copy()
        limited[1:, 0] = -1e9
        limited[root, :] = -1e9
        limited[root, 0] = square[root, 0]
        found = edmonds(limited)
        score = square[numpy.arange(1, n + 1), found[1:]].sum()
        if score > best_score:
            best, best_score = found, score
    return best[1:]


def cycle_of(heads):
    """Nodes of one cycle, or nothing."""
    n = len(heads)
    colour = [0] * n
    for start in range(1, n):
        path, node = [], start
        while node != 0 and colour[node] == 0:
            colour[node] = 1
            path.append(node)
            node = heads[node]
        if node != 0 and colour[node] == 1 and node in path:
            return path[path.index(node):]
        for p in path:
            colour[p] = 2
    return []


def edmonds(square):
    """Heads of the best arborescence rooted at 0."""
    heads = square.argmax(1)
    heads[0] = 0
    cycle = cycle_of(heads)
    if not cycle:
        return heads
    n = len(square)
    inside = set(cycle)
    outer = [i for i in range(n) if i not in inside]
    size = len(outer)
    smaller = numpy.full((size + 1, size + 1), -1e9)
    smaller[:size, :size] = square[numpy.ix_(outer, outer)]
    total = sum(square[c, heads[c]] for c in cycle)
    enter, leave = {}, {}
    for k, node in enumerate(outer):
        out = square[node, cycle]
        leave[k] = cycle[int(out.argmax())]
        smaller[k, size] = out.max() if k else -1e9
        gains = [square[c, node] - square[c, heads[c]] for c in cycle]
        enter[k] = cycle[int(numpy.argmax(gains))]
        smaller[size, k] = total + max(gains)
    smaller[size, size] = -1e9
    found = edmonds(smaller)
    for k, node in enumerate(outer):
        if k:
            heads[node] = leave[k] if found[k] == size else outer[found[k]]
    head = found[size]
    heads[enter[head]] = outer[head]
    return heads


def best_names(scores):
    """Best BIO sequence: I-x only after B-x or I-x."""
    back, total = [], None
    allowed = transitions()
    for row in scores:
        if total is None:
            total = row + numpy.where([n[0] == "I" for n in data.NAMES], -1e9, 0)
            continue
        step = total[:, None] + allowed
        back.append(step.argmax(0))
        total = step.max(0) + row
    path = [int(total.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return [data.NAMES[i] for i in reversed(path)]


def transitions():
    """Zero where a tag may follow another, else very low."""
    n = len(data.NAMES)
    out = numpy.zeros((n, n))
    for i, a in enumerate(data.NAMES):
        for j, b in enumerate(data.NAMES):
            if b[0] == "I" and a[1:] != b[1:]:
                out[i, j] = -1e9
    return out


class TorchRunner:
    """Runs a checkpoint."""

    def __init__(self, model):
        self.model = model.float()
        self.label_weight = model.label_out.weight.detach().numpy()
        self.label_bias = model.label_out.bias.detach().numpy()

    def __call__(self, batch):
        with torch.no_grad():
            out = self.model(batch["pieces"], batch["shapes"], batch["mask"], batch["words"], batch["word_ends"])
        return {k: v.float().numpy() for k, v in out.items()}


class ShippedRunner(TorchRunner):
    """Runs an exported folder, its values rounded as the program rounds them."""

    def __init__(self, folder, weights="weights.safetensors"):
        from safetensors.torch import load_file
        with open(os.path.join(folder, "labels.json"), encoding="utf-8") as file:
            self.labels = json.load(file)
        stored = load_file(os.path.join(folder, weights))
        layers = 1 + max(int(name.split(".")[1]) for name in stored if name.startswith("layers."))
        self.model = Parser({k: v for k, v in self.labels.items() if isinstance(v, list)}, layers).eval()
        self.model.load_state_dict(widened(stored), strict=False)
        for layer in self.model.layers:
            layer.as_int8 = True
        for name, module in self.model.named_modules():
            if isinstance(module, torch.nn.Linear) and not name.startswith("layers."):
                module.register_forward_pre_hook(lambda _, values: (by_row(values[0]),))
        raw = numpy.fromfile(os.path.join(folder, "labels.bin"), dtype="<f4")
        rows, width = len(self.labels["deprel"]), 2 * self.labels["label_size"]
        self.label_weight = raw[:rows * width].reshape(rows, width)
        self.label_bias = raw[rows * width:]


def widened(stored):
    """The state of a model in f32, from the tensors of weights.safetensors."""
    state = {}
    for name, value in stored.items():
        part = name.rpartition(".")[0]
        if part + ".scale" not in stored:
            state[name] = value
        elif name == "words.weight":
            state[name] = value.float() * stored["words.scale"][:, None]
        elif name.endswith(".weight"):
            state[name] = (value.float() * stored[part + ".scale"]).T
        elif name.endswith(".bias"):
            state[name] = value
    return state


def batch_of(items):
    """Plain tensors of some encoded sentences."""
    length, count = max(len(i["pieces"]) for i in items), max(len(i["first"]) for i in items)
    batch = {k: torch.zeros(len(items), length, dtype=torch.long) for k in ("pieces", "shapes")}
    batch["mask"] = torch.zeros(len(items), length)
    batch |= {k: torch.zeros(len(items), count, dtype=torch.long) for k in ("words", "word_ends")}
    for row, item in enumerate(items):
        n, w = len(item["pieces"]), len(item["first"])
        for key, value in (("pieces", item["pieces"]), ("shapes", item["shapes"]), ("mask", [1.0] * n)):
            batch[key][row, :n] = torch.tensor(value)
        batch["words"][row, :w] = torch.tensor(item["first"])
        batch["word_ends"][row, :w] = torch.tensor(item["last"])
    return batch


def parse(runner, labels, wordpiece, sentences, lexicon=None, pieces=2000):
    """Analyses of sentences (lists of words), in order."""
    items = [data.encode(words, wordpiece) for words in sentences]
    order = sorted(range(len(items)), key=lambda i: len(items[i]["pieces"]))
    results, current = [None] * len(items), []

    def flush():
        out = runner(batch_of([items[i] for i in current]))
        for row, i in enumerate(current):
            results[i] = read_out(runner, labels, sentences[i], out, row, len(items[i]["first"]), lexicon or {})
        current.clear()

    for i in order:
        if current and len(items[i]["pieces"]) * (len(current) + 1) > pieces:
            flush()
        current.append(i)
    if current:
        flush()
    return results


def read_out(runner, labels, words, out, row, n, lexicon):
    """One sentence's labels from the score tensors."""
    result = {k: [labels[k][j] for j in out[k][row, :n].argmax(-1)] for k in ("upos", "xpos", "feats", "lemma")}
    heads = best_tree(out["arcs"][row, :n, :n + 1].astype("float64"))
    dep, head = out["label_dep"][row, :n], out["label_head"][row, heads]
    mixed = numpy.concatenate([numpy.maximum(dep + head, 0), dep * head], -1)
    scores = mixed @ runner.label_weight.T + runner.label_bias
    root = labels["deprel"].index("root")
    scores[:, root] = numpy.where(heads == 0, 1e9, -1e9)
    result["heads"] = [int(h) for h in heads]
    result["deprel"] = [labels["deprel"][j] for j in scores.argmax(-1)]
    result["names"] = best_names(out["names"][row, :n])
    result["lemmas"] = [lemma_of(w, u, s, lexicon) for w, u, s in zip(words, result["upos"], result["lemma"])]
    for key, filler in (("upos", "X"), ("xpos", "FW"), ("feats", "_"), ("lemmas", "_"), ("names", "O"), ("heads", 0), ("deprel", "dep")):
        result[key] += [filler] * (len(words) - n)
    return result


def lemma_of(word, upos, script, lexicon):
    """The lexicon's lemma if it has one, else the script's."""
    key = (word if upos == "PROPN" else word.lower(), upos)
    return lexicon.get(key) or data.apply_script(word, script) or word


def tree_scores(gold, found):
    """UPOS, XPOS, FEATS, lemma, UAS, LAS, in percent."""
    counts, total = dict.fromkeys(("upos", "xpos", "feats", "lemma", "uas", "las"), 0), 0
    for g, f in zip(gold, found):
        for i in range(len(g["words"])):
            total += 1
            for key in ("upos", "xpos", "feats"):
                counts[key] += g[key][i] == f[key][i]
            counts["lemma"] += g["lemmas"][i] in (f["lemmas"][i], "_")
            attached = g["heads"][i] == f["heads"][i]
            counts["uas"] += attached
            counts["las"] += attached and g["deprel"][i].split(":")[0] == f["deprel"][i].split(":")[0]
    return {k: round(100 * v / total, 2) for k, v in counts.items()}


NAME_MAP = {"STATE": "LOC", "LOC": "LOC", "FAC": "LOC", "PER": "PER", "ORG": "ORG"}


def name_scores(gold, found):
    """F1 with type and of spans alone, and precision, recall by type."""
    table, hit_spans = {k: [0, 0, 0] for k in ("PER", "LOC", "ORG")}, 0
    for g, f in zip(gold, found):
        wanted = {s for s in data.spans(g)}
        got = {(s, e, NAME_MAP[k]) for s, e, k in data.spans(f) if k in NAME_MAP}
        for kind in table:
            a, b = {x for x in wanted if x[2] == kind}, {x for x in got if x[2] == kind}
            table[kind] = [x + y for x, y in zip(table[kind], (len(a & b), len(b), len(a)))]
        hit_spans += len({x[:2] for x in wanted} & {x[:2] for x in got})
    hits, guesses, golds = (sum(v[i] for v in table.values()) for i in range(3))
    out = {"names": round(200 * hits / max(1, guesses + golds), 2), "spans": round(200 * hit_spans / max(1, guesses + golds), 2)}
    for kind, (h, a, b) in table.items():
        out[kind] = f"P {100 * h / max(1, a):.1f} R {100 * h / max(1, b):.1f}"
    return out


def report_with(runner, labels, wordpiece, dev, dev_names, lexicon=None):
    """Scores of a runner on a treebank and a name set."""
    out = {}
    if dev:
        gold = list(data.read_conllu(dev, ("\0",)))
        out |= tree_scores(gold, parse(runner, labels, wordpiece, [g["words"] for g in gold], lexicon))
    if dev_names:
        pairs = list(data.read_bio(dev_names))
        out |= name_scores([t for _, t in pairs], [p["names"] for p in parse(runner, labels, wordpiece, [w for w, _ in pairs])])
    return out


def report(model, labels, wordpiece, dev, dev_names, lexicon=None):
    """Scores of a model in memory."""
    return report_with(TorchRunner(model), labels, wordpiece, dev, dev_names, lexicon)


def read_lexicon(path):
    """lemmas.tsv as a dictionary."""
    with open(path, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return {(form, upos): lemma for form, upos, lemma in rows}


def main():
    """Measure an exported folder, or a checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="a folder with weights.safetensors, or a checkpoint")
    parser.add_argument("--base", help="folder with vocab.txt, for a checkpoint")
    parser.add_argument("--dev")
    parser.add_argument("--dev-names")
    options = parser.parse_args()
    if os.path.isdir(options.model):
        runner = ShippedRunner(options.model)
        wordpiece, lexicon = data.WordPiece(options.model + "/vocab.txt"), read_lexicon(options.model + "/lemmas.tsv")
        print(report_with(runner, runner.labels, wordpiece, options.dev, options.dev_names, lexicon))
    else:
        from model import load
        model, labels = load(options.model)
        print(report(model, labels, data.WordPiece(options.base + "/vocab.txt"), options.dev, options.dev_names))


if __name__ == "__main__":
    main()
