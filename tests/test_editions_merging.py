"""A learner's cells and a newer lesson: no line of the learner's is lost, and all that is new arrives."""

import copy
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp_helpers.editions.lessons import MARK, fingerprint, source_of, unmarked
from mlp_helpers.editions.merging import NEW, merged

FUZZ = int(os.environ.get("FUZZ", "1"))
NAMES = [f"04-{number:02}" for number in range(8)]


def cell(name, source, kind="code"):
    return {"cell_type": kind, "id": name, "metadata": {}, "source": source}


def lesson_of(*names, **changed):
    """A lesson whose cells say their names, but where ``c04_02="…"`` says otherwise."""
    return [cell(name, changed.get("c" + name.replace("-", "_"), f"print('{name}')")) for name in names]


def handed(lesson):
    return merged([], {}, lesson)


def texts(cells):
    return [source_of(cell) for cell in cells]


def names(cells):
    return [cell["id"] for cell in cells]


def edited(cells, **changed):
    """The cells, those named with another source."""
    return [{**each, "source": changed.get("c" + each["id"].replace("-", "_"), each["source"])} for each in cells]


# --- one thing at a time ----------------------------------------------------------------------------------------------


def test_without_a_copy_it_is_the_lesson():
    cells, record = handed(lesson_of(*NAMES))
    assert cells == lesson_of(*NAMES)
    assert record == {each["id"]: fingerprint(each) for each in cells}


def test_what_only_the_lesson_changed_is_brought_up_to_date_but_the_view_of_the_cell_stays():
    mine, record = handed(lesson_of(*NAMES))
    mine[2] = {**mine[2], "metadata": {"collapsed": True}, "outputs": ["old"]}
    mine[3] = {**mine[3], "outputs": ["mine"], "execution_count": 7}
    cells, _ = merged(mine, record, lesson_of(*NAMES, c04_02="new"))
    assert cells[2] == {**cell("04-02", "new"), "metadata": {"collapsed": True}}
    assert cells[3] is mine[3]


def test_what_only_the_learner_changed_stays():
    mine, record = handed(lesson_of(*NAMES))
    mine = edited(mine, c04_02="mine")
    assert merged(mine, record, lesson_of(*NAMES)) == (mine, record)


def test_what_both_changed_stands_side_by_side_and_the_learners_runs_last():
    mine, record = handed(lesson_of(*NAMES))
    mine = edited(mine, c04_02="mine")
    new = lesson_of(*NAMES, c04_02="new")
    cells, record = merged(mine, record, new)
    assert names(cells) == [*NAMES[:2], "04-02" + NEW, *NAMES[2:]]
    assert texts(cells)[2:4] == [f"{MARK['code']}\n\nnew", "mine"]
    assert merged(cells, record, new) == (cells, record)
    again = lesson_of(*NAMES, c04_02="newest")
    cells, record = merged(cells, record, again)
    assert texts(cells)[2:4] == [f"{MARK['code']}\n\nnewest", "mine"]
    cells, record = merged(edited(cells, **{"c04_02_new": "also mine"}), record, lesson_of(*NAMES, c04_02="last"))
    assert texts(cells)[2:5] == [f"{MARK['code']}\n\nlast", "also mine", "mine"]


def both_changed():
    mine, record = handed(lesson_of(*NAMES))
    return merged(edited(mine, c04_02="mine"), record, lesson_of(*NAMES, c04_02="new"))


def test_of_two_versions_the_learner_may_delete_the_new_one():
    cells, record = both_changed()
    del cells[2]
    for text in ("new", "new", "newest"):
        cells, record = merged(cells, record, lesson_of(*NAMES, c04_02=text))
        assert ("mine" in texts(cells)) and (names(cells) == NAMES) == (text == "new")


def test_of_two_versions_the_learner_may_delete_their_own():
    cells, record = both_changed()
    del cells[3]
    cells, record = merged(cells, record, lesson_of(*NAMES, c04_02="new"))
    assert names(cells) == NAMES and texts(cells)[2] == "new"
    cells, record = merged(cells, record, lesson_of(*NAMES, c04_02="newest"))
    assert names(cells) == NAMES and texts(cells)[2] == "newest"


def test_of_three_versions_the_learner_may_delete_the_one_in_the_middle():
    cells, record = both_changed()
    lesson = lesson_of(*NAMES, c04_02="newest")
    cells, record = merged(edited(cells, c04_02_new="also mine"), record, lesson)
    assert texts(cells)[2:5] == [f"{MARK['code']}\n\nnewest", "also mine", "mine"]
    del cells[3]
    cells, record = merged(cells, record, lesson)
    assert names(cells)[2:4] == ["04-02" + NEW, "04-02"] and texts(cells)[2:4] == [f"{MARK['code']}\n\nnewest", "mine"]
    cells, record = merged(cells, record, lesson_of(*NAMES, c04_02="last"))
    assert texts(cells)[2:4] == [f"{MARK['code']}\n\nlast", "mine"]


def test_of_two_versions_the_learner_may_make_one():
    cells, record = both_changed()
    cells, record = merged(edited(cells, c04_02="new"), record, lesson_of(*NAMES, c04_02="new"))
    assert names(cells) == NAMES and texts(cells)[2] == "new"


def test_a_deleted_cell_stays_deleted_also_when_it_is_changed_later():
    mine, record = handed(lesson_of(*NAMES))
    del mine[2]
    for text in ("print('04-02')", "new"):
        mine, record = merged(mine, record, lesson_of(*NAMES, c04_02=text))
        assert names(mine) == NAMES[:2] + NAMES[3:]


def test_what_the_lesson_drops_goes_but_not_what_the_learner_made_of_it():
    mine, record = handed(lesson_of(*NAMES))
    cells, _ = merged(edited(mine, c04_02="mine"), record, lesson_of(*NAMES[:2], *NAMES[4:]))
    assert names(cells) == [*NAMES[:3], *NAMES[4:]]


def test_cells_of_the_learner_follow_the_cell_that_they_followed():
    mine, record = handed(lesson_of(*NAMES[:4]))
    mine = [cell("first", "a"), *mine[:2], cell("mine", "b"), cell("too", "c"), *mine[2:], cell("last", "d")]
    new = lesson_of("04-04", "04-02", "04-03", "04-00", "04-01", "04-05")
    cells, _ = merged(mine, record, new)
    assert names(cells) == ["first", "04-04", "04-02", "04-03", "last", "04-00", "04-01", "mine", "too", "04-05"]


def test_a_cell_that_the_learner_moved_stays_where_it_is():
    mine, record = handed(lesson_of(*NAMES[:5]))
    mine = [mine[3], mine[0], mine[1], mine[2], mine[4]]
    cells, _ = merged(mine, record, lesson_of(*NAMES[:5], "04-05", c04_03="new"))
    assert names(cells) == ["04-03", "04-00", "04-01", "04-02", "04-04", "04-05"] and texts(cells)[0] == "new"


def test_a_cell_that_lost_its_id_when_it_was_cut_and_pasted_is_known_by_its_text():
    mine, record = handed(lesson_of(*NAMES[:4]))
    mine = [{**mine[1], "id": "pasted"}, mine[0], mine[2], {each: mine[3][each] for each in ("cell_type", "metadata", "source")}]
    cells, _ = merged(mine, record, lesson_of(*NAMES[:4], c04_01="new", c04_03="newest"))
    assert names(cells) == ["04-01", "04-00", "04-02", "04-03"] and texts(cells)[::3] == ["new", "newest"]


def test_a_cell_that_a_newer_lesson_says_in_the_same_words_is_the_lessons_from_then_on():
    mine, record = handed(lesson_of(*NAMES[:3]))
    mine = [mine[0], mine[2], cell("own", "new")]
    lesson = lesson_of(*NAMES[:3], c04_01="new")
    cells, record = merged(mine, record, lesson)
    assert names(cells) == ["04-00", "04-02", "04-01"] and merged(cells, record, lesson) == (cells, record)


def test_of_two_cells_with_one_id_the_first_keeps_it_and_the_second_stays_too():
    mine, record = handed(lesson_of(*NAMES[:2]))
    mine.append({**mine[1], "source": "mine"})
    cells, _ = merged(mine, record, lesson_of(*NAMES[:2], c04_01="new"))
    assert texts(cells) == ["print('04-00')", "new", "mine"] and len(set(names(cells))) == 3


def test_where_it_is_not_known_what_was_handed_out_everything_is_kept_and_everything_arrives():
    mine = edited(lesson_of("04-02", "04-00", "04-01"), c04_00="mine or of an older lesson")
    cells, record = merged(mine, {}, lesson_of("04-00", "04-01", "04-02", "04-03"))
    assert texts(cells)[-1] == "print('04-03')" and "mine or of an older lesson" in texts(cells)
    assert [name for name in names(cells) if name in names(mine)] == names(mine)
    assert merged(cells, record, lesson_of("04-00", "04-01", "04-02", "04-03")) == (cells, record)


# --- everything at once, over and over --------------------------------------------------------------------------------


def lesson_from(numbers):
    """A version of the lesson: for each number a cell, of one of eight names, four texts and two kinds."""
    return [cell(NAMES[n % 8], f"{NAMES[n % 8]} says\n{'abcd'[n // 8 % 4]}", ["code", "markdown"][n // 32]) for n in numbers]


ACTIONS = ["change", "add", "delete", "move", "copy", "paste", "lose id"]
LESSONS = st.lists(st.integers(0, 63), min_size=1, unique_by=lambda n: n % 8).map(lesson_from)  # one number a cell: drawn fast
STEPS = st.lists(st.integers(0, 7 * 50 * 50 - 1), max_size=6).map(
    lambda numbers: [(ACTIONS[n % 7], n // 7 % 50, n // 350) for n in numbers]
)


def worked_on(cells, steps, mine):
    """What a learner makes of their cells; ``mine`` gets each text of theirs."""
    cells = copy.deepcopy(cells)
    for what, one, other in steps:
        place = one % len(cells) if cells else 0
        if what == "add" or not cells:
            mine.append(f"added {len(mine)}")
            cells.insert(other % (len(cells) + 1), cell(f"own-{len(mine)}", mine[-1]))
        elif what == "change":
            mine.append(f"{source_of(cells[place])}\nchanged {len(mine)}")
            if source_of(cells[place]) in mine:
                mine.remove(source_of(cells[place]))
            cells[place]["source"] = mine[-1]
        elif what == "delete":
            gone = source_of(cells.pop(place))
            if gone in mine:
                mine.remove(gone)
        elif what == "move":
            cells.insert(other % len(cells), cells.pop(place))
        elif what in ("copy", "paste"):
            again = copy.deepcopy(cells[place])
            if what == "paste":
                again["id"] = f"pasted-{one}-{other}"
            mine += [source_of(again)] * (source_of(again) in mine)
            cells.insert(other % (len(cells) + 1), again)
        else:
            cells[place].pop("id", None)
    return cells


@settings(max_examples=200 * FUZZ)
@given(st.lists(st.tuples(LESSONS, STEPS), min_size=2, max_size=5))
def test_through_any_number_of_updates_nothing_is_lost_and_all_that_is_new_arrives(rounds):
    cells, record, mine = [], {}, []
    for lesson, steps in rounds:
        worked = worked_on(cells, steps, mine)
        before = copy.deepcopy((worked, record))
        cells, after = merged(worked, record, lesson)
        assert (worked, record) == before, "what was handed in was changed"
        assert len(set(names(cells))) == len(cells)
        here = texts(map(unmarked, cells))
        assert {source_of(unmarked({"source": text})) for text in mine} <= set(here)
        deleted = record.keys() - {each.get("id") for each in worked} - set(names(cells))
        for new in lesson:
            handed_out_before = [value for name, value in record.items() if name.startswith(new["id"])]
            arrived = source_of(new) in here or fingerprint(new) in handed_out_before
            assert arrived or new["id"] in deleted, f"{new['id']} has not arrived"
        twice = merged(cells, after, lesson)
        assert twice == (cells, after), "a second update changes something"
        record = after


@given(LESSONS, STEPS)
def test_while_the_lesson_stays_as_it_is_so_does_the_copy_to_the_order_of_its_cells(lesson, steps):
    cells, record = handed(lesson)
    steps = [step for step in steps if step[0] not in ("copy", "paste", "lose id")]
    mine = worked_on(cells, steps, [])
    assert merged(mine, record, lesson) == (mine, record)


@pytest.mark.parametrize("number", [3000])
def test_a_very_long_notebook_takes_no_time(number):
    lesson = [cell(f"04-{place:08x}", f"print({place})") for place in range(number)]
    cells, record = handed(lesson)
    cells.reverse()
    assert len(merged(cells, record, [*lesson[::2], cell("04-new1", "new")])[0]) == number // 2 + 1
