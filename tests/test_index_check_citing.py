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


TWICE = make_document(
    "丁府规〔2022〕7号",
    "丁市电梯安全规定",
    {
        "第一条": (
            ("第一条",),
            ["第一条 电梯维护保养单位每十五天进行一次现场维护保养。\n", "使用超过十五年的电梯应当增加功能性检查。"],
        ),
        "第二条": (("第二条",), ["第二条 电梯使用单位应当张贴检验标志。"]),
        "第三条": (("第三条",), ["第三条 本规定自印发之日起施行。"]),
    },
    issuer="丁市人民政府",
)


@pytest.mark.parametrize("name", ["该规定", "上述规定", "这一规定", "丁府规7号文", "该规定的", "该文件中"])
def test_a_paragraph_is_that_of_the_document_pointed_back_to(name):
    draft = f"请执行《丁市电梯安全规定》（丁府规〔2022〕7号）。{name}第一条第{{}}款规定：“使用超过十五年的电梯应当增加功能性检查。”"
    base = checker(TWICE)
    found = [[one.verdict for one in base.check(draft.format(count)).findings if one.quoted] for count in "二一"]
    assert found == [["same"], ["misplaced"]]


@pytest.mark.parametrize("name", ["《甲市政府工作报告》", "《丙市调研纪实》（2023年）", "《会议发言》中"])
@pytest.mark.parametrize("says", ["提出", "指出：", "强调，", "明确"])
def test_what_introduces_words_is_cited_whatever_it_is_called(name, says):
    (found,) = BASE.check(f"{name}{says}“{MONEY}”，请落实。").findings
    assert (found.verdict, found.clause_id) == ("unknown", "乙省人民政府令第31号/第二条")
    assert BASE.check(f"请学习{name}。").findings == ()


@pytest.mark.parametrize(
    "words",
    [
        "应当每年组织两次消防安全应急演练，养老机构",
        "养老机构每年应当组织一次消防安全和应急演练",
        "养老机构应当定期组织开展消防安全应急演练",
    ],
)
def test_words_in_a_sentence_that_cites_a_place_are_held_against_it_though_others_stand_between(words):
    assert told(f"{TITLE}第二条要求各机构“{words}”，请落实。") == ["differs"]
    assert told(f"{TITLE}第二条施行以来，本市各类机构都“设立老年大学并开展书法绘画等课程”，请落实。") == []


@pytest.mark.parametrize("verb", ["允许", "鼓励", "要求做到", "限于", "：", "支持有关方"])
def test_words_right_behind_a_place_are_said_to_be_its_own_whatever_the_verb(verb):
    assert both(f"{TITLE}{{}}{verb}“{DRILL}”。") == ["same", "misplaced"]
    assert told(f"{TITLE}第二条{verb}“设立老年大学并开展书法绘画等课程”。") == ["absent"]
    assert told(f"{TITLE}第二条{verb}“放管服”改革。") == []


NOTICE = make_document(
    "甲税务总局公告2025年第17号",
    "甲税务总局关于个人销售住房的公告",
    {"第1段": ((), ["个人销售自有住房应当在三十日内办理纳税申报手续。"])},
    issuer="甲税务总局",
)
HOME = "个人销售自有住房应当在三十日内办理纳税申报手续"


@pytest.mark.parametrize("before", ["本次调整以", "会员人数不符合", "换届还应遵守", "按", "现根据", "市民政局落实"])
def test_a_number_begins_where_that_of_the_base_does_whatever_word_stands_before_it(before):
    assert both(f"{before}{NUMBER}{{}}规定：“{DRILL}”。") == ["same", "misplaced"]


@pytest.mark.parametrize("more", ["皖", "乙", "杭州"])
def test_a_longer_number_is_another_one(more):
    assert told(f"根据{more}{NUMBER}第二条规定：“{DRILL}”。") == ["unknown"]


@pytest.mark.parametrize(
    "number", ["甲税务总局公告2025年第17号", "甲税务总局公告〔2025〕17号", "甲税务总局公告2025年17号"]
)
def test_an_announcement_is_known_by_its_number_and_another_is_not_held(number):
    base = checker(NOTICE, RULES)
    assert [one.verdict for one in base.check(f"“{HOME}”（{number}）。").findings] == ["same"]
    other = base.check(f"“{HOME}”（{number.replace('17', '97')}）。").findings
    assert [one.verdict for one in other] == ["unknown"]


@pytest.mark.parametrize("between", ["要求在首页开设专栏，", "明确分级管理，做到", "从严规范，各机构须"])
def test_short_words_in_a_sentence_that_cites_a_place_are_not_passed_over(between):
    assert told(f"{TITLE}第三条{between}“岗前培训并定期考核”。") == ["differs"]
    assert told(f"丙府发〔2021〕99号第三条{between}“避免层层加码，方便办事”。") == ["unknown"]
    assert told(f"{TITLE}第三条{between}“放管服”。") == []
