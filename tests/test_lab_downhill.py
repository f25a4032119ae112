"""The downhill explorer: the walk, the verdict on it, and that its controls reach the chart."""

import itertools
import json

import numpy as np
import pytest

from mlp_helpers import numerical_gradient
from mlp_helpers.check.exercises.notebook_05.descend import descend
from mlp_helpers.labs.chart import picture
from mlp_helpers.labs.downhill import (
    AXES,
    CURVATURE,
    LEVELS,
    LOWEST,
    LOWEST_POINT,
    NEAR,
    STEEP,
    TARGET,
    describe,
    gradient,
    lab,
    landscape,
    losses,
    verdict,
    walk,
)
from mlp_helpers.labs.downhill import X as INPUTS


def kind(slope, constant, learning_rate, steps):
    return verdict(walk(slope, constant, learning_rate, steps)[0], learning_rate)[0]


def test_the_surface_by_hand():
    assert losses(np.zeros(2)) == (1 + 9 + 16 + 64) / 4
    assert np.allclose(gradient(np.zeros(2)), [-2 * (0 + 3 + 8 + 24) / 4, -2 * (1 + 3 + 4 + 8) / 4])  # -17.5, -8
    assert np.allclose(CURVATURE, [[7, 3], [3, 2]])
    inputs = np.stack([INPUTS, np.ones(4)], axis=1)
    assert np.allclose(np.linalg.lstsq(inputs, TARGET, rcond=None)[0], LOWEST_POINT)
    assert np.isclose(losses(LOWEST_POINT), LOWEST) and np.allclose(gradient(LOWEST_POINT), 0)


def test_the_gradient_is_that_of_nudges_and_the_walk_that_of_the_exercise():
    for start in ([0.0, 0.0], [5.0, -3.0], [-1.0, 4.0]):
        assert np.allclose(gradient(np.array(start)), numerical_gradient(losses, np.array(start)), atol=1e-6)
        path, loss = walk(*start, 0.1, 20)
        assert np.allclose(path, descend(gradient, np.array(start), 0.1, 20)) and np.allclose(loss, losses(path))


def test_the_first_step_by_hand():
    assert np.allclose(walk(0, 0, 0.1, 1)[0], [[0, 0], [1.75, 0.8]])


@pytest.mark.parametrize("slope", [-1.0, 0.0, 5.0])
@pytest.mark.parametrize("constant", [-3.0, 0.0, 4.0])
def test_the_least_the_default_and_the_greatest_of_every_control(slope, constant):
    for learning_rate, steps in itertools.product((0.001, 0.1, 0.3), (0, 1, 12, 100)):
        spec = describe(slope, constant, learning_rate, steps)
        assert len(json.dumps(spec, allow_nan=False)) < 40_000
        surface, curve = spec["panes"]
        assert curve["series"][1]["x"] == list(range(steps + 1))
        low, high = curve["ylim"]
        assert low < LOWEST and max(curve["series"][1]["y"]) < high
        assert all(abs(x) < 100 for s in surface["series"] if s["kind"] in ("line", "points") for x in s["x"] + s["y"])


@pytest.mark.parametrize(
    "learning_rate, steps, said",
    [
        (0.1, 0, "still"), (0.001, 100, "creeps"), (0.005, 12, "creeps"), (0.05, 1, "walks"), (0.1, 12, "floor"),
        (0.1, 100, "converged"), (0.2, 100, "converged"), (0.2, 3, "zigzags"), (0.23, 12, "zigzags"), (0.237, 100, "zigzags"),
        (0.238, 1, "diverges"), (0.24, 100, "diverges"), (0.3, 100, "diverges"),
    ],
)  # fmt: skip
def test_verdicts_from_the_origin(learning_rate, steps, said):
    assert kind(0, 0, learning_rate, steps) == said


def test_a_start_at_the_lowest_point_stays():
    assert {kind(2.2, 0.7, rate, steps) for rate in (0.001, 0.1, 0.3) for steps in (0, 1, 100)} == {"still"}


def test_the_verdict_is_true_from_everywhere():
    starts = itertools.product(np.linspace(-1, 5, 7), [-3, -0.9, 0.7, 2.1, 4])
    rates = (0.001, 0.02, 0.1, 0.118, 0.119, 0.2, 0.237, 0.238, 0.24, 0.3)
    for start, rate, steps in itertools.product(starts, rates, (1, 5, 30, 100)):
        path, loss = walk(*start, rate, steps)
        said, sentence = verdict(path, rate)
        across = (path - LOWEST_POINT) @ AXES[:, 1]
        away = np.linalg.norm(path[-1] - LOWEST_POINT)
        if said == "diverges":
            assert rate >= 0.238 and abs(across[-1]) > abs(across[-2])
            assert ("The loss rises" in sentence) == (loss[-1] > loss[-2])
            if "it will rise" in sentence:
                later = walk(*start, rate, 300)[1]
                assert later[-1] > later[-2]
            continue
        assert rate <= 0.237 and loss[-1] < loss[-2]
        taken = (loss[-2] - loss[-1]) / (loss[-2] - LOWEST)
        if said == "converged":
            assert away < NEAR
        elif said == "zigzags":
            assert across[-1] * across[-2] < 0 and away >= NEAR
        elif said == "floor":
            assert abs(across[-1]) < NEAR <= away
        elif said == "creeps":
            assert across[-1] * across[-2] > 0 and taken < 0.1
        else:
            assert said == "walks" and across[-1] * across[-2] > 0 and taken >= 0.1


def test_the_edge_lies_at_two_over_the_largest_curvature():
    assert 0.237 < 2 / STEEP < 0.238


def test_the_words_name_the_end_and_where_the_path_leaves():
    assert describe(0, 0, 0.1, 1)["words"].startswith("After 1 step: slope 1.75, constant 0.8, loss 1.034 ")
    assert "leaves the picture at step 2" in describe(0, 0, 0.3, 12)["words"]
    assert "leaves" not in describe(0, 0, 0.1, 12)["words"]


def test_a_path_that_runs_far_away_is_cut_and_has_no_end_in_the_picture():
    near, far = (describe(0, 0, rate, 100)["panes"][0]["series"] for rate in (0.1, 0.3))
    assert len(near) == len(far) + 1 and max(len(series.get("x", [])) for series in far if series["kind"] == "points") < 15


def test_the_lines_on_the_surface_are_lines_of_equal_loss():
    lines = [series for series in landscape() if series["kind"] == "line"]
    for series, level in zip(lines, LEVELS, strict=True):
        assert np.allclose(losses(np.stack([series["x"], series["y"]], axis=1)), level, rtol=1e-3)


def test_the_controls_reach_the_chart():
    explorer = lab()
    assert explorer.settings == {"slope": 0.0, "constant": 0.0, "learning_rate": 0.1, "steps": 12}
    for name, value in {"slope": 5.0, "constant": -3.0, "learning_rate": 0.3, "steps": 7}.items():
        explorer.controls[name].value = value
    assert explorer.chart.spec["words"] == describe(5.0, -3.0, 0.3, 7)["words"]
    picture(explorer.chart.spec)
