"""Examples of both files, the fit of the model, and the report of refusals."""

from __future__ import annotations

import json

import numpy as np
import pytest

from eval import refusal
from eval.questions import QuestionsError
from eval.refusal import Example, Judged, fit, judge, load_examples, report
from index.search.refusal import FEATURES, model_of
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


def made(number, answerable, chance, features=None, split="calibration", kind="闲聊", size=0):
    example = Example(f"x{number:03}", kind, "问", answerable, split, file=f"{number % 2}.jsonl", size=size)
    return Judged(example, Judgement("found" if chance >= 0.5 else "not_found", chance, features or ()))


def calibration():
    """Three clouds of points: answerable ones, written ones without an answer, and such whose documents are not in the base.

    The first measure tells the written ones apart, but for some of each, the second those whose documents are not there.
    """
    random = np.random.default_rng(1)
    sorts = [(True, 0, (1.0, 1.0)), (False, 0, (-1.0, 1.0)), (False, 5, (0.0, -1.0))]
    return [
        made(
            place,
            answerable,
            0.5,
            tuple((random.normal(size=len(FEATURES)) * 0.5 + np.pad(shift, (0, len(FEATURES) - 2))).tolist()),
            kind="相近话题",
            size=size,
        )
        for place, (answerable, size, shift) in enumerate(sort for sort in sorts for _ in range(60))
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


def weights_of(fitted, part):
    assert tuple(fitted[part]["features"]) == FEATURES
    return [entry["weight"] for entry in fitted[part]["features"].values()]


def test_the_fit_tells_the_clouds_apart_and_repeats_itself():
    fitted = fit(calibration(), {"model": "甲"})
    assert fitted == fit(calibration(), {"model": "甲"})
    assert list(fitted) == ["stated", "related", "careful", "fitted_with"]
    stated, related = weights_of(fitted, "stated"), weights_of(fitted, "related")
    assert stated[0] > 1 > max(abs(weight) for weight in stated[1:])
    assert related[1] > 1 > max(abs(weight) for weight in related[2:])
    assert 0 < fitted["stated"]["threshold"] <= fitted["careful"] < 1
    assert 0 < fitted["related"]["threshold"] < 1
    assert fitted["fitted_with"] == {"model": "甲"}


def test_a_measure_left_out_of_the_fit_weighs_nothing():
    fitted = fit(calibration(), without=[FEATURES[0]])
    assert (weights_of(fitted, "stated")[0], weights_of(fitted, "related")[0]) == (0, 0)
    assert model_of(fitted).stated.weights[0] == 0 != model_of(fitted).related.weights[1]


@pytest.mark.parametrize(
    ("kind", "answerable", "size", "written"),
    [
        ("相近话题", False, 0, True),
        ("未载事实", False, 0, True),
        ("unanswerable", False, 0, True),
        ("别的部门", False, 0, False),
        ("闲聊", False, 0, False),
        ("相近话题", False, 5, False),
        ("有答案", True, 0, False),
    ],
)
def test_which_questions_were_written_near_what_the_base_has(kind, answerable, size, written):
    assert Example("x", kind, "问", answerable, "test", size=size).is_written is written


def test_what_a_reference_settles_is_left_out_of_the_fit():
    assert fit([*calibration(), made(999, True, 1.0)]) == fit(calibration())


def test_a_fit_needs_both_sorts():
    with pytest.raises(ValueError, match="answerable and unanswerable"):
        fit([one for one in calibration() if one.example.answerable])


def test_the_thresholds_keep_their_shares():
    """Of the chances by the other file nine tenths of the written ones lie below ``stated``, and 97 in 100 below ``careful``."""
    examples = calibration()
    _, chances, answered = refusal._fitted([one for one in examples if not one.example.size], ())
    fitted = fit(examples)
    none = chances[answered == 0]
    assert np.mean(none < fitted["stated"]["threshold"]) == pytest.approx(0.9, abs=0.02)
    assert np.mean(none < fitted["careful"]) == pytest.approx(0.97, abs=0.02)


def test_a_twentieth_of_the_answerable_may_be_told_that_there_is_nothing():
    related = [one for one in calibration() if one.example.answerable or one.example.size]
    _, chances, answered = refusal._fitted(related, ())
    below = np.mean(chances[answered == 1] < fit(calibration())["related"]["threshold"])
    assert below == pytest.approx(0.05, abs=0.02)


def test_bases_of_each_size_count_the_same_for_what_may_be_refused():
    """Each of the 16 in the small base weighs 1/32: the first of them is less than a twentieth, the first two are more."""
    few, many = np.arange(1, 17) / 100, np.full(1000, 0.5)
    groups = np.array(["1"] * 16 + ["50"] * 1000)
    assert refusal._quantile(np.concatenate([few, many]), groups, 0.05) == 0.02


def test_the_report():
    lines = list(report([made(1, False, 0.1), made(2, False, 0.7), made(3, True, 0.9)], 0.5))
    assert lines[1].split() == ["全部无答案", "2", "50.0", "[0,100]"]
    assert lines[2].split() == ["闲聊", "2", "50.0", "[0,100]"]
    assert lines[3].split() == ["全部有答案", "1", "0.0", "[0,0]"]
    assert "  0.5       50.0     0.0  ←" in lines
    assert "  0.95     100.0   100.0" in lines
