"""The plane playground: its data, its pictures at every setting's extremes, the network set by hand, the controls."""

import asyncio
import importlib
import json
import math

import numpy as np
import pytest

from mlp_helpers import labs, numerical_gradient
from mlp_helpers.labs.chart import picture

plane = importlib.import_module("mlp_helpers.labs.plane")  # labs.plane is the function
DATA = ["rings", "moons", "xor", "triangle", "spirals"]
DEFAULT = {"data": "rings", "noise": 0.1, "layers": 1, "width": 3, "activation": "relu", "seed": 0}


def after(steps, rate=0.3, **settings):
    work = plane.states(**{**DEFAULT, **settings}, rate=lambda: rate)
    for _ in range(steps + 1):
        state = next(work)
    return state


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("noise", [0, 0.1, 0.5])
def test_points(data, noise):
    X, y = plane.sample(data, noise)
    assert X.shape == (240, 2) and set(y) == {0, 1} and 0.1 < y.mean() < 0.9
    assert np.isfinite(X).all() and (np.abs(X) < plane.LIMIT).all(axis=1).mean() > (0.9 if noise < 0.5 else 0.7)
    again = plane.dataset(data, noise)
    assert (again.train.images == X).all() and not (again.validation.images == X).any()


def test_the_triangle_is_that_of_notebook_03():
    points = np.random.default_rng(1).uniform(-2.2, 2.2, (240, 2))
    X, y = plane.sample("triangle", 0)
    assert (points == X).all()
    x1, x2 = X.T
    assert (y == ((x2 > -1) & (2 * x1 + x2 < 2) & (-2 * x1 + x2 < 2))).all()


def test_clean_points_obey_their_rule():
    X, y = plane.sample("xor", 0)
    assert ((X[:, 0] * X[:, 1] > 0) == y).all() and np.abs(X).min() > 0.1
    X, y = plane.sample("rings", 0)
    radius = np.linalg.norm(X, axis=1)
    assert ((radius <= 0.8) == y).all() and ((radius >= 1.3) == (y == 0)).all()


def test_set_by_hand_gives_the_scores_of_notebook_03():
    Z = plane.by_hand().forward(np.array([[0.0, 0.0], [2.0, 0.0]]))
    assert np.allclose(Z[:, 1], [0.02, -1.98], atol=1e-6) and not Z[:, 0].any()
    state = next(plane.states("triangle", 0, 1, 3, "relu", 0, lambda: 0.1, hand=True))
    assert state.accuracy[0] > 0.98 and "set by hand" in plane.describe(state)["words"]


def test_one_score_learns_as_the_pair_of_0_and_the_score_would():
    X, y = plane.sample("triangle", 0)
    model = plane.OneScore([2, 3], dtype=np.float64, seed=4)
    assert model.parameters["W2"].shape == (3, 1) and model.sizes == [2, 3, 1]
    loss, gradients = model.loss_and_gradients(X, y)
    p = 1 / (1 + np.exp(-model.forward(X)[:, 1]))
    assert loss == pytest.approx(-np.log(np.where(y, p, 1 - p)).mean())
    for name, parameter in model.parameters.items():
        wanted = numerical_gradient(lambda _: model.evaluate(X, y)[0], parameter)
        assert np.allclose(gradients[name], wanted, atol=1e-6), name
    P, _ = plane.look(model, 8)
    edge = plane.LIMIT * (1 - 1 / 8)
    corner = model.forward(np.array([[-edge, edge]]))[0, 1]
    assert P[0, 0] == pytest.approx(1 / (1 + np.exp(-corner)))


def test_the_colours_are_those_of_the_figures_of_the_lessons():
    cold, warm = plane.regions(np.array([[0.0, 1.0]]))[0].astype(int)
    assert cold[2] > cold[0] and warm[0] > warm[2]  # as plots.planes: blue below 0, red above
    spec = plane.describe(after(0, data="triangle"))
    looks = [(s["color"], s["shape"]) for s in spec["panes"][0]["series"] if s["kind"] == "points"]
    assert looks == [("white", "circle"), ("gold", "triangle")]
    assert "outside where the plane is blue, and inside (the triangles) where it is red" in spec["words"]
    assert "class 0 where the plane is blue" in plane.describe(after(0))["words"]


def test_what_the_units_see():
    P, hidden = plane.look(plane.by_hand(), 44)  # pixels of 0.1, middles at -2.15, -2.05 …
    assert P.shape == (44, 44) and [layer.shape for layer in hidden] == [(3, 44, 44)]
    top, bottom = hidden[0][0][0], hidden[0][0][-1]  # unit 1: relu(-x2 - 1)
    assert (top == 0).all() and bottom == pytest.approx(np.full(44, 1.15), abs=1e-5)
    assert P[22, 22] > 0.5 > P[-1, 0]  # the middle is inside, the corner is not
    colour = plane.regions(np.array([[0.0, 1.0, 0.49, np.nan]]))[0]
    assert colour[0][2] > colour[0][0] and colour[1][0] > colour[1][2] and (colour[3] == 128).all()
    assert colour[2].min() > 200  # not sure: pale


@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
@pytest.mark.parametrize("layers", [0, 1, 4])
@pytest.mark.parametrize("width", [1, 3, 8])
@pytest.mark.parametrize("rate", [1e-3, 0.3])
def test_describe_at_the_extremes(activation, layers, width, rate):
    state = after(3, rate, data="spirals", layers=layers, width=width, activation=activation, seed=20)
    for layer, shown in ((1, "training"), (4, "held-out")):
        spec = plane.describe(state, layer, shown)
        assert len(spec["panes"]) == 2 + (width if layers else 0)
        assert len(json.dumps(spec)) < 60_000
        assert f"network 2{f'-{width}' * layers}-1:" in spec["words"] and "Step 3," in spec["words"]
        assert ("straight line" in spec["words"]) == (layers == 0)
    picture(spec)


def test_the_words_and_curves_say_what_was_measured():
    state = after(20)
    train, held_out = (state.model.evaluate(*split) for split in (state.data.train, state.data.validation))
    assert state.accuracy == pytest.approx((train[1], held_out[1]))
    assert [curve[-1] for curve in state.losses.values()] == pytest.approx([train[0], held_out[0]], rel=1e-5)
    assert f"{train[1]:.1%} of the training points" in plane.describe(state)["words"]
    assert state.steps == list(range(21))
    assert state.losses["training"][-1] < state.losses["training"][0]


def test_long_curves_are_thinned_out():
    state = after(2_000)
    assert len(state.steps) <= 2 * plane.KEPT + 1 and state.steps[0] == 0 and state.steps[-1] > 1_900
    assert len(set(np.diff(state.steps))) == 1 and len(state.steps) == len(state.losses["held out"])


def test_it_learns_what_a_line_cannot():
    assert after(1_500, data="rings", width=8).accuracy[1] > 0.95
    assert after(1_500, data="rings", layers=0).accuracy[1] < 0.75


def test_silent_units_are_counted():
    state = after(0)
    state.model.parameters["W1"][:, :2], state.model.parameters["b1"][:2] = 0, -1
    spec = plane.describe(state)
    assert "2 of 3 units of hidden layer 1 are silent" in spec["words"]
    assert [pane["title"] for pane in spec["panes"][2:4]] == ["1, silent", "2, silent"]


def test_broken_weights_are_drawn_grey():
    state = after(1)
    for parameter in state.model.parameters.values():
        parameter[...] = math.nan
    picture(plane.describe(state))


def test_the_controls():
    async def lesson():
        lab = labs.plane(width=5)
        lab.live.shown()
        controls, live = lab.controls, lab.live
        assert live.state.model.sizes == [2, 5, 1]
        for name, value in {"data": "xor", "layers": 4, "width": 8, "activation": "sigmoid", "seed": 3, "noise": 0.5}.items():
            controls[name].value = value
        assert live.state.model.sizes == [2, 8, 8, 8, 8, 1] and live.state.model.activation == "sigmoid"
        assert (live.state.data.train.images == plane.sample("xor", 0.5)[0]).all()
        frames = lab.chart.frames
        controls["layer"].value, controls["shown"].value = 3, "held-out"
        assert lab.chart.frames == frames + 2 and "hidden layer 3" in json.dumps(lab.chart.spec)
        live.buttons["step"].click()
        await lab.task
        assert live.state.step == 1
        controls["pace"].value = math.inf
        live.start()
        await asyncio.sleep(0.2)
        controls["rate"].value = 1.0  # while it trains
        assert live.status == "running" and live.state.step > 20
        controls["width"].value = 2  # another network: it goes on with that
        assert live.status == "running" and live.state.model.sizes[1] == 2
        lab.set_by_hand.click()
        assert (controls["data"].value, controls["width"].value, controls["noise"].value) == ("triangle", 3, 0)
        assert live.status == "ready" and live.state.hand and live.state.step == 0
        live.step()
        await lab.task
        live.reset()
        assert not live.state.hand  # the same network with random weights
        drawn = plane.OneScore([2, 3], seed=3)
        assert all((array == drawn.parameters[name]).all() for name, array in live.state.model.parameters.items())
        lab.set_by_hand.click()
        controls["seed"].value = 5
        assert not live.state.hand
        lab.show()

    asyncio.run(lesson())


def test_a_lesson_chooses_its_controls():
    def found(widget):
        yield widget
        for child in getattr(widget, "children", ()):
            yield from found(child)

    lab = labs.plane(["width", "seed"], data="triangle", noise=0, seed=4)
    shown = list(found(lab.view))
    assert {name for name, control in lab.controls.items() if control in shown} == {"width", "seed"}
    assert lab.set_by_hand in shown and lab.live.buttons["start"] in shown
    assert lab.set_by_hand not in list(found(labs.plane(hand=False).view))
    whole = labs.plane()
    everything = list(found(whole.view))
    assert all(control in everything for control in whole.controls.values())
    with pytest.raises(ValueError, match=r"controls must be of data, .* but speed is none of them"):
        labs.plane(["speed"])


def test_the_labels_of_sliders_are_short_enough_to_be_read_whole():
    lab = labs.plane(layers=2)
    sliders = [control for control in lab.controls.values() if control.style.description_width == "8em"]
    assert len(sliders) == 6 and all(len(control.description) <= len("training images") for control in sliders)


def test_hidden_units_are_those_of_each_layer_where_there_are_several():
    lab = labs.plane(["width"])
    assert lab.controls["width"].description == "hidden units"
    assert labs.plane(layers=2).controls["width"].description == "units per layer"
    lab.controls["layers"].value = 3
    assert lab.controls["width"].description == "units per layer"
    lab.set_by_hand.click()
    assert lab.controls["width"].description == "hidden units"


@pytest.mark.parametrize("seed, learns", [(4, True), (0, False)])
def test_with_some_first_weights_the_triangle_is_found_and_with_some_not(seed, learns):
    state = after(1_000, rate=10**-0.5, data="triangle", noise=0, seed=seed)
    outside = (state.data.train.labels == 0).mean()
    assert state.accuracy[0] > 0.97 if learns else state.accuracy[0] == pytest.approx(outside)


def test_a_divergence_is_told():
    async def lesson():
        lab = labs.plane(width=8, layers=4, rate=10.0, pace=math.inf, activation="relu", data="spirals")
        for seed in range(21):
            lab.controls["seed"].value = seed
            lab.live.shown()
            lab.live.start()
            for _ in range(10):
                await asyncio.sleep(0.01)
            lab.live.stop()
            await lab.task
            if lab.live.status == "diverged":
                return lab.live.notice.value
        return ""

    assert "choose a smaller learning rate" in asyncio.run(lesson())
