"""python -m ingest FILE... [--json]: what was read from each file."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from ingest import SUFFIXES, read_document
from ingest.errors import IngestError
from ingest.limits import each_within, size_of
from ingest.records import Clause, Document, Target

_KINDS = {"clause": "条", "row": "行", "notice": "通知"}
_READ = {"target": "目标值", "limit": "时限", "achieved": "已达到", "condition": "适用条件"}
_BASES = {"stated": "写明", "subject": "主语"}
_ACCOUNT = {
    "clauses": "条款",
    "headings": "标题",
    "tables": "表格",
    "metadata": "元数据",
    "furniture": "页面附属",
    "lost": "遗失",
}
_FIELDS = {
    "number": "发文字号", "title": "标题", "notice_title": "通知标题", "issuer": "发文机关", "date": "成文日期",
    "recipients": "主送机关", "copied_to": "抄送机关", "printed": "印发日期", "printed_by": "印发机关",
    "index_number": "索引号", "note": "附注", "red_head": "发文机关标志",
}  # fmt: skip


def parse_args(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Reads the command line; exits with 2 on wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m ingest", description="读取公文文件，列出元数据、层级、条款、目标值、责任主体和表格。"
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help=f"{'、'.join(SUFFIXES)} 文件")
    parser.add_argument("--json", action="store_true", help="每个文件输出一行 JSON")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads each file in turn; one that cannot be read is reported by name and the rest goes on.

    :return: 0, or 1 if any file could not be read.
    """
    options = parse_args(arguments)
    try:
        sizes = [size_of(name) for name in options.files]
        each = each_within(read_document, options.files, str, sizes=sizes)
        done = [_show(read, options.json) for _, read in each]
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone, as in "| head"
        return 0
    return 0 if all(done) else 1


def _show(read: Document | IngestError, in_json: bool) -> bool:
    """Writes what was read from one file, as JSON or for a reader; says whether it could be read."""
    if isinstance(read, IngestError):
        print(f"错误：{_printable(str(read))}", file=sys.stderr)
        return False
    text = json.dumps(as_json(read), ensure_ascii=False) if in_json else as_text(read)
    print(_printable(text), flush=True)
    return True


def _printable(text: str) -> str:
    """What is no character, as half of a surrogate pair in a text layer or in a file's name, becomes a question mark."""
    return text.encode("utf-8", "replace").decode()


def as_json(document: Document) -> dict[str, Any]:
    """The object that ``--json`` prints for one file."""
    return {
        "file": document.source.path,
        "sha256": document.source.sha256,
        "document": asdict(document.metadata),
        "clauses": [
            {
                "clause_id": clause.clause_id,
                "kind": clause.kind,
                "heading_path": clause.heading_path,
                "text": clause.text,
                "source_text": clause.source_text,
                "pages": clause.pages,
                "citation": clause.citation,
                "targets": [asdict(target) for target in clause.targets],
                "units": [asdict(unit) for unit in clause.units],
                **({"cells": clause.cells} if clause.cells else {}),
                **({"notes": clause.notes} if clause.notes else {}),
            }
            for clause in document.clauses
        ],
        "tables": [asdict(table) for table in document.tables],
        **({"attachments": document.attachments} if document.attachments else {}),
        **({"statements": [asdict(stated) for stated in document.statements]} if document.statements else {}),
        "warnings": document.warnings,
        "characters": asdict(document.account),
    }


def as_text(document: Document) -> str:
    """The same for a reader."""
    lines = [f"【{document.source.path}】"]
    for name, value in asdict(document.metadata).items():
        shown = "，".join(value) if isinstance(value, tuple) else value
        lines += [f"  {_FIELDS[name]}：{shown}"] if shown else []
    path: tuple[str, ...] = ()
    for clause in document.clauses:
        for depth, heading in enumerate(clause.heading_path):
            if clause.heading_path[: depth + 1] != path[: depth + 1]:
                lines.append(f"{'  ' * (depth + 1)}{heading}")
        path = clause.heading_path
        pages = f" 第{'、'.join(map(str, clause.pages))}页" if clause.pages else ""
        lines.append(
            f"{'  ' * (len(path) + 1)}[{_KINDS[clause.kind]}] {clause.clause_id}{pages}：{_short(clause.text)}"
        )
        lines += [f"{'  ' * (len(path) + 2)}{fact}" for fact in _facts(clause)]
    lines += [
        f"  表格：{table.table_id} {table.caption}，{len(table.columns)} 列 {len(table.rows)} 行"
        for table in document.tables
    ]
    lines += [f"  附件：{name}（{address}）" for name, address in document.attachments]
    lines += [f"  {stated.kind}：{stated.value}（{stated.clause_id}）" for stated in document.statements]
    lines += [f"  提醒：{warning}" for warning in document.warnings]
    lines.append(
        "  字符账：" + "，".join(f"{_ACCOUNT[name]} {count}" for name, count in asdict(document.account).items())
    )
    return "\n".join(lines)


def _facts(clause: Clause) -> Iterator[str]:
    """The targets and the responsible units of a clause, a line each."""
    for target in clause.targets:
        yield f"{_READ[target.kind]}：{_target_words(target)}"
    if clause.units:
        yield "责任主体：" + "，".join(f"{unit.name}（{_BASES[unit.basis]}）" for unit in clause.units)


def _target_words(target: Target) -> str:
    sign = "" if target.comparator == "=" else target.comparator
    by = f"（{target.deadline}）" if target.deadline else ""
    return f"{target.indicator} {sign}{target.value}{target.unit or ''}{by}"


def _short(text: str) -> str:
    plain = text.replace("\n", " ")
    return plain if len(plain) <= 40 else plain[:39] + "…"


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    sys.exit(main())
