"""A folder of source files: which of them are read, and what its manifest says of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import CorpusError
from index.question import lists
from index.store.generations import sha256
from ingest import SUFFIXES
from ingest.errors import IngestError, ManifestMismatch, UnreadableFile
from ingest.records import Document, Metadata

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
    """What a folder holds: files to read, names of kinds that no reader knows, and files at fault."""

    files: tuple[CorpusFile, ...]
    unsupported: tuple[str, ...]
    faults: tuple[IngestError, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One source file with the document read from it."""

    name: str
    document: Document


@dataclass(frozen=True, slots=True)
class Entry:
    """A reading as it is kept: what tells it apart, and all of it as one line of the store."""

    name: str
    key: str
    sha256: str
    metadata: Metadata
    clauses: int
    sentences: int
    line: bytes


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
    names = [name for name in _names(folder, store) if not _passed_over(name)]
    read = [name for name in names if Path(name).suffix.lower() in SUFFIXES]
    unsupported = tuple(name for name in names if name not in set(read))
    if not read:
        raise CorpusError(f"文件夹 {folder} 里没有可读的文件", f"请放入 {'、'.join(SUFFIXES)} 文件")
    expected = _manifest(folder)
    files: list[CorpusFile] = []
    faults: list[IngestError] = [
        ManifestMismatch(name, f"{_MANIFEST} 列有此文件，但找不到", f"请补上文件或改正 {_MANIFEST}")
        for name in expected
        if name not in set(names)
    ]
    for name in read:
        try:
            files.append(_verified(folder, name, expected.get(name)))
        except IngestError as fault:
            faults.append(fault)
    return CorpusListing(tuple(files), unsupported, tuple(faults))


def _names(folder: Path, store: Path) -> list[str]:
    own = store.resolve()
    inside = [path for path in folder.rglob("*") if path.is_file() and not path.resolve().is_relative_to(own)]
    return sorted(path.relative_to(folder).as_posix() for path in inside)


def _passed_over(name: str) -> bool:
    path = Path(name)
    hidden = any(part.startswith((".", "~$")) for part in path.parts)
    return hidden or path.parts[0] == _LISTS or path.stem.lower() in ("readme", "manifest")


def _verified(folder: Path, name: str, expected: str | None) -> CorpusFile:
    try:
        digest = sha256((folder / name).read_bytes())
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
