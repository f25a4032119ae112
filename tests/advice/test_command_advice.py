"""The messages of ``python -m mlp_helpers``: each names options as they are typed, and typing them works."""

import errno
import os
import re
import shlex

import numpy as np
import pytest

from mlp_helpers import Dataset, History, plots
from mlp_helpers import __main__ as command

ADVICE = re.compile(r"(?<=[ (])(--[a-z-]+) ([\w.]+?)(?=[,.]? |[,.]?$|[,.]?\))")

# what was typed, and what the message must say
OPTIONS = {
    "learning rate": ("--learning-rate -1", "--learning-rate must be a positive finite number, but is -1"),
    "Adam's learning rate": ("--optimizer adam --learning-rate 0", "--learning-rate must be a positive finite number, but is 0"),
    "dropout": ("--dropout 1", "--dropout must be a number from 0 to below 1, but is 1"),
    "label smoothing": ("--label-smoothing 7", "--label-smoothing must be a number from 0 to below 1, but is 7"),
    "init as a name": ("--init large", "--init must be"),
    "init that overflows": ("--init 1e39", "--init must be"),
    "a rate that explodes": ("--learning-rate 1e6", "Start again with a smaller learning rate"),
    "patience": ("--patience 2 --validation 0", "--patience needs a validation split, but it is empty"),
    "all set aside": ("--validation 180", "dataset.train must hold examples, but is empty"),
    "more memory than there is": ("--hidden 99999999999", "more memory than there is"),
}  # fmt: skip

CHOICES = {
    "a data set": ("--dataset", "cifar", r"choose from (.+?)\)"),
    "a schedule": ("--schedule", "zigzag", r"choose from (.+?)\)"),
    "an activation": ("--activation", "tanh", r"choose from (.+?)\)"),
    "an optimizer": ("--optimizer", "newton", r"must be one of (.+), but"),
    "a seed": ("--seed", "-1", r"from (0) to"),
    "units": ("--hidden", "0", r"of at least (1),"),
    "batches": ("--batch-size", "9" * 40, r"number up to (9+),"),
    "epochs": ("--epochs", "0", r"of at least (1),"),
    "validation": ("--validation", "201", r"from (0) to"),
    "a fraction to set aside": ("--validation", "1.5", r"Try (0\.1)"),
    "a share": ("--dropout", "some", r"such as (0\.1),"),
}


@pytest.fixture(autouse=True)
def small(monkeypatch, tmp_path):
    images = np.random.default_rng(0).random((220, 9))

    def load(validation):
        validation = 20 if validation == 10_000 else validation  # the command's default
        return Dataset.from_arrays(images, np.arange(220) % 10, validation=validation, test=40)

    monkeypatch.chdir(tmp_path)
    for name in command.LOADERS:
        monkeypatch.setitem(command.LOADERS, name, load)


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """Curves are drawn in tests/test_command.py; here they would take most of the time."""

    class Figure:
        def savefig(self, file, format):
            file.write(b"curves")

    monkeypatch.setattr(plots, "learning_curves", lambda history: (Figure(), ""))


def typed(arguments, capsys):
    """Return the exit status and the one line of a refusal."""
    capsys.readouterr()
    usual = [] if "--epochs" in arguments else ["--epochs", "1"]
    try:
        status = command.main(["train", *usual, *arguments])
    except SystemExit as left:
        status = left.code
    return status, capsys.readouterr().err


def replaced(arguments, option, *values):
    """Return the arguments with this option set to other values, and with the values of no option twice."""
    if option in arguments:
        start = arguments.index(option)
        end = next((i for i in range(start + 1, len(arguments)) if arguments[i].startswith("--")), len(arguments))
        arguments = arguments[:start] + arguments[end:]
    return [*arguments, option, *values]


@pytest.mark.parametrize("case", OPTIONS)
def test_the_option_in_the_message_works(case, capsys):
    arguments, says = shlex.split(OPTIONS[case][0]), OPTIONS[case][1]
    status, error = typed(arguments, capsys)
    assert status in (1, 2) and says in error and error.count("\n") == 1
    for _ in range(12):  # a rate that explodes is divided by 10 each time
        advice = ADVICE.findall(error.partition("Try")[2] or error.rpartition(". ")[2] or error)
        assert advice, error
        arguments = replaced(arguments, *advice[-1])
        status, error = typed(arguments, capsys)
        if status == 0:
            return
    raise AssertionError(error)


@pytest.mark.parametrize("case", CHOICES)
def test_the_values_in_the_message_can_be_typed(case, capsys):
    option, value, pattern = CHOICES[case]
    status, error = typed([option, value], capsys)
    assert status == 2 and error.count("\n") == 1
    found = re.search(pattern, error)
    assert found, error
    for choice in found[1].replace("'", "").split(", "):
        assert typed([option, choice], capsys)[0] == 0


@pytest.mark.parametrize("left_out", ["--loss mse", "--label-smoothing 0.1"])
def test_one_of_two_options_that_exclude_each_other_is_left_out(left_out, capsys):
    arguments = "--loss mse --label-smoothing 0.1"
    status, error = typed(arguments.split(), capsys)
    assert status == 2 and "--label-smoothing needs --loss cross_entropy" in error and "Leave one of them out" in error
    assert typed(arguments.replace(left_out, "").split(), capsys)[0] == 0


def blocked_by_a_file(folder):
    (folder / "out").write_text("x")


def blocked_further_up(folder):
    (folder / "a").write_text("x")
    return folder / "a" / "b"


def blocked_by_a_folder(folder):
    (folder / "out" / "curves.png").mkdir(parents=True)


def blocked_by_its_name(folder):
    return folder / ("x" * 300)


@pytest.mark.parametrize("block", [blocked_by_a_file, blocked_further_up, blocked_by_a_folder, blocked_by_its_name])
def test_another_folder_works_where_one_is_blocked(block, tmp_path, capsys):
    out = block(tmp_path) or tmp_path / "out"
    status, error = typed(["--out", str(out)], capsys)
    assert status == 2 and error.endswith("--out FOLDER\n") and error.count("\n") == 1
    assert typed(["--out", str(tmp_path / "another")], capsys)[0] == 0


def test_a_full_disk_is_told_before_the_training(tmp_path, monkeypatch, capsys):
    def full(number):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        status, error = typed(["--out", str(tmp_path / "full")], capsys)
    assert status == 2 and "MB cannot be written into" in error and error.endswith("Name another folder: --out FOLDER\n")
    assert typed(["--out", str(tmp_path / "another")], capsys)[0] == 0


def test_a_file_in_the_place_of_a_numbered_folder_is_passed_over(tmp_path, capsys):
    out = tmp_path / "out"
    assert typed(["--out", str(out)], capsys)[0] == 0
    (out / "2").write_text("x")
    assert typed(["--out", str(out)], capsys)[0] == 0
    assert (out / "3" / "mnist_model.npz").is_file() and (out / "2").read_text() == "x"


def test_a_fraction_sets_so_many_images_aside(monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(command, "train", lambda model, data, **named: asked.append(len(data.validation)) or History())
    for value in "0.5", "90", "0":
        command.main(["train", "--validation", value])
    assert asked == [90, 90, 0]
