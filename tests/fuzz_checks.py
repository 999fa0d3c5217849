"""What must hold of whatever is read, by name: a strategy of input, and a check that raises where it does not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import ofd_files
import word_files
from fuzz_texts import ASKING, MARKUP, encoded, lines, spoilt, spoilt_package, texts
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from index_fakes import make_document
from pdf_files import Drawing

from index.answer.compose import compose as answer_of
from index.answer.library import Library
from index.check.check import Checker
from index.check.findings import SAME, VERDICTS
from index.check.marks import parts_of
from index.check.words import plain
from index.errors import KnowledgeBaseError
from index.links.linker import Linker
from index.question.asked import QuestionReader
from index.question.limits import MAX_CHARACTERS, checked_question
from index.question.slips import SlipReader
from index.question.words import tokens
from index.records import NOT_FOUND, Query, SearchResult
from index.references.reader import ReferenceReader, reader_of
from index.search.lexical import LexicalSettings, build_lexical
from ingest import citations, clauses, compose, numbering, numerals, plans, running, sections, series
from ingest.display import display
from ingest.errors import IngestError
from ingest.heads import dates, forms, numbers
from ingest.heads import lines as heads
from ingest.heads import lists as head_lists
from ingest.questions import bare_numbers, questions
from ingest.readers import docx, html, markdown, ofd, pdf, text
from ingest.readers.limits import refuse_if_too_long
from ingest.records import Clause, Document, Metadata, Sentence, SourceFile, Span, Target
from ingest.statements import statements
from ingest.targets.occasion import occasion_of
from ingest.targets.quantities import cell_quantity, quantities
from ingest.targets.reading import read_targets
from ingest.units.organisations import load_forms
from ingest.units.reading import read_units


@dataclass(frozen=True)
class Check:
    """One thing that must hold; ``share`` is how often it is drawn beside the others when all are."""

    given: st.SearchStrategy[Any]
    holds: Callable[[Any], object]
    share: int


def clause_of(given: str, clause_id: str = "甲/一") -> Clause:
    """A clause of one sentence for each stretch that documents are cut in."""
    made = tuple(Sentence(given[a:b], a, b, Span(a, b), (), ()) for a, b in clauses.cut(given))
    return Clause(clause_id, "clause", (), given, given, Span(0, len(given)), (), "", made)


def _numerals(given: str) -> None:
    number = numerals.ordinal(given)
    assert number is None or 0 <= number < 10_000
    for read in (numerals.to_number, numerals.year_digits):
        try:
            read(given)
        except ValueError:
            continue
    if number:
        assert numerals.to_number(numerals.to_chinese(number)) == number


_MARK = numbering.Marker("1", 1, "1", 2)


def _numbering(given: str) -> None:
    numbering.marker(given)
    numbering.decimal(given)
    sections.form_of("1." + given, _MARK)
    sections.heading_of("1." + given, _MARK)
    citations.cite(given, given, (_MARK,), given)


def _heads(given: str) -> None:
    for function in _HEADS:
        function(given)
    forms.is_form([given, given], True)
    heads.lists_annexes(given, given)
    head_lists.contents(["目录", *given.split("\n")], 0)
    head_lists.annex_list(given.split("\n") * 2, 0)
    numbers.order_of(given, given)
    dates.promulgated(f"（{given}）", "甲令第1号")


_HEADS = (
    heads.clean, heads.plain, heads.ends_as_title, heads.may_be_title, heads.is_suffix, heads.is_recipients, heads.is_name, heads.is_signer,
    heads.signed_line, heads.is_note, heads.label_of, heads.is_separator, heads.is_link_head, heads.is_contact, heads.is_office,
    heads.is_imprint, heads.is_closing_words, heads.is_template_mark, heads.is_to_fill_in, heads.is_note_below_title, dates.iso_date,
    dates.date_label, dates.is_date_note, dates.enacted_by, dates.is_garbled_date, forms.is_blank_signature, numbers.canonical_number,
    numbers.number_line, numbers.order_number, running.cuts_of, series.closes, series.addresses,
)  # fmt: skip


def _shown(given: str) -> None:
    shown = display(given, [False] * len(given))
    assert shown.of(Span(0, len(given))) == shown.text
    ends = [0, *(end for _, end in clauses.cut(given))]
    assert [given[end:start].strip() for end, (start, _) in zip(ends, clauses.cut(given), strict=False)] == [""] * (
        len(ends) - 1
    )
    assert not given[ends[-1] :].strip()
    list(plans.plans_in(given))
    places = [0, 1]
    questions(places, [given, given], given)
    bare_numbers([0], [given], [given])


def _targets(given: str) -> None:
    clause = clause_of(given)
    found = read_targets(clause, occasion_of(Metadata(None, "2024年甲市工作要点", date="2024-01-01"), given))
    assert all(given[one.start : one.end] == one.text for one in found)
    assert found == read_targets(clause, occasion_of(Metadata(None, "2024年甲市工作要点", date="2024-01-01"), given))
    cell_quantity(given)
    for one in quantities(given[:400]):
        assert 0 <= one.start <= one.number_start <= one.end


def _units(given: str) -> None:
    clause = clause_of(given)
    found = read_units(clause, load_forms())
    assert all(one.name for one in found)
    assert found == read_units(clause, load_forms())
    for said in statements([clause_of("本办法" + given)]):
        assert said.text in "本办法" + given


def sound(document: Document) -> None:
    """Every span gives the words that it says; what is lost is warned of; ids and citations lead to their clauses."""
    assert document.account.lost == 0 or document.warnings
    for clause in document.clauses:
        assert document.source_text[clause.span.start : clause.span.end] == clause.source_text
        assert clause.clause_id.startswith(f"{document.key}/")
        if clause.kind != "row":
            assert all(clause.text[one.start : one.end] == one.text for one in clause.sentences)
            assert all(clause.text[one.start : one.end] == one.text for one in clause.targets)
    ids = [clause.clause_id for clause in document.clauses]
    assert len(set(ids)) == len(ids)
    known = reader_of([document])
    assert [known.clause(one) for one in ids] == ids
    if document.warnings or not document.metadata.title.startswith(_HEAD):
        return  # ordinals that a document gives twice, and a title that is a mark or an ordinal, are no names to cite by
    if {"一", "第一部分"} <= {part for one in ids for part in one.split("/")}:
        return  # both are cited as 第一部分
    every = Counter(clause.citation for clause in document.clauses)
    for clause in document.clauses:
        if clause.citation.count("《") > 1:
            continue  # the title of an annex may be an ordinal too
        cited = known.read(clause.citation)
        assert clause.clause_id in cited.clause_ids or cited.ambiguous or every[clause.citation] > 1, clause.citation


def _reads(reader: Callable[..., Any], name: str) -> Callable[[bytes], None]:
    def check(data: bytes) -> None:
        first = _outcome(reader, name, data)
        assert first == _outcome(reader, name, data)
        if isinstance(first, Document):
            sound(first)

    return check


def _outcome(reader: Callable[..., Any], name: str, data: bytes) -> Document | str:
    try:
        pages = reader(name, data)
        refuse_if_too_long(name, sum(page.characters for page in pages))
        return compose(SourceFile(name, "0" * 64, name.rpartition(".")[2]), pages)
    except IngestError as error:
        return str(error)


_HEAD = "甲市人民政府关于养老服务工作的通知"
_PAGE = (
    f"<html><head><meta charset='utf-8'><title>{_HEAD}</title></head><body><div><h1>{_HEAD}</h1><p>甲发〔2024〕1号</p><p>各区：</p>"
    "{}<p>一、总体要求。到2025年，床位达到17.8万张以上。</p><table><tr><td>序号</td><td>指标</td></tr><tr><td>1</td><td>床位</td></tr></table>"
    "<p>甲市人民政府</p><p>2024年5月6日</p></div></body></html>"
)


def _web(given: str) -> str:
    return _PAGE.replace("{}", "".join(f"<p>{line}</p>" for line in given.split("\n")))


def _plain(given: str) -> str:
    return f"{_HEAD}\n甲发〔2024〕1号\n各区：\n{given}\n甲市人民政府\n2024年5月6日\n"


def _drawn() -> bytes:
    drawing = Drawing()
    drawing.lines(
        90, 90, [_HEAD, "甲发〔2024〕1号", " 一、总体要求", " 到2025年，床位达到17.8万张以上。", " 二、主要任务"]
    )
    drawing.canvas.grid([90, 200, 300], [400, 430, 460])
    drawing.text(95, 400, "床位", 10)
    return drawing.data()


def _word() -> bytes:
    par = word_files.par
    rows = "".join(f"<w:tr><w:tc>{par(cell)}</w:tc><w:tc>{par('5')}</w:tc></w:tr>" for cell in ("序号", "床位"))
    body = par(_HEAD) + par("一、总体要求。", word_files.num(1)) + f"<w:tbl>{rows}</w:tbl>" + par("2024年5月6日")
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    numbered = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return word_files.word(body, numbering=numbered, styles="")


def _fixed() -> bytes:
    texts_of = [
        ofd_files.text(line, y=40.0 + 10 * at)
        for at, line in enumerate([_HEAD, "一、总体要求", "到2025年，床位达到5张。"])
    ]
    return ofd_files.ofd(ofd_files.page(*texts_of, ofd_files.rule(28, 90, 150, 90)))


TITLE = "甲市人民政府办公厅关于印发《甲市养老服务“十四五”规划》的通知"


@cache
def _base() -> tuple[Library, ReferenceReader, QuestionReader]:
    tree = {f"{a}/（{b}）/{c}": (("总体要求",), ["甲乙丙。"]) for a in "一二三" for b in "一二" for c in (1, 2)}
    law = {f"第{number}条": (("第一章 总则",), ["本办法适用于甲市。"]) for number in "一二三四五"}
    documents = (
        make_document("甲发〔2024〕1号", TITLE, tree | {f"一/表1/{row}": ((), ["床位。"]) for row in range(1, 9)}),
        make_document("甲府〔2023〕74号", "甲市养老服务条例", law),
        make_document(None, "乙区管理办法", law),
    )
    aim = Target("养老床位", "≥", "300", "张", "养老床位", 0, 4)
    aims = ["养老床位达到300张。"]
    more = make_document(
        "乙府〔2024〕3号", "乙区养老服务工作要点", {"一": ((), aims), "二": ((), ["由区民政局负责养老服务。"])}
    )
    documents = (*documents, replace(more, clauses=(replace(more.clauses[0], targets=(aim,)), *more.clauses[1:])))
    library = Library({one.key: one for one in documents}, {})
    references = reader_of(documents)
    slips = SlipReader(build_lexical([tokens("住房公积金贷款和养老床位补贴")] * 4, LexicalSettings()))
    titles = {one.key: one.metadata.title for one in documents}
    return library, references, QuestionReader(references, titles, slips)


def _references(given: str) -> None:
    library, references, _ = _base()
    given = given[:MAX_CHARACTERS]
    read = references.read(given)
    assert read == references.read(given)
    assert set(read.documents) <= set(library.documents) and set(read.clause_ids) <= set(library.clauses)
    assert all(name in given for name in read.missing) and len(read.near) == len(read.missing)
    found = references.clause(given)
    assert found is None or found in library.clauses
    key = references.document(given)
    assert key is None or key in library.documents


def _asked(given: str) -> None:
    try:
        question = checked_question(given)
    except KnowledgeBaseError:
        return
    asked = _base()[2].read(Query(question))
    assert asked == _base()[2].read(Query(question)) and len(question) <= MAX_CHARACTERS


def _linked(given: str) -> None:
    law = {"第一条": ((), ["本办法适用于甲市。"]), "第二条": ((), [given]), "第三条": ((), ["甲。\n", given])}
    document = make_document("甲府〔2024〕9号", "甲市养老服务管理办法", law)
    linker = Linker({document.key: document})
    for clause in document.clauses:
        for one in linker.references(clause, document.key):
            assert clause.text[one.start : one.end] == one.text
            assert set(one.clause_ids) <= {each.clause_id for each in document.clauses}


def _answered(given: str) -> None:
    library, _, questions_of = _base()
    asked = questions_of.read(Query(given[:MAX_CHARACTERS]))
    answer = answer_of(asked, SearchResult(asked.query, NOT_FOUND, ()), library, lambda keys: ())
    assert {hit.clause.clause_id for hit in answer.hits} <= set(library.clauses)


DRAFTED = (
    "《甲市养老服务管理办法》（甲府〔2024〕9号）", "第二条", "规定：", "“", "”", "养老机构应当建立消防安全制度", "每年组织两次应急演练", "，",
    "“养老机构应当建立消防安全制度”", "……", "“新增养老床位300张，建设社区助餐点10家。”", "甲府〔2024〕9号", "该办法", "（《2024年甲市养老服务要点》第一部分第（一）项）",
)  # fmt: skip
"""What drafts that cite the base below are made of."""


@cache
def _checker() -> tuple[Checker, dict[str, str]]:
    law = {
        "第一条": ((), ["第一条 本办法适用于甲市。"]),
        "第二条": ((), ["养老机构应当建立消防安全制度，", "每年组织两次应急演练。"]),
    }
    plan = {
        "一/（一）": (("一、供给",), ["新增养老床位300张，建设社区助餐点10家。"]),
        "一/（二）": (("一、供给",), ["甲乙甲乙甲乙甲乙甲乙。"]),
    }
    made = (
        make_document("甲府〔2024〕9号", "甲市养老服务管理办法", law),
        make_document(None, "2024年甲市养老服务要点", plan),
    )
    documents = {one.key: one for one in made}
    texts_of = {clause.clause_id: clause.text for one in made for clause in one.clauses}
    return Checker(Library(documents, {}), Linker(documents), reader_of(made)), texts_of


def _checked(given: str) -> None:
    """Every finding lies in the draft, in order; nothing is the same that its clause has not verbatim."""
    checker, clauses_of = _checker()
    last = 0
    for one in checker.check(given).findings:
        assert last <= one.start < one.end <= len(given)
        assert one.verdict in VERDICTS and one.quoted in ("", given[one.start : one.end])
        assert one.cited == given[one.cited_start : one.cited_end]
        assert not one.clause_id or one.clause_id in clauses_of
        if one.verdict == SAME and one.quoted:
            parts = parts_of(one.quoted, 0, len(one.quoted))
            assert all(plain(one.quoted[a:b]) in plain(one.held) for a, b in parts)
            assert plain(one.held.split("……")[0])[:4] in plain(clauses_of[one.clause_id]) or len(parts) > 1
        for (a, b), (c, d) in one.differences:
            assert 0 <= a <= b <= len(one.quoted) and 0 <= c <= d <= len(one.held)
        if one.suggestion:
            assert 0 <= one.suggestion[0] <= one.suggestion[1] <= len(given)
        last = one.start


INGEST: dict[str, Check] = {
    "numerals": Check(texts(most=4), _numerals, 60),
    "numbering": Check(texts(most=8), _numbering, 60),
    "heads": Check(texts(most=12), _heads, 8),
    "shown": Check(texts(most=20), _shown, 24),
    "targets": Check(texts(most=20), _targets, 6),
    "units": Check(texts(most=20), _units, 6),
    "text": Check(encoded(lines().map(_plain)), _reads(text.read, "甲.txt"), 1),
    "markdown": Check(encoded(lines(*MARKUP)), _reads(markdown.read, "甲.md"), 1),
    "html": Check(encoded(lines(*MARKUP).map(_web)), _reads(html.read, "甲.html"), 1),
    "html bytes": Check(spoilt(_web("").encode()), _reads(html.read, "甲.html"), 2),
    "docx": Check(spoilt_package(_word()), _reads(docx.read, "甲.docx"), 2),
    "ofd": Check(spoilt_package(_fixed()), _reads(ofd.read, "甲.ofd"), 2),
    "pdf": Check(spoilt(_drawn()), _reads(pdf.read, "甲.pdf"), 1),
}
"""Checks of ingest by name."""

INDEX: dict[str, Check] = {
    "references": Check(texts(*ASKING, TITLE, "乙区管理办法", most=14), _references, 20),
    "questions": Check(texts(*ASKING, TITLE, most=14, surrogates=True), _asked, 10),
    "answers": Check(texts(*ASKING, "养老床位分别是多少", TITLE, most=10), _answered, 6),
    "drafts": Check(texts(*DRAFTED, most=16, surrogates=True), _checked, 20),
    "links": Check(texts("第一条", "前款", "本办法第二条", most=16), _linked, 30),
}
"""Checks of index by name."""


def names() -> Iterator[str]:
    """All checks, by name."""
    yield from (*INGEST, *INDEX)


def hold(check, examples):
    """Draw so many cases of a check, always the same ones, and see that it holds for each."""

    @settings(
        derandomize=True,
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(check.given)
    def each(drawn):
        check.holds(drawn)

    each()
