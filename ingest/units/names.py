"""Where a sentence names organisations: one, or several in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.units.lists import members
from ingest.units.organisations import NEEDS_MORE, Forms
from ingest.units.words import DOERS, IN_CHARGE, JOINS, MAKES, MOVED, OPENERS, PERSONS, POSTS, TAILS, VERBS

_SECTOR = re.compile(
    r"(?:[省市区县]、?)+(?:民政|财政|教育|公安|司法|卫健|卫生健康|人社|人力资源社会保障|医保|医疗保障|住建|发改|发展改革)"
)
_AREAS = re.compile(r"各(?:有关|相关)?(?:[省市州盟县区旗乡镇街村居（）]|街道|园区|社区|地区)+")
_SHARED_HEAD = re.compile(r"等?(?:有关|相关|各)?(?:行政|主管)?(?:部门|单位)$")
_AND_OTHERS = re.compile(
    r"及其[^、，。]{0,8}(?:人员|警察|负责人)$|等(?:[省市区县]级|有关|相关|各)*(?:部门|单位|机构)?$"
)
_DESCRIBED = re.compile(r"的|(?<=..)[时后](?![间代勤])")
"""Ends what describes a name or says when it acts: 申请安居的企业, 论证时建设单位."""
_LONGEST = 24
_LONGEST_LIST = 400
"""Characters of the longest list of organisations that a stretch may open with."""


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Finds names of organisations in a sentence, by the forms that names take."""

    forms: Forms

    def is_name(self, words: str) -> bool:
        """Whether words are the name of an organisation: neither cut into a sentence nor opening a task."""
        if not 1 < len(words) <= _LONGEST or self.is_cut_in(words):
            return False
        if words[:-1] in NEEDS_MORE or words.count("（") != words.count("）"):
            return False
        return bool(self.forms.names_organisation(words) or _SECTOR.fullmatch(words) or _AREAS.fullmatch(words))

    def is_cut_in(self, words: str) -> bool:
        """Whether words run on in a sentence: they hold a word that only joins, or open a task."""
        plain = re.sub(r"[（(][^（()）]*[）)]", "", words)
        return bool(JOINS.search(plain) or (OPENERS.match(plain) and not DOERS.fullmatch(plain)))

    def names_in(self, sentence: str, start: int, end: int, last: bool = False) -> Iterator[tuple[int, str]]:
        """The organisations of a list, each less the words of making before it.

        :param last: only the run of names that reaches the end.
        """
        parts = members(sentence, start, end)
        if not parts:
            return
        if self.shares_head(sentence, [_less_making(sentence, *parts[0]), *parts[1:]]):
            parts[0] = _less_making(sentence, *parts[0])
            for a, b in parts:
                name = _AND_OTHERS.sub("", sentence[a:b])
                yield a, name
            return
        run: list[tuple[int, str]] = []
        for a, b in reversed(parts):
            found = self._trimmed(sentence, a, b)
            if found is not None:
                run.insert(0, found)
            elif last and not PERSONS.search(sentence[a:b]):
                break
        yield from run

    def leading_names(self, sentence: str, start: int, end: int, before_verb: bool = False) -> list[tuple[int, str]]:
        """The names that a stretch opens with, listed or one; the shortest that a verb follows, else the longest."""
        longest = None
        for cut in self._lists(sentence, start, end):
            if IN_CHARGE.match(sentence, cut):
                continue
            if VERBS.match(sentence, cut):
                return list(self.names_in(sentence, start, cut))
            longest = None if TAILS.match(sentence, cut) else cut
        return list(self.names_in(sentence, start, longest)) if longest and not before_verb else []

    def _lists(self, sentence: str, start: int, end: int) -> Iterator[int]:
        """Where a stretch that opens with nothing but names in a list may be cut, the nearest first."""
        end = min(end, start + _LONGEST_LIST)
        named = True
        for begin, stop in members(sentence, start, end):
            for cut in range(begin + 1, min(stop, begin + 2 * _LONGEST) + 1):
                split = self.splits(sentence, cut)
                own = named and self._trimmed(sentence, begin, cut)
                if own and POSTS.match(sentence, cut):
                    return
                if not split and (own or self.shares_head(sentence, members(sentence, start, cut))):
                    yield cut
            named = named and bool(self._trimmed(sentence, begin, stop) or PERSONS.search(sentence[begin:stop]))
            if not named and stop - begin >= 10:
                return

    def splits(self, sentence: str, cut: int) -> bool:
        """Whether a cut lies inside a word that is known to be none: 投诉处|理."""
        return sentence[cut - 1 : cut + 1] in self.forms.others

    def shares_head(self, sentence: str, parts: list[tuple[int, int]]) -> bool:
        """财政、教育、医保等部门: bare names with one head for all."""
        if len(parts) < 2:
            return False
        last = sentence[parts[-1][0] : parts[-1][1]]
        bare = all(
            2 <= len(re.sub("^[市区县省]", "", sentence[a:b])) <= 9 and re.fullmatch(r"[\u4e00-\u9fff]+", sentence[a:b])
            for a, b in parts[:-1]
        )
        cut_in = self.is_cut_in(sentence[slice(*parts[0])]) or any(JOINS.search(sentence[a:b]) for a, b in parts)
        return bare and not cut_in and bool(_SHARED_HEAD.search(last)) and 3 < len(last) <= 14

    def _trimmed(self, sentence: str, start: int, end: int) -> tuple[int, str] | None:
        """The name that ends at ``end``, less the words of making before it (形成, 健全) and what describes it (申请的)."""
        begin, _ = _less_making(sentence, start, end)
        begin = max([begin, *(found.end() for found in _DESCRIBED.finditer(sentence, begin, end))])
        name = _AND_OTHERS.sub("", sentence[begin:end])
        return (begin, name) if self.is_name(name) else None


def _less_making(sentence: str, start: int, end: int) -> tuple[int, int]:
    lead = re.match(rf"(?:[\d.、]*)(?:{MAKES})*", sentence[start:end])
    return start + (lead.end() if lead else 0), end


def is_moved(sentence: str, start: int, place: int) -> bool:
    """Whether the stretch before a name opens with a word that urges, moves or uses what follows."""
    return bool(re.match(rf"(?:{MAKES})*(?:{MOVED})", sentence[start:place]))
