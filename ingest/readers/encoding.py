"""Bytes to Chinese text: the encoding is read from the bytes themselves; what a file declares is only a hint."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from ingest.errors import UnreadableFile

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_COMMON = {"gb18030": ("gb2312", 0xB0, 0xD7), "big5": ("big5", 0xA4, 0xC6)}
"""For each double-byte encoding the lead bytes of its first level: the characters in daily use (GB 2312-80, Big5)."""

_HAN = re.compile(r"[\u4e00-\u9fff]")
_SAMPLE = 20_000
_DAMAGED = 0.02
"""A text with more than this share of signs that stand for no character is refused."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file; ``damaged`` counts the replacement signs (U+FFFD) in it, ``encoding`` is what it was read by."""

    text: str
    encoding: str
    damaged: int


def decode(name: str, data: bytes, declared: str | None = None) -> Decoded:
    """Reads the bytes of a text or web page.

    UTF-8 proves itself by its form. Else the double-byte encoding is taken whose characters are the most in daily use;
    an encoding of single bytes is never taken where one of these fits, whatever the file declares.

    :param declared: name of the encoding that the file gives, if any.
    :raises UnreadableFile: if no encoding gives Chinese text, or too many characters are damaged.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(name, data[len(mark) :].decode(encoding, "replace"), encoding)
    if (wide := _wide(data)) is not None:
        return _checked(name, data.decode(wide, "replace"), wide)
    utf8 = data.decode("utf-8", "replace")
    if utf8.count("\ufffd") <= _DAMAGED * max(len(_HAN.findall(utf8)), 1):
        return _checked(name, _undoubled(utf8), "utf-8")
    return _checked(name, *_double_byte(data, utf8, declared))


def _checked(name: str, text: str, encoding: str) -> Decoded:
    damaged = text.count("\ufffd")
    if damaged > _DAMAGED * len(_HAN.findall(text)) or text.count("\0") > len(text) / 10:
        raise UnreadableFile(
            name, "认不出文字编码，或文字已损坏成乱码", "请用浏览器打开后另存为 UTF-8 编码，或重新下载"
        )
    return Decoded(text, encoding, damaged)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: half of the bytes of plain markup are zero."""
    head = data[:400]
    if len(head) < 4 or head.count(0) < len(head) / 4:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _double_byte(data: bytes, utf8: str, declared: str | None) -> tuple[str, str]:
    """The text by the encoding with the fewest signs of damage, then with the most characters in daily use."""
    named = (declared or "").lower()
    order = ("big5", "gb18030") if "big5" in named else ("gb18030", "big5")
    readings = [(data.decode(encoding, "replace"), encoding) for encoding in order] + [(utf8, "utf-8")]
    return max(readings, key=lambda reading: _worth(*reading))


def _worth(text: str, encoding: str) -> float:
    """Share of the characters outside ASCII that are in daily use, less ten times the share of damage."""
    strange = [char for char in text if char > "\x7f"][:_SAMPLE]
    if not strange:
        return 0.0
    if encoding in _COMMON:
        codec, first, last = _COMMON[encoding]
        good = sum(bool(code := char.encode(codec, "ignore")) and first <= code[0] <= last for char in strange)
    else:
        good = sum("\u4e00" <= char <= "\u9fff" for char in strange)
    return (good - 10 * strange.count("\ufffd")) / len(strange)


def _undoubled(text: str) -> str:
    """Undoes one wrong step: Chinese bytes that were read as Latin-1 and written again as UTF-8 (ç¬¬ä¸€æ¡)."""
    strange = [char for char in text if char > "\x7f"]
    if not strange or sum("\x80" <= char <= "\xff" for char in strange) < 0.9 * len(strange):
        return text
    data = text.encode("cp1252", "ignore") if any(char > "\xff" for char in strange) else text.encode("latin-1")
    for encoding in ("utf-8", "gb18030"):
        again = data.decode(encoding, "replace")
        if len(_HAN.findall(again)) > len(strange) / 5 and again.count("\ufffd") * 50 < len(again):
            return again
    return text
