"""Stages of a measurement, each in a fresh process: what an earlier one has held would else count as its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from eval.files import write
from eval.questions import QuestionsError
from index.errors import KnowledgeBaseError

Stage = Callable[..., dict[str, Any]]


class StageError(Exception):
    """What a stage ended with, in words: errors with more fields than one do not travel between processes."""


def kept(path: Path, stage: Stage, *arguments: object) -> dict[str, Any]:
    """Give the figures of a stage, taken now or before.

    :param path: file that they are kept in.
    :param stage: takes them.
    :param arguments: of the stage.
    :return: the figures, as JSON holds them.
    :raises StageError: when the stage fails by what it was given.
    """
    if not path.exists():
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            found = pool.submit(_run, stage, arguments).result()
        write(path, json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _run(stage: Stage, arguments: Sequence[object]) -> dict[str, Any]:
    try:
        return stage(*arguments)
    except (KnowledgeBaseError, QuestionsError) as error:
        raise StageError(str(error)) from error
