"""What a measurement depends on: commit, settings, model, word lists, documents and libraries, each by name or digest."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from index.question import lists
from index.search import ranking, refusal
from index.search.candidates import SearchSettings
from ingest.records import Document

LIBRARIES = ("faiss-cpu", "ir_measures", "jieba", "numpy", "sentence-transformers")


def provenance(facts: Mapping[str, Any], documents: Iterable[Document]) -> dict[str, Any]:
    """Name everything that decides the figures, so that a reader can tell whether two reports compare like with like.

    :param facts: what the store was built with; without one, the embedder alone.
    :param documents: the documents of the store that are searched.
    :return: what JSON holds; no path and no time, so that the same input gives the same bytes anywhere.
    """
    embedder = dict(facts["embedder"])
    return {
        "commit": commit(),
        **{name: facts[name] for name in ("reader", "recipe", "sentences") if name in facts},
        "embedder": embedder | {"name": _public(embedder["name"])},
        "search": asdict(SearchSettings()),
        "ranking": {name: round(float(one), 4) for name, one in zip(ranking.FEATURES, ranking.weights(), strict=True)},
        "lists": {name: digest(lists.DATA / name) for name in lists.NAMES},
        "refusal_model": {"sha256": digest(refusal.FILE), "threshold": refusal.model().stated.threshold},
        "corpus": {one.key: {"file": one.source.path, "sha256": one.source.sha256} for one in documents},
        "libraries": {"python": f"{sys.version_info.major}.{sys.version_info.minor}", **_versions()},
    }


def digest(path: Path) -> str:
    """Digest a file.

    :param path: the file.
    :return: SHA-256 of its bytes, in hexadecimal.
    """
    return hashlib.sha256(path.read_bytes()).hexdigest()


def commit() -> str | None:
    """Name the code that measured.

    :return: the commit of the checkout that holds this file, with ``-dirty`` where tracked files differ from
        it, or None where there is no git or no commit.
    """
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _public(model: str | None) -> str | None:
    """Name a model without the folders of the machine that it lies in; a hub name stays whole."""
    return model if model is None or model.count("/") == 1 and model[0] not in "./~" else Path(model).name


def _versions() -> dict[str, str | None]:
    return {name: _version(name) for name in LIBRARIES}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
