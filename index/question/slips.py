"""Slips of typing mended before a question is searched: traditional characters, mistyped words, pinyin letters.

What may be meant are the words of the base itself. A question is changed only where that is far likelier than what was typed, since a
caseworker relies on what was searched, and each word read as another one is told. opencc is imported at first use, for 繁体字.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from math import log1p
from typing import Any

from index.question.likely import Held, Likelihood
from index.question.shapes import shape_keys
from index.question.sounds import readings, rough, syllables
from index.question.words import CHARACTER, WORD, count_of, dictionary_words, only_asks

_SEEN = 2
_LONGEST, _NEAR = 5, 4
_LETTERS, _PARTS, _OFTENER = 5, 12, 8
_PAIRS = 0.25
_LEAD = 2.0
_SAME, _ROUGH, _SHAPE, _SWAPPED, _MISSING, _DOUBLED = range(6)
_DOUBT = (8.0, 8.5, 10.0, 9.0, 12.0, 9.0)
"""How much likelier the other word must be, by what was mistyped: a character of the same sound, of one typed alike (模糊音), one made
alike, two neighbours, one left out, one or two typed twice."""
_WORD = re.compile(r"[\u4e00-\u9fa5]{2,}")
_RUN = re.compile(r"[\u4e00-\u9fa5]{2,}(?!\s*[〔［\[（(【]\s*(?:19|20)\d\d)")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两")
_PLACES = frozenset("省市区县镇乡村州")
_LATIN = re.compile(r"[A-Za-z]+")
_SPELT = re.compile(r"(?<![0-9A-Za-z_@/.\-])[A-Za-z]++(?:[ '’][A-Za-z]++)*+(?![0-9_@]|[./\-][0-9A-Za-z])")
_GAPS = str.maketrans("", "", " '’")


@dataclass(frozen=True, slots=True)
class Slip:
    """A word that was typed wrongly, as it was typed, and the known word that it was read as."""

    said: str
    meant: str


@dataclass(frozen=True, slots=True)
class _Edit:
    """A word that may be meant by the characters from ``start`` to ``end``; the larger ``lead``, the surer."""

    start: int
    end: int
    word: str
    lead: float

    def overlaps(self, other: _Edit) -> bool:
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        return text[: self.start] + self.word + text[self.end :]


class SlipReader:
    """Reads which word of a base was meant where one was typed wrongly; lists them at the first question that may hold a slip.

    :param held: what the base holds; None for no base, where only the script changes.
    """

    def __init__(self, held: Held | None = None) -> None:
        self._held = held

    def mend(self, question: str) -> tuple[str, tuple[Slip, ...]]:
        """Mend how a question was typed; all that is no slip stays as it was typed.

        :param question: a question in any characters.
        :return: the question in simplified characters, mended; and the slips in order, 繁体字 not among them.
        """
        text: str = _converter().convert(question)
        found = sorted([*self._spelt(text), *self._mistyped(text)]) if self._held else []
        for start, end, word in reversed(found):
            text = text[:start] + word + text[end:]
        return text, tuple(Slip(question[start:end], word) for start, end, word in found)

    @cached_property
    def _likely(self) -> Likelihood:
        return Likelihood(self._held)

    @cached_property
    def _known(self) -> dict[str, int]:
        """Count the words that may be meant."""
        tokens = self._held.tokens() if self._held else iter(())
        words = {token[2:]: count for token, count in tokens if token[0] == WORD and count >= _SEEN}
        every = {**words, **{word: self._likely.count(word) for word in self._likely.listed}}
        return {word: count for word, count in every.items() if _WORD.fullmatch(word)}

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """List the known words under their pinyin letters, where one is far more frequent than all others spelt so."""
        found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for word, count in self._known.items():
            found["".join(syllables(word))].append((count, word))
        ranked = {letters: sorted(words, reverse=True) for letters, words in found.items() if len(letters) >= _LETTERS}
        return {letters: best[1] for letters, (best, *rest) in ranked.items() if not rest or best[0] >= _OFTENER * rest[0][0]}

    @cached_property
    def _alike(self) -> dict[str, str]:
        """List the characters of the base under their rough sounds, and under the keys of their shapes in angle brackets."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for token, count in self._held.tokens() if self._held else ():
            if token[0] == CHARACTER and count >= _SEEN and _WORD.fullmatch(token[2:] * 2):
                for key in _keys(token[2:]):
                    found[key].append(token[2:])
        return {key: "".join(characters) for key, characters in found.items()}

    @cached_property
    def _holed(self) -> dict[str, list[str]]:
        """List the longer words under what is left of them without one character."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in filter(lambda word: len(word) > 2, self._known):
            for place in range(len(word)):
                found[word[:place] + word[place + 1 :]].append(word)
        return dict(found)

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
        letters = said.lower().translate(_GAPS)
        word = self._spellings.get(letters, "") if len(letters) >= _LETTERS else ""
        parts = _LATIN.findall(said) if word else []
        is_parted = {*accumulate(map(len, parts))} <= {*accumulate(map(len, syllables(word)))}
        return word if parts and is_parted else ""

    def _mistyped(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Find the mistyped words; of two readings nearly as likely neither is taken."""
        for run in _RUN.finditer(text):
            han = run.group()
            edits = sorted(self._edits(han), key=lambda edit: (-edit.lead, edit.start - edit.end, edit.start))
            taken: list[_Edit] = []
            for edit in edits:
                rivals = (one for one in edits if one.overlaps(edit) and one.of(han) != edit.of(han))
                if edit.lead <= 0 or any(map(edit.overlaps, taken)):
                    continue
                if all(one.lead < edit.lead - _LEAD for one in rivals):
                    taken.append(edit)
            yield from ((run.start() + edit.start, run.start() + edit.end, edit.word) for edit in taken)

    def _edits(self, run: str) -> Iterator[_Edit]:
        """List what may be meant, with how much likelier it is than what was typed."""
        places = _doubtful(run)
        meant = (one for place in places for one in self._meant(run, place, places))
        for start, end, word, kind in sorted({*meant, *self._doubled(run)}):
            said = run[start:end]
            if self._likely.knows(said) or run[end : end + 1] in _PLACES and said[:-1] == word[:-1]:
                continue
            first, last, doubt = max(0, start - _NEAR), end + _NEAR, _DOUBT[kind]
            if kind in (_SAME, _ROUGH, _SHAPE):  # a character often typed is no likelier to be right: it is typed wrongly as often
                doubt += next(log1p(count_of(one)) - 6 for one, other in zip(said, word, strict=True) if one != other)
            words = self._likely.of_words(run[first:last]) - self._likely.of_words(run[first:start] + word + run[end:last])
            if words > doubt - 8:
                first, last = max(0, start - 1), end + 1
                pairs = self._likely.of_pairs(run[first:last]) - self._likely.of_pairs(run[first:start] + word + run[end:last])
                yield _Edit(start, end, word, words + _PAIRS * pairs - doubt)

    def _meant(self, run: str, place: int, places: frozenset[int]) -> Iterator[tuple[int, int, str, int]]:
        """List the known words that the characters around a doubtful place may have been."""
        typed, sound = run[place], syllables(run[place])[0]
        others = {one for key in _keys(typed) for one in self._alike.get(key, "")} - _NUMERALS - {typed}
        likely = [one for one in sorted(others) if self._likely.has_pair(run[place - 1 : place] + one, one + run[place + 1 : place + 2])]
        for start, end in _around(run, place, place + 1):
            before, after = run[start:place], run[place + 1 : end]
            for word in (before + one + after for one in likely):
                if word in self._known:
                    sounds = readings(word, place - start)
                    is_rough = rough(sound) in map(rough, sounds)
                    yield start, end, word, _SAME if sound in sounds else _ROUGH if is_rough else _SHAPE
            for word in self._holed.get(run[start:end], ()):
                yield start, end, word, _MISSING
            if place + 1 in places and end > place + 1:
                for word in self._swapped(before + run[place + 1], typed + after[1:]):
                    yield start, end, word, _SWAPPED

    def _swapped(self, left: str, right: str) -> Iterator[str]:
        """Give what two neighbours belong to once swapped: one known word, or two that meet between them."""
        if left + right in self._known or (left in self._known and right in self._known):
            yield left + right

    def _doubled(self, run: str) -> Iterator[tuple[int, int, str, int]]:
        """List the known words of which one or two characters may have been typed twice."""
        for place, size in ((place, size) for size in (1, 2) for place in range(len(run) - 2 * size + 1)):
            twice = run[place : place + 2 * size]
            if twice[:size] == twice[size:] and not self._likely.knows(twice):
                for start, end in _around(run, place, place + 2 * size):
                    word = run[start:place] + run[place + size : end]
                    if word in self._known:
                        yield start, end, word, _DOUBLED


@cache
def _converter() -> Any:  # noqa: ANN401 - opencc has no types
    from opencc import OpenCC

    return OpenCC("t2s")


def _keys(character: str) -> frozenset[str]:
    return frozenset((rough(syllables(character)[0]), *(f"<{key}>" for key in shape_keys(character))))


def _doubtful(run: str) -> frozenset[int]:
    """List the places of characters that are no part of a word of the dictionary, and neither function words nor numbers."""
    words = dictionary_words(run)
    starts = accumulate(map(len, words), initial=0)
    single = [start for start, word in zip(starts, words, strict=False) if len(word) == 1]
    return frozenset(place for place in single if run[place] not in _NUMERALS and not only_asks(run[place]))


def _around(run: str, first: int, last: int) -> list[tuple[int, int]]:
    """List the spans of a few characters that hold a stretch."""
    starts = range(max(0, last - _LONGEST), first + 1)
    return [(start, end) for start in starts for end in range(max(last, start + 2), min(len(run), start + _LONGEST) + 1)]
