"""What an output says where its widget is missing, and to those who cannot see its picture.

A saved notebook holds a widget's number and, unless JupyterLab is told to save it (``saveState``), nothing else. Opened
the next day, JupyterLab finds no widget of that number and writes "Error displaying widget: model not found". So each
widget is preceded by an output of its own with a sentence that only shows when the widget is missing, or is there but
has no kernel behind it. Where a notebook is not trusted, JupyterLab leaves out the style and the widget, and the
sentence stays.

Of a picture JupyterLab leaves out the alternative text. So each picture is followed by an output of its own with a
sentence that a screen reader reads and nobody sees. Its place and size are written on the element itself, which
JupyterLab also keeps where a notebook is not trusted. What leaves out all styles, such as GitHub, shows the sentence as
a caption; a terminal prints it, in place of the picture.
"""

import base64
import html
import textwrap

from .cards import STYLE as CARDS

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
UNSEEN = (  # one pixel, clipped, and drawn back so that nothing has to scroll; the words stay apart
    "position: absolute; clip: rect(0, 0, 0, 0); overflow: hidden; width: 1px; height: 1px; margin: -1px; white-space: nowrap"
)


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
    standin = f'{STYLE}{CARDS}<div class="mlp-standin">{whole}<div>{sentence}</div></div>'
    display({"text/plain": "\n\n".join(filter(None, [text, sentence])), "text/html": standin}, raw=True)
    display(widget._repr_mimebundle_() | {"text/plain": ""}, raw=True)


def show_picture(png, sentence):
    """Display a picture, and after it the sentence for those who cannot see it; a plain Python script prints the sentence.

    Parameters
    ----------
    png : bytes
        The contents of a PNG file.
    sentence : str
        What the picture shows, title included: it must make sense without the picture.
    """
    from IPython import get_ipython
    from IPython.display import display

    caption = f"Figure: {sentence}"
    text = textwrap.fill(caption, 100)
    if get_ipython() is None:
        print(text)
        return
    alt = {"image/png": {"alt": "Figure, described by the text after it"}}  # for what heeds it
    display({"image/png": base64.b64encode(png).decode()}, metadata=alt, raw=True)
    unseen = f'<p class="mlp-caption" style="{UNSEEN}">{html.escape(caption, quote=False)}</p>'
    display({"text/plain": text, "text/html": unseen}, raw=True)
