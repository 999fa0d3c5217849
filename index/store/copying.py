"""Files copied into a corpus for as long as it takes to write the base that holds them; if that fails, they are taken back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from index.errors import CorpusError


@contextmanager
def copied(files: Mapping[Path, Path]) -> Iterator[None]:
    """Copy files to where they belong, each whole or not at all; an error in the block puts back all that was there before.

    :param files: where each goes, and where it lies; one that lies where it goes stays.
    :raises CorpusError: when one cannot be copied.
    """
    done: dict[Path, Path | None] = {}
    try:
        for target, source in files.items():
            if source.resolve() != target.resolve():
                _copy(source, target, done)
        yield
    except BaseException:
        for target, before in done.items():
            _put_back(target, before)
        raise
    for before in done.values():
        if before:
            before.unlink(missing_ok=True)


def _copy(source: Path, target: Path, done: dict[Path, Path | None]) -> None:
    """Copy one file, and keep what it takes the place of; hidden names are passed over by whoever lists the corpus."""
    draft, before = (target.with_name(f".{target.name}.{os.getpid()}{end}") for end in ("", ".before"))
    try:
        shutil.copyfile(source, draft)
        if target.exists():
            os.replace(target, before)
            done[target] = before
        os.replace(draft, target)
        done.setdefault(target, None)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise CorpusError(
            f"不能把 {source.name} 复制到 {target.parent}（{error.strerror}）", "请检查权限和磁盘空间"
        ) from error


def _put_back(target: Path, before: Path | None) -> None:
    if before:
        os.replace(before, target)
    else:
        target.unlink(missing_ok=True)
