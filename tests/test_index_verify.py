"""verify names what is damaged, wherever it is; --repair rebuilds it; backup and restore move a base to another place."""

from __future__ import annotations

import json
import shutil
import zipfile

import pytest
from index_fakes import FakeEmbedder
from office_texts import notice, put

from index.__main__ import main
from index.errors import StoreError
from index.knowledge_base import KnowledgeBase

NUMBERS = [f"青民发〔2024〕{count}号" for count in (1, 2, 3)]


@pytest.fixture(autouse=True)
def model(monkeypatch):
    monkeypatch.setattr("index.search.embedder.load", lambda settings: FakeEmbedder())


@pytest.fixture
def store(tmp_path):
    """A base of two segments, with an earlier text."""
    for count, number in enumerate(NUMBERS, start=1):
        put(tmp_path / "corpus", f"{count}.txt", notice(f"第{count}项工作的通知", number))
    KnowledgeBase.build(tmp_path / "corpus", tmp_path / "store")
    put(tmp_path / "corpus", "1.txt", notice("第1项工作的通知", NUMBERS[0], first="改由区民政局组织实施。"))
    KnowledgeBase.update(tmp_path / "store")
    return tmp_path / "store"


def test_a_whole_store(store, capsys):
    found = KnowledgeBase.verify(store)
    assert (found.documents, found.clauses, found.sentences, found.findings) == (3, 6, 6, ())
    capsys.readouterr()
    assert main(["verify", "--store", str(store)]) == 0
    assert capsys.readouterr().out == "检查了 3 份文件，6 个条款，6 个句子，36 个库文件：完好\n"


def files_of(store):
    return [
        path for part in ("generations", "segments") for path in sorted((store / part).rglob("*")) if path.is_file()
    ]


@pytest.mark.parametrize("harm", ["flip", "cut", "remove", "empty"])
def test_every_file_damaged_in_every_way_is_named_and_rebuilt(store, harm, capsys):
    before, pristine = KnowledgeBase.open(store).clauses(), shutil.copytree(store, store.with_name("pristine"))
    for name in [path.relative_to(store).as_posix() for path in files_of(store)]:
        shutil.rmtree(store)
        shutil.copytree(pristine, store)
        path = store / name
        data, middle = path.read_bytes(), path.stat().st_size // 2
        path.unlink()
        flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
        if harm != "remove":
            path.write_bytes({"flip": flipped, "cut": data[:middle], "empty": b""}[harm])
        if name.startswith("segments"):
            damaged = path.parent.relative_to(store).as_posix() if path.name == "manifest.json" else name
            assert KnowledgeBase.verify(store).findings[0].place == damaged
        with pytest.raises(StoreError):
            KnowledgeBase.open(store)
        capsys.readouterr()
        assert main(["verify", "--repair", "--store", str(store)]) == 0, name
        assert KnowledgeBase.open(store).clauses() == before


def test_every_bit_of_the_pointer_is_vouched_for(store):
    """Some flipped bits opened with another way to the corpus."""
    path = store / "CURRENT"
    data = path.read_bytes()
    for bit in range(8 * len(data)):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(bytes(changed))
        with pytest.raises(StoreError):
            KnowledgeBase.open(store)


def test_sources_that_are_gone_or_changed_are_no_damage(store, tmp_path):
    (tmp_path / "corpus" / "2.txt").unlink()
    put(tmp_path / "corpus", "3.txt", "甲")
    found = [(one.place, one.problem, one.is_damage) for one in KnowledgeBase.verify(store).findings]
    assert found == [
        ("2.txt", "源文件打不开（No such file or directory）", False),
        ("3.txt", "源文件改过，与读入时不同", False),
    ]


def test_a_backup_is_put_back_elsewhere(store, tmp_path, capsys):
    assert main(["backup", str(tmp_path / "备份.zip"), "--store", str(store)]) == 0
    there = tmp_path / "there"
    assert main(["restore", str(tmp_path / "备份.zip"), "--store", str(there / "s"), "--corpus", str(there / "c")]) == 0
    assert KnowledgeBase.open(there / "s").clauses() == KnowledgeBase.open(store).clauses()
    assert KnowledgeBase.corpus_of(there / "s") == there / "c"
    assert KnowledgeBase.is_current(there / "s")
    assert KnowledgeBase.verify(there / "s").findings == ()
    assert len(KnowledgeBase.open(there / "s").changes(NUMBERS[0])) == 2


def test_the_same_base_gives_the_same_backup(store, tmp_path):
    KnowledgeBase.backup(store, tmp_path / "1.zip")
    KnowledgeBase.backup(store, tmp_path / "2.zip")
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()


def test_nothing_is_overwritten_without_leave(store, tmp_path):
    KnowledgeBase.backup(store, tmp_path / "备份.zip")
    with pytest.raises(StoreError, match="里已有知识库；要用备份换下它，请加 --replace"):
        KnowledgeBase.restore(tmp_path / "备份.zip", store, tmp_path / "corpus")
    put(tmp_path / "other", "1.txt", "甲")
    with pytest.raises(StoreError, match="1.txt 已经有了，内容与备份不同"):
        KnowledgeBase.restore(tmp_path / "备份.zip", tmp_path / "s", tmp_path / "other")
    KnowledgeBase.restore(tmp_path / "备份.zip", store, tmp_path / "other", replacing=True)
    assert KnowledgeBase.is_current(store)


def rewritten(source, target, change):
    """Write a backup again with its members changed: names to bytes."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name, data in change({name: old.read(name) for name in old.namelist()}).items():
            new.writestr(name, data)
    return target


@pytest.mark.parametrize(
    "name", ["corpus/../../out.txt", "/out.txt", "segments/../out.txt", "corpus/a\\..\\out.txt", "elsewhere/a"]
)
def test_a_path_out_of_the_backup_is_refused(store, tmp_path, name):
    KnowledgeBase.backup(store, tmp_path / "1.zip")
    crafted = rewritten(tmp_path / "1.zip", tmp_path / "2.zip", lambda members: {**members, name: b"x"})
    with pytest.raises(StoreError, match="里有不该有的路径"):
        KnowledgeBase.restore(crafted, tmp_path / "s", tmp_path / "c")
    assert not list(tmp_path.rglob("out.txt"))


def test_a_damaged_backup_changes_nothing(store, tmp_path):
    KnowledgeBase.backup(store, tmp_path / "1.zip")

    def change(members):
        name = next(name for name in members if name.endswith("vectors.npy"))
        return {**members, name: members[name][:-1] + b"?"}

    before = KnowledgeBase.open(store).sha
    with pytest.raises(StoreError, match="校验不符"):
        KnowledgeBase.restore(rewritten(tmp_path / "1.zip", tmp_path / "2.zip", change), store, tmp_path / "c", True)
    assert KnowledgeBase.open(store).sha == before
    (tmp_path / "3.zip").write_bytes((tmp_path / "1.zip").read_bytes()[:2000])
    for name, told in (("3.zip", "不是本程序的备份，或已损坏"), ("无.zip", "没有备份文件")):
        with pytest.raises(StoreError, match=told):
            KnowledgeBase.restore(tmp_path / name, tmp_path / "s", tmp_path / "c")


def test_findings_as_json(store, tmp_path, capsys):
    (tmp_path / "corpus" / "2.txt").unlink()
    capsys.readouterr()
    assert main(["verify", "--store", str(store)]) == 0
    assert capsys.readouterr().out.endswith("：完好，但源文件有 1 处变动\n")
    assert main(["verify", "--json", "--store", str(store)]) == 0
    assert [one["place"] for one in json.loads(capsys.readouterr().out)["findings"]] == ["2.txt"]
