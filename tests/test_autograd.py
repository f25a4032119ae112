"""The autograd: against numbers computed with a pencil, gradients derived by hand, nudging and PyTorch; and its traps."""

import ast
import inspect
import pathlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons import build
from mlp_helpers import MLP, Tensor, check, numerical_gradient, one_hot
from mlp_helpers.core import autograd
from mlp_helpers.core.autograd import input_blames, sum_to_shape, topological_order

SHAPES = st.sampled_from([(), (1,), (3,), (1, 1), (2, 1), (1, 3), (2, 3)])  # any two of them can be added
seeds = st.integers(0, 10_000)


def normal(seed, *shape):
    return np.random.default_rng(seed).normal(size=shape)


# --- rules and order --------------------------------------------------------------------------------------------------


@given(SHAPES, st.sampled_from([(2, 3), (4, 2, 3)]), seeds)
def test_what_was_stretched_is_added_up(shape, whole, seed):
    """The defining property: nudging the array is the same as nudging all its copies."""
    G, nudge = normal(seed, *whole), normal(seed + 1, *shape)
    added = sum_to_shape(G, shape)
    assert added.shape == shape
    assert np.sum(added * nudge) == pytest.approx(np.sum(G * np.broadcast_to(nudge, whole)), rel=1e-9, abs=1e-9)


def test_the_rules_with_a_pencil():
    G, a, row = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 6.0], [7.0, 8.0]]), np.array([10.0, -1.0])
    expected = {
        "+": [G, [4, 6]],
        "*": [[[10, -2], [30, -4]], [1 * 5 + 3 * 7, 2 * 6 + 4 * 8]],
    }
    for operation, blames in expected.items():
        for blame, right in zip(input_blames(operation, G, a, row), blames, strict=True):
            assert blame.tolist() == np.asarray(right).tolist()
    left, right = input_blames("@", np.array([[1.0], [2.0]]), a, np.array([[10.0], [-1.0]]))
    assert left.tolist() == [[10, -1], [20, -2]] and right.tolist() == [[1 * 5 + 2 * 7], [1 * 6 + 2 * 8]]
    assert input_blames("sum", np.array(3.0), row)[0].tolist() == [3, 3]
    assert input_blames("relu", np.array([3.0, 3.0, 3.0]), np.array([2.0, -2.0, 0.0]))[0].tolist() == [3, 0, 0]
    assert input_blames("exp", np.array(3.0), np.array(0.0))[0] == 3
    assert input_blames("log", np.array(3.0), np.array(2.0))[0] == 1.5


@given(st.integers(1, 12), st.randoms(use_true_random=False))
def test_each_stands_once_and_behind_all_that_was_made_from_it(n, random):
    record = {name: [] for name in random.sample(range(n), n)}
    for name in range(1, n):
        for user in random.choices(range(name), k=random.randint(1, 3)):
            record[user].append(name)
    order = topological_order(record, 0)
    assert sorted(order) == list(range(n))
    assert all(order.index(user) < order.index(name) for user, inputs in record.items() for name in inputs)


# --- gradients --------------------------------------------------------------------------------------------------------


def some_loss(seed, steps):
    """A formula of single operations by chance, and the arrays that it begins with; as a function of these arrays."""
    rng = np.random.default_rng(seed)
    arrays = [rng.uniform(0.5, 1.5, shape) for shape in ((2, 3), (3,), (2, 1), (3, 3))]
    plan = [(rng.integers(6), *rng.integers(0, 1_000, 2)) for _ in range(steps)]

    def loss(*arrays):
        tensors = [Tensor(array) for array in arrays]
        pool = [tensors[0] + tensors[1], tensors[2] * tensors[0], tensors[0] @ tensors[3]]
        for kind, i, j in plan:
            a, b = pool[i % len(pool)], pool[j % len(pool)]
            small = Tensor(0.3) * b
            pool.append([a + small, a * small, small.exp(), (a * a + Tensor(1.0)).log(), a.sum(axis=1) * b, small.relu()][kind])
        return sum(pool[1:], pool[0]).sum(), tensors

    return loss, arrays


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(0, 8))
def test_a_formula_by_chance_has_the_gradients_that_nudging_finds(seed, steps):
    loss, arrays = some_loss(seed, steps)
    result, tensors = loss(*arrays)
    result.backward()
    for place, (array, tensor) in enumerate(zip(arrays, tensors, strict=True)):
        nudged = numerical_gradient(lambda a, place=place: float(loss(*arrays[:place], a, *arrays[place + 1 :])[0].data), array)
        error = np.linalg.norm(nudged - tensor.grad) / max(np.linalg.norm(nudged), 1)
        assert error < 1e-6


def cross_entropy_of(Z, labels):
    log_P = Z + Tensor(-1.0) * Z.exp().sum(axis=1).log()
    return (Tensor(one_hot(labels, Z.data.shape[1])) * log_P).sum() * Tensor(-1 / len(labels))


@pytest.mark.parametrize("hidden", [[], [7], [5, 6], [4, 5, 6, 7]])
def test_networks_have_the_gradients_of_the_layers_that_were_derived(hidden):
    model = MLP([9, *hidden, 4], seed=1).copy(np.float64)
    X, labels = normal(2, 6, 9), np.arange(6) % 4
    tensors = {name: Tensor(array) for name, array in model.parameters.items()}
    A = Tensor(X)
    for number in range(1, len(hidden) + 2):
        A = A.relu() if number > 1 else A
        A = A @ tensors[f"W{number}"] + tensors[f"b{number}"]
    loss = cross_entropy_of(A, labels)
    loss.backward()
    by_hand, gradients = model.loss_and_gradients(X, labels)
    assert float(loss.data) == pytest.approx(by_hand, abs=1e-12)
    for name, tensor in tensors.items():
        assert np.abs(tensor.grad - gradients[name]).max() < 1e-12


def test_the_gradients_of_notebook_07():
    gradients = check.two_layer_gradients.task.solution
    rng = np.random.default_rng(0)
    first = [rng.normal(size=size) for size in ((9, 5), 5, (5, 3), 3)]
    X, labels = rng.random((8, 9)), np.arange(8) % 3
    tensors = [Tensor(array) for array in first]
    W1, b1, W2, b2 = tensors
    cross_entropy_of((Tensor(X) @ W1 + b1).relu() @ W2 + b2, labels).backward()
    for tensor, right in zip(tensors, gradients(X, one_hot(labels, 3), *first).values(), strict=True):
        assert np.abs(tensor.grad - right).max() < 1e-12


@pytest.mark.needs("torch")
@pytest.mark.parametrize("seed", range(5))
def test_the_gradients_of_pytorch(seed):
    import torch

    arrays = [normal(seed + place, *shape) for place, shape in enumerate(((4, 6), (6, 5), (5,), (4, 1)))]

    def formula(x, w, b, c, keep):
        return ((x @ w + b).relu() * c).exp().sum(1, **keep).log().sum()

    ours = [Tensor(array) for array in arrays]
    theirs = [torch.tensor(array, requires_grad=True) for array in arrays]
    formula(*ours, {}).backward()
    formula(*theirs, {"keepdim": True}).backward()
    for tensor, their in zip(ours, theirs, strict=True):
        assert np.abs(tensor.grad - their.grad.numpy()).max() < 1e-12


# --- the traps --------------------------------------------------------------------------------------------------------


def test_a_second_way_back_gives_the_same_and_another_result_begins_anew():
    w, x = Tensor(3.0), Tensor(2.0)
    q = w * x
    L = q * q
    for _ in range(2):
        L.backward()
        assert (w.grad, x.grad, q.grad) == (24, 36, 12)
    q.backward()
    assert (w.grad, x.grad, q.grad) == (2, 3, 1)


def test_a_value_that_is_used_twice_gets_both_shares():
    x = Tensor(3.0)
    (x * x + x).backward()
    assert x.grad == 7


def test_what_the_way_back_needs_cannot_be_written_to():
    given = np.array([3.0])
    a = Tensor(given)
    L = (a * a).sum()
    given[0] = 10  # a copy was kept
    for tensor in (a, L):
        with pytest.raises(ValueError, match="read-only"):
            tensor.data[...] = 10
    L.backward()
    assert a.grad == [6]


def test_a_long_computation_does_not_call_itself_and_many_forks_cost_nothing():
    total = start = Tensor(1.0)
    for _ in range(5_000):
        total = total + start
    total.backward()
    assert start.grad == 5_001
    total = start = Tensor(1.0)
    for _ in range(200):
        total = total + total
    total.backward()
    assert start.grad == 2.0**200


def test_what_did_not_lead_to_the_result_gets_no_gradient():
    w, x = Tensor(3.0), Tensor(2.0)
    unused = w * x
    (w + w).backward()
    assert w.grad == 2 and x.grad is None and unused.grad is None


# --- the lesson's own --------------------------------------------------------------------------------------------------


def code_of(source):
    """The functions of a source by name, without docstrings and comments."""
    functions = {node.name: node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)}
    for node in functions.values():
        if ast.get_docstring(node):
            del node.body[0]
    return {name: ast.unparse(node) for name, node in functions.items()}


def test_the_class_of_the_lesson_is_that_of_the_core():
    (lesson,) = (path for path in build.LESSONS if build.number_of(path) == "20")
    cells = [cell.source for cell in build.as_notebook(lesson.read_text(encoding="utf-8")).cells if cell.cell_type == "code"]
    (start,) = (place for place, source in enumerate(cells) if source.startswith("class Tensor:"))
    written = {name: code for source in cells[start : start + 3] for name, code in code_of(source).items()}
    assert written == code_of(inspect.getsource(Tensor))


def test_it_has_a_hundred_lines():
    code = build.code_alone(pathlib.Path(autograd.__file__).read_text(encoding="utf-8"))
    assert len(code.splitlines()) <= 100
