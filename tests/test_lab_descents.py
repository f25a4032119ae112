"""The race downhill: the three walks, the bowl that turns, what is said of them, and that its controls reach the chart."""

import importlib
import itertools
import json

import numpy as np
import pytest

from mlp_helpers import numerical_gradient
from mlp_helpers.check.exercises.notebook_14.adam_step import adam_step
from mlp_helpers.check.exercises.notebook_14.momentum_step import momentum_step
from mlp_helpers.labs.chart import picture

descents = importlib.import_module("mlp_helpers.labs.descents")  # labs.descents is the function
RATES = {"sgd_rate": 10**-3, "momentum_rate": 10**-2.7, "adam_rate": 10**-0.4}
DEFAULT = {**RATES, "momentum": 0.9, "beta2": 0.999}
BOWL = {"steep": 1000, "turned": 45, "steps": 60}


def ends(**settings):
    paths, H = descents.race(**{**BOWL, **DEFAULT, **settings})
    return {name: descents.losses(path, H)[-1] for name, path in paths.items()}


def test_the_bowl_by_hand():
    turn, H = descents.bowl(100, 90)
    assert np.allclose(turn @ [1, 0], [0, 1]) and np.allclose(H, np.diag([100, 1]))
    assert np.isclose(descents.losses(turn @ descents.START, H), (81 + 100) / 2)
    assert np.allclose(descents.bowl(100, 45)[1], [[50.5, -49.5], [-49.5, 50.5]])
    for degrees in (0, 30, 90):
        turn, H = descents.bowl(100, degrees)
        w = turn @ descents.START
        assert np.allclose(H @ w, numerical_gradient(lambda w, H=H: descents.losses(w, H), w), atol=1e-5)


def test_plain_sgd_by_hand():
    paths, _ = descents.race(100, 0, 2, **{**DEFAULT, "sgd_rate": 0.01})
    assert np.allclose(paths["plain SGD"], [[-9, 1], [-8.91, 0], [-8.8209, 0]])


def test_without_momentum_a_ball_is_plain_sgd():
    paths, _ = descents.race(**BOWL, **{**DEFAULT, "momentum": 0, "momentum_rate": RATES["sgd_rate"]})
    assert np.allclose(paths["plain SGD"], paths["momentum"])


def test_own_steps_walk_as_those_of_the_package_and_each_race_begins_at_rest():
    own = {"momentum_step": momentum_step, "adam_step": adam_step}
    for beta2 in descents.BETA2:
        wanted, _ = descents.race(**BOWL, **{**DEFAULT, "beta2": beta2})
        for _ in range(2):
            found, _ = descents.race(**BOWL, **{**DEFAULT, "beta2": beta2}, **own)
            assert all(np.allclose(found[name], path, rtol=1e-9, atol=1e-9) for name, path in wanted.items())


def test_steps_that_were_handed_over_are_taken():
    def still(*_, **__):
        """Nothing moves."""

    paths, _ = descents.race(**BOWL, **DEFAULT, momentum_step=still, adam_step=still)
    for name, path in paths.items():
        assert (abs(path - path[0]).max() == 0) == (name != "plain SGD")


def test_only_adam_minds_that_the_bowl_is_turned():
    straight, turned = ends(turned=0), ends()
    assert all(np.isclose(straight[name], turned[name]) for name in ("plain SGD", "momentum"))
    assert turned["Adam"] > 100 * straight["Adam"]


LEAST_AND_GREATEST = {
    "sgd_rate": (1e-4, 1), "momentum_rate": (1e-4, 1), "adam_rate": (1e-4, 1), "momentum": (0, 0.99), "beta2": (0, 0.9999),
    "steep": (10, 1000), "turned": (0, 90), "steps": (0, 1, 200),
}  # fmt: skip
LEAST, GREATEST = ({name: values[end] for name, values in LEAST_AND_GREATEST.items()} for end in (0, -1))
ALONE = [{name: value} for name, values in LEAST_AND_GREATEST.items() for value in values]


@pytest.mark.parametrize("changed", [{}, LEAST, GREATEST, GREATEST | {"beta2": 0}, *ALONE], ids=str)
def test_the_least_the_default_and_the_greatest_of_every_control(changed):
    spec = descents.describe(**{**DEFAULT, **BOWL, **changed})
    assert len(json.dumps(spec, allow_nan=False)) < 70_000
    surface, curves = spec["panes"]
    assert all(abs(x) <= descents.RINGS[-1] for series in surface["series"] for x in series["x"] + series["y"])
    assert [series["x"][0] for series in curves["series"]] == [0] * 3
    assert all(0 < y < 1e6 for series in curves["series"] for y in series["y"])


def test_the_words_are_true():
    for rate, steps, steep in itertools.product((1e-3, 0.01, 1), (1, 60), (10, 1000)):
        settings = {**DEFAULT, **dict.fromkeys(RATES, rate)}
        words = descents.describe(steep, 30, steps, **settings)["words"]
        paths, H = descents.race(steep, 30, steps, **settings)
        arrived = {}
        for name, path in paths.items():
            loss = descents.losses(path, H)
            if f"{name} is lost by step {len(path) - 1}" in words:
                assert abs(path[-1]).max() >= descents.LOST > abs(path[-2]).max()
            else:
                arrived[name] = loss[-1]
                assert len(path) == steps + 1
                assert (f"{name} is at {loss[-1]:.2g}, above its start" in words) == (loss[-1] > loss[0])
        if len(arrived) > 1:
            assert f"The lowest is {min(arrived, key=arrived.get)}." in words
    assert "; all start at a loss of 540.5. No step" in descents.describe(1000, 45, 0, **DEFAULT)["words"]
    assert "The lowest" not in descents.describe(1000, 45, 60, **{**DEFAULT, **dict.fromkeys(RATES, 1)})["words"]  # one is left


def test_the_lines_on_the_surface_are_lines_of_equal_loss():
    _, H = descents.bowl(100, 30)
    rings = [series for series in descents.landscape(100, 30) if len(series["x"]) > 2]
    for series, half in zip(rings, descents.RINGS, strict=True):
        assert np.allclose(descents.losses(np.stack([series["x"], series["y"]], axis=1), H), half**2 / 2, rtol=1e-3)


def test_a_path_that_runs_far_away_is_cut_and_has_no_end_in_the_picture():
    path = descents.walk(descents.SGD(0.1).step, descents.bowl(1000, 0)[1], descents.START, 60)
    assert len(path) < 10 and len(descents.trail("plain SGD", path)) == 3
    assert len(descents.trail("plain SGD", path[:1])) == 4


def test_the_controls_reach_the_chart():
    race = descents.lab(momentum_step, adam_step)
    assert race.settings == {**DEFAULT, **BOWL}
    for name, value in {"sgd_rate": 0.01, "beta2": 0.9, "momentum": 0.5, "steep": 10, "turned": 90, "steps": 7}.items():
        race.controls[name].value = value
    assert race.chart.spec["words"] == descents.describe(**race.settings)["words"]
    picture(race.chart.spec)
