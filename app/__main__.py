"""Command line of the page: ``python search_app.py``, or ``python -m app``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from app.desk import CORPUS, Desk
from app.keeping.guard import TOKEN_HELP, token_of
from app.page import NAME
from app.server import serve
from app.settings import RATE, Settings, checked_host, checked_root
from index.arguments import is_for_one_process, place_of, store_options
from index.errors import KnowledgeBaseError, QueryError


def main(arguments: Sequence[str]) -> int:
    """Run the command line.

    :param arguments: what stands after ``search_app.py``.
    :return: exit code: 0 when stopped by the user, 1 when the corpus, the store or the port is at fault.
    """
    parser = argparse.ArgumentParser(prog="search_app.py", description=f"{NAME}：网页查询")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认只供本机使用")
    parser.add_argument("--port", type=int, default=7860, help="端口，0 表示任选一个空闲端口")
    store_options(parser)
    parser.add_argument("--corpus", type=Path, help=f"政策文件所在文件夹（默认 {CORPUS}，或知识库原来的文件夹）")
    parser.add_argument("--reranker", metavar="MODEL", help="用此交叉编码模型重排前几条：文件夹或名称（默认不用）")
    parser.add_argument("--root-path", default="", metavar="路径", help="反向代理把本系统放在哪个路径下，如 /policy")
    parser.add_argument(
        "--rate", type=int, default=RATE, metavar="N", help=f"每个客户端每分钟最多几次请求，0 不限（默认 {RATE}）"
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="主机名",
        help="可以用这个名字访问，如 policy.gov.cn；可重复",
    )
    parser.add_argument(
        "--processes", type=int, default=0, metavar="N", help="用几个进程作答，0 由网页自己的进程作答（默认 0）"
    )
    parser.add_argument("--mcp", action="store_true", help="在 /mcp 提供 MCP 工具（要装 mcp，见 docs/接口.md）")
    parser.add_argument("--reports", type=Path, metavar="DIR", help="评测报告所在文件夹（默认知识库旁的 reports）")
    parser.add_argument("--token-file", metavar="FILE", type=Path, help=TOKEN_HELP)
    options = parser.parse_args(arguments)
    try:
        allowed = tuple(map(checked_host, options.allow_host))
        settings = Settings(checked_root(options.root_path), max(0, options.rate), options.mcp, options.host, allowed)
        token = token_of(options.token_file, os.environ)
        store, vectors = place_of(options)
        processes = max(0, options.processes)
        if processes and is_for_one_process(vectors):
            raise QueryError(f"{vectors} 的文件只能由一个进程打开", "请用 --processes 0，或用 Milvus 服务的地址")
        desk = Desk(store, options.corpus, options.reranker, token, options.reports, processes, vectors)
        serve(desk, options.host, options.port, settings)
    except KnowledgeBaseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("已停止\n")
    return 0


def start() -> NoReturn:
    """Run the command line of this process and end it; what it says is UTF-8 on every system."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    start()
