"""One answering process: what it does, and how the process that serves the page asks it.

It ends with the process that has started it, however that ends. Where the system forks, all of them are forked from one that has
read the dictionaries, which they then share in memory.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Any

from index.errors import KnowledgeBaseError
from index.knowledge_base import KnowledgeBase

OPEN, WARM = "open", "warm"
"""What is asked beside the methods of the base: to open the generation in use, and to make it ready for questions."""
_SHARED = ["ingest", "index.knowledge_base", "index.question.ready"]
"""Modules that the process which forks has imported."""
_QUESTION = "这项工作由谁负责"
"""Any: what the base reads at its first question has been read then."""
_ENDING = 5.0
"""Seconds that a process has to end in."""


class ProcessGone(Exception):
    """The process has ended before it answered."""


class NotAsked(ProcessGone):
    """The process had ended before it was asked."""


class NotHeld(Exception):
    """The process does not hold the generation that was asked: it has ended and come again since."""


@dataclass(frozen=True, slots=True)
class Place:
    """What processes answer from.

    ``store`` is the folder of the store, ``reranker`` the name of a cross-encoder for the first clauses, None for none; ``vectors`` the
    address in Milvus of what finds clauses, None for the store's own indexes.
    """

    store: Path
    reranker: str | None = None
    vectors: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a process: a method of the base whose digest is ``base``, and what it is given.

    To :data:`OPEN`, ``base`` is the generation in use so far, which goes on being held; of others only the new one is.
    """

    method: str
    base: str
    given: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)


class AnsweringProcess:
    """A process that answers, as the process sees it that has started it; one question at a time.

    :param place: what it answers from.
    """

    def __init__(self, place: Place) -> None:
        context = _context()
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_answer, args=(theirs, place), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return int(self._process.pid or 0)

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return bool(self._process.is_alive())

    def call(self, asked: Asked) -> Any:
        """Ask, and wait for the answer.

        :param asked: what.
        :return: what the method gives.
        :raises KnowledgeBaseError: as the method.
        :raises ProcessGone: when it ends before it has answered; NotAsked when it had ended before.
        :raises NotHeld: when it holds no such generation.
        """
        fault: type[ProcessGone] = NotAsked
        try:
            self._connection.send(asked)
            fault = ProcessGone
            reply = self._connection.recv()
        except (EOFError, OSError) as error:
            self.stop()
            raise fault from error
        if isinstance(reply, Exception):
            raise reply
        return reply

    def stop(self) -> None:
        """End it, whatever it is doing."""
        self._process.terminate()
        self._process.join(_ENDING)
        if self._process.is_alive():
            self._process.kill()


def start_server() -> None:
    """Start what answering processes are forked from, before anything else starts one that knows less."""
    if _context().get_start_method() == "forkserver":
        from multiprocessing import forkserver

        forkserver.ensure_running()


def _context() -> Any:  # noqa: ANN401 - multiprocessing's contexts have no common type
    """A server that forks, where there is one: its children take moments to start, and hold no threads of this process."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_SHARED)
    return context


def _answer(connection: Connection, place: Place) -> None:
    """Be the process: answer until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all at a terminal; the page's own process sees to it
    Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()  # what is shared stays so: the collector would write into all of it
    answering = _Answering(place)
    while True:
        try:
            asked = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(_reply(answering, asked))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(0)


class _Answering:
    """What a process answers from: the generation in use, and for a while the one before it."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._reranker = KnowledgeBase.load_reranker(place.reranker) if place.reranker else None
        self._held: dict[str, KnowledgeBase] = {}

    def open(self, before: str) -> str:
        """Open the generation in use; give its digest."""
        sha = KnowledgeBase.generation_of(self._place.store)
        if sha not in self._held:
            base = KnowledgeBase.open(self._place.store, reranker=self._reranker, vectors=self._place.vectors)
            kept = {sha: one for sha, one in self._held.items() if sha == before}
            self._held = {**kept, base.sha: base}
            sha = base.sha
        return sha

    def method(self, asked: Asked) -> Any:
        """Do what is asked of a base."""
        base = self._held.get(asked.base)
        if base is None:
            return NotHeld()
        if asked.method == WARM:
            base.ask(_QUESTION)
            return None
        return getattr(base, asked.method)(*asked.given, **asked.named)


def _reply(answering: _Answering, asked: Asked) -> Any:
    """Give what is asked, or what is wrong; of an error that nothing foresaw, its words, which may be a question's, stay here."""
    try:
        return answering.open(asked.base) if asked.method == OPEN else answering.method(asked)
    except KnowledgeBaseError as error:
        return error
    except Exception as error:
        places = "".join(traceback.format_tb(error.__traceback__)[-4:])
        sys.stderr.write(f"答题进程出错：{type(error).__name__}\n{places}")
        return RuntimeError(type(error).__name__)
