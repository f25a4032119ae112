"""What own_data_solution.md measured: small digits, by people whose handwriting the network has not seen.

``python -m teaching.projects.own_data`` measures it anew in a few minutes, and writes own_data.json and own_data.png.
The digits are those that come with scikit-learn, so it must be installed.
"""

import numpy as np

from mlp_helpers import MLP, Adam, Dataset, Split, Warp, confusion_matrix, plots, train

from .record import Record, mean_and_spread, standard_error

RECORD = Record("own_data")
NAMES = [str(digit) for digit in range(10)]
FOLDS, SEEDS = 4, 3
WARP = Warp(rotation=10, scale=0.1, shift=0.3, elastic=0)  # the images have 8 × 8 pixels
CONTENDERS = {
    "ten neurons, no hidden layer": dict(sizes=[64, 10]),
    "16 hidden units": dict(sizes=[64, 16, 10]),
    "64 hidden units": dict(sizes=[64, 64, 10]),
    "256 hidden units": dict(sizes=[64, 256, 10]),
    "64 hidden units, warped images": dict(sizes=[64, 64, 10], augment=WARP),
}


def load():
    """Return images (1797, 64) from 0 to 1 and their labels, in the order of the file."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    return (digits.images.reshape(-1, 64) / 16).astype(np.float32), digits.target


def learned(X, y, rows, others, seed, sizes, augment=None):
    """Train on some rows, and return the answers for the others."""
    model = MLP(sizes, seed=seed)
    data = Dataset(Split(X[rows], y[rows]), Split(X[others], y[others]), Split(X[:0], y[:0]), NAMES)
    train(model, data, 40, batch_size=32, seed=seed, optimizer=Adam(0.003), augment=augment, measured=1, progress=False)
    return model.predict(X[others])


def nearest_mean(X, y, rows, others):
    """Answer with the class whose mean image is nearest: a baseline."""
    means = np.array([X[rows][y[rows] == digit].mean(axis=0) for digit in range(10)])  # (10, 64)
    return ((X[others][:, None] - means) ** 2).sum(axis=2).argmin(axis=1)


def majority(y, rows, others):
    """Answer with the most frequent class: another baseline."""
    return np.full(len(others), np.bincount(y[rows]).argmax())


def measure():
    """Return all that the report says, as a dict of numbers."""
    X, y = load()
    *blocks, test = np.array_split(np.arange(len(X)), FOLDS + 1)  # in the order of the file; the last fifth waits
    known = np.concatenate(blocks)
    shuffled = np.array_split(np.random.default_rng(0).permutation(known), FOLDS)
    found = {"images": len(X), "known": len(known), "test": len(test), "blocks": {}, "random": {}}
    for split, folds in (("blocks", blocks), ("random", shuffled)):
        for name in ("the most frequent digit", "the nearest class mean", *CONTENDERS):
            found[split][name] = []  # of each fold, the mean over the seeds
            for fold in folds:
                rows = np.setdiff1d(known, fold)
                if name == "the most frequent digit":
                    answers = [majority(y, rows, fold)]
                elif name == "the nearest class mean":
                    answers = [nearest_mean(X, y, rows, fold)]
                else:
                    answers = [learned(X, y, rows, fold, seed, **CONTENDERS[name]) for seed in range(SEEDS)]
                found[split][name].append(100 * float(np.mean(answers == y[fold])))

    chosen = max(CONTENDERS, key=lambda name: np.mean(found["blocks"][name]))
    found["chosen"] = chosen
    answers = [learned(X, y, np.setdiff1d(known, fold), fold, 0, **CONTENDERS[chosen]) for fold in blocks]
    counts = confusion_matrix(y[known], np.concatenate(answers))
    found["counts"] = counts.tolist()
    wrong = np.flatnonzero(np.concatenate(answers) != y[known])
    found["wrong"], found["answers"] = wrong.tolist(), np.concatenate(answers)[wrong].tolist()
    sevens = [row for row, answer in zip(found["wrong"], found["answers"], strict=True) if y[row] == 7 and answer == 9]
    found["sevens as nines"], found["sevens there"] = sevens, int(np.sum(y[min(sevens) : max(sevens) + 1] == 7))
    found["of the test"] = [
        100 * float(np.mean(learned(X, y, known, test, seed, **CONTENDERS[chosen]) == y[test])) for seed in range(5)
    ]
    return found


def words(found):
    """Return the words of the report that quote the record."""
    means = {split: {name: np.mean(values) for name, values in found[split].items()} for split in ("random", "blocks")}
    chosen, counts = found["chosen"], np.array(found["counts"])
    rows = [
        f"| {name} | {mean_and_spread(found['random'][name])} | {mean_and_spread(found['blocks'][name])} |"
        for name in found["blocks"]
    ]
    blocks, tested, sevens = found["blocks"][chosen], found["of the test"], found["sevens as nines"]
    lost = means["random"][chosen] - means["blocks"][chosen]
    gained = np.subtract(found["blocks"]["64 hidden units, warped images"], blocks)
    assert chosen == "64 hidden units" and (gained[:2] > 0).all() and (gained[2:] < 0).all()
    assert 0.22 < (100 - means["random"][chosen]) / (100 - np.mean(tested)) < 0.28  # a quarter of the mistakes
    assert 0.89 < np.mean(tested) / 100 < 0.92 and means["random"]["the nearest class mean"] > 88  # nine of ten
    confusions = np.sort((counts - np.diag(np.diag(counts))).ravel())[::-1]
    assert confusions[:3].tolist() == [counts[8, 1], counts[7, 9], counts[5, 9]] and confusions[3] < confusions[2]
    return [
        *rows,
        f"{found['images']:,} images".replace(",", " "),
        f"The last {found['test']} are the test set",
        f"{lost:.1f} points",
        f"from {min(blocks):.1f} % on one block to {max(blocks):.1f} % on another",
        f"{len(found['wrong'])} of {found['known']:,} images".replace(",", " "),
        f"taken for a 1 ({counts[8, 1]} times), 7 for a 9 ({counts[7, 9]} times) and 5 for a 9 ({counts[5, 9]} times)",
        f"All {len(sevens)} sevens that were read as 9 lie between rows {min(sevens)} and {max(sevens)} of the file, "
        f"where {found['sevens there']} sevens stand",
        f"by {gained[0]:.1f} and {gained[1]:.1f} points on the first two blocks, "
        f"and lost {-gained[2]:.1f} and {-gained[3]:.1f} on the others",
        f"{mean_and_spread(tested)} % over five seeds",
        f"± {standard_error(np.mean(tested), found['test']):.1f} points",
        f"{means['random'][chosen]:.1f} % with the random split",
    ]


def draw(found):
    """Return the figure of the report: mistakes on validation, in the order of the file."""
    X, y = load()
    rows = np.array(found["wrong"])
    shown = rows[np.linspace(0, len(rows) - 1, 20).astype(int)]
    answers = dict(zip(found["wrong"], found["answers"], strict=True))
    names = [f"{y[row]}\nread as {answers[row]}" for row in shown]
    large = np.pad(np.kron(X[shown].reshape(-1, 8, 8), np.ones((3, 3))), ((0, 0), (2, 2), (2, 2)))  # (20, 28, 28)
    return plots.image_table(255 * large.reshape(-1, 784), "Twenty of the mistakes, spread evenly over the file", names)


if __name__ == "__main__":
    RECORD.write(measure, draw)
