"""What the page stands on: the knowledge base, opened or made ready behind the page, and what has come of that."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path

from index.errors import ClauseNotFound, KnowledgeBaseError, StoreError
from index.knowledge_base import KnowledgeBase
from index.output import report_remarks

CORPUS, STORE = Path("corpus"), Path(".store")


class Desk:
    """What the page stands on: the knowledge base once there is one, until then how far its making has come.

    :param store: folder of the store.
    :param corpus: folder of the documents; None for the one that the store was built from.
    :param reranker: name of a cross-encoder for the first clauses; None for none.
    """

    def __init__(self, store: Path, corpus: Path | None = None, reranker: str | None = None) -> None:
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
        reranker = KnowledgeBase.load_reranker(self.reranker) if self.reranker else None
        try:
            self.base = KnowledgeBase.open(self.store, reranker=reranker)
        except StoreError as error:
            corpus = self.corpus or KnowledgeBase.corpus_of(self.store) or CORPUS
            self.say(f"{error.problem}，现在从 {corpus} 建立")
            self._update(corpus)
            self.base = KnowledgeBase.open(self.store, reranker=reranker)
            return
        try:
            if not KnowledgeBase.is_current(self.store, self.corpus):
                self.say(f"{self.corpus or self.base.corpus} 里的文件有变动，正在更新知识库")
                self._update(self.corpus)
                self.base = KnowledgeBase.open(self.store, reranker=reranker)
        except KnowledgeBaseError as error:
            self.say(f"知识库没有更新，仍用原有内容：{error}")

    def _update(self, corpus: Path | None) -> None:
        report = KnowledgeBase.update(self.store, corpus, lambda share, step: self.say(f"{step}（{share:.0%}）"))
        for remark in report_remarks(report):
            self.say(remark)

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
