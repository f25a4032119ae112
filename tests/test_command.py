"""The network from a terminal."""

import contextlib
import errno
import io
import json
import math
import os
import re
import subprocess
import sys
import time
import types
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from mlp_helpers import MLP, RECIPES, History, Recipe, follow, load_fashion_mnist, read_results, train
from mlp_helpers import __main__ as command
from mlp_helpers.command import searching
from mlp_helpers.core import optimizers

STARTED = 120  # seconds within which Dask's processes are there, on a machine with much else to do


@pytest.fixture
def small(monkeypatch, mnist):
    """A data set that is trained in a moment; the command reads it in place of all of MNIST."""
    monkeypatch.setitem(command.LOADERS, "mnist", lambda validation: mnist.subset(1_000))


@pytest.fixture
def small_clothes(monkeypatch, small):
    monkeypatch.setitem(command.LOADERS, "fashion-mnist", lambda validation: load_fashion_mnist().subset(500))


def interrupt_after(epochs, monkeypatch):
    """Simulate Ctrl-C after this many epochs, counted over all trainings."""
    usual, done = command.train, []

    def interrupted(*arguments, report, **named):
        def stop(evaluation):
            report(evaluation)
            done.append(evaluation)
            if len(done) == epochs:
                raise KeyboardInterrupt

        return usual(*arguments, report=stop, **named)

    monkeypatch.setattr(command, "train", interrupted)


def test_training_reports_and_leaves_curves_and_weights(small, tmp_path, capsys):
    assert command.main(["train", "--hidden", "16", "8", "--epochs", "2", "--out", str(tmp_path / "run")]) == 0
    out = capsys.readouterr().out
    assert "784-16-8-10" in out and "epoch   2" in out and "test accuracy" in out
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == ["curves.png", "mnist_best.npz", "mnist_model.npz"]
    assert (tmp_path / "run/curves.png").read_bytes().startswith(b"\x89PNG")
    assert MLP.load(tmp_path / "run/mnist_model.npz").sizes == [784, 16, 8, 10]


def test_the_classic_network_and_full_batches_can_be_asked_for(small, tmp_path):
    asked = "train --hidden 5 --activation sigmoid --loss mse --init xavier --full-batch --epochs 1 --learning-rate 1"
    assert command.main([*asked.split(), "--out", str(tmp_path)]) == 0
    model = MLP.load(tmp_path / "mnist_model.npz")
    assert (model.activation, model.loss) == ("sigmoid", "mse")


def test_no_hidden_layer_is_softmax_regression(small, tmp_path):
    assert command.main(["train", "--hidden", "--epochs", "1", "--out", str(tmp_path)]) == 0
    assert MLP.load(tmp_path / "mnist_model.npz").sizes == [784, 10]


def test_fashion_mnist_is_read_too():
    data = command.LOADERS["fashion-mnist"](validation=0)
    assert data.class_names[0] == "T-shirt/top" and len(data.train) == 60_000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "required"),
        (["train", "--dataset", "cifar"], "invalid choice"),
        (["train", "--hidden", "many"], "--hidden: must be a whole number of at least 1, but is many"),
        (["train", "--hidden", "0"], "--hidden: must be a whole number of at least 1, but is 0"),
        (["train", "--epochs", "0"], "at least 1"),
        (["train", "--batch-size", "0"], "at least 1"),
        (["train", "--batch-size", "5", "--full-batch"], "not allowed with"),
        (["train", "--learning-rate", "nan"], "positive finite"),
        (["train", "--init", "large"], "init must be"),
        (["train", "--optimizer", "newton"], "one of SGD, Momentum"),
        (
            ["train", "--optimizer", "adam", "--learning-rate", "-1"],
            ": --learning-rate must be a positive finite number, but is -1. Try --learning-rate 0.001.",
        ),
        (["train", "--schedule", "zigzag"], "invalid choice"),
        (["train", "--dropout", "1"], "dropout must be"),
        (["train", "--label-smoothing", "0.1", "--loss", "mse"], "--label-smoothing needs --loss cross_entropy"),
        (["train", "--patience", "0"], "at least 1"),
        (["compare", "--dataset", "mnist"], "unrecognized"),
        (["compare", "--hidden", "0"], "at least 1"),
        (["search", "--trials", "0"], "--trials: must be a whole number of at least 1"),
        (["search", "--workers", "0"], "at least 1"),
        (["search", "--hidden", "8"], "unrecognized"),
        (["compare", "--batch-size", "5", "--full-batch"], "not allowed with"),
        (["train", "--seed", "-1"], "seed must be"),
        (["train", "--threads", "0"], "at least 1"),
        (["train", "--colour", "red"], "unrecognized"),
    ],
)
def test_bad_arguments_get_one_line_and_status_2(small, tmp_path, monkeypatch, capsys, arguments, message):
    monkeypatch.chdir(tmp_path)
    try:
        status = command.main(arguments)
    except SystemExit as stop:  # argparse's way out
        status = stop.code
    error = capsys.readouterr().err
    assert status == 2 and message in error and error.count("\n") == 1


def test_too_much_validation_gets_one_line_and_status_2(tmp_path, capsys):
    assert command.main(["train", "--validation", "60001", "--out", str(tmp_path)]) == 2
    assert "from 0 to 60000" in capsys.readouterr().err


def test_patience_without_validation_gets_one_line_and_status_2(tmp_path, capsys):
    assert command.main(["train", "--patience", "2", "--validation", "0", "--out", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert "needs a validation split" in error and error.count("\n") == 1


def test_a_training_that_diverges_says_what_to_try(small, tmp_path, capsys):
    assert command.main(["train", "--learning-rate", "1e6", "--out", str(tmp_path)]) == 1
    error = capsys.readouterr().err
    assert "smaller learning rate" in error and error.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_an_interrupted_training_keeps_what_it_has(small, tmp_path, monkeypatch, capsys):
    interrupt_after(1, monkeypatch)
    assert command.main(["train", "--epochs", "5", "--out", str(tmp_path)]) == 130
    assert "interrupted after 1 epoch;" in capsys.readouterr().out
    assert (tmp_path / "mnist_model.npz").exists() and (tmp_path / "curves.png").exists()


def test_the_default_settings_are_those_of_the_course():
    for name in ("train", "compare"):
        options = command._parser().parse_args([name])
        assert (options.hidden, options.epochs, options.optimizer, options.batch_size) == ([128], 10, "SGD", 64)
        assert options.learning_rate is None  # the optimizer's own


@pytest.fixture
def asked(monkeypatch, small_clothes, tmp_path):
    """Run the command with a training that does nothing; return what each training was asked for, and its network."""

    def run(arguments):
        trainings = []
        monkeypatch.setattr(command, "train", lambda model, data, **named: trainings.append((model, named)) or History())
        assert command.main([*arguments.split(), "--out", str(tmp_path)]) == 0
        return trainings

    return run


@pytest.mark.parametrize(("name", "rate"), [("adam", 0.001), ("NESTEROV", 0.1), ("AdamW", 0.001), ("sgd", 0.1)])
def test_an_optimizer_has_any_case_and_its_own_learning_rate(asked, name, rate):
    ((_, named),) = asked(f"train --optimizer {name}")
    assert type(named["optimizer"]).__name__.lower() == name.lower() and named["optimizer"].learning_rate == rate
    ((_, named),) = asked(f"train --optimizer {name} --learning-rate 0.25")
    assert named["optimizer"].learning_rate == 0.25


def test_the_remedies_reach_the_network_and_its_training(asked):
    settings = "--dropout 0.2 --batch-norm --label-smoothing 0.1 --adversarial 1.5 --schedule cosine --augment --patience 3"
    settings += " --weight-decay 0.25"
    for arguments in (f"train {settings}", f"compare {settings}"):
        for model, named in asked(arguments):
            assert (model.dropout, model.batch_norm, model.label_smoothing) == (0.2, True, 0.1)
            assert (named["schedule"].__name__, named["patience"], model.adversarial) == ("cosine", 3, 1.5)
            assert callable(named["augment"]) and named["optimizer"].weight_decay == 0.25
    ((model, named),) = asked("train")
    assert (model.dropout, model.batch_norm, model.label_smoothing) == (0, False, 0)
    assert (named["schedule"].__name__, named["patience"], named["augment"]) == ("constant", None, None)


def test_clothes_are_mirrored_and_digits_are_not(asked):
    (_, digits), (_, clothes) = asked("compare --augment")
    assert clothes["augment"].flip and not digits["augment"].flip


def test_each_comparison_starts_with_a_fresh_optimizer_and_equal_weights(asked):
    (first, one), (second, other) = asked("compare --optimizer adam --seed 5")
    assert one.pop("optimizer") is not other.pop("optimizer") and first is not second
    for model in (first, second):
        assert np.array_equal(model.parameters["W1"], MLP([784, 128, 10], seed=5).parameters["W1"])
    assert one["seed"] == 5
    del one["report"], other["report"]
    assert one == other


def test_a_training_that_stops_early_says_so_and_keeps_the_best_weights(small, tmp_path, mnist, capsys):
    arguments = "train --hidden 8 --epochs 60 --learning-rate 1 --patience 1 --out"
    assert command.main([*arguments.split(), str(tmp_path)]) == 0
    out = capsys.readouterr().out
    stopped = re.search(r"stopped early after (\d+) epochs", out)
    assert 1 < int(stopped[1]) == out.count("\nepoch ") < 60
    history = train(MLP([784, 8, 10]), data := mnist.subset(1_000), epochs=60, learning_rate=1, patience=1)
    saved = MLP.load(tmp_path / "mnist_model.npz")
    assert saved.evaluate(*data.validation)[0] == pytest.approx(min(history.validation_loss), rel=1e-5)


def test_comparing_reports_side_by_side_and_leaves_the_picture_and_both_weights(small_clothes, tmp_path, capsys):
    assert command.main(["compare", "--hidden", "8", "--epochs", "3", "--out", str(tmp_path / "new/run")]) == 0
    out = capsys.readouterr().out
    assert "mnist: 1000 training images, network 784-8-10" in out and "fashion-mnist: 500 training images" in out
    files = ["comparison.png", *(f"{data}_{which}.npz" for data in ("fashion-mnist", "mnist") for which in ("best", "model"))]
    assert sorted(path.name for path in (tmp_path / "new/run").iterdir()) == files
    assert all(name in out.splitlines()[-1] for name in files)
    assert (tmp_path / "new/run/comparison.png").read_bytes().startswith(b"\x89PNG")
    rows = dict(re.findall(r"^ *(\S.*?)  +(\S.*)$", out.split("\n\n")[-1], re.MULTILINE))
    assert rows["epochs"].split() == ["3", "3"]
    for column, (dataset, load) in enumerate(command.LOADERS.items()):
        model = MLP.load(tmp_path / f"new/run/{dataset}_model.npz")
        assert rows["test accuracy"].split()[column] == f"{model.accuracy(*load(0).test):.2%}"
        assert rows["final validation accuracy"].split()[column] == f"{model.accuracy(*load(0).validation):.2%}"


def test_the_table_finds_the_best_epoch_and_the_first_that_is_good_enough():
    history = History(validation_accuracy=[0.5, 0.792, 0.79, 0.85, 0.8], seconds=[1, 2, 3, 4, 5])
    rows = dict(re.findall(r"^ *(\S.*?)  +(\S.*)$", command._table({"A": (history, 0.75)}), re.MULTILINE))
    assert rows["final validation accuracy"] == "80.00%" and rows["best validation accuracy"] == "85.00%"
    assert rows["reached after epoch"] == "4" and rows["epochs to 99% of the final"] == "2"
    assert rows["seconds per epoch"] == "3.00" and rows["test accuracy"] == "75.00%"


def test_a_table_without_validation_speaks_of_training():
    history = History(train_accuracy=[0.5, 0.9], validation_accuracy=[math.nan] * 2, seconds=[1, 1])
    table = command._table({"A": (history, 0.75)})
    assert "final train accuracy" in table and "90.00%" in table and "validation" not in table and "nan" not in table


def test_an_interrupted_comparison_keeps_what_it_has_and_trains_no_further(small_clothes, tmp_path, monkeypatch, capsys):
    interrupt_after(2, monkeypatch)
    assert command.main(["compare", "--hidden", "8", "--epochs", "5", "--out", str(tmp_path)]) == 130
    out = capsys.readouterr().out
    assert "interrupted after 2 epochs" in out and "fashion-mnist" not in out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["comparison.png", "mnist_best.npz", "mnist_model.npz"]


def test_a_comparison_interrupted_in_its_second_half_has_both(small_clothes, tmp_path, monkeypatch, capsys):
    interrupt_after(3, monkeypatch)
    assert command.main(["compare", "--hidden", "8", "--epochs", "2", "--out", str(tmp_path)]) == 130
    assert "interrupted after 1 epoch;" in capsys.readouterr().out
    assert len(list(tmp_path.iterdir())) == 5


def test_a_comparison_that_diverges_says_what_to_try(small_clothes, tmp_path, capsys):
    assert command.main(["compare", "--learning-rate", "1e6", "--out", str(tmp_path)]) == 1
    error = capsys.readouterr().err
    assert "smaller learning rate" in error and error.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_an_interrupt_before_the_training_gets_one_line(monkeypatch, tmp_path, capsys):
    def interrupted(validation):
        raise KeyboardInterrupt

    monkeypatch.setitem(command.LOADERS, "mnist", interrupted)
    assert command.main(["compare", "--out", str(tmp_path)]) == 130
    assert capsys.readouterr().err == "python -m mlp_helpers: interrupted\n"


def test_only_files_that_were_written_are_named(asked, capsys):
    asked("compare")  # trainings that were interrupted at once have no picture
    assert capsys.readouterr().out.splitlines()[-1].endswith(": mnist_model.npz, fashion-mnist_model.npz")


@pytest.mark.parametrize("name", ["comparison.png", "mnist_best.npz", "fashion-mnist_model.npz"])
def test_a_folder_where_a_file_has_to_go_is_refused_before_the_training(name, asked, tmp_path, capsys):
    (tmp_path / name).mkdir()
    assert command.main(["compare", "--out", str(tmp_path)]) == 2
    out, error = capsys.readouterr()
    assert f"{name} is a folder" in error and error.count("\n") == 1 and not out
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["train", "compare"])
def test_the_help_names_every_default_that_there_is(name, capsys):
    with pytest.raises(SystemExit) as stop:
        command.main([name, "--help"])
    out = capsys.readouterr().out
    assert stop.value.code == 0 and "None" not in out and "False" not in out
    assert "(default: SGD)" in out and all(kind in out for kind in optimizers.OPTIMIZERS)


def test_a_recipe_gives_the_settings_and_whatever_else_is_written_takes_their_place(asked):
    recipe = RECIPES["99"]
    (((model, named),), ((other, changed),)) = (
        asked("train --recipe 99"),
        asked("train --recipe 99 --epochs 3 --hidden 7 --seed 5"),
    )
    expected, training = recipe.network(), recipe.training()
    assert model.architecture == expected.architecture and np.array_equal(model.parameters["W1"], expected.parameters["W1"])
    for name in "epochs", "batch_size", "schedule", "measured":
        assert named[name] == training[name], name
    assert repr(named["optimizer"]) == repr(training["optimizer"])
    assert vars(named["augment"]) == vars(training["augment"])
    assert (changed["epochs"], other.sizes, changed["seed"]) == (3, [784, 7, 10], 5)
    assert changed["batch_size"] == recipe.batch_size


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_reads_its_own_data_set_and_learns_from_all_of_it(name, monkeypatch, asked, mnist):
    read = []
    for dataset in command.LOADERS:
        load = lambda validation, dataset=dataset: read.append((dataset, validation)) or mnist.subset(100)  # noqa: E731
        monkeypatch.setitem(command.LOADERS, dataset, load)
    asked(f"train --recipe {name} --hidden 4")
    assert read == [(RECIPES[name].dataset, 0)]


def test_the_command_follows_a_recipe_of_several_networks_and_keeps_them_as_one(small, tmp_path, monkeypatch, mnist, capsys):
    recipe = Recipe(hidden=(5,), epochs=2, batch_size=100, learning_rate=0.1, warp={}, models=2)
    monkeypatch.setitem(RECIPES, "99", recipe)
    assert command.main(["train", "--recipe", "99", "--seed", "1", "--out", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "2 networks 784-5-10" in out and out.count("\nepoch ") == 4 and "stopped early" not in out
    saved, expected = MLP.load(tmp_path / "mnist_model.npz"), follow(recipe, mnist.subset(1_000), seed=1, progress=False)
    assert saved.sizes == [784, 10, 10]
    assert all(np.array_equal(array, expected.state[name]) for name, array in saved.state.items())


def test_an_interrupted_recipe_of_several_networks_keeps_all_that_was_trained(small, tmp_path, monkeypatch, capsys):
    recipe = Recipe(hidden=(5,), epochs=2, batch_size=100, learning_rate=0.1, models=3)
    monkeypatch.setitem(RECIPES, "99", recipe)
    interrupt_after(3, monkeypatch)
    assert command.main(["train", "--recipe", "99", "--out", str(tmp_path)]) == 130
    assert "interrupted after 3 epochs" in capsys.readouterr().out
    assert MLP.load(tmp_path / "mnist_model.npz").sizes == [784, 10, 10]  # one whole network, and half of the second


def test_the_command_trains_what_train_trains(small, tmp_path, mnist):
    command.main(["train", "--hidden", "8", "--epochs", "1", "--out", str(tmp_path)])
    model = MLP([784, 8, 10])
    train(model, mnist.subset(1_000), epochs=1)
    saved = MLP.load(tmp_path / "mnist_model.npz")
    assert all(np.array_equal(saved.parameters[name], model.parameters[name]) for name in model.parameters)


# --- nothing that was trained is lost ------------------------------------------------------------------------------


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


RUN = ["curves.png", "mnist_best.npz", "mnist_model.npz"]
QUICK = ["train", "--hidden", "4", "--epochs", "2"]


def diverge_after(epochs, monkeypatch):
    """Let the loss explode after so many epochs, counted over all trainings."""
    usual, done = command.train, []

    def diverging(model, *arguments, report, **named):
        def explode(evaluation):
            report(evaluation)
            done.append(evaluation)
            if len(done) == epochs:
                model.parameters["W1"][...] = np.nan

        return usual(model, *arguments, report=explode, **named)

    monkeypatch.setattr(command, "train", diverging)


def test_a_run_never_overwrites_another_and_says_where_it_goes(small, tmp_path, capsys):
    command.main([*QUICK, "--out", str(tmp_path)])
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    for number in 2, 3:
        capsys.readouterr()
        assert command.main([*QUICK, "--out", str(tmp_path)]) == 0
        assert f"holds a run already, so this one goes into {tmp_path / str(number)}\n" in capsys.readouterr().out
    assert files(tmp_path) == sorted([*RUN, *(f"{number}/{name}" for number in (2, 3) for name in RUN)])
    assert {path: path.read_bytes() for path in before} == before


def test_what_a_killed_run_leaves_behind_is_named_and_the_next_run_goes_elsewhere(small, tmp_path, capsys):
    folder, left = tmp_path / "runs", tmp_path / "runs" / ".running"
    folder.mkdir()
    left.touch()  # it was killed before it had kept anything
    assert command.main([*QUICK, "--out", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "belongs to another run" in said and f"delete {left})" in said and f"so this one goes into {folder / '2'}\n" in said
    left.unlink()
    assert command.main([*QUICK, "--out", str(folder)]) == 0
    assert "another run" not in capsys.readouterr().out
    assert files(folder) == sorted([*RUN, *(f"2/{name}" for name in RUN)])


def test_files_of_other_kinds_are_no_run(small, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    assert command.main([*QUICK, "--out", str(tmp_path)]) == 0
    assert files(tmp_path) == sorted([*RUN, "notes.txt"])


def test_the_network_is_saved_after_every_epoch_and_the_best_one_beside_it(small, tmp_path, monkeypatch):
    usual, seen = command.train, []

    def watched(model, data, *, report, **named):
        def watch(evaluation):
            report(evaluation)
            last, best = (MLP.load(tmp_path / f"mnist_{which}.npz").evaluate(*data.validation)[0] for which in ("model", "best"))
            seen.append((evaluation.validation_loss, last, best))

        return usual(model, data, report=watch, **named)

    monkeypatch.setattr(command, "train", watched)
    command.main(["train", "--hidden", "8", "--epochs", "8", "--learning-rate", "2", "--out", str(tmp_path)])
    losses = [loss for loss, _, _ in seen]
    assert losses != sorted(losses, reverse=True)  # some epochs are worse than the best before
    for i, (loss, last, best) in enumerate(seen):
        assert last == pytest.approx(loss, rel=1e-5) and best == pytest.approx(min(losses[: i + 1]), rel=1e-5)


def test_an_interrupt_before_the_first_epoch_has_ended_leaves_nothing(small, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "train", lambda *_, **named: History(interrupted=True))
    assert command.main([*QUICK, "--out", str(tmp_path / "new/run")]) == 130
    out, error = capsys.readouterr()
    assert "nothing to keep" in out and error == "python -m mlp_helpers: interrupted\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("patience", "which"), [([], "model"), (["--patience", "9"], "best")])
def test_what_an_interrupted_run_keeps_is_what_it_reports(patience, which, small, tmp_path, monkeypatch, capsys, mnist):
    interrupt_after(3, monkeypatch)
    assert command.main([*QUICK, "--epochs", "9", "--learning-rate", "2", *patience, "--out", str(tmp_path)]) == 130
    saved = MLP.load(tmp_path / "mnist_model.npz")
    assert f"test accuracy {saved.accuracy(*mnist.test):.2%}" in capsys.readouterr().out
    other = MLP.load(tmp_path / f"mnist_{which}.npz")
    assert all(np.array_equal(saved.state[name], other.state[name]) for name in saved.state)


def test_a_training_that_diverges_later_keeps_curves_and_weights(small, tmp_path, monkeypatch, capsys):
    diverge_after(2, monkeypatch)
    assert command.main([*QUICK, "--epochs", "5", "--out", str(tmp_path)]) == 1
    out, error = capsys.readouterr()
    assert "ended after 2 epochs; the last of them is kept" in out and "diverged" in error and error.count("\n") == 1
    assert files(tmp_path) == RUN and np.isfinite(MLP.load(tmp_path / "mnist_model.npz").parameters["W1"]).all()


def test_a_comparison_that_diverges_in_its_second_half_keeps_the_first(small_clothes, tmp_path, monkeypatch, capsys):
    diverge_after(3, monkeypatch)
    assert command.main(["compare", *QUICK[1:], "--out", str(tmp_path)]) == 1
    assert {"comparison.png", "mnist_model.npz", "fashion-mnist_model.npz"} <= set(files(tmp_path))
    assert "Fashion-MNIST" in capsys.readouterr().out


def test_a_folder_that_takes_nothing_is_refused_before_the_training(asked, tmp_path, monkeypatch, capsys):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert command.main(["train", "--out", str(tmp_path / "run")]) == 2
    error = capsys.readouterr().err
    assert "MB cannot be written into" in error and "No space left on device" in error and error.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_disk_that_fills_up_later_is_told_once_and_loses_nothing(small, tmp_path, monkeypatch, capsys):
    usual, refuge = MLP.save, tmp_path / "refuge"
    refuge.mkdir()

    def save(self, path):
        if refuge not in path.parents:
            raise OSError(errno.ENOSPC, "No space left on device")
        usual(self, path)

    monkeypatch.setattr(MLP, "save", save)
    monkeypatch.setattr("tempfile.tempdir", str(refuge))
    assert command.main([*QUICK, "--out", str(tmp_path / "run")]) == 0
    error = capsys.readouterr().err
    assert error.count("could not be kept: No space left on device") == 1 and "the network is in" in error
    assert MLP.load(next(refuge.glob("*/mnist_model.npz"))).sizes == [784, 4, 10]


class Broken(io.StringIO):
    """A pipe whose reader has gone, a log file on a full disk."""

    def write(self, text):
        raise OSError(errno.EPIPE, "Broken pipe")


@pytest.mark.parametrize("streams", [{"stdout": Broken()}, {"stderr": Broken()}, {"stdout": None}, {"stderr": None},
                                     {"stdout": None, "stderr": Broken()}])  # fmt: skip
def test_a_training_outlives_its_output(streams, small, tmp_path, monkeypatch, capsys):
    with monkeypatch.context() as patched:
        for name, stream in streams.items():
            patched.setattr(sys, name, stream)
        assert command.main([*QUICK, "--out", str(tmp_path)]) == 0
    assert files(tmp_path) == RUN
    if "stderr" not in streams:
        error = capsys.readouterr().err
        assert "no more could be printed" in error and "mnist_model.npz" in error and error.count("\n") == 1


def test_names_that_the_output_cannot_spell_are_escaped(small, tmp_path, monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    assert command.main([*QUICK, "--out", str(tmp_path / "größe")]) == 0
    assert rb"gr\xf6\xdfe: curves.png" in stream.buffer.getvalue() and files(tmp_path / "größe") == RUN


@pytest.mark.parametrize("place", ["file", "file/below", "dangling"])
def test_what_is_no_folder_is_refused_in_a_sentence(place, asked, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    if place == "dangling":
        (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    assert command.main(["train", "--out", str(tmp_path / place)]) == 2
    error = capsys.readouterr().err
    assert "is no folder, so nothing can be kept in it" in error and error.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--hidden", "1000000000"], "this takes more memory than there is"),
        (["--hidden", "9" * 40], "--hidden: must be a whole number up to 999999999999"),
        (["--threads", "9" * 40], "--threads: must be a whole number up to 999999999999"),
        (["--seed", "9" * 5000], "seed must be a whole number from 0 to 999999999999"),
        (["--out", "x" * 5000], "File name too long"),
        (["--out", "\0"], "null"),
    ],
)
def test_what_no_computer_can_do_gets_one_line(arguments, words, small, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    try:
        status = command.main(["train", *arguments])
    except SystemExit as stop:
        status = stop.code
    error = capsys.readouterr().err
    assert status == 2 and words in error and error.count("\n") == 1 and not list(tmp_path.iterdir())


def test_as_many_threads_as_nobody_has_are_as_many_as_there_are(small, tmp_path):
    assert command.main([*QUICK, "--epochs", "1", "--threads", "9" * 12, "--out", str(tmp_path)]) == 0


# --- search: in this process, on threads, where nothing has to be started ------------------------------------------------


def few_images(**settings):
    """A trial without a training: an accuracy that depends on the settings alone."""
    if settings["learning_rate"] < 1e-3:
        raise ValueError("too slow")
    return {"validation_accuracy": 0.5 + settings["dropout"], **({"test_accuracy": 0.625} if settings.get("test") else {})}


@pytest.fixture
def searched(monkeypatch, tmp_path):
    monkeypatch.setattr(command, "executor_of", lambda workers, scheduler: ThreadPoolExecutor(2))
    monkeypatch.setattr(command, "train_trial", few_images)
    return lambda *arguments: command.main(["search", "--out", str(tmp_path), *arguments])


def test_a_search_leaves_a_table_a_picture_and_a_file(searched, tmp_path, capsys):
    assert searched("--trials", "12") == 0
    out = capsys.readouterr().out
    results = read_results(tmp_path / "search.jsonl")
    raised = sum(result["outcome"] == "raised" for result in results)
    assert len(results) == 13 and 0 < raised < 12 and results[-1]["settings"]["test"] is True
    assert f"12 trials: {12 - raised} done, {raised} raised" in out and "reads 62.50% of the test images" in out
    assert len(re.findall(r"^ *\d+ of 12 ", out, re.MULTILINE)) == 12 and "s left" in out
    first = next(line for line in out.splitlines() if line.startswith("1  ")).split()
    assert first[1] == "70.00%" and first[5] == "0.2" == str(results[-1]["settings"]["dropout"])
    assert (tmp_path / "search.png").read_bytes().startswith(b"\x89PNG") and len(list(tmp_path.iterdir())) == 2
    assert out.splitlines()[-1] == f"in the folder {tmp_path}: search.png, search.jsonl"


def test_a_search_that_is_started_again_goes_on_and_more_trials_begin_with_those_of_fewer(searched, tmp_path, capsys):
    assert searched("--trials", "5") == 0
    before = read_results(tmp_path / "search.jsonl")
    capsys.readouterr()
    assert searched("--trials", "9") == 0
    out = capsys.readouterr().out
    assert out.startswith(f"5 of 9 results are in {tmp_path / 'search.jsonl'} already")
    assert read_results(tmp_path / "search.jsonl")[: len(before)] == before
    assert re.findall(r"^ *(\d+) of 9 ", out, re.MULTILINE)[1:] == ["6", "7", "8", "9"]


def test_what_another_trial_left_in_the_file_does_not_count_as_a_result_of_this_search(searched, tmp_path, capsys, monkeypatch):
    assert searched("--trials", "5") == 0
    monkeypatch.setattr(command, "train_trial", lambda **settings: few_images(**settings))
    capsys.readouterr()
    assert searched("--trials", "5") == 0
    out = capsys.readouterr().out
    assert "already" not in out and len(re.findall(r"^ *\d of 5 ", out, re.MULTILINE)) == 5


def test_an_interrupted_search_keeps_what_it_has(searched, tmp_path, capsys, monkeypatch):
    class Interrupted(command.Report):
        def __call__(self, result):
            super().__call__(result)
            if self.count == 4:
                raise KeyboardInterrupt

    monkeypatch.setattr(command, "Report", Interrupted)
    assert searched("--trials", "30") == 130
    captured = capsys.readouterr()
    assert "4 trials: " in captured.out and "test images" not in captured.out and captured.err.count("\n") == 1
    assert len(read_results(tmp_path / "search.jsonl")) == 4 and (tmp_path / "search.png").exists()


def test_a_search_whose_executor_is_gone_says_so_and_keeps_what_it_has(searched, tmp_path, capsys, monkeypatch):
    executor, calls = ThreadPoolExecutor(1), []

    def once(**settings):
        calls.append(settings)
        if len(calls) > 1:
            executor.shutdown(wait=False, cancel_futures=True)
        return {"validation_accuracy": 0.5}

    monkeypatch.setattr(command, "train_trial", once)
    monkeypatch.setattr(command, "executor_of", lambda workers, scheduler: executor)
    assert searched("--trials", "5") == 2
    captured = capsys.readouterr()
    assert "1 trial: 1 done" in captured.out and len(read_results(tmp_path / "search.jsonl")) == 1
    assert "the executor takes no more trials" in captured.err and captured.err.count("\n") == 1


def test_a_search_in_which_nothing_works_has_status_1(searched, capsys, monkeypatch):
    def broken(**settings):
        raise ValueError("broken")

    monkeypatch.setattr(command, "train_trial", broken)
    assert searched("--trials", "3") == 1
    assert "3 trials: 3 raised" in capsys.readouterr().out


def test_a_scheduler_without_dask_or_that_does_not_answer_gets_one_line(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    asked = ["search", "--scheduler", "tcp://127.0.0.1:1", "--out", str(tmp_path)]
    assert command.main(asked) == 2
    error = capsys.readouterr().err
    assert "pip install -e" in error and "[cluster]" in error and error.count("\n") == 1

    class Nobody(types.ModuleType):
        @staticmethod
        def Client(address, timeout):
            raise OSError("Timed out")

    monkeypatch.setitem(sys.modules, "distributed", Nobody("distributed"))
    assert command.main(asked) == 2
    error = capsys.readouterr().err
    assert "no scheduler answers at tcp://127.0.0.1:1" in error and error.count("\n") == 1


@pytest.fixture
def scheduler(tmp_path):
    """The address of a Dask scheduler with one worker, both started as from two terminals."""
    kept = tmp_path / "scheduler.json"
    common = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(kept)]
    with contextlib.ExitStack() as stack:
        started = []
        for arguments in (["scheduler", "--port", "0"], ["worker", "--nthreads", "1", "--no-nanny"]):
            asked = [sys.executable, "-m", "dask", *arguments, *common]
            started.append(stack.enter_context(subprocess.Popen(asked, stderr=subprocess.DEVNULL)))
            stack.callback(started[-1].kill)
        deadline = time.monotonic() + STARTED
        while not (kept.exists() and kept.read_text(encoding="utf-8").endswith("}")):
            assert all(process.poll() is None for process in started), "Dask has ended"
            assert time.monotonic() < deadline, "Dask does not start"
            time.sleep(0.05)
        yield json.loads(kept.read_text(encoding="utf-8"))["address"]


@pytest.mark.needs("dask")
def test_a_search_trains_on_the_workers_of_a_scheduler(scheduler, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(searching, "REACHED", STARTED)
    asked = f"search --trials 3 --images 300 --epochs 1 --scheduler {scheduler} --out"
    assert command.main([*asked.split(), str(tmp_path / "runs")]) == 0
    assert "3 trials: 3 done" in capsys.readouterr().out
    assert {result["outcome"] for result in read_results(tmp_path / "runs" / "search.jsonl")} == {"done"}


def test_a_search_trains_on_processes_of_its_own(tmp_path, capsys):
    asked = "search --trials 2 --images 300 --epochs 1 --workers 1 --out"
    assert command.main([*asked.split(), str(tmp_path)]) == 0
    assert "2 trials: 2 done" in capsys.readouterr().out
