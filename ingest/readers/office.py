"""Word 97—2003 (.doc) and WPS (.wps) to pages: LibreOffice, where it is installed, makes a DOCX of them. No network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from ingest.errors import UnreadableFile, UnsupportedFormat
from ingest.pages import Page
from ingest.readers import docx

SECONDS = 45
"""How long LibreOffice may take for one file; a sound one takes a few seconds, the first start some more."""

_PROGRAMS = ("soffice", "libreoffice")


def read(name: str, data: bytes) -> tuple[Page, ...]:
    """Reads a file of Word 97—2003 or WPS by way of DOCX.

    :param name: file name, for messages.
    :raises UnsupportedFormat: if LibreOffice is not installed.
    :raises UnreadableFile: if LibreOffice cannot read the file, or not in time.
    :raises NoText: if there is no text in it.
    """
    program = next((found for one in _PROGRAMS if (found := shutil.which(one))), None)
    if program is None:
        problem = "Word 97—2003 或 WPS 文件要靠 LibreOffice 转换，本机没有安装"
        raise UnsupportedFormat(name, problem, "请安装 LibreOffice，或用 Word、WPS 另存为 .docx 文件")
    return docx.read(name, convert(name, data, program))


def convert(name: str, data: bytes, program: str) -> bytes:
    """Makes a DOCX of a file, in a folder and with a profile of its own that are gone afterwards.

    :param program: path of LibreOffice's ``soffice``.
    :return: the bytes of the DOCX.
    :raises UnreadableFile: if nothing came of it.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = folder / f"source{Path(name).suffix.lower()}"
        source.write_bytes(data)
        profile = (folder / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck", "--convert-to", "docx", "--outdir", str(folder / "out"), str(source)]  # fmt: skip
        if not _run(command):
            raise UnreadableFile(name, f"LibreOffice 在 {SECONDS} 秒内没有转换完", "请用 Word、WPS 另存为 .docx 文件")
        made = folder / "out" / "source.docx"
        if not made.is_file():
            raise UnreadableFile(
                name, "LibreOffice 读不了这个文件，可能已损坏或加密", "请用 Word、WPS 打开后另存为 .docx 文件"
            )
        return made.read_bytes()


def _run(command: list[str]) -> bool:
    """Runs a program to its end; one that takes too long is ended, with those that it has started.

    :return: whether it ended of itself.
    """
    silent = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdin=silent, stdout=silent, stderr=silent, start_new_session=sys.platform != "win32"
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        if sys.platform != "win32":
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
        return False
    return True
