"""The subcommands of ``python -m eval``: their options, and what they do; each gives lines for standard output."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from eval import docs, extraction, quotations, reading, refusal, slips, targets
from eval.annotations import HALVES, load_annotations
from eval.evaluate import add_options, evaluate
from eval.files import write
from eval.formats.beir import write_benchmark
from eval.formats.feedback import as_lines, judging_of, questions_of, read_feedback
from eval.judging.gold import agreement, cautions, gold_lines, settled
from eval.judging.pool import given_answers, load_topics, pool
from eval.judging.sheet import as_csv, read_sheet
from eval.measures.curve import curve_table
from eval.measures.metrics import SEED
from eval.offices import ablation, fitting
from eval.offices.base import FOLDER, open_base
from eval.offices.evaluate import fitter_of, ground_of, shown_of
from eval.questions import QUESTIONS, load_questions
from eval.records import SPLITS
from eval.report import compare_text as compare_output
from eval.systems.registry import DEFAULT, DEPTH, LISTING_CLAUSES, systems
from index.knowledge_base import KnowledgeBase
from index.search.refusal import model
from ingest.targets.signs import WEIGHTS as SIGN_WEIGHTS

TOP = 10
"""How many clauses of each system are pooled where no other number is asked for."""


def parser() -> argparse.ArgumentParser:
    """Make the parser of the command line.

    :return: the parser; what it reads has the subcommand under ``do``, and ``error`` to exit with 2.
    """
    whole = argparse.ArgumentParser(prog="python -m eval", description="用带标准答案的问题评测检索。")
    names = "run | compare | pool | feedback | export | extraction | fit | refusal | reading | targets | quotations | slips | ablate | docs"
    commands = whole.add_subparsers(dest="command", required=True, metavar=names)
    for name, (text, add, do) in _COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text)
        add(command)
        command.set_defaults(do=do, error=command.error)
    return whole


def _add_store(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--store", type=Path, default=Path(".store"), metavar="DIR", help="知识库所在文件夹（默认 .store）"
    )


def _add_questions(command: argparse.ArgumentParser) -> None:
    command.add_argument("questions", nargs="?", type=Path, default=QUESTIONS, metavar="QUESTIONS", help="问题文件")


def _add_split(command: argparse.ArgumentParser) -> None:
    command.add_argument("--split", choices=("all", *SPLITS), default="all", help="只用其中一部分问题；默认 all")


def _add_run(command: argparse.ArgumentParser) -> None:
    _add_questions(command)
    add_options(command)
    _add_split(command)
    _add_store(command)


def _add_compare(command: argparse.ArgumentParser) -> None:
    command.add_argument("reports", nargs=2, type=Path, metavar="REPORT", help="前后两份 report.json")
    command.add_argument(
        "--system", nargs="+", default=[], metavar="NAME", help="只比这个系统；给两个名字则以前一份的前者比后一份的后者"
    )
    command.add_argument("--json", action="store_true", help="输出一个 JSON 对象")


def _compare(options: argparse.Namespace) -> Iterator[str]:
    if len(options.system) > 2:
        options.error("--system 至多两个名字")
    return compare_output.report((options.reports[0], options.reports[1]), options.system, options.json)


def _add_pool(command: argparse.ArgumentParser) -> None:
    command.add_argument("questions", type=Path, metavar="QUESTIONS", help="问题文件，每行至少有 id 和 query")
    command.add_argument(
        "--out", type=Path, metavar="FILE", help="写出评分表（CSV）；与 --judged 同用时写出问题（JSONL）"
    )
    command.add_argument("--judged", nargs="+", type=Path, metavar="SHEET", help="评好的表；两份则另算 Cohen κ")
    command.add_argument(
        "--system", nargs="+", choices=LISTING_CLAUSES, default=DEFAULT, metavar="NAME",
        help=f"汇哪些系统：{'、'.join(LISTING_CLAUSES)}；默认 {'、'.join(DEFAULT)}",
    )  # fmt: skip
    command.add_argument("-k", type=int, default=TOP, metavar="K", help=f"每个系统取前几条，默认 {TOP}，至多 {DEPTH}")
    command.add_argument("--seed", type=int, default=SEED, metavar="N", help="打乱次序的种子")
    _add_store(command)


def _pool(options: argparse.Namespace) -> Iterator[str]:
    """Write a sheet to be judged, or read judged ones back and say what two judges agree on."""
    if not (options.out or options.judged):
        options.error("请用 --out 指定评分表写到哪里，或用 --judged 给出评好的表")
    if len(options.judged or ()) > 2:
        options.error("--judged 至多两份表")
    if not 1 <= options.k <= DEPTH:
        options.error(f"-k 应在 1 到 {DEPTH} 之间，不是 {options.k}")
    topics = load_topics(options.questions)
    base = KnowledgeBase.open(options.store)
    if not options.judged:
        searches = systems(base, options.system, depth=options.k)
        known = base.clauses()
        clauses = {id_: base.show(id_) for topic in topics for id_ in given_answers(topic) if id_ in known}
        write(options.out, as_csv(pool(topics, searches, options.k, options.seed, clauses)))
        return
    sheets = [read_sheet(path, [topic.id for topic in topics], base.clauses()) for path in options.judged]
    if len(sheets) == 2:
        yield from agreement(*sheets)
    text = gold_lines(topics, settled(sheets), options.questions)
    sys.stderr.writelines(f"{line}\n" for line in cautions(topics, settled(sheets)))
    if options.out:
        write(options.out, text)


def _add_feedback(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="网页记下的评价（知识库旁的 …-feedback.jsonl）")
    command.add_argument(
        "--judge", action="store_true", help="改为列出有人评为没用的问题，供 python -m eval pool 汇评分表"
    )


def _feedback(options: argparse.Namespace) -> Iterator[str]:
    """Print what was useful as questions, what was not as topics to be judged, and say how many the other are."""
    every = read_feedback(options.file)
    useful, others = questions_of(every), judging_of(every)
    sys.stderr.write(f"有用的 {len(useful)} 题，须评判的 {len(others)} 题\n")
    yield from as_lines(others if options.judge else useful)


def _add_export(command: argparse.ArgumentParser) -> None:
    _add_questions(command)
    _add_store(command)
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="写入此文件夹")


def _export(options: argparse.Namespace) -> Iterator[str]:
    base = KnowledgeBase.open(options.store)
    texts = {one.clause.clause_id: (one.headings or one.title, one.clause.text) for one in base.searcher.passages}
    write_benchmark(options.out, texts, load_questions(options.questions, base.clauses()))
    yield from ()


def _add_fit(command: argparse.ArgumentParser) -> None:
    command.add_argument("--offices", type=Path, required=True, metavar="DIR", help="别的单位的文件所在文件夹")
    command.add_argument("--cache", type=Path, metavar="DIR", help="存放知识库和索引，下次直接用；默认 .offices")
    command.add_argument("--write", action="store_true", help="用全部问题拟合，写下 ranking.json 和 refusal.json")
    _add_store(command)


def _fit(options: argparse.Namespace) -> Iterator[str]:
    ground = ground_of(options.offices, options.cache)
    home = fitting.home_of(KnowledgeBase.open(options.store))
    return fitting.report(fitter_of(ground, shown_of(ground, TOP), home), options.write)


def _add_extraction(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="标注过的文件（默认 corpus）"
    )
    command.add_argument("--samples", type=Path, metavar="DIR", help="另三份标注过的文件所在文件夹")


def _extraction(options: argparse.Namespace) -> Iterator[str]:
    return extraction.report(options.corpus, options.samples)


def _add_refusal(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", type=Path, metavar="DIR", help="把拒答曲线写入此文件夹")
    _add_split(command)
    _add_store(command)


def _refusal(options: argparse.Namespace) -> Iterator[str]:
    base = KnowledgeBase.open(options.store)
    folder = QUESTIONS.parent
    examples = refusal.load_examples((QUESTIONS, folder / refusal.EVERYDAY), [folder / name for name in refusal.FILES])
    chosen = [one for one in examples if options.split in ("all", one.split)]
    judged = refusal.judge(chosen, base.judge)
    yield from refusal.report(judged, model().stated.threshold)
    if options.out:
        write(options.out / "refusal_curve.tsv", curve_table(refusal.refusal_curve(judged)))


def _add_reading(command: argparse.ArgumentParser) -> None:
    command.add_argument("--offices", type=Path, required=True, metavar="DIR", help="标注过的文件所在文件夹")
    command.add_argument(
        "--half",
        choices=HALVES,
        default="tuning",
        help="哪一部分；sealed、later、unseen、last 只在读法定下之后各用一次",
    )
    command.add_argument("--failures", action="store_true", help="逐份列出读错的地方")


def _reading(options: argparse.Namespace) -> Iterator[str]:
    annotations = load_annotations(HALVES[options.half])
    readings = reading.read_all(options.offices, annotations)
    judged = [reading.judge(*pair) for pair in zip(annotations, readings, strict=True)]
    return reading.report(judged, options.failures)


def _add_targets(command: argparse.ArgumentParser) -> None:
    command.add_argument("--offices", type=Path, required=True, metavar="DIR", help="标注过的文件所在文件夹")
    command.add_argument("--fit", action="store_true", help="用全部标注拟合，写下新的权重")


def _targets(options: argparse.Namespace) -> Iterator[str]:
    examples = targets.load_examples(options.offices)
    yield from targets.report(examples)
    if options.fit:
        fitted = targets.fit(examples.every)
        fitted.save(SIGN_WEIGHTS)
        yield f"已写下 {len(fitted.weights)} 个权重：{SIGN_WEIGHTS}"


def _add_quotations(command: argparse.ArgumentParser) -> None:
    command.add_argument("--offices", type=Path, required=True, metavar="DIR", help="别的单位的文件所在文件夹")
    command.add_argument("--store", type=Path, metavar="DIR", help="这些文件已建好的知识库；不给则现建")
    command.add_argument("--half", choices=tuple(quotations.HALVES), help="只评其中一组（默认六组）")
    command.add_argument("--failures", action="store_true", help="列出判错的地方")
    command.add_argument("--cache", type=Path, metavar="DIR", help="存放知识库，下次直接用；默认 .offices")


def _quotations(options: argparse.Namespace) -> Iterator[str]:
    base = KnowledgeBase.open(options.store) if options.store else open_base(options.offices, options.cache or FOLDER)
    halves = [options.half] if options.half else list(quotations.HALVES)
    return quotations.report(base, halves, options.failures)


def _add_slips(command: argparse.ArgumentParser) -> None:
    command.add_argument("--offices", type=Path, required=True, metavar="DIR", help="别的单位的文件所在文件夹")
    command.add_argument("--corpus", type=Path, metavar="DIR", help="自家文件所在文件夹；不给则不测自家文件的题")
    command.add_argument("--failures", action="store_true", help="列出没改对的题和误改的题")
    command.add_argument("--cache", type=Path, metavar="DIR", help="存放知识库，下次直接用；默认 .offices")


def _slips(options: argparse.Namespace) -> Iterator[str]:
    folder = options.cache or FOLDER
    home = open_base(options.corpus, folder) if options.corpus else None
    return slips.report(open_base(options.offices, folder), home, slips.load(), options.failures)


def _add_ablate(command: argparse.ArgumentParser) -> None:
    command.add_argument("--offices", type=Path, required=True, metavar="DIR", help="别的单位的文件所在文件夹")
    command.add_argument(
        "--part", nargs="+", action="extend", choices=tuple(ablation.PARTS), metavar="NAME",
        help="只去掉这些："
        + "；".join(f"{name}（{part.title}）" for name, part in ablation.PARTS.items())
        + "。默认逐一去掉全部",
    )  # fmt: skip
    command.add_argument("--cache", type=Path, metavar="DIR", help="存放知识库和索引，下次直接用；默认 .offices")


def _ablate(options: argparse.Namespace) -> Iterator[str]:
    whole = ablation.Ablation(ground_of(options.offices, options.cache))
    return ablation.report(whole, options.part or list(ablation.PARTS))


def _add_docs(command: argparse.ArgumentParser) -> None:
    command.add_argument("--write", action="store_true", help="把实测的数字写进 README 和 docs")
    _add_store(command)


def _docs(options: argparse.Namespace) -> Iterator[str]:
    return docs.update(KnowledgeBase.open(options.store), to_write=options.write)


_Add = Callable[[argparse.ArgumentParser], None]
_Do = Callable[[argparse.Namespace], Iterator[str]]
_COMMANDS: dict[str, tuple[str, _Add, _Do]] = {
    "run": ("逐题检索，按题类列出各系统的指标", _add_run, evaluate),
    "compare": ("两份 report.json 逐题相比：胜负、各题类、随机化检验", _add_compare, _compare),
    "pool": ("把各系统的前几条汇成评分表；或把评好的表读回成带标准答案的问题", _add_pool, _pool),
    "feedback": ("把网页上的评价写成问题文件：有用的带所示条款，没用的供评判", _add_feedback, _feedback),
    "export": ("把条款、问题和标准答案写成 BEIR 格式的文件夹", _add_export, _export),
    "extraction": ("对照人工标注，评测目标值和责任主体的读取", _add_extraction, _extraction),
    "fit": ("排序和拒答的权重：拟合于别的单位，在留出的单位上评测；--write 写下", _add_fit, _fit),
    "refusal": ("评测三种答法：各类问题未标“原文写明”的比例", _add_refusal, _refusal),
    "targets": ("按单位留出，评测哪些数字算目标值；--fit 重新拟合", _add_targets, _targets),
    "reading": ("对照人工标注，评测别的单位的文件读得对不对", _add_reading, _reading),
    "quotations": ("评测引文校核：各种判定的准确率和召回率", _add_quotations, _quotations),
    "slips": ("评测错字：改对、改错和误改各多少", _add_slips, _slips),
    "ablate": ("逐一去掉各词表、量和规则，在留出的单位上评测少了什么", _add_ablate, _ablate),
    "docs": ("重测 README 和 docs 里的数字，看是否一致", _add_docs, _docs),
}
