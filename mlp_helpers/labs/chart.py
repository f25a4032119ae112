"""Charts of plain numbers, drawn live by chart.js and, for GitHub and paper, by matplotlib: one description for both.

A description ("spec") is a dict: ``width``, ``height``, ``title``, ``words`` (the sentence under the chart) and
``panes``; ``live`` while it changes by itself (no announcements then), ``keys`` where the arrow keys step through it. A
pane has ``box`` (left, top, width, height), ``xlim``, ``ylim`` and ``series``; if wanted ``title``, ``xlabel``, ``ylabel``,
``xnames``, ``ynames``, ``xlog``, ``ylog``, ``xticks=False``, ``legend="right"`` or ``"low"``. A series is a dict made by one
of the functions below. In a narrow window, panes that stand side by side go below each other.
"""

import base64
import pathlib

import anywidget
import numpy as np
import traitlets

COLOURS = [  # petroff10
    "#3f90da",
    "#ffa90e",
    "#bd1f01",
    "#94a4a2",
    "#832db6",
    "#a96b59",
    "#e76300",
    "#b9ac70",
    "#717581",
    "#92dadd",
]
CIVIDIS = [
    (0, 34, 78), (26, 56, 111), (67, 78, 108), (97, 101, 111), (125, 124, 120), (155, 148, 118), (188, 174, 108), (222, 201, 88),
    (254, 232, 56),
]  # fmt: skip
DASHES = ["solid", "dashed", "dotted", "dashdot"]


def line(x, y, **look):
    """A curve. look: color, dash, width, opacity, label. Where y is not finite there is a gap."""
    return {"kind": "line", "x": _numbers(x), "y": _numbers(y), **look}


def points(x, y, **look):
    """Dots, squares or triangles. look: color, edge, shape, size, label."""
    return {"kind": "points", "x": _numbers(x), "y": _numbers(y), **look}


def bars(y, **look):
    """Bars at 0, 1, 2 … look: color or colors, texts (above the bars), label."""
    return {"kind": "bars", "y": _numbers(y), **look}


def text(x, y, words, **look):
    """Words at a place. look: color, bold, anchor, halo (over lines)."""
    return {"kind": "text", "x": float(x), "y": float(y), "text": words, **look}


def image(rgb, extent, **look):
    """A picture (rows, columns, 3) of bytes, the first row at the top; extent: left, right, bottom, top. look: smooth."""
    rgb = np.asarray(rgb)
    rgba = np.dstack([rgb, np.full(rgb.shape[:2], 255)]).astype(np.uint8)
    code = base64.b64encode(rgba.tobytes()).decode()
    return {"kind": "image", "rgba": code, "rows": rgb.shape[0], "columns": rgb.shape[1], "extent": _numbers(extent), **look}


def shades(values):
    """Colours of numbers from 0 (dark blue) over grey to 1 (yellow), as matplotlib's cividis: bytes (..., 3)."""
    steps = np.linspace(0, 1, len(CIVIDIS))
    return np.stack([np.interp(values, steps, channel) for channel in np.transpose(CIVIDIS)], axis=-1).astype(np.uint8)


def _numbers(values):
    values = np.asarray(values, np.float64)
    return [float(f"{value:.6g}") if np.isfinite(value) else None for value in values.ravel()]


class Chart(anywidget.AnyWidget):
    """A chart in the page. Set ``spec`` to draw anew."""

    _esm = pathlib.Path(__file__).with_name("chart.js")
    spec = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits):
        super().__init__(**traits)
        self.frames, self.seen = 0, 0  # drawn here, and the last one that a page has answered
        self.on_msg(self._heard)
        self.pressed = None  # called with "left" or "right" when an arrow key is pressed, where the description has ``keys``

    def draw(self, spec):
        self.frames += 1
        self.spec = {**spec, "frame": self.frames}

    def _heard(self, _, content, buffers):
        if content.get("ask") == "alive":
            self.send({"answer": "alive"})
        if content.get("key") in ("left", "right") and self.pressed:
            self.pressed(content["key"])
        self.seen = content.get("drawn", self.seen)


def picture(spec):
    """Draw a description with matplotlib: (figure, description), as the functions of ``plots`` return."""
    from matplotlib.figure import Figure

    width, height = spec["width"], spec["height"]
    figure = Figure(figsize=(width / 100, height / 100))
    for pane in spec["panes"]:
        left, top, across, down = pane["box"]
        axes = figure.add_axes([left / width, 1 - (top + down) / height, across / width, down / height])
        labelled = False
        for series in pane["series"]:
            _draw(axes, series)
            labelled |= "label" in series
        axes.set(xlim=pane["xlim"], ylim=pane["ylim"], xlabel=pane.get("xlabel", ""), ylabel=pane.get("ylabel", ""))
        axes.set_title(pane.get("title", ""), fontsize=10)
        if pane.get("xlog"):
            axes.set_xscale("log")
        if pane.get("ylog"):
            axes.set_yscale("log")
        for axis, letter in ((axes.xaxis, "x"), (axes.yaxis, "y")):
            if f"{letter}names" in pane:
                axis.set_ticks(range(len(pane[f"{letter}names"])), pane[f"{letter}names"])
            if pane.get(f"{letter}ticks") is False:
                axis.set_ticks([])
        axes.tick_params(labelsize=8)
        if labelled:
            axes.legend(fontsize=8, loc={"right": "upper right", "low": "lower right"}.get(pane.get("legend"), "upper left"))
    title, words = spec.get("title", ""), spec.get("words", "")
    return figure, words if words.startswith(title) else f"{title}. {words}"


def _draw(axes, series):
    x, y = (np.array(series[key], float) if isinstance(series.get(key), list) else series.get(key) for key in ("x", "y"))
    color = series.get("color", "black")
    match series["kind"]:
        case "line":
            look = {"linestyle": series.get("dash", "solid"), "alpha": series.get("opacity", 1), "label": series.get("label")}
            axes.plot(x, y, color=color, linewidth=series.get("width", 2) * 0.8, **look)
        case "points":
            shape, size, edge = series.get("shape", "circle"), series.get("size", 3.5), series.get("edge", "none")
            edge = "black" if edge == "currentColor" else edge
            look = {"s": (2 * size) ** 2 * 0.5, "edgecolors": edge, "label": series.get("label"), "zorder": 3}
            axes.scatter(x, y, color=color, marker={"circle": "o", "square": "s", "triangle": "^"}[shape], **look)
        case "bars":
            axes.bar(range(len(y)), y, color=series.get("colors", color), width=0.8)
            for i, words in enumerate(series.get("texts", ())):
                axes.text(i, max(y[i], 0), words, ha="center", va="bottom", fontsize=8)
        case "text":
            align = {"middle": "center", "start": "left", "end": "right"}[series.get("anchor", "middle")]
            box = {"color": "white", "pad": 1} if series.get("halo") else None
            look = {"fontsize": 8, "fontweight": "bold" if series.get("bold") else None, "bbox": box, "zorder": 4}
            axes.text(x, y, series["text"], color=color, ha=align, **look)
        case "image":
            pixels = np.frombuffer(base64.b64decode(series["rgba"]), np.uint8).reshape(series["rows"], series["columns"], 4)
            between = "bilinear" if series.get("smooth") else "nearest"
            axes.imshow(pixels, extent=series["extent"], aspect="auto", interpolation=between)
