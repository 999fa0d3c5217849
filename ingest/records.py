"""The records that pass between the stages, all frozen; everything else is a function between them.

Text is evidence. Two forms of the same characters are kept here:
*source text* (原文字层) is what the text layer says, less the whitespace of line breaks; *text* (页面所见) is what a reader
sees on the page, and what is quoted.

``document.source_text[clause.span.start:clause.span.end] == clause.source_text`` always.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of characters, in ``Document.source_text`` unless said otherwise."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Box:
    """Rectangle on a page in PDF points, origin at the top left; ``page`` counts from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class SourceFile:
    """源文件: one file on disk; its identity is the SHA-256 of its bytes. ``format`` names its reader."""

    path: str
    sha256: str
    format: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """版头、主体、版记 of an official document (GB/T 9704-2012 7.2-7.4); None where not given.

    ``number`` is the 发文字号 in canonical form, 浦民发〔2023〕74号; a document that has none is known by
    its title. ``title`` is the plan's where a covering notice issues one, and ``notice_title`` the notice's.
    Dates are ISO 8601.
    """

    number: str | None
    title: str
    notice_title: str | None = None
    issuer: str | None = None
    date: str | None = None
    recipients: tuple[str, ...] = ()
    copied_to: tuple[str, ...] = ()
    printed: str | None = None
    printed_by: str | None = None
    index_number: str | None = None
    note: str | None = None
    red_head: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """目标值: a measurable value with the words it was read from; None where the text does not say (未载明).

    ``value`` has half-width digits as shown (a range is ``1-2``; 全覆盖 and 全部 stand as they are); 万 and 亿 belong
    to ``unit``. ``comparator`` is one of ≥ ＞ ≤ ＜ = 约. ``deadline`` is a year or years: 2025, 2021-2025.
    ``nature`` is 约束性 or 预期性. ``kind`` is ``target``, ``limit`` for a span of time that something may take or
    lasts (办理时限), ``achieved`` for a past figure, or ``condition`` for a threshold that says whom a rule applies to. ``text`` is the words read, which lie at ``start`` to ``end`` of the
    clause's text.
    """

    indicator: str
    comparator: str
    value: str
    unit: str | None
    text: str
    start: int
    end: int
    action: str | None = None
    deadline: str | None = None
    baseline: str | None = None
    baseline_year: str | None = None
    nature: str | None = None
    definition: str | None = None
    kind: str = "target"


@dataclass(frozen=True, slots=True)
class Unit:
    """责任主体: an organisation that a sentence charges; ``basis`` is ``stated`` or ``subject``.

    ``role`` is 牵头, 配合 or 负责 where the text says so, None where the organisation only is to act.
    """

    name: str
    basis: str
    sentence: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """任务句: one sentence of a clause: what is searched and what is shown first.

    ``text`` is as the page shows it and equals ``clause.text[start:end]``; ``span`` lies in the document's
    source text; ``boxes`` frame it on its pages. A table row is one sentence. ``doubtful`` (存疑) is True where a line of
    it was read by OCR with little confidence, or its font gives no character for a glyph: it is not to be quoted as
    verbatim without saying so.
    """

    text: str
    start: int
    end: int
    span: Span
    pages: tuple[int, ...]
    boxes: tuple[Box, ...]
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """条款: the smallest numbered unit, an unnumbered paragraph, or a table row.

    ``kind`` is ``clause``, ``row`` or ``notice`` (part of the covering notice). ``heading_path`` names the
    headings above and its own, outermost first. ``text`` of a row is its cells as "列名：值" joined by "；",
    and ``cells`` holds (column name, value) pairs; for other kinds ``cells`` is empty. ``targets`` and ``units`` are
    what the clause's own words state; ``notes`` are the footnotes (脚注) that its marks refer to.
    """

    clause_id: str
    kind: str
    heading_path: tuple[str, ...]
    text: str
    source_text: str
    span: Span
    pages: tuple[int, ...]
    citation: str
    sentences: tuple[Sentence, ...]
    cells: tuple[tuple[str, str], ...] = ()
    targets: tuple[Target, ...] = ()
    units: tuple[Unit, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """指标表: a table joined over its pages: caption, column names, and rows of values as shown."""

    table_id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """字符账: where every visible character of every page went; ``lost`` is what none of them holds."""

    clauses: int
    headings: int
    tables: int
    metadata: int
    furniture: int
    lost: int


@dataclass(frozen=True, slots=True)
class Stated:
    """What a document states of its own force, or the site that publishes it (标注); ``kind`` is 施行日期, 有效期, 废止, 代替, 延长, 修正 or 标注.

    ``text`` is the sentence; of an item of a list it is what stands above the list, …… and the item.

    ``value`` is a date (ISO 8601), words for one (印发之日), a term (5年), or title and number of what is repealed or
    prolonged; ``day`` is from when that is so or counted, where the sentence says it (《甲办法》自2024年1月1日起废止), until when
    where it is prolonged. ``citation`` is that of its clause. Of a 标注, ``value`` is 失效, 有效, 部分失效, 已修改 or 尚未生效, ``text`` the
    labels, and ``day`` the last on which it may be in force. Of a 修正, ``value`` is the day from which the text is as it stands, ``day``
    that of the first text. Neither stands in a clause.
    """

    kind: str
    value: str
    text: str
    clause_id: str
    day: str | None = None
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """文件: one official document as one source file renders it.

    ``attachments`` are (name, address) of the files that its web page links to, ``statements`` what it says of its own force.
    ``identity`` tells it apart in a base that holds another document of its number or title; empty elsewhere.
    """

    source: SourceFile
    metadata: Metadata
    source_text: str
    text: str
    clauses: tuple[Clause, ...]
    tables: tuple[Table, ...]
    account: Account
    page_sizes: tuple[tuple[float, float], ...] = ()
    warnings: tuple[str, ...] = ()
    furniture: tuple[str, ...] = field(default=(), repr=False)
    attachments: tuple[tuple[str, str], ...] = ()
    statements: tuple[Stated, ...] = ()
    identity: str = ""

    @property
    def key(self) -> str:
        """What clause ids begin with: the document number, or the title where there is none."""
        return self.identity or self.metadata.number or self.metadata.title


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two renditions differ.

    ``place`` is a clause id, or the Chinese name of a metadata field or table column. ``ours`` and ``theirs`` are the
    differing words, either of them empty where the other adds some; ``before`` and ``after`` are what stands round
    ``ours``. ``kind`` is ``words``, or ``missing``/``extra`` for a clause that one of them lacks.
    """

    place: str
    kind: str
    ours: str
    theirs: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ListProblem:
    """One line of a list that cannot be meant so; ``line`` counts from 1, ``text`` says what is wrong and what to do."""

    file: str
    line: int
    text: str
