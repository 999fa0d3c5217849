"""The sentences of a clause that answer, which are shown first, and whether a clause cites a document."""

from __future__ import annotations

from collections.abc import Sequence

from index.references.spelling import spelt
from index.search.candidates import SearchSettings
from index.search.coverage import plain
from index.search.passages import Passage
from ingest.records import Sentence


def evidence_of(clause: Sequence[Passage], scores: Sequence[float], settings: SearchSettings) -> tuple[Sentence, ...]:
    """Choose the sentences of a clause that answer; one that only repeats its heading says nothing new.

    :param clause: all sentences of one clause.
    :param scores: the score of each.
    :param settings: how many at most, and how near to the best.
    :return: at least one sentence, the best first, equals in reading order.
    """
    rows = range(len(clause))
    no_heading = [row for row in rows if not (settings.heading_is_no_evidence and _is_heading(clause[row]))]
    ranked = sorted(no_heading or rows, key=lambda row: (-scores[row], row))
    least = scores[ranked[0]] * settings.evidence_share
    chosen = [row for row in ranked if scores[row] >= least][: settings.evidence_count]
    return tuple(clause[row].sentence for row in chosen)


def cites(clauses: Sequence[Sequence[Passage]], names: Sequence[str]) -> bool:
    """Tell whether the best clause holds all names of documents that are not the base's own.

    :param clauses: sentences of the best clauses.
    :param names: numbers or titles.
    :return: whether it does.
    """
    text = spelt(clauses[0][0].clause.text) if names and clauses else ""
    return all(spelt(name).strip("《》") in text for name in names)


def _is_heading(passage: Passage) -> bool:
    path = passage.clause.heading_path
    return bool(path) and plain(passage.text) == plain(path[-1])
