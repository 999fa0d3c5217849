"""The bytes of a file, as they come over the network, into a folder of its own: bounded while they come."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO

from app.keeping.errors import Refused, unwritable

LIMIT = 50 << 20
"""Bytes of a file at most."""
SPARE = 200 << 20
"""Bytes that are left free on the disk."""
_PATIENCE = 60.0
"""Seconds without a byte after which a connection counts as lost."""


async def receive(chunks: AsyncIterator[bytes], length: int | None, target: Path) -> str:
    """Write what comes to a file.

    :param chunks: as they come.
    :param length: how many bytes the client says will come; None where it does not say.
    :param target: a new file; what is left of it when this fails is for the caller to remove.
    :return: SHA-256 of the bytes.
    :raises Refused: when they are too many, none, fewer than was said, too slow, or the disk is full.
    """
    if length is not None and length > LIMIT:
        raise _too_large()
    digest, size = hashlib.sha256(), 0
    try:
        if shutil.disk_usage(target.parent).free < (length or LIMIT) + SPARE:
            raise Refused("磁盘空间不足，收不下这个文件", "请清理磁盘后重试；知识库未动", 507)
        with target.open("xb") as file:
            async for chunk in _in_time(chunks):
                size += len(chunk)
                if size > LIMIT:
                    raise _too_large()
                digest.update(chunk)
                await _write(file, chunk)
    except TimeoutError as error:
        raise Refused("上传中断了", "请检查网络后重新上传", 408) from error
    except OSError as error:
        raise unwritable(target.parent, error) from error
    if length is not None and size != length:
        raise Refused("文件没有收全", "请重新上传", 400)
    if not size:
        raise Refused("文件是空的（0 字节）", "请重新下载或重新导出该文件", 400)
    return digest.hexdigest()


def _too_large() -> Refused:
    return Refused(f"文件超过 {LIMIT >> 20} MB", "请拆成几份，或另存为较小的文件后重试", 413)


async def _in_time(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    while True:
        try:
            async with asyncio.timeout(_PATIENCE):
                chunk = await anext(chunks)
        except StopAsyncIteration:
            return
        yield chunk


async def _write(file: BinaryIO, chunk: bytes) -> None:
    """Write without holding up those who ask meanwhile."""
    await asyncio.to_thread(file.write, chunk)
