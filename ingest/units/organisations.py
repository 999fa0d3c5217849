"""Which words name an organisation: the forms of data/organisations.txt, and those that an office adds in a list of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import BadList

LIST = "organisations.txt"
"""Name of the list, here and in an office's folder of lists."""

PACKAGED = Path(__file__).parent / "data" / LIST

NEEDS_MORE = frozenset(["政府", "部门", "机关", "单位", "机构"])
"""Endings that are a name only with something before them, as are all of one character."""

_FORM = re.compile(r"(?P<sign>…+|\.{3,}|[!！])?(?P<word>[\u3400-\u9fffA-Za-z·（）()]+)")
_ASIDE = re.compile(r"[（）()\s]")


@dataclass(frozen=True, slots=True)
class Forms:
    """Endings (…局), whole names (各区), and words that look like one and are none (格局)."""

    endings: frozenset[str]
    names: frozenset[str]
    others: frozenset[str]

    def names_organisation(self, words: str) -> bool:
        """Whether a chunk of words, brackets aside, is the name of an organisation.

        >>> forms = load_forms()
        >>> [forms.names_organisation(words) for words in ("区民政局", "居（村）委会", "各街镇", "新格局", "部门")]
        [True, True, True, False, False]
        """
        plain = _ASIDE.sub("", words)
        if plain in self.names:
            return True
        tails = [plain[place:] for place in range(len(plain))]
        ending = next((tail for tail in tails if tail in self.endings), "")
        other = next((tail for tail in tails if tail in self.others), "")
        if not ending or len(other) > len(ending):
            return False
        return len(plain) > len(ending) or (len(ending) > 1 and ending not in NEEDS_MORE)

    def extended(self, own: Forms) -> Forms:
        """These forms and an office's own; of a word that both speak of, the office's list decides."""
        return Forms(
            self.endings - own.others | own.endings,
            self.names - own.others | own.names,
            self.others - own.endings - own.names | own.others,
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One form as a list states it: the line from 1, its sign (… for an ending, ! for none, empty for a whole name), its word."""

    line: int
    sign: str
    word: str

    @property
    def form(self) -> str:
        """Sign and word, as a list has them."""
        return self.sign + self.word


def load_forms(lists: Path | None = None) -> Forms:
    """Reads the forms that come with the project and, in addition, those of an office.

    :param lists: the office's folder of lists, where organisations.txt may lie; None for no office's.
    :raises BadList: if a list cannot be read, or one of its lines is no form.
    """
    forms = read_forms(PACKAGED)
    own = lists / LIST if lists else None
    return forms.extended(read_forms(own)) if own and own.exists() else forms


def read_forms(path: Path) -> Forms:
    """Reads one list.

    :param path: a text file, one form a line: ``…局`` an ending, ``各区`` a whole name, ``!格局`` none; # a comment.
    :raises BadList: if the file cannot be read, or a line is no form.
    """
    entries: list[Entry] = []
    for line, words in lines_of(path):
        entry = entry_of(line, words)
        if entry is None:
            raise BadList(path.name, f"“{words}”不是词形", REMEDY, line=line)
        entries.append(entry)
    endings, names, others = (
        frozenset(entry.word for entry in entries if entry.sign == sign) for sign in ("…", "", "!")
    )
    return Forms(endings, names, others)


REMEDY = "请写成“…局”“各区”或“!格局”这样的一行，只用汉字和字母，说明写在“#”之后"
"""What an office can do about a line that is no form."""


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Gives the lines of a list that say something, less comments, each with its number from 1.

    :raises BadList: if the file cannot be opened or is no UTF-8 text.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadList(path.name, f"词表打不开（{error.strerror}）", "请检查路径和读取权限") from error
    except UnicodeDecodeError as error:
        raise BadList(path.name, "词表不是 UTF-8 编码的文字", "请用记事本另存为 UTF-8 编码") from error
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition("#")[0].strip()
        if words:
            yield number, words


def entry_of(line: int, words: str) -> Entry | None:
    """Reads one line of a list; None if it is no form.

    …… and ... are read as …, and ！ as !, as they come from a Chinese keyboard. Brackets count for nothing (…基金（会）),
    here as in the names themselves.

    >>> entry_of(3, "……驿站").form, entry_of(4, "！格局").form, entry_of(5, "各窗口").form, entry_of(6, "局、处")
    ('…驿站', '!格局', '各窗口', None)
    """
    found = _FORM.fullmatch(words)
    if found is None:
        return None
    sign = found["sign"] or ""
    return Entry(line, "!" if sign in ("!", "！") else sign and "…", _ASIDE.sub("", found["word"]))
