"""The results of a search in a file: one line of JSON for each, written at once."""

import json
import os

from .array_advice import kind_of


def read_results(file):
    """Read the results that a search has kept in a file, a list of dict; there are none where there is no file.

    A last line that was cut off while it was written is left out.

    Raises
    ------
    ValueError
        When another line is no result.

    Examples
    --------
    >>> append_result("kept.jsonl", {"trial": "square", "settings": {"x": 3}, "outcome": "done", "values": {"score": 9}})
    >>> [result["values"] for result in read_results("kept.jsonl")]
    [{'score': 9}]
    """
    if not os.path.exists(file):
        return []
    with open(file, encoding="utf-8") as stream:
        lines = stream.read().split("\n")
    results = []
    for place, line in enumerate(lines[:-1], 1):                 # behind the last line break stands what was cut off
        try:
            result = json.loads(line)
            whole = {"trial", "settings", "outcome", "values"} <= result.keys()
        except (ValueError, AttributeError):
            whole = False
        if not whole:
            raise ValueError(f"line {place} of {file} holds no result of a search. Delete the line, or name another file.")
        results.append(result)
    return results


def append_result(file, result):
    """Add a line to a file of results, and take off first what was cut off behind the last one."""
    with open(file, "a+b") as stream:
        end = stream.seek(0, os.SEEK_END)
        if end:
            stream.seek(end - 1)
            if stream.read(1) != b"\n":
                stream.seek(0)
                stream.truncate(stream.read().rfind(b"\n") + 1)
        stream.write(json.dumps(result).encode() + b"\n")


def plain(values):
    """Return numbers, words and lists as a line of JSON would give them back, without NumPy's types.

    Examples
    --------
    >>> plain({"sizes": (np.int64(784), 10)})
    {'sizes': [784, 10]}
    """
    return json.loads(json.dumps(values, default=_without_numpy))


def _without_numpy(value):
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"numbers, words and lists of them can be kept in a file, but not {kind_of(value)}. Leave it out.")
