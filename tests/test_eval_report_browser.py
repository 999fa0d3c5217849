"""The report in a real browser, without a network: nothing is fetched, nothing runs over the edge, narrow or wide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval.measures.metrics import measure, summarise
from eval.records import Gold, Outcome, Question, Run
from eval.refusal import Example, Judged
from eval.report.page import as_html
from eval.report.provenance import provenance
from eval.report.results import refusal_results, results
from index.search.seen import Judgement
from ingest.records import Clause, Span

LONG = "没有空格的长句子" * 40 + "A" * 400
FACTS = {"reader": "3", "recipe": {"k": "v" * 300}, "embedder": {"name": None, "dimension": 2, "fingerprint": "f" * 90}}


def show(clause_id: str) -> Clause:
    """A clause of one long word."""
    return Clause(clause_id, "clause", (), LONG, LONG, Span(0, 1), (1,), f"《{LONG}》", ())


def run(name: str, questions: list[Question]) -> Run:
    """A system that puts the answer second."""
    outcomes = tuple(Outcome(one, False, ("b", "a"), LONG) for one in questions)
    values = measure(outcomes)
    return Run(name, outcomes, values, summarise(outcomes, values))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of four systems over long and hostile words."""
    folder = tmp_path_factory.mktemp("report")
    hostile = (
        "<script>document.title='hacked'</script><img src=http://example.org/x onerror=\"document.title='hacked'\">"
    )
    questions = [Question(f"q{n}", "everyday", hostile + LONG, (Gold("a", ()),), "test") for n in range(3)]
    source = folder / "q.jsonl"
    source.write_text("", encoding="utf-8")
    runs = [run(name, questions) for name in ("bm25", "dense", "fused", "another-system-of-a-long-name")]
    facts = provenance({**FACTS, "sentences": 1}, ()) | {"store": "0"}
    judged = [
        Judged(Example(one.id, "类", one.query, True, "test"), Judgement("not_found", 0.2, (0.0,))) for one in questions
    ]
    found = results(runs, source, "all", facts, show) | {"refusal": refusal_results(judged, 0.5, [])}
    path = folder / "report.html"
    path.write_text(as_html(found), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_runs_over_the_edge_and_nothing_is_fetched(report: Path, browser: Any, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert asked == [report.as_uri()]
    assert page.title() == "检索评测报告"
    sizes = page.evaluate(
        "[...document.querySelectorAll('svg text')].map(one => parseFloat(getComputedStyle(one).fontSize)"
        " * one.ownerSVGElement.getBoundingClientRect().width / one.ownerSVGElement.viewBox.baseVal.width)"
    )
    assert min(sizes) >= 9.9
    over = page.evaluate(
        "[...document.querySelectorAll('svg')].flatMap(svg => { const edge = svg.getBoundingClientRect();"
        " return [...svg.querySelectorAll('text')].map(text => text.getBoundingClientRect())"
        " .filter(box => box.left < edge.left - 1 || box.right > edge.right + 1).map(box => box.right - edge.right) })"
    )
    assert over == []


def test_print_unfolds_the_figures(report: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto(report.as_uri())
    folded = "getComputedStyle(document.querySelector('details:not(.long)'), '::details-content').contentVisibility"
    assert page.evaluate(folded) == "hidden"
    page.emulate_media(media="print")
    assert page.evaluate(folded) == "visible"
