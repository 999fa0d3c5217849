"""Whether a store is current, and what an update keeps to: the corpus and the model that it was made with."""

from __future__ import annotations

import re
import shutil

import pytest
from index_fakes import WEB_PAGE, FakeEmbedder

from index.errors import CorpusError, StoreError
from index.knowledge_base import KnowledgeBase
from index.search.embedder import EmbedderSettings
from index.store import sealed

PROMPTED = EmbedderSettings(query_prompt="问：", truncate=32)
SHIPPED = EmbedderSettings()


def put(folder, name, number):
    (folder / name).write_text(WEB_PAGE.format(number=number, title="养老服务方案"), encoding="utf-8")


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    put(folder, "a.html", "甲发〔2024〕1号")
    return folder


@pytest.fixture
def loaded(monkeypatch):
    """Name the models that are loaded, in their order; none of them needs a file."""
    settings = []

    def load(one=None):
        settings.append(one)
        return FakeEmbedder(f"fake {one}")

    monkeypatch.setattr("index.search.embedder.load", load)
    return settings


@pytest.fixture
def store(tmp_path, corpus, loaded):
    """Make a store with a model of its own."""
    KnowledgeBase.build(corpus, tmp_path / "store", PROMPTED)
    loaded.clear()
    return tmp_path / "store"


def harm(store, name, part="segments"):
    (path,) = store.glob(f"{part}/*/{name}")
    path.write_bytes(path.read_bytes()[:-9])


def test_a_store_just_built_is_current(store, corpus):
    assert KnowledgeBase.is_current(store)
    assert KnowledgeBase.is_current(store, corpus)
    assert KnowledgeBase.is_current(store, corpus / ".." / "corpus")


def test_renditions_are_held_too(store, corpus):
    put(corpus, "b.html", "甲发〔2024〕1号")
    assert not KnowledgeBase.is_current(store)
    assert KnowledgeBase.update(store).renditions == ("b.html",)
    assert KnowledgeBase.is_current(store)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: put(folder, "b.html", "甲发〔2024〕2号"),
        lambda folder: put(folder, "a.html", "甲发〔2024〕2号"),
        lambda folder: (folder / "a.html").rename(folder / "b.html"),
    ],
    ids=["one more", "another content", "another name"],
)
def test_a_change_of_the_files_is_seen_and_an_update_takes_it_in(store, corpus, change):
    change(corpus)
    assert not KnowledgeBase.is_current(store)
    KnowledgeBase.update(store)
    assert KnowledgeBase.is_current(store)


def test_the_same_files_in_another_folder_are_another_corpus(store, corpus, tmp_path):
    other = shutil.copytree(corpus, tmp_path / "other")
    assert not KnowledgeBase.is_current(store, other)
    KnowledgeBase.update(store, other)
    assert KnowledgeBase.is_current(store, other)
    assert KnowledgeBase.corpus_of(store) == other


def test_a_corpus_that_is_gone_is_told(store, corpus):
    corpus.rename(corpus.with_name("gone"))
    with pytest.raises(CorpusError, match=re.escape(f"没有文件夹 {corpus}；请给出存放政策文件的文件夹")):
        KnowledgeBase.is_current(store)


def test_no_store_is_not_current_but_is_no_store(tmp_path, corpus):
    with pytest.raises(StoreError, match="里没有知识库"):
        KnowledgeBase.is_current(tmp_path / "nothing", corpus)
    assert KnowledgeBase.corpus_of(tmp_path / "nothing") is None


def test_an_update_keeps_to_the_model(store, corpus, loaded):
    put(corpus, "b.html", "甲发〔2024〕2号")
    report = KnowledgeBase.update(store)
    assert [one.number for one in report.documents] == ["甲发〔2024〕1号", "甲发〔2024〕2号"]
    assert report.reused == ("a.html",)
    assert loaded == [PROMPTED]


@pytest.mark.parametrize("name", ["documents.jsonl", "vectors.npy"])
def test_a_damaged_store_still_tells_its_corpus_and_its_model(store, corpus, loaded, name):
    harm(store, name)
    with pytest.raises(StoreError):
        KnowledgeBase.open(store)
    assert KnowledgeBase.corpus_of(store) == corpus
    KnowledgeBase.update(store)
    assert KnowledgeBase.is_current(store)
    assert loaded == [PROMPTED]


def test_a_store_of_another_version_still_tells_them(store, corpus, loaded, monkeypatch):
    monkeypatch.setattr(sealed, "FORMAT", sealed.FORMAT + 1)
    with pytest.raises(StoreError, match="的格式是第"):
        KnowledgeBase.open(store)
    KnowledgeBase.update(store)
    assert KnowledgeBase.is_current(store)
    assert loaded == [PROMPTED]


def test_where_the_model_cannot_be_told_the_one_of_the_project_is_taken_and_that_is_said(store, loaded):
    harm(store, "manifest.json", "generations")
    said = []
    KnowledgeBase.update(store, progress=lambda share, step: said.append((share, step)))
    assert said[0] == (0.0, f"看不出知识库 {store} 原来用的是哪个向量模型，改用自带模型")
    assert loaded == [SHIPPED]


@pytest.mark.parametrize("pointer", [b"", b"{", b"[]", b'{"corpus": 1}', b"\xff"])
def test_where_the_corpus_cannot_be_told_it_must_be_given(store, corpus, pointer):
    (store / "CURRENT").write_bytes(pointer)
    assert KnowledgeBase.corpus_of(store) is None
    told = f"看不出知识库 {store} 是从哪个文件夹建立的；请给出存放政策文件的文件夹"
    with pytest.raises(CorpusError, match=re.escape(told)):
        KnowledgeBase.update(store)
    KnowledgeBase.update(store, corpus)
    assert KnowledgeBase.is_current(store)


def test_a_first_build_takes_the_model_of_the_project_and_does_not_wonder_at_it(tmp_path, corpus, loaded):
    said = []
    KnowledgeBase.update(tmp_path / "new", corpus, lambda share, step: said.append(step))
    assert said[0] == "读取 a.html"
    assert loaded == [SHIPPED]


def test_a_store_of_the_first_model_gets_the_prompts_of_the_one_that_comes_with_the_project_now(
    tmp_path, corpus, loaded, monkeypatch
):
    """The first had no prompts; what its stores hold of them must not take those of the model now away."""
    with monkeypatch.context() as before:
        before.setattr("index.store.facts.recipe", lambda: {"heading_share": 0.2})
        KnowledgeBase.build(corpus, tmp_path / "store", EmbedderSettings(query_prompt="", passage_prompt=""))
    KnowledgeBase.update(tmp_path / "store", corpus)
    assert loaded[-1] == SHIPPED
