"""``python -m teaching COMMAND``: what a teacher needs of the course. README.md, beside this file, says what for."""

import argparse
import pathlib
import sys

from mlp_helpers.editions.lessons import ROOT, all_lessons, number_of


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m teaching", description="What a teacher needs of the course.")
    commands = parser.add_subparsers(required=True, metavar="command")

    command = _command(commands, "assignment", _assignment, "make assignments of lessons: for nbgrader, and plain to hand out")
    numbers = [number_of(lesson) for lesson in all_lessons()]
    command.add_argument("lessons", nargs="+", choices=numbers, metavar="LESSON", help="numbers of lessons, such as 04 05")
    _add_out(command, "nbgrader's course folder")
    _add_points(command)
    text = "also where a notebook is there already and differs (what you changed in it is lost)"
    command.add_argument("--replace", action="store_true", help=text)

    command = _command(commands, "wheel", _wheel, "build the students' package: without hints, solutions and known mistakes")
    command.add_argument("--out", type=pathlib.Path, default=pathlib.Path("dist"), metavar="FOLDER", help="where it goes (dist)")

    command = _command(commands, "collect", _collect, "put what a class sent back where nbgrader looks for it")
    command.add_argument("folder", type=pathlib.Path, metavar="FOLDER", help="in which the notebooks lie, as they came")
    _add_out(command, "nbgrader's course folder")

    command = _command(commands, "board", _board, "show how a class stands, from what it has handed in, or live")
    text = "collected notebooks, progress.json files, nbgrader's course folder; with --watch, what MLP_BOARD names"
    command.add_argument("folder", type=pathlib.Path, metavar="FOLDER", help=text)
    text = "where board.html, board.csv and names.csv go (default: the folder board, beside FOLDER)"
    command.add_argument("--out", type=pathlib.Path, metavar="FOLDER", help=text)
    command.add_argument("--watch", action="store_true", help="follow the checks of a class in the browser")

    command = _command(commands, "bank", _bank, "write exam questions of lessons, with solutions, on paper and for Moodle")
    command.add_argument("lessons", nargs="*", metavar="LESSON", help="numbers of lessons, such as 04 05 (default: all)")
    _add_out(command, "where the files go")

    command = _command(commands, "sheets", _sheets, "write a run sheet for each lesson, and routes through the course")
    command.add_argument("lessons", nargs="*", metavar="LESSON", help="such as 04 05 (default: all with a sheet, and the routes)")
    _add_out(command, "where the pages go")
    _add_points(command)

    command = _command(commands, "slides", _slides, "make slides of lessons, each deck one file for any browser")
    command.add_argument("lessons", nargs="*", metavar="LESSON", help="such as 04 05 (default: all with slides)")
    _add_out(command, "where the decks go")
    text = "with a release of reveal.js (default: the one that the extra [teach] brings)"
    command.add_argument("--reveal", type=pathlib.Path, metavar="FOLDER", help=text)

    command = _command(commands, "glossary", _glossary, "write a glossary for learners, made from the lessons")
    _add_out(command, "where it goes: glossary.md", metavar="FILE")

    command = _command(commands, "papers", _papers, "write what is handed out beside the lessons: sheets, surveys, projects")
    _add_out(command, "where the pages go")

    text = "start a JupyterHub for a class on this machine, or put simulated students on one"
    command = _command(commands, "hub", _hub, text)
    _add_settings_of_the_hub(command)

    text = "run the kit's tests, nbgrader's and the hub's included, in an environment of their own (.venv.teach)"
    _command(commands, "test", _test, text)

    options = parser.parse_args(arguments)
    try:
        return options.run(options)
    except ModuleNotFoundError as missing:
        print(_told(missing), file=sys.stderr)
        return 1
    except (OSError, ValueError) as trouble:
        print(trouble, file=sys.stderr)
        return 1


def _told(missing):
    name = missing.name.partition(".")[0]
    return f'{name} is not installed here. In the folder of the course: pip install -e ".[teach]"'


def _command(commands, name, run, text):
    command = commands.add_parser(name, help=text, description=text)
    command.set_defaults(run=run)
    return command


def _add_out(command, text, metavar="FOLDER"):
    command.add_argument("--out", type=pathlib.Path, required=True, metavar=metavar, help=text)


def _add_points(command):
    text = "for an exercise in class, at home, and starred (default: 1 2 3)"
    command.add_argument("--points", type=int, nargs=3, default=(1, 2, 3), metavar="N", help=text)


def _add_settings_of_the_hub(command):
    command.add_argument("--port", type=int, default=8000, help="at which it is to be reached (8000)")
    text = "address of this machine at which it is to be reached (127.0.0.1, from here alone; 0.0.0.0 for all that there are)"
    command.add_argument("--ip", default="127.0.0.1", help=text)
    text = "where all of it is kept, the students' work too (default: the folder mlp-hub, beside that of the course)"
    command.add_argument("--folder", type=pathlib.Path, default=ROOT.parent / "mlp-hub", metavar="FOLDER", help=text)
    text = "a name in each line: only these may log in, each with a password of its own"
    command.add_argument("--names", type=pathlib.Path, metavar="FILE", help=text)
    command.add_argument("--memory", default="2G", metavar="SIZE", help="that a student may take (2G)")
    text = "until a server that nobody uses is stopped (60)"
    command.add_argument("--idle-minutes", type=int, default=60, metavar="MINUTES", help=text)
    command.add_argument("--trial", action="store_true", help="also as root, without accounts for the students")
    text = "start one for a few minutes in a folder that is thrown away, and let so many simulated students learn in it"
    command.add_argument("--load", type=int, metavar="STUDENTS", help=text)


def _points(options):
    if min(options.points) < 0:
        raise ValueError(f"--points must not be negative, but is {options.points}.")
    return options.points


def _assignment(options):
    from . import assignment

    for sentence in assignment.make(options.lessons, options.out, _points(options), options.replace):
        print(sentence)


def _wheel(options):
    from . import wheel

    print(f"The students' package is {wheel.build(options.out)}.")


def _collect(options):
    from . import handing_in

    for sentence in handing_in.hand_in(_existing(options.folder), options.out):
        print(sentence)


def _existing(folder):
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a folder. Name the one in which the class's files lie.")
    return folder


def _board(options):
    _existing(options.folder)
    if options.watch:
        return _watch(options.folder)
    from . import board, collecting

    group = collecting.collect(options.folder)
    for sentence in (*group.troubles, *group.disagreements()):
        print(sentence)
    page, table, names = board.write(group, options.out or options.folder.resolve().parent / "board")
    print(f"{page} shows the class, {table} says the same for a spreadsheet; only {names} says who is who.")


def _watch(folder):
    import webbrowser

    from . import watching

    with watching.server(folder) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        print(f"The board is at {address} until you press Ctrl-C. The class sets MLP_BOARD={folder.resolve()} before it starts.")
        webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


def _bank(options):
    from .bank import QUESTIONS, export

    if unknown := set(options.lessons) - {question.lesson for question in QUESTIONS}:
        raise ValueError(f"There is no lesson {', '.join(sorted(unknown))}. Numbers have two digits, such as 04.")
    wanted = [question for question in QUESTIONS if not options.lessons or question.lesson in options.lessons]
    paths = export.write(wanted, options.out)
    print(f"{len(wanted)} questions are in {', '.join(map(str, paths))}.")
    _print([(options.out / "questions.pdf", "Questions", [export.markdown(wanted)]),
            (options.out / "solutions.pdf", "Solutions", [export.markdown(wanted, solved=True)])])  # fmt: skip


def _sheets(options):
    from . import sheets

    paths = sheets.write(options.out, _points(options), options.lessons)
    print(f"{len(paths)} page{'s are' if len(paths) > 1 else ' is'} in {options.out}: {', '.join(path.name for path in paths)}.")
    _print([(options.out / "sheets.pdf", "Run sheets", [path.read_text(encoding="utf-8") for path in paths])])


def _print(papers):
    """Write PDFs, each a path, a title, Markdown texts and, if wanted, a limit; where that is not possible, say why."""
    try:
        from . import pdf

        with pdf.chromium() as browser:
            for path, title, texts, *at_most in papers:
                count = pdf.write(browser, path, texts, title, *at_most)
                print(f"{path} has {count} page{'s' * (count > 1)}.")
    except ModuleNotFoundError as missing:
        print(f"No PDF was written: {_told(missing)}")
    except pdf.Absent as absent:
        print(f"No PDF was written: {absent}")


def _slides(options):
    from . import slides

    paths = slides.write(options.lessons, options.out, options.reveal)
    print(f"The slides are {', '.join(map(str, paths))}. They open in any browser; the key S shows the speaker's notes.")


def _glossary(options):
    from . import glossary

    glossary.write(options.out)
    print(f"The glossary is {options.out}.")


def _papers(options):
    from . import papers

    paths = papers.write(options.out)
    print(f"{len(paths)} papers are in {options.out}: {', '.join(path.name for path in paths)}.")
    _print([(path.with_suffix(".pdf"), *papers.for_print(path)) for path in paths])


def _hub(options):
    from .hub import starting

    if troubles := starting.missing():
        raise ValueError("\n".join(troubles))
    if options.load is not None:
        return _load(options.load)
    return starting.serve(options)


def _load(students):
    if students < 1:
        raise ValueError(f"--load must be at least 1, but is {students}.")
    from benchmarks import hub

    print(hub.show(hub.measure(students)))


def _test(options):
    from tests import own_environment

    install = ["-r", "requirements.txt", "-r", "tests/requirements.txt", "-e", ".[teach,hub]"]
    return own_environment.run_tests(ROOT / ".venv.teach", install, ["-n0", "tests/teaching"])


if __name__ == "__main__":
    sys.exit(main())
