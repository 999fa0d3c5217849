"""python -m eval.load STORE: many askers of the page at once, with pictures and one who writes: times, errors, memory.

The page is served over a copy of the store, on loopback, by the product's own command; askers put questions as the page does and
fetch the pictures that an answer shows. They run in this process, on the cores that the server has. Figures belong to the machine
they were taken on.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from eval.machine import held_by, machine_words, worked_by
from eval.questions import QUESTIONS, QuestionsError, load_questions
from index.knowledge_base import KnowledgeBase
from index.streams import put, speak_utf8, tell

SEED = 20231106
_PANE = re.compile(r'\bdata-pane="([^"]+)"')
_PICTURE = re.compile(r'<img[^>]*\bsrc="([^"]+)"')
_SECOND = 1.0
_DOCUMENT = "载发〔2024〕1号\n压力测试办法\n一、总则。每次测试{turn}份文件。\n二、附则。本办法自印发之日起施行。\n"


@dataclass
class Seen:
    """What the askers and the writer saw: seconds of each answer and picture, faults in words, bases that answered, writes done.

    ``memory`` is that of the server's processes together, in bytes, second by second; ``busy`` the processor time that they took, in seconds.
    """

    answers: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    bases: set[str] = field(default_factory=set)
    writes: int = 0
    memory: list[int] = field(default_factory=list)
    busy: float = 0.0


def parse_args(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; exits with 2 on wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.load", description="测量多人同时提问时网页的用时、出错和内存。"
    )
    parser.add_argument("store", type=Path, metavar="STORE", help="知识库所在文件夹，只读一份副本")
    parser.add_argument("--questions", type=Path, default=QUESTIONS, metavar="FILE", help="问题文件")
    parser.add_argument("--askers", type=int, default=10, metavar="N", help="同时提问的人数，默认 10")
    parser.add_argument("--seconds", type=float, default=60, metavar="S", help="持续多少秒，默认 60")
    parser.add_argument("--pause", type=float, default=0, metavar="S", help="每人两次提问之间平均停多少秒，默认不停")
    parser.add_argument("--pictures", action="store_true", help="答复里的页面图也取")
    parser.add_argument("--writer", action="store_true", help="同时有人不断加入、移出一份文件")
    parser.add_argument("--writer-pause", type=float, default=0, metavar="S", help="两次写入之间停多少秒，默认不停")
    parser.add_argument("--processes", type=int, metavar="N", help="网页用几个进程作答，默认由网页自己定")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help="谁问什么的种子")
    options = parser.parse_args(arguments)
    if options.askers < 1 or options.seconds <= 0:
        parser.error("--askers 至少为 1，--seconds 要大于 0")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve, ask, and print what was seen.

    :param arguments: the command line; None for the one the process was started with.
    :return: 0, or 1 where an answer failed, or there is nothing to ask.
    """
    options = parse_args(arguments)
    try:
        questions = [one.query for one in load_questions(options.questions)]
        with (
            tempfile.TemporaryDirectory() as folder,
            _served(options, Path(folder)) as (address, server),
        ):
            seen = _ask(options, questions, address, server.pid, Path(folder))
    except QuestionsError as error:
        tell(f"错误：{error}")
        return 1
    for line in report(seen, options.askers, options.seconds):
        put(line)
    return 1 if seen.faults or not seen.answers else 0


@contextmanager
def _served(options: argparse.Namespace, folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Serve a copy of a store until the block ends; of one that is written, its files are a copy too."""
    store: Path = options.store
    if not (store / "CURRENT").exists():
        raise QuestionsError(str(store), "这里没有知识库", "请先用 python -m index build 建立")
    shutil.copytree(store, folder / "store")
    if options.writer:
        shutil.copytree(KnowledgeBase.corpus_of(store) or folder, folder / "corpus")
        KnowledgeBase.update(folder / "store", folder / "corpus")
    command = [sys.executable, "search_app.py", "--port", "0", "--rate", "0", "--store", str(folder / "store")]
    command += [] if options.processes is None else ["--processes", str(options.processes)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", errors="replace") as server:
        try:
            lines = iter(server.stderr or ())
            ready = next((found for line in lines if (found := re.search(r"请用浏览器打开 (http://\S+)", line))), None)
            if ready is None:
                raise QuestionsError(str(store), "网页没有启动", "请先用 python search_app.py 试一次")
            Thread(target=lambda: list(lines), daemon=True).start()  # so that the server never waits for its reader
            yield ready[1], server
        finally:
            server.terminate()


def _ask(options: argparse.Namespace, questions: Sequence[str], address: str, pid: int, folder: Path) -> Seen:
    seen, over = Seen(), Event()
    askers = [
        Thread(target=_asker, args=(address, questions, random.Random(options.seed + number), options, seen, over))
        for number in range(options.askers)
    ]
    others = [Thread(target=_watch, args=(pid, seen, over))]
    if options.writer:
        others.append(Thread(target=_writer, args=(folder, options.writer_pause, seen, over)))
    before = worked_by(pid)
    for thread in (*askers, *others):
        thread.start()
    over.wait(options.seconds)
    seen.busy = worked_by(pid) - before
    over.set()
    for thread in (*askers, *others):
        thread.join()
    return seen


def _asker(
    address: str, questions: Sequence[str], choice: random.Random, options: argparse.Namespace, seen: Seen, over: Event
) -> None:
    """Put one question after another, as the page does; people do not all begin at once."""
    known: set[str] = set()
    while not over.wait(choice.expovariate(1 / options.pause) if options.pause else 0):
        body = json.dumps({"q": choice.choice(questions)}).encode()
        request = Request(f"{address}view/answer", body, {"Content-Type": "application/json"})
        answer = _timed(request, seen.answers, seen)
        # Of the clause that leads; others are closed.
        pane = _PANE.search(answer.decode()) if options.pictures else None
        shown = _timed(Request(address + html.unescape(pane[1])), [], seen).decode() if pane else ""
        for source in _PICTURE.findall(shown):
            times = seen.warm if source in known else seen.first
            _timed(Request(address + html.unescape(source)), times, seen)
            known.add(source)


def _timed(request: Request, times: list[float], seen: Seen) -> bytes:
    started = time.perf_counter()
    try:
        with urlopen(request, timeout=60) as reply:
            body: bytes = reply.read()
            base = reply.headers.get("X-Base")
    except HTTPError as error:
        seen.faults.append(f"{error.code} {request.full_url}")
        return b""
    except (URLError, OSError) as error:
        seen.faults.append(f"{error} {request.full_url}")
        return b""
    times.append(time.perf_counter() - started)
    if base:
        seen.bases.add(base)
    return body


def _writer(folder: Path, pause: float, seen: Seen, over: Event) -> None:
    """Add a document and take it out again, until it is over."""
    turn = 0
    while not over.is_set():
        turn += 1
        path = folder / f"load-{turn}.txt"
        path.write_text(_DOCUMENT.format(turn=turn), encoding="utf-8")
        for command in (["add", str(path)], ["remove", "载发〔2024〕1号"]):
            done = subprocess.run(
                [sys.executable, "-m", "index", *command, "--store", str(folder / "store")],
                capture_output=True, encoding="utf-8", check=False,
            )  # fmt: skip
            if done.returncode:
                seen.faults.append(f"{command[0]}: {done.stderr.strip()[-200:]}")
                return
            seen.writes += 1
            over.wait(pause)


def _watch(pid: int, seen: Seen, over: Event) -> None:
    """Note every second how much memory the server holds, where the system tells."""
    while not over.wait(_SECOND):
        if held := held_by(pid):
            seen.memory.append(held)


def report(seen: Seen, askers: int, seconds: float) -> Iterator[str]:
    """Put what was seen in words.

    :param seen: of all askers.
    :param askers: how many there were.
    :param seconds: how long they asked.
    :return: lines, the machine first.
    """
    yield f"机器：{machine_words()}"
    yield (
        f"{askers} 人，{seconds:.0f} 秒：{len(seen.answers)} 次答复（每秒 {len(seen.answers) / seconds:.1f} 次），"
        f"{len(seen.faults)} 次出错，写入 {seen.writes} 次，作答的知识库有 {len(seen.bases)} 代"
    )
    for name, times in (("答复", seen.answers), ("第一次取页面图", seen.first), ("再取页面图", seen.warm)):
        if times:
            shares = "，".join(f"{share:.0%} 以内 {_within(times, share) * 1000:.0f} 毫秒" for share in (0.95, 0.99))
            yield f"{name}：中位数 {statistics.median(times) * 1000:.0f} 毫秒，{shares}"
    if seen.busy and seen.answers:
        yield f"网页各进程用的处理器时间：每次答复 {seen.busy / len(seen.answers) * 1000:.0f} 毫秒，平均占 {seen.busy / seconds:.2f} 核"
    if third := len(seen.memory) // 3:
        parts = (seen.memory[:third], seen.memory[third:-third], seen.memory[-third:])
        first, middle, last = (statistics.mean(part) / 2**20 for part in parts)
        yield (
            f"内存（各进程合计，共享的只算一次）：前、中、后三分之一 {first:.0f}、{middle:.0f}、{last:.0f} MiB"
            f"（后比前 {last / first - 1:+.1%}，比中 {last / middle - 1:+.1%}），最高 {max(seen.memory) / 2**20:.0f} MiB"
        )
    yield from (f"出错：{fault}" for fault in seen.faults[:10])


def _within(times: Sequence[float], share: float) -> float:
    """Give the time within which a share of all answers came."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
