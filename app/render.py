"""Records to the HTML of the page, by the templates beside; every text of a document or a user is escaped there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup

from app.addresses import TABS
from app.drafting.basket import TITLE, Entry, basket_text
from app.drafting.drafts import MOST_CHARACTERS, cards_of, counts_of, legend, lines_of
from app.drafting.report import TITLE as REPORT
from app.filters import FILTERS
from app.showing import shown
from index.check.findings import Checked
from index.records import Answer
from index.wording import NEAR, NEAR_CLAUSES, UNSAID
from ingest.records import Metadata

_STYLES = Path(__file__).parent / "static" / "css"


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


def render_fault(root: str, message: str, remedy: str) -> str:
    """Say on a page of its own what is wrong with an address or a request.

    :param root: path below which the application is shown.
    :param message: what is wrong.
    :param remedy: what to do about it.
    :return: a whole page.
    """
    return str(_macros("fault.html").page(root, message, remedy))


def render_reference(root: str, openapi: dict[str, Any]) -> str:
    """Show programmers what they can ask.

    :param root: path below which the application is shown.
    :param openapi: the OpenAPI document.
    :return: a whole page.
    """
    return str(_macros("reference.html").page(root, openapi))


def render_basket(entries: Sequence[Entry]) -> str:
    """Show what a basket holds.

    :param entries: as the base has them now.
    :return: HTML.
    """
    files = (("basket.docx", f"{TITLE}.docx", "导出 Word"), ("basket.md", f"{TITLE}.md", "导出 Markdown"))
    return str(_macros("basket.html").basket(entries, basket_text(entries), files))


def render_drafting(suffixes: Iterable[str]) -> str:
    """Show the 起草 tab before anything is checked.

    :param suffixes: of the files that are read, with their dots.
    :return: HTML.
    """
    return str(_macros("drafting.html").drafting(MOST_CHARACTERS, ",".join(suffixes), legend()))


def render_check(checked: Checked) -> str:
    """Show a draft with what was found of its quotations and citations.

    :param checked: of the knowledge base.
    :return: HTML.
    """
    return str(_macros("check.html").check(counts_of(checked), lines_of(checked), cards_of(checked)))


def render_report(checked: Checked, taken: Collection[int], base: str) -> str:
    """Write what was found of a draft as a page that stands by itself.

    :param checked: of the knowledge base.
    :param taken: numbers of the suggestions that were taken up.
    :param base: the version of the base, in words.
    :return: an HTML document.
    """
    style = Markup("".join((_STYLES / name).read_text(encoding="utf-8") for name in ("tokens.css", "report.css")))
    told = _macros("report.html").report(REPORT, counts_of(checked), cards_of(checked), taken, base, style)
    return str(told)


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
    made.globals.update(TABS=TABS, UNSAID=UNSAID, NEAR=NEAR, NEAR_CLAUSES=NEAR_CLAUSES)
    made.filters.update(FILTERS)
    return made


def _macros(template: str) -> Any:  # noqa: ANN401 - a macro of a template is known by its name alone
    return _environment().get_template(template).module
