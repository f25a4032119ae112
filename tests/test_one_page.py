"""The whole network on one page: it stands by itself, its gradients are right, and it learns."""

import ast
import importlib.util
import pathlib

import numpy as np
import pytest

from mlp_helpers import MLP, numerical_gradient

PATH = pathlib.Path(__file__).parent.parent / "notebooks" / "one_page.py"


@pytest.fixture(scope="module")
def page():
    spec = importlib.util.spec_from_file_location("one_page", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_is_a_page_and_takes_only_the_loader_from_the_package():
    text = PATH.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    imported = {
        (node.module, alias.name) if isinstance(node, ast.ImportFrom) else (alias.name, None)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    assert imported == {("matplotlib.pyplot", None), ("numpy", None), ("mlp_helpers", "load_mnist")}


@pytest.mark.parametrize("name", ["W1", "b1", "W2", "b2"])
def test_its_gradients_are_those_of_nudging(page, name):
    rng = np.random.default_rng(1)
    X, y = rng.normal(size=(7, 5)), rng.integers(0, 3, 7)
    parameters = {key: array + 0.1 * rng.normal(size=array.shape) for key, array in page.initialise((5, 4, 3), rng).items()}
    _, gradients = page.loss_and_gradients(X, y, parameters)
    numerical = numerical_gradient(lambda _: page.loss_and_gradients(X, y, parameters)[0], parameters[name])
    error = np.linalg.norm(gradients[name] - numerical) / (np.linalg.norm(gradients[name]) + np.linalg.norm(numerical))
    assert error < 1e-7


def test_it_computes_what_the_package_computes(page, mnist):
    model = MLP([784, 16, 10], seed=3)
    X, y = mnist.train.images[:50], mnist.train.labels[:50]
    ours, gradients = page.loss_and_gradients(page.scale(X), y, model.parameters)
    theirs, expected = model.loss_and_gradients(X, y)
    assert ours == pytest.approx(theirs, rel=1e-5)
    for name in expected:
        np.testing.assert_allclose(gradients[name], expected[name], rtol=1e-4, atol=1e-6)


@pytest.mark.slow
def test_it_reads_97_of_100_test_digits_and_leaves_picture_and_weights(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    page.main()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 11 and lines[0].startswith("epoch  1   loss") and lines[9].startswith("epoch 10   loss")
    reached = float(lines[-1].removeprefix("test accuracy ").removesuffix("%"))
    assert 97 <= reached < 98.2
    assert (tmp_path / "one_page.png").read_bytes().startswith(b"\x89PNG")
    assert MLP.load(tmp_path / "one_page.npz").sizes == [784, 128, 10]
