"""Data under fire: damaged IDX files, folders of odd names, arrays of any type. They are read, or it is said why not.

``FUZZ=100 pytest -n0 -s tests/fuzz/test_data.py`` does a hundred times as much, and prints what it counted.
"""

import collections
import decimal
import gzip
import os
import random
import shutil
import struct
import time
import tracemalloc
import warnings

import numpy as np
import pytest

from mlp_helpers import Dataset, Split, load_mnist, read_idx
from mlp_helpers.core.idx import read_idx_header

FUZZ = int(os.environ.get("FUZZ", "1"))
CODES = {"u1": 0x08, "i1": 0x09, "i2": 0x0B, "i4": 0x0C, "f4": 0x0D, "f8": 0x0E}
SIZES = [0, 1, 2, 3, 20, 255, 65_535, 2**31 - 1, 2**32 - 1]
MEMORY, SECONDS = 40 << 20, 5  # of one case, at most


@pytest.fixture
def counts(request):
    """Print what was counted, so that a long run can be seen to have done something."""
    counted = collections.Counter()
    yield counted
    print(f"\n{request.node.name}: {', '.join(f'{what} {count}' for what, count in counted.most_common())}")


def outcome(run, *names):
    """Return what was read, or None after a refusal in one sentence or two that names the file; within bounds."""
    tracemalloc.start()
    began = time.monotonic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", "No example has the label")
            warnings.filterwarnings("ignore", "Warning: converting a masked element to nan")  # NumPy's own, and NaN is refused
            return run()
    except (ValueError, FileNotFoundError) as error:
        said = str(error)
        assert "\n" not in said and said.endswith((".", "?")) and len(said) < 1_000, said
        assert not names or any(str(name) in said for name in names), said
        return None
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < MEMORY, peak
        assert time.monotonic() - began < SECONDS


def idx(array):
    header = bytes([0, 0, CODES[array.dtype.str[1:]], array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
    return header + array.astype(array.dtype.newbyteorder(">")).tobytes()


# --- files -------------------------------------------------------------------------------------------------------------


def some_array(rng):
    shape = [rng.choice([0, 1, 2, 3, 7, 28]) for _ in range(rng.choice([0, 1, 1, 2, 3, 3, 4]))]
    return np.frombuffer(rng.randbytes(int(np.prod(shape))), "u1").reshape(shape).astype(rng.choice(list(CODES)))


def headless(rng, content):
    """Another header before the same bytes: any type, any number of axes, sizes that no memory holds."""
    axes = rng.choice([0, 1, 2, 3, 4, 31, 32, 33, 64, 65, 255])
    return bytes([0, 0, rng.choice([*CODES.values(), 7, 0]), axes]) + b"".join(
        struct.pack(">I", rng.choice(SIZES if axes < 9 else [0, 1, 1, 1, 1, 1, 1, 1])) for _ in range(axes)
    ) + content[16:]  # fmt: skip


def spliced(rng, content):
    other, place = rng.choice([content, rng.randbytes(50), b"<html>", b"PK\3\4", bytes(300)]), rng.randrange(len(content) + 1)
    return content[:place] + other[: rng.randrange(len(other) + 1)] + content[rng.choice([place, len(content)]) :]


def flipped(rng, content):
    damaged = bytearray(content)
    for _ in range(rng.choice([1, 1, 2, 8])):
        if damaged:
            damaged[rng.randrange(min(len(damaged), rng.choice([4, 16, 10**6])))] = rng.choice([0, 1, 8, 255, rng.randrange(256)])
    return bytes(damaged)


CHANGES = {
    "nothing": lambda rng, content: content,
    "a bit": flipped,
    "cut": lambda rng, content: content[: rng.randrange(len(content) + 1)],
    "another header": headless,
    "a piece": spliced,
    "longer": lambda rng, content: content + bytes(rng.choice([1, 4, 1000, 1 << 20])),
}


def mutated(rng, content):
    """Change the bytes before they are packed, or after, or both."""
    content = CHANGES[rng.choice(list(CHANGES))](rng, content)
    if rng.random() < 0.5:
        content = gzip.compress(content, rng.choice([1, 9]), mtime=0)
        if rng.random() < 0.5:
            content = CHANGES[rng.choice(["a bit", "cut", "a piece", "longer"])](rng, content)
        if rng.random() < 0.1:
            content = gzip.compress(content, mtime=0)
    return content


def test_a_damaged_file_is_read_or_refused_by_name(tmp_path, counts):
    rng = random.Random(f"files {FUZZ}")
    path = tmp_path / "some-idx"
    for _ in range(600 * FUZZ):
        array = some_array(rng)
        content = mutated(rng, idx(array))
        path.write_bytes(content)
        header = outcome(lambda: read_idx_header(path), path)
        result = outcome(lambda: read_idx(path), path)
        counts["read" if result is not None else "refused"] += 1
        if result is not None:
            assert header == (result.dtype.newbyteorder(">"), result.shape)
            plain = content
            while plain[:2] == b"\x1f\x8b":
                plain = gzip.decompress(plain)
            assert idx(result) == plain  # nothing was added, lost or changed
    assert min(counts.values()) > 20 * FUZZ


def test_a_file_that_unpacks_to_gigabytes_is_refused_after_what_its_header_says(tmp_path, counts):
    rng, path = random.Random(0), tmp_path / "some-idx"
    zeros = gzip.compress(bytes(1 << 24), mtime=0)
    for _ in range(3 * FUZZ):
        shape = [rng.choice([1, 20, 4000]) for _ in range(rng.choice([1, 2]))]
        header = bytes([0, 0, 8, len(shape)]) + struct.pack(f">{len(shape)}I", *shape)
        path.write_bytes(gzip.compress(header, mtime=0) + 256 * zeros)  # 4 GB in 4 MB
        assert outcome(lambda: read_idx(path), path) is None
        counts["refused"] += 1


# --- folders -----------------------------------------------------------------------------------------------------------


ODD = (
    "{}.part",
    "{}.crdownload",
    "{}.md5",
    "._{}",
    ".{}",
    "{} (1).gz",
    "{}.zip",
    "~{}",
    "{}~",
    "copy of {}",
    "train-images-{}",
    "{}\n",
    "ä{}",
)
RENAMES = (
    str.upper,
    str.title,
    lambda name: name.replace("-idx", ".idx"),
    lambda name: name.replace("-", "_"),
    lambda name: name + ".gz",
    lambda name: "emnist-letters-" + name,
    lambda name: "x-" + name,
    lambda name: name.replace("t10k", "test"),
    lambda name: name[:12],
)


def build(rng, folder):
    """Write a set of four files, with up to six changes to what is in them, their names, their places and what lies beside."""
    n = rng.choice([1, 2, 20])
    files, shape = {}, (n, rng.choice([1, 3, 28]), 4)
    for part in "train", "t10k":
        images, labels = np.full(shape, 3, "u1"), np.array([i % min(n, 10) for i in range(n)], rng.choice(["u1", "i2", "i4"]))
        files |= {f"{part}-images-idx3-ubyte": idx(images), f"{part}-labels-idx1-ubyte": idx(labels)}
    done = []
    for _ in range(rng.choice([0, 0, 1, 1, 2, 6])):
        name = rng.choice(list(files))
        match change := rng.choice(
            ["content", "array", "gone", "name", "all names", "own folder", "folder", "beside", "empty folder"]
        ):
            case "content":
                files[name] = mutated(rng, files[name])
            case "array":
                files[name] = idx(some_array(rng))
            case "gone":
                del files[name]
            case "name":
                files[rng.choice(RENAMES)(name)] = files.pop(name)
            case "all names":
                rename = rng.choice(RENAMES)
                files = {rename(name): content for name, content in files.items()}
            case "own folder":
                files = {f"{name}/{name.split('/')[-1]}": content for name, content in files.items()}
            case "folder":
                inside = rng.choice(["gzip/", "a/b/", "a/b/c/", "__MACOSX/", ".hidden/"])
                files = {inside + name: content for name, content in files.items()}
            case "beside":
                head, _, tail = name.rpartition("/")
                files[f"{head}/{rng.choice(ODD).format(tail)}".lstrip("/")] = rng.choice([b"", b"<html>", files[name]])
            case "empty folder":
                (folder / rng.choice([name + ".gz", "train-images-idx3-ubyte.gz", "x"])).mkdir(parents=True, exist_ok=True)
        done.append(change)
        if not files:
            break
    for name, content in files.items():
        path = folder / name
        if not path.is_dir() and not any(parent.is_file() for parent in path.parents):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return set(done)


def test_a_folder_of_anything_is_read_or_refused_by_name(tmp_path, counts):
    rng = random.Random(f"folders {FUZZ}")
    for _ in range(150 * FUZZ):
        folder = tmp_path / "own"
        folder.mkdir()
        done = build(rng, folder)
        options = rng.choice(
            [{}, {}, {"transpose": True}, {"name": rng.choice(["letters", "x", "", "A"])}, {"class_names": list("abcdefghij")}]
        )
        data = outcome(lambda: load_mnist(0, folder=folder, **options), folder)  # noqa: B023
        counts["refused" if data is None else "read"] += 1
        if data is not None:
            for split in data.train, data.test:
                assert split.images.ndim == 2 and len(split.images) == len(split.labels) > 0
                assert split.labels.dtype == np.int64 and split.labels.min() >= 0 and split.labels.max() < len(data.class_names)
        elif done <= {"own folder", "beside", "empty folder"} and options in ({}, {"transpose": True}):
            beside = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
            raise AssertionError(f"a whole set was refused: {beside}")
        shutil.rmtree(folder)
    assert min(counts.values()) > 20 * FUZZ


# --- arrays ------------------------------------------------------------------------------------------------------------


class Table:
    def __init__(self, array):
        self.array = array

    def __array__(self, dtype=None, copy=None):
        return np.array(self.array, dtype)


FORMS = (
    lambda array: array,
    lambda array: array.tolist(),
    lambda array: tuple(array.tolist()),
    lambda array: list(array),
    Table,
    lambda array: array.astype(object),
    lambda array: array[..., np.newaxis],
    lambda array: array[np.newaxis],
    lambda array: array.T,
    lambda array: array.reshape(-1),
    lambda array: array.astype(str),
    lambda array: array.astype("S"),
    lambda array: array.astype(float),
    lambda array: array.astype(bool),
    lambda array: array.astype("M8[D]"),
    lambda array: np.ma.masked_equal(array, 1),
)
WEIRD = (
    None,
    np.nan,
    np.inf,
    -1,
    3.7,
    1e300,
    10**30,
    2**63,
    "cat",
    "",
    "3",
    "3.5",
    b"x",
    True,
    1j,
    decimal.Decimal("1.5"),
    [1],
    {},
    object(),
)


def some_labels(rng, n):
    top = rng.choice([1, 2, 10, n + 1])
    labels = np.array([rng.randrange(top) for _ in range(n)], rng.choice(["u1", "i1", "i4", "i8", "u8", "f4", "f8"]))
    labels = rng.choice(FORMS)(labels)
    if rng.random() < 0.3 and isinstance(labels, list) and labels:
        labels[rng.randrange(n)] = rng.choice(WEIRD)
    return labels


def some_images(rng, n):
    shape = (n, *rng.choice([(), (4,), (2, 2), (2, 2, 1), (0,)]))
    top, kind = rng.choice([(1, "u1"), (2, "u1"), (2, "f4"), (16, "i8"), (256, "u1"), (256, "i8"), (256, "f8"), (70_000, "i8")])
    images = np.array([rng.randrange(top) for _ in range(int(np.prod(shape)))], kind).reshape(shape)
    return rng.choice(FORMS)(images)


def test_any_arrays_are_taken_without_loss_or_refused(counts):
    rng = random.Random(f"arrays {FUZZ}")
    for _ in range(600 * FUZZ):
        n = rng.choice([0, 1, 2, 5, 20])
        pixels, labels = some_images(rng, n), some_labels(rng, n + rng.choice([0, 0, 0, 0, 1]))
        split = outcome(lambda: Split(pixels, labels))  # noqa: B023
        counts["Split refused" if split is None else "Split made"] += 1
        if split is not None:
            assert isinstance(split.images, np.ndarray) and split.images.dtype.kind in "biuf"
            assert split.labels.shape == (len(split.images),) and split.labels.dtype.kind in "iu"
            if isinstance(labels, np.ndarray) and labels.dtype.kind in "iufO" and labels.size == len(split):
                assert (labels.reshape(-1) == split.labels).all()
        data = outcome(lambda: Dataset.from_arrays(pixels, labels, validation=0, test=0))  # noqa: B023
        counts["from_arrays refused" if data is None else "from_arrays made"] += 1
        if data is not None:
            X, y = data.train
            assert X.ndim == 2 and len(X) == len(y) and X.dtype.kind in "uf" and (X.dtype == np.uint8 or X.dtype.kind == "f")
            assert np.isfinite(X).all() and y.dtype == np.int64 and y.min() >= 0 and y.max() < len(data.class_names)
    assert min(counts.values()) > 20 * FUZZ
