"""The course's network from a terminal: ``python -m mlp_helpers train``."""

import argparse
import pathlib
import sys

from . import MLP, TrainingDiverged, load_fashion_mnist, load_mnist, train
from .files import replacing
from .network import ACTIVATIONS, LOSSES

DATASETS = {"mnist": load_mnist, "fashion-mnist": load_fashion_mnist}


class OneLineParser(argparse.ArgumentParser):
    """Says in one line what is wrong with the arguments, and exits with status 2."""

    def error(self, message):
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def _parser():
    parser = OneLineParser(prog="python -m mlp_helpers", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command", parser_class=OneLineParser)
    command = commands.add_parser(
        "train", help="train a network on all of a data set", formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    command.set_defaults(run=_train)
    command.add_argument("--dataset", choices=DATASETS, default="mnist", help="what to read")
    command.add_argument("--hidden", type=int, nargs="*", default=[128], metavar="UNITS", help="units of each hidden layer")
    command.add_argument("--activation", choices=ACTIVATIONS, default="relu", help="of the hidden layers")
    command.add_argument("--loss", choices=LOSSES, default="cross_entropy", help="what is made small")
    command.add_argument("--init", default="he", help='spread of the first weights: "he", "xavier" or a number')
    command.add_argument("--epochs", type=int, default=10, help="passes over the training images")
    command.add_argument("--learning-rate", type=float, default=0.1, help="size of the steps")
    batch = command.add_mutually_exclusive_group()
    batch.add_argument("--batch-size", type=int, default=64, help="images for each step")
    batch.add_argument("--full-batch", action="store_true", help="all images for each step")
    command.add_argument("--validation", type=int, default=10_000, help="training images set aside to compare on; may be 0")
    command.add_argument("--seed", type=_seed, default=0, help="of the first weights and the order of the images")
    command.add_argument("--threads", type=int, default=1, help="for the matrix products")
    command.add_argument("--out", type=pathlib.Path, default=pathlib.Path("runs"), help="folder for curves and weights")
    return parser


def _train(options):
    from tqdm import tqdm

    from . import plots

    options.out.mkdir(parents=True, exist_ok=True)
    data = DATASETS[options.dataset](validation=options.validation)
    sizes = [data.train.images.shape[1], *options.hidden, len(data.class_names)]
    model = MLP(sizes, options.activation, options.loss, _number_or_name(options.init), options.seed)
    print(f"{options.dataset}: {len(data.train)} training images, network {'-'.join(map(str, sizes))}")
    history = train(
        model,
        data,
        epochs=options.epochs,
        learning_rate=options.learning_rate,
        batch_size=None if options.full_batch else options.batch_size,
        seed=options.seed,
        threads=options.threads,
        report=lambda evaluation: tqdm.write(str(evaluation)),
    )
    if history.interrupted:
        print(f"interrupted after {len(history)} epochs; the weights so far are kept")
    print(f"test accuracy {model.accuracy(*data.test):.2%}")
    weights = options.out / f"{options.dataset}_model.npz"
    model.save(weights)
    if len(history):
        figure, _ = plots.learning_curves(history)
        with replacing(options.out / "curves.png") as file:
            figure.savefig(file, format="png")
    print(f"curves.png and {weights.name} are in {options.out}")


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
    return 0


if __name__ == "__main__":
    sys.exit(main())
