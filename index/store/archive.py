"""A store with its corpus in one file, to be kept, and to be put back on another machine under another path."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from index.errors import StoreError
from index.store import generations as stores
from index.store import sealed
from index.store.generations import GENERATIONS, SEGMENTS
from index.store.lock import locked

_HEAD, _CORPUS = "backup.json", "corpus"
_TIME = (2000, 1, 1, 0, 0, 0)
"""Of every member, so that the same base gives the same bytes."""


def backup(store: str | Path, file: str | Path) -> int:
    """Write a store, the files that it was read from, and the office's lists, into one file.

    :param store: folder of the store.
    :param file: zip file to write; one that is there is replaced when the new one is whole.
    :return: how many files it holds.
    :raises StoreError: when there is no store, it is damaged or in use, or the file cannot be written.
    """
    store, target = Path(store), Path(file)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    with locked(store):
        generation = stores.read(store)
        members = sorted(_members(store, generation))
        head = {"format": sealed.FORMAT, "generation": generation.digest}
        try:
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                _put(archive, _HEAD, sealed.json_bytes(head))
                for name, path in members:
                    _put(archive, name, path.read_bytes())
            os.replace(draft, target)
        except OSError as error:
            raise StoreError(f"写不成备份 {target}（{error.strerror}）", "请检查路径、权限和磁盘空间") from error
        finally:
            draft.unlink(missing_ok=True)
    return len(members)


def restore(file: str | Path, store: str | Path, corpus: str | Path, replacing: bool = False) -> str:
    """Put back what :func:`backup` wrote; every byte of the base is verified before it is taken into use.

    :param file: the backup.
    :param store: folder of the store, which need not be there.
    :param corpus: folder that the files it was read from are put in.
    :param replacing: whether a base that is there, and files of the corpus that differ, are replaced.
    :return: digest of the generation.
    :raises StoreError: when the file is no backup, is damaged, or would replace something and ``replacing`` is not set.
    """
    store, corpus = Path(store), Path(corpus)
    try:
        with zipfile.ZipFile(file) as archive, locked(store):
            return _restored(archive, store, corpus, replacing, Path(file))
    except FileNotFoundError as error:
        raise StoreError(f"没有备份文件 {file}", "请检查路径") from error
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, EOFError) as error:
        raise StoreError(f"{file} 不是本程序的备份，或已损坏", "请换一份备份") from error
    except OSError as error:
        raise StoreError(f"恢复 {file} 失败（{error.strerror}）", "请检查权限和磁盘空间") from error


def _members(store: Path, generation: stores.Generation) -> Iterator[tuple[str, Path]]:
    """List what goes into a backup: names within it, and where each lies; a source that is gone or changed is left out."""
    folders = [store / GENERATIONS / generation.digest]
    folders += [store / SEGMENTS / digest for digest in stores.segments_of(generation.facts)]
    for folder in folders:
        for name in (sealed.MANIFEST, *sealed.unseal(store, folder, mapped=True).files):
            yield f"{folder.parent.name}/{folder.name}/{name}", folder / name
    for name, digest in {**generation.facts["sources"], **generation.facts["removed"]}.items():
        path = generation.corpus / name
        if path.is_file() and sealed.sha256(path.read_bytes()) == digest:
            yield f"{_CORPUS}/{name}", path
    for path in (generation.corpus / "lists").glob("*.txt"):
        yield f"{_CORPUS}/lists/{path.name}", path


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    told = zipfile.ZipInfo(name, _TIME)
    told.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(told, data)


def _restored(archive: zipfile.ZipFile, store: Path, corpus: Path, replacing: bool, file: Path) -> str:
    head: dict[str, Any] = json.loads(archive.read(_HEAD))
    sealed.check_format(file, head["format"])
    digest = str(head["generation"])
    if (store / "CURRENT").exists() and not replacing:
        raise StoreError(f"{store} 里已有知识库", "要用备份换下它，请加 --replace；或用 --store 另选位置")
    members = [name for name in archive.namelist() if name != _HEAD]
    for name in members:
        if not _is_safe(name):
            raise StoreError(f"{file} 里有不该有的路径 {name!a}", "请换一份备份")
    sources = [name for name in members if name.startswith(f"{_CORPUS}/")]
    _check_sources(archive, sources, corpus, replacing)
    draft = store / ".restoring"
    shutil.rmtree(draft, ignore_errors=True)
    try:
        for name in members:
            target = corpus / name.removeprefix(f"{_CORPUS}/") if name in set(sources) else draft / name
            target.parent.mkdir(parents=True, exist_ok=True)
            sealed.write_through(target, [archive.read(name)])
        _take_up(store, draft, digest)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return stores.point_to(store, corpus, digest)


def _take_up(store: Path, draft: Path, digest: str) -> None:
    """Verify the folders of a backup and move them into the store."""
    facts = sealed.unseal(store, draft / GENERATIONS / Path(digest).name, mapped=True).facts
    for segment in stores.segments_of(facts):
        sealed.unseal(store, draft / SEGMENTS / Path(segment).name, mapped=True)
    for folder in [*(draft / SEGMENTS).iterdir(), draft / GENERATIONS / digest]:
        target = store / folder.parent.name / folder.name
        target.parent.mkdir(exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        sealed.move(folder, target)


def _check_sources(archive: zipfile.ZipFile, names: list[str], corpus: Path, replacing: bool) -> None:
    for name in names:
        target = corpus / name.removeprefix(f"{_CORPUS}/")
        if target.exists() and not replacing and (not target.is_file() or target.read_bytes() != archive.read(name)):
            raise StoreError(f"{target} 已经有了，内容与备份不同", "请用 --corpus 另选文件夹，或加 --replace 换下它")


def _is_safe(name: str) -> bool:
    """Tell whether a name stays within the folders of a backup."""
    path = PurePosixPath(name)
    parts = name.split("/")
    known = parts[0] in (GENERATIONS, SEGMENTS, _CORPUS) and (parts[0] == _CORPUS or len(parts) == 3)
    return (
        known
        and not path.is_absolute()
        and not {"", ".", ".."} & set(parts)
        and "\\" not in name
        and ":" not in parts[0]
    )
