"""Slips of typing: what is mended by the words of a base, and what must stay as it was typed."""

from __future__ import annotations

from collections import Counter

import pytest

from index.question import lists
from index.question.slips import Slip, SlipReader
from index.question.words import tokens
from index.search.lexical import LexicalSettings, build_lexical

TEXTS = (
    "购房人应当符合本市住房限购政策。",
    "暂停实施住房限购政策，优化住房公积金贷款。",
    "职工可以提取住房公积金支付房租，公积金缴存基数另行公布。",
    "公积金缴存比例由单位确定，补贴申请由区民政局受理。",
    "创业担保贷款的额度和创业担保贷款的贴息。",
    "鼓励创业，增加养老床位，养老床位补贴按张计算。",
    "消防产品质量监督，消防产品不合格的依法处罚。",
    "民政局受理社会救助申请，社会救助标准每年调整。",
    "房票安置，房票可以转让，增加住房供应。",
    "房产税税率分几档，房产税由税务机关征收，税率另行规定。",
    "婴幼儿照护服务机构登记备案，婴幼儿照护服务补贴。",
    "社区服务设施，社区服务中心，政府采购服务，政府采购目录。",
)


def reader_of(*texts):
    return SlipReader(build_lexical((tokens(text) for text in texts), LexicalSettings()))


@pytest.fixture(scope="module")
def reader():
    return reader_of(*TEXTS, *TEXTS)


@pytest.mark.parametrize(
    ("typed", "mended", "slips"),
    [
        ("南京现在还有限够政策吗", "南京现在还有限购政策吗", [("限够", "限购")]),
        ("2025年公机金缴存基数是多少", "2025年公积金缴存基数是多少", [("公机金", "公积金")]),
        ("民证局在哪？去民证局怎么走", "民政局在哪？去民政局怎么走", [("民证局", "民政局")] * 2),
        ("养老窗位有没有补贴", "养老床位有没有补贴", [("窗位", "床位")]),
        ("“社会就助”，15 分", "“社会救助”，15 分", [("就助", "救助")]),
        ("荒票能不能转让", "房票能不能转让", [("荒票", "房票")]),
        ("消防品产不合格怎么罚", "消防产品不合格怎么罚", [("品产", "产品")]),
        ("外地的婴幼幼儿照护服务", "外地的婴幼儿照护服务", [("婴幼幼儿", "婴幼儿")]),
        ("政府政府采购目录", "政府采购目录", [("政府政府", "政府")]),
        ("公机金和限够政策", "公积金和限购政策", [("公机金", "公积金"), ("限够", "限购")]),
    ],
)
def test_mistyped_words_are_read_as_words_of_the_base(reader, typed, mended, slips):
    assert reader.mend(typed) == (mended, tuple(Slip(*slip) for slip in slips))


@pytest.mark.parametrize(
    "typed",
    [
        "住房限购政策和公积金缴存比例",
        "房产税税率分几档",
        "公正局部调整",
        "试试行不行，一份份看看",
        "2030年年均增长",
        "补贴要不要交税，公积金里的钱能全拿出来不",
        "第四是什么，一百万够不够",
        "限够县在哪里",
        "民证局〔2023〕74号",
        "这事能不能办，关键是能坚持",
        "app wifi online email vip excel",
        "",
        "  \n（１）ＡＰＰ，3.5%！",
    ],
)
def test_what_may_be_right_stays(reader, typed):
    assert reader.mend(typed) == (typed, ())


def test_a_word_of_another_office_is_not_known():
    other = reader_of(*["电梯维保单位应当及时到达现场，维保记录应当保存。"] * 4)
    assert other.mend("公机金缴存和电梯围保单位") == ("公机金缴存和电梯维保单位", (Slip("围保", "维保"),))


def test_a_word_seen_once_is_never_meant():
    assert reader_of("公积金缴存基数另行公布。").mend("公机金缴存") == ("公机金缴存", ())


def test_two_words_nearly_as_likely_are_not_guessed():
    base = reader_of(*["公示期满后办理。", "公式另行规定。"] * 6)
    assert base.mend("公视多久") == ("公视多久", ())


def test_a_word_that_an_office_lists_counts_as_seen():
    lists.use({"domain_words.txt": "维保单位\n"})
    try:
        mended = reader_of("电梯应当及时检修。").mend("电梯围保单位在哪")
    finally:
        lists.use({})
    assert mended == ("电梯维保单位在哪", (Slip("围保单位", "维保单位"),))


@pytest.mark.parametrize(
    ("typed", "mended", "slips"),
    [
        ("gongjijin怎么提", "公积金怎么提", [("gongjijin", "公积金")]),
        ("MinZhengJu 的电话", "民政局 的电话", [("MinZhengJu", "民政局")]),
        ("min zheng ju", "民政局", [("min zheng ju", "民政局")]),
        ("用xian'gou，xiangou.", "用限购，限购.", [("xian'gou", "限购"), ("xiangou", "限购")]),
        ("minz hengju", "minz hengju", []),
        ("xiangou@qq.com www.xiangou.cn https://xiangou.cn a-xiangou xiangou2",
         "xiangou@qq.com www.xiangou.cn https://xiangou.cn a-xiangou xiangou2", []),
    ],
)  # fmt: skip
def test_pinyin_letters_are_read_as_words_of_the_base(reader, typed, mended, slips):
    assert reader.mend(typed) == (mended, tuple(Slip(*slip) for slip in slips))


def test_traditional_characters_are_no_slips(reader):
    assert reader.mend("請問民政局辦理社會救助嗎？") == ("请问民政局办理社会救助吗？", ())
    assert reader.mend("去民證局") == ("去民政局", (Slip("民證局", "民政局"),))


def test_without_a_base_only_the_script_changes():
    assert SlipReader().mend("民證局 minzhengju") == ("民证局 minzhengju", ())


def test_a_long_question_is_mended_throughout(reader):
    mended, slips = reader.mend("我要去民证局，" * 143)
    assert mended == "我要去民政局，" * 143
    assert Counter(slips) == {Slip("民证局", "民政局"): 143}
