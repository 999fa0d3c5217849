"""有用 or 没用 under an answer: what the page sends is checked and kept."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse

from app.desk import Desk
from app.feedback import LONGEST, feedback_of, file_beside, keep
from index.errors import KnowledgeBaseError

THANKS = "已记下，谢谢"


def router(desk: Desk) -> APIRouter:
    """Give the route of feedback.

    :param desk: knows the store.
    :return: /view/feedback.
    """
    routes = APIRouter()

    @routes.post("/view/feedback")
    async def _keep(request: Request) -> PlainTextResponse:
        # A page of another origin may send plain text or a form without asking; JSON it may not.
        if request.headers.get("content-type", "").split(";")[0] != "application/json":
            return PlainTextResponse("评价须以 JSON 提交；请在答复下面评价", 415)
        data = b""
        async for piece in request.stream():
            data += piece
            if len(data) > LONGEST:
                return PlainTextResponse(f"评价超过 {LONGEST // 1000} KB；请缩短后再提交", 413)
        base = desk.base.sha if desk.base else ""
        try:
            said = feedback_of(data, base, date.today().isoformat())
            await run_in_threadpool(keep, said, file_beside(desk.store))
        except KnowledgeBaseError as error:
            return PlainTextResponse(str(error), 400)
        return PlainTextResponse(THANKS)

    return routes
