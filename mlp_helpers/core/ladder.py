"""The ladder: what the recipes reach and cost, as it was measured."""

import json
import pathlib


def load_ladder():
    """Read what ``python -m benchmarks ladder`` measured.

    Returns
    -------
    dict
        ``"rungs"``: from the name of each of the ``RECIPES`` to a dict of its ``"accuracies"`` on the test images, one for
        each seed, and the medians of its ``"cpu_seconds"`` and ``"plain_epochs"``: how many epochs of 784-128-10 with
        plain gradient descent the same processor could have done in that time.
        ``"ingredients"``: from what was changed in the recipe ``"99"`` to the same three, of validation images.
        ``"pytorch"``: the recipe ``"99"`` there, ``"accuracies"`` and ``"cpu_seconds"``, and beside it
        ``"our_accuracies"`` and ``"our_cpu_seconds"`` of the same seeds.
        ``"mistakes"``: the test images that the best ``"recipe"`` for MNIST reads wrongly, ``"indices"``, and its
        ``"probabilities"``.
        ``"trials"``: how many training runs were compared to choose the recipes.

    Examples
    --------
    >>> len(load_ladder()["rungs"]["99"]["accuracies"])
    10
    """
    return json.loads(pathlib.Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
