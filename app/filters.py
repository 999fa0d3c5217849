"""What the templates call by name: words, addresses and groups of the records that they are given."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.addresses import ask_address, clause_address, document_address, original_address, pane_address, tab_address
from app.feedback import shown_json
from app.figures.bars import bar_of
from app.figures.comparison import side_by_side
from app.figures.sheets import remarks, spanned
from app.showing import shown
from app.showing.citing import digest_of, in_gbt_7714, in_pages, in_prose, pages_of, with_source, words_of
from app.showing.frames import path_words
from app.showing.reading import anchor_of, place_address, reference_address, words_with_links
from index.answer_output import answer_text
from index.wording import (
    deadline_words,
    doubt_words,
    ground_words,
    is_marked,
    list_words,
    mark_words,
    page_words,
    place_words,
    reference_words,
    rendition_words,
    statement_place,
    target_words,
    unit_words,
    value_words,
)
from ingest.records import Clause, Sentence

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _has_boxes(clause: Clause) -> bool:
    return any(one.boxes for one in clause.sentences)


def _pane_address(clause: Clause, sentences: Sequence[Sentence] = ()) -> str:
    return pane_address(clause.clause_id, (one.start for one in sentences))


def _iso_words(value: str) -> str:
    """A day in words where the value is one, else the value."""
    return shown.chinese_date(value) if _DAY.fullmatch(value) else value


def _last_step(path: str) -> str:
    return path.rpartition("/")[2]


FILTERS: Mapping[str, Callable[..., Any]] = {
    "anchor": anchor_of,
    "announced": shown.announced,
    "as_text": answer_text,
    "ask_address": ask_address,
    "at": place_address,
    "bar": bar_of,
    "by_columns": shown.by_columns,
    "by_document": shown.by_document,
    "by_kind": shown.by_kind,
    "by_table": shown.by_table,
    "chinese_date": shown.chinese_date,
    "clause_address": clause_address,
    "clause_pages": pages_of,
    "deadline": deadline_words,
    "digest": digest_of,
    "document_address": document_address,
    "doubt": doubt_words,
    "ground": ground_words,
    "has_boxes": _has_boxes,
    "in_gbt_7714": in_gbt_7714,
    "in_pages": in_pages,
    "in_prose": in_prose,
    "is_marked": is_marked,
    "iso_words": _iso_words,
    "last_step": _last_step,
    "leading": shown.leading,
    "linked": words_with_links,
    "list_words": list_words,
    "mark": mark_words,
    "original_address": original_address,
    "page_words": page_words,
    "pages": shown.pages,
    "pane_address": _pane_address,
    "path_words": path_words,
    "place": statement_place,
    "place_within": shown.place_within,
    "placed": place_words,
    "quoted_words": words_of,
    "reference_address": reference_address,
    "reference_words": reference_words,
    "references": shown.references,
    "remarks": remarks,
    "rendition": rendition_words,
    "runs": shown.runs,
    "said": shown.said,
    "shared": shown.shared,
    "shown": shown_json,
    "side_by_side": side_by_side,
    "spanned": spanned,
    "tab_address": tab_address,
    "target_words": target_words,
    "units": unit_words,
    "value": value_words,
    "ways": shown.ways,
    "with_source": with_source,
    "writing": shown.writing,
}
"""Each filter by the name that a template calls it by."""
