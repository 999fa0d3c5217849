"""One writer at a time: a lock on the store that the system frees when its process ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import StoreError


@contextmanager
def locked(store: Path) -> Iterator[None]:
    """Hold the store for writing; the lock of a process that has died is free by itself.

    :param store: folder of the store, made when it is not there.
    :raises StoreError: when another build holds it, the folder cannot be written, or its disk knows no locks.
    """
    from filelock import FileLock, Timeout

    lock, owner = FileLock(store / "LOCK"), store / "OWNER"
    try:
        (store / "generations").mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        told = _text(owner)
        raise StoreError(
            f"知识库 {store} 正在由另一进程{f'（{told}）' if told else ''}建立", "请等它结束后再试"
        ) from error
    except OSError as error:
        raise StoreError(
            f"不能写入知识库 {store}（{error.strerror}）", "请检查路径和权限，或用 --store 另选位置"
        ) from error
    except NotImplementedError as error:
        raise StoreError(f"知识库 {store} 所在的磁盘不能加锁", "请用 --store 换到本机磁盘") from error
    try:
        # Beside the lock, not in it: Windows lets nobody read a file that is locked. On a full disk it goes without.
        with suppress(OSError):
            owner.write_text(f"{os.getpid()}\n", encoding="utf-8")
        yield
    finally:
        lock.release()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()[:32]
    except OSError:
        return ""
