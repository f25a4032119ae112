"""How a widget is displayed, so that a notebook which is opened again without its kernel says what stood there.

A saved notebook holds a widget's number and, unless JupyterLab is told to save it (``saveState``), nothing else. Opened
the next day, JupyterLab finds no widget of that number and writes "Error displaying widget: model not found". So each
widget is preceded by an output of its own with a sentence that only shows when the widget is missing, or is there but
has no kernel behind it. Where a notebook is not trusted, JupyterLab leaves out the style and the widget, and the
sentence stays.
"""

STYLE = """<style>
.mlp-standin { display: none; line-height: 1.4; }
.jp-OutputArea-child:has(+ .jp-OutputArea-child > .jp-OutputArea-output.jupyter-widgets) .mlp-standin,
.jp-OutputArea-child:has(+ .jp-OutputArea-child > .jp-OutputArea-output[data-mime-type="text/plain"]) .mlp-standin,
.jp-OutputArea-child:has(+ .jp-OutputArea-child > .jp-OutputArea-output > .jupyter-widgets-disconnected) .mlp-standin {
  display: block;
}
.jp-OutputArea-child:has(+ .jp-OutputArea-child > .jp-OutputArea-output > .jupyter-widgets-disconnected) .mlp-standin-whole,
.jp-OutputArea-child:has(.mlp-standin) + .jp-OutputArea-child > .jp-OutputArea-output.jupyter-widgets,
.jp-OutputArea-child:has(.mlp-standin) + .jp-OutputArea-child .jupyter-widgets-disconnected::before {
  display: none;
}
.jp-OutputArea-output.jupyter-widgets {  /* of others, such as a learner's own progress bar */
  visibility: hidden; font-size: 0;
}
.jp-OutputArea-output.jupyter-widgets::before {
  visibility: visible; font-size: 13px; content: "A widget. Run this cell to use it.";
}
</style>"""


def show_widget(widget, sentence, text="", page=""):
    """Display a widget with its stand-in.

    Parameters
    ----------
    widget : ipywidgets.Widget
    sentence : str
        What to do when the widget is missing or dead, such as "Run this cell to answer."
    text, page : str
        What the widget holds, in plain text and in HTML; shown above the sentence when the widget is missing.
    """
    from IPython.display import display

    whole = f'<div class="mlp-standin-whole">{page}</div>' if page else ""
    html = f'{STYLE}<div class="mlp-standin">{whole}<div>{sentence}</div></div>'
    display({"text/plain": "\n\n".join(filter(None, [text, sentence])), "text/html": html}, raw=True)
    display(widget._repr_mimebundle_() | {"text/plain": ""}, raw=True)
