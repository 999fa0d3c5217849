"""施行日期, 有效期, 废止 and 代替 as a document states them; footnotes with the clause that bears their mark."""

import pytest
from ingest_pages import document

from ingest import compose
from ingest.pages import Footnote, Line, Page
from ingest.records import SourceFile


def stated(*lines):
    return [(one.kind, one.value) for one in document("甲市河道管理办法", "第一条　为了管理。", *lines).statements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "第二条　本办法自2023年2月12日起施行，有效期至2028年2月11日。",
            [("施行日期", "2023-02-12"), ("有效期", "2028-02-11")],
        ),
        ("第二条　本细则自印发之日起执行，有效期5年。", [("施行日期", "印发之日"), ("有效期", "5年")]),
        (
            "第二条　本规定自二〇一四年七月一日起施行。2003年6月17日发布的《甲市暂行规定》（甲政发〔2003〕99号）和《甲市细则》同时废止。",
            [("施行日期", "2014-07-01"), ("废止", "《甲市暂行规定》（甲政发〔2003〕99号）"), ("废止", "《甲市细则》")],
        ),
        ("第二条　本标准代替《甲市旧标准》。", [("代替", "《甲市旧标准》")]),
        ("第二条　《乙省办法》自2010年1月1日起施行，依照其规定执行。", []),
        ("第二条　许可证有效期3年。", []),
    ],
)
def test_statements(text, expected):
    assert stated(text) == expected


def test_a_statement_keeps_its_words_and_its_clause():
    (one,) = document("甲市通知", "一、加强管理。落实责任。", "二、本通知自公布之日起施行。").statements
    assert (one.value, one.text, one.clause_id) == ("公布之日", "二、本通知自公布之日起施行。", "甲市通知/二")


def test_footnotes_belong_to_the_clause_that_bears_their_mark():
    lines = tuple(
        Line(text, 0, float(place), block=True)
        for place, text in enumerate(("甲市办法", "第一条　高峰期间¹加强调度。", "第二条　施行。"))
    )
    page = Page(
        0, 0.0, 0.0, lines, characters=23, footnotes=(Footnote("1", "早高峰7—9时。"), Footnote("2", "无处可归。"))
    )
    found = compose(SourceFile("甲.html", "0", "html"), (page,))
    assert [clause.notes for clause in found.clauses] == [("早高峰7—9时。",), ()]
    assert found.warnings == ("脚注“无处可归。”的标记“2”在正文里找不到，未归入条款",)
