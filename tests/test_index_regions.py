"""Years, regions, levels and other bureaus' matters in a text, and whether a sentence is about them."""

from __future__ import annotations

import pytest
from index_fakes import asked_of, make_document

from index.question import words
from index.question.affairs import affairs
from index.question.regions import levels, regions
from index.question.years import years
from index.search.coverage import coverings, weigh
from index.search.lexical import LexicalSettings, build_lexical
from index.search.passages import passages_of
from index.search.scope import read_scope


def test_years_regions_levels_and_affairs():
    assert years("2023年起，“十四五”期间，浦民发2022号") == {2023, 2025}
    assert regions(["杭州市", "和", "浦东新区", "每日", "照料"]) == ("杭州", "浦东")
    assert regions(["上海市浦东新区", "民政局"]) == ("浦东",)
    assert regions([]) == ()
    assert [level.name for level in levels("全市有多少家")] == ["city"]
    assert affairs("住院报销和高考") == ("住院报销", "高考")


def test_a_span_of_years_is_its_last_as_a_plan_is():
    assert years("2016到2020这几年") == years("“十三五”期间") == {2020}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("“十五五”末", {2030}),
        ("“十四五”之后", {2026}),
        ("第二十五条", set()),
        ("满十五天", set()),
        ("“八五”普法", set()),
    ],
)
def test_plans_are_told_from_numbers(text, read):
    assert years(text) == read


@pytest.mark.parametrize(
    ("question", "named"),
    [("德国人在浦东能当法定代表人吗", ("浦东",)), ("浦东人均", ("浦东",)), ("我老公是杭州人", ()), ("杭州", ("杭州",))],
)
def test_a_place_that_says_where_somebody_is_from(question, named):
    assert regions(words.segment(question)) == named


def about(question, sentence, own=frozenset({"上海", "浦东"}), issuer="上海市浦东新区民政局"):
    document = make_document("甲民发〔2024〕5号", "养老服务办法", {"一": (("一、供给",), (sentence,))}, issuer=issuer)
    passages = passages_of([document])
    lexical = build_lexical(
        [tuple(map(words.tokens, (one.text, one.headings, one.title))) for one in passages], LexicalSettings()
    )
    asked = asked_of(question)
    (one,) = coverings(passages, weigh(asked, lexical))
    return read_scope(asked, own, True).holds(one)


def test_a_district_is_not_the_city_that_its_issuer_names():
    assert about("浦东的床位有多少张", "床位300张。")
    assert not about("上海的床位有多少张", "床位300张。")
    assert about("上海的床位有多少张", "床位300张。", issuer="上海市民政局")
    assert about("上海的床位有多少张", "全市（上海）床位300张。")


def test_what_is_set_for_each_holds_in_all_own_places():
    assert about("浦东一个镇要几处骨灰堂", "每个镇至少一处骨灰堂。", issuer="上海市民政局")
    assert not about("浦东要几处骨灰堂", "设骨灰堂一百处。", issuer="上海市民政局")
    assert not about("杭州一个镇要几处骨灰堂", "每个镇至少一处骨灰堂。", issuer="上海市民政局")


def test_where_two_places_are_compared_each_sentence_is_about_one():
    assert about("市里和浦东的床位各是多少张", "床位300张。")
    assert about("市里和浦东的床位各是多少张", "床位300张。", issuer="上海市民政局")
    assert not about("上海全市的床位是多少张", "床位300张。")
