"""The subcommands ``compare`` and ``pool`` of ``python -m eval``: their options, and what they do."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.compare_output import report
from eval.files import write
from eval.judging import agreement, cautions, gold_lines, settled
from eval.metrics import SEED
from eval.pool import load_topics, pool
from eval.run import DEPTH, SYSTEMS, systems
from eval.sheet import as_csv, read_sheet
from index.knowledge_base import KnowledgeBase

TOP = 10
"""How many clauses of each system are pooled where no other number is asked for."""


def add_commands(commands: Any) -> None:  # noqa: ANN401 - argparse has no public name for it
    """Add both subcommands.

    :param commands: what ``add_subparsers`` gave.
    """
    comparing = commands.add_parser("compare", help="两份 report.json 逐题相比：胜负、各题类、随机化检验")
    comparing.add_argument("reports", nargs=2, type=Path, metavar="REPORT", help="前后两份 report.json")
    comparing.add_argument(
        "--system", nargs="+", default=[], metavar="NAME", help="只比这个系统；给两个名字则以前一份的前者比后一份的后者"
    )
    comparing.add_argument("--json", action="store_true", help="输出一个 JSON 对象")
    comparing.set_defaults(error=comparing.error)
    pooling = commands.add_parser("pool", help="把各系统的前几条汇成评分表；或把评好的表读回成带标准答案的问题")
    pooling.add_argument("questions", type=Path, metavar="QUESTIONS", help="问题文件，每行至少有 id 和 query")
    pooling.add_argument(
        "--out", type=Path, metavar="FILE", help="写出评分表（CSV）；与 --judged 同用时写出问题（JSONL）"
    )
    pooling.add_argument("--judged", nargs="+", type=Path, metavar="SHEET", help="评好的表；两份则另算 Cohen κ")
    pooling.add_argument("--system", nargs="+", choices=tuple(SYSTEMS), metavar="NAME", help="汇哪些系统；默认全部")
    pooling.add_argument("-k", type=int, default=TOP, metavar="K", help=f"每个系统取前几条，默认 {TOP}，至多 {DEPTH}")
    pooling.add_argument("--seed", type=int, default=SEED, metavar="N", help="打乱次序的种子")
    pooling.add_argument(
        "--store", type=Path, default=Path(".store"), metavar="DIR", help="知识库所在文件夹（默认 .store）"
    )
    pooling.set_defaults(error=pooling.error)


def compare_command(options: argparse.Namespace) -> Iterator[str]:
    """Compare two reports.

    :param options: the command line; exits with 2 where it names more than two systems.
    :return: lines for standard output.
    :raises QuestionsError: when a report cannot be used.
    """
    if len(options.system) > 2:
        options.error("--system 至多两个名字")
    return report((options.reports[0], options.reports[1]), options.system, options.json)


def pool_command(options: argparse.Namespace) -> Iterator[str]:
    """Write a sheet to be judged, or read judged ones back.

    :param options: the command line; exits with 2 where it asks for neither, or for too much.
    :return: lines for standard output: what two judges agree on.
    :raises QuestionsError: when questions or sheets are at fault, or the file cannot be written.
    :raises KnowledgeBaseError: when the store or a question is.
    """
    if not (options.out or options.judged):
        options.error("请用 --out 指定评分表写到哪里，或用 --judged 给出评好的表")
    if len(options.judged or ()) > 2:
        options.error("--judged 至多两份表")
    if not 1 <= options.k <= DEPTH:
        options.error(f"-k 应在 1 到 {DEPTH} 之间，不是 {options.k}")
    topics = load_topics(options.questions)
    base = KnowledgeBase.open(options.store)
    if not options.judged:
        rows = pool(topics, systems(base, options.system or tuple(SYSTEMS)), options.k, options.seed)
        write(options.out, as_csv(rows))
        return
    sheets = [read_sheet(path, [topic.id for topic in topics], base.clauses()) for path in options.judged]
    if len(sheets) == 2:
        yield from agreement(*sheets)
    text = gold_lines(topics, settled(sheets), options.questions)
    sys.stderr.writelines(f"{line}\n" for line in cautions(topics, settled(sheets)))
    if options.out:
        write(options.out, text)
