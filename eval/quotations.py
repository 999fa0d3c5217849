"""引文校核 judged: paragraphs with quotations and citations of documents of other offices, and alterations made of them.

``data/quotations/README.md`` tells where the paragraphs are from and what each alteration is to be told as.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from eval.alterations import KINDS, Draft, Expected
from eval.questions import QUESTIONS
from index.check.findings import VERDICTS, Finding
from index.knowledge_base import KnowledgeBase

PARAGRAPHS = QUESTIONS.parent / "quotations" / "paragraphs.jsonl"
HALVES = {
    "building": "据以编写的一半",
    "held_out": "留出的一半",
    "fresh": "新写的二十段",
    "second_fresh": "再次新写的二十段",
    "third_fresh": "第三次新写的二十段",
    "fourth_fresh": "第四次新写的二十段",
    "fifth_fresh": "第五次新写的二十段",
}
"""Sets of paragraphs with their titles: the two halves of the first twenty, and five times twenty written after all before were opened."""
SEED = 20261128
EACH = {half: 20 if half in ("building", "held_out") else 40 for half in HALVES}
"""Seed of the alterations, and how many are made of the paragraphs of each set."""
_STEP = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft with what was expected of it and what was found; pairs are verdicts, None where one side has none."""

    draft: Draft
    pairs: tuple[tuple[str | None, str | None, str], ...]


def load(path: Path = PARAGRAPHS) -> list[Draft]:
    """Read the paragraphs.

    :param path: one JSON object a line.
    :return: drafts, none of them altered.
    """
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [_draft(line) for line in lines]


def _draft(line: dict[str, object]) -> Draft:
    text = str(line["text"])
    expected: list[Expected] = []
    end = 0
    for one in line["expected"]:  # type: ignore[attr-defined]
        quoted, cited = one["quoted"], one["cited"]
        start = text.index(quoted or cited, 0 if quoted else end)
        at = text.index(cited) if cited else -1
        spans = ((start, start + len(quoted or cited)), (at, at + len(cited)) if cited else None)
        expected.append(Expected(one["verdict"], *spans, bool(quoted)))
        end = start if quoted else start + len(cited)
    return Draft(str(line["id"]), str(line["half"]), "", text, tuple(expected), tuple(line["without"]))  # type: ignore[arg-type]


def altered(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Make alterations of paragraphs: :data:`EACH` of each set, kind by kind, each of the next paragraph that has a place for it.

    Where no paragraph has, the first kind that one has a place for is done instead.

    :param drafts: paragraphs.
    :return: altered drafts, each with the kind of what was done to it.
    """
    for half in HALVES:
        chosen, own = random.Random(SEED), [one for one in drafts if one.half == half]
        for turn in range(EACH[half] if own else 0):
            first = (_STEP * turn + turn // len(KINDS)) % len(own)
            wanted = list(KINDS)[turn % len(KINDS)]
            tried = ((kind, one) for kind in (wanted, *KINDS) for one in [*own[first:], *own[:first]])
            made = (replace(new, kind=kind) for kind, one in tried if (new := KINDS[kind](one, chosen)))
            yield from islice(made, 1)


def judge(base: KnowledgeBase, draft: Draft) -> Judged:
    """Check a draft and pair what was found with what was expected, by the words that they are about.

    :param base: the base.
    :param draft: a draft.
    :return: pairs of verdicts.
    """
    left = list(base.check(draft.text, draft.without).findings)
    pairs: list[tuple[str | None, str | None, str]] = []
    for one in draft.expected:
        found = next((each for each in left if _meets(one, each)), None)
        if found:
            left.remove(found)
        pairs.append((one.verdict, found.verdict if found else None, draft.text[slice(*one.span)]))
    return Judged(draft, (*pairs, *((None, one.verdict, one.quoted or one.cited) for one in left)))


def _meets(one: Expected, found: Finding) -> bool:
    return bool(found.quoted) == one.is_quotation and found.start < one.span[1] and one.span[0] < found.end


def report(base: KnowledgeBase, halves: Sequence[str] = tuple(HALVES), failures: bool = False) -> Iterator[str]:
    """Write precision and recall of each verdict, set by set.

    :param base: the base of all documents of other offices.
    :param halves: which sets to judge.
    :param failures: whether to list what was told wrong.
    :return: lines of text.
    """
    drafts = load()
    chosen = [one for one in (*drafts, *altered(drafts)) if one.half in halves]
    judged = [judge(base, one) for one in chosen]
    for half in halves:
        own, title = [one for one in judged if one.draft.half == half], HALVES[half]
        count = sum(not one.draft.kind for one in own)
        yield f"{title}（{count} 段原文，{len(own) - count} 处改动）"
        yield from _table(own)
        if failures:
            yield from _failures(own)
        yield ""


def _table(judged: Sequence[Judged]) -> Iterator[str]:
    yield f"{'':　<8}准确率  召回率   对  多  漏"
    pairs = [(expected, found) for one in judged for expected, found, _ in one.pairs]
    right = Counter(expected for expected, found in pairs if expected == found)
    told, wanted = Counter(found for _, found in pairs), Counter(expected for expected, _ in pairs)
    for verdict, name in VERDICTS.items():
        hits, more, missed = right[verdict], told[verdict] - right[verdict], wanted[verdict] - right[verdict]
        if hits + more + missed:
            yield f"{name:　<8}{_share(hits, more)} {_share(hits, missed)} {hits:4} {more:3} {missed:3}"


def _share(hits: int, others: int) -> str:
    return f"{hits / (hits + others):7.3f}" if hits + others else "      —"


def _failures(judged: Sequence[Judged]) -> Iterator[str]:
    for one in judged:
        for expected, found, about in one.pairs:
            if expected != found:
                words = (VERDICTS[verdict] if verdict else "无" for verdict in (expected, found))
                yield f"  {one.draft.id} {one.draft.kind or '原文'}：应为{next(words)}，答为{next(words)}：{about[:60]}"
