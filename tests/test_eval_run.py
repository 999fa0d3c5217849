"""Systems, table, report and failures, on a knowledge base of three clauses typed here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval import __main__ as command
from eval.benchmark import latencies, latency_lines
from eval.measures import figures
from eval.records import Gold, Outcome, Question, Run
from eval.report import provenance
from eval.report import text as report
from eval.run import outcome, run
from eval.systems.registry import Search, systems
from index import knowledge_base
from index.errors import QueryError, StoreError
from index.records import Hit, Query, SearchResult
from index.search.seen import Judgement
from index.store import generations as stores
from index.store.generations import Generation
from ingest.records import Clause, Document, Metadata, Sentence, Span

TEXTS = {"甲/1": "甲一句。甲二句。", "甲/2": "乙句。", "甲/表1/1": "指标：丙"}
FOUND = {
    ("甲问", "lexical"): ["甲/2", "甲/1"],
    ("甲问", "dense"): ["甲/1"],
    ("甲问", "lexical dense"): ["甲/1", "甲/2"],
    ("丙问", "lexical"): ["甲/表1/1"],
    ("丙问", "dense"): [],
    ("丙问", "lexical dense"): ["甲/表1/1"],
    ("无问", "lexical"): ["甲/2"],
}
ROWS = [
    {
        "id": "q1",
        "class": "everyday",
        "query": "甲问",
        "split": "test",
        "gold": [{"clause_id": "甲/1", "sentences": ["甲一句。"]}],
    },
    {
        "id": "q2",
        "class": "target",
        "query": "丙问",
        "split": "calibration",
        "gold": [{"clause_id": "甲/表1/1", "sentences": []}],
    },
    {"id": "q3", "class": "unanswerable", "query": "无问", "split": "test", "gold": []},
]


def sentence(text: str) -> Sentence:
    """A sentence that lies nowhere."""
    return Sentence(text, 0, len(text), Span(0, len(text)), (1,), ())


def hit(rank: int, clause_id: str) -> Hit:
    """A hit whose evidence is the clause's first sentence."""
    text = TEXTS[clause_id]
    clause = Clause(clause_id, "clause", (), text, text, Span(0, len(text)), (1,), "引", (sentence(text),))
    first = text.split("。")[0] + "。" if "。" in text else text
    return Hit(rank, 1 / rank, ("lexical",), clause, (sentence(first),), Metadata("甲", "题"))


class Base:
    """A knowledge base that knows three questions; ``FOUND`` says what each way finds."""

    sha = "0123"

    def clauses(self) -> dict[str, str]:
        """Text by clause id."""
        return TEXTS

    def search(
        self, text: str, k: int = 5, document: str | None = None, ways: Sequence[str] = ("lexical", "dense")
    ) -> SearchResult:
        """Look the answer up."""
        ids = FOUND.get((text, " ".join(ways)), [])
        hits = tuple(hit(rank, id_) for rank, id_ in enumerate(ids[:k], start=1))
        return SearchResult(Query(text, k, document), "found" if hits else "not_found", hits)

    def show(self, clause_id: str) -> Clause:
        """The clause itself."""
        return hit(1, clause_id).clause

    def documents(self) -> tuple[Document, ...]:
        """None that has a file."""
        return ()

    def judge(self, text: str) -> Judgement:
        """Every question but the second seems answered."""
        return Judgement("not_found", 0.25, (0.0,)) if text == "丙问" else Judgement("found", 0.75, (0.0,))


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A file of three questions."""
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), encoding="utf-8")
    return path


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every store opens as :class:`Base`."""
    open_as_base(monkeypatch)


def open_as_base(patch: pytest.MonkeyPatch) -> None:
    """Let every store open as :class:`Base`."""
    facts = {
        "reader": "3",
        "recipe": {},
        "embedder": {"name": None, "dimension": 2, "fingerprint": "f"},
        "sentences": 4,
    }
    patch.setattr(knowledge_base.KnowledgeBase, "open", lambda store: Base())
    patch.setattr(stores, "read", lambda store: Generation("0123", store, facts, {}))


def answer_alone(arguments: list[str]) -> int:
    """Run the command in a process of its own, on :class:`Base`."""
    with pytest.MonkeyPatch.context() as patch:
        open_as_base(patch)
        return command.main(arguments)


def question(id_: str, kind: str, *gold: Gold) -> Question:
    """A question that asks its own id."""
    return Question(id_, kind, id_, gold, "test")


def test_each_system_searches_its_own_ways() -> None:
    found = systems(Base(), ["fused", "bm25", "bm25", "dense"])
    assert list(found) == ["bm25", "dense", "fused"]
    ranked = {name: [hit.clause.clause_id for hit in search("甲问").hits] for name, search in found.items()}
    assert ranked == {"bm25": ["甲/2", "甲/1"], "dense": ["甲/1"], "fused": ["甲/1", "甲/2"]}
    assert {search("甲问").query.k for search in found.values()} == {100}


def test_what_is_kept_of_a_result() -> None:
    asked = question("甲问", "exact", Gold("甲/1", ("甲一句。",)))
    result = Base().search("甲问")
    assert outcome(asked, result) == Outcome(
        asked, False, ("甲/1", "甲/2"), "甲一句。", read=4, parts=(("甲/1",), ("甲/2",))
    )
    assert outcome(asked, SearchResult(result.query, "not_found", ())) == Outcome(asked, True, (), None)


def test_clauses_on_the_matter_are_no_refusal() -> None:
    asked = question("甲问", "exact", Gold("甲/1", ("甲一句。",)))
    hits = Base().search("甲问").hits
    kept = [outcome(asked, SearchResult(Query("甲问"), status, hits)) for status in ("found", "related", "not_found")]
    assert [one.refused for one in kept] == [False, False, True]
    assert {one.ranking for one in kept} == {("甲/1", "甲/2")}


def test_no_question_is_dropped() -> None:
    asked = [question("甲问", "exact", Gold("甲/1", ("甲一句。",))), question("丙问", "exact", Gold("甲/表1/1", ()))]
    dense = run("dense", systems(Base())["dense"], asked)
    assert [(group.group, group.count, group.scores["Hit@1"].value) for group in dense.groups] == [
        ("overall", 2, 0.5),
        ("exact", 2, 0.5),
    ]


def test_a_chinese_character_is_two_columns_wide() -> None:
    assert [figures.width(text) for text in ("abc", "题类", "“引”", "（一）", "Hit@1 首句")] == [3, 4, 4, 6, 10]
    assert figures.pad("题类", 6) + "|" == "题类  |"


def test_the_table_stays_straight(questions: Path, base: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["run", str(questions), "--system", "bm25", "dense"]) == 0
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    heading, bars = lines[0], [line for line in lines if line.startswith("---")]
    assert heading.split() == [
        "题类",
        "题数",
        "系统",
        "Hit@1",
        "Hit@3",
        "Hit@5",
        "R@10",
        "R@100",
        "MRR@10",
        "nDCG@10",
        "次序@1",
        "次序@5",
    ]
    assert len(set(map(len, bars[:4]))) == len(set(map(len, bars[4:]))) == 1
    assert len(bars) == 9
    overall, dense = lines[2], lines[3]
    assert overall.split()[:5] == ["总体", "2", "bm25", "50.0", "[0,100]"]
    assert dense.split()[:3] == ["dense", "50.0", "[0,100]"]
    starts = {figures.width(line[: line.index(name)]) for line, name in ((overall, "bm25"), (dense, "dense"))}
    assert starts == {figures.width(heading[: heading.index("系统")])}
    (last,) = (line for line in lines if line.startswith("查无依据"))
    assert last.split() == ["查无依据", "1", "bm25", *["-"] * 8, "0.0", "[0,0]"]
    second = next(line for line in lines[1:] if line.startswith("题类"))
    assert second.split()[3:] == [
        "首句命中", "文件@1", "文件@5", "部分@1", "部分@5", "读200字", "读500字", "读1000字", "拒答",
    ]  # fmt: skip
    assert printed.err == "正在评测 bm25（3 题）…\n正在评测 dense（3 题）…\n"


def test_the_report_is_the_same_every_time(questions: Path, base: None, tmp_path: Path) -> None:
    for out in ("a", "b"):
        assert command.main(["run", str(questions), "--out", str(tmp_path / out)]) == 0
    for name in ("report.json", "report.html", "failures.tsv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    written = json.loads((tmp_path / "a" / "report.json").read_text(encoding="utf-8"))
    assert list(written["systems"]) == ["bm25", "dense", "fused"]
    assert (written["split"], written["store"], written["questions"]["file"]) == ("all", "0123", "questions.jsonl")
    assert written["systems"]["bm25"]["questions"]["q1"] == {
        "class": "everyday",
        "refused": False,
        "ranking": ["甲/2", "甲/1"],
        "sentence": "乙句。",
        "read": 7,
        "scores": {
            "Hit@1": 0.0, "Hit@3": 1.0, "Hit@5": 1.0, "R@10": 1.0, "R@100": 1.0, "MRR@10": 0.5, "nDCG@10": 0.63093,
            "document@1": 1.0, "document@5": 1.0, "part@1": 0.0, "part@5": 1.0,
            "read@200": 1.0, "read@500": 1.0, "read@1000": 1.0,
            "order@1": 0.0, "order@5": 1.0, "refused": 0.0, "sentence": 0.0,
        },
        "fault": "未居首位",
        "cause": "first_elsewhere",
        "gold_rank": 2,
    }  # fmt: skip
    assert written["systems"]["bm25"]["groups"]["unanswerable"] == {
        "count": 1,
        "scores": {"refused": {"high": 0.0, "low": 0.0, "value": 0.0}},
    }


def test_failures_say_what_was_expected_and_what_came(questions: Path, base: None, tmp_path: Path) -> None:
    assert command.main(["run", str(questions), "--out", str(tmp_path)]) == 0
    lines = (tmp_path / "failures.tsv").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t") for line in lines] == [
        list(report.FAILURE_COLUMNS),
        ["bm25", "q1", "everyday", "甲问", "未居首位", "2", "甲/1", "甲/2 | 甲/1", "甲一句。", "乙句。"],
        ["bm25", "q3", "unanswerable", "无问", "应拒未拒", "-", "未找到依据", "甲/2", "", "乙句。"],
        ["dense", "q2", "target", "丙问", "误拒", "-", "甲/表1/1", "", "", ""],
    ]


@pytest.mark.parametrize(
    ("ranking", "shown", "refused", "fault"),
    [
        ("b", "乙句。", False, "未找到"),
        ("a", "别句。", False, "首句不符"),
        ("ba", "乙句。", False, "未居首位"),
        ("a", "甲句。", True, "误拒"),
    ],
)
def test_the_kinds_of_failure(ranking: str, shown: str, refused: bool, fault: str) -> None:
    asked = question("q", "exact", Gold("a", ("甲句。",)))
    given = Run("s", (Outcome(asked, refused, tuple(ranking), shown),), {"q": {"sentence": 0.0}}, ())
    assert report.failures([given]).splitlines()[1].split("\t")[4] == fault


def test_a_cell_of_the_failures_holds_no_tab_and_no_line_end() -> None:
    asked = Question("q", "exact", "一\t二\n三", (Gold("a", ()),), "test")
    text = report.failures([Run("s", (Outcome(asked, False, (), None),), {"q": {}}, ())])
    assert text.splitlines()[1].split("\t")[3] == "一 二 三"
    assert text.count("\n") == 2


def test_no_cell_of_the_failures_is_a_formula() -> None:
    asked = Question("=1", "exact", "＝HYPERLINK()", (Gold("a", ("-一",)),), "test")
    text = report.failures([Run("+s", (Outcome(asked, False, ("@b",), "'二"),), {"=1": {}}, ())])
    assert text.splitlines()[1].split("\t") == [
        "'+s", "'=1", "exact", "'＝HYPERLINK()", "未找到", "-", "a", "'@b", "'-一", "''二",
    ]  # fmt: skip


def test_a_benchmark_blames_no_refusal() -> None:
    asked = question("q", "imported", Gold("a", ()))
    given = Run("s", (Outcome(asked, True, ("b", "a"), "乙句。"),), {"q": {"sentence": 0.0}}, (), by_order=True)
    assert report.failures([given]).splitlines()[1].split("\t")[4:6] == ["未居首位", "2"]


def test_a_reader_who_goes_away_costs_no_file(questions: Path, tmp_path: Path) -> None:
    code = "import sys; from test_eval_run import answer_alone; sys.exit(answer_alone(sys.argv[1:]))"
    command_line = [sys.executable, "-c", code, "run", str(questions), "--out", str(tmp_path / "out")]
    here = {**os.environ, "PYTHONPATH": f"{Path(__file__).parent}{os.pathsep}{Path(__file__).parent.parent}"}
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command_line, stdout=writing, stderr=subprocess.PIPE, text=True, env=here, check=False)
    os.close(writing)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "Broken" in line]) == (0, [])
    assert (tmp_path / "out" / "report.html").is_file()


def test_one_split_only(questions: Path, base: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["run", str(questions), "--system", "bm25", "--split", "calibration"]) == 0
    shown = [line.split()[0] for line in capsys.readouterr().out.splitlines() if "bm25" in line]
    assert shown == ["总体", "指标数值"] * 2


def test_input_at_fault_is_one_line_and_1(
    questions: Path, base: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none.jsonl"
    assert command.main(["run", str(missing)]) == 1
    assert capsys.readouterr().err.startswith(f"错误：{missing}：打不开")
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text(questions.read_text(encoding="utf-8").replace("甲一句", "甲壹句"), encoding="utf-8")
    assert command.main(["run", str(wrong)]) == 1
    assert capsys.readouterr().err.startswith(f"错误：{wrong} 第1行：条款“甲/1”中没有这句原文：“甲壹句。”；")
    assert command.main(["run", str(questions), "--out", str(questions)]) == 1
    assert "写不进去" in capsys.readouterr().err.splitlines()[-1]
    questions.write_text(json.dumps(ROWS[0], ensure_ascii=False), encoding="utf-8")
    assert command.main(["run", str(questions), "--split", "calibration"]) == 1
    assert "没有 split 为 calibration 的问题；请换一个 --split" in capsys.readouterr().err


def test_a_store_that_is_not_there(
    questions: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(store: Path) -> Base:
        raise StoreError(f"没有知识库 {store}", "请先运行 python -m index build")

    monkeypatch.setattr(knowledge_base.KnowledgeBase, "open", refuse)
    assert command.main(["run", str(questions), "--store", "无"]) == 1
    assert capsys.readouterr() == ("", "错误：没有知识库 无；请先运行 python -m index build\n")


def test_a_question_that_cannot_be_put_is_named(
    questions: Path, base: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*arguments: object, **options: object) -> SearchResult:
        raise QueryError("问题太长", "请缩短")

    monkeypatch.setattr(Base, "search", refuse)
    assert command.main(["run", str(questions), "--system", "bm25"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "错误：问题 q1：问题太长；请缩短"


@pytest.mark.parametrize("arguments", [[], ["run", "--system", "bm26"], ["run", "--split", "train"], ["walk"]])
def test_wrong_usage_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m eval" in capsys.readouterr().err


def test_without_git_there_is_no_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*arguments: object, **options: object) -> None:
        raise FileNotFoundError("git")

    monkeypatch.setattr(subprocess, "run", absent)
    assert provenance.commit() is None


def test_latencies_take_turns() -> None:
    calls: list[str] = []
    ticks = iter(range(100))

    def system(name: str, cost: int) -> Search:
        def search(query: str) -> SearchResult:
            calls.append(name + query)
            for _ in range(cost):
                next(ticks)
            return SearchResult(Query(query), "not_found", ())

        return search

    seconds = latencies({"bm25": system("b", 0), "fused": system("f", 2)}, ["1", "2"], 2, lambda: next(ticks))
    assert calls == ["b1", "f1", "b1", "f1", "b2", "f2", "b1", "f1", "b2", "f2"]
    assert seconds == {"bm25": [1, 1, 1, 1], "fused": [3, 3, 3, 3]}


def test_latencies_in_words() -> None:
    assert latency_lines({"bm25": [0.001, 0.003, 0.002], "fused": [0.005, 0.005, 0.005]}) == [
        "检索 bm25：50% 在 2.0 毫秒以内，90% 在 2.8 毫秒以内，95% 在 2.9 毫秒以内，99% 在 3.0 毫秒以内（3 次）",
        "检索 fused：50% 在 5.0 毫秒以内，90% 在 5.0 毫秒以内，95% 在 5.0 毫秒以内，99% 在 5.0 毫秒以内（3 次）",
        "fused 与 bm25 的中位数之比：2.50",
    ]
