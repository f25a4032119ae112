"""The course in a browser tab, with nothing installed and nothing sent: ``python -m browser build``, then ``serve``."""
