"""JupyterLab, at one of the learner's copies."""

import importlib.util
import signal

from .lessons import ROOT


def jupyterlab_at(path, arguments):
    """Return a function that runs JupyterLab in this process until it ends, at a notebook, and hands it the arguments.

    Its list of files shows the whole course where the notebook lies in that, otherwise the notebook's folder.

    Raises
    ------
    OSError
        When there is no JupyterLab in this Python.
    """
    if not importlib.util.find_spec("jupyterlab"):
        raise OSError("there is no JupyterLab in this Python. Start the course with: python start.py")
    root = ROOT if path.is_relative_to(ROOT) else path.parent
    page = f"--LabApp.default_url=/lab/tree/{path.relative_to(root).as_posix()}"

    def run():
        from jupyterlab.labapp import LabApp

        if signal.getsignal(signal.SIGINT) == signal.SIG_DFL:  # see ``command.early``: JupyterLab wants to end its kernels
            signal.signal(signal.SIGINT, signal.default_int_handler)
        LabApp.launch_instance([f"--ServerApp.root_dir={root}", page, *arguments])

    return run
