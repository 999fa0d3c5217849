"""The reading pages: a clause, a document, its original file, and what is said where there is none of that name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.addresses import ORIGINAL, clause_address, document_address
from app.desk import Desk
from app.render import render
from app.showing.panes import Pane, has_pages, page_pane, pane_of
from app.showing.reading import PART, Block, Heading, beside, blocks_of, cites_of, outline_of, part_of
from index.errors import ClauseNotFound, KnowledgeBaseError, PictureError, QueryError
from index.knowledge_base import KnowledgeBase
from index.records import CrossReference, Force
from ingest.records import Clause, Document


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause as its page shows it; ``version`` is the digest of the base."""

    clause: Clause
    document: Document
    force: Force
    references: tuple[CrossReference, ...]
    before: Clause | None
    after: Clause | None
    pane: Pane | None
    version: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as its page shows it: the part that begins with clause ``first``; ``parts`` are (first, last) of all of them."""

    document: Document
    force: Force
    outline: tuple[Heading, ...]
    first: int
    parts: tuple[tuple[int, int], ...]
    blocks: list[Block]
    pane: Pane | None
    page_count: int
    asked_page: int | None
    said: str
    version: str


def router(desk: Desk) -> APIRouter:
    """Give the routes of the reading pages.

    :param desk: what holds the base.
    :return: /c/…, /d/…, /d/…/原件, and the views that they fetch when asked to.
    """
    routes = APIRouter()

    @routes.get("/c/{name:path}")
    def _clause(request: Request, name: str) -> Response:
        return _page(desk, request, lambda base, root: clause_page(base, root, name, date.today().isoformat()))

    @routes.get("/d/{name:path}/" + ORIGINAL)
    def _original(request: Request, name: str) -> Response:
        return _page(desk, request, lambda base, _: original(base, name))

    @routes.get("/d/{name:path}")
    def _document(request: Request, name: str, page: str = "", at: str = "") -> Response:
        today = date.today().isoformat()
        return _page(desk, request, lambda base, root: document_page(base, root, name, page, at, today))

    views: dict[str, Callable[[KnowledgeBase, str], object]] = {
        "cites": lambda base, doc: cites_of(base, base.document(doc)),
        "renditions": lambda base, doc: base.renditions(doc),
        "changes": lambda base, doc: base.changes(doc),
    }

    @routes.get("/view/document/{name}")
    def _part(name: str, doc: str = "") -> Response:
        return _view(desk, name, lambda base: views[name](base, doc)) if name in views else _fault("没有这个网址", 404)

    @routes.get("/view/citing")
    def _citing(clause: str = "") -> Response:
        return _view(desk, "citing", lambda base: base.citing(clause))

    return routes


def clause_page(base: KnowledgeBase, root: str, name: str, today: str) -> Response:
    """Show a clause.

    :param base: the base.
    :param root: address of the application.
    :param name: the clause's id.
    :param today: the day (ISO 8601) on which force is told.
    :return: the page.
    :raises ClauseNotFound: when there is none of that id.
    """
    clause = base.show(name)
    document = base.document_of(clause.clause_id)
    before, after = beside(document, clause)
    force, references = base.force_of(clause.clause_id, today), base.references(clause.clause_id)
    view = ClauseView(clause, document, force, references, before, after, pane_of(document, clause), base.sha)
    return HTMLResponse(render("reading.html", "clause_page", root, view))


def document_page(base: KnowledgeBase, root: str, name: str, page: str, at: str, today: str) -> Response:
    """Show a document.

    :param base: the base.
    :param root: address of the application.
    :param name: its number or title.
    :param page: number of the page whose picture is opened; empty for none.
    :param at: id of the clause, or number of the clause from 1, whose part is shown; empty for the first.
    :param today: the day (ISO 8601) on which force is told.
    :return: the page; where there is no page of that number, the status is 404.
    :raises QueryError: when the base does not hold the document.
    """
    document = base.document(name)
    clauses, count = document.clauses, len(document.page_sizes) if has_pages(document) else 0
    asked = int(page) if page.isdecimal() and len(page) < 6 else 0
    pane = page_pane(document, asked or 1)
    said = "" if not page or (pane and asked) else f"没有第{page[:10]}页：{_extent(count)}"
    first = part_of(_number(clauses, at))
    parts = tuple((one, min(one + PART - 1, len(clauses))) for one in range(1, len(clauses) + 1, PART))
    view = DocumentView(
        document=document,
        force=base.forces(today, document.key)[0][1],
        outline=outline_of(clauses),
        first=first,
        parts=parts,
        blocks=blocks_of(clauses[first - 1 : first - 1 + PART]),
        pane=pane or page_pane(document, 1),
        page_count=count,
        asked_page=asked if pane and asked else None,
        said=said,
        version=base.sha,
    )
    return HTMLResponse(render("reading.html", "document_page", root, view), 404 if said else 200)


def original(base: KnowledgeBase, name: str) -> Response:
    """Give the source file of a document to be kept, never to be shown: a web page of another is not one of ours.

    :param base: the base.
    :param name: the document's number or title.
    :return: the bytes that were indexed.
    :raises QueryError: when the base does not hold the document.
    :raises PictureError: when the file is gone or is another one now.
    """
    file, data = base.original(name)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file, safe='')}"}
    return Response(data, media_type="application/octet-stream", headers=headers)


def _extent(count: int) -> str:
    return f"这份文件共 {count} 页" if count else "这份文件没有页面图，请看下面的条款原文"


def _number(clauses: tuple[Clause, ...], at: str) -> int:
    if at.isdecimal() and len(at) < 9:
        return min(max(int(at), 1), max(len(clauses), 1))
    return next((number for number, clause in enumerate(clauses, 1) if clause.clause_id == at), 1)


def _page(desk: Desk, request: Request, make: Callable[[KnowledgeBase, str], Response]) -> Response:
    """Make a page; what the base does not hold is told with what lies nearest, status 404."""
    root = request.scope.get("root_path", "").rstrip("/") + "/"
    now = desk.caught_up()
    if now.base is None:
        return HTMLResponse(render("reading.html", "missing", root, "知识库还在准备", now.progress, []), 503)
    try:
        response = make(now.base, root)
    except PictureError as error:
        response = _missing(root, error.problem, error.remedy, [])
    except (ClauseNotFound, QueryError) as error:
        remedy = "" if error.near or isinstance(error, QueryError) else error.remedy
        response = _missing(root, error.problem, remedy, _nearest(now.base, request, error))
    response.headers.update(now.headers())
    return response


def _missing(root: str, problem: str, remedy: str, links: list[tuple[str, str]]) -> Response:
    return HTMLResponse(render("reading.html", "missing", root, problem, remedy, links), 404)


def _nearest(base: KnowledgeBase, request: Request, error: KnowledgeBaseError) -> list[tuple[str, str]]:
    """What is spelt most like a name that is not there, and the document that a clause of that name would stand in."""
    if isinstance(error, QueryError):
        return [(f"最接近的文件：{error.near}", document_address(error.near))] if error.near else []
    links = [(f"最接近的条款：{error.near}", clause_address(error.near))] if error.near else []
    asked = str(request.path_params.get("name", ""))
    keys = [one.key for one in base.documents() if asked.startswith(f"{one.key}/")]
    return links + [(f"这份文件：{key}", document_address(key)) for key in keys[-1:]]


def _view(desk: Desk, name: str, find: Callable[[KnowledgeBase], object]) -> Response:
    now = desk.now()
    if now.base is None:
        return _fault(now.progress, 503)
    try:
        return HTMLResponse(render("reading.html", name, find(now.base)), headers=now.headers())
    except KnowledgeBaseError as error:
        return _fault(error.problem, 404)


def _fault(words: str, status: int) -> Response:
    return HTMLResponse(render("pane.html", "no_pane", words), status)
