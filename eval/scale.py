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
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from eval.machine import cores, peak_words
from index.streams import put, speak_utf8, tell

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
class _Built:
    """What building took."""

    making: float
    building: float
    sentences: int
    distinct: int
    peak: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What opening took, and the middle of several times for each question."""

    opening: float
    seconds: tuple[float, ...]
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
    yield "变造文件", f"{built.making:.1f} 秒"
    yield "建库（含变造）", f"{built.building:.1f} 秒"
    yield "建库内存峰值", built.peak
    size = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    yield "知识库大小", f"{size / 2**20:.0f} MiB"
    asked = _apart(_ask, store)
    yield "打开", f"{asked.opening:.2f} 秒"
    for name, seconds in zip(QUESTIONS, asked.seconds, strict=True):
        yield f"{name}：{QUESTIONS[name]}", f"{seconds * 1000:.0f} 毫秒"
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
    from index.search.embedder import EmbedderSettings
    from index.store.build import write_store
    from index.store.corpus import Reading, list_corpus
    from index.store.facts import read_by
    from index.store.lock import locked
    from index.store.readings import entry_of
    from ingest import read_document

    listing = list_corpus(corpus, store)
    if not listing.files:
        raise listing.faults[0]
    documents = [read_document(file.path) for file in listing.files]
    started = time.perf_counter()
    texts = [
        hash(s.text) for one in variants(documents, count, SEED) for clause in one.clauses for s in clause.sentences
    ]
    making, started = time.perf_counter() - started, time.perf_counter()
    entries = (entry_of(Reading(one.source.path, one)) for one in variants(documents, count, SEED))
    with locked(store):
        written = write_store(entries, read_by(corpus), corpus, store, EmbedderSettings(), lambda share, step: None)
    building = time.perf_counter() - started
    return _Built(making, building, written.sentences, len(set(texts)), peak_words())


def _ask(store: Path) -> _Asked:
    from index.knowledge_base import KnowledgeBase

    started = time.perf_counter()
    base = KnowledgeBase.open(store)
    opening, opened = time.perf_counter() - started, peak_words()
    base.ask("低保怎么申请")  # the lists of words are read at the first question
    seconds = tuple(_middle(base.ask, question) for question in QUESTIONS.values())
    return _Asked(opening, seconds, opened, peak_words())


def _middle(ask: Callable[[str], object], question: str) -> float:
    times = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        ask(question)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
