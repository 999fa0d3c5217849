"""The form in which words of a draft and of the base are compared: widths, blanks and styles of marks all alike.

Nothing else is set aside: a character, a numeral or a mark that differs is a difference. Inner quotation marks change their
style when they are quoted (GB/T 15834-2011 4.8: “ ” without, ‘ ’ within), and so do title marks (4.15), so that style is none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from index.references.spelling import is_letter, spelt

_STYLES = {**dict.fromkeys("“”„‟‘’‛「」『』\"'", '"'), "〈": "《", "<": "《", "〉": "》", ">": "》"}
_UNITS = frozenset("%‰°℃℉㎡")
_UNSEEN = frozenset({"Cc", "Cf"})
"""Categories of characters that nobody sees: control characters, blanks of no width."""


class _Forms(dict[int, str]):
    """The form of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        shown = "" if unicodedata.category(chr(code)) in _UNSEEN else spelt(chr(code))
        form = self[code] = "".join(_STYLES.get(one, one) for one in shown)
        return form


_FORMS = _Forms()


@dataclass(frozen=True, slots=True)
class Words:
    """A text with the form of its words; ``offsets`` lead each character of ``text`` back to ``source``."""

    source: str
    text: str
    offsets: Sequence[int]

    def verbatim(self, start: int, end: int) -> str:
        """Give a stretch of the form as it stands in the source."""
        return self.source[slice(*self.span(start, end))]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the source of a stretch of the form; an empty one stands before its next character."""
        first = self.offsets[start] if start < len(self.offsets) else len(self.source)
        return (first, self.offsets[end - 1] + 1) if start < end else (first, first)


def plain(text: str) -> str:
    """Give the form in which a text is compared.

    >>> plain("“十四五” 规划（２０２５年）"), plain("‘十四五’规划(2025年)")
    ('"十四五"规划(2025年)', '"十四五"规划(2025年)')

    :param text: any text.
    :return: its form.
    """
    return text.translate(_FORMS)


def words_of(text: str) -> Words:
    """Give the form of a text with the places where it came from.

    :param text: any text.
    :return: its words.
    """
    forms = [_FORMS[ord(character)] for character in text]
    return Words(text, "".join(forms), [at for at, form in enumerate(forms) for _ in form])


def is_word(character: str) -> bool:
    """Tell whether a character is part of what is said: a letter, a digit, or a sign of a unit; no mark.

    >>> [is_word(one) for one in "长5%℃。“"]
    [True, True, True, True, False, False]

    :param character: one character.
    """
    return is_letter(character) or character in _UNITS


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the marks at both ends of a stretch: where a quotation breaks off they are the draft's own.

    :param text: any text.
    :param start: where it begins.
    :param end: where it ends.
    :return: the stretch without them; empty where it has no letter.
    """
    while start < end and not is_letter(text[start]):
        start += 1
    while start < end and not is_word(text[end - 1]):
        end -= 1
    return start, end
