"""起草: a draft checked against the base (引文校核); it is read once and nothing of it is kept or logged."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from app.desk import Desk
from app.drafting.report import draft_word, report_word
from app.fence.bodies import BadBody, parse_body, read_body
from app.render import render_check, render_drafting, render_report
from app.tabs.basket import WORD, NotReady, fault
from index.check.findings import Checked
from index.errors import KnowledgeBaseError
from index.knowledge_base import KnowledgeBase

LARGEST = 5 << 20
"""Bytes of a draft that are read."""
KINDS = ("docx", "txt", "md")
_TURN = Lock()
"""Drafts are checked one after the other, so that several long ones leave time for questions."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report is asked of: the draft as it was checked, and the suggestions that were taken up."""

    text: str
    taken: list[int] = field(default_factory=list)


def router(desk: Desk) -> APIRouter:
    """Give the routes of this tab.

    :param desk: what answers.
    :return: /view/drafting, /view/check, /draft.docx, /report.docx and /report.html.
    """
    routes = APIRouter()

    @routes.get("/view/drafting")
    def _drafting() -> HTMLResponse:
        return HTMLResponse(render_drafting([f".{kind}" for kind in KINDS]), headers=desk.headers())

    @routes.post("/view/check")
    async def _check(request: Request) -> Response:
        kind = request.query_params.get("kind", "")
        return await _made(
            desk, request, lambda base, body: render_check(_checked(base, _text_of(base, body, kind))), "text/html"
        )

    @routes.post("/draft.docx")
    async def _draft(request: Request) -> Response:
        return await _made(desk, request, lambda _, body: draft_word(_decoded(body)), WORD)

    @routes.post("/report.docx")
    async def _word(request: Request) -> Response:
        return await _made(desk, request, lambda base, body: report_word(*_report(base, body)), WORD)

    @routes.post("/report.html")
    async def _page(request: Request) -> Response:
        return await _made(desk, request, lambda base, body: render_report(*_report(base, body)), "text/html")

    return routes


async def _made(
    desk: Desk, request: Request, make: Callable[[KnowledgeBase, bytes], str | bytes], media_type: str
) -> Response:
    """Read what was sent and make something of it, beside what else is answered; a fault is a message."""
    try:
        body = await read_body(request, LARGEST, "文稿")
        now = desk.caught_up()
        if now.base is None:
            raise NotReady("知识库还在准备", "请稍候再试")
        made = await run_in_threadpool(make, now.base, body)
    except KnowledgeBaseError as error:
        return fault(error)
    return Response(made, media_type=media_type, headers=now.headers())


def _text_of(base: KnowledgeBase, body: bytes, kind: str) -> str:
    """Read a draft: what was pasted, or a file, by the reader that its name asks for and its content bears out."""
    if kind == "text":
        return _decoded(body)
    if kind not in KINDS:
        raise BadBody("不认识这种文件", "请用 DOCX、TXT 或 MD 文件，或把文稿粘贴进来")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"文稿.{kind}"
        path.write_bytes(body)
        return base.read_draft(path)


def _decoded(body: bytes) -> str:
    """Decode what was pasted; the characters that a page cannot hold as they are go."""
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise BadBody("文稿不是 UTF-8 文字", "请刷新网页后再试") from error
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _checked(base: KnowledgeBase, text: str) -> Checked:
    with _TURN:
        return base.check(text)


def _report(base: KnowledgeBase, body: bytes) -> tuple[Checked, list[int], str]:
    """Check a draft again for its report, as nothing was kept of it."""
    asked: Reported = parse_body(body, Reported)
    return _checked(base, asked.text), asked.taken, base.sha[:12]
