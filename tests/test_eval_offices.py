"""Questions on documents of other offices: gold by its words, offices as folds, fits to the others, and parts switched off."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from index_fakes import FakeEmbedder, make_document

from eval import __main__ as command
from eval.measures.metrics import bootstrap
from eval.offices import ablation, evaluate, report
from eval.offices.ablation import PARTS, Ablation
from eval.offices.base import documents_of, open_base
from eval.offices.evaluate import Ground, shown_of
from eval.offices.folds import fitted_to, folds_of, held_out
from eval.offices.gold import Places, is_reached, reach, spelt, telling
from eval.offices.questions import OfficeQuestion, Quote, load
from eval.offices.refit import Fitter, Without, fit
from eval.questions import QuestionsError
from eval.records import Gold
from eval.systems.cache import Cache
from eval.systems.memory import build_in_memory
from index.question import lists
from ingest.records import Clause, Span

CARE = make_document(
    "甲〔2024〕1号",
    "养老办法",
    {
        "一/1": (("一、供给", "（一）床位"), ("新增养老床位300张。", "由区民政局负责。")),
        "一/2": (("一、供给", "（二）助餐"), ("建设助餐点，每年１０家。",)),
    },
)
ROAD = make_document("乙〔2024〕2号", "停车办法", {"一/1": (("一、停车",), ("路边停车每小时收费五元。",))})
ROWS = [
    {
        "id": "01-001",
        "kind": "detail",
        "sub": None,
        "query": "养老床位新增多少张",
        "answers": [{"file": "a.txt", "quote": "新增养老床位 300 张", "grade": 3}],
    },
    {"id": "01-002", "kind": "unanswerable", "sub": "near_topic", "query": "养老院收费多少", "answers": []},
    {
        "id": "02-001",
        "kind": "everyday",
        "sub": None,
        "query": "停路边要多少钱",
        "answers": [
            {"file": "b.txt", "quote": "每小时收费五元", "grade": 3},
            {"file": "a.txt", "quote": "由区民政局负责", "grade": 2},
        ],
    },
]
ISSUERS = "file\tissuer\na.txt\t甲区民政局\nb.txt\t乙区交通局\n"


BEDS = (Quote("a.txt", "床位", 3),)


def asked_of(*offices, id_="01-001", kind="detail", quotes=BEDS, query="养老床位"):
    return OfficeQuestion(id_, kind, None, query, quotes, offices)


def written(tmp_path, rows, issuers=ISSUERS):
    (tmp_path / "q.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    (tmp_path / "i.tsv").write_text(issuers, "utf-8")
    return tmp_path / "q.jsonl", tmp_path / "i.tsv"


def test_questions_have_the_offices_of_their_answers_and_those_without_that_of_the_one_before(tmp_path):
    first, second, third = load(*written(tmp_path, ROWS))
    assert first == OfficeQuestion(
        "01-001", "detail", None, "养老床位新增多少张", (Quote("a.txt", "新增养老床位 300 张", 3),), ("甲区民政局",)
    )
    assert (second.quotes, second.offices, second.sub) == ((), ("甲区民政局",), "near_topic")
    assert third.offices == ("乙区交通局", "甲区民政局")


@pytest.mark.parametrize(
    "row",
    [
        {"id": "x"},
        {**ROWS[0], "answers": []},
        {**ROWS[0], "answers": [{"file": "c.txt", "quote": "床位", "grade": 3}]},
        {**ROWS[0], "answers": [{"file": "a.txt", "quote": "床位", "grade": 7}]},
    ],
)
def test_a_line_at_fault_is_named(tmp_path, row):
    with pytest.raises(QuestionsError, match="q.jsonl 第2行：这一行用不了"):
        load(*written(tmp_path, [ROWS[0], row]))


def test_every_question_that_comes_with_the_project_has_an_office():
    questions = load()
    assert (len(questions), min(len(one.offices) for one in questions)) == (912, 1)


def test_plain_spelling_leaves_letters_and_digits():
    assert spelt("（一）Ａ， 1.5") == ("一a15", (1, 3, 6, 8))


def test_a_part_answers_that_holds_the_quote_or_lies_in_it():
    parts = [(0, 10), (10, 14), (14, 30)]
    assert telling(parts, (2, 5)) == [(0, (2, 5))]
    assert telling(parts, (8, 16)) == [(1, (0, 4))]
    assert telling(parts, (6, 12)) == [(0, (6, 10))]


def test_a_quote_is_found_whatever_its_blanks_and_widths():
    assert Places(CARE).golds(Quote("a.txt", "每年 10 家", 2)) == (Gold("甲〔2024〕1号/一/2", ("每年１０家",), 2),)


def test_a_quote_may_begin_in_one_sentence_and_end_in_the_next():
    found = Places(CARE).golds(Quote("a.txt", "养老床位300张。由区民政局负责", 3))
    assert found == (Gold("甲〔2024〕1号/一/1", ("由区民政局负责",), 3),)


def test_a_quote_may_begin_in_a_heading():
    assert Places(CARE).golds(Quote("a.txt", "（二）助餐：建设助餐点", 3)) == (
        Gold("甲〔2024〕1号/一/2", ("建设助餐点",), 3),
    )


def test_a_quote_over_two_clauses_finds_both_where_it_holds_one_of_them():
    found = Places(CARE).golds(Quote("a.txt", "由区民政局负责建设助餐点每年10家", 3))
    assert [gold.clause_id for gold in found] == ["甲〔2024〕1号/一/2"]


def test_a_row_is_found_by_its_cells_side_by_side_and_answers_as_a_whole():
    cells = (("指标", "床位"), ("数量", "300"))
    row = Clause("丙/表1/1", "row", (), "指标：床位；数量：300", "", Span(0, 0), (1,), "", (), cells)
    document = replace(CARE, clauses=(row,))
    assert Places(document).golds(Quote("a.txt", "床位 300", 3)) == (Gold("丙/表1/1", (), 3),)


def test_an_answer_that_is_in_no_clause_is_named_and_counts_as_a_miss():
    quotes = (Quote("a.txt", "殡葬改革", 3), Quote("c.txt", "床位", 2))
    found = reach([asked_of("甲", quotes=quotes)], {"a.txt": CARE})
    assert found.lost == {"01-001": quotes}
    assert (found.questions[0].answerable, is_reached(found.questions[0])) == (True, False)
    lines = list(report.unreached(found, [asked_of("甲", quotes=quotes)]))
    assert lines == [
        "有答案的 1 题中 1 题的答案读不到（计为未中）：01-001",
        "引文 2 处，2 处不在任何条款里：",
        "  01-001  3 级  a.txt：殡葬改革",
        "  01-001  2 级  c.txt：床位",
    ]


def test_offices_go_to_the_fold_with_fewest_questions():
    questions = [asked_of(name) for name in "甲甲甲乙乙丙"]
    folds = folds_of(questions, count=2)
    assert folds["甲"] != folds["乙"] == folds["丙"]
    assert folds == folds_of(questions, count=2)


def test_nothing_is_fitted_to_a_question_that_an_office_left_out_answers_in_part():
    questions = [asked_of("甲"), asked_of("乙", "甲"), asked_of("乙")]
    folds = {"甲": 0, "乙": 1}
    assert (held_out(questions, folds, 0), fitted_to(questions, folds, 0)) == ([0], [2])


def test_intervals_draw_whole_clusters():
    values = np.array([[1.0], [1.0], [1.0], [0.0], [0.0], [0.0]])
    (apart,), (together,) = bootstrap(values), bootstrap(values, clusters=["甲"] * 3 + ["乙"] * 3)
    assert (together.value, together.low, together.high) == (0.5, 0.0, 1.0)
    assert apart.low > 0


@pytest.fixture
def ground():
    """Two documents of as many offices, with two questions with an answer and two without for each of two folds."""
    base = build_in_memory((CARE, ROAD), FakeEmbedder(), Cache())
    base.documents = lambda: (CARE, ROAD)
    asked = []
    for office, file, query, quote in (
        ("甲", "a.txt", "新增养老床位多少张", "新增养老床位300张"),
        ("乙", "b.txt", "路边停车怎么收费", "路边停车每小时收费五元"),
    ):
        for turn in range(2):
            quotes = (Quote(file, quote, 3),)
            asked.append(asked_of(office, id_=f"{office}{turn}", kind="everyday", quotes=quotes, query=query))
            none = asked_of(office, id_=f"{office}{turn}无", kind="unanswerable", quotes=(), query="宠物医院在哪里")
            asked.append(none)
    return Ground(base, tuple(asked), reach(asked, {"a.txt": CARE, "b.txt": ROAD}), {"甲": 0, "乙": 1})


def test_each_question_is_answered_by_what_was_fitted_to_other_offices(ground):
    shown = shown_of(ground, 5)
    results = Fitter(ground.base.searcher, ground.asked, ground.folds, shown).results()
    run = report.run_of("fused-folds", ground.reach.questions, results)
    assert [run.values[id_]["order@1"] for id_ in ("甲0", "甲1", "乙0", "乙1")] == [1.0] * 4
    assert run.values["甲0无"].keys() == {"refused", "unstated"}
    assert "日常说法" in "".join(report.tables([run], {one.id: one.offices[0] for one in ground.asked}))


def test_a_measure_left_out_weighs_nothing(ground):
    fitted = fit(ground.base.searcher, shown_of(ground, 5), Without(("dense",), ("near", "missing")))
    assert fitted.weights[2] == 0 != fitted.weights[0]
    assert (fitted.refusal.weights[9], set(fitted.refusal.missing)) == (0, {0.0})
    assert fitted.refusal.weights[0] != 0
    assert fitted.is_for(ground.base.searcher.embedder)


def test_parts_are_switched_off_one_by_one_and_on_again(ground):
    before = lists.digest()
    lines = list(report_lines(ground, ["order:dense", "list:thesaurus", "rule:references", "list:domain_words"]))
    assert lists.digest() == before
    assert [line.split()[0] for line in lines[:2]] == ["少了什么", "一样不少"]
    assert len(lines) == 8


def report_lines(ground, names):
    return ablation.report(Ablation(ground, Cache()), names)


def test_every_measure_that_is_fitted_can_be_switched_off():
    names = {name.split(":")[1] for name in PARTS if name.startswith("order:")}
    assert {"lexical", "official", "dense", "apart", "issued"} <= names
    assert PARTS["order:issued"].only_fitted
    assert not PARTS["list:regions"].only_fitted


NOTICE = """甲区民政局关于床位的通知
甲民发〔2024〕1号

各街道：
一、新增养老床位300张。
二、由街道负责落实。

甲区民政局
2024年1月2日
"""


def test_a_base_is_built_once_for_the_same_files(tmp_path, capsys):
    corpus = tmp_path / "offices"
    corpus.mkdir()
    (corpus / "a.txt").write_text(NOTICE, "utf-8")
    (corpus / "b.pdf").write_bytes(b"no pdf")
    first = open_base(corpus, tmp_path / "kept")
    assert "b.pdf" in capsys.readouterr().err
    second = open_base(corpus, tmp_path / "kept")
    assert (second.sha, capsys.readouterr().err) == (first.sha, "")
    assert list(documents_of(second)) == ["a.txt"]
    (corpus / "a.txt").write_text(NOTICE.replace("300", "400"), "utf-8")
    assert open_base(corpus, tmp_path / "kept").sha != first.sha
    assert len(list((tmp_path / "kept").iterdir())) == 2


def test_folds_need_offices(capsys):
    with pytest.raises(SystemExit):
        command.main(["run", "--folds"])
    assert "--folds 与 --offices 同用" in capsys.readouterr().err


def test_the_command_line_gives_figures_peers_and_what_cannot_be_reached(tmp_path, monkeypatch, ground, capsys):
    monkeypatch.setattr(evaluate, "ground_of", lambda corpus, folder: ground)
    names = ["titled-pairs", "fused"]
    assert command.main(["run", "--offices", "x", "--folds", "--system", *names, "--cache", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "fused-folds 逐折" in out
    assert "日常说法（最好的同伴：titled-pairs）" in out
    assert "有答案的 4 题中 0 题的答案读不到" in out
