"""Saved networks and checkpoints, damaged in every way: each is read, whole and finite, or refused in a sentence.

FUZZ=100 pytest -n0 -s tests/fuzz/test_networks.py       a hundred times as many; prints how many were read and refused
"""

import collections
import io
import json
import os
import random
import warnings
import zipfile

import numpy as np
import pytest

from mlp_helpers import MLP, Adam, Momentum, load_checkpoint, save_checkpoint

TIMES = 300 * int(os.environ.get("FUZZ", 1))
NUMBERS = [0, -1, 1, 0.5, 3, 10**9, 10**30, -(10**400), float("nan"), float("inf"), 1e300, 1e39]
OTHERS = [True, None, "relu", "", [], [[1]], {}, "9" * 5_000]
DTYPES = ["f2", "f4", "f8", ">f4", ">f8", "g", "i1", "u1", "i8", "?", "c8", "U3", "S2", "M8[s]", "V4"]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The bytes of some networks and checkpoints."""
    path, found = tmp_path_factory.mktemp("networks") / "any.npz", []
    X, y = np.eye(3), np.array([0, 1, 1])
    for model in MLP([3, 2, 2]), MLP([3, 4, 2], dropout=0.5, batch_norm=True, dtype=np.float64), MLP([3, 2], loss="mse"):
        model.save(path)
        found.append(path.read_bytes())
        for optimizer in Adam(), Momentum():
            optimizer.step(model.parameters, model.loss_and_gradients(X, y)[1])
            save_checkpoint(path, model, optimizer, 1)
            found.append(path.read_bytes())
    return found


def arrays_of(content):
    with np.load(io.BytesIO(content)) as file:
        return dict(file)


def packed(arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def flipped(content, rng):
    """Some bits turned over."""
    damaged = bytearray(content)
    for _ in range(rng.choice([1, 1, 3, 20])):
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def cut(content, rng):
    """An end, a beginning or a middle is missing."""
    start, end = sorted(rng.sample(range(len(content)), 2))
    return rng.choice([content[:start], content[start:], content[:start] + content[end:], content[:start] + bytes(end - start)])


def other_header(content, rng):
    """An array's header says something else."""
    name = rng.choice(list(arrays_of(content)))
    shape = rng.choice(["(3,)", "()", f"({10**9},)", f"({10**15},)", "(-1,)", "(2, 2, 2)", "(0,)", "(1e3,)", "((1,),)", "'a'"])
    kind = rng.choice(["<f4", "<f8", "|O", "<U9", "f", "", "[('a', '<f4')]", "|V0", "\x00"])
    header = rng.choice([
        *3 * [f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}"],
        "{" * 50, "(" * 5_000, "[" * 200_000, "{'descr': 1}", "1 +", "\\", "'", "import os", "\udcff" * 3, "",
    ]).encode("utf-8", "surrogatepass")  # fmt: skip
    version = rng.choice([b"\1\0", b"\2\0", b"\3\0", b"\7\7"])
    length = len(header).to_bytes(2 if version == b"\1\0" and len(header) < 2**16 else 4, "little")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as target:
        for each, array in arrays_of(content).items():
            whole = io.BytesIO()
            np.save(whole, array)
            damaged = b"\x93NUMPY" + version + length + header + bytes(40)
            target.writestr(f"{each}.npy", damaged if each == name else whole.getvalue())
    return file.getvalue()


def other_array(content, rng):
    """An array of another kind, shape or name, or with a number in it that does not belong there."""
    arrays = arrays_of(content)
    name = rng.choice([name for name in arrays if arrays[name].dtype.kind == "f"])
    array = np.array(arrays[name])
    change = rng.randrange(6)
    if change == 0:
        array = np.zeros(array.shape, rng.choice(DTYPES))
    elif change == 1:
        array = rng.choice([array.T, array[None], array.ravel(), array[:0], array[..., None], array[0], np.tile(array, 2)])
    elif change == 2:
        array.flat[rng.randrange(array.size)] = rng.choice([np.nan, np.inf, -np.inf, -5.0])
    elif change == 3:
        array = np.full(array.shape, rng.choice([1e300, -1e300, 1e39, -1.0]))
    elif change == 4:
        arrays[rng.choice(["W0", "W9", "b0", "speed", "training.mean.W1", "training.speed", "rng", "architecture"])] = array
    else:
        del arrays[name]
        return packed(arrays)
    return packed(arrays | {name: array})


def other_settings(content, rng):
    """Settings of another kind, or text that is none."""
    arrays = arrays_of(content)
    name = rng.choice([name for name in arrays if arrays[name].dtype.kind == "U"])
    settings = json.loads(str(arrays[name]))
    key = rng.choice([*settings, "speed", "seed", "init", "dtype"])
    if key == "sizes" and rng.random() < 0.5:
        settings[key] = [rng.choice([1, 2, 3, 4, *NUMBERS, *OTHERS]) for _ in range(rng.randrange(5))]
    else:
        settings[key] = rng.choice(NUMBERS + OTHERS)
    text = rng.choice([json.dumps(settings)] * 6 + ["[" * 100_000, "", "{", "NaN", "[]", "5", "null", '"W1"'])
    return packed(arrays | {name: np.array(text)})


CHANGES = [flipped, cut, other_header, other_array, other_settings]


@pytest.mark.parametrize("change", CHANGES)
def test_a_damaged_file_is_refused_in_a_sentence_or_whole(change, files, tmp_path):
    rng, counts, path = random.Random(change.__name__), collections.Counter(), tmp_path / "any.npz"
    for _ in range(TIMES):
        path.write_bytes(change(rng.choice(files), rng))
        for load in MLP.load, load_checkpoint:
            with warnings.catch_warnings():
                warnings.filterwarnings("error", module="mlp_helpers")
                try:
                    loaded = load(path)
                except ValueError as error:
                    assert str(error).startswith(str(path)) and "\n" not in str(error)[:2_000], error
                    counts["refused"] += 1
                    continue
            counts["read"] += 1
            model, optimizer, epoch = loaded if load is load_checkpoint else (loaded, None, 0)
            assert all(np.isfinite(array).all() for array in model.state.values())
            assert all((array >= 0).all() for name, array in model.state.items() if name.startswith("variance"))
            assert np.isfinite(model.predict_proba(np.zeros((1, model.sizes[0])))).all()
            assert epoch >= 0
            if optimizer:
                with np.errstate(all="ignore"):  # a learning rate may be any
                    optimizer.step(model.parameters, {name: np.zeros_like(array) for name, array in model.parameters.items()})
    print(f"\n{change.__name__}: {counts['refused']} refused, {counts['read']} read", end="")
    assert counts["refused"] > TIMES / 2
