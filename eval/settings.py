"""What is measured: the bases that are searched, the questions, and how strictly; from the command line's options."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.formats.articles import by_label, documents_of
from eval.formats.beir import load_articles, load_benchmark
from eval.formats.foreign import judged_by
from eval.questions import QuestionsError, load_questions, select
from eval.records import Question
from eval.report.provenance import digest
from eval.systems.cache import Cache
from eval.systems.memory import MemoryBase, build_in_memory
from eval.systems.registry import COMPANY, Searchable
from index.errors import ClauseNotFound
from index.knowledge_base import KnowledgeBase
from index.search import embedder as embedders
from ingest.records import Clause


@dataclass(frozen=True, slots=True)
class Setting:
    """Bases by what stands behind the name of a system that searches them, with the questions put to all of them.

    ``file`` holds the questions or their judgments, ``about`` names with their digests what is searched and judged by, for the
    report. ``own`` is the product's own base, None for a benchmark. ``by_order`` judges what is listed beside a
    refusal as well: a benchmark of ranking asks nothing unanswerable.
    """

    bases: Mapping[str, Searchable]
    questions: tuple[Question, ...]
    file: Path
    about: Mapping[str, Any]
    own: KnowledgeBase | None = None
    by_order: bool = False

    def show(self, clause_id: str) -> Clause:
        """Give a clause of any of the bases.

        :param clause_id: its id.
        :return: the clause.
        :raises ClauseNotFound: when none of them has it.
        """
        alone, *wider = self.bases.values()
        for base in wider:
            with suppress(ClauseNotFound):
                return base.show(clause_id)
        return alone.show(clause_id)


def setting_of(options: argparse.Namespace) -> Setting:
    """Open or build what the options name.

    :param options: ``questions``, ``split``, ``store``, ``benchmark``, ``company``, ``cache`` and ``qrels``.
    :return: the setting, with at least one question.
    :raises QuestionsError: when questions, benchmark or cache are at fault.
    :raises KnowledgeBaseError: when the store is.
    """
    setting = _benchmark(options) if options.benchmark else _store(options)
    if not setting.questions:
        raise QuestionsError(str(setting.file), f"没有 split 为 {options.split} 的问题", "请换一个 --split")
    return setting


def in_company(base: Searchable, folder: Path, cache: Cache) -> MemoryBase:
    """Put the documents of a base among the articles of a benchmark, as laws with their articles for clauses.

    :param base: an open base.
    :param folder: the benchmark, of which only the corpus is read.
    :param cache: keeps the indexes.
    :return: a base of all of them, with the same embedding model.
    :raises QuestionsError: when the corpus is at fault.
    """
    own = {passage.document.key: passage.document for passage in base.searcher.passages}
    laws = documents_of(load_articles(folder), by_label)
    others = [law for law in laws if law.key not in own]
    sys.stderr.write(f"正在把 {len(own)} 份文件与 {len(others)} 部法规一起建索引…\n")
    return build_in_memory((*own.values(), *others), base.searcher.embedder, cache)


def _store(options: argparse.Namespace) -> Setting:
    base = KnowledgeBase.open(options.store)
    clauses = base.clauses()
    questions = load_questions(options.questions, clauses)
    about: dict[str, Any] = {"store": base.sha}
    if options.qrels:
        questions = judged_by(options.qrels, questions, clauses)
        about["qrels"] = {options.qrels.name: digest(options.qrels)}
    bases: dict[str, Searchable] = {"": base}
    if options.company:
        bases[COMPANY] = in_company(base, options.company, Cache(options.cache))
        about["company"] = {options.company.name: _digest(options.company)}
    return Setting(bases, select(questions, options.split), options.questions, about, base)


def _benchmark(options: argparse.Namespace) -> Setting:
    benchmark = load_benchmark(options.benchmark)
    sys.stderr.write(f"正在为 {benchmark.name} 的 {len(benchmark.articles)} 条建索引…\n")
    documents = documents_of(benchmark.articles)
    base = build_in_memory(documents, embedders.load(), Cache(options.cache), references=False)
    questions = select(benchmark.questions, options.split)
    about = {"benchmark": {benchmark.name: _digest(options.benchmark)}}
    return Setting({"": base}, questions, benchmark.qrels, about, by_order=True)


def _digest(folder: Path) -> str:
    """Digest the files of a benchmark by name, so that a report says which corpus was searched."""
    whole = hashlib.sha256()
    for kind in ("corpus.jsonl*", "queries.jsonl*", "*.tsv", "qrels/*.tsv"):
        for path in sorted(folder.glob(kind)):
            whole.update(f"{path.name} {digest(path)}\n".encode())
    return whole.hexdigest()
