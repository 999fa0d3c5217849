"""Numbers of automatic numbering as they are printed, by the formats of ECMA-376 17.18.59 (ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

from ingest.numerals import to_chinese

_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LIMIT = 10_000


def ordinal(count: int, style: str) -> str:
    """Writes a number in one of the formats; one that is not known, or too large for it, is decimal.

    >>> [ordinal(12, style) for style in ("chineseCounting", "decimalZero", "upperLetter", "decimalEnclosedCircle")]
    ['十二', '12', 'L', '⑫']

    :param style: value of ``w:numFmt``.
    """
    if style in ("none", "bullet"):
        return ""
    write = _FORMATS.get(style)
    return write(count) if write is not None and 0 < count < _LIMIT else str(count)


def _counting(count: int) -> str:
    """一 to 九十九 as spoken, from 100 on digit by digit: 一〇〇."""
    return to_chinese(count) if count < 100 else _digital(count)


def _digital(count: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(count))


def _legal(count: int) -> str:
    text = to_chinese(count)
    return ("一" + text if text.startswith("十") else text).translate(_LEGAL)


def _letters(count: int) -> str:
    """A to Z, then AA, BB: the letter is repeated, not carried."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    text = ""
    for amount, sign in _ROMAN:
        text += sign * (count // amount)
        count %= amount
    return text


def _from(signs: str) -> Callable[[int], str]:
    """A row of signs, one a number."""
    return lambda count: signs[count - 1] if count <= len(signs) else str(count)


def _row(first: str, length: int) -> str:
    return "".join(chr(ord(first) + place) for place in range(length))


_CIRCLES = _row("①", 20) + _row("㉑", 15) + _row("㊱", 15)
_WIDE = {ord("0") + digit: ord("０") + digit for digit in range(10)}
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: str(count).translate(_WIDE),
    "decimalFullWidth2": lambda count: str(count).translate(_WIDE),
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda count: _roman(count).upper(),
    "lowerRoman": _roman,
    "chineseCounting": _counting,
    "chineseCountingThousand": to_chinese,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": to_chinese,
    "japaneseCounting": to_chinese,
    "ideographDigital": _digital,
    "taiwaneseDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": _from("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _from("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _from(_row("㊀", 10)),
    "decimalEnclosedCircle": _from(_CIRCLES),
    "decimalEnclosedCircleChinese": _from(_CIRCLES),
    "decimalEnclosedParen": _from(_row("⑴", 20)),
    "decimalEnclosedFullstop": _from(_row("⒈", 20)),
}
