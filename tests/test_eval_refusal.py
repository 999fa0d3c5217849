"""Examples of both files, the fit of the model, and the report of refusals."""

from __future__ import annotations

import json

import numpy as np
import pytest

from eval import refusal
from eval.questions import QuestionsError
from eval.refusal import Example, Judged, fit, judge, load_examples, report
from index.search.refusal import FEATURES
from index.search.seen import Judgement

QUESTION = {
    "id": "q1",
    "class": "exact",
    "query": "床位",
    "gold": [{"clause_id": "甲/1", "sentences": []}],
    "split": "test",
}
REFUSAL = {"id": "u1", "kind": "chatter", "query": "你好", "split": "calibration"}


def write(path, *rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def made(number, answerable, chance, features=None, split="calibration"):
    example = Example(f"x{number:03}", "闲聊", "问", answerable, split, file=f"{number % 2}.jsonl")
    return Judged(example, Judgement("found" if chance >= 0.5 else "not_found", chance, features or ()))


def calibration():
    """Two clouds of points; the first measure tells them apart, but for one of each."""
    random = np.random.default_rng(1)
    points = [(answerable, random.normal(size=len(FEATURES)) * 0.3) for answerable in (True, False) for _ in range(60)]
    return [
        made(
            place,
            answerable,
            0.5,
            tuple(float(one) for one in point + (1.0 if answerable else -1.0) * np.eye(len(FEATURES))[0]),
        )
        for place, (answerable, point) in enumerate(points)
    ]


def test_examples_of_all_files(tmp_path):
    questions = write(tmp_path / "q.jsonl", QUESTION)
    refusals = write(tmp_path / "u.jsonl", REFUSAL, {**REFUSAL, "id": "u2", "kind": "answerable"})
    assert load_examples([questions], [refusals]) == (
        Example("q1", "官方原词", "床位", True, "test", file="q.jsonl"),
        Example("u1", "闲聊", "你好", False, "calibration", file="u.jsonl"),
        Example("u2", "有答案", "你好", True, "calibration", file="u.jsonl"),
    )


@pytest.mark.parametrize("row", [{**REFUSAL, "kind": "chat"}, {**REFUSAL, "split": "train"}, {"id": "u1"}, [1]])
def test_a_line_that_cannot_be_used(tmp_path, row):
    questions, refusals = write(tmp_path / "q.jsonl", QUESTION), write(tmp_path / "u.jsonl", REFUSAL, row)
    with pytest.raises(QuestionsError, match=r"u\.jsonl 第2行：这一行用不了（.*kind 可用："):
        load_examples([questions], [refusals])


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(QuestionsError, match=r"u\.jsonl：读不出来"):
        load_examples([write(tmp_path / "q.jsonl", QUESTION)], [tmp_path / "u.jsonl"])


def test_the_data_of_the_project_can_be_read():
    folder = refusal.Path(refusal.__file__).parent / "data"
    examples = load_examples([folder / "questions.jsonl"], [folder / name for name in refusal.FILES])
    more = [example for example in examples if example.id.startswith("m")]
    assert len({example.id for example in examples}) == len(examples)
    assert len({example.query for example in examples}) == len(examples)
    assert {example.split for example in more} == {"calibration"}


def test_every_question_is_put():
    (one,) = judge([Example("u1", "闲聊", "你好", False, "test")], lambda query: Judgement("related", 0.2))
    assert one.judgement == Judgement("related", 0.2)


def test_the_fit_tells_the_clouds_apart_and_repeats_itself():
    fitted = fit(calibration())
    assert fitted == fit(calibration())
    assert tuple(fitted["features"]) == FEATURES
    weights = [entry["weight"] for entry in fitted["features"].values()]
    assert weights[0] > 1 > max(abs(weight) for weight in weights[1:])
    assert 0 < fitted["related"] <= fitted["stated"] <= fitted["careful"] < 1


def test_what_a_reference_settles_is_left_out_of_the_fit():
    assert fit([*calibration(), made(999, True, 1.0)]) == fit(calibration())


def test_a_fit_needs_both_sorts():
    with pytest.raises(ValueError, match="answerable and unanswerable"):
        fit([one for one in calibration() if one.example.answerable])


def test_the_thresholds_keep_their_shares():
    """Of the chances by the other file nine tenths of the unanswerable lie below ``stated``, a twentieth of the others below ``related``."""
    examples = calibration()
    table = np.array([one.judgement.measures for one in examples])
    answered = np.array([float(one.example.answerable) for one in examples])
    files = np.array([one.example.file for one in examples])
    chances = refusal._held_out_chances(table, answered, answered.astype(int), files)
    fitted = fit(examples)
    assert np.mean(chances[answered == 0] < fitted["stated"] + 1e-4) == pytest.approx(0.9, abs=0.02)
    assert fitted["related"] == round(min(fitted["stated"], float(np.quantile(chances[answered == 1], 0.05))), 4)


def test_the_report():
    lines = list(report([made(1, False, 0.1), made(2, False, 0.7), made(3, True, 0.9)], 0.5))
    assert lines[1].split() == ["全部无答案", "2", "50.0", "[0,100]"]
    assert lines[2].split() == ["闲聊", "2", "50.0", "[0,100]"]
    assert lines[3].split() == ["全部有答案", "1", "0.0", "[0,0]"]
    assert "  0.5       50.0     0.0  ←" in lines
    assert "  0.95     100.0   100.0" in lines
