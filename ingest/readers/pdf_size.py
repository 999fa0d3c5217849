"""The instructions that draw a page: how large they are, and whether all of them can be unpacked, found without doing more than needed."""

from __future__ import annotations

import zlib
from typing import Any

MOST_BYTES = 16 * 1024 * 1024
"""Drawing instructions of a file, unpacked, at most: fifty times those of the largest official page."""

_PIECE = 2048
"""What each piece of a page's instructions counts besides its own bytes: a page of twenty thousand tiny ones takes minutes."""

_HEADER = 2
"""Bytes before the packed data proper (RFC 1950); the checksum behind them is not looked at, only what it was made of counts."""


def drawn(page: Any) -> tuple[int, bool]:
    """Counts the bytes of a page's instructions, with a share for each piece of them, up to somewhat more than :data:`MOST_BYTES`.

    :param page: a page of pdfplumber.
    :return: the bytes, and whether all that is packed came out; where it did not, pdfminer silently gives part or nothing.
    """
    total, whole = 0, True
    for given in page.page_obj.contents:
        stream = given.resolve() if hasattr(given, "resolve") else given
        if hasattr(stream, "get_filters") and total <= MOST_BYTES:
            size, sound = _unpacked(stream)
            total, whole = total + size + _PIECE, whole and sound
    return total, whole


def _unpacked(stream: Any) -> tuple[int, bool]:
    """The size of one stream, each layer of compression taken off up to the limit."""
    data = stream.get_rawdata()
    if data is None:  # unpacked already, for another page
        return len(stream.data or b""), True
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    for name, _ in stream.get_filters():
        if getattr(name, "name", name) not in ("FlateDecode", "Fl") or not data:
            break
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = unpacker.decompress(data[_HEADER:], MOST_BYTES + 1)
        except zlib.error:
            return 0, False
        if len(data) > MOST_BYTES or not unpacker.eof:
            return len(data), len(data) > MOST_BYTES
    return len(data), True
