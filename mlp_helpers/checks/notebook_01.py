"""Exercises and questions of notebook 01, Load the images."""

import operator

import numpy as np

from . import solutions
from .exercise import Case, Exercise
from .questions import Question

# --- scale_pixels ------------------------------------------------------------------------------------------------------


def some_bytes(seed, *shape, upto=256):
    return np.random.default_rng(seed).integers(0, upto, shape).astype(np.uint8)


scale_pixels = Exercise(
    solutions.scale_pixels,
    notebook="01",
    place="in class",
    cases=[
        Case("two images of three pixels", (np.array([[0, 51, 102], [204, 153, 51]], np.uint8),)),
        Case("one image, black to white", (np.array([[0, 1, 128, 254, 255]], np.uint8),)),
        Case("as many images as pixels", (np.array([[255, 0, 3], [10, 20, 30], [0, 0, 60]], np.uint8),)),
        Case("dark images", (some_bytes(1, 4, 6, upto=100),)),
        Case("20 images of 784 pixels", (some_bytes(2, 20, 784),)),
        Case("one row of pixels, (784,)", (some_bytes(3, 784),), harsh=True),
        Case("three images of 28 x 28", (some_bytes(4, 3, 28, 28),), harsh=True),
        Case("an image that is black all over", (np.zeros((2, 3), np.uint8),), harsh=True),
    ],
    draw=lambda rng: (rng.integers(0, 256, rng.integers(1, 7, 2)).astype(np.uint8),),
    hints=[
        "Print `images.dtype`. Can that type hold 0.2? `images.astype(np.float32)` is a copy whose type can.",
        "A whole array can be divided by one number: no loop, and the shape stays by itself. "
        "Make the copy first, then divide it by the value of white.",
    ],
    praise="Black is exactly 0 and white exactly 1, and a dark image stays dark: "
    "every pixel of every image was divided by the same number.",
)


@scale_pixels.mistake(
    "it stays with whole numbers", ask="Which type should the result have, and at which step is the fraction lost?"
)
def scaled_in_whole_numbers(images):
    """Only 0 and 1 come out, as whole numbers: every grey has become black. `//` drops what is behind the point, and so
    does turning the result back into bytes or `int`."""
    return images // 255


@scale_pixels.mistake("the fraction is dropped", ask="What is the difference between `/` and `//`?")
def scaled_and_cut_off(images):
    """The type is right, but only 0.0 and 1.0 come out: what is behind the point was dropped on the way."""
    return (images // 255).astype(np.float32)


@scale_pixels.mistake("the fraction is rounded", ask="How many greys should be left between black and white?")
def scaled_and_rounded(images):
    """Only 0.0 and 1.0 come out: after the division the numbers were rounded."""
    return np.round(images / 255)


@scale_pixels.mistake("computed in bytes", ask="Which type do the numbers have when the first sum or difference is taken?")
def shifted_in_bytes(images):
    """Something was subtracted or multiplied while the pixels were still bytes, and they wrapped around."""
    return (images - 128) / 127.5


@scale_pixels.mistake("multiplied in bytes", ask="Which operation turns 255 into 1, and in which type?")
def multiplied_in_bytes(images):
    """The bytes were multiplied, and wrapped around: 51 times 255 does not fit into a byte."""
    return images * 255


@scale_pixels.mistake("divided in place", ask="Into which array does `/=` write, and which type has it?")
def divided_in_place(images):
    """`/=` writes the result back into the array that was given. That array holds bytes, and a byte cannot hold 0.2."""
    images /= 255
    return images


@scale_pixels.mistake("written back into the bytes", ask="Which type has the array into which the fractions are written?")
def written_back(images):
    """The fractions are written into the array that was given. It holds bytes, so only 0 and 1 are left of them, and whoever
    called the function has lost the image."""
    images[...] = images / 255
    return images


@scale_pixels.mistake("what comes back is what was given", ask="Which line makes the new array, and is that the one returned?")
def given_back(images):
    """The bytes come back as they were. A line like `image = image / 255` in a loop gives a name to a new array; it does not
    write into the old one."""
    return images


@scale_pixels.mistake("not divided", ask="Which number is white now, and which should it be?")
def only_another_type(images):
    """The type can hold fractions now, but the numbers still go up to 255."""
    return images.astype(np.float32)


@scale_pixels.mistake("256 instead of 255", kind="convention", ask="Which number comes out for white?")
def divided_by_256(images):
    """Some divide by 256, the number of different bytes. White is then 0.996; here it is 1."""
    return images.astype(np.float32) / 256


@scale_pixels.mistake(
    "from -1 to 1", kind="convention", ask="Most pixels are black. Which number should a pixel without ink send into the network?"
)
def from_minus_one(images):
    """Some scale to the range from -1 to 1, with black at -1. Here black is 0."""
    return images.astype(np.float32) / 127.5 - 1


@scale_pixels.mistake("divided by the largest pixel", kind="fragile", ask="Does every batch contain a white pixel?")
def by_the_largest(images):
    """The result depends on which images happen to be in the batch: where none is bright, dark grey becomes white."""
    return images / images.max()


@scale_pixels.mistake("divided by the largest pixel of each image", ask="Should a faint image look like a bright one afterwards?")
def by_the_largest_of_each(images):
    """Every image is divided by a number of its own: a faint one becomes as bright as the others."""
    return images / images.max(axis=1, keepdims=True)


@scale_pixels.mistake(
    "stretched from the smallest to the largest pixel", kind="fragile", ask="Does every batch contain black and white?"
)
def stretched(images):
    """The smallest pixel of the batch becomes 0 and the largest 1, so the same grey means something else in the next batch."""
    return (images - images.min()) / (images.max() - images.min())


@scale_pixels.mistake(
    "each image stretched from its smallest to its largest pixel", ask="Should a faint image look like a bright one afterwards?"
)
def each_stretched(images):
    """Every image gets a scale of its own: the same grey means something else in the next image."""
    low, high = images.min(axis=1, keepdims=True), images.max(axis=1, keepdims=True)
    return (images - low) / (high - low)


@scale_pixels.mistake("standardised", kind="convention", ask="Which range does the exercise ask for?")
def standardised(images):
    """Some subtract the mean and divide by the standard deviation. The result then goes below 0 and above 1."""
    return (images - images.mean()) / images.std()


@scale_pixels.mistake("each pixel standardised", kind="convention", ask="Which range does the exercise ask for?")
def each_standardised(images):
    """Some subtract each pixel's mean over the batch and divide by its standard deviation. Here a pixel that is the same
    in all images, as in the corners, would give 0 / 0."""
    return (images - images.mean(axis=0)) / images.std(axis=0)


@scale_pixels.mistake("another shape", kind="fragile", ask="Must the numbers be laid out anew to be divided?")
def scaled_and_laid_out(images):
    """The numbers are right, but images that come as pictures, or a single image, do not keep their shape."""
    return images.reshape(len(images), -1).astype(np.float32) / 255


@scale_pixels.mistake("only about three digits", kind="fragile", ask="Which type has 32 bits?")
def in_half_precision(images):
    """`float16` keeps about three digits. Where 784 products are added up, the rounding adds up too."""
    return images.astype(np.float16) / 255


# --- flatten -----------------------------------------------------------------------------------------------------------

flatten = Exercise(
    solutions.flatten,
    notebook="01",
    place="at home",
    cases=[
        Case("two images of 2 x 3: 1 2 3 above 4 5 6, and 7 8 9 above 10 11 12", (np.arange(1, 13).reshape(2, 2, 3),)),
        Case("one image of 3 x 2", (np.arange(6).reshape(1, 3, 2) * 10,)),
        Case("three images of 3 x 3", (np.arange(27).reshape(3, 3, 3),)),
        Case("four images of 2 x 5, decimal numbers", (np.arange(40, dtype=np.float32).reshape(4, 2, 5) / 40,)),
        Case("two images of 5 x 1", (np.arange(10.0).reshape(2, 5, 1),)),
        Case("20 images of 28 x 28, bytes", (some_bytes(5, 20, 28, 28),)),
    ],
    draw=lambda rng: (rng.integers(0, 256, rng.integers(1, 7, 3)).astype(np.uint8),),
    hints=[
        "How many rows should the result have? `len(images)` knows, for any batch.",
        "`images.reshape(rows, columns)`: the number of rows you know, and -1 stands for what NumPy can work out.",
    ],
    praise="No number was moved: the pixels lie in memory as before, and only the shape by which NumPy reads them is new. "
    "It works for images of any size.",
)


@flatten.mistake("one long row", ask="How many rows should come out when two images go in?")
def all_in_one(images):
    """All images are laid out one after the other in a single row, and nothing says where one ends and the next begins."""
    return images.reshape(-1)


@flatten.mistake("one long row in a table", ask="How many rows should come out when two images go in?")
def all_in_one_table(images):
    """The table has one row only, and all images lie in it, one after the other."""
    return images.reshape(1, -1)


@flatten.mistake("the two sizes have changed places", ask="Which of the two numbers in `reshape` counts the rows?")
def sizes_exchanged(images):
    """There are as many columns as images. In each row, neighbouring pixels of one image
    are taken for pixels of different images."""
    return images.reshape(-1, len(images))


@flatten.mistake("images in columns", kind="convention", ask="In this course, is an image a row or a column?")
def in_columns(images):
    """Each image has become a column, as in some other books. Here every example is a row."""
    return images.reshape(len(images), -1).T


@flatten.mistake(
    "column by column",
    kind="convention",
    ask="After the first pixel of an image, which one comes next: its right neighbour or the one below?",
)
def column_by_column(images):
    """Each image is read down its columns, as Fortran and MATLAB do. The course reads row by row."""
    return images.transpose(0, 2, 1).reshape(len(images), -1)


@flatten.mistake("only for images of 28 x 28", kind="fragile", ask="Who knows how many pixels an image has, if not you?")
def hard_coded(images):
    """784 is written into the function. Images of another size give an error, or are cut in the wrong places."""
    return images.reshape(-1, 784)


@flatten.mistake("each row of pixels is a row", ask="How many rows should one image of 28 x 28 become?")
def rows_of_pixels(images):
    """The images stand one below the other, and each still takes as many rows as it is high."""
    return images.reshape(-1, images.shape[-1])


@flatten.mistake("the images side by side", ask="How many rows should one image of 28 x 28 become?")
def side_by_side(images):
    """The images stand side by side, and are still as high as they were."""
    return np.hstack(list(images))


@flatten.mistake("only the first image", ask="What happens to the second image? Is the `return` inside a loop?")
def only_the_first(images):
    """The first image is laid out, and the others are missing."""
    return images[0].reshape(-1)


@flatten.mistake("a list of rows", kind="fragile", ask="Which operation lays out all images at once, without a loop?")
def a_list(images):
    """The rows are right, but they are in a list, which has no shape and which `@` does not take. One array is asked for."""
    return [image.reshape(-1) for image in images]


@flatten.mistake(
    "another type of number", kind="fragile", ask="Which type does `np.zeros` give, and is a new array needed at all?"
)
def into_a_table_of_floats(images):
    """The rows are right, but whole numbers have become decimal ones: bytes that lie in a new array of `np.zeros` take eight
    times the memory."""
    table = np.zeros((len(images), images[0].size))
    for i in range(len(images)):
        table[i] = images[i].reshape(-1)
    return table


# --- read_header -------------------------------------------------------------------------------------------------------


def idx_file(*dimensions, kind=8, body=None):
    """A file's first bytes: the magic number, the sizes, and a few of the data."""
    sizes = b"".join(int(size).to_bytes(4, "big") for size in dimensions)
    return bytes([0, 0, kind, len(dimensions)]) + sizes + bytes(body or range(1, 13))


def any_header(rng):
    dimensions = rng.integers(0, rng.choice([10, 300, 100_000, 2**32]), rng.integers(1, 5))
    return (
        idx_file(*dimensions, kind=rng.choice([8, 9, 11, 12, 13, 14]), body=rng.integers(0, 256, rng.integers(12, 40)).tolist()),
    )


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


read_header = Exercise(
    solutions.read_header,
    notebook="01",
    place="starred",
    view=as_whole_numbers,
    cases=[
        Case("two images of 2 x 3: the bytes 0 0 8 3, 0 0 0 2, 0 0 0 2, 0 0 0 3, then the pixels", (idx_file(2, 2, 3),)),
        Case("twelve labels: the bytes 0 0 8 1, 0 0 0 12, then the labels", (idx_file(12),)),
        Case("260 labels: the bytes 0 0 8 1, 0 0 1 4, then the labels", (idx_file(260, body=range(13)),)),
        Case("MNIST's images: the bytes 0 0 8 3, 0 0 234 96, 0 0 0 28, 0 0 0 28, then the pixels", (idx_file(60_000, 28, 28),)),
        Case(
            "four axes: the bytes 0 0 13 4, 1 0 0 1, 0 0 2 0, 0 0 0 3, 0 0 0 7, then the data",
            (idx_file(2**24 + 1, 512, 3, 7, kind=13),),
        ),
        Case("three labels, a file of eleven bytes", (idx_file(3, body=[7, 2, 1]),), harsh=True),
    ],
    draw=any_header,
    hints=[
        "`raw[3]` is the number of axes. `raw[4:8]` are the four bytes of the first size, `raw[8:12]` those of the second.",
        "The size of axis number i begins at byte 4 + 4 i: a loop over `range(raw[3])` reaches them all.",
        'Four bytes become one number by `int.from_bytes(four_bytes, "big")`; the magic number is made of `raw[0:4]`.',
    ],
    praise="It reads images, labels and any other IDX file: the file itself says how many axes it has.",
)


def sizes_from(raw, start, count, order="big"):
    return [int.from_bytes(raw[i : i + 4], order) for i in range(start, start + 4 * count, 4)]


def magic_of(raw):
    return int.from_bytes(raw[:4], "big")


@read_header.mistake("the least significant byte first", ask="Which of the bytes 0 0 234 96 counts 256³, and which counts 1?")
def little_endian(raw):
    """The four bytes are put together from the wrong end, as most processors would."""
    return int.from_bytes(raw[:4], "little"), sizes_from(raw, 4, raw[3], "little")


@read_header.mistake(
    "the sizes with the least significant byte first", ask="Which of the bytes 0 0 234 96 counts 256³, and which counts 1?"
)
def sizes_little_endian(raw):
    """The magic number is right, but the bytes of the sizes are put together from the wrong end, as most processors would."""
    return magic_of(raw), sizes_from(raw, 4, raw[3], "little")


@read_header.mistake("the magic number counted as a size", ask="At which byte does the first size begin?")
def four_bytes_too_early(raw):
    """The sizes begin with the magic number, and the last size is missing: all are read four bytes too early."""
    return magic_of(raw), sizes_from(raw, 0, raw[3])


@read_header.mistake("the first size is skipped", ask="At which byte does the first size begin?")
def four_bytes_too_late(raw):
    """All sizes are read four bytes too late: the first is missing, and the last is made of data."""
    return magic_of(raw), sizes_from(raw, 8, raw[3])


@read_header.mistake(
    "the magic number is only its last byte", ask="How many bytes make up the magic number, and how many did you use?"
)
def last_byte_of_the_magic_number(raw):
    """`raw[3]` is the number of axes. The magic number is made of it and of the three bytes before it."""
    return raw[3], sizes_from(raw, 4, raw[3])


@read_header.mistake("the magic number is still four bytes", ask="Which number do the bytes 0 0 8 3 make?")
def magic_bytes(raw):
    """The magic number comes as four bytes, and was not put together to one number."""
    return raw[:4], sizes_from(raw, 4, raw[3])


@read_header.mistake("all are still bytes", ask="Which number do the bytes 0 0 8 3 make?")
def all_bytes(raw):
    """The right bytes are cut out, four by four, but were not put together to numbers."""
    return raw[:4], [raw[i : i + 4] for i in range(4, 4 + 4 * raw[3], 4)]


@read_header.mistake("one byte further instead of four", ask="Where does the first size end, and where does the second begin?")
def one_byte_further(raw):
    """Each size begins one byte after the one before, so they share three bytes."""
    return magic_of(raw), [int.from_bytes(raw[i : i + 4], "big") for i in range(4, 4 + raw[3])]


@read_header.mistake("computed in a type of 8 bits", ask="How large may a `uint8` become? What does `int` make of one?")
def computed_in_eight_bits(raw):
    """The bytes are numbers of NumPy here, of the type `uint8`, and 256 does not fit into those: an OverflowError."""
    first = np.frombuffer(raw, np.uint8)
    return first[2] * 256 + first[3], []


@read_header.mistake("always three axes", kind="fragile", ask="Which byte says how many sizes follow?")
def always_three(raw):
    """It reads three sizes from every file. A file of labels has one axis only, and its labels are then taken for sizes."""
    return magic_of(raw), sizes_from(raw, 4, 3)


@read_header.mistake(
    "each size is only its last byte", ask="What do the three bytes before it count, and can they be kept in a type of 8 bits?"
)
def last_bytes(raw):
    """60 000 comes out as 96: of each four bytes only the last one counts. That also happens when bytes of NumPy, `uint8`,
    are shifted or multiplied, as they hold no more than 255."""
    return magic_of(raw), list(raw[7 : 4 + 4 * raw[3] : 4])


@read_header.mistake(
    "every number is only its last byte", ask="What do the three bytes before it count, and can they be kept in a type of 8 bits?"
)
def only_last_bytes(raw):
    """60 000 comes out as 96, and the magic number as 3: of each four bytes only the last one counts. That also happens when
    bytes of NumPy, `uint8`, are shifted or multiplied, as they hold no more than 255."""
    return raw[3], list(raw[7 : 4 + 4 * raw[3] : 4])


@read_header.mistake("the bytes are not put together", ask="How many bytes make one size?")
def single_bytes(raw):
    """The sizes are single bytes, four for each axis, and not yet numbers made of four bytes."""
    return magic_of(raw), list(raw[4 : 4 + 4 * raw[3]])


@read_header.mistake("a base of 255", ask="How many different values has a byte, counting 0?")
def base_255(raw):
    """Each byte is counted 255 times as much as the next one."""
    sizes = [raw[i] * 255**3 + raw[i + 1] * 255**2 + raw[i + 2] * 255 + raw[i + 3] for i in range(4, 4 + 4 * raw[3], 4)]
    return raw[0] * 255**3 + raw[1] * 255**2 + raw[2] * 255 + raw[3], sizes


@read_header.mistake("only the first size", ask="How often does the loop run? Is the `return` inside it?")
def only_the_first_size(raw):
    """The list of sizes ends after the first one. A `return` inside a loop ends the function at its first round."""
    return magic_of(raw), sizes_from(raw, 4, 1)


@read_header.mistake(
    "only the first size, and not in a list", ask="How often does the loop run, and what collects the sizes that it finds?"
)
def first_size_without_a_list(raw):
    """The first size comes as a number. A list of all sizes is asked for, also where there is only one."""
    return magic_of(raw), sizes_from(raw, 4, 1)[0]


@read_header.mistake(
    "only the last size is kept", ask="What collects the sizes, and where is it begun: before the loop or in it?"
)
def only_the_last_size(raw):
    """The list holds the last size alone: each round of the loop begins it anew, and what was there before is lost."""
    return magic_of(raw), sizes_from(raw, 4, raw[3])[-1:]


@read_header.mistake("only the last size is kept, and not in a list", ask="What collects the sizes that the loop finds?")
def last_size_without_a_list(raw):
    """The last size comes as a number. Each round of the loop writes over the size before; a list of all of them is
    asked for."""
    return magic_of(raw), sizes_from(raw, 4, raw[3])[-1]


@read_header.mistake(
    "the first size is missing", ask="With which number does your loop begin, and which number has the first axis?"
)
def from_the_second_size(raw):
    """The sizes begin with the second one. `range(1, ...)` begins at 1, and in Python the first axis has the number 0."""
    return magic_of(raw), sizes_from(raw, 8, raw[3] - 1)


@read_header.mistake("the last size is missing", ask="How many numbers does your `range` give, and how many axes are there?")
def one_size_too_few(raw):
    """The sizes are right as far as they go, but there is one too few: the number behind which `range` ends is not among
    those that it gives."""
    return magic_of(raw), sizes_from(raw, 4, raw[3] - 1)


@read_header.mistake(
    "the fifth byte taken for the number of axes", ask="Which number has the fourth byte when counting begins at 0?"
)
def counted_by_the_fifth_byte(raw):
    """`raw[4]` is the fifth byte, because counting begins at 0. It belongs to the first size and is nearly always 0, and then
    no size is read."""
    return magic_of(raw), sizes_from(raw, 4, raw[4])


@read_header.mistake("no size at all", ask="How often does the loop run, and what does it add to the list?")
def no_sizes(raw):
    """The magic number is right, and the list of sizes stays empty."""
    return magic_of(raw), []


@read_header.mistake("three bytes of each size", ask="In `raw[a:b]`, is the byte number b still in it?")
def three_bytes(raw):
    """Each size is made of three bytes, and the last one, which counts 1, is not among them: 60 000 comes out as 234."""
    return magic_of(raw), [int.from_bytes(raw[i : i + 3], "big") for i in range(4, 4 + 4 * raw[3], 4)]


@read_header.mistake("three bytes of every number", ask="In `raw[a:b]`, is the byte number b still in it?")
def three_bytes_everywhere(raw):
    """Each number is made of three bytes, and the last one, which counts 1, is not among them: 60 000 comes out as 234, and
    the magic number as 8."""
    return int.from_bytes(raw[:3], "big"), [int.from_bytes(raw[i : i + 3], "big") for i in range(4, 4 + 4 * raw[3], 4)]


@read_header.mistake("three bytes of the magic number", ask="In `raw[a:b]`, is the byte number b still in it?")
def three_bytes_of_the_magic_number(raw):
    """The sizes are right. The magic number is made of three bytes, and the last one, which counts 1, is not among them."""
    return int.from_bytes(raw[:3], "big"), sizes_from(raw, 4, raw[3])


@read_header.mistake("the sizes are not in a list of their own", ask="How many things are returned when there are three axes?")
def all_in_a_row(raw):
    """All numbers are right, but magic number and sizes stand in one row. Two things are asked for: a number and a list."""
    return magic_of(raw), *sizes_from(raw, 4, raw[3])


@read_header.mistake("the number of axes instead of their sizes", ask="What stands in the four bytes of each axis?")
def how_many_axes(raw):
    """The second result says how many axes there are, and not how long each of them is."""
    return magic_of(raw), raw[3]


@read_header.mistake("the whole file read as numbers of four bytes", kind="fragile", ask="Which part of the file is the header?")
def whole_file(raw):
    """All bytes are read in groups of four, the data too. Where their number is no multiple of four, that is an error."""
    numbers = np.frombuffer(raw, ">u4")
    return numbers[0], numbers[1 : 1 + raw[3]]


# --- questions ---------------------------------------------------------------------------------------------------------

Question(
    "brightened pixels",
    "01",
    "We brighten an image by adding 100 to every pixel, in uint8. What does a pixel of 200 become?",
    {
        "44": "Eight bits go round like the hand of a clock: after 255 comes 0 again, and 300 − 256 is 44.",
        "255": "An image editor does that, deliberately: it stops at white. NumPy does not know that these numbers are pixels.",
        "300": "On paper, yes. But a byte holds 256 different numbers, and this is not one of them.",
    },
    "44",
)
Question(
    "brightest mean",
    "01",
    "A mean is bright where most writers put ink. Which digit's mean image has the brightest pixel?",
    {
        "0": "Much ink, but the ring is wide for one writer and narrow for the next. How many of them meet in one pixel?",
        "1": "There is hardly another place for a stroke than through the middle, so nearly all writers meet there.",
        "8": "Its strokes cross, and the crossing is a good guess. But it is higher for one writer and lower for the next.",
    },
    "1",
)
Question(
    "megabytes",
    "01",
    "The 60 000 images of train and validation take 47 MB as bytes. What do they take after images / 255, "
    "without a choice of type?",
    {
        "47 MB": "There are as many numbers as before, but can a single byte hold 0.2?",
        "188 MB": "That would be four bytes a number, float32. NumPy takes that type only when it is asked to.",
        "376 MB": "NumPy's own choice is float64: eight bytes a number.",
    },
    "376 MB",
)
Question(
    "shuffled pixels",
    "01",
    "The 784 pixels of every image are shuffled, all images in the same way. You cannot read them any more. "
    "How will the network that we build, which sees rows, find the task?",
    {
        "harder": "It feels so, because neighbours are torn apart. Does the network know which pixels were neighbours?",
        "equally hard": "Column 300 and column 301 are two names. After shuffling they have other names, and that is all.",
        "impossible": "For our eyes it is. Which of the things that our eyes use does a row of numbers still contain?",
    },
    "equally hard",
)
Question(
    "byte order",
    "01",
    "Most processors keep the least significant byte first. What happens if we read the first size, 0 0 234 96, that way?",
    {
        "a wrong number, silently": "96 then counts 256³ and not 1, and nothing complains.",
        "an error": "For an error the computer would have to know what we mean. Any four bytes make some number.",
        "the same": "For that the bytes would have to read the same from both ends.",
    },
    "a wrong number, silently",
)
