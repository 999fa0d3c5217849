"""The command over a benchmark, over a base in company, and what it writes for others, on a store built of one page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from index_fakes import WEB_PAGE

from eval import __main__ as command
from eval.questions import load_questions
from eval.records import Gold
from index.knowledge_base import KnowledgeBase

LAWS = [
    {"_id": "a1", "title": "养老法第一条", "text": "老年人享有养老服务。养老床位由设区的市规划。"},
    {"_id": "a2", "title": "殡葬条例第二条", "text": "殡葬设施应当节约土地。"},
    {"_id": "a3", "title": "养老法第三条", "text": "养老机构实行备案。"},
]
QUERIES = [{"_id": "q1", "text": "养老床位谁来规划"}, {"_id": "q2", "text": "殡葬设施占地"}]
ROW = {
    "id": "q1",
    "class": "exact",
    "query": "新增养老床位多少张",
    "split": "test",
    "gold": [{"clause_id": "甲发〔2024〕1号/二/（一）", "sentences": ["新增养老床位300张。"], "grade": 3, "by": "甲"}],
}


def jsonl(path: Path, rows: list[dict]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def benchmark(tmp_path: Path) -> Path:
    """A folder with three articles and two questions."""
    folder = tmp_path / "法条"
    folder.mkdir()
    jsonl(folder / "corpus.jsonl", LAWS)
    jsonl(folder / "queries.jsonl", QUERIES)
    (folder / "qrels.tsv").write_text("q1\t0\ta1\t1\nq2\t0\ta2\t1\n", encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of one document."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    page = WEB_PAGE.format(number="甲发〔2024〕1号", title="甲区民政工作要点")
    (corpus / "甲.html").write_text(page, encoding="utf-8")
    KnowledgeBase.build(corpus, tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A file of one question."""
    return jsonl(tmp_path / "questions.jsonl", [ROW])


def scores(out: Path) -> dict:
    systems = json.loads((out / "report.json").read_text(encoding="utf-8"))["systems"]
    return {name: system["groups"]["overall"]["scores"] for name, system in systems.items()}


def test_a_benchmark_is_measured_like_any_questions(
    benchmark: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["run", "--benchmark", str(benchmark), "--system", "all", "--cache", str(tmp_path / "cache")]
    assert command.main([*arguments, "--out", str(tmp_path / "a")]) == 0
    first = capsys.readouterr()
    assert command.main([*arguments, "--out", str(tmp_path / "b")]) == 0
    assert capsys.readouterr().out == first.out
    assert first.out.endswith("本次评测外部基准，只看次序：拒答时随附的条款照样计分。\n")
    assert first.out.count("总体 ") == 2
    for name in ("report.json", "report.html"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    found = scores(tmp_path / "a")
    assert "fused-embedder" not in found
    assert (found["fused"]["Hit@1"]["value"], found["characters"]["Hit@1"]["value"]) == (1.0, 1.0)
    assert found["fused"]["R@100"]["value"] == 1.0
    assert "document@1" not in found["fused"]
    assert (tmp_path / "a" / "qrels.txt").read_text(encoding="utf-8") == "q1 0 a1 1\nq2 0 a2 1\n"
    assert (tmp_path / "a" / "fused.run").read_text(encoding="utf-8").startswith("q1 Q0 a1 1 -1 fused\n")


def test_the_report_of_a_benchmark_says_nothing_of_the_products_own_base(benchmark: Path, tmp_path: Path) -> None:
    assert (
        command.main(["run", "--benchmark", str(benchmark), "--system", "random", "fused", "--out", str(tmp_path)]) == 0
    )
    found = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert not {"store", "recipe", "reader", "refusal"} & set(found)
    assert (found["by_order"], found["corpus"], list(found["benchmark"])) == (True, {}, ["法条"])
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "外部基准 法条" in page
    assert "本次评测外部基准，只看次序" in page
    for word in ("题查无依据", "换一个门槛会怎样", "本报告含 test 部分", "知识库", "索引设置", "文件@1"):
        assert word not in page.replace("文件@k", "")


def test_in_company_beside_the_base_alone(store: Path, questions: Path, benchmark: Path, tmp_path: Path) -> None:
    arguments = ["run", str(questions), "--store", str(store), "--company", str(benchmark), "--system", "fused"]
    assert command.main([*arguments, "--out", str(tmp_path / "out")]) == 0
    found = scores(tmp_path / "out")
    assert {name: score["Hit@1"]["value"] for name, score in found.items()} == {"fused": 1.0, "fused+company": 1.0}
    ranked = (tmp_path / "out" / "fused+company.run").read_text(encoding="utf-8")
    assert "养老法/第一条" in ranked
    assert "养老法" not in (tmp_path / "out" / "fused.run").read_text(encoding="utf-8")
    found = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert (found["order"], list(found["company"])) == (["fused", "fused+company"], ["法条"])
    assert found["clauses"]["养老法/第一条"]["text"] == LAWS[0]["text"]
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "fused 减 fused+company" in page
    assert "名字带 +company、颜色较浅的，是同一系统在混入 法条 之后的结果。" in page


def test_what_one_run_writes_another_measures(
    store: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    base = ["run", str(questions), "--store", str(store)]
    assert command.main([*base, "--system", "fused", "jieba", "--out", str(out)]) == 0
    again = ["--run", str(out / "fused.run"), "--qrels", str(out / "qrels.txt"), "--system", "jieba"]
    assert command.main([*base, *again, "--against", "jieba", "--out", str(tmp_path / "again")]) == 0
    assert scores(tmp_path / "again")["fused"]["Hit@1"] == scores(out)["fused"]["Hit@1"]
    assert "与 jieba 比（配对随机化检验" in capsys.readouterr().out


def test_the_base_as_a_benchmark_for_others(store: Path, questions: Path, tmp_path: Path) -> None:
    assert command.main(["export", str(questions), "--store", str(store), "--out", str(tmp_path / "out")]) == 0
    rows = [json.loads(line) for line in (tmp_path / "out" / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["_id"] for row in rows] == list(KnowledgeBase.open(store).clauses())
    assert command.main(["run", "--benchmark", str(tmp_path / "out"), "--system", "jieba"]) == 0
    assert load_questions(questions)[0].gold == (Gold("甲发〔2024〕1号/二/（一）", ("新增养老床位300张。",), 3, "甲"),)


def test_benchmark_and_company_are_not_asked_for_together(benchmark: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(["run", "--benchmark", str(benchmark), "--company", str(benchmark)])
    assert caught.value.code == 2


def test_a_benchmark_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["run", "--benchmark", str(tmp_path / "无")]) == 1
    assert "没有判定文件；需要 qrels/test.tsv" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--against", "fused"], "--against：没有可与“fused”比较的系统；本次评测的有：jieba，至少要两个"),
        (["--system", "fused", "--against", "bm25"], "本次评测的有：jieba、fused，至少要两个"),
        (["--run", "jieba.run"], "jieba.run：与另一个系统重名“jieba”；请改文件名，结果以文件名为系统名"),
        (["--system", "fused-embedder"], "没有指明用哪个向量模型；请用 --embedder 指定模型所在文件夹"),
    ],
)
def test_names_are_checked_before_anything_is_opened(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["run", "--store", "无", "--system", "jieba", *arguments]) == 1
    assert capsys.readouterr().err.strip().endswith(message)


def test_judgments_of_a_benchmark_are_its_own(benchmark: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(["run", "--benchmark", str(benchmark), "--qrels", "另.txt"])
    assert caught.value.code == 2
    assert "--qrels" in capsys.readouterr().err
