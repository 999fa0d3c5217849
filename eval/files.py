"""The writing of text files, and of tables in them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from eval.questions import QuestionsError


def write(path: Path, text: str) -> None:
    """Write a text file, making its folder where it is not there, and say so on standard error.

    :param path: where to.
    :param text: written as UTF-8 with the line ends that it has.
    :raises QuestionsError: when it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise QuestionsError(str(path), f"写不进去（{error.strerror}）", "请换一个可写的文件夹") from error
    sys.stderr.write(f"已写入 {path}\n")


def table_row(cells: Iterable[str]) -> str:
    """Write a row of a table in Markdown.

    >>> table_row(["提问", "12 毫秒"])
    '| 提问 | 12 毫秒 |'

    :param cells: what stands in it.
    :return: the line.
    """
    return f"| {' | '.join(cells)} |"
