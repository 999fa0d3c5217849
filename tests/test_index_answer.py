"""Answers on the real documents: the words, who, how much, by when, where; or 未找到依据."""

from dataclasses import replace
from pathlib import Path

import pytest
from index_fakes import asked_of

from index.answer.agreement import difference, same_indicator, stem
from index.answer.comparing import compares
from index.answer.library import Library
from index.answer.quoting import QuoteError, verify
from index.answer_output import answer_json, answer_text, statements_csv
from index.errors import QueryError
from index.knowledge_base import KnowledgeBase
from index.search.fitted import Fitted, fitted_with
from index.search.ranking import weights
from index.search.refusal import FEATURES as REFUSING
from index.search.refusal import Logistic, RefusalModel
from index.store.opening import open_store
from index.wording import list_words
from ingest.records import Target

CORPUS = Path(__file__).parent.parent / "corpus"
PLAN, WORK, CITY = "浦民发〔2023〕74号", "浦民发〔2023〕8号", "沪府办发〔2021〕16号"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = tmp_path_factory.mktemp("answers")
    KnowledgeBase.build(CORPUS, store)
    return store


@pytest.fixture(scope="module")
def shipped_base(store):
    """The base as the product opens it."""
    return KnowledgeBase.open(store)


def judging(store, chance_of_stated, chance_of_related=1.0):
    """The base with a model that gives every question the same chances, of which a half is enough."""
    none, one = (0.0,) * len(REFUSING), (1.0,) * len(REFUSING)
    parts = [
        Logistic(none, one, none, 30.0 if chance > 0.5 else -30.0, 0.5)
        for chance in (chance_of_stated, chance_of_related)
    ]
    opened = open_store(store)
    by = fitted_with(opened.searcher.embedder)
    fitted = Fitted(weights(), by, RefusalModel(*parts, made_with=by))
    searcher = opened.searcher.varied(fitted=fitted)
    return KnowledgeBase(opened.library, searcher, opened.reader, opened.corpus, opened.sha, opened.office)


@pytest.fixture(scope="module")
def base(store):
    """What is found is stated: answers are made of what comes first, whatever is fitted."""
    return judging(store, 1.0)


def goal(indicator, value, unit="%", **fields):
    return Target(indicator, fields.pop("comparator", "="), value, unit, "", 0, 0, **fields)


def test_number_with_its_deadline_and_the_table_that_says_the_same(base):
    answer = base.ask("养老床位总量到“十四五”末要达到多少")
    assert answer.hits[0].evidence[0].text == "到“十四五”末，养老床位总量达到17.8万张以上。"
    (stated,) = answer.targets
    read = stated.target
    assert (read.indicator, read.comparator, read.value, read.unit, read.deadline) == (
        "养老床位总量",
        "≥",
        "17.8",
        "万张",
        "2025",
    )
    assert (stated.clause_id, stated.page) == (f"{CITY}/三/（二）/重大事项二/1", 11)
    (agreement,) = answer.agreements
    assert agreement.statements[1].clause_id == f"{CITY}/表1/2"
    assert (agreement.agree, agreement.remark) == (True, "两处一致")


@pytest.mark.parametrize(
    ("question", "indicators"),
    [
        ("区民政局今年要新增多少个助餐点", ["老年人助餐场所"]),
        ("社区食堂要建几个", ["社区长者食堂", "智慧社区老年食堂"]),
        ("8号文新增综合为老服务中心和养老床位各多少", ["养老床位", "养老床位", "综合为老服务中心"]),
    ],
)
def test_of_eight_targets_in_a_sentence_those_asked_for(base, question, indicators):
    assert [one.target.indicator for one in base.ask(question).targets] == indicators


def test_same_value_by_another_year_does_not_agree(base):
    answer = base.ask("护理型床位占比目标是多少", document=CITY)
    assert [agreement.remark for agreement in answer.agreements] == ["期限不同：2025年，2022年"] or [
        agreement.remark for agreement in answer.agreements
    ] == ["期限不同：2022年，2025年"]


def test_unit_that_is_charged(base):
    answer = base.ask("谁要把社区服务作为民生项目重要内容")
    assert [(charge.unit.name, charge.unit.basis) for charge in answer.charges] == [("各街镇", "stated")]


def test_issuer_is_offered_but_is_no_unit(base):
    answer = base.ask("社区志愿服务站点覆盖率达到多少", document=PLAN)
    assert answer.charges == ()
    assert answer.issuer == "浦东新区民政局"
    assert "责任主体：未载明（发文机关：浦东新区民政局）" in answer_text(answer)


def test_rendition_that_lost_the_sign_is_a_warning(base):
    answer = base.ask(f"{PLAN}表1第3行")
    assert answer.hits[0].clause.clause_id == f"{PLAN}/表1/3"
    assert answer.warnings == (f"{PLAN} 的网页版此处为“10%”，与本处“≥10%”不一致，以本处为准",)


def test_comparison_matches_by_indicator_words(base):
    answer = base.ask("“社区云”家庭注册比例，市里和浦东的目标各是多少")
    assert answer.kind == "compare"
    sides = {side.document.number: side for side in answer.comparisons[0].sides if side}
    assert (sides[CITY].target.value, sides[PLAN].target.value) == ("50", "65")
    assert answer.comparisons[0].remark == "相差15个百分点"


def test_indicators_that_two_documents_share(base):
    shared = base.compare("沪府办发[2021]16号", "74号文")
    assert [(comparison.sides[0].target.value, comparison.sides[1].target.value) for comparison in shared] == [
        ("20", "22"),
        ("50", "65"),
    ]
    with pytest.raises(QueryError, match="同一份文件"):
        base.compare(PLAN, PLAN)


def test_list_gives_all_clauses_in_document_order(base):
    answer = base.ask("有哪些条款提到“一网通办”")
    assert (answer.kind, answer.total) == ("list", 8)
    assert {hit.clause.clause_id for hit in answer.hits} == {
        f"{CITY}/三/（四）/一是", f"{CITY}/三/（五）/一是", f"{CITY}/三/（六）/三是", f"{WORK}/三/11", f"{WORK}/六/24",
        f"{PLAN}/四/（一）/2", f"{PLAN}/四/（三）/3", f"{PLAN}/四/（四）/3",
    }  # fmt: skip
    assert all("一网通办" in hit.evidence[0].text for hit in answer.hits)


@pytest.mark.parametrize("question", ["列出所有提到养老床位的条款", "养老床位的条款全部列出来", "哪些条款提到养老床位"])
def test_what_a_list_is_of_is_not_lost_among_the_words_that_ask_for_it(base, question):
    answer = base.ask(question)
    assert (answer.kind, answer.total) == ("list", 7)
    assert f"{CITY}/表1/2" in [hit.clause.clause_id for hit in answer.hits]


def test_a_list_comes_in_pages(base):
    whole = base.ask("有哪些条款提到“一网通办”")
    pages = [base.ask("有哪些条款提到“一网通办”", k=3, first=first) for first in (1, 4, 7)]
    assert [[hit.rank for hit in page.hits] for page in pages] == [[1, 2, 3], [4, 5, 6], [7, 8]]
    assert [hit.clause.clause_id for page in pages for hit in page.hits] == [hit.clause.clause_id for hit in whole.hits]
    assert {page.total for page in pages} == {8}
    assert [list_words(page) for page in (whole, pages[2])] == ["共 8 条", "共 8 条，以下是第 7—8 条"]
    assert list_words(base.ask("有哪些条款提到“一网通办”", first=9)) == "共 8 条，没有更多"
    with pytest.raises(QueryError, match="请从 1 数起"):
        base.ask("有哪些条款提到“一网通办”", first=0)


def test_a_region_that_states_nothing_is_said_so(base):
    (comparison,) = base.ask("护理型床位占比，市里和浦东的目标各是多少").comparisons
    assert [one.number for one in comparison.documents] == [CITY]
    assert comparison.remark == "浦东：库中文件未载明"


def test_list_of_binding_indicators(base):
    answer = base.ask("74号文有哪些约束性指标")
    assert [hit.clause.clause_id for hit in answer.hits] == [f"{PLAN}/表1/{row}" for row in (1, 2, 4)]


def test_targets_as_a_table(base):
    found = base.statements(PLAN, "志愿服务站点")
    assert statements_csv(found).splitlines() == [
        "指标,比较,数值,单位,期限,基准值,属性,类别,条款,页,原文",
        f"志愿服务站点在社区综合服务设施中的覆盖率,=,100,%,2025,,预期性,目标,{PLAN}/表1/10,5,100",
        f"社区综合服务设施中志愿服务站点覆盖率,=,100,%,,,,目标,{PLAN}/四/（二）/2,7,社区综合服务设施中志愿服务站点覆盖率达到100%",
    ]


def test_both_tables_come_out_whole(base):
    assert [len([one for one in base.statements(key) if "/表1/" in one.clause_id]) for key in (PLAN, CITY)] == [11, 15]


def test_renditions_of_one_document(base):
    ((name, differences),) = base.renditions("浦民发2023 74号")
    assert name == f"documents/{PLAN}.html"
    assert len(differences) == 21
    assert base.renditions(CITY) == ()


def test_json_holds_the_same(base):
    found = answer_json(base.ask("养老床位总量到“十四五”末要达到多少"))
    assert (found["kind"], found["status"], found["targets"][0]["value"]) == ("clause", "found", "17.8")
    assert found["agreements"][0]["agree"] is True


def test_words_that_the_document_does_not_hold_are_never_shown(base):
    answer = base.ask("养老床位总量到“十四五”末要达到多少")
    forged = replace(answer.hits[0].evidence[0], text="养老床位总量达到20万张以上。")
    with pytest.raises(QuoteError, match="引文“养老床位总量达到20万张以上。”不在"):
        verify(replace(answer, hits=(replace(answer.hits[0], evidence=(forged,)),)), base._library)
    false = replace(answer.targets[0], target=replace(answer.targets[0].target, text="20万张"))
    with pytest.raises(QuoteError):
        verify(replace(answer, targets=(false,)), base._library)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (goal("养老床位数", "17.8", "万张"), goal("养老床位总量", "178000", "张"), True),
        (goal("老年认知障碍照护床位数", "15000", "张"), goal("认知障碍照护床位", "1.5", "万张"), True),
        (goal("养老床位数", "17.8", "万张"), goal("护理型床位占比", "60"), False),
        (goal("城乡社区综合服务设施覆盖率", "100"), goal("志愿服务站点在社区综合服务设施中的覆盖率", "100"), False),
        (goal("每百户居民拥有设施面积", "30", "平方米"), goal("每千人设施面积", "40", "平方米"), False),
        (goal("持证社会工作者数", "4.5", "万人"), goal("持证社会工作者", "4.5", "万名"), True),
    ],
)
def test_same_indicator(one, other, same):
    assert same_indicator(one, other) is same


def test_stem():
    assert stem("全市养老床位总数") == "养老床位"
    assert stem("黄浦区养老床位数") == stem("浦东新区养老床位数") == "养老床位"


@pytest.mark.parametrize("issuer", ["黄浦区民政局", "上海市黄浦区民政局", "黄浦区城市管理行政执法局"])
def test_city_beside_a_district_that_issued_a_document_is_a_comparison(base, issuer):
    """The districts are those of the base, whichever they are."""
    document = next(one for one in base.documents() if one.key == WORK)
    other = replace(document, metadata=replace(document.metadata, issuer=issuer))
    assert compares(asked_of("全市和黄浦的养老床位"), Library({WORK: other}, {}))
    assert not compares(asked_of("全市和黄浦的养老床位"), Library({WORK: document}, {}))
    assert not compares(asked_of("全市的养老床位"), Library({WORK: other}, {}))


def test_difference_of_values():
    assert difference(goal("率", "20"), goal("率", "22")) == "相差2个百分点"
    assert difference(goal("床位", "1.5", "万张"), goal("床位", "15000", "张")) == "数值相同"
    assert (
        difference(goal("床位", "17.8", "万张"), goal("床位", "1500", "张", action="新增"))
        == "一处是总量，一处是新增，口径不同，不作差"
    )


def test_a_base_that_was_not_calibrated_says_so(base, monkeypatch):
    assert base.ask("养老床位总量到“十四五”末要达到多少").warnings == ()
    monkeypatch.setattr("index.search.fitted.fitted_with", lambda embedder: {"model": "another"})
    warnings = base.ask("养老床位总量到“十四五”末要达到多少").warnings
    assert warnings == ("本库的向量模型与拟合时不同，未校准：只在把握很大时作答，其余列为相关",)


def test_what_comes_with_the_package_is_fitted_to_the_model_that_comes_with_it(shipped_base):
    assert shipped_base.searcher.is_calibrated


@pytest.mark.parametrize(
    ("question", "statuses"),
    [
        ("社区志愿服务站点的覆盖率", {"found"}),
        ("流浪乞讨的人谁来管", {"found"}),
        ("养老床位总量到“十四五”末要达到多少", {"found", "related"}),
        (f"{PLAN}表1第3行", {"found"}),
        ("全市养老床位总量到2047年要达到多少", {"related", "not_found"}),
        ("今晚的球赛谁会赢", {"not_found"}),
        *(
            (one, {"related", "not_found"})
            for one in ("qwertyuiop zxcvbnm", "asdfgh", "zzz xxx yyy", "你好", "啊啊啊啊啊")
        ),
    ],
)
def test_clear_questions_by_what_comes_with_the_package(shipped_base, question, statuses):
    assert shipped_base.ask(question).status in statuses


@pytest.mark.parametrize(
    ("related", "status", "said", "over"),
    [
        (
            1.0,
            "related",
            "相关，未直接写明：库中有与此相关的条款，不能断定直接写明了所问的内容，请核对原文。",
            "相关条款，请核对原文：",
        ),
        (0.0, "not_found", "未找到依据：库中文件没有能回答这个问题的条款。", "最接近的条款，不是答案："),
    ],
)
def test_clauses_near_a_question_are_listed_but_answer_nothing(store, base, related, status, said, over):
    question = "谁要把社区服务作为民生项目重要内容"
    answer, stated = judging(store, 0.0, related).ask(question), base.ask(question)
    assert (answer.kind, answer.status, answer.hits) == ("clause", status, stated.hits)
    assert (answer.targets, answer.charges, answer.issuer, answer.agreements) == ((), (), None, ())
    lines = answer_text(answer).splitlines()
    assert lines[:3] == [said, "", over]
    assert lines[3] == f"  1. {stated.hits[0].evidence[0].text}"
    found = answer_json(answer)
    assert (found["status"], found["targets"], found["units"], found["issuer"]) == (status, [], [], None)
    assert [hit["clause_id"] for hit in found["hits"]] == [hit.clause.clause_id for hit in stated.hits]


@pytest.mark.parametrize("related", [0.0, 1.0])
def test_what_is_named_or_listed_or_stated_side_by_side_needs_no_judgement(store, related):
    base = judging(store, 0.0, related)
    assert base.ask(f"{PLAN}表1第3行").status == "found"
    assert base.ask("有哪些条款提到“一网通办”").status == "found"
    assert base.ask("“社区云”家庭注册比例，市里和浦东的目标各是多少").status == "found"


@pytest.mark.parametrize("question", ["浦民发〔2099〕1号", "浦民发〔2023〕74号表1第99行"])
def test_what_is_named_and_not_there_is_not_found_however_near_the_rest(base, question):
    answer = base.ask(question)
    assert answer.status == "not_found"
    assert answer_text(answer).startswith("库中没有“")
