"""Records to the HTML of the page, by the templates beside; every text of a document or a user is escaped there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension

from app import shown
from app.addresses import clause_address, document_address
from index.records import Answer
from index.wording import (
    NEAR,
    NEAR_CLAUSES,
    UNSAID,
    is_marked,
    list_words,
    mark_words,
    page_words,
    statement_place,
    target_words,
    unit_words,
)
from ingest.records import Metadata


def render_answer(answer: Answer, put: shown.Put = shown.Put()) -> str:  # noqa: B008 - frozen
    """Show an answer under its question: verdict, then a clause with what was read from it, a list, a part, a comparison.

    :param answer: of the knowledge base.
    :param put: how the question was put.
    :return: HTML; where nothing answers, that is said first, and then come the near clauses, marked as such.
    """
    return str(_macros("answer.html").answer(answer, put))


def render_message(title: str, text: str, kind: str, question: str = "") -> str:
    """Show a message to the user.

    :param title: what is the matter, in a few words.
    :param text: what to do about it.
    :param kind: ``none``, ``fault`` or ``wait``: how it is drawn.
    :param question: that it is the answer to; empty for none.
    :return: HTML.
    """
    return str(_macros("message.html").message(title, text, kind, question))


def render_shelf(documents: Sequence[Metadata], most: int = 12) -> str:
    """Show which documents can be asked.

    :param documents: in the order of the base.
    :param most: how many are shown; of the others the number is told.
    :return: HTML.
    """
    return str(_macros("document.html").shelf(documents[:most], len(documents)))


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
        announced=shown.announced,
        as_text=shown.as_text,
        by_columns=shown.by_columns,
        by_document=shown.by_document,
        by_kind=shown.by_kind,
        by_table=shown.by_table,
        chinese_date=shown.chinese_date,
        clause_address=clause_address,
        document_address=document_address,
        is_marked=is_marked,
        leading=shown.leading,
        list_words=list_words,
        mark=mark_words,
        page_words=page_words,
        pages=shown.pages,
        picture=shown.picture,
        place=statement_place,
        place_within=shown.place_within,
        references=shown.references,
        runs=shown.runs,
        said=shown.said,
        shared=shown.shared,
        target_words=target_words,
        units=unit_words,
        ways=shown.ways,
        writing=shown.writing,
    )
    return made


def _macros(template: str) -> Any:  # noqa: ANN401 - a macro of a template is known by its name alone
    return _environment().get_template(template).module
