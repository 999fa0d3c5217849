"""文件: the table sorted, narrowed and cut, and how its rows are worded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.catalogue import COLUMNS, PAGE, Row, Wanted, choices, kind_of, listing
from app.render import render
from app.tabs.documents import read_wanted

ROW = Row(
    "甲发〔2024〕1号", "甲市养老条例", "甲发〔2024〕1号", "甲市政府", "2024-01-02", "2024", "条例", "", "", "现行",
    False, 12, 35, 15, 0,
)  # fmt: skip
OTHER = replace(ROW, key="乙", title="乙区“十四五”规划", number="", issuer="乙区政府", date="2021-07-13", year="2021", kind="规划",
                plan="十四五（至2025年）", until="2025-12-31", force="规划期已过", is_marked=True, clauses=110)  # fmt: skip
BARE = replace(
    ROW,
    key="丙",
    title="丙表",
    number="",
    issuer="",
    date="",
    year="未载明",
    kind="其他",
    force="未载明",
    pages=0,
    clauses=1,
)
ROWS = (ROW, OTHER, BARE)


def keys(**wanted: object) -> list[str]:
    return [row.key for row in listing(ROWS, Wanted(**wanted)).rows]  # type: ignore[arg-type]


def test_the_latest_come_first_and_those_without_a_date_last() -> None:
    assert keys() == ["甲发〔2024〕1号", "乙", "丙"]
    assert keys(is_falling=False) == ["乙", "甲发〔2024〕1号", "丙"]


@pytest.mark.parametrize(
    ("sort", "first"),
    [("clauses", "乙"), ("pages", "乙"), ("issuer", "甲发〔2024〕1号"), ("plan", "乙"), ("nothing", "甲发〔2024〕1号")],
)
def test_any_column_sorts(sort: str, first: str) -> None:
    assert keys(sort=sort)[0] == first


def test_filters_and_words_narrow_together() -> None:
    assert keys(issuer="乙区政府") == ["乙"]
    assert keys(year="未载明") == ["丙"]
    assert keys(kind="条例", words="养老") == ["甲发〔2024〕1号"]
    assert keys(words="十四五规划") == ["乙"]  # quotation marks are not typed
    assert keys(words="甲发［2024］1号") == ["甲发〔2024〕1号"]
    assert keys(words="养老 乙区") == []


def test_a_long_table_is_cut_into_pages() -> None:
    rows = [replace(ROW, key=str(number), clauses=number + 1) for number in range(PAGE + 5)]
    wanted = Wanted(sort="clauses", is_falling=False, page=2)
    found = listing(rows, wanted)
    assert (found.total, found.pages, len(found.rows), found.rows[0].clauses) == (205, 2, 5, 201)
    assert listing(rows, replace(wanted, page=9)).rows == found.rows
    html = render("catalogue.html", "table", found, COLUMNS)
    assert '<button type="button" data-to="2" aria-current="page">第2页</button>' in html


def test_choices() -> None:
    assert choices(ROWS) == (["乙区政府", "甲市政府"], ["2024", "2021", "未载明"], ["条例", "规划", "其他"])


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("甲市养老服务条例（2020年修正）", "条例"),
        ("关于印发《甲市办法》的通知", "通知"),
        ("上海市民政事业发展“十四五”规划", "规划"),
        ("中华人民共和国慈善法", "法"),
        ("国务院令", "令"),
        ("养老", "其他"),
    ],
)
def test_kind_of_a_document_by_its_title(title: str, kind: str) -> None:
    assert kind_of(title) == kind


def test_a_row_says_dates_in_words_and_escapes_all() -> None:
    hostile = replace(ROW, title="<img src=x onerror=alert(1)>", issuer='"><script>', key="a b/<c>")
    html = render("catalogue.html", "whole", choices([hostile]), listing([hostile], Wanted()), COLUMNS)
    assert '<td data-name="成文日期" class="of-date">2024年1月2日</td>' in html
    assert '<a href="d/a%20b/%3Cc%3E">&lt;img src=x onerror=alert(1)&gt;</a>' in html
    assert "<script" not in html
    assert "<img" not in html


def test_what_is_not_understood_is_left_as_at_first() -> None:
    assert read_wanted({"page": "x", "falling": "no", "q": "养老"}) == Wanted(words="养老", is_falling=False)
    assert read_wanted({"page": "9" * 40}).page == 1
