"""Standard output and standard error, the same on every system: UTF-8, and calm when the reader has gone."""

from __future__ import annotations

import errno
import os
import sys


def speak_utf8() -> None:
    """Write UTF-8 and plain line feeds to both streams; a Chinese Windows would write GBK and two characters a line end."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n")


def put(text: str) -> None:
    """Write a line to standard output; what is no character (half of a surrogate pair) becomes a question mark.

    :param text: the line, without its end.
    :raises BrokenPipeError: when the reader has gone, as in ``| head``; Windows calls that an invalid argument.
    """
    try:
        sys.stdout.write(text.encode("utf-8", "replace").decode() + "\n")
        sys.stdout.flush()
    except OSError as error:
        if error.errno == errno.EINVAL and sys.platform == "win32":
            raise BrokenPipeError(errno.EPIPE, "the reader has gone") from error
        raise


def tell(text: str) -> None:
    """Write a line to standard error.

    :param text: the line, without its end.
    """
    sys.stderr.write(text.encode("utf-8", "replace").decode() + "\n")
    sys.stderr.flush()


def let_go() -> None:
    """Send what is still to be written to standard output nowhere: its reader has gone, and Python writes it at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
