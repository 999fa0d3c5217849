"""python -m eval run [QUESTIONS] [--system NAME ...] [--split SPLIT] [--store DIR] [--out DIR], compare, pool, extraction, refusal."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval import refusal
from eval.commands import add_commands, compare_command, pool_command
from eval.extraction import report
from eval.files import report_files, write
from eval.questions import QuestionsError, load_questions, select
from eval.records import SPLITS, Question, Run
from eval.report import table
from eval.run import SYSTEMS, run, systems
from index.errors import KnowledgeBaseError
from ingest.errors import IngestError

if TYPE_CHECKING:
    from index.knowledge_base import KnowledgeBase

QUESTIONS = Path(__file__).parent / "data" / "questions.jsonl"


def parse_args(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; exits with 2 on wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval", description="用带标准答案的问题评测检索。")
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="run | compare | pool | extraction | refusal"
    )
    command = commands.add_parser("run", help="逐题检索，按题类列出各系统的指标", description="逐题检索并列出指标。")
    command.add_argument("questions", nargs="?", type=Path, default=QUESTIONS, metavar="QUESTIONS", help="问题文件")
    command.add_argument(
        "--system", nargs="+", action="extend", choices=tuple(SYSTEMS), metavar="NAME",
        help="要评测的系统：" + "、".join(SYSTEMS) + "；默认全部",
    )  # fmt: skip
    command.add_argument("--split", choices=("all", *SPLITS), default="all", help="只用其中一部分问题；默认 all")
    command.add_argument(
        "--store", type=Path, default=Path(".store"), metavar="DIR", help="知识库所在文件夹（默认 .store）"
    )
    command.add_argument(
        "--out", type=Path, metavar="DIR", help="把 report.html、report.json 和 failures.tsv 写入此文件夹"
    )
    add_commands(commands)
    reading = commands.add_parser("extraction", help="对照人工标注，评测目标值和责任主体的读取")
    reading.add_argument(
        "--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="标注过的文件（默认 corpus）"
    )
    reading.add_argument("--samples", type=Path, metavar="DIR", help="另三份标注过的文件所在文件夹")
    refusing = commands.add_parser("refusal", help="评测“未找到依据”：各类问题的拒答比例")
    refusing.add_argument("--fit", action="store_true", help="先用 calibration 问题重新拟合 index/data/refusal.json")
    refusing.add_argument("--split", choices=("all", *SPLITS), default="all", help="只用其中一部分问题；默认 all")
    refusing.add_argument(
        "--store", type=Path, default=Path(".store"), metavar="DIR", help="知识库所在文件夹（默认 .store）"
    )
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the systems and print the table, on standard output; progress goes to standard error.

    :param arguments: the command line; None for the one the process was started with.
    :return: 0, or 1 where the questions, the store or the folder for the report is at fault.
    """
    options = parse_args(arguments)
    try:
        _COMMANDS[options.command](options)
    except (QuestionsError, KnowledgeBaseError, IngestError) as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    return 0


def _compare(options: argparse.Namespace) -> None:
    for line in compare_command(options):
        print(line)


def _pool(options: argparse.Namespace) -> None:
    for line in pool_command(options):
        print(line)


def _extraction(options: argparse.Namespace) -> None:
    for line in report(options.corpus, options.samples):
        print(line)


def _refusal(options: argparse.Namespace) -> None:
    from index.knowledge_base import KnowledgeBase
    from index.refusal import FILE, model

    base = KnowledgeBase.open(options.store)
    examples = refusal.load_examples(QUESTIONS, *(QUESTIONS.parent / name for name in refusal.FILES))
    if options.fit:
        calibration = [one for one in examples if one.split == "calibration"]
        fitted = refusal.fit(refusal.judge(calibration, base.judge))
        write(FILE, json.dumps(fitted, ensure_ascii=False, indent=2) + "\n")
        model.cache_clear()
    chosen = [one for one in examples if options.split in ("all", one.split)]
    for line in refusal.report(refusal.judge(chosen, base.judge), model().threshold):
        print(line)


def _evaluate(options: argparse.Namespace) -> None:
    from index.knowledge_base import KnowledgeBase

    base = KnowledgeBase.open(options.store)
    questions = select(load_questions(options.questions, base.clauses()), options.split)
    if not questions:
        raise QuestionsError(str(options.questions), f"没有 split 为 {options.split} 的问题", "请换一个 --split")
    runs = _runs(base, options.system or tuple(SYSTEMS), questions)
    print(table(runs), end="")
    if options.out:
        own = options.questions.resolve() == QUESTIONS.resolve()
        more = [QUESTIONS.parent / name for name in refusal.FILES] if own else []
        for name, text in report_files(base, options.store, runs, options.questions, options.split, more).items():
            write(options.out / name, text)


def _runs(base: KnowledgeBase, names: Sequence[str], questions: Sequence[Question]) -> list[Run]:
    runs = []
    for name, search in systems(base, names).items():
        print(f"正在评测 {name}（{len(questions)} 题）…", file=sys.stderr)
        runs.append(run(name, search, questions))
    return runs


_COMMANDS = {"run": _evaluate, "compare": _compare, "pool": _pool, "extraction": _extraction, "refusal": _refusal}


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    sys.exit(main())
