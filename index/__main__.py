"""Command line: ``python -m index build | update | add | remove | …``, then what a base is asked; see :mod:`index.arguments`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.arguments import parse_args
from index.errors import KnowledgeBaseError
from index.keeping import KEEPING
from index.streams import let_go, put, speak_utf8, tell

if TYPE_CHECKING:
    from index.knowledge_base import KnowledgeBase
    from index.records import Filters


def main(arguments: Sequence[str]) -> int:
    """Run one command.

    :param arguments: what stands after ``python -m index``.
    :return: exit code: 0 done, 1 the input is at fault, 2 wrong usage.
    """
    options = parse_args(arguments)
    run = {
        **KEEPING,
        "search": _search,
        "documents": _documents,
        "show": _show,
        "ask": _ask,
        "targets": _targets,
        "compare": _compare,
        "renditions": _renditions,
        "force": _force,
        "cited": _cited,
        "check": _check,
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


def _search(options: argparse.Namespace) -> int:
    from index.output import result_json, result_text

    if options.batch is not None:
        return _batch(options)
    base, k = _open(options), _number(options, 5)
    result = base.search(
        options.question, k, options.document, as_of=options.as_of, today=_today(), filters=_filters(options)
    )
    put(_json(result_json(result)) if options.json else result_text(result))
    return 0


def _ask(options: argparse.Namespace) -> int:
    from index.answer_output import answer_json, answer_text

    base = _open(options)
    answer = base.ask(
        options.question, options.k, options.document, options.first, options.as_of, _today(),
        filters=_filters(options),
    )  # fmt: skip
    put(_json(answer_json(answer)) if options.json else answer_text(answer))
    return 0


def _targets(options: argparse.Namespace) -> int:
    from index.answer_output import statements_csv, statements_json, statements_text

    found = _open(options).statements(options.document, options.contains)
    if options.format == "json":
        put(_json(statements_json(found)))
    else:
        put(statements_csv(found) if options.format == "csv" else statements_text(found))
    return 0


def _compare(options: argparse.Namespace) -> int:
    from index.answer_output import comparisons_json, comparisons_text

    found = _open(options).compare(options.left, options.right)
    put(_json(comparisons_json(found)) if options.json else comparisons_text(found))
    return 0


def _renditions(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from index.answer_output import differences_text

    found = _open(options).renditions(options.document)
    plain = [{"file": name, "differences": [asdict(one) for one in differences]} for name, differences in found]
    put(_json(plain) if options.json else differences_text(found, options.document))
    return 0


def _force(options: argparse.Namespace) -> int:
    from index.answer.force_words import force_json, forces_text
    from index.output import document_json

    found = _open(options).forces(options.as_of or _today(), options.document)
    plain = [{"document": document_json(one.metadata), "force": force_json(force)} for one, force in found]
    put(_json(plain) if options.json else forces_text(found))
    return 0


def _cited(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from index.output import cited_text

    found = _open(options).cited()
    put(_json([asdict(one) for one in found]) if options.json else cited_text(found))
    return 0


def _check(options: argparse.Namespace) -> int:
    from index.check.output import check_json, check_text

    base = _open(options)
    checked = base.check(base.read_draft(options.file), options.without)
    put(_json(check_json(checked)) if options.json else check_text(checked))
    return 1 if checked.faults else 0


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
            found = base.search(
                asked["query"], k, options.document, as_of=options.as_of, today=_today(), filters=_filters(options)
            )
            answer = result_json(found)
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
    from index.output import clause_text, shown_json

    base, today = _open(options), _today()
    if options.json:
        put(_json(shown_json(base, options.clause_id, today)))
    else:
        clause = base.show(options.clause_id)
        put(clause_text(clause, base.references(clause.clause_id), base.force_of(clause.clause_id, today)))
    return 0


def _documents(options: argparse.Namespace) -> int:
    from index.output import documents_json, held_json
    from index.wording import documents_text, held_text

    base, today = _open(options), _today()
    if options.document:
        put(
            _json(held_json(base, options.document, today))
            if options.json
            else held_text(base, options.document, today)
        )
    else:
        put(_json(documents_json(base, today)) if options.json else documents_text(base, today))
    return 0


def _lists(options: argparse.Namespace) -> int:
    from index.question.list_checks import check_lists

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
    return KnowledgeBase.open(options.store, reranker=load_reranker(name) if name else None, vectors=options.vectors)


def _filters(options: argparse.Namespace) -> Filters:
    from index.records import Filters

    return Filters(tuple(options.issuer), tuple(options.year), tuple(options.kind))


def _today() -> str:
    return date.today().isoformat()


def _number(options: argparse.Namespace, default: int) -> int:
    return default if options.k is None else int(options.k)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(run())
