"""Export a checkpoint as the shipped folder: weights.onnx (int8), labels, vocabulary, lexicon, card, check."""
import argparse
import hashlib
import json
import os
import shutil
import warnings

import numpy
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

import data
import evaluate
from model import load

OUTPUTS = ["upos", "xpos", "feats", "lemma", "names", "arcs", "label_dep", "label_head"]


class Exported(torch.nn.Module):
    """The model as the graph's inputs and outputs see it."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pieces, shapes, mask, words, word_ends):
        out = self.model(pieces, shapes, mask, words, word_ends)
        return tuple(out[k] for k in OUTPUTS)


def write_float(model, path):
    """The graph in f32."""
    example = (torch.tensor([[101, 2000, 2001, 102]] * 2, dtype=torch.int32), torch.ones(2, 4, dtype=torch.int32),
               torch.ones(2, 4), torch.tensor([[1, 2]] * 2, dtype=torch.int32), torch.tensor([[1, 2]] * 2, dtype=torch.int32))
    inputs = ["pieces", "shapes", "mask", "words", "word_ends"]
    axes = {k: {0: "batch", 1: "length"} for k in inputs[:3]} | {k: {0: "batch", 1: "count"} for k in inputs[3:]}
    axes |= {k: {0: "batch", 1: "count"} for k in OUTPUTS[:-1]} | {"label_head": {0: "batch", 1: "count1"}}
    axes["arcs"] = {0: "batch", 1: "count", 2: "count1"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(Exported(model).eval(), example, path, input_names=inputs, output_names=OUTPUTS,
                          dynamic_axes=axes, opset_version=17, dynamo=False)


def encoder_products(graph_model):
    """Names of the MatMul nodes of the encoder's linear layers."""
    weights = {i.name for i in graph_model.graph.initializer}
    return [n.name for n in graph_model.graph.node
            if n.op_type == "MatMul" and "/layers." in n.name and any(i in weights for i in n.input)]


def quantise(source, target):
    """int8 encoder weights per channel, activations quantised on the fly; the word table int8 by row."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    names = encoder_products(onnx.load(source))
    quantize_dynamic(source, target, op_types_to_quantize=["MatMul"], nodes_to_quantize=names, per_channel=True,
                     weight_type=QuantType.QInt8, extra_options={"MatMulConstBOnly": True})
    model = onnx.load(target)
    shrink_table(model, "model.words.weight")
    onnx.checker.check_model(model)
    onnx.save(model, target)
    return len(names)


def shrink_table(model, name):
    """Replace Gather(table, ids) by Cast(Gather(int8 table, ids)) * Gather(row scales, ids)."""
    graph = model.graph
    table = next(i for i in graph.initializer if i.name == name)
    values = numpy_helper.to_array(table)
    scale = numpy.maximum(numpy.abs(values).max(1, keepdims=True), 1e-8).astype("float32") / 127
    graph.initializer.remove(table)
    graph.initializer.append(numpy_helper.from_array(numpy.round(values / scale).astype("int8"), name + "_int8"))
    graph.initializer.append(numpy_helper.from_array(scale, name + "_scale"))
    place, node = next((k, n) for k, n in enumerate(graph.node) if n.op_type == "Gather" and n.input[0] == name)
    ids, out = node.input[1], node.output[0]
    made = [helper.make_node("Gather", [name + "_int8", ids], ["table_rows"], name="table_rows", axis=0),
            helper.make_node("Cast", ["table_rows"], ["table_float"], name="table_float", to=TensorProto.FLOAT),
            helper.make_node("Gather", [name + "_scale", ids], ["table_scale"], name="table_scale", axis=0),
            helper.make_node("Mul", ["table_float", "table_scale"], [out], name="table_scaled")]
    graph.node.remove(node)
    for k, new in enumerate(made):
        graph.node.insert(place + k, new)


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
    found = evaluate.parse(runner, labels, wordpiece, sentences, lexicon, pieces=1)
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
    parser.add_argument("--float-out", required=True, help="where the f32 graph goes (not shipped)")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    model, labels = load(options.checkpoint)
    model.name_out.bias.data[data.NAMES.index("O")] += options.outside
    lexicon = data.build_lexicon([s for p in options.trees for s in data.read_conllu(p)])
    write_float(model, options.float_out)
    print(quantise(options.float_out, os.path.join(options.out, "weights.onnx")), "products quantised")
    write_side_files(model, labels, options, lexicon)
    wordpiece = data.WordPiece(options.base + "/vocab.txt")
    scores = {"f32": evaluate.report(model, labels, wordpiece, options.dev, options.dev_names, lexicon)}
    runner = evaluate.OnnxRunner(options.out, threads=2)
    scores["int8"] = evaluate.report_with(runner, labels, wordpiece, options.dev, options.dev_names, lexicon)
    write_checks(evaluate.OnnxRunner(options.out), labels, wordpiece, lexicon, os.path.join(options.out, "check.json"))
    write_card(options, scores, len(model.layers))
    print(json.dumps(scores, indent=1))
    print({n: os.path.getsize(os.path.join(options.out, n)) for n in sorted(os.listdir(options.out))})


if __name__ == "__main__":
    main()
