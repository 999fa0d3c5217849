"""A draft to findings: its citations read, its quotations tied to them, and each looked up in the base."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from index.answer.library import Library
from index.check.blocks import Block, blocks_of
from index.check.cited import Citation, CitationReader
from index.check.findings import NO_SUCH_CLAUSE, SAME, UNKNOWN, Checked, Finding
from index.check.found import name_of, of_citation
from index.check.held import Held, Range, Seeds
from index.check.judge import NO_SUCH_PLACE, Judge, renamed
from index.check.marks import quotations_in
from index.check.matches import Matcher
from index.check.runs import runs_in
from index.check.tied import tie, unmarked
from index.check.titles import titles_in
from index.check.words import Words, words_of
from index.errors import QueryError
from index.links.linker import Linker
from index.references.reader import ReferenceReader

MAX_CHARACTERS = 500_000
"""Longest draft: some 700 printed pages."""
_LOOKED_AT = 50
"""Citations of one paragraph that are looked at for the source of a run."""


class Checker:
    """Checks drafts against a base; what it makes of the base is made once.

    :param library: the documents of the base.
    :param linker: knows them and follows references.
    :param reader: reads references to them.
    """

    def __init__(self, library: Library, linker: Linker, reader: ReferenceReader) -> None:
        self._held = Held(library)
        self._citations = CitationReader(linker, reader, self._held)
        self._data = {key: document.metadata for key, document in library.documents.items()}

    def check(self, text: str, without: Sequence[str] = ()) -> Checked:
        """Check the quotations and citations of a draft.

        :param text: the draft.
        :param without: keys of documents whose words are not looked at: the draft's own earlier text.
        :return: what was found, in the order of the draft.
        :raises QueryError: when the draft is too long.
        """
        if len(text) > MAX_CHARACTERS:
            raise QueryError(f"文稿有 {len(text)} 个字，超过上限 {MAX_CHARACTERS} 个字", "请分成几份校核")
        words, blocks = words_of(text), list(blocks_of(text))
        marks = quotations_in(text)
        citations = self._citations.read(blocks)
        marks = _of_words(marks, citations)
        citations = _outside(citations, marks)
        seeds = Seeds(words.text, self._held, [self._held.documents[key] for key in without])
        matcher = Matcher(words, self._held, seeds)
        judge = Judge(words, self._held, matcher, self._data, (one.key for one in citations if one.key))
        quotations = [*tie(text, marks, citations, blocks), *unmarked(text, citations, marks)]
        judged = [found for one in quotations if (found := judge.judge(one))]
        used = {found.cited_start for found in judged if found.cited}
        alone = [self._of_citation(text, one) for one in citations if one.start not in used]
        said = ((one.start, one.end - 1) for one in judged)
        taken = _taken(words, [*marks, *said, *((one.start, one.end - 1) for one in citations), *titles_in(text)])
        runs = runs_in(words.text, self._held, seeds, taken)
        loose = _unsourced(judge, runs, citations, blocks)
        return Checked(text, tuple(sorted([*judged, *alone, *loose], key=lambda one: (one.start, one.end))))

    def _of_citation(self, text: str, one: Citation) -> Finding:
        if not one.key:
            found = of_citation(UNKNOWN, text, one)
            return renamed(found, self._data[one.other], one) if one.other else found
        if not one.ranges:
            return replace(of_citation(NO_SUCH_CLAUSE, text, one, NO_SUCH_PLACE), citation=name_of(self._data[one.key]))
        found = of_citation(SAME, text, one)
        if not one.clause_ids:
            return replace(found, citation=name_of(self._data[one.key]))
        clause = self._held.clause(one.clause_ids[0])
        page = next((page for page in clause.pages if page > 0), None)
        return replace(found, citation=clause.citation, clause_id=clause.clause_id, page=page)


def _of_words(marks: Sequence[Range], citations: Sequence[Citation]) -> list[Range]:
    """Leave out marks that hold a title or a citation and nothing else: “甲市养老服务条例”第三条, “甲府发〔2020〕5号”文件."""
    starts = [one.start for one in citations]

    def is_name(start: int, end: int) -> bool:
        place = bisect_right(starts, start + 1) - 1
        return place >= 0 and citations[place].start >= start and citations[place].end >= end

    return [mark for mark in marks if not is_name(*mark)]


def _outside(citations: Sequence[Citation], marks: Sequence[Range]) -> list[Citation]:
    """Leave out what stands inside a quotation: it is part of what is quoted."""
    starts = [start for start, _ in marks]

    def is_inside(one: Citation) -> bool:
        place = bisect_right(starts, one.start) - 1
        return place >= 0 and one.start < marks[place][1] and one.end <= marks[place][1]

    return [one for one in citations if not is_inside(one)]


def _taken(words: Words, spans: Sequence[Range]) -> list[Range]:
    """Give what no run may touch as stretches of the form, in order and apart."""
    found: list[Range] = []
    for start, last in sorted(spans):
        first, end = bisect_left(words.offsets, start), bisect_left(words.offsets, last + 1)
        if found and first < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif first < end:
            found.append((first, end))
    return found


def _unsourced(
    judge: Judge, runs: Iterable[Range], citations: Sequence[Citation], blocks: Sequence[Block]
) -> Iterator[Finding]:
    """Judge runs that are not quoted, but for those whose paragraph cites a document that holds them."""
    starts, firsts = [one.start for one in citations], [one.start for one in blocks]
    for run in runs:
        if found := judge.run(*run):
            block = blocks[bisect_right(firsts, found.start) - 1]
            near = citations[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
            if not {one.key for one in near[:_LOOKED_AT] if one.key} & judge.keys_of(*run):
                yield found
