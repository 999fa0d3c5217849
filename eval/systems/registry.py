"""The systems by name: the product, the product less one of its parts, and plain ways of searching beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from eval.questions import QuestionsError
from eval.systems.baselines import CUTS, SETTINGS, PlainSearch, RandomSearch, field_of, titled
from eval.systems.cache import Cache
from eval.systems.chunks import SIZE, chunk_passages
from eval.systems.memory import dense_of
from eval.systems.plain import Ask, VectorSearch, by_ranks
from index.question.asked import Asked
from index.records import SearchResult
from index.search import embedder as embedders
from index.search.candidates import DENSE, LEXICAL
from index.search.counts import count_tokens
from index.search.embedder import EmbedderSettings
from index.search.passages import Passage
from index.search.searcher import Searcher
from ingest.records import Clause

DEPTH = 100
"""How many clauses are asked for; R@100 looks no further."""

Search = Callable[[str], SearchResult]
"""A system: a question in, clauses out."""


class Searchable(Protocol):
    """What is asked of a base; :class:`index.knowledge_base.KnowledgeBase` has it, and :class:`eval.systems.memory.MemoryBase`."""

    @property
    def searcher(self) -> Searcher:
        """What questions are put to, to make variants of."""

    def search(self, text: str, k: int = ..., document: str | None = ..., ways: Sequence[str] = ...) -> SearchResult:
        """Find clauses by the ways named."""

    def read(self, text: str, k: int = ...) -> Asked:
        """Read a question."""

    def show(self, clause_id: str) -> Clause:
        """Give a clause by its id; raises ClauseNotFound."""


@dataclass(frozen=True, slots=True)
class Means:
    """What systems are made with: a cache of indexes, and the folder of another embedding model."""

    cache: Cache = Cache()
    embedder: Path | None = None


@dataclass(frozen=True, slots=True)
class System:
    """A system's Chinese name, and what makes it of a base; what is made takes a question and a number of clauses."""

    title: str
    make: Callable[[Searchable, Means], Ask]


def systems(
    base: Searchable,
    names: Sequence[str] | None = None,
    means: Means = Means(),  # noqa: B008 - frozen
    depth: int = DEPTH,
) -> dict[str, Search]:
    """Make systems of one base.

    :param base: an open knowledge base.
    :param names: names out of :data:`SYSTEMS`; None for :data:`DEFAULT`.
    :param means: what else to make them with.
    :param depth: how many clauses to ask them for.
    :return: the systems by name, each once, in the order of :data:`SYSTEMS` whatever the order of the names.
    :raises QuestionsError: when a system needs a model and none is named.
    :raises EmbedderError: when that model cannot be loaded.
    """
    chosen = DEFAULT if names is None else names
    return {name: _bound(SYSTEMS[name].make(base, means), depth) for name in SYSTEMS if name in chosen}


def _bound(search: Ask, depth: int) -> Search:
    return lambda text: search(text, depth)


def _product(*ways: str) -> System:
    titles = {(LEXICAL,): "本系统，只用词语", (DENSE,): "本系统，只用向量", (LEXICAL, DENSE): "本系统"}

    def make(base: Searchable, means: Means) -> Ask:
        return lambda text, k: base.search(text, k=k, ways=ways)

    return System(titles[ways], make)


def _variant(title: str, vary: Callable[[Searcher, Means], Searcher]) -> System:
    def make(base: Searchable, means: Means) -> Ask:
        searcher = vary(base.searcher, means)
        return lambda text, k: searcher.search(base.read(text, k))

    return System(title, make)


def _with_embedder(searcher: Searcher, means: Means) -> Searcher:
    if means.embedder is None:
        raise QuestionsError("fused-embedder", "没有指明用哪个向量模型", "请用 --embedder 指定模型所在文件夹")
    embedder = embedders.load(EmbedderSettings(name=str(means.embedder)))
    return searcher.varied(dense=dense_of(searcher.passages, embedder, means.cache), embedder=embedder)


def _random(base: Searchable, means: Means) -> Ask:
    return RandomSearch(base.searcher.passages).search


def _plain(name: str, title: str) -> System:
    return System(title, lambda base, means: _plain_search(base.searcher.passages, name, means.cache).search)


def _chunks(name: str) -> Callable[[Searchable, Means], Ask]:
    def make(base: Searchable, means: Means) -> Ask:
        documents = {passage.document.key: passage.document for passage in base.searcher.passages}
        return _plain_search(chunk_passages(documents.values()), name, means.cache).search

    return make


def _titled(name: str) -> Callable[[Searchable, Means], Ask]:
    return lambda base, means: _plain_search(base.searcher.passages, name, means.cache, titled).search


def _vectors(base: Searchable, means: Means) -> Ask:
    searcher = base.searcher
    return VectorSearch(searcher.passages, searcher.dense, searcher.embedder).search


def _ranks(base: Searchable, means: Means) -> Ask:
    return by_ranks(_vectors(base, means), _titled("pairs")(base, means), DEPTH)


def _plain_search(
    passages: Sequence[Passage], name: str, cache: Cache, field: Callable[[Passage], str] = field_of
) -> PlainSearch:
    cut = CUTS[name]
    facts = {"tokens": name, "settings": asdict(SETTINGS), **({} if field is field_of else {"field": field.__name__})}
    texts = (field(one) for one in passages)
    count = partial(count_tokens, texts, cut, SETTINGS.kinds)
    return PlainSearch(passages, cache.lexical(passages, facts, count, SETTINGS), cut)


SYSTEMS: Mapping[str, System] = {
    "random": System("随机抽取", _random),
    "chunks": System(f"每 {SIZE} 字切一块，jieba 分词的 BM25", _chunks("jieba")),
    "chunk-characters": System(f"每 {SIZE} 字切一块，单字 BM25", _chunks("characters")),
    "regex": _plain("regex", r"按 \w+ 切词的 BM25"),
    "characters": _plain("characters", "单字 BM25"),
    "bigrams": _plain("bigrams", "双字 BM25"),
    "jieba": _plain("jieba", "jieba 分词的 BM25"),
    "titled-jieba": System("jieba 分词的 BM25，连同文件名", _titled("jieba")),
    "titled-pairs": System("单字加双字 BM25，连同文件名", _titled("pairs")),
    "vectors": System("只用向量，不拒答", _vectors),
    "ranks": System("向量与 titled-pairs 按名次倒数合并", _ranks),
    "bm25": _product(LEXICAL),
    "dense": _product(DENSE),
    "fused": _product(LEXICAL, DENSE),
    "fused-embedder": _variant("本系统，换用 --embedder 的向量模型", _with_embedder),
}
"""All systems, in the order of the report. Only the product's own refuse, and only they read references."""

DEFAULT = ("bm25", "dense", "fused")
"""What is measured where nothing is named."""

OFFICES = ("chunk-characters", "titled-jieba", "titled-pairs", "vectors", "ranks", "fused")
"""What is measured on documents of other offices where nothing is named: peers, and the product."""

PRODUCT, MERGED = "fused", ("bm25", "dense")
"""The system that people use, and the ways of searching that it merges."""

COMPANY = "+company"
"""Behind the name of a system that searches the base among the articles of a benchmark."""

LISTING_CLAUSES = tuple(name for name in SYSTEMS if name not in ("chunks", "chunk-characters", "fused-embedder"))
"""The systems that list clauses of the base and need nothing beside it."""
