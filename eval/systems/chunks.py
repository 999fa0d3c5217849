"""A document cut into chunks of a fixed length, as most products index it, to be compared with clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from eval.records import Gold, Question
from index.search.passages import Passage
from ingest.records import Clause, Document, Sentence, Span

SIZE = 500
"""Characters of a chunk; chunks follow one another without overlap."""

_SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；\n]+|$)")


@dataclass(frozen=True, slots=True)
class Chunk(Clause):
    """A stretch of a document's text that stands in the place of a clause; ``holds`` are the ids of clauses whole in it."""

    holds: tuple[str, ...] = ()


def chunks_of(document: Document, size: int = SIZE) -> tuple[Chunk, ...]:
    """Cut a document.

    :param document: any document.
    :param size: characters of a chunk; the last may have fewer.
    :return: chunks in order, named by the document's key and their number; put together they are the document's text.
    """
    text, whole = document.text, tuple(_stretches(document))
    chunks = []
    for number, start in enumerate(range(0, len(text), size), start=1):
        end = start + size
        holds = tuple(name for name, first, last in whole if start <= first and last <= end)
        name = f"{document.key}/片段{number}"
        cut = text[start:end]
        span = Span(start, start + len(cut))
        chunks.append(Chunk(name, "chunk", (), cut, cut, span, (), name, _sentences(cut), holds=holds))
    return tuple(chunks)


def chunk_passages(documents: Iterable[Document], size: int = SIZE) -> tuple[Passage, ...]:
    """Make chunks searchable as they are: each is one passage, without headings.

    :param documents: documents.
    :param size: characters of a chunk.
    :return: one passage a chunk, in order.
    """
    pairs = ((document, chunk) for document in documents for chunk in chunks_of(document, size))
    return tuple(
        Passage(Sentence(chunk.text, 0, len(chunk.text), chunk.span, (), ()), chunk, document, "", "")
        for document, chunk in pairs
    )


def stand_in(listed: Sequence[Clause], question: Question) -> tuple[tuple[str, Clause], ...]:
    """Name what a list of chunks counts as for a question.

    A chunk that answers counts as every gold clause that it answers with, the best graded one first; each gold
    clause is counted once, for the first chunk that has it.

    :param listed: what a system listed; clauses stand for themselves.
    :param question: the question with its gold clauses.
    :return: ids in order, none twice, each with the chunk or clause that it stands for.
    """
    left = sorted(question.gold, key=lambda gold: -gold.grade)
    named: list[tuple[str, Clause]] = []
    for one in listed:
        answered = [gold for gold in left if isinstance(one, Chunk) and answers(one, gold)]
        left = [gold for gold in left if gold not in answered]
        named += [(name, one) for name in [gold.clause_id for gold in answered] or [one.clause_id]]
    return tuple(named)


def answers(chunk: Chunk, gold: Gold) -> bool:
    """Tell whether a chunk answers.

    :param chunk: a chunk.
    :param gold: a gold clause.
    :return: whether it holds a gold sentence verbatim; where the clause answers as a whole, all of the clause.
    """
    if not gold.sentences:
        return gold.clause_id in chunk.holds
    text = "".join(chunk.text.split())
    return any("".join(sentence.split()) in text for sentence in gold.sentences)


def _stretches(document: Document) -> Iterator[tuple[str, int, int]]:
    """Find where the clauses stand in the text as the page shows it, in which a row is its cells between tabs."""
    behind = 0
    for clause in document.clauses:
        words = "\t".join(value for _, value in clause.cells) if clause.kind == "row" else clause.text
        start = document.text.find(words, behind)
        if start < 0:
            start = document.text.find(words)
        if start >= 0:
            behind = start + len(words)
            yield clause.clause_id, start, behind


def _sentences(text: str) -> tuple[Sentence, ...]:
    spans = [match.span() for match in _SENTENCE.finditer(text) if match.group()]
    return tuple(Sentence(text[start:end], start, end, Span(start, end), (), ()) for start, end in spans)
