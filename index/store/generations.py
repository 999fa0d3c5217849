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
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import StoreError
from index.search.arrays import Data

FORMAT = 1
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


def sha256(data: Data) -> str:
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


def write(store: Path, corpus: Path, facts: Mapping[str, Any], files: Mapping[str, Data]) -> str:
    """Write a new generation and make it the one in use; the caller holds the lock.

    :param store: folder of the store.
    :param corpus: folder of the documents, recorded relative to the store.
    :param facts: what the reader must know, as JSON holds it.
    :param files: bytes by file name.
    :return: digest of the generation.
    :raises StoreError: when the disk refuses; the generation in use stays.
    """
    sums = {name: sha256(files[name]) for name in sorted(files)}
    manifest = json_bytes({"format": FORMAT, "facts": facts, "files": sums})
    digest = sha256(manifest)
    generations = store / "generations"
    try:
        _remove_others(generations, keep=_in_use(store))
        if not _intact(generations / digest, manifest, sums):
            _write_beside(generations / digest, {**files, "manifest.json": manifest})
        pointer = {"format": FORMAT, "generation": digest, "corpus": os.path.relpath(corpus, store)}
        _write_through(store / "CURRENT.new", json_bytes(pointer))
        os.replace(store / "CURRENT.new", store / "CURRENT")
        _remove_others(generations, keep=digest)
    except OSError as error:
        raise StoreError(
            f"写入知识库 {store} 失败（{error.strerror}）", "原有知识库未动；请检查磁盘空间和权限后重试"
        ) from error
    return digest


def read(store: Path) -> Generation:
    """Open the generation in use and verify all of it.

    :param store: folder of the store.
    :return: the generation, in memory.
    :raises StoreError: when there is none, it is of another version, or a byte of it has changed.
    """
    pointer = _pointer(store)
    if not pointer:
        raise StoreError(f"{store} 里没有知识库", "请先运行 python -m index build 建立")
    try:
        return _read(store, pointer)
    except FileNotFoundError:
        # A build may have swapped the generation between the two reads.
        newer = _pointer(store)
        if newer == pointer:
            raise StoreError(f"知识库 {store} 已损坏（缺少文件）", _REBUILD) from None
    try:
        return _read(store, newer)
    except FileNotFoundError as error:
        raise StoreError(f"知识库 {store} 已损坏（缺少文件）", _REBUILD) from error


def _read(store: Path, pointer: Mapping[str, Any]) -> Generation:
    _check_format(store, pointer.get("format"))
    digest = str(pointer.get("generation"))
    folder = store / "generations" / Path(digest).name
    raw = _bytes(folder / "manifest.json")
    if sha256(raw) != digest:
        raise StoreError(f"知识库 {store} 已损坏（manifest.json 校验不符）", _REBUILD)
    manifest = json.loads(raw)
    _check_format(store, manifest["format"])
    files = {name: _bytes(folder / name) for name in manifest["files"]}
    for name, expected in manifest["files"].items():
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


def _write_beside(folder: Path, files: Mapping[str, Data]) -> None:
    """Write a folder under another name and rename it when it is whole."""
    beside = folder.with_name(f".building-{folder.name}")
    beside.mkdir()
    for name in sorted(files):
        _write_through(beside / name, files[name])
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)


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


def _write_through(path: Path, data: Data) -> None:
    """Write a file and wait until the disk has it, so that a power cut cannot leave a name without its bytes."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _remove_others(generations: Path, keep: object) -> None:
    """Remove what killed builds left, and generations that are no longer in use."""
    for folder in sorted(generations.iterdir()):
        if folder.name != keep:
            shutil.rmtree(folder)
