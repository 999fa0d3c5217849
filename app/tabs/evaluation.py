"""评测: reports of evaluations, read only; a failure is asked again in 问答."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.desk import Desk
from app.figures.targets import page_asked
from app.render import render, render_message
from app.reports import COMMAND, MEASURES, Failure, Report, read_report, runs_in
from index.errors import KnowledgeBaseError

PAGE = 50


@dataclass(frozen=True)
class Shown:
    """What the tab shows: the run, and a page of its failures; choices are (words, address, number), addresses empty for what is chosen.

    ``faults`` are what can be wrong, each with how often it is.
    """

    run: str
    report: Report
    measures: Sequence[str]
    runs: Sequence[tuple[str, str]]
    systems: Sequence[tuple[str, str]]
    faults: Sequence[tuple[str, int, str]]
    failures: Sequence[Failure]
    pages: Sequence[tuple[str, str]]


def router(desk: Desk) -> APIRouter:
    """Give the routes of this tab.

    :param desk: knows the folder of the reports.
    :return: /view/evaluation.
    """
    routes = APIRouter()

    @routes.get("/view/evaluation")
    def _view(request: Request) -> HTMLResponse:
        try:
            return HTMLResponse(evaluation(desk, request.query_params), headers=desk.headers())
        except KnowledgeBaseError as error:
            return HTMLResponse(render_message(error.problem, f"{error.remedy}。", "fault"), 400, desk.headers())

    return routes


def evaluation(desk: Desk, asked: Mapping[str, str]) -> str:
    """Show a report.

    :param desk: knows the folder of the reports.
    :param asked: ``run``, a name of the list (the newest where it is none), ``system``, ``fault`` and ``page``.
    :return: HTML; where there is no report, by which command one is made, and what is wrong with one at fault.
    :raises KnowledgeBaseError: when the folder cannot be listed.
    """
    runs = runs_in(desk.reports)
    if not runs:
        return render("evaluation.html", "nothing", COMMAND, str(desk.reports or ""))
    run = asked.get("run", "") if asked.get("run", "") in runs else next(iter(runs))
    choices = [(name, "" if name == run else _address(run=name)) for name in runs]
    try:
        report = read_report(runs[run], asked.get("system", ""))
    except KnowledgeBaseError as error:
        return render("evaluation.html", "broken", choices, error.problem, error.remedy)
    return render("evaluation.html", "evaluation", _shown(run, report, choices, asked))


def _shown(run: str, report: Report, choices: Sequence[tuple[str, str]], asked: Mapping[str, str]) -> Shown:
    found = {one.fault for one in report.failures}
    fault = asked.get("fault", "") if asked.get("fault", "") in found else ""
    failures = [one for one in report.failures if fault in ("", one.fault)]
    last = max(1, -(-len(failures) // PAGE))
    page = min(page_asked(asked), last)
    here = {"run": run, "system": report.system}
    counts = [(name, sum(one.fault == name for one in report.failures)) for name in sorted(found)]
    return Shown(
        run=run,
        report=report,
        measures=tuple(MEASURES.values()),
        runs=choices,
        systems=[(name, "" if name == report.system else _address(run=run, system=name)) for name in report.systems],
        faults=[
            ("全部", len(report.failures), "" if not fault else _address(**here)),
            *((name, count, "" if name == fault else _address(**here, fault=name)) for name, count in counts),
        ],
        failures=failures[(page - 1) * PAGE : page * PAGE],
        pages=[
            (str(one), "" if one == page else _address(**here, fault=fault, page=str(one)))
            for one in range(1, last + 1)
        ],
    )


def _address(**chosen: str) -> str:
    return "view/evaluation?" + urlencode({name: value for name, value in chosen.items() if value})
