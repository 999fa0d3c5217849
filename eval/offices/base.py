"""A base of all documents of a folder that can be read, kept by the digest of all that it depends on."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from index.errors import StoreError
from index.knowledge_base import KnowledgeBase
from index.search import embedder as embedders
from index.store.corpus import list_corpus
from index.store.facts import read_by, recipe
from ingest.records import Document

FOLDER = Path(".offices")
"""Where bases, and the indexes of their peers, are kept."""


def open_base(corpus: Path, folder: Path) -> KnowledgeBase:
    """Open the base of a folder of documents, built now or before.

    :param corpus: the documents; files that cannot be read are named on standard error when it is built.
    :param folder: where bases are kept.
    :return: the base.
    :raises KnowledgeBaseError: when nothing can be read, or the store not written.
    """
    store = folder / f"store-{_digest(corpus, folder)}"
    try:
        return KnowledgeBase.open(store)
    except StoreError:
        sys.stderr.write(f"正在为 {corpus} 建库…\n")
    report = KnowledgeBase.build(corpus, store)
    sys.stderr.writelines(f"读不了：{fault}\n" for fault in report.faults)
    return KnowledgeBase.open(store)


def documents_of(base: KnowledgeBase) -> Mapping[str, Document]:
    """Give the documents that are searched by the name of each file, those of other renditions too.

    :param base: the base.
    :return: documents by file name.
    """
    found = {one.source.path: one for one in base.documents()}
    others = ((path, one) for one in base.documents() for path, _ in base.renditions(one.key))
    return {**found, **dict(others)}


def _digest(corpus: Path, folder: Path) -> str:
    """Digest the files, what reads them and how they are indexed; a file that cannot be read is one of them."""
    files = {file.name: file.sha256 for file in list_corpus(corpus, folder).files}
    about = {"files": files, "by": asdict(read_by(corpus)), "recipe": recipe(), "model": embedders.load().fingerprint}
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()[:12]
