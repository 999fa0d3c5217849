"""评测: reports as the evaluation writes them are read as data, and what is none is told."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from test_eval_report import FACTS, made, show

from app.desk import Desk
from app.reports import KINDS, MEASURES, Figure, read_report, runs_in
from app.tabs.evaluation import router
from eval.measures.figures import GROUPS, heading
from eval.measures.metrics import MEASURES as MEASURED
from eval.report.provenance import provenance
from eval.report.results import FORMAT, as_json, results
from index.errors import KnowledgeBaseError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two runs, the second newer and no report at all."""
    (tmp_path / "q.jsonl").write_text("内容", encoding="utf-8")
    bm25 = made("bm25", ("ab", "甲句。", False), ("c", "乙", False), ("", None, True), ("b", "乙句。", False))
    fused = made("fused", ("ba", "乙句。", False), ("ab", "甲句。", False), ("c", "乙", False), ("", None, True))
    text = as_json(results((bm25, fused), tmp_path / "q.jsonl", "all", provenance(FACTS, ()), show))
    for at, (name, said) in enumerate((("甲", text), ("乙", "{}"))):
        (tmp_path / "reports" / name).mkdir(parents=True)
        path = tmp_path / "reports" / name / "report.json"
        path.write_text(said, encoding="utf-8")
        os.utime(path, (at, at))
    (tmp_path / "reports" / "empty").mkdir()
    return tmp_path / "reports"


@pytest.fixture
def client(folder: Path) -> TestClient:
    app = FastAPI()
    app.include_router(router(Desk(folder.parent / "store")))
    return TestClient(app)


def test_names_are_those_of_the_evaluation() -> None:
    assert dict(KINDS) == dict(GROUPS)
    assert set(MEASURES) <= set(MEASURED)
    assert {name: MEASURES[name] for name in ("sentence", "read@500", "refused")} == {
        name: heading(name) for name in ("sentence", "read@500", "refused")
    }


def test_runs_are_listed_newest_first(folder: Path) -> None:
    assert list(runs_in(folder)) == ["乙", "甲"]
    assert list(runs_in(folder / "甲")) == ["甲"]
    assert runs_in(folder / "none") == runs_in(None) == {}


def test_a_report_is_read(folder: Path) -> None:
    report = read_report(folder / "甲" / "report.json")
    assert (report.systems, report.system, report.asked, report.questions) == (("bm25", "fused"), "fused", 4, "q.jsonl")
    whole = report.groups[0]
    assert (whole.kind, whole.count) == ("总体", 3)
    assert whole.figures[0] == Figure(0.0, 0.0, 0.0)
    assert [(one.id, one.fault, one.rank) for one in report.failures] == [
        ("q1", "未居首位", 2), ("q2", "未找到", None), ("q3", "应拒未拒", None), ("q4", "误拒", None),
    ]  # fmt: skip
    assert report.failures[0].gold == (("a", "《a》"),)
    assert report.failures[0].first == ("b", "《b》")
    assert [one.id for one in read_report(folder / "甲" / "report.json", "bm25").failures] == []
    assert read_report(folder / "甲" / "report.json", "none").system == "fused"


def test_the_tab_shows_figures_and_failures_to_ask_again(client: TestClient) -> None:
    html = client.get("/view/evaluation", params={"run": "甲"}).text
    assert '<a href="?q=%E7%94%B2%E5%9C%A8%E5%93%AA%E9%87%8C&amp;gold=a">甲在哪里</a>' in html
    assert '<a class="gold" href="c/a">《a》</a>' in html
    assert "<dd>库中没有</dd>" in html
    assert "<script>" not in html
    only = client.get("/view/evaluation", params={"run": "甲", "fault": "误拒"}).text
    assert only.count('<p class="asked">') == 1
    assert client.get("/view/evaluation", params={"run": "甲", "page": "x"}).status_code == 200


@pytest.mark.parametrize("run", ["../甲", "/etc", "甲/report.json", "丙"])
def test_a_run_that_is_not_listed_is_not_looked_for(client: TestClient, run: str) -> None:
    answer = client.get("/view/evaluation", params={"run": run})
    assert "乙/report.json 版本是 None" in answer.text  # the newest is shown in its place, which is no report
    assert '<a href="view/evaluation?run=%E7%94%B2" data-evaluation>甲</a>' in answer.text


def test_where_there_is_no_report_the_command_is_told(tmp_path: Path) -> None:
    app = FastAPI()
    app.include_router(router(Desk(tmp_path / "store", reports=tmp_path / "none")))
    html = TestClient(app).get("/view/evaluation").text
    assert "<b>还没有评测报告</b>" in html
    assert "<code>python -m eval run --out reports/名称</code>" in html


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[]", "不是评测报告"),
        ("{", "不是评测报告"),
        ('{"format": 1}', f"版本是 1，不是 {FORMAT}"),
        ('{"format": 2, "order": []}', "不是评测报告"),
        ("[" * 100_000, "不是评测报告"),
    ],
)
def test_what_is_no_report_is_told(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeBaseError) as error:
        read_report(path)
    assert str(error.value) == f"{path} {problem}；请用本版的 python -m eval run --out reports/名称 重新生成"


def test_a_report_too_large_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.reports._MOST_BYTES", 1000)
    with pytest.raises(KnowledgeBaseError, match="请直接打开同一文件夹里的 report.html"):
        read_report(folder / "甲" / "report.json")


def test_a_report_written_anew_is_read_anew(folder: Path) -> None:
    path = folder / "甲" / "report.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    assert read_report(path).split == "全部题"
    path.write_text(json.dumps(found | {"split": "test"}), encoding="utf-8")
    assert read_report(path).split == "测试的一半"
