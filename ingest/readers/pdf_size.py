"""The instructions that draw a page: how large they are, and whether all of them can be unpacked, found without doing more than needed."""

from __future__ import annotations

import base64
import re
import zlib
from collections import Counter
from typing import Any

MOST_BYTES = 16 * 1024 * 1024
"""Drawing instructions of a file, unpacked, at most: fifty times those of the largest official page."""

_PIECE, _FORM = 2048, 256
"""What each piece of a page's instructions, and each drawing of a form, counts besides its own bytes: twenty thousand tiny ones take minutes."""

_DEEPEST = 50
"""Forms within forms at most; deeper ones count as too large."""

_HEADER = 2
"""Bytes before the packed data proper (RFC 1950); the checksum behind them is not looked at, only what it was made of counts."""

_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def drawn(page: Any) -> tuple[int, bool]:
    """Counts the bytes of a page's instructions, with a share for each piece of them, up to somewhat more than :data:`MOST_BYTES`.

    A form (XObject) counts as often as it is drawn, with the forms that it draws: ten that each draw the next ten times are
    thousands of millions.

    :param page: a page of pdfplumber.
    :return: the bytes, and whether all that is packed came out; where it did not, pdfminer silently gives part or nothing.
    """
    total, whole = 0, True
    known: dict[int, int] = {}
    for given in page.page_obj.contents:
        stream = _resolved(given)
        if hasattr(stream, "get_filters") and total <= MOST_BYTES:
            data, sound = _unpacked(stream)
            total += len(data) + _PIECE + _forms(data, page.page_obj.resources, known, 0)
            whole = whole and sound
    return total, whole


def _forms(data: bytes, resources: Any, known: dict[int, int], depth: int) -> int:
    """The size of all forms that instructions draw."""
    names = Counter(_DRAWN.findall(data))
    forms = _resolved(_entry(resources, "XObject")) if names else None
    total = 0
    for name, times in names.items():
        plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), name).decode("utf-8", "replace")
        form = _resolved(_entry(forms, plain))
        if hasattr(form, "get_filters") and str(getattr(_resolved(form.get("Subtype")), "name", "")) == "Form":
            total += times * (_FORM + _form(form, resources, known, depth + 1))
    return min(total, MOST_BYTES + 1)


def _form(form: Any, resources: Any, known: dict[int, int], depth: int) -> int:
    """The size of a form, with the forms that it draws; one that draws itself is drawn once."""
    if depth > _DEEPEST:
        return MOST_BYTES + 1
    if form.objid not in known:
        known[form.objid] = 0
        data, _ = _unpacked(form)
        own = _resolved(form.get("Resources"))
        known[form.objid] = len(data) + _forms(data, own if own is not None else resources, known, depth)
    return known[form.objid]


def _entry(given: Any, name: str) -> Any:
    found = _resolved(given)
    return found.get(name) if isinstance(found, dict) else None


def _resolved(value: Any) -> Any:
    return value.resolve() if hasattr(value, "resolve") else value


def _unpacked(stream: Any) -> tuple[bytes, bool]:
    """What one stream holds, each layer of packing taken off up to the limit, and whether all came out."""
    data = stream.get_rawdata()
    if data is None:  # unpacked already, for another page
        return stream.data or b"", True
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    for given, _ in stream.get_filters():
        name = getattr(given, "name", given)
        if name in ("ASCII85Decode", "A85") and (plain := _of_text(data)):
            data = plain
            continue
        if name not in ("FlateDecode", "Fl") or not data:
            break
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = unpacker.decompress(data[_HEADER:], MOST_BYTES + 1)
        except zlib.error:
            return b"", False
        if len(data) > MOST_BYTES or not unpacker.eof:
            return data, len(data) > MOST_BYTES
    return data, True


def _of_text(data: bytes) -> bytes:
    """What is written in base 85; nothing where it is not."""
    try:
        return base64.a85decode(data.strip().removeprefix(b"<~").partition(b"~>")[0])
    except ValueError:
        return b""
