"""Questions about a document itself, parts and tables asked for whole, readings told, a filter that the question overrules."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.answer_output import answer_json, answer_text
from index.knowledge_base import KnowledgeBase
from index.records import Fact

CORPUS = Path(__file__).parent.parent / "corpus"
PLAN, SCHEME, POINTS = "沪府办发〔2021〕16号", "浦民发〔2023〕74号", "浦民发〔2023〕8号"
DAY = "2026-11-28"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    store = tmp_path_factory.mktemp("about") / "store"
    KnowledgeBase.build(CORPUS, store)
    return KnowledgeBase.open(store)


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("16号文什么时候印发的", (Fact("成文日期", "2021年7月13日"), Fact("印发日期", "2021年7月23日"))),
        ("沪府办发〔2021〕16号的成文日期", (Fact("成文日期", "2021年7月13日"), Fact("印发日期", "2021年7月23日"))),
        ("16号文是谁发的", (Fact("发文机关", "上海市人民政府办公厅"),)),
        ("16号文是哪个部门印发的？", (Fact("发文机关", "上海市人民政府办公厅"),)),
        ("74号文发给谁", (Fact("主送机关", "各街道、镇"),)),
        ("74号文的文号是多少", (Fact("发文字号", SCHEME),)),
        ("8号文的标题是什么", (Fact("标题", "2023年浦东新区民政工作要点"), Fact("印发它的通知", "关于印发《2023年浦东新区民政工作要点》的通知"))),
    ],
)  # fmt: skip
def test_a_question_about_a_document_is_answered_from_its_heads(
    base: KnowledgeBase, question: str, facts: tuple[Fact, ...]
) -> None:
    answer = base.ask(question)
    assert (answer.kind, answer.status, answer.hits, answer.facts) == ("facts", "found", (), facts)


def test_the_document_may_be_the_one_that_is_chosen(base: KnowledgeBase) -> None:
    assert base.ask("这个文件什么时候印发的", document=POINTS).facts == (Fact("成文日期", "2023年2月20日"),)
    assert base.ask("这个文件什么时候印发的").kind == "clause"


@pytest.mark.parametrize(
    "question", ["16号文还有效吗", "16号文过期了吗", "16号文有效期到什么时候", "16号文什么时候失效"]
)
def test_whether_it_is_in_force_is_told_by_the_day_and_the_words(base: KnowledgeBase, question: str) -> None:
    fact = base.ask(question, today=DAY).facts[0]
    assert fact.name == "效力（2026年11月28日）"
    assert fact.value is not None
    assert fact.value.startswith("规划期已过，至2025年12月31日（据")


@pytest.mark.parametrize(
    "question", ["74号文什么时候完成养老床位建设", "16号文对流浪乞讨有什么要求", "发给谁补贴", "救助通知书发给谁"]
)
def test_a_question_about_what_a_document_says_is_none(base: KnowledgeBase, question: str) -> None:
    assert base.ask(question).kind != "facts"


def test_facts_in_text_and_json(base: KnowledgeBase) -> None:
    answer = base.ask("74号文发给谁")
    assert answer_text(answer).splitlines() == [
        "文件信息：《浦东新区民政局贯彻落实〈上海市城乡社区服务体系建设“十四五”规划〉实施方案》（浦民发〔2023〕74号）",
        "主送机关：各街道、镇",
    ]
    told = answer_json(answer)
    assert told["facts"] == [{"name": "主送机关", "value": "各街道、镇", "clause_id": None}]
    assert told["about"]["number"] == SCHEME


def test_a_table_is_shown_whole(base: KnowledgeBase) -> None:
    answer = base.ask("16号文表1")
    assert (answer.kind, answer.total, len(answer.hits)) == ("part", 15, 15)
    assert [hit.clause.clause_id for hit in answer.hits[:2]] == [f"{PLAN}/表1/1", f"{PLAN}/表1/2"]
    assert [hit.rank for hit in base.ask("16号文表1", k=5, first=6).hits] == [6, 7, 8, 9, 10]


def test_a_part_that_several_documents_have_lists_them_all(base: KnowledgeBase) -> None:
    answer = base.ask("第四部分第（二）项")
    assert answer.kind == "part"
    assert answer.warnings[0] == f"没有写明是哪份文件，2 份文件都有这一处，逐份列出：{PLAN}、{SCHEME}"
    assert {hit.document.number for hit in answer.hits} == {PLAN, SCHEME}


def test_one_clause_that_is_named_stays_a_clause(base: KnowledgeBase) -> None:
    assert base.ask("16号文表1第2行").kind == "clause"
    assert base.ask("74号文第四部分第（二）项第2点").kind == "clause"


def test_a_question_that_names_another_document_than_the_chosen_one_is_asked_of_that(base: KnowledgeBase) -> None:
    answer = base.ask("74号文对志愿服务站点有什么要求", document=PLAN)
    assert answer.hits[0].document.number == SCHEME
    assert answer.warnings[0] == (
        "问题写明了《浦东新区民政局贯彻落实〈上海市城乡社区服务体系建设“十四五”规划〉实施方案》（浦民发〔2023〕74号），"
        "已按它查，没有限于所选的《上海市民政事业发展“十四五”规划》（沪府办发〔2021〕16号）"
    )


def test_only_readings_that_led_to_the_answer_are_told_and_each_can_be_switched_off(base: KnowledgeBase) -> None:
    answer = base.ask("没爹没妈的孩子政府怎么管")
    told = dict(answer.read_as)
    assert told
    assert all(any(word in answer.hits[0].clause.text for word in official) for official in told.values())
    word = next(iter(told))
    assert word not in dict(base.ask("没爹没妈的孩子政府怎么管", literal=[word]).read_as)
