"""``python -m browser build`` makes the site of the browser edition, with the reading edition as a book beside it (which
``python -m browser book`` makes alone); ``python -m browser serve`` shows it on this machine, and ``python -m browser test``
drives it in Chromium."""

import argparse
import functools
import http.server
import pathlib
import sys

from mlp_helpers.editions.lessons import ROOT, all_lessons, number_of

from . import book, pyodide, site

TESTS = "tests/browser/test_browser_edition.py"
HERE = "127.0.0.1"


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m browser", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    command = commands.add_parser("build", help="make the site: a folder of files that any web server can show")
    command.add_argument("--out", type=pathlib.Path, default=pathlib.Path("site"), metavar="FOLDER", help="default: site")
    text = f"with the release of Pyodide that the course uses (default: {pyodide.FOLDER}, or what MLP_PYODIDE names)"
    command.add_argument("--pyodide", type=pathlib.Path, default=pyodide.given(), metavar="FOLDER", help=text)
    text = "with the reading edition as a book beside it (default: where Sphinx is installed)"
    command.add_argument("--book", action=argparse.BooleanOptionalAction, default=not book.missing(), help=text)
    command.set_defaults(run=build)
    command = commands.add_parser("book", help="make the book alone: pages to read and to search, which need no server")
    command.add_argument("lessons", nargs="*", metavar="NUMBER", help="of these lessons: 04 08 (default: of all)")
    place = pathlib.Path("site", site.BOOK)
    command.add_argument("--out", type=pathlib.Path, default=place, metavar="FOLDER", help=f"default: {place}")
    command.set_defaults(run=build_book)
    command = commands.add_parser("serve", help="show a site that was built, on this machine alone")
    command.add_argument("folder", type=pathlib.Path, nargs="?", default=pathlib.Path("site"), help="default: site")
    command.add_argument("--port", type=int, default=8000)
    command.set_defaults(run=serve)
    text = "run all tests of the edition, each lesson included, in an environment of their own (.venv.browser)"
    command = commands.add_parser("test", help=text)
    command.add_argument("lessons", nargs="*", metavar="NUMBER", help="run only these lessons, from top to bottom: 04 08")
    command.set_defaults(run=test)
    options = parser.parse_args(arguments)
    try:
        return options.run(options)
    except OSError as error:
        sys.exit(f"python -m browser: {error}")


def build(options):
    if options.book:
        book.ready()
    site.build(options.out, options.pyodide)
    if options.book:
        say_what_changed(book.build(options.out / site.BOOK))
    site.write_first_page(options.out)
    sizes = site.sizes(options.out)
    print(*(f"{size / 1e6:6.1f} MB  {part}" for part, size in sizes.items()), sep="\n")
    print(f"The site is in {options.out}. To look at it: python -m browser serve {options.out}")


def build_book(options):
    say_what_changed(book.build(options.out, options.lessons))
    print(f"The book is in {options.out}. To read it, open {options.out / 'index.html'} in a browser.")


def say_what_changed(older):
    """Say which lessons have changed since they were run."""
    if older:
        print(f"Some cells of {', '.join(older)} have changed since they were run, and show no output.")
        print(f"To run them: python start.py build {' '.join(older)}")


def serve(options):
    if not (options.folder / "jupyter-lite.json").exists():
        raise FileNotFoundError(f"there is no site in {options.folder}. Build it: python -m browser build --out {options.folder}")
    with server(options.folder, options.port) as running:
        print(f"The course is at http://{HERE}:{running.server_port}/ until you press Ctrl-C.", flush=True)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            print()


def test(options):
    from benchmarks.browser import CHROMIUM
    from tests import own_environment

    pyodide.checked(pyodide.given())
    if not CHROMIUM:  # without one the tests would be skipped, and the site published untried
        raise FileNotFoundError("no Chromium or Chrome found: on Debian, apt-get install chromium")
    names = {number_of(lesson): lesson.stem for lesson in all_lessons()}
    if unknown := [number for number in options.lessons if number not in names]:
        raise FileNotFoundError(f"there is no lesson {unknown[0]}, but {', '.join(names)}")
    requirements = ["browser/requirements.txt", "requirements.txt"]
    requirements += [f"tests/{name}" for name in ("requirements.txt", "browser/requirements.txt", "browser/firefox.txt")]
    install = [word for name in requirements for word in ("-r", name)] + ["-e", ".[browser]"]
    chosen = [f"{TESTS}::test_a_lesson_runs_from_top_to_bottom[{names[number]}]" for number in options.lessons]
    marked = ["-n0", "-m", "browser", "--thorough"]
    return own_environment.run_tests(ROOT / ".venv.browser", install, [*marked, *(chosen or [TESTS])])


def server(folder, port=0):
    """Return a server of this folder, for this machine alone; port 0 chooses a free one."""
    return http.server.ThreadingHTTPServer((HERE, port), functools.partial(Handler, directory=folder))


class Handler(http.server.SimpleHTTPRequestHandler):
    """Names the types of files that a browser insists on, and lets it keep nothing without asking whether it is new."""

    protocol_version = "HTTP/1.1"
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".json": "application/json",
        ".whl": "application/zip",
        ".gz": "application/gzip",
    }

    def end_headers(self):
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *arguments):
        """Say nothing of each file."""


if __name__ == "__main__":
    sys.exit(main())
