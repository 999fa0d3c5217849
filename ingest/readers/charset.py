"""Bytes of a plain text to characters: the encoding is told by how much of the outcome is everyday Chinese."""

from __future__ import annotations

import codecs
import re

from ingest.errors import UnreadableFile

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
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
_PRIVATE = re.compile(r"[\ue000-\uf8ff\x00-\x08\x0e-\x1f\x80-\x9f]")
_SURE = 0.3
"""Share of everyday characters among the Chinese ones, at least; Chinese prose has more than half, a misreading a tenth."""

_FAULTS = 0.002
"""Share of characters that may be damaged in a text that is still taken in."""

_LOST = "\ufffd"

LARGEST = 8 * 1024 * 1024
"""Bytes of a text, at most; the longest plan has a tenth."""


def decode(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """Reads the bytes of a text in the encoding that makes the most everyday Chinese of them.

    :param name: file name, for messages.
    :return: the text, and a warning where single bytes of it are damaged.
    :raises UnreadableFile: if no encoding makes a sound text of them.
    """
    if len(data) > LARGEST:
        raise UnreadableFile(name, f"文件有 {len(data) >> 20} MB，超过文本的上限 {LARGEST >> 20} MB", "请拆分后再读")
    marked = next((codec for mark, codec in _MARKED if data.startswith(mark)), None)
    readings = [(codec, data.decode(codec, "replace")) for codec in ([marked] if marked else _CODECS)]
    sound = [(codec, text) for codec, text in readings if _is_sound(text, codec)]
    if not sound:
        raise UnreadableFile(name, "认不出文字编码", "请用编辑器打开，确认文字无误后另存为 UTF-8 编码")
    _, text = max(sound, key=lambda reading: (_share(reading[1]), -_places(reading[0])))
    lost = text.count(_LOST)
    warnings = (f"有 {lost} 处字节已损坏，无法认出文字，以“{_LOST}”代替",) if lost else ()
    return text.replace("\x00", ""), warnings


def _places(codec: str) -> int:
    return _CODECS.index(codec) if codec in _CODECS else -1


def _is_sound(text: str, codec: str) -> bool:
    """Whether a reading has hardly any damage, and where it has Chinese, that of everyday use."""
    faults = text.count(_LOST) + len(_PRIVATE.findall(text))
    if faults > max(_FAULTS * len(text), 1 if len(text) > 100 else 0):
        return False
    if not _HAN.search(text):
        return text.isascii() or codec not in _CODECS or codec == "utf-8"
    return _share(text) >= _SURE or (codec in ("utf-8", "utf-8-sig") and not faults)


def _share(text: str) -> float:
    """Share of everyday characters among the Chinese ones."""
    found = _HAN.findall(text)
    return sum(char in _COMMON for char in found) / len(found) if found else 0.0
