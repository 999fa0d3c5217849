"""The drafts with quotations, and what is done to them by chance."""

from __future__ import annotations

from collections import Counter

from index_fakes import make_document

from eval.alterations import KINDS, Draft, Expected
from eval.quotations import EACH, HALVES, altered, judge, load, report
from index.answer.library import Library
from index.check.check import Checker
from index.links.linker import Linker
from index.references.reader import reader_of


class Base:
    """Checks drafts against documents made by hand."""

    def __init__(self, *documents):
        made = {one.key: one for one in documents}
        self._checker = Checker(Library(made, {}), Linker(made), reader_of(documents))

    def check(self, text, without):
        return self._checker.check(text)


def test_there_are_ten_paragraphs_of_each_half_and_twenty_alterations_the_same_each_time():
    drafts = load()
    assert Counter(one.half for one in drafts) == dict.fromkeys(HALVES, 10)
    made = list(altered(drafts))
    assert Counter(one.half for one in made) == dict.fromkeys(HALVES, EACH)
    assert {one.kind for one in made} == set(KINDS)
    assert made == list(altered(drafts))


def test_the_spans_of_an_altered_paragraph_hold_what_they_held():
    for one in (*load(), *altered(load())):
        for each in one.expected:
            marks = one.text[each.span[0] - 1], one.text[each.span[1]]
            assert not each.is_quotation or marks in {("“", "”"), ('"', '"'), ("「", "」"), ("：", "。"), ("“", "。")}


def test_what_is_told_is_paired_with_what_was_expected():
    law = make_document("甲发〔2020〕5号", "甲市养老服务办法", {"第二条": ((), ["机构应当建立消防安全制度。"])})
    text = "《甲市养老服务办法》第二条规定“机构应当建立消防管理制度”，第九条规定了罚则。"
    start = text.index("机构")
    draft = Draft("x", "building", "", text, (Expected("same", (start, start + 12), (0, 14), True),))
    assert judge(Base(law), draft).pairs == (
        ("same", "differs", "机构应当建立消防管理制度"),
        (None, "no_such_clause", "第九条"),
    )


def test_a_report_has_a_table_for_each_half():
    lines = list(report(Base(), ["building"], failures=False))
    assert lines[0] == "据以编写的一半（10 段原文，20 处改动）"
    assert any(line.startswith("一致") and "0.000" in line for line in lines)
