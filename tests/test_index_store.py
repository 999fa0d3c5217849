"""The store: versions, checksums, atomic replacement, one writer at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import StoreError
from index.store import generations as stores
from index.store import sealed
from index.store.lock import locked

ROOT = Path(__file__).parent.parent
FILES = {"a.txt": "养老".encode(), "b.bin": bytes(range(256))}
FACTS = {"sentences": 2}


def put(store, corpus, files=FILES, facts=FACTS):
    with locked(store):
        return stores.write(store, corpus, facts, ((name, [data]) for name, data in files.items()))


def everything(store):
    return {path.relative_to(store).as_posix(): path.read_bytes() for path in store.rglob("*") if path.is_file()}


def test_round_trip(tmp_path):
    digest = put(tmp_path / "store", tmp_path / "corpus")
    generation = stores.read(tmp_path / "store")
    assert (generation.digest, generation.facts, generation.files) == (digest, FACTS, FILES)
    assert generation.corpus == tmp_path / "corpus"


def test_same_input_gives_the_same_bytes(tmp_path):
    put(tmp_path / "one", tmp_path / "corpus")
    put(tmp_path / "two", tmp_path / "corpus", dict(reversed(FILES.items())))
    one, two = everything(tmp_path / "one"), everything(tmp_path / "two")
    assert one == two


def test_store_can_be_moved_together_with_its_corpus(tmp_path):
    put(tmp_path / "here" / "store", tmp_path / "here" / "corpus")
    (tmp_path / "here").rename(tmp_path / "there")
    assert stores.read(tmp_path / "there" / "store").corpus == tmp_path / "there" / "corpus"


def test_a_new_generation_takes_the_place_of_the_old_one(tmp_path):
    put(tmp_path, tmp_path)
    opened = stores.read(tmp_path)
    digest = put(tmp_path, tmp_path, {"a.txt": b"new"})
    assert [folder.name for folder in (tmp_path / "generations").iterdir()] == [digest]
    assert stores.read(tmp_path).files == {"a.txt": b"new"}
    assert opened.files == FILES


def test_no_store(tmp_path):
    with pytest.raises(StoreError, match="里没有知识库；请先运行 python -m index build 建立"):
        stores.read(tmp_path / "nothing")


def test_another_version(tmp_path, monkeypatch):
    put(tmp_path, tmp_path)
    monkeypatch.setattr(sealed, "FORMAT", sealed.FORMAT + 1)
    with pytest.raises(StoreError, match="的格式是第 4 版，本程序只认第 5 版；请运行 python -m index build 重建"):
        stores.read(tmp_path)


@pytest.mark.parametrize("name", ["a.txt", "b.bin", "manifest.json"])
@pytest.mark.parametrize("harm", ["change", "cut", "remove"])
def test_damage_is_seen_and_a_build_mends_it(tmp_path, name, harm):
    digest = put(tmp_path, tmp_path)
    path = tmp_path / "generations" / digest / name
    data = path.read_bytes()
    path.unlink()
    if harm != "remove":
        path.write_bytes(data[:-1] if harm == "cut" else data[:-1] + b"?")
    with pytest.raises(StoreError, match="已损坏"):
        stores.read(tmp_path)
    assert put(tmp_path, tmp_path) == digest
    assert stores.read(tmp_path).files == FILES


@pytest.mark.parametrize("pointer", [b"", b"{", b"[]", b'"x"', b"\xff"])
def test_a_pointer_that_is_none(tmp_path, pointer):
    put(tmp_path, tmp_path)
    (tmp_path / "CURRENT").write_bytes(pointer)
    with pytest.raises(StoreError, match="CURRENT 不可读"):
        stores.read(tmp_path)
    put(tmp_path, tmp_path)
    assert stores.read(tmp_path).files == FILES


def test_a_pointer_never_leads_out_of_the_store(tmp_path):
    put(tmp_path / "store", tmp_path)
    (tmp_path / "store" / "CURRENT").write_bytes(stores.pointer_bytes("../../elsewhere", ".."))
    with pytest.raises(StoreError, match="缺少文件"):
        stores.read(tmp_path / "store")


@pytest.mark.parametrize("fatal", ["a.txt", "manifest.json", "CURRENT.new"])
def test_a_killed_build_leaves_the_old_one_working(tmp_path, monkeypatch, fatal):
    put(tmp_path, tmp_path)
    real = sealed.write_through

    def die(path, chunks):
        if path.name == fatal:
            raise KeyboardInterrupt
        return real(path, chunks)

    monkeypatch.setattr(sealed, "write_through", die)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, tmp_path, {"a.txt": b"new"})
    assert stores.read(tmp_path).files == FILES
    monkeypatch.undo()
    digest = put(tmp_path, tmp_path, {"a.txt": b"newer"})
    assert [folder.name for folder in (tmp_path / "generations").iterdir()] == [digest]


def test_a_corpus_on_another_drive(tmp_path, monkeypatch):
    """Windows has no relative path from D: to C:."""

    def no_way(path, start):
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", no_way)
    put(tmp_path / "store", tmp_path / "corpus")
    assert stores.read(tmp_path / "store").corpus == tmp_path / "corpus"


def test_files_are_written_one_after_another(tmp_path):
    """Each is asked for when the one before lies on the disk; a build may let go of it then."""
    seen = []

    def files():
        for name in ("one", "two"):
            seen.append([path.name for path in (tmp_path / "generations" / ".building").iterdir()])
            yield name, [b"a", memoryview(b"b")]

    with locked(tmp_path):
        stores.write(tmp_path, tmp_path, FACTS, files())
    assert seen == [[], ["one"]]
    assert stores.read(tmp_path, ["two"]).files == {"two": b"ab"}
    assert stores.read_facts(tmp_path) == FACTS


def test_a_full_disk_is_told_and_the_old_one_stays(tmp_path, monkeypatch):
    put(tmp_path, tmp_path)

    def full(path, chunks):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealed, "write_through", full)
    with pytest.raises(StoreError, match="原有知识库未动"):
        put(tmp_path, tmp_path, {"a.txt": b"new"})
    assert stores.read(tmp_path).files == FILES
    assert [folder.name for folder in (tmp_path / "generations").iterdir()] == [stores.read(tmp_path).digest]


def test_two_builds_at_once(tmp_path):
    with (
        locked(tmp_path),
        pytest.raises(StoreError, match=rf"正在由另一进程（{os.getpid()}）建立；请等它结束后再试"),
        locked(tmp_path),
    ):
        pass
    put(tmp_path, tmp_path)


def test_the_lock_of_a_dead_process_is_free(tmp_path):
    code = "import os, pathlib, sys; from index.store.lock import locked\nwith locked(pathlib.Path(sys.argv[1])): os._exit(9)\n"
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, cwd=ROOT)
    assert done.returncode == 9
    assert (tmp_path / "OWNER").read_text().strip().isdigit()
    put(tmp_path, tmp_path)


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="不能写入知识库"), locked(tmp_path / "file"):
        pass


def test_a_disk_that_knows_no_locks(tmp_path, monkeypatch):
    def refuse(lock, timeout):
        raise NotImplementedError("no flock here")

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    with pytest.raises(StoreError, match="所在的磁盘不能加锁；请用 --store 换到本机磁盘"), locked(tmp_path):
        pass


@pytest.mark.parametrize(("refusals", "message"), [(2, None), (9, "写入知识库 .* 失败")])
def test_a_file_that_somebody_reads_is_replaced_a_little_later(tmp_path, monkeypatch, refusals, message):
    """Windows refuses to replace a file that is open."""
    put(tmp_path, tmp_path)
    real, left = os.replace, [refusals]

    def replace(source, target):
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "Access is denied")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(sealed, "_PAUSES", (0, 0, 0))
    if message:
        with pytest.raises(StoreError, match=message):
            put(tmp_path, tmp_path, {"a.txt": b"new"})
    else:
        put(tmp_path, tmp_path, {"a.txt": b"new"})
    assert stores.read(tmp_path).files == (FILES if message else {"a.txt": b"new"})
