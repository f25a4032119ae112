"""The course's networks from a terminal: ``python -m mlp_helpers train`` or ``compare``."""

import argparse
import math
import pathlib
import statistics
import sys

from . import MLP, TrainingDiverged, Warp, load_fashion_mnist, load_mnist, train
from .core.files import replacing
from .core.network import ACTIVATIONS, LOSSES
from .core.optimizers import OPTIMIZERS
from .core.schedules import SCHEDULES

DATASETS = {"mnist": load_mnist, "fashion-mnist": load_fashion_mnist}
WARPS = {"mnist": Warp(), "fashion-mnist": Warp(rotation=0, scale=0, elastic=0, shift=0.7, flip=True)}
TITLES = {"mnist": "MNIST", "fashion-mnist": "Fashion-MNIST"}
SHARE = 0.99  # of its final accuracy: how soon a training reaches it is compared


class OneLineParser(argparse.ArgumentParser):
    """Says in one line what is wrong with the arguments, and exits with status 2."""

    def error(self, message):
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


class DefaultsFormatter(argparse.ArgumentDefaultsHelpFormatter):
    """Names the default of every option that has one."""

    def _get_help_string(self, action):
        return action.help if action.default is None or action.default is False else super()._get_help_string(action)


def _parser():
    parser = OneLineParser(prog="python -m mlp_helpers", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command", parser_class=OneLineParser)
    command = _add_command(commands, "train", _train, "train a network on all of a data set")
    command.add_argument("--dataset", choices=DATASETS, default="mnist", help="what to read")
    _add_command(commands, "compare", _compare, "train one network on MNIST, then on Fashion-MNIST")
    return parser


def _add_command(commands, name, run, text):
    """Add a command with the options of a network and of its training."""
    command = commands.add_parser(name, help=text, description=text, formatter_class=DefaultsFormatter)
    command.set_defaults(run=run)
    folder = pathlib.Path("runs")
    command.add_argument("--out", type=pathlib.Path, default=folder, metavar="FOLDER", help="for the picture and the weights")
    network = command.add_argument_group("network")
    network.add_argument("--hidden", type=int, nargs="*", default=[128], metavar="UNITS", help="units of each hidden layer")
    network.add_argument("--activation", choices=ACTIVATIONS, default="relu", help="of the hidden layers")
    network.add_argument("--batch-norm", action="store_true", help="normalise each hidden layer")
    network.add_argument("--dropout", type=float, default=0.0, metavar="SHARE", help="of the hidden units, while learning")
    network.add_argument("--loss", choices=LOSSES, default="cross_entropy", help="what is made small")
    network.add_argument("--label-smoothing", type=float, default=0.0, metavar="SHARE", help="given to all classes alike")
    network.add_argument("--init", default="he", help='spread of the first weights: "he", "xavier" or a number')
    training = command.add_argument_group("training")
    training.add_argument("--epochs", type=int, default=10, help="passes over the training images")
    training.add_argument("--optimizer", type=_optimizer, default="SGD", metavar="NAME", help=", ".join(OPTIMIZERS))
    own = "; ".join(f"{kind.learning_rate:g} for {name}" for name, kind in OPTIMIZERS.items())
    text = f"size of the steps (default: the optimizer's own, {own})"
    training.add_argument("--learning-rate", type=float, metavar="RATE", help=text)
    training.add_argument("--schedule", choices=SCHEDULES, default="constant", help="of the learning rate")
    batch = training.add_mutually_exclusive_group()
    batch.add_argument("--batch-size", type=int, default=64, metavar="IMAGES", help="for each step")
    batch.add_argument("--full-batch", action="store_true", help="all images for each step")
    training.add_argument("--augment", action="store_true", help="bend digits, move and mirror clothes, anew in each epoch")
    text = "stop early after so many without a lower validation loss"
    training.add_argument("--patience", type=int, metavar="EPOCHS", help=text)
    text = "training images set aside to compare on; may be 0"
    training.add_argument("--validation", type=int, default=10_000, metavar="IMAGES", help=text)
    training.add_argument("--seed", type=_seed, default=0, help="of the first weights and the order of the images")
    training.add_argument("--threads", type=int, default=1, help="for the matrix products")
    return command


def _train(options):
    from . import plots

    _, history, _ = _fit(options.dataset, options)
    _finish(plots.learning_curves(history) if len(history) else None, "curves.png", [options.dataset], options.out)


def _compare(options):
    from . import plots

    trained, runs = [], {}
    for dataset in DATASETS:
        model, history, tested = _fit(dataset, options)
        print()
        trained.append(dataset)
        if len(history):
            runs[TITLES[dataset]] = history, tested
        if history.interrupted:
            break
    if runs:
        print(_table(runs))
    title = f"The same network, {'-'.join(map(str, model.sizes))}, on {' and '.join(runs)}"
    drawn = plots.comparison({name: history for name, (history, _) in runs.items()}, title) if runs else None
    _finish(drawn, "comparison.png", trained, options.out)


def _fit(dataset, options):
    """Train a network as the options say, and save its weights; return it, its history and its test accuracy."""
    from tqdm import tqdm

    options.out.mkdir(parents=True, exist_ok=True)
    rate = () if options.learning_rate is None else (options.learning_rate,)
    optimizer = OPTIMIZERS[options.optimizer](*rate)
    data = DATASETS[dataset](validation=options.validation)
    sizes = [data.train.images.shape[1], *options.hidden, len(data.class_names)]
    model = MLP(
        sizes,
        options.activation,
        options.loss,
        _number_or_name(options.init),
        options.seed,
        dropout=options.dropout,
        batch_norm=options.batch_norm,
        label_smoothing=options.label_smoothing,
    )
    print(f"{dataset}: {len(data.train)} training images, network {'-'.join(map(str, sizes))}")
    history = train(
        model,
        data,
        epochs=options.epochs,
        batch_size=None if options.full_batch else options.batch_size,
        seed=options.seed,
        optimizer=optimizer,
        schedule=SCHEDULES[options.schedule],
        augment=WARPS[dataset] if options.augment else None,
        patience=options.patience,
        threads=options.threads,
        report=lambda evaluation: tqdm.write(str(evaluation)),
    )
    if history.interrupted:
        print(f"interrupted after {len(history)} epochs; the weights so far are kept")
    elif len(history) < options.epochs:
        print(f"stopped early after {len(history)} epochs; the weights are those with the lowest validation loss")
    tested = model.accuracy(*data.test)
    print(f"test accuracy {tested:.2%}")
    model.save(options.out / _weights(dataset))
    return model, history, tested


def _weights(dataset):
    return f"{dataset}_model.npz"


def _finish(drawn, name, trained, folder):
    """Save a figure, if there is one, and say which files there are now."""
    files = [_weights(dataset) for dataset in trained]
    if drawn:
        with replacing(folder / name) as file:
            drawn[0].savefig(file, format="png")
        files.insert(0, name)
    print(f"in the folder {folder}: {', '.join(files)}")


def _table(runs):
    """Say side by side how the trainings went, from name to (history, test accuracy)."""
    columns = []
    for name, (history, tested) in runs.items():
        kind = "train" if math.isnan(history.validation_accuracy[-1]) else "validation"
        accuracies = getattr(history, f"{kind}_accuracy")
        columns.append(
            {
                "": name,
                "epochs": len(history),
                f"final {kind} accuracy": f"{accuracies[-1]:.2%}",
                f"best {kind} accuracy": f"{max(accuracies):.2%}",
                "  reached after epoch": accuracies.index(max(accuracies)) + 1,
                f"epochs to {SHARE:.0%} of the final": _epochs_to(SHARE * accuracies[-1], accuracies),
                "seconds per epoch": f"{statistics.mean(history.seconds):.2f}",
                "test accuracy": f"{tested:.2%}",
            }
        )
    return "\n".join(f"{row:26}" + "".join(f"{column[row]:>15}" for column in columns) for row in columns[0])


def _epochs_to(wanted, accuracies):
    """Return the first epoch after which the accuracy is at least ``wanted``."""
    return next(epoch for epoch, accuracy in enumerate(accuracies, 1) if accuracy >= wanted)


def _optimizer(text):
    names = {name.lower(): name for name in OPTIMIZERS}
    if text.lower() not in names:
        raise argparse.ArgumentTypeError(f"optimizer must be one of {', '.join(OPTIMIZERS)}, but is {text}")
    return names[text.lower()]


def _seed(text):
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"seed must be a whole number of at least 0, but is {text}")
    return int(text)


def _number_or_name(text):
    try:
        return float(text)
    except ValueError:
        return text


def main(arguments=None):
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except (ValueError, OSError) as error:
        print(f"python -m mlp_helpers: {error}", file=sys.stderr)
        return 2
    except TrainingDiverged as error:
        print(f"python -m mlp_helpers: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # outside of the training itself, which keeps what it has
        print("python -m mlp_helpers: interrupted", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
