"""What ablation_solution.md measured: what each of five ingredients is worth, alone and among the others.

``python -m teaching.projects.ablation`` measures it anew in a few minutes, and writes ablation.json and ablation.png.
"""

import numpy as np

from mlp_helpers import MLP, SGD, Dataset, Momentum, Warp, load_fashion_mnist, plots, schedules, train

from .record import Record, mean_and_spread

RECORD = Record("ablation")
RATES = (0.01, 0.03, 0.1, 0.3)
SEEDS, OF_THE_RATES = range(5), 9
INGREDIENTS = {
    "momentum": dict(momentum=True),
    "falling rate": dict(schedule=schedules.linear),
    "dropout": dict(dropout=0.2),
    "warps": dict(augment=Warp(rotation=0, scale=0.08, shift=1, elastic=0, flip=True)),
    "batch normalisation": dict(batch_norm=True),
}


def run(data, seed, rate, momentum=False, schedule=None, augment=None, **network):
    """Train 784-128-10 on this seed's 3 000 images for 20 epochs; return it."""
    model, draw = MLP([784, 128, 10], seed=seed, **network), data.subset(3_000, seed)
    draw = Dataset(draw.train, draw.validation[:0], draw.test[:0], draw.class_names)  # nobody looks on the way
    optimizer = Momentum(rate) if momentum else SGD(rate)
    options = dict(schedule=schedule, augment=augment, measured=1, progress=False)
    train(model, draw, epochs=20, batch_size=50, seed=seed, optimizer=optimizer, **options)
    return model


def mixed(names):
    """Return the settings of several ingredients together."""
    return {key: value for name in names for key, value in INGREDIENTS[name].items()}


def contenders():
    """Return the settings of all that is compared: the baseline, each ingredient alone, all, and all but each."""
    alone = {f"only {name}": mixed([name]) for name in INGREDIENTS}
    without = {f"all but {name}": mixed(other for other in INGREDIENTS if other != name) for name in INGREDIENTS}
    return {"baseline": {}, **alone, "all five": mixed(INGREDIENTS), **without}


def measure():
    """Return all that the report says, as a dict of numbers."""
    data = load_fashion_mnist()
    found = {"rates": {}, "validation": {}, "test": {}}
    for name, settings in contenders().items():
        tried = [run(data, OF_THE_RATES, rate, **settings).accuracy(*data.validation) for rate in RATES]
        rate = RATES[int(np.argmax(tried))]
        models = [run(data, seed, rate, **settings) for seed in SEEDS]
        found["rates"][name] = rate
        results = [model.evaluate(*data.validation) for model in models]
        found["validation"][name] = [(loss, 100 * share) for loss, share in results]
        found["test"][name] = [100 * model.accuracy(*data.test) for model in models]
    best = max(found["validation"], key=lambda name: np.mean(found["validation"][name], axis=0)[1])
    found["chosen"], found["test"] = best, {name: found["test"][name] for name in ("baseline", best)}
    return found


def changes(found):
    """Return what each ingredient changes, alone and among the others: (5, 2), loss and accuracy, a row for each seed."""
    results = {name: np.array(values) for name, values in found["validation"].items()}
    alone = {name: results[f"only {name}"] - results["baseline"] for name in INGREDIENTS}
    among = {name: results["all five"] - results[f"all but {name}"] for name in INGREDIENTS}
    return alone, among


def words(found):
    """Return the words of the report that quote the record."""
    results = {name: np.array(values) for name, values in found["validation"].items()}
    means = {name: values.mean(axis=0) for name, values in results.items()}
    alone, among = changes(found)
    gain = {name: (alone[name].mean(axis=0), among[name].mean(axis=0)) for name in INGREDIENTS}
    points = [[mean_and_spread(each[name][:, 1], signed=True) for each in (alone, among)] for name in INGREDIENTS]
    losses = [[mean_and_spread(each[name][:, 0], 3, signed=True) for each in (alone, among)] for name in INGREDIENTS]
    rows = [
        f"| {name} | {one} | {last} | {loss} | {last_loss} |"
        for name, (one, last), (loss, last_loss) in zip(INGREDIENTS, points, losses, strict=True)
    ]
    all_five, base = means["all five"], means["baseline"]
    best, largest = found["chosen"], sum(rate == max(RATES) for rate in found["rates"].values())
    assert best == "all but warps" and sum(means[name][1] > all_five[1] for name in means) == 3
    assert gain["warps"][1][1] < 0 and gain["dropout"][1][1] < 0 and abs(gain["warps"][0][1]) < 0.05
    assert results["baseline"][:, 1].std(ddof=1) > 4 * results["only falling rate"][:, 1].std(ddof=1)
    return [
        *rows,
        f"{mean_and_spread(results['baseline'][:, 1])} % of the validation images, with a loss of {base[0]:.2f}",
        f"{mean_and_spread(results['all five'][:, 1])} %, with a loss of {all_five[0]:.2f}",
        f"{sum(gain[name][0][1] for name in INGREDIENTS):.1f} points",
        f"{all_five[1] - base[1]:.1f} points",
        f"a falling rate by itself reads {mean_and_spread(results['only falling rate'][:, 1])} %",
        f"from {results['baseline'][:, 1].min():.1f} to {results['baseline'][:, 1].max():.1f} %",
        f"the loss from {means['all but warps'][0]:.2f} to {all_five[0]:.2f}",
        f"all but the warps, with {mean_and_spread(results[best][:, 1])} %",
        f"For {largest} of the {len(found['rates'])} contenders the best rate was {max(RATES)}",
        f"{mean_and_spread(found['test'][best])} % of the test images, and the baseline "
        f"{mean_and_spread(found['test']['baseline'])} %",
    ]


def draw(found):
    """Return the figure of the report."""
    alone, among = changes(found)
    named = {f"{name}, {how}": each[name] for name in INGREDIENTS for how, each in (("alone", alone), ("added last", among))}
    return plots.effects(named, "What each ingredient changes, alone and added last")


if __name__ == "__main__":
    RECORD.write(measure, draw)
