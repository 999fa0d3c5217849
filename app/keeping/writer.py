"""One change at a time: who comes second waits or is told to; a change is done when the page answers from the new base."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from app.desk import Desk
from app.keeping.errors import Refused


class Writer:
    """The turn to change the base.

    :param desk: what answers.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = Lock()

    @contextmanager
    def turn(self, waiting: bool = False) -> Iterator[Path]:
        """Hold the turn; it ends when the desk has taken up what was written.

        :param waiting: whether to wait for a change that is under way.
        :return: folder of the corpus.
        :raises Refused: when another change is under way, or there is no base yet.
        """
        if not self._turn.acquire(blocking=waiting):
            raise Refused("另一项变动正在写入知识库", "请等它结束后再试", 409)
        try:
            yield self.corpus()
            self._desk.take_up()
        finally:
            self._turn.release()

    def corpus(self) -> Path:
        """Give the folder of the corpus.

        :raises Refused: when there is no base yet.
        """
        if self._desk.base is None:
            raise Refused("知识库还在准备", "请稍候再试", 503)
        return self._desk.base.corpus
