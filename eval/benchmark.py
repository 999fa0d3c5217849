"""python -m eval.benchmark: how long reading and answering take here, and how much memory.

It measures and judges nothing: figures belong to the machine they were taken on.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from eval.machine import cores, peak_words
from eval.questions import QUESTIONS, QuestionsError, load_questions
from eval.settings import in_company
from eval.systems.cache import Cache
from eval.systems.registry import Search, systems
from index.errors import KnowledgeBaseError
from index.knowledge_base import KnowledgeBase
from index.streams import put, speak_utf8, tell
from ingest import read_document
from ingest.errors import IngestError

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("bm25", "fused")
"""Words alone, and the product: the ratio shows what the vectors cost."""

SHOWN = 5
"""How many clauses are asked for, as the command line does."""

PERCENTILES = (50, 90, 95, 99)
"""Shares of the questions, in percent, that are answered within the times given."""

T = TypeVar("T")


def parse_args(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; exits with 2 on wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmark", description="测量读取和检索的用时与内存。")
    parser.add_argument(
        "--documents", type=Path, default=ROOT / "corpus" / "documents", metavar="DIR", help="PDF 所在文件夹"
    )
    parser.add_argument("--questions", type=Path, default=QUESTIONS, metavar="FILE")
    parser.add_argument(
        "--store", type=Path, default=Path(".store"), metavar="DIR", help="知识库所在文件夹（默认 .store）"
    )
    parser.add_argument("--company", type=Path, metavar="DIR", help="另测混入该 BEIR 语料后的检索用时")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="存放建好的索引，下次直接用；默认不存")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="每个问题问几遍，默认 3")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print.

    :param arguments: the command line; None for the one the process was started with.
    :return: 0, or 1 where a document, the questions or the store is at fault.
    """
    options = parse_args(arguments)
    try:
        for line in _measure(options):
            put(line)
    except (IngestError, QuestionsError, KnowledgeBaseError) as error:
        tell(f"错误：{error}")
        return 1
    return 0


def latencies(
    searches: Mapping[str, Search], queries: Sequence[str], rounds: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, list[float]]:
    """Time every query on every system, turn and turn about, so that a slow spell of the machine hits all alike.

    :param searches: systems by name; each is warmed up with the first query, untimed.
    :param queries: at least one.
    :param rounds: how often to go through them.
    :param clock: tells seconds.
    :return: seconds of each call, by system, in the order of the calls.
    """
    for search in searches.values():
        search(queries[0])
    seconds: dict[str, list[float]] = {name: [] for name in searches}
    for query in [query for _ in range(rounds) for query in queries]:
        for name, search in searches.items():
            started = clock()
            search(query)
            seconds[name].append(clock() - started)
    return seconds


def latency_lines(seconds: Mapping[str, Sequence[float]]) -> list[str]:
    """Put latencies in words: the :data:`PERCENTILES` of each system, and the ratio of the medians.

    :param seconds: seconds of each call, by system; the last system is compared with the first.
    :return: lines in Chinese, in milliseconds.
    """
    lines = []
    for name, each in seconds.items():
        shares = zip(PERCENTILES, np.percentile(each, PERCENTILES) * 1000, strict=True)
        within = "，".join(f"{share}% 在 {limit:.1f} 毫秒以内" for share, limit in shares)
        lines.append(f"检索 {name}：{within}（{len(each)} 次）")
    first, *_, last = seconds
    ratio = statistics.median(seconds[last]) / statistics.median(seconds[first])
    return [*lines, f"{last} 与 {first} 的中位数之比：{ratio:.2f}"]


def _measure(options: argparse.Namespace) -> Iterator[str]:
    yield f"可用处理器核心：{cores()}"
    files = sorted(options.documents.glob("*.pdf"))
    if not files:
        raise QuestionsError(str(options.documents), "文件夹里没有 PDF", "请用 --documents 指定放 PDF 的文件夹")
    total = 0.0
    for file in files:
        document, seconds = _timed(partial(read_document, file))
        total += seconds
        yield f"读取 {file.name}：{seconds:.1f} 秒，{len(document.page_sizes)} 页，{len(document.clauses)} 条"
    yield f"读取 {len(files)} 份 PDF 共 {total:.1f} 秒；内存峰值 {peak_words()}"
    base, seconds = _timed(partial(KnowledgeBase.open, options.store))
    yield f"打开知识库：{seconds:.2f} 秒"
    queries = [question.query for question in load_questions(options.questions)]
    yield from latency_lines(latencies(systems(base, NAMES, depth=SHOWN), queries, options.rounds))
    if options.company:
        crowd, seconds = _timed(partial(in_company, base, options.company, Cache(options.cache)))
        yield f"混入 {options.company.name} 后共 {len(crowd.searcher.passages)} 句，建索引 {seconds:.1f} 秒"
        yield from latency_lines(latencies(systems(crowd, NAMES, depth=SHOWN), queries, options.rounds))
    yield f"全程内存峰值 {peak_words()}"


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
