"""Files are whole or untouched."""

import os

import pytest

from mlp_helpers.files import replacing


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
    with pytest.raises(FileNotFoundError, match=r"the folder .*nowhere does not exist\. Make it first\."), replacing(
        tmp_path / "nowhere" / "new.bin"
    ):
        pytest.fail("there was no place to write to")


def test_a_folder_is_not_replaced(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError), replacing(tmp_path / "folder") as file:
        file.write(b"x")
    assert os.listdir(tmp_path) == ["folder"]
