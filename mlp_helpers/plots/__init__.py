"""Every static figure of the course: each function takes arrays and returns a figure and one sentence about it.

``show(sample_grid(...))`` displays the figure in a notebook, and hands the sentence to screen readers.
"""

from .bar_rows import stages
from .blame import blame_map
from .charts import bars, comparison, curves, effects, learning_curves, runs
from .diagrams import cycle, whole_way
from .distributions import histograms, reliability
from .graphs import graph, paths
from .images import class_means, image_row, image_table, mistakes, neuron_templates, pixel_values, sample_grid, weight_images
from .prices import costs
from .rectangles import shapes
from .rooflines import roofline
from .searching import parallel, plans
from .slopes import points_on, secants
from .strips import memory
from .style import LINES, SIDE, STYLE, show
from .surfaces import contours, descents, planes
from .tables import confusion, matrices

__all__ = [
    "LINES", "SIDE", "STYLE", "bars", "blame_map", "class_means", "comparison", "confusion", "contours", "costs", "curves",
    "cycle", "descents", "effects", "graph", "histograms", "image_row", "image_table", "learning_curves", "matrices",
    "memory", "mistakes", "neuron_templates", "parallel", "paths", "pixel_values", "planes", "plans", "points_on",
    "reliability", "roofline", "runs", "sample_grid", "secants", "shapes", "show", "stages", "weight_images", "whole_way",
]  # fmt: skip
