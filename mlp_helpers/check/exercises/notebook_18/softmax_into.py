"""Notebook 18: a softmax that makes no new table."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def softmax_into(Z, out):
    """Write the softmax of each row of Z into out, which has the same shape, and return out."""
    np.subtract(Z, Z.max(axis=1, keepdims=True), out=out)
    np.exp(out, out=out)
    out /= out.sum(axis=1, keepdims=True)
    return out


def written(value, Z, out):
    """What was returned, and what stands in out after the call."""
    return {"returned": value, "what is in out": out}


def scores(rng):
    shape = tuple(int(size) for size in rng.integers(1, 6, 2))
    return rng.normal(0, 3, shape), np.full(shape, np.nan)


def table(*shape):
    return np.full(shape, 7.0)


exercise = Exercise(
    softmax_into,
    notebook="18",
    place="starred",
    view=written,
    changes=(1,),
    quiet=True,
    cases=[
        Case("one row of two", np.array([[0.0, np.log(3.0)]]), table(1, 2)),
        Case("two rows of three", np.array([[1.0, 2.0, 3.0], [1.0, 1.0, 1.0]]), table(2, 3)),
        Case("as many rows as classes", np.array([[1.0, -2.0, 0.5], [0.0, 4.0, 1.0], [2.0, 2.0, -1.0]]), table(3, 3)),
        Case("one class", np.array([[5.0], [-2.0]]), table(2, 1)),
        Case("large scores", np.array([[1000.0, 1001.0], [-1000.0, 0.0]]), table(2, 2), harsh=True),
    ],
    draw=scores,
    hints=[
        "NumPy's functions take an argument `out`: where to write. `np.exp(Z, out=out)` makes no new table.",
        "Three steps: subtract each row's largest score into `out`, replace `out` with its exponentials, divide `out` by its row "
        "sums in place. The largest scores and the sums are columns, and may be new.",
        "`np.subtract(Z, Z.max(axis=1, keepdims=True), out=out)`, `np.exp(out, out=out)`, `out /= …`, and `return out`.",
    ],
    praise="The probabilities stand in the table that was given, and Z is as it was.",
)


@exercise.mistake("A new table", ask="What stands in `out` after the call?")
def _(Z, out):
    """The probabilities are right, but they came in a table of their own: nothing was written into `out`."""
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@exercise.mistake("The name, not the table", ask="Does `out = …` write into a table, or does it give its name to another one?")
def _(Z, out):
    """The exponentials stand in `out`, but the last step went elsewhere: what came back is right, and `out` holds what it held
    before that step."""
    np.subtract(Z, Z.max(axis=1, keepdims=True), out=out)
    np.exp(out, out=out)
    out = out / out.sum(axis=1, keepdims=True)
    return out


@exercise.mistake("Written over Z", ask="Does whoever called the function still have the scores?")
def _(Z, out):
    """The scores themselves were written over. There is a table to write into: `out`."""
    Z -= Z.max(axis=1, keepdims=True)
    np.exp(Z, out=Z)
    Z /= Z.sum(axis=1, keepdims=True)
    out[...] = Z
    return out


@exercise.mistake("Nothing comes back", ask="Which line hands the table to the caller?")
def _(Z, out):
    """What stands in `out` is right, but None came back."""
    softmax_into(Z, out)


@exercise.mistake("Columns that sum to 1", ask="Along which axis do the scores of one image lie?")
def _(Z, out):
    """Each column sums to 1, where each row should."""
    out[...] = np.exp(Z - Z.max(axis=0))
    out /= out.sum(axis=0)
    return out


@exercise.mistake("One sum for all", ask="Over which entries does one image's sum go?")
def _(Z, out):
    """The whole table sums to 1, where each row should."""
    out[...] = np.exp(Z - Z.max(axis=1, keepdims=True))
    out /= np.exp(Z - Z.max(axis=1, keepdims=True)).sum()
    return out


@exercise.mistake("without the shift", kind="fragile", ask="What does exp make of a score of 1000?")
def _(Z, out):
    """Nothing was subtracted before the exponential. The result is right for these scores, but it breaks where
    scores are in the hundreds: exp overflows."""
    np.exp(Z, out=out)
    out /= out.sum(axis=1, keepdims=True)
    return out
