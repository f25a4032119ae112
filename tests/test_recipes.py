"""Recipes: each makes a training that can run, two runs are equal, and joined networks give the mean of their scores."""

import dataclasses
import json

import numpy as np
import pytest

from mlp_helpers import MLP, RECIPES, Adam, Nesterov, Recipe, Warp, follow, joined, train
from mlp_helpers.core.recipes import seeds_of

RNG = np.random.default_rng(0)
TINY = Recipe(hidden=(6, 5), epochs=2, batch_size=50, learning_rate=0.1)


def equal(one, other):
    return all(np.array_equal(array, other.state[name]) for name, array in one.state.items())


@pytest.fixture(scope="module")
def digits(mnist):
    return mnist.subset(300)


# --- recipes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_makes_a_network_and_a_training_that_runs(name, digits):
    recipe = RECIPES[name]
    assert recipe.network().sizes == [784, *recipe.hidden, 10]
    short = dataclasses.replace(recipe, hidden=(8,) * len(recipe.hidden), epochs=1, models=1)
    history = train(short.network(), digits, **short.training(), progress=False)
    assert len(history) == 1 and np.isfinite(history.train_loss[0])


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_can_be_written_down_and_read_again(name):
    assert Recipe(**json.loads(json.dumps(dataclasses.asdict(RECIPES[name]))) | {"hidden": RECIPES[name].hidden}) == RECIPES[name]


def test_all_settings_reach_the_network_and_its_training():
    recipe = Recipe(
        hidden=(7,), epochs=3, batch_size=20, learning_rate=0.25, optimizer="Adam", weight_decay=0.125, schedule="cosine",
        batch_norm=False, dropout=0.5, label_smoothing=0.25, adversarial=0.75, warp={"rotation": 0, "shift": 2.0},
    )  # fmt: skip
    model, training = recipe.network(seed=4), recipe.training()
    assert (model.sizes, model.batch_norm, model.dropout, model.label_smoothing) == ([784, 7, 10], False, 0.5, 0.25)
    assert model.adversarial == 0.75
    assert np.array_equal(model.parameters["W1"], MLP([784, 7, 10], seed=4).parameters["W1"])
    assert (training["epochs"], training["batch_size"], training["schedule"](1)) == (3, 20, 0)
    assert training["schedule"].__name__ == "cosine"
    assert repr(training["optimizer"]) == repr(Adam(0.25, weight_decay=0.125))
    assert isinstance(training["augment"], Warp) and vars(training["augment"]) == vars(Warp(rotation=0, shift=2.0))


def test_defaults_are_nesterov_batch_norm_and_no_warp():
    assert isinstance(TINY.training()["optimizer"], Nesterov) and TINY.network().batch_norm
    assert TINY.training()["augment"] is None


def test_each_training_gets_an_optimizer_of_its_own():
    assert TINY.training()["optimizer"] is not TINY.training()["optimizer"]


def test_to_follow_a_recipe_is_to_train_by_it(digits):
    recipe = dataclasses.replace(TINY, warp={}, dropout=0.1)
    model = recipe.network(seed=3)
    train(model, digits, **recipe.training(), seed=3, progress=False)
    assert equal(follow(recipe, digits, seed=3, progress=False), model)
    assert not equal(follow(recipe, digits, seed=4, progress=False), model)


def test_a_recipe_of_several_networks_joins_them(digits):
    recipe = dataclasses.replace(TINY, models=3)
    alone = [follow(TINY, digits, seed=each, progress=False) for each in (6, 7, 8)]
    assert equal(follow(recipe, digits, seed=2, progress=False), joined(alone))


def test_runs_with_different_seeds_share_no_network():
    seeds = [each for seed in range(5) for each in seeds_of(3, seed)]
    assert len(set(seeds)) == len(seeds) == 15
    assert list(seeds_of(1, 4)) == [4]


@pytest.mark.parametrize("wrong", ["99", Recipe, {}])
def test_what_is_no_recipe_is_refused(wrong, digits):
    with pytest.raises(ValueError, match=r'recipe must be a Recipe, but is .*\. Try recipe=RECIPES\["99"\]\.'):
        follow(wrong, digits)


# --- networks joined into one --------------------------------------------------------------------------------------


def test_joined_weights_by_hand():
    one, other = MLP([1, 1, 1, 1], dtype=np.float64), MLP([1, 1, 1, 1], dtype=np.float64)
    for model, values in (one, (1, 2, 3, 4, 5, 6)), (other, (7, 8, 9, 10, 11, 12)):
        for array, value in zip(model.parameters.values(), values, strict=True):
            array[...] = value
    expected = {"W1": [[1, 7]], "b1": [2, 8], "W2": [[3, 0], [0, 9]], "b2": [4, 10], "W3": [[2.5], [5.5]], "b3": [9]}
    both = joined([one, other])
    assert both.sizes == [1, 2, 2, 1]
    for name, array in both.parameters.items():
        np.testing.assert_array_equal(array, expected[name])


@pytest.mark.parametrize("n", [1, 2, 5])
@pytest.mark.parametrize("sizes", [[6, 3], [6, 4, 3], [6, 4, 5, 3], [6, 5, 4, 4, 3]])
@pytest.mark.parametrize("settings", [{}, {"batch_norm": True}, {"activation": "sigmoid", "dropout": 0.5}])
def test_the_scores_are_the_means_of_the_scores(n, sizes, settings):
    X, y, models = RNG.normal(size=(20, 6)), RNG.integers(0, 3, 20), []
    for seed in range(n):
        models.append(MLP(sizes, seed=seed, dtype=np.float64, **settings))
        models[-1].loss_and_gradients(X, y)  # moves the running statistics
        for array in models[-1].parameters.values():
            array += RNG.normal(size=array.shape)
    scores = np.mean([model.forward(X) for model in models], axis=0)
    np.testing.assert_allclose(joined(models).forward(X), scores, rtol=1e-12, atol=1e-12)


def test_joined_networks_are_independent_of_those_they_come_from(tmp_path):
    models = [MLP([4, 3, 2], seed=seed, batch_norm=True, label_smoothing=0.1) for seed in range(2)]
    both, before = joined(models), [model.copy() for model in models]
    for array in both.state.values():
        array += 1
    assert all(map(equal, models, before))
    both.save(tmp_path / "both.npz")
    assert equal(MLP.load(tmp_path / "both.npz"), both) and both.label_smoothing == 0.1


def test_no_networks_are_refused():
    with pytest.raises(ValueError, match=r"models must hold at least one network, but is empty\. Try models="):
        joined([])


@pytest.mark.parametrize("settings", [{"sizes": [4, 5, 2]}, {"batch_norm": True}])
def test_networks_of_different_kinds_are_refused(settings):
    with pytest.raises(ValueError, match="models must be of one architecture, but"):
        joined([MLP([4, 3, 2]), MLP(**{"sizes": [4, 3, 2]} | settings)])
