"""Slips of typing mended before a question is searched: traditional characters, mistyped words, pinyin letters.

What may be meant are the words of the base itself, with those that the office lists. A question is changed only where another word is far
likelier than what was typed, since a caseworker relies on what was searched, and each word read as another one is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from math import inf, log1p
from os.path import commonprefix
from typing import Any

from index.question.likely import Held, Likelihood
from index.question.regions import regions
from index.question.sounds import readings, rough, syllables
from index.question.words import count_of, dictionary_words, only_asks

_SAME, _ROUGH, _SWAPPED, _DOUBLED = range(4)
_DOUBT = (8.5, 10.0, 13.0, 9.0)
"""How much likelier the other word must be, by what was mistyped: a character of the same sound, of one typed alike (模糊音), two
neighbours swapped, one or two characters typed twice."""
_PAIRS, _BESIDE = 0.25, 1.0  # what pairs of neighbours weigh, and neighbouring words, where words weigh 1
_OFTEN = 30  # clauses with two words side by side that count at most
_USUAL = 6.0  # logarithm of the count of a usual character
_LEAD = 1.5  # over any other reading of the same place
_SEEN = 2  # clauses in which a word stands that may be meant
_LONGEST, _NEAR = 5, 4
_LETTERS, _PARTS, _OFTENER = 5, 12, 8
_HAN = re.compile(r"[\u4e00-\u9fa5]{2,}")
_RUN = re.compile(r"(?:(?<=[0-9])[\u4e00-\u9fa5])?([\u4e00-\u9fa5]{2,}+)(?!\s*[〔［\[（(【]\s*(?:19|20)\d\d)")
"""Characters of Chinese, without what a number counts, and no part of a document's number."""
_TWICE = re.compile(r"(..?)\1")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两")
_PLACES = frozenset("省市区县镇乡村州")  # end names of places
_LATIN = re.compile(r"[A-Za-z]+")
_SPELT = re.compile(r"(?<![0-9A-Za-z_@/.\-])[A-Za-z]++(?:[ '’][A-Za-z]++)*+(?![0-9_@]|[./\-][0-9A-Za-z])")
_GAPS = str.maketrans("", "", " '’")

_Meant = tuple[int, int, str, int]
"""Where the characters stand that may be a slip, from and to, the word that may be meant, and what was mistyped."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A word that was typed wrongly, as it was typed, and the known word that it was read as."""

    said: str
    meant: str


@dataclass(frozen=True, slots=True)
class _Edit:
    """A word for the characters from ``start`` to ``end``; the larger ``lead``, the surer, and above 0 sure enough."""

    start: int
    end: int
    word: str
    lead: float

    def overlaps(self, other: _Edit) -> bool:
        return self.start < other.end and other.start < self.end

    def change(self, run: str) -> tuple[int, str, str]:
        """Give where it changes a run, and what into what; the same for two edits that make the same of it."""
        said = run[self.start : self.end]
        head = len(commonprefix((said, self.word)))
        tail = len(commonprefix((said[head:][::-1], self.word[head:][::-1])))
        return self.start + head, said[head : len(said) - tail], self.word[head : len(self.word) - tail]


class SlipReader:
    """Reads which word of a base was meant where one was typed wrongly; lists the words at the first question.

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
        assert self._held is not None
        return Likelihood(self._held)

    @cached_property
    def _known(self) -> dict[str, int]:
        """List the words that may be meant, with the number of their clauses."""
        words = self._likely.words.items()
        return {word: count for word, count in words if count >= _SEEN and _HAN.fullmatch(word)}

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """List the known words under their pinyin letters, where one is far more frequent than all others spelt so."""
        found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for word, count in self._known.items():
            found["".join(syllables(word))].append((count, word))
        ranked = ((letters, sorted(words)) for letters, words in found.items() if len(letters) >= _LETTERS)
        clear = (
            (letters, words) for letters, words in ranked if words[-1][0] >= _OFTENER * sum(n for n, _ in words[:-1])
        )
        return {letters: words[-1][1] for letters, words in clear}

    @cached_property
    def _alike(self) -> dict[str, str]:
        """List the characters of the known words under their rough sounds."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for character in sorted(set("".join(self._known))):
            found[rough(syllables(character)[0])].append(character)
        return {sound: "".join(characters) for sound, characters in found.items()}

    @cached_property
    def _pairs(self) -> frozenset[str]:
        """List the pairs of neighbours in the known words."""
        return frozenset(word[at : at + 2] for word in self._known for at in range(len(word) - 1))

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
        """Find the mistyped words; of two readings of a place that are nearly as likely neither is taken."""
        for run in _RUN.finditer(text):
            han, taken = run[1], list[_Edit]()
            edits = sorted(self._edits(han), key=lambda edit: (-round(edit.lead, 6), edit.start - edit.end, edit.start))
            for edit in (edit for edit in edits if edit.lead > 0):
                near = (one for one in edits if one.overlaps(edit) and one.lead > max(0, edit.lead - _LEAD))
                if not any(map(edit.overlaps, taken)) and all(one.change(han) == edit.change(han) for one in near):
                    taken.append(edit)
            yield from ((run.start(1) + edit.start, run.start(1) + edit.end, edit.word) for edit in taken)

    def _edits(self, run: str) -> Iterator[_Edit]:
        """List what may be meant, with how much likelier it is than what was typed."""
        words = dictionary_words(run)
        starts = list(accumulate(map(len, words), initial=0))
        places = frozenset(
            place for place, word in zip(starts, words, strict=False) if len(word) == 1 and word not in _NUMERALS
        )
        before = {end: word for end, word in zip(starts[1:], words, strict=True) if len(word) > 1}
        after = {start: word for start, word in zip(starts, words, strict=False) if len(word) > 1}
        meant = {one for place in places for one in self._meant(run, place, places)}
        for start, end, word, kind in sorted({*meant, *self._doubled(run)}):
            typed = _changed(run[start:end], word) if kind in (_SAME, _ROUGH) else ""
            lead = self._lead(run, start, end, word, typed) - _DOUBT[kind]
            if lead > -_BESIDE * log1p(_OFTEN):
                count = self._likely.count_beside(before.get(start, ""), word, after.get(end, ""))
                if count >= _SEEN or not (typed and only_asks(typed)):
                    yield _Edit(start, end, word, lead + _BESIDE * log1p(min(count, _OFTEN)))

    def _lead(self, run: str, start: int, end: int, word: str, typed: str) -> float:
        """Measure how much likelier a word is than what was typed, by words and by pairs.

        How often a character is typed does not count: one that often is, is as often typed wrongly.
        """
        if self._likely.knows(run[start:end]) or run[end : end + 1] in _PLACES or regions((word,)):
            return -inf  # a word as it stands, or perhaps the name of a place
        first, last = max(0, start - _NEAR), end + _NEAR
        words = self._likely.of_words(run[first:last]) - self._likely.of_words(run[first:start] + word + run[end:last])
        first, last = max(0, start - 1), end + 1
        pairs = self._likely.of_pairs(run[first:last]) - self._likely.of_pairs(run[first:start] + word + run[end:last])
        return words + _PAIRS * pairs - (log1p(count_of(typed)) - _USUAL if typed else 0.0)

    def _meant(self, run: str, place: int, places: frozenset[int]) -> Iterator[_Meant]:
        """List the known words of which the character at a place, one of those that are no part of a word, may be a part."""
        typed, left, right = run[place], run[place - 1 : place], run[place + 1 : place + 2]
        (sound,) = syllables(typed)
        others = (one for one in self._alike.get(rough(sound), "") if one != typed and one not in _NUMERALS)
        likely = [one for one in others if left + one in self._pairs or one + right in self._pairs]
        for start, end in _around(run, place, place + 1):
            head, tail = run[start:place], run[place + 1 : end]
            for word in (head + one + tail for one in likely):
                if word in self._known:
                    yield start, end, word, _SAME if sound in readings(word, place - start) else _ROUGH
            if place + 1 in places and tail:
                one, other = head + tail[0], typed + tail[1:]
                if one + other in self._known or (one in self._known and other in self._known):
                    yield start, end, one + other, _SWAPPED

    def _doubled(self, run: str) -> Iterator[_Meant]:
        """List the known words of which one or two characters may have been typed twice."""
        for twice in _TWICE.finditer(run):
            if not self._likely.knows(twice[0]) and run[twice.start() - 1 : twice.start()] not in _NUMERALS:
                for start, end in _around(run, *twice.span()):
                    word = run[start : twice.start()] + run[twice.end(1) : end]
                    if word in self._known:
                        yield start, end, word, _DOUBLED


@cache
def _converter() -> Any:  # noqa: ANN401 - opencc has no types
    from opencc import OpenCC

    return OpenCC("t2s")


def _changed(said: str, word: str) -> str:
    return next(one for one, other in zip(said, word, strict=True) if one != other)


def _around(run: str, first: int, last: int) -> list[tuple[int, int]]:
    """List the spans of a few characters that hold a stretch."""
    starts = range(max(0, last - _LONGEST), first + 1)
    return [
        (start, end) for start in starts for end in range(max(last, start + 2), min(len(run), start + _LONGEST) + 1)
    ]
