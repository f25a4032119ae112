"""A learner's work in one zip file: nothing is lost on the way out, nor where it is taken in."""

import errno
import io
import json
import os
import re
import zipfile

import pytest

from mlp_helpers import __main__ as command
from mlp_helpers.check.engine import progress
from mlp_helpers.editions.carrying import packed, unpacked
from mlp_helpers.editions.copies import Copies
from mlp_helpers.editions.lessons import source_of

LESSON = "04_turn_scores_into_probabilities.ipynb"


@pytest.fixture(autouse=True)
def state(monkeypatch, tmp_path):
    monkeypatch.setenv("MLP_STATE", str(tmp_path / "state"))


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "work"
    list(Copies(folder).bring_up_to_date())
    return folder


def write_into(path, text):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][1]["source"] = [text]
    path.write_text(json.dumps(notebook), encoding="utf-8")


def texts(path):
    return "\n".join(source_of(cell) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])


def zipped(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return content.getvalue()


def spoilt():
    """A zip file whose packed bytes are no longer those that were packed."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("work/a.txt", "a" * 1000)
    begins = 30 + len("work/a.txt")
    return content.getvalue()[:begins] + b"\xff" + content.getvalue()[begins + 1 :]


def test_all_is_carried_to_another_computer(work, tmp_path, monkeypatch):
    write_into(work / LESSON, "# mine")
    (work / "mine").mkdir()
    (work / "mine/notes.txt").write_text("my own")
    (work / "backups").mkdir()
    (work / "backups/old.ipynb").write_text("old")
    progress.record("exercises", "softmax", solved=True, tried=2)
    content, _ = packed(work)
    monkeypatch.setenv("MLP_STATE", str(tmp_path / "another"))
    progress.record("exercises", "relu", solved=True)
    said = "\n".join(unpacked(content, tmp_path / "there"))
    assert "files were taken in" in said and "before" not in said
    there = tmp_path / "there"
    kept = {
        path.relative_to(work): path.read_bytes() for path in work.rglob("*") if path.is_file() and "backups" not in path.parts
    }
    assert {path.relative_to(there): path.read_bytes() for path in there.rglob("*") if path.is_file()} == kept
    assert progress.read()["exercises"] == {"relu": {"solved": True}, "softmax": {"solved": True, "tried": 2}}


def test_what_is_there_already_is_kept_as_a_backup(work):
    content, _ = packed(work)
    (work / "mine").mkdir()
    for name, text in {LESSON: "# later", "mine/notes.txt": "later"}.items():
        (work / name).write_text(text) if name.endswith(".txt") else write_into(work / name, text)
    nested = zipped(**{"work__mine__notes.txt": "earlier"})
    said = "\n".join([*unpacked(content, work), *unpacked(nested, work)])
    assert "# later" not in texts(work / LESSON)
    backup = next((work / "backups").rglob(LESSON))
    assert "# later" in texts(backup) and str(backup.parent) in said
    assert (work / "mine/notes.txt").read_text() == "earlier" and (work / "mine/notes.before.txt").read_text() == "later"


def refusing(monkeypatch, name, refused):
    """Let a function of ``os`` refuse one path, as a browser may."""
    real = getattr(os, name)

    def asked(path, *arguments, **named):
        if str(path) == str(refused):
            raise OSError(errno.EIO, "refused")
        return real(path, *arguments, **named)

    monkeypatch.setattr(os, name, asked)


def test_a_folder_that_cannot_be_read_is_not_left_out(work, monkeypatch):
    (work / "mine").mkdir()
    refusing(monkeypatch, "scandir", work / "mine")
    with pytest.raises(OSError, match="refused"):
        packed(work)


def test_what_cannot_be_looked_at_is_not_taken_for_absent_and_overwritten(work, monkeypatch):
    content, mine = packed(work)[0], work / LESSON
    write_into(mine, "# mine")
    before = mine.read_bytes()
    refusing(monkeypatch, "lstat", mine)
    with pytest.raises(OSError, match="refused"):
        list(unpacked(content, work))
    assert f"{LESSON} stays as it is: refused." in "\n".join(Copies(work).bring_up_to_date())
    assert mine.read_bytes() == before


def test_links_that_lead_nowhere_are_named_and_stand_in_nobodys_way(work, tmp_path, capsys):
    (work / "nowhere.txt").symlink_to(work / "absent.txt")
    (work / "folder").symlink_to(tmp_path)
    content, said = packed(work)
    assert said == ["Not in it, since no file is found under that name: folder, nowhere.txt."]
    assert "work/nowhere.txt" not in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert command.main(["export", str(tmp_path / "all.zip"), "--folder", str(work)]) == 0
    assert "Not in it, since no file is found under that name: folder, nowhere.txt.\n" in capsys.readouterr().out
    said = "\n".join(unpacked(zipped(**{"work__nowhere.txt": "now there"}), work))
    assert (work / "nowhere.txt").read_text() == "now there" and "1 file was taken in." in said
    progress.path().parent.mkdir(exist_ok=True)
    progress.path().unlink(missing_ok=True)
    progress.path().symlink_to(tmp_path / "no progress yet")
    assert packed(work)[1] == ["Not in it, since no file is found under that name: folder."]


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_names_that_another_system_does_not_allow_are_carried(work, tmp_path):
    for name in ("what?.txt", "what:.txt", "mine/backups/kept.txt"):
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        (work / name).write_text(name)
    list(unpacked(packed(work)[0], tmp_path / "there"))
    carried = {path.read_text() for path in (tmp_path / "there").glob("what*")}
    assert carried == {"what?.txt", "what:.txt"} and (tmp_path / "there/mine/backups/kept.txt").exists()


def test_an_import_that_stops_says_how_far_it_came(work, tmp_path, monkeypatch):
    content, _ = packed(work)
    refusing(monkeypatch, "lstat", tmp_path / "there" / LESSON)
    said = []
    with pytest.raises(OSError, match="refused"):
        said.extend(unpacked(content, tmp_path / "there"))
    (sentence,) = said
    assert re.fullmatch(r"\d+ of \d+ files were taken in\.", sentence) and not sentence.startswith("0 of")


def test_what_was_solved_in_one_of_both_stays_solved():
    progress.record("exercises", "softmax", solved=True, tried=1)
    progress.record("exercises", "relu", tried=3)
    progress.take_in({"exercises": {"softmax": {"tried": 9}, "relu": {"solved": True}}, "questions": {"q": {"right": True}}})
    known = progress.read()
    assert known["exercises"] == {"softmax": {"solved": True, "tried": 1}, "relu": {"solved": True, "tried": 3}}
    assert known["questions"] == {"q": {"right": True}}


@pytest.mark.parametrize(
    "content",
    [
        b"no zip",
        zipped(),
        zipped(**{"work__..__..__away.ipynb": "{}"}),
        zipped(**{"work____away.ipynb": "{}"}),
        zipped(**{"work__C:away.ipynb": "{}"}),
        zipped(**{"elsewhere.txt": "", "work__a.txt": ""}),
        zipped(**{"work__a.txt": "", "progress__progress.json": "[]"}),
        zipped(**{"work__a.txt": "a" * 1000})[:100],
        spoilt(),
    ],
    ids=range(9),  # not the bytes, in which the time of writing stands: each worker must give a test the same name
)
def test_other_files_are_refused_and_nothing_is_written(tmp_path, content):
    with pytest.raises(ValueError, match=r"exported|Export|damaged"):
        list(unpacked(content, tmp_path / "work"))
    assert [path.name for path in tmp_path.rglob("*")] == []


def test_the_commands_carry_work(work, tmp_path, capsys):
    write_into(work / LESSON, "# mine")
    file = tmp_path / "all.zip"
    assert command.main(["export", str(file), "--folder", str(work)]) == 0
    assert command.main(["import", str(file), "--folder", str(tmp_path / "there")]) == 0
    assert "# mine" in texts(tmp_path / "there" / LESSON)
    assert str(file) in capsys.readouterr().out
    assert command.main(["export", str(file), "--folder", str(tmp_path / "nowhere")]) == 2
    assert "there is no work in" in capsys.readouterr().err
