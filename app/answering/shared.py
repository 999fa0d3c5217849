"""A base whose costly questions are answered by other processes; what a page shows of its documents is read here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from app.answering.process import Asked, NotHeld, Place
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


def open_shared(place: Place, processes: AnsweringProcesses, before: str) -> SharedBase:
    """Open a store here and in the processes that answer, all of them the same generation, and make it ready for questions.

    :param place: what is answered from.
    :param processes: what answers.
    :param before: digest of the generation that they have answered from, and go on answering from until this is done; empty for none.
    :return: the base.
    :raises StoreError: when it cannot be opened, or is written again and again.
    """
    for _ in range(_TIMES):
        reranker = _late(place.reranker) if place.reranker else None
        base = cast(SharedBase, SharedBase.open(place.store, reranker=reranker, vectors=place.vectors))
        if processes.open(before) <= {base.sha}:
            break
    else:
        raise StoreError(f"知识库 {place.store} 一直在变动", "请稍候再试")
    base.processes = processes
    processes.warm(base.sha, before)
    return base


def _late(name: str) -> Callable[[str, Sequence[str]], Any]:
    """Load a cross-encoder when it is first used, which here it hardly ever is."""

    @cache
    def loaded() -> Callable[[str, Sequence[str]], Any]:
        return KnowledgeBase.load_reranker(name)

    return lambda question, passages: loaded()(question, passages)
