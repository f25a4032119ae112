"""The challenge of notebook 09: which settings it takes, when it ends, and what it says."""

import importlib

import pytest

from mlp_helpers import check, load_mnist
from mlp_helpers.check.exercises.notebook_09.challenge import DEFAULT, DEFAULT_WORK, attempt, understood, weights

module = importlib.import_module("mlp_helpers.check.exercises.notebook_09.challenge")  # check.challenge is the function


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (3, "Give a dict"),
        (lambda: 3, "Give a dict"),
        (lambda: 1 / 0, "raised ZeroDivisionError"),
        ({"epochs": 3}, "Leave `epochs` out"),
        ({"batchsize": 3}, "Did you mean 'batch_size'?"),
        ({"colour": 3}, "There are: learning_rate"),
        ({"learning_rate": 0}, "above 0"),
        ({"learning_rate": float("nan")}, "above 0"),
        ({"learning_rate": []}, "above 0"),
        ({"learning_rate": [0.1, "0.05"]}, "above 0"),
        ({"hidden": 0}, "`hidden` must be a whole number from 1 to 2048"),
        ({"hidden": 12.5}, "`hidden` must be a whole number"),
        ({"layers": True}, "`layers` must be a whole number"),
        ({"batch_size": "all"}, "`batch_size` must be a whole number"),
        ({"images": 10}, "`images` must be a whole number from 100 to 50000"),
        ({"images": float("inf")}, "`images` must be"),
    ],
    ids=lambda value: "" if callable(value) else str(value),
)
def test_bad_settings_get_a_sentence_and_no_training(settings, said, capsys, monkeypatch):
    monkeypatch.setattr(module, "attempt", None)
    assert said in understood(settings)[1]
    assert check.challenge(settings) is None
    assert "challenge: not yet" in capsys.readouterr().out


def test_what_is_missing_is_as_in_the_default():
    settings, fault = understood(lambda: {"hidden": 64.0})
    assert fault is None and settings == DEFAULT | {"hidden": 64, "learning_rate": [0.1]}
    assert understood({"learning_rate": (0.5, 0.1)})[0]["learning_rate"] == [0.5, 0.1]


def quick(target, **changes):
    return attempt(understood({"hidden": 8, "images": 500} | changes)[0], target=target)


def test_work_is_counted_until_the_first_epoch_that_passes():
    it = quick(0.5)
    assert it.ending == "passed" and it.accuracies[-1] >= 0.5 > max([0, *it.accuracies[:-1]])
    epochs = len(it.accuracies)
    assert (it.shown, it.steps, it.weights) == (500 * epochs, 8 * epochs, 784 * 8 + 8 * 10)
    assert it.work == it.shown * it.weights and it.share == it.work / DEFAULT_WORK


def test_the_learning_rate_follows_its_list(monkeypatch):
    rates = []

    class Watched(module.SGD):
        def step(self, *given):
            rates.append(self.learning_rate)
            super().step(*given)

    monkeypatch.setattr(module, "SGD", Watched)
    monkeypatch.setattr(module, "DEFAULT_WORK", 4 * 500 * (784 * 8 + 80) / 1.5)
    assert quick(1.0, learning_rate=[0.5, 0.1], batch_size=500).ending == "too much work"
    assert rates == [0.5, 0.1, 0.1, 0.1]


def told(it):
    return " ".join(module._told(it).text().split())


def test_what_does_not_pass_ends(monkeypatch, capsys):
    assert quick(0.99, learning_rate=1e6).ending.startswith("the training diverged")
    monkeypatch.setattr(module, "SECONDS", 0)
    it = quick(0.99)
    assert it.ending == "too long" and "A batch of few images takes many steps." in told(it)
    monkeypatch.setattr(module, "IN_BROWSER", True)
    assert "A browser computes slowly: try less work." in told(it)
    monkeypatch.undo()
    check.challenge({"learning_rate": 1e6, "images": 100})
    assert "The training diverged" in capsys.readouterr().out


def test_an_interrupt_ends_it(monkeypatch):
    def interrupted(*given, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "training_steps", interrupted)
    it = quick(0.9)
    assert it.ending == "interrupted" and "Interrupted after 0 epochs" in module._told(it).text()


def test_success_is_told_beside_the_best(capsys, monkeypatch):
    monkeypatch.setattr(module, "BEST", [])
    monkeypatch.setattr(module, "TARGET", 0.5)
    monkeypatch.setattr(module, "attempt", lambda settings, progress: attempt(settings, load_mnist(), 0.5))
    for hidden in (8, 16):
        check.challenge({"hidden": hidden, "images": 500})
    first, second = capsys.readouterr().out.split("challenge: solved")[1:]
    assert "of the work of the default settings" in first and "best so far" not in first
    assert "784-16-10" in second and "Your best so far" in second


@pytest.mark.slow
@pytest.mark.thorough
def test_the_default_passes_about_when_it_is_said_to():
    it = attempt(understood({})[0])
    assert it.ending == "passed" and abs(len(it.accuracies) - module.DEFAULT_EPOCHS) <= 3
    assert weights(DEFAULT) == 784 * 128 + 128 * 10


def test_a_better_setting_passes_with_half_the_work():
    it = attempt(understood({"learning_rate": [0.5, 0.5, 0.1]})[0])
    assert it.ending == "passed" and it.share < 0.5
