"""A file is read before it is added, and what fails to be added leaves corpus and store as they were."""

from __future__ import annotations

import pytest
from index_fakes import FakeEmbedder
from office_texts import notice, put

from index.errors import CorpusError, QueryError, StoreError
from index.knowledge_base import KnowledgeBase

NUMBERS = [f"青民发〔2024〕{count}号" for count in range(1, 10)]


def text_of(count, first="坚持以人民为中心，做好有关工作。"):
    return notice(f"第{count}项工作的通知", NUMBERS[count - 1], first, f"{count}个街镇开展第{count}项工作。")


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setattr("index.search.embedder.load", lambda settings=None: FakeEmbedder())
    for count in (1, 2):
        put(tmp_path / "corpus", f"{count}.txt", text_of(count))
    KnowledgeBase.build(tmp_path / "corpus", tmp_path / "store")
    return tmp_path / "store"


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def met(store, folder, name, text):
    (one,) = KnowledgeBase.preview([put(folder, name, text)], store)
    return one.standing, one.key, one.files


def test_what_was_understood_of_a_file_and_nothing_is_changed(store, tmp_path):
    before = tree(tmp_path)
    new = put(tmp_path / "elsewhere", "3.txt", text_of(3))
    told = []
    (one,) = KnowledgeBase.preview([new], store, lambda share, step: told.append((share, step)))
    assert (one.name, one.label, one.pages, one.clauses, one.fault) == ("3.txt", "文本版", 0, 2, "")
    assert (one.metadata.number, one.metadata.title) == ("青民发〔2024〕3号", "青禾市民政局关于第3项工作的通知")
    assert one.outline == ((0, "一、总体要求"), (0, "二、主要任务"))
    assert (one.account.lost, one.tables, one.warnings) == (0, (), ())
    assert told == [(0.0, "读取 3.txt")]
    assert tree(tmp_path) == {**before, "elsewhere/3.txt": new.read_bytes()}


def test_how_a_file_stands_to_the_base(store, tmp_path):
    at = tmp_path / "elsewhere"
    assert met(store, at, "3.txt", text_of(3)) == ("new", "", ())
    assert met(store, at, "a.txt", text_of(2)) == ("held", NUMBERS[1], ("2.txt",))
    assert met(store, at, "2.md", text_of(2)) == ("held", NUMBERS[1], ("2.txt",))
    assert met(store, at, "b.txt", f"{text_of(2)}\n") == ("rendition", NUMBERS[1], ("2.txt",))
    assert met(store, at, "c.txt", text_of(2, "改为由区民政局组织实施，市级部门不再审批。")) == (
        "another", NUMBERS[1], ("2.txt",),
    )  # fmt: skip
    other = notice("路灯维修", NUMBERS[1], "路灯坏了要修好，三天之内。", "井盖丢了补上。")
    assert met(store, at, "d.txt", other) == ("namesake", NUMBERS[1], ("2.txt",))


def test_files_at_fault_say_what_is_wrong(store, tmp_path):
    empty, word = put(tmp_path / "e", "空.txt", ""), tmp_path / "e" / "甲.html"
    word.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert [one.fault for one in KnowledgeBase.preview([empty, word], store)] == [
        "空.txt: 文件是空的（0 字节）；请重新下载或重新导出该文件",
        "甲.html: 文件名以“.html”结尾，内容却是Word 97—2003 或 WPS 文件；请把文件名的结尾改为“.doc”",
    ]
    with pytest.raises(CorpusError, match="无.txt: 打不开"):
        KnowledgeBase.preview([tmp_path / "无.txt"], store)
    with pytest.raises(StoreError, match="里没有知识库"):
        KnowledgeBase.preview([empty], tmp_path / "none")


def test_the_files_of_a_document(store, tmp_path):
    KnowledgeBase.add(
        [put(tmp_path / "e", "b.txt", text_of(2, "改为由区民政局组织实施，市级部门不再审批。"))], store, None, True
    )
    files = KnowledgeBase.files_of("青民发[2024]2号", store)
    assert [(one.name, one.clauses, one.is_searched, one.is_earlier) for one in files] == [
        ("b.txt", 2, True, False),
        ("2.txt", 2, False, True),
    ]
    with pytest.raises(QueryError, match="知识库里没有文件“青民发〔2024〕9号”"):
        KnowledgeBase.files_of(NUMBERS[8], store)


def test_another_text_may_be_kept_beside_as_a_rendition(store, tmp_path):
    other = put(tmp_path / "e", "0.txt", text_of(2, "改为由区民政局组织实施，市级部门不再审批。"))
    report = KnowledgeBase.add([other], store, beside=True)
    assert len(report.documents) == 2
    assert [(one.name, one.is_earlier) for one in KnowledgeBase.files_of(NUMBERS[1], store)] == [
        ("0.txt", False),
        ("2.txt", False),
    ]


def test_files_taken_out_come_back_with_their_earlier_text(store, tmp_path):
    newer = put(tmp_path / "corpus", "b.txt", text_of(2, "改为由区民政局组织实施，市级部门不再审批。"))
    KnowledgeBase.add([newer], store, replacing=True)
    before = KnowledgeBase.files_of(NUMBERS[1], store)
    KnowledgeBase.remove(NUMBERS[1], store)
    old = tmp_path / "corpus" / "2.txt"
    KnowledgeBase.add([newer, old], store, behind=[old])
    assert KnowledgeBase.files_of(NUMBERS[1], store) == before


def test_a_rendition_of_the_newer_text_is_not_held_against_the_earlier_one(store, tmp_path):
    """It differs from the text that was replaced, and the base asked whether to replace it once more."""
    newer = text_of(2, "改为由区民政局组织实施，市级部门不再审批。")
    KnowledgeBase.add([put(tmp_path / "e", "b.txt", newer)], store, replacing=True)
    assert met(store, tmp_path / "e", "c.txt", f"{newer}\n") == ("rendition", NUMBERS[1], ("b.txt", "2.txt"))
    assert KnowledgeBase.add([tmp_path / "e" / "c.txt"], store).renditions == ("c.txt",)


def test_a_failed_add_takes_its_files_out_of_the_corpus(store, tmp_path, monkeypatch):
    before = tree(tmp_path)
    new, other = put(tmp_path / "e", "3.txt", text_of(3)), put(tmp_path / "e", "2.txt", text_of(2, "改由区里办。"))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.store.generations.write", full)
    with pytest.raises(StoreError, match="写入知识库 .* 失败（No space left on device）"):
        KnowledgeBase.add([new, other], store, replacing=True)
    monkeypatch.undo()
    after = {
        name: data
        for name, data in tree(tmp_path).items()
        if not name.startswith(("e/", "store/pending", "store/segments"))
    }
    assert after == {name: data for name, data in before.items() if not name.startswith("store/segments")}
    assert KnowledgeBase.is_current(store)
