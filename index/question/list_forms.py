"""Lines of a list of words to what they say, or to what is wrong with their form.

The lists are plain text in UTF-8, a line that begins with ``#`` says nothing. Which forms a list has is told by its
file name: ``stop_words.txt``, ``domain_words.txt`` and ``regions.txt`` one word a line; ``thesaurus_….txt``
公文用语 … | 日常说法 … or 甲 = 乙; ``details.txt`` [name], ？what asks and ！what answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.question.words import plain, search_form

THESAURUS = "thesaurus_….txt"
"""Stands for all files of the thesaurus, which are read as one list."""

_MACRO = re.compile(r"\{[a-z]+\}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line: a *fault* where no reader knows its form, else a word that is said for nothing."""

    file: str
    line: int
    text: str
    is_fault: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something, without the blanks round it; lines are counted from 1."""

    file: str
    number: int
    text: str

    def fault(self, text: str) -> Problem:
        """Say that the line is of no known form."""
        return Problem(self.file, self.number, f"“{self.text[:30]}”{text}", True)


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of a list in search form, with the words that it stands for; only a thesaurus gives those."""

    name: str
    word: str
    meant: tuple[str, ...]
    line: Line


Read = Entry | Problem
_Reader = Callable[[Sequence[Line]], Iterator[Read]]


def read_list(label: str, path: Path) -> Iterator[Read]:
    """Read a list.

    :param label: the folder's name in messages.
    :param path: the file.
    :return: its words and problems, in order of line.
    """
    file = f"{label}/{path.name}"
    reader = _thesaurus if path.match("thesaurus_*.txt") else _READERS.get(path.name)
    if reader is None:
        names = "、".join((THESAURUS, *_READERS))
        return iter([Problem(file, 1, f"不认识这个词表；词表的文件名只有 {names}", True)])
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return iter([Problem(file, 1, "读不出来；请检查权限，并另存为 UTF-8 编码", True)])
    if text.startswith("\ufeff"):
        return iter([Problem(file, 1, "开头有字节序标记（BOM）；请另存为不带 BOM 的 UTF-8", True)])
    numbered = enumerate((line.strip() for line in text.splitlines()), start=1)
    return reader([Line(file, number, line) for number, line in numbered if line and not line.startswith("#")])


def _words(name: str) -> _Reader:
    def read(lines: Sequence[Line]) -> Iterator[Read]:
        for line in lines:
            form = search_form(line.text)
            alone = form and " " not in form
            yield Entry(name, form, (), line) if alone else line.fault("不是一个词；一行只写一个词，不带空格和标点")

    return read


def _thesaurus(lines: Sequence[Line]) -> Iterator[Read]:
    for line in lines:
        sides = [side.split() for side in line.text.split("|")]
        same = line.text.split("=")
        if len(sides) == 2 and len(same) == 1 and all(_has_words(side) for side in sides):
            official, everyday = sides
            yield from (Entry(THESAURUS, plain(word), tuple(official), line) for word in everyday)
        elif len(same) > 1 and len(sides) == 1 and all(_has_words(word.split(), most=1) for word in same):
            alike = [word.strip() for word in same]
            for word in alike:
                yield Entry(THESAURUS, plain(word), tuple(other for other in alike if other != word), line)
        else:
            yield line.fault("不是对照；请写成“公文用语 … | 日常说法 …”或“甲 = 乙”")


def _has_words(words: Sequence[str], most: int | None = None) -> bool:
    return 0 < len(words) <= (most or len(words)) and all(map(plain, words))


def _details(lines: Sequence[Line]) -> Iterator[Read]:
    """Each detail needs forms of both kinds: without one it would be asked for, or given, by anything."""
    begun: Line | None = None
    kinds: set[str] = set()
    for line in [*lines, None]:
        if line is None or line.text.startswith("["):
            if begun and kinds != {"？", "！"}:
                yield begun.fault("下面缺“？”行或“！”行；两种都要有")
            begun, kinds = line, set()
            if line and not re.match(r"\[\w+\]", line.text):
                yield line.fault("不是一项的开头；请写成“[名称] 说明”")
        elif line.text[0] not in "？！" or begun is None:
            yield line.fault("不属于哪一项；每行以“？”或“！”起头，写在“[名称]”之下")
        else:
            kinds.add(line.text[0])
            if not _is_pattern(line.text[1:]):
                yield line.fault("不是有效的正则表达式")


def _is_pattern(text: str) -> bool:
    try:
        re.compile(_MACRO.sub("字", text))
    except re.error:
        return False
    return bool(text)


def _of_ingest(lines: Iterable[Line]) -> Iterator[Read]:
    """The reading of documents has this list, and checks it: :func:`index.question.list_checks.reading_problems`."""
    return iter(())


_READERS: Mapping[str, _Reader] = {
    "domain_words.txt": _words("domain_words.txt"),
    "stop_words.txt": _words("stop_words.txt"),
    "regions.txt": _words("regions.txt"),
    "details.txt": _details,
    "organisations.txt": _of_ingest,
}
