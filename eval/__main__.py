"""python -m eval run [QUESTIONS] [--system NAME ...] [--benchmark DIR | --company DIR], export, extraction, and refusal."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.beir import write_benchmark
from eval.curve import curve_table
from eval.evaluate import add_options, evaluate, write
from eval.extraction import report
from eval.questions import QuestionsError, load_questions
from eval.records import SPLITS
from index.errors import KnowledgeBaseError
from ingest.errors import IngestError

QUESTIONS = Path(__file__).parent / "data" / "questions.jsonl"


def parse_args(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; exits with 2 on wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval", description="用带标准答案的问题评测检索。")
    commands = parser.add_subparsers(dest="command", required=True, metavar="run | export | extraction | refusal")
    command = commands.add_parser("run", help="逐题检索，按题类列出各系统的指标", description="逐题检索并列出指标。")
    command.add_argument("questions", nargs="?", type=Path, default=QUESTIONS, metavar="QUESTIONS", help="问题文件")
    add_options(command)
    command.add_argument("--split", choices=("all", *SPLITS), default="all", help="只用其中一部分问题；默认 all")
    command.add_argument(
        "--store", type=Path, default=Path(".store"), metavar="DIR", help="知识库所在文件夹（默认 .store）"
    )
    command.add_argument("--out", type=Path, metavar="DIR", help="把报告、逐题错误和 TREC 格式的结果写入此文件夹")
    giving = commands.add_parser("export", help="把条款、问题和标准答案写成 BEIR 格式的文件夹")
    giving.add_argument("questions", nargs="?", type=Path, default=QUESTIONS, metavar="QUESTIONS", help="问题文件")
    giving.add_argument(
        "--store", type=Path, default=Path(".store"), metavar="DIR", help="知识库所在文件夹（默认 .store）"
    )
    giving.add_argument("--out", type=Path, required=True, metavar="DIR", help="写入此文件夹")
    reading = commands.add_parser("extraction", help="对照人工标注，评测目标值和责任主体的读取")
    reading.add_argument(
        "--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="标注过的文件（默认 corpus）"
    )
    reading.add_argument("--samples", type=Path, metavar="DIR", help="另三份标注过的文件所在文件夹")
    refusing = commands.add_parser("refusal", help="评测“未找到依据”：各类问题的拒答比例")
    refusing.add_argument("--fit", action="store_true", help="先用 calibration 问题重新拟合 index/data/refusal.json")
    refusing.add_argument("--out", type=Path, metavar="DIR", help="把拒答曲线写入此文件夹")
    refusing.add_argument("--split", choices=("all", *SPLITS), default="all", help="只用其中一部分问题；默认 all")
    refusing.add_argument(
        "--store", type=Path, default=Path(".store"), metavar="DIR", help="知识库所在文件夹（默认 .store）"
    )
    options = parser.parse_args(arguments)
    if options.command == "run" and options.benchmark and (options.qrels or options.questions != QUESTIONS):
        command.error("--benchmark 自带问题和判定，不与 QUESTIONS、--qrels 同用")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the systems and print the table, on standard output; progress goes to standard error.

    :param arguments: the command line; None for the one the process was started with.
    :return: 0, or 1 where the questions, the store or the folder for the report is at fault.
    """
    options = parse_args(arguments)
    try:
        {"run": _evaluate, "export": _export, "extraction": _extraction, "refusal": _refusal}[options.command](options)
    except (QuestionsError, KnowledgeBaseError, IngestError) as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    return 0


def _extraction(options: argparse.Namespace) -> None:
    for line in report(options.corpus, options.samples):
        print(line)


def _refusal(options: argparse.Namespace) -> None:
    from eval import refusal
    from index.knowledge_base import KnowledgeBase
    from index.refusal import FILE, model

    base = KnowledgeBase.open(options.store)
    examples = refusal.load_examples(QUESTIONS, *(QUESTIONS.parent / name for name in refusal.FILES))
    if options.fit:
        calibration = [one for one in examples if one.split == "calibration"]
        fitted = refusal.fit(refusal.judge(calibration, base.judge))
        write(FILE.parent, {FILE.name: json.dumps(fitted, ensure_ascii=False, indent=2) + "\n"})
        model.cache_clear()
    chosen = [one for one in examples if options.split in ("all", one.split)]
    judged = refusal.judge(chosen, base.judge)
    for line in refusal.report(judged, model().threshold):
        print(line)
    if options.out:
        write(options.out, {"refusal_curve.tsv": curve_table(refusal.refusal_curve(judged))})


def _evaluate(options: argparse.Namespace) -> None:
    for text in evaluate(options):
        print(text, end="")


def _export(options: argparse.Namespace) -> None:
    from index.knowledge_base import KnowledgeBase

    base = KnowledgeBase.open(options.store)
    texts = {one.clause.clause_id: (one.headings or one.title, one.clause.text) for one in base.searcher.passages}
    write_benchmark(options.out, texts, load_questions(options.questions, base.clauses()))
    print(f"已写入 {options.out}", file=sys.stderr)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    sys.exit(main())
