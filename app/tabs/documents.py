"""文件: the table of the base, and which documents it cites and does not hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.catalogue import COLUMNS, Wanted, choices, listing, rows_of
from app.desk import Desk
from app.render import render, render_message
from index.knowledge_base import KnowledgeBase

_CITED = 100
"""Documents not held that are listed at once."""

_MADE_READY = 1000
"""Documents of a base that is read through when it is opened: some ten milliseconds each."""


def router(desk: Desk) -> APIRouter:
    """Give the routes of this tab.

    :param desk: what holds the base.
    :return: /view/documents with its table and its list of documents that are not held.
    """
    routes = APIRouter()
    desk.on_open.append(lambda base: make_ready(base, date.today().isoformat()))

    @routes.get("/view/documents")
    def _whole() -> HTMLResponse:
        desk.catch_up()
        return _answer(desk, lambda base: whole(base, date.today().isoformat()))

    @routes.get("/view/documents/table")
    def _table(request: Request) -> HTMLResponse:
        wanted = read_wanted(dict(request.query_params))
        return _answer(desk, lambda base: table(base, wanted, date.today().isoformat()))

    @routes.get("/view/documents/cited")
    def _not_held(first: str = "1") -> HTMLResponse:
        return _answer(desk, lambda base: cited(base, int(first) if first.isdecimal() and len(first) < 9 else 1))

    return routes


def make_ready(base: KnowledgeBase, day: str) -> None:
    """Read what the tab shows before it is opened, unless that would take up a core for long.

    :param base: a base that was opened just now.
    :param day: the day (ISO 8601) on which force is told.
    """
    if len(base.documents()) <= _MADE_READY:
        rows_of(base, day)
        base.cited()


def read_wanted(asked: dict[str, str]) -> Wanted:
    """Read what the page asks for.

    :param asked: the names and values of the address.
    :return: what is wanted; what is not understood is left as it is at first.
    """
    page = asked.get("page", "")
    return Wanted(
        words=asked.get("q", "")[:200],
        issuer=asked.get("issuer", ""),
        year=asked.get("year", ""),
        kind=asked.get("kind", ""),
        sort=asked.get("sort", "date"),
        is_falling=asked.get("falling", "yes") == "yes",
        page=int(page) if page.isdecimal() and len(page) < 9 else 1,
    )


def whole(base: KnowledgeBase, day: str) -> str:
    """Show the tab.

    :param base: the base.
    :param day: the day (ISO 8601) on which force is told.
    :return: HTML: what narrows the table, the table, and what opens the list of documents not held.
    """
    rows = rows_of(base, day)
    return render("catalogue.html", "whole", choices(rows), listing(rows, Wanted()), COLUMNS)


def table(base: KnowledgeBase, wanted: Wanted, day: str) -> str:
    """Show a page of the table.

    :param base: the base.
    :param wanted: which.
    :param day: the day (ISO 8601) on which force is told.
    :return: HTML.
    """
    return render("catalogue.html", "table", listing(rows_of(base, day), wanted), COLUMNS)


def cited(base: KnowledgeBase, first: int) -> str:
    """Show documents that the base cites and does not hold, most cited first.

    :param base: the base.
    :param first: number of the first one, from 1.
    :return: HTML.
    """
    found = base.cited()
    return render("catalogue.html", "cited", found[max(first, 1) - 1 :][:_CITED], max(first, 1), len(found))


def _answer(desk: Desk, show: Callable[[KnowledgeBase], str]) -> HTMLResponse:
    now = desk.now()
    html = show(now.base) if now.base else render_message("正在准备知识库", now.progress, "wait")
    return HTMLResponse(html, headers=now.headers())
