"""引用篮 of the 起草 tab: shown from the ids that the browser keeps, and given out as files; nothing of it is kept here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from app.desk import Desk, Now
from app.drafting.basket import MOST, Entry, Kept, basket_markdown, basket_word, look_up
from app.fence.bodies import BadBody, BodyTooLarge, parse_body, read_body
from app.render import render_basket, render_message
from index.errors import KnowledgeBaseError

LARGEST = 256 << 10
"""Bytes of a list of ids that are read."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Made = TypeVar("Made", str, bytes)


def router(desk: Desk) -> APIRouter:
    """Give the routes of the basket; each is sent the list that the browser keeps.

    :param desk: what answers.
    :return: /view/basket, /basket.docx and /basket.md.
    """
    routes = APIRouter()

    @routes.post("/view/basket")
    async def _view(request: Request) -> Response:
        return await _given(desk, request, render_basket, "text/html")

    @routes.post("/basket.docx")
    async def _word(request: Request) -> Response:
        return await _given(desk, request, basket_word, WORD)

    @routes.post("/basket.md")
    async def _markdown(request: Request) -> Response:
        return await _given(desk, request, basket_markdown, "text/markdown")

    return routes


async def _given(desk: Desk, request: Request, make: Callable[[tuple[Entry, ...]], Made], media_type: str) -> Response:
    """Look up what was sent and make something of it; a fault is a message."""
    try:
        kept = basket_of(await read_body(request, LARGEST, "引用篮"))
        now = desk.caught_up()
        made = await run_in_threadpool(lambda: make(entries_of(now, kept)))
    except KnowledgeBaseError as error:
        return fault(error)
    return Response(made, media_type=media_type, headers=now.headers())


def basket_of(body: bytes) -> list[Kept]:
    """Read the list that a browser keeps.

    :param body: JSON: ``[{"id": …, "digest": …}, …]``.
    :return: what it holds.
    :raises BadBody: when it is no such list, or longer than a basket may be.
    """
    kept: list[Kept] = parse_body(body, list[Kept])
    if len(kept) > MOST:
        raise BadBody(f"引用篮有 {len(kept)} 条，超过上限 {MOST} 条", "请先导出一部分，再移出它们")
    return kept


def entries_of(desk: Desk | Now, kept: list[Kept]) -> tuple[Entry, ...]:
    """Look up a basket in the base in use.

    :param desk: what answers.
    :param kept: of the basket.
    :return: its entries.
    :raises NotReady: when there is no base yet.
    """
    if desk.base is None:
        raise NotReady("知识库还在准备", "请稍候再试")
    return look_up(desk.base, kept)


class NotReady(KnowledgeBaseError):
    """There is no base yet."""


def fault(error: KnowledgeBaseError) -> HTMLResponse:
    """Tell of a fault.

    :param error: what is wrong.
    :return: a message, with the status that says whose fault it is.
    """
    status = 413 if isinstance(error, BodyTooLarge) else 503 if isinstance(error, NotReady) else 400
    return HTMLResponse(render_message(error.problem, f"{error.remedy}。", "fault"), status)
