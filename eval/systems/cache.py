"""Indexes that were built before, kept in a folder that the user names; without one, everything is built anew."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import index
from eval.questions import QuestionsError
from index.question import words
from index.search.arrays import Chunks
from index.search.counts import Postings, postings_files, postings_from_files
from index.search.dense import DenseIndex, dense_from_bytes
from index.search.lexical import LexicalIndex, LexicalSettings, whole
from index.search.passages import Passage

_CODE = (
    "question/words.py",
    "search/arrays.py",
    "search/counts.py",
    "search/dense.py",
    "search/embedder.py",
    "search/lexical.py",
    "search/lines.py",
    "search/passages.py",
    "search/vectors.py",
)
_VECTORS = "vectors.npy"


class Cache:
    """Keeps indexes by a digest of all that they depend on: the passages, the settings and the code that makes them.

    :param folder: where to keep them; None to keep nothing.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def lexical(
        self,
        passages: Sequence[Passage],
        facts: Mapping[str, Any],
        count: Callable[[], Postings],
        settings: LexicalSettings,
    ) -> LexicalIndex:
        """Give a lexical index, counted now or before.

        :param passages: what it is over.
        :param facts: what else it depends on, as JSON holds it.
        :param count: counts their tokens.
        :param settings: constants of the formula.
        :return: the index, the same either way.
        :raises QuestionsError: when the folder cannot be written.
        """
        files = self._files(passages, {"lexical": dict(facts)}, lambda: postings_files(count()))
        return whole(count() if files is None else postings_from_files(files), settings)

    def dense(
        self, passages: Sequence[Passage], facts: Mapping[str, Any], build: Callable[[], DenseIndex]
    ) -> DenseIndex:
        """Give a dense index, built now or before.

        :param passages: what it is over.
        :param facts: what else it depends on, as JSON holds it.
        :param build: builds it.
        :return: the index, the same either way.
        :raises QuestionsError: when the folder cannot be written.
        """
        files = self._files(passages, {"dense": dict(facts)}, lambda: {_VECTORS: build().to_chunks()})
        return build() if files is None else dense_from_bytes(files[_VECTORS])

    def _files(
        self, passages: Sequence[Passage], facts: Mapping[str, Any], make: Callable[[], Mapping[str, Chunks]]
    ) -> Mapping[str, bytes] | None:
        """Read the files of an index, after writing them where they are not there; None where nothing is kept."""
        if self._folder is None:
            return None
        place = self._folder / _digest(passages, facts)
        try:
            if not place.is_dir():
                _write(place, make())
            return {path.name: path.read_bytes() for path in sorted(place.iterdir())}
        except OSError as error:
            problem = f"存不下索引（{error.strerror}）"
            raise QuestionsError(str(self._folder), problem, "请用 --cache 指定可写的文件夹") from error


def _write(place: Path, files: Mapping[str, Chunks]) -> None:
    """Write all files or none: another run may look for them at the same time."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=place.parent))
    try:
        for name, data in files.items():
            (draft / name).write_bytes(b"".join(data))
        os.rename(draft, place)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not place.is_dir():
            raise


def _digest(passages: Sequence[Passage], facts: Mapping[str, Any]) -> str:
    about = {"facts": facts, "code": _code(), "segmenter": words.segmenter_name()}
    digest = hashlib.sha256(json.dumps(about, ensure_ascii=False, sort_keys=True).encode())
    for passage in passages:
        digest.update(f"{passage.text}\x1e{passage.headings}\x1e{passage.title}\x1f".encode("utf-8", "replace"))
    return digest.hexdigest()[:32]


@cache
def _code() -> str:
    folder = Path(index.__file__).parent
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in _CODE)).hexdigest()
