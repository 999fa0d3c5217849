"""Pictures of pages, plain, and the source pane that lays frames over them."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from app.desk import Desk, Now
from app.render import render
from app.showing.drawn import Drawing, Drawn
from app.showing.panes import RESOLUTIONS, pane_of
from index.errors import KnowledgeBaseError

_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_NO_PICTURE = "这个网址没有页面图：请从条款或文件页面打开"


def router(desk: Desk) -> APIRouter:
    """Give the routes of pictures.

    :param desk: what holds the base.
    :return: /picture/…/7/110.png and /view/pane.
    """
    routes, drawn = APIRouter(), Drawn()

    @routes.get("/picture/{sha256}/{page}/{resolution}.png")
    def _picture(request: Request, sha256: str, page: str, resolution: str) -> Response:
        if not (page.isdecimal() and resolution.isdecimal() and int(resolution) in RESOLUTIONS):
            return PlainTextResponse(_NO_PICTURE, 404)
        drawing = Drawing(sha256, int(page), int(resolution))
        try:
            return picture(desk, drawn, drawing, request.headers.get("If-None-Match", ""))
        except KnowledgeBaseError as error:
            return PlainTextResponse(str(error), 404, {"Cache-Control": "no-store"})

    @routes.get("/view/pane")
    def _pane(request: Request, clause: str = "") -> HTMLResponse:
        starts = {int(one) for one in request.query_params.getlist("sentence") if one.isdecimal()}
        now = desk.now()
        try:
            return HTMLResponse(pane(now, clause, starts), headers=now.headers())
        except KnowledgeBaseError as error:
            return HTMLResponse(render("pane.html", "no_pane", str(error)), 404)

    return routes


def picture(desk: Desk, drawn: Drawn, drawing: Drawing, known: str) -> Response:
    """Answer with the picture of a page, which never changes under its address.

    :param desk: what holds the base.
    :param drawn: pictures that were drawn before.
    :param drawing: which picture.
    :param known: tags of the pictures that the browser has.
    :return: the picture, or that the browser's is the same.
    :raises PictureError: when it cannot be drawn.
    """
    base = desk.base
    document = base.document_of_file(drawing.sha256) if base else None
    if base is None or document is None:
        return PlainTextResponse(_NO_PICTURE, 404)
    headers = {**_FOREVER, "ETag": drawing.tag}
    if drawing.tag in known and 1 <= drawing.page <= len(document.page_sizes):
        return Response(status_code=304, headers=headers)
    key = document.key

    def draw() -> bytes:
        return base.page_picture(key, drawing.page, resolution=drawing.resolution)

    return Response(drawn.picture(drawing, draw), media_type="image/png", headers=headers)


def pane(desk: Desk | Now, clause_id: str, starts: set[int]) -> str:
    """Show the pages of a clause with sentences framed.

    :param desk: what holds the base.
    :param clause_id: the clause.
    :param starts: where the sentences begin in it; none for the whole clause.
    :return: HTML; that there is no page, where its document has none.
    :raises ClauseNotFound: when there is no such clause.
    """
    base = desk.base
    if base is None:
        return render("pane.html", "no_pane", desk.progress)
    clause = base.show(clause_id)
    sentences = [one for one in clause.sentences if one.start in starts]
    found = pane_of(base.document_of(clause.clause_id), clause, sentences)
    return render("pane.html", "drawn", found) if found else render("pane.html", "no_pane", "这一条没有页面图")
