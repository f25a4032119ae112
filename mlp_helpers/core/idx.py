"""The IDX format, in which MNIST and its relatives are published."""

import gzip
import math
import pathlib
import struct
import zlib

import numpy as np

TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
PIECE = 1 << 20                                  # bytes read at a time
MOST_AXES = 32


def read_idx(path):
    """Read an array from a file in IDX format, the format of MNIST, gzipped or not.

    The format: two zero bytes, one byte for the type, one for the number of axes, the
    size of each axis as four bytes, then the numbers, all with the largest byte first.
    Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits".

    Parameters
    ----------
    path : str or path

    Returns
    -------
    array, in the machine's own byte order

    Raises
    ------
    FileNotFoundError
    ValueError
        When it is no IDX file, not a whole one, or larger than the memory.

    Examples
    --------
    >>> from mlp_helpers.core.data import DATASETS
    >>> read_idx(DATASETS / "mnist" / "t10k-labels-idx1-ubyte.gz")[:5]
    array([7, 2, 1, 0, 4], dtype=uint8)
    """
    return _unpacked(pathlib.Path(path), _array)


def read_idx_header(path):
    """Return the type and the shape of the array in an IDX file, without reading the array; raises as ``read_idx``.

    Examples
    --------
    >>> from mlp_helpers.core.data import DATASETS
    >>> read_idx_header(DATASETS / "mnist" / "t10k-images-idx3-ubyte.gz")
    (dtype('uint8'), (10000, 28, 28))
    """
    return _unpacked(pathlib.Path(path), _header)


def _unpacked(path, read):
    """Return what ``read`` makes of the file, gzipped or not."""
    if not path.is_file():
        raise FileNotFoundError(f"{path} is not a file. Look at the name, and at the folder that it is in.")
    with open(path, "rb") as file:
        start = file.read(11)
    if start == b"version htt":
        raise ValueError(f"{path} is only a text pointer to the real file. Fetch the file itself: git lfs pull.")
    if start[:4] == b"PK\3\4":
        raise ValueError(f"{path} is a zip archive. Unpack it first.")
    opener = gzip.open if start[:2] == b"\x1f\x8b" else open
    try:
        with opener(path, "rb") as file:
            return read(path, file)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ValueError(f"{path} is cut short or damaged ({error}). Replace it with a whole copy.") from None
    except MemoryError:
        raise ValueError(f"{path} holds more than fits into the memory. Close other programs and notebooks.") from None


def _header(path, file):
    magic = file.read(4)
    if len(magic) < 4 or magic[:2] != b"\0\0" or magic[2] not in TYPES:
        raise ValueError(
            f"{path} is not an IDX file: its magic number is {magic.hex(' ') or 'missing'}, "
            f"but 00 00, a type ({', '.join(f'{code:02x}' for code in TYPES)}) and the number of axes were expected. "
            "Look at what the file really holds."
        )
    if magic[3] > MOST_AXES:
        raise ValueError(
            f"{path} says that it has {magic[3]} axes, but images have 3 and labels 1. Replace it with a whole copy."
        )
    sizes = file.read(4 * magic[3])
    if len(sizes) < 4 * magic[3]:
        raise ValueError(f"{path} ends inside its header. Replace it with a whole copy.")
    return np.dtype(TYPES[magic[2]]), struct.unpack(f">{magic[3]}I", sizes)


def _array(path, file):
    dtype, shape = _header(path, file)
    wanted = math.prod(shape) * dtype.itemsize
    data = bytearray()
    while piece := file.read(min(PIECE, wanted + 1 - len(data))):
        data += piece
    if len(data) != wanted:
        came = f"only {len(data)}" if len(data) < wanted else "more"
        raise ValueError(f"{path} says {shape}, which is {wanted} bytes, but holds {came}. Replace it with a whole copy.")
    try:
        return np.frombuffer(data, dtype).reshape(shape).astype(dtype.newbyteorder("="), copy=False)
    except ValueError as error:                  # such as (0, 4294967295, 4294967295)
        raise ValueError(f"{path} says {shape}, but no array has that shape ({error}). Replace it with a whole copy.") from None
