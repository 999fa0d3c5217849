"""A zip of XML parts (DOCX, OFD) opened with care: its size, its names and its XML are checked before anything is read."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from typing import NoReturn

from lxml import etree

from ingest.errors import UnreadableFile

Element = etree._Element

PART = 50 * 1024 * 1024
"""Bytes that one part may unpack to."""

WHOLE = 200 * 1024 * 1024
"""Bytes that all parts together may unpack to."""

PARTS = 10_000
"""How many parts there may be."""

MARKS = 1_000_000
"""How many tags and attributes all XML parts together may have: a book has a tenth, and each takes time and memory."""

_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, RuntimeError, ValueError, EOFError, OSError,
)  # fmt: skip
"""What unpacking a damaged zip file may raise; NotImplementedError and UnicodeDecodeError are among them."""

_ENCRYPTED = 0x1
_UNZIP = "请用原软件打开后重新保存"


class Package:
    """The parts of a zip file by name; read in memory only, so that no name can reach the disk.

    :param name: file name, for messages.
    :param kind: what the file is to users (DOCX, OFD), for messages.
    :raises UnreadableFile: if it is no zip, or a part of it is too large, encrypted or named to lie outside.
    """

    def __init__(self, name: str, data: bytes, kind: str) -> None:
        self.name, self.kind = name, kind
        self._left = MARKS
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        except _DAMAGED as error:
            self.fault("文件已损坏，解不开压缩包", f"请重新下载，或{_UNZIP[1:]}", error)
        self._check(entries)
        self._entries = {_plain(entry.filename): entry for entry in entries}
        self._folded = {part.lower(): part for part in self._entries}

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > PARTS:
            self.fault(f"压缩包里有 {len(entries)} 个部件，超过上限 {PARTS} 个", _UNZIP)
        for entry in entries:
            if entry.flag_bits & _ENCRYPTED:
                self.fault("文件已加密，需要口令", "请用口令打开后另存为不加密的文件")
            if entry.file_size > PART:
                self.fault(f"部件“{entry.filename[:60]}”解压后超过上限 {PART >> 20} MB", _UNZIP)
            if _outside(entry.filename):
                self.fault(f"部件名“{entry.filename[:60]}”指向压缩包之外", _UNZIP)
        if sum(entry.file_size for entry in entries) > WHOLE:
            self.fault(f"解压后超过上限 {WHOLE >> 20} MB", _UNZIP)

    def fault(self, problem: str, remedy: str, error: Exception | None = None) -> NoReturn:
        """Says of this file what is wrong with it.

        :raises UnreadableFile: always.
        """
        raise UnreadableFile(self.name, f"{self.kind} {problem}", remedy) from error

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of all parts, in the order of the file."""
        return tuple(self._entries)

    def find(self, part: str, base: str = "") -> str | None:
        """The name of a part as the file has it, or None; a path is taken from ``base``, or from the root by a slash.

        Capitals count only where two names differ by nothing else, as programs on Windows write them at will.
        """
        path = _plain(part if part.startswith(("/", "\\")) else posixpath.join(base, part.replace("\\", "/")))
        return path if path in self._entries else self._folded.get(path.lower())

    def read(self, part: str) -> bytes:
        """The bytes of a part.

        :param part: a name as :meth:`find` gives it.
        :raises UnreadableFile: if it cannot be unpacked.
        """
        try:
            with self._zip.open(self._entries[part]) as stream:
                data = stream.read(PART + 1)
        except _DAMAGED as error:
            self.fault(f"部件“{part}”已损坏，解不开", f"请重新下载，或{_UNZIP[1:]}", error)
        if len(data) > PART:
            self.fault(f"部件“{part[:60]}”解压后超过上限 {PART >> 20} MB", _UNZIP)
        return data

    def xml(self, part: str) -> Element:
        """The root element of a part; entities are not resolved and nothing is fetched.

        :raises UnreadableFile: if it is no sound XML, declares a document type, or is too large to be parsed.
        """
        data = self.read(part)
        self.check_xml(part, data)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            self.fault(f"部件“{part}”不是正确的 XML", f"请重新下载，或{_UNZIP[1:]}", error)

    def check_xml(self, part: str, data: bytes) -> None:
        """Refuses XML that declares a document type, which neither format has, or that has too many elements.

        :raises UnreadableFile: in either case.
        """
        if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data or "<!DOCTYPE".encode("utf-16-be") in data:
            self.fault(f"部件“{part}”声明了文档类型（DTD），可能夹带外部实体", _UNZIP)
        self._left -= data.count(b"<") + data.count(b"=")
        if self._left < 0:
            self.fault(f"部件“{part}”的元素过多，超过上限 {MARKS} 个", _UNZIP)


def _outside(name: str) -> bool:
    path = name.replace("\\", "/")
    return "\0" in path or ":" in path.split("/")[0] or posixpath.normpath(path.lstrip("/")).startswith("..")


def _plain(name: str) -> str:
    """A part's path from the root, with forward slashes and without dots."""
    return posixpath.normpath("/" + name.replace("\\", "/").lstrip("/"))[1:]
