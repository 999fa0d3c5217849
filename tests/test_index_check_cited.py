"""The ways in which drafts cite: orders in any spelling, what hangs on a place cited before, and which citation words belong to."""

from __future__ import annotations

import pytest
from index_fakes import make_document

from index.answer.library import Library
from index.check.check import Checker
from index.links.linker import Linker
from index.references.reader import reader_of

JOINT = make_document(
    "甲部、国家工商行政管理总局、乙总局令2007年第8号",
    "养老器材监督管理办法",
    {
        "第一条": (("第一条",), ["第一条 为了加强养老器材监督管理，制定本办法。"]),
        "第二条": (
            ("第二条",),
            ["第二条 生产者应当建立质量管理制度。\n销售者应当建立进货检查验收制度，如实记录来源。"],
        ),
        "第三条": (("第三条",), ["第三条 使用者应当遵守下列规定："]),
        "第三条/（一）": (("第三条", "（一）"), ["（一）查验产品合格证明和有关标识；"]),
        "第三条/（二）": (("第三条", "（二）"), ["（二）按照说明书定期维护保养；"]),
        "第四条": (("第四条",), ["第四条 监督检查应当下列程序进行："]),
        "第四条/（一）": (("第四条", "（一）"), ["（一）出示行政执法证件；"]),
    },
)
CITY = make_document(
    "甲市人民政府第312号令",
    "甲市养老服务规定",
    {"第一条": (("第一条",), ["第一条 养老机构应当每年组织两次消防安全应急演练。"])},
)
PLAN = make_document(
    "丙中心规字〔2020〕5号",
    "关于进一步支持养老机构发展的通知",
    {
        "一/1": (("一、加强支持", "1.扩大供给"), ["1.扩大供给。新增养老床位三百张，建设社区助餐点十家。"]),
        "一/2": (("一、加强支持", "2.减免费用"), ["2.减免费用。免收养老机构年度检测费用，减轻机构负担。"]),
        "二/3": (("二、强化监管", "3.日常监测"), ["3.日常监测。对养老机构开展服务质量日常监测，实行分级分类管理。"]),
    },
)
TITLE = "《养老器材监督管理办法》"
RECORD = "销售者应当建立进货检查验收制度，如实记录来源"
KEEP = "按照说明书定期维护保养"
CHECK = "查验产品合格证明和有关标识"
WATCH = "对养老机构开展服务质量日常监测，实行分级分类管理"
HERE = JOINT.key


def checker(*documents):
    made = {one.key: one for one in documents}
    return Checker(Library(made, {}), Linker(made), reader_of(documents))


BASE = checker(JOINT, CITY, PLAN)


def told(draft):
    """Give the verdicts on a draft."""
    return [one.verdict for one in BASE.check(draft).findings]


@pytest.mark.parametrize(
    "number",
    [
        "甲部令2007年第8号",
        "甲部等三部门令2007年第8号",
        "甲部2007年第8号令",
        "甲部令第8号",
        "甲部 工商总局 乙总局令〔2007〕第8号",
        "甲部、国家工商行政管理总局、乙总局令2007年第8号",
    ],
)
def test_an_order_of_several_offices_is_found_by_the_first_and_by_short_names(number):
    assert told(f"{TITLE}（{number}）第二条第二款规定“{RECORD}”。") == ["same"]


@pytest.mark.parametrize(
    "number", ["甲市人民政府令第312号", "甲市政府令第312号", "市政府第312号令", "甲市人民政府第312号令"]
)
def test_the_number_of_an_order_stands_before_or_behind_the_word(number):
    assert told(f"《甲市养老服务规定》（{number}）第一条规定“养老机构应当每年组织两次消防安全应急演练”。") == ["same"]


@pytest.mark.parametrize(
    "number", ["甲部令2007年第9号", "甲部令2008年第8号", "丁部令2007年第8号", "总局甲部令2007年第8号"]
)
def test_an_order_of_another_serial_year_or_office_is_none_that_is_held(number):
    assert told(f"{TITLE}（{number}）第二条第二款规定“{RECORD}”。") == ["unknown"]


@pytest.mark.parametrize("before", ["据", "经", "和", "对照"])
def test_a_number_begins_where_the_base_has_it_begin(before):
    assert told(f"{before}丙中心规字〔2020〕5号第二部分第3点，“{WATCH}”。") == ["same"]


@pytest.mark.parametrize(
    ("draft", "place"),
    [
        (f"{TITLE}第三条第（一）项规定“{CHECK}”，第（二）项明确“{KEEP}”。", "第三条/（二）"),
        (f'{TITLE}第三条第（一）项, "{CHECK}"；第（二）项, "{KEEP}"。', "第三条/（二）"),
        (f"{TITLE}第三条第（一）项规定「{CHECK}」，该条第（二）项规定「{KEEP}」。", "第三条/（二）"),
        (f"{TITLE}第二条第一款规定“生产者应当建立质量管理制度”，第二款规定“{RECORD}”。", "第二条"),
        (f"{TITLE}第二条第一款规定“生产者应当建立质量管理制度”，同条第二款规定“{RECORD}”。", "第二条"),
        (f"{TITLE}第二条第一款规定“生产者应当建立质量管理制度”，同条还规定“{RECORD}”。", "第二条"),
    ],
)
def test_a_place_hangs_on_the_one_cited_before(draft, place):
    first, second = BASE.check(draft).findings
    assert (first.verdict, second.verdict, second.clause_id) == ("same", "same", f"{HERE}/{place}")


def test_a_place_that_hangs_on_another_and_is_not_there_is_none():
    assert told(f"{TITLE}第三条第（一）项规定了查验，第（五）项规定了罚款。") == ["same", "no_such_clause"]
    assert told(f"{TITLE}第二条第一款规定了质量，同条第五款规定了罚款。") == ["same", "no_such_clause"]


def test_what_hangs_on_a_place_is_mended_by_itself():
    draft = f"{TITLE}第三条第（一）项规定“{CHECK}”，第（一）项还规定“{KEEP}”。"
    _, found = BASE.check(draft).findings
    start, end, _ = found.suggestion
    assert (found.verdict, draft[start:end]) == ("misplaced", "第（一）项")


def test_points_that_are_numbered_on_through_all_parts_are_found_by_their_number():
    assert told(f"丙中心规字〔2020〕5号第一部分第2点规定了费用，第3点规定“{WATCH}”。") == ["same", "same"]
    assert told("丙中心规字〔2020〕5号第一部分第2点规定了费用，第9点规定了罚款。") == ["same", "no_such_clause"]


@pytest.mark.parametrize("back", ["上述通知", "前述通知", "该通知", "上述文件"])
def test_words_that_point_back_mean_the_document_named_before(back):
    draft = f"按照丙中心规字〔2020〕5号第一部分第2点免收费用。{back}第二部分第3点要求“{WATCH}”。"
    assert told(draft) == ["same", "same"]


def test_words_introduced_by_a_place_are_looked_for_there_and_not_where_an_earlier_citation_would_have_them():
    assert told(f"为落实{TITLE}，现提出意见。各区要按照{TITLE}第一条“{RECORD}”的规定办理。") == ["same", "misplaced"]
    assert told(f"为落实{TITLE}，按照《甲市养老服务规定》第一条“{RECORD}”的规定办理。") == ["same", "misplaced"]
    assert told(f"{TITLE}第二条、《甲市养老服务规定》第一条规定，“{RECORD}”。") == ["same", "same"]


@pytest.mark.parametrize("words", ["所确定的", "所确立的", "设定的", "列明："])
def test_words_are_introduced_by_what_their_document_does(words):
    draft = f"参照《丁市养老服务办法》（丁府发〔2020〕9号）{words}“按床位每年两千元补助”的标准执行。"
    (found,) = BASE.check(draft).findings
    assert (found.verdict, found.quoted) == ("unknown", "按床位每年两千元补助")


def test_words_whose_document_is_named_in_the_sentence_and_not_held_are_not_without_a_source():
    draft = f"《丁市养老服务办法》（丁府发〔2020〕9号）对监管作了安排：机构上“{WATCH}”，器材上“{RECORD}”。"
    assert told(draft) == ["unknown", "unknown"]
    assert told(f"《丁市养老服务办法》（丁府发〔2020〕9号）已经印发。“{WATCH}”。") == ["unknown", "unattributed"]
    assert told(f"按《丁市养老服务办法》（丁府发〔2020〕9号）办理；机构上“{WATCH}”。") == ["unknown", "unattributed"]


def test_an_earlier_citation_is_no_source_of_words_that_a_document_not_held_is_named_for():
    draft = f"{TITLE}第三条已有规定。《丁市养老服务办法》（丁府发〔2020〕9号）第七条要求企业“{RECORD}”。"
    assert told(draft) == ["same", "unknown"]
