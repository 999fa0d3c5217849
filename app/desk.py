"""What the page stands on: the knowledge base, opened or made ready behind the page, and what has come of that."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread

from app import VERSION
from app.answering.process import AnsweringProcess, Place, start_server
from app.answering.processes import AnsweringProcesses
from app.answering.shared import open_shared
from index.errors import KnowledgeBaseError, StoreError, VectorStoreAway
from index.knowledge_base import KnowledgeBase
from index.output import report_remarks

CORPUS = Path("corpus")
REPORTS = "reports"
AGAIN = 10.0
"""Seconds after which it is looked again whether Milvus is there."""
_BETWEEN = 1.0
"""Seconds after which it is looked again whether the base is still the one in use."""


@dataclass(frozen=True, slots=True)
class Now:
    """What the page stands on at one moment: a reply is made from one base, whatever is taken up meanwhile."""

    base: KnowledgeBase | None
    progress: str

    def headers(self) -> dict[str, str]:
        """Say of which base a reply speaks.

        :return: headers of the reply: the digest of the generation, empty until there is one, and the version.
        """
        return {"X-Base": self.base.sha if self.base else "", "X-Version": VERSION, "Cache-Control": "no-store"}


class Desk:
    """What the page stands on: the knowledge base once there is one, until then how far its making has come.

    :param store: folder of the store.
    :param corpus: folder of the documents; None for the one that the store was built from.
    :param reranker: name of a cross-encoder for the first clauses; None for none.
    :param token: by which the page may add and remove documents; None where it may not.
    :param reports: folder of reports of evaluations; None for ``reports`` beside the store.
    :param processes: how many processes answer questions; 0 for this one.
    :param vectors: address in Milvus of what finds clauses; None for the store's own indexes.
    """

    def __init__(
        self,
        store: Path,
        corpus: Path | None = None,
        reranker: str | None = None,
        token: str | None = None,
        reports: Path | None = None,
        processes: int = 0,
        vectors: str | None = None,
    ) -> None:
        self.store = store
        self.vectors = vectors
        self.reports = reports or store.absolute().parent / REPORTS
        self.reranker = reranker
        self.corpus = corpus
        self.token = token
        self.base: KnowledgeBase | None = None
        self.progress = "正在打开知识库"
        self.on_open: list[Callable[[KnowledgeBase], object]] = []
        """What is made ready of each base that is opened, behind the page."""
        self._count = processes
        self._processes: AnsweringProcesses | None = None
        self._looked = 0.0
        self._taking_up = Lock()

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
        if self._count:
            start_server()
        try:
            self.base = self._open_when_there()
        except StoreError as error:
            corpus = self.corpus or KnowledgeBase.corpus_of(self.store) or CORPUS
            self.say(f"{error.problem}，现在从 {corpus} 建立")
            self._update(corpus, repair=True)
            self.base = self._open_when_there()
            return
        try:
            if not KnowledgeBase.is_current(self.store, self.corpus):
                self.say(f"{self.corpus or self.base.corpus} 里的文件有变动，正在更新知识库")
                self._update(self.corpus)
                self.base = self._open()
        except KnowledgeBaseError as error:
            self.say(f"知识库没有更新，仍用原有内容：{error}")

    def catch_up(self) -> Thread | None:
        """Take up a generation that another process has written; until it is open, the base that is answers.

        Looks once in a while only, so that it may be asked at every question.

        :return: what opens the new one, where there is one; to wait for.
        """
        base, now = self.base, time.monotonic()
        if base is None or now - self._looked < _BETWEEN or not self._taking_up.acquire(blocking=False):
            return None
        self._looked = now
        try:
            is_new = KnowledgeBase.generation_of(self.store) != base.sha
        except KnowledgeBaseError:
            is_new = False  # it is being put back, or was taken away; what is open goes on
        if not is_new:
            self._taking_up.release()
            return None
        thread = Thread(target=self._take_up, daemon=True)
        thread.start()
        return thread

    def take_up(self) -> None:
        """Take up the generation in use, and return when questions are answered from it.

        :raises KnowledgeBaseError: when it cannot be opened; what was open goes on answering.
        """
        with self._taking_up:
            if self.base is None or KnowledgeBase.generation_of(self.store) != self.base.sha:
                self.base = self._open()
                self.say("知识库已换成新的内容")

    def _take_up(self) -> None:
        try:
            self.base = self._open()
            self.say("知识库已换成新的内容")
        except KnowledgeBaseError as error:
            self.say(f"知识库有新的内容，但打不开，仍用原有内容：{error}")
        finally:
            self._taking_up.release()

    def _open_when_there(self) -> KnowledgeBase:
        """Open the base; where Milvus does not answer, wait until it does."""
        while True:
            try:
                return self._open()
            except VectorStoreAway as error:
                self.say(f"{error}（{AGAIN:g} 秒后再试）")
                time.sleep(AGAIN)

    def _open(self) -> KnowledgeBase:
        """Open the base; what Milvus does not hold of it yet is written there first."""
        if self.vectors and not KnowledgeBase.is_published(self.store, self.vectors):
            KnowledgeBase.publish(self.store, self.vectors, lambda share, step: self.say(f"{step}（{share:.0%}）"))
        base = self._opened()
        for make_ready in self.on_open:
            Thread(target=make_ready, args=(base,), daemon=True).start()
        return base

    def _opened(self) -> KnowledgeBase:
        if not self._count:
            reranker = KnowledgeBase.load_reranker(self.reranker) if self.reranker else None
            return KnowledgeBase.open(self.store, reranker=reranker, vectors=self.vectors)
        KnowledgeBase.generation_of(self.store)  # no process is started where there is none
        if self._processes is None:
            self._processes = AnsweringProcesses(self._count, lambda: AnsweringProcess(self._place))
        return open_shared(self._place, self._processes, self.base.sha if self.base else "")

    @property
    def _place(self) -> Place:
        return Place(self.store, self.reranker, self.vectors)

    def living(self) -> tuple[int, ...]:
        """Give the numbers of the processes that answer; none where this one does."""
        return self._processes.living() if self._processes else ()

    @property
    def is_ready(self) -> bool:
        """Whether questions are answered."""
        return self.base is not None and bool(self.living() or not self._count)

    def close(self) -> None:
        """End the processes that answer."""
        if self._processes:
            self._processes.close()

    def _update(self, corpus: Path | None, repair: bool = False) -> None:
        report = KnowledgeBase.update(
            self.store, corpus, lambda share, step: self.say(f"{step}（{share:.0%}）"), repair
        )
        for remark in report_remarks(report):
            self.say(remark)

    def caught_up(self) -> Now:
        """Look whether there is another generation, as :meth:`catch_up` does, and give what is stood on, for all of a reply."""
        self.catch_up()
        return self.now()

    def now(self) -> Now:
        """Give what is stood on at this moment, for all of a reply."""
        return Now(self.base, self.progress)

    def headers(self) -> dict[str, str]:
        """Say which base is in use, so that a page left open learns that there is another.

        :return: headers of a reply that speaks of no base in particular.
        """
        return self.now().headers()
