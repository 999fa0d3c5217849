"""Documents made by hand, and an embedder whose vectors depend on the text, for the tests of index."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np

from index.question.asked import Asked, QuestionReader, Rules
from index.question.slips import SlipReader
from index.records import Query
from index.references.reader import ReferenceReader
from index.search.fitted import Fitted
from index.search.ranking import FEATURES as ORDERING
from index.search.refusal import FEATURES as REFUSING
from index.search.refusal import Logistic, RefusalModel
from ingest.records import Account, Box, Clause, Document, Metadata, Sentence, SourceFile, Span


class FakeEmbedder:
    """Counts pairs of characters in 64 buckets; texts with the same pairs are near."""

    dimension = 64

    def __init__(self, fingerprint="fake-1", reranker=None):
        self.fingerprint = fingerprint
        self.reranker = reranker

    def encode_queries(self, texts: Sequence[str]):
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for pair in zip(text, text[1:], strict=False):
                vectors[row, int(hashlib.md5("".join(pair).encode()).hexdigest(), 16) % self.dimension] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)

    encode_passages = encode_queries


def typed_fitted() -> Fitted:
    """Weights and models typed here for :class:`FakeEmbedder`, by which words decide what is answered."""
    none, one = (0.0,) * len(REFUSING), (1.0,) * len(REFUSING)
    words = tuple(20.0 * (name == "lexical") for name in REFUSING)
    parts = [Logistic(none, one, words, -2.0, threshold) for threshold in (0.4, 0.2)]
    model = RefusalModel(*parts, careful=0.999, made_with={"model": "fake-1"})
    weights = {"lexical": 1.0, "dense": 1.0, "gives": 0.5}
    order = np.array([weights.get(name, 0.0) for name in ORDERING], dtype=np.float32)
    return Fitted(order, {"model": "fake-1"}, model)


def asked_of(
    text: str,
    *documents: Document,
    k: int = 5,
    document: str | None = None,
    rules: Rules | None = None,
    slips: SlipReader | None = None,
) -> Asked:
    """Read a question put to these documents."""
    references = ReferenceReader(
        {one.key: one.metadata.title for one in documents},
        [clause.clause_id for one in documents for clause in one.clauses],
    )
    titles = {one.key: one.metadata.title for one in documents}
    return QuestionReader(references, titles, slips, rules or Rules()).read(Query(text, k, document))


def make_document(
    number: str | None,
    title: str,
    clauses: Mapping[str, tuple[Sequence[str], Sequence[str]]],
    page: int = 1,
    issuer: str = "甲区民政局",
) -> Document:
    """Make a document; ``clauses`` gives heading path and sentences by the rest of the clause id."""
    made = tuple(
        _clause(f"{number or title}/{name}", tuple(path), sentences, page)
        for name, (path, sentences) in clauses.items()
    )
    text = "".join(clause.text for clause in made)
    return Document(
        source=SourceFile(f"{title}.pdf", "0" * 64, "pdf"),
        metadata=Metadata(number, title, issuer=issuer, date="2024-01-02"),
        source_text=text,
        text=text,
        clauses=made,
        tables=(),
        account=Account(len(text), 0, 0, 0, 0, 0),
    )


def _clause(clause_id: str, path: tuple[str, ...], sentences: Sequence[str], page: int) -> Clause:
    text = "".join(sentences)
    starts = [len("".join(sentences[:place])) for place in range(len(sentences))]
    made = tuple(
        Sentence(one, start, start + len(one), Span(start, start + len(one)), (page,), (Box(page, 90, 100, 500, 120),))
        for one, start in zip(sentences, starts, strict=True)
    )
    return Clause(clause_id, "clause", path, text, text, Span(0, len(text)), (page,), f"《…》{clause_id}", made)


WEB_PAGE = """<html><head><meta charset="utf-8"><title>{title}</title></head><body>
<p style="text-align:center">{number}</p><p style="text-align:center">{title}</p>
<p>一、总体要求</p><p>坚持以人为本。</p>
<p>二、主要任务</p>
<p>（一）扩大供给。新增养老床位300张。建设助餐点10家。</p>
<p>（二）加强监管。建立养老机构黑名单制度。</p>
</body></html>"""
"""A small document as a web page, to be filled with a number and a title."""
