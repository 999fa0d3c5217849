"""The knowledge base: built from a folder of documents, opened from a store, searched and shown.

:class:`KnowledgeBase` is the one class that others use.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from index.answer.comparing import compare_documents
from index.answer.compose import compose
from index.answer.library import Library
from index.errors import ClauseNotFound, QueryError
from index.links.linker import Linker
from index.pictures import page_picture
from index.question import lists
from index.question.asked import Asked, QuestionReader
from index.question.limits import checked_first, checked_number, checked_question
from index.question.slips import SlipReader
from index.records import Answer, Comparison, CrossReference, Hit, Query, SearchResult, Statement
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
from ingest import compare_renditions
from ingest.records import Box, Clause, Difference, Document


class KnowledgeBase(Keeping):
    """Documents with everything that finds their clauses; made by :meth:`open`.

    :param library: the documents that are searched, by key, and other renditions of them.
    :param searcher: puts questions to them.
    :param reader: reads references to them.
    :param corpus: folder of their source files.
    :param sha: digest of the store's generation.
    :param office: lists of the office, by which questions are read beside the package's.
    """

    def __init__(
        self,
        library: Library,
        searcher: Searcher,
        reader: ReferenceReader,
        corpus: Path,
        sha: str,
        office: Mapping[str, str] | None = None,
    ) -> None:
        self._library = library
        self._documents = library.documents
        self._searcher = searcher
        self._reader = reader
        self._linker = Linker(library.documents)
        titles = {key: one.metadata.title for key, one in library.documents.items()}
        self._questions = QuestionReader(reader, titles, SlipReader(searcher.lexical))
        self.corpus = corpus
        self.sha = sha
        self._office = office or {}

    @classmethod
    def open(
        cls,
        store: str | Path,
        settings: EmbedderSettings | None = None,
        corpus: str | Path | None = None,
        reranker: Reranker | None = None,
    ) -> KnowledgeBase:
        """Open a store, read-only and verified.

        :param store: folder of the store.
        :param settings: the model for questions; None for the one that the store was built with.
        :param corpus: folder of the source files; None for where they lay when the store was built.
        :param reranker: a cross-encoder (:meth:`load_reranker`) for the first clauses; None for none.
        :return: the knowledge base.
        :raises StoreError: when there is no store, or it is damaged, of another version, or of another model.
        :raises EmbedderError: when the model cannot be loaded.
        """
        opened = open_store(Path(store), settings, reranker)
        folder = Path(corpus) if corpus else opened.corpus
        return cls(opened.library, opened.searcher, opened.reader, folder, opened.sha, opened.office)

    load_reranker = staticmethod(embedders.load_reranker)

    @property
    def searcher(self) -> Searcher:
        """What questions are put to; for evaluation."""
        return self._searcher

    def search(self, text: str, k: int = 5, document: str | None = None, ways: Sequence[str] = WAYS) -> SearchResult:
        """Put a question.

        :param text: the question, at most 1,000 characters.
        :param k: how many clauses at most.
        :param document: a document number in any spelling, to search that document only; None for all.
        :param ways: the ways of searching, of ``lexical`` and ``dense``.
        :return: the clauses, best first.
        :raises QueryError: when question, number or document is at fault.
        """
        result = self._searcher.search(self.read(text, k, document), ways)
        return replace(result, hits=self._linked(result.hits))

    def read(self, text: str, k: int | None = None, document: str | None = None, first: int = 1) -> Asked:
        """Read a question, as all that answers it does.

        :param text: the question, at most 1,000 characters.
        :param k: how many clauses at most; None for what :class:`index.records.Query` has.
        :param document: a document number in any spelling, to search that document only; None for all.
        :param first: number of the first clause of a list that is wanted, counted from 1.
        :return: the question as it was read.
        :raises QueryError: when question, number or document is at fault.
        """
        lists.use(self._office)
        query = Query(checked_question(text), first=checked_first(first))
        if k is not None:
            query = replace(query, k=checked_number(k), page=k)
        return self._questions.read(replace(query, document=self.document_key(document) if document else None))

    def judge(self, text: str) -> Judgement:
        """Say whether the base answers a question, and by which measures; for evaluation.

        :param text: the question, at most 1,000 characters.
        :return: the judgement that gives :meth:`search` its status.
        :raises QueryError: when the question is at fault.
        """
        return self._searcher.judge(self.read(text))

    def ask(self, text: str, k: int | None = None, document: str | None = None, first: int = 1) -> Answer:
        """Answer a question: the sentence, its citation, targets, units, agreement and warnings, or 未找到依据.

        :param text: the question, at most 1,000 characters.
        :param k: how many clauses, or sides of a comparison, at most; None for 5, and 50 of a list.
        :param document: a document number in any spelling, to stay within that document; None for all.
        :param first: number of the first clause of a list that is wanted, counted from 1.
        :return: the answer, every quotation in it checked against its document.
        :raises QueryError: when question, number or document is at fault.
        :raises QuoteError: when the store does not hold what it would quote.
        """
        asked = self.read(text, k, document, first)
        result = self._searcher.search(asked)
        cautions = () if self._searcher.is_calibrated else (UNCALIBRATED,)
        answer = compose(asked, result, self._library, lambda keys: self._searcher.sides(asked, keys), cautions)
        return replace(answer, hits=self._linked(answer.hits))

    def statements(self, document: str | None = None, contains: str = "") -> list[Statement]:
        """List what the documents promise by how much and when.

        :param document: a document number in any spelling; None for all.
        :param contains: words that the indicator holds; empty for all.
        :return: targets, achieved figures and conditions, in the documents' order.
        :raises QueryError: when the base does not hold the document.
        """
        keys = [self.document_key(document)] if document else None
        return [one for one in self._library.statements(keys) if contains in one.target.indicator]

    def compare(self, left: str, right: str) -> tuple[Comparison, ...]:
        """Put side by side all indicators that two documents share.

        :param left: a document number in any spelling.
        :param right: another.
        :return: one comparison for each indicator.
        :raises QueryError: when the base does not hold one of them, or they are the same.
        """
        keys = [self.document_key(left), self.document_key(right)]
        if keys[0] == keys[1]:
            raise QueryError(f"两次给出的是同一份文件“{keys[0]}”", "请给出两份不同的文件")
        return compare_documents(keys[0], keys[1], self._library)

    def renditions(self, document: str) -> tuple[tuple[str, tuple[Difference, ...]], ...]:
        """Show where the source files of one document differ.

        :param document: a document number in any spelling.
        :return: for each other file its name and the differences, clause by clause; the file that is quoted is ours.
        :raises QueryError: when the base does not hold the document.
        """
        key = self.document_key(document)
        others = self._library.renditions.get(key, ())
        return tuple((other.source.path, compare_renditions(self._documents[key], other)) for other in others)

    def show(self, clause_id: str) -> Clause:
        """Give a clause.

        :param clause_id: its id, in any widths and brackets.
        :return: the clause.
        :raises ClauseNotFound: when there is none of that id.
        """
        found = self._reader.clause(clause_id)
        if found is None:
            if old := self._library.earlier_clause(clause_id):
                raise ClauseNotFound(f"条款“{old.clause_id}”已变更，现在没有这个编号", f"它原来的文字是：“{old.text}”")
            near = difflib.get_close_matches(clause_id, self._library.clauses, n=1, cutoff=0.6)
            remedy = f"是否为“{near[0]}”？" if near else "条款编号形如 浦民发〔2023〕74号/四/（二）/2"
            raise ClauseNotFound(f"知识库里没有条款“{clause_id[:100]}”", remedy)
        return self._library.clauses[found][1]

    def changes(self, document: str) -> tuple[Change, ...]:
        """Tell what became of the clauses of a document's text before the one it has now.

        :param document: a document number in any spelling.
        :return: a change for each clause of the earlier text; none where there is no earlier one.
        :raises QueryError: when the base does not hold the document.
        """
        key = self.document_key(document)
        before = self._library.earlier.get(key, ())
        return changes(before[0], self._documents[key]) if before else ()

    def references(self, clause_id: str) -> tuple[CrossReference, ...]:
        """Tell what a clause refers to: other clauses of its document, other documents held or not.

        :param clause_id: its id, in any widths and brackets.
        :return: references in the order of its words.
        :raises ClauseNotFound: when there is none of that id.
        """
        key, clause = self._library.clauses[self.show(clause_id).clause_id]
        return self._linker.references(clause, key)

    def _linked(self, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        return tuple(replace(hit, references=self.references(hit.clause.clause_id)) for hit in hits)

    def document_of(self, clause_id: str) -> Document:
        """Give the document of a clause.

        :param clause_id: id of a clause.
        :return: its document.
        :raises ClauseNotFound: when there is no such clause.
        """
        return self._documents[self._library.clauses[self.show(clause_id).clause_id][0]]

    def documents(self) -> tuple[Document, ...]:
        """Give the documents that are searched.

        :return: documents in order of their keys.
        """
        return tuple(self._documents.values())

    def clauses(self) -> dict[str, str]:
        """Give the text of every clause.

        :return: text by clause id, in reading order.
        """
        return {clause_id: clause.text for clause_id, (_, clause) in self._library.clauses.items()}

    def page_picture(self, name: str, page: int, boxes: Sequence[Box] = ()) -> bytes:
        """Draw a page of a document's source file.

        :param name: id of one of its clauses, or its number.
        :param page: page number from 1.
        :param boxes: rectangles to frame.
        :return: a PNG picture.
        :raises ClauseNotFound: when there is no such clause or document.
        :raises PictureError: when the file is gone or changed, or has no such page.
        """
        key = self._reader.document(name) if name not in self._library.clauses else self._library.clauses[name][0]
        source = self._documents[key].source if key else self.document_of(name).source
        return page_picture(source, self.corpus / source.path, page, boxes)

    def document_key(self, document: str) -> str:
        """Find a document by its number or title.

        :param document: a document number in any spelling, or a title.
        :return: its key, with which clause ids begin.
        :raises QueryError: when the base does not hold it, or it is not clear which.
        """
        key = self._reader.document(document)
        if key is None:
            raise QueryError(f"知识库里没有文件“{document[:100]}”", "现有：" + "、".join(self._documents))
        return key
