"""What a question asks for, what its sentences cover, and when the answer is 未找到依据."""

from __future__ import annotations

import json

import pytest
from index_fakes import asked_of, make_document

from index.question import words
from index.question.asked import asking_sentence
from index.search import refusal
from index.search.coverage import coverings, weigh
from index.search.lexical import LexicalSettings, build_lexical
from index.search.missing import missing_words
from index.search.passages import passages_of
from index.search.refusal import FEATURES, Finding, Measures, RefusalModel, measure, model
from index.search.scope import own_regions

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


def telling_of(question):
    return weigh(asked_of(question), LEXICAL)


def measured(question, clauses=CLAUSES, **fields):
    return dict(zip(FEATURES, measure(Finding(telling_of(question), clauses, **fields)).features, strict=True))


def test_regions_of_a_base():
    assert own_regions([CARE]) == {"上海"}


def test_telling_words_leave_out_years_regions_and_units():
    telling = telling_of("2024年上海新增养老床位多少张")
    assert (list(telling.weights), telling.asked.regions) == (["新增", "养老床位"], ("上海",))


def test_what_a_sentence_covers():
    """Both words stand in the first sentence; neither is in the second, its clause has them and counts .8, or .25."""
    telling = telling_of("新增养老床位")
    first, second = coverings(PASSAGES[:2], telling)
    assert (first.covered, first.apart) == (pytest.approx(1.0), pytest.approx(1.0))
    assert (second.covered, second.apart) == (pytest.approx(0.8), pytest.approx(0.25))


def test_all_is_covered():
    found = measured("2024年新增养老床位多少张")
    assert (found["supported"], found["detail"], found["scope"], found["foreign"]) == (1, 0, 0, 0)


def test_the_detail_is_missing():
    found = measured("老年助餐点一顿饭多少钱")
    assert (found["supported"], found["detail"]) == (0, 1)


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
    assert measure(Finding(telling_of("养老床位"), ())) == Measures((0.0,) * len(FEATURES), missing_words({}))
    assert measured("的")["supported"] == 0


def test_the_chance_by_hand():
    """(2 - 1) / 2 * 4 - 1 = 1, and 1 / (1 + e**-1) = 0.731; the missing word takes .5 * 2 = 1 away again."""
    made = RefusalModel((1.0,), (2.0,), (4.0,), (-0.5,), -1.0, 0.5)
    assert made.chance(Measures((2.0,), (0.0,))) == pytest.approx(0.7310586)
    assert made.chance(Measures((2.0,), (2.0,))) == pytest.approx(0.5)
    assert made.chance(Measures((1e9,), (0.0,))) == pytest.approx(1.0)


def test_the_model_that_comes_with_the_package():
    raw = json.loads(refusal.FILE.read_text(encoding="utf-8"))
    assert tuple(raw["features"]) == FEATURES
    assert 0 < model().threshold < 1
    strong = {"literal": 1.0, "official": 1.0, "near": 0.8, "score": 0.8}
    assert len(raw["missing"].split()) == len(missing_words({}))
    near = measure(Finding(telling_of("全年新增养老床位"), CLAUSES, **strong))
    far = measure(Finding(telling_of("驾照怎么考"), CLAUSES))
    assert model().chance(near) > model().threshold > model().chance(far)


def test_a_figure_that_the_question_states_is_not_the_one_asked_for():
    assert measured("新增的300张养老床位里女的住了多少张")["detail"] > 0
    assert measured("2024年新增养老床位多少张")["detail"] == 0


def test_a_figure_must_be_of_the_place_as_well():
    """The only sentence that gives the number is the city's, and those about 浦东 give none."""
    assert measured("浦东养老床位多少张", own=frozenset({"浦东"}))["detail"] == 1


@pytest.mark.parametrize(("question", "present"), [("现有养老床位多少张", 1), ("今年要新增养老床位多少张", 0)])
def test_how_things_stand_is_not_told_by_an_aim(question, present):
    assert measured(question)["present"] == present


@pytest.mark.parametrize(
    ("question", "chat"),
    [("帮我写段开场白", 1), ("谢谢", 1), ("帮我查一下养老床位", 0), ("推荐两家饭店", 1)]
    + [
        ("新增养老床位多少张，谢谢", 0),
        ("有没有手语翻译", 0),
        ("有人上门陪老人聊天吗", 0),
        ("你能不能告诉我养老床位", 0),
    ],
)
def test_small_talk(question, chat):
    assert measured(question)["chat"] == chat


def test_a_longer_everyday_word_around_the_matter_of_another_bureau():
    """广场舞 alone is another bureau's matter; 跳广场舞 stands for 公共空间管理, of which the clause speaks."""
    public = make_document("甲民发〔2024〕6号", "社区办法", {"一": (("一、空间",), ("加强社区公共空间管理。",))})
    clauses = (passages_of([public]),)
    foreign = [measured(question, clauses)["foreign"] for question in ("社区的广场舞", "社区里跳广场舞")]
    assert foreign == [0.5, 0.0]


def test_the_sentence_that_asks():
    story = "我妈八十了。她一个人住！养老床位今年新增多少张？"
    assert asking_sentence(story) == "养老床位今年新增多少张"
    assert asking_sentence("养老床位新增多少张。可以吗？") == "养老床位新增多少张可以吗"
    assert asking_sentence("新增床位") == "新增床位"
    assert asking_sentence("？！") == "？！"
    assert measured("听说要办驾照。养老床位今年新增多少张？")["foreign"] == 0


def test_missing_words_add_up():
    both = missing_words({"押金": 0.5, "流程": 1.0})
    each = [missing_words({"押金": 1.0}), missing_words({"流程": 1.0})]
    assert both == pytest.approx([0.5 * left + right for left, right in zip(*each, strict=True)])
    assert any(both) and not any(missing_words({"押金": 0.0}))
