"""Export a checkpoint as the shipped folder: weights.safetensors (int8), labels, vocabulary, lexicon, card, check."""
import argparse
import hashlib
import json
import os
import shutil

import numpy
from safetensors.numpy import save_file

import data
import evaluate
from model import load

PLAIN = ("positions.weight", "shapes.weight")


def write_weights(model, path):
    """The tensors that README.md describes: matrices int8 with a scale a column, the word table a scale a row."""
    out = {}
    for name, value in model.state_dict().items():
        value = value.detach().float().numpy()
        if name.startswith("label_out."):
            continue
        if value.ndim < 2 or name in PLAIN:
            out[name] = numpy.ascontiguousarray(value)
            continue
        table = name == "words.weight"
        value = value if table else value.T
        scale = (numpy.maximum(numpy.abs(value).max(1 if table else 0), 1e-8) / 127).astype("float32")
        steps = numpy.rint(value / (scale[:, None] if table else scale))
        out[name] = numpy.ascontiguousarray(steps.astype("int8"))
        out[name.rpartition(".")[0] + ".scale"] = scale
    save_file(out, path)


CHECKS = [
    "President Lee Jae-myung met Chinese Premier Li Qiang in Beijing on Tuesday .",
    "The foreign ministers of Brazil , India and South Africa will sign the treaty next month .",
    "Russia 's ambassador was summoned to the Foreign Ministry after the attack on Kharkiv .",
    "\" We do not recognise the result , \" said Prime Minister Anna Kallas .",
    "The U.N. Security Council has condemned the missile launch by North Korea .",
    "TALKS BETWEEN IRAN AND THE UNITED STATES COLLAPSE IN GENEVA",
    "Mr. Okello , who led the delegation of Kenya , told reporters that he would not return .",
    "NATO and the European Union agreed to send 200 observers to Pristina .",
    "The White House denied that it had been informed of the raid .",
    "In 1978 , Egypt and Israel signed the Camp David Accords .",
    "x",
]


def write_checks(runner, labels, wordpiece, lexicon, path):
    """What the exported model says of a few sentences, for other runtimes to agree with."""
    sentences = [s.split(" ") for s in CHECKS]
    found = evaluate.parse(runner, labels, wordpiece, sentences, lexicon)
    rows = []
    for words, result in zip(sentences, found):
        item = data.encode(words, wordpiece)
        row = {"words": words, "pieces": item["pieces"], "shapes": item["shapes"], "first": item["first"], "last": item["last"]}
        rows.append(row | {k: result[k] for k in ("upos", "xpos", "feats", "lemmas", "heads", "deprel", "names")})
    with open(path, "w", encoding="utf-8") as out:
        out.write("[\n" + ",\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\n]\n")


def write_side_files(model, labels, options, lexicon):
    """labels.json, labels.bin, vocab.txt, lemmas.tsv."""
    lists = {k: labels[k] for k in ("upos", "xpos", "feats", "lemma", "names", "deprel")}
    facts = {"label_size": model.label_dep.out_features, "label_width": model.label_out.in_features,
             "max_pieces_per_word": data.MAX_PIECES_PER_WORD, "max_positions": model.positions.num_embeddings}
    with open(os.path.join(options.out, "labels.json"), "w", encoding="utf-8") as out:
        json.dump(facts | lists, out, ensure_ascii=False, indent=0)
        out.write("\n")
    weight = model.label_out.weight.detach().numpy().astype("<f4")
    bias = model.label_out.bias.detach().numpy().astype("<f4")
    with open(os.path.join(options.out, "labels.bin"), "wb") as out:
        out.write(weight.tobytes() + bias.tobytes())
    shutil.copy(options.base + "/vocab.txt", os.path.join(options.out, "vocab.txt"))
    with open(os.path.join(options.out, "lemmas.tsv"), "w", encoding="utf-8") as out:
        for (form, upos), lemma in sorted(lexicon.items()):
            out.write(f"{form}\t{upos}\t{lemma}\n")


def write_card(options, scores, layers):
    """card.toml: what the weights are made of, how, and how good they are."""
    with open(options.card, encoding="utf-8") as file:
        text = file.read()
    lines = [text.rstrip(), "", "[run]", f"layers = {layers}", f"seed = {options.seed}", f"command = {json.dumps(options.command)}",
             f"outside = {options.outside}"]
    for title, values in scores.items():
        lines += ["", f"[scores.{title}]"] + [f"{k} = {json.dumps(v)}" for k, v in values.items()]
    lines += ["", "[sha256]"]
    for name in sorted(os.listdir(options.out)):
        if name != "card.toml" and not name.startswith("."):
            with open(os.path.join(options.out, name), "rb") as file:
                lines.append(f'"{name}" = "{hashlib.sha256(file.read()).hexdigest()}"')
    with open(os.path.join(options.out, "card.toml"), "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")


def main():
    """Export, quantise, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--trees", nargs="+", required=True)
    parser.add_argument("--dev")
    parser.add_argument("--dev-names")
    parser.add_argument("--outside", type=float, default=0.0, help="added to the score of no name; see calibrate.py")
    parser.add_argument("--card", default=os.path.join(os.path.dirname(__file__), "card.head.toml"))
    parser.add_argument("--command", default="see training/README.md")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    model, labels = load(options.checkpoint)
    model.name_out.bias.data[data.NAMES.index("O")] += options.outside
    lexicon = data.build_lexicon([s for p in options.trees for s in data.read_conllu(p)])
    write_weights(model, os.path.join(options.out, "weights.safetensors"))
    write_side_files(model, labels, options, lexicon)
    wordpiece = data.WordPiece(options.base + "/vocab.txt")
    scores = {"f32": evaluate.report(model, labels, wordpiece, options.dev, options.dev_names, lexicon)}
    runner = evaluate.ShippedRunner(options.out)
    scores["int8"] = evaluate.report_with(runner, labels, wordpiece, options.dev, options.dev_names, lexicon)
    write_checks(runner, labels, wordpiece, lexicon, os.path.join(options.out, "check.json"))
    write_card(options, scores, len(model.layers))
    print(json.dumps(scores, indent=1))
    print({n: os.path.getsize(os.path.join(options.out, n)) for n in sorted(os.listdir(options.out))})


if __name__ == "__main__":
    main()
