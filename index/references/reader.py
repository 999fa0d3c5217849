"""References read exactly: "74号文第四部分第（二）项第2点" to clause ids, before any likeness of words is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from index.records import Reference
from index.references.document_numbers import numbers_in
from index.references.documents import named_documents
from index.references.find import find
from index.references.held import Base, Way
from index.references.mentions import Chain
from index.references.ordinals import single
from index.references.outlines import ClauseHead, DocumentOutline, head_of, outline_of, outlines_of
from index.references.resolve import resolve
from index.references.spelling import Spelling, spelling, spelt
from ingest.records import Document, Metadata

_BESIDE = re.compile(r"\)?(?:文件?)?(?:的|之)?(?:中的?|里的?)?")


def reader_of(documents: Iterable[Document]) -> ReferenceReader:
    """Make the reader of a base.

    :param documents: its documents.
    :return: what reads references to them.
    """
    return reader_of_heads({one.key: (one.metadata, [head_of(clause) for clause in one.clauses]) for one in documents})


def reader_of_heads(documents: Mapping[str, tuple[Metadata, Sequence[ClauseHead]]]) -> ReferenceReader:
    """Make the reader of a base whose clauses need not be read for it.

    :param documents: metadata and clauses of its documents by key.
    :return: what reads references to them.
    """
    outlines = {key: outline_of(heads) for key, (_, heads) in documents.items()}
    ways = ((way, [at]) for at, (key, one) in enumerate(outlines.items()) for way in one.ways(key))
    return reader_of_outlines({key: data for key, (data, _) in documents.items()}, outlines.__getitem__, ways)


def reader_of_outlines(
    documents: Mapping[str, Metadata], outline: Callable[[str], DocumentOutline], ways: Iterable[Way]
) -> ReferenceReader:
    """Make the reader of a base whose clauses are looked up when their document is named.

    :param documents: metadata by key.
    :param outline: gives the clauses of a document by its key.
    :param ways: to all clauses, as :class:`index.references.held.Base` has them.
    :return: what reads references to them.
    """
    notices = {key: data.notice_title or "" for key, data in documents.items()}
    issuers = {key: data.issuer or "" for key, data in documents.items()}
    titles = {key: data.title for key, data in documents.items()}
    return ReferenceReader.on(Base(titles, outline, ways, notices, issuers))


class ReferenceReader:
    """Reads references to the documents and clauses of a base.

    :param titles: title of each document by its key (its number, or its title where it has none).
    :param clause_ids: ids of all clauses; each begins with the key of its document and a slash.
    :param notices: title of the covering notice by key.
    :param sections: for the clause id of a table row, the id of the section that the table stands in.
    :param paragraphs: number of paragraphs of a clause by id; 1 where not given.
    :param headings: headings above a clause by id; one that follows its ordinal is part of the reference.
    :param issuers: who issued a document by key.
    """

    def __init__(
        self,
        titles: Mapping[str, str],
        clause_ids: Iterable[str],
        *,
        notices: Mapping[str, str] | None = None,
        sections: Mapping[str, str] | None = None,
        paragraphs: Mapping[str, int] | None = None,
        headings: Mapping[str, Sequence[str]] | None = None,
        issuers: Mapping[str, str] | None = None,
    ) -> None:
        known = DocumentOutline((), sections or {}, paragraphs or {}, headings or {})
        outlines = outlines_of(titles, clause_ids, known)
        ways = ((way, [at]) for at, (key, one) in enumerate(outlines.items()) for way in one.ways(key))
        self._base = Base(titles, outlines.__getitem__, ways, notices or {}, issuers or {})

    @classmethod
    def on(cls, base: Base) -> ReferenceReader:
        """Make the reader of a base.

        :param base: what is known.
        :return: the reader.
        """
        reader = cls.__new__(cls)
        reader._base = base
        return reader

    def clause(self, text: str) -> str | None:
        """Find a clause by its id, whatever widths, brackets and blanks it is typed with.

        :param text: what was typed.
        :return: the id as it stands in the base, or None.
        """
        given = spelt(text)
        found = self._base.clause(given)
        return found[0] if found and found[1] == len(given) else None

    def document(self, text: str) -> str | None:
        """Find the one document that a text names.

        :param text: a document number in any spelling, or a title, whole or short.
        :return: its key, or None where the base does not hold it or it is not clear which.
        """
        whole = self._base.titles.named(text) if text.strip() else ()
        if len(whole) == 1:
            return whole[0]
        question = spelling(text)
        mentions = find(question, self._base.vocabulary).documents
        named = {one.key for one in named_documents(question, mentions, self._base)}
        meant = named or set(self._base.titles.meant(text))
        return meant.pop() if len(meant) == 1 else None

    def read(self, text: str) -> Reference:
        """Read the references out of a question.

        :param text: the question.
        :return: documents and clauses in the order named, and the rest of the question.
        """
        question = spelling(text)
        return resolve(question, find(question, self._base.vocabulary), self._base)

    def titled(self, title: str, issuer: str = "") -> tuple[str, ...]:
        """List the documents that a title in 《》 may mean, whole or short.

        :param title: the words between the marks.
        :param issuer: the agency or region right before it.
        :return: keys.
        """
        return self._base.titles.meant(title, issuer)

    def is_called(self, key: str, name: str) -> bool:
        """Tell whether a title of a document ends in a name: 该办法 is a 管理办法 named before.

        :param key: key of the document.
        :param name: the end of a title, spelt.
        :return: whether one does.
        """
        return self._base.titles.ends(key, name)

    def numbers(self, text: Spelling) -> list[tuple[int, int, str]]:
        """Find documents that a text names by part of their number: 74号文, 浦民发74号.

        :param text: any text.
        :return: start and end in the spelt text, and the key, of those that mean one document of the base.
        """
        found = numbers_in(text, self._base.vocabulary.codes, self._base.titles.has_ending)
        named = ((one, self._base.numbers.meant(one)) for one in found if one.is_sure)
        return [(one.start, one.end, keys[0]) for one, keys in named if len(keys) == 1]

    def place(self, text: Spelling, begin: int, start: int, end: int, key: str) -> tuple[int, tuple[str, ...]] | None:
        """Follow the ordinals that stand right behind the name of a document: 第四部分第（二）项重大事项八第9点.

        :param text: any text.
        :param begin: where the name begins in the spelt text.
        :param start: position behind the name.
        :param end: how far the ordinals may reach.
        :param key: key of the document.
        :return: where they end, and the clauses that they lead to, none where there is no such place; None where no
            ordinals stand there.
        """
        chains = self._base.vocabulary.grammar.chains(text.text, start, end)
        if not chains or not _BESIDE.fullmatch(text.text, start, chains[0][0].start):
            return None
        if all(ordinal.is_bare for ordinal in chains[0]):
            return None
        in_notice = self._base.is_notice(key, text.text[begin:start].partition("》(")[0])
        return chains[0][-1].end, self.follow(key, chains[0], in_notice=in_notice)

    def follow(self, key: str, chain: Chain, *, in_notice: bool = False, is_sole: bool = False) -> tuple[str, ...]:
        """Follow ordinals from the top of a document.

        :param key: key of the document.
        :param chain: the ordinals.
        :param in_notice: whether the covering notice is asked first.
        :param is_sole: whether ordinals that several places have lead to none.
        :return: the clauses that they lead to; none where there is no such place.
        """
        tree = self._base.tree(key)
        places = [tree.nodes(each, in_notice=in_notice) for each in single(chain)]
        if is_sole and any(len(nodes) > 1 for nodes in places):
            return ()
        return tuple(dict.fromkeys(one for nodes in places for node in nodes for one in node.clause_ids))
