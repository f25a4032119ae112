"""Notebook 17: the loop over the results of a search."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.engine.task import of_results


def best_so_far(results):
    """Return the settings of the best trial, and the best accuracy after each result (0 while there is none)."""
    best, best_accuracy, curve = None, 0.0, []
    for result in results:
        if result["outcome"] == "done":
            accuracy = result["values"]["validation_accuracy"]
            if best is None or accuracy > best_accuracy:
                best, best_accuracy = result["settings"], accuracy
        curve.append(best_accuracy)
    return best, curve


@of_results
def settings_and_curve(value, results):
    """Both as they are compared: an array counts as a list."""
    settings, curve = value
    return {"settings": settings, "best so far": np.array(curve, float) if np.iterable(curve) else curve}


def arriving(*accuracies):
    """Results as they arrive; a word in place of an accuracy is another outcome than done."""
    return [
        {"number": i, "settings": {"learning_rate": 1 / (i + 1)}, "seconds": 0.1, "attempts": 1}
        | (
            {"outcome": accuracy, "values": {}, "error": "it went wrong"}
            if isinstance(accuracy, str)
            else {"outcome": "done", "values": {"validation_accuracy": accuracy}, "error": ""}
        )
        for i, accuracy in enumerate(accuracies)
    ]


def drawn(rng):
    kinds = ["diverged", "raised", "lost"]
    chances = [
        str(rng.choice(kinds)) if rng.random() < 0.3 else float(rng.integers(10, 99) / 100) for _ in range(rng.integers(1, 12))
    ]
    return (arriving(*chances),)


exercise = Exercise(
    best_so_far,
    notebook="17",
    place="in class",
    view=settings_and_curve,
    asks="the best settings and a list of accuracies",
    cases=[
        Case("three results", arriving(0.5, 0.75, 0.625)),
        Case("one result", arriving(0.25)),
        Case("the first one diverged", arriving("diverged", 0.5, 0.25)),
        Case("some went wrong in between", arriving(0.5, "raised", 0.75, "lost", "diverged", 0.625)),
        Case("better each time", arriving(0.125, 0.25, 0.5, 0.875)),
        Case("the best came first", arriving(0.875, 0.5, 0.25, 0.75)),
        Case("two that are equally good", arriving(0.5, 0.75, 0.75, 0.25)),
        Case("all went wrong", arriving("raised", "diverged")),
        Case("nothing arrived", [], harsh=True),
        Case("no image was read correctly", arriving("diverged", 0.0, 0.0), harsh=True),
    ],
    draw=drawn,
    hints=[
        "Two variables are carried along: the best settings so far, and their accuracy. Which results may change them?",
        'Ask first for `result["outcome"] == "done"`: all others have no accuracy.',
        "Whatever became of the trial, the curve grows by one entry: the best accuracy so far.",
    ],
    praise="One number for each result, and none is below the one before it: a trial that went wrong changes nothing.",
)


def accuracy_of(result):
    return result["values"].get("validation_accuracy", 0.0)


def the_later_one(results):
    """The settings of the best trial, of two that are equally good those of the later one."""
    best, high = None, 0.0
    for result in results:
        if result["outcome"] == "done" and accuracy_of(result) >= high:
            best, high = result["settings"], accuracy_of(result)
    return best


@exercise.mistake("What went wrong has no accuracy", ask="What stands in the values of a trial that diverged?")
def _(results):
    """Every result is asked for its accuracy, and a trial that diverged, raised or was lost has none. One such trial then
    ends the evaluation of all others."""
    best, best_accuracy, curve = None, 0.0, []
    for result in results:
        if result["values"]["validation_accuracy"] > best_accuracy:
            best, best_accuracy = result["settings"], result["values"]["validation_accuracy"]
        curve.append(best_accuracy)
    return best, curve


@exercise.mistake("Each accuracy, not the best so far", ask="Can the best so far become worse?")
def _(results):
    """The curve holds the accuracy of each result. It goes up and down; the best so far never goes down."""
    best, _ = best_so_far(results)
    return best, [accuracy_of(result) for result in results]


@exercise.mistake("What went wrong leaves a gap", ask="How many entries does the curve have, and how many results arrived?")
def _(results):
    """The curve grows only with results that are done. A trial that went wrong took its time too, so it has an entry: the
    best is what it was."""
    return best_so_far(results)[0], best_so_far([result for result in results if result["outcome"] == "done"])[1]


@exercise.mistake(
    "What went wrong leaves a gap, and the later of two equals is kept",
    ask="How many entries does the curve have? And is an accuracy that is equal to the best a new best?",
)
def _(results):
    """The curve grows only with results that are done; but a trial that went wrong has an entry, too. And of two that are equally
    good the later one is kept, where a new best has to be better."""
    return the_later_one(results), best_so_far([result for result in results if result["outcome"] == "done"])[1]


@exercise.mistake("Only where a new best comes", ask="What is the best so far after a result that is worse?")
def _(results):
    """The curve grows only when there is a new best. It needs an entry after each result."""
    best, curve = best_so_far(results)
    return best, [high for high, before in zip(curve, [0.0, *curve], strict=False) if high > before]


@exercise.mistake("The last one, not the best", ask="When should the best settings be replaced?")
def _(results):
    """The settings are those of the last trial that was done, whatever it reached."""
    done = [result["settings"] for result in results if result["outcome"] == "done"]
    return done[-1] if done else None, best_so_far(results)[1]


@exercise.mistake("The last result, even if it went wrong", ask="When should the best settings be replaced?")
def _(results):
    """The settings are those of the last result, even if it went wrong."""
    return results[-1]["settings"] if results else None, best_so_far(results)[1]


@exercise.mistake("The first result, even if it went wrong", ask="When are there best settings for the first time?")
def _(results):
    """The settings are those of the first result, even if it went wrong. The first one that is done may be the best, and a
    better one replaces it."""
    return results[0]["settings"] if results else None, best_so_far(results)[1]


@exercise.mistake("The worst", ask="Is a high accuracy good or bad?")
def _(results):
    """The settings are those with the lowest accuracy. For a loss that would be right."""
    done = [result for result in results if result["outcome"] == "done"]
    lows = np.minimum.accumulate([accuracy_of(result) for result in done]) if done else []
    curve, i = [], 0
    for result in results:
        i += result["outcome"] == "done"
        curve.append(float(lows[i - 1]) if i else 0.0)
    return min(done, key=accuracy_of)["settings"] if done else None, curve


@exercise.mistake("Only the number at the end", ask="What was the best after each of the earlier results?")
def _(results):
    """The second result is one number, the best of all. The exercise asks for the best after each result, a list."""
    best, curve = best_so_far(results)
    return best, curve[-1] if curve else 0.0


@exercise.mistake("the whole result", kind="convention", ask="What would you hand to `train_trial` to train the best once more?")
def _(results):
    """The first thing that comes back is the whole result of the best trial. The exercise asks for its settings."""
    done = [result for result in results if result["outcome"] == "done"]
    return max(done, key=accuracy_of, default=None), best_so_far(results)[1]


@exercise.mistake("the later of two equals", kind="convention", ask="Is an accuracy that is equal to the best a new best?")
def _(results):
    """Of two that are equally good the later one is kept. Here a new best has to be better, so the earlier one stays."""
    return the_later_one(results), best_so_far(results)[1]


@exercise.mistake(
    "an accuracy of 0 is no best", kind="fragile", ask="Is 0 above 0? And how can one ask whether there is a best yet?"
)
def _(results):
    """Nearly everything is right. Where the best of all trials has an accuracy of 0, there are no settings: the first trial that
    is done is the best so far, whatever its accuracy."""
    best, curve = best_so_far(results)
    return best if any(curve) else None, curve


@exercise.mistake("It ends at the first failure", ask="Should the trials after a failed one still be looked at?")
def _(results):
    """What arrives after the first trial that went wrong is never seen, and the curve ends there."""
    kept = []
    for result in results:
        if result["outcome"] != "done":
            break
        kept.append(result)
    return best_so_far(kept)
