"""Whether rows of words set out in columns without rules are a table of data: certain, or left as text."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NAME_LENGTH = 16
"""A column's name is no longer than this."""

_NO_NAME = re.compile(r"[，。；：:;？！?!＿_…□○]|\.{3}|^[（(]?盖章|^问|^答|^页[码次]$|^[-\d.,，%／/\s]+$")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")
_MEASURE = r"(?:[%％‰℃]|[\u4e00-\u9fff㎡a-zA-Z/／·²³]{1,8})?"
_FIGURE = re.compile(
    rf"[约近超≥≤＞＜><±+＋\-−—–]{{0,2}}\d[\d,，.]*{_MEASURE}(?:以[上下内])?"
    rf"|\d[\d,，.]*{_MEASURE}\s?[-—–~～至/]\s?\d[\d,，.]*{_MEASURE}(?:以[上下内])?"
)
_NONE = re.compile(r"[-—–－/／\s]*|无")
_FORM = re.compile(r"[＿_]{2}|[□☐]|[:：]$|年\s+月|[…·.．]{3}")
_FIELD = re.compile(r"[\u4e00-\u9fff\s]{1,8}[:：]\S")
_ORDINAL = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[编篇章节条款]|[一二三四五六七八九十]+[、．.]|[（(][一二三四五六七八九十\d]+[）)]|\d+[、．.]|附件"
)
_ROWS, _FEW_ROWS = 3, 2
"""Two columns make a table from so many rows of data on, more columns from so many."""


def is_table(head: Sequence[str], rows: Sequence[Sequence[str]], ruled: bool = False) -> bool:
    """Whether a line of names above lines of values is certainly a table.

    Each column has a name (the first may lack one), no value is a blank to fill in, and, unless rules part the names from
    the values, a column of figures shows that they are values: lists of names, signatures set beside each other and
    text in two columns have none.

    :param head: the names of the columns, empty where there is none.
    :param rows: the values of each row, as many as there are columns.
    :param ruled: whether rules stand above the names, below them, and below the last row.
    """
    width = len(head)
    if width < 2 or len(rows) < (_FEW_ROWS if width > 2 or ruled else _ROWS):
        return False
    if not all(head[1:]) or len(set(head)) < width or not all(is_name(name) for name in head if name):
        return False
    if is_numbered(head[0]) or any(_FORM.search(value) or _FIELD.match(value) for row in rows for value in row):
        return False
    columns = list(zip(*rows, strict=True))
    if any(sum(map(bool, column)) * 2 < len(rows) for column in columns):
        return False
    return ruled or any(map(_is_figures, columns[1:]))


def is_name(text: str) -> bool:
    """Whether words may name a column: short, no sentence, no figure but a year."""
    return len(text) <= _NAME_LENGTH and (bool(_YEAR.fullmatch(text)) or not _NO_NAME.search(text))


def may_head(names: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether words may be the names of columns, by themselves and by the figures that stand right below them.

    It costs little, and saves looking for a table that could not be certain.

    :param below: the words of the next two lines.
    """
    return len(names) > 1 and all(map(is_name, names)) and any(is_figure(word) for words in below[:2] for word in words)


def is_numbered(text: str) -> bool:
    """Whether a line begins with an ordinal, as a heading or an item of a list does."""
    return bool(_ORDINAL.match(text))


def is_figure(text: str) -> bool:
    """Whether words are a figure with its measure: 1200张, ≥95%, 2021-2025年."""
    return bool(_FIGURE.fullmatch(text.replace(" ", "")))


def is_value(text: str) -> bool:
    """Whether words are a figure that names no column, as a year may."""
    return is_figure(text) and not _YEAR.fullmatch(text)


def _is_figures(column: Sequence[str]) -> bool:
    """Whether every value of a column is a figure, with its measure, or says that there is none."""
    figures = sum(map(is_figure, column))
    none = sum(bool(_NONE.fullmatch(value)) for value in column)
    return figures >= _FEW_ROWS and figures + none == len(column)
