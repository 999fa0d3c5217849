"""Which words name an organisation: the forms of data/organisations.txt, which an office can extend."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FORMS = Path(__file__).parent / "data" / "organisations.txt"

_NEEDS_MORE = frozenset(["政府", "部门", "机关", "单位", "机构"])
"""Endings that are a name only with something before them, as are all of one character."""


@dataclass(frozen=True)
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
        plain = re.sub(r"[（）()\s]", "", words)
        if plain in self.names:
            return True
        tails = [plain[place:] for place in range(len(plain))]
        ending = next((tail for tail in tails if tail in self.endings), "")
        other = next((tail for tail in tails if tail in self.others), "")
        if not ending or len(other) > len(ending):
            return False
        return len(plain) > len(ending) or (len(ending) > 1 and ending not in _NEEDS_MORE)


@cache
def load_forms(path: Path = FORMS) -> Forms:
    """Reads a list of forms.

    :param path: a text file, one form a line: ``…局`` an ending, ``各区`` a whole name, ``!格局`` none; # a comment.
    """
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    words = [line for line in lines if line]
    return Forms(
        frozenset(word[1:] for word in words if word.startswith("…")),
        frozenset(word for word in words if word[0] not in "…!"),
        frozenset(word[1:] for word in words if word.startswith("!")),
    )
