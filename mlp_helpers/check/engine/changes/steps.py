"""Small changes of an expression: one step more, or one more operand.

In a step ``_x_`` stands for the expression, and ``_y_`` for a name.
"""

from .trees import filled, named

STEP, OPERAND = 3, 4  # how large these changes are
ALONE = [
    "1 - _x_", "1 / _x_", "_x_ + 1", "_x_ - 1", "2 * _x_", "_x_ / 2", "_x_ ** 2", "_x_ / len(_x_)", "_x_ / 255", "_x_ + 1e-12",
    "np.exp(_x_)", "np.log(_x_)", "np.sqrt(_x_)", "np.abs(_x_)", "np.maximum(_x_, 0)", "_x_ > 0", "len(_x_)", "range(_x_)",
    "_x_.mean()", "_x_.sum()", "_x_.max()", "_x_.sum(axis=0)", "_x_.sum(axis=1)", "_x_.mean(axis=0)", "_x_.argmax(axis=1)",
    "_x_.sum(axis=1, keepdims=True)", "_x_ - _x_.max(axis=1, keepdims=True)", "_x_ - _x_.mean(axis=0)",
    "_x_[0]", "_x_[-1]", "_x_[1:]", "_x_[:-1]", "_x_[:, None]", "_x_[::-1]", "_x_.ravel()", "_x_.copy()", "np.array(_x_)",
    "_x_.astype(float)", "float(_x_)", "int(_x_)", "sorted(_x_)", "np.round(_x_)", "enumerate(_x_)", "list(_x_)",
]  # fmt: skip
INDICES = ["_x_[_y_]", "_y_[_x_]"]
OPERANDS = ["_x_ * _y_", "_x_ / _y_", "_x_ + _y_", "_x_ - _y_", "_y_ - _x_"]
SIZES = ["_x_ / len(_y_)", "_x_ * len(_y_)", "_x_ / _y_.shape[1]", "_x_ * (_y_ > 0)"]  # with an argument
STEPS = [*ALONE, *INDICES, *OPERANDS, *SIZES]


def with_a_step_more(place, words, steps):
    for step in filter(steps.__contains__, ALONE):
        yield STEP, "is a step missing at {it}?", place.holding(filled(step, place.node))


def with_an_index_more(place, words, steps):
    for name in words.names:
        for step in filter(steps.__contains__, INDICES):
            yield STEP, "is a step missing at {it}?", place.holding(filled(step, place.node, named(name)))


def with_an_operand_more(place, words, steps):
    for names, forms in ((words.names, OPERANDS), (words.arguments, SIZES)):
        for name in names:
            for step in filter(steps.__contains__, forms):
                yield OPERAND, "is something missing at {it}?", place.holding(filled(step, place.node, named(name)))
