"""The verdict on one quotation of a draft, from where its words stand in the base and where the draft says that they do."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.check.cited import Citation
from index.check.findings import ABSENT, DIFFERS, MISPLACED, NO_SUCH_CLAUSE, SAME, UNATTRIBUTED, UNKNOWN, Finding
from index.check.found import compared, inner, mended, name_of, of_words, piece_of, placed
from index.check.held import Held, Range
from index.check.marks import parts_of
from index.check.matches import Match, Matcher
from index.check.runs import FORMULA, LEAST
from index.check.tied import Quotation, is_worded
from index.check.words import Words
from index.references.spelling import letters
from ingest.records import Metadata

NO_SUCH_PLACE = "库中该文件没有这一条"
_ALMOST, _LIKE, _NEAR = 0.9, 0.8, 0.5
"""Likeness from which words are those of the place whatever stands elsewhere; are those of another place; are like those of the place."""
_SHORTEST, _SHORT = 12, 8
"""Letters of words that are looked for; where a place is cited in their sentence, fewer."""
MANY = 3
"""Documents that hold the same words, from which on they are nobody's own."""


class Judge:
    """Judges the quotations of one draft.

    :param words: the draft.
    :param held: the words of the base.
    :param matcher: looks the draft's words up in them.
    :param data: metadata of the documents by key.
    :param cited: keys of the documents that the draft cites.
    """

    def __init__(
        self, words: Words, held: Held, matcher: Matcher, data: dict[str, Metadata], cited: Iterable[str]
    ) -> None:
        self._words, self._held, self._matcher, self._data = words, held, matcher, data
        self._cited = frozenset(cited)

    def judge(self, one: Quotation) -> Finding | None:
        """Say of a quotation whether its words stand where the draft says; None of a term, and of what is no quotation of the base."""
        parts = [self._form(*part) for part in parts_of(self._words.source, one.start, one.end)]
        parts = [part for part in parts if part[0] < part[1]]
        if not parts or not is_worded(self._words.source, one):
            return None
        for citation in (*one.cited, *(() if one.is_sure else one.later)):
            if citation.ranges and (match := self._matcher.verbatim(parts, self._ranges(one, citation))):
                return self._of_match(SAME, one, parts, match, citation)
        if one.is_sure:
            return self._introduced(one, parts, one.cited[0])
        return self._named_before(one, parts) or (self._alone(one, parts) if one.is_marked else None)

    def _introduced(self, one: Quotation, parts: Sequence[Range], citation: Citation) -> Finding:
        """Judge words that are introduced as those of a place, and do not stand there."""
        there = self._best(parts, citation.key)
        if not citation.key:
            return self._of_unknown(one, parts, citation, there)
        near = self._matcher.near(parts, citation.ranges) if citation.ranges else None
        likeness = near.likeness if near else 0.0
        elsewhere_in_it = there is not None and self._key(there) == citation.key
        if near and likeness >= _ALMOST and not elsewhere_in_it:
            return self._of_match(DIFFERS, one, parts, near, citation)
        if there and self._letters(parts) >= 8:
            return self._of_match(MISPLACED, one, parts, there, citation)
        own = self._matcher.near(parts, [self._held.documents[citation.key]]) if citation.has_place else None
        if own and own.likeness >= max(_LIKE, likeness + 0.2) and self._letters(parts) >= _SHORTEST:
            return self._of_match(MISPLACED, one, parts, own, citation)
        if near and likeness >= _NEAR:
            return self._of_match(DIFFERS, one, parts, near, citation)
        other = self._matcher.near(parts, [(0, len(self._held.stream))]) if self._letters(parts) >= _SHORTEST else None
        if other and other.likeness >= _LIKE:
            return self._of_match(MISPLACED, one, parts, other, citation)
        verdict = ABSENT if citation.ranges else NO_SUCH_CLAUSE
        return self._plain(verdict, one, parts, citation, NO_SUCH_PLACE if not citation.ranges else "")

    def _of_unknown(self, one: Quotation, parts: Sequence[Range], citation: Citation, there: Match | None) -> Finding:
        found = self._plain(UNKNOWN, one, parts, citation, citation.remark)
        if citation.other:
            return renamed(found, self._data[citation.other], citation)
        if there and self._letters(parts) >= LEAST:
            said, clause_id, page = placed(self._held, there)
            remark = f"{citation.remark}；这段文字见于{said}"
            return replace(found, citation=said, clause_id=clause_id, page=page, remark=remark)
        return found

    def _named_before(self, one: Quotation, parts: Sequence[Range]) -> Finding | None:
        """Judge words whose source is named before them, in the sentence or the paragraph, without introducing them."""
        nearest = one.cited[0] if one.is_in_sentence else None
        citation = nearest or next((each for each in one.cited if each.ranges), None)
        is_of_place = one.is_in_sentence and citation is not None and citation.has_place
        if citation is None or not citation.key or self._letters(parts) < (_SHORT if is_of_place else _SHORTEST):
            return None
        there = self._best(parts, citation.key)
        if there and is_of_place and self._key(there) == citation.key:
            return self._of_match(MISPLACED, one, parts, there, citation)
        ranges = self._ranges(one, citation)
        near = self._matcher.near(parts, ranges) if ranges and not there else None
        least = _NEAR if is_of_place else _LIKE
        return self._of_match(DIFFERS, one, parts, near, citation) if near and near.likeness >= least else None

    def _alone(self, one: Quotation, parts: Sequence[Range]) -> Finding | None:
        """Judge words that are given no source, or in their sentence one that is not held."""
        count, is_of_unheld = self._letters(parts), self._is_of_unheld(one)
        there = self._best(parts, "") if count >= LEAST else None
        is_of_place = is_of_unheld and one.cited[0].has_place and count >= _SHORT
        if not is_of_place and (there is None or self.is_anybodys(parts)):
            return None
        if is_of_unheld or there is None:
            return self._of_unknown(one, parts, one.cited[0], there)
        return self._of_match(UNATTRIBUTED, one, parts, there, None)

    def _is_of_unheld(self, one: Quotation) -> bool:
        """Tell whether a document that is not held is named for words, in the same part of their sentence."""
        if not one.is_in_sentence or one.cited[0].key:
            return False
        return not re.search("[；;]", self._words.source[one.cited[0].end : one.start])

    def is_anybodys(self, parts: Sequence[Range]) -> bool:
        """Tell whether words are set phrases: many documents have them, or they are of guiding thought."""
        longest = max(parts, key=lambda part: part[1] - part[0])
        is_common = len(self._matcher.documents(*longest)) >= MANY
        return is_common or bool(FORMULA.search(self._words.text[longest[0] : longest[1]]))

    def run(self, start: int, end: int) -> Finding | None:
        """Judge a run of the draft's form that stands in the base and is not quoted."""
        there = self._best([(start, end)], "")
        if there is None or self.is_anybodys([(start, end)]):
            return None
        first, last = self._words.span(start, end)
        found = of_words(UNATTRIBUTED, self._words, first, last)
        return self._with_place(found, there, (last, last))

    def keys_of(self, start: int, end: int) -> set[str]:
        """Give the documents that hold a stretch of the draft's form."""
        return self._matcher.documents(start, end)

    def _best(self, parts: Sequence[Range], key: str) -> Match | None:
        """Choose among the places where words stand: in the document that is cited, else in one that the draft cites, else the first."""
        found = list(self._matcher.everywhere(parts))
        return min(found, key=lambda one: (self._key(one) != key, self._key(one) not in self._cited), default=None)

    def _of_match(
        self, verdict: str, one: Quotation, parts: Sequence[Range], match: Match, citation: Citation | None
    ) -> Finding:
        found = self._plain(verdict, one, parts, citation, "")
        found = self._with_place(found, match, (one.end + 1, one.end + 1))
        held, differences = compared(self._words, self._held, match, found.start)
        found = replace(found, held=held, differences=differences)
        if verdict == MISPLACED and citation:
            same = self._key(match) == citation.key
            remark = NO_SUCH_PLACE if not citation.ranges else ""
            return replace(found, suggestion=mended(self._words.source, citation, found.citation, same), remark=remark)
        if verdict == DIFFERS:
            return replace(found, suggestion=(found.start, found.end, inner(held)))
        return found

    def _with_place(self, found: Finding, match: Match, behind: tuple[int, int]) -> Finding:
        citation, clause_id, page = placed(self._held, match)
        held, _ = compared(self._words, self._held, match, found.start)
        found = replace(found, citation=citation, clause_id=clause_id, page=page, held=held)
        if found.verdict == UNATTRIBUTED:
            return replace(found, suggestion=(*behind, f"（{citation}）"))
        return found

    def _plain(
        self, verdict: str, one: Quotation, parts: Sequence[Range], citation: Citation | None, remark: str
    ) -> Finding:
        start, end = self._words.span(parts[0][0], parts[-1][1])
        return of_words(verdict, self._words, start, end, citation, remark)

    def _ranges(self, one: Quotation, citation: Citation) -> Sequence[Range]:
        """Give where words may stand that are of a citation: of one in another sentence, anywhere in its document."""
        is_near = one.is_in_sentence or citation in one.later
        return citation.ranges if is_near else (self._held.documents[citation.key],)

    def _form(self, start: int, end: int) -> Range:
        offsets = self._words.offsets
        return bisect_left(offsets, start), bisect_left(offsets, end)

    def _key(self, match: Match) -> str:
        return piece_of(self._held, match).key

    def _letters(self, parts: Sequence[Range]) -> int:
        return sum(len(letters(self._words.text[start:end])) for start, end in parts)


def renamed(found: Finding, data: Metadata, citation: Citation) -> Finding:
    """Say that the base holds a document of the title that is cited, under another number."""
    name = name_of(data)
    return replace(
        found,
        remark=f"库中有{name}，文号与所引不同",
        citation=name,
        suggestion=(citation.start, citation.name_end, name),
    )
