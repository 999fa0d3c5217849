"""From a corpus to a store: records as lines, vectors of different texts, and what makes a build read a file again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from index_fakes import WEB_PAGE, FakeEmbedder, make_document

from index.errors import CorpusError, StoreError
from index.knowledge_base import KnowledgeBase
from index.question import lists
from index.search import embedder as embedders
from index.search.passages import passages_of
from index.search.vectors import sentence_vectors
from index.store import facts as store_facts
from index.store.codec import decode, decode_all, encode, layout
from index.store.entries import Reading
from index.store.facts import is_current
from ingest import read_document

REAL = Path(__file__).parent.parent / "corpus" / "documents"


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    monkeypatch.setattr(embedders, "load", lambda settings: FakeEmbedder())
    folder = tmp_path / "corpus"
    (folder / "lists").mkdir(parents=True)
    (folder / "甲.html").write_text(WEB_PAGE.format(number="甲民发〔2024〕5号", title="养老办法"), encoding="utf-8")
    (folder / "lists" / "organisations.txt").write_text("…专班\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["浦民发〔2023〕8号.pdf", "浦民发〔2023〕74号.html"])
def test_a_record_comes_back_as_it_was(name):
    reading = Reading(name, read_document(REAL / name))
    line = encode(reading)
    assert (line.count(b"\n"), line[-1:]) == (1, b"\n")
    assert decode_all(Reading, line + line) == (reading, reading)


@pytest.mark.parametrize("line", [b'{"name": "a"}', b'{"name": 1, "document": {}}', b"[]", b"{", b""])
def test_a_line_of_another_version_is_refused(line):
    with pytest.raises(StoreError, match="文件记录属于另一版程序；请运行 python -m index build 重建"):
        decode(Reading, line)


def test_layout_tells_fields_and_types():
    @dataclass
    class One:
        name: str

    @dataclass
    class Two:
        name: str
        page: int = 0

    assert layout(One) != layout(Two)
    assert len(layout(Reading)) == 12


def test_a_store_of_other_records_is_refused(corpus, tmp_path, monkeypatch):
    KnowledgeBase.build(corpus, tmp_path / "store")
    monkeypatch.setattr(store_facts, "layout", lambda kind: "another")
    with pytest.raises(StoreError, match="里的文件记录属于另一版程序"):
        KnowledgeBase.open(tmp_path / "store")


def test_a_sentence_goes_to_the_model_once_below_what_it_stands_under():
    put = []

    class Told(FakeEmbedder):
        def encode_passages(self, texts):
            put.extend(texts)
            return super().encode_queries(texts)

    sentences = ("（一）床位。新增养老床位300张。", "其中护理型的占一半。", "其中护理型的占一半。")
    document = make_document("甲民发〔2024〕5号", "养老办法", {"一": (("一、供给", "（一）床位"), sentences)})
    vectors = sentence_vectors(passages_of([document]), Told())
    assert put == [
        "甲区民政局 养老办法 一、供给 （一）床位。新增养老床位300张。",
        "甲区民政局 养老办法 一、供给 （一）床位 （一）床位。新增养老床位300张。 其中护理型的占一半。",
        "甲区民政局 养老办法 一、供给 （一）床位 其中护理型的占一半。",
    ]
    assert vectors.shape == (3, 64)


def test_no_sentences_have_no_vectors():
    assert sentence_vectors((), FakeEmbedder()).shape == (0, 64)


def read_by(corpus, store):
    """Build, and tell which files were not read again."""
    return KnowledgeBase.build(corpus, store).reused


def test_lists_of_the_office_are_no_documents_and_decide_what_is_read_again(corpus, tmp_path):
    store = tmp_path / "store"
    assert read_by(corpus, store) == ()
    assert read_by(corpus, store) == ("甲.html",)
    assert is_current(store, corpus)
    (corpus / "lists" / "organisations.txt").write_text("…专班\n…联防队\n", encoding="utf-8")
    assert not is_current(store, corpus)
    assert read_by(corpus, store) == ()
    assert is_current(store, corpus)


def test_a_list_for_questions_makes_a_store_old_but_no_file_is_read_again(corpus, tmp_path):
    store = tmp_path / "store"
    before = KnowledgeBase.build(corpus, store).generation
    (corpus / "lists" / "domain_words.txt").write_text("睦邻客厅\n", encoding="utf-8")
    assert not is_current(store, corpus)
    report = KnowledgeBase.build(corpus, store)
    assert (report.reused, report.generation != before) == (("甲.html",), True)
    assert is_current(store, corpus)


def test_line_ends_of_a_list_do_not_matter(corpus, tmp_path):
    read_by(corpus, tmp_path / "store")
    (corpus / "lists" / "organisations.txt").write_bytes("…专班\r\n".encode())
    assert is_current(tmp_path / "store", corpus)


def test_what_another_version_has_read_is_read_again(corpus, tmp_path, monkeypatch):
    read_by(corpus, tmp_path / "store")
    monkeypatch.setattr("ingest.VERSION", "another")
    assert not is_current(tmp_path / "store", corpus)
    assert read_by(corpus, tmp_path / "store") == ()


def test_a_file_that_is_new_makes_a_store_old(corpus, tmp_path):
    read_by(corpus, tmp_path / "store")
    (corpus / "乙.html").write_text(WEB_PAGE.format(number="甲民发〔2024〕6号", title="办法"), encoding="utf-8")
    assert not is_current(tmp_path / "store", corpus)


def test_a_list_at_fault_stops_the_build_before_the_store_is_touched(corpus, tmp_path):
    before = KnowledgeBase.build(corpus, tmp_path / "store").generation
    (corpus / "lists" / "organisations.txt").write_bytes("…专班\n".encode("gb18030"))
    with pytest.raises(CorpusError, match="词表有误.*请用 python -m index lists check 查看后改正"):
        KnowledgeBase.build(corpus, tmp_path / "store")
    assert KnowledgeBase.open(tmp_path / "store").sha == before


def test_words_of_the_office_are_kept_with_the_store_and_read_questions_to_it(corpus, tmp_path):
    (corpus / "lists").mkdir(exist_ok=True)
    (corpus / "lists" / "thesaurus_own.txt").write_text("移动政务服务终端 | 掌上通\n", encoding="utf-8")
    KnowledgeBase.build(corpus, tmp_path / "store")
    base = KnowledgeBase.open(tmp_path / "store")
    assert base.read("掌上通怎么用").readings == (("掌上通", ("移动政务服务终端",)),)
    try:
        lists.use({})
        assert base.read("掌上通怎么用").readings == (("掌上通", ("移动政务服务终端",)),)
    finally:
        lists.use({})
