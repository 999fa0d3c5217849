"""python -m eval run: every system over every base, the table, and what is written for others to check."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from eval.cache import Cache
from eval.foreign import foreign_results
from eval.questions import QuestionsError
from eval.records import Run
from eval.report import as_json, failures, table
from eval.run import collect, run
from eval.settings import COMPANY, Setting, setting_of
from eval.significance import comparison_lines
from eval.systems import DEFAULT, SYSTEMS, Means, systems
from eval.trec import write_qrels, write_run

ALL = "all"
"""Stands for every system; the one with another embedding model is among them only where a model is named."""


def add_options(command: argparse.ArgumentParser) -> None:
    """Add the options that say what is measured, beside those for questions, store and split.

    :param command: the parser of ``run``.
    """
    command.add_argument(
        "--system", nargs="+", action="extend", choices=(*SYSTEMS, ALL), metavar="NAME",
        help="要评测的系统："
        + "；".join(f"{name}（{system.title}）" for name, system in SYSTEMS.items())
        + f"；{ALL}（全部）。默认 {'、'.join(DEFAULT)}",
    )  # fmt: skip
    where = command.add_mutually_exclusive_group()
    where.add_argument("--benchmark", type=Path, metavar="DIR", help="改用 BEIR 格式文件夹里的语料、问题和判定")
    where.add_argument("--company", type=Path, metavar="DIR", help="另把文件混入该文件夹的语料再评一遍")
    command.add_argument("--cache", type=Path, metavar="DIR", help="存放建好的索引，下次直接用；默认不存")
    command.add_argument("--embedder", type=Path, metavar="DIR", help="fused-embedder 用的向量模型所在文件夹")
    command.add_argument("--qrels", type=Path, metavar="FILE", help="用这份 TREC 判定代替问题文件里的标准答案")
    command.add_argument("--run", nargs="+", type=Path, default=[], metavar="FILE", help="一并评测 TREC 格式的检索结果")
    command.add_argument("--against", metavar="NAME", help="逐一与此系统作配对随机化检验")


def evaluate(options: argparse.Namespace) -> Iterator[str]:
    """Measure and say what came of it.

    :param options: the command line.
    :return: pieces of text for standard output: the table, then the comparison that was asked for.
    :raises QuestionsError: when questions, benchmark, foreign file or a folder to write to is at fault.
    :raises KnowledgeBaseError: when the store or a model is.
    """
    _check(options)
    setting = setting_of(options)
    runs = list(_runs(setting, options))
    yield table(runs)
    if setting.by_order:
        yield "本次评测外部基准，只看次序：拒答时随附的条款照样计分。\n"
    if options.against:
        yield "\n".join(comparison_lines(runs, options.against)) + "\n"
    if options.out:
        report = as_json(runs, setting.file, options.split, setting.sha)
        write(options.out, {"report.json": report, "failures.tsv": failures(runs), **_for_others(setting, runs)})


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files, making the folder where it is not there.

    :param folder: where to.
    :param files: texts by file name.
    :raises QuestionsError: when it cannot be written.
    """
    for name, text in files.items():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            problem = f"写不进去（{error.strerror}）"
            raise QuestionsError(str(folder / name), problem, "请换一个可写的文件夹") from error
        sys.stderr.write(f"已写入 {folder / name}\n")


def _runs(setting: Setting, options: argparse.Namespace) -> Iterator[Run]:
    means = Means(Cache(options.cache), options.embedder)
    for name in _names(options):
        for suffix, base in setting.bases.items():
            sys.stderr.write(f"正在评测 {name}{suffix}（{len(setting.questions)} 题）…\n")
            search = systems(base, (name,), means)[name]
            yield run(name + suffix, search, setting.questions, setting.by_order)
    for path in options.run:
        results = foreign_results(path, setting.bases[""], setting.questions)
        yield collect(path.stem, results, setting.by_order)


def _check(options: argparse.Namespace) -> None:
    """Find out before anything is measured whether the names can be told apart, and whom to compare with is there."""
    own = [name + suffix for name in _names(options) for suffix in ("", COMPANY)[: 2 if options.company else 1]]
    every = [*own, *(path.stem for path in options.run)]
    for path in options.run:
        if every.count(path.stem) > 1:
            raise QuestionsError(str(path), f"与另一个系统重名“{path.stem}”", "请改文件名，结果以文件名为系统名")
    if options.against and (options.against not in every or len(every) < 2):
        problem = f"没有可与“{options.against}”比较的系统"
        raise QuestionsError("--against", problem, f"本次评测的有：{'、'.join(every)}，至少要两个")
    if "fused-embedder" in own and not options.embedder:
        raise QuestionsError("fused-embedder", "没有指明用哪个向量模型", "请用 --embedder 指定模型所在文件夹")


def _names(options: argparse.Namespace) -> list[str]:
    chosen = options.system or ([] if options.run else DEFAULT)
    every = [name for name in SYSTEMS if ALL in chosen and (options.embedder or name != "fused-embedder")]
    return [name for name in SYSTEMS if name in (*chosen, *every)]


def _for_others(setting: Setting, runs: list[Run]) -> dict[str, str]:
    """Judgments and rankings in TREC's format, so that others can measure with tools of their own."""
    rankings = {f"{run.system}.run": write_run(run.system, run.outcomes, setting.by_order) for run in runs}
    return {"qrels.txt": write_qrels(setting.questions), **rankings}
