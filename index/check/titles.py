"""Titles in 《》 of a draft, whose words are a name and no quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TITLE = re.compile("[《〈][^《》〈〉\n]{1,200}(?:[《〈][^《》〈〉\n]{1,200}[》〉][^《》〈〉\n]{0,200})?[》〉]")


def titles_in(text: str) -> Iterator[tuple[int, int]]:
    """Find titles in their marks.

    :param text: a draft.
    :return: where each begins, and its last character.
    """
    return ((match.start(), match.end() - 1) for match in _TITLE.finditer(text))
