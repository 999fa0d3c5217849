"""What the page stands on: the knowledge base, opened or made ready behind the page, and what has come of that."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path

from index.errors import ClauseNotFound, KnowledgeBaseError, StoreError
from index.knowledge_base import KnowledgeBase
from index.output import report_remarks
from index.search.embedder import EmbedderSettings, Reranker, settings_of
from index.store.build import DOCUMENTS, RENDITIONS, readings_from
from index.store.corpus import list_corpus
from index.store.generations import read

CORPUS, STORE = Path("corpus"), Path(".store")


class Desk:
    """What the page stands on: the knowledge base once there is one, until then how far its making has come.

    :param store: folder of the store.
    :param corpus: folder of the documents; None for the one that the store was built from.
    :param reranker: a cross-encoder for the first clauses; None for none.
    """

    def __init__(self, store: Path, corpus: Path | None = None, reranker: Reranker | None = None) -> None:
        self.store = store
        self.reranker = reranker
        self.corpus = corpus
        self.base: KnowledgeBase | None = None
        self.progress = "正在打开知识库"

    def say(self, text: str) -> None:
        """Tell how far things have come, on the page and on standard error.

        :param text: in Chinese.
        """
        self.progress = text
        sys.stderr.write(f"{text}\n")

    def prepare(self) -> None:
        """Open the store; build it where there is none, it is of no use, or the files of its corpus have changed.

        :raises KnowledgeBaseError: when it can be neither opened nor built.
        """
        try:
            self.base = KnowledgeBase.open(self.store, reranker=self.reranker)
        except StoreError as error:
            self.say(f"{error.problem}，现在从 {self.corpus or CORPUS} 建立")
            self._build(self.corpus or CORPUS)
            return
        corpus = self.corpus or self.base.corpus
        try:
            if _digests(self.store) != {file.sha256 for file in list_corpus(corpus, self.store).files}:
                self.say(f"{corpus} 里的文件有变动，正在更新知识库")
                self._build(corpus)
        except KnowledgeBaseError as error:
            self.say(f"知识库没有更新，仍用原有内容：{error}")

    def _build(self, corpus: Path) -> None:
        report = KnowledgeBase.build(
            corpus, self.store, _model_of(self.store), lambda share, step: self.say(f"{step}（{share:.0%}）")
        )
        for remark in report_remarks(report):
            self.say(remark)
        self.base = KnowledgeBase.open(self.store, reranker=self.reranker)

    def picture(self, clause_id: str, page: int, starts: Collection[int]) -> bytes:
        """Draw a page with the answering sentences framed.

        :param clause_id: the clause that holds them.
        :param page: page number from 1.
        :param starts: where the sentences begin in the clause.
        :return: a PNG picture.
        :raises KnowledgeBaseError: when there is no such clause or page, or its source file is gone.
        """
        if self.base is None:
            raise ClauseNotFound("知识库还在准备", "请稍候再试")
        clause = self.base.show(clause_id)
        boxes = [box for sentence in clause.sentences if sentence.start in starts for box in sentence.boxes]
        return self.base.page_picture(clause.clause_id, page, boxes)


def _model_of(store: Path) -> EmbedderSettings:
    """Keep to the model that the store was made with; where that cannot be told, the one that comes with the project."""
    try:
        return settings_of(read(store).facts["embedder"])
    except (StoreError, KeyError):
        return EmbedderSettings()


def _digests(store: Path) -> set[str]:
    """Name the source files that the store was made from, by the SHA-256 of their bytes."""
    files = read(store).files
    return {reading.document.source.sha256 for reading in readings_from(files[DOCUMENTS] + files[RENDITIONS])}
