"""施行日期, 有效期, 废止 and 代替 as a document states them; footnotes with the clause that bears their mark."""

import pytest
from ingest_pages import document
from office_texts import put

from ingest import compose, read_document
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
        (
            "第二条　本行动方案自公布之日起实行，有效期自2022年1月1日起至2022年12月31日。",
            [("施行日期", "公布之日"), ("有效期", "2022-12-31")],
        ),
        ("第二条　本规定自发布之日起30日后施行。", [("施行日期", "发布之日起30日后")]),
        ("第二条　本指引自《甲市房屋通知》发布之日起施行。", [("施行日期", "《甲市房屋通知》发布之日")]),
        ("第二条　本市购房措施自2023年1月1日起执行。", []),
        ("第二条　本办法自2021年1月1日起施行，至2025年12月31日止。", [("施行日期", "2021-01-01"), ("有效期", "2025-12-31")]),
        ("第二条　本通知自2022年1月1日至2022年12月31日执行。", [("施行日期", "2022-01-01"), ("有效期", "2022-12-31")]),
        ("第二条　本通知有效期为2022年1月1日至2022年12月31日。", [("有效期", "2022-12-31")]),
        ("第二条　本办法自2021年1月1日起试行两年。", [("施行日期", "2021-01-01"), ("有效期", "两年")]),
        ("第二条　本办法自2022年5月起施行。", [("施行日期", "2022年5月")]),
        ("第二条　本办法自2023年7月1日起施行，其中第五条自2024年1月1日起施行。", [("施行日期", "2023-07-01")]),
        ("第二条　本规定所称许可证有效期5年。", []),
        ("第二条　本细则自发布之日起施行，有效期与《若干措施》一致。", [("施行日期", "发布之日"), ("有效期", "与《若干措施》一致")]),
        ("第二条　《河道管理办法》自2021年9月1日起施行。", [("施行日期", "2021-09-01")]),
    ],
)  # fmt: skip
def test_statements(text, expected):
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "第二条　本办法自下发之日起试行，甲政发〔2011〕97号文件同时废止。",
            [("施行日期", "下发之日"), ("废止", "甲政发〔2011〕97号")],
        ),
        ("第二条　《甲市旧清单》（甲政发〔2020〕2号）不再执行。", [("废止", "《甲市旧清单》（甲政发〔2020〕2号）")]),
        ("第二条　《甲市办法》第五条第一款停止执行。", []),
        ("第二条　《甲市办法》（甲政发〔2011〕9号）中有关补贴的规定停止执行。", []),
        ("第二条　《甲市办法》附件2同时废止。", []),
        ("第二条　根据《甲市决定》，废止《甲市办法》。", [("废止", "《甲市办法》")]),
        ("第二条　拟废止《甲市办法》。", []),
        ("第二条　及时修改或废止《甲市办法》。", []),
        ("第二条　《甲市办法》废止前已受理的，按原规定办理。", []),
        ("第二条　未使用的《房票》自动作废。", []),
        (
            "第二条　甲政发〔2011〕97号、甲政发〔2012〕3号文件同时废止。",
            [("废止", "甲政发〔2011〕97号"), ("废止", "甲政发〔2012〕3号")],
        ),
        ("第二条　《甲市办法》由本规定代替。", [("代替", "《甲市办法》")]),
        ("第二条　《甲市办法》有效期延长至2027年12月31日。", [("延长", "《甲市办法》")]),
    ],
)
def test_what_is_repealed_is_a_whole_document_by_title_or_number(text, expected):
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("《甲市办法》自2024年1月1日起废止。", "2024-01-01"),
        ("自2024年1月1日起，《甲市办法》停止执行。", "2024-01-01"),
        ("《甲市办法》自本办法施行之日起同时废止。", None),
        ("《甲市办法》继续有效至2027年12月31日。", "2027-12-31"),
    ],
)
def test_a_repeal_keeps_the_day_that_it_says(text, day):
    (one,) = document("甲市河道管理办法", "第一条　为了管理。", f"第二条　{text}").statements
    assert (one.value, one.day) == ("《甲市办法》", day)


def test_items_of_a_list_are_repealed_with_the_words_above_it():
    lines = (
        "第一条　本办法自2023年1月1日起施行。下列文件同时废止：",
        "（一）《甲市旧办法》（甲政发〔2011〕9号）；",
        "（二）《甲市旧细则》。",
        "第二条　《甲市条例》从其规定。",
    )
    found = document("甲市办法", *lines).statements
    assert [(one.kind, one.value, one.text) for one in found][1:] == [
        (
            "废止",
            "《甲市旧办法》（甲政发〔2011〕9号）",
            "下列文件同时废止：……（一）《甲市旧办法》（甲政发〔2011〕9号）；",
        ),
        ("废止", "《甲市旧细则》", "下列文件同时废止：……（二）《甲市旧细则》。"),
    ]


def test_the_last_clause_may_speak_of_all_above_it():
    lines = (
        "甲市若干措施",
        "一、支持购房。上述政策自2022年1月1日起执行。",
        "二、支持租房。",
        "以上政策措施自2023年1月1日起施行。",
    )
    assert [(one.value, one.clause_id) for one in document(*lines).statements] == [("2023-01-01", "甲市若干措施/第1段")]


def test_a_document_of_rows_alone_states_nothing():
    assert document("表1　标准", [["名称", "值"], ["甲", "1"], ["乙", "2"]]).statements == ()


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


NOTED = (
    "青禾市养老服务办法\n\n（{note}）\n\n第一条　为规范养老服务，制定本办法。\n第二条　本办法自2016年11月1日起施行。\n"
)


@pytest.mark.parametrize(
    ("note", "changed"),
    [
        ("2016年7月27日青禾市人民政府令第60号发布", []),
        (
            "2016年7月27日青禾市人民政府令第60号发布　根据2019年12月28日青禾市人民政府令第46号修正",
            [("2019-12-28", "2016-07-27")],
        ),
        (
            "1994年1月28日青禾市人民政府令第142号发布　根据2005年12月19日《青禾市人民政府关于修改〈青禾市养老服务办法〉的决定》"
            "第一次修订　2018年12月18日青禾市人民政府令第707号第二次修订　自2019年1月1日起施行",
            [("2019-01-01", "1994-01-28")],
        ),
        ("2019年12月28日青禾市人民政府令第46号修订", [("2019-12-28", None)]),
    ],
)
def test_the_note_under_the_title_tells_since_when_the_text_is_as_it_stands(tmp_path, note, changed):
    found = read_document(put(tmp_path, "办法.txt", NOTED.format(note=note)))
    assert [(one.value, one.day) for one in found.statements if one.kind == "修正"] == changed
