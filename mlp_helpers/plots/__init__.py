"""Every static figure of the course: each function takes arrays and returns a figure and one sentence about it.

``show(sample_grid(...))`` displays the figure in a notebook, and hands the sentence to screen readers.
"""

from .charts import bars, comparison, curves, effects, learning_curves, runs
from .diagrams import cycle, graph, whole_way
from .distributions import histograms, reliability
from .images import class_means, image_row, mistakes, neuron_templates, pixel_values, sample_grid, weight_images
from .style import LINES, SIDE, STYLE, show
from .surfaces import descents, planes
from .tables import confusion, matrices

__all__ = [
    "LINES", "SIDE", "STYLE", "bars", "class_means", "comparison", "confusion", "curves", "cycle", "descents", "effects", "graph",
    "histograms", "image_row", "learning_curves", "matrices", "mistakes", "neuron_templates", "pixel_values", "planes",
    "reliability", "runs", "sample_grid", "show", "weight_images", "whole_way",
]  # fmt: skip
