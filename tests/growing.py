"""Texts of one pattern grown without end, and everything of ingest and index that takes text: how its time grows.

usage: python tests/growing.py [NAME ...] [--patterns N]

Prints for each the steepest growth from 1,000 to 64,000 characters (of what takes long enough to be measured), and every
pattern that is slow. ``--patterns N`` takes every N-th pattern only.
"""

from __future__ import annotations

import argparse
import math
import random
import signal
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from index_fakes import make_document
from pdf_files import Drawing

from index.answer.compose import compose as answer
from index.answer.library import Library
from index.check.check import Checker
from index.links.linker import Linker
from index.question import details, intent, regions, thesaurus, words
from index.question import lists as own_lists
from index.question.asked import QuestionReader, asking_sentence
from index.question.limits import MAX_CHARACTERS
from index.question.slips import SlipReader
from index.question.years import years
from index.records import NOT_FOUND, Query, SearchResult
from index.references import levels, spelling, title
from index.references.reader import ReferenceReader, reader_of
from index.search.lexical import LexicalSettings, build_lexical
from ingest import citations, clauses, compose, numbering, numerals, plans, running, sections, series
from ingest.display import display
from ingest.errors import IngestError
from ingest.furniture import furniture
from ingest.heads import dates, forms, lines, lists, numbers
from ingest.layer import Layer
from ingest.pages import Line, Page
from ingest.paragraphs import join
from ingest.questions import bare_numbers, questions
from ingest.readers import html, legibility, markdown, pdf, spaces, text, wrapping
from ingest.readers.encoding import decode
from ingest.records import Clause, Document, Metadata, Sentence, SourceFile, Span, Target
from ingest.statements import statements
from ingest.stretches import stretches
from ingest.targets.occasion import occasion_of
from ingest.targets.quantities import cell_quantity, quantities
from ingest.targets.reading import read_targets
from ingest.units.organisations import load_forms
from ingest.units.reading import read_units

SIZES = (1_000, 4_000, 16_000, 64_000)
SLOW, STEEP, LEAST = 2.0, 1.3, 0.25
"""Seconds of which thrice as many end a case; exponent of growth above which one is shown; seconds below which none is taken."""


PATTERNS = (
    *"9九十一年%％.．、，。；：:·-—（）()《》〈〉〔〕[]“”\"'「」 　\t\u200b\ufeff…_的由从和及各甲第年月日号令市局附表/|#*<&\\",
    *(
        "年月日",
        "2024年",
        "2024年5月6日",
        "二〇二四年",
        "5日内",
        "3个",
        "100%",
        "12.",
        "1.",
        "1、",
        "1.2",
        "（1）",
        "（一",
        "（一）",
        "①",
        "一是",
        "一、",
    ),
    *(
        "第十条",
        "第一条 甲。",
        "第十条之一",
        "第三章",
        "第1.2",
        "附件1",
        "附件：1.甲",
        "附 件",
        "表1 ",
        "专栏1：",
        "步骤",
        "问：",
        "问题1：",
    ),
    *(
        "从5%增加到6%",
        "从5增至6、",
        "由A负责、",
        "由甲局牵头，",
        "由市民政局负责、",
        "在5个工作日内，",
        "3年内",
        "不少于3家",
        "每人每月5元",
        "占比达到5%",
    ),
    *(
        "甲局、",
        "市民政局、",
        "各区、",
        "（责任单位：甲局）",
        "责任单位：",
        "牵头",
        "（甲局",
        "会同",
        "应当",
        "要",
        "各有关",
        "市、县",
        "建设和",
        "新建",
    ),
    *(
        "全覆盖",
        "全部完成",
        "的基础上",
        "力争",
        "到2025年",
        "十四五",
        "“十四五”",
        "分别",
        "达到",
        "增长",
        "同比",
        "以来",
        "其中",
        "是指",
        "原则上",
    ),
    *(
        "《甲》",
        "《甲》和",
        "《甲",
        "《甲〈乙〉",
        "〈甲",
        "“甲",
        "自2024年1月1日起施行",
        "有效期5年",
        "废止",
        "代替《甲》",
        "本办法",
        "同时废止《甲》、",
    ),
    *(
        "关于",
        "关于印发",
        "的通知",
        "甲发〔2024〕1号",
        "〔2024〕",
        "甲令第1号",
        "令第1号",
        "人民政府令",
        "甲市人民政府",
        "如下：",
        "各位",
        "以下简称",
    ),
    *(
        "甲，",
        "甲。",
        "甲；",
        "甲、乙",
        "甲 ",
        "甲　　",
        "（甲）",
        "5、",
        "5,",
        "1,000",
        "1:2",
        "百分之",
        "百分之五",
        "万",
        "亿元",
        "3—5",
        "3-",
        "5日",
        "a",
        "A1 ",
        "ａ",
    ),
    *(
        "<",
        "<a ",
        "<a b=1 ",
        "a=1 ",
        "</",
        "</p>",
        "<!--",
        "<!-- ",
        "-->",
        "<![CDATA[",
        "<?",
        "<p>",
        "<b>甲",
        "<td>",
        "<table><tr><td>",
        "&#",
        "&amp;",
    ),
    *(
        "# 甲\n",
        "| 甲 ",
        "[甲](",
        "![",
        "[^1]",
        "[^1]: ",
        "**",
        "**甲",
        "`",
        "```\n",
        "~~",
        "- 甲\n",
        "> ",
        "甲\n",
        "\n",
        "\r",
        "\t甲",
        "<U+3000>",
        "\\u4e00",
    ),
    *(
        "为5%，",
        "为",
        "按",
        "以上",
        "以下",
        "超过",
        "满5年的",
        "可以",
        "已",
        "了",
        "在",
        "对5",
        "（含5个）",
        "每",
        "每5",
        "约5",
        "×5",
        "5×",
        "5/",
        "G5",
    ),
)
"""What a crafted text may repeat."""


def document(given: str, name: str = "a.txt") -> None:
    """Reads a text as a file of its own, to the end."""
    reader = {"txt": text.read, "md": markdown.read, "html": html.read}[name.rpartition(".")[2]]
    try:
        compose(SourceFile(name, "0", "text"), reader(name, given.encode("utf-8", "replace")))
    except IngestError:
        return


def _clause(given: str) -> Clause:
    return Clause("甲/一", "clause", ("甲",), given, given, Span(0, len(given)), (), "《甲》", (_sentence(given),))


def _sentence(given: str) -> Sentence:
    return Sentence(given, 0, len(given), Span(0, len(given)), (), ())


def _page(given: str) -> Page:
    edges = tuple((float(place), float(place + 1)) for place in range(len(given)))
    line = Line(given, page=1, top=20.0, bottom=30.0, size=10.0, edges=edges)
    return Page(1, 595.0, 842.0, (line,))


def _drawn(given: str) -> None:
    pages = (_page(given),)
    layer = Layer(pages)
    join(pages, furniture(pages), layer)
    display(layer.text, layer.drawn_wide(), layer.raised())


def _all(*functions: Callable[[str], object]) -> Callable[[str], None]:
    def run(given: str) -> None:
        for function in functions:
            try:
                function(given)
            except ValueError:
                continue

    return run


_OCCASION = occasion_of(Metadata(None, "2024年甲市工作要点", date="2024-01-01"), "")
_FORMS = load_forms()
_TITLE = "甲市人民政府办公厅关于印发《甲市养老服务“十四五”规划》的通知"
_SLIPS = SlipReader(build_lexical([words.tokens("住房公积金贷款和养老床位补贴")] * 4, LexicalSettings()))
_OFFICE_LISTS = Path(__file__).parent.parent / "corpus" / "lists"
_REFERENCES = ReferenceReader(
    {"甲府〔2024〕1号": _TITLE, "乙": "乙区管理办法"}, ["甲府〔2024〕1号/一/（二）/3", "乙/第十条"]
)
_QUESTIONS = QuestionReader(_REFERENCES, {"甲府〔2024〕1号": _TITLE, "乙": "乙区管理办法"}, _SLIPS)
_MARK = numbering.Marker("1", 1, "1", 2)
_THINGS = (
    "养老",
    "机构",
    "社区",
    "床位",
    "护理",
    "助餐",
    "学校",
    "企业",
    "森林",
    "粮食",
    "公交",
    "住房",
    "就业",
    "康复",
    "体育",
    "光伏",
)
_ORDINALS = [
    "部分",
    "行",
    "段",
    "章",
    "节",
    "编",
    "篇",
    "条",
    "款",
    "项",
    "目",
    "点",
    "小点",
    "小项",
    "件",
    "大点",
    "自然段",
    "指标",
]
BOMBS = (
    "".join(f"第一至五十{unit}" for unit in _ORDINALS),
    "第一至五十条第一至五十款第一至五十项",
    "“甲”第一条",
    "甲市养老服务规划",
    "/一/（二）",
    "2024年",
    "“甲甲甲甲甲甲甲甲甲甲甲甲乙”（甲府发〔2020〕5号）",
    "甲市养老服务管理办法规定",
    "“甲市养老服务管理办法”第一条",
    "《甲市养老服务管理办法》，其中第一条、",
    "“养老机构应当建立消防安全制度”①\n①",
    "“养老机构应当建立消防安全制度”（同上，第一条；",
    "《甲市养老服务管理办法》\n第一条规定：\n",
    "《甲市养老服务管理办法》第二条规定：“养老机构应当建立消防安全制度，每年组织三次”。",
    "该办法明确“甲……乙”",
)
"""Questions in which every ordinal is a list, names that may be many documents, and quotations without end."""


def _linked(given: str) -> None:
    made = make_document("甲府〔2024〕9号", "甲市养老服务管理办法", {"第一条": ((), [given]), "第二条": ((), ["甲。"])})
    Linker({made.key: made}).references(made.clauses[0], made.key)


@cache
def _checker() -> Checker:
    words = "养老机构应当建立消防安全制度，每年组织两次应急演练。" + "甲" * 200
    made = make_document(
        "甲府发〔2020〕5号", "甲市养老服务管理办法", {"第一条": ((), [words]), "第二条": ((), [words[8:]])}
    )
    return Checker(Library({made.key: made}, {}), Linker({made.key: made}), reader_of([made]))


@cache
def _library(size: int) -> Library:
    """A base of so many documents, each with fifteen indicators that no other has."""
    chosen = random.Random(size)
    made: dict[str, Document] = {}
    for number in range(size):
        names = ["".join(chosen.choice(_THINGS) for _ in range(4)) + "率" for _ in range(15)]
        tree = {
            f"一/（一）/{place}": ((), [f"{name}达到50%以上，由市民政局等部门负责养老服务。"])
            for place, name in enumerate(names)
        }
        one = make_document(f"甲发〔2024〕{number}号", f"甲市{names[0]}工作要点", tree)
        aims = (Target(name, "≥", "50", "%", name, 0, len(name)) for name in names)
        made[one.key] = replace(
            one, clauses=tuple(replace(each, targets=(aim,)) for each, aim in zip(one.clauses, aims, strict=True))
        )
    return Library(made, {})


def _answered(size: int, question: str) -> None:
    library = _library(size)
    reader = QuestionReader(_REFERENCES, {}, _SLIPS)
    asked = reader.read(Query(question))
    answer(asked, SearchResult(asked.query, NOT_FOUND, ()), library, lambda keys: ())


INGEST: dict[str, Callable[[str], object]] = {
    "numerals": _all(numerals.to_number, numerals.ordinal, lambda given: numerals.year_digits(given)),
    "numbering": _all(numbering.marker, numbering.decimal, lambda given: numbering.marker("第" + given + "条")),
    "dates": _all(dates.iso_date, dates.date_label, dates.is_date_note, dates.enacted_by, dates.is_garbled_date),
    "dates of notes": lambda given: dates.promulgated(f"（{given}）", "甲令第1号"),
    "lines": _all(
        lines.clean, lines.plain, lines.ends_as_title, lines.may_be_title, lines.is_suffix, lines.is_recipients, lines.is_name,
        lines.is_signer, lines.signed_line, lines.is_note, lines.label_of, lines.is_separator, lines.is_link_head,
        lines.is_contact, lines.is_office, lines.is_imprint, lines.is_closing_words, lines.is_template_mark,
        lines.is_to_fill_in, lines.is_note_below_title, lambda given: lines.lists_annexes(given, given),
    ),
    "forms": _all(forms.is_blank_signature, lambda given: forms.is_form([given, given], True)),
    "recipients": lambda given: lines.is_recipients(given + "："),
    "lists": lambda given: (lists.contents(["目录", given, given], 0), lists.annex_list([given, given], 0)),
    "numbers": _all(numbers.canonical_number, numbers.number_line, numbers.order_number, lambda given: numbers.order_of(given, given)),
    "plans": lambda given: list(plans.plans_in(given)),
    "statements": lambda given: list(statements([_clause("本办法" + given)])),
    "quantities": lambda given: [list(quantities(given[a:b])) for a, b in stretches(given)],
    "cells": cell_quantity,
    "targets": lambda given: read_targets(_clause(given), _OCCASION),
    "occasion": lambda given: occasion_of(Metadata(None, given), given),
    "units": lambda given: read_units(_clause(given), _FORMS),
    "display": lambda given: display(given, [False] * len(given)),
    "drawn": _drawn,
    "sections": lambda given: (sections.form_of("1." + given, _MARK), sections.heading_of("1." + given, _MARK)),
    "citations": lambda given: citations.cite(given, given, (_MARK,), given),
    "questions": lambda given: (questions([0, 1], [given, given], given), bare_numbers([0], [given], [given])),
    "running": running.cuts_of,
    "series": _all(series.closes, series.addresses, lambda given: series.quoted([0], [given]), lambda given: series.heads_text(given, given, given)),
    "sentences": lambda given: list(clauses.cut(given)),
    "spaces": lambda given: spaces.split(given, len(given)),
    "wrapping": lambda given: (wrapping.begins([given] * 5), wrapping.title_goes_on(given, given)),
    "encoding": lambda given: decode("a", given.encode("utf-8", "replace")),
    "legibility": lambda given: legibility.is_other_text(__import__("collections").Counter(given)),
    "text": document,
    "markdown": lambda given: document(given, "a.md"),
    "html": lambda given: document(f"<html><body><p>{given}</p></body></html>", "a.html"),
    "lines of a text": lambda given: document("甲市人民政府关于养老的通知\n\n各区：\n" + "\n".join(_parts(given, 12))),
    "paragraphs of a page": lambda given: document("<html><body><p>" + "</p><p>".join(_parts(given, 30)) + "</p></body></html>", "a.html"),
    "rows of a table": lambda given: document(_rows(given), "a.html"),
    "rows of a text": lambda given: document("甲市规划\n\n表1 指标\n" + "\n".join("\t".join(_parts(line, 4)) for line in _parts(given, 12))),
    "ruled grid": lambda given: pdf.read("a.pdf", _ruled(len(given))),
    "lines of markdown": lambda given: document("\n\n".join(_parts(given, 16)), "a.md"),
}  # fmt: skip

BASES: dict[str, Callable[[str], object]] = {
    "answers of a base": lambda given: _answered(len(given) // 100, "养老床位覆盖率分别是多少"),
    "sides of a base": lambda given: _answered(len(given) // 100, "甲市和乙区的养老机构床位护理率对比"),
    "lists of a base": lambda given: _answered(len(given) // 100, "哪些部门负责养老服务"),
}
"""Questions to a base that has one document more for every hundred characters."""

INDEX: dict[str, Callable[[str], object]] = {
    "words": _all(words.search_form, words.plain, words.tokens, words.content_words, words.content_form),
    "details": _all(details.asked_details, lambda given: details.without_numbers(given, details.stated_numbers(given))),
    "intent": lambda given: (intent.read_intent(given, given), intent.without_intent(given)),
    "regions": _all(regions.regions_in, regions.levels, regions.district_of),
    "slips": _SLIPS.mend,
    "thesaurus": thesaurus.read_as,
    "years": years,
    "asking": asking_sentence,
    "spelling": _all(spelling.spelling, spelling.letters, spelling.name_at_end),
    "steps": levels.steps_of,
    "titles": lambda given: title.titles_of(given, given, given, "2024", given),
    "references": _REFERENCES.read,
    "questions": lambda given: _QUESTIONS.read(Query(given[:MAX_CHARACTERS])),
    "questions to one": lambda given: _QUESTIONS.read(Query(("甲府〔2024〕1号" + given)[:MAX_CHARACTERS])),
    "links": lambda given: _linked(given),
    "drafts": lambda given: _checker().check(given),
    "references to one": lambda given: (_REFERENCES.document(given), _REFERENCES.clause(given)),
}


def _rows(given: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in _parts(row, 6)) for row in _parts(given, 18))
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def _ruled(size: int) -> bytes:
    """A page with a grid of about one rule for every 200 characters, as many down as across."""
    drawing, count = Drawing(), max(2, size // 400)
    drawing.lines(90, 40, ["甲市人民政府关于养老服务工作的通知"])
    drawing.canvas.grid(
        [50 + at * 500 / count for at in range(count + 1)], [50 + at * 700 / count for at in range(count + 1)]
    )
    return drawing.data()


def _parts(given: str, size: int) -> Iterable[str]:
    return (given[place : place + size] for place in range(0, len(given), size))


def grown(pattern: str, size: int) -> str:
    """A text of so many characters that repeats a pattern."""
    return (pattern * (size // len(pattern) + 1))[:size]


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


class _TooLong(BaseException):
    """Ends what has taken too long already; no rule may catch it."""


def _ring(*_: object) -> None:
    raise _TooLong


def seconds(function: Callable[[str], object], given: str, most: float) -> float:
    """How long a function takes for a text; infinity beyond ``most``."""
    signal.setitimer(signal.ITIMER_VIRTUAL, most)
    start = time.process_time()
    try:
        function(given)
    except _TooLong:
        return math.inf
    except Exception as fault:
        _say("FAULT", repr(fault)[:200], repr(given[:20]), len(given))
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - start


def growth(function: Callable[[str], object], pattern: str, sizes: Iterable[int]) -> tuple[float, list[float]]:
    """Exponent by which the time of a function grows at last, 0 where it takes too little to tell, and its seconds by size."""
    times: list[float] = []
    for size in sizes:
        if function in BASES.values():
            function(grown(pattern, size))  # what is made of a base once is not what a question takes
        times.append(seconds(function, grown(pattern, size), 3 * SLOW))
        if math.isinf(times[-1]):
            return math.inf, times
    pairs = zip(times, times[1:], strict=False)
    return max(
        (math.log(after / max(before, 1e-4)) / math.log(4) for before, after in pairs if after > LEAST), default=0.0
    ), times


def measure(name: str, function: Callable[[str], object], patterns: Iterable[str], sizes: tuple[int, ...]) -> None:
    """Print what is slow of a function, and its steepest growth."""
    steepest: tuple[float, str, list[float]] = (0.0, "", [])
    longest = 0.0
    for pattern in patterns:
        steep, times = growth(function, pattern, sizes)
        longest = max(longest, *times)
        if (steep, times[-1]) > (steepest[0], 0.0):
            steepest = (steep, pattern, times)
        if math.isinf(steep) or steep > STEEP:
            _say(f"    {name:20} {pattern[:20]!r:24} {_shown(times)}   ^{steep:.2f}")
    _say(f"{name:22} steepest ^{steepest[0]:.2f} {steepest[1][:20]!r} {_shown(steepest[2])}, longest {longest:.2f} s")


def _shown(times: Iterable[float]) -> str:
    return " ".join(f"{one:8.3f}" for one in times)


def main() -> None:
    """Print the growth of all, or of those chosen by name."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[[], *INGEST, *INDEX, *BASES])
    parser.add_argument("--patterns", type=int, default=1)
    chosen = parser.parse_args()
    signal.signal(signal.SIGVTALRM, _ring)
    own_lists.use({path.name: path.read_text(encoding="utf-8") for path in sorted(_OFFICE_LISTS.glob("*.txt"))})
    for table in (INGEST, INDEX, BASES):
        for name, function in table.items():
            if not chosen.names or name in chosen.names:
                function("甲")
                patterns = (
                    ("甲",) if table is BASES or name == "ruled grid" else (*PATTERNS[:: chosen.patterns], *BOMBS)
                )
                measure(name, function, patterns, SIZES)


if __name__ == "__main__":
    main()
