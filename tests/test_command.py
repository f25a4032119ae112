"""The network from a terminal."""

import numpy as np
import pytest

from mlp_helpers import MLP
from mlp_helpers import __main__ as command


@pytest.fixture
def small(monkeypatch, mnist):
    """A data set that is trained in a moment; the command reads it in place of all of MNIST."""
    monkeypatch.setitem(command.DATASETS, "mnist", lambda validation: mnist.subset(1_000))


def test_training_reports_and_leaves_curves_and_weights(small, tmp_path, capsys):
    assert command.main(["train", "--hidden", "16", "8", "--epochs", "2", "--out", str(tmp_path / "run")]) == 0
    out = capsys.readouterr().out
    assert "784-16-8-10" in out and "epoch   2" in out and "test accuracy" in out
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == ["curves.png", "mnist_model.npz"]
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
    data = command.DATASETS["fashion-mnist"](validation=0)
    assert data.class_names[0] == "T-shirt/top" and len(data.train) == 60_000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "required"),
        (["train", "--dataset", "cifar"], "invalid choice"),
        (["train", "--hidden", "many"], "invalid int"),
        (["train", "--hidden", "0"], "at least 1"),
        (["train", "--epochs", "0"], "at least 1"),
        (["train", "--batch-size", "0"], "at least 1"),
        (["train", "--batch-size", "5", "--full-batch"], "not allowed with"),
        (["train", "--learning-rate", "nan"], "positive finite"),
        (["train", "--init", "large"], "init must be"),
        (["train", "--seed", "-1"], "seed must be"),
        (["train", "--threads", "0"], "at least 1"),
        (["train", "--colour", "red"], "unrecognized"),
    ],
)
def test_bad_arguments_get_one_line_and_status_2(small, tmp_path, monkeypatch, capsys, arguments, message):
    monkeypatch.chdir(tmp_path)
    try:
        status = command.main(arguments)
    except SystemExit as stop:                               # argparse's way out
        status = stop.code
    error = capsys.readouterr().err
    assert status == 2 and message in error and error.count("\n") == 1


def test_too_much_validation_gets_one_line_and_status_2(tmp_path, capsys):
    assert command.main(["train", "--validation", "60001", "--out", str(tmp_path)]) == 2
    assert "from 0 to 60000" in capsys.readouterr().err


def test_a_training_that_diverges_says_what_to_try(small, tmp_path, capsys):
    assert command.main(["train", "--learning-rate", "1e6", "--out", str(tmp_path)]) == 1
    error = capsys.readouterr().err
    assert "smaller learning rate" in error and error.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_an_interrupted_training_keeps_what_it_has(small, tmp_path, monkeypatch, capsys):
    train = command.train

    def interrupted(*arguments, report, **named):
        def stop(evaluation):
            report(evaluation)
            raise KeyboardInterrupt

        return train(*arguments, report=stop, **named)

    monkeypatch.setattr(command, "train", interrupted)
    assert command.main(["train", "--epochs", "5", "--out", str(tmp_path)]) == 0
    assert "interrupted after 1 epochs" in capsys.readouterr().out
    assert (tmp_path / "mnist_model.npz").exists() and (tmp_path / "curves.png").exists()


def test_the_default_settings_are_those_of_the_course():
    options = command._parser().parse_args(["train"])
    assert (options.hidden, options.epochs, options.learning_rate, options.batch_size) == ([128], 10, 0.1, 64)


def test_the_command_trains_what_train_trains(small, tmp_path, mnist):
    from mlp_helpers import train

    command.main(["train", "--hidden", "8", "--epochs", "1", "--out", str(tmp_path)])
    model = MLP([784, 8, 10])
    train(model, mnist.subset(1_000), epochs=1)
    saved = MLP.load(tmp_path / "mnist_model.npz")
    assert all(np.array_equal(saved.parameters[name], model.parameters[name]) for name in model.parameters)
