"""What a question mentions: documents and chains of ordinals, each with its span; whether a base holds them is not said.

All positions are those of :attr:`index.references.spelling.Spelling.text`.
"""

from __future__ import annotations

from dataclasses import dataclass

Number = tuple[int, ...]
"""Number of a level: (3,) of 第三条, (4, 2, 1) of 第4.2.1条, (3, 1) of 第三条之一."""


@dataclass(frozen=True, slots=True)
class ByNumber:
    """A document by its 发文字号, whole or in part: 浦民发〔2023〕74号, 浦民发74号, 74号文.

    ``code`` is the agency's, empty where none is named; ``year`` has four digits. From ``end`` to ``reach`` stands the
    end of a title, as in 16号规划. One that is not ``is_sure`` may as well be a day, a house or a bus.
    """

    start: int
    end: int
    code: str
    year: str | None
    serial: int
    reach: int
    is_sure: bool


@dataclass(frozen=True, slots=True)
class ByTitle:
    """A document by a title, whole or short: 《实施方案》, or before an ordinal 该方案第二条 and 实施方案第二条.

    ``issuer`` is the agency or region right before it (民政部《…》). ``is_back`` is one that points back to a document named
    before (该方案, 该文件).
    """

    start: int
    end: int
    name: str
    issuer: str = ""
    is_back: bool = False

    @property
    def reach(self) -> int:
        """Where what belongs to the name ends."""
        return self.end


@dataclass(frozen=True, slots=True)
class ByRun:
    """A document by a run of words of its title, without marks: 民政工作要点.

    ``keys`` are the documents whose titles it is made of; none where year or region beside it are another's.
    """

    start: int
    end: int
    keys: tuple[str, ...]

    @property
    def reach(self) -> int:
        """Where what belongs to the name ends."""
        return self.end


DocumentMention = ByNumber | ByTitle | ByRun


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A stretch of a question that names a level of a document.

    ``form`` tells how it is spelt (部分, 条, （一）, …); two of one form are a list or a range. No ``numbers`` is any
    number. ``word`` is the name of a box (重大事项), or the word behind a bracket (项). ``is_bare`` is one that counts only
    beside a document or another ordinal.
    """

    form: str
    numbers: tuple[Number, ...]
    start: int
    end: int
    word: str = ""
    is_bare: bool = False


Chain = tuple[Ordinal, ...]
"""Ordinals from the outer to the inner: 第四部分第（二）项第2点."""


@dataclass(frozen=True, slots=True)
class WrittenId:
    """What may be a clause id that is written out, 浦民发〔2023〕74号/四/（二）/2; it reaches to ``end`` at most."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that a question mentions, each in the order of the question; no document and no chain overlaps a document."""

    documents: tuple[DocumentMention, ...]
    written: tuple[WrittenId, ...]
    chains: tuple[Chain, ...]
