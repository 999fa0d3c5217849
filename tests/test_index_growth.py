"""A base that grows: one document more, one less, one changed; what does not change is not written again."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
from index_fakes import FakeEmbedder
from office_texts import notice, put

from index.__main__ import main
from index.errors import ClauseNotFound, CorpusError, QueryError, StoreError
from index.knowledge_base import KnowledgeBase
from index.store import pending

NUMBERS = [f"青民发〔2024〕{count}号" for count in range(1, 40)]


class Told(FakeEmbedder):
    """Remembers the sentences that went to the model."""

    def __init__(self):
        super().__init__()
        self.put = []

    def encode_passages(self, texts):
        self.put.extend(texts)
        return super().encode_queries(texts)


@pytest.fixture
def model(monkeypatch):
    told = Told()
    monkeypatch.setattr("index.search.embedder.load", lambda settings: told)
    return told


def text_of(count, first="坚持以人民为中心，做好有关工作。"):
    return notice(f"第{count}项工作的通知", NUMBERS[count - 1], first, f"{count}个街镇开展第{count}项工作。")


@pytest.fixture
def corpus(tmp_path):
    for count in (1, 2, 3):
        put(tmp_path / "corpus", f"{count}.txt", text_of(count))
    return tmp_path / "corpus"


@pytest.fixture
def store(tmp_path, corpus, model):
    KnowledgeBase.build(corpus, tmp_path / "store")
    model.put.clear()
    return tmp_path / "store"


def segments(store):
    return {folder.name for folder in (store / "segments").iterdir()}


def answers(store):
    """What a base answers to three questions, and its clauses."""
    base = KnowledgeBase.open(store)
    found = [base.search(text).hits for text in ("第2项工作", "以人民为中心", "街镇开展什么")]
    return [[(hit.clause, hit.score, hit.evidence) for hit in hits] for hits in found], base.clauses()


def test_a_document_more_costs_itself_alone(store, corpus, model, tmp_path):
    before = segments(store)
    new = put(tmp_path / "elsewhere", "4.txt", text_of(4))
    report = KnowledgeBase.add([new], store)
    assert (report.read, report.reused, len(report.documents)) == (("4.txt",), (), 4)
    assert len(segments(store)) == 2 and before < segments(store)
    assert {text.split()[0] for text in model.put} == {"青禾市民政局关于第4项工作的通知"}
    assert (corpus / "4.txt").read_text(encoding="utf-8") == text_of(4)
    assert KnowledgeBase.is_current(store)


def test_a_base_that_grew_answers_as_one_that_was_built_at_once(store, corpus, model, tmp_path):
    KnowledgeBase.add([put(tmp_path / "elsewhere", "0.txt", text_of(4))], store)
    put(corpus, "2.txt", text_of(2, "改为由区民政局组织实施。"))
    KnowledgeBase.update(store)
    KnowledgeBase.remove(NUMBERS[0], store)
    (corpus / "1.txt").rename(tmp_path / "1.txt")
    KnowledgeBase.build(corpus, tmp_path / "fresh")
    assert len(segments(store)) == 3
    assert answers(store) == answers(tmp_path / "fresh")


def test_build_gives_the_bytes_of_a_first_build_whatever_was_before(store, corpus, tmp_path):
    KnowledgeBase.add([put(tmp_path / "elsewhere", "0.txt", text_of(4))], store)
    KnowledgeBase.build(corpus, store)
    KnowledgeBase.build(corpus, tmp_path / "fresh")
    files = [
        {
            path.relative_to(one).as_posix(): path.read_bytes()
            for path in one.rglob("*")
            if path.is_file() and path.parent != one
        }
        for one in (store, tmp_path / "fresh")
    ]
    assert files[0] == files[1]


def test_of_a_changed_text_only_the_changed_sentences_go_to_the_model(store, corpus, model):
    put(corpus, "2.txt", text_of(2, "改为由区民政局组织实施。"))
    KnowledgeBase.update(store)
    assert model.put == ["青禾市民政局关于第2项工作的通知 一、总体要求 改为由区民政局组织实施。"]


def test_an_update_without_a_change_reads_nothing_and_writes_no_segment(store, model):
    before = segments(store)
    report = KnowledgeBase.update(store)
    assert (report.read, len(report.reused), model.put, segments(store)) == ((), 3, [], before)


def test_segments_that_are_full_are_not_written_again(store, corpus, monkeypatch):
    """With ten of them, each update wrote all documents anew."""
    monkeypatch.setattr("index.store.writing._AT_ONCE", 1)
    monkeypatch.setattr("index.store.writing._SEGMENTS", 2)
    for count in (4, 5, 6):
        put(corpus, f"{count}.txt", text_of(count))
        KnowledgeBase.update(store)
    before = segments(store)
    put(corpus, "7.txt", text_of(7))
    KnowledgeBase.update(store)
    assert before < segments(store)
    assert len(KnowledgeBase.open(store).documents()) == 7


def test_many_small_segments_become_one(store, tmp_path):
    for count in range(4, 16):
        KnowledgeBase.add([put(tmp_path / "elsewhere", f"{count}.txt", text_of(count))], store)
        assert len(segments(store)) <= 10
    assert len(KnowledgeBase.open(store).documents()) == 15


def test_a_removed_document_stays_out_until_it_is_added_again(store, corpus):
    report = KnowledgeBase.remove("青民发[2024]2号", store)
    assert (report.removed, len(report.documents)) == (("2.txt",), 2)
    assert KnowledgeBase.is_current(store)
    assert KnowledgeBase.update(store).removed == ("2.txt",)
    with pytest.raises(ClauseNotFound):
        KnowledgeBase.open(store).show(f"{NUMBERS[1]}/一/第1段")
    assert len(KnowledgeBase.add([corpus / "2.txt"], store).documents) == 3
    assert KnowledgeBase.update(store).removed == ()


def test_a_removed_file_that_has_changed_since_is_a_new_one(store, corpus):
    KnowledgeBase.remove(NUMBERS[1], store)
    put(corpus, "2.txt", text_of(2, "改为由区民政局组织实施。"))
    assert KnowledgeBase.update(store).read == ("2.txt",)


def test_what_cannot_be_removed(store):
    with pytest.raises(QueryError, match="知识库里没有文件“青民发〔2024〕9号”"):
        KnowledgeBase.remove("青民发〔2024〕9号", store)
    KnowledgeBase.remove(NUMBERS[1], store)
    KnowledgeBase.remove(NUMBERS[2], store)
    with pytest.raises(StoreError, match="只有“青民发〔2024〕1号”这一份文件，移出后就空了；请先加入别的文件"):
        KnowledgeBase.remove(NUMBERS[0], store)


def test_when_the_file_that_is_quoted_goes_its_rendition_takes_its_place(store, corpus):
    put(corpus, "2b.txt", text_of(2))
    assert KnowledgeBase.update(store).renditions == ("2b.txt",)
    (corpus / "2.txt").unlink()
    report = KnowledgeBase.update(store)
    assert (report.gone, report.renditions, len(report.documents)) == (("2.txt",), (), 3)
    assert KnowledgeBase.open(store).search("第2项工作").hits[0].clause.clause_id.startswith(NUMBERS[1])


def test_a_newer_text_under_a_number_asks_and_then_the_old_one_is_kept(store, corpus, tmp_path):
    newer = put(tmp_path / "elsewhere", "新.txt", text_of(2, "改为由区民政局组织实施，市级部门不再审批。"))
    with pytest.raises(
        CorpusError,
        match=r"知识库里已有“青民发〔2024〕2号”（2.txt），新.txt 的正文与它不同；是新的文本，请加 --replace",
    ):
        KnowledgeBase.add([newer], store)
    assert not (corpus / "新.txt").exists()
    KnowledgeBase.add([newer], store, replacing=True)
    for _ in range(2):
        base = KnowledgeBase.open(store)
        assert base.show(f"{NUMBERS[1]}/一/第1段").text == "改为由区民政局组织实施，市级部门不再审批。"
        assert len(base.documents()) == 3
        kinds = [(change.kind, change.before.text[:8]) for change in base.changes(NUMBERS[1])]
        assert kinds == [("changed", "坚持以人民为中心"), ("same", "2个街镇开展第2")]
        KnowledgeBase.update(store)


def test_a_saved_link_says_what_its_clause_said(store, corpus):
    put(corpus, "2.txt", text_of(2).replace("一、总体要求\n", ""))
    KnowledgeBase.update(store)
    told = (
        "条款“青民发〔2024〕2号/一/第1段”已变更，现在没有这个编号；它原来的文字是：“坚持以人民为中心，做好有关工作。”"
    )
    with pytest.raises(ClauseNotFound, match=told):
        KnowledgeBase.open(store).show(f"{NUMBERS[1]}/一/第1段")


def test_what_became_of_the_clauses_of_a_changed_file(store, corpus, capsys):
    put(corpus, "2.txt", text_of(2).replace("二、主要任务\n", "二、主要任务\n市民政局统一组织。\n"))
    KnowledgeBase.update(store)
    capsys.readouterr()
    assert main(["changes", NUMBERS[1], "--store", str(store)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "旧文本共 2 个条款：未变 1，移动 1，文字有变 0，已无 0",
        "[移动] 青民发〔2024〕2号/二/第1段 → 青民发〔2024〕2号/二/第2段",
        "  原：2个街镇开展第2项工作。",
    ]


def test_earlier_texts_are_five_at_most(store, corpus):
    for count in range(8):
        put(corpus, "2.txt", text_of(2, f"第{count}稿由区民政局组织实施。"))
        KnowledgeBase.update(store)
    texts = KnowledgeBase.open(store)._library.earlier[NUMBERS[1]]
    assert [text.clauses[0].text[:3] for text in texts] == ["第6稿", "第5稿", "第4稿", "第3稿", "第2稿"]


def test_a_killed_build_goes_on_where_it_was(tmp_path, corpus, model, monkeypatch):
    put_away = pending.put
    left = [2]

    def die(path, data):
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        put_away(path, data)

    with monkeypatch.context() as killed:
        killed.setattr(pending, "put", die)
        with pytest.raises(KeyboardInterrupt):
            KnowledgeBase.build(corpus, tmp_path / "store")
    model.put.clear()
    KnowledgeBase.build(corpus, tmp_path / "store")
    assert len(model.put) == 4
    assert not (tmp_path / "store" / "pending").exists()


def test_a_file_at_fault_is_not_read_again_by_an_update_and_is_by_a_build(store, corpus, monkeypatch):
    put(corpus, "坏.txt", "")
    told = "坏.txt: 文件是空的（0 字节）；请重新下载或重新导出该文件"
    assert KnowledgeBase.update(store).faults == (told,)
    assert KnowledgeBase.is_current(store)
    with monkeypatch.context() as silent:
        silent.setattr(
            "index.store.readings.each_within",
            lambda function, tasks, name_of, sizes: (pytest.fail("read") for _ in tasks),
        )
        assert KnowledgeBase.update(store).faults == (told,)
    assert KnowledgeBase.build(corpus, store).faults == (told,)


def test_a_folder_that_cannot_be_opened_keeps_its_documents_and_is_told(store, corpus, monkeypatch):
    """Its documents were dropped in silence."""
    import os

    put(corpus / "内", "4.txt", text_of(4))
    KnowledgeBase.update(store)
    real = os.scandir

    def scandir(path):
        if str(path).endswith("内"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    report = KnowledgeBase.update(store)
    assert report.kept == ("内/4.txt",)
    assert report.faults == ("内: 文件夹打不开（Permission denied）；请检查权限；其中的文件沿用上次读到的内容",)
    assert len(report.documents) == 4


def test_a_name_that_is_no_utf8_is_told_and_the_rest_goes_on(store, corpus):
    """It stopped the whole build."""
    (corpus / bytes.decode("就业.txt".encode("gbk"), "utf-8", "surrogateescape")).write_text(
        text_of(5), encoding="utf-8"
    )
    report = KnowledgeBase.update(store)
    assert report.faults == ("就业.txt: 文件名不是 UTF-8 编码，像是 GBK；请把文件改名后重试",)
    assert len(report.documents) == 3


@pytest.mark.parametrize("name", [".DS_Store", "desktop.ini"])
def test_a_stray_file_among_generations_and_segments_does_no_harm(store, corpus, name):
    for folder in ("generations", "segments"):
        (store / folder / name).write_bytes(b"\0")
    put(corpus, "4.txt", text_of(4))
    assert len(KnowledgeBase.update(store).documents) == 4
    assert len(KnowledgeBase.open(store).documents()) == 4


def test_what_cannot_be_added(store, corpus, tmp_path):
    for path, told in (
        (tmp_path / "无.txt", "没有文件 .*无.txt，或不是普通文件"),
        (put(tmp_path / "elsewhere", "a.xyz", "甲"), "不认识 a.xyz 这种格式"),
        (
            put(tmp_path / "elsewhere", "1.txt", text_of(9)),
            "1.txt 已经有了，内容不同；要用新文件换下它，请加 --replace",
        ),
        (put(tmp_path / "elsewhere", "空.txt", ""), "空.txt: 文件是空的"),
    ):
        with pytest.raises(CorpusError, match=told):
            KnowledgeBase.add([path], store)
    with pytest.raises(StoreError, match="里没有知识库"):
        KnowledgeBase.add([corpus / "1.txt"], tmp_path / "nothing")


def test_the_commands_say_what_became_of_each_file(store, corpus, tmp_path, capsys):
    new = put(tmp_path / "elsewhere", "4.txt", text_of(4))
    capsys.readouterr()
    assert main(["add", str(new), "--store", str(store)]) == 0
    assert capsys.readouterr().out.startswith("已加入：4.txt。知识库现有：4 份文件（")
    (corpus / "1.txt").unlink()
    assert main(["update", "--store", str(store), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["gone"], told["reused"], told["read"], told["clauses"]) == (
        ["1.txt"],
        ["2.txt", "3.txt", "4.txt"],
        [],
        6,
    )
    assert main(["remove", NUMBERS[3], "--store", str(store)]) == 0
    captured = capsys.readouterr()
    assert (
        captured.out
        == f"已移出“{NUMBERS[3]}”，源文件未动。知识库现有：2 份文件（{NUMBERS[1]}、{NUMBERS[2]}），4 个条款，4 个句子\n"
    )
    assert "已移出知识库，不再读入（要重新加入请用 add）：4.txt" in captured.err


def test_a_reader_keeps_what_it_opened_while_the_base_is_written(store, corpus):
    base = KnowledgeBase.open(store)
    shutil.rmtree(corpus)
    for count in (7, 8):
        put(corpus, f"{count}.txt", text_of(count))
    KnowledgeBase.build(corpus, store)
    assert base.search("第2项工作").hits[0].clause.text == "2个街镇开展第2项工作。"
    assert np.isfinite(base.search("第2项工作").hits[0].score)


@pytest.mark.skipif("not __import__('sys').platform.startswith('linux')", reason="needs /proc")
def test_a_full_disk_is_the_fault_of_the_machine_not_of_the_file(store, corpus):
    """Each file that was read while the disk was full was told to be damaged."""
    before = KnowledgeBase.open(store).sha
    put(corpus, "4.txt", text_of(4))
    (store / "pending").symlink_to("/proc")  # where nothing can be written
    with pytest.raises(StoreError, match="写入知识库 .* 失败（.*）；原有知识库未动；请检查磁盘空间和权限后重试"):
        KnowledgeBase.update(store)
    (store / "pending").unlink()
    assert KnowledgeBase.open(store).sha == before
    assert KnowledgeBase.update(store).faults == ()


@pytest.mark.parametrize("name", ["generations/*/entries.jsonl", "segments/*/manifest.json"])
def test_nothing_is_added_to_or_removed_from_a_damaged_base(store, corpus, tmp_path, name):
    """What could not be read was dropped in silence with the next generation."""
    (path,) = store.glob(name)
    path.write_bytes(path.read_bytes()[:-2])
    for change in (
        lambda: KnowledgeBase.add([put(tmp_path / "elsewhere", "4.txt", text_of(4))], store),
        lambda: KnowledgeBase.remove(NUMBERS[0], store),
    ):
        with pytest.raises(StoreError, match="已损坏，或属于另一版程序；请先运行 python -m index verify --repair"):
            change()
    assert main(["verify", "--repair", "--store", str(store)]) == 0
    assert len(KnowledgeBase.open(store).documents()) == 3


def test_a_segment_of_many_sentences_has_lists_and_gives_what_all_vectors_give(corpus, tmp_path, model, monkeypatch):
    KnowledgeBase.build(corpus, tmp_path / "flat")
    monkeypatch.setattr("index.store.segment_writing.MANY", 4)
    monkeypatch.setattr("index.search.dense._LOOKED_INTO", 1.0)
    for name in ("store", "again"):
        KnowledgeBase.build(corpus, tmp_path / name)
    assert [one.name for one in sorted((tmp_path / "store").rglob("*.faiss"))] == ["lists.faiss"]
    assert segments(tmp_path / "store") == segments(tmp_path / "again")
    assert answers(tmp_path / "store") == answers(tmp_path / "flat")
    assert KnowledgeBase.verify(tmp_path / "store").findings == ()
