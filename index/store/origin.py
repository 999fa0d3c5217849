"""What a store was made from and with, told by as little of it as may still be whole."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.search.embedder import EmbedderSettings, settings_of
from index.store.sealed import sha256

_FIRST_RECIPE = "heading_share"
"""Stands in the recipe of stores that were made with the first model of the project."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a store was made from, and with; None for what it does not tell."""

    corpus: Path | None
    model: EmbedderSettings | None


def origin_of(store: Path) -> Origin:
    """Read it from CURRENT and the manifest alone, which may be whole where other files are not.

    :param store: folder of the store.
    :return: what they tell; where there is no store yet, the model is the one that comes with the project.
    """
    if not (store / "CURRENT").exists():
        return Origin(None, EmbedderSettings())
    pointer = _object(_bytes(store / "CURRENT"))
    corpus, digest = pointer.get("corpus"), str(pointer.get("generation"))
    manifest = _bytes(store / "generations" / Path(digest).name / "manifest.json")
    return Origin(
        corpus=Path(os.path.normpath(store / corpus)) if isinstance(corpus, str) else None,
        model=_model(_object(manifest)) if sha256(manifest) == digest else None,
    )


def _model(manifest: dict[str, Any]) -> EmbedderSettings | None:
    """Read the settings of the model; the one that came with the project first had no prompts, and its stores hold empty ones."""
    try:
        settings, is_first = settings_of(manifest["facts"]["embedder"]), _FIRST_RECIPE in manifest["facts"]["recipe"]
    except (KeyError, TypeError):
        return None
    if settings.name is None and is_first:
        return replace(
            settings, query_prompt=settings.query_prompt or None, passage_prompt=settings.passage_prompt or None
        )
    return settings


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _object(data: bytes) -> dict[str, Any]:
    """Read a JSON object; empty where it is none."""
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
