"""Measures against values worked out by hand."""

from __future__ import annotations

from math import log2

import numpy as np
import pytest

from eval.measures.metrics import LEVELS, MEASURES, READ, bootstrap, measure, sentence_first, summarise
from eval.records import Gold, Interval, Outcome, Question


def question(id_: str, kind: str = "exact", gold: str = "a", sentence: str = "甲句。") -> Question:
    """A question whose gold clauses are named by single letters, each a part of its own of one document."""
    golds = () if kind == "unanswerable" else tuple(Gold(f"文/{letter}", (sentence,)) for letter in gold)
    return Question(id_, kind, "问", golds, "test")


def outcome(of: Question, ranking: str, sentence: str | None = "甲句。", refused: bool = False) -> Outcome:
    """An outcome whose ranked clauses are named by single letters."""
    return Outcome(of, refused, tuple(f"文/{letter}" for letter in ranking), sentence, read=4 if ranking else None)


def only(of: Outcome) -> dict[str, float]:
    """Measure one outcome."""
    return measure([of])[of.question.id]


def test_first_place() -> None:
    assert only(outcome(question("q"), "abc")) == dict.fromkeys(MEASURES, 1.0) | {"refused": 0.0}


def test_fourth_place() -> None:
    found = only(outcome(question("q"), "wxyab", "丁句。"))
    assert found == {
        "Hit@1": 0.0,
        "Hit@3": 0.0,
        "Hit@5": 1.0,
        "R@10": 1.0,
        "R@100": 1.0,
        "MRR@10": 0.25,
        "nDCG@10": pytest.approx(1 / log2(5)),
        "sentence": 0.0,
        "document@1": 1.0,
        "document@5": 1.0,
        "part@1": 0.0,
        "part@5": 1.0,
        "read@200": 1.0,
        "read@500": 1.0,
        "read@1000": 1.0,
        "order@1": 0.0,
        "order@5": 1.0,
        "refused": 0.0,
    }


def test_two_gold_clauses() -> None:
    """Ideal gain 1 + 1/log2(3); gained 1/log2(3) at place 2 and 1/log2(5) at place 4."""
    found = only(outcome(question("q", gold="ab"), "xbya"))
    assert found["nDCG@10"] == pytest.approx((1 / log2(3) + 1 / log2(5)) / (1 + 1 / log2(3)))
    assert (found["Hit@1"], found["Hit@3"], found["MRR@10"]) == (0.0, 1.0, 0.5)


def test_grades_weigh_in_ndcg_alone() -> None:
    """Gains 1 at place 1 and 3 at place 2, of an ideal 3 and 1; every grade is a hit."""
    graded = Question("q", "exact", "问", (Gold("文/a", (), 3), Gold("文/b", (), 1)), "test")
    found = only(outcome(graded, "ba"))
    assert found["nDCG@10"] == pytest.approx((1 + 3 / log2(3)) / (3 + 1 / log2(3)))
    assert (found["Hit@1"], found["MRR@10"], found["R@10"]) == (1.0, 1.0, 1.0)


def test_eleventh_place_is_out_of_sight() -> None:
    found = only(outcome(question("q"), "bcdefghijka"))
    assert [found[name] for name in ("MRR@10", "nDCG@10", "R@10", "R@100")] == [0.0, 0.0, 0.0, 1.0]


def test_recall_counts_every_gold_clause() -> None:
    found = only(outcome(question("q", gold="ayz"), "abcdefghijz"))
    assert (found["R@10"], found["R@100"]) == (pytest.approx(1 / 3), pytest.approx(2 / 3))


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [
        (("甲/四/1",), (1, 1, 1, 1)),
        (("甲/四/2", "甲/四/1"), (1, 1, 1, 1)),
        (("甲/三/1", "甲/四/1"), (1, 1, 0, 1)),
        (("乙/四/1", "甲/三/1"), (0, 1, 0, 0)),
        (("乙/1", "乙/2", "乙/3", "乙/4", "乙/5", "甲/四/1"), (0, 0, 0, 0)),
        ((), (0, 0, 0, 0)),
    ],
)
def test_the_right_document_and_part(ranking: tuple[str, ...], expected: tuple[int, ...]) -> None:
    asked = Question("q", "exact", "问", (Gold("甲/四/1", ()),), "test")
    found = only(Outcome(asked, False, ranking, None))
    assert tuple(found[name] for name in LEVELS) == expected
    refused = only(Outcome(asked, True, ranking, None))
    assert tuple(refused[name] for name in LEVELS) == (0, 0, 0, 0)


def test_a_chunk_shows_the_parts_that_it_holds() -> None:
    asked = Question("q", "exact", "问", (Gold("甲/四/1", ()),), "test")
    found = only(Outcome(asked, False, ("甲/片段1",), None, parts=(("甲/片段1", "甲/三", "甲/四"),)))
    assert (found["part@1"], found["Hit@1"]) == (1.0, 0.0)


def test_levels_are_not_measured_where_ids_name_no_document() -> None:
    asked = Question("q", "imported", "问", (Gold("a00012", ()),), "test")
    assert only(Outcome(asked, False, ("a00012",), None)).keys().isdisjoint(LEVELS)


@pytest.mark.parametrize(
    ("read", "expected"),
    [(1, (1, 1, 1)), (200, (1, 1, 1)), (201, (0, 1, 1)), (1000, (0, 0, 1)), (1001, (0, 0, 0)), (None, (0, 0, 0))],
)
def test_what_has_been_read_in_time(read: int | None, expected: tuple[int, ...]) -> None:
    given = Outcome(question("q"), False, ("文/b", "文/a"), None, read)
    assert tuple(only(given)[name] for name in READ) == expected
    refused = Outcome(question("q"), True, ("文/b", "文/a"), None, read)
    assert tuple(only(refused)[name] for name in READ) == (0, 0, 0)


def test_by_order_a_refusal_is_judged_by_its_list_and_still_told() -> None:
    given = outcome(question("q"), "a", refused=True)
    assert measure([given], by_order=True)["q"] == dict.fromkeys(MEASURES, 1.0)
    assert (only(given)["Hit@1"], only(given)["order@1"]) == (0.0, 1.0)


@pytest.mark.parametrize("ranking", ["ba", "ab"])
def test_rank_decides_whatever_the_clauses_are_called(ranking: str) -> None:
    """Some providers break ties by document id, upwards or downwards; ranks leave them none."""
    for gold in "ab":
        assert only(outcome(question("q", gold=gold), ranking))["Hit@1"] == float(ranking[0] == gold)


def test_a_question_without_results_counts_as_nought() -> None:
    outcomes = [outcome(question("q1"), "a"), outcome(question("q2"), "", None)]
    values = measure(outcomes)
    assert values["q2"] == dict.fromkeys(MEASURES, 0.0)
    overall = summarise(outcomes, values)[0]
    assert overall.count == 2
    assert [overall.scores[name].value for name in MEASURES] == [0.5] * (len(MEASURES) - 1) + [0.0]


def test_all_questions_without_results() -> None:
    assert only(outcome(question("q"), "", None)) == dict.fromkeys(MEASURES, 0.0)


def test_a_refused_question_counts_as_nought_but_in_the_order_of_what_is_listed() -> None:
    listed = {"order@1": 1.0, "order@5": 1.0, "refused": 1.0}
    assert only(outcome(question("q"), "a", refused=True)) == dict.fromkeys(MEASURES, 0.0) | listed


def test_an_unanswerable_question_has_refusal_only() -> None:
    assert only(outcome(question("q", "unanswerable"), "a", refused=True)) == {"refused": 1.0}
    assert only(outcome(question("q", "unanswerable"), "a")) == {"refused": 0.0}


@pytest.mark.parametrize(
    ("ranking", "sentence", "refused", "expected"),
    [
        ("ab", "甲句。", False, True),
        ("ab", "2、标题。甲句。", False, True),
        ("ab", "甲句", False, False),
        ("xa", "甲句。", False, False),
        ("ab", "甲句。", True, False),
        ("ab", None, False, False),
        ("", None, False, False),
    ],
)
def test_sentence_first(ranking: str, sentence: str | None, refused: bool, expected: bool) -> None:
    assert sentence_first(outcome(question("q"), ranking, sentence, refused)) is expected


def test_a_sentence_must_come_from_the_clause_it_is_gold_for() -> None:
    golds = (Gold("文/a", ("甲句。",)), Gold("文/b", ("乙句。",)))
    assert not sentence_first(outcome(Question("q", "exact", "问", golds, "test"), "b", "甲句。"))


def test_any_sentence_of_a_clause_that_answers_as_a_whole() -> None:
    whole = Question("q", "reference", "问", (Gold("文/a", ()),), "test")
    assert sentence_first(outcome(whole, "a", "随便哪句。"))
    assert not sentence_first(outcome(whole, "b", "随便哪句。"))


def test_a_ranking_names_a_clause_once() -> None:
    with pytest.raises(ValueError, match="question q names a clause twice"):
        only(outcome(question("q"), "aba"))


def test_overall_leaves_out_references_and_the_unanswerable() -> None:
    outcomes = [
        outcome(question("q1", "unanswerable"), "", None, refused=True),
        outcome(question("q2", "reference"), "a"),
        outcome(question("q3", "unit"), "xa", "乙句。"),
        outcome(question("q4", "exact"), "a"),
        outcome(question("q5", "exact"), "", None, refused=True),
    ]
    groups = summarise(outcomes, measure(outcomes))
    assert [(group.group, group.count) for group in groups] == [
        ("overall", 3),
        ("exact", 2),
        ("unit", 1),
        ("reference", 1),
        ("unanswerable", 1),
    ]
    overall = groups[0].scores
    assert overall["Hit@1"].value == pytest.approx(1 / 3)
    assert overall["Hit@3"].value == pytest.approx(2 / 3)
    assert overall["MRR@10"].value == pytest.approx(0.5)
    assert overall["refused"].value == pytest.approx(1 / 3)
    assert groups[3].scores["Hit@1"] == Interval(1.0, 1.0, 1.0)
    assert dict(groups[4].scores) == {"refused": Interval(1.0, 1.0, 1.0)}


def test_without_answerable_questions_there_is_no_overall() -> None:
    outcomes = [outcome(question("q", "unanswerable"), "a")]
    assert [group.group for group in summarise(outcomes, measure(outcomes))] == ["unanswerable"]


def test_bootstrap_agrees_with_the_binomial_distribution() -> None:
    """The mean of 100 resampled zeros and ones, half of each, is Binomial(100, 1/2)/100: quantiles 0.40 and 0.60."""
    values = np.array([[0.0], [1.0]] * 50)
    (interval,) = bootstrap(values)
    assert (interval.value, interval.low, interval.high) == pytest.approx((0.5, 0.40, 0.60), abs=0.005)


def test_bootstrap_is_the_same_every_time_and_shares_its_draws_between_columns() -> None:
    values = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 0.0]])
    first, second = bootstrap(values)
    assert bootstrap(values) == (first, second)
    assert (second.low, second.high) == pytest.approx((1 - first.high, 1 - first.low))
    assert bootstrap(values, seed=1, resamples=10) != bootstrap(values, seed=2, resamples=10)


def test_bootstrap_of_nothing() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        bootstrap(np.empty((0, 1)))
