"""Characters of a DOCX that are no plain text: signs of symbol fonts and circled numbers made by fields."""

from __future__ import annotations

import re

_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "◆", 0x9F: "•", 0xA1: "○",
    0xA7: "■", 0xA8: "□", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x81 + place: chr(ord("①") + place) for place in range(10)}, **{0x8C + place: chr(ord("❶") + place) for place in range(10)},
}  # fmt: skip
_WINGDINGS_2 = {0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x2A: "□"}
_SYMBOL = {
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°", 0xB7: "•", 0xA5: "∞", 0xAE: "→",
    0xAC: "←", 0xAD: "↑", 0xAF: "↓", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6D: "μ", 0x71: "θ", 0x6C: "λ", 0x70: "π",
    0x73: "σ", 0x53: "Σ", 0x44: "Δ", 0x57: "Ω", 0xD7: "⋅", 0x7E: "∼",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
_PRIVATE = 0xF000
_CIRCLED = re.compile(
    r"\\o\s*(?:\\a[clr]\s*)*[(（]\s*(?P<ring>[^,，;]*)[,，;]\s*(?P<inner>[^)）]*)[)）]", re.IGNORECASE
)


def symbol(font: str | None, code: str | None) -> str:
    """The character that a symbol font draws for a code (``w:sym``); one that is not known stays as it is.

    >>> symbol("Wingdings", "F0FE"), symbol("Symbol", "F0B3")
    ('☑', '≥')

    :param code: hexadecimal.
    """
    try:
        number = int(code or "", 16)
        plain = chr(number)
    except (ValueError, OverflowError):
        return ""
    drawn = _FONTS.get((font or "").lower(), {})
    return drawn.get(number - _PRIVATE if number >= _PRIVATE else number, plain)


def drawn_by_field(instruction: str) -> str:
    r"""What an EQ field draws that lays one character over another, as ``eq \o\ac(○,1)`` draws ①; else nothing."""
    found = _CIRCLED.search(instruction)
    if not found or not instruction.strip().lower().startswith("eq"):
        return ""
    inner = found["inner"].strip()
    if found["ring"].strip() in ("○", "〇", "◯") and inner.isascii() and inner.isdecimal() and 0 < int(inner) <= 20:
        return chr(ord("①") + int(inner) - 1)
    return inner
