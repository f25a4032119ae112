"""Optimizers: their steps by hand, what all of them share, and that they step as PyTorch's and scikit-learn's do."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlp_helpers import SGD, Adam, AdamW, Momentum, Nesterov, RMSProp, schedules
from mlp_helpers.core import optimizers
from mlp_helpers.core.optimizers import OPTIMIZERS

KINDS = SGD, Momentum, Nesterov, RMSProp, Adam, AdamW
NO_EPSILON = 1e-300  # vanishes in any sum


def steps(optimizer, *gradients, start=1.0, name="b1"):
    """Where a parameter is after each step."""
    parameters, path = {name: np.array([start])}, []
    for gradient in gradients:
        optimizer.step(parameters, {name: np.array([gradient], float)})
        path.append(parameters[name][0])
    return path


# --- by hand -------------------------------------------------------------------------------------------------------


def test_sgd_by_hand():
    parameters = {"W1": np.array([[1.0, -2.0]]), "b1": np.array([0.5])}
    SGD(0.25).step(parameters, {"W1": np.array([[4.0, 2.0]]), "b1": np.array([-2.0])})
    # 1 - 0.25 · 4 = 0    -2 - 0.25 · 2 = -2.5    0.5 + 0.25 · 2 = 1
    np.testing.assert_array_equal(parameters["W1"], [[0, -2.5]])
    np.testing.assert_array_equal(parameters["b1"], [1])


def test_momentum_by_hand():
    # velocity 2, 0.5 · 2 + 4 = 5, 0.5 · 5 - 1 = 1.5      1 - 0.5 · 2 = 0, 0 - 0.5 · 5 = -2.5, -2.5 - 0.5 · 1.5 = -3.25
    assert steps(Momentum(0.5, momentum=0.5), 2, 4, -1) == [0, -2.5, -3.25]


def test_nesterov_by_hand():
    # velocity 2, 5, 1.5 as above; gradient + half of it: 2 + 1 = 3, 4 + 2.5 = 6.5, -1 + 0.75 = -0.25
    # 1 - 0.5 · 3 = -0.5, -0.5 - 0.5 · 6.5 = -3.75, -3.75 + 0.5 · 0.25 = -3.625
    assert steps(Nesterov(0.5, momentum=0.5), 2, 4, -1) == [-0.5, -3.75, -3.625]


def test_rmsprop_by_hand():
    # mean square 0.25 · 2² = 1; 0.75 · 1 + 0.25 · (11/4)² = 169/64, whose root is 13/8
    # 1 - 0.1 · 2 / 1 = 0.8; 0.8 - 0.1 · (11/4) / (13/8) = 0.8 - 0.1 · 22/13
    path = steps(RMSProp(0.1, decay=0.75, epsilon=NO_EPSILON), 2, 11 / 4)
    assert path == pytest.approx([0.8, 0.8 - 2.2 / 13], rel=1e-15)


def test_rmsprop_adds_epsilon_to_the_root():
    assert steps(RMSProp(1, decay=0.75, epsilon=3), 2) == [0.5]  # 1 - 2 / (√1 + 3)


def test_adam_by_hand():
    # mean 0.5 · 2 = 1, over 1 - 0.5: 2; square 0.25 · 2² = 1, over 1 - 0.75: 4; 1 - 0.1 · 2 / √4 = 0.9
    # mean 0.5 · 1 + 0.5 · 1 = 1, over 1 - 0.5²: 4/3; square 0.75 · 1 + 0.25 · 1 = 1, over 1 - 0.75²: 16/7
    # 0.9 - 0.1 · (4/3) / (4/√7) = 0.9 - 0.1 · √7 / 3
    path = steps(Adam(0.1, beta1=0.5, beta2=0.75, epsilon=NO_EPSILON), 2, 1)
    assert path == pytest.approx([0.9, 0.9 - 0.1 * math.sqrt(7) / 3], rel=1e-15)


def test_adam_adds_epsilon_to_the_root_of_the_corrected_square():
    # after one step the corrected mean is the gradient, the corrected square its square: 1 - 2 / (2 + 6)
    assert steps(Adam(1, epsilon=6), 2) == pytest.approx([0.75], rel=1e-14)


def test_defaults_are_those_of_the_papers_and_of_pytorch():
    assert [dataclasses.asdict(kind()) for kind in KINDS] == [
        {"learning_rate": 0.1, "weight_decay": 0},
        {"learning_rate": 0.1, "weight_decay": 0, "momentum": 0.9},
        {"learning_rate": 0.1, "weight_decay": 0, "momentum": 0.9},
        {"learning_rate": 0.001, "weight_decay": 0, "decay": 0.99, "epsilon": 1e-8},
        {"learning_rate": 0.001, "weight_decay": 0, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
        {"learning_rate": 0.001, "weight_decay": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
    ]
    assert list(OPTIMIZERS) == [kind.__name__ for kind in KINDS] and tuple(OPTIMIZERS.values()) == KINDS


# --- weight decay --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("optimizer", "step"),
    [
        (SGD(0.5, weight_decay=0.2), 0.5 * 2),
        (Momentum(0.5, weight_decay=0.2), 0.5 * 2),
        (Nesterov(0.5, momentum=0.5, weight_decay=0.2), 0.5 * 3),
        (RMSProp(0.5, decay=0.75, epsilon=NO_EPSILON, weight_decay=0.2), 0.5 * 2),
        (Adam(0.5, epsilon=NO_EPSILON, weight_decay=0.2), 0.5),
        (AdamW(0.5, epsilon=NO_EPSILON, weight_decay=0.2), 0.5),
    ],
    ids=lambda value: type(value).__name__,
)
def test_weight_decay_shrinks_the_weights_alone_and_leaves_the_step_as_it_is(optimizer, step):
    parameters = {name: np.array([10.0]) for name in ("W1", "W12", "b1", "gamma1", "beta1")}
    optimizer.step(parameters, {name: np.array([2.0]) for name in parameters})
    for name, parameter in parameters.items():
        # 10 · (1 - 0.5 · 0.2) = 9 for a weight
        assert parameter[0] == pytest.approx((9 if name.startswith("W") else 10) - step, rel=1e-14), name


@pytest.mark.parametrize("kind", KINDS)
def test_weights_whose_gradient_is_0_decay_by_the_learning_rate_alone(kind):
    # 1 · (1 - 0.5 · 0.2)² = 0.81, whatever the optimizer divides by
    assert steps(kind(0.5, weight_decay=0.2), 0, 0, name="W1") == pytest.approx([0.9, 0.81], rel=1e-15)


def test_with_plain_sgd_weight_decay_is_the_penalty():
    # the gradient of l2/2 · w² is l2 · w
    decayed, penalised, rng = SGD(0.3, weight_decay=0.1), SGD(0.3), np.random.default_rng(0)
    one, other = {"W1": np.ones((4, 3))}, {"W1": np.ones((4, 3))}
    for _ in range(10):
        gradient = rng.normal(size=(4, 3))
        decayed.step(one, {"W1": gradient})
        penalised.step(other, {"W1": gradient + 0.1 * other["W1"]})
    np.testing.assert_allclose(one["W1"], other["W1"], rtol=1e-13)


# --- what all share ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_very_arrays_are_changed_and_the_gradients_left(kind):
    W, dW = np.ones(3), np.ones(3)
    dW.flags.writeable = False
    parameters, optimizer = {"W1": W}, kind(0.5)
    for _ in range(2):
        optimizer.step(parameters, {"W1": dW})
    assert parameters["W1"] is W and (W < 1).all()
    np.testing.assert_array_equal(dW, np.ones(3))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_remembered_is_independent_of_the_gradients(kind):
    dW, optimizer = np.ones(3), kind()
    optimizer.step({"W1": np.ones(3)}, {"W1": dW})
    remembered = [array.copy() for array in optimizer.memory.get("W1", [])]
    dW[...] = 77
    assert len(remembered) == len(kind.keeps)
    for array, before in zip(optimizer.memory.get("W1", []), remembered, strict=True):
        np.testing.assert_array_equal(array, before)


@pytest.mark.parametrize("kind", KINDS)
def test_each_parameter_is_stepped_as_if_it_were_alone(kind):
    rng, together = np.random.default_rng(0), kind(0.1)
    alone = {"W1": kind(0.1), "b1": kind(0.1)}
    one, other = ({"W1": np.ones((2, 3)), "b1": np.ones(3)} for _ in range(2))
    for _ in range(4):
        gradients = {name: rng.normal(size=array.shape) for name, array in one.items()}
        together.step(one, gradients)
        for name in other:
            alone[name].step({name: other[name]}, gradients)
    for name in one:
        np.testing.assert_array_equal(one[name], other[name])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("block", [1, 5, 6, 12, 1_000])
def test_it_makes_no_difference_how_many_rows_are_stepped_at_once(kind, block, monkeypatch):
    paths = []
    for size in block, optimizers.BLOCK:
        monkeypatch.setattr(optimizers, "BLOCK", size)
        rng, optimizer, parameters = np.random.default_rng(0), kind(0.1, weight_decay=0.1), {"W1": np.ones((7, 3))}
        for _ in range(3):
            optimizer.step(parameters, {"W1": rng.normal(size=(7, 3))})
        paths.append((parameters["W1"], *optimizer.memory["W1"]))
    for one, other in zip(*paths, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("kind", KINDS)
def test_the_learning_rate_is_the_one_at_the_step(kind):
    # a gradient that lasts: momentum aside, the second step is ten times the first
    optimizer = kind(1, weight_decay=0, **({"momentum": 0} if "momentum" in kind.__dataclass_fields__ else {}))
    parameters = {"b1": np.array([0.0])}
    optimizer.step(parameters, {"b1": np.array([1.0])})
    first = parameters["b1"][0]
    optimizer.learning_rate = 10
    optimizer.step(parameters, {"b1": np.array([1.0])})
    ratio = math.sqrt(0.01 / (1 - 0.99**2)) if kind is RMSProp else 1  # its mean square is nearer to 1 by then
    assert parameters["b1"][0] / first == pytest.approx(1 + 10 * ratio, rel=1e-6)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_type_of_the_parameters_is_kept(kind, dtype):
    parameters, optimizer = {"W1": np.ones(3, dtype)}, kind(0.1, weight_decay=0.1)
    optimizer.step(parameters, {"W1": np.ones(3, dtype)})
    assert {parameters["W1"].dtype, *(array.dtype for array in optimizer.memory.get("W1", []))} == {np.dtype(dtype)}


@pytest.mark.parametrize("kind", KINDS)
def test_gradients_of_what_is_no_parameter_are_ignored(kind):
    parameters, optimizer = {"W1": np.ones(1)}, kind()
    optimizer.step(parameters, {"W1": np.ones(1), "X": np.ones((5, 1))})
    assert list(parameters) == ["W1"] and "X" not in optimizer.memory


@pytest.mark.parametrize("kind", KINDS)
def test_two_optimizers_share_nothing(kind):
    one, other = kind(0.1), kind(0.1)
    for _ in range(3):
        one.step({"b1": np.zeros(1)}, {"b1": np.ones(1)})
    assert steps(other, 1.0) == steps(kind(0.1), 1.0)


@pytest.mark.parametrize("kind", KINDS)
def test_an_optimizer_says_what_it_is(kind):
    assert repr(kind(0.25)).startswith(f"{kind.__name__}(learning_rate=0.25, ")
    assert repr(eval(repr(kind(0.25)))) == repr(kind(0.25))


@pytest.mark.parametrize("kind", [Momentum, Nesterov])
def test_without_momentum_it_is_plain_descent(kind):
    assert steps(kind(0.3, momentum=0), 2, -1, 5) == steps(SGD(0.3), 2, -1, 5)


@pytest.mark.parametrize("kind", [Momentum, Nesterov])
def test_a_lasting_gradient_is_followed_ten_times_as_far(kind):
    path = steps(kind(1, momentum=0.9), *[1] * 300)
    assert path[-1] - path[-2] == pytest.approx(-10, rel=1e-6)  # 1 / (1 - 0.9)


@given(st.floats(-1e3, 1e3).filter(lambda gradient: abs(gradient) > 1e-3), st.floats(0.001, 0.5), st.integers(1, 20))
def test_adam_follows_a_lasting_gradient_by_the_learning_rate_at_each_step(gradient, learning_rate, n):
    path = steps(Adam(learning_rate, epsilon=NO_EPSILON), *[gradient] * n, start=0.0)
    assert path[-1] == pytest.approx(-math.copysign(n * learning_rate, gradient), rel=1e-9)


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=8), st.sampled_from([1e-3, 8.0, 1e5]))
def test_the_size_of_all_gradients_does_not_matter_to_adam_and_rmsprop(gradients, factor):
    for kind in RMSProp, Adam:
        usual = steps(kind(0.1, epsilon=NO_EPSILON), *gradients)
        larger = steps(kind(0.1, epsilon=NO_EPSILON), *[factor * gradient for gradient in gradients])
        assert larger == pytest.approx(usual, rel=1e-9, abs=1e-9)


# --- against other libraries ---------------------------------------------------------------------------------------

SHAPES = {"W1": (5, 4), "b1": (4,), "W2": (4, 3), "b2": (3,)}


def walk(optimizer, n=20):
    """Parameters after n steps along random gradients, and these gradients."""
    rng = np.random.default_rng(3)
    parameters = {name: rng.normal(size=shape) for name, shape in SHAPES.items()}
    start = {name: array.copy() for name, array in parameters.items()}
    gradients = [{name: rng.normal(size=shape) for name, shape in SHAPES.items()} for _ in range(n)]
    for gradient in gradients:
        optimizer.step(parameters, gradient)
    return start, gradients, parameters


IN_PYTORCH = {
    "SGD": (SGD(0.05), "SGD", {}),
    "SGD with weight decay": (SGD(0.05, weight_decay=0.1), "SGD", {"weight_decay": 0.1}),
    "Momentum": (Momentum(0.05, momentum=0.8), "SGD", {"momentum": 0.8}),
    "Nesterov": (Nesterov(0.05, momentum=0.8), "SGD", {"momentum": 0.8, "nesterov": True}),
    "RMSProp": (RMSProp(0.05, decay=0.9), "RMSprop", {"alpha": 0.9}),
    "RMSProp with a large epsilon": (RMSProp(0.05, epsilon=0.5), "RMSprop", {"eps": 0.5}),
    "Adam": (Adam(0.05), "Adam", {}),
    "Adam with settings": (Adam(0.05, beta1=0.7, beta2=0.9, epsilon=0.5), "Adam", {"betas": (0.7, 0.9), "eps": 0.5}),
    "AdamW": (AdamW(0.05), "AdamW", {"weight_decay": 0.01}),
    "Adam with weight decay": (Adam(0.05, weight_decay=0.3), "AdamW", {"weight_decay": 0.3}),
}


@pytest.mark.parametrize("case", IN_PYTORCH)
def test_20_steps_equal_those_of_pytorch(case):
    torch = pytest.importorskip("torch")
    mine, name, settings = IN_PYTORCH[case]
    start, gradients, expected = walk(dataclasses.replace(mine))
    tensors = {name: torch.tensor(array, requires_grad=True) for name, array in start.items()}
    groups = [
        {"params": [tensors["W1"], tensors["W2"]]},
        {"params": [tensors["b1"], tensors["b2"]], "weight_decay": 0},  # ours leaves the biases as they are
    ]
    theirs = getattr(torch.optim, name)(groups, lr=0.05, **settings)
    for gradient in gradients:
        for name, tensor in tensors.items():
            tensor.grad = torch.tensor(gradient[name])
        theirs.step()
    for name, tensor in tensors.items():
        np.testing.assert_allclose(expected[name], tensor.detach().numpy(), rtol=1e-10, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("schedule", ["linear", "cosine"])
def test_20_scheduled_steps_equal_those_of_pytorch(schedule):
    torch = pytest.importorskip("torch")
    tensor = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    theirs = torch.optim.SGD([tensor], lr=0.5)
    scheduler = (torch.optim.lr_scheduler.LinearLR(theirs, 1, 0, total_iters=20) if schedule == "linear"
                 else torch.optim.lr_scheduler.CosineAnnealingLR(theirs, 20))  # fmt: skip
    mine, parameters = SGD(0.5), {"b1": np.zeros(1)}
    for i in range(20):
        tensor.grad = torch.ones(1, dtype=torch.float64)
        theirs.step()
        scheduler.step()
        mine.learning_rate = 0.5 * getattr(schedules, schedule)(i / 20, warmup=0)
        mine.step(parameters, {"b1": np.ones(1)})
        assert parameters["b1"][0] == pytest.approx(tensor.item(), rel=1e-10)


IN_SCIKIT_LEARN = {
    "SGD": (SGD(0.05), "SGDOptimizer", {"momentum": 0, "nesterov": False}),
    "Momentum": (Momentum(0.05, momentum=0.8), "SGDOptimizer", {"momentum": 0.8, "nesterov": False}),
    "Nesterov": (Nesterov(0.05, momentum=0.8), "SGDOptimizer", {"momentum": 0.8, "nesterov": True}),
    "Adam": (Adam(0.05), "AdamOptimizer", {}),
    "Adam with settings": (Adam(0.05, beta1=0.7, beta2=0.9), "AdamOptimizer", {"beta_1": 0.7, "beta_2": 0.9}),
}


@pytest.mark.parametrize("case", IN_SCIKIT_LEARN)
def test_20_steps_equal_those_of_scikit_learn(case):
    theirs = pytest.importorskip("sklearn.neural_network._stochastic_optimizers")
    mine, name, settings = IN_SCIKIT_LEARN[case]
    start, gradients, expected = walk(dataclasses.replace(mine))
    arrays = list(start.values())
    optimizer = getattr(theirs, name)(arrays, learning_rate_init=0.05, **settings)
    for gradient in gradients:
        optimizer.update_params(arrays, list(gradient.values()))
    # its Adam adds epsilon before the correction: 1e-8 / √(1 - 0.999) for 1e-8
    for name, array in start.items():
        np.testing.assert_allclose(expected[name], array, atol=1e-6, err_msg=name)
