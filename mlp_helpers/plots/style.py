"""How every figure looks, and how a notebook shows it."""

import functools
import io

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from ..standin import show_picture

STYLE = ["petroff10", {"font.size": 13, "axes.titlesize": 15, "figure.dpi": 90, "axes.spines.top": False,
                       "axes.spines.right": False, "legend.frameon": False, "lines.linewidth": 2.2,
                       "figure.constrained_layout.h_pad": 0.14}]  # fmt: skip  # inches, between a title and its panels
COLOURS = [matplotlib.colors.to_hex(colour) for colour in matplotlib.color_sequences["petroff10"]]
VALUE, FOUND, BLAME, MEETING = COLOURS[0], COLOURS[1], COLOURS[2], COLOURS[4]  # what each colour means in the drawings
LINES = ("-", "--", "-.", ":")
SIDE = 28  # pixels of an image's side
THROUGH = 0.14  # of the page behind a figure, as seen through its white
CORNER = 12  # pixels, the radius of a figure's corners
DROP = 0.3  # inches from the upper edge of a sheet to the middle of its title


def show(drawn):
    """Display a figure in the notebook, with its description for those who cannot see it.

    Parameters
    ----------
    drawn : (Figure, str)
        What the other functions of this module return.
    """
    figure, description = drawn
    png = io.BytesIO()
    figure.savefig(png, format="png", bbox_inches="tight", pad_inches=0.15, metadata={"Software": None})
    show_picture(as_card(png.getvalue()), description)


def as_card(png):
    """Return a picture as it should lie on any page: on a white one as it is, on a dark one as a quiet card.

    Its corners are round, and the whiter a pixel, the more of the page shines through. White paper behind it makes up for
    exactly what the pixel lost; a dark page leaves white grey, and black and full colours as they are.

    Parameters
    ----------
    png : bytes
        The contents of a PNG file.

    Returns
    -------
    bytes
        The contents of another one.
    """
    from matplotlib.image import imread, imsave

    colours = imread(io.BytesIO(png))[:, :, :3]
    alpha = np.rint(255 * (1 - THROUGH * colours.min(axis=-1, keepdims=True))) / 255
    beyond = [np.maximum(CORNER - n / 2 + abs(np.arange(n) - (n - 1) / 2), 0) for n in alpha.shape[:2]]  # the edge of a corner
    inside = np.clip(CORNER + 0.5 - np.hypot(beyond[0][:, None], beyond[1]), 0, 1)
    card = np.dstack([1 - (1 - colours) / alpha, alpha * inside[:, :, None]])
    file = io.BytesIO()
    imsave(file, np.rint(255 * card).astype(np.uint8), format="png", metadata={"Software": None})
    return file.getvalue()


def styled(plot):
    """Draw with the course's STYLE, and leave matplotlib's own settings alone; the description becomes one line without TeX."""

    @functools.wraps(plot)
    def wrapper(*arguments, **named):
        import matplotlib.style

        with matplotlib.style.context(STYLE):
            figure, description = plot(*arguments, **named)
        return figure, " ".join(description.split()).replace("$", "")

    return wrapper


def sheet(width, height, title, **limits):
    """Return a figure with a title and one blank axes that fills it, measured in inches from its lower left corner.

    Parameters
    ----------
    width, height : float
        In inches.
    title : str
    limits
        ``xlim`` and ``ylim``, where the corner is not (0, 0).
    """
    figure = Figure(figsize=(width, height))
    figure.suptitle(title, y=1 - DROP / height, va="center")
    axes = figure.add_axes([0, 0, 1, 1], aspect="equal", **({"xlim": (0, width), "ylim": (0, height)} | limits))
    axes.axis("off")
    return figure, axes


def number(value):
    """Return a number as text, with three digits or with all those before the point: 0.0123, 6220."""
    return f"{value:.0f}" if 999.5 <= abs(value) < np.inf else f"{value:.3g}"


def alike(values, digits=4):
    """Return the numbers of one chart as texts, all with as many decimals as it takes to give the largest so many digits.

    Decimals that would be 0 in all of them are left out.

    Examples
    --------
    >>> alike([23.5, 68.83]), alike([12.3, 1000]), alike([3, 4.0])
    (['23.50', '68.83'], ['12', '1,000'], ['3', '4'])
    """
    values = np.asarray(list(values), dtype=float)
    most = np.abs(values[np.isfinite(values)]).max(initial=0)
    room = max(digits - 1 - int(np.floor(np.log10(most))), 0) if most else 0
    rounded = values.round(room) + 0.0  # no -0
    texts = [f"{value:,.{room}f}" for value in rounded]
    spare = min((len(text) - len(text.rstrip("0")) for text in texts), default=0)
    return [f"{value:,.{max(room - spare, 0)}f}" for value in rounded]


def with_minus(text):
    """Return a text as it is drawn, with minus signs in place of hyphens."""
    return text.replace("-", "−")


def signed(value, most, widest=8.0):
    """Return how the line of a number looks: the larger, the thicker; above 0 red and solid, below 0 blue and dashed.

    Parameters
    ----------
    value : float
    most : float
        The largest magnitude of the drawing, whose line is ``widest`` points thick.
    """
    size = abs(value) / most if most else 0
    return {
        "color": BLAME if value > 0 else VALUE if value < 0 else "0.75",
        "linestyle": (0, (2.4, 1.1)) if value < 0 else "-",
        "linewidth": max(widest * size, 1.2 if value else 0.6),
    }
