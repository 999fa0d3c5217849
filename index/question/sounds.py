"""How words sound in pinyin, and which sounds many people type alike; pypinyin is imported here only, at first use."""

from __future__ import annotations

import re
from functools import cache, lru_cache

_FOLDED = (
    (re.compile(r"(?<=^[zcs])h|(?<=n)g$"), ""),
    (re.compile(r"^[nr]"), "l"),
    (re.compile(r"^hu(?=[aeo])"), "f"),
)


@lru_cache(maxsize=1 << 16)
def syllables(word: str) -> tuple[str, ...]:
    """Read a word as a whole.

    >>> syllables("重残"), syllables("重庆")
    (('zhong', 'can'), ('chong', 'qing'))

    :param word: Chinese characters.
    :return: one syllable a character, without tones.
    """
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(word))


def readings(word: str, place: int) -> frozenset[str]:
    """Give the syllables of a character of a word: in the word, and by itself.

    :param word: Chinese characters.
    :param place: of the character.
    :return: one or two syllables.
    """
    return frozenset((syllables(word)[place], *syllables(word[place])))


@cache
def rough(syllable: str) -> str:
    """Fold what many type alike (模糊音): zh, ch, sh as z, c, s, a final ng as n, n and r as l, hu before a vowel as f.

    >>> rough("huang"), rough("fang"), rough("niu")
    ('fan', 'fan', 'liu')

    :param syllable: in pinyin, without its tone.
    :return: a key that the syllables typed alike share.
    """
    for pattern, letters in _FOLDED:
        syllable = pattern.sub(letters, syllable)
    return syllable
