"""Reading, splitting and choosing the images; and what is said about files that are not what they should be."""

import gzip
import hashlib
import os
import pathlib
import re
import struct
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import mlp_helpers
from mlp_helpers import Dataset, Split, load_fashion_mnist, load_mnist, read_idx
from mlp_helpers.core.data import DATASETS

CODES = {"u1": 0x08, "i1": 0x09, "i2": 0x0B, "i4": 0x0C, "f4": 0x0D, "f8": 0x0E}
IMAGES = (np.arange(20 * 28 * 28) % 251).astype(np.uint8).reshape(20, 28, 28)
LABELS = (np.arange(20) % 10).astype(np.uint8)


def idx(array):
    header = bytes([0, 0, CODES[array.dtype.str[1:]], array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
    return header + array.astype(array.dtype.newbyteorder(">")).tobytes()


def write_set(folder, train="train", test="t10k", **changed):
    """A small data set of four files; ``changed`` gives the bytes of one of them, or None to leave it out."""
    for name, part in ("train", train), ("test", test):
        for what, rank, array in ("images", 3, IMAGES), ("labels", 1, LABELS):
            content = changed.get(f"{name}_{what}", gzip.compress(idx(array), mtime=0))
            if content is not None:
                (folder / f"{part}-{what}-idx{rank}-ubyte.gz").write_bytes(content)
    return folder


@pytest.fixture
def file(tmp_path):
    return tmp_path / "some-idx"


# --- IDX files -----------------------------------------------------------------------------------------------------


def test_read_idx_by_hand(file):
    # 00 00, type 0b (two bytes, signed), 2 axes, sizes 1 and 3, then 1, 256 and -1
    file.write_bytes(bytes.fromhex("00 00 0b 02  00 00 00 01  00 00 00 03  00 01  01 00  ff ff"))
    array = read_idx(file)
    np.testing.assert_array_equal(array, [[1, 256, -1]])
    assert array.dtype == np.int16


@given(
    st.sampled_from(sorted(CODES)).flatmap(lambda code: hnp.arrays(code, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0))),
    st.booleans(),
)
def test_read_idx_gives_back_what_was_written(tmp_path_factory, array, gzipped):
    path = tmp_path_factory.getbasetemp() / "written.idx"
    path.write_bytes(gzip.compress(idx(array)) if gzipped else idx(array))
    result = read_idx(path)
    np.testing.assert_array_equal(result, array)
    assert result.dtype == array.dtype and result.dtype.isnative and result.shape == array.shape
    assert result.flags.writeable


def test_read_idx_takes_a_path_as_text(file):
    file.write_bytes(idx(LABELS))
    np.testing.assert_array_equal(read_idx(str(file)), LABELS)


WHOLE = idx(IMAGES)
DAMAGED = {
    "an empty file": (b"", "magic number is missing"),
    "an HTML page": (b"<!DOCTYPE html><html>404</html>", "magic number is 3c 21 44 4f, but 00 00, a type (08, 09"),
    "a gzipped HTML page": (gzip.compress(b"<!DOCTYPE html>"), "magic number is 3c 21 44 4f"),
    "an unknown type": (b"\0\0\x07\x01" + WHOLE[4:], "magic number is 00 00 07 01"),
    "a magic number with its bytes reversed": (WHOLE[3::-1] + WHOLE[4:], "magic number is 03 08 00 00"),
    "half a header": (WHOLE[:9], "ends inside its header"),
    "only a header": (WHOLE[:16], "says (20, 28, 28), which is 15680 bytes, but holds only 0"),
    "a byte too few": (WHOLE[:-1], "which is 15680 bytes, but holds only 15679"),
    "a byte too many": (WHOLE + b"\0", "which is 15680 bytes, but holds more"),
    "gzipped, a byte too many": (gzip.compress(WHOLE + b"\0"), "which is 15680 bytes, but holds more"),
    "a count that is much too large": (WHOLE[:4] + b"\xff" * 12 + WHOLE[16:], "but holds only 15680"),
    "truncated gzip": (gzip.compress(WHOLE)[:-200], "cut short or damaged"),
    "gzip truncated in its header": (gzip.compress(WHOLE)[:2], "cut short or damaged"),
    "gzip with a wrong checksum": (gzip.compress(WHOLE)[:-8] + bytes(8), "cut short or damaged"),
    "gzip with damaged contents": (gzip.compress(WHOLE)[:30] + b"\xff" * 30 + gzip.compress(WHOLE)[60:], "cut short or damaged"),
    "a text pointer": (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 9912422\n", "git lfs pull"),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_read_idx_refuses(case, file):
    content, phrase = DAMAGED[case]
    file.write_bytes(content)
    with pytest.raises(ValueError, match=re.escape(phrase)) as caught:
        read_idx(file)
    assert str(caught.value).startswith(str(file))


@pytest.mark.parametrize("length", range(0, len(idx(LABELS)), 3))
@pytest.mark.parametrize("gzipped", [False, True])
def test_read_idx_refuses_a_file_cut_anywhere(length, gzipped, file):
    file.write_bytes((gzip.compress(idx(LABELS)) if gzipped else idx(LABELS))[:length])
    with pytest.raises(ValueError, match="some-idx"):
        read_idx(file)


def test_read_idx_of_a_missing_file_says_where_it_looked(file):
    with pytest.raises(FileNotFoundError, match=r"some-idx is not a file\. .*restore the folder datasets"):
        read_idx(file)


def test_read_idx_refuses_a_folder(tmp_path):
    with pytest.raises(FileNotFoundError, match="is not a file"):
        read_idx(tmp_path)


# --- the shipped data sets -----------------------------------------------------------------------------------------


def test_the_shipped_files_have_the_checksums_of_the_readme():
    sums = re.findall(r"^([0-9a-f]{64})  (\S+)$", (DATASETS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name for _, name in sums} == {path.relative_to(DATASETS).as_posix() for path in DATASETS.rglob("*.gz")}
    assert len(sums) == 8
    for checksum, name in sums:
        assert hashlib.sha256((DATASETS / name).read_bytes()).hexdigest() == checksum, name


def test_mnist_is_split_in_three(mnist):
    assert repr(mnist) == "Dataset(train=50000, validation=10000, test=10000)"
    for split in mnist.train, mnist.validation, mnist.test:
        assert split.images.dtype == np.uint8 and split.images.shape == (len(split), 784) and split.images.max() == 255
        assert split.labels.dtype.kind == "i" and set(split.labels) == set(range(10))
    assert mnist.class_names == tuple("0123456789")


def test_the_test_set_stays_in_the_order_of_the_file(mnist):
    np.testing.assert_array_equal(mnist.test.labels[:10], [7, 2, 1, 0, 4, 1, 4, 9, 5, 9])


def test_without_validation_all_60_000_are_for_training_in_the_order_of_the_file():
    data = load_mnist(validation=0)
    assert (len(data.train), len(data.validation), len(data.test)) == (60_000, 0, 10_000)
    assert data.validation.images.shape == (0, 784)
    np.testing.assert_array_equal(data.train.labels[:10], [5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    # the published number of each digit
    np.testing.assert_array_equal(np.bincount(data.train.labels), [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])


def test_train_and_validation_are_the_60_000_shuffled_with_the_share_of_each_class(mnist):
    everything = load_mnist(validation=0).train
    counts = np.bincount(everything.labels)
    assert (np.abs(np.bincount(mnist.validation.labels) - counts / 6) < 1).all()
    np.testing.assert_array_equal(np.bincount(mnist.train.labels) + np.bincount(mnist.validation.labels), counts)
    together = Dataset(mnist.train, mnist.validation, mnist.test[:0], ()).all
    assert sums_with_labels(together) == sums_with_labels(everything)
    assert (mnist.train.labels[:1000] != everything.labels[:1000]).mean() > 0.8


def sums_with_labels(split):
    """The sorted sum of each image's pixels, weighted by their places, with its label."""
    places = np.random.default_rng(0).integers(1, 1_000_000, size=784).astype(float)
    return sorted(zip(split.images @ places, split.labels, strict=True))


def test_validation_as_a_fraction_and_as_a_number_are_the_same_choice():
    by_number, by_fraction = load_mnist(validation=12_000), load_mnist(validation=0.2)
    np.testing.assert_array_equal(by_number.validation.images, by_fraction.validation.images)
    np.testing.assert_array_equal(by_number.train.labels, by_fraction.train.labels)


def test_the_seed_decides_the_choice(tmp_path):
    first, again, other = (load_mnist(10, seed, write_set(tmp_path)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.train.images, again.train.images)
    assert (first.train.images != other.train.images).any()


def test_the_80_20_split_of_all_70_000_is_one_line(mnist):
    rest, part = mnist.all.split_off(0.2)
    assert (len(rest), len(part)) == (56_000, 14_000)


def test_fashion_mnist_has_the_names_of_its_classes():
    data = load_fashion_mnist(validation=1 / 6)
    assert repr(data) == "Dataset(train=50000, validation=10000, test=10000)"
    assert data.class_names[0] == "T-shirt/top" and len(data.class_names) == 10
    np.testing.assert_array_equal(data.test.labels[:5], [9, 2, 1, 1, 6])
    np.testing.assert_array_equal(np.bincount(data.test.labels), [1000] * 10)


def test_a_subset_has_fewer_training_images_and_the_same_validation_and_test(mnist):
    small = mnist.subset(1_000, seed=3)
    assert len(small.train) == 1_000 and small.validation is mnist.validation and small.test is mnist.test
    assert (np.abs(np.bincount(small.train.labels) - np.bincount(mnist.train.labels) / 50) < 1).all()
    assert small.class_names == mnist.class_names
    np.testing.assert_array_equal(small.train.images, mnist.subset(1_000, seed=3).train.images)
    assert (small.train.images != mnist.subset(1_000, seed=4).train.images).any()


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of memory from /proc")
def test_mnist_takes_55_mb_and_130_at_its_peak():
    program = """
import re, numpy
def megabytes(what):
    return int(re.search(rf"{what}:\\s+(\\d+) kB", open("/proc/self/status").read())[1]) / 1000
before = megabytes("VmHWM")                      # not getrusage, which remembers the parent's peak too
from mlp_helpers import load_mnist
data = load_mnist()
splits = data.train, data.validation, data.test
print(megabytes("VmHWM") - before, megabytes("VmRSS") - before, sum(a.nbytes for s in splits for a in s) / 1e6)
"""
    root = pathlib.Path(mlp_helpers.__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root), "OPENBLAS_NUM_THREADS": "1"}
    said = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True).stdout
    peak, resident, held = map(float, said.split())
    assert 55 < peak <= 130
    assert resident <= 70                        # the arrays, the package's own code, and what the allocator keeps
    assert 54 < held < 56


# --- other data sets in the same format ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("train", "test"),
    [("train", "t10k"), ("train", "test"), ("emnist-digits-train", "emnist-digits-test"), ("kmnist-train", "kmnist-t10k")],
)
def test_a_folder_in_the_same_format_loads(train, test, tmp_path):
    data = load_mnist(validation=5, folder=write_set(tmp_path, train, test))
    assert repr(data) == "Dataset(train=15, validation=5, test=20)"
    np.testing.assert_array_equal(data.test.images, IMAGES.reshape(20, 784))
    np.testing.assert_array_equal(data.test.labels, LABELS)


def test_a_folder_may_be_given_as_text_and_its_files_unpacked(tmp_path):
    write_set(tmp_path)
    for path in tmp_path.glob("*.gz"):
        path.with_suffix("").write_bytes(gzip.decompress(path.read_bytes()))
        path.unlink()
    assert len(load_mnist(validation=0, folder=str(tmp_path)).train) == 20


def test_a_packed_and_an_unpacked_copy_side_by_side_are_one_set(tmp_path):
    write_set(tmp_path)
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(idx(LABELS))
    assert len(load_mnist(validation=0, folder=tmp_path).train) == 20


def test_class_names_are_the_labels_or_what_is_given(tmp_path):
    write_set(tmp_path)
    assert load_mnist(validation=2, folder=tmp_path).class_names == tuple("0123456789")
    assert load_mnist(validation=2, folder=tmp_path, class_names=list("abcdefghij")).class_names == tuple("abcdefghij")


@pytest.mark.parametrize("validation", [19, 20])
def test_class_names_do_not_depend_on_what_validation_takes_away(validation, tmp_path):
    data = load_mnist(validation, folder=write_set(tmp_path))
    assert len(data.train) == 20 - validation and len(data.class_names) == 10


SPOILT = {
    "images and labels of different length": ({"train_labels": idx(LABELS[:19])}, "there are 20 images but 19 labels"),
    "images and labels exchanged": ({"test_images": idx(LABELS), "test_labels": idx(IMAGES)}, "files' names exchanged?"),
    "images for labels": ({"train_labels": idx(IMAGES)}, "files' names exchanged?"),
    "test images of another size": ({"test_images": idx(IMAGES[:, :14])}, "training images have 784 pixels, test images 392"),
    "a text pointer in place of a file": ({"train_images": b"version https://git-lfs.github.com/spec/v1\n"}, "git lfs pull"),
    "a truncated file": ({"test_labels": gzip.compress(idx(LABELS))[:-9]}, "cut short or damaged"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_folder_is_refused_with(case, tmp_path):
    changed, phrase = SPOILT[case]
    with pytest.raises(ValueError, match=re.escape(phrase)) as caught:
        load_mnist(validation=0, folder=write_set(tmp_path, **changed))
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize("missing", ["train_images", "train_labels", "test_images", "test_labels"])
def test_a_folder_that_lacks_a_file_is_refused_with_the_files_name(missing, tmp_path):
    name = missing.replace("_", "-").replace("test", "t10k")
    with pytest.raises(FileNotFoundError, match=rf"holds no file \*{name}\*\. Put the four IDX files"):
        load_mnist(folder=write_set(tmp_path, **{missing: None}))


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nowhere holds no file \*train-images"):
        load_mnist(folder=tmp_path / "nowhere")


@pytest.mark.parametrize("second", [("emnist-letters-train", "emnist-letters-test"), ("kmnist-train", "test")])
def test_a_folder_with_several_sets_is_refused_with_their_names(second, tmp_path):
    with pytest.raises(ValueError, match=rf"several sets: .*{second[0]}-images.*Give each a folder of its own"):
        load_mnist(folder=write_set(write_set(tmp_path), *second))


def test_a_set_with_both_test_and_t10k_files_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"several sets: t10k-images.*, test-images"):
        load_mnist(folder=write_set(write_set(tmp_path), "train", "test"))


@pytest.mark.parametrize("validation", [-1, 21, 1.0, 2.5, -0.1, np.nan, "5", True])
def test_an_impossible_validation_is_refused(validation, tmp_path):
    with pytest.raises(ValueError, match=r"from 0 to 20 or a fraction below 1, but is .*\. Try 0\.1"):
        load_mnist(validation, folder=write_set(tmp_path))


# --- splits --------------------------------------------------------------------------------------------------------


def numbered(labels):
    """Every image is its own row number, so that each can be found again."""
    return Split(np.arange(len(labels)).reshape(-1, 1), labels)


@given(hnp.arrays(np.int64, st.integers(1, 60), elements=st.integers(0, 4)), st.data(), st.integers(0, 1000))
def test_split_off_is_a_partition_in_which_every_class_keeps_its_share(labels, data, seed):
    split = numbered(labels)
    size = data.draw(st.integers(0, len(labels)))
    rest, part = split.split_off(size, seed)
    assert len(part) == size and len(rest) == len(labels) - size
    assert sorted([*rest.images[:, 0], *part.images[:, 0]]) == list(range(len(labels)))
    for half in rest, part:
        np.testing.assert_array_equal(half.labels, labels[half.images[:, 0]])
    for label in np.unique(labels):
        assert abs((part.labels == label).sum() - (labels == label).sum() * size / len(labels)) < 1
    again = split.split_off(size, seed)
    np.testing.assert_array_equal(rest.images, again[0].images)
    np.testing.assert_array_equal(part.images, again[1].images)


@given(st.integers(1, 200), st.floats(0, 1, exclude_max=True), st.sampled_from([float, np.float32]))
def test_split_off_takes_a_fraction(n, fraction, kind):
    fraction = kind(min(fraction, 0.999))
    rest, part = numbered(np.zeros(n, int)).split_off(fraction)
    assert len(part) == round(float(fraction) * n) and len(rest) + len(part) == n


def test_split_off_shuffles_fairly():
    labels = np.array([0, 0, 0, 0, 1, 1])
    splits = [numbered(labels).split_off(3, seed) for seed in range(3_000)]
    places = np.array([[*rest.images[:, 0], *part.images[:, 0]] for rest, part in splits])
    times = np.array([np.bincount(column, minlength=len(labels)) for column in places.T])    # (place, example)
    assert (np.abs(times - 500) < 100).all()     # each example is in each place equally often: 500 ± 20


def stretches_without_a_class(split, length=500):
    """Count the stretches of so many consecutive examples that lack one of the split's classes."""
    lacking = 0
    for label in np.unique(split.labels):
        seen = np.concatenate([[0], np.cumsum(split.labels == label)])
        lacking += (seen[length:] == seen[:-length]).sum()
    return lacking


@pytest.mark.parametrize("load", [load_mnist, load_fashion_mnist])
def test_any_500_consecutive_images_hold_every_class(load):
    data = load()
    for split in data.train, data.validation, data.subset(2_000).train:
        assert stretches_without_a_class(split) == 0


@given(st.integers(2, 10), st.integers(3_000, 6_000), st.floats(0.2, 0.8), st.integers(0, 1000))
def test_any_500_consecutive_examples_of_a_split_hold_every_class(classes, n, fraction, seed):
    labels = np.sort(np.random.default_rng(seed).integers(classes, size=n))
    split = numbered(labels)
    for half in (*split.split_off(fraction, seed), split.subset(700, seed)):
        assert stretches_without_a_class(half) == 0


def test_subset_keeps_the_shares():
    subset = numbered(np.repeat([0, 1, 2], [60, 30, 10])).subset(10)
    np.testing.assert_array_equal(np.bincount(subset.labels), [6, 3, 1])


def test_a_split_unpacks_counts_and_slices():
    split = numbered(np.array([4, 5, 6]))
    X, y = split
    assert X is split.images and y is split.labels and len(split) == 3
    np.testing.assert_array_equal(split[1:].labels, [5, 6])
    np.testing.assert_array_equal(split[split.labels != 5].images, [[0], [2]])


def test_a_split_of_unequal_lengths_is_refused():
    with pytest.raises(ValueError, match=r"3 images but 2 labels\. Take both from the same files"):
        Split(np.zeros((3, 4)), np.zeros(2, int))


def test_all_is_train_validation_and_test_in_this_order():
    data = Dataset(*(numbered(np.full(2, i)) for i in range(3)), ())
    np.testing.assert_array_equal(data.all.labels, [0, 0, 1, 1, 2, 2])
