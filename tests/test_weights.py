"""Weights from files, our own and other people's: what is refused, what the refusal advises, and that following it works."""

import json
import re
import tracemalloc
import zipfile

import numpy as np
import pytest

from mlp_helpers import MLP, Adam, load_checkpoint, save_checkpoint
from mlp_helpers.core.files import from_array, read_arrays

RNG = np.random.default_rng(0)
OURS = {"W1": RNG.random((5, 4)), "b1": RNG.random(4), "W2": RNG.random((4, 3)), "b2": RNG.random(3)}
X = RNG.random((6, 5))


def refusal(arrays):
    with pytest.raises(ValueError, match="holds no network") as caught:
        MLP.from_arrays(arrays)
    return str(caught.value)


def follow(advice, arrays):
    """Do what an error says: 'W1.T, b1.ravel()'."""
    changed = {}
    for name, what in re.findall(r"\b([Wb]\d)\.(T|ravel\(\)|astype\(np\.\w+\))", advice):
        changed[name] = eval(f"array.{what}", {"array": arrays[name], "np": np})
    assert changed
    return arrays | changed


def expected():
    return MLP.from_arrays(OURS).predict_proba(X)


@pytest.mark.parametrize("bias", [lambda b: b, lambda b: b.reshape(1, -1), lambda b: b.reshape(-1, 1)])
@pytest.mark.parametrize("turn", [lambda W: W, lambda W: W.T])
def test_the_advice_for_weights_of_other_shapes_makes_them_fit(turn, bias):
    theirs = {name: turn(array) if name[0] == "W" else bias(array) for name, array in OURS.items()}
    if all(theirs[name].shape == OURS[name].shape for name in OURS):
        return
    advice = refusal(theirs)
    assert "It fits when " in advice and "MLP.from_arrays takes the changed arrays" in advice
    assert ("transposed" in advice) == (theirs["W1"].shape != OURS["W1"].shape)
    np.testing.assert_array_equal(MLP.from_arrays(follow(advice, theirs)).predict_proba(X), expected())


def test_a_square_matrix_is_not_turned_round_by_mistake():
    square = {"W1": RNG.random((4, 4)), "b1": np.ones(4), "W2": RNG.random((3, 4)), "b2": np.ones(3)}
    assert "It fits when transposed: W2.T" in refusal(square)


def test_weights_counted_from_0_are_told_their_names():
    theirs = {f"{name[0]}{int(name[1]) - 1}": array for name, array in OURS.items()}
    advice = refusal(theirs)
    assert "counted from 0" in advice
    renamed = {new: theirs[old] for old, new in re.findall(r"(\w\d) becomes (\w\d)", advice)}
    np.testing.assert_array_equal(MLP.from_arrays(renamed).predict_proba(X), expected())


def test_other_names_are_shown():
    assert "It holds 0.weight, 0.bias." in refusal({"0.weight": OURS["W1"], "0.bias": OURS["b1"]})


@pytest.mark.parametrize("dtype", ["f2", ">f2", ">f4", ">f8", "<f4", "<f8"])
def test_floats_of_other_lengths_and_orders_of_bytes_are_read_exactly(dtype):
    theirs = {name: array.astype(dtype) for name, array in OURS.items()}
    model = MLP.from_arrays(theirs)
    assert model.dtype == (np.float64 if dtype.endswith("8") else np.float32) and model.dtype.isnative
    for name, array in theirs.items():
        np.testing.assert_array_equal(model.parameters[name], array)


@pytest.mark.parametrize("dtype", ["i8", "u1", "g", "?"])
def test_the_advice_for_other_numbers_makes_them_fit(dtype):
    theirs = {name: (9 * array).astype(dtype) for name, array in OURS.items()}
    advice = refusal(theirs)
    for name in OURS:
        theirs = follow(advice.replace("W1", name), theirs)
    assert MLP.from_arrays(theirs).sizes == [5, 4, 3]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("W1", np.nan, "W1 holds 1 value that is not finite"),
        ("b2", -np.inf, "b2 holds 1 value that is not finite"),
        ("W2", 1e300, "W2 holds 1 value that is too large for float32"),
        ("variance1", -1e-3, "variance1 holds 1 value that is below 0"),
        ("mean1", np.nan, "mean1 holds 1 value that is not finite"),
    ],
)
def test_numbers_that_no_network_holds_are_refused(name, value, words):
    arrays = MLP([4, 3, 2], batch_norm=True).to_arrays()
    arrays[name] = arrays[name].astype(np.float64 if value == 1e300 else np.float32)
    arrays[name].flat[0] = value
    assert words in refusal(arrays)


def test_a_network_that_holds_nan_is_not_saved_over_a_good_one(tmp_path):
    model, path = MLP([4, 3, 2]), tmp_path / "net.npz"
    model.save(path)
    before = path.read_bytes()
    model.parameters["W1"][0, 0] = np.nan
    for save in model.save, lambda path: save_checkpoint(path, model, Adam(), 1):
        with pytest.raises(ValueError, match="the network was not saved: W1 holds 1 value that is not finite"):
            save(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("sizes", [[5, 10**9, 3], [10**6, 10**6, 10**6], [5, *[4] * 10**5, 3]])
def test_sizes_are_compared_before_anything_of_that_size_is_made(sizes):
    tracemalloc.start()
    refusal(OURS | {"architecture": np.array(json.dumps({"sizes": sizes}))})
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1e8


@pytest.mark.parametrize(
    "settings", [{"seed": 1}, {"dtype": "float64"}, {"init": 1e39}, {"batch_norm": "no"}, {"sizes": [5, True]}]
)
def test_an_architecture_with_anything_else_in_it_is_refused(settings):
    refusal(OURS | {"architecture": np.array(json.dumps({"sizes": [5, 4, 3]} | settings))})


def test_settings_that_are_nested_without_end_are_refused():
    refusal(OURS | {"architecture": np.array("[" * 100_000)})
    with pytest.raises(ValueError, match="nested too deeply"):
        from_array(np.array("[" * 100_000))


@pytest.mark.parametrize(
    "header", [b"{" * 50, b"(" * 9_000, b"1 +", b"\\", b"{'descr': '<f4', 'fortran_order': False, 'shape': (%d,)}" % 10**15]
)
def test_a_header_that_is_none_is_a_sentence(header, tmp_path):
    with zipfile.ZipFile(tmp_path / "net.npz", "w") as file:
        file.writestr("W1.npy", b"\x93NUMPY\1\0" + len(header).to_bytes(2, "little") + header)
    with pytest.raises(ValueError, match=r"net\.npz (is not a whole \.npz file|would take more memory)"):
        read_arrays(tmp_path / "net.npz")


def test_a_small_file_that_unpacks_to_a_large_one_is_refused_before_it_is_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "net.npz", "w", zipfile.ZIP_DEFLATED) as file, file.open("W1.npy", "w") as member:
        for _ in range(300):
            member.write(bytes(2**20))
    tracemalloc.start()
    with pytest.raises(ValueError, match=r"net\.npz would take more memory"):
        read_arrays(tmp_path / "net.npz")
    assert tracemalloc.get_traced_memory()[1] < 1e8
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("name", "array", "words"),
    [
        ("square.W1", np.full((4, 3), -1.0), "below 0"),
        ("mean.b1", np.full(3, np.nan), "not finite"),
        ("mean.b1", np.array(["a", "b", "c"]), "must hold decimal numbers"),
        ("square.b2", np.full(2, 1j), "must hold decimal numbers"),
        ("square.b2", np.full(2, 1e300), "too large for float32"),
    ],
)
def test_what_no_optimizer_remembers_is_refused(name, array, words, tmp_path):
    model, optimizer, path = MLP([4, 3, 2]), Adam(), tmp_path / "part.npz"
    optimizer.step(model.parameters, model.parameters)
    save_checkpoint(path, model, optimizer, 1)
    np.savez(path, **read_arrays(path) | {f"training.{name}": array})
    with pytest.raises(ValueError, match=f"no training to go on with .*{words}"):
        load_checkpoint(path)
    assert MLP.load(path).sizes == [4, 3, 2]


@pytest.mark.parametrize("changed", [{"steps": -1}, {"epoch": -1}, {"epoch": True}, {"steps": 2**80}, {"steps": 1.0}])
def test_counts_that_are_none_are_refused(changed, tmp_path):
    path = tmp_path / "part.npz"
    save_checkpoint(path, MLP([4, 2]), Adam(), 1)
    arrays = read_arrays(path)
    about = json.loads(str(arrays["training.about"])) | changed
    np.savez(path, **arrays | {"training.about": np.array(json.dumps(about))})
    with pytest.raises(ValueError, match="no training to go on with"):
        load_checkpoint(path)
