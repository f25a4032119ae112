"""Other people's arrays, tables and lists in a ``Split`` and in ``Dataset.from_arrays``: taken, or refused with what to do."""

import decimal
import re

import numpy as np
import pytest

from mlp_helpers import MLP, Dataset, Split, train

RNG = np.random.default_rng(0)
PIXELS = RNG.integers(0, 256, (40, 12))
PIXELS[0, 0] = 255
LABELS = np.arange(40) % 10
LETTERS = np.array(list("abcdefghij"))


class Table:
    """What NumPy sees of a table or a column of pandas: no array, but something that makes one."""

    def __init__(self, array):
        self.array = array

    def __array__(self, dtype=None, copy=None):
        return np.array(self.array, dtype)

    def __len__(self):
        return len(self.array)

    def __iter__(self):
        return iter(self.array)

    def __getitem__(self, rows):
        raise KeyError(f"None of {rows} are in the columns")


def objects(entries):
    array = np.empty(len(entries), object)
    array[:] = entries
    return array


# --- Split -----------------------------------------------------------------------------------------------------------


IMAGES_AS = {
    "a list": PIXELS.tolist(),
    "a list of rows": list(PIXELS),
    "a tuple": tuple(map(tuple, PIXELS.tolist())),
    "a table": Table(PIXELS),
    "a table of columns of different types": Table(PIXELS.astype(object)),
    "rows in an array of objects": objects(list(PIXELS)),
}


@pytest.mark.parametrize("form", IMAGES_AS)
def test_a_split_takes_images_as(form):
    split = Split(IMAGES_AS[form], LABELS)
    assert type(split.images) is np.ndarray and split.images.dtype == np.int64
    np.testing.assert_array_equal(split.images, PIXELS)
    rest, part = split.split_off(0.25)
    assert (len(rest), len(part), len(split.subset(7))) == (30, 10, 7)


LABELS_AS = {
    "a list": LABELS.tolist(),
    "a tuple": tuple(LABELS),
    "a column of a table": Table(LABELS),
    "a table of one column": Table(LABELS.reshape(-1, 1)),
    "a column": LABELS.reshape(-1, 1),
    "a row": LABELS.reshape(1, -1),
    "a column of floats": LABELS.reshape(-1, 1).astype(np.float32),
    "whole floats": LABELS.astype(float),
    "one-hot": np.eye(10)[LABELS],
    "one-hot, as truth values": np.eye(10, dtype=bool)[LABELS],
    "text": LABELS.astype(str),
    "text of decimals": [f"{label}.0" for label in LABELS],
    "bytes": LABELS.astype("S1"),
    "text in an array of objects": LABELS.astype(str).astype(object),
    "numbers in an array of objects": LABELS.astype(object),
    "decimals": [decimal.Decimal(int(label)) for label in LABELS],
}


@pytest.mark.parametrize("form", LABELS_AS)
def test_a_split_takes_labels_as(form):
    split = Split(PIXELS, LABELS_AS[form])
    assert type(split.labels) is np.ndarray and split.labels.dtype.kind == "i" and split.labels.shape == (40,)
    np.testing.assert_array_equal(split.labels, LABELS)


@pytest.mark.parametrize("labels", [LABELS > 4, (LABELS > 4).tolist(), (LABELS > 4).reshape(-1, 1), (LABELS > 4).astype(object)])
def test_truth_values_are_the_labels_0_and_1(labels):
    split = Split(PIXELS, labels)
    assert split.labels.dtype == np.int64
    np.testing.assert_array_equal(split.labels, [0, 0, 0, 0, 0, 1, 1, 1, 1, 1] * 4)


@pytest.mark.parametrize("dtype", [np.uint8, np.int32, np.uint64, ">i2"])
def test_a_split_keeps_arrays_of_whole_labels_as_they_are(dtype):
    labels = LABELS.astype(dtype)
    split = Split(PIXELS, labels)
    assert split.images is PIXELS and split.labels is labels


def test_one_image_with_a_one_hot_row_and_one_with_a_single_label():
    assert Split(PIXELS[:1], [[0, 0, 1]]).labels.tolist() == [2]
    assert Split(PIXELS[:1], [[3]]).labels.tolist() == [3]
    assert len(Split([], [])) == 0


def changed(row, value):
    labels = LABELS.astype(object)
    labels[row] = value
    return labels


NO_SPLIT = {
    "decimal labels": (PIXELS, LABELS + 0.7, "40 of 40 are not (row 0 holds 0.7). Leave such rows out, of the images too."),
    "a missing label": (PIXELS, np.where(LABELS == 4, np.nan, LABELS), "4 of 40 are not (row 4 holds nan)"),
    "an endless label": (PIXELS, np.where(LABELS == 4, np.inf, LABELS), "labels go up to inf, but number the classes from 0"),
    "a decimal label as text": (PIXELS, [*LABELS[1:].astype(str), "3.7"], "1 of 40 are not (row 39 holds 3.7)"),
    "a gap among objects": (PIXELS, changed(3, None), "row 3 holds None. Leave such rows out, of the images too"),
    "names and numbers": (PIXELS, changed(3, "cat"), "must all be whole numbers or all names, but row 3 holds 'cat'"),
    "a name that is missing": (PIXELS, objects([*"cat" * 13, np.nan]), "all names, but row 39 holds nan"),
    "labels of 300 digits": (PIXELS, LABELS * 1e300, "labels go up to 9e+300"),
    "labels of 30 digits": (PIXELS, [10**30] * 40, "labels go up to 1e+30"),
    "labels of 400 digits": (PIXELS, [10**400] * 40, "labels must number the classes from 0 on, but hold other numbers"),
    "names in bytes": (PIXELS[:1], [b"\xe4"], "are names such as '\ufffd'"),
    "names": (PIXELS, LETTERS[LABELS], "are names such as 'a'. With class_names = np.unique(labels), made"),
    "dates": (PIXELS, np.full(40, "2020-01-01", "datetime64[D]"), "must be whole numbers or names, but are datetime64[D]"),
    "labels in eight columns": (PIXELS, np.full((40, 8), 3), "shape (40, 8). Choose the column that holds them: np.asarray("),
    "labels as long as the images are wide": (PIXELS, LABELS[:12], "The images seem to be along the last axis"),
    "a column that is too short": (PIXELS, LABELS[1:].reshape(-1, 1), "40 images but 39 labels. Take both from the same files"),
    "images along the last axis": (PIXELS.reshape(40, 3, 4).T, LABELS, "Put them first: np.moveaxis(images, -1, 0)."),
    "one label": (PIXELS, 5, "but are one int. A single example is a slice: split[3:4]"),
    "rows of different lengths": ([[1, 2], [3]], [0, 1], "inhomogeneous part). Give every row the same number of entries."),
    "a file's name": ("digits.csv", LABELS, "images must be an array with an entry for each example, but are one str."),
    "nothing": (None, LABELS, "but are one NoneType. Give an array, a table or a list."),
    "a generator": ((row for row in PIXELS), LABELS, "but are one generator. Make a list of what it yields: list(images)."),
    "a column of file names": (
        np.column_stack([LETTERS[LABELS], PIXELS]), LABELS, "hold 'a'. Leave out what is no pixel, or put a number there."
    ),
    "a table with a text": (Table(np.array([[1, "x"]], object)), [0], "but hold 'x'. Leave out what is no pixel"),
    "a table with a gap": (Table(np.array([[1, None]], object)), [0], "hold None. Leave out what is no pixel, or put a number"),
    "complex numbers": (PIXELS * 1j, LABELS, "must hold numbers, but hold"),
    "masked images": (np.ma.masked_equal(PIXELS, 255), LABELS, "hide some behind a mask. Put a number there: images.filled(0)"),
    "masked labels": (PIXELS, np.ma.masked_equal(LABELS, 3), "hide some behind a mask. Leave their rows out, of the images too"),
}  # fmt: skip


@pytest.mark.parametrize("case", NO_SPLIT)
def test_a_split_is_refused_with(case):
    images, labels, phrase = NO_SPLIT[case]
    with pytest.raises(ValueError, match=re.escape(phrase)):
        Split(images, labels)


def test_one_row_of_a_split_is_refused_and_a_slice_is_not():
    split = Split(PIXELS, LABELS)
    with pytest.raises(ValueError, match=re.escape("A single example is a slice: split[3:4] in place of split[3].")):
        split[3]
    np.testing.assert_array_equal(split[3:4].labels, [3])


def test_names_are_numbered_as_the_message_says():
    names, labels = np.unique(LETTERS[LABELS], return_inverse=True)
    np.testing.assert_array_equal(Split(PIXELS, labels).labels, LABELS)
    np.testing.assert_array_equal(names, LETTERS)


def test_a_data_set_of_pairs_is_refused():
    pair = PIXELS, LABELS
    with pytest.raises(ValueError, match=r"train must be a Split, but is a tuple\. Make one: Split\(\*train\)"):
        Dataset(pair, pair, pair, LETTERS)


# --- Dataset.from_arrays -----------------------------------------------------------------------------------------------


def test_from_arrays_sets_test_and_validation_aside():
    data = Dataset.from_arrays(PIXELS, LABELS, validation=0.25, test=20)
    assert repr(data) == "Dataset(train=15, validation=5, test=20)"
    np.testing.assert_array_equal(np.bincount(data.test.labels), [2] * 10)
    together = data.all
    places = {tuple(row): label for row, label in zip(PIXELS.tolist(), LABELS.tolist(), strict=True)}
    assert {tuple(row): label for row, label in zip(together.images.tolist(), together.labels.tolist(), strict=True)} == places
    again, other = (Dataset.from_arrays(PIXELS, LABELS, validation=0.25, test=20, seed=seed) for seed in (0, 1))
    np.testing.assert_array_equal(data.test.images, again.test.images)
    assert (data.test.images != other.test.images).any()


def test_from_arrays_with_a_test_part_leaves_that_as_it_is():
    data = Dataset.from_arrays(PIXELS, LABELS, PIXELS[:7], LABELS[:7], validation=0)
    assert repr(data) == "Dataset(train=40, validation=0, test=7)"
    np.testing.assert_array_equal(data.test.images, PIXELS[:7])
    np.testing.assert_array_equal(data.train.labels, LABELS)


@pytest.mark.parametrize("shape", [(40, 12), (40, 3, 4), (40, 3, 4, 1), (40, 1, 3, 4)])
def test_from_arrays_flattens(shape):
    data = Dataset.from_arrays(PIXELS.reshape(shape), LABELS, validation=0, test=0)
    np.testing.assert_array_equal(data.train.images, PIXELS)


def test_a_saved_npz_loads_in_one_line(tmp_path):
    np.savez(
        tmp_path / "own.npz",
        x_train=PIXELS.reshape(40, 3, 4),
        y_train=LABELS,
        x_test=PIXELS[:5].reshape(5, 3, 4),
        y_test=LABELS[:5],
    )
    with np.load(tmp_path / "own.npz") as file:
        data = Dataset.from_arrays(*(file[name] for name in ("x_train", "y_train", "x_test", "y_test")))
    assert repr(data) == "Dataset(train=36, validation=4, test=5)"


def test_a_csv_file_with_the_labels_in_its_first_column_loads(tmp_path):
    np.savetxt(tmp_path / "own.csv", np.column_stack([LABELS, PIXELS]), delimiter=",", header="label,…", comments="")
    table = np.loadtxt(tmp_path / "own.csv", delimiter=",", skiprows=1)  # floats, as NumPy reads them
    data = Dataset.from_arrays(table[:, 1:], table[:, 0], validation=0, test=0)
    assert data.train.images.dtype == np.uint8 and data.train.labels.dtype == np.int64
    np.testing.assert_array_equal(data.train.images, PIXELS)
    np.testing.assert_array_equal(data.train.labels, LABELS)


KINDS = {
    "bytes": (PIXELS.astype(np.uint8), np.uint8, 1),
    "wide whole numbers": (PIXELS, np.uint8, 1),
    "whole floats": (PIXELS.astype(float), np.uint8, 1),
    "whole objects": (PIXELS.astype(object), np.uint8, 1),
    "floats from 0 to 1": (PIXELS / 255, np.float64, 1 / 255),
    "small floats": ((PIXELS / 255).astype(np.float32), np.float32, 1 / 255),
    "black and white": (PIXELS > 127, np.float32, None),
    "black and white in bytes": ((PIXELS > 127).astype(np.uint8), np.float32, None),
    "standardised": (PIXELS / 70 - 2, np.float64, None),
}


@pytest.mark.parametrize("case", KINDS)
def test_from_arrays_brings_pixels_into_the_form_that_a_network_scales(case):
    images, dtype, factor = KINDS[case]
    data = Dataset.from_arrays(images, LABELS, images[:5], LABELS[:5], validation=0)
    for split, given in (data.train, images), (data.test, images[:5]):
        assert split.images.dtype == dtype
        np.testing.assert_allclose(split.images, (PIXELS[: len(split)] * factor) if factor else given.astype(dtype), rtol=1e-6)


def test_pixels_are_the_same_to_a_network_as_bytes_as_a_csv_file_brings_them_and_scaled():
    model = MLP([12, 8, 10])
    answers = [
        model.predict_proba(Dataset.from_arrays(images, LABELS, validation=0, test=0).train.images)
        for images in (PIXELS.astype(np.uint8), PIXELS, PIXELS.astype(float), (PIXELS / 255).astype(np.float32))
    ]
    for answer in answers[1:]:
        np.testing.assert_allclose(answer, answers[0], rtol=1e-4)


def test_training_and_test_images_are_converted_alike():
    dark = np.zeros((10, 12), int)
    data = Dataset.from_arrays(PIXELS, LABELS, dark + 1, LABELS[:10])
    assert data.train.images.dtype == data.test.images.dtype == np.uint8


def test_labels_of_names_are_numbered_and_kept_as_class_names():
    data = Dataset.from_arrays(PIXELS, LETTERS[LABELS], PIXELS[:3], ["c", "a", "c"], validation=0)
    assert data.class_names == tuple("abcdefghij")
    np.testing.assert_array_equal(data.train.labels, LABELS)
    np.testing.assert_array_equal(data.test.labels, [2, 0, 2])
    backwards = Dataset.from_arrays(PIXELS, LETTERS[LABELS], class_names=LETTERS[::-1], validation=0, test=0)
    np.testing.assert_array_equal(backwards.train.labels, 9 - LABELS)
    numbers_and_names = Dataset.from_arrays(PIXELS[:3], ["1", "2", "1"], PIXELS[:1], ["a"])
    assert numbers_and_names.class_names == ("1", "2", "a")


@pytest.mark.parametrize("names", ["abcdefghij", list("abcdefghij"), LETTERS, Table(LETTERS)])
def test_class_names_may_be_any_sequence(names):
    assert Dataset.from_arrays(PIXELS, LABELS, class_names=names).class_names == tuple("abcdefghij")


def test_class_names_are_compared_with_the_labels_and_the_advice_works():
    with pytest.raises(
        ValueError, match=re.escape("Put a name in front: class_names=[''] + list(class_names). Or subtract: labels =")
    ):
        Dataset.from_arrays(PIXELS, LABELS + 1, class_names=LETTERS)
    assert Dataset.from_arrays(PIXELS, LABELS + 1 - 1, class_names=LETTERS).class_names == tuple(LETTERS)
    data = Dataset.from_arrays(PIXELS, LABELS + 1, class_names=["", *LETTERS])
    assert [data.class_names[label] for label in (1, 10)] == ["a", "j"]
    few = np.where(LABELS == 9, 0, LABELS)
    with pytest.raises(ValueError, match=re.escape("class_names=class_names[:9]")):
        Dataset.from_arrays(PIXELS, few, class_names=LETTERS)
    assert len(Dataset.from_arrays(PIXELS, few, class_names=LETTERS[:9]).class_names) == 9
    with pytest.raises(ValueError, match=r"there are 9 class names, but the labels go from 0 to 9\. Give one name"):
        Dataset.from_arrays(PIXELS, LABELS, class_names=LETTERS[:9])
    with pytest.raises(ValueError, match="must be a list in the order of the labels, but is a dict"):
        Dataset.from_arrays(PIXELS, LABELS, class_names=dict(enumerate(LETTERS)))


def test_a_class_without_an_example_is_named_as_such():
    assert Dataset.from_arrays(PIXELS, LABELS + 1).class_names[:3] == ("0 (no example)", "1", "2")
    gap = np.where(LABELS == 4, 3, LABELS)
    with pytest.warns(UserWarning, match=r"No example has the label 4 \(e\)\. Check that each name") as caught:
        data = Dataset.from_arrays(PIXELS, gap, class_names=LETTERS)
    assert data.class_names == tuple(LETTERS) and caught[0].filename == __file__


NO_DATASET = {
    "more classes than examples": (PIXELS, LABELS + 50, {}, "go from 50 to 59, which is more classes than the 40 examples"),
    "a label of 2**31 - 1": (PIXELS, [*LABELS[1:], 2**31 - 1], {}, "at most 10000 classes are possible. Number the classes"),
    "labels of 64 bits": (PIXELS, LABELS.astype(np.uint64) + 2**63, {}, "at most 10000 classes are possible"),
    "a negative label": (PIXELS, 2 * LABELS - 1, {}, "go from -1 to 17, but classes are numbered from 0. Number the classes"),
    "too many names": (np.zeros((10_001, 1)), np.arange(10_001).astype("U9").astype(object) + "x", {}, "10001 different names"),
    "an unknown name": (PIXELS, LETTERS[LABELS], {"class_names": LETTERS[1:]}, "that class_names do not: a. Add them"),
    "no examples": ([], [], {}, "there are no examples"),
    "images without pixels": (PIXELS[:, :0], LABELS, {}, "must have pixels for each example, but have shape (40, 0)"),
    "one image": (PIXELS[0], LABELS[:12], {}, "One pixel for each example is a column: np.reshape(images, (-1, 1))"),
    "test images alone": (PIXELS, LABELS, {"test_images": PIXELS}, "belong together, but only one of them is given"),
    "test images of another size": (
        PIXELS, LABELS, {"test_images": PIXELS[:, 1:], "test_labels": LABELS}, "have 12 and 11 pixels. Bring them to"
    ),
    "test labels with a gap": (
        PIXELS, LABELS, {"test_images": PIXELS, "test_labels": LABELS + 0.5}, "test_labels must be whole numbers, but 40 of 40"
    ),
    "gaps": (np.where(PIXELS > 200, np.nan, PIXELS), LABELS, {}, "np.where(np.isfinite(images), images, 0)"),
    "gaps in the test images": (
        PIXELS, LABELS, {"test_images": np.full((40, 12), np.nan), "test_labels": LABELS}, "hold entries that are not finite"
    ),
    "16 shades": (PIXELS // 16, LABELS, {}, "images go up to 15, but pixels are whole numbers up to 255 or numbers from 0 to 1"),
    "two bytes a pixel": (PIXELS * 257, LABELS, {}, "images go up to 65535, but"),
    "resized pixels": (PIXELS * 0.99, LABELS, {}, "images go up to 252.45, but"),
    "signed bytes": (PIXELS - 128, LABELS, {}, "Bring them to -1 to 1, all images alike: np.divide(images, 128)."),
    "too large a validation": (PIXELS, LABELS, {"validation": 50}, "(n, validation, test) must be a whole number from 0 to 36"),
}  # fmt: skip


@pytest.mark.parametrize("case", NO_DATASET)
def test_from_arrays_refuses(case):
    images, labels, more, phrase = NO_DATASET[case]
    with pytest.raises(ValueError, match=re.escape(phrase)):
        Dataset.from_arrays(images, labels, **more)


@pytest.mark.parametrize(
    ("images", "labels", "more"),
    [
        (PIXELS, np.unique(LABELS + 50, return_inverse=True)[1], {}),
        (PIXELS, LABELS + 50, {"class_names": range(60)}),
        (PIXELS, np.unique(2 * LABELS - 1, return_inverse=True)[1], {}),
        (np.where(np.isfinite(PIXELS * 1.0), PIXELS, 0), LABELS, {}),
        (PIXELS // 16 / 15, LABELS, {}),
        (PIXELS * 257 / 65535, LABELS, {}),
        (PIXELS * 0.99 / 252.45, LABELS, {}),
        (np.divide(PIXELS - 128, 128), LABELS, {}),
        (PIXELS[:1].reshape(1, -1), [0], {}),
    ],
)
@pytest.mark.filterwarnings("ignore:No example has the label")
def test_following_the_advice_of_from_arrays_works(images, labels, more):
    assert len(Dataset.from_arrays(images, labels, **more).all) == len(labels)


# --- the real ones -----------------------------------------------------------------------------------------------------


def test_tables_of_pandas():
    pandas = pytest.importorskip("pandas")
    table, column = pandas.DataFrame(PIXELS), pandas.Series(LABELS, index=range(100, 140))
    for images in table, table.astype("Int64"), table.astype("float32"), pandas.Series(list(PIXELS)):
        np.testing.assert_array_equal(
            Split(images, column).split_off(0.25)[1].images, Split(PIXELS, LABELS).split_off(0.25)[1].images
        )
    for labels in (
        column, column.astype("Int64"), column.astype(str), column.astype("string"), column.astype(str).astype("category"),
        column.astype(float), column.to_frame(), pandas.get_dummies(column),
    ):  # fmt: skip
        np.testing.assert_array_equal(Split(table / 255, labels).labels, LABELS)
    names = column.map(lambda label: LETTERS[label])
    for labels in names, names.astype("category"), names.astype("string"):
        assert Dataset.from_arrays(table, labels).class_names == tuple(LETTERS)
    history = train(MLP([12, 8, 10]), Dataset.from_arrays(table, names), epochs=1, progress=False)
    assert len(history.train_loss) == 1
    with pytest.raises(ValueError, match="row 3 holds nan"):
        Split(table, column.where(column != 3).astype("Int64"))
    with pytest.raises(ValueError, match="row 3 holds"):
        Split(table, names.where(column != 3))
    with pytest.raises(ValueError, match="but hold <NA>"):
        Split(table.astype("Int64").where(table > 3), column)


def test_sparse_matrices_of_scipy():
    sparse = pytest.importorskip("scipy.sparse")
    for matrix in sparse.csr_matrix(PIXELS), sparse.coo_array(PIXELS):
        np.testing.assert_array_equal(Split(matrix, LABELS).images, PIXELS)
