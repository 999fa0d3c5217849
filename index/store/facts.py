"""What a store says of itself: what it was read and made by, and whether it still is what the corpus holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.errors import CorpusError, StoreError
from index.question import words
from index.search.embedder import Embedder, EmbedderSettings
from index.search.lexical import LexicalSettings
from index.search.passages import VERSION as CONTEXT
from index.store import generations as stores
from index.store.codec import layout
from index.store.corpus import list_corpus, lists_of
from index.store.entries import SEARCHED, Entry, Reading
from index.store.sealed import json_bytes
from ingest import fingerprint
from ingest.errors import IngestError
from ingest.records import Document


@dataclass(frozen=True, slots=True)
class ReadBy:
    """What reads files: what another ``reader`` has read is read again; ``lists`` are the office's, None where there are none."""

    reader: str
    lists: str | None


def recipe() -> dict[str, Any]:
    """Say how indexes are made; a store that was made otherwise is refused.

    :return: segmenter, settings of the formula, and version of the context of sentences, as JSON holds them.
    """
    lexical: dict[str, Any] = json.loads(json_bytes(asdict(LexicalSettings())))
    return {"segmenter": words.segmenter_name(), "lexical": lexical, "context": CONTEXT}


def recipe_with(embedder: Embedder) -> dict[str, Any]:
    """Say how the indexes of a segment are made, its vectors too.

    :param embedder: makes the vectors.
    :return: as JSON holds it.
    """
    return {**recipe(), "model": embedder.fingerprint}


def check(facts: Mapping[str, Any], store: Path) -> None:
    """See to it that this program can use a store.

    :param facts: of the store.
    :param store: its folder, for the message.
    :raises StoreError: when its records or its indexes were made otherwise than now.
    """
    if facts["records"] != layout(Reading):
        raise StoreError(f"知识库 {store} 里的文件记录属于另一版程序", "请运行 python -m index build 重建")
    if facts["recipe"] != recipe():
        raise StoreError(f"知识库 {store} 是用另一套分词或设置建立的", "请运行 python -m index build 重建")


def read_by(corpus: Path) -> ReadBy:
    """Name what would read the files of a corpus now.

    :param corpus: folder of the documents, in which an office may keep lists of words.
    :return: version of the reading, with digests of its records and of the lists that it uses, and a digest of all lists.
    :raises CorpusError: when a list is at fault.
    """
    lists = lists_of(corpus)
    office = _sorted(lists.glob("*.txt")) if lists else []
    try:
        reader = fingerprint(lists)
    except IngestError as error:
        raise CorpusError(f"词表有误：{error}", "请用 python -m index lists check 查看后改正") from error
    return ReadBy(f"{reader} {layout(Document)}", _digest(office) if office else None)


def facts_of(
    entries: Sequence[Entry],
    by: ReadBy,
    settings: EmbedderSettings,
    embedder: Embedder,
    state: Mapping[str, Mapping[str, Any]],
) -> Mapping[str, Any]:
    """State what a store is made of.

    :param entries: every source file that it holds.
    :param by: what has read them.
    :param settings: of the model.
    :param embedder: the model.
    :param state: by names of files the digests of ``sources``, what the corpus held, and of what was ``removed`` and is passed
        over, and ``faults``, what could not be read (:class:`index.store.readings.Fault`).
    :return: as JSON holds it, nothing in it that differs between equal builds.
    """
    model = {
        "name": settings.name,
        "query_prompt": settings.query_prompt,
        "passage_prompt": settings.passage_prompt,
        "truncate": settings.truncate,
        "fingerprint": embedder.fingerprint,
        "dimension": embedder.dimension,
    }
    return {
        "reader": by.reader,
        "lists": by.lists,
        "records": layout(Reading),
        "recipe": recipe(),
        "embedder": model,
        "sentences": sum(entry.sentences for entry in entries if entry.standing == SEARCHED),
        "segments": sorted({entry.segment for entry in entries}),
        **{name: dict(sorted(state[name].items())) for name in ("sources", "removed", "faults")},
    }


def is_current(store: Path, corpus: Path) -> bool:
    """Tell whether a store holds what a build would make of the corpus now, without reading any document.

    :param store: folder of the store.
    :param corpus: folder of the documents.
    :return: whether files and lists are those of the last build.
    :raises StoreError: when there is no store.
    :raises CorpusError: when the corpus cannot be listed.
    """
    facts = stores.read_facts(store)
    files = {file.name: file.sha256 for file in list_corpus(corpus, store).files}
    known = {**facts["sources"], **facts["removed"]}
    return known == files and ReadBy(facts["reader"], facts["lists"]) == read_by(corpus)


def _sorted(files: Iterable[Path]) -> list[Path]:
    """Order files by name; paths themselves are ordered otherwise on Windows."""
    return sorted(files, key=lambda path: path.name)


def _digest(files: Iterable[Path]) -> str:
    """Digest words; line ends, which differ between systems, are none."""
    whole = hashlib.sha256()
    for path in files:
        text = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{path.name}\n{len(text)}\n".encode() + text)
    return whole.hexdigest()[:12]
