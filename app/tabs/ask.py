"""问答: what stands under a question, and what stands there before the first one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from app.desk import Desk, Now
from app.render import render, render_answer, render_message, render_shelf
from app.showing import shown
from index.errors import ClauseNotFound, KnowledgeBaseError
from index.knowledge_base import KnowledgeBase
from index.records import FOUND, Answer
from index.wording import named

_SHOWN = 300
"""Characters of a question without an answer that are shown again."""
_GOLD = 50
"""Clauses that should answer, at most."""


@dataclass(frozen=True)
class Put:
    """A question as the page sends it: in the body, as it may be longer than an address.

    ``doc`` is what to stay within, empty for everything; ``first`` the first clause of a list that is wanted, ``day`` the day by
    whose law it is answered, ``literal`` the words to be read as they stand; ``gold`` are ids of the clauses that should answer, where
    an evaluation asks.
    """

    q: str = ""
    doc: str = ""
    first: int = 1
    day: str = ""
    literal: tuple[str, ...] = ()
    gold: tuple[str, ...] = ()


def router(desk: Desk) -> APIRouter:
    """Give the routes of this tab.

    :param desk: what answers.
    :return: /view/answer, /view/front and /view/state.
    """
    routes = APIRouter()

    @routes.post("/view/answer")
    def _answer(put: Put) -> HTMLResponse:
        now = desk.caught_up()
        return HTMLResponse(answer(now, put, date.today().isoformat()), headers=now.headers())

    @routes.get("/view/front")
    def _front() -> HTMLResponse:
        now = desk.caught_up()
        return HTMLResponse(front(now), headers=now.headers())

    @routes.get("/view/state")
    def _state() -> Response:
        desk.catch_up()
        return Response(status_code=204, headers=desk.headers())

    return routes


def answer(desk: Desk | Now, put: Put, today: str | None = None) -> str:
    """Answer a question; what is wrong with it, or with the store, is an answer too.

    :param desk: what answers.
    :param put: the question.
    :param today: the day (ISO 8601) on which the force of documents is told; None to tell nothing.
    :return: HTML.
    """
    question = " ".join("".join(one if one.isprintable() else " " for one in put.q[:_SHOWN]).split())
    base = desk.base
    if base is None:
        return render_message("知识库还在准备", f"{desk.progress}。准备好后自动作答，不用再问。", "wait", question)
    try:
        found = _asked(base, put, put.doc, today)
        hides = bool(put.doc) and found.status != FOUND and not found.query.instead_of
        elsewhere = hides and _asked(base, put, "", today).status == FOUND
        return render_answer(found, _put(base, found, elsewhere, put.gold)) + render("feedback.html", "feedback", found)
    except KnowledgeBaseError as error:
        return render_message(error.problem, f"{error.remedy}。", "fault", question)


def _asked(base: KnowledgeBase, put: Put, document: str, today: str | None) -> Answer:
    return base.ask(
        put.q, document=document or None, first=put.first, as_of=put.day or None, today=today, literal=put.literal
    )


def _put(base: KnowledgeBase, answer: Answer, elsewhere: bool, gold: Sequence[str]) -> shown.Put:
    """Say within what a question was asked, and what should answer it."""
    count = len(base.documents())
    key, cited = answer.query.document, tuple(dict.fromkeys(_cited(base, one[:_SHOWN]) for one in gold[:_GOLD]))
    if key is None or answer.query.instead_of:
        return shown.Put(searched=f"全部 {count} 份文件", gold=cited)
    data = next(one.metadata for one in base.documents() if one.key == key)
    return shown.Put(named(data), f"{named(data)}一份文件", elsewhere, cited)


def _cited(base: KnowledgeBase, clause_id: str) -> tuple[str, str]:
    """Give the id of a clause and its citation, which is empty where the base has no such clause."""
    try:
        clause = base.show(clause_id)
    except ClauseNotFound:
        return clause_id, ""
    return clause.clause_id, clause.citation


def front(desk: Desk | Now) -> str:
    """Show what stands on the page before the first question.

    :param desk: what will answer.
    :return: HTML: the documents, or how far their reading has come.
    """
    if desk.base is None:
        return render_message("正在准备知识库", desk.progress, "wait")
    return render_shelf([document.metadata for document in desk.base.documents()])


def choices(desk: Desk) -> list[tuple[str, str]]:
    """List what a search can be narrowed to.

    :param desk: what answers.
    :return: pairs of words and the value for :func:`answer`.
    """
    documents = desk.base.documents() if desk.base else ()
    named = [(f"{one.metadata.number or ''} {one.metadata.title}".strip(), one.key) for one in documents]
    return [("全部文件", ""), *named]
