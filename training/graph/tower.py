"""The event graph's network: an encoder over the pieces of a window, layers over its words that see the parser's states too, and heads."""
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parent.parent))
from model import SHAPES, Layer, copy_linear  # noqa: E402

from documents import DISTANCES, WINDOW, WIDTH  # noqa: E402


class Graph(nn.Module):
    """Pieces, and states of words, in; kinds, statuses, bounds and roles out."""

    def __init__(self, labels, layers=2, under=3, vocabulary=30522, heads=12, inner=1536, hidden=256, role=192, drop=0.15):
        super().__init__()
        self.drop = drop
        self.sizes = {k: len(v) for k, v in labels.items()}
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.words.weight.requires_grad_(False)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.under_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.under = nn.ModuleList(Layer(WIDTH, heads, inner) for _ in range(under))
        self.input = nn.Linear(WIDTH, WIDTH)
        nn.init.normal_(self.input.weight, std=0.02)
        nn.init.zeros_(self.input.bias)
        self.tables = nn.ModuleDict({k: nn.Embedding(self.sizes[k], WIDTH) for k in ("upos", "deprel", "names", "blocks")})
        self.positions = nn.Embedding(2 * WINDOW, WIDTH)
        for table in [*self.tables.values(), self.positions]:
            nn.init.normal_(table.weight, std=0.02)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(WIDTH, heads, inner) for _ in range(layers))
        self.kind_in, self.kind_out = nn.Linear(WIDTH, hidden), nn.Linear(hidden, self.sizes["kinds"])
        facts = self.sizes["statuses"] + self.sizes["bounds"] + 1
        self.fact_in, self.fact_out = nn.Linear(WIDTH, hidden), nn.Linear(hidden, facts)
        self.kind_fact = nn.Embedding(self.sizes["kinds"], hidden)
        self.role_word, self.role_trigger = nn.Linear(WIDTH, role), nn.Linear(WIDTH, role)
        self.kind_role = nn.Embedding(self.sizes["kinds"], role)
        self.paths, self.distances = nn.Embedding(self.sizes["paths"], role), nn.Embedding(2 * len(DISTANCES) + 2, role)
        for table in (self.kind_fact, self.kind_role, self.paths, self.distances):
            nn.init.normal_(table.weight, std=0.05)
        self.role_out = nn.Linear(2 * role, self.sizes["roles"])
        nn.init.constant_(self.role_out.bias, -3.0)

    def load_parser(self, folder):
        """Take table and encoder from the shipped parser, its weights made floats again."""
        weights = load_file(folder + "/weights.safetensors")
        plain = lambda name: weights[name + ".weight"].float() * weights[name + ".scale"]
        self.words.weight.data.copy_(weights["words.weight"].float() * weights["words.scale"][:, None])
        self.shapes.weight.data.copy_(weights["shapes.weight"])
        self.places.weight.data.copy_(weights["positions.weight"])
        copy_linear(self.under_norm, weights, "norm")
        for number, layer in enumerate(self.under):
            for part in ("qkv", "out", "up", "down"):
                name = f"layers.{number}.{part}"
                getattr(layer, part).weight.data.copy_(plain(name).T)
                getattr(layer, part).bias.data.copy_(weights[name + ".bias"])
            for part in ("norm1", "norm2"):
                copy_linear(getattr(layer, part), weights, f"layers.{number}.{part}")

    def load_base(self, weights, first=3):
        """Take the layers from `first` on of a BERT checkpoint."""
        for number, layer in enumerate(self.layers, first):
            base = f"encoder.layer.{number}."
            if base + "output.dense.weight" not in weights:
                return
            for part in ("weight", "bias"):
                joined = torch.cat([weights[f"{base}attention.self.{n}.{part}"] for n in ("query", "key", "value")])
                getattr(layer.qkv, part).data.copy_(joined)
            copy_linear(layer.out, weights, base + "attention.output.dense")
            copy_linear(layer.norm1, weights, base + "attention.output.LayerNorm")
            copy_linear(layer.up, weights, base + "intermediate.dense")
            copy_linear(layer.down, weights, base + "output.dense")
            copy_linear(layer.norm2, weights, base + "output.LayerNorm")

    def encode_pieces(self, pieces):
        """The words of windows by their first and last pieces."""
        x = self.words(pieces["pieces"]) + self.shapes(pieces["shapes"]) + self.places.weight[:pieces["pieces"].shape[1]]
        x = F.dropout(self.under_norm(x), self.drop, self.training)
        bias = ((1.0 - pieces["mask"]) * -10000.0)[:, None, None, :]
        for layer in self.under:
            x = layer(x, bias, self.drop)
        take = lambda at: x.gather(1, pieces[at][:, :, None].expand(-1, -1, x.shape[-1]))
        return (take("first") + take("last")) * 0.5

    def encode(self, pieces, states, features, mask):
        """The words of windows in sight of each other."""
        x = self.encode_pieces(pieces) + self.input(states)
        for number, table in enumerate(self.tables.values()):
            x = x + table(features[..., number])
        x = self.norm(x + self.positions.weight[:states.shape[1]])
        x = F.dropout(x, self.drop, self.training)
        bias = ((1.0 - mask.to(x.dtype)) * -10000.0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias, self.drop)
        return x

    def kinds(self, x):
        """Scores of the kinds of each word."""
        return self.kind_out(F.dropout(F.gelu(self.kind_in(x)), self.drop, self.training))

    def facts(self, triggers, kinds):
        """Of triggers of given kinds: scores of statuses, of bounds, of being background."""
        hidden = F.dropout(F.gelu(self.fact_in(triggers) + self.kind_fact(kinds)), self.drop, self.training)
        return self.fact_out(hidden).split([self.sizes["statuses"], self.sizes["bounds"], 1], -1)

    def roles(self, words, triggers, kinds, paths, distances):
        """Scores of the roles of words [T, W] for triggers [T] of given kinds."""
        words, triggers = self.role_word(words), self.role_trigger(triggers) + self.kind_role(kinds)
        triggers = triggers[:, None, :]
        joined = torch.cat([torch.relu(words + triggers + self.paths(paths) + self.distances(distances)), words * triggers], -1)
        return self.role_out(F.dropout(joined, self.drop, self.training))
