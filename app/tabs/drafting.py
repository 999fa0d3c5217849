"""起草: 引文校核 and 引用篮."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.desk import Desk
from app.render import render_drafting


def router(desk: Desk) -> APIRouter:
    """Give the routes of this tab.

    :param desk: what answers.
    :return: /view/drafting.
    """
    routes = APIRouter()

    @routes.get("/view/drafting")
    def _drafting() -> HTMLResponse:
        return HTMLResponse(render_drafting(), headers=desk.headers())

    return routes
