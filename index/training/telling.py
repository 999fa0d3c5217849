"""Tells how far a training has come."""

from __future__ import annotations

import sys


def shout(line: str) -> None:
    """Put a line out at once, so that it can be followed.

    :param line: without its end.
    """
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
