"""The roof over what a machine can compute: memory on its slopes, arithmetic on its ridge."""

import numpy as np
from matplotlib.figure import Figure

from .style import BLAME, COLOURS, FOUND, VALUE, number, styled

MARKS = "osD^vPX*"
SLOPES = ("-", "-.", ":")  # of the memories, whose peak is dashed


@styled
def roofline(peak, bandwidths, operations, title):
    """Draw how fast operations run against how much they compute with each byte, below the limits of the machine.

    Parameters
    ----------
    peak : float
        The most arithmetic, in billions of FLOPs a second.
    bandwidths : dict
        From the name of a memory to its traffic, in billions of bytes a second.
    operations : dict
        From a name to the FLOPs for each byte and the billions of FLOPs a second that were measured, both above 0.
    title : str

    Examples
    --------
    >>> figure, description = roofline(100, {"memory": 10}, {"add": (0.25, 2.0)}, "One operation")
    >>> description
    'One operation. At most 100 GFLOP/s, or 10 for each FLOP per byte (memory). Measured: add 0.25 FLOPs per byte, 2 GFLOP/s.'
    """
    ridges = {name: peak / bandwidth for name, bandwidth in bandwidths.items()}
    measured = np.array([*operations.values()], dtype=float).reshape(-1, 2)
    left = min([*measured[:, 0], *ridges.values()]) / 2
    right = max([*measured[:, 0], *ridges.values()]) * 2
    lowest = min([*measured[:, 1], *(bandwidth * left for bandwidth in bandwidths.values())]) / 1.5
    figure = Figure(figsize=(10.5, 5.2), layout="constrained")
    axes = figure.add_subplot(xscale="log", yscale="log", xlim=(left, right), ylim=(lowest, 2.5 * max(peak, *measured[:, 1])))
    for i, (name, ridge) in enumerate(ridges.items()):
        label, line = f"{name}: {number(bandwidths[name])} GB/s", SLOPES[i % len(SLOPES)]
        axes.plot([left, ridge], [bandwidths[name] * left, peak], line, color=VALUE, linewidth=3, label=label)
    axes.plot([min(ridges.values()), right], [peak] * 2, "--", color=FOUND, linewidth=3, label=f"peak: {number(peak)} GFLOP/s")
    for i, (name, (intensity, speed)) in enumerate(operations.items()):
        axes.plot(intensity, speed, MARKS[i % len(MARKS)], color=[BLAME, *COLOURS[3:]][i % 6], markersize=11, label=name)
    axes.set(xlabel="FLOPs for each byte moved", ylabel="GFLOP/s", title=title)
    axes.grid(alpha=0.3)
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=12, handlelength=3.2)
    slopes = " or ".join(f"{number(bandwidth)} for each FLOP per byte ({name})" for name, bandwidth in bandwidths.items())
    told = "; ".join(
        f"{name} {number(intensity)} FLOPs per byte, {number(speed)} GFLOP/s" for name, (intensity, speed) in operations.items()
    )
    return figure, f"{title}. At most {number(peak)} GFLOP/s, or {slopes}. Measured: {told}."
