"""Questions put to the documents of some issuers, years and kinds, or in force on a day; the folder and Milvus let the same through."""

from __future__ import annotations

import json

import pytest
from index_fakes import FakeEmbedder, typed_fitted
from milvus_places import release
from office_texts import notice, put

from index.__main__ import main
from index.answer.attributes import ALWAYS, NEVER, Attributes, attributes_of, kind_of
from index.answer.filters import where_of
from index.errors import QueryError
from index.knowledge_base import KnowledgeBase
from index.records import Filters, Query, Where
from index.search.milvus.expressions import expression
from index.search.vector_store import Scope
from index.store.publishing import client_of

QUESTION = "街镇开展养老工作"


def text_of(city, count, year, kind="通知", term=""):
    text = notice(
        f"养老工作的{kind}",
        f"{city}民发〔{year}〕{count}号",
        f"做好养老工作。{term}",
        "街镇开展养老工作。",
        f"{year}年5月6日",
    )
    return text.replace("青禾市", f"{city}禾市")


@pytest.fixture
def store(tmp_path, monkeypatch):
    """Build a store of five documents: of two issuers, three years and two kinds, one of them in force for two years."""
    monkeypatch.setattr("index.search.embedder.load", lambda settings=None: FakeEmbedder())
    monkeypatch.setattr("index.search.searcher.shipped", typed_fitted)
    texts = (
        ("青", 1, 2022, "通知", "本通知自2022年6月1日起施行，有效期至2024年5月31日。"),
        ("青", 2, 2023, "意见", ""),
        ("青", 3, 2024, "通知", ""),
        ("白", 4, 2023, "通知", ""),
        ("白", 5, 2024, "意见", ""),
    )
    for city, count, year, kind, term in texts:
        put(tmp_path / "corpus", f"{count}.txt", text_of(city, count, year, kind, term))
    KnowledgeBase.build(tmp_path / "corpus", tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture(params=["local", "milvus"])
def base(request, store, tmp_path):
    """Open it, with its own indexes and in Milvus."""
    if request.param == "local":
        yield KnowledgeBase.open(store)
        return
    pytest.importorskip("milvus_lite", reason="milvus-lite is not installed")
    vectors = f"milvus+lite://{tmp_path / 'rows.db'}/base"
    KnowledgeBase.publish(store, vectors)
    yield KnowledgeBase.open(store, vectors=vectors)
    release(client_of(vectors))


def numbers(result):
    return sorted({int(hit.clause.clause_id.split("号/")[0][-1]) for hit in result.hits})


@pytest.mark.parametrize(
    ("filters", "day", "wanted", "note"),
    [
        (Filters(("青禾市民政局",)), None, [1, 2, 3], "只在发文机关为青禾市民政局的3份文件里查找"),
        (Filters(years=(2023,)), None, [2, 4], "只在年份为2023的2份文件里查找"),
        (Filters(kinds=("意见",)), None, [2, 5], "只在文种为意见的2份文件里查找"),
        (
            Filters(("白禾市民政局",), (2023, 2024), ("通知",)),
            None,
            [4],
            "只在发文机关为白禾市民政局，年份为2023、2024，文种为通知的1份文件里查找",
        ),
        (
            Filters(("白禾市民政局",), (2022,)),
            None,
            [],
            "只在发文机关为白禾市民政局，年份为2022的文件里查找，库中没有这样的文件",
        ),
        (Filters(), "2023-12-31", [1, 2, 4], "按2023年12月31日的效力查找，其时不在施行的2份文件未查"),
        (Filters(kinds=("通知",)), "2024-06-01", [3, 4], "只在文种为通知的3份文件里查找"),
    ],
    ids=["issuer", "year", "kind", "all three", "none", "day", "day and kind"],
)
def test_only_documents_that_are_let_through_are_searched(base, filters, day, wanted, note):
    result = base.search(QUESTION, 50, as_of=day, filters=filters)
    assert numbers(result) == wanted
    assert result.notes[0] == note
    assert note in base.ask(QUESTION, as_of=day, filters=filters).warnings


def test_what_the_base_does_not_hold_is_refused_with_what_it_holds(base):
    with pytest.raises(QueryError) as told:
        base.search(QUESTION, filters=Filters(("禾市",)))
    assert str(told.value) == "库中没有发文机关为“禾市”的文件；现有：白禾市民政局、青禾市民政局"
    with pytest.raises(QueryError, match="库中没有年份为“1999”的文件；现有：2022、2023、2024"):
        base.ask(QUESTION, filters=Filters(years=(1999,)))
    with pytest.raises(QueryError, match="库中没有文种为“决定”的文件；现有：意见、通知"):
        base.ask(QUESTION, filters=Filters(kinds=("决定",)))


def test_the_command_narrows_a_search(store, capsys):
    there = ["--store", str(store), "--json"]
    assert main(["search", QUESTION, "--issuer", "白禾市民政局", "--year", "2023", "--year", "2024", *there]) == 0
    found = json.loads(capsys.readouterr().out)
    assert sorted({hit["clause_id"].split("号/")[0] for hit in found["hits"]}) == ["白民发〔2023〕4", "白民发〔2024〕5"]
    assert main(["ask", QUESTION, "--kind", "决定", *there]) == 1
    assert "库中没有文种为“决定”的文件" in capsys.readouterr().err


def test_documents_are_known_by_issuer_year_kind_and_when_they_are_in_force(store):
    known = attributes_of(KnowledgeBase.open(store)._library)
    assert known["青民发〔2022〕1号"] == Attributes("青禾市民政局", 2022, "通知", 20220601, 20240531)
    assert known["白民发〔2024〕5号"] == Attributes("白禾市民政局", 2024, "意见", 20240506, NEVER)
    assert kind_of("关于印发养老服务条例（试行）") == "条例"


def test_what_is_searched_is_said_by_what_it_has_in_common_where_that_says_it():
    span, turns = Attributes("甲", 2023, "通知", ALWAYS, 20231231), Attributes("甲", 2023, "通知", is_span=False)
    on = Query("养老", as_of="2023-06-30", among=frozenset({"一"}))
    assert where_of(on, {"一": span, "二": span}) == Where(Filters(), 20230630)
    assert where_of(on, {"一": span, "二": turns}) is None  # in force by turns: the documents are listed
    assert where_of(Query("养老"), {"一": span}) is None
    scope = Scope(("一",), Where(Filters(('甲"市',), (2023,), ("通知",)), 20230630))
    assert expression(scope, {"一": 0, "二": 0}) == (
        'issuer in ["甲\\"市"] and year in [2023] and kind in ["通知"] and since <= 20230630 and until >= 20230630'
    )
    assert expression(Scope(("一", "二"), None), {"一": 0, "二": 0, "三": 0}) == 'not (document in ["三"])'
    assert expression(Scope(("一",), None), {"一": 0, "二": 0, "三": 0}) == 'document in ["一"]'
    assert expression(Scope(("无",), None), {"一": 0}) is None
