"""Years, regions and levels in a text."""

from __future__ import annotations

import pytest

from index.question import words
from index.question.regions import levels, regions
from index.question.years import years


def test_years_regions_and_levels():
    assert years("2023年起，“十四五”期间，浦民发2022号") == {2023, 2025}
    assert regions(["杭州市", "和", "浦东新区", "每日", "照料"]) == ("杭州", "浦东")
    assert regions(["上海市浦东新区", "民政局"]) == ("浦东",)
    assert regions([]) == ()
    assert [level.name for level in levels("全市有多少家")] == ["city"]


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
