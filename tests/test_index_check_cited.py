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
