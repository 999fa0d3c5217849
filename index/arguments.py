"""The command line of :mod:`index`: its commands and their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from index.errors import QueryError
from index.search.milvus.address import address_of

DEFAULT_CORPUS, DEFAULT_STORE = Path("corpus"), Path(".store")


def parse_args(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; wrong usage ends the program with exit code 2.

    :param arguments: what stands after ``python -m index``.
    :return: the options; ``command`` names the command.
    """
    parser = argparse.ArgumentParser(prog="python -m index", description="政策文件知识库：建库、搜索、查看条款")
    commands = parser.add_subparsers(dest="command", required=True, metavar=" | ".join(_COMMANDS))
    made = {}
    for name, (text, add) in _COMMANDS.items():
        made[name] = commands.add_parser(name, help=text, description=text)
        add(made[name])
    options = parser.parse_args(arguments)
    if "store" in options:
        _place(options, made[options.command])
    if options.command == "search" and (options.question is None) == (options.batch is None):
        made["search"].error("请给出一个问题，或用 --batch 给出问题文件（二者选一）")
    return options


def store_options(command: argparse.ArgumentParser) -> None:
    """Add the options that say where the base lies; :func:`place_of` reads them.

    :param command: that takes them.
    """
    command.add_argument(
        "--store", default=str(DEFAULT_STORE), metavar="STORE",
        help="知识库所在文件夹（默认 .store），或 Milvus 地址，如 milvus://主机:19530/库名、milvus+lite://文件.db/库名",
    )  # fmt: skip
    command.add_argument(
        "--texts", type=Path, metavar="DIR", help="--store 是 Milvus 地址时，原文所在文件夹（默认 .store）"
    )


def place_of(options: argparse.Namespace) -> tuple[Path, str | None]:
    """Tell where the base lies.

    :param options: with those of :func:`store_options`.
    :return: folder of the store, and the address in Milvus of what finds clauses, None for the folder itself.
    :raises QueryError: when the address is none, or a folder of texts is given without one.
    """
    if "://" in options.store:
        return options.texts or DEFAULT_STORE, str(address_of(options.store))
    if options.texts:
        raise QueryError("--texts 只与 Milvus 地址同用", "文件夹请用 --store 给出")
    return Path(options.store), None


def is_for_one_process(vectors: str | None) -> bool:
    """Tell whether what finds clauses can be open in one process only: a file of milvus-lite.

    :param vectors: an address in Milvus; None for the store's own indexes.
    :return: whether it can.
    """
    return vectors is not None and address_of(vectors).file is not None


def _place(options: argparse.Namespace, command: argparse.ArgumentParser) -> None:
    """Read where the base lies; ``store`` is then its folder, ``vectors`` its address in Milvus or None."""
    try:
        folder, vectors = place_of(options)
    except QueryError as error:
        command.error(str(error))
    if options.command == "publish" and vectors is None:
        command.error("publish 要用 --store 给出 Milvus 地址，如 milvus://主机:19530/库名")
    options.store, options.vectors = folder, vectors


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="输出 JSON")


def _ray(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--ray", metavar="ADDRESS", help="文件交给 ray 集群读：local、auto 或 主机:端口（默认只用本机各处理器）"
    )


def _as_of(command: argparse.ArgumentParser, text: str) -> None:
    command.add_argument("--as-of", metavar="日期", help=f"{text}，如 2022-06-30 或 2022年6月30日")


def _question(command: argparse.ArgumentParser) -> None:
    command.add_argument("--document", metavar="字号", help="只查这一份文件")
    _as_of(command, "按这一天的效力回答，当时不在施行的文件不查")
    command.add_argument("--issuer", action="append", default=[], metavar="机关", help="只查这个发文机关的文件；可重复")
    command.add_argument(
        "--year", action="append", default=[], type=int, metavar="年", help="只查成文日期在这一年的文件；可重复"
    )
    command.add_argument(
        "--kind", action="append", default=[], metavar="文种", help="只查这个文种的文件，如 通知、意见、规划；可重复"
    )
    command.add_argument("--reranker", metavar="MODEL", help="用此交叉编码模型重排前几条：文件夹或名称（默认不用）")
    _json(command)
    store_options(command)


def _build(command: argparse.ArgumentParser) -> None:
    command.add_argument("corpus", nargs="?", type=Path, default=DEFAULT_CORPUS, help="文件夹（默认 corpus）")
    command.add_argument("--model", help="sentence-transformers 模型：文件夹或名称（默认用自带模型）")
    command.add_argument("--query-prompt", help="模型要求加在问题前的提示语（默认用模型自己写明的）")
    command.add_argument("--passage-prompt", help="模型要求加在原文前的提示语（默认用模型自己写明的）")
    command.add_argument("--truncate", type=int, metavar="N", help="只用向量的前 N 维（模型支持 Matryoshka 截断时）")
    command.add_argument(
        "--batch-size", type=int, default=256, metavar="N", help="每批多少句（默认 256；显存小时调小）"
    )
    command.add_argument("--device", help="模型所用设备，如 cpu、cuda；默认自动选择")
    _ray(command)
    _json(command)
    store_options(command)


def _update(command: argparse.ArgumentParser) -> None:
    command.add_argument("corpus", nargs="?", type=Path, help="文件夹（默认知识库原来的文件夹）")
    _ray(command)
    _json(command)
    store_options(command)


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="要加入的文件；不在语料文件夹里的会复制进去"
    )
    command.add_argument("--replace", action="store_true", help="用新文本换下同一份文件的原文本（原文本留作旧文本）")
    _json(command)
    store_options(command)


def _remove(command: argparse.ArgumentParser) -> None:
    command.add_argument("document", metavar="字号", help="文号或标题；源文件留在文件夹里，以后不再读入")
    _json(command)
    store_options(command)


def _verify(command: argparse.ArgumentParser) -> None:
    command.add_argument("--repair", action="store_true", help="有损坏的，从源文件重建")
    _json(command)
    store_options(command)


def _publish(command: argparse.ArgumentParser) -> None:
    _json(command)
    store_options(command)


def _backup(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="备份写到这个文件（zip）")
    store_options(command)


def _restore(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="备份文件")
    command.add_argument(
        "--corpus", type=Path, default=DEFAULT_CORPUS, metavar="DIR", help="源文件放到这里（默认 corpus）"
    )
    command.add_argument("--replace", action="store_true", help="换下已有的知识库和内容不同的源文件")
    store_options(command)


def _changes(command: argparse.ArgumentParser) -> None:
    command.add_argument("document", metavar="字号")
    _json(command)
    store_options(command)


def _search(command: argparse.ArgumentParser) -> None:
    command.add_argument("question", nargs="?", help="问题")
    command.add_argument(
        "--batch", metavar="FILE", help="问题文件，每行一个 JSON 对象，至少有 id 和 query；- 为标准输入"
    )
    command.add_argument("-k", type=int, help="最多列出几条（默认 5，批量 10）")
    _question(command)


def _ask(command: argparse.ArgumentParser) -> None:
    command.add_argument("question", help="问题")
    command.add_argument("-k", type=int, help="最多列出几条（默认 5，清单 50）")
    command.add_argument("--from", dest="first", type=int, default=1, metavar="N", help="清单从第几条起（默认 1）")
    _question(command)


def _show(command: argparse.ArgumentParser) -> None:
    command.add_argument("clause_id", help="条款编号，如 浦民发〔2023〕74号/四/（二）/2")
    _json(command)
    store_options(command)


def _documents(command: argparse.ArgumentParser) -> None:
    command.add_argument("document", metavar="字号", nargs="?", help="只列这一份，连同它的各个条款（默认列出全部文件）")
    _json(command)
    store_options(command)


def _targets(command: argparse.ArgumentParser) -> None:
    command.add_argument("--document", metavar="字号", help="只列这一份文件的")
    command.add_argument("--contains", default="", metavar="文字", help="只列指标含有这些文字的")
    command.add_argument("--format", choices=("table", "csv", "json"), default="table", help="输出格式（默认 table）")
    store_options(command)


def _compare(command: argparse.ArgumentParser) -> None:
    command.add_argument("left", metavar="字号1")
    command.add_argument("right", metavar="字号2")
    _json(command)
    store_options(command)


def _renditions(command: argparse.ArgumentParser) -> None:
    command.add_argument("document", metavar="字号")
    _json(command)
    store_options(command)


def _force(command: argparse.ArgumentParser) -> None:
    command.add_argument("document", metavar="字号", nargs="?", help="只列这一份文件的（默认全部）")
    _as_of(command, "按哪一天看（默认今天）")
    _json(command)
    store_options(command)


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="文稿：DOCX、TXT、MD、PDF 等")
    command.add_argument(
        "--without", action="append", default=[], metavar="字号", help="不与这份文件比对（文稿自己已在库中时）；可重复"
    )
    _json(command)
    store_options(command)


def _cited(command: argparse.ArgumentParser) -> None:
    _json(command)
    store_options(command)


def _lists(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True, metavar="check")
    check = actions.add_parser("check", help="检查自带词表和本单位词表（文件夹里的 lists）：重复、矛盾、不认识的写法")
    check.add_argument("--corpus", type=Path, default=DEFAULT_CORPUS, metavar="DIR", help="文件夹（默认 corpus）")


_COMMANDS: Mapping[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "build": ("读取文件夹里的文件，建立或更新知识库", _build),
    "update": ("只读入有变动的文件，更新知识库", _update),
    "add": ("加入文件", _add),
    "remove": ("移出一份文件", _remove),
    "publish": ("把知识库写到 Milvus（--store 给出地址），写完核对后一次换用", _publish),
    "verify": ("检查知识库是否完好", _verify),
    "backup": ("把知识库和源文件备份成一个文件", _backup),
    "restore": ("从备份恢复", _restore),
    "changes": ("一份文件的旧文本与现在相比，各条款的去向", _changes),
    "search": ("按问题查找条款", _search),
    "ask": ("回答问题：原句、出处、目标、责任主体，或“未找到依据”", _ask),
    "documents": ("列出库中文件；给出字号时列出这一份的各个条款", _documents),
    "show": ("查看一个条款", _show),
    "targets": ("列出目标值", _targets),
    "compare": ("两份文件的相同指标，逐项对照", _compare),
    "renditions": ("一份文件的各个版式（PDF、网页等）哪里不同", _renditions),
    "force": ("列出文件的效力：现行、已废止、有效期等，附原句和出处", _force),
    "cited": ("列出库中文件援引而库里没有的文件", _cited),
    "check": ("校核一份文稿的引文和出处：一致、有出入、出处有误、库中无此文件、未引出处", _check),
    "lists": ("检查词表", _lists),
}
