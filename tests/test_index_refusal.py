"""What a question asks for, what its sentences cover, and when the answer is 未找到依据."""

from __future__ import annotations

import json

import pytest
from index_fakes import make_document

from index import refusal, words
from index.coverage import coverings, plain, read_question
from index.details import affairs, asked_details, gives, levels, places, years
from index.lexical import LexicalSettings, build_lexical
from index.passages import passages_of
from index.refusal import FEATURES, Finding, RefusalModel, measure, model, own_places

CARE = make_document(
    "甲民发〔2024〕5号",
    "上海市2024年养老服务办法",
    {
        "一/1": (("一、供给", "1、增加床位"), ("全年新增养老床位300张。", "床位向郊区倾斜。")),
        "一/2": (("一、供给", "2、发展助餐"), ("建设老年助餐点10家，价格由各街镇确定。",)),
    },
)
PASSAGES = passages_of([CARE])
LEXICAL = build_lexical(
    [tuple(map(words.tokens, (one.text, one.headings, one.title))) for one in PASSAGES], LexicalSettings()
)
CLAUSES = (PASSAGES[:2], PASSAGES[2:])


def measured(question, strength=1.0, **fields):
    return dict(zip(FEATURES, measure(Finding(question, CLAUSES, strength, **fields), LEXICAL), strict=True))


def names(question):
    return [name for name, _ in asked_details(plain(question))]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("住一晚多少钱", ["money"]),
        ("能补多少", ["money"]),
        ("要给多少户老人改造", ["count"]),
        ("几岁可以领", ["age"]),
        ("几点开门", ["clock"]),
        ("电话是多少", ["phone"]),
        ("要带哪些材料", ["papers"]),
        ("证明材料能不能少一点", []),
        ("占百分之几", ["share"]),
        ("几个工作日能办好", ["span"]),
        ("哪一年建成", ["date"]),
        ("什么时候建成", ["when"]),
        ("流程是什么", ["steps"]),
        ("有多少家助餐点", ["count"]),
        ("哪几家养老院", []),
        ("满意率要到多少", ["number"]),
        ("养老院归谁管", []),
    ],
)
def test_details_asked_for(question, asked):
    assert names(question) == asked


@pytest.mark.parametrize(
    ("question", "sentence", "row", "given"),
    [
        ("一个月多少钱", "每人每月240元", False, True),
        ("一个月多少钱", "价格由各街镇确定", False, False),
        ("有多少家助餐点", "建设助餐点10家", False, True),
        ("有多少家助餐点", "建设助餐点10张", False, False),
        ("有多少张床位", "指标名称:床位;单位:万张;目标值:≥17.8", True, True),
        ("有多少张床位", "指标名称:床位;单位:万张;目标值:≥17.8", False, False),
        ("占百分之几", "占比不低于60%", False, True),
    ],
)
def test_a_sentence_gives_a_detail(question, sentence, row, given):
    ((name, form),) = asked_details(plain(question))
    assert gives(sentence, row, name, form) is given


def test_years_places_levels_and_affairs():
    assert years("2023年起，“十四五”期间，浦民发2022号") == {2023, 2025}
    assert places(["杭州市", "和", "浦东新区", "每日", "照料"]) == ("杭州", "浦东")
    assert [name for name, *_ in levels("全市有多少家")] == ["city"]
    assert affairs("住院报销和高考") == ("住院报销", "高考")


def test_places_of_a_base():
    assert own_places([CARE]) == {"上海"}


def test_telling_words_leave_out_years_places_and_units():
    telling = read_question("2024年上海新增养老床位多少张", LEXICAL)
    assert (list(telling.weights), telling.places) == (["新增", "养老床位"], ("上海",))


def test_what_a_sentence_covers():
    """Both words stand in the first sentence; neither is in the second, its clause has them and counts .8, or .25."""
    telling = read_question("新增养老床位", LEXICAL)
    first, second = coverings(PASSAGES[:2], telling)
    assert (first.covered, first.apart) == (pytest.approx(1.0), pytest.approx(1.0))
    assert (second.covered, second.apart) == (pytest.approx(0.8), pytest.approx(0.25))


def test_all_is_covered():
    found = measured("2024年新增养老床位多少张")
    assert (found["supported"], found["held"], found["detail"], found["scope"], found["foreign"]) == (1, 1, 0, 0, 0)


def test_the_detail_is_missing():
    found = measured("老年助餐点一顿饭多少钱")
    assert (found["supported"], found["held"], found["detail"]) == (0, 0, 1)


@pytest.mark.parametrize("question", ["2031年新增养老床位", "杭州新增养老床位", "全国新增养老床位多少张"])
def test_another_year_place_or_level(question):
    assert measured(question)["scope"] == 1


def test_the_bases_own_places_count_for_figures_only():
    """甲区 issued the document, its title says 上海; a policy holds for 浦东 as well, a figure does not."""
    assert measured("浦东新增养老床位吗", own=frozenset({"浦东"}))["scope"] == 0
    assert measured("浦东新增养老床位多少张", own=frozenset({"浦东"}))["scope"] == 1


def test_matters_of_other_bureaus():
    assert measured("养老床位和高考、驾照、护照")["foreign"] == 1.0
    assert measured("养老床位和高考")["foreign"] == 0.5


def test_nothing_to_judge_by():
    assert measure(Finding("养老床位", (), 0.0), LEXICAL) == (0.0,) * len(FEATURES)
    assert measured("的")["supported"] == 0


def test_the_chance_by_hand():
    """(2 - 1) / 2 * 4 - 1 = 1, and 1 / (1 + e**-1) = 0.731."""
    made = RefusalModel((1.0,), (2.0,), (4.0,), -1.0, 0.5)
    assert made.chance((2.0,)) == pytest.approx(0.7310586)
    assert made.chance((1e9,)) == pytest.approx(1.0)


def test_the_model_that_comes_with_the_package():
    raw = json.loads(refusal.FILE.read_text(encoding="utf-8"))
    assert tuple(raw["features"]) == FEATURES
    assert 0 < model().threshold < 1
    strong = {"strength": 2.0, "literal": 1.0, "official": 1.0, "near": 0.8, "score": 0.8}
    assert model().chance(tuple(measured("全年新增养老床位", **strong).values())) > model().threshold
    assert model().chance(tuple(measured("驾照怎么考", 0.1).values())) < model().threshold
