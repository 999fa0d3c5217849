"""Records to the HTML of the page, by the templates beside; every text of a document or a user is escaped there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension

from app.addresses import clause_address, document_address, original_address, pane_address, picture_address
from app.frames import path_words
from app.reading import anchor_of, place_address, reference_address, words_with_links
from index.records import Answer, Hit
from index.wording import (
    NEAR,
    NEAR_CLAUSES,
    UNSAID,
    doubt_words,
    is_marked,
    list_words,
    mark_words,
    page_numbers,
    page_words,
    place_words,
    reading_words,
    reference_words,
    rendition_words,
    statement_place,
    target_words,
    unit_words,
)
from ingest.records import Clause, Metadata, Sentence

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
WAYS = {"reference": "按文号条款查得", "lexical": "字词相合", "dense": "意思相近"}


def render_answer(answer: Answer) -> str:
    """Show an answer: the best clause open with what was read from it, a comparison, or a list; the rest as cards.

    :param answer: of the knowledge base.
    :return: HTML; where nothing answers, that is said first, and then come the near clauses, marked as such.
    """
    return str(_macros("answer.html").answer(answer))


def render_message(title: str, text: str, kind: str) -> str:
    """Show a message to the user.

    :param title: what is the matter, in a few words.
    :param text: what to do about it.
    :param kind: ``none``, ``fault`` or ``wait``: how it is drawn.
    :return: HTML.
    """
    return str(_macros("message.html").message(title, text, kind))


def render_shelf(documents: Iterable[Metadata]) -> str:
    """Show which documents can be asked.

    :param documents: in the order of the base.
    :return: HTML.
    """
    return str(_macros("document.html").shelf(documents))


def render(template: str, macro: str, *given: object) -> str:
    """Fill a template.

    :param template: name of its file.
    :param macro: which of its macros.
    :param given: what that takes.
    :return: HTML.
    """
    return str(getattr(_macros(template), macro)(*given))


class _OneLine(Extension):
    """Leaves out the line breaks and indents of a template: its layout is for who reads it, not for the page."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return "".join(line.strip() for line in source.splitlines())


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=[_OneLine],
    )
    made.globals.update(UNSAID=UNSAID, NEAR=NEAR, NEAR_CLAUSES=NEAR_CLAUSES)
    made.filters.update(
        anchor=anchor_of,
        at=place_address,
        chinese_date=_chinese_date,
        clause_address=clause_address,
        document_address=document_address,
        doubt=doubt_words,
        has_boxes=_has_boxes,
        iso_words=_iso_words,
        is_marked=is_marked,
        list_words=list_words,
        linked=words_with_links,
        mark=mark_words,
        original_address=original_address,
        pane_address=_pane_address,
        path_words=path_words,
        placed=place_words,
        reference_address=reference_address,
        reference_words=reference_words,
        rendition=rendition_words,
        page_words=page_words,
        pages=_pages,
        picture=_picture,
        place=statement_place,
        readings=reading_words,
        references=_references,
        runs=_runs,
        said=_said,
        target_words=target_words,
        units=unit_words,
        ways=_ways,
    )
    return made


def _macros(template: str) -> Any:  # noqa: ANN401 - a macro of a template is known by its name alone
    return _environment().get_template(template).module


def _said(hit: Hit) -> str:
    """The sentence that answers, or the clause where none is named."""
    said = hit.evidence[0].text if hit.evidence else hit.clause.text
    return said + doubt_words(hit.evidence[:1] or hit.clause.sentences)


def _runs(hit: Hit) -> Iterator[tuple[str, bool, bool]]:
    """Cut a clause at its answering sentences and its references: words, whether they answer, whether they refer."""
    text, said = hit.clause.text, sorted(hit.evidence, key=lambda one: one.start)
    ends = {one.end: doubt_words([one]) for one in said}
    cuts = {0, len(text), *ends, *(one.start for one in said)}
    cuts |= {at for one in hit.references for at in (one.start, one.end)}
    for start, end in pairwise(sorted(cuts)):
        answers = any(one.start <= start < one.end for one in said)
        yield text[start:end], answers, any(one.start <= start < one.end for one in hit.references)
        yield ends.get(end, ""), False, False


def _references(hit: Hit) -> list[tuple[str, str]]:
    """What a clause refers to, each once: the words, and what they lead to."""
    return list(dict.fromkeys((one.text, reference_words(one)) for one in hit.references))


def _ways(hit: Hit) -> list[str]:
    return [WAYS[way] for way in hit.found_by]


def _pages(hit: Hit) -> list[int]:
    """Pages of the answering sentence, or of the clause where none is named; a web page has none."""
    return page_numbers(hit.evidence[0].pages if hit.evidence else hit.clause.pages)


def _picture(hit: Hit, page: int) -> str:
    """Address of a page with the answering sentences framed."""
    return picture_address(hit.clause.clause_id, page, (sentence.start for sentence in hit.evidence))


def _has_boxes(clause: Clause) -> bool:
    return any(one.boxes for one in clause.sentences)


def _pane_address(clause: Clause, sentences: Sequence[Sentence] = ()) -> str:
    return pane_address(clause.clause_id, (one.start for one in sentences))


def _iso_words(value: str) -> str:
    """A day in words where the value is one, else the value."""
    return _chinese_date(value) if _DAY.fullmatch(value) else value


def _chinese_date(iso: str | None) -> str:
    year, month, day = (iso or "0-0-0").split("-")
    return f"{year}年{int(month)}月{int(day)}日" if iso else ""
