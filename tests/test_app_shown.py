"""What the templates show of answers and clauses: words, groups and runs of text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.showing import shown
from index.answer_output import answer_text
from index.records import Answer, Charge, Comparison, CrossReference, Hit, Query, Statement
from index.wording import named
from ingest.records import Clause, Metadata, Sentence, Span, Target, Unit

DOCUMENT = Metadata("甲发〔2024〕1号", "甲方案")
OTHER = Metadata(None, "乙通知")


def sentence(text: str, start: int, *pages: int, doubtful: bool = False) -> Sentence:
    return Sentence(text, start, start + len(text), Span(start, start + len(text)), pages, (), doubtful)


TEXT = "一、做甲。二、做乙。三、做丙。"
SENTENCES = (sentence("一、做甲。", 0, 3), sentence("二、做乙。", 5, 3, 4), sentence("三、做丙。", 10, 0))
CLAUSE = Clause(
    "甲发〔2024〕1号/一", "clause", ("一、总则", "（一）甲"), TEXT, TEXT, Span(0, 15), (3, 4), "《甲方案》（甲发〔2024〕1号）第一部分", SENTENCES
)  # fmt: skip
HIT = Hit(1, 1.0, ("lexical",), CLAUSE, (SENTENCES[1],), DOCUMENT)
ROW = replace(CLAUSE, cells=(("序号", "1"), ("指标", "床位")))
TARGET = Target("床位", "=", "3", "张", "床位3张", 0, 4)
STATED = Statement(TARGET, CLAUSE.clause_id, CLAUSE.citation, 3, "床位3张。", DOCUMENT)


def answer(*hits: Hit, kind: str = "clause", status: str = "found", **more: object) -> Answer:
    return replace(Answer(Query("问"), kind, status, hits), **more)  # type: ignore[arg-type]


def test_a_day_in_words() -> None:
    assert shown.chinese_date("2023-11-06") == "2023年11月6日"
    assert shown.chinese_date(None) == ""


def test_a_document_by_name() -> None:
    assert named(Metadata("甲发〔2024〕1号", "关于《乙规划》的通知")) == "《关于〈乙规划〉的通知》（甲发〔2024〕1号）"
    assert named(OTHER) == "《乙通知》"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (answer(HIT), "找到 1 条，第3—4页"),
        (answer(HIT, HIT), "找到 2 条，首条第3—4页"),
        (answer(replace(HIT, evidence=(SENTENCES[2],)), HIT), "找到 2 条，首条无页码"),
        (answer(HIT, kind="list", total=80), "共 80 条，以下是第 1—1 条"),
        (answer(HIT, kind="part"), "共 1 条"),
        (answer(kind="facts"), "文件信息"),
        (answer(HIT, kind="compare", comparisons=(Comparison("床位", (DOCUMENT,), (STATED,), None),)), "对比 1 项指标"),
        (answer(HIT, status="related"), "相关，未直接写明"),
        (answer(HIT, status="not_found"), "库中没有"),
        (answer(status="related"), "库中没有"),
    ],
)
def test_what_came_of_a_question_in_one_line(given: Answer, words: str) -> None:
    assert shown.announced(given) == words


def test_what_a_clause_says_in_short() -> None:
    assert shown.said(HIT) == "二、做乙。"
    assert shown.said(replace(HIT, evidence=())) == TEXT
    unsure = sentence("二、做乙。", 5, 3, doubtful=True)
    assert shown.said(replace(HIT, evidence=(unsure,))) == "二、做乙。【存疑】"


def test_two_sentences_lead_at_most_in_the_order_of_the_text() -> None:
    assert shown.leading(HIT) == ["二、做乙。"]
    assert shown.leading(replace(HIT, evidence=(SENTENCES[2], SENTENCES[1], SENTENCES[0]))) == [
        "二、做乙。",
        "三、做丙。",
    ]


@pytest.mark.parametrize(
    "whole",
    [
        replace(HIT, clause=ROW),
        replace(HIT, evidence=()),
        replace(HIT, found_by=("reference", "lexical")),
        replace(HIT, clause=replace(CLAUSE, sentences=SENTENCES[:1])),
    ],
    ids=["a row", "no sentence", "named by the question", "one sentence"],
)
def test_no_sentence_leads_where_the_clause_is_shown_at_once(whole: Hit) -> None:
    assert shown.leading(whole) == []


def test_a_clause_is_cut_at_its_answers_and_its_references() -> None:
    reference = CrossReference("做乙", 7, 9, None, "乙通知", False)
    assert [run for run in shown.runs(replace(HIT, references=(reference,))) if run[0]] == [
        ("一、做甲。", False, False),
        ("二、", True, False),
        ("做乙", True, True),
        ("。", True, False),
        ("三、做丙。", False, False),
    ]


def test_a_sentence_in_doubt_says_so_behind_it() -> None:
    runs = list(shown.runs(replace(HIT, evidence=(sentence("二、做乙。", 5, 3, doubtful=True),))))
    assert [run for run in runs if run[0]][1:3] == [("二、做乙。", True, False), ("【存疑】", False, False)]


def test_what_a_clause_refers_to_is_told_once() -> None:
    held = CrossReference("本方案", 0, 3, "甲发〔2024〕1号", "甲方案", True, ("甲/二", "甲/三"), "《甲方案》第二部分")
    lacking = CrossReference("《丙》", 4, 7, None, "丙", False, remark="库中没有")
    assert shown.references(replace(HIT, references=(held, lacking, held))) == [
        ("本方案", "《甲方案》第二部分", "甲/二"),
        ("《丙》", "库中没有《丙》", ""),
    ]


def test_ways_and_pages() -> None:
    assert shown.ways(replace(HIT, found_by=("reference", "lexical", "dense"))) == [
        "按文号条款查得",
        "字词相合",
        "意思相近",
    ]
    assert shown.pages(HIT) == [3, 4]
    assert shown.pages(replace(HIT, evidence=())) == [3, 4]
    assert shown.pages(replace(HIT, evidence=(SENTENCES[2],))) == []


def test_hits_are_grouped_by_document_in_the_order_of_the_first_of_each() -> None:
    first, second, third = HIT, replace(HIT, rank=2, document=OTHER), replace(HIT, rank=3)
    assert shown.by_document([first, second, third]) == [(DOCUMENT, [first, third]), (OTHER, [second])]


def test_rows_of_one_table_stand_together_and_apart_from_text() -> None:
    row, other = replace(HIT, clause=ROW), replace(HIT, clause=replace(ROW, cells=(("年份", "2025"),)))
    assert list(shown.by_table([row, row, HIT, HIT, other])) == [
        (True, [row, row]),
        (False, [HIT, HIT]),
        (True, [other]),
    ]


@pytest.mark.parametrize(
    ("path", "same"),
    [(("一、总则", "（一）甲"), 2), (("一、总则", "（二）乙"), 1), (("二、分则", "（一）甲"), 0), ((), 0)],
)
def test_headings_that_were_shown_already_are_counted(path: tuple[str, ...], same: int) -> None:
    assert shown.shared(HIT, replace(HIT, clause=replace(CLAUSE, heading_path=path))) == same


def test_an_aim_is_told_apart_from_what_has_been_reached() -> None:
    reached = replace(STATED, target=replace(TARGET, kind="achieved"))
    limit = replace(STATED, target=replace(TARGET, kind="limit"))
    assert shown.by_kind(answer(HIT, targets=(limit, reached, STATED))) == [
        ("目标", [STATED]),
        ("现状（文件写的已有情况）", [reached]),
        ("时限", [limit]),
    ]
    assert shown.by_kind(answer(HIT)) == []


def test_other_clauses_of_the_same_document_that_write_it_are_offered_two_at_most() -> None:
    writes = replace(HIT, clause=replace(CLAUSE, targets=(TARGET,)))
    elsewhere = replace(writes, document=OTHER)
    assert shown.writing(answer(writes, elsewhere, HIT, writes, writes, writes), "targets") == [writes, writes]
    assert shown.writing(answer(writes, writes), "units") == []


def test_the_place_within_a_document() -> None:
    assert shown.place_within("《乙通知》第三条", OTHER) == "第三条"
    assert shown.place_within("《乙通知》（甲区，2024年5月6日）第三条", OTHER) == "（甲区，2024年5月6日）第三条"
    assert shown.place_within(CLAUSE.citation, DOCUMENT) == "第一部分"
    assert shown.place_within("《甲方案》（甲发〔2024〕1号）", DOCUMENT) == "《甲方案》（甲发〔2024〕1号）"
    assert shown.place_within("《关于印发〈甲方案〉的通知》第2段", DOCUMENT) == "《关于印发〈甲方案〉的通知》第2段"


def test_comparisons_of_the_same_documents_are_one_table() -> None:
    beds = Comparison("床位", (DOCUMENT, OTHER), (STATED, None), None)
    meals = replace(beds, indicator="助餐点")
    turned = replace(beds, documents=(OTHER, DOCUMENT))
    assert shown.by_columns([beds, turned, meals]) == [
        [beds, meals],
        [turned],
    ]


def test_an_answer_as_a_person_would_paste_it() -> None:
    charge = Charge(Unit("甲局", "stated", "甲局负责。"), CLAUSE.citation)
    assert answer_text(answer(HIT, kind="list", charges=(charge,))) == (
        "共 1 条：\n  1. 二、做乙。\n     —— 《甲方案》（甲发〔2024〕1号）第一部分，第3—4页"
    )
