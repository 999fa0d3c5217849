"""TREC's files: read, written, and refused with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.formats.trec import Judgment, read_qrels, read_run, write_qrels, write_run
from eval.questions import QuestionsError
from eval.records import Gold, Outcome, Question

ASKED = Question("q1", "exact", "问", (Gold("甲/四/（二）/2", ("一。",), 2), Gold("甲 乙/100%", ())), "test")


def write(folder: Path, text: str) -> Path:
    path = folder / "文件.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_qrels_of_four_columns_and_of_three(tmp_path: Path) -> None:
    expected = (Judgment("q1", "d1", 1, 2), Judgment("q1", "d2", 0, 3))
    assert read_qrels(write(tmp_path, "\nq1 0 d1 1\nq1\t0\td2\t0\n")) == expected
    assert read_qrels(write(tmp_path, "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\n")) == expected


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    text = write_qrels([ASKED, Question("q2", "unanswerable", "问", (), "test")])
    assert text == "q1 0 甲/四/（二）/2 2\nq1 0 甲%20乙/100%25 3\n"
    assert [(one.document, one.grade) for one in read_qrels(write(tmp_path, text))] == [
        ("甲/四/（二）/2", 2),
        ("甲 乙/100%", 3),
    ]
    run = write_run("fused", [Outcome(ASKED, False, ("甲 乙/100%", "甲/1"), None)])
    assert run == "q1 Q0 甲%20乙/100%25 1 -1 fused\nq1 Q0 甲/1 2 -2 fused\n"
    assert read_run(write(tmp_path, run)) == {"q1": ("甲 乙/100%", "甲/1")}


def test_a_refusal_gave_no_ranking(tmp_path: Path) -> None:
    refused = Outcome(ASKED, True, ("甲/1",), None)
    assert write_run("fused", [refused]) == ""
    assert write_run("fused", [refused], by_order=True) == "q1 Q0 甲/1 1 -1 fused\n"


def test_a_run_is_ordered_by_score_and_then_by_id(tmp_path: Path) -> None:
    path = write(tmp_path, "q1 Q0 c 1 0.5 s\nq1 Q0 b 2 0.5 s\nq1 Q0 a 3 0.25 s\nq1 Q0 d 4 2e0 s\nq2 Q0 a 1 1 s\n")
    assert read_run(path) == {"q1": ("d", "b", "c", "a"), "q2": ("a",)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("q1 0 d1 1\nq1 0 d1\n", " 第2行：不是一条判定；每行写成 “问题 0 文档 等级”"),
        ("q1 0 d1 1\nq1 d1 0 2 3\n", " 第2行：不是一条判定；"),
        ("q1 0 d1 1\nq1 0 d1 2\n", " 第2行：问题“q1”与“d1”在第1行已判过；每对只判一次"),
        ("\n", "：没有任何判定；"),
    ],
)
def test_qrels_at_fault(text: str, message: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    with pytest.raises(QuestionsError) as caught:
        read_qrels(path)
    assert str(caught.value).startswith(f"{path}{message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("q1 Q0 d1 1 0.5\n", " 第1行：不是一条检索结果；每行写成 “问题 Q0 文档 名次 得分 系统”"),
        ("q1 Q0 d1 1 高 s\n", " 第1行：不是一条检索结果；"),
        ("q1 Q0 d1 1 nan s\n", " 第1行：不是一条检索结果；"),
        ("q1 Q0 d1 1 2 s\nq1 Q0 d1 2 1 s\n", " 第2行：问题“q1”两次列出“d1”；每份文档在一个问题下只列一次"),
        ("", "：没有任何检索结果；"),
    ],
)
def test_a_run_at_fault(text: str, message: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    with pytest.raises(QuestionsError) as caught:
        read_run(path)
    assert str(caught.value).startswith(f"{path}{message}")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match="打不开（No such file or directory）；请检查路径和权限"):
        read_run(tmp_path / "无.run")
    path = tmp_path / "gb.txt"
    path.write_bytes("问 0 答 1".encode("gb18030"))
    with pytest.raises(QuestionsError, match="不是 UTF-8 编码的文本；请另存为 UTF-8"):
        read_qrels(path)
