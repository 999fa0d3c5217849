"""发文字号 and the numbers of orders (令), found and written in one form."""

from __future__ import annotations

import re
import unicodedata

from ingest.heads.lines import plain
from ingest.numerals import to_number

NUMBER = re.compile(
    r"(?P<code>(?:(?!文件)(?!(?<=文)件)[\u4e00-\u9fff]){2,14}?)\s*[〔\[［(（【]\s*(?P<year>\d{4})\s*[〕\]］)）】]\s*第?\s*(?P<serial>\d{1,5})\s*号"
)
_ORDER = re.compile(
    r"(?P<office>[\u4e00-\u9fff][\u4e00-\u9fff、 ]{1,80}?)\s*令\s*"
    r"(?:(?P<year>\d{4})\s*年\s*)?(?:[〔\[［(（]\s*(?P<bracket>\d{4})\s*[〕\]］)）]\s*)?[(（]?\s*第?\s*(?P<serial>\d{1,5}|[一二三四五六七八九十百零〇]{1,6})\s*号"
)
_NOTICE = re.compile(
    r"(?P<office>[\u4e00-\u9fff][\u4e00-\u9fff、 ]{1,80}?)\s*(?P<kind>公告|通告)\s*(?P<year>\d{4})\s*年\s*第\s*(?P<serial>\d{1,5})\s*号"
)
"""Numbers of announcements, which some departments count apart: 国家税务总局公告2024年第5号."""

_PUBLISHED_UNDER = re.compile(rf"{NUMBER.pattern}\s*文?件?\s*(?:发布|公布|印发|颁布)")
_OFFICE_BEFORE = re.compile(r".*(?:政府|委员会|办公[室厅]|[局厅部院日])(?=[\u4e00-\u9fff]{2})")
ORDER_HEAD = re.compile(r"(?P<office>[\u4e00-\u9fff、\s]{2,80}?)\s*(?P<kind>令|公告|通告)$")
_ORDER_SERIAL = re.compile(
    r"[(（〔]?\s*(?:(\d{4})\s*年\s*)?第\s*(\d{1,5}|[一二三四五六七八九十百零〇]{1,6})\s*号\s*[)）〕]?"
)


def canonical_number(text: str) -> str | None:
    """Finds a document number (发文字号) and writes it as GB/T 9704-2012 7.2.5 has it.

    >>> canonical_number("沪府办发 ［２０２１］ 第16 号")
    '沪府办发〔2021〕16号'
    """
    found = NUMBER.search(unicodedata.normalize("NFKC", text))
    return _canonical(found) if found else None


def number_line(text: str) -> str | None:
    """The document number that a line consists of, alone or with 签发人 behind it, or as the name of a file."""
    written = unicodedata.normalize("NFKC", text).strip().strip("()")
    found = NUMBER.match(written)
    if (announced := _NOTICE.fullmatch(written)) is not None:
        return _announced(announced)
    if not found:
        return order_number(written) if _ORDER.fullmatch(written) else None
    rest = written[found.end() :].strip()
    return _canonical(found) if not rest or re.fullmatch(r"签发人.{0,20}|\.(?:pdf|docx?|wps|ofd)", rest) else None


_ORDER_LAST = re.compile(r"(?P<office>[\u4e00-\u9fff、]{2,60}?)第\s*(?P<serial>\d{1,5})\s*号令")


def order_number(text: str) -> str | None:
    """Finds the number of an order as it stands: 国务院令第707号, 商务部令2007年第8号, 甲市人民政府第318号令.

    >>> order_number("江西省人民政府令 第 223 号"), order_number("（2007年3月27日商务部、公安部令2007年第8号公布）")
    ('江西省人民政府令第223号', '商务部、公安部令2007年第8号')
    """
    written = re.sub(r"\d{1,4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日", "。", unicodedata.normalize("NFKC", text))
    last = _ORDER_LAST.search(written)
    found = _ORDER.search(written)
    if last and not (found and found.start() < last.start()):
        return f"{last['office']}第{int(last['serial'])}号令"
    return _order(found["office"], found["year"], found["bracket"], found["serial"]) if found else None


def published_under(note: str) -> str | None:
    """The number under which a note below the title says that it was published.

    >>> published_under("（2023年1月30日甲市人民政府甲府规字〔2023〕1号文发布）")
    '甲府规字〔2023〕1号'
    """
    found = _PUBLISHED_UNDER.search(unicodedata.normalize("NFKC", note))
    return _OFFICE_BEFORE.sub("", _canonical(found)) if found else None


def number_of_file(name: str, title: str) -> str | None:
    """The number that the name of a linked file begins with, where it goes on with a document's title.

    >>> number_of_file("临政办发〔2013〕158号关于印发文化礼堂建设办法的通知.doc", "文化礼堂建设办法")
    '临政办发〔2013〕158号'
    """
    written = unicodedata.normalize("NFKC", name).strip()
    found = NUMBER.match(written)
    return _canonical(found) if found and plain(title) and plain(title) in plain(written[found.end() :]) else None


def _announced(found: re.Match[str]) -> str:
    office = re.sub(r"\s", "", found["office"])
    return f"{office}{found['kind']}{found['year']}年第{int(found['serial'])}号"


def order_of(head: str, serial: str) -> str | None:
    """Puts the head line of an order or announcement and the line with its number together: 江西省人民政府令, 第223号."""
    named = ORDER_HEAD.fullmatch(unicodedata.normalize("NFKC", head).strip())
    numbered = _ORDER_SERIAL.fullmatch(unicodedata.normalize("NFKC", serial).strip())
    return _order(named["office"], numbered[1], None, numbered[2], named["kind"]) if named and numbered else None


def _order(office: str, year: str | None, bracket: str | None, serial: str, kind: str = "令") -> str:
    shown = (
        f"〔{bracket}〕{int(to_number(serial))}号"
        if bracket
        else f"{year + '年' if year else ''}第{to_number(serial)}号"
    )
    return re.sub(r"\s", "", office) + kind + shown


def _canonical(found: re.Match[str]) -> str:
    return f"{found['code']}〔{found['year']}〕{int(found['serial'])}号"
