"""Dates of a document: of signature, of promulgation, of a speech, and those that lost their 年月日."""

from __future__ import annotations

import re
import unicodedata

from ingest.numerals import to_number

DATE = re.compile(
    r"(\d{4}|[一二三四五六七八九〇○零]{4})\s*年\s*([\d一二三四五六七八九十]{1,3})\s*月\s*([\d一二三四五六七八九十]{1,3})\s*日"
)
DAY = r"\d{4}年\d{1,2}月\d{1,2}日|[一二三四五六七八九〇○零]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
"""Pattern of a date in words, to stand inside others; it has no groups."""

_PLAIN = re.compile(r"\s*(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d{3})")
_GARBLED = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<rest>\d{2,4})")
_ENACTED = re.compile(r"(?:通过|公布|发布|批准|修正|修订)$")
_PUBLISHED = re.compile(r"公布|发布|颁布")
_OFFICE = re.compile(r"日(?P<office>[\u4e00-\u9fff、]{2,60}?)(?:令?(?:\d{4}年)?第?\d{1,5}号令?)?(?:公布|发布|颁布)")
_NOTE_LENGTH = 80
_CHANGED = re.compile(r"修正|修订|修改(?!〈|《)")
_BEGINS = re.compile(r"日起?(?:施行|实施)")
_CONGRESS = re.compile(
    r"日(?P<place>[\u4e00-\u9fff]{2,14}?)(?:第[一二三四五六七八九十]+届)?(?P<body>人民代表大会(?:常务委员会)?)(?=第)"
)
_EVENT = re.compile(r"通过|公布|发布|颁布|施行|修正|修订|批准|印发|修改|废止|令")


def iso_date(text: str) -> str | None:
    """Reads 2023年11月6日 or 二○二三年十一月六日 as 2023-11-06; None if the text is no such date."""
    found = DATE.fullmatch(unicodedata.normalize("NFKC", text).replace("o", "○").strip())
    return _iso(found.groups()) if found else None


def date_label(text: str) -> str | None:
    """Reads the date that a label of a page gives, with or without the time: 2022-08-16 14:02, 2022.07.15.

    >>> date_label("2022.07.15"), date_label("2020-03-1316:05")
    ('2022-07-15', '2020-03-13')
    """
    found = DATE.search(unicodedata.normalize("NFKC", text)) or _PLAIN.match(unicodedata.normalize("NFKC", text))
    return _iso(found.groups()) if found else None


def plain_date(text: str) -> bool:
    """Whether a line is a date in figures alone: 2025.3.1, 2025-03-01."""
    return bool(_PLAIN.fullmatch(text.rstrip())) and date_label(text) is not None


def is_date_note(text: str) -> bool:
    """Whether a line is the note under a law's title, （2018年3月1日…通过 2020年5月1日…修正）."""
    plain = unicodedata.normalize("NFKC", text).strip()
    bracketed = plain.startswith("(") and plain.endswith(")")
    noted = bracketed or (DATE.match(plain) is not None and len(plain) < _NOTE_LENGTH and bool(_ENACTED.search(plain)))
    return noted and bool(DATE.search(plain)) and bool(_EVENT.search(plain))


def promulgated(note: str, number: str | None) -> str | None:
    """The date of promulgation that a note under the title gives.

    That of the order whose number the document bears, else of the last revision (修订, which enacts the whole text
    anew), else of promulgation, else of the approval that a city's regulation needs (批准, 立法法, 2023, art. 81), else the first; an amendment
    (修正) leaves the date as it was (art. 63).

    >>> promulgated("（2017年10月30日甲市人民代表大会常务委员会通过　2017年11月30日乙省人民代表大会常务委员会批准）", None)
    '2017-11-30'
    >>> promulgated("（2001年5月1日发布　2016年9月21日甲省人民政府令第223号修正）", "甲省人民政府令第223号")
    '2016-09-21'
    """
    events = _events(note)
    serial = re.sub(r".*令", "令", number) if number else ""
    numbered = [event for event in events if serial and serial in re.sub(r"\s", "", event)]
    revised = [event for event in events if "修订" in event]
    published = [event for event in events if _PUBLISHED.search(event)]
    approved = [event for event in events if "批准" in event]
    chosen = next((some[0] for some in (numbered, revised[-1:], published, approved, events) if some), None)
    found = DATE.match(chosen) if chosen else None
    return _iso(found.groups()) if found else None


def changed(note: str) -> tuple[str | None, str] | None:
    """The day of the first text and that of the last change that a note under the title gives; None where it tells of no change.

    A change counts from the day of its own that the note gives behind it (自…起施行).

    >>> changed("（2011年7月7日甲市人民政府第235号令发布　根据2024年11月27日甲市人民政府第313号令修改　自2025年1月1日起施行）")
    ('2011-07-07', '2025-01-01')
    >>> changed("（2018年3月1日甲市人民代表大会常务委员会通过）") is None
    True
    """
    events = _events(note)
    days = [_iso(found.groups()) if (found := DATE.match(event)) else None for event in events]
    last = max((place for place, event in enumerate(events) if _CHANGED.search(event)), default=None)
    if last is None:
        return None
    begins = next((place for place in range(last + 1, len(events)) if _BEGINS.search(events[place])), last)
    day = days[begins] or days[last]
    return (days[0] if last else None, day) if day else None


def _events(note: str) -> list[str]:
    """The pieces of a note that each begin with a date."""
    plain = unicodedata.normalize("NFKC", note)
    places = [found.start() for found in DATE.finditer(plain)]
    return [plain[start:end] for start, end in zip(places, [*places[1:], len(plain)], strict=False)]  # none of none


def enacted_by(note: str) -> str | None:
    """The congress or standing committee, or else the office, that the note under a law's title names.

    >>> enacted_by("（2020年3月27日甲市第十五届人民代表大会常务委员会第二十次会议通过）")
    '甲市人民代表大会常务委员会'
    """
    plain = re.sub(r"\s", "", note)
    found = _CONGRESS.search(plain)
    if found:
        return found["place"] + found["body"]
    office = _OFFICE.search(plain)
    return office["office"] if office else None


def is_garbled_date(text: str) -> bool:
    """Whether a line is a date that lost its 年月日: 2023116."""
    return bool(_GARBLED.fullmatch(text.strip()))


def ungarbled(text: str, published: str | None) -> tuple[str | None, str]:
    """Reads a date that lost its 年月日 only where the page's date of publication is one of its readings.

    :return: the date or None, and what to tell the reader.
    """
    found = _GARBLED.fullmatch(text.strip())
    if found is None:
        return None, ""
    rest = found["rest"]
    readings = {f"{found['year']}-{int(rest[:cut]):02}-{int(rest[cut:]):02}" for cut in range(1, len(rest))}
    if published in readings:
        return published, f"成文日期写作“{text.strip()}”，缺年月日；按同页发布时间读作 {published}"
    return None, f"成文日期写作“{text.strip()}”，缺年月日，无法确定，未采用"


def _iso(parts: tuple[str, ...]) -> str | None:
    try:
        year, month, day = (to_number(part) for part in parts)
    except ValueError:
        return None
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None
