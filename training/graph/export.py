"""Export a checkpoint of the tower: graph.safetensors (int8), graph.json and their card."""
import argparse
import hashlib
import json
import os
from pathlib import Path

import numpy
import torch
from safetensors.numpy import save_file

import documents as data
from tower import Graph

# Small tables and what is computed in single precision stay as they are.
PLAIN = ("tables.", "positions.", "places.", "shapes.", "kind_fact.", "kind_role.", "paths.", "distances.", "role_out.")


def weights(model):
    """The tensors: matrices int8 [inputs, outputs] with a scale a column, the rest in single precision."""
    out = {}
    for name, value in model.state_dict().items():
        if name.startswith("words."):
            continue  # The parser's own.
        value = value.detach().float().numpy()
        if value.ndim < 2 or name.startswith(PLAIN):
            out[name] = numpy.ascontiguousarray(value)
            continue
        value = value.T
        scale = (numpy.maximum(numpy.abs(value).max(0), 1e-8) / 127).astype("float32")
        out[name] = numpy.ascontiguousarray(numpy.rint(value / scale).astype("int8"))
        out[name.rpartition(".")[0] + ".scale"] = scale
    return out


def card(options, state):
    """What the weights are made of, how, and how good they are."""
    with open(Path(__file__).parent / "card.head.toml", encoding="utf-8") as file:
        lines = [file.read().rstrip(), "", "[run]", f"seed = {options.seed}", 'command = "see training/README.md"',
                 f"under = {state['under']}", f"layers = {state['layers']}", f"note = {json.dumps(options.note)}", "", "[scores]"]
    lines += [f"{name} = {json.dumps(value)}" for name, value in (one.split("=", 1) for one in options.score)]
    lines += ["", "[sha256]"]
    for name in ("graph.json", "graph.safetensors"):
        with open(os.path.join(options.out, name), "rb") as file:
            lines.append(f'"{name}" = "{hashlib.sha256(file.read()).hexdigest()}"')
    with open(os.path.join(options.out, "graph.card.toml"), "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")


def main():
    """Write weights, lists and card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--none", type=float, default=0.0, help="added to the score of no event")
    parser.add_argument("--kind-temperature", type=float, default=1.0)
    parser.add_argument("--status-temperature", type=float, default=1.0)
    parser.add_argument("--role-temperature", type=float, default=1.0)
    parser.add_argument("--role-least", type=float, nargs=len(data.ROLES), default=[0.5] * len(data.ROLES), help="least share of each role")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--note", default="")
    parser.add_argument("--score", nargs="*", default=[], help="figures for the card: name=value")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    state = torch.load(options.checkpoint, weights_only=True)
    model = Graph(state["labels"], state["layers"], state["under"])
    model.load_state_dict(state["weights"])
    os.makedirs(options.out, exist_ok=True)
    save_file(weights(model), os.path.join(options.out, "graph.safetensors"))
    facts = {"under": state["under"], "layers": state["layers"], "window": data.WINDOW, "context": data.CONTEXT, "distances": list(data.DISTANCES),
             "none": options.none, "kind_temperature": options.kind_temperature, "status_temperature": options.status_temperature,
             "role_temperature": options.role_temperature, "role_least": options.role_least}
    with open(os.path.join(options.out, "graph.json"), "w", encoding="utf-8") as out:
        json.dump(facts | state["labels"], out, ensure_ascii=False, indent=0)
        out.write("\n")
    card(options, state)
    print({n: os.path.getsize(os.path.join(options.out, n)) for n in ("graph.safetensors", "graph.json")})


if __name__ == "__main__":
    main()
