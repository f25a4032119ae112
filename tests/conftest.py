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
    here = pathlib.Path(__file__).parent / "browser"
    for item in items:
        if here in pathlib.Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
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
