"""RESULTS.md: every table and every number in it comes from the records, and from nowhere else."""

import pathlib

from browser import pyodide

from . import accuracy, hub, labs, ladder, lessons, loading, report, search, speed, summary, tab, threads

PARTS = {
    "loading": loading,
    "accuracy": accuracy,
    "speed": speed,
    "threads": threads,
    "labs": labs,
    "search": search,
    "ladder": ladder,
    "hub": hub,
    "lessons": lessons,
    "tab": tab,
}
PATH = pathlib.Path(__file__).parents[1] / "RESULTS.md"
TEXT = """\
# Results

How accurate the course's network is, how fast it learns, how quickly the labs answer, how a search grows with its workers, and what the package costs before it trains.
This page is written by `python -m benchmarks` from what it measured last ([benchmarks/results](benchmarks/results)); a bound beside a number is what the package promises to keep.

## Accuracy

The share of the test images that is read correctly: 10 000 images, or 14 000 where a fifth of all 70 000 is held back. Each recipe is trained with several seeds, which fix the first weights and the order of the images. The CPU seconds are those of a whole training on one thread, with its measurements after every epoch.

{accuracy}

![Bars of the change in validation loss and accuracy that each remedy brings: shifted and warped images raise the accuracy by two and a half to three and a half points, as five and twenty times as many images do, label smoothing by one, dropout by 0.3; early stopping and L2 lower the loss alone; batch normalisation loses 0.3 points](pictures/remedies.png)

*What helps a network that has seen 2 000 images only, and what does not: five runs each, from [notebook 15](notebooks/15_generalise.ipynb).*

## The ladder

How far a multi-layer perceptron in NumPy gets, and what each step costs (lesson 19). Every recipe was chosen on training images set aside, then trained on all 60 000 with new seeds, and only then read the test images. *Plain epochs* are the CPU seconds of the training in units of an epoch of the first row above, timed in between: on a machine that is slower, or has other work too, they say more than the seconds do, which are limits for one whose plain epoch takes 0.187 s. `python -m mlp_helpers train --recipe 99` trains the first one.

{ladder}

## Speed

The same training by six hands: this package, a plain NumPy loop of fifteen lines a step, the same loop tuned by hand until every array is used again, PyTorch run eagerly, JAX with a whole epoch compiled into one call, and scikit-learn. All of them take turns in one process. The *floor* is the time of the two large matrix products of each step alone.

{speed}

{reading}

## Threads

The same training in several processes at once, each with one thread for its matrix products or with one for every core. Where there are more threads than cores, those that are at work wait for those that are not.

{threads}

## Labs

In Chromium, on the machine below: the time from a key on a slider to the new picture, from a click on Stop to its answer, and the share of its speed that a training keeps when a lab shows it live.

{labs}

## Search

Many training runs with other settings, on several processes of this machine: the package's own and those of a Dask cluster. Trials that only wait show what a trial costs beside its work. More workers than cores cannot train faster, and other work on the machine slows all of them.

{search}

## A hub for a class

Simulated students on the JupyterHub of the class kit ([teaching/hub](teaching/hub/README.md)), all at once: each logs in, runs the cells of lesson 04 with pauses between them, moves a slider of its lab fifty times, and trains an epoch in lesson 08. Memory is what a process has by itself and its share of what it has in common with others.

{hub}

## What the lessons quote

Numbers that a lesson mentions and does not compute itself, because that would take too long. A percentage is one of the validation images where nothing else is said.

{lessons}

## A browser tab

What the lessons take in the browser edition, in Chromium on this machine, each with a browser that has never seen the course and with no other host in reach: until the page answers, and from the first cell to the last, one after the other, with the predictions unanswered and the exercises unsolved. What computes there is Pyodide {pyodide} with a Python and a NumPy of its own, not those named at the end of this page. The CPU seconds are those of the whole browser. On a busy machine (the load is the number of programs that wanted to compute) everything takes longer: 200 products of matrices, of 64 × 784 and 784 × 128 numbers, measured right after each lesson in the same way, show by how much. In the labs 200 moves of a slider are measured, one after another, and five clicks on Stop while a network learns.

{tab}

## Import and data

What `import mlp_helpers` and `load_mnist()` cost, each in a fresh process.

{loading}

## Where this was measured

{machines}

## Measure it yourself

```
pip install -e ".[compare,cluster]"
python -m benchmarks
```

takes about an hour and writes the records and this page anew. The first line installs PyTorch, JAX, scikit-learn and Dask, which only the comparisons need; whatever is not installed is left out, and the page says so. `python -m benchmarks speed` (or `accuracy`, `threads`, `labs`, `loading`, `search`) measures one part, `python -m benchmarks lessons --lessons 14` what one lesson quotes, `python -m benchmarks ladder` the ladder, which takes hours and can be broken off and taken up again, `python -m benchmarks tab` the browser edition, where a release of Pyodide is, and what `browser/requirements.txt` and `tests/browser/requirements.txt` name (`--lessons 04` measures one lesson of it), `python -m benchmarks hub` a class on a JupyterHub (where `pip install -e ".[hub]"` and the proxy are installed), `--quick` tries it within a minute and keeps nothing, and `python -m benchmarks results` writes this page from the records without measuring. The labs are measured where Chromium or Chrome and `tests/browser/requirements.txt` are installed.
"""  # noqa: E501


def page():
    """Return the text of RESULTS.md."""
    records = {name: report.load(name) for name in PARTS if report.recorded(name)}
    tables = {name: f"Not measured yet: `python -m benchmarks {name}`." for name in PARTS}
    tables |= {name: PARTS[name].show(record["results"]) for name, record in records.items()}
    machines = {name: record["machine"] for name, record in records.items()}
    reading = _reading(records["speed"]["results"])
    return TEXT.format(**tables, reading=reading, machines=_machines(machines), pyodide=pyodide.VERSION)


def write():
    """Write RESULTS.md from the records."""
    with report.replacing(PATH) as file:
        file.write(page().encode())
    summary.write()


def _reading(results):
    """Say what the tables of the speed show on one thread."""
    ratios = speed.on_one_thread(results)
    longer = [f"{speed.TITLES[name]} {_listed(ratios[name])}" for name in ("pytorch", "scikit_learn") if name in ratios]
    faster = [
        f"{speed.TITLES[name]} {_listed([1 / ratio for ratio in ratios[name]])}" for name in ("tuned", "jax") if name in ratios
    ]
    lines = ["On one thread, from the smallest network to the largest:", ""]
    if longer:
        lines.append(
            f"- Times as long as the package: {'; '.join(longer)}. The package does less around each matrix product; "
            "the larger the products, the smaller the difference."
        )
    if faster:
        lines.append(
            f"- Times as fast as the package: {'; '.join(faster)}. Readable NumPy is close to what NumPy can do: reusing every "
            "array, or compiling a whole epoch, gains no more than that. The package does not trade its clarity for it."
        )
    lines.append(
        f"- The two large products alone would take {_listed(ratios['floor'])} of the package's time (the *share of the floor*); "
        "everything else takes the rest."
    )
    return "\n".join([*lines, "", "NumPy uses no GPU at all."])


def _listed(numbers):
    """Write numbers as in a sentence: ``2.56, 1.86 and 1.30``."""
    *first, last = (f"{number:.2f}" for number in numbers)
    return f"{', '.join(first)} and {last}"


def _machines(machines):
    """Write the machines and versions as a table, a column for each part."""
    whats = dict.fromkeys(what for machine in machines.values() for what in machine)
    rows = [[what, *(machine.get(what) or "not installed" for machine in machines.values())] for what in whats]
    return report.table(["", *machines], rows)
