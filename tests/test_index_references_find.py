"""What a question mentions, found without a base: typed, with spans, from words alone."""

from __future__ import annotations

import pytest

from index.references.find import Vocabulary, find
from index.references.mentions import ByNumber, ByRun, ByTitle, Ordinal, WrittenId
from index.references.ordinals import Grammar
from index.references.spelling import spelling
from index.references.titles import Titles

KEY, OTHER = "甲发〔2024〕5号", "乙发〔2023〕5号"
TITLES = Titles({KEY: "甲区养老服务实施方案", OTHER: "乙区养老服务实施方案"}, {}, {}, {})
VOCABULARY = Vocabulary(frozenset({"甲发", "乙发"}), TITLES, Grammar(["重大事项"]))


def mentioned(text):
    return find(spelling(text), VOCABULARY)


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("看甲发〔2024〕 5 号", ByNumber(1, 11, "甲发", "2024", 5, 11, is_sure=True)),
        ("甲发5号", ByNumber(0, 4, "甲发", None, 5, 4, is_sure=True)),
        ("丙民发〔2024〕5号", ByNumber(0, 11, "丙民发", "2024", 5, 11, is_sure=True)),
        ("〔2024〕5号", ByNumber(0, 8, "", "2024", 5, 8, is_sure=True)),
        ("5号文件怎么说", ByNumber(0, 4, "", None, 5, 4, is_sure=True)),
        ("5号第三条", ByNumber(0, 2, "", None, 5, 2, is_sure=True)),
        ("5号对志愿者怎么规定", ByNumber(0, 2, "", None, 5, 2, is_sure=False)),
        ("5号实施方案", ByNumber(0, 2, "", None, 5, 6, is_sure=False)),
        ("707号令", ByNumber(0, 5, "令", None, 707, 5, is_sure=True)),
        ("《某办法》", ByTitle(0, 5, "某办法")),
        ("民政部《某办法》", ByTitle(0, 8, "某办法", issuer="民政部")),
        ("上海市《某办法》", ByTitle(0, 8, "某办法", issuer="上海市")),
        ("该《办法》", ByTitle(0, 5, "办法", is_back=True)),
        ("根据实施方案第二部分", ByTitle(2, 6, "实施方案")),
        ("该方案第二部分", ByTitle(0, 3, "方案", is_back=True)),
        ("该文件第二部分", ByTitle(0, 3, "文件", is_back=True)),
        ("甲区养老服务实施方案怎么说", ByRun(0, 10, (KEY,))),
        ("养老实施方案第二部分", ByRun(0, 6, (KEY, OTHER))),
        ("宝山区养老服务实施方案", ByRun(0, 11, ())),
    ],
)
def test_a_document(text, mention):
    assert mentioned(text).documents == (mention,)


@pytest.mark.parametrize(
    "text",
    [
        "5号楼在哪里",
        "8月5号能办吗",
        "地铁5号线",
        "实施方案",
        "养老服务实施方案怎么写",
        "基本方案第二条",
        "《》",
        "《办法",
    ],
)
def test_no_document(text):
    """养老服务实施方案 fits two titles: that it is a name at all is clear only before an ordinal or in marks."""
    assert mentioned(text).documents == ()


def test_what_stands_inside_another_name_is_none_of_its_own():
    documents = mentioned("《关于印发〈甲发〔2024〕5号文实施细则〉的通知》和乙发5号").documents
    assert [type(one) for one in documents] == [ByTitle, ByNumber]


@pytest.mark.parametrize(
    ("text", "chains"),
    [
        ("甲发5号四（二）2", [(("一", (4,), True), ("（一）", (2,), False), ("1", (2,), True))]),
        ("甲发5号第四部分第（2）项", [(("部分", (4,), False), ("（1）", (2,), False))]),
        ("第三章第十条之一第二款", [(("章", (3,), False), ("条", (10, 1), False), ("款", (2,), False))]),
        ("第4.2.1条", [(("1.2", (4, 2, 1), False),)]),
        ("甲发5号1.2", [(("1.2", (1, 2), True),)]),
        ("重大事项四第2点", [(("box", (4,), False), ("点", (2,), False))]),
        ("1.0版", []),
        ("提高1.5点", []),
        ("第一目标", []),
        ("第三方评估", []),
    ],
)
def test_chains(text, chains):
    found = mentioned(text).chains
    assert [tuple((one.form, one.numbers[0], one.is_bare) for one in chain) for chain in found] == chains


def test_a_list_is_one_ordinal_and_a_form_that_comes_again_begins_another_chain():
    first, second = mentioned("甲发5号四（二）1和2、五（三）").chains
    assert [one.numbers for one in first] == [((4,),), ((2,),), ((1,), (2,))]
    assert [one.numbers for one in second] == [((5,),), ((3,),)]
    assert second[0] == Ordinal("一", ((5,),), 12, 13, is_bare=True)


def test_chains_stay_with_their_documents():
    spans = [(chain[0].start, chain[-1].end) for chain in mentioned("第一条（甲发5号）第二条和乙发5号第三条").chains]
    assert spans == [(0, 3), (9, 12), (17, 20)]


def test_a_clause_id_may_begin_with_a_document_or_with_the_question():
    assert mentioned(f"看{KEY}/四/（二）/2").written == (WrittenId(0, 19), WrittenId(1, 19))
    assert mentioned(KEY).written == ()


def test_offsets_lead_back_to_what_was_typed():
    question = spelling("看 甲发【２０２４】 5 号 第４部分")
    (document,) = find(question, VOCABULARY).documents
    assert question.text == "看甲发[2024]5号第4部分"
    assert question.verbatim(document.start, document.end) == "甲发【２０２４】 5 号"
