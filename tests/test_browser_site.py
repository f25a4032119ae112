"""The browser edition, as far as it can be seen without a browser."""

import collections
import errno
import importlib
import importlib.metadata
import importlib.util
import json
import re
import subprocess
import sys
import urllib.request

import numpy as np
import pytest

from benchmarks import browser as chromium
from benchmarks import tab
from browser import __main__ as command
from browser import pyodide, site
from mlp_helpers import MLP, Processes, cross_entropy, plots
from mlp_helpers.check.engine import clock, environment, progress
from mlp_helpers.core import browser, data, processes, trials
from mlp_helpers.editions import copies, in_browser, panel
from mlp_helpers.editions.lessons import all_lessons, cells_of, number_of, source_of
from mlp_helpers.editions.notebook import parse
from tests import own_environment


def test_without_pyodide_the_build_says_how_to_get_it(tmp_path):
    run = [sys.executable, "-m", "browser", "build", "--out", str(tmp_path / "site"), "--pyodide", str(tmp_path / "nowhere")]
    done = subprocess.run(run, cwd=pyodide.ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert f"pyodide-{pyodide.VERSION}.tar.bz2" in done.stderr and "--pyodide FOLDER" in done.stderr
    assert not (tmp_path / "site").exists()


@pytest.fixture
def release(tmp_path):
    """A folder that looks like the release, with one package in it."""
    for name in pyodide.ENGINE:
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "package.json").write_text(json.dumps({"version": pyodide.VERSION}))
    (tmp_path / pyodide.LOCK).write_text(json.dumps({"packages": {}}))
    return tmp_path


def test_the_release_is_looked_for_in_the_course_or_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MLP_PYODIDE", raising=False)
    assert pyodide.given() == pyodide.ROOT / "browser/pyodide"
    monkeypatch.setenv("MLP_PYODIDE", "release")
    assert pyodide.given() == tmp_path / "release"


def test_the_tests_of_chosen_lessons_are_run_or_all(monkeypatch, release):
    monkeypatch.setenv("MLP_PYODIDE", str(release))
    monkeypatch.setattr(chromium, "CHROMIUM", "there is one")
    run = []
    monkeypatch.setattr(own_environment, "run_tests", lambda folder, install, tests: run.append(tests) or 3)
    assert command.main(["test", "00b"]) == command.main(["test"]) == 3
    assert [tests[-1].partition("::")[2] for tests in run] == ["test_a_lesson_runs_from_top_to_bottom[00b_warm_up_numpy]", ""]
    path = pyodide.ROOT / run[1][-1]
    assert "all_lessons(), ids=LESSONS)\ndef test_a_lesson_runs_from_top_to_bottom(" in path.read_text(encoding="utf-8")
    with pytest.raises(SystemExit, match="there is no lesson 4, but 00, 00b, "):
        command.main(["test", "4"])
    monkeypatch.setattr(chromium, "CHROMIUM", None)
    with pytest.raises(SystemExit, match="no Chromium or Chrome found"):
        command.main(["test", "00b"])
    assert len(run) == 2


def test_another_release_is_refused(release):
    pyodide.checked(release)
    (release / "package.json").write_text('{"version": "0.1"}')
    with pytest.raises(OSError, match=rf"Pyodide 0\.1, but the course needs {pyodide.VERSION}"):
        pyodide.checked(release)


def test_a_damaged_package_is_refused(release, tmp_path):
    (release / "six.whl").write_bytes(b"damaged")
    with pytest.raises(OSError, match=r"six\.whl is damaged"):
        pyodide.fetched(release, {"file_name": "six.whl", "sha256": "0"}, tmp_path)


def test_widgets_of_other_versions_are_refused(release, tmp_path):
    (release / pyodide.LOCK).write_text(json.dumps({"packages": {"ipywidgets": {"version": "7.0"}}}))
    with pytest.raises(OSError, match=r"ipywidgets is \S+ here, but 7\.0 in .*pip install -r browser/requirements\.txt"):
        pyodide.copy(release, tmp_path / "out")


def test_a_folder_with_something_else_is_not_replaced(release, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/letter.txt").write_text("mine")
    with pytest.raises(OSError, match="holds something else than a site"):
        site.build(tmp_path / "out", release)
    assert (tmp_path / "out/letter.txt").read_text() == "mine"


def test_the_course_goes_in_whole_but_for_what_is_fetched_later():
    names = set(pyodide.course())
    for lesson in pyodide.ROOT.glob("lessons/*.md"):
        assert f"lessons/{lesson.name}" in names
    assert {"mlp_helpers/labs/pad.js", "mlp_helpers/datasets/mnist/train-images-idx3-ubyte.gz", "notebooks/one_page.py"} <= names
    assert in_browser.PAGE.relative_to(pyodide.ROOT).as_posix() in names
    assert not any(name.startswith(pyodide.LATER) or "__pycache__" in name for name in names)
    later = {path.name for path in (pyodide.ROOT / pyodide.LATER).iterdir()}
    assert later == set(browser.FILES)


def test_all_links_of_the_lessons_lead_to_what_the_site_has(tmp_path):
    contents, out = tmp_path / "contents", tmp_path / "site"
    site.write_contents(contents)
    site.write_fetched(out)
    lessons, followed = sorted(contents.glob("work/*.ipynb")), set()
    assert len(lessons) == len(all_lessons()) + 1  # and the page that keeps work
    for lesson in lessons:
        for cell in parse(lesson.read_bytes())["cells"]:
            text = source_of(cell) if cell["cell_type"] == "markdown" else ""
            for address in re.findall(r"\]\(([^)#\s]+)|(?:src|href)=\"([^\"#]+)", text):
                address = "".join(address)
                if not address.startswith(("https:", "http:")):
                    assert (contents / "work" / address).resolve().is_file(), f"{lesson.name}: {address}"
                    followed.add(address)
                if address.startswith("../"):  # a picture, which the page first asks for at its own address
                    assert (out / address.removeprefix("../")).is_file(), f"{lesson.name}: {address}"
    assert {f"../pictures/lesson_{number_of(lesson)}.png" for lesson in all_lessons()} < followed


def test_a_package_for_one_machine_is_refused():
    with pytest.raises(OSError, match="numpy is not in the Pyodide given"):
        pyodide.installed("numpy")


def test_the_same_package_is_the_same_wheel(tmp_path):
    entries = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        entries.append(pyodide.packed("threadpoolctl", tmp_path / name))
    assert entries[0] == entries[1] and entries[0]["version"] == importlib.metadata.version("threadpoolctl")
    assert entries[0]["imports"] == ["threadpoolctl"] and entries[0]["depends"] == []


def test_the_lock_file_pins_what_the_extra_asks_for():
    pinned = dict(line.split("==") for line in (pyodide.ROOT / "browser/requirements.txt").read_text().splitlines()[1:])
    pinned = {pyodide.normal(name): version for name, version in pinned.items()}
    text = (pyodide.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = text.partition("\nbrowser = [")[2].partition("\n]\n")[0]
    asked = [line.strip(' ",').split('"')[0] for line in wanted.splitlines() if "==" in line]
    assert len(asked) == 8
    for line in asked:
        name, version = line.split("==")
        assert pinned[name] == version


def test_the_site_is_published_with_the_python_of_the_lock_file():
    lock, workflow = (pyodide.ROOT / name for name in ("browser/requirements.txt", ".github/workflows/site.yml"))
    (locked,) = re.findall(r"with Python ([\d.]+),", lock.read_text(encoding="utf-8"))
    assert re.findall(r'python-version: "([\d.]+)"', workflow.read_text(encoding="utf-8")) == [locked]


@pytest.mark.parametrize("suffix, kind", {"mjs": "text/javascript", "js": "text/javascript", "wasm": "application/wasm"}.items())
def test_the_server_names_the_types_that_browsers_insist_on(tmp_path, suffix, kind):
    (tmp_path / f"file.{suffix}").write_bytes(b"x")
    with tab.served(tmp_path) as address, urllib.request.urlopen(f"{address}/file.{suffix}") as answer:
        assert answer.headers["Content-Type"] == kind and answer.headers["Cache-Control"] == "no-cache"


# --- what differs there, tried here --------------------------------------------------------------------------------------


def code_of(lesson):
    """The sources of a lesson's cells, by their ids."""
    text = (pyodide.ROOT / f"lessons/{lesson}.md").read_text(encoding="utf-8")
    return {cell["id"]: source_of(cell) for cell in cells_of(text)}


def test_in_a_browser_fewer_images_are_learned_from_and_the_lesson_says_so(monkeypatch, mnist, capsys):
    assert mnist.within_reach() is mnist and capsys.readouterr().out == ""
    for module in (browser, data):
        monkeypatch.setattr(module, "IN_BROWSER", True)
    fewer = mnist.within_reach()
    assert (len(fewer.train), len(fewer.validation), fewer.test) == (browser.IMAGES, browser.COMPARED, mnist.test)
    assert f"at most {browser.IMAGES} of 50000 images" in capsys.readouterr().out
    assert fewer.within_reach() is fewer
    least = fewer.within_reach(10_000)
    assert (len(least.train), least.validation) == (browser.FEWER, fewer.validation)
    assert least.within_reach(20_000) is least and capsys.readouterr().out == ""  # it was said already


def test_in_a_browser_products_are_what_they_are_elsewhere(monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    spec = importlib.util.spec_from_file_location("there", browser.__file__)
    spec.loader.exec_module(there := importlib.util.module_from_spec(spec))
    X, G = np.random.default_rng(0).standard_normal((2, 5, 3))
    assert there.IN_BROWSER and there.matmul is not np.matmul
    assert np.allclose(there.matmul(X.T, G), X.T @ G, rtol=1e-12) and there.matmul(X, G.T).dtype == X.dtype


def test_in_a_browser_a_trial_compares_on_fewer_images(monkeypatch):
    for module in (browser, data):
        monkeypatch.setattr(module, "IN_BROWSER", True)
    tried = trials._data.__wrapped__("mnist", 300)
    assert (len(tried.train), len(tried.validation)) == (300, browser.COMPARED)


def test_in_a_browser_the_training_lab_compares_on_fewer_images(monkeypatch):
    training = importlib.import_module("mlp_helpers.labs.training")  # where the package has the lab of that name
    monkeypatch.setattr(training, "IN_BROWSER", True)
    given = []
    monkeypatch.setattr(training, "training_steps", lambda model, data, *_, **__: given.append(data) or iter(()))
    settings = {"hidden": 1, "layers": 1, "batch": 64, "images": 100, "epochs": 1, "data": "MNIST"}
    collections.deque(training.train_live(settings | {"activation": "relu", "loss": "cross_entropy"}, lambda: 0.1), maxlen=0)
    assert [(len(data.train), len(data.validation)) for data in given] == [(100, browser.COMPARED)]


def test_in_a_browser_no_run_of_lesson_09_learns_from_more_images(monkeypatch):
    for module in (browser, data):
        monkeypatch.setattr(module, "IN_BROWSER", True)
    code, learned_from, names = code_of("09_explore_learning"), [], {}
    for cell in ("09-02", "09-07"):
        exec(code[cell], names)
    names["train"] = lambda network, few, *_, **__: learned_from.append(len(few.train))
    for images in (50_000, 20_000, 1_000):
        names["watch"](f"{images} images", images=images)
    assert learned_from == [browser.IMAGES, browser.FEWER, 1_000]


def test_in_a_browser_lesson_15_draws_its_share_of_the_images_there_are(monkeypatch):
    for module in (browser, data):
        monkeypatch.setattr(module, "IN_BROWSER", True)
    code, learned_from, names = code_of("15_generalise"), [], {}
    exec(code["15-02"], names)
    names |= {"recipe": {}, "train": lambda network, few, **_: learned_from.append(len(few.train))}
    exec(code["15-24"], names)
    for n in (2_000, 10_000, 40_000):
        names["run"](0, n=n)
    assert learned_from == [n * browser.IMAGES // 50_000 for n in (2_000, 10_000, 40_000)]


def test_a_training_of_lesson_11_that_diverges_leaves_a_gap_in_the_picture():

    def fit(model, seed, learning_rate):
        """Reach 100 times the rate; at 0.5 end as a learner's layers do when their numbers run off."""
        cross_entropy(np.full((1, 2), np.nan if learning_rate == 0.5 else 0.5), np.array([[0, 1]]))
        return [100 * learning_rate] * 6

    code = code_of("11_stack_layers")
    names = {"np": np, "plots": plots, "fit": fit, "start": lambda *_: None, "ReLU": None, "he": None}
    for cell in ("11-54", "11-0254e0de"):
        exec(code[cell], names)
    assert names["by_rate"]["nine hidden layers"] == pytest.approx([5, 10, 20, np.nan], nan_ok=True)


def test_in_a_browser_control_returns_as_soon_as_elsewhere(monkeypatch):
    model, most = MLP([784, 512, 10]), 10_000
    elsewhere = model.rows_at_once(most)
    monkeypatch.setattr(browser, "IN_BROWSER", True)
    assert model.rows_at_once(most) <= max(64, elsewhere / browser.SLOWER) < elsewhere / 10


def test_a_lesson_takes_rows_only_from_as_many_images_as_a_browser_has():
    drawn = re.compile(r"(?:\.(?:integers|choice|permutation)|slice)\((?:0, )?(\d[\d_]*)")
    for lesson in sorted(pyodide.ROOT.glob("lessons/*.md")):
        text = lesson.read_text(encoding="utf-8")
        if ".within_reach()" in text:
            assert max(map(int, drawn.findall(text)), default=0) <= browser.COMPARED, lesson.name


def test_in_a_browser_calls_are_answered_one_by_one(monkeypatch):
    monkeypatch.setattr(processes, "IN_BROWSER", True)
    with Processes(2) as executor:
        assert executor.submit(pow, 2, 10).result() == 1024
        with pytest.raises(ZeroDivisionError):
            executor.submit(divmod, 1, 0).result()


def test_in_a_browser_progress_lies_with_what_it_keeps(monkeypatch, tmp_path):
    monkeypatch.setattr(progress, "IN_BROWSER", True)
    monkeypatch.setattr(progress, "DRIVE", tmp_path)
    assert progress.record("exercises", "softmax", solved=True) == ""
    assert json.loads((tmp_path / "progress/progress.json").read_bytes())["exercises"] == {"softmax": {"solved": True}}
    assert [path.name for path in (tmp_path / "progress").iterdir()] == ["progress.json"]  # no lock, which nobody would take


def test_in_a_browser_the_copies_lie_in_what_it_keeps(monkeypatch, tmp_path):
    monkeypatch.setattr(copies, "IN_BROWSER", True)
    monkeypatch.setattr(copies, "DRIVE", tmp_path)
    assert copies.Copies().folder == tmp_path / "work"


def test_whether_files_are_kept_is_asked_before_anything_is_written(monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    spec = importlib.util.spec_from_file_location("there", browser.__file__)
    spec.loader.exec_module(there := importlib.util.module_from_spec(spec))
    assert browser.KEPT and not there.KEPT  # there is no /drive here


def test_a_browser_that_keeps_nothing_is_told_of_wherever_it_matters(monkeypatch, shown, drive):
    assert browser.NOT_KEPT not in environment.troubles()
    monkeypatch.setattr(environment, "KEPT", False)
    assert browser.NOT_KEPT in environment.troubles()
    monkeypatch.setattr(in_browser, "KEPT", False)
    in_browser.bring_up_to_date()
    assert shown == [[browser.NOT_KEPT]]
    monkeypatch.setattr(panel, "KEPT", False)
    page = panel.Panel(drive / "work")
    for press in (page.export, page.reset):
        page.said.value = ""
        press.click()
        assert "begin with https" in page.said.value and not (drive / "work").exists()


def test_in_a_browser_full_storage_is_named_as_the_reason(monkeypatch):
    error = OSError(errno.ENOSPC, "No space left on device")
    assert browser.reason(error) == "No space left on device"
    monkeypatch.setattr(browser, "IN_BROWSER", True)
    assert browser.reason(error) == "the browser's storage is full"
    assert browser.reason(OSError(errno.ENOENT, "No such file")) == "No such file"


def test_the_kernel_is_answered_when_a_file_is_refused_or_the_build_stops(tmp_path):
    kernel = "extensions/@jupyterlite/pyodide-kernel-extension/static"
    known = {  # what stands in each file, and what shall stand there
        "lab/index.html": ("<html><head></head></html>", 'src="../storage_page.js"'),
        "service-worker.js": (
            "async function broadcastOne(e,t){}",
            "async function broadcastOne(e,t){}\n// In the service worker",
        ),
        "build/1.js": (
            "let s=await this._driveContentsProcessor.processDriveRequest(e);post(s)",
            "let s=await this._driveContentsProcessor.processDriveRequest(e).catch(window.courseRefusal);post(s)",
        ),
        "build/2.js": (
            "try{t=await this.contentsManager.get(e.path,{content:!0})}catch{return null}",
            "try{t=await this.contentsManager.get(e.path,{content:!0})}catch(error){return window.courseRefusal(error)}",
        ),
        "build/3.js": (
            "try{t={ok:!0}}catch{t={ok:!1}}return t",
            "try{t={ok:!0}}catch(error){t=window.courseRefusal(error);if(t.refused==='ENOENT')t={ok:!1}}return t",
        ),
        f"{kernel}/4.js": (
            "if(t.status>=400)throw new this.FS.ErrnoError(this.ERRNO_CODES.EINVAL);return 1",
            "if(t.status!==200)throw new this.FS.ErrnoError(this.ERRNO_CODES[t.responseText]??this.ERRNO_CODES.EIO);return 1",
        ),
        f"{kernel}/5.js": (
            "try{t=this.fs.API.get(e)}catch{break}",
            "catch(refusal){if(refusal.errno&&refusal.errno!==this.fs.ERRNO_CODES.ENOENT)throw refusal;break}",
        ),
        "static/pyodide/pyodide.asm.mjs": (
            "catch(e){if(e?.errno===28){continue}throw e}id=child.id;",
            "catch(e){if(e?.errno===28){continue}if(e?.errno!==44)throw e;child={id:0,mode:32768}}id=child.id;",
        ),
    }

    def begin():
        for name, (before, _) in known.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(before)

    begin()
    site.answer_for_storage(tmp_path)
    for name, (_, after) in known.items():
        assert after in (tmp_path / name).read_text()
    assert (tmp_path / "storage_page.js").is_file()
    for name in known:
        begin()
        (tmp_path / name).write_text("something else")
        with pytest.raises(OSError, match=r"another JupyterLite .* pip install -r browser/requirements\.txt"):
            site.answer_for_storage(tmp_path)


def test_a_build_that_fails_leaves_the_site_that_was_there(tmp_path, release, monkeypatch):
    out = tmp_path / "site"
    out.mkdir()
    (out / "jupyter-lite.json").write_text("the site before")
    monkeypatch.setattr(site, "TAKEN", [])
    with pytest.raises(OSError, match="cannot run in a browser"):  # this release holds no packages
        site.build(out, release)
    assert (out / "jupyter-lite.json").read_text() == "the site before"


# --- a learner's copies there ---------------------------------------------------------------------------------------------


@pytest.fixture
def drive(monkeypatch, tmp_path):
    """What a browser keeps, with nothing in it yet."""
    for module in (copies, in_browser, progress):
        monkeypatch.setattr(module, "DRIVE", tmp_path / "drive")
    monkeypatch.setattr(copies, "IN_BROWSER", True)
    monkeypatch.setattr(in_browser, "RECORD", tmp_path / "drive/progress/lessons.json")
    return tmp_path / "drive"


@pytest.fixture
def shown(monkeypatch):
    """The sentences that were shown, one list each time."""
    said = []
    monkeypatch.setattr(in_browser, "_show", said.append)
    return said


def test_copies_count_as_up_to_date_only_when_nothing_was_left_to_do(drive, shown):
    site.write_contents(drive)
    lesson = drive / "work/04_turn_scores_into_probabilities.ipynb"
    now = lesson.read_bytes()
    before = json.loads(now)
    del before["cells"][3]
    before["metadata"]["handed_out"] = [each for each in before["metadata"]["handed_out"] if each[0] in str(before["cells"])]
    for _ in range(2):  # the second time a page that was open has written the old one once more
        lesson.write_text(json.dumps(before))
        in_browser.bring_up_to_date()
        assert lesson.read_bytes() == now
        assert f"{lesson.name} is up to date now." in shown[-1] and shown[-1][-1] == in_browser.RELOAD
    assert len(shown) == 2 and not in_browser.RECORD.exists()
    in_browser.bring_up_to_date()
    assert len(shown) == 2 and in_browser.RECORD.exists()
    lesson.write_text(json.dumps(before))
    in_browser.bring_up_to_date()  # which is not looked at again for this version
    assert len(shown) == 2 and lesson.read_bytes() != now


def test_the_page_that_keeps_work_is_kept_up_to_date_itself(drive, shown):
    site.write_contents(drive)
    page = drive / "work" / in_browser.PAGE.name
    ran = json.loads(page.read_bytes())
    ran["cells"][1]["execution_count"] = 1
    page.write_text(json.dumps(ran))
    in_browser.bring_up_to_date()
    assert shown == [] and json.loads(page.read_bytes()) == ran
    in_browser.RECORD.unlink()
    ran["cells"][1]["source"] = "from somewhere_else import Panel  # and a note"
    page.write_text(json.dumps(ran))
    in_browser.bring_up_to_date()
    assert f"{page.name} is up to date now." in shown[0] and page.read_bytes() == in_browser.PAGE.read_bytes()
    assert "and a note" in next((drive / "work/backups").rglob(page.name)).read_text()


def test_what_stops_an_update_does_not_stop_the_lesson_and_is_said(drive, shown, monkeypatch):
    site.write_contents(drive)

    def stopped(self):
        yield "One lesson is up to date now."
        raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(copies.Copies, "bring_up_to_date", stopped)
    in_browser.bring_up_to_date()
    assert shown == [["One lesson is up to date now.", "Your lessons may not be up to date: I/O error."]]
    assert not in_browser.RECORD.exists()


def test_the_panel_says_what_was_done_before_it_was_stopped(drive, monkeypatch):
    page = panel.Panel(drive / "work")
    page.reset.click()
    assert "Your own copies of the lessons are in" in page.said.value and panel.STALE in page.said.value

    def half():
        yield "One lesson was taken in."
        raise OSError(errno.EIO, "the disk has gone")

    page._safely(half)
    assert "One lesson was taken in." in page.said.value and "Here it stopped: the disk has gone." in page.said.value
    monkeypatch.setattr(panel, "packed", lambda folder: (_ for _ in ()).throw(OSError(errno.EIO, "cannot be read")))
    page.export.click()
    assert page.said.value.count("<p>") == 1 and "This was not done: cannot be read." in page.said.value


@pytest.mark.skipif(sys.version_info < (3, 12), reason="needs Python 3.12, which can watch jumps")
@pytest.mark.parametrize("swallowed", [Exception, BaseException])
def test_an_endless_loop_is_ended_without_alarms_and_threads(swallowed):
    def endless():
        while True:
            try:  # noqa: SIM105 (what a learner would write)
                len("")
            except swallowed:
                pass

    result, error = clock._with_a_look_at_each_jump(0.2, endless)
    assert result is None and type(error) is clock.TookTooLong
    assert clock._with_a_look_at_each_jump(5, lambda: sum(range(10))) == (45, None)
