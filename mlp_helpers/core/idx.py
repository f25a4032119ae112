"""The IDX format, in which MNIST and its relatives are published."""

import gzip
import math
import pathlib
import struct
import zlib

import numpy as np

TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
PIECE = 1 << 20                                  # bytes read at a time


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
        When it is no IDX file, or not a whole one.

    Examples
    --------
    >>> from mlp_helpers.core.data import DATASETS
    >>> read_idx(DATASETS / "mnist" / "t10k-labels-idx1-ubyte.gz")[:5]
    array([7, 2, 1, 0, 4], dtype=uint8)
    """
    path = pathlib.Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"{path} is not a file. Both data sets come with the course: restore the folder datasets.")
    with open(path, "rb") as file:
        start = file.read(11)
    if start == b"version htt":
        raise ValueError(f"{path} is only a text pointer to the real file. Fetch the file itself: git lfs pull.")
    opener = gzip.open if start[:2] == b"\x1f\x8b" else open
    try:
        with opener(path, "rb") as file:
            return _read_array(path, file)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ValueError(f"{path} is cut short or damaged ({error}). Replace it by a whole copy.") from None


def _read_array(path, file):
    magic = file.read(4)
    if len(magic) < 4 or magic[:2] != b"\0\0" or magic[2] not in TYPES:
        raise ValueError(
            f"{path} is not an IDX file: its magic number is {magic.hex(' ') or 'missing'}, "
            f"but 00 00, a type ({', '.join(f'{code:02x}' for code in TYPES)}) and the number of axes were expected. "
            "Look at what the file really holds."
        )
    sizes = file.read(4 * magic[3])
    if len(sizes) < 4 * magic[3]:
        raise ValueError(f"{path} ends inside its header. Replace it by a whole copy.")
    shape = struct.unpack(f">{magic[3]}I", sizes)
    dtype = np.dtype(TYPES[magic[2]])
    wanted = math.prod(shape) * dtype.itemsize
    data = bytearray()
    while piece := file.read(min(PIECE, wanted + 1 - len(data))):
        data += piece
    if len(data) != wanted:
        came = f"only {len(data)}" if len(data) < wanted else "more"
        raise ValueError(f"{path} says {shape}, which is {wanted} bytes, but holds {came}. Replace it by a whole copy.")
    return np.frombuffer(data, dtype).reshape(shape).astype(dtype.newbyteorder("="), copy=False)
