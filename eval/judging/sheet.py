"""The annotation sheet: a CSV file that a spreadsheet opens, written without a trace of system or rank, and read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval import records
from eval.questions import QuestionsError

COLUMNS = ("问题编号", "问题", "条款编号", "出处", "条款原文", "评分（0–3）", "评审人")
GRADES: Mapping[int, str] = {0: "无关", **dict(sorted(records.GRADES.items()))}
"""The grades of a clause for a question; from :data:`ANSWERS` on it counts as an answer."""

ANSWERS = 2

_FORMULA = tuple("=+-@\t\r＝＋－＠'")
_ENCODINGS = ("utf-8-sig", "gb18030")  # the second is what a Chinese spreadsheet may save
_FULL_WIDTH = str.maketrans("０１２３", "0123")
_REMEDY = "请用 python -m eval pool 写出的表，只填最后两列"


@dataclass(frozen=True, slots=True)
class Row:
    """A clause to be judged for a question."""

    question: str
    query: str
    clause_id: str
    citation: str
    text: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A clause as one judge graded it for a question; ``line`` is its row in the spreadsheet."""

    question: str
    clause_id: str
    grade: int
    judge: str
    line: int


def as_csv(rows: Iterable[Row]) -> str:
    """Write a sheet, the last two columns empty; the byte order mark tells a spreadsheet that it is UTF-8.

    :param rows: what is to be judged.
    :return: CSV text.
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([*map(cell, (row.question, row.query, row.clause_id, row.citation, row.text)), "", ""])
    return "\ufeff" + out.getvalue()


def cell(text: str) -> str:
    r"""Make a text safe for a spreadsheet: on one line, and never a formula.

    A leading ``=``, ``+``, ``-`` or ``@``, full-width ones and what spreadsheets pass over before them included, would be run
    as a formula (OWASP, CSV Injection); an apostrophe before it makes it text.

    >>> cell("=1+1"), cell("一\n二"), cell("'一")
    ("'=1+1", '一 二', "''一")

    :param text: any text.
    :return: the text as it stands in the sheet; :func:`uncell` takes the apostrophe off again.
    """
    flat = " ".join(text.split())
    return f"'{flat}" if flat.startswith(_FORMULA) else flat


def uncell(text: str) -> str:
    """Read what :func:`cell` wrote.

    :param text: a cell.
    :return: its text, without the apostrophe that guards it.
    """
    return text.strip().removeprefix("'")


def read_sheet(path: Path, expected: Iterable[str], clauses: Iterable[str]) -> tuple[Judgement, ...]:
    """Read a filled-in sheet.

    :param path: CSV as a spreadsheet saves it: UTF-8 or GB18030, cells parted by comma, semicolon or tab.
    :param expected: ids of the questions that the sheet may hold.
    :param clauses: ids of the clauses that it may hold.
    :return: the judgements, in the sheet's order.
    :raises QuestionsError: naming the first line at fault, and the other lines at fault with it.
    """
    rows = _rows(path)
    missing = [name for name in COLUMNS if name not in rows[0]]
    if missing:
        raise QuestionsError(str(path), f"缺少列“{'”“'.join(missing)}”", _REMEDY, 1)
    ids, known = ({uncell(cell(id_)): id_ for id_ in names} for names in (expected, clauses))
    found: list[Judgement] = []
    faults: list[tuple[int, str, str]] = []
    lines: dict[tuple[str, str], int] = {}
    for number, cells in enumerate(rows[1:], start=2):
        row = {name: uncell(value) for name, value in zip(rows[0], cells, strict=False)}
        if not any(row.values()):
            continue
        fault = _fault(row, ids, known, lines)
        if fault:
            faults.append((number, *fault))
            continue
        pair = (ids[row[COLUMNS[0]]], known[row[COLUMNS[2]]])
        lines[row[COLUMNS[0]], row[COLUMNS[2]]] = number
        found.append(Judgement(*pair, int(_grade(row)), row[COLUMNS[6]], number))
    if faults:
        number, problem, remedy = faults[0]
        others = "、".join(str(line) for line, *_ in faults[1:21])
        more = (
            f"（另有 {len(faults) - 1} 行也有问题：第 {others}{' ……' if len(faults) > 21 else ''} 行）"
            if others
            else ""
        )
        raise QuestionsError(str(path), problem, remedy + more, number)
    if not found:
        raise QuestionsError(str(path), "表里没有一行评分", _REMEDY)
    return tuple(found)


def _fault(
    row: Mapping[str, str], ids: Mapping[str, str], known: Mapping[str, str], lines: Mapping[tuple[str, str], int]
) -> tuple[str, str] | None:
    """Say what is wrong with a row, and the remedy; None where nothing is."""
    id_, clause_id, judge = (row.get(COLUMNS[place], "") for place in (0, 2, 6))
    if id_ not in ids:
        return f"问题文件里没有编号“{id_}”", "请不要改动编号，或给出写表时用的问题文件"
    if clause_id not in known:
        return f"知识库里没有条款“{clause_id}”", "请不要改动条款编号，或用写表时的知识库"
    if (id_, clause_id) in lines:
        return f"与第 {lines[id_, clause_id]} 行是同一问题的同一条款", "请删去其中一行"
    grade = _grade(row)
    if not grade:
        return "没有评分", "请填 " + "、".join(f"{number}（{name}）" for number, name in GRADES.items())
    if grade not in map(str, GRADES):
        return f"评分“{grade}”不认识", "请填 " + "、".join(f"{number}（{name}）" for number, name in GRADES.items())
    if not judge:
        return "没有评审人", "请在最后一列写上评审人的名字"
    return None


def _grade(row: Mapping[str, str]) -> str:
    """Read a grade: full-width digits, and 2.0 as some spreadsheets save a 2, are the same."""
    return row.get(COLUMNS[5], "").translate(_FULL_WIDTH).removesuffix(".0")


def _rows(path: Path) -> Sequence[Sequence[str]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise QuestionsError(str(path), f"打不开（{error.strerror}）", "请检查路径和权限") from error
    text = _decoded(path, data)
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise QuestionsError(str(path), f"不是有效的 CSV（{error}）", "请在电子表格里另存为 CSV") from error
    if not rows:
        raise QuestionsError(str(path), "是空文件", _REMEDY)
    return [[value.strip() for value in row] for row in rows]


def _decoded(path: Path, data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise QuestionsError(str(path), "不是 UTF-8 或 GB18030 编码的文本", "请另存为“CSV UTF-8”")
