"""The operations as tools of MCP (Model Context Protocol) over streamable HTTP at ``/mcp``; the package mcp is imported here only."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi.concurrency import run_in_threadpool

from app import VERSION
from app.api.openapi import sent_schema
from app.api.operations import OPERATIONS, Reply, perform
from app.desk import Desk
from app.fence.faults import NO_ADDRESS
from index.errors import KnowledgeBaseError

if TYPE_CHECKING:
    from fastapi import FastAPI

PATH = "/mcp"
_ABOUT = (
    "政策文件知识库：按问题给出原文条款，一字不改，带文号、条款和页码。引用时照录 text 和 citation。"
    "status 只有 found 是答案；related 是相关而未直接写明；not_found 是库中没有，不要据此编写。"
)


def mount_tools(app: FastAPI, desk: Desk) -> None:
    """Put the tools at /mcp.

    :param app: the application that serves them.
    :param desk: what answers.
    :raises KnowledgeBaseError: when the package mcp is not installed.
    """
    try:
        from mcp import types
        from mcp.server.lowlevel import Server
        from mcp.server.transport_security import TransportSecuritySettings
    except ImportError as error:
        raise KnowledgeBaseError(
            "--mcp 要用的 mcp 没有安装，或版本不是 2", '请运行 pip install "policy-clauses[mcp]"'
        ) from error

    async def listed(context: Any, asked: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_tool(types, name) for name in OPERATIONS])

    async def called(context: Any, asked: types.CallToolRequestParams) -> Any:
        if asked.name not in OPERATIONS:
            words = NO_ADDRESS.json() | {"message": "没有这个工具", "remedy": f"现有：{'、'.join(OPERATIONS)}"}
            return _result(types, Reply(404, words, desk.headers()["X-Base"]))
        return _result(types, await run_in_threadpool(perform, desk, OPERATIONS[asked.name], asked.arguments or {}))

    server = Server(
        "policy-clauses",
        version=VERSION,
        title="政策文件知识库",
        instructions=_ABOUT,
        on_list_tools=listed,
        on_call_tool=called,
    )
    # The fence has looked at Origin and at the length already; nothing is kept between requests.
    tools = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    app.router.routes.extend(tools.routes)
    _run_with(app, tools)


def _tool(types: Any, name: str) -> Any:
    operation = OPERATIONS[name]
    return types.Tool(
        name=name,
        title=operation.title,
        description=operation.description,
        input_schema=sent_schema(operation),
        annotations=types.ToolAnnotations(read_only_hint=True, open_world_hint=False),
    )


def _result(types: Any, reply: Reply) -> Any:
    """Give a reply as the content of a tool: the JSON of the command line, and beside it which base and version gave it."""
    text = json.dumps(reply.body, ensure_ascii=False)
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=text)],
        structured_content=reply.body if isinstance(reply.body, dict) else {"result": reply.body},
        is_error=reply.status != 200,
        _meta={"base": reply.base, "version": VERSION},
    )


def _run_with(app: FastAPI, tools: Any) -> None:
    """Start and stop the tools together with the application."""
    before = app.router.lifespan_context

    @asynccontextmanager
    async def both(served: FastAPI) -> AsyncIterator[Any]:
        async with before(served) as state, tools.router.lifespan_context(tools):
            yield state

    app.router.lifespan_context = both
