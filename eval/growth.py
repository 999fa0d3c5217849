"""python -m eval.growth: what keeping and asking a base costs as it grows: first build, updates, opening, questions.

Every step is a command in a process of its own, whose time and peak memory are the step's: this process stays small, as
a child's peak is at least what its parent held when it started it. Figures belong to the machine they were taken on.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.files import table_row
from eval.machine import machine_words, maxrss_bytes
from eval.questions import QuestionsError
from index.streams import put, speak_utf8, tell

SEED = 20231106
QUESTIONS = "questions.txt"
INDEX, DRAWN = "index", "eval.drawn"
"""The program that keeps the base, and the same with vectors that are drawn."""
_TEXT_FILES = (".html", ".htm", ".txt", ".md")
_OLD, _NEW = "应当".encode(), "必须".encode()
"""What is written for what in the file that changes: words of one length, so that a page stays a page."""


@dataclass(frozen=True, slots=True)
class Took:
    """One command: seconds by the clock and of the processor, peak resident memory in bytes, exit code, what it printed."""

    seconds: float
    processor: float
    peak: int
    code: int
    output: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The files of a corpus: what the base holds at first, one to change among them, and two to add later."""

    first: tuple[Path, ...]
    changed: Path
    added: Path
    named: Path


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: its steps by name, the bytes of the store when built, and what :mod:`eval.asking` told of it."""

    files: int
    steps: dict[str, Took]
    store: int
    asked: dict[str, Any]


def parse_args(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; exits with 2 on wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.growth", description="测量知识库随文件增多的建库、更新、打开、提问用时与内存。"
    )
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="文件所在文件夹，不会改动")
    parser.add_argument("--store", type=Path, required=True, metavar="DIR", help="各规模的文件副本和知识库写入此文件夹")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N", help="各取多少份文件；默认全部")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help="取哪些文件的种子")
    parser.add_argument(
        "--drawn-vectors", action="store_true", help="句子的向量不由模型编码，而按文字为种子抽取；只量其余各步"
    )
    options = parser.parse_args(arguments)
    if options.sizes and min(options.sizes) < 1:
        parser.error("--sizes 的每个数都至少为 1")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table in Markdown.

    :param arguments: the command line; None for the one the process was started with.
    :return: 0, or 1 where a folder is at fault or a base could not be built or asked.
    """
    options = parse_args(arguments)
    try:
        measured = []
        for size in options.sizes or [0]:
            plan = planned(options.corpus, size, options.seed)
            measured.append(_measure(plan, options.store, DRAWN if options.drawn_vectors else INDEX))
            for line in table(measured[-1:]):
                tell(line)  # a larger size may take hours, and fail
        for line in table(measured, options.drawn_vectors):
            put(line)
    except QuestionsError as error:
        tell(f"错误：{error}")
        return 1
    return 0


def planned(corpus: Path, size: int, seed: int) -> Plan:
    """Choose files: those of a smaller size are among those of a larger, and what changes and is added is the same.

    :param corpus: folder of documents; folders in it are left out.
    :param size: how many files the base holds at first; 0 for all but the two that are added later.
    :param seed: of the choice.
    :return: the files.
    :raises QuestionsError: when there are too few, or none that is text and says 应当.
    """
    files = sorted(path for path in corpus.iterdir() if path.is_file()) if corpus.is_dir() else []
    if len(files) < max(size, 1) + 2:
        raise QuestionsError(
            str(corpus), f"只有 {len(files)} 份文件，不够", f"至少要 {max(size, 1) + 2} 份：另有两份留待添加"
        )
    random.Random(seed).shuffle(files)
    texts = (path for path in files if path.suffix.lower() in _TEXT_FILES and _OLD in path.read_bytes())
    changed = next(texts, None)
    if changed is None:
        raise QuestionsError(str(corpus), "没有一份写有“应当”的网页或文本文件可改", "请放入一份")
    added, named, *others = [path for path in files if path != changed]
    return Plan((changed, *others)[: size or None], changed, added, named)


def _measure(plan: Plan, folder: Path, program: str) -> Measured:
    """Take the steps on a copy of the files."""
    here = folder / str(len(plan.first))
    corpus, store = here / "corpus", here / "store"
    if here.exists():
        raise QuestionsError(str(here), "已经在那里", "请换一个 --store，或先删除它")
    try:
        corpus.mkdir(parents=True)
        for path in plan.first:
            shutil.copyfile(path, corpus / path.name)
    except OSError as error:
        raise QuestionsError(str(here), f"写不进去（{error.strerror}）", "请检查权限和磁盘空间") from error
    steps = {"首次建库": _index(program, store, "build", str(corpus))}
    if not (store / "CURRENT").exists():
        raise QuestionsError(str(store), "没有建成知识库", steps["首次建库"].output.strip()[-300:])
    size = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    asking = timed([sys.executable, "-m", "eval.asking", str(store), str(folder / QUESTIONS)])
    if asking.code:
        raise QuestionsError(str(store), "不能提问", asking.output.strip()[-300:])
    asked = json.loads(asking.output.splitlines()[-1])
    steps |= _kept(program, plan, corpus, store, str(asked["number"]))
    return Measured(len(plan.first), steps, size, asked)


def _kept(program: str, plan: Plan, corpus: Path, store: Path, number: str) -> dict[str, Took]:
    """Keep the base up to date through one change after another."""
    steps = {}

    def update(name: str) -> None:
        steps[name] = _index(program, store, "update", str(corpus))

    update("更新：无变化")
    changed = corpus / plan.changed.name
    changed.write_bytes(changed.read_bytes().replace(_OLD, _NEW, 1))
    update("更新：改一份")
    shutil.copyfile(plan.added, corpus / plan.added.name)
    update("更新：多一份")
    (corpus / plan.added.name).unlink()
    update("更新：少一份")
    steps["add 一份"] = _index(program, store, "add", str(plan.named))
    steps["remove 一份"] = _index(program, store, "remove", number)
    return steps


def _index(program: str, store: Path, command: str, *arguments: str) -> Took:
    return timed([sys.executable, "-m", program, command, *arguments, "--store", str(store)])


def timed(command: Sequence[str]) -> Took:
    """Run a command and wait for it.

    :param command: the program and its arguments; what it prints on standard error is shown, its standard output kept.
    :return: what it took; without wait4(2), as on Windows, processor and peak are 0.
    """
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", errors="replace") as process:
        output = process.stdout.read() if process.stdout else ""
        if not hasattr(os, "wait4"):
            return Took(time.perf_counter() - started, 0.0, 0, process.wait(), output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    return Took(seconds, usage.ru_utime + usage.ru_stime, maxrss_bytes(usage.ru_maxrss), process.returncode, output)


def table(measured: Sequence[Measured], drawn: bool = False) -> Iterator[str]:
    """Put what was measured in a table of Markdown, a column a size.

    :param measured: at least one size.
    :param drawn: whether the vectors of sentences were drawn.
    :return: lines, the machine first.
    """
    yield f"机器：{machine_words()}"
    if drawn:
        yield _SAID_OF_DRAWN
    yield ""
    yield table_row(["", *(f"{one.files:,} 份文件" for one in measured)])
    yield table_row(["---", *("---:" for _ in measured)])
    for name, worth in _FACTS.items():
        yield table_row([name, *map(worth, measured)])
    for name in measured[0].steps:
        yield table_row([name, *(_words(one.steps[name]) for one in measured)])
    yield table_row(["无变化更新占首次建库", *map(_share, measured)])
    for before, after in zip(measured, measured[1:], strict=False):
        times = after.files / before.files
        slower = statistics.median(after.asked["seconds"]) / statistics.median(before.asked["seconds"])
        yield f"\n{before.files:,} 到 {after.files:,} 份：文件 {times:.1f} 倍，提问中位数 {slower:.1f} 倍"


def _share(one: Measured) -> str:
    again, first = one.steps["更新：无变化"], one.steps["首次建库"]
    return f"{again.seconds / first.seconds:.1%}" if again.code in (0, 1) else "—"


def _words(took: Took) -> str:
    """Put a step in words; code 1 may be that of a base with files at fault, code 2 of a command that there is not."""
    if took.code not in (0, 1):
        return f"—（退出码 {took.code}）"
    taken = f"{took.seconds:.2f} 秒（处理器 {took.processor:.2f} 秒）"
    return f"{taken}，{took.peak / 2**20:.0f} MiB" + ("（退出码 1）" if took.code else "")


def _percentile(seconds: Sequence[float], share: float) -> float:
    """Give the least of the times within which that share of the questions was answered, in milliseconds."""
    return sorted(seconds)[max(0, -int(-share * len(seconds) // 1) - 1)] * 1000


_SAID_OF_DRAWN = (
    "句子的向量是抽取的（以文字为种子，长度为 1），没有用模型编码：首次建库和各次更新都不含编码用时。"
    "其余照常：读取、切分、计数、写库、打开，问题由自带模型编码，在全部向量里精确查找。"
)
_FACTS = {
    "文件（去掉重复版式）": lambda one: f"{one.asked['documents']:,}",
    "条款": lambda one: f"{one.asked['clauses']:,}",
    "句子": lambda one: f"{one.asked['sentences']:,}",
    "知识库大小": lambda one: f"{one.store / 2**20:.0f} MiB",
    "打开": lambda one: f"{one.asked['opening']:.2f} 秒",
    "打开后内存": lambda one: f"{(one.asked['opened_bytes'] or 0) / 2**20:.0f} MiB",
    "提问中位数": lambda one: f"{statistics.median(one.asked['seconds']) * 1000:.0f} 毫秒",
    "提问中位数，处理器": lambda one: f"{statistics.median(one.asked['processor']) * 1000:.0f} 毫秒",
    "提问 90% 以内": lambda one: f"{_percentile(one.asked['seconds'], 0.9):.0f} 毫秒",
    "提问后内存": lambda one: f"{(one.asked['peak_bytes'] or 0) / 2**20:.0f} MiB",
}
"""What is said of a base as it was built, each by its name."""


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
