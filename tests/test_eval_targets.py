"""Figures that a document sets are told from others by fitted weights, which are judged on offices left out."""

import json
from collections import Counter

import pytest

from eval import targets
from eval.annotations import CHARGES, load_charges
from eval.questions import QuestionsError
from eval.targets import Example, Examples, fit, left_out, report
from ingest.linear import LinearModel, load_model
from ingest.targets.signs import WEIGHTS


def example(office, is_set, *signs, is_fresh=True):
    return Example(office, signs, is_set, is_set, is_fresh)


EXAMPLES = tuple(
    example(f"{number}局", number % 2 == 0, "给予" if number % 2 == 0 else "方面", "个") for number in range(16)
)


def test_a_sign_of_set_figures_gets_weight_and_one_of_both_gets_next_to_none():
    model = fit(EXAMPLES)
    assert model.weights["给予"] > 0.2 > -0.2 > model.weights["方面"]
    assert abs(model.weights.get("个", 0.0)) < 0.01
    assert model.probability(["给予"]) > 0.5 > model.probability(["方面"])


def test_a_sign_that_one_example_shows_gets_no_weight():
    assert "罕见" not in fit((*EXAMPLES, example("甲局", True, "罕见"))).weights


def test_an_office_is_judged_by_weights_that_have_not_seen_it(monkeypatch):
    seen = []

    def fitted(examples):
        seen.append({one.office for one in examples})
        return LinearModel({}, 0.0)

    monkeypatch.setattr(targets, "fit", fitted)
    own = example(targets.OWN, True, "给予", is_fresh=False)
    assert left_out(Examples((*EXAMPLES, own), 0)) == [0.5] * 17
    assert len(seen) == targets.FOLDS
    assert all(targets.OWN in offices and len(offices) == 15 for offices in seen)


def test_the_report_counts_targets_that_no_quantity_stands_for():
    lines = list(report(Examples(EXAMPLES, 8)))
    assert lines[0].startswith("16 个单位，标注的目标值 16 个，数量词 16 个")
    assert lines[1] == "凡数都算\tF1 0.500\t准确率 0.500\t召回率 0.500"
    assert lines[2] == "只用规则\tF1 0.667\t准确率 1.000\t召回率 0.500"


def test_weights_are_written_in_the_same_bytes_and_read_back(tmp_path):
    path = tmp_path / "weights.json"
    LinearModel({"乙": -0.5, "甲": 1.25}, 0.125).save(path)
    assert path.read_text(encoding="utf-8") == '{\n"bias": 0.125,\n"weights": {\n"乙": -0.5,\n"甲": 1.25\n}\n}\n'
    assert load_model(path) == LinearModel({"乙": -0.5, "甲": 1.25}, 0.125)


def test_weights_that_come_with_the_project_are_rounded_and_none_is_nothing():
    weights = load_model(WEIGHTS).weights
    assert weights["<给予"] > 0
    assert all(value and round(value, 3) == value for value in weights.values())


def test_further_annotations_name_clauses_that_were_read():
    charges = load_charges()
    assert len(charges) == 47
    for one in charges:
        read = {name for name, _, _ in (*one.clauses, *one.rows)}
        assert {name for name, *_ in (*one.targets, *one.units)} <= read


def test_further_annotations_and_tuning_half_share_no_document():
    documents = Counter(
        json.loads(line)["file"]
        for path in (CHARGES, CHARGES.with_name("reading.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    assert set(documents.values()) == {1}


def test_an_annotation_that_cannot_be_read_says_where(tmp_path):
    path = tmp_path / "charges.jsonl"
    path.write_text('{"file": "甲.html"}\n', encoding="utf-8")
    with pytest.raises(QuestionsError, match="标注用不了"):
        load_charges(path)
