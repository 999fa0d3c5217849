"""Where a sentence names organisations: one, or several in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.units.organisations import Forms
from ingest.units.words import MAKES, MOVED, OPENERS, VERBS

_SECTOR = re.compile(
    r"(?:[省市区县]、?)+(?:民政|财政|教育|公安|司法|卫健|卫生健康|人社|人力资源社会保障|医保|医疗保障|住建|发改|发展改革)"
)
_PARTS = re.compile(r"、|和|及(?!时)|与|或(?!者)|以及|或者")
_LEVELS = re.compile(r"[省市区县州乡镇街]")
_SHARED_HEAD = re.compile(r"等?(?:有关|相关)?(?:行政|主管)?(?:部门|单位)$")
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Finds names of organisations in a sentence, by the forms that names take."""

    forms: Forms

    def is_name(self, words: str) -> bool:
        """Whether words are the name of an organisation: neither cut into a sentence nor opening a task."""
        plain = 1 < len(words) <= _LONGEST and not re.search(r"[的□\d由，。；]", words) and not OPENERS.match(words)
        return plain and (self.forms.names_organisation(words) or bool(_SECTOR.fullmatch(words)))

    def names_in(self, sentence: str, start: int, end: int, last: bool = False) -> Iterator[tuple[int, str]]:
        """The organisations of a list, each less the words of making before it.

        :param last: only the run of names that reaches the end.
        """
        parts = _parts(sentence, start, end)
        if _shares_head(sentence, [_less_making(sentence, *parts[0]), *parts[1:]]):
            parts[0] = _less_making(sentence, *parts[0])
            for a, b in parts:
                name = re.sub(r"等(?:有关|相关)?(?:部门|单位)$", "", sentence[a:b])
                yield a, name
            return
        run: list[tuple[int, str]] = []
        for a, b in reversed(parts):
            found = self._trimmed(sentence, a, b)
            if found is not None:
                run.insert(0, found)
            elif last:
                break
        yield from run

    def leading_names(self, sentence: str, start: int, end: int, before_verb: bool = False) -> list[tuple[int, str]]:
        """The names that a stretch opens with, listed or one; the shortest that a verb follows, else the longest."""
        ends = [cut for cut in range(start + 1, min(end, start + 80) + 1) if self._is_list(sentence, start, cut)]
        verbs = [cut for cut in ends if VERBS.match(sentence, cut)]
        cut = verbs[0] if verbs else ends[-1] if ends and not before_verb else None
        return list(self.names_in(sentence, start, cut)) if cut else []

    def _is_list(self, sentence: str, start: int, end: int) -> bool:
        """Whether a stretch is nothing but names in a list."""
        parts = _parts(sentence, start, end)
        return all(self.is_name(sentence[a:b]) for a, b in parts) or _shares_head(sentence, parts)

    def _trimmed(self, sentence: str, start: int, end: int) -> tuple[int, str] | None:
        """The name that ends at ``end``, less the words of making before it (形成, 健全); one that is moved is none."""
        begin, _ = _less_making(sentence, start, end)
        name = sentence[begin:end].removesuffix("等")
        return (begin, name) if self.is_name(name) else None


def _parts(sentence: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of a list; 市、区民政部门 is one, for 市 alone is no name."""
    parts: list[tuple[int, int]] = []
    place = start
    for mark in [*_PARTS.finditer(sentence, start, end), None]:
        stop = mark.start() if mark else end
        if not (mark and _LEVELS.fullmatch(sentence[place:stop])):
            parts.append((place, stop))
            place = mark.end() if mark else end
    return parts


def _shares_head(sentence: str, parts: list[tuple[int, int]]) -> bool:
    """财政、教育、医保等部门: bare names with one head for all."""
    last = sentence[parts[-1][0] : parts[-1][1]]
    bare = all(
        2 <= len(re.sub("^[市区县省]", "", sentence[a:b])) <= 9 and re.fullmatch(r"[\u4e00-\u9fff]+", sentence[a:b])
        for a, b in parts[:-1]
    )
    opened = any(OPENERS.match(sentence[a:b]) for a, b in parts)
    return len(parts) > 1 and bare and not opened and bool(_SHARED_HEAD.search(last)) and 3 < len(last) <= 14


def _less_making(sentence: str, start: int, end: int) -> tuple[int, int]:
    lead = re.match(rf"(?:[\d.、]*)(?:{MAKES})*", sentence[start:end])
    return start + (lead.end() if lead else 0), end


def is_moved(sentence: str, start: int, place: int) -> bool:
    """Whether the stretch before a name opens with a word that urges, moves or uses what follows."""
    return bool(re.match(rf"(?:{MAKES})*(?:{MOVED})", sentence[start:place]))
