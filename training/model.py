"""The shared encoder and its heads."""
import os

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

SHAPES = 8


def rounded(x):
    """Round, with the gradient of not rounding."""
    return x + (x.round() - x).detach()


def by_row(x):
    """Each row of values in 128 steps from its least to its greatest, as the program cuts them."""
    low, high = x.detach().amin(-1, keepdim=True).clamp(max=0), x.detach().amax(-1, keepdim=True).clamp(min=0)
    step = ((high - low) / 127).clamp(min=1e-12)
    return low + rounded((x - low) / step) * step


def product(linear, x, as_int8):
    """A linear map; as it will be after quantising, if asked: weights by column in 255 steps, values by row in 128."""
    if not as_int8:
        return linear(x)
    with torch.autocast("cpu", enabled=False):
        x, weight = x.float(), linear.weight
        scale = weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        x, weight = by_row(x), rounded(weight / scale) * scale
    return F.linear(x, weight, linear.bias)


class Layer(nn.Module):
    """One post-norm BERT layer."""

    as_int8 = False

    def __init__(self, width, heads, inner):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def attend(self, x, bias):
        """Multi-head attention."""
        batch, length, width = x.shape
        shaped = product(self.qkv, x, self.as_int8).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        q, k, v = shaped[0], shaped[1], shaped[2]
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        return product(self.out, mixed.transpose(1, 2).reshape(batch, length, width), self.as_int8)

    def forward(self, x, bias, drop):
        x = self.norm1(x + F.dropout(self.attend(x, bias), drop, self.training))
        inner = F.gelu(product(self.up, x, self.as_int8))
        return self.norm2(x + F.dropout(product(self.down, inner, self.as_int8), drop, self.training))


class Parser(nn.Module):
    """Pieces in; tags, lemma scripts, names, arc scores and label vectors out."""

    def __init__(self, labels, layers=3, width=384, heads=12, inner=1536, vocabulary=30522, positions=512,
                 arc=256, label=128, name=256, drop=0.1):
        super().__init__()
        self.sizes = {k: len(v) for k, v in labels.items()}
        self.drop = drop
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.shapes = nn.Embedding(SHAPES, width)
        nn.init.normal_(self.shapes.weight, std=0.02)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner) for _ in range(layers))
        self.tags = nn.ModuleDict({k: nn.Linear(width, self.sizes[k]) for k in ("upos", "xpos", "feats", "lemma")})
        self.name_in = nn.Linear(width, name)
        self.name_out = nn.Linear(name, self.sizes["names"])
        self.arc_dep = nn.Linear(width, arc)
        self.arc_head = nn.Linear(width, arc)
        self.arc_mix = nn.Linear(arc, arc + 1)
        self.label_dep = nn.Linear(width, label)
        self.label_head = nn.Linear(width, label)
        self.label_out = nn.Linear(2 * label, self.sizes["deprel"])

    def load_base(self, folder):
        """Take embeddings and the first layers from a BERT checkpoint."""
        w = {k.removeprefix("bert."): v for k, v in load_file(os.path.join(folder, "model.safetensors")).items()}
        self.words.weight.data.copy_(w["embeddings.word_embeddings.weight"])
        self.positions.weight.data.copy_(w["embeddings.position_embeddings.weight"]
                                         + w["embeddings.token_type_embeddings.weight"][0])
        copy_linear(self.norm, w, "embeddings.LayerNorm")
        for number, layer in enumerate(self.layers):
            base = f"encoder.layer.{number}."
            for part in ("weight", "bias"):
                joined = torch.cat([w[f"{base}attention.self.{n}.{part}"] for n in ("query", "key", "value")])
                getattr(layer.qkv, part).data.copy_(joined)
            copy_linear(layer.out, w, base + "attention.output.dense")
            copy_linear(layer.norm1, w, base + "attention.output.LayerNorm")
            copy_linear(layer.up, w, base + "intermediate.dense")
            copy_linear(layer.down, w, base + "output.dense")
            copy_linear(layer.norm2, w, base + "output.LayerNorm")

    def encode(self, pieces, shapes, mask):
        """States of the pieces."""
        positions = self.positions.weight[:pieces.shape[1]]
        x = self.norm(self.words(pieces) + self.shapes(shapes) + positions)
        x = F.dropout(x, self.drop, self.training)
        bias = ((1.0 - mask.to(x.dtype)) * -10000.0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias, self.drop)
        return x

    def forward(self, pieces, shapes, mask, words, word_ends, trees=True):
        x = self.encode(pieces, shapes, mask)
        width = x.shape[-1]
        first = x.gather(1, words.long()[:, :, None].expand(-1, -1, width))
        last = x.gather(1, word_ends.long()[:, :, None].expand(-1, -1, width))
        word = F.dropout((first + last) * 0.5, 2 * self.drop, self.training)
        out = {"names": self.name_out(F.dropout(F.gelu(self.name_in(word)), self.drop, self.training))}
        if not trees:
            return out
        out |= {k: head(word) for k, head in self.tags.items()}
        rooted = torch.cat([x[:, :1], word], 1)
        dep = F.dropout(F.gelu(self.arc_dep(word)), 2 * self.drop, self.training)
        head = F.dropout(F.gelu(self.arc_head(rooted)), 2 * self.drop, self.training)
        mixed = self.arc_mix(head)
        out["arcs"] = dep @ mixed[..., :-1].transpose(1, 2) + mixed[..., -1:].transpose(1, 2)
        out["label_dep"] = self.label_dep(word)
        out["label_head"] = self.label_head(rooted)
        return out

    def label_scores(self, dep, head):
        """Scores of the relations between dependents and their heads' vectors."""
        mixed = torch.cat([torch.relu(dep + head), dep * head], -1)
        return self.label_out(F.dropout(mixed, self.drop, self.training))


def copy_linear(module, weights, name):
    """Copy weight and bias of one module."""
    module.weight.data.copy_(weights[name + ".weight"])
    module.bias.data.copy_(weights[name + ".bias"])


def save(model, labels, layers, path):
    """Write weights with what is needed to build the model again."""
    torch.save({"weights": model.state_dict(), "labels": labels, "layers": layers}, path)


def load(path):
    """The model of a checkpoint, and its labels."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    model = Parser(state["labels"], state["layers"])
    model.load_state_dict(state["weights"])
    return model.eval(), state["labels"]
