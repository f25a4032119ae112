"""Recorded answers of learners: no right one is refused, and most wrong ones get more than a failing case."""

import collections

import pytest
from answers import PATIENCE, answers, count, folder, share_found

from mlp_helpers.check.engine import places

FOUND = 0.9  # of the wrong ones: named, related or placed


@pytest.mark.slow
@pytest.mark.skipif(folder() is None, reason="there are no recorded answers beside the course, in shared/answers")
def test_the_checks_know_what_recorded_answers_do(tmp_path, monkeypatch):
    monkeypatch.setenv("MLP_STATE", str(tmp_path))
    monkeypatch.setattr(places, "SECONDS", PATIENCE)
    told = []
    counts, _ = count(folder(), told.append)
    total = sum(counts.values(), collections.Counter())
    assert sum(total.values()) == len(list(answers(folder()))) > 100
    assert total["refused"] == 0, [each for each in told if each.startswith("refused")]
    assert share_found(total) >= FOUND, [each for each in told if each.startswith("not recognised")]
