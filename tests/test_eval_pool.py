"""The pool, its sheet, what judges fill in, and how far two of them agree."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from eval import __main__ as command
from eval.judging.gold import agreement, cautions, gold_lines, settled
from eval.judging.kappa import crosstable, kappa
from eval.judging.pool import Topic, load_topics, pool
from eval.judging.sheet import COLUMNS, Judgement, Row, as_csv, cell, read_sheet, uncell
from eval.questions import QuestionsError, load_questions
from eval.systems.registry import Search
from index import knowledge_base
from index.errors import QueryError
from index.records import Hit, Query, SearchResult
from ingest.records import Clause, Metadata, Span

TEXTS = {"甲/1": "一。", "甲/2": "=二。", "甲/3": "三。", "甲/4": "四。", "甲/5": "五。"}
QUESTIONS = [
    {"id": "q1", "class": "everyday", "query": "问一", "split": "test"},
    {"id": "=q2", "class": "everyday", "query": "-问二", "split": "calibration", "note": "注"},
]


def found(ids: Sequence[str]) -> SearchResult:
    """A result with these clauses."""
    clauses = [Clause(id_, "clause", (), TEXTS[id_], TEXTS[id_], Span(0, 2), (1,), f"引{id_}", ()) for id_ in ids]
    hits = tuple(Hit(rank, 1 / rank, (), clause, (), Metadata("甲", "题")) for rank, clause in enumerate(clauses, 1))
    return SearchResult(Query("问"), "found", hits)


def system(ids: Sequence[str]) -> Search:
    """A system that gives the same clauses for every question."""
    return lambda query: found(ids)


class Base:
    """A knowledge base whose ways of searching turn the order round."""

    def clauses(self) -> dict[str, str]:
        """Text by clause id."""
        return TEXTS

    def search(self, text: str, k: int = 5, document: str | None = None, ways: Sequence[str] = ()) -> SearchResult:
        """Give all, from one end or the other."""
        return found(sorted(TEXTS, reverse="dense" in ways)[:k])


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every store opens as :class:`Base`."""
    monkeypatch.setattr(knowledge_base.KnowledgeBase, "open", lambda store: Base())


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A file of two questions without answers."""
    return write_lines(tmp_path / "q.jsonl", *QUESTIONS)


def write_lines(path: Path, *rows: Any) -> Path:
    """Write rows, or lines as they are."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def sheet(path: Path, *rows: Sequence[str], delimiter: str = ",", encoding: str = "utf-8-sig") -> Path:
    """Write a sheet as a spreadsheet saves it: question, clause, grade, judge."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(COLUMNS)
    writer.writerows([id_, "问", clause, "引", "文", grade, judge] if id_ else [] for id_, clause, grade, judge in rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def test_the_pool_is_the_union_of_what_comes_first() -> None:
    topics = (Topic("q1", "问一", 1), Topic("q2", "问二", 2))
    searches = {"a": system(["甲/1", "甲/2", "甲/5"]), "b": system(["甲/3", "甲/2", "甲/4"])}
    rows = pool(topics, searches, 2, seed=7)
    assert [(row.question, row.query) for row in rows] == [("q1", "问一")] * 3 + [("q2", "问二")] * 3
    assert sorted(row.clause_id for row in rows[:3]) == ["甲/1", "甲/2", "甲/3"]
    assert rows[0] == Row("q1", "问一", rows[0].clause_id, f"引{rows[0].clause_id}", TEXTS[rows[0].clause_id])


def test_what_the_file_has_for_an_answer_is_judged_like_the_others() -> None:
    gold = [{"clause_id": "甲/4", "sentences": []}, {"clause_id": "无/1", "sentences": []}]
    clauses = {hit.clause.clause_id: hit.clause for hit in found(["甲/4"]).hits}
    rows = pool([Topic("q1", "问", 1, {"gold": gold})], {"a": system(["甲/1"])}, 5, clauses=clauses)
    assert sorted(row.clause_id for row in rows) == ["甲/1", "甲/4"]
    assert [row.clause_id for row in pool([Topic("q1", "问", 1, {"gold": "甲"})], {"a": system(["甲/1"])}, 5)] == [
        "甲/1"
    ]


def test_the_order_tells_neither_system_nor_rank() -> None:
    topics = (Topic("q1", "问一", 1), Topic("q2", "问二", 2))
    one, other = system(sorted(TEXTS)), system(sorted(TEXTS, reverse=True))
    rows = pool(topics, {"a": one, "b": other}, 5)
    assert rows == pool(topics, {"b": other, "a": one}, 5)
    assert rows[5:] == pool(topics[1:], {"a": other}, 5)
    assert len({tuple(row.clause_id for row in pool(topics[:1], {"a": one}, 5, seed)) for seed in range(20)}) > 10


def test_a_question_that_cannot_be_put_is_named() -> None:
    def refuse(query: str) -> SearchResult:
        raise QueryError("问题太长", "请缩短")

    with pytest.raises(QueryError, match="问题 q1：问题太长；请缩短"):
        pool([Topic("q1", "问", 1)], {"a": refuse}, 5)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "'"])
def test_no_cell_is_a_formula(start: str) -> None:
    text = start + 'HYPERLINK("http://x")'
    assert cell(text) == "'" + text
    assert cell(" \t\r\n" + text) == "'" + text
    assert uncell(cell(text)) == text


def test_the_sheet_as_it_is_written() -> None:
    assert as_csv([Row("q1", "-问", "甲/1", "引", '一"二"\n=三')]) == (
        '\ufeff"问题编号","问题","条款编号","出处","条款原文","评分（0–3）","评审人"\r\n'
        '"q1","\'-问","甲/1","引","一""二"" =三","",""\r\n'
    )


def test_a_sheet_is_read_as_spreadsheets_save_it(tmp_path: Path) -> None:
    rows = [
        ("q1", "甲/1", "3", "张三"),
        ("", "", "", ""),
        ("'=q2", "甲/2", "２", " 李四 "),
        ("=q2", "甲/3", "1.0", "李四"),
    ]
    wanted = (
        Judgement("q1", "甲/1", 3, "张三", 2),
        Judgement("=q2", "甲/2", 2, "李四", 4),
        Judgement("=q2", "甲/3", 1, "李四", 5),
    )
    for name, form in {
        "utf8": {}, "plain": {"encoding": "utf-8"}, "gbk": {"encoding": "gb18030"},
        "semicolon": {"delimiter": ";"}, "tab": {"delimiter": "\t"},
    }.items():  # fmt: skip
        assert read_sheet(sheet(tmp_path / name, *rows, **form), ["q1", "=q2"], TEXTS) == wanted, name


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("q9", "甲/1", "3", "张"), "问题文件里没有编号“q9”；请不要改动编号"),
        (("q1", "甲/9", "3", "张"), "知识库里没有条款“甲/9”；请不要改动条款编号"),
        (("q1", "甲/1", "3", "张"), "与第 2 行是同一问题的同一条款；请删去其中一行"),
        (("q1", "甲/2", "", "张"), "没有评分；请填 0（无关）、1（有关，可作旁证）、2（部分作答）、3（完整作答）"),
        (("q1", "甲/2", "4", "张"), "评分“4”不认识；请填 0"),
        (("q1", "甲/2", "0.5", "张"), "评分“0.5”不认识；请填 0"),
        (("q1", "甲/2", "3", " "), "没有评审人；请在最后一列写上评审人的名字"),
    ],
)
def test_a_row_at_fault_is_named_with_its_line(row: tuple[str, ...], message: str, tmp_path: Path) -> None:
    path = sheet(tmp_path / "s.csv", ("q1", "甲/1", "0", "张"), row)
    with pytest.raises(QuestionsError) as caught:
        read_sheet(path, ["q1"], TEXTS)
    assert str(caught.value).startswith(f"{path} 第3行：{message}")


def test_all_rows_at_fault_are_named_at_once(tmp_path: Path) -> None:
    path = sheet(tmp_path / "s.csv", *[("q1", f"甲/{number}", "", "张") for number in range(1, 4)])
    with pytest.raises(QuestionsError, match="第2行：没有评分；.*（另有 2 行也有问题：第 3、4 行）"):
        read_sheet(path, ["q1"], TEXTS)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "是空文件"),
        ("编号,评分\n".encode(), "第1行：缺少列“问题编号”“问题”"),
        (",".join(COLUMNS).encode(), "表里没有一行评分"),
        (b"\xff\xff\xff", "不是 UTF-8 或 GB18030 编码的文本"),
        ((",".join(COLUMNS) + '\n"q1').encode(), "不是有效的 CSV"),
    ],
)
def test_a_file_that_is_no_sheet(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes(content)
    with pytest.raises(QuestionsError, match=message):
        read_sheet(path, ["q1"], TEXTS)


def test_kappa_of_cohen() -> None:
    """Two judges of 50 proposals, yes-yes 20, yes-no 5, no-yes 10, no-no 15: observed 0.7, by chance 0.5, so 0.4."""
    first = [1] * 25 + [0] * 25
    second = [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    assert kappa(first, second, 2) == pytest.approx(0.4)
    assert crosstable(first, second, 2).tolist() == [[15, 10], [5, 20]]


def test_weighted_kappa() -> None:
    """Grades 0 1 2 3 against 0 1 2 0: squares seen 9 of 4; by chance, each against each, (5+3+9+23)/16 = 2.5."""
    assert kappa([0, 1, 2, 3], [0, 1, 2, 0], 4, quadratic=True) == pytest.approx(1 - (9 / 4) / 2.5)
    assert kappa([0, 1, 2, 3], [0, 1, 2, 0], 4) == pytest.approx(1 - (1 / 4) / (1 - 4 / 16))


def test_kappa_at_its_ends() -> None:
    assert kappa([0, 3, 1], [0, 3, 1], 4) == 1.0
    assert kappa([0, 1], [1, 0], 2) == -1.0
    assert kappa([2, 2], [2, 2], 4) is None
    with pytest.raises(ValueError, match="the same things judged twice"):
        kappa([], [], 2)
    with pytest.raises(ValueError, match="between 0 and 3"):
        kappa([4], [0], 4)


def judged(judge: str, *grades: tuple[str, str, int]) -> list[Judgement]:
    """A judge's sheet."""
    return [Judgement(*grade, judge, line) for line, grade in enumerate(grades, start=2)]


def test_two_judges_are_reported_with_what_they_must_talk_over() -> None:
    """By hand: 1 - (2/3)/(7/9) = 1/7; squares 5/3 seen, 21/9 by chance, so 6/21; yes or no 1 - (2/3)/(4/9)."""
    first = judged("张", ("q1", "甲/1", 3), ("q1", "甲/2", 0), ("q1", "甲/3", 2), ("q1", "甲/4", 1))
    second = judged("李", ("q1", "甲/1", 3), ("q1", "甲/2", 2), ("q1", "甲/3", 1))
    assert list(agreement(first, second)) == [
        "评审人：张 / 李；两人都评的 3 条，只有一人评的 1 条",
        "Cohen κ（四级）            0.143",
        "Cohen κ（四级，二次加权）  0.286",
        "Cohen κ（答或不答）        -0.500",
        "评分对照（行：张；列：李）：",
        "           0     1     2     3",
        "     0     0     0     1     0",
        "     1     0     0     0     0",
        "     2     0     1     0     0",
        "     3     0     0     0     1",
        "一人认为作答、另一人不认为的 2 条，请商定（不商定则按较低的分）：",
        "  q1  甲/2  0（第 3 行）/ 2（第 3 行）",
        "  q1  甲/3  2（第 4 行）/ 1（第 4 行）",
    ]


def test_judgements_become_questions_with_gold_answers(tmp_path: Path) -> None:
    topics = load_topics(write_lines(tmp_path / "q.jsonl", *QUESTIONS))
    sheets = [
        judged("张", ("q1", "甲/1", 2), ("q1", "甲/3", 3), ("q1", "甲/4", 3), ("=q2", "甲/1", 1)),
        judged("李", ("q1", "甲/1", 3), ("q1", "甲/3", 3), ("q1", "甲/4", 1), ("=q2", "甲/1", 0), ("=q2", "甲/2", 3)),
    ]
    text = gold_lines(topics, settled(sheets), Path("q.jsonl"))
    first, second = map(json.loads, text.splitlines())
    assert first == {
        "id": "q1", "class": "everyday", "query": "问一", "split": "test", "note": "",
        "gold": [
            {"clause_id": "甲/3", "sentences": [], "grade": 3, "by": "张、李"},
            {"clause_id": "甲/1", "sentences": [], "grade": 2, "by": "张、李"},
        ],
        "grades": {"甲/1": 2, "甲/3": 3, "甲/4": 1},
    }  # fmt: skip
    assert (second["class"], second["gold"], second["grades"], second["note"]) == (
        "unanswerable",
        [],
        {"甲/1": 0},
        "注",
    )
    path = tmp_path / "gold.jsonl"
    path.write_text(text, encoding="utf-8")
    assert [question.answerable for question in load_questions(path, TEXTS)] == [True, False]


def test_sentences_that_the_file_had_stay() -> None:
    given = {"class": "exact", "split": "test", "gold": [{"clause_id": "甲/1", "sentences": ["一。"]}]}
    text = gold_lines([Topic("q1", "问", 1, given)], {("q1", "甲/1"): (3, "张"), ("q1", "甲/2"): (0, "张")}, Path("q"))
    assert json.loads(text)["gold"] == [{"clause_id": "甲/1", "sentences": ["一。"], "grade": 3, "by": "张"}]


def test_what_changes_unasked_is_said() -> None:
    given = {"class": "exact", "gold": [{"clause_id": "甲/1", "sentences": []}, {"clause_id": "甲/9", "sentences": []}]}
    topics = [Topic("q1", "问", 1, given), Topic("q2", "问", 2, {"class": "unanswerable"}), Topic("q3", "问", 3)]
    grades = {("q1", "甲/1"): (1, "张"), ("q2", "甲/1"): (0, "张"), ("q3", "甲/1"): (0, "张")}
    assert list(cautions(topics, grades)) == [
        "注意：1 题没有一条评到 2 分，题类改记为 unanswerable：q1",
        "注意：原有的 1 条标准答案不在表里，不再算作答案：q1 甲/9",
    ]
    assert list(cautions(topics[1:], grades)) == []


@pytest.mark.parametrize(
    ("given", "grade", "message"),
    [
        ({"split": "test"}, 3, "q.jsonl 第4行：问题 q1 没有“class”；请改为 exact、everyday"),
        ({"split": "test", "class": "unanswerable"}, 3, "问题 q1 “class”是“unanswerable”；请改为 exact"),
        ({"class": "exact"}, 3, "问题 q1 没有“split”；请改为 calibration、test 之一"),
        ({"class": "exact", "split": "test"}, None, "问题 q1 在评分表里一条也没有；请补上它的评分"),
    ],
)
def test_a_question_that_lacks_what_it_needs(given: dict[str, str], grade: int | None, message: str) -> None:
    grades = {} if grade is None else {("q1", "甲/1"): (grade, "张")}
    with pytest.raises(QuestionsError, match=message):
        gold_lines([Topic("q1", "问", 4, given)], grades, Path("q.jsonl"))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "第1行：不是有效的 JSON"),
        ("[]", "第1行：不是 JSON 对象"),
        ('{"id": "q", "query": " "}', "第1行：“query”缺失、为空或不是文字"),
        ('{"id": "q", "query": "问"}\n{"id": "q", "query": "问"}', "第2行：编号“q”与第1行重复"),
        ("", "没有任何问题"),
    ],
)
def test_a_question_at_fault_is_named_with_its_line(line: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match=message):
        load_topics(write_lines(tmp_path / "q.jsonl", line))


def test_the_command_there_and_back(
    questions: Path, base: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, gold = tmp_path / "s.csv", tmp_path / "out" / "gold.jsonl"
    assert command.main(["pool", str(questions), "--out", str(path), "-k", "2", "--system", "bm25", "dense"]) == 0
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    assert [row[0] for row in rows] == ["问题编号", *["q1"] * 4, *["'=q2"] * 4]
    assert {row[4] for row in rows[1:]} == {"一。", "'=二。", "四。", "五。"}
    assert command.main(["pool", str(questions), "--judged", str(path)]) == 1
    assert "第2行：没有评分" in capsys.readouterr().err
    filled = [[*row[:5], "3" if row[2] == "甲/5" else "0", "张"] for row in rows[1:]]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([rows[0], *filled])
    assert command.main(["pool", str(questions), "--judged", str(path), str(path), "--out", str(gold)]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "Cohen κ（四级）            1.000"
    assert [question.gold[0].clause_id for question in load_questions(gold, TEXTS)] == ["甲/5", "甲/5"]


@pytest.mark.parametrize(
    "arguments", [[], ["--judged", "a", "b", "c"], ["--out", "x", "-k", "0"], ["--out", "x", "--system", "chunks"]]
)
def test_wrong_usage_is_2(arguments: list[str], questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(["pool", str(questions), *arguments])
    assert caught.value.code == 2
    assert "usage: python -m eval pool" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["fresh", "questions"])
def test_the_judged_questions_follow_from_their_sheets(name: str) -> None:
    folder = Path(command.__file__).parent / "data"
    questions = load_questions(folder / f"{name}_judged.jsonl")
    first = list(csv.DictReader((folder / f"{name}_judged_1.csv").read_text(encoding="utf-8-sig").splitlines()))
    clauses = {row["条款编号"] for row in first}
    sheets = [
        read_sheet(folder / f"{name}_judged_{place}.csv", [one.id for one in questions], clauses) for place in (1, 2)
    ]
    answers = {pair for pair, (grade, _) in settled(sheets).items() if grade >= 2}
    assert {(one.id, gold.clause_id) for one in questions for gold in one.gold} == answers
    assert {one.id for one in questions} == {
        one.id for one in load_questions(folder / f"{name}.jsonl") if one.kind != "unanswerable"
    }
