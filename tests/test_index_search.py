"""Questions to evidence over documents made by hand; what may be asked; the fusion of the two ways."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from index_fakes import FakeEmbedder, asked_of, make_document

from index.errors import QueryError
from index.question import lists, words
from index.question.asked import Rules
from index.question.limits import checked_number, checked_question
from index.question.slips import SlipReader
from index.records import Reference
from index.search.candidates import DENSE, LEXICAL, WAYS, SearchSettings
from index.search.dense import build_dense
from index.search.fitted import Fitted, fitted_with, shipped
from index.search.lexical import LexicalSettings, build_lexical
from index.search.passages import clause_contexts, passages_of
from index.search.ranking import FEATURES
from index.search.refusal import FEATURES as REFUSING
from index.search.refusal import Logistic, RefusalModel
from index.search.searcher import Searcher

CARE = make_document(
    "甲民发〔2024〕5号",
    "养老服务办法",
    {
        "一/1": (("一、供给", "1、增加床位"), ("1、增加床位。", "全年新增养老床位300张。", "床位向郊区倾斜。")),
        "一/2": (("一、供给", "2、发展助餐"), ("2、发展助餐。", "建设助餐点10家。")),
        "二/（一）": (("二、监管", "（一）信用"), ("建立养老机构黑名单制度。",)),
    },
)
HELP = make_document(
    "甲民发〔2024〕6号",
    "社会救助办法",
    {
        "一/1": (("一、救助",), ("完善最低生活保障标准调整机制。",)),
        "一/2": (("一、救助",), ("加强流浪乞讨人员救助管理。",)),
        "一/3": (("一、救助",), ("落实惠民殡葬政策。",)),
        "一/4": (("一、救助",), ("落实惠民殡葬政策。",)),
    },
)


WEIGHTS = {"lexical": 0.5, "dense": 0.5, "gives": 0.2}


def logistic(bias, threshold, **weights):
    """Weights of the measures as they are, neither shifted nor scaled."""
    none, one = (0.0,) * len(REFUSING), (1.0,) * len(REFUSING)
    return Logistic(none, one, tuple(weights.get(name, 0.0) for name in REFUSING), bias, threshold)


MODEL = RefusalModel(
    stated=logistic(-3.0, 0.4, near=8.0, detail=-2.0),
    related=logistic(-3.0, 0.2, near=8.0),
    careful=0.9,
    made_with={"model": "fake-1"},
)
FITTED = Fitted(np.array([WEIGHTS.get(name, 0.0) for name in FEATURES], dtype=np.float32), {"model": "fake-1"}, MODEL)


def make_searcher(*documents, settings=None, reranker=None, fitted=FITTED):
    passages = passages_of(documents)
    texts = (text for document in documents for text in clause_contexts(document))
    embedder = FakeEmbedder()
    return Searcher(
        passages,
        build_lexical(map(words.tokens, texts), LexicalSettings()),
        build_dense(embedder.encode_passages([passage.text for passage in passages])),
        embedder,
        settings or SearchSettings(),
        reranker,
        fitted,
    )


SEARCHER = make_searcher(CARE, HELP)


def ask(text, k=5, document=None, documents=(CARE, HELP)):
    return asked_of(text, *documents, k=k, document=document)


def ids(result):
    return [hit.clause.clause_id for hit in result.hits]


@pytest.mark.parametrize("ways", [WAYS, (LEXICAL,), (DENSE,)])
def test_the_answering_sentence_comes_first(ways):
    result = SEARCHER.search(ask("全年要新增养老床位多少张", 3), ways)
    assert result.status == "found" if LEXICAL in ways else True
    assert result.hits[0].clause.clause_id == "甲民发〔2024〕5号/一/1"
    assert result.hits[0].evidence[0].text == "全年新增养老床位300张。"
    assert result.hits[0].found_by == tuple(ways)


def test_scores_fall_with_rank_and_ranks_count_from_one():
    result = SEARCHER.search(ask("养老床位", 5))
    assert [hit.rank for hit in result.hits] == list(range(1, len(result.hits) + 1))
    assert all(1 >= a.score >= b.score > 0 for a, b in zip(result.hits, result.hits[1:], strict=False))


def test_a_sentence_that_repeats_its_heading_is_no_evidence():
    hit = SEARCHER.search(ask("增加床位", 1)).hits[0]
    assert "1、增加床位。" not in [sentence.text for sentence in hit.evidence]


def test_words_of_the_offices_thesaurus_find_official_ones():
    lists.use({"thesaurus_own.txt": "流浪乞讨 | 讨饭\n"})
    try:
        assert ids(SEARCHER.search(ask("讨饭的人谁来管", 1), (LEXICAL,))) == ["甲民发〔2024〕6号/一/2"]
    finally:
        lists.use({})


def test_equal_scores_are_ordered_by_clause_id():
    assert ids(SEARCHER.search(ask("惠民殡葬政策", 2))) == ["甲民发〔2024〕6号/一/3", "甲民发〔2024〕6号/一/4"]


def test_same_question_gives_the_same_answer():
    assert SEARCHER.search(ask("养老机构", 5)) == make_searcher(CARE, HELP).search(ask("养老机构", 5))


def test_one_document_only():
    result = SEARCHER.search(ask("养老床位", 9, "甲民发〔2024〕6号"))
    assert {name.split("/")[0] for name in ids(result)} <= {"甲民发〔2024〕6号"}
    named = SEARCHER.search(ask("6号文怎么说养老床位", 9))
    assert {name.split("/")[0] for name in ids(named)} == {"甲民发〔2024〕6号"}


def test_a_reference_alone_gives_the_clause_and_nothing_else():
    result = SEARCHER.search(ask("5号文第一部分第1点讲什么", 5))
    assert (result.status, ids(result)) == ("found", ["甲民发〔2024〕5号/一/1"])
    assert result.hits[0].found_by == ("reference",)
    assert result.hits[0].evidence == CARE.clauses[0].sentences


def test_a_reference_to_a_part_gives_its_clauses_in_order():
    assert ids(SEARCHER.search(ask("甲民发〔2024〕5号第一部分", 5))) == [
        "甲民发〔2024〕5号/一/1",
        "甲民发〔2024〕5号/一/2",
    ]


def test_a_reference_with_words_puts_the_named_clauses_first():
    result = SEARCHER.search(ask("5号文第一部分里的助餐点", 3))
    assert ids(result)[:2] == ["甲民发〔2024〕5号/一/2", "甲民发〔2024〕5号/一/1"]
    assert result.hits[0].evidence[0].text == "建设助餐点10家。"


def test_a_reference_outside_the_chosen_document_does_not_count():
    result = SEARCHER.search(ask("5号文第一部分第1点", 5, "甲民发〔2024〕6号"))
    assert all(hit.found_by != ("reference",) for hit in result.hits)


def test_a_document_alone_gives_clauses_of_it():
    result = SEARCHER.search(ask("甲民发〔2024〕5号", 2))
    assert result.status == "found"
    assert {name.split("/")[0] for name in ids(result)} == {"甲民发〔2024〕5号"}


@pytest.mark.parametrize("question", ["今天会下雨吗", "9876", "甲民发〔2020〕5号第一部分第1点"])
def test_nothing_found_still_lists_what_is_near(question):
    result = SEARCHER.search(ask(question, 3))
    assert result.status == "not_found"
    assert all(hit.found_by != ("reference",) for hit in result.hits)


@pytest.mark.parametrize("question", ["qwertyuiop zxcvbnm", "asdfgh", "zzz", "☺☺☺"])
def test_a_question_of_which_nothing_stands_in_the_base_finds_nothing(question):
    """Whatever the vectors say: here they hold that everything is answered."""
    sure = replace(MODEL, stated=logistic(9.0, 0.4), related=logistic(9.0, 0.2))
    searcher = SEARCHER.varied(fitted=replace(FITTED, refusal=sure))
    assert searcher.search(ask(question, 3)).status == "not_found"
    assert searcher.search(ask("养老", 3)).status == "found"


def test_nothing_indexed_finds_nothing():
    result = make_searcher().search(ask("养老", 5, documents=()))
    assert (result.status, result.hits) == ("not_found", ())


def test_both_ways_together_are_put_in_order_and_judged_and_one_alone_is_judged_by_both():
    question = ask("养老机构的床位", 5)
    fused = SEARCHER.search(question)
    assert [hit.score for hit in fused.hits] == sorted((hit.score for hit in fused.hits), reverse=True)
    assert max(hit.score for hit in fused.hits) <= 1
    assert {SEARCHER.search(question, (way,)).status for way in (LEXICAL, DENSE)} == {fused.status}


def test_a_cross_encoder_orders_the_first_clauses_once_more():
    """This one likes short passages; scores stay where they were, and evidence with its clause."""
    question = ask("养老机构的床位", 20)
    plain = SEARCHER.search(question)
    searcher = make_searcher(CARE, HELP, reranker=lambda asked, passages: np.array([-len(one) for one in passages]))
    found = searcher.search(question)
    assert sorted(ids(found)) == sorted(ids(plain))
    assert ids(found) != ids(plain)
    assert [hit.score for hit in found.hits] == [hit.score for hit in plain.hits]
    assert all(sentence in hit.clause.sentences for hit in found.hits for sentence in hit.evidence)


def test_the_model_s_own_cross_encoder_reads_the_first_clauses_and_has_its_say_by_its_weight():
    """This one takes the second clause for the answer; whether the question is answered is judged without it."""
    question = ask("养老机构的床位", 20)
    plain = SEARCHER.search(question)
    second = plain.hits[1].clause
    read = []

    def scores(asked, passages):
        read.extend(passages)
        return np.array([10.0 if second.sentences[0].text in one else -10.0 for one in passages])

    embedder = FakeEmbedder(reranker=scores)
    fitted = replace(FITTED, read=1.0)
    searcher = SEARCHER.varied(embedder=embedder, fitted=fitted)
    found = searcher.search(question)
    assert found.hits[0].clause == second
    assert ids(found)[1:5] == [name for name in ids(plain)[:5] if name != second.clause_id]
    assert ids(found)[5:] == ids(plain)[5:]
    assert max(hit.score for hit in found.hits) <= 1
    assert len(read) == 4  # two of the first five are worded alike, and are read once
    assert (searcher.is_calibrated, SEARCHER.varied(fitted=fitted).is_calibrated) == (True, False)
    assert SEARCHER.varied(embedder=embedder).search(question) == plain


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  养老\u3000床位\n", "养老 床位"),
        ("养老\x00床位\x1b[31m", "养老 床位 [31m"),
        ("养\u200b老\ufeff", "养老"),
        ("养老\ud800", "养老"),
        ("问" * 1000, "问" * 1000),
    ],
)
def test_a_question_is_cleaned(typed, cleaned):
    assert checked_question(typed) == cleaned


@pytest.mark.parametrize("typed", ["", "   ", "\x00\x01", "？！。", "\u200b"])
def test_an_empty_question(typed):
    with pytest.raises(QueryError, match="问题是空的，或只有标点符号；请输入要查的内容"):
        checked_question(typed)


def test_a_question_that_is_too_long():
    with pytest.raises(QueryError, match=r"问题有 10000 个字，超过上限 1000 个字；请缩短后再问"):
        checked_question("问" * 10000)


@pytest.mark.parametrize("k", [0, -1, 101])
def test_how_many(k):
    with pytest.raises(QueryError, match=f"结果条数 {k} 不在 1 到 100 之间"):
        checked_number(k)


def test_a_base_with_another_model_is_not_calibrated_and_answers_carefully():
    question = ask("全年要新增养老床位多少张")
    other = SEARCHER.varied(fitted=replace(FITTED, made_with={"model": "another"}))
    assert (SEARCHER.is_calibrated, other.is_calibrated) == (True, False)
    assert SEARCHER.judge(question).chance == other.judge(question).chance
    assert (SEARCHER.judge(question).status, other.judge(question).status) == ("found", "related")


def test_what_was_seen_is_put_in_order_by_any_weights():
    """With all weight on the vectors the order is theirs; what was seen is not looked up again."""
    question = ask("新增养老床位多少张")
    seen = SEARCHER.see(question)
    assert SEARCHER.result(seen) == SEARCHER.search(question)
    only = np.array([name == "dense" for name in FEATURES], dtype=np.float32)
    other = SEARCHER.varied(fitted=replace(FITTED, weights=only))
    best = max(seen.measures, key=lambda name: float(seen.measures[name][:, FEATURES.index("dense")].max()))
    assert other.order(seen).clauses[0][0] == best


def test_weights_are_for_the_model_and_lists_that_they_name():
    by = fitted_with(FakeEmbedder())
    fitted = Fitted(shipped().weights, by, replace(MODEL, made_with=by))
    assert SEARCHER.varied(fitted=fitted).is_calibrated
    assert not SEARCHER.varied(fitted=replace(fitted, made_with={})).is_calibrated


def test_rules_of_reading_can_be_switched_off():
    text = "《社会救助办法》第一条。低保能多拿吗？"
    read, plain = (asked_of(text, CARE, HELP, rules=rules) for rules in (Rules(), Rules(False, False, False)))
    assert (read.reference.documents, plain.reference) == (("甲民发〔2024〕6号",), Reference((), (), text))
    assert (read.asks, plain.asks) == ("低保能多拿吗", "社会救助办法第一条低保能多拿吗")
    by_words = SlipReader(build_lexical([words.tokens("区民政局办理低保")] * 4, LexicalSettings()))
    both = (asked_of("去民证局办低保", rules=rules, slips=by_words).text for rules in (Rules(), Rules(slips=False)))
    mended, typed = both
    assert (mended, typed) == ("去民政局办低保", "去民证局办低保")
