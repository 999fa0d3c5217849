"""What checking a draft gives (引文校核): a finding for each of its quotations and citations."""

from __future__ import annotations

from dataclasses import dataclass

SAME, DIFFERS, MISPLACED, ABSENT, UNKNOWN = "same", "differs", "misplaced", "absent", "unknown"
NO_SUCH_CLAUSE, UNATTRIBUTED = "no_such_clause", "unattributed"
VERDICTS = {
    SAME: "一致",
    DIFFERS: "有出入",
    MISPLACED: "出处有误",
    ABSENT: "未见此文",
    NO_SUCH_CLAUSE: "无此条款",
    UNKNOWN: "库中无此文件",
    UNATTRIBUTED: "未引出处",
}
"""What is said of a quotation or a citation of a draft, with its Chinese name."""

Stretch = tuple[int, int]
"""Where something begins, and behind its last character."""


@dataclass(frozen=True, slots=True)
class Finding:
    """引文校核: what is said of one quotation, or of a citation without any, of a draft.

    ``start`` to ``end`` of the draft is what it is about: the words that are quoted, without the marks at their ends, or the
    citation; ``quoted`` are those words, empty of a citation alone. ``cited`` is how the draft gives the source, at ``cited_start`` to
    ``cited_end``; empty, and both 0, where it gives none. ``held`` are the words of the base, verbatim, where the same or
    nearly the same stand, ``clause_id`` and ``citation`` where that is; of a citation alone the place that it names, no
    clause where it is a whole document. ``differences`` pair a stretch of ``quoted`` with the stretch of ``held`` that stands in
    its place, either of them empty where the other has more. ``suggestion`` is a stretch of the draft with what mends it:
    the words as they are held, the citation that is right, or one to add. ``page`` is that of the source file.
    """

    verdict: str
    start: int
    end: int
    quoted: str = ""
    cited: str = ""
    cited_start: int = 0
    cited_end: int = 0
    citation: str = ""
    clause_id: str = ""
    held: str = ""
    differences: tuple[tuple[Stretch, Stretch], ...] = ()
    suggestion: tuple[int, int, str] | None = None
    page: int | None = None
    remark: str = ""

    @property
    def is_fault(self) -> bool:
        """Whether the draft is to be mended; a document that is not held is only one that cannot be checked."""
        return self.verdict not in (SAME, UNKNOWN) or self.suggestion is not None


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with what was found of its quotations and citations, in the order in which they stand."""

    text: str
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What is to be mended."""
        return tuple(one for one in self.findings if one.is_fault)
