"""The OpenAPI document (3.1) of the operations, made of their table alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

from app import VERSION
from app.api.operations import HEALTH, OPERATIONS, Operation
from app.api.replies import Fault

PREFIX = "/api/v1/"
_REF = "#/components/schemas/{model}"
_FAULTS = {
    "400": "问题或参数不对",
    "404": "没有这个条款或文件",
    "405": "不接受这种请求",
    "413": "发来的内容太大",
    "429": "请求太多太快",
    "500": "程序或知识库出错",
    "503": "知识库还在准备",
}
_HEADERS = {
    "X-Base": {"description": "给出这个回复的知识库内容的摘要", "schema": {"type": "string"}},
    "X-Version": {"description": "程序版本", "schema": {"type": "string"}},
}
_ABOUT = "政策文件知识库的程序接口：以原文条款作答，注明文号、条款和页码。回复与 python -m index … --json 相同。"


class _Plain(GenerateJsonSchema):
    """Leaves out the titles that pydantic makes of English names."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401 - a core schema of pydantic
        return False


def openapi(root: str) -> dict[str, Any]:
    """Describe the operations.

    :param root: path below which the application is shown; empty for the root of a host.
    :return: the document.
    """
    kinds: dict[str, Any] = {"Fault": Fault, **{one.name: one.reply for one in OPERATIONS.values()}}
    inputs: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        (name, "serialization", TypeAdapter(kind)) for name, kind in kinds.items()
    ]
    schemas, known = TypeAdapter.json_schemas(inputs, ref_template=_REF, schema_generator=_Plain)
    shapes = {name: schema for (name, _), schema in schemas.items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "政策文件知识库", "version": VERSION, "description": _ABOUT},
        "servers": [{"url": root or "/"}],
        "paths": {PREFIX + one.name: _path(one, shapes) for one in OPERATIONS.values()},
        "components": {"schemas": known["$defs"]},
    }


def sent_schema(operation: Operation) -> dict[str, Any]:
    """Give the JSON Schema of what an operation is sent.

    :param operation: one of the table.
    :return: an object with its properties.
    """
    return operation.sent.model_json_schema(schema_generator=_Plain)


def _path(operation: Operation, shapes: dict[str, Any]) -> dict[str, Any]:
    schema = sent_schema(operation)
    told = {
        "summary": operation.title,
        "description": operation.description,
        "responses": {"200": _reply("成功", shapes[operation.name]), **_faults(operation, shapes["Fault"])},
    }
    body = {"required": bool(schema.get("required")), "content": {"application/json": {"schema": schema}}}
    return {
        "get": {"operationId": operation.name, **told, "parameters": list(_parameters(schema))},
        "post": {"operationId": f"{operation.name}_by_post", **told, "requestBody": body},
    }


def _parameters(schema: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for name, one in schema.get("properties", {}).items():
        shape = {key: value for key, value in one.items() if key != "description"}
        required = name in schema.get("required", ())
        yield {"name": name, "in": "query", "required": required, "description": one["description"], "schema": shape}


def _faults(operation: Operation, shape: Any) -> dict[str, Any]:  # noqa: ANN401 - a JSON Schema
    words = {**_FAULTS, "503": "还在准备；另有 200 时的各项"} if operation is HEALTH else _FAULTS
    return {status: _reply(text, shape) for status, text in words.items()}


def _reply(text: str, shape: Any) -> dict[str, Any]:  # noqa: ANN401 - a JSON Schema
    return {"description": text, "headers": _HEADERS, "content": {"application/json": {"schema": shape}}}
