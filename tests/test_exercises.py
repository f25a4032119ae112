"""Each exercise: its solution, its known mistakes, small changes of the solution, and its place in the notebook."""

import ast
import builtins
import doctest
import functools
import inspect
import pathlib
import re

import nbformat
import numpy as np
import pytest
from mutants import exercises, met, mutants

from mlp_helpers import check
from mlp_helpers.check.engine import task
from mlp_helpers.check.engine.claims import sentences, true_of
from mlp_helpers.check.engine.examine import Verdict, examine
from mlp_helpers.check.engine.feedback import feedback
from mlp_helpers.check.engine.running import many_runs
from mlp_helpers.check.engine.sources import methods_of, parameters
from mlp_helpers.check.engine.surroundings import MEMORY
from mlp_helpers.check.exercises.notebook_10 import shared

ROOT = pathlib.Path(__file__).resolve().parent.parent
FEW = 13  # changed versions of a solution that are all tried; of more, every sixth, and all with --thorough
FIXED = {  # what notebooks that are in use rely on
    "00": [
        "ink(image)",
    ],
    "00b": [
        "row_shares(A)",
        "centre_columns(X)",
        "bills(amounts, prices)",
        "count_above(table, limit)",
        "shortfall(P, y)",
        "brighten(image, amount)",
        "halve_in_place(a)",
        "batches_of(n, size)",
    ],
    "00c": [
        "secant(f, x, nudge)",
        "slope_of_square(x, a, c)",
        "log_of_product(factors)",
        "matrix_product(A, B)",
    ],
    "01": [
        "scale_pixels(images)",
        "flatten(images)",
        "read_header(raw)",
    ],
    "02": [
        "one_hot(labels, n_classes)",
        "decode(Y)",
        "accuracy(predicted, labels)",
        "nearest_mean(means, X)",
    ],
    "03": [
        "linear(X, W, b)",
        "relu(Z)",
        "sigmoid(Z)",
        "collapse(W1, b1, W2, b2)",
    ],
    "04": [
        "softmax(Z)",
        "cross_entropy(P, Y)",
        "mean_squared_error(A, Y)",
        "log_sum_exp(Z)",
    ],
    "05": [
        "numerical_gradient(f, x)",
        "softmax_cross_entropy_backward(P, Y)",
        "descend(gradient, start, learning_rate, steps)",
    ],
    "06": [
        "chain_blame(w, x, b, t)",
        "activation_blame(v1, v2, dz1, dz2)",
        "relu_blame(da, s)",
        "hidden_weight_blame(x, s, v1, v2, dz1, dz2)",
    ],
    "07": [
        "relu_backward(dA, Z)",
        "linear_backward(dZ, X, W)",
        "two_layer_gradients(X, Y, W1, b1, W2, b2)",
    ],
    "08": [
        "sgd_step(parameters, gradients, learning_rate)",
        "initialise(sizes, rng)",
        "minibatches(X, y, batch_size, rng)",
        "train_one_epoch(parameters, X, Y, batch_size, learning_rate, rng)",
        "fit(parameters, train, validation, epochs, batch_size, learning_rate, rng)",
    ],
    "09": [
        "epochs_to_reach(accuracies, target)",
        "diagnose_curves(train_loss, validation_loss)",
    ],
    "10": [f"repaired_{case}(parameters, X, y, learning_rate, rng)" for case in range(1, 6)],
    "11": [
        "ReLU()",
        "Linear(d, h, rng)",
        "SoftmaxCrossEntropy()",
        "MLP(sizes, activation, rng)",
    ],
    "12": [
        "gap_and_decline(train, validation)",
        "sigmoid_mean_squared_error_backward(A, Y)",
        "classic_gradients(X, Y, W1, b1, W2, b2)",
    ],
    "13": [
        "confusion_matrix(labels, predicted, n_classes)",
        "most_confused(counts, n)",
        "standard_error(accuracy, n)",
    ],
    "14": [
        "momentum_step(parameters, gradients, velocity, learning_rate, momentum)",
        "adam_step(parameters, gradients, memory, learning_rate, beta1, beta2, epsilon)",
        "linear_schedule(done, warmup)",
        "nesterov_step(parameters, gradients, velocity, learning_rate, momentum)",
    ],
    "15": [
        "stops_early(losses, patience)",
        "dropout(A, rate, rng)",
        "smooth_labels(Y, amount)",
        "shift(X, down, right)",
        "batch_norm(Z, gamma, beta, epsilon)",
    ],
    "16": [
        "dead_units(A)",
        "expected_calibration_error(P, labels, bins)",
        "with_temperature(Z, T)",
        "step_on_input(X, dX, epsilon)",
    ],
    "17": [
        "sample_settings(space, n, rng)",
        "best_so_far(results)",
        "expected_best(scores, n)",
        "gap_of_the_best(validation, test)",
        "successive_halving(score, n, epochs)",
    ],
    "18": [
        "flops_of_step(n, d, h, k)",
        "product_bytes(n, d, h, size)",
        "attainable(intensity, peak, bandwidth)",
        "softmax_into(Z, out)",
        "faster_step(X, Y, W, longest)",
    ],
    "19": [
        "average_weights(average, parameters, keep)",
        "read_together(P)",
        "read_warped(predict_proba, images, warp, times, rng)",
        "paired_difference(right_a, right_b)",
    ],
    "20": [
        "sum_to_shape(G, shape)",
        "input_blames(operation, G, a, b)",
        "topological_order(record, result)",
        "take_backward(G, A, rows)",
    ],
}
every = pytest.mark.parametrize("exercise", exercises(), ids=lambda exercise: f"{exercise.notebook} {exercise.name}")


@pytest.fixture(autouse=True)
def aside(tmp_path, monkeypatch):
    monkeypatch.setenv("MLP_STATE", str(tmp_path))


@functools.cache
def cells(notebook):
    (path,) = ROOT.glob(f"notebooks/{notebook}_*.ipynb")
    return nbformat.read(path, as_version=4).cells


def stub(exercise):
    """The number of the cell with the stub in the notebook, and its source."""
    found = [
        (i, cell.source)
        for i, cell in enumerate(cells(exercise.notebook))
        if cell.cell_type == "code" and re.search(rf"^(?:def|class) {exercise.name}\b", cell.source, re.MULTILINE)
    ]
    assert len(found) == 1, f"{len(found)} cells define {exercise.name}"
    return found[0]


def function_of(source, name):
    space = {"np": np}
    exec(source, space)
    return space[name]


def test_there_are_enough_exercises_in_the_order_of_the_notebooks():
    assert len(exercises()) >= 66 and {exercise.notebook for exercise in exercises()} == FIXED.keys()
    assert [exercise.notebook for exercise in exercises()] == sorted(exercise.notebook for exercise in exercises())


@pytest.mark.parametrize("notebook", FIXED)
def test_the_exercises_of_a_notebook(notebook):
    of_it = [exercise for exercise in exercises() if exercise.notebook == notebook]
    for exercise, fixed in zip(of_it, FIXED[notebook], strict=True):
        name, asked = re.fullmatch(r"(\w+)\((.*)\)", fixed).groups()
        wanted = asked.split(", ") if asked else []
        assert exercise.name == name and list(inspect.signature(exercise.task.solution).parameters)[: len(wanted)] == wanted
    places = [exercise.place for exercise in of_it]
    assert set(places) <= {"in class", "at home", "starred"}
    few = {
        "00": ["in class"],
        "00b": [*["at home"] * 7, "starred"],
        "00c": [*["at home"] * 3, "starred"],
        "05": ["in class"] * 3,
        "07": ["in class"] * 3,
        "08": ["in class", "at home", *["in class"] * 3],
        "09": ["at home", "in class"],
    }
    if notebook in few:  # to see how it works; optional warm-ups; the core of the course; its starred one is check.challenge
        assert places == few[notebook]
        return
    assert 3 <= len(of_it) <= 5 and 1 <= places.count("in class") <= 2 and places.count("starred") == 1


@every
def test_an_exercise_has_hints_and_known_mistakes(exercise):
    assert len(exercise.hints) >= 2 and exercise.task.praise
    assert len(exercise.task.mistakes) >= 3
    named = {(mistake.title, mistake.message) for mistake in exercise.task.mistakes}
    assert len({title for title, _ in named}) == len(named)
    for mistake in exercise.task.mistakes:
        assert mistake.kind in {"wrong", "fragile", "convention"}
        first = mistake.title.split(" ")[0].strip(",:")
        if mistake.kind == "wrong" and len(first) > 1 and first.isalpha():
            assert not first.islower(), f"{mistake.title!r} is shown as the beginning of a sentence"
        assert mistake.message.endswith((".", ".)")) and mistake.question.endswith("?")


def any_way(*given):
    """A function whose source shows nothing of what it does."""
    return given


@every
def test_a_praise_and_a_title_are_true_of_whatever_behaves_like_this(exercise):
    """Other right answers get the same praise, and other wrong ones the same title: neither may depend on how it was written."""
    praise = exercise.task.praise
    assert set(sentences(praise)) == set(sentences(true_of(any_way, praise)))
    ways = r"\b(the same line|in the same way|this loop|one change|written to|first all|begun anew)\b"
    assert not re.search(ways, praise, re.IGNORECASE)
    for mistake in exercise.task.mistakes:
        assert true_of(any_way, mistake.title) == mistake.title and not re.search(r"\breturns (in|after)\b", mistake.title)
        assert true_of(any_way, mistake.message), f"nothing would be said of {mistake.title!r}"


@every
def test_what_stands_behind_other_words_begins_in_lower_case(exercise):
    for mistake in exercise.task.mistakes:
        first = mistake.title.split()[0].removesuffix("'s")
        if mistake.kind != "wrong" and first not in ("LeCun", "Glorot", "True"):
            assert not re.fullmatch("[A-Z][a-z]+", first), mistake.title


@every
def test_a_case_in_which_a_mistake_is_shown_is_there(exercise):
    shown_in = {mistake.shown_in for mistake in exercise.task.mistakes} - {""}
    assert shown_in <= {case.title for case in exercise.task.cases}


@every
def test_no_part_of_a_result_is_called_like_an_argument(exercise):
    parts = {name for expected in exercise.task.expected if isinstance(expected.result, dict) for name in expected.result}
    assert not parts & set(exercise.task.inputs)


@every
def test_several_results_have_names(exercise):
    assert not any(isinstance(expected.result, tuple) for expected in exercise.task.expected)


@every
def test_the_stub_is_where_it_should_be(exercise):
    number, source = stub(exercise)
    around = cells(exercise.notebook)[number - 1 : number + 2]
    place = {"in class": "in class", "at home": "at home", "starred": "at home, optional challenge ★"}[exercise.place]
    assert f"### Your turn: `{exercise.name}` ({place})" in around[0].source
    assert around[2].source.splitlines()[0] == f"{exercise.name} = check.{exercise.name}.use({exercise.name})"
    written = function_of(source, exercise.name)
    wanted = list(inspect.signature(exercise.task.solution).parameters)
    asked = list(inspect.signature(written).parameters)
    assert asked == wanted[: len(asked)]
    assert all(
        parameter.default is not inspect.Parameter.empty
        for parameter in list(inspect.signature(exercise.task.solution).parameters.values())[len(asked) :]
    )
    for name, method in methods_of(written).items():
        assert parameters(method) == parameters(methods_of(exercise.task.solution)[name])
    told = "\n".join(inspect.getdoc(each) or "" for each in (written, *methods_of(written).values()))
    assert re.search(r"\([^()\n]*\) ?->|\(\w+,\)|\(\w+, \w+\)|number|bytes", told), "the docstring names no shape"


@every
def test_the_stub_counts_as_not_attempted(exercise):
    verdict = exercise.diagnose(function_of(stub(exercise)[1], exercise.name))
    assert (verdict.passed, verdict.misconception, verdict.kind) == (False, None, "not attempted")


@every
def test_the_example_in_the_stub_is_true_of_the_solution(exercise):
    written = function_of(stub(exercise)[1], exercise.name)
    space = {**met(exercise), "np": np, exercise.name: exercise.task.solution}
    example = doctest.DocTestParser().get_doctest(written.__doc__, space, exercise.name, None, 0)
    assert example.examples, "the docstring has no example"
    said = []
    assert doctest.DocTestRunner().run(example, out=said.append).failed == 0, "".join(said)


@pytest.mark.slow
@every
def test_the_solution_raises_nothing_and_warns_of_nothing(exercise):
    rng = np.random.default_rng(2)
    given = [case.arguments for case in exercise.task.cases] + [exercise.task.draw(rng) for _ in range(100)]
    with many_runs(MEMORY) as run:
        outcomes = [exercise.task.run(exercise.task.solution, arguments, 1, run) for arguments in given]
    for outcome in outcomes:
        assert outcome.error is None and not outcome.warned
        assert set(outcome.changed) <= set(exercise.task.changes)


@every
def test_the_solution_passes(exercise):
    assert exercise.diagnose(exercise.task.solution) == Verdict(True, None, "", exercise.task.praise)


@every
def test_the_solution_as_shown_passes_with_what_the_learner_has(exercise):
    space = met(exercise)
    exec(exercise.source(), space)
    assert exercise.diagnose(space[exercise.name]).passed
    assert "@" not in exercise.source().splitlines()[0] and '"""' not in exercise.source()


@every
def test_each_mistake_is_recognised_as_itself(exercise):
    for mistake in exercise.task.mistakes:
        verdict = exercise.diagnose(mistake.function)
        assert (verdict.passed, verdict.misconception, verdict.kind) == (False, mistake.title, mistake.kind), mistake.title
        assert verdict.message and set(sentences(verdict.message)) <= set(sentences(mistake.message))


@pytest.mark.slow
@every
def test_a_changed_solution_is_accepted_only_where_it_does_the_same(exercise, monkeypatch, request):
    monkeypatch.setattr(task, "SECONDS", 1)
    for search, nothing in {"relation": "", "place": None}.items():  # whether it passes is the question
        monkeypatch.setattr(f"mlp_helpers.check.engine.examine.{search}", lambda *given, nothing=nothing: nothing)
    tried, judge = 0, exercise.task

    @functools.cache
    def drawn():
        """Arguments, and what the solution makes of them."""
        rng = np.random.default_rng(1)
        many = [judge.draw(rng) for _ in range(1_000)]
        return many, behaviours(judge.solution, many)

    def behaviours(function, many):
        with many_runs(MEMORY) as run:
            return [judge.behaviour(judge.run(function, arguments, 1, run)) for arguments in many]

    changed = list(mutants(exercise))
    for description, function in changed if request.config.option.thorough or len(changed) < FEW else changed[::6]:
        tried += 1
        verdict = exercise.diagnose(function)
        assert "could not cope" not in verdict.message, description
        if verdict.passed:
            many, ours = drawn()
            assert all(map(judge.alike, behaviours(function, many), ours)), description
    assert tried >= 3


LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)
EITHER_WAY = {"input_blames": "all of them compare `operation` with a text, each with another one"}


def exchanged_branches(exercise):
    """Yield (line, function) for each two neighbours in a chain of questions that have changed places."""
    source = exercise.source()
    for number in range(len(list(ast.walk(ast.parse(source))))):
        for field in ("body", "orelse"):
            tree = ast.parse(source)
            block = getattr(list(ast.walk(tree))[number], field, None)
            for i in range(len(block) - 1 if isinstance(block, list) else 0):
                tree = ast.parse(source)
                block = getattr(list(ast.walk(tree))[number], field)
                if all(
                    isinstance(each, ast.If) and isinstance(each.body[-1], LEAVES) and not each.orelse
                    for each in block[i : i + 2]
                ):
                    block[i], block[i + 1] = block[i + 1], block[i]
                    yield block[i + 1].lineno, made_of(exercise, tree)
        tree = ast.parse(source)
        node = list(ast.walk(tree))[number]
        other = node.orelse if isinstance(node, (ast.If, ast.IfExp)) else None
        (other,) = other if isinstance(other, list) and len(other) == 1 else (other,)
        if isinstance(other, type(node)):
            node.test, node.body, other.test, other.body = other.test, other.body, node.test, node.body
            yield node.lineno, made_of(exercise, tree)


def made_of(exercise, tree):
    space = {**met(exercise), "np": np}
    exec(compile(ast.fix_missing_locations(tree), f"<{exercise.name}, exchanged>", "exec"), space)
    return space[exercise.name]


@every
def test_a_case_notices_when_two_questions_change_places(exercise):
    for line, function in exchanged_branches(exercise):
        assert exercise.diagnose(function).passed == (exercise.name in EITHER_WAY), line


def test_chains_of_questions_are_found():
    assert [line for line, _ in exchanged_branches(check.diagnose_curves)] == [3, 5, 7]
    assert all(any(exchanged_branches(check.EXERCISES[name])) for name in EITHER_WAY)


def test_there_are_enough_changed_solutions():
    assert sum(1 for exercise in exercises() for _ in mutants(exercise)) >= 200


@every
def test_an_unknown_mistake_still_shows_the_failing_case(exercise, monkeypatch):
    monkeypatch.setattr("mlp_helpers.check.engine.places.CHANGES", 20)  # tests/test_places.py tries more

    def stranger(*arguments):
        for i in exercise.task.changes:
            if isinstance(arguments[i], np.ndarray):
                arguments[i][...] = 77
        return np.full((7, 3, 2), 0.123)

    finding = examine(exercise.task, stranger)
    assert not finding.verdict.passed
    assert finding.verdict.misconception not in {mistake.title for mistake in exercise.task.mistakes}
    text = feedback(exercise.name, finding).text()
    assert "case" in text and "yours" in text and "expected" in text


def test_solutions_use_only_what_the_learner_has():
    """What a solution calls is NumPy, Python, a parameter, or a function of an earlier cell or exercise."""
    known = {"loss_and_gradients", "evaluate"}  # cells of notebook 08
    for exercise in exercises():
        nodes = list(ast.walk(ast.parse(exercise.source())))
        names = [node for node in nodes if isinstance(node, ast.Name)]
        own = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        own |= {node.arg for node in nodes if isinstance(node, ast.arg)}
        unknown = {node.id for node in names} - own - {"np"} - known - set(dir(builtins))
        assert not unknown, f"{exercise.name} uses {unknown}"
        known.add(exercise.name)


@pytest.mark.parametrize("exercise", [each for each in exercises() if each.notebook == "10"], ids=lambda exercise: exercise.name)
def test_what_a_case_hands_out_is_known_as_it_was_found(exercise):
    suspect = exercise.name.replace("repaired", "suspect")
    (source,) = (cell.source for cell in cells("10") if cell.source.startswith(f"def {suspect}("))
    space = {**met(exercise), "np": np}
    exec(source, space)
    verdict = exercise.diagnose(space[suspect])
    assert (verdict.passed, verdict.misconception, verdict.place) == (False, "As it was found", None)
    assert suspect in verdict.message


def log_softmax(Z):
    S = Z - Z.max(axis=1, keepdims=True)
    return np.exp(S - np.log(np.exp(S).sum(axis=1, keepdims=True)))


@pytest.mark.parametrize("probabilities", [log_softmax, lambda Z: log_softmax(Z.astype(np.longdouble))], ids=["log", "wide"])
def test_a_right_softmax_that_rounds_otherwise_repairs_case_3(probabilities):
    def another_way(parameters, X, y, learning_rate, rng):
        return shared.epoch(parameters, X, y, learning_rate, rng, probabilities=probabilities)

    assert check.repaired_3.diagnose(another_way).passed


def test_what_begins_with_the_name_of_a_parameter_keeps_its_small_letter(monkeypatch):
    monkeypatch.setattr("mlp_helpers.check.engine.examine.place", lambda *given: None)

    def only_b1_stays(parameters, X, y, learning_rate, rng):
        b1 = parameters["b1"].copy()
        loss = shared.epoch(parameters, X, y, learning_rate, rng)
        parameters["b1"][:] = b1
        return loss

    verdict = check.repaired_2.diagnose(only_b1_stays)
    assert verdict.message.startswith("b1: movement") and verdict.relation.startswith("b1: movement")
