"""Where a run leaves its files: a folder that holds no other run, tried out beforehand, and written to after every epoch."""

import contextlib
import itertools
import math
import os
import pathlib
import sys
import tempfile

from .. import MLP, History, joined

MODEL, BEST = "{}_model.npz", "{}_best.npz"  # after the last epoch, and after the one with the lowest validation loss
TRACES = (MODEL.format("*"), BEST.format("*"), "curves.png", "comparison.png")  # of a run
CLAIM = ".running"  # is in the folder for as long as the run lasts
PICTURE = 300_000  # bytes: more than a picture takes
PIECE = bytes(1_000_000)


class RunFolder:
    """The folder that was asked for, or the first numbered one in it where that holds a run already.

    Parameters
    ----------
    wanted : pathlib.Path
    names : list of str
        Of the files that the run may write.

    Raises
    ------
    ValueError, OSError
        When it cannot be made or written to, or a folder stands where a file will have to.
    """

    def __init__(self, wanted, names):
        self.names, self.files = names, []  # that may be written, and that were
        numbered = (wanted / str(number) for number in itertools.count(2))
        free = (place for place in numbered if place.is_dir() or not os.path.lexists(place))
        try:
            taken = self._taken(wanted)
            self.path = next(place for place in free if not self._taken(place)) if taken else wanted
        except (FileExistsError, NotADirectoryError):
            taken = next(path for path in [wanted, *wanted.parents] if os.path.lexists(path) and not path.is_dir())
            raise ValueError(f"{taken} is no folder, so nothing can be kept in it. Name another one: --out FOLDER") from None
        except OSError as error:
            raise OSError(f"nothing can be kept in {wanted}: {error.strerror}. Name another folder: --out FOLDER") from None
        if taken:
            print(f"{wanted} {taken}, so this one goes into {self.path}")

    def _taken(self, place):
        """Take a folder for this run alone, or say why it is not to be had."""
        self._made = [folder for folder in (place, *place.parents) if not folder.exists()]
        place.mkdir(parents=True, exist_ok=True)
        for name in self.names:
            if (place / name).is_dir():
                raise ValueError(f"{place / name} is a folder, but a file has to go there. Name another folder: --out FOLDER")
        if any(path for trace in TRACES for path in place.glob(trace)):
            return "holds a run already"
        try:
            os.close(os.open(place / CLAIM, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        except FileExistsError:
            return f"belongs to another run (if there is none, one was killed in it: delete {place / CLAIM})"
        return None

    def try_out(self, size):
        """Write as many bytes as the run will need, and remove them again."""
        left = size = size + PICTURE
        try:
            with open(self.path / CLAIM, "wb") as file:
                while left > 0:
                    left -= file.write(PIECE[:left])
                file.flush()
                os.fsync(file.fileno())
                file.truncate(0)
        except OSError as error:
            room = f"{size / 1e6:.1f} MB cannot be written into {self.path}"
            raise OSError(f"{room}: {error.strerror}. Name another folder: --out FOLDER") from None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        with contextlib.suppress(OSError):  # the folders that were made go again while nothing is in them
            (self.path / CLAIM).unlink(missing_ok=True)
            for folder in self._made:
                folder.rmdir()

    def __str__(self):
        return f"in the folder {self.path}: {', '.join(self.files)}" if self.files else "nothing was kept"


class Kept:
    """What a training leaves in its folder, kept up to date after every epoch.

    Parameters
    ----------
    folder : RunFolder
    dataset : str
    stop : Stop
        Holds interrupts back while a file is written.

    Attributes
    ----------
    models : list of MLP
        Those that were trained, and the one that is: what is kept is all of them joined.
    """

    def __init__(self, folder, dataset, stop):
        self.folder, self.models, self.stop = folder, [], stop
        self.last, self.best = MODEL.format(dataset), BEST.format(dataset)
        self.history, self.troubled = History(), False

    def after_epoch(self, evaluation):
        """Save the network as it is now, and as the best one if it is."""
        with self.stop.later():
            self.history.append(evaluation)
            *before, now = self.history.validation_loss
            network = joined(self.models)
            try:
                self._save(network, self.last)
                if now < min(before, default=math.inf):  # never without a validation split: NaN
                    self._save(network, self.best)
                self.troubled = False
            except OSError as error:
                if not self.troubled:
                    print(f"epoch {evaluation.epoch} could not be kept: {error.strerror or error}", file=sys.stderr)
                self.troubled = True

    def after_training(self, whole, patience):
        """Keep and return the network of the end of a whole training, else that of the last epoch or, with patience, the best.

        Where the folder takes nothing any more, the network goes to the system's folder for temporary files.
        """
        if whole or self.troubled:
            network = joined(self.models)
        else:
            network = MLP.load(self.folder.path / (self.best if patience else self.last))
        try:
            self._save(network, self.last)
        except OSError as error:
            refuge = pathlib.Path(tempfile.mkdtemp(prefix="mlp-")) / self.last
            network.save(refuge)
            print(f"the network is in {refuge}, because its folder takes nothing: {error.strerror or error}", file=sys.stderr)
        return network

    def _save(self, network, name):
        network.save(self.folder.path / name)
        if name not in self.folder.files:
            self.folder.files.append(name)
