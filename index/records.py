"""What goes into a search and what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import Clause, Metadata, Sentence, Target, Unit

FOUND, RELATED, NOT_FOUND = "found", "related", "not_found"
STATUSES = (FOUND, RELATED, NOT_FOUND)
"""原文写明, 相关，未直接写明 and 未找到依据: the base states it, holds clauses on it that do not state it, or has nothing on it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a question names: documents by key, clauses by id, and the words that are left to search for.

    ``missing`` are the stretches of the question, verbatim, that are references but name nothing in the base, or no one
    thing, and ``near`` tells for each of them, in the same order, what exists near it: 第一部分—第五部分. ``unknown`` are
    the document numbers among them, as typed but for widths and blanks. ``ambiguous`` are those among them that several
    documents or clauses of the base fit; their ``near`` lists these.
    """

    documents: tuple[str, ...]
    clause_ids: tuple[str, ...]
    rest: str
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """筛选: which documents are searched, by their issuers, the years of their dates, and their kinds (文种); empty for all."""

    issuers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.issuers or self.years or self.kinds)


@dataclass(frozen=True, slots=True)
class Where:
    """What the documents that are searched have in common: ``filters``, and that they may be in force on ``day`` (20220630)."""

    filters: Filters = Filters()
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was put: ``document`` is the key of the one document to search, None for all.

    ``k`` is how many clauses are wanted at most; of a list ``page``, from number ``first`` on, counted from 1. ``as_of`` is the day (ISO
    8601) by whose law it is answered, and ``among`` are the keys of the documents that are searched then; None for all.
    ``filters`` narrow them further, to those ``chosen`` by key; None for all. ``where`` says of all that are searched what they have in
    common, where that says which they are. ``literal`` are words to be read as they stand, ``instead_of`` what it was to stay within where it names another document.
    """

    text: str
    k: int = 5
    document: str | None = None
    first: int = 1
    page: int = 50
    as_of: str | None = None
    among: frozenset[str] | None = None
    literal: frozenset[str] = frozenset()
    instead_of: str | None = None
    filters: Filters = Filters()
    chosen: frozenset[str] | None = None
    where: Where | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether not all documents are searched."""
        return self.among is not None or self.chosen is not None

    def kept(self, keys: Sequence[str]) -> Sequence[str]:
        """Keep of the keys of documents those that are searched."""
        for within in (self.among, self.chosen):
            keys = keys if within is None else [key for key in keys if key in within]
        return keys


@dataclass(frozen=True, slots=True)
class CrossReference:
    """援引: words of a clause that refer to another place, and what they lead to.

    ``text`` is ``clause.text[start:end]``. ``number`` and ``title`` are those of the document that is meant, as the base has
    them where it is ``held``, else as the sentence says them; None where it does not. ``clause_ids`` are the clauses that
    are meant, ``citation`` how the first of them is cited, ``sentence`` its first sentence (of a 款 or 项 that lies inside a
    clause, its own); none where a document as a whole is. ``remark`` says why a reference leads nowhere: 库中没有.
    """

    text: str
    start: int
    end: int
    number: str | None
    title: str | None
    held: bool
    clause_ids: tuple[str, ...] = ()
    citation: str = ""
    sentence: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """依据 of force: a day, the words that give it, and the clause and the document (``key``) that they stand in.

    ``kind`` is that of :class:`ingest.records.Stated`, or 规划期, whose words are a title, or 标注 with what it comes to (标注失效), whose words
    are labels of the site that published the document; neither stands in a clause. ``day`` is None where the words give no day that
    can be told. ``rule`` says how the day was worked out; empty where the words state it.
    """

    kind: str
    day: str | None
    words: str
    clause_id: str
    key: str
    citation: str
    rule: str = ""

    @property
    def is_stated(self) -> bool:
        """Whether the words give the day themselves."""
        return self.day is not None and not self.rule


@dataclass(frozen=True, slots=True)
class Force:
    """效力 of a document (by key): from when, until when, by whom ended, and what that makes it on a day.

    ``issued`` is its date, ``draft`` whether it is one for comment. ``until`` is the last day of its own term, ``ended`` the first day without it
    by repeal or replacement, ``plan`` the last day of the years that its title names, ``labelled`` what the publishing site says of it,
    ``amended`` the day from which its text is as the base has it, where that is a changed one, and ``first`` the day of its first text.
    ``cautions`` are statements that settle nothing. ``status`` on ``day`` is 现行, 已废止, 已被代替, 有效期已过, 尚未施行, 尚未印发, 征求意见稿,
    规划期内, 规划期已过, 所属年度内, 所属年度已过, 未载明, or where documents do not settle it, 发布网站标注失效 or 发布网站标注有效.
    """

    document: str
    issued: str | None = None
    draft: bool = False
    since: Ground | None = None
    until: Ground | None = None
    ended: Ground | None = None
    plan: Ground | None = None
    labelled: Ground | None = None
    amended: Ground | None = None
    first: str | None = None
    cautions: tuple[str, ...] = ()
    day: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """依据: a clause returned for a question.

    ``evidence`` are the sentences of ``clause`` that answer, best first; ``found_by`` names the ways that
    found it: ``reference``, ``lexical``, ``dense``. ``score`` falls with ``rank``; it orders, it is no
    probability. ``references`` are what the clause refers to, ``force`` is that of its document, None where no day is given.
    """

    rank: int
    score: float
    found_by: tuple[str, ...]
    clause: Clause
    evidence: tuple[Sentence, ...]
    document: Metadata
    references: tuple[CrossReference, ...] = ()
    force: Force | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """All hits for one query; only of a ``found`` one are they answers, else they are near. ``notes`` tell of force."""

    query: Query
    status: str
    hits: tuple[Hit, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A target with where it is written: its clause, the clause's citation and page, and the sentence that states it."""

    target: Target
    clause_id: str
    citation: str
    page: int | None
    sentence: str
    document: Metadata

    @property
    def place(self) -> tuple[str, int]:
        """What tells two statements apart: the clause and where in it."""
        return self.clause_id, self.target.start


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two statements of one indicator in one document; ``remark`` says in what they differ, or that they agree."""

    statements: tuple[Statement, Statement]
    agree: bool
    remark: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator side by side: a statement for each document, None where it states none (未载明)."""

    indicator: str
    documents: tuple[Metadata, ...]
    sides: tuple[Statement | None, ...]
    remark: str | None


@dataclass(frozen=True, slots=True)
class Charge:
    """A responsible unit with the citation of the clause that charges it."""

    unit: Unit
    citation: str


@dataclass(frozen=True, slots=True)
class Fact:
    """文件信息: what a document says of itself, None where it does not (未载明); ``clause_id`` states it, empty where none does."""

    name: str
    value: str | None
    clause_id: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """答复: what a question wants to be told.

    ``kind`` is ``clause``, ``list``, ``compare``, ``part`` (of a document, whole) or ``facts`` (文件信息 of the document ``about``,
    no clause). ``hits`` are best first, of a list or a part those of its ``total`` clauses that the query asked for, in the
    documents' order; where ``status`` is not ``found``, they are only near. ``wants`` names what was asked for outright: ``figure``, ``who``.
    ``targets`` and ``charges`` were read from the answering clause; what it does not state is 未载明. ``issuer`` may be offered as 发文机关,
    never as a responsible unit. ``read_as`` are everyday words with the official words they were read as. ``missing`` names what
    the question refers to and the base does not hold, with what it has near it, or holds more than once.
    """

    query: Query
    kind: str
    status: str
    hits: tuple[Hit, ...]
    targets: tuple[Statement, ...] = ()
    charges: tuple[Charge, ...] = ()
    issuer: str | None = None
    agreements: tuple[Agreement, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    warnings: tuple[str, ...] = ()
    read_as: tuple[tuple[str, tuple[str, ...]], ...] = ()
    missing: tuple[str, ...] = ()
    total: int = 0
    facts: tuple[Fact, ...] = ()
    about: Metadata | None = None
    wants: frozenset[str] = frozenset()
