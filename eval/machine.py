"""What the machine says of itself, and of a process: cores it may use, and the most memory it has held."""

from __future__ import annotations

import os
import platform
import re
import sys
from pathlib import Path


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
