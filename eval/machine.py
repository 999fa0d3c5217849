"""What the machine says of itself, and of processes: cores they may use, and the memory they hold."""

from __future__ import annotations

import os
import platform
import re
import sys
from contextlib import suppress
from pathlib import Path

_PROCESSES = Path("/proc")


def cores() -> int:
    """Count the cores that this process may use, which may be fewer than the machine has.

    :return: at least 1.
    """
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def peak_bytes() -> int | None:
    """Give the highest resident memory of this process so far.

    :return: bytes; None on Windows, which has no getrusage.
    """
    try:
        import resource
    except ImportError:
        return None
    return maxrss_bytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def resident_bytes() -> dict[str, int]:
    """Give the resident memory of this process now, on Linux.

    :return: bytes of its ``own``, and of files ``mapped``, which the system takes back when memory is short; empty elsewhere.
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    found = dict(line.split(":", 1) for line in lines)
    return {name: 1024 * int(found[field].split()[0]) for name, field in (("own", "RssAnon"), ("mapped", "RssFile"))}


def maxrss_bytes(maxrss: int) -> int:
    """Give in bytes what getrusage(2) and wait4(2) call ``ru_maxrss``, which is kibibytes, on macOS bytes.

    :param maxrss: as the system gives it.
    :return: bytes.
    """
    return maxrss * (1 if sys.platform == "darwin" else 1024)


def peak_words() -> str:
    """Put the highest resident memory of this process in words.

    :return: for instance ``312 MiB``; 测不到 where the system does not tell.
    """
    peak = peak_bytes()
    return "测不到" if peak is None else f"{peak / 2**20:.0f} MiB"


def family(pid: int, processes: Path = _PROCESSES) -> list[int]:
    """List a process and all that it has started, and they in turn, where the system tells.

    :param pid: of the process.
    :param processes: where the system tells of its processes, proc(5).
    :return: process ids, its own first; none where it has ended, or nothing is told.
    """
    below: dict[int, list[int]] = {}
    for folder in processes.glob("[0-9]*"):
        with suppress(OSError):  # one that has ended since
            below.setdefault(int(_state_of(folder)[1]), []).append(int(folder.name))
    found = [pid] if (processes / str(pid)).exists() else []
    for one in found:
        found += below.get(one, [])
    return found


def held_by(pid: int, processes: Path = _PROCESSES) -> int:
    """Tell how much memory a process and all that it has started hold together.

    A page that several of them share counts once (proportional set size, proc(5)).

    :param pid: of the process.
    :param processes: where the system tells of its processes.
    :return: bytes; 0 where it has ended, or the system does not tell.
    """
    held = 0
    for one in family(pid, processes):
        with suppress(OSError):
            told = (processes / str(one) / "smaps_rollup").read_text(encoding="ascii")
            held += 1024 * sum(map(int, re.findall(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)))
    return held


def worked_by(pid: int, processes: Path = _PROCESSES) -> float:
    """Tell how long a process, and all that it has started and that still run, have kept a processor busy.

    :param pid: of the process.
    :param processes: where the system tells of its processes.
    :return: seconds; 0 where it has ended, or the system does not tell.
    """
    ticks = 0
    for one in family(pid, processes):
        with suppress(OSError):
            ticks += sum(map(int, _state_of(processes / str(one))[11:13]))  # utime and stime
    return ticks / os.sysconf("SC_CLK_TCK") if ticks else 0.0


def _state_of(folder: Path) -> list[str]:
    """Read what the system tells of a process behind its name: state, parent and so on, proc(5)."""
    return (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()


def machine_words() -> str:
    """Name the machine, so that figures taken on it can be told from those of another.

    :return: processor, cores that may be used, memory, system and Python, in Chinese.
    """
    try:
        memory = f"内存 {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB，"
    except (AttributeError, ValueError, OSError):
        memory = ""
    system = f"{platform.system()} {platform.release()}，Python {platform.python_version()}"
    return f"{_processor()}，可用 {cores()} 核，{memory}{system}"


def _processor() -> str:
    """Name the processor; Linux tells its model in a file, others by :mod:`platform`."""
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    except (OSError, UnicodeDecodeError):
        found = None
    return found[1] if found else platform.processor() or platform.machine()
