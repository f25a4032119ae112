"""Reading, splitting and choosing the images; and what is said about files that are not what they should be."""

import contextlib
import gzip
import hashlib
import os
import pathlib
import re
import struct
import subprocess
import sys
import tracemalloc
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import mlp_helpers
from mlp_helpers import Dataset, Split, load_fashion_mnist, load_mnist, read_idx
from mlp_helpers.core import idx as idx_module
from mlp_helpers.core.data import DATASETS
from mlp_helpers.core.idx import read_idx_header

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
    "65 axes": (b"\0\0\x08\x41" + b"\0\0\0\1" * 65 + b"\0", "says that it has 65 axes, but images have 3 and labels 1"),
    "no numbers along endless axes": (b"\0\0\x08\3" + bytes(4) + b"\xff" * 8, "(0, 4294967295, 4294967295), but no array has"),
    "a zip archive": (b"PK\3\4" + bytes(26), "is a zip archive. Unpack it first."),
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


@pytest.mark.parametrize("read", [read_idx, read_idx_header])
def test_of_a_file_that_unpacks_to_gigabytes_only_what_its_header_says_is_read(read, file):
    packer = zlib.compressobj(wbits=31)
    with open(file, "wb") as packed:  # 64 MB, of which the header announces 20
        packed.write(packer.compress(idx(LABELS)))
        for _ in range(64):
            packed.write(packer.compress(bytes(1 << 20)))
        packed.write(packer.flush())
    tracemalloc.start()
    try:
        refused = pytest.raises(ValueError, match="which is 20 bytes, but holds more")
        with refused if read is read_idx else contextlib.nullcontext():
            assert read(file)[1] == (20,)
        assert tracemalloc.get_traced_memory()[1] < 3 << 20
    finally:
        tracemalloc.stop()


def test_a_file_that_does_not_fit_into_the_memory_is_told_by_name(file, monkeypatch):
    class Full(bytearray):
        def __iadd__(self, piece):
            raise MemoryError

    monkeypatch.setattr(idx_module, "bytearray", Full, raising=False)
    file.write_bytes(idx(LABELS))
    with pytest.raises(ValueError, match="some-idx holds more than fits into the memory"):
        read_idx(file)


def test_read_idx_of_a_missing_file_says_where_it_looked(file):
    with pytest.raises(FileNotFoundError, match=r"some-idx is not a file\. Look at the name"):
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
    assert resident <= 70  # the arrays, the package's own code, and what the allocator keeps
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


def unpacked(folder):
    for path in folder.glob("*.gz"):
        path.with_suffix("").write_bytes(gzip.decompress(path.read_bytes()))
        path.unlink()


def renamed(change):
    def rename(folder):
        for path in list(folder.iterdir()):
            path.rename(folder / change(path.name))

    return rename


def in_folders_of_their_own(folder):
    unpacked(folder)
    renamed(lambda name: name + ".moved")(folder)
    for path in list(folder.iterdir()):
        own = folder / path.name.removesuffix(".moved")
        own.mkdir()
        path.rename(own / own.name)


def flat_and_in_folders_of_their_own(folder):
    """One layout in which MNIST is handed on: each file flat with a dot, and again in a folder of its own."""
    in_folders_of_their_own(folder)
    for own in list(folder.iterdir()):
        (folder / own.name.replace("-idx", ".idx")).write_bytes((own / own.name).read_bytes())


def deeper(*names):
    def move(folder):
        inner = folder.joinpath(*names)
        files = list(folder.iterdir())
        inner.mkdir(parents=True)
        for path in files:
            path.rename(inner / path.name)

    return move


def with_companions(*names):
    def write(folder):
        for path in list(folder.iterdir()):
            for name in names:
                (folder / name.format(name=path.name, stem=path.name.removesuffix(".gz"))).write_bytes(b"not an IDX file")

    return write


def with_a_folder_of_macos(folder):
    (folder / "__MACOSX").mkdir()
    for path in list(folder.glob("*.gz")):
        (folder / "__MACOSX" / f"._{path.name}").write_bytes(b"\0\5\x16\7")
        (folder / "__MACOSX" / path.name).write_bytes(b"\0\5\x16\7")


def with_a_packed_copy(folder):
    (folder / "train-labels-idx1-ubyte").write_bytes(idx(LABELS))


LAYOUTS = {
    "packed": lambda folder: None,
    "unpacked": unpacked,
    "one packed and unpacked": with_a_packed_copy,
    "a dot for a hyphen": renamed(lambda name: name.replace("-idx", ".idx")),
    "a dot for a hyphen, unpacked": lambda folder: (unpacked(folder), renamed(lambda name: name.replace("-idx", ".idx"))(folder)),
    "underscores": renamed(lambda name: name.replace("-", "_")),
    "capitals": renamed(str.upper),
    "short names": renamed(lambda name: re.sub("-idx.*", ".idx", name)),
    "each in a folder of its own": in_folders_of_their_own,
    "flat, and each in a folder of its own": flat_and_in_folders_of_their_own,
    "a folder deeper": deeper("archive"),
    "two folders deeper": deeper("MNIST", "raw"),
    "two folders deeper, each in a folder of its own": lambda folder: (in_folders_of_their_own(folder), deeper("a", "b")(folder)),
    "companions of macOS": with_companions("._{name}"),
    "a folder of macOS": with_a_folder_of_macos,
    "hidden copies": with_companions(".{name}", ".~lock.{name}#"),
    "unfinished downloads": with_companions("{name}.crdownload", "{name}.part", "{name}.tmp", "{name}.download"),
    "second copies": with_companions("{stem} (1).gz", "{stem} (1)", "{stem}(2).gz", "{stem} - Copy.gz", "{name}.1"),
    "checksums": with_companions("{name}.md5", "{name}.sha256", "{name}.asc"),
    "other archives": with_companions("{stem}.zip", "{stem}.tar", "{stem}.csv", "{stem}.npz"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_folder_loads_as_archives_and_browsers_leave_it(layout, tmp_path):
    LAYOUTS[layout](write_set(tmp_path))
    data = load_mnist(validation=0, folder=tmp_path)
    np.testing.assert_array_equal(data.train.images, IMAGES.reshape(20, 784))
    np.testing.assert_array_equal(data.train.labels, LABELS)
    np.testing.assert_array_equal(data.test.labels, LABELS)


def test_a_folder_that_may_not_be_read_is_left_out(tmp_path):
    write_set(tmp_path)
    (tmp_path / "locked").mkdir(mode=0)
    assert len(load_mnist(validation=0, folder=tmp_path).train) == 20


EMNIST = ("balanced", "byclass", "bymerge", "digits", "letters", "mnist")


def emnist(folder):
    """Six sets in a folder, as the published archive holds them, with labels that tell them apart; letters begin with 1."""
    (folder / "gzip").mkdir()
    for place, name in enumerate(EMNIST):
        labels = gzip.compress(idx((LABELS % (place + 1) + (name == "letters")).astype(np.uint8)), mtime=0)
        write_set(folder / "gzip", f"emnist-{name}-train", f"emnist-{name}-test", train_labels=labels, test_labels=labels)
        (folder / "gzip" / f"emnist-{name}-mapping.txt").write_text("0 48")
    return folder


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("place", range(6))
def test_a_set_of_emnist_is_chosen_by_name(place, inside, tmp_path):
    folder, kind = emnist(tmp_path), EMNIST[place]
    for name in kind, f"emnist-{kind}", f"EMNIST-{kind.upper()}":
        data = load_mnist(0, folder=folder / "gzip" if inside else folder, name=name)
        np.testing.assert_array_equal(data.train.labels, LABELS % (place + 1) + (place == 4))


def test_several_sets_are_told_by_name_and_the_advice_works(tmp_path):
    with pytest.raises(ValueError, match=r"several sets: 'gzip/emnist-balanced', .*Choose one: name=") as caught:
        load_mnist(0, folder=emnist(tmp_path))
    assert len(load_mnist(0, folder=tmp_path, name=re.search("name='(.*)'", str(caught.value))[1]).train) == 20
    with pytest.raises(ValueError, match="holds no set 'numbers', but: 'gzip/emnist-balanced'"):
        load_mnist(0, folder=tmp_path, name="numbers")
    with pytest.raises(ValueError, match="holds no set 'emnist', but"):
        load_mnist(0, folder=tmp_path, name="emnist")


def test_the_courses_own_two_sets_are_chosen_by_their_folders():
    with pytest.raises(ValueError, match="holds several sets: 'fashion-mnist', 'mnist'"):
        load_mnist(folder=DATASETS)
    for name, first in ("mnist", 7), ("fashion-mnist", 9), ("fashion", None):
        if first is None:
            with pytest.raises(ValueError, match="no set 'fashion'"):
                load_mnist(folder=DATASETS, name=name)
        else:
            assert load_mnist(0, folder=DATASETS, name=name).test.labels[0] == first


def test_a_set_on_top_counts_before_those_in_folders_and_a_whole_one_before_parts(tmp_path):
    write_set(tmp_path)
    (tmp_path / "backup").mkdir()
    write_set(tmp_path / "backup", "kmnist-train", "kmnist-test", train_labels=b"damaged")
    write_set(tmp_path, "kmnist-train", "kmnist-test", test_labels=None)
    assert len(load_mnist(0, folder=tmp_path).train) == 20
    with pytest.raises(FileNotFoundError, match=r"holds no file \*t10k-labels\* of the set 'kmnist'\. Put the four"):
        load_mnist(0, folder=tmp_path, name="kmnist")


def test_images_that_lie_on_their_side_are_set_upright(tmp_path):
    folder = write_set(tmp_path, train_images=idx(IMAGES[:, :14]), test_images=idx(IMAGES[:, :14]))
    data = load_mnist(0, folder=folder, transpose=True)
    np.testing.assert_array_equal(data.train.images.reshape(20, 28, 14), IMAGES[:, :14].transpose(0, 2, 1))
    np.testing.assert_array_equal(data.test.images, data.train.images)
    assert data.train.images.flags.c_contiguous
    flat = idx(IMAGES.reshape(20, 784))
    with pytest.raises(ValueError, match=r"train-images.*without rows and columns, as 784 pixels\. Leave"):
        load_mnist(0, folder=write_set(tmp_path, train_images=flat, test_images=flat), transpose=True)


@pytest.mark.parametrize("dtype", ["i2", "i4", "f4", "f8"])
def test_images_in_wider_numbers_become_bytes(dtype, tmp_path):
    wide = idx(IMAGES.astype(dtype))
    data = load_mnist(0, folder=write_set(tmp_path, train_images=wide, test_images=wide))
    assert data.train.images.dtype == data.test.images.dtype == np.uint8
    np.testing.assert_array_equal(data.train.images, IMAGES.reshape(20, 784))


def test_images_of_which_white_is_1_are_not_scaled(tmp_path):
    binary = idx((IMAGES > 125).astype("u1"))
    data = load_mnist(0, folder=write_set(tmp_path, train_images=binary, test_images=binary))
    assert data.train.images.dtype == np.float32 and data.test.images.max() == 1


def test_names_are_compared_with_labels_that_begin_with_1_and_the_advice_works(tmp_path):
    labels, names = gzip.compress(idx(LABELS + np.uint8(1))), list("abcdefghij")
    folder = write_set(tmp_path, train_labels=labels, test_labels=labels)
    message = "10 class names, but the labels go from 1 to 10. "
    message += "Put a name in front: class_names=['']"
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        load_mnist(0, folder=folder, class_names=names)
    assert str(folder) in str(caught.value)
    in_front = load_mnist(0, folder=folder, class_names=["", *names])
    assert in_front.class_names[in_front.test.labels[0]] == "a"
    data = load_mnist(0, folder=folder)
    assert data.class_names[:2] == ("0 (no example)", "1")
    train, test = data.train, data.test
    subtracted = Dataset.from_arrays(train.images, train.labels - 1, test.images, test.labels - 1, class_names=names)
    assert subtracted.class_names[subtracted.test.labels[0]] == "a"


def test_the_pieces_of_code_on_the_page_of_the_data_sets_work(tmp_path, monkeypatch):
    (tmp_path / "emnist").mkdir()
    images, labels = np.resize(IMAGES, (26_000, 4, 7)), (np.arange(26_000) % 26 + 1).astype(np.uint8)
    files = {"train_images": images, "train_labels": labels, "test_images": images[:260], "test_labels": labels[:260]}
    files = {name: idx(array) for name, array in files.items()}
    write_set(tmp_path / "emnist", "emnist-letters-train", "emnist-letters-test", **files)
    write_set(tmp_path / "emnist", "emnist-digits-train", "emnist-digits-test")
    np.savez(tmp_path / "digits.npz", x_train=IMAGES, y_train=LABELS, x_test=IMAGES, y_test=LABELS)
    table = np.column_stack([LABELS, IMAGES.reshape(20, 784)])
    np.savetxt(tmp_path / "digits.csv", table, "%d", ",", header="label", comments="")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", (DATASETS / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 3
    names = {}
    exec(blocks[0], names)
    assert repr(names["data"]) == "Dataset(train=14, validation=2, test=4)"
    exec(blocks[1], names)
    letters = names["letters"]
    assert letters.class_names[letters.test.labels[25]] == "Z" and len(letters.class_names) == 27
    np.testing.assert_array_equal(letters.test.images.reshape(-1, 7, 4), images[:260].transpose(0, 2, 1))
    exec(blocks[2], names)
    assert names["letters"].class_names == tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ") and names["letters"].test.labels[25] == 25


@pytest.mark.parametrize("names", [["a"] * 9, ["a"] * 11, [], {3: "a"}])
def test_class_names_that_do_not_fit_are_refused(names, tmp_path):
    with pytest.raises(ValueError, match=r"class.names"):
        load_mnist(0, folder=write_set(tmp_path), class_names=names)


def test_a_class_that_only_the_test_images_show_has_a_name_too(tmp_path):
    data = load_mnist(0, folder=write_set(tmp_path, test_labels=gzip.compress(idx(LABELS + np.uint8(1)))))
    assert len(data.class_names) == 11


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
    "test images of another size": ({"test_images": idx(IMAGES[:, :14])}, "images are 28 × 28, test images 14 × 28 pixels"),
    "test images turned round": (
        {"train_images": idx(IMAGES[:, :14]), "test_images": idx(IMAGES[:, :, :14])},
        "are 14 × 28, test images 28 × 14 pixels",
    ),
    "images in signed bytes": ({"train_images": idx((IMAGES.astype("i2") - 128).astype("i1"))}, "hold whole numbers from -128"),
    "images with gaps": ({"test_images": idx(np.full((20, 28, 28), np.nan))}, "hold entries that are not finite"),
    "labels as floats": ({"train_labels": idx(np.full(20, 3.7))}, "holds labels as float64, but labels are whole numbers"),
    "labels as small floats": ({"test_labels": idx(np.full(20, np.nan, "f4"))}, "holds labels as float32, but labels are whole"),
    "labels in eight columns": ({"train_labels": idx(np.zeros((20, 8), "i4"))}, "8 columns of labels, but one is needed"),
    "an enormous label": ({"train_labels": idx(np.append(LABELS[1:], 2**31 - 1).astype("i4"))}, "at most 10000 classes are"),
    "a large label": ({"test_labels": idx(np.append(LABELS[1:], 99).astype("u1"))}, "more classes than the 40 examples"),
    "a negative label": ({"train_labels": idx(LABELS.astype("i1") - np.int8(1))}, "labels go from -1 to 9, but classes"),
    "no images": ({"test_images": idx(IMAGES[:0]), "test_labels": idx(LABELS[:0])}, "holds no images: its shape is (0, 28, 28)"),
    "images without pixels": ({"test_images": idx(IMAGES[:, :0])}, "holds no images: its shape is (20, 0, 28)"),
    "labels of 4 GB, told by the header alone": (
        {"train_labels": gzip.compress(b"\0\0\x08\1" + b"\xff" * 4)},
        "there are 20 images but 4294967295 labels",
    ),
    "a zip archive": ({"train_images": b"PK\3\4" + bytes(30)}, "is a zip archive. Unpack it first"),
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


def test_what_is_no_folder_is_refused(file):
    with pytest.raises(FileNotFoundError, match=r"some-idx is not a folder\. Give the folder that holds the four IDX files"):
        load_mnist(folder=file)
    file.write_bytes(WHOLE)
    with pytest.raises(FileNotFoundError, match="is not a folder"):
        load_mnist(folder=file)


def test_a_folder_of_other_files_is_refused_with_their_names(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"holds no file \*train-images\*\. Put the four IDX files of the set there\.$"):
        load_mnist(folder=tmp_path)
    for number in range(7):
        (tmp_path / f"train-images-idx3-ubyte ({number}).gz").touch()
    with pytest.raises(FileNotFoundError, match=r"It holds 'train-images-idx3-ubyte \(0\)\.gz', .* …\."):
        load_mnist(folder=tmp_path)


def test_labels_in_a_column_of_an_idx_file_are_taken(tmp_path):
    data = load_mnist(0, folder=write_set(tmp_path, train_labels=idx(LABELS.reshape(20, 1))))
    np.testing.assert_array_equal(data.train.labels, LABELS)


def test_float_labels_that_are_whole_are_taken_in_the_way_that_the_message_says(tmp_path):
    write_set(tmp_path, train_labels=idx(LABELS.astype("f4")))
    with pytest.raises(ValueError, match=r"read them with read_idx and give them to Dataset\.from_arrays"):
        load_mnist(0, folder=tmp_path)
    arrays = (read_idx(tmp_path / f"train-{what}-ubyte.gz") for what in ("images-idx3", "labels-idx1"))
    np.testing.assert_array_equal(np.sort(Dataset.from_arrays(*arrays).all.labels), np.sort(LABELS))


@pytest.mark.parametrize("second", [("emnist-letters-train", "emnist-letters-test"), ("kmnist-train", "kmnist-t10k")])
def test_a_folder_with_several_sets_is_refused_with_their_names(second, tmp_path):
    name = second[0].removesuffix("-train")
    with pytest.raises(ValueError, match=rf"several sets: '', '{name}'\. Choose one: name='{name}'\."):
        load_mnist(folder=write_set(write_set(tmp_path), *second))
    for choice in "", name:
        assert len(load_mnist(0, folder=tmp_path, name=choice).train) == 20


def test_a_set_with_both_test_and_t10k_files_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"two test sets: t10k-images.* and test-images.*Move one of them elsewhere"):
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
    times = np.array([np.bincount(column, minlength=len(labels)) for column in places.T])  # (place, example)
    assert (np.abs(times - 500) < 100).all()  # each example is in each place equally often: 500 ± 20


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
