"""Errors of reading, each saying what, where and how to mend it (in Chinese, for the user)."""

from __future__ import annotations

from typing import Any


class IngestError(Exception):
    """A source file cannot be read.

    :param file: name of the file as the user gave it.
    :param problem: what is wrong, in Chinese.
    :param remedy: what the user can do, in Chinese.
    :param page: page number from 1, where the fault has one.
    :param line: line number from 1, where it has one.
    """

    def __init__(self, file: str, problem: str, remedy: str, page: int | None = None, line: int | None = None) -> None:
        place = f"{file} 第{page}页" if page else f"{file} 第{line}行" if line else file
        super().__init__(f"{place}: {problem}；{remedy}")
        self.file = file
        self.page = page
        self.line = line
        self.problem = problem
        self.remedy = remedy

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes as what it was made of; an exception would be made anew of its message alone."""
        return type(self), (self.file, self.problem, self.remedy, self.page, self.line)


class UnreadableFile(IngestError):
    """The bytes are damaged, encrypted, empty or not there."""


class UnsupportedFormat(IngestError):
    """The file is of a kind that no reader knows."""


class NoText(IngestError):
    """The file holds pictures of text only (image-only scan)."""


class BadList(IngestError):
    """A list that an office edits cannot be read, or a line of it says nothing that is known."""


class ManifestMismatch(IngestError):
    """A corpus file is not the one that the manifest names."""


class ClosedFolder(IngestError):
    """A folder of the corpus cannot be opened; what lies in it is not known."""
