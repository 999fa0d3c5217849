"""What is understood of a file before it is added to a base, and how it stands to what the base holds."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.records import Account, Metadata

NEW, HELD, RENDITION, ANOTHER, NAMESAKE = "new", "held", "rendition", "another", "namesake"
"""How a file stands to a base that does not hold it yet: nothing of its document is there; this very file is; its text is, in another
file (另一版式); another text of its document is; or only a document of the same number or title with a wholly different text."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What was understood of a file before it is added, or in ``fault`` why it cannot be read.

    ``label`` is the kind of file (PDF 版), ``pages`` how many it has, 0 where it has none. ``outline`` are its headings with their
    depth from 0; ``tables`` the captions with numbers of columns and rows; ``clauses`` and ``targets`` are counted. ``standing`` is one of :data:`NEW` and
    the others, ``key`` the document of the base that it meets, ``files`` the files that the base has of that.
    """

    name: str
    sha256: str
    fault: str = ""
    label: str = ""
    pages: int = 0
    metadata: Metadata | None = None
    outline: tuple[tuple[int, str], ...] = ()
    clauses: int = 0
    targets: int = 0
    tables: tuple[tuple[str, int, int], ...] = ()
    warnings: tuple[str, ...] = ()
    account: Account | None = None
    standing: str = NEW
    key: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A source file that a base has of a document; ``is_earlier`` where a newer text of the document has taken its place.

    ``name`` is that within the corpus, ``clauses`` are counted.
    """

    name: str
    sha256: str
    key: str
    metadata: Metadata
    clauses: int
    is_searched: bool
    is_earlier: bool
