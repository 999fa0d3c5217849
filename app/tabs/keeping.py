"""文件: adding and removing documents. Every route below /keep answers 404 where the server has no token."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect

from app.desk import Desk
from app.keeping.bin import DAYS, put_back, remove, removed_documents
from app.keeping.errors import Refused
from app.keeping.folder import Folder
from app.keeping.guard import SLOW, Guard
from app.keeping.receiving import LIMIT
from app.keeping.upload import Upload
from app.keeping.uploads import AT_ONCE, Uploads
from app.keeping.writer import Writer
from app.render import render
from index.errors import KnowledgeBaseError

TOKEN = "x-keep-token"
"""Header that holds the token."""
_LISTED = 50
_TEMPLATE = "keeping.html"
_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass(frozen=True)
class Choice:
    """What a person confirms: what is to become of a text that differs."""

    differs: str = ""


@dataclass(frozen=True)
class Named:
    """Which document is meant, by its key."""

    document: str


def router(desk: Desk) -> APIRouter:
    """Give the routes of this part.

    :param desk: what answers; where it has no token the section is empty and nothing else is there.
    :return: /view/keeping and, with a token, /keep/….
    """
    routes = APIRouter()

    @routes.get("/view/keeping")
    def _section() -> HTMLResponse:
        html = render(_TEMPLATE, "section", LIMIT >> 20, AT_ONCE, DAYS) if desk.token else ""
        return HTMLResponse(html, headers=desk.headers())

    if desk.token:
        folder, writer = Folder(desk.store), Writer(desk)
        folder.sweep()
        guarded = APIRouter(prefix="/keep", route_class=_route_class(Guard(desk.token)))
        _add_uploads(guarded, Uploads(desk, folder, writer))
        _add_removing(guarded, desk, folder, writer)
        routes.include_router(guarded)
    return routes


def _route_class(guard: Guard) -> type[APIRoute]:
    """Give routes that look at the token before anything else is read, and tell what is refused."""

    class Guarded(APIRoute):
        def get_route_handler(self) -> _Handler:
            handle = super().get_route_handler()

            async def guarded(request: Request) -> Response:
                try:
                    await _let_in(guard, request)
                    return await handle(request)
                except ClientDisconnect:
                    return Response(status_code=400)  # which nobody reads
                except KnowledgeBaseError as error:
                    return _refusal(error)

            return guarded

    return Guarded


async def _let_in(guard: Guard, request: Request) -> None:
    try:
        guard.check(request.headers.get(TOKEN), _address(request))
    except Refused:
        if TOKEN in request.headers:
            await asyncio.sleep(SLOW)
        raise


def _refusal(error: KnowledgeBaseError) -> JSONResponse:
    status = error.status if isinstance(error, Refused) else 409
    return JSONResponse({"problem": error.problem, "remedy": error.remedy}, status)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _add_uploads(routes: APIRouter, uploads: Uploads) -> None:
    @routes.post("/check")
    def _check() -> Response:
        return Response(status_code=204)

    @routes.post("/uploads", status_code=201)
    async def _receive(request: Request) -> JSONResponse:
        length = request.headers.get("content-length", "")
        said = int(length) if length.isdecimal() else None
        upload = await uploads.receive(request.query_params.get("name", ""), said, request.stream())
        return JSONResponse(_shown(upload), 201)

    @routes.get("/uploads")
    def _waiting() -> JSONResponse:
        return JSONResponse({"uploads": [_shown(one) for one in uploads.waiting()]})

    @routes.get("/uploads/{upload_id}")
    def _get(upload_id: str) -> JSONResponse:
        return JSONResponse(_shown(uploads.get(upload_id)))

    @routes.post("/uploads/{upload_id}/confirm", status_code=202)
    def _confirm(upload_id: str, choice: Choice, request: Request) -> JSONResponse:
        return JSONResponse(_shown(uploads.confirm(upload_id, choice.differs, _address(request))), 202)

    @routes.post("/uploads/{upload_id}/cancel", status_code=204)
    def _cancel(upload_id: str) -> Response:
        uploads.cancel(upload_id)
        return Response(status_code=204)


def _add_removing(routes: APIRouter, desk: Desk, folder: Folder, writer: Writer) -> None:
    @routes.get("/documents")
    def _documents(find: str = "") -> HTMLResponse:
        now = desk.now()
        every = now.base.documents() if now.base else ()
        found = [one for one in every if find in f"{one.metadata.number or ''}{one.metadata.title}"]
        return HTMLResponse(render(_TEMPLATE, "documents", found[:_LISTED], len(found)), headers=now.headers())

    @routes.get("/removed")
    def _removed() -> HTMLResponse:
        return HTMLResponse(render(_TEMPLATE, "removed", removed_documents(folder)), headers=desk.headers())

    @routes.post("/remove")
    def _remove(named: Named, request: Request) -> JSONResponse:
        with writer.turn() as corpus:
            done = remove(named.document, desk.store, corpus, folder)
            folder.write_log("remove", done.key, [file.name for file in done.files], _address(request))
        return JSONResponse({"said": f"已移出《{done.title}》，{DAYS} 天内可以放回", "removed": done.removed_id})

    @routes.post("/removed/{removed_id}/restore")
    def _restore(removed_id: str, request: Request) -> JSONResponse:
        with writer.turn() as corpus:
            done = put_back(removed_id, desk.store, corpus, folder)
            folder.write_log("put back", done.key, [file.name for file in done.files], _address(request))
        return JSONResponse({"said": f"已放回《{done.title}》"})


def _shown(upload: Upload) -> dict[str, Any]:
    """Give an upload as the page needs it: whether to ask again, and its card."""
    return {
        "id": upload.upload_id,
        "name": upload.name,
        "size": upload.size,
        "state": upload.state,
        "moving": upload.is_moving,
        "share": upload.share,
        "step": upload.step,
        "card": "" if upload.is_moving else render(_TEMPLATE, "card", upload),
    }
