"""python -m eval.scale: what a base of a thousand to a million clauses costs: building, opening, asking, and what is found.

Each stage runs in processes of its own and leaves its figures in the folder of its size; what is there is not done again.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.questions import QuestionsError
from eval.scale.asking import ask
from eval.scale.building import Plan, build
from eval.scale.page import page
from eval.scale.stages import StageError, kept
from index.streams import put, speak_utf8, tell


def parse_args(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; exits with 2 on wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.scale",
        description="测量一千到一百万条款的知识库：建库、打开、提问的用时与内存，以及查全。",
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000], metavar="N")
    parser.add_argument("--training", type=Path, required=True, metavar="DIR", help="公文语料所在文件夹（法规文本）")
    parser.add_argument(
        "--benchmark", type=Path, required=True, metavar="DIR", help="STARD 所在文件夹，问题和法条取自它"
    )
    parser.add_argument(
        "--vectors",
        type=Path,
        required=True,
        metavar="FILE",
        help="法条的向量：python -m eval run --cache 存下的 vectors.npy",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="各规模的知识库和量得的数写入此文件夹")
    parser.add_argument(
        "--distinct",
        type=int,
        default=1000,
        metavar="N",
        help="编造的段里前几段各有各的文字，其后是它们换了文号和向量的复本",
    )
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="同时写几段，默认 2")
    parser.add_argument("--questions", type=int, default=300, metavar="N", help="问几个问题，默认 300")
    parser.add_argument("--write", type=Path, metavar="FILE", help="把各表和曲线写入此文件（Markdown）的标记之间")
    options = parser.parse_args(arguments)
    if min(*options.sizes, options.distinct, options.workers, options.questions) < 1:
        parser.error("--sizes、--distinct、--workers、--questions 都至少为 1")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print or write the page.

    :param arguments: the command line; None for the one the process was started with.
    :return: 0, or 1 where a folder is at fault or a base could not be built or asked.
    """
    options = parse_args(arguments)
    try:
        measured = [_measured(size, options) for size in options.sizes]
        text = page(measured)
        if options.write:
            text.into(options.write)
        else:
            put(text.tables)
    except (QuestionsError, StageError) as error:
        tell(f"错误：{error}")
        return 1
    return 0


def _measured(size: int, options: argparse.Namespace) -> dict[str, Any]:
    here = options.out / str(size)
    plan = Plan(options.training, options.benchmark, options.vectors, options.distinct, options.out / "segments")
    built = kept(here / "built.json", build, plan, size, here / "store", options.workers)
    asked = kept(here / "asked.json", ask, here / "store", options.training, options.benchmark, options.questions)
    return {"size": size, **built, **asked}


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
