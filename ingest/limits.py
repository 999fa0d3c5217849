"""Files are read in processes of their own, each within a limit of time and memory; a file that breaks one is named and left out.

What a crafted file can do to the process that reads it, endless work, all memory, a crash in a library's C code, ends that
process alone: another takes its place and the next file goes on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ingest.errors import IngestError, UnreadableFile

_GRACE = 30.0
"""Seconds after its limit at which a process ends by itself."""
_WHOLE = "请确认文件完好，或另存一份、拆成几份后重试"

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of one file may take: ``seconds``, with ``more`` for each MiB that it has, and ``memory`` in bytes.

    Memory is held on Linux only.
    """

    seconds: float = 60.0
    more: float = 20.0
    memory: int = 2 << 30

    def time_for(self, size: int) -> float:
        """Give the seconds that a file of so many bytes may take."""
        return self.seconds + self.more * size / 2**20


def size_of(path: str | Path) -> int:
    """Give the bytes of a file, 0 where it cannot be looked at."""
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


class MachineFault(Exception):
    """The machine is at fault, as by a full disk, not the file that was read then; raised in a function, it ends all of them.

    :param problem: what is wrong, in the system's words.
    """


def each_within(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    name_of: Callable[[Item], str],
    limits: Limits = Limits(),  # noqa: B008 - frozen
    workers: int | None = None,
    sizes: Sequence[int] | None = None,
) -> Iterator[tuple[Item, Result | IngestError]]:
    """Apply a function to each item, in other processes and within limits.

    :param function: reads one file; known to its module by name, and given to another process with its item.
    :param items: what to read.
    :param name_of: names the file of an item, for messages.
    :param limits: of each item.
    :param workers: how many processes at a time; None for as many as there are cores to use.
    :param sizes: bytes of the files; None where all are small.
    :return: items in their order, each with what the function gave, or with the fault that its reading ended in.
    :raises MachineFault: when the function raises it.
    """
    if not items:
        return
    from pebble import ProcessPool  # nothing but reading needs it

    count = min(workers or usable_cores(), len(items))
    pool: Any = ProcessPool(count, initializer=_hold, initargs=(limits.memory,), context=_context())
    try:
        times = [limits.time_for(size) for size in sizes or [0] * len(items)]
        futures = [
            pool.schedule(_guarded, args=(function, item, name_of(item), seconds), timeout=seconds)
            for item, seconds in zip(items, times, strict=True)
        ]
        for item, future, seconds in zip(items, futures, times, strict=True):
            outcome = _outcome(future, name_of(item), seconds)
            if isinstance(outcome, MachineFault):
                raise outcome
            yield item, outcome
        pool.close()
    finally:
        pool.stop()
        pool.join()


def usable_cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _context() -> Any:  # noqa: ANN401 - multiprocessing's contexts have no common type
    """A server that forks: its children take moments to start, and hold none of the threads of this process."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["ingest"])
    return context


def _hold(memory: int) -> None:
    """Keep a new process within its memory; elsewhere than on Linux the system does not count what is asked for."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _guarded(
    function: Callable[[Item], Result], item: Item, name: str, seconds: float
) -> Result | IngestError | MachineFault:
    _end_after(seconds + _GRACE)  # where the process that is to stop this one is gone
    try:
        return function(item)
    except (MachineFault, IngestError) as fault:
        return fault
    except MemoryError:
        return _unreadable(name, "读取所需的内存超过上限")
    except RecursionError:
        return _unreadable(name, "内容嵌套得太深")
    except Exception as error:  # whatever a file does to a library, the files after it are read
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name} 第{last.lineno}行"
        return _unreadable(name, f"读取时程序出错（{type(error).__name__}：{str(error)[:100]}，{place}）")
    finally:
        _end_after(0.0)


def _end_after(seconds: float) -> None:
    """Have the system end this process in so many seconds, of which 0 is never; Windows has nothing of the kind."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _outcome(future: Any, name: str, seconds: float) -> Any:  # noqa: ANN401 - what the function gives
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError:
        return _unreadable(name, f"读了 {seconds:.0f} 秒还没有读完，已停止")
    except ProcessExpired as error:
        return _unreadable(name, f"读取它的进程中途退出（代码 {error.exitcode}）")


def _unreadable(name: str, problem: str) -> IngestError:
    return UnreadableFile(name, problem, _WHOLE)
