"""The store on disk: versioned, checksummed, written beside and swapped in at once.

::

    STORE/CURRENT                         names the generation in use, and the corpus it was built from
    STORE/LOCK, OWNER                     held by the one build that may write, and its process id
    STORE/generations/<digest>/manifest.json   format version, facts, SHA-256 of every other file
    STORE/generations/<digest>/…

A generation is named by the digest of its manifest, so the name vouches for all its bytes. Readers take everything
into memory when they open; a later build may then remove the generation under them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import StoreError
from index.search.arrays import Chunks

FORMAT = 2
_PAUSES = (0.05, 0.2, 1.0)
_REBUILD = "请运行 python -m index build 重建"


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole state of the store, verified: its digest, the facts it was written with, and its files.

    ``corpus`` is where the documents lay at the last build; it is no part of the digest.
    """

    digest: str
    corpus: Path
    facts: Mapping[str, Any]
    files: Mapping[str, bytes]


def sha256(data: bytes) -> str:
    """Digest bytes.

    :param data: any bytes.
    :return: SHA-256 in hexadecimal.
    """
    return hashlib.sha256(data).hexdigest()


def json_bytes(value: Any) -> bytes:  # noqa: ANN401 - anything JSON holds
    """Write JSON that is the same for the same value, one line, Chinese left readable.

    :param value: what ``json.dumps`` takes.
    :return: UTF-8 bytes with a line end.
    """
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def write(store: Path, corpus: Path, facts: Mapping[str, Any], files: Iterable[tuple[str, Chunks]]) -> str:
    """Write a new generation and make it the one in use; the caller holds the lock.

    :param store: folder of the store.
    :param corpus: folder of the documents, recorded relative to the store where both lie on one drive.
    :param facts: what the reader must know, as JSON holds it.
    :param files: names and bytes; each is asked for when the one before has been written.
    :return: digest of the generation.
    :raises StoreError: when the disk refuses; the generation in use stays.
    """
    generations = store / "generations"
    draft = generations / ".building"
    try:
        _remove_others(generations, keep=_in_use(store))
        draft.mkdir()
        sums = {name: _write_through(draft / name, chunks) for name, chunks in files}
        manifest = json_bytes({"format": FORMAT, "facts": facts, "files": dict(sorted(sums.items()))})
        digest = _write_through(draft / "manifest.json", [manifest])
        if not _intact(generations / digest, manifest, sums):
            shutil.rmtree(generations / digest, ignore_errors=True)
            _move(draft, generations / digest)
        pointer = {"format": FORMAT, "generation": digest, "corpus": _way(store, corpus)}
        _write_through(store / "CURRENT.new", [json_bytes(pointer)])
        _move(store / "CURRENT.new", store / "CURRENT")
    except OSError as error:
        raise StoreError(
            f"写入知识库 {store} 失败（{error.strerror}）", "原有知识库未动；请检查磁盘空间和权限后重试"
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _remove_others(generations, keep=digest)
    return digest


def read_facts(store: Path) -> Mapping[str, Any]:
    """Give the facts that the generation in use was written with; no other file of it is read.

    :param store: folder of the store.
    :return: as JSON holds them.
    :raises StoreError: as :func:`read`.
    """
    return read(store, ()).facts


def read(store: Path, names: Collection[str] | None = None) -> Generation:
    """Open the generation in use and verify what is read of it.

    :param store: folder of the store.
    :param names: the files to read; None for all.
    :return: the generation, in memory.
    :raises StoreError: when there is none, it is of another version, or a byte of it has changed.
    """
    pointer = _pointer(store)
    if not pointer:
        raise StoreError(f"{store} 里没有知识库", "请先运行 python -m index build 建立")
    try:
        return _read(store, pointer, names)
    except FileNotFoundError:
        # A build may have swapped the generation between the two reads.
        newer = _pointer(store)
        if newer == pointer:
            raise StoreError(f"知识库 {store} 已损坏（缺少文件）", _REBUILD) from None
    try:
        return _read(store, newer, names)
    except FileNotFoundError as error:
        raise StoreError(f"知识库 {store} 已损坏（缺少文件）", _REBUILD) from error


def _read(store: Path, pointer: Mapping[str, Any], names: Collection[str] | None) -> Generation:
    _check_format(store, pointer.get("format"))
    digest = str(pointer.get("generation"))
    folder = store / "generations" / Path(digest).name
    raw = _bytes(folder / "manifest.json")
    if sha256(raw) != digest:
        raise StoreError(f"知识库 {store} 已损坏（manifest.json 校验不符）", _REBUILD)
    manifest = json.loads(raw)
    _check_format(store, manifest["format"])
    sums = {name: expected for name, expected in manifest["files"].items() if names is None or name in names}
    files = {name: _bytes(folder / name) for name in sums}
    for name, expected in sums.items():
        if sha256(files[name]) != expected:
            raise StoreError(f"知识库 {store} 已损坏（{name} 校验不符）", _REBUILD)
    corpus = Path(os.path.normpath(store / str(pointer.get("corpus", "."))))
    return Generation(digest, corpus, manifest["facts"], files)


def _in_use(store: Path) -> object:
    try:
        return _pointer(store).get("generation")
    except StoreError:
        return None  # a build is the way to mend a damaged store


def _intact(folder: Path, manifest: bytes, sums: Mapping[str, str]) -> bool:
    try:
        same = (folder / "manifest.json").read_bytes() == manifest
        return same and all(sha256((folder / name).read_bytes()) == expected for name, expected in sums.items())
    except OSError:
        return False


def _way(store: Path, corpus: Path) -> str:
    """Say where the corpus lies as seen from the store, so that both can be moved together."""
    try:
        return Path(os.path.relpath(corpus, store)).as_posix()
    except ValueError:  # on Windows there is no way from one drive to another
        return corpus.resolve().as_posix()


def _pointer(store: Path) -> dict[str, Any]:
    """Read CURRENT; empty where there is no store yet."""
    try:
        pointer = json.loads(_bytes(store / "CURRENT"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise StoreError(f"知识库 {store} 已损坏（CURRENT 不可读）", f"请删除 {store / 'CURRENT'} 后重建") from error
    if not isinstance(pointer, dict):
        raise StoreError(f"知识库 {store} 已损坏（CURRENT 不可读）", f"请删除 {store / 'CURRENT'} 后重建")
    return pointer


def _check_format(store: Path, found: object) -> None:
    if found != FORMAT:
        raise StoreError(f"知识库 {store} 的格式是第 {found} 版，本程序只认第 {FORMAT} 版", _REBUILD)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(path) from None
    except OSError as error:
        raise StoreError(f"打不开 {path}（{error.strerror}）", "请检查权限，或重建知识库") from error


def _write_through(path: Path, chunks: Chunks) -> str:
    """Write a file and wait until the disk has it, so that a power cut cannot leave a name without its bytes.

    :return: SHA-256 of its bytes.
    """
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _move(source: Path, target: Path) -> None:
    """Rename; Windows refuses while somebody reads the target or looks a new file over, which is soon done."""
    for pause in _PAUSES:
        try:
            os.replace(source, target)
            return
        except PermissionError:
            time.sleep(pause)
    os.replace(source, target)


def _remove_others(generations: Path, keep: object) -> None:
    """Remove what killed builds left, and generations that are no longer in use.

    What cannot be removed now, because Windows lends a file that is open to nobody else, the next build removes.
    """
    for folder in sorted(generations.iterdir()):
        if folder.name != keep:
            shutil.rmtree(folder, ignore_errors=True)
