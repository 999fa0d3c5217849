"""The targets of a base as rows that can be chosen, ordered and paged: 目标, 现状, and 条件与时限 apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from index.errors import QueryError
from index.knowledge_base import KnowledgeBase
from index.records import Statement
from index.wording import LEVELS, UNSAID, is_marked, measure_of, number, office_level

PARTS = {
    "target": ("目标", ("target",)),
    "achieved": ("现状", ("achieved",)),
    "rule": ("条件与时限", ("condition", "limit")),
}
"""The sub-lists: the name by which an address calls each, what the user reads, and the kinds of target in it."""
NATURES = ("约束性", "预期性")
PAGE = 50
_LONGEST = 100  # characters of the words that an indicator is to hold


@dataclass(frozen=True, slots=True)
class Row:
    """A figure with its place, and what its document is: key, level of its office, and its force where that stands out.

    ``is_past`` says that its deadline lies before the day by which rows are told.
    """

    key: str
    statement: Statement
    level: str
    status: str
    is_past: bool

    @property
    def name(self) -> str:
        """What is counted, with what is to be done about it: 新增养老床位."""
        return (self.statement.target.action or "") + self.statement.target.indicator


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are wanted, in which order, and which page of them (from 1); an empty field leaves all."""

    part: str = "target"
    document: str = ""
    nature: str = ""
    level: str = ""
    year: str = ""
    words: str = ""
    sort: str = ""
    down: str = ""
    page: int = 1


def rows_of(base: KnowledgeBase, today: str) -> list[Row]:
    """Make a row of every figure of a base.

    :param base: the base.
    :param today: the day (ISO 8601) by which deadlines have passed and documents are in force.
    :return: rows in the documents' order.
    """
    found: list[Row] = []
    for document, force in base.forces(today):
        level, status = office_level(document.metadata), force.status if is_marked(force) else ""
        for one in base.statements(document.key):
            last = last_year(one)
            past = one.target.kind == "target" and bool(last) and last < today[:4]
            found.append(Row(document.key, one, level, status, past))
    return found


def last_year(one: Statement) -> str:
    """Give the year by whose end a value is to be reached.

    :param one: a statement.
    :return: four digits; empty where none is stated.
    """
    return (one.target.deadline or "")[-4:]


_SORTS: Mapping[str, Callable[[Row], Any]] = {
    "indicator": lambda row: row.name,
    "value": lambda row: (measure_of(row.statement.target), amount) if (amount := _amount(row)) is not None else None,
    "deadline": lambda row: last_year(row.statement),
    "nature": lambda row: row.statement.target.nature,
    "level": lambda row: LEVELS.index(row.level) if row.level else None,
}
"""What rows are ordered by; those that have none of it (None or empty) come last, others of one value stay as they were."""


def _amount(row: Row) -> Decimal | None:
    return number(row.statement.target)


def wanted_of(asked: Mapping[str, str], base: KnowledgeBase) -> Wanted:
    """Read from an address which rows are wanted.

    :param asked: parameters of the address; others than the fields of :class:`Wanted` are passed over.
    :param base: knows the documents.
    :return: what is wanted, the document by its key.
    :raises QueryError: when a parameter has a value that is none of those offered.
    """
    known = {one.name for one in fields(Wanted)}
    given = {name: value.strip() for name, value in asked.items() if name in known}
    offered = {"part": PARTS, "nature": (*NATURES, UNSAID), "level": (*LEVELS, UNSAID), "sort": _SORTS, "down": ("1",)}
    for name, values in offered.items():
        if given.get(name) and given[name] not in values:
            raise QueryError(f"网址里 {name} 的值“{given[name][:50]}”不认识", "请从指标页重新选择")
    year, words = given.get("year", ""), given.get("words", "")
    if year and year != UNSAID and not re.fullmatch("[0-9]{4}", year):
        raise QueryError(f"期限“{year[:50]}”不是年份", "请写四位数字，如 2025")
    if len(words) > _LONGEST:
        raise QueryError(f"指标里的字有 {len(words)} 个，超过上限 {_LONGEST}", "请缩短")
    if given.get("document"):
        given["document"] = base.document_key(given["document"])
    return Wanted(**{name: value for name, value in given.items() if value and name != "page"}, page=page_asked(given))


def page_asked(asked: Mapping[str, str]) -> int:
    """Read from an address which page is wanted.

    :param asked: parameters of the address.
    :return: its number from 1; the first where none is given, or what is given is none.
    """
    said = asked.get("page", "").strip()
    return max(1, int(said)) if re.fullmatch("[0-9]{1,6}", said) else 1


def address_of(wanted: Wanted, suffix: str = "", **changes: Any) -> str:
    """Give the address of rows; a change of anything but the page begins at the first.

    :param wanted: the rows.
    :param suffix: of a file of them: ``.xlsx``; empty for the view.
    :param changes: fields of :class:`Wanted` that are to differ.
    :return: a relative address.
    """
    made = replace(wanted, **{"page": 1, **changes})
    said = [(one.name, getattr(made, one.name)) for one in fields(Wanted) if getattr(made, one.name) != one.default]
    return f"view/targets{suffix}" + (f"?{urlencode(said)}" if said else "")


def matching(rows: Iterable[Row], wanted: Wanted) -> list[Row]:
    """Keep the rows that are wanted, of every part.

    :param rows: rows of a base.
    :param wanted: what they have to be.
    :return: rows in their order.
    """
    words = _plain(wanted.words).split()
    return [
        row
        for row in rows
        if wanted.document in ("", row.key)
        and wanted.nature in ("", row.statement.target.nature or UNSAID)
        and wanted.level in ("", row.level or UNSAID)
        and wanted.year in ("", last_year(row.statement) or UNSAID)
        and all(word in _plain(row.name) for word in words)
    ]


def of_part(rows: Iterable[Row], part: str) -> list[Row]:
    """Keep the rows of a sub-list.

    :param rows: rows of any kind.
    :param part: a key of :data:`PARTS`.
    :return: rows in their order.
    """
    return [row for row in rows if row.statement.target.kind in PARTS[part][1]]


def chosen(rows: Iterable[Row], wanted: Wanted) -> list[Row]:
    """Give the rows that are wanted, in the order that is wanted; of all pages.

    :param rows: rows of a base.
    :param wanted: which, and in what order.
    :return: rows.
    """
    return ordered(of_part(matching(rows, wanted), wanted.part), wanted)


def ordered(rows: Sequence[Row], wanted: Wanted) -> list[Row]:
    """Order rows.

    :param rows: rows in the documents' order.
    :param wanted: by what.
    :return: rows.
    """
    if not wanted.sort:
        return list(rows)
    keyed = [(_SORTS[wanted.sort](row), row) for row in rows]
    known = [one for one in keyed if one[0] not in (None, "")]
    known.sort(key=lambda one: one[0], reverse=bool(wanted.down))
    return [row for _, row in known] + [row for key, row in keyed if key in (None, "")]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
