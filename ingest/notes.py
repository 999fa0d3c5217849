"""Footnotes (脚注) given back to the clauses that their marks stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.pages import Page
from ingest.records import Clause

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def with_notes(clauses: Iterable[Clause], pages: Sequence[Page]) -> tuple[list[Clause], list[str]]:
    """Adds to each clause the footnotes whose raised mark stands in its text.

    :param pages: the pages with their footnotes; a mark is looked for on its own page first, then anywhere.
    :return: the clauses, and a warning for each note whose mark stands in no clause.
    """
    kept = list(clauses)
    warnings = []
    for page in pages:
        for note in page.footnotes:
            mark = re.escape(note.mark.translate(_RAISED))
            pattern = re.compile(rf"(?<![⁰¹²³⁴⁵⁶⁷⁸⁹]){mark}(?![⁰¹²³⁴⁵⁶⁷⁸⁹])")
            bearing = [place for place, clause in enumerate(kept) if pattern.search(clause.text)]
            here = [place for place in bearing if page.number in kept[place].pages]
            if not bearing:
                warnings.append(f"脚注“{note.text[:20]}”的标记“{note.mark}”在正文里找不到，未归入条款")
                continue
            place = (here or bearing)[0]
            kept[place] = replace(kept[place], notes=(*kept[place].notes, note.text))
    return kept, warnings
