"""What a program can ask of the base: each operation with its parameters and the JSON that it gives.

That JSON is the one of the command line with ``--json``; all ways in (HTTP, Gradio, MCP) call :func:`perform`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from inspect import Parameter, signature
from typing import Annotated, Any, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from app import VERSION
from app.api.reading import fault_of_sent
from app.api.replies import Answer, Checked, Clause, Comparison, Health, Held, Listed, SearchResult, Statement
from app.desk import Desk
from app.fence.faults import Fault, fault_of_error, not_ready
from index.answer_output import answer_json, comparisons_json, statements_json
from index.check.findings import VERDICTS
from index.check.output import check_json
from index.errors import KnowledgeBaseError
from index.knowledge_base import KnowledgeBase
from index.output import documents_json, held_json, result_json, shown_json

_NUMBER, _ID = "浦民发〔2023〕74号", "浦民发〔2023〕74号/四/（二）/2"
Question = Annotated[str, Field(description="问题，用平常的话说，最多 1000 字", examples=["养老床位要达到多少"])]
Filter = Annotated[str | None, Field(description="只查这一份文件：发文字号（写法不限）或标题", examples=[_NUMBER])]
Day = Annotated[str | None, Field(description="按这一天的效力回答，当时不在施行的文件不查", examples=["2022-06-30"])]
Document = Annotated[str, Field(description="发文字号（写法不限）或标题", examples=[_NUMBER])]
ClauseId = Annotated[str, Field(description="条款编号，回答里的 clause_id", examples=[_ID])]


@dataclass(frozen=True)
class Operation:
    """操作: its name, what it does (in Chinese), what is sent, what comes back, and what works it out."""

    name: str
    title: str
    description: str
    sent: type[BaseModel]
    reply: Any
    run: Callable[..., Any]


@dataclass(frozen=True)
class Reply:
    """回复: an HTTP status, what JSON holds, and the digest of the base that gave it, empty where there is none yet."""

    status: int
    body: Any
    base: str

    @property
    def headers(self) -> dict[str, str]:
        """Say which base and which version replied."""
        return {"X-Base": self.base, "X-Version": VERSION, "Cache-Control": "no-store"}


def _ask(
    base: KnowledgeBase,
    question: Question,
    k: Annotated[int | None, Field(description="最多几条，1 到 100；不写时 5 条，清单 50 条")] = None,
    document: Filter = None,
    first: Annotated[int, Field(description="清单从第几条起")] = 1,
    as_of: Day = None,
) -> Any:
    return answer_json(base.ask(question, k, document, first, as_of, today()))


def _search(
    base: KnowledgeBase,
    question: Question,
    k: Annotated[int, Field(description="最多几条，1 到 100")] = 5,
    document: Filter = None,
    as_of: Day = None,
) -> Any:
    return result_json(base.search(question, k, document, as_of=as_of, today=today()))


def _clause(base: KnowledgeBase, clause_id: ClauseId) -> Any:
    return shown_json(base, clause_id, today())


def _document(base: KnowledgeBase, document: Document) -> Any:
    return held_json(base, document, today())


def _documents(base: KnowledgeBase) -> Any:
    return documents_json(base, today())


def _targets(
    base: KnowledgeBase,
    document: Filter = None,
    contains: Annotated[str, Field(description="只列指标含有这些文字的", examples=["床位"])] = "",
) -> Any:
    return statements_json(base.statements(document, contains))


def _compare(
    base: KnowledgeBase,
    left: Document,
    right: Annotated[str, Field(description="另一份文件", examples=["沪府办发〔2021〕16号"])],
) -> Any:
    return comparisons_json(base.compare(left, right))


def _check(
    base: KnowledgeBase,
    text: Annotated[str, Field(description="文稿，最多 500000 字")],
    without: Annotated[str | None, Field(description="文稿自己的发文字号或标题：库中有它时，不拿来比对")] = None,
) -> Any:
    return check_json(base.check(text, [without] if without else []))


def _health(base: KnowledgeBase | None) -> Any:
    return {
        "state": "ready" if base else "preparing",
        "base": base.sha if base else "",
        "version": VERSION,
        "documents": len(base.documents()) if base else 0,
        "clauses": base.clause_count() if base else 0,
    }


_FOUND_OR_NOT = (
    "status 为 found（原文写明）、related（相关，未直接写明）或 not_found（未找到依据）；只有 found 的条款是答案。"
)
_VERDICTS = "，".join(f"{verdict} {name}" for verdict, name in VERDICTS.items())
_TABLE: tuple[tuple[Callable[..., Any], str, str, Any], ...] = (
    (_ask, "回答问题", f"给出原句、出处、目标、责任主体、效力，不改写原文。{_FOUND_OR_NOT}", Answer),
    (_search, "查找条款", f"按问题查找条款，最相合的在前。{_FOUND_OR_NOT}", SearchResult),
    (_clause, "查看条款", "按编号给出一个条款：全文、出处、页码、层级、文中所引和所属文件的效力。", Clause),
    (_document, "查看文件", "给出一份文件的题头、效力和各个条款的编号。", Held),
    (_documents, "列出文件", "列出库中全部文件：字号、标题、机关、日期、条款数、目标值数和效力。", list[Listed]),
    (_targets, "列出目标值", "列出文件写明的目标值、时限、已完成的数和适用条件，附原文和出处。", list[Statement]),
    (_compare, "对照两份文件", "列出两份文件共有的指标，逐项对照；一方没有写明时为 null。", list[Comparison]),
    (_check, "引文校核", f"核对文稿里的每处引文和出处。verdict：{_VERDICTS}。", Checked),
    (_health, "状态", "是否可以提问、知识库内容的摘要、程序版本、文件数和条款数。还在准备时为 503。", Health),
)


def _operation(run: Callable[..., Any], title: str, description: str, reply: Any) -> Operation:
    """Make an operation of a function: its parameters after the base are what is sent."""
    hints, given = get_type_hints(run, include_extras=True), list(signature(run).parameters.values())[1:]
    fields: dict[str, Any] = {
        one.name: (hints[one.name], ... if one.default is Parameter.empty else one.default) for one in given
    }
    name = run.__name__.lstrip("_")
    sent = create_model(f"{name.capitalize()}Sent", __config__=ConfigDict(extra="forbid"), **fields)
    return Operation(name, title, description, sent, reply, run)


OPERATIONS: Mapping[str, Operation] = {one.name: one for one in (_operation(*row) for row in _TABLE)}
HEALTH = OPERATIONS["health"]


def perform(desk: Desk, operation: Operation, sent: Mapping[str, Any]) -> Reply:
    """Do what a program asks.

    :param desk: what holds the base.
    :param operation: one of :data:`OPERATIONS`.
    :param sent: parameters by name, as they came.
    :return: what comes of it, be it a fault.
    """
    desk.catch_up()
    base = desk.base
    try:
        asked = operation.sent.model_validate({name: _clean(value) for name, value in sent.items()})
        if base is None:
            told = operation.run(None) if operation is HEALTH else {}
            return _refused(not_ready(desk.progress), "", told)
        return Reply(200, operation.run(base, **dict(asked)), base.sha)
    except ValidationError as error:
        return _refused(fault_of_sent(error, operation.sent), base.sha if base else "")
    except KnowledgeBaseError as error:
        return _refused(fault_of_error(error), base.sha if base else "")


def _refused(fault: Fault, base: str, told: Mapping[str, Any] | None = None) -> Reply:
    return Reply(fault.status, {**(told or {}), **fault.json()}, base)


def _clean(value: Any) -> Any:
    """Put a question mark for what is no character (half of a surrogate pair), as the command line does."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def today() -> str:
    """Give the day on which the force of documents is told, as the command line takes it."""
    return date.today().isoformat()
