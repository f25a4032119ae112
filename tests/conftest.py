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


class Lab:
    """Opens notebooks of a server, all in one page: to load JupyterLab takes longer than most tests."""

    def __init__(self, context, server):
        self.context, self.server, self.notebook = context, server, None

    def open(self, *cells, size=browser.SIZE):
        """Open a new notebook with a kernel of its own, and close what was open before."""
        self.close()
        return browser.open_notebook(self.context, self.server, *cells, size=size)

    def open_in_one_kernel(self, *cells, size=browser.SIZE):
        """The same in the notebook and the kernel of the call before, which has forgotten its names."""
        if self.notebook:
            self.notebook.begin_again(*cells, size=size)
        else:
            self.notebook = self.open(*cells, size=size)
        return self.notebook

    def open_next_day(self, notebook, size=browser.SIZE):
        """Open a notebook again, with a new kernel and in a browser that knows nothing of the day before."""
        self.close()
        browser.forget(self.context, self.server)
        return browser.visit(self.context, self.server, notebook.name, size)

    def close(self):
        self.notebook = None
        browser.close_notebooks(self.context, self.server)


@pytest.fixture(scope="session")
def labs(chromium, tmp_path_factory):
    with browser.jupyterlab(tmp_path_factory.mktemp("jupyterlab")) as server:
        yield Lab(chromium.new_context(), server)


@pytest.fixture
def lab(labs, request):
    if request.session.testsfailed:
        labs.close()  # nobody knows what a test that failed has left behind
    return labs


@pytest.fixture
def saving_lab(chromium, tmp_path):
    """The same in a JupyterLab that saves the state of widgets, as start.py sets it up."""
    settings = {"@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True}}
    with browser.jupyterlab(tmp_path, settings) as server:
        context = chromium.new_context()
        yield Lab(context, server)
        context.close()
