"""Choose the few numbers that follow training, on documents that were not trained on: temperatures, and the least share of each role."""
import argparse

import numpy
import torch

import documents as data
import learn
from tower import Graph

from data import WordPiece  # noqa: E402  (of the parser)


@torch.no_grad()
def collect(model, labels, pieces, documents, none):
    """Scores and gold at the words that the model takes for triggers, and of the roles at gold triggers."""
    index = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels.items()}
    kinds, roles, statuses = [], [], []
    for window in learn.windows_of(documents, labels, pieces):
        states, features, mask = learn.inputs([window])
        x = model.encode(learn.piece_inputs([window], mask.shape[1]), states, features, mask)
        scores = model.kinds(x)[0]
        scores[:, 0] += none
        gold = {e["trigger"] - window.first: e for e in window.events}
        near = {}
        for place, event in gold.items():
            span = event["gold"]["trigger"]
            for word in range(window.first, window.end):
                if window.document.words[word][0] < span[1] and window.document.words[word][1] > span[0]:
                    near.setdefault(word - window.first, set()).add(event["kind"])
        for place in range(window.new - window.first, len(window)):
            best = scores[place].argmax().item()
            if best:
                kinds.append((scores[place].numpy().copy(), labels["kinds"][best] in near.get(place, ())))
        for event, path in zip(window.events, window.paths):
            place, kind = event["trigger"] - window.first, torch.tensor([index["kinds"][event["kind"]]])
            status = model.facts(x[0, place][None], kind)[0][0]
            statuses.append((status.numpy(), index["statuses"][event["status"]]))
            distances = torch.tensor([[data.distance(place, w) for w in range(len(window))]])
            found = model.roles(x, x[0, place][None], kind, torch.from_numpy(path).long()[None], distances)[0].numpy()
            wanted = numpy.zeros(found.shape, dtype=bool)
            for number, name in enumerate(data.ROLES):
                for word in event["roles"][name]:
                    if window.first <= word < window.end:
                        wanted[word - window.first, number] = True
            roles.append((found, wanted))
    return kinds, statuses, roles


def softmax(scores):
    """Shares that sum to one."""
    powers = numpy.exp(scores - scores.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def expected_error(shares, right, bands=10):
    """The mean distance of stated share and share right, over bands of stated share."""
    band = numpy.minimum((shares * bands).astype(int), bands - 1)
    return sum(abs(shares[band == b].mean() - right[band == b].mean()) * (band == b).mean() for b in range(bands) if (band == b).any())


def temperature(scores, judged):
    """The divisor of scores that makes the share of the best nearest to how often it is right."""
    grid = numpy.arange(0.6, 4.05, 0.1)
    errors = [expected_error(softmax(scores / t).max(-1), judged) for t in grid]
    return float(grid[int(numpy.argmin(errors))]), float(min(errors))


def least(roles, number):
    """The share above which a role's words are found with the best F1, and that F1."""
    scores = numpy.concatenate([found[:, number] for found, _ in roles])
    wanted = numpy.concatenate([gold[:, number] for _, gold in roles])
    best = (0.0, 0.5)
    for share in numpy.arange(0.2, 0.71, 0.05):
        taken = 1 / (1 + numpy.exp(-scores)) >= share
        f1 = 2 * (taken & wanted).sum() / max(1, taken.sum() + wanted.sum())
        best = max(best, (float(f1), float(share)))
    return best


def main():
    """Print what `export.py` is to be given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--parser", required=True)
    parser.add_argument("--features", required=True)
    parser.add_argument("--gold", required=True)
    parser.add_argument("--none", type=float, default=0.0)
    options = parser.parse_args()
    state = torch.load(options.checkpoint, weights_only=True)
    model = Graph(state["labels"], state["layers"], state["under"])
    model.load_state_dict(state["weights"])
    model.eval()
    kinds, statuses, roles = collect(model, state["labels"], WordPiece(options.parser + "/vocab.txt"),
                                     data.load(options.features, options.gold), options.none)
    scores, right = numpy.stack([s for s, _ in kinds]), numpy.array([r for _, r in kinds], dtype=float)
    print("kind temperature %.1f, expected error %.3f" % temperature(scores, right))
    scores = numpy.stack([s for s, _ in statuses])
    right = numpy.array([s.argmax() == g for s, g in statuses], dtype=float)
    print("status temperature %.1f, expected error %.3f" % temperature(scores, right))
    for number, name in enumerate(data.ROLES):
        print("%s: F1 %.3f at %.2f" % (name, *least(roles, number)))


if __name__ == "__main__":
    main()
