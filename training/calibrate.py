"""How much to add to the score of "no name", by the names of a treebank with gold entities (GUM dev), which training never saw."""
import argparse

import data
import evaluate
from model import load

KINDS = {"person": "PER", "place": "LOC", "organization": "ORG"}


def proper_names(sentence):
    """BIO tags of a treebank sentence: the runs of proper nouns around the heads of persons, places, organisations."""
    upos, spans = sentence["upos"], set()
    for _, _, kind, head in data.gum_mentions(sentence["misc"]):
        if upos[head] == "PROPN" and kind in KINDS:
            start, end = head, head + 1
            while start and upos[start - 1] == "PROPN":
                start -= 1
            while end < len(upos) and upos[end] == "PROPN":
                end += 1
            spans.add((start, end, KINDS[kind]))
    return data.tags_of(len(upos), sorted(spans))


def scores_of(runner, labels, wordpiece, sentences):
    """The score tables of the names of every sentence."""
    kept, decode = [], evaluate.best_names
    evaluate.best_names = lambda table: (kept.append(table.copy()), decode(table))[1]
    order = sorted(range(len(sentences)), key=lambda i: len(data.encode(sentences[i], wordpiece)["pieces"]))
    evaluate.parse(runner, labels, wordpiece, [sentences[i] for i in order])
    evaluate.best_names = decode
    return {i: table for i, table in zip(order, kept)}


def main():
    """Print the figures for a range of additions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--trees", required=True, help="CoNLL-U with GUM's entities in the last column")
    parser.add_argument("--also", nargs="*", default=[], help="BIO files to look at beside it")
    options = parser.parse_args()
    model, labels = load(options.checkpoint)
    wordpiece, runner = data.WordPiece(options.base + "/vocab.txt"), evaluate.TorchRunner(model)
    sets = {options.trees: [(s["words"], proper_names(s)) for s in data.read_conllu(options.trees)]}
    sets |= {path: list(data.read_bio(path)) for path in options.also}
    for path, pairs in sets.items():
        tables = scores_of(runner, labels, wordpiece, [w for w, _ in pairs])
        for addition in (0, 0.5, 1, 1.5, 2, 2.5, 3):
            found = []
            for i, (words, _) in enumerate(pairs):
                table = tables[i].copy()
                table[:, 0] += addition
                tags = evaluate.best_names(table)
                found.append(tags + ["O"] * (len(words) - len(tags)))
            print(path, addition, evaluate.name_scores([t for _, t in pairs], found), flush=True)


if __name__ == "__main__":
    main()
