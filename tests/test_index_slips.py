"""Slips of typing: what is mended, and what must stay as it was typed."""

from __future__ import annotations

import pytest

from index.question.slips import Slip, SlipReader

KNOWN = (
    *(
        "民政局",
        "区民政局",
        "民政部",
        "社会救助",
        "最低生活保障",
        "最低生活保障标准",
        "收养登记",
        "婚姻登记",
        "结婚登记",
    ),
    *("志愿者", "志愿服务", "社区云", "居民区", "居委干部", "不起诉", "普惠型", "公证处", "抚养协议", "扶养协议"),
    *("居（村）民小组", "低保", "公墓", "未保", "助医", "失能", "快递", "社工", "重残", "重残无业人员", "公募资格"),
)
REAL = ("维保",)


@pytest.fixture(scope="module")
def reader():
    return SlipReader(KNOWN, REAL)


@pytest.mark.parametrize(
    ("typed", "mended", "slips"),
    [
        ("民证局在哪？", "民政局在哪？", [("民证局", "民政局")]),
        ("去民证局怎么走", "去民政局怎么走", [("民证局", "民政局")]),
        ("“最低生活保帐”，15 分", "“最低生活保障”，15 分", [("最低生活保帐", "最低生活保障")]),
        ("最低生活保帐标准多少", "最低生活保障标准多少", [("最低生活保帐标准", "最低生活保障标准")]),
        ("收样登记要什么材料", "收养登记要什么材料", [("收样登记", "收养登记")]),
        ("婚因登记和结婚等记", "婚姻登记和结婚登记", [("婚因登记", "婚姻登记"), ("结婚等记", "结婚登记")]),
        ("怎么申请低宝", "怎么申请低保", [("低宝", "低保")]),
        ("仲残无业人员的补贴", "重残无业人员的补贴", [("仲残无业人员", "重残无业人员")]),
        ("志院服务", "志愿服务", [("志院服务", "志愿服务")]),
    ],
)
def test_homophones_are_mended(reader, typed, mended, slips):
    assert reader.mend(typed) == (mended, tuple(Slip(*slip) for slip in slips))


@pytest.mark.parametrize(
    ("typed", "mended", "slips"),
    [
        ("色会救助", "社会救助", [("色会救助", "社会救助")]),
        ("最低森活保障", "最低生活保障", [("最低森活保障", "最低生活保障")]),
        ("射工", "社工", [("射工", "社工")]),
        ("色工", "色工", []),
    ],
)
def test_sounds_that_many_type_alike_count_in_long_words_only(reader, typed, mended, slips):
    assert reader.mend(typed) == (mended, tuple(Slip(*slip) for slip in slips))


@pytest.mark.parametrize(
    ("typed", "mended", "slips"),
    [
        ("shequyun怎么用", "社区云怎么用", [("shequyun", "社区云")]),
        ("MinZhengJu 的电话", "民政局 的电话", [("MinZhengJu", "民政局")]),
        ("she qu yun", "社区云", [("she qu yun", "社区云")]),
        ("用di'bao卡，dibao.", "用低保卡，低保.", [("di'bao", "低保"), ("dibao", "低保")]),
        ("app dibao online", "app 低保 online", [("dibao", "低保")]),
    ],
)
def test_pinyin_letters_are_mended(reader, typed, mended, slips):
    assert reader.mend(typed) == (mended, tuple(Slip(*slip) for slip in slips))


@pytest.mark.parametrize(
    "typed",
    [
        "app wifi online email vip excel",
        "minz hengju",
        "dibao@qq.com www.dibao.cn https://shequyun.cn a-dibao dibao2",
        "zhuyi shixiang",
        "fuyangxieyi",
        "ju ju ju",
    ],
)
def test_other_latin_stays(reader, typed):
    assert reader.mend(typed) == (typed, ())


@pytest.mark.parametrize(
    "typed",
    [
        "志愿者、民政局和最低生活保障标准",
        "公正处理",
        "结婚登机",
        "公正处",
        "自愿者",
        "居民去哪里办",
        "民政不管的事",
        "人民正局部调整",
        "加强普惠性、基础性、兜底性民生建设",
        "这事能不能办，关键是能坚持",
        "较快地办",
        "书读不起书",
        "居委干不干",
        "电梯维保",
        "公募基金会",
        "浮养协议",
        "名证菊",
        "",
        "  \n（１）ＡＰＰ，3.5%！",
    ],
)
def test_right_words_stay(reader, typed):
    assert reader.mend(typed) == (typed, ())


def test_traditional_characters_are_no_slips(reader):
    assert reader.mend("請問民政局辦理結婚登記嗎？") == ("请问民政局办理结婚登记吗？", ())
    assert reader.mend("去民證局") == ("去民政局", (Slip("民證局", "民政局"),))


def test_two_words_of_one_sound_are_not_guessed():
    assert SlipReader(["收养登记", "首养登记"]).mend("收样登记") == ("收样登记", ())
    assert SlipReader(["收养登记", "收洋登记"]).mend("收洋登记") == ("收洋登记", ())
    assert SlipReader(["社区云", "社区芸"]).mend("shequyun") == ("shequyun", ())


def test_the_same_sound_goes_before_a_like_one():
    assert SlipReader(["收桑登记", "收伤登记"]).mend("收丧登记") == ("收桑登记", (Slip("收丧登记", "收桑登记"),))


def test_without_known_words_only_the_script_changes():
    assert SlipReader([]).mend("民證局 dibao") == ("民证局 dibao", ())


def test_a_long_question_is_mended_throughout(reader):
    mended, slips = reader.mend("我要去民证局，" * 143)
    assert mended == "我要去民政局，" * 143
    assert slips == (Slip("民证局", "民政局"),) * 143
