"""Folders whose name vouches for all their bytes: named by the digest of a manifest that has the digest of every other file.

Written beside, made durable, then moved to its name at once: a folder of that name is whole, or was damaged later.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import shutil
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import StoreError
from index.search.arrays import Buffer, Chunks, Pieces

FORMAT = 4
MANIFEST = "manifest.json"
REBUILD = "请运行 python -m index build 重建"
DRAFT = ".building"
"""Name of a folder that is being written; one that is left was left by a killed process."""

_PAUSES = (0.05, 0.2, 1.0)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A folder that was read and verified: its digest, the facts it was written with, and the files that were asked for."""

    digest: str
    facts: Mapping[str, Any]
    files: Mapping[str, Buffer]


def sha256(data: bytes | mmap.mmap) -> str:
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


def seal(parent: Path, facts: Mapping[str, Any], files: Iterable[tuple[str, Chunks]]) -> str:
    """Write a folder and move it to its name; one of that name that is whole already stays.

    :param parent: the folder to put it in.
    :param facts: what its readers must know, as JSON holds it.
    :param files: names and bytes; each is asked for when the one before has been written.
    :return: the digest that names it.
    :raises OSError: when the disk refuses; nothing of it is left.
    """
    draft = parent / DRAFT
    try:
        parent.mkdir(exist_ok=True)
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        sums = {name: write_through(draft / name, chunks) for name, chunks in files}
        manifest = json_bytes({"format": FORMAT, "facts": facts, "files": dict(sorted(sums.items()))})
        digest = write_through(draft / MANIFEST, [manifest])
        if not _intact(parent / digest, manifest, sums):
            shutil.rmtree(parent / digest, ignore_errors=True)
            move(draft, parent / digest)
            sync(parent)
        return digest
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def unseal(
    store: Path,
    folder: Path,
    names: Collection[str] | None = None,
    mapped: bool = False,
    pieces: Collection[str] = (),
) -> Sealed:
    """Read a folder and verify what is read of it.

    :param store: the store that it is part of, for messages.
    :param folder: where it lies; its name is its digest.
    :param names: the files to read; None for all.
    :param mapped: whether the files are to stay on the disk, mapped into memory: what is read of them is, and no more.
    :param pieces: those of them that are to be read piece by piece instead.
    :return: what it holds.
    :raises FileNotFoundError: when it, or one of its files, is not there.
    :raises StoreError: when it is of another version, or a byte of it has changed.
    """
    manifest = manifest_of(store, folder)
    files: dict[str, Buffer] = {}
    for name, expected in manifest["files"].items():
        if names is None or name in names:
            take = _in_pieces if name in pieces else _mapped if mapped else _in_memory
            files[name], found = take(folder / name)
            if found != expected:
                raise StoreError(f"知识库 {store} 已损坏（{name} 校验不符）", REBUILD)
    return Sealed(folder.name, manifest["facts"], files)


def manifest_of(store: Path, folder: Path) -> dict[str, Any]:
    """Read the manifest of a folder.

    :param store: the store that it is part of, for messages.
    :param folder: where it lies; its name is its digest.
    :return: ``format``, ``facts``, and in ``files`` the digests by name.
    :raises FileNotFoundError: when it is not there.
    :raises StoreError: when it is of another version, or a byte of it has changed.
    """
    raw = read_bytes(folder / MANIFEST)
    if sha256(raw) != folder.name:
        raise StoreError(f"知识库 {store} 已损坏（{MANIFEST} 校验不符）", REBUILD)
    manifest: dict[str, Any] = json.loads(raw)
    check_format(store, manifest["format"])
    return manifest


def check_format(store: Path, found: object) -> None:
    """See to it that a store is of this program's version.

    :raises StoreError: when it is of another.
    """
    if found != FORMAT:
        raise StoreError(f"知识库 {store} 的格式是第 {found} 版，本程序只认第 {FORMAT} 版", REBUILD)


def unwritten(store: Path, reason: object) -> StoreError:
    """Say that a store could not be written.

    :param store: its folder.
    :param reason: in the system's words.
    :return: the error to raise.
    """
    return StoreError(f"写入知识库 {store} 失败（{reason}）", "原有知识库未动；请检查磁盘空间和权限后重试")


def read_bytes(path: Path) -> bytes:
    """Read a file.

    :raises FileNotFoundError: when it is not there.
    :raises StoreError: when it cannot be opened.
    """
    with _named(path):
        return path.read_bytes()


def _in_memory(path: Path) -> tuple[bytes, str]:
    data = read_bytes(path)
    return data, sha256(data)


def _mapped(path: Path) -> tuple[Buffer, str]:
    """Map a file into memory, and digest it; an empty one cannot be. It stays whole for its reader where another process removes it.

    It is read to be digested: looked at through the map, all of it would count as memory of this process.
    """
    with _named(path), path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = os.fstat(file.fileno()).st_size
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b"", digest


def _in_pieces(path: Path) -> tuple[Buffer, str]:
    with _named(path):
        file = path.open("rb", buffering=0)
        return Pieces(file), hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(path) from None
    except OSError as error:
        raise StoreError(f"打不开 {path}（{error.strerror}）", "请检查权限，或重建知识库") from error


def write_through(path: Path, chunks: Chunks) -> str:
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


def move(source: Path, target: Path) -> None:
    """Rename; Windows refuses while somebody reads the target or looks a new file over, which is soon done."""
    for pause in _PAUSES:
        try:
            os.replace(source, target)
            return
        except PermissionError:
            time.sleep(pause)
    os.replace(source, target)


def sync(folder: Path) -> None:
    """Wait until the disk has the names in a folder; Windows opens no folder, and keeps its names by itself."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:  # as on some network disks
        pass
    finally:
        os.close(handle)


def remove_others(parent: Path, keep: Collection[str]) -> None:
    """Remove what killed builds left, and folders that are no longer in use; what else lies there is not ours.

    What cannot be removed now, because Windows lends a file that is open to nobody else, the next build removes.

    :param parent: the folder that holds them.
    :param keep: names of those in use.
    """
    for folder in sorted(parent.iterdir()) if parent.is_dir() else ():
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


def _intact(folder: Path, manifest: bytes, sums: Mapping[str, str]) -> bool:
    try:
        same = (folder / MANIFEST).read_bytes() == manifest
        return same and all(sha256((folder / name).read_bytes()) == expected for name, expected in sums.items())
    except OSError:
        return False
