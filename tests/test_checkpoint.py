"""A training that is saved and resumed ends exactly as an uninterrupted one does, to the last bit."""

import dataclasses
import functools
import json
import subprocess
import sys

import numpy as np
import pytest

from mlp_helpers import (
    MLP,
    SGD,
    Adam,
    AdamW,
    Dataset,
    Momentum,
    Nesterov,
    RMSProp,
    Split,
    Warp,
    load_checkpoint,
    save_checkpoint,
    schedules,
    training_steps,
)

OPTIMIZERS = {
    "SGD": SGD(0.2, weight_decay=0.01),
    "Momentum": Momentum(0.05, momentum=0.8),
    "Nesterov": Nesterov(0.05, momentum=0.8, weight_decay=0.01),
    "RMSProp": RMSProp(0.01, decay=0.95, epsilon=1e-7),
    "Adam": Adam(0.01, beta1=0.8, beta2=0.99, epsilon=1e-6),
    "AdamW": AdamW(0.01),
}


def pictures(n, seed):
    """Images of 5 x 5 of which the label names the brightest corner."""
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 3, n)
    X = rng.uniform(0, 0.7, (n, 25))
    X[np.arange(n), np.array([0, 4, 20])[y]] += 0.3
    return Split((255 * X).astype(np.uint8), y)


DATA = Dataset(pictures(100, 1), pictures(30, 2), pictures(0, 3), ("a", "b", "c"))


def network(**settings):
    everything = {"dropout": 0.2, "batch_norm": True, "label_smoothing": 0.1, "l2": 0.001, "seed": 5}
    return MLP([25, 8, 6, 3], **everything | settings)


def epochs(model, optimizer, batch_size, first=0, last=4):
    """Run some epochs of a training of 4, with everything on; return what was measured."""
    reports = training_steps(
        model, DATA, 4, batch_size, optimizer=optimizer, seed=7, initial_epoch=first,
        schedule=functools.partial(schedules.cosine, warmup=0.3), augment=Warp(shift=0.3, rotation=5),
    )  # fmt: skip
    measured = []
    for now in reports:
        if now.evaluation:
            measured.append(dataclasses.astuple(now.evaluation)[:-1])  # without the seconds
            if now.evaluation.epoch == last:
                break
    return measured


def equal(one, other):
    return one.keys() == other.keys() and all(one[name].tobytes() == other[name].tobytes() for name in one)


@pytest.mark.parametrize("after", [1, 3])
@pytest.mark.parametrize("batch_size", [16, None])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_training_goes_on_as_if_it_had_not_been_interrupted(name, batch_size, after, tmp_path):
    whole, optimizer = network(), dataclasses.replace(OPTIMIZERS[name])
    measured = epochs(whole, optimizer, batch_size)
    first, begun = network(), dataclasses.replace(OPTIMIZERS[name])
    before = epochs(first, begun, batch_size, last=after)
    save_checkpoint(tmp_path / "part.npz", first, begun, after)
    model, loaded, epoch = load_checkpoint(tmp_path / "part.npz")
    assert model is not first and loaded is not begun
    assert repr(loaded) == repr(begun) and epoch == after
    assert before + epochs(model, loaded, batch_size, first=epoch) == measured
    assert equal(model.state, whole.state) and not equal(model.state, first.state)
    assert loaded.steps == optimizer.steps == (28 if batch_size else 4)
    assert loaded.memory.keys() == optimizer.memory.keys()
    for parameter, remembered in optimizer.memory.items():
        for one, other in zip(loaded.memory[parameter], remembered, strict=True):
            np.testing.assert_array_equal(one, other)
    assert model.rng.bit_generator.state == whole.rng.bit_generator.state


@pytest.mark.parametrize("forgotten", ["what the optimizer remembers", "its steps", "the epoch", "the random numbers"])
def test_it_would_not_without(forgotten, tmp_path):
    whole, first, optimizer = network(), network(), Adam(0.01)
    measured = epochs(whole, Adam(0.01), 16)
    epochs(first, optimizer, 16, last=2)
    save_checkpoint(tmp_path / "part.npz", first, optimizer, 2)
    model, optimizer, epoch = load_checkpoint(tmp_path / "part.npz")
    if forgotten == "what the optimizer remembers":
        optimizer.memory.clear()
    elif forgotten == "its steps":
        optimizer.steps = 0
    elif forgotten == "the random numbers":
        model.rng.random()
    assert epochs(model, optimizer, 16, first=0 if forgotten == "the epoch" else epoch)[-2:] != measured[-2:]


def test_it_goes_on_in_another_process(tmp_path):
    whole, first, optimizer = network(), network(), Adam(0.01)
    epochs(whole, Adam(0.01), 16)
    epochs(first, optimizer, 16, last=2)
    save_checkpoint(tmp_path / "part.npz", first, optimizer, 2)
    program = (
        "import sys; sys.path.insert(0, 'tests'); import test_checkpoint as t\n"
        "model, optimizer, epoch = t.load_checkpoint(sys.argv[1])\n"
        "t.epochs(model, optimizer, 16, first=epoch)\n"
        "model.save(sys.argv[2])\n"
    )
    paths = [str(tmp_path / name) for name in ("part.npz", "whole.npz")]
    subprocess.run([sys.executable, "-c", program, *paths], check=True, timeout=60)
    assert equal(MLP.load(tmp_path / "whole.npz").state, whole.state)


def test_an_optimizer_that_has_not_stepped_and_one_that_remembers_nothing_come_back(tmp_path):
    for optimizer in Adam(0.5, weight_decay=0.25), SGD(0.125):
        save_checkpoint(tmp_path / "new.npz", MLP([4, 3, 2]), optimizer, 0)
        _, loaded, epoch = load_checkpoint(tmp_path / "new.npz")
        assert repr(loaded) == repr(optimizer) and loaded.memory == {} and loaded.steps == 0 and epoch == 0


def test_a_learning_rate_that_was_changed_on_the_way_is_kept(tmp_path):
    optimizer = Momentum(0.1)
    optimizer.learning_rate = 0.025
    save_checkpoint(tmp_path / "part.npz", MLP([4, 3, 2]), optimizer, np.int64(3))
    _, loaded, epoch = load_checkpoint(str(tmp_path / "part.npz"))
    assert loaded.learning_rate == 0.025 and epoch == 3 and type(epoch) is int


@pytest.mark.parametrize("settings", [{}, {"dtype": np.float64, "dropout": 0}, {"batch_norm": False, "activation": "sigmoid"}])
def test_the_network_alone_can_be_read_from_a_checkpoint(settings, tmp_path):
    model, optimizer = network(**settings), Adam()
    epochs(model, optimizer, 16, last=1)
    save_checkpoint(tmp_path / "part.npz", model, optimizer, 1)
    loaded = MLP.load(tmp_path / "part.npz")
    assert loaded.architecture == model.architecture and loaded.dtype == model.dtype
    assert equal(loaded.state, model.state)


# --- what is refused -----------------------------------------------------------------------------------------------


class OwnOptimizer(SGD):
    pass


@pytest.mark.parametrize("optimizer", [OwnOptimizer(), object()])
def test_an_optimizer_that_could_not_be_read_again_is_refused_and_the_old_file_kept(optimizer, tmp_path):
    save_checkpoint(tmp_path / "part.npz", MLP([4, 2]), SGD(), 1)
    before = (tmp_path / "part.npz").read_bytes()
    with pytest.raises(
        ValueError, match=r"optimizer must be one of SGD, .*, but is a (OwnOptimizer|object)\. .* model\.save\(path\)"
    ):
        save_checkpoint(tmp_path / "part.npz", MLP([4, 2]), optimizer, 1)
    assert (tmp_path / "part.npz").read_bytes() == before


def held(**changed):
    """What a checkpoint of a 4-3-2 network and Adam holds, with changes; None leaves one out."""
    model, about = MLP([4, 3, 2]), {"optimizer": "Adam", "epoch": 2, "steps": 9, "learning_rate": 0.1}
    memory = {f"training.{kept}.{name}": abs(array) for name, array in model.parameters.items() for kept in ("mean", "square")}
    arrays = model.to_arrays() | memory | {"training.about": np.array(json.dumps(about | changed.pop("about", {})))}
    return {name: array for name, array in (arrays | changed).items() if array is not None}


def test_what_the_next_test_changes_is_a_checkpoint(tmp_path):
    np.savez(tmp_path / "part.npz", **held())
    _, optimizer, epoch = load_checkpoint(tmp_path / "part.npz")
    assert repr(optimizer) == repr(Adam(0.1)) and (optimizer.steps, epoch) == (9, 2)


UNFIT = {
    "no training": MLP([4, 3, 2]).to_arrays(),
    "memory without the rest": held(**{"training.about": None}),
    "a part of the memory": held(**{"training.mean.W2": None}),
    "memory of another shape": held(**{"training.square.b1": np.ones(4)}),
    "memory of another optimizer": held(**{"training.velocity.W1": np.ones((4, 3))}),
    "an unknown optimizer": held(about={"optimizer": "Lion"}),
    "a list for an optimizer": held(about={"optimizer": [1]}),
    "an unknown setting": held(about={"speed": 3}),
    "a learning rate of words": held(about={"learning_rate": "fast"}),
    "a negative learning rate": held(about={"learning_rate": -1}),
    "half an epoch": held(about={"epoch": 1.5}),
    "no count of steps": held(about={"steps": None}),
    "settings that are no JSON": held(**{"training.about": np.array("{")}),
    "settings that are a list": held(**{"training.about": np.array("[1]")}),
    "settings that are a number": held(**{"training.about": np.array("1")}),
    "settings that are an array": held(**{"training.about": np.ones(3)}),
}


@pytest.mark.parametrize("case", UNFIT)
def test_load_refuses_a_network_with(case, tmp_path):
    np.savez(tmp_path / "part.npz", **UNFIT[case])
    with pytest.raises(ValueError, match=r"part\.npz holds a network, but no training to go on with \(.+\)\. MLP\.load reads"):
        load_checkpoint(tmp_path / "part.npz")
    assert MLP.load(tmp_path / "part.npz").sizes == [4, 3, 2]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"W1": None}, "holds no network: 'W1' is missing"),
        ({"W1": np.ones((5, 3))}, "W1 must have shape (4, 3), but has shape (5, 3)"),
        ({"speed": np.ones(3)}, "it also holds speed"),
    ],
)
def test_load_refuses_a_training_with_no_whole_network(changed, words, tmp_path):
    np.savez(tmp_path / "part.npz", **held(**changed))
    with pytest.raises(ValueError, match=r"part\.npz holds no network") as caught:
        load_checkpoint(tmp_path / "part.npz")
    assert words.replace("has shape", "has") in str(caught.value).replace("has shape", "has")


def test_load_of_a_missing_file_says_so(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"part\.npz is not there"):
        load_checkpoint(tmp_path / "part.npz")


def test_load_never_fails_with_anything_but_a_sentence(tmp_path):
    rng, refused = np.random.default_rng(0), 0
    optimizer, model = Momentum(), MLP([3, 2, 2], dropout=0.5, batch_norm=True)
    optimizer.step(model.parameters, model.parameters)
    save_checkpoint(tmp_path / "part.npz", model, optimizer, 1)
    content = (tmp_path / "part.npz").read_bytes()
    for place in range(0, len(content), 37):
        damaged = bytearray(content)
        damaged[place] ^= 1 << rng.integers(8)
        (tmp_path / "part.npz").write_bytes(damaged)
        try:
            load_checkpoint(tmp_path / "part.npz")
        except ValueError as error:
            assert "part.npz" in str(error)
            refused += 1
    for end in range(0, len(content), 199):
        (tmp_path / "part.npz").write_bytes(content[:end])
        with pytest.raises(ValueError, match=r"part\.npz"):
            load_checkpoint(tmp_path / "part.npz")
    assert refused > 40


DRAWN = json.loads(str(network().to_arrays()["rng"]))


@pytest.mark.parametrize(
    "text",
    ["", "{", "5", "null", "[]", '"PCG64"', '{"bit_generator": "MT19937"}', '{"bit_generator": 3}',
     json.dumps(DRAWN | {"state": {"state": -1, "inc": 2**200}}), json.dumps(DRAWN | {"has_uint32": "x"})],
)  # fmt: skip
def test_random_numbers_that_are_none_are_refused(text, tmp_path):
    np.savez(tmp_path / "net.npz", **network().to_arrays() | {"rng": np.array(text)})
    with pytest.raises(ValueError, match=r"net\.npz holds no network"):
        MLP.load(tmp_path / "net.npz")
