"""Five-year plans: which are behind a document and which is its own follows from the document, never from today."""

import pytest

from ingest.clauses import cut
from ingest.plans import plans_in
from ingest.records import Clause, Metadata, Sentence, Span
from ingest.targets.occasion import occasion_of
from ingest.targets.reading import read_targets

THREE_DOCUMENTS = [
    ("2016-03-01", "十二五", "十三五"),
    ("2021-07-13", "十三五", "十四五"),
    ("2026-02-01", "十四五", "十五五"),
]
YEARS = {"十二五": "2011-2015", "十三五": "2016-2020", "十四五": "2021-2025", "十五五": "2026-2030"}


def read(text, *headings, title="民政事业发展意见", date=None, number=None, whole=""):
    sentences = tuple(Sentence(text[a:b], a, b, Span(a, b), (1,), ()) for a, b in cut(text))
    clause = Clause("甲/一", "clause", headings, text, text, Span(0, len(text)), (1,), "", sentences)
    found = read_targets(clause, occasion_of(Metadata(number, title, date=date), whole or text))
    return [(target.kind, target.indicator, target.value, target.deadline) for target in found]


@pytest.mark.parametrize(("date", "over", "own"), THREE_DOCUMENTS)
def test_the_plan_before_is_past_and_the_own_plan_is_not(date, over, own):
    assert read(f"“{over}”期间建成320家服务中心。", date=date) == [("achieved", "服务中心", "320", YEARS[over])]
    assert read(f"“{own}”期间建成320家服务中心。", date=date) == [("target", "服务中心", "320", YEARS[own])]
    last = YEARS[own][-4:]
    assert read(f"到“{own}”末，养老床位总量达到17.8万张。", date=date) == [("target", "养老床位总量", "17.8", last)]
    assert read(f"“{over}”末，养老床位总量达到15万张。", date=date) == [
        ("achieved", "养老床位总量", "15", YEARS[over][-4:])
    ]


@pytest.mark.parametrize(("date", "over", "own"), THREE_DOCUMENTS)
def test_both_plans_in_one_sentence(date, over, own):
    text = f"“{over}”期间建成服务中心50家，“{own}”期间新增服务中心80家。"
    assert read(text, date=date) == [
        ("achieved", "服务中心", "50", YEARS[over]),
        ("target", "服务中心", "80", YEARS[own]),
    ]


@pytest.mark.parametrize(("date", "over", "own"), THREE_DOCUMENTS)
def test_a_heading_that_names_the_plan_before_tells_of_the_past(date, over, own):
    assert read("建成320家服务中心。", f"（一）“{over}”时期取得重大进展", date=date)[0][0] == "achieved"
    assert read("建成320家服务中心。", f"（二）“{own}”时期主要任务", date=date)[0][0] == "target"


@pytest.mark.parametrize(("date", "over", "own"), THREE_DOCUMENTS)
def test_what_is_only_compared_with_the_plan_before_is_a_target(date, over, own):
    assert read(f"护理型床位占比从“{over}”末的60%提高到70%。", date=date) == [("target", "护理型床位占比", "70", None)]
    assert read(f"在“{over}”基础上新增床位100张。", date=date) == [("target", "床位", "100", None)]


def test_what_rose_from_a_plan_long_over_is_past():
    assert read("护理型床位占比从“十二五”末的50%提高到60%。", date="2021-07-13")[0][0] == "achieved"


@pytest.mark.parametrize("words", ["十四五期间", '"十四五"时期', "“十四五”规划期间", "“十四五”期内"])
def test_ways_of_writing_the_years_of_a_plan(words):
    assert read(f"{words}新增床位100张。", date="2023-01-05") == [("target", "床位", "100", "2021-2025")]


@pytest.mark.parametrize("words", ["到十五五末，", "“十五五”期末，", "到“十五五”规划末，", "“十五五”时期末，"])
def test_ways_of_writing_the_end_of_a_plan(words):
    assert read(f"{words}新增床位100张。", date="2026-01-05") == [("target", "床位", "100", "2030")]


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"date": "2020-12-31"}, "target"),
        ({"date": "2021-01-01"}, "achieved"),
        ({"number": "甲民发〔2021〕3号"}, "achieved"),
        ({"title": "2021年民政工作要点"}, "achieved"),
        ({"title": "养老服务行动计划（2021—2023年）"}, "achieved"),
        ({"title": "民政事业发展“十三五”规划"}, "target"),
        ({"title": "民政事业发展“十四五”规划"}, "achieved"),
        ({"title": "关于制定国民经济和社会发展第十四个五年规划的建议", "date": "2020-12-03"}, "achieved"),
        ({"title": "国民经济和社会发展第十三个五年规划和2035年远景目标纲要"}, "target"),
        ({"whole": "“十二五”取得成就。“十三五”期间扩面，“十三五”末达标。"}, "target"),
        ({"whole": "“十三五”末达标。“十四五”期间扩面，“十四五”末提质，“十五五”时期巩固。"}, "achieved"),
        ({"whole": "“十二五”与“十三五”。"}, "achieved"),
        ({}, "achieved"),
    ],
)
def test_what_tells_when_a_document_speaks(facts, kind):
    assert read("“十三五”期间新增床位100张。", **facts) == [(kind, "床位", "100", "2016-2020")]


def test_a_span_of_years_in_the_title_is_no_single_year():
    title = "养老服务行动计划（2023—2025年）"
    assert read("到2024年，新增床位100张。", title=title) == [("target", "床位", "100", "2024")]
    assert read("2022年，新增床位100张。", title=title) == [("achieved", "床位", "100", "2022")]
    assert read("全年新增床位100张。", title=title) == [("target", "床位", "100", None)]
    assert read("“十四五”期间新增床位100张。", title="2023年工作要点") == [("target", "床位", "100", "2021-2025")]


@pytest.mark.parametrize(
    "text", ["“八五”普法期间", "满十五天", "第二十五条", "第十五届", "十四五岁", "十四五个", "“十五”时期", "二十五年"]
)
def test_what_only_looks_like_a_plan(text):
    assert list(plans_in(text)) == []


@pytest.mark.parametrize(
    "heading",
    ["2024年工作回顾", "2024年主要工作情况", "2024年目标任务完成情况", "2024年重点工作进展", "过去一年工作回顾"],
)
def test_what_a_report_looks_back_on_is_past_until_it_turns(heading):
    thanks = "现在，我向大会报告工作，请予审议。" + "对各位的关心支持表示感谢。" * 20
    whole = f"{thanks}\n{heading}\n建成服务中心320家。\n2025年工作安排\n建成服务中心50家。"
    about = {"title": "2025年青禾省政府工作报告", "date": "2025-01-19", "whole": whole}
    assert read("建成服务中心320家。", **about)[0][0] == "achieved"
    assert read("建成服务中心50家。", **about)[0][0] == "target"
