"""The drafts with quotations, and what is done to them by chance."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

from index_fakes import make_document

from eval.alterations import KINDS, Draft, Expected, renumbered, unsourced
from eval.quotations import EACH, altered, judge, load, report
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


def test_each_set_has_its_paragraphs_and_alterations_the_same_each_time():
    drafts = load()
    fresh = ("fresh", "second_fresh", "third_fresh", "fourth_fresh", "fifth_fresh")
    assert Counter(one.half for one in drafts) == {"building": 10, "held_out": 10} | dict.fromkeys(fresh, 20)
    made = list(altered(drafts))
    assert Counter(one.half for one in made) == EACH
    assert {one.kind for one in made} == set(KINDS)
    for half in fresh:
        assert {one.kind for one in made if one.half == half} == set(KINDS)
    assert made == list(altered(drafts))


def test_the_spans_of_an_altered_paragraph_hold_what_they_held():
    for one in (*load(), *altered(load())):
        for each in one.expected:
            marks = one.text[each.span[0] - 1], one.text[each.span[1]]
            assert not each.is_quotation or marks in {("“", "”"), ('"', '"'), ("「", "」"), ("：", "。"), ("“", "。")}


def test_citations_are_left_out_only_where_every_quotation_that_has_one_is_right():
    text = (
        "《甲市养老服务办法》第二条规定“机构应当建立消防安全和食品安全各项管理制度”，第三条规定“机构应当公开收费标准”。"
    )
    first, second = text.index("机构"), text.rindex("机构")
    right = Expected("same", (first, first + 22), (0, 14), True)
    wrong = Expected("differs", (second, second + 10), (text.index("第三条"), text.index("第三条") + 3), True)
    assert unsourced(Draft("x", "fresh", "", text, (right,)), Random(1)).expected[0].verdict == "unattributed"
    assert unsourced(Draft("x", "fresh", "", text, (right, wrong)), Random(1)) is None


def test_a_number_is_not_changed_where_another_citation_hangs_on_it():
    text = "《甲市养老服务办法》（甲发〔2020〕5号）第二条规定“机构应当建立制度”，上述通知第三条规定“机构应当公开收费标准”。"
    at, start = text.index("上述"), text.index("机构")
    first = Expected("same", (start, start + 8), (0, text.index("规定")), True)
    second = Expected("same", (text.rindex("机构"), text.rindex("”")), (at, at + 7), True)
    draft = Draft("x", "fresh", "", text, (first,))
    assert renumbered(draft, Random(1)).expected[0].verdict == "unknown"
    assert renumbered(replace(draft, expected=(first, second)), Random(1)) is None


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
