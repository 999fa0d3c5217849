"""Whether a text layer says what the page shows, judged by the text itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingest.readers.glyphs import UNKNOWN, Char

_FAULTY = 0.3
"""Of a sound page hardly a glyph is faulty; of one whose fonts have no map to Unicode more than half are."""

_FULL_WIDTH = 0.9
_PUNCTUATION = ".,:;?!()<>«»‹›·×÷°±"
"""Codes under which fonts draw full-width Chinese punctuation and signs."""

_ENOUGH = 60
_LEAST_COMMON = 0.2
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "市区务管服规资建设房申请单位单责任办证保贷款登记政策支持以及财按照镇县乡村街道企业施件元项目标准审批基金补贴领导养老住规划"
)
"""Characters that Chinese of any kind is full of; they make up more than a third of any text."""


def is_garbled(chars: Sequence[Char]) -> bool:
    """Whether a page's fonts give signs, private codes or nothing in place of its characters."""
    inked = [char for char in chars if not char["text"].isspace()]
    return sum(map(_is_faulty, inked)) > _FAULTY * len(inked)


def _is_faulty(char: Char) -> bool:
    text = char["text"]
    if len(text) > 1:
        return False
    if text == UNKNOWN or not text.isprintable():  # private use, control characters, unassigned codes
        return True
    drawn_wide = char["x1"] - char["x0"] >= _FULL_WIDTH * char["size"] and ord(text) < 0x2E80
    # GBK bytes read as Latin are letters with accents, two for each Chinese character.
    return "\xa1" <= text <= "\xff" and text not in _PUNCTUATION or drawn_wide and _is_latin(text)


def _is_latin(text: str) -> bool:
    return ord(text) < 0x250 and text not in _PUNCTUATION


def is_other_text(letters: Counter[str]) -> bool:
    """Whether Chinese characters are given, but others than are drawn: the common ones are hardly among them."""
    han = {text: count for text, count in letters.items() if "\u4e00" <= text <= "\u9fff"}
    total, common = sum(han.values()), sum(count for text, count in han.items() if text in _COMMON)
    return total >= _ENOUGH and common < _LEAST_COMMON * total
