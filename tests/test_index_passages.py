"""What a sentence stands under, as models read it and words are counted."""

from __future__ import annotations

from dataclasses import replace

from index_fakes import make_document

from index.search.passages import (
    ClausePassages,
    clause_contexts,
    context,
    outline_of,
    passages_of,
    passages_of_clause,
)

SCORES = make_document(
    None,
    "记分办法",
    {
        "第八条": (("第八条一次记12分",), ("第八条驾驶人有下列行为之一，一次记12分：",)),
        "第八条/（一）": (("第八条一次记12分", "（一）饮酒后驾驶"), ("（一）饮酒后驾驶。", "其中营运的从重。")),
    },
    issuer="乙市公安局",
)


def test_a_sentence_stands_below_issuer_title_and_the_headings_that_it_does_not_hold():
    assert [one.context for one in passages_of([SCORES])] == [
        "乙市公安局 记分办法 第八条一次记12分 第八条驾驶人有下列行为之一，一次记12分：",
        "乙市公安局 记分办法 第八条一次记12分 （一）饮酒后驾驶。",
        "乙市公安局 记分办法 第八条一次记12分 （一）饮酒后驾驶 （一）饮酒后驾驶。 其中营运的从重。",
    ]


def test_a_title_that_names_the_place_needs_no_issuer():
    named = replace(SCORES, metadata=replace(SCORES.metadata, title="乙市记分办法"))
    assert {one.title for one in passages_of([named])} == {"乙市记分办法"}


def test_a_covering_notice_stands_under_its_own_title():
    notice = replace(SCORES.clauses[0], kind="notice")
    metadata = replace(SCORES.metadata, notice_title="乙市公安局关于印发办法的通知")
    document = replace(SCORES, clauses=(notice,), metadata=metadata)
    assert passages_of([document])[0].title == "乙市公安局关于印发办法的通知"


def test_headings_that_are_whole_paragraphs_are_cut():
    long = make_document(None, "乙市办法", {"一": (("长" * 5000,), ("短句。",))})
    assert passages_of([long])[0].context == "甲区民政局 乙市办法 " + "长" * 60 + " 短句。"


def test_a_clause_is_one_text():
    assert list(clause_contexts(SCORES))[1] == "乙市公安局 记分办法 第八条一次记12分 （一）饮酒后驾驶。其中营运的从重。"


def test_nothing_above_a_sentence():
    assert context("短句。", "", "") == "短句。"


def test_passages_of_a_clause_are_made_once():
    made = []

    def load(place):
        made.append(place)
        return passages_of_clause(SCORES, SCORES.clauses[place])

    held = ClausePassages(outline_of(passages_of([SCORES])), load)
    assert [held[2], *held[1:3]] == [*passages_of([SCORES])[2:], *passages_of([SCORES])[1:]]
    assert made == [1]
