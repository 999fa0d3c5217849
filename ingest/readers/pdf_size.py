"""How large the instructions that draw a page are, without unpacking more of them than can be read."""

from __future__ import annotations

import zlib
from typing import Any

MOST_BYTES = 16 * 1024 * 1024
"""Drawing instructions of a file, unpacked, at most: fifty times those of the largest official page."""


def drawn_bytes(page: Any) -> int:
    """Counts the bytes of a page's instructions, up to somewhat more than :data:`MOST_BYTES`.

    :param page: a page of pdfplumber.
    """
    total = 0
    for given in page.page_obj.contents:
        stream = given.resolve() if hasattr(given, "resolve") else given
        total += _size(stream) if hasattr(stream, "get_filters") else 0
        if total > MOST_BYTES:
            break
    return total


def _size(stream: Any) -> int:
    """The size of one stream, each layer of compression taken off up to the limit."""
    data = stream.get_rawdata()
    if data is None:  # unpacked already, for another page
        return len(stream.data or b"")
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    for name, _ in stream.get_filters():
        if getattr(name, "name", name) not in ("FlateDecode", "Fl"):
            break
        try:
            data = zlib.decompressobj().decompress(data, MOST_BYTES + 1)
        except zlib.error:
            break
        if len(data) > MOST_BYTES:
            break
    return len(data)
