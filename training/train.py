"""Train the model: trees and tags from treebanks, names from silver and gold sets."""
import argparse
import random
import time

import torch
from torch.nn import functional as F

import data
import evaluate
from countries import country_names
from model import Parser, load, save

TASKS = ("upos", "xpos", "feats", "lemma")


def tree_items(paths, silver, labels, wordpiece):
    """Treebank sentences as numbers, with the silver names of the same sentence."""
    index = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels.items()}
    items, countries = [], country_names()
    for path in paths:
        for sentence in data.read_conllu(path):
            item = data.encode_tree(sentence, wordpiece, index)
            record = silver.get(sentence["id"])
            if record is not None:
                item["names"] = data.treebank_names(sentence, record, countries)
            items.append(item)
    return items


def name_items(records, wordpiece):
    """Silver sentences as numbers."""
    for record in records:
        item = data.encode(record["words"], wordpiece)
        item["names"] = data.exact_names(record)
        yield item


def gold_items(paths, wordpiece):
    """Gold three-type name sets as numbers."""
    countries = country_names()
    for path in paths:
        for words, tags in data.read_bio(path):
            item = data.encode(words, wordpiece)
            item["names"] = data.permitted_names(words, tags, countries)
            yield item


def augmented(item, chance, rng):
    """Sometimes a sentence in capitals, in lower case, or in title case: only the shapes change."""
    draw = rng.random()
    if draw > chance:
        return item["shapes"]
    if draw < chance * 0.4:
        return [{2: 3, 1: 3, 4: 3}.get(s, s) for s in item["shapes"]]
    if draw < chance * 0.7:
        return [{2: 1, 3: 1, 4: 1, 7: 1}.get(s, s) for s in item["shapes"]]
    return [{1: 2}.get(s, s) for s in item["shapes"]]


def hidden(item, chance, rng, mask):
    """Pieces with some words hidden behind [MASK]."""
    pieces = list(item["pieces"])
    for a, b in zip(item["first"], item["last"]):
        if rng.random() < chance:
            pieces[a:b + 1] = [mask] * (b + 1 - a)
    return pieces


def collate(items, options, rng, mask_piece, training=True):
    """Tensors of one batch."""
    length = max(len(i["pieces"]) for i in items)
    count = max(len(i["first"]) for i in items)
    batch = {k: torch.zeros(len(items), length, dtype=torch.long) for k in ("pieces", "shapes")}
    batch["mask"] = torch.zeros(len(items), length)
    for key in ("words", "word_ends"):
        batch[key] = torch.zeros(len(items), count, dtype=torch.long)
    fields = [f for f in TASKS + ("deprel", "heads", "names") if f in items[0] or any(f in i for i in items)]
    for key in fields:
        batch[key] = torch.full((len(items), count), -1, dtype=torch.long)
    for row, item in enumerate(items):
        n, w = len(item["pieces"]), len(item["first"])
        pieces = hidden(item, options.hide, rng, mask_piece) if training else item["pieces"]
        shapes = augmented(item, options.recase, rng) if training else item["shapes"]
        batch["pieces"][row, :n] = torch.tensor(pieces)
        batch["shapes"][row, :n] = torch.tensor(shapes)
        batch["mask"][row, :n] = 1
        batch["words"][row, :w] = torch.tensor(item["first"])
        batch["word_ends"][row, :w] = torch.tensor(item["last"])
        for key in fields:
            if key in item:
                batch[key][row, :w] = torch.tensor(item[key][:w])
    return batch


def batches(items, pieces, rng):
    """Batches of about so many pieces, sentences of like length together, in random order."""
    order = sorted(range(len(items)), key=lambda i: len(items[i]["pieces"]) + rng.random() * 4)
    out, current, longest = [], [], 0
    for i in order:
        longest = max(longest, len(items[i]["pieces"]))
        if current and longest * (len(current) + 1) > pieces:
            out.append(current)
            current, longest = [], len(items[i]["pieces"])
        current.append(items[i])
    out.append(current)
    rng.shuffle(out)
    return out


def name_loss(logits, permitted):
    """Minus the log of the probability mass of the permitted classes."""
    known = permitted >= 0
    logits, permitted = logits[known].float(), permitted[known]
    allowed = (permitted[:, None] >> torch.arange(logits.shape[-1])) & 1
    inside = logits.masked_fill(allowed == 0, -1e9)
    return (logits.logsumexp(-1) - inside.logsumexp(-1)).mean()


def loss_of(model, batch, trees):
    """Sum of the tasks' losses."""
    out = model(batch["pieces"], batch["shapes"], batch["mask"], batch["words"], batch["word_ends"], trees)
    losses = {}
    if "names" in batch:
        losses["names"] = name_loss(out["names"], batch["names"])
    if trees:
        weight = {"upos": 1.0, "xpos": 0.5, "feats": 0.5, "lemma": 0.5}
        for key in TASKS:
            losses[key] = weight[key] * F.cross_entropy(out[key].float().flatten(0, 1), batch[key].flatten(), ignore_index=-1)
        arcs = out["arcs"].float()
        beyond = F.pad(batch["words"] == 0, (1, 0))[:, None, :]
        losses["arcs"] = F.cross_entropy(arcs.masked_fill(beyond, -1e9).flatten(0, 1), batch["heads"].flatten(), ignore_index=-1)
        known = batch["heads"] >= 0
        rows = known.nonzero()[:, 0]
        scores = model.label_scores(out["label_dep"][known], out["label_head"][rows, batch["heads"][known]])
        losses["labels"] = F.cross_entropy(scores.float(), batch["deprel"][known], ignore_index=-1)
    return sum(losses.values()), losses


def groups(model, options):
    """Optimiser groups: encoder slow, heads fast, the word table frozen."""
    model.words.weight.requires_grad_(False)
    encoder, fresh = [], []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            (encoder if name.split(".")[0] in ("layers", "norm", "positions") else fresh).append(parameter)
    return [{"params": encoder, "lr": options.encoder_rate}, {"params": fresh, "lr": options.head_rate}]


def read_silver(paths, tree_prefixes=("cec-", "wh-", "us-", "state-")):
    """Silver by sentence: (names of treebank sentences by id, the news sentences)."""
    by_id, news = {}, []
    for path in paths:
        for record in data.read_silver(path):
            if record["id"].startswith(tree_prefixes):
                news.append(record)
            else:
                by_id[record["id"].rsplit(".", 1)[0]] = record
    return by_id, news


def prepare(options):
    """Everything to learn from, and the label lists."""
    wordpiece = data.WordPiece(options.base + "/vocab.txt")
    by_id, news = read_silver(options.silver)
    if options.start:
        model, labels = load(options.start)
    else:
        labels = data.build_labels([s for p in options.trees for s in data.read_conllu(p)])
        model = Parser(labels, options.layers, drop=options.dropout)
        model.load_base(options.base)
    model.drop = options.dropout
    for layer in model.layers:
        layer.as_int8 = options.as_int8
    trees = tree_items(options.trees, by_id, labels, wordpiece)
    gold = list(gold_items(options.names, wordpiece))
    return wordpiece, model, labels, trees, list(name_items(news, wordpiece)), gold


def epoch_batches(trees, news, gold, options, epoch):
    """One epoch: all trees, all gold names, and the next slice of the silver news."""
    rng = random.Random(options.seed * 1000 + epoch)
    take = options.silver_share or len(news)
    piece = [news[(epoch * take + i) % len(news)] for i in range(min(take, len(news)))] if news else []
    out = [(True, b) for b in batches(trees, options.pieces, rng)]
    if piece or gold:
        out += [(False, b) for b in batches(piece + gold, options.pieces, rng)]
    rng.shuffle(out)
    return out


def remaining(step, total, seconds, minutes):
    """What is left of the run, 1 to 0: by steps, or by the clock where that runs out first."""
    return 1 - max(step / total, seconds / (minutes * 60) if minutes else 0)


def train(options):
    """The whole run."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    rng = random.Random(options.seed)
    wordpiece, model, labels, trees, news, gold = prepare(options)
    random.Random(options.seed).shuffle(news)
    print(f"{len(trees)} trees, {len(news)} silver, {len(gold)} gold; {model.sizes}", flush=True)
    optimiser = torch.optim.AdamW(groups(model, options), weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    total = sum(len(epoch_batches(trees, news, gold, options, e)) for e in range(options.epochs))
    rates = [g["lr"] for g in optimiser.param_groups]
    started, step, sums, left = time.time(), 0, {}, 1.0
    for epoch in range(options.epochs):
        model.train()
        for with_trees, items in epoch_batches(trees, news, gold, options, epoch):
            left = remaining(step, total, time.time() - started, options.minutes)
            if left <= 0:
                break
            for group, rate in zip(optimiser.param_groups, rates):
                group["lr"] = rate * min((step + 1) / options.warmup, left)
            batch = collate(items, options, rng, wordpiece.mask)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss, losses = loss_of(model, batch, with_trees)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for g in optimiser.param_groups for p in g["params"]], 2.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            for key, value in losses.items():
                s = sums.setdefault(key, [0.0, 0])
                s[0] += value.item()
                s[1] += 1
            if step % 100 == 0:
                shown = " ".join(f"{k} {a / n:.3f}" for k, (a, n) in sums.items())
                spent = time.time() - started
                print(f"{step}/{total} {spent:.0f}s left {spent / step * (total - step):.0f}s {shown}", flush=True)
                sums = {}
        save(model, labels, len(model.layers), options.out)
        over = left <= 0 or epoch + 1 == options.epochs
        if options.dev and (over or (epoch + 1) % options.measure == 0):
            model.eval()
            print(f"epoch {epoch + 1}, {step} steps", evaluate.report(model, labels, wordpiece, options.dev, options.dev_names), flush=True)
        if over:
            break


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", required=True, help="folder of the BERT checkpoint: model.safetensors, vocab.txt")
    parser.add_argument("--start", help="go on from this checkpoint instead")
    parser.add_argument("--trees", nargs="+", required=True)
    parser.add_argument("--silver", nargs="*", default=[])
    parser.add_argument("--names", nargs="*", default=[])
    parser.add_argument("--dev")
    parser.add_argument("--dev-names")
    parser.add_argument("--measure", type=int, default=2, help="measure after every so many epochs")
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--minutes", type=float, default=0, help="end by the clock, if the epochs take longer")
    parser.add_argument("--silver-share", type=int, default=0, help="silver sentences an epoch; 0 is all")
    parser.add_argument("--pieces", type=int, default=2000)
    parser.add_argument("--encoder-rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--warmup", type=int, default=200)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--hide", type=float, default=0.05)
    parser.add_argument("--recase", type=float, default=0.04)
    parser.add_argument("--as-int8", action="store_true", help="train with the encoder rounded as it will be shipped")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", required=True)
    train(parser.parse_args())
