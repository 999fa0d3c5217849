"""python -m eval.scale: what a base of many documents costs: time and memory of building, opening and asking.

The documents are variants of the real ones (:mod:`eval.variants`), made in memory as they would be read from files,
so that the reading of PDFs is no part of it; ``python -m eval.benchmark`` measures that. Each stage runs in a process
of its own, whose peak memory is the stage's. Figures belong to the machine they were taken on.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from eval.machine import cores, peak_words
from index.search import embedder as embedders
from index.search.embedder import EmbedderSettings
from index.store import pending
from index.store.codec import encode
from index.store.entries import Entry, Reading, entry_of
from index.store.readings import pending_reading
from index.streams import put, speak_utf8, tell
from ingest.records import Document

SEED = 20231106
QUESTIONS = {
    "一般提问": "养老床位到2025年要达到多少",
    "列举": "列出所有提到养老床位的条款",
    "对照": "全市和浦东的养老床位目标分别是多少",
}
"""A plain question, one for a list and one for a comparison."""

_ROUNDS = 3

T = TypeVar("T")


class _StageError(Exception):
    """What a stage ended with, in words: errors with more fields than one do not travel between processes."""


@dataclass(frozen=True, slots=True)
class _Took:
    """Seconds by the clock, and of the processor alone, which a busy machine does not lengthen much."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.2f} 秒（处理器 {self.processor:.2f} 秒）"


@dataclass(frozen=True, slots=True)
class _Built:
    """What building took."""

    making: _Took
    building: _Took
    sentences: int
    distinct: int
    peak: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What opening took, and the middle of several times for each question."""

    opening: _Took
    answering: tuple[_Took, ...]
    opened: str
    peak: str


def parse_args(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; exits with 2 on wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.scale", description="测量大知识库的建库、打开、提问用时与内存。"
    )
    parser.add_argument("--documents", type=int, default=300, metavar="N", help="变造多少份文件，默认 300")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="照着变造的文件所在文件夹")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="知识库留在此文件夹；默认量完即删")
    options = parser.parse_args(arguments)
    if options.documents < 1:
        parser.error(f"--documents 至少为 1，不是 {options.documents}")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table.

    :param arguments: the command line; None for the one the process was started with.
    :return: 0, or 1 where the corpus or the store is at fault.
    """
    options = parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as folder:
            for name, value in _measure(options, options.keep or Path(folder)):
                put(f"{name}\t{value}")
    except _StageError as error:
        tell(f"错误：{error}")
        return 1
    return 0


def _measure(options: argparse.Namespace, store: Path) -> Iterator[tuple[str, str]]:
    yield "可用处理器核心", str(cores())
    built = _apart(_build, options.corpus, store, options.documents)
    yield "文件", str(options.documents)
    yield "句子（其中不同的）", f"{built.sentences}（{built.distinct}）"
    yield "变造文件", str(built.making)
    yield "建库（含变造）", str(built.building)
    yield "建库内存峰值", built.peak
    size = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    yield "知识库大小", f"{size / 2**20:.0f} MiB"
    asked = _apart(_ask, store)
    yield "打开", str(asked.opening)
    for name, took in zip(QUESTIONS, asked.answering, strict=True):
        yield f"{name}：{QUESTIONS[name]}", str(took)
    yield "打开后内存峰值", asked.opened
    yield "提问后内存峰值", asked.peak


def _apart(stage: Callable[..., T], *arguments: object) -> T:
    """Run a stage in a fresh process: what an earlier one has held would else count as its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_run, stage, arguments).result()


def _run(stage: Callable[..., T], arguments: Sequence[object]) -> T:
    from index.errors import KnowledgeBaseError
    from ingest.errors import IngestError

    try:
        return stage(*arguments)
    except (IngestError, KnowledgeBaseError) as error:
        raise _StageError(str(error)) from error


def _build(corpus: Path, store: Path, count: int) -> _Built:
    from eval.variants import variants
    from index.store.corpus import list_corpus
    from index.store.facts import read_by
    from index.store.held import Held
    from index.store.lock import locked
    from index.store.writing import Work, write_base
    from ingest import read_document

    listing = list_corpus(corpus, store)
    if not listing.files:
        raise listing.faults[0]
    documents = [read_document(file.path) for file in listing.files]

    def texts() -> set[int]:
        made = variants(documents, count, SEED)
        return {hash(part.text) for one in made for clause in one.clauses for part in clause.sentences}

    def write() -> int:
        settings, by = EmbedderSettings(), read_by(corpus)
        work = Work(corpus, store, by, settings, embedders.load(settings), lambda share, step: None)
        with locked(store):
            entries = [_waiting(one, store, by.reader) for one in variants(documents, count, SEED)]
            held = Held(store, corpus, verify=False, noted=False)
            placed, _ = write_base(work, held, entries, {"sources": {}, "removed": {}, "faults": {}}, compact=True)
        return sum(entry.sentences for entry in placed.entries)

    distinct, making = _timed(texts)
    sentences, building = _timed(write)
    return _Built(making, building, sentences, len(distinct), peak_words())


def _waiting(document: Document, store: Path, reader: str) -> Entry:
    """Put a document among what a build has read."""
    entry = replace(entry_of(document.source.path, document), reader=reader)
    pending.put(pending_reading(entry, store), encode(Reading(entry.name, document)))
    return entry


def _ask(store: Path) -> _Asked:
    from index.knowledge_base import KnowledgeBase

    base, opening = _timed(partial(KnowledgeBase.open, store))
    opened = peak_words()
    base.ask("低保怎么申请")  # the lists of words are read at the first question
    answering = tuple(_middle(partial(base.ask, question)) for question in QUESTIONS.values())
    return _Asked(opening, answering, opened, peak_words())


def _middle(work: Callable[[], object]) -> _Took:
    times = [_timed(work)[1] for _ in range(_ROUNDS)]
    clock, processor = zip(*((took.clock, took.processor) for took in times), strict=True)
    return _Took(statistics.median(clock), statistics.median(processor))


def _timed(work: Callable[[], T]) -> tuple[T, _Took]:
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, _Took(time.perf_counter() - clock, time.process_time() - processor)


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
