"""How targets, units, places, documents and readings are worded, in parts that a line of text and a page lay out alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.answer.agreement import UNSAID as UNSAID
from index.answer.agreement import deadline_words as deadline_words
from index.answer.agreement import measure_of as measure_of
from index.answer.agreement import number as number
from index.answer.compose import value_words as value_words
from index.answer.days import day_words as day_words
from index.answer.force import named as named
from index.answer.force_words import force_basis, force_line
from index.answer.force_words import is_marked as is_marked
from index.answer.offices import LEVELS as LEVELS
from index.answer.offices import office_level as office_level
from index.knowledge_base import KnowledgeBase
from index.links.names import NOT_HELD
from index.records import NOT_FOUND, RELATED, Answer, CrossReference, Force, Hit, Statement
from ingest import reader_of
from ingest.records import Document, Sentence, SourceFile, Target

BASES = {"stated": "原文写明", "subject": "句子主语"}

NEAR = {
    RELATED: ("相关，未直接写明", "库中有与此相关的条款，不能断定直接写明了所问的内容，请核对原文"),
    NOT_FOUND: ("未找到依据", "库中文件没有能回答这个问题的条款"),
}
"""What is said where it is not sure that a clause states what is asked, by status: in few words, and in a sentence without its mark."""

NEAR_CLAUSES = {RELATED: "相关条款，请核对原文", NOT_FOUND: "最接近的条款，不是答案"}
"""What stands over the clauses that are shown then."""

KINDS = {"target": "目标", "limit": "时限", "achieved": "已完成", "condition": "适用条件"}
_READINGS = 3  # official words that are told of an everyday one


@dataclass(frozen=True, slots=True)
class TargetWords:
    """A target in words: 指标, 数值 with comparator and unit, and what else its document says of it."""

    indicator: str
    value: str
    more: tuple[str, ...]


def target_words(target: Target) -> TargetWords:
    """Word a target.

    >>> target_words(Target("养老床位", "≥", "17.8", "万张", "", 0, 0, deadline="2025", baseline="15", nature="预期性"))
    TargetWords(indicator='养老床位', value='≥17.8万张', more=('期限：2025年', '基准值：15万张', '预期性'))

    :param target: as it was read.
    :return: its words; a deadline that is not stated is 未载明, anything else is left out.
    """
    year = f"（{target.baseline_year}年）" if target.baseline_year else ""
    more = (
        f"期限：{deadline_words(target)}",
        f"基准值{year}：{target.baseline}{target.unit or ''}" if target.baseline else None,
        target.nature,
        f"定义：{target.definition}" if target.definition else None,
        KINDS[target.kind] if target.kind != "target" else None,
    )
    return TargetWords(
        (target.action or "") + target.indicator, value_words(target), tuple(part for part in more if part)
    )


def unit_words(answer: Answer) -> tuple[str, ...]:
    """Word the responsible units of an answer, each with the ground it was read on.

    :param answer: of the knowledge base.
    :return: 各街镇（原文写明）; where none is charged 未载明, with the issuer offered as such.
    """
    offered = f"（发文机关：{answer.issuer}）" if answer.issuer else ""
    named = tuple(f"{charge.unit.name}（{BASES[charge.unit.basis]}）" for charge in answer.charges)
    return named or (UNSAID + offered,)


def reading_words(answer: Answer) -> str:
    """Say which everyday words were read as which official ones.

    :param answer: of the knowledge base.
    :return: “义工”按“志愿者”查找; empty where none was.
    """
    return "；".join(f"“{word}”按“{'、'.join(official[:_READINGS])}”查找" for word, official in answer.read_as)


def rendition_words(source: SourceFile) -> str:
    """Name the rendition that a source file is.

    >>> rendition_words(SourceFile("浦民发.pdf", "", "pdf"))
    'PDF 版'

    :param source: a file.
    :return: what users read of its format.
    """
    return reader_of(source.format).label


def page_numbers(pages: Iterable[int]) -> list[int]:
    """Keep the numbers of pages that can be turned to: those from 1; a web page has none."""
    return [page for page in pages if page > 0]


def page_words(pages: Iterable[int]) -> str:
    """Name pages.

    >>> page_words([7]), page_words([7, 8, 9]), page_words([0])
    ('第7页', '第7—9页', '无页码')

    :param pages: in order, as the records hold them.
    :return: the words.
    """
    numbers = page_numbers(pages)
    if not numbers:
        return "无页码"
    return f"第{numbers[0]}页" if numbers[0] == numbers[-1] else f"第{numbers[0]}—{numbers[-1]}页"


def place_words(citation: str, pages: Iterable[int]) -> str:
    """Put the pages behind a citation.

    >>> place_words("《办法》第三条", [7]), place_words("《办法》第三条", [])
    ('《办法》第三条，第7页', '《办法》第三条（无页码）')

    :param citation: of a clause.
    :param pages: where it stands, as the records hold them.
    :return: the words.
    """
    numbers = page_numbers(pages)
    return f"{citation}，{page_words(numbers)}" if numbers else f"{citation}（无页码）"


def statement_place(one: Statement) -> str:
    """Name the place of a statement.

    :param one: a target with its place.
    :return: its citation and its page.
    """
    return place_words(one.citation, [one.page or 0])


def list_words(answer: Answer) -> str:
    """Say how many clauses a list has, and which of them are shown where that is not all.

    :param answer: a list.
    :return: 共 8 条, or 共 80 条，以下是第 1—50 条.
    """
    total = answer.total or len(answer.hits)
    if len(answer.hits) == total:
        return f"共 {total} 条"
    if not answer.hits:
        return f"共 {total} 条，没有更多"
    return f"共 {total} 条，以下是第 {answer.hits[0].rank}—{answer.hits[-1].rank} 条"


def doubt_words(sentences: Iterable[Sentence]) -> str:
    """Say of quoted sentences that their reading is in doubt.

    :param sentences: what is quoted.
    :return: 【存疑】 if any of them was read with little confidence, else nothing.
    """
    return "【存疑】" if any(sentence.doubtful for sentence in sentences) else ""


def reference_words(one: CrossReference) -> str:
    """Say what words of a clause refer to: the clause that is meant with its first sentence, or that the base lacks it.

    >>> reference_words(CrossReference("《甲办法》", 0, 5, "甲府发〔2020〕5号", "甲办法", False, remark="库中没有"))
    '库中没有《甲办法》（甲府发〔2020〕5号）'

    :param one: a reference.
    :return: the words.
    """
    title = one.title.replace("《", "〈").replace("》", "〉") if one.title else ""
    name = f"《{title}》（{one.number}）" if title and one.number else f"《{title}》" if title else one.number or ""
    if one.clause_ids:
        return f"{one.citation}：“{one.sentence}”" if one.sentence else one.citation
    if one.remark == NOT_HELD:
        return f"{NOT_HELD}{name}"
    if one.remark:
        return f"{one.remark}（{name}）" if name else one.remark
    return f"库中有{name}"


def mark_words(force: Force | None) -> str:
    """Say what the force of a document is, to stand beside its citation.

    :param force: with the status on a day; None where no day is known.
    :return: 效力：已废止，自2023年7月1日起; empty for None.
    """
    return f"效力：{force_line(force)}" if force else ""


def ground_words(force: Force | None) -> str:
    """Say by which words a document has its force, to stand below :func:`mark_words`.

    :param force: with the status on a day; None where no day is known.
    :return: 据《…》第三条：“…”; empty for None, and where nothing is stated.
    """
    return force_basis(force) if force else ""


def first_of_each(hits: Iterable[Hit]) -> frozenset[int]:
    """Tell which clause of each document is shown first: beside it the ground of the document's force is told.

    :param hits: clauses in the order shown.
    :return: their ranks.
    """
    firsts: dict[str, int] = {}
    for hit in hits:
        if hit.force:
            firsts.setdefault(hit.force.document, hit.rank)
    return frozenset(firsts.values())


def documents_text(base: KnowledgeBase, today: str) -> str:
    """Write which documents a base holds.

    :param base: the knowledge base.
    :param today: the day (ISO 8601) on which their force is told.
    :return: lines of Chinese text.
    """
    return "\n".join(line for one, force in base.forces(today) for line in _held_lines(base, one, force))


def held_text(base: KnowledgeBase, document: str, today: str) -> str:
    """Write what a document of a base holds: its clauses by id and heading.

    :param base: the knowledge base.
    :param document: a document number in any spelling, or a title.
    :param today: the day (ISO 8601) on which its force is told.
    :return: lines of Chinese text.
    :raises DocumentNotFound: when the base does not hold it.
    """
    ((one, force),) = base.forces(today, document)
    clauses = (f"  {clause.clause_id}  {' › '.join(clause.heading_path)}".rstrip() for clause in one.clauses)
    return "\n".join([*_held_lines(base, one, force), *clauses, *(f"注意：{warning}" for warning in one.warnings)])


def _held_lines(base: KnowledgeBase, document: Document, force: Force) -> list[str]:
    told = document.metadata
    counts = f"{len(document.clauses)} 个条款，{len(base.statements(document.key))} 个目标值"
    return [
        "  ".join(one for one in (told.number, told.title) if one),
        f"    {'，'.join(one for one in (told.issuer, told.date, counts) if one)}；{force_line(force)}",
    ]
