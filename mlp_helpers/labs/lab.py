"""What the labs have in common: controls above a chart, and how a lab is shown and saved."""

import os

import ipywidgets as widgets

from ..standin import show_widget
from .chart import Chart, picture

STATIC = os.environ.get("MLP_STATIC") == "1"  # for notebooks that are saved or printed: with a figure of the default state
WIDE = widgets.Layout(width="38em")  # for sliders of many places: each is to be reached with a mouse
NARROW = widgets.Layout(width="26em")
LABEL = {"description_width": "8em"}


class Lab:
    """Controls above a chart.

    Parameters
    ----------
    controls : dict
        Widgets with a ``value``, by the names of the settings.
    describe : callable
        From the settings (as keywords) to the description of the chart: a pure function, which is what is tested.
    rows : list, optional
        How the widgets stand above the chart; without it they stand one after the other.
    """

    def __init__(self, controls, describe, rows=None):
        self.controls, self.describe = controls, describe
        self.chart = Chart()
        for control in controls.values():
            control.observe(self._moved, "value")
        self.view = widgets.VBox([*(rows or [shelf(*controls.values())]), self.chart])
        self._moved()

    @property
    def settings(self):
        return {name: control.value for name, control in self.controls.items()}

    def _moved(self, change=None):
        self.chart.draw(self.describe(**self.settings))

    def show(self):
        """Show the lab; where the notebook is to be saved, also a figure of what it shows first, with its sentence."""
        show(self.view, self.chart, self.still() if STATIC else None)

    def still(self):
        """Return the chart to show without a kernel: by default the one shown at first."""
        return self.chart.spec


def show(view, chart, still=None):
    """Show a lab's widgets; where the notebook is to be saved, also a figure of its chart (or of ``still``), by itself."""
    view.add_class("mlp-lab")
    show_widget(view, "A lab. Run this cell to use it.")
    if STATIC:
        from .. import plots

        plots.show(picture(still or chart.spec))


def begin_with(controls, shown, defaults):
    """Set controls to other values to begin with; ``shown`` are the names of those that are shown, or None for all.

    Raises
    ------
    ValueError
        When a name is none of the controls'.
    """
    if unknown := sorted({*(shown or ()), *defaults} - set(controls)):
        none = "is none" if len(unknown) == 1 else "are none"
        raise ValueError(f"controls must be of {', '.join(controls)}, but {', '.join(unknown)} {none} of them.")
    for name, value in defaults.items():
        controls[name].value = value


def shelf(*controls):
    """Widgets side by side, in as many lines as the window needs."""
    return widgets.HBox(controls, layout=widgets.Layout(flex_flow="row wrap", align_items="center"))


def slider(label, low, high, value, step=0.1, layout=WIDE, **traits):
    """A slider of decimal numbers, labelled."""
    return widgets.FloatSlider(value, min=low, max=high, step=step, description=label, layout=layout, style=LABEL, **traits)


def whole_slider(label, low, high, value, step=1, layout=NARROW, **traits):
    """A slider of whole numbers, labelled."""
    return widgets.IntSlider(value, min=low, max=high, step=step, description=label, layout=layout, style=LABEL, **traits)


def log_slider(label, low, high, value, step=0.1, layout=WIDE, **traits):
    """A slider over powers of ten: low and high are exponents."""
    options = {"min": low, "max": high, "step": step, "readout_format": ".2g"}
    return widgets.FloatLogSlider(value, description=label, layout=layout, style=LABEL, **options, **traits)


def list_slider(label, options, value):
    """A slider over the entries of a list, labelled."""
    made = widgets.SelectionSlider(options=options, value=value, description=label, layout=NARROW, style=LABEL)
    made.add_class("mlp-listed")  # ipywidgets lets one type a number, and does nothing with it
    return made


def choice(label, options, value):
    """Buttons of which one is pressed: reachable by Tab and Space where JupyterLab keeps the arrow keys for itself."""
    layout = widgets.Layout(width="auto", display="flex", align_items="center", margin="2px 1.5em 2px 2px")
    style = {"description_width": "auto", "button_width": "auto"}
    return widgets.ToggleButtons(options=options, value=value, description=label, style=style, layout=layout)


def button(label, act):
    """A button that calls ``act()``. Its class is made of its label: "One step" has the class mlp-one-step."""
    made = widgets.Button(description=label, layout=widgets.Layout(width="auto", min_width="5.5em"))
    made.add_class("mlp-" + label.lower().replace(" ", "-"))
    made.on_click(lambda _: act())
    return made
