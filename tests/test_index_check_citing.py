"""The ways in which officials cite, each as one kind with its relatives: the words are right, and where they are said to stand is read."""

from __future__ import annotations

import pytest
from index_fakes import make_document

from index.answer.library import Library
from index.check.check import Checker
from index.check.own import ordinals_of
from index.links.linker import Linker
from index.references.reader import reader_of

RULES = make_document(
    "甲府规〔2023〕5号",
    "甲市养老服务管理办法",
    {
        "第一条": (("第一条",), ["第一条 为了规范养老服务，制定本办法。"]),
        "第二条": (("第二条",), ["第二条 养老机构应当每年组织两次消防安全应急演练。"]),
        "第三条": (("第三条",), ["第三条 护理人员应当经过岗前培训并定期接受考核。"]),
        "第三条/（一）": (("第三条", "（一）"), ["（一）岗前培训不少于四十学时；"]),
        "第四条": (("第四条",), ["第四条 收住失能老年人的机构应当配备夜间值守人员。"]),
    },
    issuer="甲市人民政府",
)
PLAN = make_document(
    "甲府发〔2024〕9号",
    "甲市养老服务行动计划",
    {
        "一": (("一、目标",), ["一、目标。到2026年建成社区助餐点一百家。"]),
        "附件1/1": (("附件1", "1.床位"), ["1.新增护理型床位三百张并向农村倾斜。"]),
        "附件2/1": (("附件2", "1.助餐"), ["1.社区助餐点按照统一标准配置保温设备。"]),
    },
    issuer="甲市人民政府",
)
ORDER = make_document(
    "乙省人民政府令第31号",
    "乙省物业服务规定",
    {
        "第一条": (("第一条",), ["第一条 为了规范物业服务，制定本规定。"]),
        "第二条": (("第二条",), ["第二条 物业服务人应当每季度公布收支明细账目。"]),
    },
    issuer="乙省人民政府",
)
TITLE, NUMBER = "《甲市养老服务管理办法》", "甲府规〔2023〕5号"
DRILL = "养老机构应当每年组织两次消防安全应急演练"
TRAIN = "护理人员应当经过岗前培训并定期接受考核"
NIGHT = "收住失能老年人的机构应当配备夜间值守人员"
MONEY = "物业服务人应当每季度公布收支明细账目"


def checker(*documents):
    made = {one.key: one for one in documents}
    return Checker(Library(made, {}), Linker(made), reader_of(documents))


BASE = checker(RULES, ORDER, PLAN)


def told(draft):
    """Give the verdicts on the quotations of a draft."""
    return [one.verdict for one in BASE.check(draft).findings if one.quoted]


def both(form):
    """Give the verdicts where the place that a form cites is the right one, and where it is another."""
    return [*told(form.format("第二条")), *told(form.format("第四条"))]


@pytest.mark.parametrize(
    "form",
    [
        TITLE + f"（{NUMBER}，{{}}）规定：“{DRILL}。”",
        TITLE + f"（{{}}）规定：“{DRILL}。”",
        TITLE + f"（{NUMBER}{{}}）规定：“{DRILL}。”",
        TITLE + f"（2023年5月1日公布）{{}}规定：“{DRILL}。”",
        TITLE + f"（甲市人民政府2023年印发）{{}}规定：“{DRILL}。”",
    ],
)
def test_ordinals_stand_in_or_behind_any_bracket_of_a_title(form):
    assert both(form) == ["same", "misplaced"]


@pytest.mark.parametrize(
    "form",
    [
        TITLE + f"（{NUMBER}），其中{{}}规定：“{DRILL}。”",
        TITLE + f"，{{}}规定：“{DRILL}。”",
        TITLE + f"——{{}}规定：“{DRILL}。”",
        TITLE + f"共四条。其中，{{}}明确：“{DRILL}。”",
        f"去年印发{TITLE}。文件{{}}规定：“{DRILL}。”",
        f"去年印发{TITLE}。这一办法{{}}规定：“{DRILL}。”",
        f"去年印发{TITLE}。该文{{}}规定：“{DRILL}。”",
        TITLE + f"（{NUMBER}）：\n{{}}规定：“{DRILL}。”",
        TITLE + f"：\n（一）{{}}规定：“{DRILL}。”",
    ],
)
def test_ordinals_parted_from_their_document_are_its_own(form):
    assert both(form) == ["same", "misplaced"]


def test_what_a_decision_puts_in_place_of_an_article_is_not_what_the_article_says():
    assert [one.cited for one in BASE.check(f"修改{TITLE}。将第三条改为第四条：“{DRILL}。”").findings if one.cited] == [
        TITLE
    ]


@pytest.mark.parametrize(
    "form",
    [
        f"根据甲市养老服务管理办法{{}}规定，“{DRILL}”。",
        f"根据甲市养老服务管理办法（{NUMBER}）{{}}规定，“{DRILL}”。",
        f"按照“甲市养老服务管理办法”{{}}规定，“{DRILL}”。",
        f"按照“甲市养老服务管理办法”（{NUMBER}）{{}}规定，“{DRILL}”。",
        f"按照〈甲市养老服务管理办法〉{{}}规定，“{DRILL}”。",
        f"按照<甲市养老服务管理办法>{{}}规定，“{DRILL}”。",
    ],
)
def test_a_title_stands_in_other_marks_or_in_none(form):
    assert both(form) == ["same", "misplaced"]


def test_a_title_that_is_part_of_a_longer_name_is_another_document():
    assert told(f"根据丙区甲市养老服务管理办法第四条规定，“{DRILL}”。") == ["unknown"]


@pytest.mark.parametrize(
    "number",
    [
        "甲府规〔2023〕第5号",
        "甲府规〔2023年〕5号",
        "甲府规2023年5号",
        "文号：甲府规〔2023〕5号",
        "见甲府规[2023]5号",
        "甲府规【２０２３】５号文件",
    ],
)
def test_a_number_behind_a_title_is_read_in_any_spelling(number):
    assert told(f"《甲市养老服务管理办法》（{number}）第二条规定：“{DRILL}。”") == ["same"]
    assert told(
        f"《甲市养老服务管理办法》（{number.replace('5', '6').replace('５', '６')}）第二条规定：“{DRILL}。”"
    ) == ["unknown"]


@pytest.mark.parametrize(
    "name",
    [
        f"甲市人民政府{NUMBER}文件",
        f"“{NUMBER}”文件",
        f"《甲市养老服务管理办法（{NUMBER}）》",
        f"{NUMBER}《甲市养老服务管理办法》",
        f"（{NUMBER}）{TITLE}",
        f"甲市人民政府{NUMBER}文件印发的{TITLE}",
    ],
)
def test_a_number_stands_with_its_office_in_marks_or_before_the_title(name):
    [only] = BASE.check(f"根据{name}第二条，“{DRILL}”。").findings
    assert only.verdict == "same"


@pytest.mark.parametrize(
    "behind",
    [
        "（依据：{}）",
        "（参阅{}）",
        "（政策依据：{}）",
        "（甲市人民政府{}）",
        "（引自甲市人民政府印发的{}）",
        "【{}】",
        "[{}]",
        "，参见{}。",
        "，法律依据为{}。",
        "①\n①{}。",
        "[1]\n\n[1] {}。",
    ],
)
def test_words_are_cited_behind_them(behind):
    assert both("“" + DRILL + "”" + behind.format(TITLE + "{}")) == ["same", "misplaced"]


def test_words_whose_source_follows_in_their_sentence_are_not_without_one():
    assert told(f"“{DRILL}”，{TITLE}第二条这样规定。") == ["same"]
    assert told(f"“{DRILL}”。{TITLE}第三条另有规定。") == ["unattributed"]
    assert told(f"“{DRILL}”，《丙市养老条例》第二条这样规定。") == ["unattributed"]


@pytest.mark.parametrize(
    "draft",
    [
        f"“{DRILL}”“{NIGHT}”（{TITLE}第二条、第四条）。",
        f"既要“{DRILL}”，又要“{NIGHT}”（{TITLE}第二条和第四条）。",
        f"“{DRILL}”“{MONEY}”（{TITLE}第二条；《乙省物业服务规定》第二条）。",
        f"“{DRILL}”（{TITLE}第二条）；“{NIGHT}”（同上，第四条）。",
    ],
)
def test_quotations_of_a_sentence_share_the_bracket_behind_the_last(draft):
    assert told(draft) == ["same", "same"]


@pytest.mark.parametrize("tie", ["或者", "以及", "，", "、", "或"])
def test_places_of_a_list_are_one_citation_and_none_of_them_may_be_missing(tie):
    [only] = BASE.check(f"按照{TITLE}第二条{tie}第四条的规定执行。").findings
    assert (only.verdict, only.cited) == ("same", f"{TITLE}第二条{tie}第四条")
    assert [one.verdict for one in BASE.check(f"按照{TITLE}第二条{tie}第九条的规定执行。").findings] == [
        "no_such_clause"
    ]


@pytest.mark.parametrize("between", ["：\n", "：\n\n　　", "，\n"])
def test_a_quotation_in_the_line_below_is_of_the_place_that_introduces_it(between):
    assert told(f"{TITLE}第二条规定{between}“{DRILL}。”") == ["same"]
    assert told(f"{TITLE}第四条规定{between}“{DRILL}。”") == ["misplaced"]


def test_a_paragraph_that_goes_on_quotes_the_document_of_the_one_before():
    assert told(f"{TITLE}第二条规定：“{DRILL}。”\n　　第四条还规定：“{NIGHT}。”") == ["same", "same"]
    assert told(f"{TITLE}第二条规定：“{DRILL}。”\n　　第一章第四条还规定：“{NIGHT}。”") == ["same", "misplaced"]


def test_what_points_back_means_no_document_before_one_that_is_not_held():
    cited = [one.cited for one in BASE.check(f"{TITLE}已印发。《丙市养老条例》也已印发。该文件要求加强管理。").findings]
    assert cited == [TITLE, "《丙市养老条例》"]


@pytest.mark.parametrize(
    ("place", "verdict"),
    [
        ("附件2", "same"),
        ("附件2第1点", "same"),
        ("附件《助餐点标准》", "same"),
        ("的附件二", "same"),
        ("附件1", "misplaced"),
        ("附件1第1点", "misplaced"),
        ("附件3", "misplaced"),
    ],
)
def test_an_annex_is_a_place_and_its_points_are_its_own(place, verdict):
    assert told(f"《甲市养老服务行动计划》{place}规定：“社区助餐点按照统一标准配置保温设备。”") == [verdict]


def test_a_draft_that_ends_with_a_citation_is_read_to_its_end():
    assert [one.verdict for one in BASE.check(f"“{DRILL}”——{TITLE}第二条").findings] == ["same"]


def test_the_number_of_an_order_is_no_part_of_its_ordinals():
    assert ordinals_of("《乙省物业服务规定》（乙省人民政府第31号令）第二条") == "第二条"
    assert ordinals_of("《乙省物业服务规定》（乙省人民政府令第31号）第二条") == "第二条"
