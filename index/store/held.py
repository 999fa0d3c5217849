"""What a store holds before something is written to it; what of it is damaged, or of another version, is simply not there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from index.errors import StoreError
from index.search.arrays import Vectors
from index.store import generations as stores
from index.store import pending
from index.store.codec import decode, decode_all, layout
from index.store.entries import EARLIER, ENTRIES, SEARCHED, Entry, Reading
from index.store.likeness import Texts
from index.store.notes import Notes, looks, read_notes
from index.store.readings import Fault, pending_reading
from index.store.segments import READINGS, VECTORS, Segment, read_segment
from ingest.records import Document


class Held:
    """The entries of the generation in use, and the readings behind them.

    :param store: folder of the store, which the caller holds.
    :param corpus: what a build is of; entries of another corpus count for nothing.
    :param verify: whether all bytes are looked at; else those that are used are.
    :param noted: whether what the store noted is relied on: a segment that looks as it did when it was whole is whole.
    """

    def __init__(self, store: Path, corpus: Path, verify: bool, noted: bool) -> None:
        self.store = store
        self._notes = read_notes(store) if noted else Notes()
        self._looks = dict(self._notes.whole)
        self._segments: dict[tuple[str, tuple[str, ...] | None], Segment | None] = {}
        try:
            generation = stores.read(store, (ENTRIES,))
            is_ours = generation.corpus.resolve() == corpus.resolve()
            self.facts: Mapping[str, Any] = generation.facts if is_ours else {}
            entries = decode_all(Entry, bytes(generation.files[ENTRIES])) if is_ours else ()
        except (StoreError, KeyError):
            self.facts, entries = {}, ()
        is_there = self._is_whole if verify else self._is_there
        whole = {digest for digest in sorted({entry.segment for entry in entries}) if is_there(digest)}
        self.entries: Sequence[Entry] = tuple(entry for entry in entries if entry.segment in whole)
        self.is_whole = len(self.entries) == len(entries) > 0

    @cached_property
    def faults(self) -> Mapping[str, Fault]:
        """What could not be read when the base was written, by name."""
        return {name: Fault(**fault) for name, fault in self.facts.get("faults", {}).items()}

    @cached_property
    def current(self) -> Mapping[str, Entry]:
        """The entries of files as they were last read, by name."""
        return {entry.name: entry for entry in self.entries if entry.standing != EARLIER}

    @cached_property
    def searched(self) -> Mapping[str, Entry]:
        """The entries that are searched, by key of their document."""
        return {entry.key: entry for entry in self.entries if entry.standing == SEARCHED}

    @cached_property
    def texts(self) -> Texts:
        """The texts of entries, to be compared."""
        return self.texts_with(self.document)

    def texts_with(self, document_of: Callable[[Entry], Document]) -> Texts:
        """Give the texts of entries, those that this base does not hold among them.

        :param document_of: reads the document of any of them back.
        """
        return Texts(document_of, self._notes.counts)

    def notes(self, digests: Collection[str], new: Collection[str]) -> Notes:
        """Give what the store is to note from now on.

        :param digests: of the segments that it keeps.
        :param new: those of them that were written now.
        :return: the notes.
        """
        looked = {**self._looks, **{digest: looks(self.store, digest) for digest in new}}
        return Notes(self.texts.counts, {digest: looked[digest] for digest in sorted(digests) if looked.get(digest)})

    def made_by(self, digest: str) -> Mapping[str, Any] | None:
        """Give the facts of a segment; None where it is not there or its records are of another version."""
        segment = self._segment(digest, ())
        return segment.facts if segment else None

    def reading(self, entry: Entry) -> Reading:
        """Read the reading of an entry back, as it was put down.

        :param entry: of this base, or one that is pending.
        :return: the reading.
        :raises StoreError: when it is not there.
        """
        segment = self._segment(entry.segment, READINGS) if entry.segment else None
        if segment:
            return segment.reading(entry.row)
        line = pending.get(pending_reading(entry, self.store))
        if line is None:
            raise StoreError(f"读过的 {entry.name} 又丢失了", "请检查磁盘后重试")
        return decode(Reading, line)

    def document(self, entry: Entry) -> Document:
        """Read the document of an entry back, with the key and the name that it was put down with."""
        return self.reading(entry).document

    def vectors(self, entry: Entry, recipe: Mapping[str, Any]) -> Vectors | None:
        """Give the vectors of an entry's sentences; None where its segment has none, or was made by another recipe."""
        segment = self._segment(entry.segment, (VECTORS,)) if entry.segment else None
        if segment is None or not segment.is_indexed(entry.row) or segment.facts["recipe"] != recipe:
            return None
        return segment.vectors_of(entry.row)

    def _is_there(self, digest: str) -> bool:
        return self.made_by(digest) is not None

    def _is_whole(self, digest: str) -> bool:
        look = looks(self.store, digest)
        if look and look == self._looks.pop(digest, None):
            self._looks[digest] = look
            return self._is_there(digest)
        is_whole = self._segment(digest, None) is not None
        if is_whole:
            self._looks[digest] = look
        return is_whole

    def _segment(self, digest: str, names: tuple[str, ...] | None) -> Segment | None:
        """Give a segment with some of its files, or all, verified; None where it is damaged or its records are of another version."""
        for at in ((digest, None), (digest, names)):
            if at in self._segments:
                return self._segments[at]
        try:
            segment = read_segment(self.store, digest, names)
        except (StoreError, FileNotFoundError):
            segment = None
        fits = segment is not None and segment.facts["records"] == layout(Reading)
        self._segments[digest, names] = segment if fits else None
        return self._segments[digest, names]


def whole_held(store: Path, corpus: Path) -> Held:
    """Give what a store holds; of a damaged one, what is not seen would be dropped with the next generation.

    :param store: folder of the store.
    :param corpus: folder of its documents.
    :return: all of it.
    :raises StoreError: when something of it is missing, damaged or of another version.
    """
    held = Held(store, corpus, verify=False, noted=True)
    if not held.is_whole:
        raise StoreError(f"知识库 {store} 已损坏，或属于另一版程序", "请先运行 python -m index verify --repair")
    return held
