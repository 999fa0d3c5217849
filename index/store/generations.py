"""The store on disk: versioned, checksummed, written beside and swapped in at once.

::

    STORE/CURRENT                 names the generation in use, and the corpus it was built from
    STORE/LOCK, OWNER             held by the one process that may write, and its process id
    STORE/generations/<digest>/   one state of the base: its facts, its entries, and the lists of the office
    STORE/segments/<digest>/      documents with all that finds their clauses, written once and shared by generations
    STORE/NOTES                   what saves looking twice; no part of the base (:mod:`index.store.notes`)
    STORE/pending/                what a build that is not done has read (:mod:`index.store.pending`)

Generations and segments are sealed folders (:mod:`index.store.sealed`). Readers take everything into memory when they open; a
later build may then remove the generation under them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from index.errors import StoreError
from index.search.arrays import Buffer, Chunks
from index.store import sealed
from index.store.sealed import REBUILD, json_bytes, sha256

GENERATIONS, SEGMENTS = "generations", "segments"
_SEGMENTS = "segments"
"""The fact of a generation that names its segments."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole state of the store, verified: its digest, the facts it was written with, and its files.

    ``corpus`` is where the documents lay at the last build; it is no part of the digest.
    """

    digest: str
    corpus: Path
    facts: Mapping[str, Any]
    files: Mapping[str, Buffer]


def segments_of(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the digests of the segments of a generation, from its facts."""
    return tuple(facts.get(_SEGMENTS, ()))


def write(store: Path, corpus: Path, facts: Mapping[str, Any], files: Iterable[tuple[str, Chunks]]) -> str:
    """Write a new generation and make it the one in use; the caller holds the lock.

    :param store: folder of the store.
    :param corpus: folder of the documents, recorded relative to the store where both lie on one drive.
    :param facts: what the reader must know, as JSON holds it; its ``segments`` lie in the store already.
    :param files: names and bytes; each is asked for when the one before has been written.
    :return: digest of the generation.
    :raises StoreError: when the disk refuses; the generation in use stays.
    """
    try:
        sealed.remove_others(store / GENERATIONS, [_in_use(store)])
        return point_to(store, corpus, sealed.seal(store / GENERATIONS, facts, files))
    except OSError as error:
        raise sealed.unwritten(store, error.strerror) from error


def point_to(store: Path, corpus: Path, digest: str) -> str:
    """Make a generation that lies in the store the one in use, and remove what it does not need.

    :param store: folder of the store, which the caller holds.
    :param corpus: folder of the documents.
    :param digest: of the generation.
    :return: the same digest.
    :raises OSError: when the disk refuses; the generation in use stays.
    """
    facts = sealed.manifest_of(store, store / GENERATIONS / digest)["facts"]
    sealed.write_through(store / "CURRENT.new", [pointer_bytes(digest, _way(store, corpus))])
    sealed.move(store / "CURRENT.new", store / "CURRENT")
    sealed.sync(store)
    sealed.remove_others(store / GENERATIONS, [digest])
    sealed.remove_others(store / SEGMENTS, segments_of(facts))
    return digest


def pointer_bytes(generation: str, corpus: str) -> bytes:
    """Write what CURRENT holds; its own checksum is in it, since nothing else vouches for the way to the corpus.

    :param generation: digest of the generation in use.
    :param corpus: way from the store to the corpus.
    :return: the bytes of the file.
    """
    pointer = {"format": sealed.FORMAT, "generation": generation, "corpus": corpus}
    return json_bytes({**pointer, "sum": sha256(json_bytes(pointer))})


def in_use(store: Path) -> str:
    """Tell which generation is in use; nothing of it is read.

    :param store: folder of the store.
    :return: its digest.
    :raises StoreError: when there is no store, or it does not tell.
    """
    pointer = _pointer(store)
    if not pointer:
        raise StoreError(f"{store} 里没有知识库", "请先运行 python -m index build 建立")
    return str(pointer.get("generation"))


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
    return read_with(store, lambda generation: generation, names)


def read_with(store: Path, then: Callable[[Generation], T], names: Collection[str] | None = None) -> T:
    """Open the generation in use and read on from it, as into its segments; once more where it was replaced meanwhile.

    :param store: folder of the store.
    :param then: reads on; a FileNotFoundError of its means that something of the generation is no longer there.
    :param names: the files of the generation to read; None for all.
    :return: what ``then`` gives.
    :raises StoreError: as :func:`read`.
    """
    pointer = _pointer(store)
    if not pointer:
        raise StoreError(f"{store} 里没有知识库", "请先运行 python -m index build 建立")
    try:
        return then(_read(store, pointer, names))
    except FileNotFoundError:
        # Another process may have swapped the generation between two reads.
        newer = _pointer(store)
        if newer == pointer:
            raise StoreError(f"知识库 {store} 已损坏（缺少文件）", REBUILD) from None
    try:
        return then(_read(store, newer, names))
    except FileNotFoundError as error:
        raise StoreError(f"知识库 {store} 已损坏（缺少文件）", REBUILD) from error


def _read(store: Path, pointer: Mapping[str, Any], names: Collection[str] | None) -> Generation:
    sealed.check_format(store, pointer.get("format"))
    folder = store / GENERATIONS / Path(str(pointer.get("generation"))).name
    found = sealed.unseal(store, folder, names)
    corpus = Path(os.path.normpath(store / str(pointer.get("corpus", "."))))
    return Generation(found.digest, corpus, found.facts, found.files)


def _in_use(store: Path) -> str:
    try:
        return str(_pointer(store).get("generation"))
    except StoreError:
        return ""  # a build is the way to mend a damaged store


def _way(store: Path, corpus: Path) -> str:
    """Say where the corpus lies as seen from the store, so that both can be moved together."""
    try:
        return Path(os.path.relpath(corpus, store)).as_posix()
    except ValueError:  # on Windows there is no way from one drive to another
        return corpus.resolve().as_posix()


def _pointer(store: Path) -> dict[str, Any]:
    """Read CURRENT; empty where there is no store yet."""
    damaged = StoreError(f"知识库 {store} 已损坏（CURRENT 不可读）", f"请删除 {store / 'CURRENT'} 后重建")
    try:
        pointer = json.loads(sealed.read_bytes(store / "CURRENT"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise damaged from error
    if not isinstance(pointer, dict):
        raise damaged
    own = pointer.pop("sum", None)
    if pointer.get("format") == sealed.FORMAT and own != sha256(json_bytes(pointer)):
        raise damaged
    return pointer
