"""A base of made documents: its segments are written once for all sizes, each in a process of its own, and put together."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from eval.machine import peak_bytes
from eval.scale.copying import copied
from eval.scale.documents import Part, Planned, Sources
from eval.scale.drawing import Drawn
from index.search import embedder as embedders
from index.search.arrays import Vectors
from index.search.embedder import EmbedderSettings
from index.store import generations
from index.store.codec import decode_all, encode_all, layout
from index.store.entries import ENTRIES, Entry, Reading, entry_of
from index.store.facts import facts_of, read_by, recipe_with
from index.store.lock import locked
from index.store.segment_writing import Material, write_segment
from ingest.records import Document


@dataclass(frozen=True, slots=True)
class Plan:
    """What bases are made of.

    Folders of texts, the file of the benchmark's vectors, how many parts have texts of their own, and where segments lie.
    """

    training: Path
    benchmark: Path
    vectors: Path
    distinct: int
    segments: Path


def build(plan: Plan, clauses: int, store: Path, workers: int) -> dict[str, Any]:
    """Build a base.

    :param plan: what it is made of.
    :param clauses: their number.
    :param store: its folder.
    :param workers: segments that are written at once.
    :return: what it took, as JSON holds it; of segments that are copies, as long as those that they are copies of.
    """
    parts = sources(plan.training, plan.benchmark).parts(clauses, plan.distinct)
    for some in ([one for one in parts if not one.copy], [one for one in parts if one.copy]):
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
            list(pool.map(partial(write_part, plan), some))
    started, corpus = time.process_time(), store.parent / "corpus"
    for folder in (corpus, store / generations.SEGMENTS):
        folder.mkdir(parents=True, exist_ok=True)
    with locked(store):
        entries = [entry for one in parts for entry in _taken(plan, one, store)]
        entries.sort(key=lambda entry: entry.order)
        settings = EmbedderSettings()
        state: dict[str, dict[str, Any]] = {"sources": {}, "removed": {}, "faults": {}}
        facts = facts_of(entries, read_by(corpus), settings, embedders.load(settings), state)
        generations.write(store, corpus, facts, [(ENTRIES, encode_all(entries))])
    took = [json.loads((plan.segments / f"{one.of or one.name}.json").read_text()) for one in parts]
    return {
        "documents": len(entries),
        "clauses": sum(entry.clauses for entry in entries),
        "sentences": sum(entry.sentences for entry in entries),
        "segments": len(parts),
        "copies": sum(one.copy > 0 for one in parts),
        "making": sum(one["making"] for one in took),
        "writing": sum(one["writing"] for one in took) + time.process_time() - started,
        "peak": max([peak_bytes() or 0, *(one["peak"] for one in took)]),
        "store": sum(path.stat().st_size for path in store.rglob("*") if path.is_file()),
    }


def _taken(plan: Plan, part: Part, store: Path) -> Sequence[Entry]:
    """Take a segment into a store, its files shared by all stores."""
    entries = decode_all(Entry, (plan.segments / f"{part.name}.entries").read_bytes())
    target = store / generations.SEGMENTS / entries[0].segment
    if not target.exists():
        target.mkdir()
        for path in (plan.segments / part.name / generations.SEGMENTS / target.name).iterdir():
            os.link(path, target / path.name)
    return entries


def write_part(plan: Plan, part: Part) -> None:
    """Write a segment, where it is not there yet, with its entries and what it took beside it."""
    done = plan.segments / f"{part.name}.json"
    if done.exists():
        return
    started, beside = time.process_time(), plan.segments / part.name
    beside.mkdir(parents=True, exist_ok=True)
    drawn = Drawn(np.load(plan.vectors, mmap_mode="r"))
    if part.copy:
        before = decode_all(Entry, (plan.segments / f"{part.of}.entries").read_bytes())
        entries, made = copied(plan.segments / part.of, before, beside, part.copy, drawn), started
    else:
        known = sources(plan.training, plan.benchmark)
        given = list(_given(part, known, drawn))
        made = time.process_time()
        entries = _written(beside, given)
    (plan.segments / f"{part.name}.entries").write_bytes(b"".join(encode_all(entries)))
    took = {"making": made - started, "writing": time.process_time() - made, "peak": peak_bytes() or 0}
    done.write_text(json.dumps(took) + "\n")


def _given(part: Part, known: Sources, drawn: Drawn) -> Iterator[tuple[Document, Vectors]]:
    """Make the documents of a part with their vectors: of the benchmark's articles what the model made, of others what is drawn."""
    starts = np.cumsum([0, *(len(law.clauses) for law in known.laws)])
    for one in part.documents:
        document = known.made(one)
        yield document, _vectors(one, document, drawn, starts)


def _vectors(one: Planned, document: Document, drawn: Drawn, starts: Any) -> Vectors:  # noqa: ANN401
    if one.law >= 0:
        return np.asarray(drawn.real[starts[one.law] : starts[one.law + 1]], dtype=np.float32)
    return drawn.of(one.serial, sum(len(clause.sentences) for clause in document.clauses))


def _written(folder: Path, given: Sequence[tuple[Document, Vectors]]) -> list[Entry]:
    model = embedders.load(EmbedderSettings())
    facts: Mapping[str, Any] = {"records": layout(Reading), "recipe": recipe_with(model)}
    entries = [entry_of(f"{document.key}.txt", document) for document, _ in given]
    materials = (
        Material(Reading(entry.name, document), vectors)
        for entry, (document, vectors) in zip(entries, given, strict=True)
    )
    digest = write_segment(folder, facts, entries, materials, model.dimension)
    return [replace(entry, segment=digest, row=row) for row, entry in enumerate(entries)]


@cache
def sources(training: Path, benchmark: Path) -> Sources:
    """Give the texts of folders; read once in a process."""
    return Sources(training, benchmark)
