"""Questions on documents of other offices: gold by its words, offices as folds, fits to the others, and parts switched off."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from index_fakes import FakeEmbedder, make_document

from eval import __main__ as command
from eval import commands, refusal
from eval.judging.kappa import kappa
from eval.measures.metrics import bootstrap
from eval.offices import ablation, evaluate, fitting, report
from eval.offices.ablation import PARTS, Ablation
from eval.offices.base import documents_of, open_base
from eval.offices.evaluate import Ground, fitter_of, shown_of
from eval.offices.folds import fitted_to, folds_of, held_out
from eval.offices.gold import Places, is_reached, reach, spelt, telling
from eval.offices.questions import FOLDER, OfficeQuestion, Quote, load
from eval.offices.refit import Fitter, Home, Without, fit
from eval.offices.sizes import SIZES, cases
from eval.questions import QuestionsError
from eval.records import Gold, Question
from eval.systems.cache import Cache
from eval.systems.memory import build_in_memory
from index.knowledge_base import KnowledgeBase
from index.question import lists
from index.search import ranking
from index.search import refusal as refusing
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


def asked_of(*offices, id_="01-001", kind="detail", quotes=BEDS, query="养老床位", near="a.txt"):
    return OfficeQuestion(id_, kind, None, query, quotes, offices, near)


def written(tmp_path, rows, issuers=ISSUERS):
    (tmp_path / "q.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    (tmp_path / "i.tsv").write_text(issuers, "utf-8")
    return tmp_path / "q.jsonl", tmp_path / "i.tsv"


def test_questions_have_the_offices_of_their_answers_and_those_without_that_of_the_one_before(tmp_path):
    first, second, third = load(*written(tmp_path, ROWS))
    assert first == OfficeQuestion(
        "01-001",
        "detail",
        None,
        "养老床位新增多少张",
        (Quote("a.txt", "新增养老床位 300 张", 3),),
        ("甲区民政局",),
        "a.txt",
    )
    assert (second.quotes, second.offices, second.sub) == ((), ("甲区民政局",), "near_topic")
    assert third.offices == ("乙区交通局", "甲区民政局")


def test_a_question_without_an_answer_was_written_near_the_document_of_the_one_before(tmp_path):
    again = {**ROWS[1], "id": "02-002"}
    assert [one.near for one in load(*written(tmp_path, [*ROWS, again, {**again, "id": "02-003"}]))] == [
        "a.txt", "a.txt", "b.txt", "b.txt", "b.txt",
    ]  # fmt: skip
    assert load(*written(tmp_path, [ROWS[1]]))[0].near == ""


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
    lists.use({})  # whatever base was opened before
    documents = (
        replace(CARE, source=replace(CARE.source, path="a.txt")),
        replace(ROAD, source=replace(ROAD.source, path="b.txt")),
    )
    base = build_in_memory(documents, FakeEmbedder(), Cache())
    base.documents = lambda: documents
    base.renditions = lambda key: ()
    asked = []
    for office, file, query, quote in (
        ("甲", "a.txt", "新增养老床位多少张", "新增养老床位300张"),
        ("乙", "b.txt", "路边停车怎么收费", "路边停车每小时收费五元"),
    ):
        for turn in range(2):
            quotes = (Quote(file, quote, 3),)
            first = asked_of(office, id_=f"{office}{turn}", kind="everyday", quotes=quotes, query=query, near=file)
            asked.append(first)
            asked.append(replace(first, id=f"{office}{turn}无", kind="unanswerable", quotes=(), query="宠物医院在哪里"))
    return Ground(base, tuple(asked), reach(asked, {"a.txt": CARE, "b.txt": ROAD}), {"甲": 0, "乙": 1})


def test_each_question_is_answered_by_what_was_fitted_to_other_offices(ground):
    shown = shown_of(ground, 5)
    results = Fitter(ground.base.searcher, ground.asked, ground.folds, shown).results()
    run = report.run_of("fused-folds", ground.reach.questions, results)
    assert [run.values[id_]["order@1"] for id_ in ("甲0", "甲1", "乙0", "乙1")] == [1.0] * 4
    assert run.values["甲0无"].keys() == {"refused", "unstated"}
    assert "日常说法" in "".join(report.tables([run], {one.id: one.offices[0] for one in ground.asked}))


def test_a_measure_left_out_weighs_nothing(ground):
    fitted = fit(ground.base.searcher, shown_of(ground, 5), without=Without(("dense",), ("near",)))
    by_name = dict(zip(ranking.FEATURES, fitted.weights.tolist(), strict=True))
    assert by_name["dense"] == 0 != by_name["lexical"]
    for model in (fitted.refusal.stated, fitted.refusal.related):
        weights = dict(zip(refusing.FEATURES, model.weights, strict=True))
        assert weights["near"] == 0 != weights["score"]
    assert fitted.is_for(ground.base.searcher.embedder)


def test_parts_are_switched_off_one_by_one_and_on_again(ground):
    before = lists.digest()
    names = ["order:dense", "refusal:near", "list:stop_words", "rule:references"]
    lines = list(ablation.report(Ablation(ground), names))
    assert lists.digest() == before
    assert [line.split()[0] for line in lines[:2]] == ["少了什么", "一样不少"]
    assert [line.split("  ")[0] for line in lines[2:6]] == [
        "排序量 dense", "拒答量 near", "词表 stop_words", "读问题：认文件和条次",
    ]  # fmt: skip
    assert len(lines) == 8


def test_every_measure_that_is_fitted_can_be_switched_off():
    order, refuse = ({name.split(":")[1] for name in PARTS if name.startswith(kind)} for kind in ("order:", "refusal:"))
    assert order == {"lexical", "dense", "gives", "scope", "year", "tense", "read"}
    assert refuse == {"score", "lead", "near", "lexical", "detail", "asks", "place", "year"}
    assert PARTS["order:year"].only_fitted
    assert not PARTS["list:regions"].only_fitted


PLANS = tuple(
    make_document(f"丙〔2024〕{number}号", "规划", {"一/1": (["一"], [f"建设第{number}个公园。"])})
    for number in range(1, 5)
)
BEDS_ASKED = Question("q1", "everyday", "新增养老床位多少张", (Gold("甲〔2024〕1号/一/1", ()),), "test")
PETS_ASKED = Question("q2", "unanswerable", "宠物医院在哪里", (), "test")


def cases_of(*asked, near=()):
    """Put questions to small bases; of each case its question, whether it is answered, its size, and whose clauses were seen."""
    base = build_in_memory((CARE, ROAD, *PLANS), FakeEmbedder(), Cache())
    reads = [base.read(one.query) for one in asked]
    made = list(cases(base.searcher, reads, asked, range(len(asked)), dict(near)))
    return [(one, {name.split("/")[0] for name in one.seen.measures}) for one in made]


def test_small_bases_hold_a_document_that_answers_or_none_that_does():
    found = cases_of(BEDS_ASKED)
    assert SIZES == (1, 5, 50)
    assert [(one.question.id, one.answerable, one.size, one.fold) for one, _ in found] == [
        ("q1", True, 1, 0), ("q1", False, 1, 0), ("q1", True, 5, 0), ("q1", False, 5, 0),
        ("q1", True, 50, 0), ("q1", False, 50, 0),
    ]  # fmt: skip
    assert [len(keys) for _, keys in found] == [1, 1, 5, 5, 5, 5]
    assert ["甲〔2024〕1号" in keys for _, keys in found] == [True, False, True, False, True, False]


def test_a_small_base_without_an_answer_holds_the_document_that_the_question_was_written_near_to():
    found = cases_of(PETS_ASKED, near={"q2": "乙〔2024〕2号"}.items())
    assert [(one.answerable, one.size, len(keys)) for one, keys in found] == [
        (False, 1, 1),
        (False, 5, 5),
        (False, 50, 5),
    ]
    assert all("乙〔2024〕2号" in keys for _, keys in found)
    assert [(one.answerable, len(keys)) for one, keys in cases_of(PETS_ASKED)] == [(False, 1), (False, 5), (False, 6)]


def test_the_same_documents_are_drawn_each_time():
    assert [keys for _, keys in cases_of(BEDS_ASKED)] == [keys for _, keys in cases_of(BEDS_ASKED)]


def test_what_is_asked_by_reference_or_cannot_be_reached_is_put_to_no_small_base():
    by_place = replace(BEDS_ASKED, kind="reference")
    unreached = replace(BEDS_ASKED, gold=(Gold("丁〔2024〕1号/一", ()),))
    assert cases_of(by_place, unreached) == []


def test_questions_are_judged_in_the_whole_base_and_in_small_ones_by_what_was_fitted_to_others(ground):
    rows = fitter_of(ground, shown_of(ground, 5)).judged()
    counted = {
        (size, answerable): sum((one["size"], one["answerable"]) == (size, answerable) for one in rows)
        for size in (0, *SIZES)
        for answerable in (True, False)
    }
    assert counted == {
        (0, True): 4, (0, False): 4, (1, True): 4, (1, False): 8, (5, True): 4, (5, False): 8,
        (50, True): 4, (50, False): 8,
    }  # fmt: skip
    assert {one["status"] for one in rows} <= {"found", "related", "not_found"}
    assert all(0 < one["chance"] < 1 for one in rows)


def test_questions_at_home_are_fitted_to_beside_the_others(ground):
    seen = ground.base.searcher.see(ground.base.read("助餐点建多少家"))
    home = Home(
        ground.base.searcher, ((refusal.Example("h1", "官方原词", "助餐点建多少家", True, "calibration"), seen),)
    )
    (judged,) = home.judged(np.ones(len(ranking.FEATURES), dtype=np.float32), 0.0)
    assert (judged.example.id, judged.example.file) == ("h1", "home")
    assert len(judged.judgement.measures) == len(refusing.FEATURES)
    shown = shown_of(ground, 5)
    alone, beside = (fit(ground.base.searcher, shown, home=one).refusal for one in (None, home))
    assert alone.stated != beside.stated


def test_the_fit_is_told_by_size_of_base_and_written_only_where_asked(ground, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(commands, "ground_of", lambda corpus, folder: ground)
    monkeypatch.setattr(KnowledgeBase, "open", lambda store: None)
    monkeypatch.setattr(fitting, "home_of", lambda base: None)
    with monkeypatch.context() as patch:
        patch.setattr(ranking, "FILE", tmp_path / "ranking.json")
        patch.setattr(refusing, "FILE", tmp_path / "refusal.json")
        try:
            assert command.main(["fit", "--offices", "x"]) == 0
            lines = capsys.readouterr().out.splitlines()
            assert lines[0].split() == [
                "库的大小", "有答案", "原文写明", "相关", "未找到", "无答案", "原文写明", "相关", "未找到",
            ]  # fmt: skip
            rows = [line.split() for line in lines[1:5]]
            assert [(row[0], row[1], row[5]) for row in rows] == [
                ("1", "4", "8"), ("5", "4", "8"), ("50", "4", "8"), ("全部", "4", "4"),
            ]  # fmt: skip
            for row in rows:
                assert [sum(map(float, part)) for part in (row[2:5], row[6:9])] == pytest.approx([100, 100], abs=0.2)
            assert lines[5].split()[:2] == ["其中写成无答案的", "4"]
            assert lines[6] == "对有答案的，“未找到”是误拒；对无答案的，“原文写明”是误答。各折用其余各折拟合。"
            assert list(tmp_path.iterdir()) == []
            assert command.main(["fit", "--offices", "x", "--write"]) == 0
            told = capsys.readouterr().out.splitlines()
            assert told[: len(lines)] == lines
            assert told[len(lines) :] == [f"已写下 {tmp_path / 'ranking.json'} 和 {tmp_path / 'refusal.json'}"]
            fitter = fitter_of(ground, shown_of(ground, commands.TOP))
            whole = fit(fitter.searcher, fitter.shown, fitter.cases)
            assert ranking.weights() == pytest.approx(whole.weights, abs=1e-4)
            assert ranking.made_with() == {"model": "fake-1"}
            assert refusing.model() == whole.refusal
        finally:
            for kept in (ranking.weights, ranking.made_with, refusing.model):
                kept.cache_clear()


def test_the_fit_needs_the_offices_and_the_base_of_the_corpus(ground, monkeypatch, tmp_path, capsys):
    with pytest.raises(SystemExit, match="2"):
        command.main(["fit"])
    monkeypatch.setattr(commands, "ground_of", lambda corpus, folder: ground)
    capsys.readouterr()
    assert command.main(["fit", "--offices", "x", "--store", str(tmp_path / "none")]) == 1
    assert "里没有知识库；请先运行 python -m index build 建立" in capsys.readouterr().err


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
    where = ["--cache", str(tmp_path), "--store", str(tmp_path / "none")]
    assert command.main(["run", "--offices", "x", "--folds", "--system", *names, *where]) == 0
    out, err = capsys.readouterr()
    assert "拟合时不用自家问题：" in err
    assert "fused-folds 逐折" in out
    assert "日常说法（最好的同伴：titled-pairs）" in out
    assert "有答案的 4 题中 0 题的答案读不到" in out


def test_two_judges_of_150_questions_agree():
    rows = [line.split("\t") for line in (FOLDER / "judged.tsv").read_text("utf-8").splitlines()[1:]]
    first, second = ([int(row[place]) for row in rows] for place in (2, 3))
    assert (len(rows), len({row[0] for row in rows})) == (546, 150)
    assert kappa([one // 2 for one in first], [one // 2 for one in second], 2) == pytest.approx(0.988, abs=5e-4)
    assert kappa(first, second, 4) == pytest.approx(0.884, abs=5e-4)
    assert kappa(first, second, 4, quadratic=True) == pytest.approx(0.968, abs=5e-4)
