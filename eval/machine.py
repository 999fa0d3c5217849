"""What the machine says of a process: cores it may use, and the most memory it has held."""

from __future__ import annotations

import os
import sys


def cores() -> int:
    """Count the cores that this process may use, which may be fewer than the machine has.

    :return: at least 1.
    """
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def peak_bytes() -> int | None:
    """Give the highest resident memory of this process so far; getrusage(2) counts kibibytes, on macOS bytes.

    :return: bytes; None on Windows, which has no getrusage.
    """
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def peak_words() -> str:
    """Put the highest resident memory of this process in words.

    :return: for instance ``312 MiB``; 测不到 where the system does not tell.
    """
    peak = peak_bytes()
    return "测不到" if peak is None else f"{peak / 2**20:.0f} MiB"
