"""Characters read until the answer, counted by hand, the same for sentences, clauses and chunks."""

from __future__ import annotations

import pytest

from eval.measures.reading import characters_read, shown
from eval.records import Gold
from index.records import Hit
from ingest.records import Clause, Metadata, Sentence, Span

SENTENCES = {"甲/1": ("一二三。", "四五六七。", "八。"), "甲/2": ("九十。",)}
TEXT = "".join(SENTENCES["甲/1"])


def hit(name: str, *first: int, sentences: tuple[str, ...] = ()) -> Hit:
    """A clause whose evidence are its sentences of these numbers."""
    texts = sentences or SENTENCES[name]
    made = tuple(Sentence(text, start, start, Span(0, 0), (), ()) for start, text in enumerate(texts))
    clause = Clause(name, "clause", (), "".join(texts), "", Span(0, 0), (), "", made)
    return Hit(1, 1.0, (), clause, tuple(made[one] for one in first), Metadata("甲", "题"))


def test_evidence_is_read_first_then_the_rest_in_order() -> None:
    assert shown(hit("甲/1", 2)) == ("八。", "一二三。", "四五六七。")
    assert shown(hit("甲/1")) == SENTENCES["甲/1"]


@pytest.mark.parametrize(
    ("evidence", "wanted", "expected"),
    [
        ((1,), "四五六七。", 5),
        ((0,), "四五六七。", 9),
        ((2,), "四五六七。", 11),
        ((), "八。", 11),
        ((), "五六", 7),
        ((1,), "一二三。四五六七。", 11),
        ((1,), "无。", None),
    ],
)
def test_where_a_sentence_ends(evidence: tuple[int, ...], wanted: str, expected: int | None) -> None:
    golds = (Gold("甲/1" if wanted != "无。" else "甲/9", (wanted,)),)
    assert characters_read(golds, [hit("甲/1", *evidence)]) == expected


def test_everything_above_has_been_read() -> None:
    assert characters_read((Gold("甲/2", ("九十。",)),), [hit("甲/1", 2), hit("甲/2", 0)]) == 14


def test_the_first_of_several_answers_counts() -> None:
    golds = (Gold("甲/2", ("九十。",)), Gold("甲/1", ("八。", "四五六七。")))
    assert characters_read(golds, [hit("甲/1", 0), hit("甲/2", 0)]) == 9


def test_a_whole_clause_has_been_read_at_its_end() -> None:
    assert characters_read((Gold("甲/1", ()),), [hit("甲/2", 0), hit("甲/1", 2)]) == 14
    assert characters_read((Gold("甲/1", ()),), [hit("甲/2", 0)]) is None


def test_words_count_wherever_they_stand_and_blanks_do_not() -> None:
    other = hit("乙/1", sentences=("前面。\n 四五 六七。", "后面。"))
    assert characters_read((Gold("甲/1", ("四五六七。",)),), [other]) == 8


def test_nothing_listed_is_nothing_read() -> None:
    assert characters_read((Gold("甲/1", ("八。",)),), []) is None
