"""A folder of source files: which of them are read, and what its manifest says of them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import CorpusError
from index.question import lists
from ingest import SUFFIXES
from ingest.errors import ClosedFolder, IngestError, ManifestMismatch, UnreadableFile

_MANIFEST = "manifest.json"
_LISTS = "lists"


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """One source file: its name within the corpus, its path, and the digest of its bytes."""

    name: str
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class CorpusListing:
    """What a folder holds: files to read, names of kinds that no reader knows, files at fault, and folders that cannot be opened."""

    files: tuple[CorpusFile, ...]
    unsupported: tuple[str, ...]
    faults: tuple[IngestError, ...]
    closed: tuple[str, ...] = ()

    def hides(self, name: str) -> bool:
        """Tell whether a file lies in a folder that cannot be opened, so that nothing can be said of it."""
        return any(name.startswith(f"{folder}/") for folder in self.closed)


def lists_of(corpus: Path) -> Path | None:
    """Find the lists of words that an office keeps beside its documents.

    :param corpus: folder of the documents.
    :return: its folder ``lists``; None where there is none.
    """
    return corpus / _LISTS if (corpus / _LISTS).is_dir() else None


def office_lists(corpus: Path) -> dict[str, str]:
    """Read the lists by which questions are read, as an office keeps them; :mod:`index.question.lists` adds them to its own.

    :param corpus: folder of the documents.
    :return: texts by file name.
    :raises CorpusError: when one cannot be read.
    """
    folder = lists_of(corpus)
    paths = sorted(folder.glob("*.txt"), key=lambda path: path.name) if folder else []
    found: dict[str, str] = {}
    for path in paths:
        if path.name in lists.NAMES or path.match(lists.THESAURUS):
            try:
                found[path.name] = path.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                raise CorpusError(f"词表 {path} 读不出来", "请检查权限，并另存为 UTF-8 编码") from error
    return found


def list_corpus(folder: Path, store: Path) -> CorpusListing:
    """List a folder and hold it against its manifest, where it has one.

    README files, manifests, hidden files, the office's lists of words and the store itself are passed over.

    :param folder: the corpus.
    :param store: folder of the store, in case it lies within the corpus.
    :return: files in order of name.
    :raises CorpusError: when the folder is not there, holds nothing to read, or its manifest is unreadable.
    """
    if not folder.is_dir():
        raise CorpusError(f"没有文件夹 {folder}", "请给出存放政策文件的文件夹")
    names, faults = _names(folder, store)
    read = [name for name in names if Path(name).suffix.lower() in SUFFIXES]
    unsupported = tuple(name for name in names if Path(name).suffix.lower() not in SUFFIXES)
    closed = tuple(fault.file for fault in faults if isinstance(fault, ClosedFolder))
    if not read and not closed:
        told = f"：{'；'.join(map(str, faults))}" if faults else ""
        raise CorpusError(f"文件夹 {folder} 里没有可读的文件{told}", f"请放入 {'、'.join(SUFFIXES)} 文件")
    expected = _manifest(folder)
    files, there = list[CorpusFile](), set(names)
    faults += [
        ManifestMismatch(name, f"{_MANIFEST} 列有此文件，但找不到", f"请补上文件或改正 {_MANIFEST}")
        for name in expected
        if name not in there
    ]
    for name in read:
        try:
            files.append(corpus_file(folder, name, expected.get(name)))
        except IngestError as fault:
            faults.append(fault)
    return CorpusListing(tuple(files), unsupported, tuple(faults), closed)


def _names(folder: Path, store: Path) -> tuple[list[str], list[IngestError]]:
    """List the files below a folder, by name, and what of it cannot be read at all."""
    own, names, faults = store.resolve(), list[str](), list[IngestError]()

    def closed(error: OSError) -> None:
        name = Path(error.filename).relative_to(folder).as_posix()
        faults.append(
            ClosedFolder(name, f"文件夹打不开（{error.strerror}）", "请检查权限；其中的文件沿用上次读到的内容")
        )

    for place, folders, files in os.walk(folder, onerror=closed):
        folders[:] = [one for one in sorted(folders) if (Path(place) / one).resolve() != own]
        below = Path(place).relative_to(folder).as_posix()
        for file in files:
            name = file if below == "." else f"{below}/{file}"
            if not _passed_over(name):
                fault = _unfit(name, os.path.join(place, file))
                faults += [fault] if fault else []
                names += [] if fault else [name]
    return sorted(names), sorted(faults, key=lambda fault: fault.file)


def _unfit(name: str, path: str) -> IngestError | None:
    """Say what is wrong with a file before it is opened."""
    try:
        name.encode()
    except UnicodeEncodeError:  # as of a Windows archive that was unpacked without its code page
        shown = os.fsencode(name).decode("gb18030", "replace")
        return UnreadableFile(shown, "文件名不是 UTF-8 编码，像是 GBK", "请把文件改名后重试")
    if not os.path.isfile(path):
        return UnreadableFile(name, "不是普通文件，或链接指向的文件已不在", "请换成文件本身")
    return None


def _passed_over(name: str) -> bool:
    parts = name.split("/")
    hidden = any(part.startswith((".", "~$")) for part in parts)
    return hidden or parts[0] == _LISTS or Path(parts[-1]).stem.lower() in ("readme", "manifest")


def corpus_file(folder: Path, name: str, expected: str | None = None) -> CorpusFile:
    """Take up one file of a corpus.

    :param folder: the corpus.
    :param name: of the file within it.
    :param expected: its digest as the manifest states it; None where it does not.
    :return: the file with its digest.
    :raises IngestError: when it cannot be opened, or has another digest.
    """
    try:
        with (folder / name).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(name, f"打不开（{error.strerror}）", "请检查权限") from error
    if expected and expected != digest:
        raise ManifestMismatch(name, f"内容与 {_MANIFEST} 记载的 SHA-256 不符", f"请换回原文件，或更新 {_MANIFEST}")
    return CorpusFile(name, folder / name, digest)


def _manifest(folder: Path) -> Mapping[str, str]:
    """Read the digests that the manifest states, by file name; empty where there is no manifest."""
    path = folder / _MANIFEST
    if not path.is_file():
        return {}
    form = '应写成 {"documents": [{"file": "…", "sha256": "…"}]}'
    try:
        manifest: Any = json.loads(path.read_text(encoding="utf-8"))
        return {str(entry["file"]): str(entry["sha256"]).lower() for entry in manifest["documents"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise CorpusError(f"{path} 无法读取", form) from error
