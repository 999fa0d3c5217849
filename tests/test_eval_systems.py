"""Every system over a base in memory, its variants, the cache, and files of rankings and judgments from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from index_fakes import FakeEmbedder, make_document

from eval import __main__ as command
from eval.formats.foreign import foreign_results, judged_by
from eval.questions import QuestionsError
from eval.records import Gold, Question
from eval.run import collect
from eval.systems import cache as caches
from eval.systems.baselines import CUTS, RandomSearch
from eval.systems.cache import Cache
from eval.systems.memory import MemoryBase, build_in_memory
from eval.systems.plain import Ask, by_ranks
from eval.systems.registry import DEFAULT, SYSTEMS, Means, systems
from index.errors import QueryError
from index.question import lists
from index.records import Hit, Query, SearchResult

DOCUMENTS = (
    make_document(
        "甲〔2024〕1号",
        "养老服务方案",
        {
            "一/1": (["一、养老"], ["新增养老床位300张。", "建设助餐点。"]),
            "一/2": (["一、养老"], ["开展殡葬改革。"]),
        },
    ),
    make_document("乙〔2024〕2号", "社区规划", {"一/1": (["一、社区"], ["社区食堂覆盖全部街道。"])}),
)
NAMES = [name for name in SYSTEMS if name != "fused-embedder"]


@pytest.fixture(autouse=True)
def no_office() -> None:
    """Questions are read without the lists of whatever base was opened before."""
    lists.use({})


@pytest.fixture
def base() -> MemoryBase:
    """Three clauses in two documents."""
    return build_in_memory(DOCUMENTS, FakeEmbedder(), Cache())


def found(base: MemoryBase, name: str, query: str) -> list[str]:
    return [hit.clause.clause_id for hit in systems(base, [name])[name](query).hits]


@pytest.mark.parametrize("name", NAMES)
def test_every_system_answers_and_the_same_each_time(name: str, base: MemoryBase) -> None:
    again = build_in_memory(DOCUMENTS, FakeEmbedder(), Cache())
    assert found(base, name, "养老床位") == found(again, name, "养老床位")
    if name not in ("regex", "random"):
        assert found(base, name, "养老床位")[0] in ("甲〔2024〕1号/一/1", "甲〔2024〕1号/片段1")


def test_words_between_blanks_find_no_chinese_word(base: MemoryBase) -> None:
    assert found(base, "regex", "养老床位") == []
    assert found(base, "regex", "开展殡葬改革") == ["甲〔2024〕1号/一/2"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("regex", ["w:新增养老床位", "w:5", "w:abc"]),
        ("characters", ["c:新", "c:增", "c:养", "c:老", "c:床", "c:位", "c:5", "c:a", "c:b", "c:c"]),
        ("bigrams", ["b:新增", "b:增养", "b:养老", "b:老床", "b:床位"]),
        ("jieba", ["w:新增", "w:养老", "w:床位", "w:养老床位", "w:5", "w:abc"]),
    ],
)
def test_ways_to_cut(name: str, expected: list[str]) -> None:
    assert CUTS[name]("新增养老床位，5 ABC") == expected


def test_chance_depends_on_question_and_seed_alone(base: MemoryBase) -> None:
    passages = base.searcher.passages
    drawn = {
        seed: [
            [hit.clause.clause_id for hit in RandomSearch(passages, seed).search(f"问{n}", 2).hits] for n in range(9)
        ]
        for seed in (1, 2)
    }
    assert drawn[1] != drawn[2]
    assert len({tuple(one) for one in drawn[1]}) > 1
    assert all(len(set(one)) == 2 for one in drawn[1])


def test_a_clause_is_found_by_the_heading_above_it(base: MemoryBase) -> None:
    assert found(base, "bm25", "养老") == ["甲〔2024〕1号/一/1", "甲〔2024〕1号/一/2"]
    assert "甲〔2024〕1号/一/2" in found(base, "fused", "养老")


def test_a_system_that_is_no_more_is_not_known(base: MemoryBase) -> None:
    assert [name for name in SYSTEMS if name.startswith("fused")] == ["fused", "fused-embedder"]
    with pytest.raises(SystemExit, match="2"):
        command.main(["run", "--system", "fused-no-thesaurus"])


def test_another_embedder_must_be_named(base: MemoryBase, tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match="没有指明用哪个向量模型；请用 --embedder 指定模型所在文件夹"):
        systems(base, ["fused-embedder"])
    shipped = Path(caches.index.__file__).parent / "model"
    search = systems(base, ["fused-embedder"], Means(embedder=shipped))["fused-embedder"]
    assert search("养老床位").hits[0].clause.clause_id == "甲〔2024〕1号/一/1"


def test_the_default_are_the_products_own(base: MemoryBase) -> None:
    assert tuple(systems(base)) == DEFAULT == ("bm25", "dense", "fused")


@pytest.mark.parametrize("name", ["random", "jieba", "fused"])
def test_a_question_at_fault_is_refused_by_every_system(name: str, base: MemoryBase) -> None:
    with pytest.raises(QueryError, match="问题是空的"):
        systems(base, [name])[name]("，。")


def test_the_cache_gives_what_was_built(base: MemoryBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build_in_memory(DOCUMENTS, FakeEmbedder(), Cache(tmp_path))
    kept = sorted(path.name for path in tmp_path.iterdir())
    monkeypatch.setattr(caches, "_write", None)  # nothing is to be built again
    second = build_in_memory(DOCUMENTS, FakeEmbedder(), Cache(tmp_path))
    for query in ("养老床位", "社区食堂"):
        assert first.search(query) == second.search(query) == base.search(query)
    assert len(kept) == 2
    with pytest.raises(TypeError):
        build_in_memory(DOCUMENTS[:1], FakeEmbedder(), Cache(tmp_path))


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(QuestionsError, match="存不下索引（.*）；请用 --cache 指定可写的文件夹"):
        build_in_memory(DOCUMENTS, FakeEmbedder(), Cache(tmp_path / "file" / "in"))


ASKED = (
    Question("q1", "exact", "养老床位", (Gold("甲〔2024〕1号/一/1", ("新增养老床位300张。",)),), "test"),
    Question("q2", "exact", "殡葬", (Gold("甲〔2024〕1号/一/2", ("开展殡葬改革。",)),), "test"),
    Question("q3", "unanswerable", "天气", (), "test"),
)


def written(folder: Path, text: str) -> Path:
    path = folder / "他人.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_of_rankings_is_a_system(base: MemoryBase, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "q1 Q0 甲〔2024〕1号/一/2 1 9 s\nq1 Q0 甲〔2024〕1号/一/1 2 8 s\n")
    run = collect("他人", foreign_results(path, base, ASKED))
    first, second, third = run.outcomes
    assert (first.ranking, first.sentence, first.read) == (
        ("甲〔2024〕1号/一/2", "甲〔2024〕1号/一/1"),
        "开展殡葬改革。",
        18,
    )
    assert (second.refused, third.refused, run.groups[0].scores["Hit@3"].value) == (True, True, 0.5)
    assert capsys.readouterr().err == "他人.txt 没有列出 2 题（如 q2），按未找到依据计\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("q9 Q0 甲〔2024〕1号/一/1 1 9 s\n", "没有列出任何一个所评的问题；请核对问题编号与 --split"),
        ("q1 Q0 甲/一 1 9 s\n", "问题“q1”下列出“甲/一”，知识库里没有这一条；"),
    ],
)
def test_rankings_that_do_not_fit(text: str, message: str, base: MemoryBase, tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match=message):
        list(foreign_results(written(tmp_path, text), base, ASKED))


CLAUSES = {"甲〔2024〕1号/一/1": "新增养老床位300张。", "甲〔2024〕1号/一/2": "开展殡葬改革。"}


def test_judgments_take_the_place_of_gold_answers(tmp_path: Path) -> None:
    path = written(tmp_path, "q1 0 甲〔2024〕1号/一/1 2\nq1 0 甲〔2024〕1号/一/2 1\nq2 0 甲〔2024〕1号/一/1 0\n")
    first, last = judged_by(path, ASKED, CLAUSES)
    assert first.gold == (
        Gold("甲〔2024〕1号/一/1", ("新增养老床位300张。",), 2, "他人.txt"),
        Gold("甲〔2024〕1号/一/2", (), 1, "他人.txt"),
    )
    assert (last.id, last.gold) == ("q3", ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("q9 0 甲〔2024〕1号/一/1 1\n", "第1行：没有问题或条款“q9”；请核对编号"),
        ("q1 0 甲/一 1\n", "第1行：没有问题或条款“甲/一”；请核对编号"),
        ("q3 0 甲〔2024〕1号/一/1 1\n", "查无依据类的问题“q3”被判有答案；"),
    ],
)
def test_judgments_that_do_not_fit(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match=message):
        judged_by(written(tmp_path, text), ASKED, CLAUSES)


def test_equal_scores_are_ordered_by_clause_id() -> None:
    """The two last clauses are alike: the earlier id comes first, also where only one of them is asked for."""
    alike = make_document("甲", "题", {"三": ([], ["养老。"]), "二": ([], ["养老。"]), "一": ([], ["养老养老。"])})
    search = systems(build_in_memory([alike], FakeEmbedder(), Cache()), ["characters"], depth=2)["characters"]
    assert [hit.clause.clause_id for hit in search("养老").hits] == ["甲/一", "甲/三"]


def test_within_one_document_nothing_of_its_neighbours_is_found(base: MemoryBase) -> None:
    inside = base.search("养老社区", k=5, document="乙〔2024〕2号").hits
    assert [hit.clause.clause_id for hit in inside] == ["乙〔2024〕2号/一/1"]
    everywhere = {hit.clause.clause_id for hit in base.search("养老社区", k=5).hits}
    assert {"甲〔2024〕1号/一/1", "乙〔2024〕2号/一/1"} <= everywhere


def test_by_the_thesaurus_of_an_office_the_product_finds_official_words() -> None:
    document = make_document("丙〔2024〕3号", "题", {"一": ([], ["招募志愿者。"]), "二": ([], ["当好表率。"])})
    made = build_in_memory([document], FakeEmbedder(), Cache())
    assert found(made, "bm25", "想当义工") == ["丙〔2024〕3号/二"]
    try:
        lists.use({"thesaurus_own.txt": "志愿者 | 义工\n"})
        assert made.read("想当义工").readings == (("义工", ("志愿者",)),)
        assert found(made, "bm25", "想当义工") == ["丙〔2024〕3号/一", "丙〔2024〕3号/二"]
        assert found(made, "titled-pairs", "想当义工") == ["丙〔2024〕3号/二"]
    finally:
        lists.use({})


def test_lists_are_put_together_by_the_reciprocal_of_ranks(base: MemoryBase) -> None:
    """First in one list and third in the other is more than second in both: 1/61 + 1/63 > 2/62."""
    passages = {passage.clause.clause_id: passage for passage in base.searcher.passages}
    names = ("甲〔2024〕1号/一/1", "甲〔2024〕1号/一/2", "乙〔2024〕2号/一/1")

    def listing(*places: int) -> Ask:
        chosen = [passages[names[place]] for place in places]
        hits = tuple(
            Hit(rank, 1.0, ("lexical",), one.clause, (one.sentence,), one.document.metadata)
            for rank, one in enumerate(chosen, start=1)
        )
        return lambda text, k: SearchResult(Query(text, k), "found", hits)

    result = by_ranks(listing(0, 1, 2), listing(2, 1, 0), 3)("床位", 2)
    assert [hit.clause.clause_id for hit in result.hits] == [names[2], names[0]]
    assert [hit.rank for hit in result.hits] == [1, 2]


def test_vectors_alone_list_each_clause_once_by_its_nearest_sentence_and_never_refuse(base: MemoryBase) -> None:
    result = systems(base, ["vectors"])["vectors"]("建设助餐点。")
    assert (result.status, result.hits[0].evidence[0].text) == ("found", "建设助餐点。")
    assert len({hit.clause.clause_id for hit in result.hits}) == len(result.hits) == 3


def test_titles_count_where_they_are_indexed(base: MemoryBase) -> None:
    assert found(base, "titled-pairs", "方案")[0].startswith("甲")
    assert found(base, "bigrams", "方案") == []
