"""Chunks of a fixed length: what they hold, and what they count as."""

from __future__ import annotations

from dataclasses import replace

from index_fakes import make_document

from eval.records import Gold, Question
from eval.run import outcome
from eval.systems.chunks import answers, chunk_passages, chunks_of, stand_in
from index.records import Hit, Query, SearchResult
from ingest.records import Clause, Metadata

DOCUMENT = make_document(
    "甲〔2024〕1号",
    "题",
    {"一/1": (["一"], ["一二三。", "四五六。"]), "一/2": (["一"], ["七八。"]), "二/1": (["二"], ["九十。", "末。"])},
)
"""Text: 一二三。四五六。|七八。九十。末。 with clauses of 8, 3 and 5 characters."""


def question(*golds: Gold) -> Question:
    return Question("q", "exact", "问", golds, "test")


def test_chunks_put_together_are_the_text() -> None:
    chunks = chunks_of(DOCUMENT, 6)
    assert [chunk.text for chunk in chunks] == ["一二三。四五", "六。七八。九", "十。末。"]
    assert [chunk.clause_id for chunk in chunks] == [f"甲〔2024〕1号/片段{number}" for number in (1, 2, 3)]
    assert [chunk.holds for chunk in chunks] == [(), ("甲〔2024〕1号/一/2",), ()]
    assert [sentence.text for sentence in chunks[0].sentences] == ["一二三。", "四五"]
    assert "".join(chunk.text for chunk in chunks_of(DOCUMENT, 500)) == DOCUMENT.text


def test_a_row_is_its_cells_between_tabs() -> None:
    row = replace(DOCUMENT.clauses[0], clause_id="甲〔2024〕1号/表1/1", kind="row", cells=(("名", "床位"), ("值", "5")))
    document = replace(DOCUMENT, text="前言\n床位\t5\t\n", clauses=(row,))
    assert [chunk.holds for chunk in chunks_of(document, 20)] == [("甲〔2024〕1号/表1/1",)]
    assert [chunk.holds for chunk in chunks_of(document, 6)] == [(), ()]


def test_a_chunk_answers_with_a_sentence_or_a_whole_clause() -> None:
    first, second, _ = chunks_of(DOCUMENT, 6)
    assert answers(first, Gold("甲〔2024〕1号/一/1", ("一二三。",)))
    assert not answers(first, Gold("甲〔2024〕1号/一/1", ("四五六。",)))
    assert answers(second, Gold("甲〔2024〕1号/一/2", ()))
    assert not answers(second, Gold("甲〔2024〕1号/一/1", ()))


def names(listed: list[Clause], *golds: Gold) -> list[str]:
    return [name for name, _ in stand_in(listed, question(*golds))]


def test_each_gold_clause_is_counted_once_and_the_best_first() -> None:
    (whole,) = chunks_of(DOCUMENT, 500)
    golds = Gold("甲〔2024〕1号/一/1", ("一二三。",), 1), Gold("甲〔2024〕1号/一/2", ("七八。",), 3)
    expected = ["甲〔2024〕1号/一/2", "甲〔2024〕1号/一/1", "另"]
    assert names([whole, replace(whole, clause_id="另")], *golds) == expected
    assert names([whole]) == ["甲〔2024〕1号/片段1"]


def test_clauses_stand_for_themselves() -> None:
    gold = Gold("甲〔2024〕1号/一/2", ())
    assert names(list(DOCUMENT.clauses[:2]), gold) == ["甲〔2024〕1号/一/1", "甲〔2024〕1号/一/2"]


def test_a_chunk_is_read_from_its_beginning() -> None:
    """七八。 ends 5 characters into the second chunk, after the 6 of the first."""
    first, second, _ = chunk_passages([DOCUMENT], 6)
    hits = tuple(
        Hit(rank, 1.0, (), one.clause, one.clause.sentences[:1], Metadata("甲", "题"))
        for rank, one in ((1, first), (2, second))
    )
    found = outcome(question(Gold("甲〔2024〕1号/一/2", ("七八。",))), SearchResult(Query("问"), "found", hits))
    assert (found.ranking, found.read, found.sentence) == (
        ("甲〔2024〕1号/片段1", "甲〔2024〕1号/一/2"),
        11,
        "一二三。",
    )
    assert found.parts == (("甲〔2024〕1号/片段1",), ("甲〔2024〕1号/一",))
