"""Slips of typing mended before a question is searched: traditional characters, wrong homophones, pinyin letters.

A question is changed only where the reading is certain, since a caseworker relies on what was searched, and each word
read as another one is told. Two libraries are imported at first use: pypinyin for 拼音, opencc for 繁体字.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate, product
from typing import Any

from index.question.words import count_of, dictionary_words, frequent_characters

_Sound = tuple[str, ...]
_LETTERS, _PARTS, _REACH = 5, 12, 6
_COMMON_WORD, _COMMON, _GRAMMAR = 100, 16_000, 200_000
"""Counts in jieba's dictionary: of a word that may be meant as well, and of characters that are often words."""
_HAN = re.compile(r"[\u4e00-\u9fa5]{2,}")
_LATIN = re.compile(r"[A-Za-z]+")
_SPELT = re.compile(r"(?<![0-9A-Za-z_@/.\-])[A-Za-z]++(?:[ '’][A-Za-z]++)*+(?![0-9_@]|[./\-][0-9A-Za-z])")
_GAPS = str.maketrans("", "", " '’")
_ROUGH = re.compile(r"(?<=^[zcs])h|(?<=n)g$")
_SUFFIXES = frozenset("性型式化度率者员区")


@dataclass(frozen=True, slots=True)
class Slip:
    """A word that was typed wrongly, as it was typed, and the known word that it was read as."""

    said: str
    meant: str


class SlipReader:
    """Reads which known word was meant where a word was typed wrongly; lists the sounds of the words at first use."""

    def __init__(self, known: Collection[str], real: Collection[str] = ()) -> None:
        """Take the known words.

        :param known: words that may be meant; of those with two characters few, all of the trade (低保).
        :param real: further words that are right as they stand, like everyday words, but are never meant.
        """
        self._known, self._real = frozenset(filter(_HAN.fullmatch, known)), frozenset(real)
        self._texts = "\n".join([*known, *real])

    def mend(self, question: str) -> tuple[str, tuple[Slip, ...]]:
        """Mend how a question was typed; all that is no slip stays as it was typed.

        >>> SlipReader(["民政局", "低保"]).mend("去民证局办dibao")
        ('去民政局办低保', (Slip(said='民证局', meant='民政局'), Slip(said='dibao', meant='低保')))

        :param question: a question in any characters.
        :return: the question in simplified characters, mended; and the slips in order, 繁体字 not among them.
        """
        text: str = _converter().convert(question)
        found = sorted([*self._spelt(text), *self._mistaken(text)])
        for start, end, word in reversed(found):
            text = text[:start] + word + text[end:]
        return text, tuple(Slip(question[start:end], word) for start, end, word in found)

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """List the known words under their pinyin letters, if no other known word is spelt so."""
        spelt = [("".join(_syllables(word)), word) for word in self._known]
        often = Counter(letters for letters, _ in spelt)
        return {letters: word for letters, word in spelt if often[letters] == 1 and len(letters) >= _LETTERS}

    @cached_property
    def _sounds(self) -> dict[_Sound, dict[_Sound, list[str]]]:
        """List the known words, longest first, under the first two of their rough syllables and then under all."""
        sounds: defaultdict[_Sound, dict[_Sound, list[str]]] = defaultdict(dict)
        for word in sorted(self._known, key=lambda word: (-len(word), word)):
            for sound in product(*({_rough(one) for one in of} for of in _readings(word))):
                sounds[sound[:2]].setdefault(sound, []).append(word)
        return dict(sounds)

    def _spelt(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Find the words typed as pinyin letters, in one or parted between syllables."""
        for run in _SPELT.finditer(text):
            parts = [part.span() for part in _LATIN.finditer(text, *run.span())]
            while parts:
                start, ends = parts[0][0], [end for _, end in parts[:_PARTS]]
                words = ((size, self._word_of(text[start : ends[size - 1]])) for size in range(len(ends), 0, -1))
                size, word = next(((size, word) for size, word in words if word), (1, ""))
                if word:
                    yield start, ends[size - 1], word
                parts = parts[size:]

    def _word_of(self, said: str) -> str:
        word = self._spellings.get(said.lower().translate(_GAPS), "")
        parts = _LATIN.findall(said) if word and not _has_rival(word) else []
        is_parted = {*accumulate(map(len, parts))} <= {*accumulate(map(len, _syllables(word)))}
        return word if parts and is_parted else ""

    def _mistaken(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Find the words typed with wrong characters of the same sound, from left to right."""
        for run in filter(lambda run: _falls_apart(run.group()), _HAN.finditer(text)):
            han, place = run.group(), 0
            sound = tuple(_rough(_syllables(character)[0]) for character in han)
            while place < len(han) - 1:
                heads = self._sounds.get(sound[place : place + 2], {}).items()
                alike = [words for key, words in heads if key == sound[place : place + len(key)]]
                word = next(filter(None, (self._meant(han, place, words) for words in alike)), "") if alike else ""
                if word:
                    yield run.start() + place, run.start() + place + len(word), word
                place += len(word) or 1

    def _meant(self, run: str, place: int, words: list[str]) -> str:
        """Give the one word surely meant among those of a rough sound; 模糊音 count where none sounds quite the same."""
        said = run[place : place + len(words[0])]
        typed = [{_syllables(character)[0]} for character in said]
        same = [word for word in words if all(map(set.issubset, typed, _readings(word)))]
        meant = same or (words if len(said) > 2 else [])
        is_meant = said not in self._known and len(meant) == 1 and self._is_slip(run, place, meant[0])
        return meant[0] if is_meant else ""

    def _is_slip(self, run: str, place: int, word: str) -> bool:
        """Tell whether characters that sound like a known word are surely no words of their own."""
        end, cuts = place + len(word), _cuts(run)
        wrong = [place + at for at, one in enumerate(word) if run[place + at] != one]
        rests = [word[1:]] * (place in wrong) + [word[:-1]] * (end - 1 in wrong)
        single = {at for at in range(place, end) if {at, at + 1} <= cuts}
        is_cut = {place, end} <= cuts and all({at - 1, at + 1} & single for at in wrong)
        if not is_cut or 2 * len(wrong) > len(word) or any(map(self._is_word, rests)):
            return False
        limit = _COMMON if len(word) == 2 else _GRAMMAR
        if any(count_of(run[at]) >= limit for at in single) or (wrong == [end - 1] and run[end - 1] in _SUFFIXES):
            return False
        around = ((at, range(max(0, at - _REACH), at + 1)) for at in wrong)
        inside = {run[first:last] for at, starts in around for first in starts for last in range(at + 1, at + _REACH)}
        return not any(map(self._is_word, inside)) and not (len(word) == 2 and run[place:end] in self._texts)

    def _is_word(self, text: str) -> bool:
        return len(text) > 1 and (text in self._known or text in self._real or count_of(text) > 0)


@lru_cache(maxsize=16)
def _cuts(run: str) -> frozenset[int]:
    """Cut into words of the dictionary, none guessed, and give the places between them."""
    return frozenset(accumulate(map(len, dictionary_words(run)), initial=0))


def _falls_apart(run: str) -> bool:
    """Tell whether two characters side by side are no part of a word, as a slip has them; else pypinyin is not needed."""
    single = [at for at in range(len(run)) if {at, at + 1} <= _cuts(run) and count_of(run[at]) < _GRAMMAR]
    return any(after - before == 1 for before, after in zip(single, single[1:], strict=False))


@cache
def _converter() -> Any:  # noqa: ANN401 - opencc has no types
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=100_000)
def _syllables(word: str) -> tuple[str, ...]:
    """Read a word as a whole: 重 is zhong in 重残, chong in 重庆."""
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(word))


def _readings(word: str) -> tuple[set[str], ...]:
    """Give the syllables of each character, in the word and by itself, as a right one may stand by a wrong one."""
    return tuple({one, *_syllables(character)} for one, character in zip(_syllables(word), word, strict=True))


@cache
def _rough(syllable: str) -> str:
    """Fold what many type alike (模糊音): zh, ch, sh as z, c, s, and a final ng as n."""
    return _ROUGH.sub("", syllable)


@cache
def _has_rival(word: str) -> bool:
    """Tell whether a common word is spelt like a known one of two characters: zhuyi is 注意 rather than 助医."""
    single = frequent_characters(_COMMON_WORD) if len(word) == 2 else []
    alike = [[one for one in single if _syllables(one)[0] == syllable] for syllable in _syllables(word)]
    return any(count_of(a + b) >= _COMMON_WORD for a, b in product(*alike) if a + b != word) if single else False
