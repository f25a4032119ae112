"""Buttons for a learner's files: all in one zip file, taken back from it, and one lesson begun anew."""

import pathlib
import time

import anywidget
import ipywidgets as widgets
import traitlets

from ..core.browser import reason
from .carrying import packed, unpacked
from .copies import Copies
from .in_browser import as_html

CLOSE = "{} without saving, then open again."


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
        """Act, and say what was done or why not."""
        self._say(["…"])
        try:
            self._say(act())
        except OSError as error:
            self._say([f"This was not done: {reason(error)}."])
        except ValueError as error:
            self._say([f"This was not done: {error}"])

    def _export(self):
        content = packed(self.folder)
        self.download.hand_out(content)
        return [f"{self.download.name} ({len(content) / 1e6:.1f} MB) is with your downloads: keep it, or take it elsewhere."]

    def _import(self):
        content = bytes(self.upload.value[0]["content"])
        self.upload.value = ()
        return [*unpacked(content, self.folder), CLOSE.format("Close the lessons that are open")]

    def _reset(self):
        return [*Copies(self.folder).bring_up_to_date(self.lesson.value), CLOSE.format("If it is open, close it")]

    def _say(self, sentences):
        self.said.value = as_html(sentences)
