"""What a build has read and encoded before its generation is written: a build that was killed goes on from there.

Each piece is named by all that it is made of, and begins with a digest of the rest; one that is not whole counts for nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from index.store.sealed import sha256


def piece(store: Path, kind: str, made_of: Iterable[str]) -> Path:
    """Name a piece.

    :param store: folder of the store.
    :param kind: of what it is.
    :param made_of: all that decides its bytes.
    :return: where it lies, or will.
    """
    digest = hashlib.sha256()
    for part in made_of:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(data)}\n".encode() + data)
    return store / "pending" / f"{digest.hexdigest()[:40]}.{kind}"


def put(path: Path, data: bytes) -> None:
    """Write a piece; a part of it is never left under its name.

    :param path: what :func:`piece` gave.
    :param data: its bytes.
    :raises OSError: when the disk refuses.
    """
    path.parent.mkdir(exist_ok=True)
    draft = path.with_suffix(f"{path.suffix}.{os.getpid()}")
    draft.write_bytes(f"{sha256(data)}\n".encode() + data)
    os.replace(draft, path)


def get(path: Path) -> bytes | None:
    """Read a piece.

    :param path: what :func:`piece` gave.
    :return: its bytes; None where it is not there or not whole.
    """
    try:
        head, data = path.read_bytes().split(b"\n", 1)
    except (OSError, ValueError):
        return None
    return data if head.decode("ascii", "replace") == sha256(data) else None


def clear(store: Path) -> None:
    """Remove all pieces: the generation that they were for has been written.

    :param store: folder of the store.
    """
    shutil.rmtree(store / "pending", ignore_errors=True)
