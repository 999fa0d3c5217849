"""Bytes to Chinese text: the encoding is told by how much of the outcome is everyday Chinese; what a file declares is a hint."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from ingest.errors import UnreadableFile

_MARKED = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_CODECS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
"""Encodings of Chinese texts, in the order in which one is preferred where two read the bytes equally well."""

_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行"
    "学法所民得经十三之进着等部度家力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前"
    "外天政四日那社义事平形相全表间样与关各重新线内数正心反明看原利比或但质气第向道命此变条只没结解问意建月公无系情者最"
    "立代想已通并提直题党程展五果员革位入常文总次品式活设及管特件长求基资边流路级少图山统接知较将组见计别期根论运农指县市区"
    "省规章节款项办委厅局府务院责任保障服务应当单位按照实施意见印发附则予以"
    "這個來時們於國對會發動過說產種為後經進著電裡與關開無還樣數論應當當實點從業機體兩義學現總長條問題變結員圖組將計別運農"
    "縣區規節項辦廳務責障單據則處"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_SAMPLE = 200_000
"""Bytes by which the encoding is told, at most."""

_SURE = 0.3
"""Share of everyday characters among the Chinese ones, at least; Chinese prose has more than half, a misreading a tenth."""

_DAMAGED = 0.02
"""A text with more than this share of signs that stand for no character is refused."""

_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file; ``damaged`` counts the replacement signs (U+FFFD) in it, ``encoding`` is what it was read by."""

    text: str
    encoding: str
    damaged: int


def decode(name: str, data: bytes, declared: str | None = None) -> Decoded:
    """Reads the bytes of a text or web page in the encoding that makes the most everyday Chinese of them.

    UTF-8 proves itself by its form. An encoding of single bytes is never taken, whatever the file declares.

    :param name: file name, for messages.
    :param declared: name of the encoding that the file gives, if any; it decides where two read the bytes equally well.
    :raises UnreadableFile: if no encoding gives Chinese text, or too many characters are damaged.
    """
    mark, marked = next(((mark, codec) for mark, codec in _MARKED if data.startswith(mark)), (b"", ""))
    body = data[len(mark) :]
    named = (declared or "").lower()
    order = sorted(_CODECS, key=lambda codec: named not in codec or not named)
    encoding = marked or (
        "utf-8" if _is_utf8(body) else max(order, key=lambda codec: _worth(_as(codec, body[:_SAMPLE])))
    )
    text = _as(encoding, body)
    damaged = text.count(_LOST)
    if not _is_sound(text, encoding, damaged):
        raise UnreadableFile(
            name,
            "认不出文字编码，或文字已损坏成乱码",
            "请用浏览器或编辑器打开，确认文字无误后另存为 UTF-8 编码，或重新下载",
        )
    return Decoded(text, encoding, damaged)


def _is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 by their form, which no text of another encoding has by chance."""
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _as(codec: str, data: bytes) -> str:
    text = data.decode(codec, "replace")
    return _undoubled(text) if codec == "utf-8" else text


def _is_sound(text: str, encoding: str, damaged: int) -> bool:
    """Whether a reading has little damage and no bytes of a program, and its Chinese is that of everyday use."""
    han = len(_HAN.findall(text))
    if damaged > _DAMAGED * max(han, len(text) / 10) or text.count("\0") > len(text) / 10:
        return False
    return (encoding == "utf-8" and not damaged) or not han or _share(text) >= _SURE


def _worth(text: str) -> float:
    """Share of everyday characters among the Chinese ones, none if too low to be Chinese, less ten times that of damage."""
    strange = sum(char > "\x7f" for char in text)
    faults = text.count(_LOST) + text.count("\0")
    share = _share(text)
    return (share if share >= _SURE else 0.0) - 10 * faults / max(strange, 1)


def _share(text: str) -> float:
    found = _HAN.findall(text)
    return sum(char in _COMMON for char in found) / len(found) if found else 0.0


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
