"""BEIR's folders: read in the ways they lie about, written, and refused with file and line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from eval.formats.articles import Article, by_label, documents_of, split_title
from eval.formats.beir import load_benchmark, write_benchmark
from eval.questions import QuestionsError
from eval.records import Gold, Question

CORPUS = [
    {"_id": "a1", "title": "甲法第一条", "text": "为了养老，制定本法。"},
    {"_id": "a2", "title": "乙办法第三条之一", "text": "殡葬设施。"},
    {"_id": "a3", "title": "甲法第二条", "text": "老年人应当得到照顾。"},
]
QUERIES = [{"_id": "q1", "text": "谁照顾老人"}, {"_id": "q2", "text": "没有判定"}, {"_id": "q3", "text": "坟地"}]
QRELS = "query-id\tcorpus-id\tscore\nq3\ta2\t1\nq1\ta3\t2\nq1\ta1\t1\nq1\ta2\t0\n"


def folder(place: Path, qrels: str = QRELS, name: str = "qrels/test.tsv", corpus: list | None = None) -> Path:
    (place / "qrels").mkdir(exist_ok=True)
    for file, rows in (("corpus", corpus or CORPUS), ("queries", QUERIES)):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (place / f"{file}.jsonl").write_text(text, encoding="utf-8")
    (place / name).write_text(qrels, encoding="utf-8")
    return place


def test_questions_are_those_that_were_judged_to_have_an_answer(tmp_path: Path) -> None:
    benchmark = load_benchmark(folder(tmp_path))
    assert benchmark.articles[0] == Article("a1", "甲法第一条", "为了养老，制定本法。")
    assert benchmark.questions == (
        Question("q1", "imported", "谁照顾老人", (Gold("a3", (), 2), Gold("a1", (), 1)), "test"),
        Question("q3", "imported", "坟地", (Gold("a2", (), 1),), "test"),
    )


def test_gzip_plain_ids_and_four_columns(tmp_path: Path) -> None:
    folder(tmp_path, "q1\t0\ta3\t1\n", "qrels.tsv")
    lines = (tmp_path / "corpus.jsonl").read_text(encoding="utf-8").replace('"_id"', '"id"')
    (tmp_path / "corpus.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    (tmp_path / "corpus.jsonl").unlink()
    benchmark = load_benchmark(tmp_path)
    assert [article.id for article in benchmark.articles] == ["a1", "a2", "a3"]
    assert [(question.id, question.gold) for question in benchmark.questions] == [("q1", (Gold("a3", (), 1),))]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    questions = (
        Question("q1", "exact", "谁照顾", (Gold("甲/一/1", ("一。",), 2),), "test"),
        Question("q2", "unanswerable", "无", (), "test"),
    )
    write_benchmark(tmp_path / "出", {"甲/一/1": ("标题", "一。二。"), "甲/一/2": ("", "三。")}, questions)
    assert (tmp_path / "出" / "qrels" / "test.tsv").read_text(encoding="utf-8") == (
        "query-id\tcorpus-id\tscore\nq1\t甲/一/1\t2\n"
    )
    benchmark = load_benchmark(tmp_path / "出")
    assert benchmark.articles == (Article("甲/一/1", "标题", "一。二。"), Article("甲/一/2", "", "三。"))
    assert [(one.id, one.gold) for one in benchmark.questions] == [("q1", (Gold("甲/一/1", (), 2),))]


@pytest.mark.parametrize(
    ("qrels", "message"),
    [
        ("q1\t0\ta3\t1\nq9\t0\ta3\t1\n", "第2行：判定了问题“q9”，queries.jsonl 里却没有它；请核对问题编号"),
        ("q1\t0\ta9\t1\n", "第1行：判定了“a9”，corpus.jsonl 里却没有它；请核对文档编号"),
        ("q1\t0\ta3\t0\n", "：没有一条判为相关；请检查最后一列的等级"),
    ],
)
def test_judgments_at_fault(qrels: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(QuestionsError) as caught:
        load_benchmark(folder(tmp_path, qrels))
    assert str(caught.value).endswith(message)


def test_a_corpus_at_fault(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match="第2行：编号“a1”与第1行重复；每行用不同的编号"):
        load_benchmark(folder(tmp_path, corpus=[CORPUS[0], CORPUS[0]]))
    with pytest.raises(QuestionsError, match='第1行：这一行用不了；每行写成 {"_id": "…", "title": "…", "text": "…"}'):
        load_benchmark(folder(tmp_path, corpus=[{"_id": "a1"}]))
    (tmp_path / "corpus.jsonl").unlink()
    with pytest.raises(QuestionsError, match="没有 corpus.jsonl 或 corpus.jsonl.gz；请指定 BEIR 格式的文件夹"):
        load_benchmark(tmp_path)
    (tmp_path / "corpus.jsonl.gz").write_bytes(gzip.compress(b"{}\n")[:12])
    with pytest.raises(QuestionsError, match="打不开，或压缩包不完整；"):
        load_benchmark(tmp_path)


def test_a_folder_without_judgments(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match="没有判定文件；需要 qrels/test.tsv 或 qrels.tsv 或 test.tsv"):
        load_benchmark(tmp_path)


def test_laws_are_documents_and_articles_clauses() -> None:
    articles = [Article(row["_id"], row["title"], row["text"]) for row in CORPUS]
    first, second = documents_of(articles)
    assert (first.key, second.key) == ("甲法", "乙办法")
    assert [clause.clause_id for clause in first.clauses] == ["a1", "a3"]
    assert first.clauses[1].heading_path == ("甲法第二条",)
    assert [sentence.text for sentence in first.clauses[1].sentences] == ["老年人应当得到照顾。"]
    assert first.text[first.clauses[1].span.start : first.clauses[1].span.end] == "老年人应当得到照顾。"


def test_clauses_named_as_a_base_does() -> None:
    twice = [Article("a1", "甲法第一条", "旧。"), Article("a2", "甲法第一条", "新。"), Article("a3", "通知", "")]
    first, second = documents_of(twice, by_label)
    assert [clause.clause_id for clause in first.clauses] == ["甲法/第一条", "甲法/第一条（2）"]
    assert [(clause.clause_id, clause.text) for clause in second.clauses] == [("通知/正文", "通知")]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("甲法第一百零二条之三", ("甲法", "第一百零二条之三")),
        ("关于第二条的解释第3条", ("关于第二条的解释", "第3条")),
        ("", ("无题", "正文")),
    ],
)
def test_titles_of_articles(title: str, expected: tuple[str, str]) -> None:
    assert split_title(title) == expected
