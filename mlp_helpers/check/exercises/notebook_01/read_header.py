"""Notebook 01: write reading the header of an IDX file."""

import math
import operator

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.engine.task import of_results


def read_header(raw):
    """Read the magic number and the sizes of the axes from the first bytes of an IDX file."""
    magic = int.from_bytes(raw[:4], "big")
    sizes = [int.from_bytes(raw[4 + 4 * axis : 8 + 4 * axis], "big") for axis in range(raw[3])]
    return magic, sizes


def idx_file(*dimensions, kind=8, body=None):
    """A file's first bytes: the magic number, the sizes, and a few of the data."""
    sizes = b"".join(int(size).to_bytes(4, "big") for size in dimensions)
    return bytes([0, 0, kind, len(dimensions)]) + sizes + bytes(body or range(1, 13))


def any_header(rng):
    dimensions = rng.integers(0, rng.choice([10, 300, 100_000, 2**32]), rng.integers(1, 5))
    return (
        idx_file(*dimensions, kind=rng.choice([8, 9, 11, 12, 13, 14]), body=rng.integers(0, 256, rng.integers(12, 40)).tolist()),
    )


@of_results
def as_whole_numbers(result, raw):
    """The two parts under their names: whole numbers of any type; the sizes in a list, a tuple or an array."""
    magic, sizes = result
    return {"magic": whole(magic), "sizes": [whole(size) for size in sizes] if np.iterable(sizes) else sizes}


def whole(value):
    """A whole number of any type as Python's; anything else as it is."""
    try:
        return operator.index(value)
    except TypeError:
        return value


exercise = Exercise(
    read_header,
    notebook="01",
    place="starred",
    view=as_whole_numbers,
    cases=[
        Case("two images of 2 x 3: the bytes 0 0 8 3, 0 0 0 2, 0 0 0 2, 0 0 0 3, then the pixels", idx_file(2, 2, 3)),
        Case("twelve labels: the bytes 0 0 8 1, 0 0 0 12, then the labels", idx_file(12)),
        Case("260 labels: the bytes 0 0 8 1, 0 0 1 4, then the labels", idx_file(260, body=range(13))),
        Case("MNIST's images: the bytes 0 0 8 3, 0 0 234 96, 0 0 0 28, 0 0 0 28, then the pixels", idx_file(60_000, 28, 28)),
        Case(
            "four axes: the bytes 0 0 13 4, 1 0 0 1, 0 0 2 0, 0 0 0 3, 0 0 0 7, then the data",
            idx_file(2**24 + 1, 512, 3, 7, kind=13),
        ),
        Case("three labels, a file of eleven bytes", idx_file(3, body=[7, 2, 1]), harsh=True),
    ],
    draw=any_header,
    hints=[
        "`raw[3]` is the number of axes. `raw[4:8]` are the four bytes of the first size, `raw[8:12]` those of the second.",
        "The size of axis number i begins at byte 4 + 4 i: a loop over `range(raw[3])` reaches them all.",
        'Four bytes become one number with `int.from_bytes(four_bytes, "big")`; the magic number is made of `raw[0:4]`.',
    ],
    praise="It reads images, labels and any other IDX file: the file itself says how many axes it has.",
)


def sizes_from(raw, start, count, order="big"):
    return [int.from_bytes(raw[i : i + 4], order) for i in range(start, start + 4 * count, 4)]


def magic_of(raw):
    return int.from_bytes(raw[:4], "big")


@exercise.mistake("The least significant byte first", ask="Which of the bytes 0 0 234 96 counts 256³, and which counts 1?")
def _(raw):
    """The four bytes are put together from the wrong end, as on most processors."""
    return int.from_bytes(raw[:4], "little"), sizes_from(raw, 4, raw[3], "little")


@exercise.mistake(
    "The sizes with the least significant byte first", ask="Which of the bytes 0 0 234 96 counts 256³, and which counts 1?"
)
def _(raw):
    """The magic number is right, but the bytes of the sizes are put together from the wrong end, as on most processors."""
    return magic_of(raw), sizes_from(raw, 4, raw[3], "little")


@exercise.mistake("The magic number counted as a size", ask="At which byte does the first size begin?")
def _(raw):
    """The sizes begin with the magic number, and the last size is missing: all are read four bytes too early."""
    return magic_of(raw), sizes_from(raw, 0, raw[3])


@exercise.mistake("The first size is skipped", ask="At which byte does the first size begin?")
def _(raw):
    """All sizes are read four bytes too late: the first is missing, and the last is made of data."""
    return magic_of(raw), sizes_from(raw, 8, raw[3])


@exercise.mistake(
    "The magic number is only its last byte", ask="How many bytes make up the magic number, and how many did you use?"
)
def _(raw):
    """`raw[3]` is the number of axes. The magic number is made of it and of the three bytes before it."""
    return raw[3], sizes_from(raw, 4, raw[3])


@exercise.mistake("The magic number is still four bytes", ask="Which number do the bytes 0 0 8 3 make?")
def _(raw):
    """The magic number comes as four bytes, and was not put together into one number."""
    return raw[:4], sizes_from(raw, 4, raw[3])


@exercise.mistake("All are still bytes", ask="Which number do the bytes 0 0 8 3 make?")
def _(raw):
    """The right bytes are cut out, four by four, but were not put together into numbers."""
    return raw[:4], [raw[i : i + 4] for i in range(4, 4 + 4 * raw[3], 4)]


@exercise.mistake("One byte further instead of four", ask="Where does the first size end, and where does the second begin?")
def _(raw):
    """Each size begins one byte after the one before, so they share three bytes."""
    return magic_of(raw), [int.from_bytes(raw[i : i + 4], "big") for i in range(4, 4 + raw[3])]


@exercise.mistake("Computed in a type of 8 bits", ask="How large may a `uint8` become? What does `int` make of one?")
def _(raw):
    """The bytes are NumPy numbers here, of the type `uint8`, and 256 does not fit into those: an OverflowError."""
    first = np.frombuffer(raw, np.uint8)
    return first[2] * 256 + first[3], []


@exercise.mistake("always three axes", kind="fragile", ask="Which byte says how many sizes follow?")
def _(raw):
    """It reads three sizes from every file. A file of labels has one axis only, and its labels are then taken for sizes."""
    return magic_of(raw), sizes_from(raw, 4, 3)


@exercise.mistake(
    "Each size is only its last byte", ask="What do the three bytes before it count, and can they be kept in a type of 8 bits?"
)
def _(raw):
    """60 000 comes out as 96: of each four bytes only the last one counts. That also happens when NumPy bytes, `uint8`,
    are shifted or multiplied, as they hold no more than 255."""
    return magic_of(raw), list(raw[7 : 4 + 4 * raw[3] : 4])


@exercise.mistake(
    "Every number is only its last byte", ask="What do the three bytes before it count, and can they be kept in a type of 8 bits?"
)
def _(raw):
    """60 000 comes out as 96, and the magic number as 3: of each four bytes only the last one counts. That also happens when
    NumPy bytes, `uint8`, are shifted or multiplied, as they hold no more than 255."""
    return raw[3], list(raw[7 : 4 + 4 * raw[3] : 4])


@exercise.mistake("The bytes are not put together", ask="How many bytes make one size?")
def _(raw):
    """The sizes are single bytes, four for each axis, and not yet numbers made of four bytes."""
    return magic_of(raw), list(raw[4 : 4 + 4 * raw[3]])


@exercise.mistake("A base of 255", ask="How many different values does a byte have, counting 0?")
def _(raw):
    """Each byte is counted 255 times as much as the next one."""
    sizes = [raw[i] * 255**3 + raw[i + 1] * 255**2 + raw[i + 2] * 255 + raw[i + 3] for i in range(4, 4 + 4 * raw[3], 4)]
    return raw[0] * 255**3 + raw[1] * 255**2 + raw[2] * 255 + raw[3], sizes


@exercise.mistake("Only the first size", ask="How often does the loop run? Is the `return` inside it?")
def _(raw):
    """The list of sizes ends after the first one. A `return` inside a loop ends the function in its first round."""
    return magic_of(raw), sizes_from(raw, 4, 1)


@exercise.mistake(
    "Only the first size, and not in a list", ask="How often does the loop run, and what collects the sizes that it finds?"
)
def _(raw):
    """The first size comes as a number. A list of all sizes is asked for, even where there is only one."""
    return magic_of(raw), sizes_from(raw, 4, 1)[0]


@exercise.mistake("Only the last size is kept", ask="What collects the sizes, and where is it begun: before the loop or in it?")
def _(raw):
    """The list holds the last size alone. Each round of the loop begins it anew, and what was there before is lost."""
    return magic_of(raw), sizes_from(raw, 4, raw[3])[-1:]


@exercise.mistake("Only the last size is kept, and not in a list", ask="What collects the sizes that the loop finds?")
def _(raw):
    """The last size comes as a number. Each round of the loop writes over the size before; a list of all of them is
    asked for."""
    return magic_of(raw), sizes_from(raw, 4, raw[3])[-1]


@exercise.mistake(
    "The first size is missing", ask="With which number does your loop begin, and what number does the first axis have?"
)
def _(raw):
    """The sizes begin with the second one. `range(1, ...)` begins at 1, and in Python the first axis has the number 0."""
    return magic_of(raw), sizes_from(raw, 8, raw[3] - 1)


@exercise.mistake("The last size is missing", ask="How many numbers does your `range` give, and how many axes are there?")
def _(raw):
    """The sizes are right as far as they go, but there is one too few: the number at which `range` ends is not among
    those that it gives."""
    return magic_of(raw), sizes_from(raw, 4, raw[3] - 1)


@exercise.mistake(
    "The fifth byte taken for the number of axes", ask="What is the number of the fourth byte when counting begins at 0?"
)
def _(raw):
    """`raw[4]` is the fifth byte, because counting begins at 0. It belongs to the first size and is nearly always 0, and then
    no size is read."""
    return magic_of(raw), sizes_from(raw, 4, raw[4])


@exercise.mistake("No size at all", ask="How often does the loop run, and what does it add to the list?")
def _(raw):
    """The magic number is right, and the list of sizes stays empty."""
    return magic_of(raw), []


@exercise.mistake("Three bytes of each size", ask="Is byte number b still a part of `raw[a:b]`?")
def _(raw):
    """Each size is made of three bytes, and the last one, which counts 1, is not among them: 60 000 comes out as 234."""
    return magic_of(raw), [int.from_bytes(raw[i : i + 3], "big") for i in range(4, 4 + 4 * raw[3], 4)]


@exercise.mistake("Three bytes of every number", ask="Is byte number b still a part of `raw[a:b]`?")
def _(raw):
    """Each number is made of three bytes, and the last one, which counts 1, is not among them: 60 000 comes out as 234, and
    the magic number as 8."""
    return int.from_bytes(raw[:3], "big"), [int.from_bytes(raw[i : i + 3], "big") for i in range(4, 4 + 4 * raw[3], 4)]


@exercise.mistake("Three bytes of the magic number", ask="Is byte number b still a part of `raw[a:b]`?")
def _(raw):
    """The sizes are right. The magic number is made of three bytes, and the last one, which counts 1, is not among them."""
    return int.from_bytes(raw[:3], "big"), sizes_from(raw, 4, raw[3])


@exercise.mistake("The sizes are not in a list of their own", ask="How many things are returned when there are three axes?")
def _(raw):
    """All numbers are right, but the magic number and the sizes are in one row. Two things are asked for: a number and a list."""
    return magic_of(raw), *sizes_from(raw, 4, raw[3])


@exercise.mistake("The number of axes instead of their sizes", ask="What stands in the four bytes of each axis?")
def _(raw):
    """The second result says how many axes there are, and not how long each of them is."""
    return magic_of(raw), raw[3]


@exercise.mistake("the whole file read as numbers of four bytes", kind="fragile", ask="Which part of the file is the header?")
def _(raw):
    """All bytes are read in groups of four, the data too. Where their number is no multiple of four, that is an error."""
    numbers = np.frombuffer(raw, ">u4")
    return numbers[0], numbers[1 : 1 + raw[3]]


@exercise.mistake("One byte for each size", ask="How many bytes make one size?")
def _(raw):
    """The bytes after the magic number are taken singly: each size is one of them, as many as there are axes."""
    return magic_of(raw), list(raw[4 : 4 + raw[3]])


@exercise.mistake("The sizes from the last to the first", ask="Which size comes first in the file: the number of images?")
def _(raw):
    """The sizes are right, but in the opposite order."""
    return magic_of(raw), sizes_from(raw, 4, raw[3])[::-1]


@exercise.mistake("The product of the sizes", ask="How many sizes are asked for when there are three axes?")
def _(raw):
    """The sizes are multiplied: that is how many numbers the file holds. The list should hold each of them."""
    return magic_of(raw), [math.prod(sizes_from(raw, 4, raw[3]))]


@exercise.mistake("The magic number is left out", ask="Which two things does the docstring name?")
def _(raw):
    """The sizes are right, and the magic number is not returned."""
    return sizes_from(raw, 4, raw[3])


@exercise.mistake("In the order sizes, magic number", ask="In which order does the docstring name the two?")
def _(raw):
    """Both are right, but the wrong way round."""
    return sizes_from(raw, 4, raw[3]), magic_of(raw)


@exercise.mistake(
    "two bytes of each size", kind="fragile", ask="How large can a number of two bytes be, and how large one of four?"
)
def _(raw):
    """Each size is made of its last two bytes, as the magic number is in the example. From 65 536 on, the two bytes before
    them count as well."""
    return magic_of(raw), [raw[i + 2] * 256 + raw[i + 3] for i in range(4, 4 + 4 * raw[3], 4)]
