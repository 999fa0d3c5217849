"""What users said of answers becomes questions with gold answers, and questions to be judged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.formats.feedback import judging_of, questions_of, read_feedback
from eval.judging.pool import load_topics
from eval.questions import QuestionsError, load_questions
from eval.records import Gold, Question


def line(question: str, useful: bool, *clauses: str, **more: str) -> str:
    said = {"document": "", "verdict": "found", "note": "", "base": "0", "at": "2026-11-28", **more}
    return json.dumps({"question": question, "clause_ids": clauses, "useful": useful, **said}, ensure_ascii=False)


LINES = (
    line("甲在哪里", True, "a", "b"),
    line("乙是多少", False, "c", note="答的是别的"),
    line("甲在哪里", True, "b", document="甲发〔2024〕1号"),
    line("没有的事", True, verdict="not_found"),
    line("丙归谁管", True, "c"),
    line("丙归谁管", False, "c"),
    line("丁有几个", True, "c"),
    line("丁有几个", True, verdict="not_found"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / ".store-feedback.jsonl"
    path.write_text("\n".join(LINES) + "\n\n", encoding="utf-8")
    return path


def test_useful_answers_are_questions_with_what_was_shown_first(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedback", str(file)]) == 0
    out = capsys.readouterr()
    assert out.err == "有用的 2 题，须评判的 3 题\n"
    made = file.with_name("questions.jsonl")
    made.write_text(out.out, encoding="utf-8")
    assert load_questions(made, {"a": "", "b": ""}) == (
        Question(
            "feedback001", "everyday", "甲在哪里", (Gold("a", ()), Gold("b", ())), "test",
            "有用，原文写明，所示 a、b；有用，原文写明，所示 b，只查 甲发〔2024〕1号",
        ),
        Question("feedback003", "unanswerable", "没有的事", (), "test", "有用，未找到依据"),
    )  # fmt: skip


def test_others_are_listed_for_judging(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedback", str(file), "--judge"]) == 0
    made = file.with_name("topics.jsonl")
    made.write_text(capsys.readouterr().out, encoding="utf-8")
    assert [(one.id, one.query) for one in load_topics(made)] == [
        ("feedback002", "乙是多少"),
        ("feedback004", "丙归谁管"),
        ("feedback005", "丁有几个"),
    ]
    assert judging_of(read_feedback(file))[0]["note"] == "没用，原文写明，所示 c，答的是别的"


def test_a_clause_is_no_gold_answer_where_none_was_shown(file: Path) -> None:
    file.write_text(line("甲在哪里", True), encoding="utf-8")
    assert questions_of(read_feedback(file)) == []
    assert [one["query"] for one in judging_of(read_feedback(file))] == ["甲在哪里"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "还没有任何评价；请先在网页的答复下面评价"),
        (LINES[0] + '\n{"question": "甲', " 第2行：读不懂；这一行不是网页记下的评价，请删去或改好"),
        ("[]", " 第1行：读不懂；这一行不是网页记下的评价，请删去或改好"),
        (line("", True, "a"), " 第1行：有的字段不是所需的内容；这一行不是网页记下的评价，请删去或改好"),
        (line("甲", True, "a", verdict="x"), " 第1行：结论“x”不认识；可用：found、related、not_found"),
    ],
)
def test_a_file_at_fault_is_told(file: Path, text: str, message: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionsError) as error:
        read_feedback(file)
    assert str(error.value).endswith(message)
