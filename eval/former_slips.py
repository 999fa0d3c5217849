"""The reader of slips that the one of the base took the place of: words of thesaurus and domain list, homophones alone.

Kept to be measured beside it (``python -m eval slips``); it goes when the thesaurus does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import accumulate, product

from index.question.sounds import readings, syllables
from index.question.thesaurus import meanings
from index.question.words import count_of, dictionary_words, domain_words, plain

_Sound = tuple[str, ...]
_REACH = 6
_COMMON, _GRAMMAR = 16_000, 200_000
_HAN = re.compile(r"[\u4e00-\u9fa5]{2,}")
_ROUGH = re.compile(r"(?<=^[zcs])h|(?<=n)g$")
_SUFFIXES = frozenset("性型式化度率者员区")


class FormerSlipReader:
    """Reads which word of the package was meant where one was typed with wrong characters of its sound."""

    def __init__(self) -> None:
        official = {plain(word) for meant in meanings().values() for word in meant}
        known = {*domain_words(), *(word for word in official if len(word) > 2)}
        self._known, self._real = frozenset(filter(_HAN.fullmatch, known)), frozenset({*meanings(), *official})
        self._texts = "\n".join(sorted({*known, *self._real}))

    def mend(self, question: str) -> str:
        """Mend how a question was typed.

        :param question: a question in simplified characters.
        :return: the question.
        """
        for start, end, word in reversed(list(self._mistaken(question))):
            question = question[:start] + word + question[end:]
        return question

    @cached_property
    def _sounds(self) -> dict[_Sound, dict[_Sound, list[str]]]:
        sounds: defaultdict[_Sound, dict[_Sound, list[str]]] = defaultdict(dict)
        for word in sorted(self._known, key=lambda word: (-len(word), word)):
            for sound in product(*({_rough(one) for one in readings(word, at)} for at in range(len(word)))):
                sounds[sound[:2]].setdefault(sound, []).append(word)
        return dict(sounds)

    def _mistaken(self, text: str) -> Iterator[tuple[int, int, str]]:
        for run in filter(lambda run: _falls_apart(run.group()), _HAN.finditer(text)):
            han, place = run.group(), 0
            sound = tuple(_rough(syllables(character)[0]) for character in han)
            while place < len(han) - 1:
                heads = self._sounds.get(sound[place : place + 2], {}).items()
                alike = [words for key, words in heads if key == sound[place : place + len(key)]]
                word = next(filter(None, (self._meant(han, place, words) for words in alike)), "") if alike else ""
                if word:
                    yield run.start() + place, run.start() + place + len(word), word
                place += len(word) or 1

    def _meant(self, run: str, place: int, words: list[str]) -> str:
        said = run[place : place + len(words[0])]
        typed = [syllables(character)[0] for character in said]
        same = [word for word in words if all(one in readings(word, at) for at, one in enumerate(typed))]
        meant = same or (words if len(said) > 2 else [])
        is_meant = said not in self._known and len(meant) == 1 and self._is_slip(run, place, meant[0])
        return meant[0] if is_meant else ""

    def _is_slip(self, run: str, place: int, word: str) -> bool:
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
    return frozenset(accumulate(map(len, dictionary_words(run)), initial=0))


def _falls_apart(run: str) -> bool:
    single = [at for at in range(len(run)) if {at, at + 1} <= _cuts(run) and count_of(run[at]) < _GRAMMAR]
    return any(after - before == 1 for before, after in zip(single, single[1:], strict=False))


def _rough(syllable: str) -> str:
    return _ROUGH.sub("", syllable)
