import hypothesis
import pytest

from mlp_helpers import load_mnist

hypothesis.settings.register_profile("course", deadline=None, derandomize=True)     # shared machines have slow moments
hypothesis.settings.load_profile("course")


@pytest.fixture(scope="session")
def mnist():
    return load_mnist()
