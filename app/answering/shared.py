"""A base whose costly questions are answered by other processes; what a page shows of its documents is read here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from app.answering.process import Asked, NotHeld
from app.answering.processes import AnsweringProcesses
from index.errors import StoreError
from index.knowledge_base import KnowledgeBase

_TIMES = 10
"""How often it is opened again where it was written meanwhile."""

Given = ParamSpec("Given")
Found = TypeVar("Found")


def _elsewhere(
    method: Callable[Concatenate[KnowledgeBase, Given], Found],
) -> Callable[Concatenate[KnowledgeBase, Given], Found]:
    """Make a method of a base one that another process works out; what none of them holds any more is worked out here."""

    @wraps(method)
    def asked(self: KnowledgeBase, /, *given: Given.args, **named: Given.kwargs) -> Found:
        processes = cast(SharedBase, self).processes
        try:
            found: Found = processes.call(Asked(method.__name__, self.sha, given, named))
        except NotHeld:
            found = method(self, *given, **named)
        return found

    return asked


class SharedBase(KnowledgeBase):
    """A knowledge base like any other, to be made by :func:`open_shared`; the answers are the same, word for word."""

    processes: AnsweringProcesses
    ask = _elsewhere(KnowledgeBase.ask)
    search = _elsewhere(KnowledgeBase.search)
    check = _elsewhere(KnowledgeBase.check)


def open_shared(store: Path, processes: AnsweringProcesses, before: str, reranker: str | None) -> SharedBase:
    """Open a store here and in the processes that answer, all of them the same generation, and make it ready for questions.

    :param store: folder of the store.
    :param processes: what answers.
    :param before: digest of the generation that they have answered from, and go on answering from until this is done; empty for none.
    :param reranker: name of a cross-encoder for the first clauses; None for none.
    :return: the base.
    :raises StoreError: when it cannot be opened, or is written again and again.
    """
    for _ in range(_TIMES):
        base = cast(SharedBase, SharedBase.open(store, reranker=_late(reranker) if reranker else None))
        if processes.open(before) <= {base.sha}:
            break
    else:
        raise StoreError(f"知识库 {store} 一直在变动", "请稍候再试")
    base.processes = processes
    processes.warm(base.sha, before)
    return base


def _late(name: str) -> Callable[[str, Sequence[str]], Any]:
    """Load a cross-encoder when it is first used, which here it hardly ever is."""

    @cache
    def loaded() -> Callable[[str, Sequence[str]], Any]:
        return KnowledgeBase.load_reranker(name)

    return lambda question, passages: loaded()(question, passages)
