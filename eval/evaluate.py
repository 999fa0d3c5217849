"""python -m eval run: every system over every base, the table, and the files of a report."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval import refusal
from eval.files import write
from eval.formats.foreign import foreign_results
from eval.formats.trec import write_qrels, write_run
from eval.measures.significance import comparison_lines
from eval.offices import evaluate as offices
from eval.questions import QUESTIONS, QuestionsError
from eval.records import Run
from eval.report.page import as_html
from eval.report.provenance import digest, provenance
from eval.report.results import as_json, refusal_results, results
from eval.report.text import failures, table
from eval.run import collect, run
from eval.settings import Setting, setting_of
from eval.systems.cache import Cache
from eval.systems.registry import COMPANY, DEFAULT, SYSTEMS, Means, systems
from index.knowledge_base import KnowledgeBase
from index.search.refusal import model
from index.store import generations as stores

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
    where.add_argument("--offices", type=Path, metavar="DIR", help="改在别的单位的文件上评测（eval/data/offices）")
    where.add_argument("--company", type=Path, metavar="DIR", help="另把文件混入该文件夹的语料再评一遍")
    command.add_argument("--folds", action="store_true", help="与 --offices 同用：以单位为折，拟合的在留出的单位上评测")
    command.add_argument(
        "--cache", type=Path, metavar="DIR", help="存放建好的索引，下次直接用；默认不存，--offices 存在 .offices"
    )
    command.add_argument("--embedder", type=Path, metavar="DIR", help="fused-embedder 用的向量模型所在文件夹")
    command.add_argument("--qrels", type=Path, metavar="FILE", help="用这份 TREC 判定代替问题文件里的标准答案")
    command.add_argument("--run", nargs="+", type=Path, default=[], metavar="FILE", help="一并评测 TREC 格式的检索结果")
    command.add_argument("--against", metavar="NAME", help="逐一与此系统作配对随机化检验")
    command.add_argument("--out", type=Path, metavar="DIR", help="把报告、逐题错误和 TREC 格式的结果写入此文件夹")


def evaluate(options: argparse.Namespace) -> Iterator[str]:
    """Measure and say what came of it.

    :param options: the command line; exits with 2 where it asks for what does not go together.
    :return: lines for standard output: the table, then the comparison that was asked for.
    :raises QuestionsError: when questions, benchmark, foreign file or a folder to write to is at fault.
    :raises KnowledgeBaseError: when the store or a model is.
    """
    _check(options)
    if options.offices:
        yield from offices.evaluate(options)
        return
    setting = setting_of(options)
    runs = list(_runs(setting, options))
    yield from table(runs)
    if options.against:
        yield from comparison_lines(runs, options.against)
    if options.out:
        for name, text in (report_files(setting, runs, options) | _for_others(setting, runs)).items():
            write(options.out / name, text)


def report_files(setting: Setting, runs: Sequence[Run], options: argparse.Namespace) -> dict[str, str]:
    """Make the files of a report.

    :param setting: what was measured; only the product's own base says how it was built and what it refuses.
    :param runs: runs of several systems over its questions.
    :param options: ``store``, ``questions``, ``split``, ``run`` and ``embedder``.
    :return: texts by file name; the page is made of what stands in report.json.
    """
    found = results(runs, setting.file, options.split, _facts(setting, options), setting.show)
    if setting.own:
        found["refusal"] = _refusal(setting.own, options)
    text = as_json(found)
    return {"report.json": text, "report.html": as_html(json.loads(text)), "failures.tsv": failures(runs)}


def _facts(setting: Setting, options: argparse.Namespace) -> Mapping[str, Any]:
    if setting.own:
        facts = provenance(stores.read(options.store).facts, setting.own.documents())
    else:
        embedder = setting.bases[""].searcher.embedder
        model_ = {"name": None, "dimension": embedder.dimension, "fingerprint": embedder.fingerprint}
        facts = provenance({"embedder": model_}, ())
    facts |= setting.about
    if options.run:
        facts["rankings"] = {path.name: digest(path) for path in options.run}
    return facts | ({"other_embedder": options.embedder.name} if options.embedder else {})


def _refusal(base: KnowledgeBase, options: argparse.Namespace) -> dict[str, Any]:
    own = options.questions.resolve() == QUESTIONS.resolve()
    more = [QUESTIONS.parent / name for name in refusal.FILES] if own else []
    examples = refusal.load_examples([options.questions], more)
    chosen = [one for one in examples if options.split in ("all", one.split)]
    return refusal_results(refusal.judge(chosen, base.judge), model().stated.threshold, more)


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
    if options.folds and not options.offices:
        options.error("--folds 与 --offices 同用")
    if options.benchmark and (options.qrels or options.questions != QUESTIONS):
        options.error("--benchmark 自带问题和判定，不与 QUESTIONS、--qrels 同用")
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


def _for_others(setting: Setting, runs: Sequence[Run]) -> dict[str, str]:
    """Judgments and rankings in TREC's format, so that others can measure with tools of their own."""
    rankings = {f"{run.system}.run": write_run(run.system, run.outcomes, setting.by_order) for run in runs}
    return {"qrels.txt": write_qrels(setting.questions), **rankings}
