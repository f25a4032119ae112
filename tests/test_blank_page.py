"""Blank pages: a part that was rebuilt from nothing is judged by what it does, and what is missing is said."""

import dataclasses
import os

import numpy as np
import pytest

from mlp_helpers import MLP, Dataset, check, softmax
from mlp_helpers.check import rebuilding
from mlp_helpers.check.engine import exercise

THOROUGH = pytest.mark.thorough


def stripes():
    """Ten classes of bytes that a mean image tells apart, as fast as a test should be."""
    rng = np.random.default_rng(0)
    labels = np.arange(1_200) % 10
    dark = rng.normal(0, 20, (len(labels), 784)) + 12 * rng.integers(0, 2, (10, 784))[labels] + 60
    return Dataset.from_arrays(dark.clip(0, 255).astype(np.uint8), labels, validation=400, test=100)


@pytest.fixture
def quick(monkeypatch):
    for name, part in rebuilding.PARTS.items():
        quick = dataclasses.replace(part, sets=[("stripes", stripes, 0.9)] * len(part.sets), images=600)
        monkeypatch.setitem(rebuilding.PARTS, name, quick)
    monkeypatch.setattr(rebuilding, "TRIAL_SECONDS", 2)
    monkeypatch.setattr(rebuilding, "SECONDS", 5)


def means(images, labels):
    X = images / 255
    return np.stack([X[labels == digit].mean(axis=0) for digit in range(10)])


def distances(images, centres):
    return ((images[:, np.newaxis] / 255 - centres) ** 2).sum(axis=2)


def labelled(images, labels):
    """A right answer to parts 2 and 3 of these small classes."""
    centres = means(images, labels)
    return lambda new: distances(new, centres).argmin(axis=1)


def shared(images, labels):
    """A right answer to part 1."""
    centres = means(images, labels)
    return lambda new: softmax(-distances(new, centres))


class Reader:
    """Whoever thinks in objects returns one, or one of its methods."""

    def learn(self, images, labels):
        self.centres = means(images, labels)
        return self

    def read(self, images):
        return distances(images, self.centres).argmin(axis=1)

    __call__ = read


@pytest.mark.parametrize(
    ("part", "learn"),
    [
        ("part 1", shared),
        ("part 2", labelled),
        ("part 3", labelled),
        ("part 2", lambda images, labels: Reader().learn(images, labels).read),
        ("part 2", lambda images, labels: Reader().learn(images, labels)),
        ("part 2", Reader().learn),
    ],
)
def test_what_learns_is_passed_whatever_its_names_and_forms(quick, capsys, part, learn):
    check.blank_page(part, learn)
    said = " ".join(capsys.readouterr().out.split())
    assert f"{part} on a blank page It learns from 300 images. Now come 600, which takes" in said
    assert f"{part} on a blank page: solved It learns from the labels that it is given, and" in said
    assert said.count("of 400 new images (asked for: 90 %)") == (2 if part == "part 3" else 1)
    assert "Whose thoughts these are, no check can see." in said


# --- what is missing -------------------------------------------------------------------------------------------------

KEPT, GENERATOR = [], np.random.default_rng()


class Hostile:
    def raising(self, *given):
        raise ValueError("no")

    __eq__ = __lt__ = __getattr__ = __repr__ = raising


def returning(value):
    return lambda images, labels: lambda new: value(new) if callable(value) else value


def raising(images, labels):
    return images @ labels.reshape(7, 7)


def endless(images, labels):
    while True:
        pass


def scaling_in_place(images, labels):
    images //= 2
    return labelled(images, labels)


def reading_in_place(images, labels):
    read = labelled(images, labels)

    def reading(new):
        new[new < 9] = 0
        return read(new)

    return reading


def centred_on_the_batch(images, labels):
    read = labelled(images, labels)
    return lambda new: read(new) if len(new) > 1 else read(0 * new)


def forgetful(images, labels):
    read = labelled(images, labels)
    return lambda new: np.where(GENERATOR.random(len(new)) < 0.5, read(new), 0)


def without_a_seed(images, labels):
    return labelled(images, labels[np.random.permutation(len(labels))])  # noqa: NPY002


def trained_further(images, labels):
    KEPT.append(len(images))
    return labelled(images, np.roll(labels, len(KEPT)))


def knowing(images, labels):
    return labelled(*stripes().train)


def unscaled(images, labels):
    """Something that bursts with bytes, and says 0 from then on."""
    if images.dtype == np.uint8:
        return lambda new: np.zeros(len(new), int)
    read = labelled(255 * images, labels)
    return lambda new: read(255 * new)


def by_heart(images, labels):
    known = {image.tobytes(): label for image, label in zip(images, labels, strict=True)}
    return lambda new: np.array([known.get(image.tobytes(), int(image[0]) % 10) for image in new])


def shuffled_apart(images, labels):
    return labelled(images, np.random.default_rng(0).permutation(labels))


def half_right(images, labels):
    read = labelled(images, labels)
    return lambda new: read(new) // 2 * 2


def of_the_course(images, labels):
    MLP([784, 4, 10])
    return labelled(images, labels)


MISSING = [
    ("part 2", 7, "Hand over the function itself, without brackets; what came is an int."),
    ("part 2", lambda images: None, "It cannot be called with two arguments, images and labels."),
    ("part 2", lambda images, labels: None, "It returns None, where a function is due that reads other images."),
    ("part 2", lambda images, labels: {"W1": images}, "It returns a dict, where a function is due"),
    ("part 2", raising, ": `return images @ labels.reshape(7, 7)`: cannot reshape array of size 300 into shape (7,7)"),
    ("part 2", lambda images, labels: exit(), "SystemExit while learning from 300 images"),
    ("part 2", endless, "It was stopped after 2 seconds of learning from 300 images."),
    ("part 2", scaling_in_place, "It changes the images that it is given."),
    ("part 2", reading_in_place, "It changes the images that it is given."),
    ("part 2", returning(None), "For 300 images the function that came back returns None; one label for each image"),
    ("part 2", returning([1, 2]), "returns a list; one label for each image, an array (m,) of whole numbers from 0 to 9 is due."),
    ("part 2", shared, "It gives ten numbers for each image; one label for each image"),
    ("part 2", returning(lambda new: new.argmax()), "returns an int64; one label"),
    (
        "part 2",
        returning(lambda new: new.argmax(axis=0)),
        "For 300 images the function that came back returns an array of shape (784,)",
    ),
    ("part 2", returning(lambda new: np.ones(len(new))), "Its answers are of type float64; one label"),
    ("part 2", returning(lambda new: np.array(["7"] * len(new))), "Its answers are of type <U1; one label"),
    ("part 2", returning(lambda new: np.full(len(new), None)), "Its answers are of type object; one label"),
    ("part 2", returning(lambda new: np.arange(len(new))), "Its answers go from 0 to 299; one label"),
    ("part 2", lambda images, labels: Hostile(), "It returns a Hostile, where a function is due"),
    ("part 2", lambda images, labels: os.environ.clear(), "It returns None, where a function is due"),
    (
        "part 1",
        labelled,
        "returns an array of shape (300,); ten shares for each image, an array (m, 10) whose rows sum to 1 are due.",
    ),
    ("part 1", returning(lambda new: np.full((len(new), 10), np.nan)), "Not all of its answers are decimal numbers; ten shares"),
    (
        "part 1",
        returning(lambda new: np.eye(10)[new[:, 0] % 10] - 1),
        "Its first row sums to -9, with -1 as the least; ten shares",
    ),
    ("part 2", forgetful, "Asked twice about the same images, it gives different answers."),
    ("part 2", centred_on_the_batch, "It reads an image by itself in another way than among others."),
    ("part 2", without_a_seed, "Trained twice on the same 300 images, it answers 2"),
    ("part 2", trained_further, "Trained twice on the same 300 images, it answers "),
    ("part 2", knowing, "of new images from stripes their usual names, but here the classes were renamed."),
    ("part 2", returning(lambda new: np.full(len(new), 4)), "90 % are asked for. It answers 4 to all of them."),
    ("part 2", unscaled, "90 % are asked for. When the pixels are divided by 255 beforehand, it is 100 %."),
    ("part 2", by_heart, "90 % are asked for. Of the images that it learned from, it is 100 %."),
    ("part 2", shuffled_apart, "90 % are asked for. Guessing reads 10 %."),
    ("part 2", half_right, "Without a hidden layer 92 % can be reached."),
    ("part 2", of_the_course, "It makes an `MLP` of this course."),
]


@pytest.mark.parametrize(("part", "learn", "said"), MISSING, ids=[said[:60] for _, _, said in MISSING])
def test_what_is_missing_is_said(quick, capsys, part, learn, said):
    KEPT.clear()
    check.blank_page(part, learn)
    out = " ".join(capsys.readouterr().out.split())
    assert said in out.partition(f"{part} on a blank page: not yet ")[2]


def test_the_courses_network_is_left_as_it_was_and_the_learners_random_numbers_too(quick):
    made, state = MLP.__init__, np.random.get_state()[1].copy()  # noqa: NPY002
    check.blank_page("part 2", of_the_course)
    assert MLP.__init__ is made and (np.random.get_state()[1] == state).all()  # noqa: NPY002


@pytest.mark.parametrize("part", rebuilding.PARTS)
def test_without_a_function_the_task_is_set(part, capsys):
    check.blank_page(part)
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith(f"{part} on a blank page In an empty notebook") and f"`check.blank_page('{part}', learn)`" in said
    bounds = [f"{100 * bound:.3g} % of new ones from {name}" for name, _, bound in rebuilding.PARTS[part].sets]
    assert f"should then read {' and '.join(bounds)}." in said


def test_a_part_that_there_is_not():
    with pytest.raises(KeyError, match="Did you mean 'part 2'"):
        check.blank_page("Part 2", labelled)
    with pytest.raises(KeyError, match="There are: part 1, part 2, part 3"):
        check.blank_page(4)


def test_where_checks_are_strict_what_is_missing_is_an_error(quick, monkeypatch):
    monkeypatch.setattr(exercise, "STRICT", True)
    check.blank_page("part 2", labelled)
    check.blank_page("part 2")
    with pytest.raises(AssertionError, match="part 2 on a blank page: It returns None"):
        check.blank_page("part 2", lambda images, labels: None)


def test_the_classes_all_have_other_names():
    assert sorted(rebuilding.RENAMED) == list(range(10)) and not (np.arange(10) == rebuilding.RENAMED).any()


# --- with the real images: a network as a learner writes it is passed, and what the part before could do is not ---------


def straight_line(images, labels):
    X = np.column_stack([images / 255, np.ones(len(images))])
    W = np.linalg.lstsq(X, np.eye(10)[labels], rcond=None)[0]
    return lambda new: softmax(np.column_stack([new / 255, np.ones(len(new))]) @ W)


def network(images, labels, hidden=128, epochs=4, remedies=False):
    """784-hidden-10 by mini-batches; with remedies by momentum, a falling rate, and shifted images."""
    rng = np.random.default_rng(0)
    W1 = (rng.standard_normal((784, hidden)) * np.sqrt(2 / 784)).astype(np.float32)
    W2 = (rng.standard_normal((hidden, 10)) * np.sqrt(2 / hidden)).astype(np.float32)
    weights = [W1, np.zeros(hidden, np.float32), W2, np.zeros(10, np.float32)]
    moving, Y = [0 * array for array in weights], np.eye(10, dtype=np.float32)[labels]

    def forward(X):
        A1 = np.maximum(X @ weights[0] + weights[1], 0)
        return A1, A1 @ weights[2] + weights[3]

    for epoch in range(epochs):
        rate, kept = (0.1 * (1 - epoch / epochs), 0.9) if remedies else (0.1, 0)
        order = rng.permutation(len(images))
        for start in range(0, len(order), 64):
            rows = order[start : start + 64]
            X = images[rows] / np.float32(255)
            A1, Z2 = forward(X)
            E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
            dZ2 = (E / E.sum(axis=1, keepdims=True) - Y[rows]) / len(rows)
            dZ1 = dZ2 @ weights[2].T * (A1 > 0)
            for array, velocity, gradient in zip(weights, moving, (X.T @ dZ1, dZ1.sum(0), A1.T @ dZ2, dZ2.sum(0)), strict=True):
                velocity *= kept
                velocity -= rate * gradient
                array += velocity
    return lambda new: forward(new / np.float32(255))[1].argmax(axis=1)


def linear_model(images, labels):
    read = straight_line(images[:10_000], labels[:10_000])
    return lambda new: read(new).argmax(axis=1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "learn", "passes"),
    [
        ("part 1", straight_line, True),
        ("part 2", network, True),
        ("part 2", linear_model, False),
        pytest.param("part 3", lambda images, labels: network(images, labels, 128, 10, remedies=True), True, marks=THOROUGH),
        ("part 3", network, False),
    ],
    ids=["lines", "network", "lines in part 2", "remedies", "network in part 3"],
)
def test_with_mnist(part, learn, passes, capsys):
    check.blank_page(part, learn)
    out = capsys.readouterr().out
    print(out)
    assert (f"{part} on a blank page: solved" in out) == passes
    assert passes or "are asked for." in out


def test_the_trial_is_small_and_comes_first(quick, monkeypatch):
    sizes = []

    def learn(images, labels):
        sizes.append((len(images), images.dtype, images.shape[1:], np.bincount(labels).tolist()))
        return labelled(images, labels)

    check.blank_page("part 2", learn)
    assert [size for size, *_ in sizes] == [300, 300, 600]
    assert all(kind == np.uint8 and shape == (784,) and min(counts) > 0 for _, kind, shape, counts in sizes)
