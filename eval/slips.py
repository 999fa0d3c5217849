"""python -m eval slips: how many slips of typing are mended, and how many questions are changed that have none.

``eval/data/slips.jsonl`` has questions as a hurried person types them, each with one slip and its right spelling beside it; ``half`` says
which the reader was tuned on (``tuned``), which were looked at once at the end (``aside``), and which are on the documents of ``corpus/``
(``home``).
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from time import perf_counter

from eval.measures.metrics import SEED
from eval.offices import questions as offices
from eval.questions import QuestionsError, lines_of
from index.knowledge_base import KnowledgeBase
from index.question.slips import SlipReader

FILE = Path(__file__).parent / "data" / "slips.jsonl"
HOME = "home"
HALVES = {"tuned": "调过", "aside": "留出", HOME: "自家文件"}
KINDS = {
    "homophone": "同音",
    "near": "近音",
    "lookalike": "形近",
    "swapped": "颠倒",
    "missing": "漏字",
    "doubled": "重字",
}
CLEAN = 200
"""How many clean questions are drawn by seed, beside all of them."""

Mend = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Slipped:
    """A question with one slip, the question as it was meant, what sort of slip it is, and to which half it belongs."""

    query: str
    right: str
    kind: str
    half: str


def load(path: Path = FILE) -> tuple[Slipped, ...]:
    """Read the questions with slips.

    :param path: one JSON object a line.
    :return: the questions in the file's order.
    :raises QuestionsError: when a line is at fault.
    """
    found = []
    for number, line in enumerate(lines_of(path), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found.append(Slipped(row["query"], row["right"], row["kind"], row["half"]))
        except (ValueError, KeyError, TypeError) as error:
            form = "每行要有 query、right、kind 和 half"
            raise QuestionsError(str(path), f"这一行用不了（{error}）", form, number) from error
    return tuple(found)


def report(office: KnowledgeBase, home: KnowledgeBase | None, slips: Sequence[Slipped], shown: bool) -> Iterator[str]:
    """Measure the reader by the words of the base.

    :param office: the base of the offices' documents.
    :param home: that of ``corpus/``; None to leave its questions out.
    :param slips: the questions with slips.
    :param shown: whether every question is shown that is not mended rightly, or changed without need.
    :return: lines for standard output.
    """
    clean = [one.query for one in offices.load()]
    drawn = random.Random(SEED).sample(clean, CLEAN)
    bases = {half: home if half == HOME else office for half in HALVES}
    now = {half: _mender(base) for half, base in bases.items() if base}
    for half, mend in now.items():
        chosen = [one for one in slips if one.half == half]
        yield f"{HALVES[half]}，{len(chosen)} 题：改对 {_right(chosen, mend)}，改错 {_wrong(chosen, mend)}"
        by_kind = groupby(sorted(chosen, key=lambda one: list(KINDS).index(one.kind)), key=lambda one: one.kind)
        parts = ((kind, list(of_kind)) for kind, of_kind in by_kind)
        yield "  " + "，".join(f"{KINDS[kind]} {_right(of, mend)}/{len(of)}" for kind, of in parts)
        if shown:
            yield from (
                f"  {one.query} → {mend(one.query)}，应为 {one.right}" for one in chosen if mend(one.query) != one.right
            )
    mend = now["tuned"]
    for name, queries in ((f"无错字的 {CLEAN} 题", drawn), (f"无错字的全部 {len(clean)} 题", clean)):
        yield f"{name}：误改 {sum(mend(one) != one for one in queries)}"
    if shown:
        yield from (f"  {one} → {mend(one)}" for one in clean if mend(one) != one)
    yield f"每题 {_milliseconds(mend, clean):.1f} 毫秒"


def _mender(base: KnowledgeBase) -> Mend:
    reader = SlipReader(base.searcher.lexical)
    return lambda query: reader.mend(query)[0]


def _right(slips: Sequence[Slipped], mend: Mend) -> int:
    return sum(mend(one.query) == one.right for one in slips)


def _wrong(slips: Sequence[Slipped], mend: Mend) -> int:
    return sum(mend(one.query) not in (one.right, one.query) for one in slips)


def _milliseconds(mend: Mend, queries: Sequence[str]) -> float:
    """Time a question, in the mean, the lists made before."""
    start = perf_counter()
    for query in queries:
        mend(query)
    return 1000 * (perf_counter() - start) / len(queries)
