"""What a store notes for itself to save time: how texts compared, and how the files of its segments looked when they were whole.

No part of what it holds: where the notes are lost, damaged or of another version, all is looked at again.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from index.errors import StoreError
from index.store import sealed
from index.store.codec import decode
from index.store.generations import SEGMENTS

_VERSION = 1
"""Changes whenever the same texts may compare otherwise."""
_NAME = "NOTES"


@dataclass(frozen=True, slots=True)
class Notes:
    """``counts`` are those of :class:`index.store.likeness.Texts`; ``whole`` gives, by digest of a segment, what :func:`looks` gave."""

    counts: Mapping[str, int] = field(default_factory=dict)
    whole: Mapping[str, Mapping[str, tuple[int, ...]]] = field(default_factory=dict)
    version: int = _VERSION


def read_notes(store: Path) -> Notes:
    """Read what was noted.

    :param store: folder of the store.
    :return: the notes; empty ones where there are none of use.
    """
    try:
        head, line = (store / _NAME).read_bytes().split(b"\n", 1)
        notes = decode(Notes, line) if head.decode("ascii", "replace") == sealed.sha256(line) else Notes()
    except (OSError, ValueError, StoreError):
        return Notes()
    return notes if notes.version == _VERSION else Notes()


def write_notes(store: Path, notes: Notes) -> None:
    """Write what is noted; where the disk refuses, it goes without.

    :param store: folder of the store, which the caller holds.
    :param notes: what is noted.
    """
    line = sealed.json_bytes(asdict(notes))
    with suppress(OSError):
        sealed.write_through(store / f"{_NAME}.new", [f"{sealed.sha256(line)}\n".encode(), line])
        sealed.move(store / f"{_NAME}.new", store / _NAME)


def looks(store: Path, digest: str) -> Mapping[str, tuple[int, ...]]:
    """Tell how the files of a segment look from outside: a file that was written to, or put back, looks otherwise.

    :param store: folder of the store.
    :param digest: of the segment.
    :return: by name: bytes, and when content and status last changed, in ns; empty where it cannot be told.
    """
    try:
        files = sorted((store / SEGMENTS / Path(digest).name).iterdir(), key=lambda file: file.name)
        stats = {file.name: file.stat() for file in files}
    except OSError:
        return {}
    return {name: (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) for name, stat in stats.items()}
