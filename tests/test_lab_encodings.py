"""The label-encoding explorer: distances, what lies between, and that its controls reach the chart."""

import itertools
import json

import numpy as np
import pytest

from mlp_helpers.labs.chart import CIVIDIS, picture, shades
from mlp_helpers.labs.encodings import CODES, TABLES, between, describe, distances, lab


def test_codes_and_distances_by_hand():
    assert CODES["binary codes"][[4, 6, 9]].tolist() == [[0, 1, 0, 0], [0, 1, 1, 0], [1, 0, 0, 1]]
    assert distances(np.array([[0.0, 0.0], [3.0, 4.0]])).tolist() == [[0, 5], [5, 0]]
    assert [TABLES[name][4, 9] for name in CODES] == pytest.approx([5, np.sqrt(3), np.sqrt(2)])
    assert [TABLES[name][7, 8] for name in CODES] == pytest.approx([1, 2, np.sqrt(2)])
    assert {name: table.max().round(2) for name, table in TABLES.items()} == pytest.approx(
        {"numbers": 9, "binary codes": 2, "one-hot": 1.41}
    )


@pytest.mark.parametrize(
    "pair, numbers, binary",
    [
        ((4, 9), [6, 7], [0, 1, 4, 5, 8, 9, 12, 13]),  # 0100 and 1001: the 2 is certain to be missing
        ((4, 6), [5], [4, 6]),
        ((7, 8), [7, 8], list(range(16))),
        ((0, 9), [4, 5], [0, 1, 8, 9]),
        ((5, 5), [5], [5]),
    ],
)
def test_what_lies_between_two_digits(pair, numbers, binary):
    assert between(*pair, "numbers")[1] == numbers
    assert sorted(between(*pair, "binary codes")[1]) == binary
    assert between(*pair, "one-hot")[1] == sorted(set(pair))


def test_the_answers_are_those_of_a_hair_more_or_less():
    """What notebook 02 reads from rows near the middle: rounded, bits above one half, the largest column."""
    rng = np.random.default_rng(0)
    read = {
        "numbers": lambda row: int(row[0].round()),
        "binary codes": lambda row: int((row > 0.5) @ [8, 4, 2, 1]),
        "one-hot": lambda row: int(row.argmax()),
    }
    for (first, second), name in itertools.product(itertools.combinations(range(10), 2), CODES):
        middle, answers = between(first, second, name)
        assert np.allclose(middle, (CODES[name][first] + CODES[name][second]) / 2)
        seen = {read[name](middle + 1e-3 * rng.standard_normal(len(middle))) for _ in range(200)}
        assert seen == set(answers)


@pytest.mark.parametrize("encoding", CODES)
def test_every_pair_of_digits(encoding):
    for first, second in itertools.product(range(10), range(10)):
        spec = describe(first, second, encoding)
        assert len(json.dumps(spec, allow_nan=False)) < 40_000
        *_, compare, table = spec["panes"]
        assert compare["series"][0]["y"] == pytest.approx([name[first, second] for name in TABLES.values()], rel=1e-5)
        assert len([s for s in table["series"] if s["kind"] == "text"]) == 100
        frames = [s for s in table["series"] if s["kind"] == "line" and s["color"] == "white"]
        assert len(frames) == (1 if first == second else 2)
        assert {(round(np.mean(s["y"][:4])), round(np.mean(s["x"][:4]))) for s in frames} == {(first, second), (second, first)}


def test_shades_run_from_dark_blue_to_yellow():
    assert shades(np.array([[0, 0.5], [1, 2]])).tolist() == [[[*CIVIDIS[0]], [*CIVIDIS[4]]], [[*CIVIDIS[-1]], [*CIVIDIS[-1]]]]


def test_the_words():
    words = describe(4, 9, "numbers")["words"]
    assert words.startswith("4 and 9 are 5 apart as numbers, 1.73 as binary codes, and 1.41 one-hot")
    assert "the answer is 6.5, rounded to 6 or 7, which nobody suggested" in words
    assert "3 of 4 bits are undecided, and 8 codes are possible, 2 of them no digit" in words
    assert "the answer is 5, which nobody suggested" in describe(4, 6, "one-hot")["words"]
    assert "1 of 4 bits is undecided, and 2 codes are possible;" in describe(6, 4, "one-hot")["words"]
    assert "nobody suggested" not in describe(7, 8, "numbers")["words"]
    assert "column 4 and one half in column 9" in describe(9, 4, "numbers")["words"]
    assert describe(3, 3, "numbers")["words"].startswith("The same digit twice")


def test_the_controls_reach_the_chart():
    explorer = lab()
    assert explorer.settings == {"first": 4, "second": 9, "encoding": "numbers"}
    for name, value in {"first": 7, "second": 8, "encoding": "binary codes"}.items():
        explorer.controls[name].value = value
    assert explorer.chart.spec["words"] == describe(7, 8, "binary codes")["words"]
    assert explorer.chart.spec["panes"][-1]["title"] == "all distances: binary codes"
    picture(explorer.chart.spec)
