"""A large base opened and asked: time, memory, what its lists find of what all vectors give, and what it answers to judged questions."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.formats.beir import load_benchmark
from eval.machine import resident_bytes
from eval.records import Question
from eval.scale.building import sources
from eval.scale.documents import gold_names
from eval.scale.drawing import likeness
from eval.scale.watching import Times, Watched
from index.knowledge_base import KnowledgeBase
from index.search.candidates import DENSE, FirstSearch, SearchSettings
from index.search.dense import DenseIndex
from index.search.local import LocalVectors
from index.search.passages import outline_of
from index.search.places import Places
from index.search.searcher import Searcher
from index.search.vector_store import Scope
from index.store.opening import Opened, open_store

_DEPTHS, _CUTS = (5, 100), (5, 10)
_SAMPLE = 100_000
_WARMING, _BEFORE = "低保怎么申请", 20
"""What is asked before time is taken: a question, and how many of those that are not chosen."""


def ask(store: Path, training: Path, benchmark: Path, number: int) -> dict[str, Any]:
    """Open a base and ask it.

    :param store: its folder.
    :param training: as the base was made of.
    :param benchmark: whose questions are asked.
    :param number: how many of them.
    :return: what was measured, as JSON holds it.
    """
    every = load_benchmark(benchmark).questions
    chosen = every[:: max(1, len(every) // number)][:number]
    opening = Times()
    opened = opening.taking(lambda: open_store(store))
    found: dict[str, Any] = {"opening": opening.summary(), "opened": resident_bytes()}
    base = _base(opened, opened.searcher)
    plain = _base(opened, opened.searcher.varied(settings=SearchSettings(read=0)))
    first = Times()
    first.taking(lambda: plain.ask(_WARMING))  # lists of words are read at the first question
    for one in [one for one in every if one not in chosen][:_BEFORE]:
        plain.ask(one.query)
    found |= {"first": first.summary(), "plain": _asked(plain.ask, chosen), "asked": resident_bytes()}
    found |= {"read": _asked(base.ask, chosen), "reading": _asked(base.read, chosen)}
    found |= _found(base, chosen)
    names = gold_names(sources(training, benchmark))
    if next(iter(names.values())) in opened.library.clauses:
        exact = opened.searcher.varied(dense=opened.searcher.dense.exact())
        bases = {"lists": base, "exact": _base(opened, exact)}
        found["judged"] = {name: _judged(one, chosen, names) for name, one in bases.items()}
    rows = np.random.default_rng(0).choice(opened.searcher.dense.count, _SAMPLE)
    found["likeness"] = likeness(opened.searcher.dense.vectors(np.unique(rows)))
    return found


def _base(opened: Opened, searcher: Searcher) -> KnowledgeBase:
    return KnowledgeBase(opened.library, searcher, opened.reader, opened.corpus, opened.sha, opened.office)


def _asked(work: Callable[[str], object], questions: Sequence[Question]) -> dict[str, float]:
    times = Times()
    for one in questions:
        times.taking(lambda text=one.query: work(text))  # type: ignore[misc]
    return times.summary()


def _found(base: KnowledgeBase, questions: Sequence[Question]) -> dict[str, Any]:
    """Time the two ways of searching by themselves, and hold what the lists find against what all vectors give."""
    searcher = base.searcher
    ways = {"lists": searcher.dense, "exact": searcher.dense.exact()}
    watched = {name: _first_search(searcher, dense) for name, dense in ways.items()}
    found: dict[str, list[list[str]]] = {name: [] for name in ways}
    for one in questions:
        asked = base.read(one.query)
        for name, (search, _) in watched.items():
            found[name].append([clause for clause, _ in search.find(asked, Scope()).best[DENSE]])
    shares = {
        str(depth): statistics.fmean(
            len({*got[:depth]} & {*want[:depth]}) / max(1, len(want[:depth]))
            for got, want in zip(found["lists"], found["exact"], strict=True)
        )
        for depth in _DEPTHS
    }
    times = {name: {way: each.summary() for way, each in watch.times.items()} for name, (_, watch) in watched.items()}
    return {"ways": times, "recall": shares, "is_exact": searcher.dense.is_exact}


def _first_search(searcher: Searcher, dense: DenseIndex) -> tuple[FirstSearch, Watched]:
    settings, places = SearchSettings(), Places(outline_of(searcher.passages))
    watched = Watched(LocalVectors(places, searcher.lexical, dense))
    return FirstSearch(searcher.lexical, watched, searcher.embedder, settings), watched


def _judged(base: KnowledgeBase, questions: Sequence[Question], names: Mapping[str, str]) -> dict[str, float]:
    """Give the share of what is relevant that is among the first hits."""
    found = [[hit.clause.clause_id for hit in base.search(one.query, k=max(_CUTS)).hits] for one in questions]
    gold = [{names[each.clause_id] for each in one.gold} for one in questions]
    return {
        str(cut): statistics.fmean(len(want & {*got[:cut]}) / len(want) for want, got in zip(gold, found, strict=True))
        for cut in _CUTS
    }
