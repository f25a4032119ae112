"""How every figure looks, and how a notebook shows it."""

import functools
import io
import textwrap

STYLE = ["petroff10", {"font.size": 13, "axes.titlesize": 15, "figure.dpi": 90, "axes.spines.top": False,
                       "axes.spines.right": False, "legend.frameon": False, "lines.linewidth": 2.2}]  # fmt: skip
LINES = ("-", "--", "-.", ":")
SIDE = 28  # pixels of an image's side


def show(drawn):
    """Display a figure in the notebook and print its description, for those who cannot see it.

    Parameters
    ----------
    drawn : (Figure, str)
        What the other functions of this module return.
    """
    from IPython.display import Image, display

    figure, description = drawn

    png = io.BytesIO()
    figure.savefig(png, format="png", bbox_inches="tight", metadata={"Software": None})
    display(Image(png.getvalue(), alt=description))
    print(textwrap.fill(description, 100))


def styled(plot):
    """Draw with the course's STYLE, and leave matplotlib's own settings alone."""

    @functools.wraps(plot)
    def wrapper(*arguments, **named):
        import matplotlib.style

        with matplotlib.style.context(STYLE):
            return plot(*arguments, **named)

    return wrapper
