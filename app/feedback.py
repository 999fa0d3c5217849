"""What users say of answers (有用 or 没用), kept as one JSON object a line in a file beside the store."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from index.errors import KnowledgeBaseError
from index.records import STATUSES, Answer

MOST_BYTES = 10_000_000
"""Of the file; then nothing more is kept until it has been taken away."""
LONGEST = 64_000
"""Bytes of what a page may send."""
_LENGTHS = {"question": 1000, "document": 500, "note": 500}
_CLAUSES, _CLAUSE = 60, 300  # how many ids of clauses, and characters of each
_REMEDY = "请重新查询后再评价"
_writing = Lock()


@dataclass(frozen=True, slots=True)
class Feedback:
    """A verdict on an answer: the question as put, the clauses shown, best first, and what the answer said of itself.

    ``verdict`` is one of :data:`index.records.STATUSES`, ``base`` the digest of the base that answered, ``at`` the day (ISO 8601).
    """

    question: str
    document: str
    clause_ids: tuple[str, ...]
    verdict: str
    useful: bool
    note: str
    base: str
    at: str


def file_beside(store: Path) -> Path:
    """Name the file in which the feedback on a store is kept: beside it, as nothing is written into a store but its own.

    >>> file_beside(Path("/a/.store")).name
    '.store-feedback.jsonl'

    :param store: folder of the store.
    :return: the file.
    """
    whole = store.absolute()
    return whole.with_name(f"{whole.name}-feedback.jsonl")


def shown_json(answer: Answer) -> str:
    """Write what an answer showed, for the page to send back with a verdict on it.

    :param answer: of the knowledge base.
    :return: JSON of :class:`Feedback` but for what the user says.
    """
    shown = {
        "question": answer.query.text,
        "document": answer.query.document or "",
        "clause_ids": [hit.clause.clause_id for hit in answer.hits[:_CLAUSES]],
        "verdict": answer.status,
    }
    return json.dumps(shown, ensure_ascii=False)


def feedback_of(data: bytes, base: str, today: str) -> Feedback:
    """Read what a page sent.

    :param data: the body of the request.
    :param base: digest of the base.
    :param today: the day.
    :return: the feedback.
    :raises KnowledgeBaseError: when it is not what the page sends, or too long.
    """
    try:
        sent = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise KnowledgeBaseError("评价不是有效的 JSON", _REMEDY) from error
    if not isinstance(sent, dict) or not isinstance(sent.get("useful"), bool):
        raise KnowledgeBaseError("评价里没有写有用还是没用", _REMEDY)
    said = {name: _text(sent, name, most) for name, most in _LENGTHS.items()}
    if not said["question"]:
        raise KnowledgeBaseError("评价里没有问题", _REMEDY)
    if sent.get("verdict") not in STATUSES:
        raise KnowledgeBaseError("评价里没有答复的结论", _REMEDY)
    return Feedback(
        **said, clause_ids=_clauses(sent), verdict=str(sent["verdict"]), useful=sent["useful"], base=base, at=today
    )


def keep(one: Feedback, path: Path) -> None:
    """Add a line to the file; what a killed process left half written stays a line of its own.

    :param one: the feedback.
    :param path: the file, made when it is not there.
    :raises KnowledgeBaseError: when the file is full or cannot be written.
    """
    line = (json.dumps(asdict(one), ensure_ascii=False) + "\n").encode("utf-8")
    try:
        with _writing, path.open("ab+", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            if size + len(line) > MOST_BYTES:
                raise KnowledgeBaseError(
                    f"评价文件 {path.name} 已满（上限 {MOST_BYTES // 1_000_000} MB）", "请管理员把它移走后再评价"
                )
            if size:
                file.seek(-1, os.SEEK_END)
                line = line if file.read(1) == b"\n" else b"\n" + line
            written = file.write(line)  # in one, to a file opened for appending: other processes' lines stay whole
            os.fsync(file.fileno())
            if written < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError as error:
        raise KnowledgeBaseError(f"评价写不进 {path.name}（{error.strerror}）", "请管理员检查磁盘和权限") from error


def _text(sent: Mapping[str, Any], name: str, most: int) -> str:
    value = sent.get(name) or ""
    words = {"question": "问题", "document": "文件", "note": "说明"}[name]
    if not isinstance(value, str):
        raise KnowledgeBaseError(f"评价里的{words}不是文字", _REMEDY)
    if len(value) > most:
        raise KnowledgeBaseError(f"{words}有 {len(value)} 个字，超过上限 {most}", "请缩短后再提交")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise KnowledgeBaseError(f"{words}里有无法写成 UTF-8 的字符", "请删去后再提交") from error
    return value.strip()


def _clauses(sent: Mapping[str, Any]) -> tuple[str, ...]:
    ids = sent.get("clause_ids", [])
    if not isinstance(ids, list) or len(ids) > _CLAUSES:
        raise KnowledgeBaseError("评价里的条款编号不是列表，或太多", _REMEDY)
    return tuple(_id(one) for one in ids)


def _id(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _CLAUSE or not value.isprintable():
        raise KnowledgeBaseError("评价里有不是条款编号的内容", _REMEDY)
    return value
