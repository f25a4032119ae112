"""For a class: one anonymous line a check, in a folder that the teacher has named in MLP_BOARD. Without it nothing is written."""

import contextlib
import json
import os
import pathlib
import threading
import uuid

FOLDER = os.environ.get("MLP_BOARD")
FILE = f"board-{uuid.uuid4().hex}.jsonl"  # one for each kernel: appending to one that others write is not safe on a network
PATIENCE = 0.1  # seconds that a check waits for the folder, which may be far away
SAID = (
    "Your teacher's board counts the checks of this class: the exercise, the verdict and the name of the mistake are written "
    "there, without your name or your code."
)

said, alone = [], threading.Lock()


def post(name, verdict):
    """Append what a check found. Return what the learner should know of it, with the first check of a kernel; otherwise ""."""
    if not FOLDER:
        return ""
    line = {"exercise": name, "verdict": "solved" if verdict.passed else verdict.kind, "misconception": verdict.misconception}
    writing = threading.Thread(target=_append, args=(f"{json.dumps(line)}\n",))  # it ends before the kernel does
    writing.start()
    writing.join(PATIENCE)
    if said:
        return ""
    said.append(SAID)
    return SAID


def _append(line):
    with alone, contextlib.suppress(OSError), open(pathlib.Path(FOLDER, FILE), "a", encoding="utf-8") as file:
        file.write(line)  # a folder that is away must not stand in the way of a check
