"""The answering processes: each question goes to one that is free; one that dies is replaced, and what it was asked is asked again.

Pools of the standard library do not serve here: one dead process breaks the whole of an executor, with all that it was asked, and
a new generation has to reach each process once, one after the other, while the others answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import BoundedSemaphore, Condition, Lock, Thread
from typing import Any

from app.answering.process import OPEN, WARM, AnsweringProcess, Asked, NotAsked, NotHeld, ProcessGone
from index.errors import KnowledgeBaseError

_TIMES = 2
"""How often a question is asked before it is given up: what ends two processes would end every one."""
_WAIT = 60.0
"""Seconds that a question waits for a free process."""
_PAUSE = 1.0
"""Seconds between two tries to start a process in the place of another."""
_LONG = "check"
"""A method that may take long; one process at least is left for others, where there are several."""


class AnsweringProcesses:
    """Some processes that answer from one store.

    :param count: how many.
    :param start: starts one.
    """

    def __init__(self, count: int, start: Callable[[], AnsweringProcess]) -> None:
        self._start = start
        self._lock = Lock()
        self._freed, self._set_aside = Condition(self._lock), Condition(self._lock)
        self._wanted: set[AnsweringProcess] = set()
        self._is_closed = False
        self._long = BoundedSemaphore(max(1, count - 1))
        self._all = [start() for _ in range(count)]
        self._free = list(self._all)

    def living(self) -> tuple[int, ...]:
        """Put others in the place of those that have ended while nothing was asked of them.

        :return: numbers of those that can be asked, or are answering.
        """
        with self._lock:
            self._bury()
            return tuple(one.pid for one in self._all if one.is_alive)

    def call(self, asked: Asked) -> Any:
        """Ask one that is free, and another one where it dies.

        :param asked: what.
        :return: what the method gives.
        :raises KnowledgeBaseError: as the method, or when one after another dies, or none becomes free.
        :raises NotHeld: when it no longer holds the generation that is asked.
        """
        if asked.method == _LONG:
            with self._long:
                return self._called(asked)
        return self._called(asked)

    def _called(self, asked: Asked) -> Any:
        times = 0
        while times < _TIMES:
            try:
                with self._taken() as process:
                    return process.call(asked)
            except NotAsked:
                continue
            except ProcessGone:
                times += 1
        raise KnowledgeBaseError("答题的进程两次中途退出，没有答成", "请换个说法再试；仍不行时请把时间告诉管理员")

    def open(self, before: str) -> set[str]:
        """Have each open the generation in use, one after the other; those that answer from none yet, at once.

        :param before: digest of the generation that they have answered from; empty for none.
        :return: digests of what they hold now; of one kind, unless the store changes at this moment.
        :raises KnowledgeBaseError: when it cannot be opened.
        """
        return set(self._each(Asked(OPEN, before), 1 if before else len(self._all)))

    def warm(self, base: str, before: str) -> None:
        """Have each make a generation ready for its first question.

        :param base: digest of the generation.
        :param before: digest of the one that they answer from meanwhile; empty for none.
        """
        self._each(Asked(WARM, base), 1 if before else len(self._all))

    def close(self) -> None:
        """End all of them."""
        with self._lock:
            self._is_closed = True
        for one in self._all:
            one.stop()

    def _each(self, asked: Asked, at_once: int) -> list[Any]:
        """Ask each of them; those that are gone, or have come in the place of such a one, see to it themselves."""

        def told(process: AnsweringProcess) -> list[Any]:
            try:
                with self._aside(process):
                    return [process.call(asked)]
            except (ProcessGone, NotHeld):
                return []

        with self._lock:
            every = [one for one in self._all if one.is_alive]
        with ThreadPoolExecutor(max(1, at_once)) as pool:
            return [one for found in pool.map(told, every) for one in found]

    @contextmanager
    def _taken(self) -> Iterator[AnsweringProcess]:
        """Take the process that was free last, whose memory is near at hand."""
        with self._lock:
            if not self._freed.wait_for(self._usable, _WAIT):
                raise KnowledgeBaseError("提问的人太多，或答题的进程没有起来", "请稍候再试")
            process = self._usable()[-1]
            self._free.remove(process)
        try:
            yield process
        finally:
            self._give_back(process)

    def _usable(self) -> list[AnsweringProcess]:
        self._bury()
        return [one for one in self._free if one not in self._wanted]

    @contextmanager
    def _aside(self, process: AnsweringProcess) -> Iterator[None]:
        """Take one process before any question gets it."""
        with self._lock:
            self._wanted.add(process)
            try:
                if not self._set_aside.wait_for(lambda: process in self._free or process not in self._all, _WAIT):
                    raise ProcessGone
            finally:
                self._wanted.discard(process)
            if process not in self._free:
                raise ProcessGone
            self._free.remove(process)
        try:
            yield
        finally:
            self._give_back(process)

    def _give_back(self, process: AnsweringProcess) -> None:
        with self._lock:
            self._free.append(process)
            self._bury()
            if process in self._wanted:
                self._set_aside.notify_all()
            else:
                self._freed.notify()

    def _bury(self) -> None:
        """Put others in the place of those that have ended; the caller holds the lock."""
        if self._is_closed:
            return
        for gone in [one for one in self._free if not one.is_alive]:
            self._free.remove(gone)
            self._all.remove(gone)
            self._set_aside.notify_all()
            Thread(target=self._start_another, daemon=True).start()

    def _start_another(self) -> None:
        while not self._is_closed:
            process = self._start()
            try:
                process.call(Asked(WARM, process.call(Asked(OPEN, ""))))
            except (ProcessGone, NotHeld, KnowledgeBaseError, RuntimeError):  # as where memory is short
                process.stop()
                time.sleep(_PAUSE)
                continue
            with self._lock:
                self._all.append(process)
                self._free.append(process)
                self._freed.notify()
                is_closed = self._is_closed
            if is_closed:
                process.stop()
            return
