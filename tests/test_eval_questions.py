"""Questions: what is read, and that each fault is named with file, line and remedy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.questions import QuestionsError, load_questions, select
from eval.records import Gold, Question

CLAUSES = {
    "浦民发〔2023〕8号/五/20": "20、推进节地生态安葬。加大新开墓区小型墓建设。推行海葬。",
    "浦民发〔2023〕74号/表1/9": "序号：9；指标：社区工作者持证比例",
}
ROW: dict[str, Any] = {
    "id": "q1",
    "class": "everyday",
    "query": "坟地太贵怎么办",
    "gold": [{"clause_id": "浦民发〔2023〕8号/五/20", "sentences": ["推行海葬。"]}],
    "split": "test",
}


def write(folder: Path, *rows: dict[str, Any] | str) -> Path:
    """Write rows, or lines as they are, to a file of questions."""
    path = folder / "问题.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_question_is_read_whole(tmp_path: Path) -> None:
    path = write(tmp_path, ROW | {"note": "近义"}, "", ROW | {"id": "q2", "class": "unanswerable", "gold": []})
    first, second = load_questions(path, CLAUSES)
    gold = Gold("浦民发〔2023〕8号/五/20", ("推行海葬。",))
    assert first == Question("q1", "everyday", "坟地太贵怎么办", (gold,), "test", "近义")
    assert (second.kind, second.gold, second.answerable, second.note) == ("unanswerable", (), False, "")


def test_gold_without_sentences_is_a_whole_clause(tmp_path: Path) -> None:
    path = write(tmp_path, ROW | {"gold": [{"clause_id": "浦民发〔2023〕74号/表1/9", "sentences": []}]})
    assert load_questions(path, CLAUSES)[0].gold == (Gold("浦民发〔2023〕74号/表1/9", ()),)


def test_grade_and_judge_are_optional(tmp_path: Path) -> None:
    graded = ROW["gold"][0] | {"grade": 2, "by": "甲"}
    first, second = load_questions(write(tmp_path, ROW | {"gold": [graded]}, ROW | {"id": "q2"}), CLAUSES)
    assert [(gold.grade, gold.by) for question in (first, second) for gold in question.gold] == [(2, "甲"), (3, "")]


def test_a_byte_order_mark_and_a_line_separator_inside_a_string_do_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path, ROW | {"query": "甲\u2028乙"})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_questions(path)[0].query == "甲\u2028乙"


def test_select_keeps_order(tmp_path: Path) -> None:
    rows = [ROW | {"id": name, "split": split} for name, split in (("b", "test"), ("c", "calibration"), ("a", "test"))]
    questions = load_questions(write(tmp_path, *rows))
    assert [question.id for question in select(questions, "test")] == ["b", "a"]
    assert [question.id for question in select(questions, "all")] == ["b", "c", "a"]


GOLD = ROW["gold"][0]
FAULTS: dict[str, tuple[dict[str, Any] | str, str]] = {
    "class": (ROW | {"class": "easy"}, "“class”的值“easy”不认识；可用：exact、everyday、"),
    "split": (ROW | {"split": "train"}, "“split”的值“train”不认识；可用：calibration、test"),
    "no split": ({k: v for k, v in ROW.items() if k != "split"}, "“split”缺失、为空或不是文字；每行写成 {"),
    "query": (ROW | {"query": "  "}, "“query”缺失、为空或不是文字；每行写成 {"),
    "json": ('{"id": "q2",', "不是有效的 JSON；每行写成 {"),
    "list": ("[]", "不是 JSON 对象；每行写成 {"),
    "surrogate": (json.dumps(ROW | {"query": "\ud800"}), "“query”含有无法写成 UTF-8 的字符；请删去 \\ud800 一类的转义"),
    "same id": (ROW | {"id": "q0"}, "编号“q0”与第1行重复；每个问题用不同的 id"),
    "answerable": (ROW | {"gold": []}, "everyday 类的问题没有 gold；补上回答它的条款，或者把 class 改为 unanswerable"),
    "unanswerable": (
        ROW | {"class": "unanswerable"},
        "查无依据类（unanswerable）的问题却有 gold；gold 应为 []，或者改 class",
    ),
    "gold": (ROW | {"gold": ["x"]}, "“gold”应是对象的列表；每行写成 {"),
    "gold twice": (ROW | {"gold": [GOLD, GOLD]}, "“gold”里同一条款出现两次；把它的句子并到一处"),
    "sentences": (ROW | {"gold": [{"clause_id": "x", "sentences": "推行海葬。"}]}, "“sentences”应是列表；"),
    "grade": (
        ROW | {"gold": [GOLD | {"grade": 4}]},
        "“grade”的值“4”不是等级；可用：3（完整作答）、2（部分作答）、1（有关，可作旁证）；不写即为 3",
    ),
    "grade true": (ROW | {"gold": [GOLD | {"grade": True}]}, "“grade”的值“True”不是等级；可用：3（"),
    "grade list": (ROW | {"gold": [GOLD | {"grade": [3]}]}, "“grade”的值“[3]”不是等级；可用：3（"),
    "by": (ROW | {"gold": [GOLD | {"by": 3}]}, "“by”缺失、为空或不是文字；"),
    "field": (
        ROW | {"gold": [GOLD | {"grades": 2}]},
        "“gold”里有不认识的字段“grades”；可用：clause_id、sentences、grade、by",
    ),
    "blank": (ROW | {"gold": [GOLD | {"sentences": [" "]}]}, "“sentences”里有空句或不是文字的内容；"),
    "clause": (
        ROW | {"gold": [GOLD | {"clause_id": "浦民发〔2023〕8号/五/2O"}]},
        "知识库里没有条款“浦民发〔2023〕8号/五/2O”；是否为“浦民发〔2023〕8号/五/20”？请改正条款编号，或重建知识库",
    ),
    "sentence": (
        ROW
        | {
            "gold": [GOLD | {"sentences": ["推行海葬"]}, {"clause_id": "浦民发〔2023〕74号/表1/9", "sentences": ["无"]}]
        },
        "条款“浦民发〔2023〕74号/表1/9”中没有这句原文：“无”；请从该条款照抄，标点也要一致",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_line_and_remedy(name: str, tmp_path: Path) -> None:
    row, message = FAULTS[name]
    path = write(tmp_path, ROW | {"id": "q0"}, "", row)
    with pytest.raises(QuestionsError) as caught:
        load_questions(path, CLAUSES)
    assert str(caught.value).startswith(f"{path} 第3行：{message}")
    assert caught.value.line == 3


def test_gold_is_not_held_against_clauses_that_are_not_given(tmp_path: Path) -> None:
    assert len(load_questions(write(tmp_path, ROW | {"gold": [GOLD | {"clause_id": "无此条"}]}))) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"\n\n", "没有任何问题；每行写成 {"), ("问题".encode("gb18030"), "不是 UTF-8 编码的文本；请另存为 UTF-8")],
)
def test_a_file_that_holds_no_questions(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes(content)
    with pytest.raises(QuestionsError) as caught:
        load_questions(path)
    assert str(caught.value).startswith(f"{path}：{message}")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match="打不开（No such file or directory）；请检查路径和权限"):
        load_questions(tmp_path / "none.jsonl")
