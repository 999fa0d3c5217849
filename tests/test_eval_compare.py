"""Two reports side by side: what is compared, who won, and what is said of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval import __main__ as command
from eval.measures.metrics import MEASURES
from eval.questions import QuestionsError
from eval.report.compare import Change, compare, conditions, load_report, pairs, shared_questions

ITEMS: dict[str, Any] = {
    "q1": {"class": "everyday", "query": "甲", "gold": [{"clause_id": "a", "sentences": []}]},
    "q2": {"class": "everyday", "query": "乙", "gold": [{"clause_id": "b", "sentences": []}]},
    "q3": {"class": "unanswerable", "query": "丙", "gold": []},
    "q4": {"class": "reference", "query": "丁", "gold": [{"clause_id": "a", "sentences": []}]},
}
RIGHT = {
    "scores": dict.fromkeys(MEASURES, 1.0) | {"refused": 0.0},
    "gold_rank": 1,
    "fault": None,
    "ranking": ["a", "b"],
}
SECOND = {
    "scores": dict.fromkeys(MEASURES, 0.0) | {"order@5": 1.0, "MRR@10": 0.5},
    "gold_rank": 2,
    "fault": "未居首位",
    "ranking": ["x", "a"],
}
REFUSED = {"scores": {"refused": 1.0}, "gold_rank": None, "fault": None, "ranking": []}
ANSWERED = {"scores": {"refused": 0.0}, "gold_rank": None, "fault": "应拒未拒", "ranking": ["x"]}


def report(q1: Any, q2: Any, q3: Any, q4: Any = RIGHT, name: str = "fused", **changed: Any) -> dict[str, Any]:
    """A report of one system."""
    rows = {"q1": q1, "q2": q2, "q3": q3, "q4": q4}
    return {
        "format": 2,
        "commit": "c1",
        "search": {"depth": 200, "lexical_share": 0.6},
        "questions": {"file": "q.jsonl", "sha256": "s1", "items": ITEMS},
        "order": [name],
        "systems": {name: {"questions": rows}},
    } | changed


def write(path: Path, content: Any) -> Path:
    """Write JSON."""
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def test_won_lost_and_level() -> None:
    before, after = report(SECOND, RIGHT, ANSWERED), report(RIGHT, SECOND, REFUSED)
    found = compare(before, after, ("fused", "fused"), ["q1", "q2", "q3", "q4"])
    assert found.kinds == {"everyday": (2, 1, 1), "reference": (1, 0, 0), "unanswerable": (1, 1, 0)}
    assert found.changes == (
        Change("q2", "everyday", "乙", "负", (1, None, "a"), (2, "未居首位", "x")),
        Change("q1", "everyday", "甲", "胜", (2, "未居首位", "x"), (1, None, "a")),
        Change("q3", "unanswerable", "丙", "胜", (None, "应拒未拒", "x"), (None, None, None)),
    )


def test_references_are_no_part_of_the_measures_and_refusing_is_measured_apart() -> None:
    before, after = report(SECOND, SECOND, ANSWERED, SECOND), report(RIGHT, SECOND, REFUSED)
    measures = compare(before, after, ("fused", "fused"), ["q1", "q2", "q3", "q4"]).measures
    row = measures["MRR@10"]
    assert (row["count"], row["before"], row["after"], row["won"], row["lost"], row["p"]) == (2, 0.5, 0.75, 1, 0, 1.0)
    assert {key: measures["拒答（查无依据）"][key] for key in ("count", "before", "after", "won")} == {
        "count": 1, "before": 0.0, "after": 1.0, "won": 1,
    }  # fmt: skip
    assert list(measures) == [*MEASURES, "拒答（查无依据）"]


def test_another_clause_first_is_a_change_without_a_winner() -> None:
    other = RIGHT | {"ranking": ["b", "a"]}
    found = compare(
        report(RIGHT, RIGHT, REFUSED), report(other, RIGHT, REFUSED), ("fused", "fused"), ["q1", "q2", "q3"]
    )
    assert [(one.id, one.verdict) for one in found.changes] == [("q1", "换")]


def test_a_measure_that_one_report_does_not_know_is_left_out() -> None:
    older = {name: value for name, value in RIGHT["scores"].items() if name != "nDCG@10"}  # type: ignore[attr-defined]
    before = report(RIGHT | {"scores": older}, RIGHT, REFUSED)
    measures = compare(before, report(RIGHT, RIGHT, REFUSED), ("fused", "fused"), ["q1", "q2", "q3"]).measures
    assert "nDCG@10" not in measures
    assert "MRR@10" in measures


def test_only_questions_that_are_alike_are_compared() -> None:
    changed = {key: item for key, item in ITEMS.items() if key != "q3"} | {
        "q2": ITEMS["q2"] | {"gold": []},
        "q5": ITEMS["q1"],
    }
    after = report(RIGHT, RIGHT, REFUSED, questions={"file": "q.jsonl", "sha256": "s2", "items": changed})
    assert shared_questions(report(RIGHT, RIGHT, REFUSED), after) == (
        ["q1", "q4"],
        {"只在前一份": ["q3"], "只在后一份": ["q5"], "问法、题类或标准答案改过": ["q2"]},
    )


def test_what_the_figures_depend_on() -> None:
    before = report(RIGHT, RIGHT, REFUSED)
    after = report(RIGHT, RIGHT, REFUSED, commit="c2", search={"depth": 200, "lexical_share": 0.5}, corpus={"甲": "s"})
    after["questions"] = after["questions"] | {"sha256": "s2"}
    assert list(conditions(before, before)) == []
    assert set(conditions(before, after)) == {
        ("代码提交", "c1", "c2"),
        ("检索设置 lexical_share", "0.6", "0.5"),
        ("文件 甲", "无", "s"),
        ("问题文件 q.jsonl", "s1", "s2"),
    }


def test_systems_are_paired_by_name_or_as_named() -> None:
    files = Path("前.json"), Path("后.json")
    before, after = report(RIGHT, RIGHT, REFUSED), report(RIGHT, RIGHT, REFUSED, name="dense")
    assert pairs(before, before, [], files) == [("fused", "fused")]
    assert pairs(before, after, ["fused", "dense"], files) == [("fused", "dense")]
    with pytest.raises(QuestionsError, match="后.json：两份报告没有同名的系统（fused 与 dense）；请用 --system"):
        pairs(before, after, [], files)
    with pytest.raises(QuestionsError, match="后.json：报告里没有系统“fused”；可用：dense"):
        pairs(before, after, ["fused"], files)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "不是有效的 JSON"),
        ("[]", "不是评测报告"),
        ('{"order": [], "questions": {}, "systems": {}}', "报告是第 1 版格式，本程序只认第 2 版；请重新运行 eval run"),
    ],
)
def test_a_file_that_is_no_report(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(QuestionsError, match=f"r.json：{message}"):
        load_report(path)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = write(tmp_path / "a.json", report(SECOND, RIGHT, ANSWERED))
    after = write(tmp_path / "b.json", report(RIGHT, RIGHT, REFUSED, commit="c2"))
    assert command.main(["compare", str(before), str(after)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == ["条件有变：", "  代码提交：c1 → c2", "", "== fused → fused，同样的 4 题 =="]
    assert next(line.split() for line in lines if line.startswith("MRR")) == [
        "MRR@10", "2", "75.0", "100.0", "+25.0", "[+0,+50]", "1/0/1", "1.0000", "1.0000",
    ]  # fmt: skip
    assert next(line.split() for line in lines if line.startswith("合计")) == ["合计", "4", "2", "0", "2"]
    assert lines[-7:] == [
        "变好的题（2 题）：",
        "  q1 日常说法  甲",
        "      前：未居首位，标准条款第 2 位，首位 x",
        "      后：对，标准条款第 1 位，首位 a",
        "  q3 查无依据  丙",
        "      前：应拒未拒，首位 x",
        "      后：对，答“未找到依据”，首位 无",
    ]
    assert command.main(["compare", str(before), str(after), "--json"]) == 0
    written = json.loads(capsys.readouterr().out)
    assert [change["id"] for change in written["comparisons"][0]["changes"]] == ["q1", "q3"]
    assert command.main(["compare", str(before), str(tmp_path / "none.json")]) == 1
    assert "none.json：打不开（No such file or directory）" in capsys.readouterr().err
