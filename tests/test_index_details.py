"""Which details a question asks for, which sentences give them, and the numbers that a question states itself."""

from __future__ import annotations

import pytest

from index.question.details import asked_details, gives, stated_numbers, without_numbers
from index.question.words import plain


def names(question):
    return [name for name, _ in asked_details(plain(question))]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("住一晚多少钱", ["money"]),
        ("能补多少", ["money"]),
        ("要收费吗", ["money"]),
        ("居委会开证明要不要收钱", ["money"]),
        ("租轮椅要押金吗", ["money"]),
        ("适老化每户补助上限", ["money"]),
        ("哪些单位可以提供服务经费", []),
        ("要给多少户老人改造", ["count"]),
        ("几岁可以领", ["age"]),
        ("几点开门", ["clock"]),
        ("上线的是几点零版本", ["number"]),
        ("双休日开不开", ["clock"]),
        ("电话是多少", ["phone"]),
        ("在哪个小程序里弄", ["link"]),
        ("要带哪些材料", ["papers"]),
        ("证明材料能不能少一点", []),
        ("占百分之几", ["share"]),
        ("满意率实测", ["share"]),
        ("怎样提高效率", []),
        ("几个工作日能办好", ["span"]),
        ("前几年吃低保的", []),
        ("哪一年建成", ["date"]),
        ("年检的截止日期", ["deadline"]),
        ("什么时候建成", ["when"]),
        ("流程是什么", ["steps"]),
        ("注册流程", ["steps"]),
        ("由谁简化流程", []),
        ("有多少家助餐点", ["count"]),
        ("哪几家养老院", ["list"]),
        ("41个事项分别是啥", ["list"]),
        ("身份证都没有，谁帮他找家", []),
        ("党建基地依托哪里打造", []),
        ("随便哪个街道窗口都能办", []),
        ("新址门牌号", ["place"]),
        ("满意率要到多少", ["share"]),
        ("社区基金会目标数", ["number"]),
        ("队伍规模", ["number"]),
        ("选址和规模要求", []),
        ("由谁来兼任", ["post"]),
        ("养老院归谁管", []),
        ("已经建好几座骨灰堂", ["count"]),
        ("好几座骨灰堂", []),
        ("我们几个邻居搞志愿队能不能给点经费", []),
        ("浦东有几个街镇", ["count"]),
    ],
)
def test_details_asked_for(question, asked):
    assert names(question) == asked


@pytest.mark.parametrize(
    ("question", "sentence", "row", "given"),
    [
        ("一个月多少钱", "每人每月240元", False, True),
        ("一个月多少钱", "价格由各街镇确定", False, False),
        ("有多少家助餐点", "建设助餐点10家", False, True),
        ("有多少家助餐点", "建设助餐点10张", False, False),
        ("要配几个社工", "每万人拥有社工18人", False, True),
        ("有多少张床位", "指标名称:床位;单位:万张;目标值:≥17.8", True, True),
        ("有多少张床位", "指标名称:床位;单位:万张;目标值:≥17.8", False, False),
        ("占百分之几", "占比不低于60%", False, True),
        ("每年种植多少", "每年种植三百棵", False, True),
        ("每年种植多少", "服务百姓，推进一体化", False, False),
        ("社区工作者队伍规模", "持证社会工作者占20%", False, False),
        ("持证要多少", "持证社会工作者占20%", False, True),
        ("189个事项里民政和社保各有几个", "189个事项全市通办", False, False),
        ("189个事项里民政和社保各有几个", "民政事项50个,社保事项60个", False, True),
        ("5个片区分别是哪几个", "5个片区,15个基地", False, False),
        ("5个片区分别是哪几个", "设东片区、南片区、西片区和北片区", False, True),
    ],
)
def test_a_sentence_gives_a_detail(question, sentence, row, given):
    details = asked_details(plain(question))
    assert all(gives(sentence, row, name, form) for name, form in details) is given
    assert details


def test_numbers_that_a_question_states():
    assert stated_numbers("2025年189个事项里的5.4万名") == {"189", "5.4"}
    assert stated_numbers("一个镇要几处") == frozenset()
    assert stated_numbers("一百八十九个事项") == {"一百八十九"}
    assert without_numbers("189个事项，1890家，18.9%", frozenset({"189"})) == "个事项，1890家，18.9%"
