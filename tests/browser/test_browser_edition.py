"""The course in a browser tab, on a site that was built: lessons and labs run, work outlasts the tab, and nothing is sent."""

import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import urllib.parse
import zipfile

import firefox
import pytest
from accessibility import serious

from benchmarks import browser, tab
from benchmarks.tab import CELLS, cells
from browser import pyodide
from browser.site import sizes
from mlp_helpers import labs
from mlp_helpers.check.engine import progress
from mlp_helpers.editions import carrying
from mlp_helpers.editions.lessons import all_lessons

pytest.importorskip("jupyterlite_core", reason="needs JupyterLite: pip install -r browser/requirements.txt")
expect = pytest.importorskip(
    "playwright.sync_api", reason="needs playwright: pip install -r tests/browser/requirements.txt"
).expect

ROOT = pathlib.Path(__file__).resolve().parents[2]
LESSONS = [lesson.stem for lesson in all_lessons()]
FOUR = next(name for name in LESSONS if name.startswith("04"))
PATIENCE = 900_000  # milliseconds, for what takes 20 s on a quiet computer, and minutes on a busy one
MINE = "def softmax(Z):\n    E = np.exp(Z - Z.max(axis=-1, keepdims=True))\n    return E / E.sum(axis=-1, keepdims=True)  # mine"
NEW = "A sentence that the course has added."
SAVE = "() => { window.jupyterapp.commands.execute('docmanager:save').catch(() => {}); }"  # without waiting
KEPT = """
import hashlib, pathlib
for name in ('work/{name}.ipynb', 'progress/progress.json'):
    print(hashlib.sha256(pathlib.Path('/drive', name).read_bytes()).hexdigest())
"""


def built(course, out):
    command = [sys.executable, "-m", "browser", "build", "--no-book", "--out", str(out), "--pyodide", str(pyodide.given())]
    subprocess.run(command, cwd=course, env=os.environ | {"PYTHONPATH": str(course)}, check=True)
    return out


class Site:
    """The course as it is served, now in this version and now in that one, and the browsers of its learners."""

    def __init__(self, chromium, folder):
        self.chromium, self.folder, self.profile, self.open_browser = chromium, folder, "first", None
        self.asked, self.missing, self.errors = set(), set(), []
        self.versions = {"now": built(ROOT, folder / "now")}
        (folder / "site").symlink_to(self.versions["now"])

    def switch(self, version):
        """Serve another version: "now", or "next", in which a lesson has changed."""
        if version not in self.versions:
            course = self.folder / "course"
            keep_out = shutil.ignore_patterns(
                ".*", "build", "*.egg-info", "runs", "work", "site", "__pycache__", "*.ipynb", "tests"
            )
            shutil.copytree(ROOT, course, ignore=keep_out)
            shutil.copy(ROOT / "browser/keep_your_work.ipynb", course / "browser")
            lesson = course / f"lessons/{FOUR}.md"
            text = lesson.read_text(encoding="utf-8")
            lesson.write_text(text.replace("\n**You will**\n", f"\n{NEW}\n\n**You will**\n"), encoding="utf-8")
            self.versions[version] = built(course, self.folder / version)
        (self.folder / "site").unlink()
        (self.folder / "site").symlink_to(self.versions[version])
        for path in self.versions[version].rglob("*"):
            os.utime(path)  # published now: of older files a browser is told that its own, of the other version, are up to date

    def close(self):
        """Close the browser, and with it all of its memory."""
        if self.open_browser:
            self.open_browser.close()
        self.open_browser = None

    def open(self, name, profile="first"):
        """Open a lesson in the browser of a learner, which is started where it does not run."""
        if profile != self.profile:
            self.close()
        self.profile = profile
        if not self.open_browser:
            settings = {"executable_path": browser.CHROMIUM, "args": browser.FLAGS, "viewport": browser.SIZE}
            self.open_browser = self.chromium.browser_type.launch_persistent_context(self.folder / profile, **settings)
            self.open_browser.on("request", lambda request: self.asked.add(request.url))
            self.open_browser.on("response", lambda answer: answer.status == 404 and self.missing.add(answer.url))
            self.open_browser.on("weberror", lambda caught: self.errors.append(str(caught.error)))
        return self.visit(self.open_browser.pages[0], name)

    def visit(self, page, name):
        """Open a lesson in this tab."""
        return tab.open_lesson(page, self.url, name, PATIENCE)


@pytest.fixture(scope="session")
def site(chromium, tmp_path_factory):
    try:
        pyodide.checked(pyodide.given())
    except OSError as absent:
        pytest.skip(str(absent))
    site = Site(chromium, tmp_path_factory.mktemp("site"))
    with tab.served(site.folder) as site.origin:
        site.url = f"{site.origin}/site"  # not the root of the server, as on GitHub Pages
        yield site
        site.close()


def place(notebook, beginning):
    """The number of the first cell of code with a line that begins so."""
    return next(
        i for i, cell in enumerate(cells(notebook)) if cell["type"] == "code" and f"\n{beginning}" in f"\n{cell['source']}"
    )


def shown(notebook, text):
    expect(notebook.page.locator(f"{browser.PANEL} .jp-Notebook")).to_contain_text(text, timeout=PATIENCE)


def test_work_outlasts_reload_and_browser_and_a_new_version_brings_it_up_to_date(site):
    site.switch("now")
    notebook = site.open(FOUR, "learner")
    notebook.run(place(notebook, "import numpy"), PATIENCE)
    stub = place(notebook, "def softmax")
    notebook.write(stub, MINE)
    notebook.run(stub, PATIENCE)
    check = place(notebook, "softmax = check.softmax.use")
    notebook.run(check, PATIENCE)
    assert "solved" in cells(notebook)[check]["said"]
    notebook.save()
    kept = notebook.kernel(KEPT.format(name=FOUR))
    notebook.page.reload()
    notebook = site.open(FOUR, "learner")
    assert cells(notebook)[stub]["source"] == MINE
    assert notebook.kernel(KEPT.format(name=FOUR)) == kept

    site.close()  # the browser, and not only the tab
    site.switch("next")
    notebook = site.open(FOUR, "learner")
    assert notebook.kernel(KEPT.format(name=FOUR)) == kept
    first = place(notebook, "import numpy")
    notebook.run(first, PATIENCE)
    assert f"{FOUR}.ipynb is up to date now." in cells(notebook)[first]["said"]
    assert NEW not in str(cells(notebook))  # the page shows what stood there before
    notebook.page.reload()
    notebook = site.open(FOUR, "learner")
    shown(notebook, NEW)
    assert cells(notebook)[stub]["source"] == MINE
    assert kept.split()[1] == notebook.kernel(KEPT.format(name=FOUR)).split()[1]  # what was solved
    notebook.run(first, PATIENCE)
    assert "up to date now" not in cells(notebook)[first]["said"]


def exported(notebook):
    """The bytes that Export hands out, on the page that is open."""
    notebook.run(1, PATIENCE)
    with notebook.page.expect_download(timeout=PATIENCE) as download:
        notebook.page.get_by_role("button", name="Export").click()
    return pathlib.Path(download.value.path()).read_bytes()


def test_work_is_exported_taken_back_and_begun_anew(site, tmp_path, monkeypatch):
    site.switch("now")
    notebook = site.open(FOUR, "exporter")
    stub = place(notebook, "def softmax")
    notebook.write(stub, MINE)
    for number in (place(notebook, "import numpy"), stub, place(notebook, "softmax = check.softmax.use")):
        notebook.run(number, PATIENCE)
    notebook.save()
    content = exported(site.open("keep_your_work", "exporter"))
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert {"progress/progress.json", *(f"work/{name}.ipynb" for name in LESSONS)} < set(names)
    assert MINE in source(zipfile.ZipFile(io.BytesIO(content)).read(f"work/{FOUR}.ipynb"))

    monkeypatch.setenv("MLP_STATE", str(tmp_path / "state"))  # the edition on a computer of one's own
    said = list(carrying.unpacked(content, tmp_path / "work"))
    assert f"{len(names) - 1} files were taken in." in said
    assert MINE in source((tmp_path / f"work/{FOUR}.ipynb").read_bytes())
    assert progress.read()["exercises"]["softmax"]["solved"]

    notebook = site.open("keep_your_work", "another")
    notebook.run(1, PATIENCE)
    upload = {"name": "work.zip", "mimeType": "application/zip", "buffer": content}
    with notebook.page.expect_file_chooser(timeout=PATIENCE) as chooser:
        notebook.page.get_by_role("button", name="Import").click(timeout=PATIENCE)
    chooser.value.set_files(upload)
    shown(notebook, "files were taken in")
    read = f"print(open('/drive/work/{FOUR}.ipynb').read())"
    assert MINE in source(notebook.kernel(read))
    solved = "from mlp_helpers.check.engine import progress\nprint(progress.read()['exercises']['softmax']['solved'])"
    assert notebook.kernel(solved) == "True"

    notebook.page.get_by_label("Lesson", exact=True).select_option("04")
    notebook.page.get_by_role("button", name="Begin it anew").click()
    shown(notebook, f"Your old copy is now {FOUR}.old.ipynb.")
    assert MINE not in source(notebook.kernel(read))
    assert MINE in source(notebook.kernel(read.replace(".ipynb", ".old.ipynb")))

    old = f"work/{FOUR}.old.ipynb"  # deleted in the page, of which the kernel knows nothing
    notebook.page.evaluate("(path) => window.jupyterapp.serviceManager.contents.delete(path)", old)
    assert notebook.kernel(f"import os\nprint(os.path.lexists('/drive/{old}'))") == "False"
    notebook.page.get_by_role("button", name="Begin it anew").click()
    expect(notebook.page.get_by_text(f"Your old copy is now {FOUR}.old.ipynb.")).to_be_visible(timeout=PATIENCE)
    assert MINE not in source(notebook.kernel(read.replace(".ipynb", ".old.ipynb")))


def source(content):
    return "\n".join("".join(cell["source"]) for cell in json.loads(content)["cells"])


def test_full_storage_is_said_and_the_kernel_goes_on(site):
    notebook = scratch(site, "print('still here')")
    page, alert = notebook.page, notebook.page.get_by_role("alert").filter(has_text="storage is full")
    record = "from mlp_helpers.check.engine import progress\nprint(repr(progress.record('exercises', 'relu', tried={})))"
    assert notebook.kernel(record.format(1)) == "''"
    developer, origin = site.open_browser.new_cdp_session(page), {"origin": site.origin}
    developer.send("Storage.overrideQuotaForOrigin", {**origin, "quotaSize": 1})
    page.wait_for_timeout(31_000)  # as long as Chromium trusts in the room that it found before
    try:
        write = "with open('/drive/work/large.txt', 'w') as file:\n    file.write('x' * 3_000_000)"
        assert "OSError" in notebook.kernel(write)
        assert "the browser's storage is full" in notebook.kernel(record.format(2))
        expect(alert).to_be_visible()
        assert serious(page, "#course-storage") == []
        page.locator("#course-storage button").click()
        expect(alert).to_have_count(0)
        notebook.write(0, f"print('still here')  # {'x' * 3_000_000}")
        page.evaluate(SAVE)
        expect(alert).to_be_visible(timeout=PATIENCE)
        page.locator(".jp-Dialog button").first.click()  # JupyterLab's own, which gives no reason
        page.locator("#course-storage button").click()
    finally:
        developer.send("Storage.overrideQuotaForOrigin", origin)
    assert notebook.kernel(record.format(3)) == "''"
    notebook.write(0, "print('still here')")
    notebook.run(0, PATIENCE)
    assert cells(notebook)[0]["said"].strip() == "still here"


def test_export_works_while_the_storage_is_full(site):
    """As the sentence in the page advises."""
    site.switch("now")
    notebook = site.open("keep_your_work", "labs")
    notebook.run(1, PATIENCE)
    developer, origin = site.open_browser.new_cdp_session(notebook.page), {"origin": site.origin}
    developer.send("Storage.overrideQuotaForOrigin", {**origin, "quotaSize": 1})
    notebook.page.wait_for_timeout(31_000)
    try:
        refused = "pathlib.Path('/drive/work/large.txt').write_text('x' * 3_000_000)"
        assert "[Errno 51] No space left" in notebook.kernel(f"import pathlib\n{refused}")
        content = exported(notebook)
    finally:
        developer.send("Storage.overrideQuotaForOrigin", origin)
    assert {f"work/{name}.ipynb" for name in LESSONS} < set(zipfile.ZipFile(io.BytesIO(content)).namelist())


REFUSE = """() => {
  const { contents } = window.jupyterapp.serviceManager, get = contents.get.bind(contents);
  contents.get = (path, wanted) => path.endsWith('mine.txt') ? Promise.reject(new Error('not today')) : get(path, wanted);
}"""


def test_what_the_page_cannot_read_is_not_taken_for_absent(site):
    site.switch("now")
    notebook = site.open("keep_your_work", "refused")
    notebook.run(1, PATIENCE)
    assert notebook.kernel("import os\nprint(os.path.lexists('/drive/work/mine.txt'))") == "False"
    notebook.page.evaluate(REFUSE)
    assert "[Errno 29]" in notebook.kernel("os.lstat('/drive/work/mine.txt')")
    assert "[Errno 29]" in notebook.kernel("open('/drive/work/mine.txt', 'w').write('over it')")

    odd = "50% done.txt"  # a name that JupyterLite lists, and does not find again
    save = "(path) => window.jupyterapp.serviceManager.contents.save(path, { type: 'file', format: 'text', content: 'x' })"
    rename = "(path) => window.jupyterapp.serviceManager.contents.rename('work/odd.txt', path)"
    notebook.page.evaluate(save, "work/odd.txt")
    notebook.page.evaluate(rename, f"work/{odd}")
    content = exported(notebook)
    assert {f"work/{name}.ipynb" for name in LESSONS} < set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    shown(notebook, f"Not in it, since no file is found under that name: {odd}.")


def test_of_two_tabs_none_overwrites_the_other_unasked(site):
    site.switch("now")
    first = site.open(FOUR, "labs")
    stub = place(first, "def softmax")
    second = site.visit(site.open_browser.new_page(), FOUR)
    first.write(stub, MINE)
    first.save()
    second.page.wait_for_timeout(1000)  # times of files are compared, which differ by half a second at least
    second.write(stub, "def softmax(Z):\n    return Z  # of the second tab")
    second.page.evaluate(SAVE)
    asked = second.page.get_by_role("dialog")
    expect(asked).to_contain_text("has changed on disk", timeout=PATIENCE)
    read = f"print(open('/drive/work/{FOUR}.ipynb').read())"
    assert MINE in source(first.kernel(read))
    asked.get_by_role("button", name="Revert").click()
    expect(asked).to_have_count(0)
    second.page.wait_for_function(f"() => ({CELLS})()[{stub}].source.endsWith('# mine')")
    assert second.kernel("print(6 * 7)") == "42"  # each has a kernel of its own
    second.page.close()


def test_restart_and_run_all(site):
    notebook = scratch(site, "print('known' in globals())\nknown = 1", "import mlp_helpers", "print('ran', known)")
    for number in range(3):
        notebook.run(number, PATIENCE)
    notebook.page.evaluate("() => { window.jupyterapp.commands.execute('notebook:restart-run-all'); }")
    notebook.page.locator(".jp-Dialog .jp-mod-accept").click()
    widgets = "window.jupyterapp.shell.currentWidget.content.widgets"
    done = f"() => {widgets}.map(({{ model }}) => model.executionCount).join() === '1,2,3'"
    notebook.page.wait_for_function(f"() => ({CELLS})()[2].said === ''", timeout=PATIENCE)  # begun anew
    notebook.page.wait_for_function(done, timeout=PATIENCE)
    assert [cell["said"].strip() for cell in cells(notebook)] == ["False", "", "ran 1"]


def scratch(site, *sources):
    """A page with these cells, which is never saved."""
    site.switch("now")
    notebook = site.open("keep_your_work", "labs")
    notebook.page.evaluate(browser.OTHER_CELLS, sources)
    return notebook


def test_labs_are_driven_by_keyboard_and_mouse(site):
    show = "lab = labs.{}()\nlab.show()"
    notebook = scratch(site, "from mlp_helpers import labs", *map(show.format, labs.__all__))
    notebook.run(0, PATIENCE)
    for number, name in enumerate(labs.__all__, start=1):
        notebook.run(number, PATIENCE)
        cell = notebook.cell(number)
        expect(cell.locator(".mlp-words").first).not_to_have_text("", timeout=PATIENCE)
        expect(cell).not_to_contain_text("Error")
        frame = cell.locator("svg[role=img]").first.get_attribute("data-frame")
        if cell.locator(".noUi-handle").count():
            cell.locator(".noUi-handle").first.press("ArrowRight")
        else:
            cell.get_by_role("button").first.click()
        if name not in ("pad", "photo"):
            expect(cell.locator("svg[role=img]").first).not_to_have_attribute("data-frame", frame, timeout=PATIENCE)
        assert serious(notebook.page) == []
        notebook.picture(f"browser edition, lab {name}")
    assert site.errors == []


def test_every_move_of_a_slider_is_followed_and_stop_is_answered_at_once(site):
    site.switch("now")
    notebook = site.open("keep_your_work", "labs")
    taken = {"slider_ms": tab.slider(notebook), "stop_ms": tab.stop(notebook)}
    assert {name: len(each) for name, each in taken.items()} == {"slider_ms": 200, "stop_ms": 5}
    assert all(sorted(each)[len(each) // 2] <= tab.WITHIN[name] for name, each in taken.items()), taken


def test_an_endless_loop_of_a_learner_is_ended_by_the_check(site):
    endless = "from mlp_helpers import check\ndef softmax(Z):\n    while True:\n        pass\ncheck.softmax(softmax)"
    notebook = scratch(site, endless)
    notebook.run(0, PATIENCE)
    assert "seconds" in cells(notebook)[0]["said"]


def test_nothing_is_asked_of_another_host_or_in_vain_and_no_cookie_is_set(site):
    site.switch("now")
    notebook = site.open(FOUR, "labs")
    expect(notebook.page.locator(".jp-RenderedMarkdown img").first).to_be_visible(timeout=PATIENCE)
    fetch = "from mlp_helpers import load_fashion_mnist\nprint(load_fashion_mnist().class_names[9])"
    assert notebook.kernel(fetch) == "Ankle boot"
    assert [url for url in site.asked if not url.startswith((f"{site.origin}/", "blob:", "data:"))] == []
    assert any("fashion-mnist/train-images" in url for url in site.asked)
    assert [url for url in site.missing if "/api/" not in url] == []  # there it looks for what the browser keeps
    assert site.open_browser.cookies() == []


def test_a_first_visit_loads_no_more_than_the_readme_says(site):
    site.switch("now")
    before, site.asked = site.asked, set()
    notebook = site.open(FOUR, "newcomer")
    notebook.run(place(notebook, "import numpy"), PATIENCE)
    files = [site.folder / urllib.parse.urlsplit(url).path[1:] for url in site.asked if url.startswith(site.url)]
    loaded = sum(path.stat().st_size for path in {*files} if path.is_file())
    site.asked |= before
    told = re.search(
        r"\((\d+) MB at most on the first visit, and (\d+) more when", (ROOT / "README.md").read_text(encoding="utf-8")
    )
    assert 0.95 < loaded / (int(told[1]) * 1e6) <= 1
    assert round(sizes(site.versions["now"])["Fashion-MNIST, fetched when asked for"] / 1e6) == int(told[2])


def test_a_lesson_shuts_nobody_out(site):
    site.switch("now")
    notebook = site.open(FOUR, "labs")
    found = set()
    for number in range(0, len(cells(notebook)), 4):  # what is out of sight is not in the page
        notebook.page.evaluate("(i) => window.jupyterapp.shell.currentWidget.content.scrollToItem(i)", number)
        expect(notebook.page.locator(".jp-RenderedMarkdown").first).to_be_visible(timeout=PATIENCE)
        found.update(serious(notebook.page, ".jp-RenderedMarkdown"))
    assert found == set()


def test_firefox_runs_a_lesson_and_a_lab_and_keeps_what_was_written(site, tmp_path):
    pytest.importorskip("marionette_driver", reason="needs Marionette: pip install -r tests/browser/firefox.txt")
    if not firefox.FIREFOX:
        pytest.skip("no Firefox found: on Debian, apt-get install firefox-esr")
    site.switch("now")
    lesson = next(lesson for lesson in all_lessons() if lesson.stem == FOUR)
    with firefox.firefox(tmp_path / "log.txt") as page:
        notebook = tab.open_lesson(page, site.url, FOUR, PATIENCE)
        assert [(cell, fault) for cell, fault in tab.run_through(notebook, lesson, PATIENCE) if fault] == []
        stub = place(notebook, "def softmax")
        notebook.write(stub, MINE)
        notebook.save()
        kept = notebook.kernel(KEPT.format(name=FOUR))

        page.close_and_open_again()
        notebook = tab.open_lesson(page, site.url, FOUR, PATIENCE)
        assert cells(notebook)[stub]["source"] == MINE
        assert notebook.kernel(KEPT.format(name=FOUR)) == kept

        page.evaluate(browser.OTHER_CELLS, ["from mlp_helpers import labs\nlab = labs.softmax()\nlab.show()"])
        notebook.run(0, PATIENCE)
        page.wait_for_selector("svg[role=img]", PATIENCE)
        before = page.evaluate(f"() => {tab.FRAME}")
        page.press(".noUi-handle", "\ue014")  # the arrow to the right, as WebDriver names it
        page.wait_for_function(f"(before) => {tab.FRAME} !== before", before)


@pytest.mark.parametrize("lesson", all_lessons(), ids=LESSONS)
def test_a_lesson_runs_from_top_to_bottom(site, lesson, request):
    """With the assertions of its authors, unless it takes fewer images here."""
    if not request.config.option.thorough:
        pytest.skip("takes minutes: --thorough")
    site.switch("now")
    site.close()  # what it needs, and no other lesson has left behind
    notebook = site.open(lesson.stem, "reader")
    faults = [(cell, fault) for cell, fault in tab.run_through(notebook, lesson) if fault]
    assert faults == []
    notebook.picture(f"browser edition, {lesson.stem}")
