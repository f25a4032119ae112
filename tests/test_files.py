"""Files are whole or untouched, and only plain arrays are read from them."""

import itertools
import os
import time

import numpy as np
import pytest

from mlp_helpers.core import files
from mlp_helpers.core.files import read_arrays, replacing


def test_what_is_written_is_there_in_the_end(tmp_path):
    path = tmp_path / "new.bin"
    with replacing(path) as file:
        file.write(b"hello")
        assert not path.exists()
    assert path.read_bytes() == b"hello"
    assert os.listdir(tmp_path) == ["new.bin"]


@pytest.mark.parametrize("error", [OSError, ValueError, KeyboardInterrupt])
def test_a_failure_leaves_the_old_file_and_nothing_else(error, tmp_path):
    path = tmp_path / "old.bin"
    path.write_bytes(b"old")
    with pytest.raises(error), replacing(path) as file:
        file.write(b"half of the new")
        raise error
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["old.bin"]


def test_a_failure_leaves_no_new_file(tmp_path):
    with pytest.raises(OSError), replacing(tmp_path / "new.bin"):
        raise OSError
    assert os.listdir(tmp_path) == []


def test_a_success_replaces_the_old_file(tmp_path):
    path = tmp_path / "old.bin"
    path.write_bytes(b"old and longer")
    with replacing(str(path)) as file:
        file.write(b"new")
    assert path.read_bytes() == b"new"


def test_a_missing_folder_is_refused_before_anything_is_computed(tmp_path):
    with (
        pytest.raises(FileNotFoundError, match=r"the folder .*nowhere does not exist\. Make it first: "),
        replacing(tmp_path / "nowhere" / "new.bin"),
    ):
        pytest.fail("there was no place to write to")


def test_a_folder_is_not_replaced(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError), replacing(tmp_path / "folder") as file:
        file.write(b"x")
    assert os.listdir(tmp_path) == ["folder"]


@pytest.mark.parametrize("system", [os.name, "nt"])
def test_a_file_that_is_locked_for_a_moment_is_replaced(system, tmp_path, monkeypatch):
    path, tries, replace = tmp_path / "old.bin", itertools.count(1), os.replace
    path.write_bytes(b"old")

    def locked_twice(source, target):
        if next(tries) <= 2:
            raise PermissionError(13, "Access is denied", str(source), 32, str(target))
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", locked_twice)
        patch.setattr(os, "name", system)
        with replacing(path) as file:
            file.write(b"new")
    assert path.read_bytes() == b"new" and next(tries) == 4
    assert os.listdir(tmp_path) == ["old.bin"]


def test_a_file_that_stays_locked_is_named_after_two_seconds(tmp_path, monkeypatch):
    def locked(source, target):
        raise PermissionError(13, "Access is denied", str(source), 32, str(target))

    monkeypatch.setattr(os, "replace", locked)
    (tmp_path / "w.npz").write_bytes(b"old")
    began = time.monotonic()
    with (
        pytest.raises(PermissionError, match=r"is it open in another program\?: '.*w\.npz'$"),
        replacing(tmp_path / "w.npz") as file,
    ):
        file.write(b"new")
    assert files.PATIENCE <= time.monotonic() - began < files.PATIENCE + 1
    assert os.listdir(tmp_path) == ["w.npz"] and (tmp_path / "w.npz").read_bytes() == b"old"


def test_two_processes_with_the_same_number_write_different_temporary_files(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "getpid", lambda: 7)  # as in two containers that share a home
    with replacing(tmp_path / "one.bin") as file, replacing(tmp_path / "one.bin") as other:
        file.write(b"the first")
        other.write(b"the second")
    assert (tmp_path / "one.bin").read_bytes() == b"the first"
    assert os.listdir(tmp_path) == ["one.bin"]


@pytest.mark.parametrize("savez", [np.savez, np.savez_compressed])
def test_arrays_are_read_by_name(savez, tmp_path):
    savez(tmp_path / "some.npz", a=np.arange(3), b=np.array("text"), c=np.float32([[1.5]]))
    arrays = read_arrays(str(tmp_path / "some.npz"))
    assert list(arrays) == ["a", "b", "c"] and str(arrays["b"]) == "text" and arrays["c"].dtype == np.float32
    np.testing.assert_array_equal(arrays["a"], [0, 1, 2])
    os.remove(tmp_path / "some.npz")  # nothing is held open, which would matter under Windows


class Trap:
    def __reduce__(self):
        return pytest.fail, ("code was run",)


def test_nothing_that_could_run_code_is_read(tmp_path):
    np.savez(tmp_path / "trap.npz", a=np.array([Trap()], dtype=object))
    with pytest.raises(ValueError, match=r"trap\.npz is not a whole \.npz file of plain arrays\. Take another copy of it"):
        read_arrays(tmp_path / "trap.npz")


def test_a_file_or_folder_that_is_no_file_of_arrays_is_refused(tmp_path):
    (tmp_path / "note.npz").write_text("arrays")
    with pytest.raises(ValueError, match=r"note\.npz is not a whole"):
        read_arrays(tmp_path / "note.npz")
    with pytest.raises(FileNotFoundError, match=r"none\.npz is not there\. Did you mean note\.npz\?"):
        read_arrays(tmp_path / "none.npz")
    with pytest.raises(IsADirectoryError, match=r"is a folder\. Name a file in it: note\.npz\."):
        read_arrays(tmp_path)
