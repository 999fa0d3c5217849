"""Documents taken out of the base: their files wait in a bin beside the store, and can be put back."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.keeping.errors import Refused, unwritable
from app.keeping.folder import Folder
from app.keeping.names import free_name
from index.errors import KnowledgeBaseError, TextDiffers
from index.knowledge_base import KnowledgeBase
from index.store.previews import HeldFile

DAYS = 30
"""Days for which a document that was taken out is listed; its files stay after that, for whoever keeps the server."""
_RECORD = "record.json"


@dataclass(frozen=True, slots=True)
class RemovedFile:
    """A file that was taken out: its name in the corpus, what it is called in the bin, and whether it holds an earlier text."""

    name: str
    kept: str
    is_earlier: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """A document that was taken out of the base; ``when`` is ISO 8601."""

    removed_id: str
    key: str
    title: str
    number: str | None
    clauses: int
    when: str
    files: tuple[RemovedFile, ...]


def remove(document: str, store: Path, corpus: Path, folder: Folder) -> Removed:
    """Take a document out of the base, and its files out of the corpus; whoever calls has the turn.

    :param document: its key, number or title.
    :param store: folder of the store.
    :param corpus: folder of the documents.
    :param folder: holds the bin.
    :return: what was taken out.
    :raises KnowledgeBaseError: when it cannot be; base and corpus are as they were.
    """
    files = KnowledgeBase.files_of(document, store)
    removed = _removed(files)
    home = folder.bin / removed.removed_id
    try:
        home.mkdir(parents=True, mode=0o700)
        (home / _RECORD).write_text(json.dumps(asdict(removed), ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        shutil.rmtree(home, ignore_errors=True)
        raise unwritable(folder.path, error) from error
    try:
        KnowledgeBase.remove(removed.key, store)
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise
    for file in removed.files:
        try:
            _move(corpus / file.name, home / file.kept)
        except OSError as error:  # it stays where it is and is passed over, and can be put back from there
            sys.stderr.write(f"{file.name} 没有移出文件夹（{error.strerror}）\n")
    return removed


def removed_documents(folder: Folder) -> tuple[Removed, ...]:
    """List what was taken out in the last :data:`DAYS` days, the latest first."""
    since = (datetime.now().astimezone() - timedelta(days=DAYS)).isoformat(timespec="seconds")
    homes = sorted(folder.bin.iterdir()) if folder.bin.is_dir() else []
    found = (one for home in homes if (one := _record(home)) and one.when >= since)
    return tuple(sorted(found, key=lambda one: (one.when, one.removed_id), reverse=True))


def put_back(removed_id: str, store: Path, corpus: Path, folder: Folder) -> Removed:
    """Put a document back: its files into the corpus, and its text into the base; whoever calls has the turn.

    :param removed_id: names what was taken out.
    :param store: folder of the store.
    :param corpus: folder of the documents.
    :param folder: holds the bin.
    :return: what was put back.
    :raises KnowledgeBaseError: when it cannot be; base, corpus and bin are as they were.
    """
    removed = next((one for one in removed_documents(folder) if one.removed_id == removed_id), None)
    if removed is None:
        raise Refused("没有这份移出的文件", "它可能已放回，请刷新页面", 404)
    home, moved = folder.bin / removed_id, list[tuple[Path, Path]]()
    try:
        paths = dict(_returned(removed, home, corpus, moved))
        if not any(not file.is_earlier for file in paths):
            raise Refused(f"“{removed.title}”的源文件已不在", "请重新上传这份文件", 409)
        behind = [path for file, path in paths.items() if file.is_earlier]
        KnowledgeBase.add(list(paths.values()), store, behind=behind)
    except (KnowledgeBaseError, OSError) as error:
        for source, target in moved:
            with suppress(OSError):
                _move(target, source)
        raise _told(error, removed, corpus) from error
    shutil.rmtree(home, ignore_errors=True)
    return removed


def _removed(files: Sequence[HeldFile]) -> Removed:
    first = next((file for file in files if file.is_searched), files[0])
    when = datetime.now().astimezone().isoformat(timespec="seconds")
    kept = (RemovedFile(file.name, f"{at}{Path(file.name).suffix}", file.is_earlier) for at, file in enumerate(files))
    told = first.metadata
    return Removed(secrets.token_hex(8), first.key, told.title, told.number, first.clauses, when, tuple(kept))


def _returned(
    removed: Removed, home: Path, corpus: Path, moved: list[tuple[Path, Path]]
) -> Iterator[tuple[RemovedFile, Path]]:
    """Move files from the bin to where they lay, and say where they are now; one that never left is taken from there."""
    for file in removed.files:
        source, target = home / file.kept, corpus / file.name
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target = target.with_name(free_name(target.name, target.parent))
            _move(source, target)
            moved.append((source, target))
        if target.exists():
            yield file, target


def _move(source: Path, target: Path) -> None:
    """Move a file, whole or not at all, from one disk to another too, and never over one that is there."""
    if target.exists():
        raise FileExistsError(17, "已有同名文件", str(target))
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        shutil.copyfile(source, draft)
        os.replace(draft, target)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    source.unlink()


def _record(home: Path) -> Removed | None:
    try:
        said = json.loads((home / _RECORD).read_text(encoding="utf-8"))
        files = tuple(RemovedFile(**file) for file in said.pop("files"))
        return Removed(**said, files=files)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _told(error: KnowledgeBaseError | OSError, removed: Removed, corpus: Path) -> KnowledgeBaseError:
    if isinstance(error, TextDiffers):
        return Refused(f"知识库里现有的“{removed.key}”正文与移出的不同", "请先移出现有的那一份，再放回这一份", 409)
    return unwritable(corpus, error) if isinstance(error, OSError) else error
