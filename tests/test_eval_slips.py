"""The questions with slips, and what is said of how they are read."""

from __future__ import annotations

import pytest

from eval.questions import QuestionsError
from eval.slips import HALVES, KINDS, load


def test_the_questions_have_one_slip_each_and_half_of_the_offices_is_set_aside():
    slips = load()
    assert {half: sum(one.half == half for one in slips) for half in HALVES} == {"tuned": 50, "aside": 50, "home": 15}
    assert {one.kind for one in slips} == set(KINDS)
    assert all(one.query != one.right and abs(len(one.query) - len(one.right)) <= 2 for one in slips)


def test_a_line_that_is_at_fault_is_named(tmp_path):
    path = tmp_path / "slips.jsonl"
    path.write_text(
        '{"query": "限够", "right": "限购", "kind": "homophone", "half": "tuned"}\n\n{"query": 1}\n', "utf-8"
    )
    with pytest.raises(QuestionsError, match="第3行"):
        load(path)
