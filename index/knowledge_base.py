"""The knowledge base: built from a folder of documents, opened from a store, searched and shown.

:class:`KnowledgeBase` is the one class that others use.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from index.answer.as_of import as_of_notes, narrowed, with_force
from index.answer.attributes import Attributes, attributes_of
from index.answer.compose import compose
from index.answer.filters import filter_notes, filtered, where_of
from index.answer.holdings import Holdings
from index.answer.library import Library
from index.check.check import Checker
from index.check.drafts import read_draft
from index.check.findings import Checked
from index.pictures import RESOLUTION, page_picture, unchanged
from index.question import lists
from index.question.asked import Asked, QuestionReader
from index.question.limits import checked_day, checked_first, checked_number, checked_question
from index.question.slips import SlipReader
from index.records import Answer, Filters, Hit, Query, SearchResult
from index.references.reader import ReferenceReader
from index.search import embedder as embedders
from index.search.candidates import WAYS
from index.search.embedder import EmbedderSettings, Reranker
from index.search.fitted import UNCALIBRATED
from index.search.searcher import Searcher
from index.search.seen import Judgement
from index.store.history import Change, changes
from index.store.keeping import Keeping
from index.store.opening import open_store
from index.store.publishing import client_of, elsewhere
from ingest.records import Box


class KnowledgeBase(Holdings, Keeping):
    """Documents with everything that finds their clauses; made by :meth:`open`.

    :param library: the documents that are searched, by key, and other renditions of them.
    :param searcher: puts questions to them.
    :param reader: reads references to them.
    :param corpus: folder of their source files.
    :param sha: digest of the store's generation.
    :param office: lists of the office, by which questions are read beside the package's.
    :param is_elsewhere: whether clauses are found in another place than the store.
    """

    def __init__(
        self,
        library: Library,
        searcher: Searcher,
        reader: ReferenceReader,
        corpus: Path,
        sha: str,
        office: Mapping[str, str] | None = None,
        is_elsewhere: bool = False,
    ) -> None:
        super().__init__(library, reader)
        self._searcher = searcher
        titles = {key: one.metadata.title for key, one in library.documents.items()}
        self._questions = QuestionReader(reader, titles, SlipReader(searcher.lexical))
        self.corpus = corpus
        self.sha = sha
        self._office = office or {}
        self._is_elsewhere = is_elsewhere

    @classmethod
    def open(
        cls,
        store: str | Path,
        settings: EmbedderSettings | None = None,
        corpus: str | Path | None = None,
        reranker: Reranker | None = None,
        vectors: str | None = None,
    ) -> KnowledgeBase:
        """Open a store, read-only and verified.

        :param store: folder of the store.
        :param settings: the model for questions; None for the one that the store was built with.
        :param corpus: folder of the source files; None for where they lay when the store was built.
        :param reranker: a cross-encoder (:meth:`load_reranker`) for the first clauses; None for none.
        :param vectors: address in Milvus of what finds clauses, ``milvus://host:port/base``, where the store's generation was
            published (:meth:`publish`); None for the indexes of the store.
        :return: the knowledge base.
        :raises StoreError: when there is no store, or it is damaged, of another version, or of another model.
        :raises EmbedderError: when the model cannot be loaded.
        :raises QueryError: when ``vectors`` is no address.
        :raises VectorStoreError: when Milvus does not answer, or holds another generation.
        """
        other = elsewhere(client_of(vectors)) if vectors else None
        opened = open_store(Path(store), settings, reranker, other)
        folder = Path(corpus) if corpus else opened.corpus
        return cls(
            opened.library, opened.searcher, opened.reader, folder, opened.sha, opened.office, vectors is not None
        )

    load_reranker = staticmethod(embedders.load_reranker)
    read_draft = staticmethod(read_draft)

    @property
    def searcher(self) -> Searcher:
        """What questions are put to; for evaluation."""
        return self._searcher

    def search(
        self,
        text: str,
        k: int = 5,
        document: str | None = None,
        ways: Sequence[str] = WAYS,
        as_of: str | None = None,
        today: str | None = None,
        filters: Filters = Filters(),  # noqa: B008 - frozen
    ) -> SearchResult:
        """Put a question.

        :param text: the question, at most 1,000 characters.
        :param k: how many clauses at most.
        :param document: a document number in any spelling, to search that document only; None for all.
        :param ways: the ways of searching, of ``lexical`` and ``dense``.
        :param as_of: a day, to search what may have been in force on it; None for everything.
        :param today: the day (ISO 8601) on which the force of documents is told where ``as_of`` gives none; None to tell nothing.
        :param filters: to search only documents of some issuers, years or kinds.
        :return: the clauses, best first.
        :raises QueryError: when question, number, document, day or filter is at fault.
        """
        asked = self.read(text, k, document, as_of=as_of, filters=filters)
        result = self._searcher.search(asked, ways)
        hits = with_force(self._linked(result.hits), asked.query.as_of or today, self._library)
        return replace(result, hits=hits, notes=(*filter_notes(asked), *as_of_notes(asked, hits, self._library)))

    def read(
        self,
        text: str,
        k: int | None = None,
        document: str | None = None,
        first: int = 1,
        as_of: str | None = None,
        literal: Collection[str] = (),
        filters: Filters = Filters(),  # noqa: B008 - frozen
    ) -> Asked:
        """Read a question, as all that answers it does.

        :param text: the question, at most 1,000 characters.
        :param k: how many clauses at most; None for what :class:`index.records.Query` has.
        :param document: a document number in any spelling, to search that document only; None for all.
        :param first: number of the first clause of a list that is wanted, counted from 1.
        :param as_of: a day, to search what may have been in force on it; None for everything.
        :param literal: everyday words that are to be read as they stand.
        :param filters: as for :meth:`search`.
        :return: the question as it was read. Of a document that it names itself it is asked, whatever ``document`` says.
        :raises QueryError: when question, number, document or filter is at fault.
        """
        lists.use(self._office)
        query = Query(checked_question(text), first=checked_first(first), literal=frozenset(literal))
        if k is not None:
            query = replace(query, k=checked_number(k), page=k)
        query = narrowed(query, None if as_of is None else checked_day(as_of), self._library)
        if filters or query.is_narrowed and self._is_elsewhere:
            query = filtered(query, filters, self._attributes)
            query = replace(query, where=where_of(query, self._attributes))
        asked = self._questions.read(replace(query, document=self.document_key(document) if document else None))
        named, within = asked.reference.documents, asked.query.document
        if within is None or not named or within in named:
            return asked
        return self._questions.read(replace(query, document=named[0] if len(named) == 1 else None, instead_of=within))

    def judge(self, text: str) -> Judgement:
        """Say whether the base answers a question, and by which measures; for evaluation.

        :param text: the question, at most 1,000 characters.
        :return: the judgement that gives :meth:`search` its status.
        :raises QueryError: when the question is at fault.
        """
        return self._searcher.judge(self.read(text))

    def ask(
        self,
        text: str,
        k: int | None = None,
        document: str | None = None,
        first: int = 1,
        as_of: str | None = None,
        today: str | None = None,
        literal: Collection[str] = (),
        filters: Filters = Filters(),  # noqa: B008 - frozen
    ) -> Answer:
        """Answer a question: the sentence, its citation, targets, units, agreement and warnings, or 未找到依据.

        :param text: the question, at most 1,000 characters.
        :param k: how many clauses, or sides of a comparison, at most; None for 5, and 50 of a list.
        :param document: a document number in any spelling, to stay within that document; None for all.
        :param first: number of the first clause of a list that is wanted, counted from 1.
        :param as_of: as for :meth:`search`.
        :param today: as for :meth:`search`.
        :param literal: everyday words of the question that are to be read as they stand.
        :param filters: as for :meth:`search`.
        :return: the answer, every quotation in it checked against its document.
        :raises QueryError: when question, number or document is at fault.
        :raises QuoteError: when the store does not hold what it would quote.
        """
        asked = self.read(text, k, document, first, as_of, literal, filters)
        result, day = self._searcher.search(asked), asked.query.as_of or today
        cautions = () if self._searcher.is_calibrated else (UNCALIBRATED,)
        answer = compose(asked, result, self._library, lambda keys: self._searcher.sides(asked, keys), cautions, day)
        return replace(answer, hits=self._linked(answer.hits))

    def changes(self, document: str) -> tuple[Change, ...]:
        """Tell what became of the clauses of a document's text before the one it has now.

        :param document: a document number in any spelling.
        :return: a change for each clause of the earlier text; none where there is no earlier one.
        :raises QueryError: when the base does not hold the document.
        """
        key = self.document_key(document)
        before = self._library.earlier.get(key, ())
        return changes(before[0], self._documents[key]) if before else ()

    def check(self, text: str, without: Sequence[str] = ()) -> Checked:
        """Check the quotations and citations of a draft (引文校核) against the words of the base.

        :param text: the draft, at most 500,000 characters; of a file what :meth:`read_draft` gives.
        :param without: numbers or titles of documents whose words are left out: the draft's own, where the base holds it.
        :return: a finding for each quotation and citation, in the order of the draft.
        :raises QueryError: when the draft is too long, or the base does not hold a document to leave out.
        """
        return self._checker.check(text, [self.document_key(one) for one in without])

    @cached_property
    def _attributes(self) -> Mapping[str, Attributes]:
        return attributes_of(self._library)

    @cached_property
    def _checker(self) -> Checker:
        return Checker(self._library, self._linker, self._reader)

    def _linked(self, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        return tuple(replace(hit, references=self.references(hit.clause.clause_id)) for hit in hits)

    def page_picture(self, name: str, page: int, boxes: Sequence[Box] = (), resolution: int = RESOLUTION) -> bytes:
        """Draw a page of a document's source file.

        :param name: id of one of its clauses, or its number.
        :param page: page number from 1.
        :param boxes: rectangles to frame.
        :param resolution: dots an inch.
        :return: a PNG picture.
        :raises ClauseNotFound: when there is no such clause or document.
        :raises PictureError: when the file is gone or changed, or has no such page.
        """
        key = self._reader.document(name) if name not in self._library.clauses else self._library.clauses[name][0]
        source = self._documents[key].source if key else self.document_of(name).source
        return page_picture(source, self.corpus / source.path, page, boxes, resolution)

    def original(self, document: str) -> tuple[str, bytes]:
        """Give the source file that a document is quoted from.

        :param document: a document number in any spelling, or a title.
        :return: the file's name without its folders, and its bytes as they were indexed.
        :raises QueryError: when the base does not hold the document.
        :raises PictureError: when the file is gone or is another one now.
        """
        source = self.document(document).source
        return Path(source.path).name, unchanged(source, self.corpus / source.path)
