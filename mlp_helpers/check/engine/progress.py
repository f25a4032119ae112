"""What a learner has done, over all notebooks: one small file in the user's state directory."""

import contextlib
import json
import os
import pathlib

from ...core.files import replacing

EMPTY = {"exercises": {}, "questions": {}}


def path():
    """Return the file in which progress is kept: in the folder that MLP_STATE names, or where the system keeps such things."""
    import platformdirs

    folder = os.environ.get("MLP_STATE") or platformdirs.user_state_path("mlp-from-scratch", appauthor=False)
    return pathlib.Path(folder) / "progress.json"


def read():
    """Return the progress so far. A file that is damaged is set aside, one that cannot be read counts as none."""
    try:
        data = path().read_bytes()
    except OSError:
        return {key: {} for key in EMPTY}
    try:
        progress = json.loads(data)
        if not all(isinstance(record, dict) for part in EMPTY for record in progress[part].values()):
            raise TypeError("each record is a dict")
        return progress
    except (ValueError, TypeError, KeyError, AttributeError):
        with contextlib.suppress(OSError):
            path().replace(path().with_suffix(".damaged.json"))
        return {key: {} for key in EMPTY}


def record(part, name, **news):
    """Add to what is known of an exercise or a question. Where nothing can be written, nothing is kept."""
    progress = read()
    before = progress[part].setdefault(name, {})
    if before | news == before:
        return
    before.update(news)
    with contextlib.suppress(OSError):
        path().parent.mkdir(parents=True, exist_ok=True)
        with replacing(path()) as file:
            file.write(json.dumps(progress, indent=1).encode())
