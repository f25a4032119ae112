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


@pytest.fixture
def lab(chromium, server):
    """Opens notebooks; ends their kernels afterwards."""
    contexts = []

    class Lab:
        def open(self, *cells, size=(1280, 720), touch=False):
            contexts.append(chromium.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=touch))
            return browser.open_notebook(contexts[-1], server, *cells)

    yield Lab()
    for context in contexts:
        context.close()
    browser.end_kernels(server)
