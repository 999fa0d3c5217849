"""Figures in README and docs are those that were measured with what is here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import docs
from eval.questions import QuestionsError
from index.knowledge_base import KnowledgeBase

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    store = tmp_path_factory.mktemp("docs")
    KnowledgeBase.build(CORPUS, store)
    return KnowledgeBase.open(store)


def test_the_figures_in_the_docs_are_of_these_weights_lists_questions_and_documents(base):
    """Where this fails, the figures are stale: python -m index build, then python -m eval docs --write."""
    assert json.loads((docs.ROOT / docs.MADE_WITH).read_text(encoding="utf-8")) == docs.made_with(base)


def test_every_block_holds_a_figure():
    assert [path.name for path in docs.blocks()] == ["measures.md", "retrieval.md"]
    for path in docs.blocks():
        for block in docs._BLOCK.finditer(path.read_text(encoding="utf-8")):
            assert block["name"] in docs.FIGURES
            assert block["body"].strip()


def test_a_block_is_written_and_then_agrees(base, tmp_path, monkeypatch):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("前\n<!-- figures: weights -->\n旧\n<!-- end -->\n后\n", encoding="utf-8")
    monkeypatch.setattr(docs, "FIGURES", {"weights": lambda base: iter(["| 新 |"])})
    assert list(docs.update(base, tmp_path)) == ["docs/a.md：与实测不一致"]
    assert list(docs.update(base, tmp_path, to_write=True)) == ["docs/a.md：与实测不一致"]
    assert (tmp_path / "docs" / "a.md").read_text(encoding="utf-8") == (
        "前\n<!-- figures: weights -->\n| 新 |\n<!-- end -->\n后\n"
    )
    assert list(docs.update(base, tmp_path)) == ["docs/a.md：与实测一致"]
    monkeypatch.setattr(docs, "FIGURES", {})
    with pytest.raises(QuestionsError, match="没有名为 weights 的图表"):
        list(docs.update(base, tmp_path))
