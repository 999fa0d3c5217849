"""Command line: ``python -m index build | search | ask | show | targets | compare | renditions | lists``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import KnowledgeBaseError
from index.streams import let_go, put, speak_utf8, tell

if TYPE_CHECKING:
    from index.knowledge_base import KnowledgeBase

DEFAULT_CORPUS, DEFAULT_STORE = Path("corpus"), Path(".store")


def parse_args(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; wrong usage ends the program with exit code 2.

    :param arguments: what stands after ``python -m index``.
    :return: the options.
    """
    parser = argparse.ArgumentParser(prog="python -m index", description="政策文件知识库：建库、搜索、查看条款")
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="build | search | ask | show | targets | compare | renditions | lists"
    )
    build = _add_build(commands)
    search = commands.add_parser("search", help="按问题查找条款")
    search.add_argument("question", nargs="?", help="问题")
    search.add_argument(
        "--batch", metavar="FILE", help="问题文件，每行一个 JSON 对象，至少有 id 和 query；- 为标准输入"
    )
    search.add_argument("-k", type=int, help="最多列出几条（默认 5，批量 10）")
    search.add_argument("--document", metavar="字号", help="只查这一份文件")
    search.add_argument("--json", action="store_true", help="输出 JSON")
    show = commands.add_parser("show", help="查看一个条款")
    show.add_argument("clause_id", help="条款编号，如 浦民发〔2023〕74号/四/（二）/2")
    show.add_argument("--json", action="store_true", help="输出 JSON")
    ask = commands.add_parser("ask", help="回答问题：原句、出处、目标、责任主体，或“未找到依据”")
    ask.add_argument("question", help="问题")
    ask.add_argument("-k", type=int, help="最多列出几条（默认 5）")
    ask.add_argument("--document", metavar="字号", help="只查这一份文件")
    ask.add_argument("--json", action="store_true", help="输出 JSON")
    targets = commands.add_parser("targets", help="列出目标值")
    targets.add_argument("--document", metavar="字号", help="只列这一份文件的")
    targets.add_argument("--contains", default="", metavar="文字", help="只列指标含有这些文字的")
    targets.add_argument("--format", choices=("table", "csv", "json"), default="table", help="输出格式（默认 table）")
    compare = commands.add_parser("compare", help="两份文件的相同指标，逐项对照")
    compare.add_argument("left", metavar="字号1")
    compare.add_argument("right", metavar="字号2")
    compare.add_argument("--json", action="store_true", help="输出 JSON")
    renditions = commands.add_parser("renditions", help="一份文件的各个版式（PDF、网页）哪里不同")
    renditions.add_argument("document", metavar="字号")
    renditions.add_argument("--json", action="store_true", help="输出 JSON")
    _add_check(commands)
    for command in (search, ask):
        command.add_argument("--reranker", metavar="MODEL", help="用此交叉编码模型重排前几条：文件夹或名称（默认不用）")
    for command in (build, search, show, ask, targets, compare, renditions):
        command.add_argument("--store", type=Path, default=DEFAULT_STORE, help="知识库所在文件夹（默认 .store）")
    options = parser.parse_args(arguments)
    if options.command == "search" and (options.question is None) == (options.batch is None):
        search.error("请给出一个问题，或用 --batch 给出问题文件（二者选一）")
    return options


def _add_build(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    build = commands.add_parser("build", help="读取文件夹里的文件，建立或更新知识库")
    build.add_argument("corpus", nargs="?", type=Path, default=DEFAULT_CORPUS, help="文件夹（默认 corpus）")
    build.add_argument("--model", help="sentence-transformers 模型：文件夹或名称（默认用自带模型）")
    build.add_argument("--query-prompt", default="", help="模型要求加在问题前的提示语")
    build.add_argument("--passage-prompt", default="", help="模型要求加在原文前的提示语")
    build.add_argument("--truncate", type=int, metavar="N", help="只用向量的前 N 维（模型支持 Matryoshka 截断时）")
    build.add_argument("--batch-size", type=int, default=256, metavar="N", help="每批多少句（默认 256；显存小时调小）")
    build.add_argument("--device", help="模型所用设备，如 cpu、cuda；默认自动选择")
    return build


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    lists = commands.add_parser("lists", help="检查词表").add_subparsers(dest="action", required=True, metavar="check")
    check = lists.add_parser("check", help="检查自带词表和本单位词表（文件夹里的 lists）：重复、矛盾、不认识的写法")
    check.add_argument("--corpus", type=Path, default=DEFAULT_CORPUS, metavar="DIR", help="文件夹（默认 corpus）")


def main(arguments: Sequence[str]) -> int:
    """Run one command.

    :param arguments: what stands after ``python -m index``.
    :return: exit code: 0 done, 1 the input is at fault, 2 wrong usage.
    """
    options = parse_args(arguments)
    run = {
        "build": _build,
        "search": _search,
        "show": _show,
        "ask": _ask,
        "targets": _targets,
        "compare": _compare,
        "renditions": _renditions,
        "lists": _lists,
    }[options.command]
    try:
        return run(options)
    except KnowledgeBaseError as error:
        tell(f"错误：{error}")
        return 1
    except BrokenPipeError:
        let_go()  # as in "| head"
        return 0


def run() -> int:
    """Run the command that the process was started with; the console command ``policy-clauses`` is this too.

    :return: as :func:`main`.
    """
    speak_utf8()
    return main(sys.argv[1:])


def _build(options: argparse.Namespace) -> int:
    from index.knowledge_base import KnowledgeBase
    from index.output import report_remarks, report_text
    from index.search.embedder import EmbedderSettings

    settings = EmbedderSettings(
        name=options.model, query_prompt=options.query_prompt, passage_prompt=options.passage_prompt,
        truncate=options.truncate, batch_size=max(1, options.batch_size), device=options.device,
    )  # fmt: skip
    report = KnowledgeBase.build(
        options.corpus, options.store, settings, lambda share, step: tell(f"[{share:4.0%}] {step}")
    )
    for remark in report_remarks(report):
        tell(remark)
    put(report_text(report))
    return 1 if report.faults else 0


def _search(options: argparse.Namespace) -> int:
    from index.output import result_json, result_text

    if options.batch is not None:
        return _batch(options)
    result = _open(options).search(options.question, _number(options, 5), options.document)
    put(_json(result_json(result)) if options.json else result_text(result))
    return 0


def _ask(options: argparse.Namespace) -> int:
    from index.answer_output import answer_json, answer_text

    answer = _open(options).ask(options.question, _number(options, 5), options.document)
    put(_json(answer_json(answer)) if options.json else answer_text(answer))
    return 0


def _targets(options: argparse.Namespace) -> int:
    from index.answer_output import statement_json, statements_csv, statements_text

    found = _open(options).statements(options.document, options.contains)
    if options.format == "json":
        put(_json([statement_json(one) for one in found]))
    else:
        put(statements_csv(found) if options.format == "csv" else statements_text(found))
    return 0


def _compare(options: argparse.Namespace) -> int:
    from index.answer_output import comparison_json, comparisons_text

    found = _open(options).compare(options.left, options.right)
    put(_json([comparison_json(one) for one in found]) if options.json else comparisons_text(found))
    return 0


def _renditions(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from index.answer_output import differences_text

    found = _open(options).renditions(options.document)
    plain = [{"file": name, "differences": [asdict(one) for one in differences]} for name, differences in found]
    put(_json(plain) if options.json else differences_text(found, options.document))
    return 0


def _batch(options: argparse.Namespace) -> int:
    """Answer a file of questions line by line; a bad line is named and the others go on."""
    from index.output import result_json

    lines = list(_batch_lines(options.batch))
    base, k, failed = _open(options), _number(options, 10), False
    if options.document:
        base.document_key(options.document)
    for number, line in lines:
        asked: dict[str, Any] = {}
        try:
            asked = _asked(line)
            answer = result_json(base.search(asked["query"], k, options.document))
        except KnowledgeBaseError as error:
            tell(f"错误：{options.batch} 第{number}行：{error}")
            failed = True
            answer = {"query": "", "status": "not_found", "hits": [], "error": str(error)}
        if asked:
            put(_json({"id": asked["id"], **answer, "query": asked["query"]}))
    return 1 if failed else 0


def _batch_lines(name: str) -> Iterator[tuple[int, str]]:
    """Number the lines from 1 and leave out blank ones; only a line feed ends a line."""
    from index.errors import QueryError

    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        lines: Iterable[str] = data.decode("utf-8-sig").split("\n")
    except OSError as error:
        raise QueryError(f"打不开问题文件 {name}（{error.strerror}）", "请检查路径和权限") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"问题文件 {name} 不是 UTF-8 编码", "请另存为 UTF-8") from error
    yield from ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _asked(line: str) -> dict[str, Any]:
    """Read one line of a batch: an object with an id and a query that is text."""
    from index.errors import QueryError

    form = '每行写成 {"id": "…", "query": "…"}'
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QueryError("不是有效的 JSON", form) from error
    if not isinstance(asked, dict) or "id" not in asked or not isinstance(asked.get("query"), str):
        raise QueryError("缺少 id 或 query，或 query 不是文字", form)
    return asked


def _show(options: argparse.Namespace) -> int:
    from index.output import clause_json, clause_text

    base = _open(options)
    clause = base.show(options.clause_id)
    document = base.document_of(clause.clause_id).metadata
    put(_json(clause_json(clause, document)) if options.json else clause_text(clause))
    return 0


def _lists(options: argparse.Namespace) -> int:
    from index.lists.checks import check_lists

    count, problems = check_lists(options.corpus)
    for one in problems:
        put(f"{one.file} 第{one.line}行：{'错误：' if one.is_fault else ''}{one.text}")
    faults = sum(one.is_fault for one in problems)
    put(f"检查了 {count} 个词表：{faults} 处错误，{len(problems) - faults} 处提醒")
    return 1 if faults else 0


def _open(options: argparse.Namespace) -> KnowledgeBase:
    from index.knowledge_base import KnowledgeBase
    from index.search.embedder import load_reranker

    name = getattr(options, "reranker", None)
    return KnowledgeBase.open(options.store, reranker=load_reranker(name) if name else None)


def _number(options: argparse.Namespace, default: int) -> int:
    return default if options.k is None else int(options.k)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(run())
