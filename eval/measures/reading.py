"""How much a reader must read before the answer stands before them, whatever a system returns.

The reader goes down the list in its order. Of each thing listed they read first the evidence that is shown first, then
the rest of it in its own order: of a clause the other sentences, of a chunk the whole chunk, since nothing is marked in
it. Headings, citations and blanks are not counted. The reader is done at the end of the first gold sentence that they meet
verbatim, wherever it stands: systems that return sentences, clauses or chunks are judged by the same words. Where the
gold is a whole clause or a table row, they are done when something that holds it whole has been read to its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eval.records import Gold
from index.records import Hit
from ingest.records import Clause


def characters_read(golds: Sequence[Gold], hits: Iterable[Hit]) -> int | None:
    """Count the characters up to and with the answer.

    :param golds: what answers; the first one met counts.
    :param hits: what a system listed, in its order.
    :return: the number of characters, or None where the list ends without the answer.
    """
    wanted = [_solid(sentence) for gold in golds for sentence in gold.sentences]
    names = {gold.clause_id for gold in golds}
    read = 0
    for hit in hits:
        text = _solid("".join(shown(hit)))
        ends = [text.index(sentence) + len(sentence) for sentence in wanted if sentence in text]
        if ends:
            return read + min(ends)
        read += len(text)
        if names.intersection(held(hit.clause)):
            return read
    return None


def shown(hit: Hit) -> tuple[str, ...]:
    """List the sentences of a hit as a reader meets them.

    :param hit: a clause that came back.
    :return: its evidence, then the sentences of the clause that are no evidence, in their order.
    """
    rest = [sentence for sentence in hit.clause.sentences if sentence not in hit.evidence]
    return tuple(sentence.text for sentence in (*hit.evidence, *rest))


def held(clause: Clause) -> tuple[str, ...]:
    """Name the clauses that something listed holds whole.

    :param clause: a clause, or what stands in for one (:class:`eval.systems.chunks.Chunk`).
    :return: clause ids; of a clause its own.
    """
    return getattr(clause, "holds", (clause.clause_id,))


def _solid(text: str) -> str:
    return "".join(text.split())
