"""Whole questions over whole bases: what lies in Milvus answers as the folder does, on every question of home and 200 of other offices."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from milvus_places import release

from eval.offices.questions import OfficeQuestion, load
from index.knowledge_base import KnowledgeBase
from index.search.candidates import SearchSettings
from index.search.searcher import Searcher
from index.store.publishing import client_of

pytest.importorskip("milvus_lite", reason="milvus-lite is not installed")
ROOT = Path(__file__).parent.parent
HOME = ROOT / "corpus"
OFFICES = ROOT.parent / "shared" / "offices"
SHORT = [
    "h002",
    "h008",
    "h015",
    "h016",
    "h017",
    "h018",
    "h019",
    "h020",
    "h026",
    "h027",
    "h030",
    "h032",
    "h043",
    "h051",
    "h052",
    "h055",
    "h056",
    "h061",
    "h076",
    "h087",
    "h090",
    "h091",
    "h101",
    "p012",
    "p018",
    "p022",
    "p025",
    "t008",
    "t009",
    "t031",
    "w005",
    "w015",
    "w016",
    "w019",
]
"""The documents with the fewest sentences a question, 34 with 212 questions."""
NEAR, EQUAL = 1e-4, 1e-6
"""How far scores may lie apart, and by how little two are still the same: sums of single precision in another order do."""
_SETTINGS = SearchSettings(read=0)
"""Without the cross-encoder, which reads the same clauses of either store, and takes most of the time."""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Iterator[tuple[KnowledgeBase, KnowledgeBase]]:
    """The project's own documents, in the folder and in Milvus."""
    yield from in_both(HOME, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def offices(tmp_path_factory) -> Iterator[tuple[KnowledgeBase, KnowledgeBase]]:
    """Short documents of other offices, in the folder and in Milvus."""
    if not OFFICES.is_dir():
        pytest.skip("no documents of other offices at ../shared/offices")
    folder = tmp_path_factory.mktemp("offices")
    (folder / "corpus").mkdir()
    for path in OFFICES.iterdir():
        if path.name.split("_")[0] in SHORT:
            (folder / "corpus" / path.name).write_bytes(path.read_bytes())
    yield from in_both(folder / "corpus", folder)


def in_both(corpus: Path, folder: Path) -> Iterator[tuple[KnowledgeBase, KnowledgeBase]]:
    vectors = f"milvus+lite://{folder / 'rows.db'}/base"
    KnowledgeBase.build(corpus, folder / "store")
    KnowledgeBase.publish(folder / "store", vectors)
    yield KnowledgeBase.open(folder / "store"), KnowledgeBase.open(folder / "store", vectors=vectors)
    release(client_of(vectors))


def differences(both: tuple[KnowledgeBase, KnowledgeBase], asked: Sequence[str]) -> list[str]:
    """List the questions of which anything differs: what was found by either way, its scores, the hits, or whether they answer."""
    local, other = (base.searcher.varied(settings=_SETTINGS) for base in both)
    return [text for text in asked if differ(local, other, both[0], text)]


def is_same_list(local: dict[str, float], found: Sequence[tuple[str, float]]) -> bool:
    """Tell whether the same clauses were found, with the same scores, in the same order but for scores that are equal."""
    names, scores = [name for name, _ in found], [score for _, score in found]
    if set(names) != set(local) or not np.allclose([local[name] for name in names], scores, rtol=0, atol=NEAR):
        return False
    return all(local[one] >= local[other] - EQUAL for one, other in pairwise(names))


def differ(local: Searcher, other: Searcher, base: KnowledgeBase, text: str) -> bool:
    question = base.read(text, 10)
    one, two = local.see(question), other.see(question)
    if not all(is_same_list(dict(one.found.best[way]), two.found.best[way]) for way in ("lexical", "dense")):
        return True
    for name, measures in one.measures.items():
        if not np.allclose(measures, two.measures[name], rtol=0, atol=NEAR):
            return True
    first, second = local.result(one), other.result(two)
    alike = [hit.clause.clause_id for hit in first.hits] == [hit.clause.clause_id for hit in second.hits]
    near = all(abs(hit.score - twin.score) <= NEAR for hit, twin in zip(first.hits, second.hits, strict=False))
    ways = [hit.found_by for hit in first.hits] == [hit.found_by for hit in second.hits]
    return not (alike and near and ways and first.status == second.status)


def test_every_question_of_home_is_answered_the_same(home):
    lines = (ROOT / "eval" / "data" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["query"] for line in lines]
    assert len(asked) == 221
    assert differences(home, asked) == []


def test_questions_on_a_day_are_answered_the_same(home):
    for text in ("养老床位要达到多少", "低保标准怎么调整", "社区食堂几家"):
        on = [base.search(text, as_of="2021-12-31") for base in home]
        assert [hit.clause.clause_id for hit in on[0].hits] == [hit.clause.clause_id for hit in on[1].hits]
        assert on[0].notes == on[1].notes


def test_comparisons_lists_and_questions_within_a_document_are_answered_the_same(home):
    for text, document in (("养老床位两份文件有什么不同", None), ("列出全部养老目标", None), ("养老床位", "74号文")):
        one, two = (base.ask(text, document=document) for base in home)
        assert (one.status, [hit.clause.clause_id for hit in one.hits]) == (
            two.status,
            [hit.clause.clause_id for hit in two.hits],
        )


def test_two_hundred_questions_on_other_offices_are_answered_the_same(offices):
    about = [one for one in load() if all(name.split("_")[0] in SHORT for name in files_of(one))]
    asked = [one.query for one in about][:200]
    assert len(asked) == 200
    assert differences(offices, asked) == []


def files_of(one: OfficeQuestion) -> set[str]:
    return {quote.file for quote in one.quotes} or {one.near}
