"""The documents of a base as a table: what each is, sorted, narrowed, cut into pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from app.showing.panes import has_pages
from index.answer.attributes import OTHER, kind_of
from index.knowledge_base import KnowledgeBase
from index.records import Force
from index.wording import is_marked
from ingest.records import Document

PAGE = 200
"""Documents that one page of the table shows."""

UNDATED = "未载明"


@dataclass(frozen=True, slots=True)
class Row:
    """A document in the table; ``year`` is that of its date, ``plan`` the years that its title names and ``until`` their last day."""

    key: str
    title: str
    number: str
    issuer: str
    date: str
    year: str
    kind: str
    plan: str
    until: str
    force: str
    is_marked: bool
    pages: int
    clauses: int
    targets: int
    warnings: int


COLUMNS: tuple[tuple[str, str, Callable[[Row], str | int]], ...] = (
    ("title", "标题", lambda row: row.title),
    ("number", "文号", lambda row: row.number),
    ("issuer", "发文机关", lambda row: row.issuer),
    ("date", "成文日期", lambda row: row.date),
    ("kind", "文种", lambda row: row.kind),
    ("plan", "规划期", lambda row: row.until),
    ("force", "效力", lambda row: row.force),
    ("pages", "页数", lambda row: row.pages),
    ("clauses", "条款", lambda row: row.clauses),
    ("targets", "目标", lambda row: row.targets),
    ("warnings", "提示", lambda row: row.warnings),
)
"""Name, head and sort value of each column."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader wants to see of the table: empty for all; ``page`` counts from 1."""

    words: str = ""
    issuer: str = ""
    year: str = ""
    kind: str = ""
    sort: str = "date"
    is_falling: bool = True
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the table, and of how many; ``total`` rows fit."""

    rows: tuple[Row, ...]
    total: int
    wanted: Wanted
    pages: int


_ONE_AT_A_TIME = Lock()


def rows_of(base: KnowledgeBase, day: str) -> tuple[Row, ...]:
    """Describe the documents of a base; it is read through once.

    :param base: the base.
    :param day: the day (ISO 8601) on which force is told.
    :return: in the order of their keys.
    """
    with _ONE_AT_A_TIME:  # who comes while it is read waits for it rather than reading it again
        return _rows(base, day)


@lru_cache(maxsize=1)
def _rows(base: KnowledgeBase, day: str) -> tuple[Row, ...]:
    return tuple(_row(document, force) for document, force in base.forces(day))


def _row(document: Document, force: Force) -> Row:
    data, plan = document.metadata, force.plan
    until = (plan.day if plan else "") or ""
    return Row(
        key=document.key,
        title=data.title,
        number=data.number or "",
        issuer=data.issuer or "",
        date=data.date or "",
        year=(data.date or UNDATED)[:4],
        kind=kind_of(data.title),
        plan=_plan_words(plan.words, until) if plan else "",
        until=until,
        force=force.status,
        is_marked=is_marked(force),
        pages=len(document.page_sizes) if has_pages(document) else 0,
        clauses=len(document.clauses),
        targets=sum(one.kind == "target" for clause in document.clauses for one in clause.targets),
        warnings=len(document.warnings),
    )


def _plan_words(words: str, until: str) -> str:
    """十四五（至2025年）; years that stand in the words themselves are not said again."""
    return words if until[:4] in words else f"{words}（至{until[:4]}年）"


def listing(rows: Sequence[Row], wanted: Wanted) -> Listing:
    """Narrow, sort and cut the table.

    :param rows: all documents.
    :param wanted: what is to be seen; a page behind the last is the last, a column that there is none of the date.
    :return: one page.
    """
    value = next((value for name, _, value in COLUMNS if name == wanted.sort), lambda row: row.date)
    fit = sorted((row for row in rows if _fits(row, wanted)), key=lambda row: row.key)
    given = sorted((row for row in fit if value(row) not in ("", 0)), key=value, reverse=wanted.is_falling)
    ordered = [*given, *(row for row in fit if value(row) in ("", 0))]  # what is not stated comes last, whichever way
    pages = max((len(ordered) + PAGE - 1) // PAGE, 1)
    page = min(max(wanted.page, 1), pages)
    return Listing(tuple(ordered[(page - 1) * PAGE : page * PAGE]), len(ordered), wanted, pages)


def _fits(row: Row, wanted: Wanted) -> bool:
    chosen = ((wanted.issuer, row.issuer), (wanted.year, row.year), (wanted.kind, row.kind))
    if any(choice and choice != held for choice, held in chosen):
        return False
    said = _plain(row.title + row.number)
    return all(_plain(word) in said for word in wanted.words.split())


def _plain(text: str) -> str:
    return text.casefold().translate(_WIDTHS)


_WIDTHS = str.maketrans("（）［］[]", "()〔〕〔〕", "“”‘’\"' 　")


def choices(rows: Sequence[Row]) -> tuple[list[str], list[str], list[str]]:
    """Give what the table can be narrowed to.

    :param rows: all documents.
    :return: issuers, years (the latest first) and kinds that documents have.
    """
    issuers = sorted({row.issuer for row in rows if row.issuer})
    years = sorted({row.year for row in rows}, key=lambda year: (year != UNDATED, year), reverse=True)
    return issuers, years, sorted({row.kind for row in rows}, key=lambda kind: (kind == OTHER, kind))
