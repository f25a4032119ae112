"""The live board: a page of this computer that follows what the class does."""

import http.server
import pathlib

from . import board
from .collecting import LIVE, Class, live_results


def now(folder):
    """Return the Class as the lines in the folder say at the moment."""
    group = Class("notebook")
    for path in sorted(pathlib.Path(folder).glob(LIVE)):
        group.add(path.stem, live_results(path))
    return group


def server(folder, port=0):
    """Return a server for this computer alone, whose page shows the folder's lines."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            group = now(folder)
            text = board.main_part(group) if self.path == "/now" else board.page(group, follow=True)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *arguments):
            pass

    return http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
