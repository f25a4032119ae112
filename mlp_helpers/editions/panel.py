"""Buttons for a learner's files: all in one zip file, taken back from it, and one lesson begun anew."""

import pathlib
import time

import anywidget
import ipywidgets as widgets
import traitlets

from ..core.browser import KEPT, NOT_KEPT, reason
from .carrying import packed, unpacked
from .copies import Copies
from .in_browser import as_html

STALE = "A lesson that is open shows what stood there before: close it without saving, and open it again."


class Download(anywidget.AnyWidget):
    """Hands bytes to the browser as a file that was downloaded."""

    _esm = pathlib.Path(__file__).parent / "download.js"
    name = traitlets.Unicode("mlp-work.zip").tag(sync=True)

    def hand_out(self, content):
        self.name = f"mlp-work-{time.strftime('%Y-%m-%d')}.zip"
        self.send({}, buffers=[content])


class Panel:
    """Export, Import, and a fresh copy of one lesson.

    Parameters
    ----------
    folder : pathlib.Path, optional
        Of the copies; otherwise where ``Copies`` has them.
    """

    def __init__(self, folder=None):
        copies = Copies(folder)
        self.folder = copies.folder
        self.export = widgets.Button(description="Export")
        self.upload = widgets.FileUpload(accept=".zip", description="Import")
        self.lesson = widgets.Dropdown(options=list(copies.lessons), description="Lesson")
        self.reset = widgets.Button(description="Begin it anew")
        self.download, self.said = Download(), widgets.HTML()
        self.export.on_click(lambda button: self._safely(self._export))
        self.upload.observe(lambda change: change["new"] and self._safely(self._import), "value")
        self.reset.on_click(lambda button: self._safely(self._reset))
        rows = [[self.export, self.upload], [self.lesson, self.reset]]
        self.view = widgets.VBox([*map(widgets.HBox, rows), self.said, self.download])

    def show(self):
        from IPython.display import display

        display(self.view)

    def _safely(self, act):
        """Act, and say what was done, or how far, and why no further."""
        if not KEPT:
            self._say([NOT_KEPT])
            return
        said = []
        self._say(["…"])
        try:
            said.extend(act())  # what was said stays, whatever comes after
        except (OSError, ValueError) as error:
            why = f"{reason(error)}." if isinstance(error, OSError) else error
            said.append(f"{'Here it stopped' if said else 'This was not done'}: {why}")
        self._say(said)

    def _export(self):
        content, said = packed(self.folder)
        yield from said
        self.download.hand_out(content)
        yield f"{self.download.name} ({len(content) / 1e6:.1f} MB) is with your downloads: keep it, or take it elsewhere."

    def _import(self):
        content = bytes(self.upload.value[0]["content"])
        self.upload.value = ()
        yield from unpacked(content, self.folder)
        yield STALE

    def _reset(self):
        yield from Copies(self.folder).bring_up_to_date(self.lesson.value)
        yield STALE

    def _say(self, sentences):
        self.said.value = as_html(sentences)
