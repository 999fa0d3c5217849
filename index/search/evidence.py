"""The sentences of a clause that answer, which are shown first, and whether a clause cites a document."""

from __future__ import annotations

from collections.abc import Sequence

from index.references.spelling import spelt
from index.search.candidates import SearchSettings
from index.search.passages import BETWEEN, Passage, bare
from ingest.records import Sentence


def evidence_of(clause: Sequence[Passage], scores: Sequence[float], settings: SearchSettings) -> tuple[Sentence, ...]:
    """Choose the sentences of a clause that answer; one that only repeats a heading says nothing new.

    :param clause: all sentences of one clause.
    :param scores: the score of each.
    :param settings: how many at most, and how near to the best.
    :return: at least one sentence, the best first, equals in reading order.
    """
    rows = range(len(clause))
    ranked = sorted([row for row in rows if not _is_heading(clause[row])] or rows, key=lambda row: (-scores[row], row))
    least = scores[ranked[0]] - settings.evidence_lead
    chosen = [row for row in ranked if scores[row] >= least][: settings.evidence_count]
    return tuple(clause[row].sentence for row in chosen)


def cites(clause: Sequence[Passage], names: Sequence[str]) -> bool:
    """Tell whether a clause holds all names of documents that are not the base's own.

    :param clause: its sentences.
    :param names: numbers or titles.
    :return: whether it does.
    """
    text = spelt(clause[0].clause.text) if names and clause else ""
    return all(spelt(name).strip("《》") in text for name in names)


def _is_heading(passage: Passage) -> bool:
    return bare(passage.text) in map(bare, passage.headings.split(BETWEEN))
