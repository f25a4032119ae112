import pathlib

import hypothesis
import pytest

from benchmarks import browser
from mlp_helpers import load_mnist

hypothesis.settings.register_profile("course", deadline=None, derandomize=True)  # shared machines have slow moments
hypothesis.settings.load_profile("course")


@pytest.fixture(scope="session")
def mnist():
    return load_mnist()


# --- tests in a real browser: lab.open(cell, …) gives a notebook in JupyterLab that can be run, driven and read -------


def pytest_collection_modifyitems(items):
    here = pathlib.Path(__file__).parent
    for item in items:
        folders = pathlib.Path(item.path).parents
        if here / "browser" in folders:
            item.add_marker(pytest.mark.browser)
        if here / "browser" in folders or here / "fuzz" in folders:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def chromium():
    try:
        with browser.chromium() as started:
            yield started
    except browser.Absent as absent:
        pytest.skip(str(absent))


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    with browser.jupyterlab(tmp_path_factory.mktemp("jupyterlab")) as running:
        yield running


@pytest.fixture(scope="session")
def context(chromium):
    return chromium.new_context(viewport={"width": 1280, "height": 720})


@pytest.fixture
def lab(context, server):
    """Opens notebooks, all in one page, and closes them afterwards."""

    class Lab:
        def open(self, *cells):
            return browser.open_notebook(context, server, *cells)

    yield Lab()
    browser.close_notebooks(context, server)


@pytest.fixture(scope="session")
def saving_server(tmp_path_factory):
    """A JupyterLab that saves the state of widgets, as start.py sets it up."""
    settings = {"@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True}}
    with browser.jupyterlab(tmp_path_factory.mktemp("saving"), settings) as running:
        yield running


class Lab:
    """Opens notebooks of a server."""

    def __init__(self, chromium, server):
        self.chromium, self.server, self.contexts = chromium, server, []

    def open(self, *cells, size=(1280, 720), touch=False):
        return browser.open_notebook(self._context(size, touch), self.server, *cells)

    def open_next_day(self, notebook, size=(1280, 720)):
        """Open a notebook again, with a new kernel and in a browser that knows nothing of the day before."""
        self.close()
        return browser.visit(self._context(size), self.server, notebook.name)

    def _context(self, size, touch=False):
        self.contexts.append(self.chromium.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=touch))
        return self.contexts[-1]

    def close(self):
        while self.contexts:
            self.contexts.pop().close()
        browser.end_kernels(self.server)


@pytest.fixture
def new_lab(chromium, server):
    """Opens each notebook in a browser of its own; ends their kernels afterwards."""
    opened = Lab(chromium, server)
    yield opened
    opened.close()


@pytest.fixture
def saving_lab(chromium, saving_server):
    """The same in a JupyterLab that saves the state of widgets."""
    opened = Lab(chromium, saving_server)
    yield opened
    opened.close()
