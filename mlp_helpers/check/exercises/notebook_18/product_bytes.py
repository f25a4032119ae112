"""Notebook 18: count the memory traffic of a matrix product."""

from mlp_helpers.check.engine.exercise import Case, Exercise


def product_bytes(n, d, h, size):
    """Return how many bytes a product (n, d) @ (d, h) must at least read and write."""
    return (n * d + d * h + n * h) * size


def sizes(rng):
    return *(int(size) for size in rng.integers(1, 50, 3)), (4, 8)[rng.integers(0, 2)]


exercise = Exercise(
    product_bytes,
    notebook="18",
    place="at home",
    cases=[
        Case("one number each", 1, 1, 1, 1),
        Case("one image, two pixels, three units", 1, 2, 3, 4),
        Case("all sizes different, float32", 2, 3, 5, 4),
        Case("the same in float64", 2, 3, 5, 8),
        Case("a tall X", 100, 2, 3, 4),
        Case("64 images, 784-128", 64, 784, 128, 4),
    ],
    draw=sizes,
    hints=[
        "Three arrays take part: two are read, one is written. How many numbers does each hold?",
        "X has n · d numbers, W has d · h and the result n · h. Each number takes `size` bytes.",
    ],
    praise="This is a lower bound: a product that fetched a number twice would move more. Good libraries come close to it.",
)


@exercise.mistake("The result is not written", ask="Where does the result have to go?")
def _(n, d, h, size):
    """What is read was counted. The n · h numbers of the result travel to memory, too."""
    return (n * d + d * h) * size


@exercise.mistake("Numbers, not bytes", ask="How many bytes does one number take?")
def _(n, d, h, size):
    """That many numbers are moved. Each of them takes `size` bytes."""
    return n * d + d * h + n * h


@exercise.mistake("As often as they are used", ask="Where can a number wait between two uses, so that memory is asked only once?")
def _(n, d, h, size):
    """Two numbers were fetched for every multiplication, as if nothing could be kept near the processor. What is asked
    for is the least that must be moved: each number once."""
    return (2 * n * d * h + n * h) * size


@exercise.mistake("Only the largest", ask="Which arrays does the product read, and which one does it write?")
def _(n, d, h, size):
    """The bytes of the largest of the three arrays came back. The other two are moved as well."""
    return max(n * d, d * h, n * h) * size


@exercise.mistake("The weights alone", ask="Which other array is read, and which one written?")
def _(n, d, h, size):
    """The weights were counted. The images are read too, and the result is written."""
    return d * h * size


@exercise.mistake("Bits", ask="Does `size` count bits or bytes?")
def _(n, d, h, size):
    """The result is eight times too large: `size` is in bytes already."""
    return (n * d + d * h + n * h) * size * 8
