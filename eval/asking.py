"""python -m eval.asking STORE QUESTIONS: how long opening a base and asking it take, in a process that does nothing else.

Prints one JSON object. Questions are pieces of the base's own sentences; where the file of them is not there yet they are
drawn and written, so that larger bases are asked the same ones.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.files import write
from eval.machine import peak_bytes
from eval.questions import QuestionsError
from index.errors import KnowledgeBaseError
from index.knowledge_base import KnowledgeBase
from index.streams import put, speak_utf8, tell

SEED, NUMBER = 20231106, 40
_PIECE = re.compile(r"[\u4e00-\u9fff\d]{6,20}")
_WARMING = "低保怎么申请"


def parse_args(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; exits with 2 on wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.asking", description="测量打开知识库和提问的用时与内存。")
    parser.add_argument("store", type=Path, metavar="STORE", help="知识库所在文件夹")
    parser.add_argument(
        "questions", type=Path, metavar="QUESTIONS", help="问题文件，每行一问；没有时从知识库抽取并写下"
    )
    parser.add_argument("--number", type=int, default=NUMBER, metavar="N", help=f"抽取几个问题，默认 {NUMBER}")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help="抽取的种子")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print.

    :param arguments: the command line; None for the one the process was started with.
    :return: 0, or 1 where the store or the file of questions is at fault.
    """
    options = parse_args(arguments)
    try:
        put(json.dumps(_measure(options), ensure_ascii=False))
    except (KnowledgeBaseError, QuestionsError) as error:
        tell(f"错误：{error}")
        return 1
    return 0


def draw(clauses: Mapping[str, str], number: int, seed: int) -> list[str]:
    """Draw pieces of sentences to ask, each of another clause.

    >>> draw({"甲/一": "（一）市民政局应当每季度公布床位数，并报告。", "甲/二": "略。"}, 5, seed=1)
    ['市民政局应当每季度公布床位数']

    :param clauses: text by clause id.
    :param number: how many; fewer where there are no more.
    :param seed: of the choice.
    :return: pieces of 6 to 20 characters without a mark in them.
    """
    choice = random.Random(seed)
    pieces = ((text, _PIECE.findall(text)) for _, text in choice.sample(sorted(clauses.items()), len(clauses)))
    return [choice.choice(found) for _, found in pieces if found][:number]


def _measure(options: argparse.Namespace) -> dict[str, object]:
    started = time.perf_counter()
    base = KnowledgeBase.open(options.store)
    opening, opened = time.perf_counter() - started, peak_bytes()
    questions = _questions(base, options)
    base.ask(_WARMING)  # the lists of words are read at the first question
    seconds, processor = [], []
    for question in questions:
        started, worked = time.perf_counter(), time.process_time()
        base.ask(question)
        seconds.append(time.perf_counter() - started)
        processor.append(time.process_time() - worked)
    keys = [one.key for one in base.documents()]
    return {
        "opening": opening,
        "seconds": seconds,
        "processor": processor,
        "opened_bytes": opened,
        "peak_bytes": peak_bytes(),
        "documents": len(keys),
        "clauses": len(base.clauses()),
        "sentences": len(base.searcher.passages),
        "number": next((key for key in keys if "〔" in key), None),
    }


def _questions(base: KnowledgeBase, options: argparse.Namespace) -> list[str]:
    if not options.questions.exists():
        drawn = draw(base.clauses(), options.number, options.seed)
        write(options.questions, "".join(f"{one}\n" for one in drawn))
    try:
        asked: list[str] = options.questions.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(str(options.questions), "读不出来", "请检查权限，并存为 UTF-8") from error
    if not asked:
        raise QuestionsError(str(options.questions), "没有问题", "请删除此文件，再从较大的知识库抽取")
    return asked


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
