"""Findings as they are made: where words stand, how they are cited, and what mends them."""

from __future__ import annotations

from index.check.cited import Citation
from index.check.findings import Finding
from index.check.held import Held, Piece
from index.check.matches import Match
from index.check.own import ordinals_of
from index.check.words import Words, words_of
from ingest.records import Metadata

_ADJACENT = 3
_CUT = "……"
_INNER = str.maketrans("“”", "‘’")


def name_of(data: Metadata) -> str:
    """Cite a document as a whole: 《甲办法》（甲发〔2023〕1号）."""
    title = data.title.replace("《", "〈").replace("》", "〉")
    return f"《{title}》" + (f"（{data.number}）" if data.number else "")


def of_citation(verdict: str, text: str, one: Citation, remark: str = "") -> Finding:
    """Make a finding of a citation alone."""
    cited = text[one.start : one.end]
    return Finding(verdict, one.start, one.end, "", cited, one.start, one.end, remark=remark or one.remark)


def of_words(
    verdict: str, words: Words, start: int, end: int, one: Citation | None = None, remark: str = ""
) -> Finding:
    """Make a finding of words of the draft, from ``start`` to ``end`` of it."""
    cited = (words.source[one.start : one.end], one.start, one.end) if one else ("", 0, 0)
    return Finding(verdict, start, end, words.source[start:end], *cited, remark=remark)


def placed(held: Held, match: Match) -> tuple[str, str, int | None]:
    """Say where a match stands: the citation of its first clause, the id, and the page."""
    piece = piece_of(held, match)
    clause = held.clause(piece.clause_id)
    return clause.citation, piece.clause_id, next((page for page in clause.pages if page > 0), None)


def piece_of(held: Held, match: Match) -> Piece:
    """Give the piece of the base in which the longest part of a match stands."""
    _, (start, _), _ = max(match.parts, key=lambda part: part[0][1] - part[0][0])
    return held.piece_at(start)


def compared(
    words: Words, held: Held, match: Match, start: int
) -> tuple[str, tuple[tuple[tuple[int, int], tuple[int, int]], ...]]:
    """Write what the base has of a quotation, and where the two differ.

    :param words: the draft.
    :param held: the words of the base.
    :param match: where its parts stand.
    :param start: where the quotation begins in the draft.
    :return: the words of the base, …… between parts that do not follow on, and pairs of stretches that differ.
    """
    said, last = "", 0
    differences: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for (first, end), (at, to), aligned in match.parts:
        if said:
            said += held.verbatim(last, at) if 0 <= at - last <= _ADJACENT else _CUT
        text = held.verbatim(at, to)
        own = words_of(text)
        if aligned:
            for (a, b), (c, d) in aligned.differences:
                left = words.span(first + a, min(first + b, end))
                right = own.span(c - aligned.start, d - aligned.start)
                differences.append(((left[0] - start, left[1] - start), (len(said) + right[0], len(said) + right[1])))
        said += text
        last = to
    return said, tuple(differences)


def inner(text: str) -> str:
    """Put words into the marks that they have inside a quotation: ‘ ’ (GB/T 15834-2011 4.8)."""
    return text.translate(_INNER)


def mended(text: str, one: Citation, citation: str, same_document: bool) -> tuple[int, int, str]:
    """Replace a citation: its ordinals alone where the document stays the same, else all of it.

    :param text: the draft.
    :param one: the citation.
    :param citation: the one that is right, in full.
    :param same_document: whether the document stays the same.
    :return: a stretch of the draft and what to put there.
    """
    ordinals = ordinals_of(citation)
    if same_document and one.has_place and ordinals and "通知" not in citation:
        return one.name_end, one.end, ordinals
    return one.start, one.end, citation
