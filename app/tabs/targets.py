"""指标: every figure of the base as a table, as files, and of two documents side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from app.desk import Desk, Now
from app.figures.comparison import SideBySide, side_by_side
from app.figures.sheets import as_csv, comparison_sheet, targets_sheet
from app.figures.targets import (
    NATURES,
    PAGE,
    PARTS,
    Row,
    Wanted,
    address_of,
    last_year,
    matching,
    of_part,
    ordered,
    rows_of,
    wanted_of,
)
from app.figures.workbook import as_xlsx
from app.render import render, render_message
from index.errors import KnowledgeBaseError, QueryError
from index.knowledge_base import KnowledgeBase
from index.wording import LEVELS, UNSAID
from ingest.records import Metadata

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_MOST = 200_000  # rows of a file
_HEADS = (
    ("指标", "indicator"), ("数值", "value"), ("期限", "deadline"), ("基准值", ""), ("属性", "nature"), ("层级", "level"),
    ("文件", ""), ("条款", ""),
)  # fmt: skip


@dataclass(frozen=True)
class Head:
    """A column: what it is called, the address that orders by it (empty for none), and how it is ordered now, as ARIA says it."""

    words: str
    address: str
    sort: str


@dataclass(frozen=True)
class Shown:
    """What the tab shows: the rows of a page, and everything to choose others by.

    ``parts`` are (name, words, number of rows, address); ``years`` are the deadlines that there are, ``pages`` (words, address).
    """

    wanted: Wanted
    rows: Sequence[Row]
    first: int
    total: int
    parts: Sequence[tuple[str, str, int, str]]
    heads: Sequence[Head]
    years: Sequence[str]
    natures: Sequence[str]
    levels: Sequence[str]
    documents: Sequence[tuple[str, Metadata]]
    pages: Sequence[tuple[str, str]]
    files: Sequence[tuple[str, str]]


def router(desk: Desk) -> APIRouter:
    """Give the routes of this tab.

    :param desk: what holds the base.
    :return: /view/targets, the same as .xlsx and .csv, and /view/comparison with its .xlsx.
    """
    routes = APIRouter()

    @routes.get("/view/targets")
    def _view(request: Request) -> HTMLResponse:
        now = desk.caught_up()
        try:
            html = render("targets.html", "targets", shown(_base(now), request.query_params, date.today().isoformat()))
        except KnowledgeBaseError as error:
            return HTMLResponse(render_message(error.problem, f"{error.remedy}。", "fault"), 400, now.headers())
        return HTMLResponse(html, headers=now.headers())

    @routes.get("/view/targets.{suffix}")
    def _file(suffix: str, request: Request) -> Response:
        try:
            return _file_of(_base(desk), suffix, request.query_params, date.today().isoformat())
        except KnowledgeBaseError as error:
            return PlainTextResponse(str(error), 400)

    @routes.get("/view/comparison")
    def _comparison(request: Request) -> HTMLResponse:
        now = desk.now()
        try:
            table = compared(_base(now), request.query_params)
        except KnowledgeBaseError as error:
            return HTMLResponse(render_message(error.problem, f"{error.remedy}。", "fault"), 400, now.headers())
        html = render("comparison.html", "comparison", table, comparison_address(request.query_params))
        return HTMLResponse(html, headers=now.headers())

    @routes.get("/view/comparison.xlsx")
    def _comparison_file(request: Request) -> Response:
        try:
            table = compared(_base(desk), request.query_params)
        except KnowledgeBaseError as error:
            return PlainTextResponse(str(error), 400)
        return _download(as_xlsx([comparison_sheet("对照", table)]), "指标对照.xlsx", XLSX)

    return routes


def shown(base: KnowledgeBase, asked: Mapping[str, str], today: str) -> Shown:
    """Gather what the tab shows.

    :param base: the base.
    :param asked: parameters of the address.
    :param today: the day (ISO 8601) by which deadlines have passed.
    :return: a page of rows, and what others can be chosen by.
    :raises QueryError: when a parameter is at fault.
    """
    wanted, every = wanted_of(asked, base), rows_of(base, today)
    found = matching(every, wanted)
    rows = ordered(of_part(found, wanted.part), wanted)
    last = max(1, -(-len(rows) // PAGE))
    page = min(wanted.page, last)
    near = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    stating = {row.key for row in every}
    return Shown(
        wanted=wanted,
        rows=rows[(page - 1) * PAGE : page * PAGE],
        first=(page - 1) * PAGE + 1,
        total=len(rows),
        parts=[(name, PARTS[name][0], len(of_part(found, name)), address_of(wanted, part=name)) for name in PARTS],
        heads=[_head(words, name, wanted) for words, name in _HEADS],
        years=sorted({year for row in every if (year := last_year(row.statement))}),
        natures=(*NATURES, UNSAID),
        levels=(*LEVELS, UNSAID),
        documents=[(one.key, one.metadata) for one in base.documents() if one.key in stating],
        pages=[(str(one), "" if one == page else address_of(wanted, page=one)) for one in near] if last > 1 else [],
        files=[(name, address_of(wanted, suffix)) for name, suffix in (("导出 Excel", ".xlsx"), ("导出 CSV", ".csv"))],
    )


def compared(base: KnowledgeBase, asked: Mapping[str, str]) -> SideBySide:
    """Put two documents side by side, or give the comparison that answers a question.

    :param base: the base.
    :param asked: ``left`` and ``right``, documents by number or title; or ``q`` and ``doc``, a question as 问答 takes it.
    :return: the table.
    :raises KnowledgeBaseError: when a document or the question is at fault.
    """
    if asked.get("q"):
        return side_by_side(base.ask(asked["q"], document=asked.get("doc") or None).comparisons)
    left, right = asked.get("left", ""), asked.get("right", "")
    if not left or not right:
        raise QueryError("没有选两份文件", "请选好左右两份文件再对照")
    return side_by_side(base.compare(left, right))


def comparison_address(asked: Mapping[str, str]) -> str:
    """Give the address of a comparison as a workbook.

    :param asked: as for :func:`compared`.
    :return: a relative address.
    """
    names = ("q", "doc") if asked.get("q") else ("left", "right")
    return "view/comparison.xlsx?" + urlencode({name: asked[name] for name in names if asked.get(name)})


def _base(desk: Desk | Now) -> KnowledgeBase:
    if desk.base is None:
        raise KnowledgeBaseError("知识库还在准备", f"{desk.progress}，请稍候再看")
    return desk.base


def _file_of(base: KnowledgeBase, suffix: str, asked: Mapping[str, str], today: str) -> Response:
    if suffix not in ("xlsx", "csv"):
        raise QueryError(f"没有 {suffix[:20]} 格式", "请导出 xlsx 或 csv")
    wanted = wanted_of(asked, base)
    rows = ordered(of_part(matching(rows_of(base, today), wanted), wanted.part), wanted)
    if len(rows) > _MOST:
        raise QueryError(f"有 {len(rows)} 行，超过一个文件的上限 {_MOST}", "请先筛选，再导出")
    sheet = targets_sheet(PARTS[wanted.part][0], rows)
    if suffix == "csv":
        return _download(as_csv(sheet), f"{sheet.name}.csv", CSV)
    return _download(as_xlsx([sheet]), f"{sheet.name}.xlsx", XLSX)


def _download(data: bytes, name: str, media: str) -> Response:
    told = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(data, media_type=media, headers=told)


def _head(words: str, name: str, wanted: Wanted) -> Head:
    if not name:
        return Head(words, "", "")
    if wanted.sort != name:
        return Head(words, address_of(wanted, sort=name, down=""), "none")
    if not wanted.down:
        return Head(words, address_of(wanted, down="1"), "ascending")
    return Head(words, address_of(wanted, sort="", down=""), "descending")
