"""The writing of text files."""

from __future__ import annotations

import sys
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
