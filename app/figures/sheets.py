"""Targets and comparisons as tables of cells, and such a table as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.figures.bars import exact
from app.figures.comparison import SideBySide
from app.figures.targets import Row
from index.records import Statement
from index.wording import KINDS, UNSAID, statement_place, target_words

Cell = str | Decimal
SIGNS = {"=": "等于", "≥": "不低于", "＞": "高于", "≤": "不高于", "＜": "低于", "约": "约"}
PAST = "期限已过"
"""What is said of a target whose deadline has passed."""
_FORMULA = tuple("=+-@\t\r＝＋－＠'")
_HEADS = {
    "类别": 10, "指标": 32, "比较": 8, "数值": 10, "单位": 10, "期限": 12, "基准值": 10, "基准年": 8, "属性": 8, "定义": 16,
    "提示": 18, "层级": 8, "发文机关": 20, "文号": 22, "文件": 36, "条款编号": 30, "页": 6, "原文": 60, "出处": 50,
}  # fmt: skip
"""The columns of targets with their widths in characters."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, its columns with their widths in characters, and its rows; a number is a number, anything else text."""

    name: str
    heads: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]


def targets_sheet(name: str, rows: Iterable[Row]) -> Sheet:
    """Lay targets out, each with its citation.

    :param name: of the sheet.
    :param rows: in the order in which they are to stand.
    :return: the table.
    """
    return Sheet(name, tuple(_HEADS.items()), tuple(map(_cells, rows)))


def remarks(row: Row) -> list[str]:
    """Say what is to be known of a row: that its deadline has passed, and what the force of its document is.

    :param row: a row.
    :return: in few words, none where there is nothing to say.
    """
    return [*([PAST] if row.is_past else []), *([row.status] if row.status else [])]


def comparison_sheet(name: str, table: SideBySide) -> Sheet:
    """Lay a comparison out: for each document the value and where it stands.

    :param name: of the sheet.
    :param table: documents as columns.
    :return: the table.
    """
    heads = [("指标", 32)]
    for document in table.documents:
        named = document.number or document.title
        heads += [(f"{named} 数值", 24), (f"{named} 出处", 50)]
    rows = [
        (line.indicator, *(cell for side in line.sides for cell in _side(side)), line.remark) for line in table.lines
    ]
    return Sheet(name, (*heads, ("对照", 24)), tuple(rows))


def as_csv(sheet: Sheet) -> bytes:
    """Write a table as CSV that a spreadsheet opens: UTF-8 with its mark, and no text that would be run as a formula.

    :param sheet: the table.
    :return: bytes of the file.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe(head) for head, _ in sheet.heads])
    writer.writerows([safe(cell) for cell in row] for row in sheet.rows)
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def safe(cell: Cell) -> str:
    """Make a cell of CSV safe: on one line, and never a formula (OWASP, CSV Injection); a number stays as it is.

    >>> safe("=1+1"), safe(Decimal("-3.5")), safe("养老床位")
    ("'=1+1", '-3.5', '养老床位')

    :param cell: a number or any text.
    :return: its text, after an apostrophe where it might be run.
    """
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    flat = " ".join(cell.split())
    return f"'{flat}" if flat.startswith(_FORMULA) else flat


def spanned(text: str | None) -> str:
    """Write a range with the dash of Chinese print, which no spreadsheet takes for a date.

    >>> spanned("1-2"), spanned("2021-2025"), spanned("-3"), spanned("3:7"), spanned(None)
    ('1—2', '2021—2025', '-3', '3∶7', '')

    :param text: a value or a deadline as the records hold it.
    :return: the text.
    """
    return (text or "")[:1] + (text or "")[1:].replace("-", "—").replace(":", "∶")


def _number(text: str | None) -> Cell:
    found = exact(text)
    return spanned(text) if found is None else found


def _cells(row: Row) -> tuple[Cell, ...]:
    one, target, document = row.statement, row.statement.target, row.statement.document
    return (
        KINDS[target.kind],
        row.name,
        SIGNS.get(target.comparator, target.comparator),
        _number(target.value),
        target.unit or "",
        _number(target.deadline),
        _number(target.baseline),
        _number(target.baseline_year),
        target.nature or "",
        target.definition or "",
        "；".join(remarks(row)),
        row.level,
        document.issuer or "",
        document.number or "",
        document.title,
        one.clause_id,
        _number(str(one.page or "")),
        one.sentence,
        one.citation,
    )


def _side(side: Statement | None) -> Sequence[Cell]:
    if side is None:
        return UNSAID, ""
    told = target_words(side.target)
    return "，".join((told.value, *told.more)), statement_place(side)
