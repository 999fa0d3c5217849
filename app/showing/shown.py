"""What the templates show of answers and clauses: records in, words, groups and runs of text out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from index.records import FOUND, RELATED, Answer, Comparison, Hit, Statement
from index.wording import (
    NEAR,
    day_words,
    doubt_words,
    list_words,
    named,
    page_numbers,
    page_words,
    reference_words,
)
from ingest.records import Metadata

WAYS = {"reference": "按文号条款查得", "lexical": "字词相合", "dense": "意思相近"}
_LEAD = 2
"""Sentences that lead an answer at most."""
_KINDS = (("目标", "target"), ("现状（文件写的已有情况）", "achieved"), ("时限", "limit"), ("适用条件", "condition"))


@dataclass(frozen=True, slots=True)
class Put:
    """How a question was put: within which document (in words, empty for all), what was searched, and whether others answer.

    ``gold`` are the clauses that should answer (标准答案), by id and citation; the citation is empty for one that the base has not.
    """

    scope: str = ""
    searched: str = "全部文件"
    elsewhere: bool = False
    gold: tuple[tuple[str, str], ...] = ()

    @property
    def gold_ids(self) -> frozenset[str]:
        """The ids of the clauses that should answer."""
        return frozenset(clause_id for clause_id, _ in self.gold)

    def absent(self, answer: Answer) -> list[tuple[str, str]]:
        """Those of the clauses that should answer that are not shown in an answer; 文件信息 shows none."""
        shown = set() if answer.kind == "facts" else {hit.clause.clause_id for hit in answer.hits}
        return [one for one in self.gold if one[0] not in shown]


def chinese_date(iso: str | None) -> str:
    """Word a day: 2023年11月6日; empty where there is none."""
    return day_words(iso) if iso else ""


def announced(answer: Answer) -> str:
    """Say in one line what came of a question, for who listens: 找到 1 条，第7页."""
    if answer.status != FOUND:
        return NEAR[RELATED][0] if answer.status == RELATED and answer.hits else "库中没有"
    if answer.kind == "facts":
        return "文件信息"
    if answer.kind in ("list", "part"):
        return list_words(answer)
    if answer.kind == "compare":
        return f"对比 {len(answer.comparisons)} 项指标"
    first = "首条" if len(answer.hits) > 1 else ""
    return f"找到 {len(answer.hits)} 条，{first}{page_words(pages(answer.hits[0]))}"


def said(hit: Hit) -> str:
    """The sentence that answers, or the clause where none is named."""
    words = hit.evidence[0].text if hit.evidence else hit.clause.text
    return words + doubt_words(hit.evidence[:1] or hit.clause.sentences)


def leading(hit: Hit) -> list[str]:
    """The sentences that lead, in reading order; none where the clause is named, is one sentence, or is a row."""
    if hit.clause.cells or len(hit.clause.sentences) < 2 or "reference" in hit.found_by or not hit.evidence:
        return []
    first = sorted(hit.evidence[:_LEAD], key=lambda one: one.start)
    return [one.text.strip() + doubt_words([one]) for one in first]


def runs(hit: Hit) -> Iterator[tuple[str, bool, bool]]:
    """Cut a clause at its answering sentences and its references: words, whether they answer, whether they refer."""
    text, evidence = hit.clause.text, sorted(hit.evidence, key=lambda one: one.start)
    ends = {one.end: doubt_words([one]) for one in evidence}
    cuts = {0, len(text), *ends, *(one.start for one in evidence)}
    cuts |= {at for one in hit.references for at in (one.start, one.end)}
    for start, end in pairwise(sorted(cuts)):
        answers = any(one.start <= start < one.end for one in evidence)
        yield text[start:end], answers, any(one.start <= start < one.end for one in hit.references)
        yield ends.get(end, ""), False, False


def references(hit: Hit) -> list[tuple[str, str, str]]:
    """What a clause refers to, each once: the words, what they lead to, and the clause that is meant, empty for none."""
    return list(
        dict.fromkeys((one.text, reference_words(one), next(iter(one.clause_ids), "")) for one in hit.references)
    )


def ways(hit: Hit) -> list[str]:
    """How a clause was found, in words."""
    return [WAYS[way] for way in hit.found_by]


def pages(hit: Hit) -> list[int]:
    """Pages of the answering sentence, or of the clause where none is named; a web page has none."""
    return page_numbers(hit.evidence[0].pages if hit.evidence else hit.clause.pages)


def by_document(hits: Sequence[Hit]) -> list[tuple[Metadata, list[Hit]]]:
    """Group hits by document, in the order of each document's first."""
    groups: dict[Metadata, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.document, []).append(hit)
    return list(groups.items())


def by_table(hits: Sequence[Hit]) -> Iterator[tuple[bool, list[Hit]]]:
    """Part hits into runs of rows of one table, marked True, and of other clauses."""
    for names, group in groupby(hits, key=lambda hit: tuple(name for name, _ in hit.clause.cells)):
        yield bool(names), list(group)


def shared(before: Hit, hit: Hit) -> int:
    """Count the headings that a clause shares with the one before it."""
    same = 0
    for ours, theirs in zip(hit.clause.heading_path, before.clause.heading_path, strict=False):
        if ours != theirs:
            break
        same += 1
    return same


def by_kind(answer: Answer) -> list[tuple[str, list[Statement]]]:
    """Part what an answer states by what it is: an aim, what has been reached, a span of time, a threshold."""
    parted = ((name, [one for one in answer.targets if one.target.kind == kind]) for name, kind in _KINDS)
    return [(name, targets) for name, targets in parted if targets]


def writing(answer: Answer, field: str) -> list[Hit]:
    """Other clauses found, of the document that answers, that write targets or units, at most two."""
    others = (hit for hit in answer.hits[1:] if hit.document == answer.hits[0].document)
    return [hit for hit in others if getattr(hit.clause, field)][:2]


def place_within(citation: str, document: Metadata) -> str:
    """The place within its document that a citation gives.

    >>> place_within("《甲〈乙〉办法》（甲发〔2023〕1号）第三部分第（一）项“二是”", Metadata("甲发〔2023〕1号", "甲《乙》办法"))
    '第三部分第（一）项“二是”'

    :param citation: of a clause.
    :param document: in which it stands.
    :return: the citation without its document, or whole where it gives no place or names another, such as the covering notice.
    """
    return citation.removeprefix(named(document)) or citation


def by_columns(comparisons: Sequence[Comparison]) -> list[list[Comparison]]:
    """Put comparisons of the same documents together, each such group for a table of its own."""
    groups: dict[tuple[Metadata, ...], list[Comparison]] = {}
    for one in comparisons:
        groups.setdefault(one.documents, []).append(one)
    return list(groups.values())
