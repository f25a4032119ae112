"""The course from a terminal: ``python -m mlp_helpers open``, ``export``, ``import``, ``train``, ``compare`` or ``search``."""

import argparse
import contextlib
import dataclasses
import math
import os
import pathlib
import re
import statistics
import sys

from . import MLP, RECIPES, History, TrainingDiverged, Warp, joined, search, train, train_trial
from .command.ending import Output, Stop
from .command.keeping import BEST, MODEL, Kept, RunFolder
from .command.searching import PICTURE, RESULTS, SPACE, Report, accuracy_of, executor_of, ranked, settings_of, table
from .core.data import LOADERS
from .core.files import replacing
from .core.network import ACTIVATIONS, LOSSES
from .core.optimizers import OPTIMIZERS
from .core.recipes import MEASURED, seeds_of
from .core.schedules import SCHEDULES
from .core.search import results_before

WARPS = {"mnist": Warp(), "fashion-mnist": Warp(rotation=0, scale=0, elastic=0, shift=0.7, flip=True)}
TITLES = {"mnist": "MNIST", "fashion-mnist": "Fashion-MNIST"}
TROUBLES = ArithmeticError, MemoryError, OSError, RecursionError, ValueError  # TrainingDiverged is the first of them
LONGEST = 12  # digits of a number that is asked for
SHARE = 0.99  # of its final accuracy: how soon a training reaches it is compared


@dataclasses.dataclass
class Trained:
    """A network, how its training went, its test accuracy, and what ended the training before its time."""

    model: MLP
    history: History
    tested: float
    trouble: Exception | KeyboardInterrupt | None


class OneLineParser(argparse.ArgumentParser):
    """Says in one line what is wrong with the arguments, and exits with status 2."""

    def error(self, message):
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


class DefaultsFormatter(argparse.ArgumentDefaultsHelpFormatter):
    """Names the default of every option that has one."""

    def _get_help_string(self, action):
        return action.help if action.default is None or action.default is False else super()._get_help_string(action)


def _parser(recipe=None):
    """Return the parser; a recipe takes the place of the usual defaults."""
    parser = OneLineParser(prog="python -m mlp_helpers", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command", parser_class=OneLineParser)
    _add_open(commands)
    _add_carrying(commands)
    command = _add_command(commands, "train", _train, "train a network on all of a data set")
    command.add_argument("--dataset", choices=LOADERS, default="mnist", help="what to read")
    text = "train as one of the course's recipes does, on all training images; whatever else is given takes its place in it"
    command.add_argument("--recipe", choices=RECIPES, help=text)
    if recipe:
        command.set_defaults(**dataclasses.asdict(RECIPES[recipe]), measured=MEASURED, validation=0)
    _add_command(commands, "compare", _compare, "train one network on MNIST, then on Fashion-MNIST")
    _add_search(commands)
    return parser


def _add_open(commands):
    text = "make or update your own copies of the lessons, and open them in JupyterLab"
    more = f"{text}. What you wrote in them stays. Whatever else is added is handed on to JupyterLab."
    command = commands.add_parser("open", help=text, description=more, allow_abbrev=False)
    command.set_defaults(run=_open)
    command.add_argument("--copy-only", action="store_true", help="do not open them")
    text = "where the copies are (default: the folder work, in that of the course)"
    command.add_argument("--folder", type=pathlib.Path, metavar="DIR", help=text)
    text = "make a new copy of this lesson, for example of 04; the old one stays beside it"
    command.add_argument("--fresh", metavar="NUMBER", help=text)


def _add_carrying(commands):
    texts = {
        "export": "put all your work, and what you have solved, into one zip file",
        "import": "take it back from such a file",
    }
    for name, run in (("export", _export), ("import", _import)):
        command = commands.add_parser(name, help=texts[name], description=f"{texts[name]}.".capitalize())
        command.set_defaults(run=run)
        given = {"nargs": "?", "default": pathlib.Path("mlp-work.zip")} if name == "export" else {}
        command.add_argument("file", type=pathlib.Path, metavar="FILE", **given)
        text = "where the copies are (default: the folder work, in that of the course)"
        command.add_argument("--folder", type=pathlib.Path, metavar="DIR", help=text)


def _add_command(commands, name, run, text):
    """Add a command with the options of a network and of its training."""
    command = commands.add_parser(name, help=text, description=text, formatter_class=DefaultsFormatter)
    command.set_defaults(run=run)
    folder = pathlib.Path("runs")
    text = "for the picture and the weights; where it holds some already, those of this run go into a numbered folder in it"
    command.add_argument("--out", type=pathlib.Path, default=folder, metavar="FOLDER", help=text)
    network = command.add_argument_group("network")
    network.add_argument("--hidden", type=_whole, nargs="*", default=[128], metavar="UNITS", help="units of each hidden layer")
    network.add_argument("--activation", choices=ACTIVATIONS, default="relu", help="of the hidden layers")
    network.add_argument("--batch-norm", action="store_true", help="normalise each hidden layer")
    network.add_argument("--dropout", type=_number, default=0.0, metavar="SHARE", help="of the hidden units, while learning")
    network.add_argument("--loss", choices=LOSSES, default="cross_entropy", help="what is made small")
    text = "given to all classes alike"
    network.add_argument("--label-smoothing", type=_number, default=0.0, metavar="SHARE", help=text)
    text = "how far half of the images are moved to where their loss is larger, while learning"
    network.add_argument("--adversarial", type=_number, default=0.0, metavar="DISTANCE", help=text)
    network.add_argument("--init", default="he", help='spread of the first weights: "he", "xavier" or a number')
    training = command.add_argument_group("training")
    training.add_argument("--epochs", type=_whole, default=10, help="passes over the training images")
    training.add_argument("--optimizer", type=_optimizer, default="SGD", metavar="NAME", help=", ".join(OPTIMIZERS))
    own = "; ".join(f"{kind.learning_rate:g} for {name}" for name, kind in OPTIMIZERS.items())
    text = f"size of the steps (default: the optimizer's own, {own})"
    training.add_argument("--learning-rate", type=_number, metavar="RATE", help=text)
    training.add_argument("--schedule", choices=SCHEDULES, default="constant", help="of the learning rate")
    text = "by which the weights shrink at each step, times the learning rate"
    training.add_argument("--weight-decay", type=_number, default=0.0, metavar="SHARE", help=text)
    batch = training.add_mutually_exclusive_group()
    batch.add_argument("--batch-size", type=_whole, default=64, metavar="IMAGES", help="for each step")
    batch.add_argument("--full-batch", action="store_true", help="all images for each step")
    training.add_argument("--augment", action="store_true", help="bend digits, move and mirror clothes, anew in each epoch")
    text = "stop early after so many without a lower validation loss"
    training.add_argument("--patience", type=_whole, metavar="EPOCHS", help=text)
    text = "training images set aside to compare on, or a fraction of them; may be 0"
    training.add_argument("--validation", type=_number, default=10_000, metavar="IMAGES", help=text)
    training.add_argument("--seed", type=_seed, default=0, help="of the first weights and the order of the images")
    training.add_argument("--threads", type=_whole, default=1, help="for the matrix products")
    command.set_defaults(warp=None, models=1, measured=None)  # only a recipe says more of these
    return command


def _add_search(commands):
    text = "train networks with many settings, drawn at random, and say which are best"
    more = f"{text}. Each result is kept at once: the same command, given again, goes on where it stopped."
    command = commands.add_parser("search", help=text, description=more, formatter_class=DefaultsFormatter)
    command.set_defaults(run=_search)
    command.add_argument("--trials", type=_whole, default=50, help="how many settings to try")
    command.add_argument("--dataset", choices=LOADERS, default="mnist", help="what to read")
    text = "training images to learn from, 200 at least (default: all)"
    command.add_argument("--images", type=_whole, metavar="IMAGES", help=text)
    command.add_argument("--epochs", type=_whole, default=5, help="passes over the training images")
    command.add_argument("--seed", type=_seed, default=0, help="of the settings, the first weights and the order of the images")
    command.add_argument("--workers", type=_whole, default=os.cpu_count() or 1, help="processes on this machine")
    text = "of a Dask cluster, such as tcp://192.168.0.7:8786, whose workers take the place of the processes here"
    command.add_argument("--scheduler", metavar="ADDRESS", help=text)
    text = "for the results and the picture; results that are there already are not computed again"
    command.add_argument("--out", type=pathlib.Path, default=pathlib.Path("runs"), metavar="FOLDER", help=text)


def _open(options, stop):
    from .editions.copies import Copies
    from .editions.opening import jupyterlab_at

    copies = Copies(options.folder)
    for sentence in copies.bring_up_to_date(options.fresh):
        print(sentence)
    if options.copy_only:
        return lambda: len(copies.left) > 0
    return jupyterlab_at(copies.path_of(options.fresh), options.others)


def _export(options, stop):
    from .editions.carrying import packed
    from .editions.copies import Copies
    from .editions.folder import write

    folder = Copies(options.folder).folder
    if not folder.is_dir():
        raise ValueError(f"there is no work in {folder}. Begin with: python start.py")
    content, said = packed(folder)
    write(options.file, content)
    for sentence in said:
        print(sentence)
    print(f"Your work is in {options.file}. To take it back, here or elsewhere: python start.py import {options.file}")


def _import(options, stop):
    from .editions.carrying import unpacked
    from .editions.copies import Copies

    for sentence in unpacked(options.file.read_bytes(), Copies(options.folder).folder):
        print(sentence)


def _train(options, stop):
    from . import plots

    with RunFolder(options.out, [*_weights(options.dataset), "curves.png"]) as folder:
        trained = _fit(options.dataset, options, folder, stop)
        drawn = (lambda: plots.learning_curves(trained.history)) if len(trained.history) else None
        return _finish(drawn, "curves.png", folder, trained.trouble)


def _compare(options, stop):
    from . import plots

    runs, trouble = {}, None
    with RunFolder(options.out, [*(name for dataset in LOADERS for name in _weights(dataset)), "comparison.png"]) as folder:
        for dataset in LOADERS:
            try:
                trained = _fit(dataset, options, folder, stop)
            except (KeyboardInterrupt, *TROUBLES) as error:  # before its first epoch had ended
                if not runs:
                    raise
                trouble = error
                break
            print()
            if len(trained.history):
                runs[TITLES[dataset]] = trained
            if trouble := trained.trouble:
                break
        if runs:
            print(_table({name: (trained.history, trained.tested) for name, trained in runs.items()}))
        title = f"The same network, {'-'.join(map(str, trained.model.sizes))}, on {' and '.join(runs)}"
        histories = {name: trained.history for name, trained in runs.items()}
        return _finish((lambda: plots.comparison(histories, title)) if runs else None, "comparison.png", folder, trouble)


def _search(options, stop):
    from . import plots

    fixed = {name: getattr(options, name) for name in ("dataset", "images", "epochs", "seed")}
    settings = settings_of(options.trials, options.seed, fixed)
    results, trouble = [], None
    with RunFolder(options.out, [RESULTS, PICTURE]) as folder:
        file = folder.path / RESULTS
        before = len(results_before(train_trial, settings, file)[0])
        if before:
            print(f"{before} of {len(settings)} results are in {file} already")
        report = Report(len(settings), before)
        try:
            with executor_of(options.workers, options.scheduler) as executor:
                for result in search(train_trial, settings, executor, file, progress=False):
                    results.append(result)
                    report(result)
                chosen = [result["settings"] | {"test": True} for result in ranked(results)[:1]]
                tested = list(search(train_trial, chosen, executor, file, progress=False))
        except (KeyboardInterrupt, *TROUBLES) as error:
            trouble, tested = error, []
        stop.hold()  # what is left is quick
        if not results:
            raise trouble
        folder.files.append(RESULTS)
        print(f"\n{table(results)}")
        for result in tested:
            if result["outcome"] == "done":
                print(f"The best of them reads {result['values']['test_accuracy']:.2%} of the test images.")
        best = ranked(results)
        shown = [{name: result["settings"][name] for name in SPACE} for result in best]
        title = f"{len(best)} trials on {TITLES[options.dataset]}, the best of them thick"
        accuracies = [accuracy_of(result) for result in best]
        _finish((lambda: plots.parallel(shown, accuracies, "accuracy", title)) if best else None, PICTURE, folder, trouble)
    return None if best else lambda: 1


def _fit(dataset, options, folder, stop):
    """Train a network as the options say, and keep its weights after each epoch.

    What stops the training before its first epoch has ended is raised; later it stands in what is returned.
    """
    from tqdm import tqdm

    stop.release()
    rate = () if options.learning_rate is None else (options.learning_rate,)
    data = LOADERS[dataset](validation=options.validation)
    sizes = [data.train.images.shape[1], *options.hidden, len(data.class_names)]
    seeds = seeds_of(options.models, options.seed)
    models = [
        MLP(
            sizes,
            options.activation,
            options.loss,
            _number_or_name(options.init),
            seed,
            dropout=options.dropout,
            batch_norm=options.batch_norm,
            label_smoothing=options.label_smoothing,
            adversarial=options.adversarial,
        )
        for seed in seeds
    ]
    folder.try_out(len(folder.names) * sum(array.nbytes for array in joined(models).state.values()))
    kept, trouble = Kept(folder, dataset, stop), None

    def report(evaluation):
        kept.after_epoch(evaluation)
        tqdm.write(str(evaluation))

    networks = "network" if options.models == 1 else f"{options.models} networks"
    print(f"{dataset}: {len(data.train)} training images, {networks} {'-'.join(map(str, sizes))}")
    try:
        for model, seed in zip(models, seeds, strict=True):
            kept.models.append(model)
            history = train(
                model,
                data,
                epochs=options.epochs,
                batch_size=None if options.full_batch else options.batch_size,
                seed=seed,
                optimizer=OPTIMIZERS[options.optimizer](*rate, weight_decay=options.weight_decay),
                schedule=SCHEDULES[options.schedule],
                augment=Warp(**options.warp) if options.warp is not None else WARPS[dataset] if options.augment else None,
                patience=options.patience,
                measured=options.measured,
                threads=options.threads,
                report=report,
            )
            if history.interrupted or model is models[-1]:
                stop.hold()  # what is left is quick, and then all is kept
            if history.interrupted:
                raise KeyboardInterrupt
    except (KeyboardInterrupt, *TROUBLES) as error:
        if not len(kept.history):
            if not isinstance(error, ValueError):
                print("no epoch had ended, so there is nothing to keep")
            raise
        trouble = error
    model = kept.after_training(not trouble, options.patience)
    if trouble:
        how = "interrupted" if isinstance(trouble, KeyboardInterrupt) else "ended"
        print(f"{how} after {_epochs(len(kept.history))}; the {'best' if options.patience else 'last'} of them is kept")
    elif len(kept.history) < options.models * options.epochs:
        print(f"stopped early after {_epochs(len(kept.history))}; the weights are those with the lowest validation loss")
    tested = model.accuracy(*data.test)
    print(f"test accuracy {tested:.2%}")
    return Trained(model, kept.history, tested, trouble)


def _weights(dataset):
    return MODEL.format(dataset), BEST.format(dataset)


def _epochs(number):
    return f"{number} epoch{'s' if number != 1 else ''}"


def _finish(draw, name, folder, trouble):
    """Save a figure, if there is one, say which files there are now, and raise what ended the training or the search."""
    try:
        if draw:
            with replacing(folder.path / name) as file:
                draw()[0].savefig(file, format="png")
            folder.files.insert(0, name)
    except TROUBLES as error:
        trouble = trouble or error
    print(folder)
    if getattr(sys.stdout, "trouble", None):
        print(f"python -m mlp_helpers: no more could be printed ({sys.stdout.trouble}); {folder}", file=sys.stderr)
    if trouble:
        raise trouble


def _table(runs):
    """Say side by side how the training runs went, from name to (history, test accuracy)."""
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
    if not text.isdecimal() or len(text) > LONGEST:
        raise argparse.ArgumentTypeError(f"seed must be a whole number from 0 to {'9' * LONGEST}, but is {text:.30}")
    return int(text)


def _whole(text):
    if not text.isdecimal() or not text.strip("0"):
        raise argparse.ArgumentTypeError(f"must be a whole number of at least 1, but is {text:.30}")
    if len(text) > LONGEST:
        raise argparse.ArgumentTypeError(f"must be a whole number up to {'9' * LONGEST}, but is {text:.30}")
    return int(text)


def _number(text):
    number = _number_or_name(text)
    if isinstance(number, str):
        raise argparse.ArgumentTypeError(f"must be a number such as 0.1, but is {text:.30}")
    return number


def _number_or_name(text):
    for kind in (int, float):
        with contextlib.suppress(ValueError):
            return kind(text)
    return text


def main(arguments=None):
    out, errors = Output(sys.stdout), Output(sys.stderr)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors), Stop() as stop:
        options = argparse.Namespace()
        try:
            options = _options(arguments)
            afterwards = options.run(options, stop)
            stop.release()
        except KeyboardInterrupt:
            return _say("interrupted", stop.status)
        except TrainingDiverged as error:
            return _say(_with_options(error, options), 1)
        except MemoryError as error:
            return _say(f"this takes more memory than there is ({error}). Try fewer units: --hidden 128.", 2)
        except TROUBLES as error:
            return _say(_with_options(error, options), 2)
    return int(afterwards() or 0) if afterwards else 0


def _options(arguments):
    """Return the options; what ``open`` does not know is for JupyterLab."""
    parser = _parser()
    options, others = parser.parse_known_args(arguments)
    if others and options.run is not _open:
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    if getattr(options, "recipe", None):
        options, _ = _parser(options.recipe).parse_known_args(arguments)
    options.others = others
    return options


def _with_options(error, options):
    """Return what an error says, with the options of the terminal in place of Python's arguments."""
    names = "|".join(vars(options))
    said = re.sub(rf"^(?:\w+: )?({names})(?= (?:must|needs) )", lambda found: _option(found[1]), str(error))
    return re.sub(rf"\b({names})=(['\"]?)([^\s,;'\"]*[^\s,;'\".])\2", lambda found: f"{_option(found[1])} {found[3]}", said)


def _option(name):
    return f"--{name.replace('_', '-')}"


def _say(what, status):
    """Say in one line what went wrong; return the exit status."""
    print("python -m mlp_helpers:", " ".join(str(what).split()), file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
