"""A data set of four IDX files, found in a folder as archives unpack it."""

import pathlib
import re

from .idx import read_idx, read_idx_header

FILE = re.compile(                               # train-images-idx3-ubyte.gz, emnist-letters-test-labels.idx1-ubyte …
    r"(?:(?P<set>.+)[-_.])?(?P<part>train|t10k|test)[-_.](?P<what>images|labels)"
    r"(?:[-_.]idx\d+(?:[-_.](?:ubyte|byte|short|int|float|double))?)?(?:\.idx|\.bin)?(?:\.gz)?",
    re.IGNORECASE,
)
ROLES = ("train-images", "train-labels", "t10k-images", "t10k-labels")
DEPTH = 2                                        # folders inside the folder that are looked into


def read_idx_folder(folder, name=None, transpose=False):
    """Read the four arrays of a data set: training images and labels, test images and labels.

    Other files are left out: hidden ones, unfinished downloads, second copies. Each file may lie
    in a folder of its own, or all together one or two folders deeper.

    Parameters
    ----------
    folder : path
    name : str, optional
        Chooses one of several sets: "letters" is emnist-letters-train-images-idx3-ubyte.gz and the others.
    transpose : bool
        Whether to exchange rows and columns of each image.

    Raises
    ------
    FileNotFoundError, ValueError
        When a file is missing, damaged, or does not belong to the others.
    """
    files = _choose(pathlib.Path(folder).expanduser(), name)
    train, test = _shape_of_images(files, "train"), _shape_of_images(files, "t10k")
    if train != test:
        raise ValueError(
            f"training images are {_times(train)}, test images {_times(test)} pixels: "
            f"{files['train-images']}, {files['t10k-images']}. Take all four files from the same set."
        )
    if transpose and len(train) < 2:
        raise ValueError(
            f"{files['train-images']} holds images without rows and columns, as {_times(train)} pixels. Leave transpose out."
        )
    arrays = {role: read_idx(path) for role, path in files.items()}
    if transpose:
        arrays = {role: array.swapaxes(1, 2) if "images" in role else array for role, array in arrays.items()}
    return tuple(arrays[role] for role in ROLES)


# --- the files ---------------------------------------------------------------------------------------------------------


def _choose(folder, name):
    """Return the path of each role of the one set that is meant."""
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is not a folder. Give the folder that holds the four IDX files of the set.")
    sets = _sets(folder)
    if not sets:
        others = sorted(repr(path.name) for path in folder.iterdir())
        held = f" It holds {', '.join(others[:5])}{' …' * (len(others) > 5)}." * bool(others)
        raise FileNotFoundError(f"{folder} holds no file *{ROLES[0]}*. Put the four IDX files of the set there.{held}")
    complete = [key for key, paths in sets.items() if paths.keys() == set(ROLES)]
    if name is not None:
        chosen = _named(sets, str(name).lower())
    elif complete:                               # those that lie on top count before those in folders
        chosen = [key for key in complete if len(key) == min(map(len, complete))]
    else:
        chosen = list(sets)
    if len(chosen) != 1:
        names = sorted(map(_label, chosen or complete or sets))
        what = "several sets" if chosen else f"no set {name!r}, but"
        raise ValueError(f"{folder} holds {what}: {', '.join(map(repr, names))}. Choose one: name={names[-1]!r}.")
    paths, in_set = sets[chosen[0]], f" of the set {_label(chosen[0])!r}" * bool(_label(chosen[0]))
    if missing := [f"*{role}*" for role in ROLES if role not in paths]:
        raise FileNotFoundError(f"{folder} holds no file {', '.join(missing)}{in_set}. Put the four IDX files of the set there.")
    for role in ROLES:
        spellings = {FILE.fullmatch(path.name)["part"].lower(): path.name for path in paths[role]}
        if len(spellings) > 1:
            raise ValueError(f"{folder} holds two test sets: {' and '.join(spellings.values())}. Move one of them elsewhere.")
    return {role: paths[role][0] for role in ROLES}


def _sets(folder):
    """Return for each set, under its folders and its name in small letters, the files of each role, best first."""
    sets = {}
    for path, folders in sorted(_files(folder), key=lambda found: (len(found[1]), found[0].suffix.lower() == ".gz", found[0])):
        match = FILE.fullmatch(path.name)
        inside = [part.lower() for part in folders if not FILE.fullmatch(part)]      # not the file's own folder
        part = "train" if match["part"].lower() == "train" else "t10k"
        roles = sets.setdefault((*inside, (match["set"] or "").lower()), {})
        roles.setdefault(f"{part}-{match['what'].lower()}", []).append(path)
    return sets


def _files(folder, folders=()):
    """Yield the path of each file that may belong to a set, with the names of the folders on the way to it."""
    try:
        seen = [path for path in folder.iterdir() if not path.name.startswith((".", "__MACOSX"))]
        kinds = {path: (path.is_file(), path.is_dir()) for path in seen}
    except OSError:                              # a folder that may not be read
        return
    for path, (is_file, is_folder) in kinds.items():
        fits = FILE.fullmatch(path.name) is not None
        if is_file and fits:
            yield path, folders
        elif is_folder and len(folders) < DEPTH + fits:
            yield from _files(path, (*folders, path.name))


def _label(key):
    return "/".join(filter(None, key))


def _named(sets, name):
    exact = [key for key in sets if _label(key) == name]
    return exact or [key for key in sets if name and (name in key or key[-1].endswith(f"-{name}"))]


# --- what they hold, by their headers: a wrong file is refused before gigabytes are read ---------------------------------


def _shape_of_images(files, part):
    """Return the shape of one image; refuse images and labels that do not belong together."""
    images_path, labels_path = files[f"{part}-images"], files[f"{part}-labels"]
    (_, images), (labels_type, labels) = read_idx_header(images_path), read_idx_header(labels_path)
    if len(images) < 2 or len(labels) not in (1, 2):
        raise ValueError(
            f"images must have at least two axes and labels one, but they have {len(images)} and {len(labels)}: "
            f"{images_path}, {labels_path}. Are the files' names exchanged?"
        )
    if labels_type.kind == "f":
        raise ValueError(
            f"{labels_path} holds labels as {labels_type.name}, but labels are whole numbers. "
            "If all of these are whole, read them with read_idx and give them to Dataset.from_arrays."
        )
    if labels[1:] > (1,):
        raise ValueError(
            f"{labels_path} holds {labels[1]} columns of labels, but one is needed. "
            "Choose it, as in read_idx(path)[:, 0], and give it to Dataset.from_arrays."
        )
    if 0 in images:
        raise ValueError(f"{images_path} holds no images: its shape is {images}. Replace it with a whole copy.")
    if images[0] != labels[0]:
        raise ValueError(
            f"there are {images[0]} images but {labels[0]} labels: {images_path}, {labels_path}. Take both from the same set."
        )
    return images[1:]


def _times(sizes):
    return " × ".join(map(str, sizes))
