"""版头与版记: document number, title, issuer, dates, recipients, and which paragraphs hold them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ingest.numbering import marker
from ingest.numerals import to_number
from ingest.paragraphs import Paragraph
from ingest.records import Metadata, Page

_NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{2,12}?)\s*[〔\[［(（【]\s*(?P<year>\d{4})\s*[〕\]］)）】]\s*第?\s*(?P<serial>\d{1,5})\s*号"
)
_DATE = re.compile(
    r"(\d{4}|[一二三四五六七八九〇○零]{4})\s*年\s*([\d一二三四五六七八九十]{1,3})\s*月\s*([\d一二三四五六七八九十]{1,3})\s*日"
)
_GARBLED_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<rest>\d{2,4})")
_NOTE = re.compile(
    r"[（(][^（）()]*(?:公开|发布|印发|登报)[^（）()]*[）)]|(?:信息)?公开(?:方式|属性|类别)\s*[:：]\s*\S{2,10}"
)
_COPIED = re.compile(r"抄\s*送\s*[:：]\s*")
_PRINTED = re.compile(rf"(?P<by>.*?)\s*(?P<date>{_DATE.pattern})\s*印发")
_KIND = re.compile(r"(通知|通告|通报|公告|公报|决定|决议|命令|意见|批复|函|报告|请示|纪要|议案)$")
_TITLE_MARKS = re.compile(r"[《》〈〉<>“”\"\s,，、·]")
_FRONT = 8
"""How many paragraphs from the top the head of a document may take."""


@dataclass(frozen=True)
class Front:
    """What the head and the tail of a document say.

    ``held`` maps a paragraph's place to the field it holds. The covering notice's body is ``notice`` (empty
    where there is none), the document's own body is ``body``; both are places of paragraphs in order.
    """

    metadata: Metadata
    held: dict[int, str]
    notice: tuple[int, ...]
    body: tuple[int, ...]
    kind: str
    warnings: tuple[str, ...] = field(default=())


def canonical_number(text: str) -> str | None:
    """Finds a document number (发文字号) and writes it as GB/T 9704-2012 7.2.5 has it.

    >>> canonical_number("沪府办发 ［２０２１］ 第16 号")
    '沪府办发〔2021〕16号'
    """
    found = _NUMBER.search(unicodedata.normalize("NFKC", text))
    return f"{found['code']}〔{found['year']}〕{int(found['serial'])}号" if found else None


def iso_date(text: str) -> str | None:
    """Reads 2023年11月6日 or 二○二三年十一月六日 as 2023-11-06; None if the text is no such date."""
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text).replace("o", "○").strip())
    if not found:
        return None
    try:
        year, month, day = (to_number(part) for part in found.groups())
    except ValueError:
        return None
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def read_front(
    pages: Sequence[Page], paragraphs: Sequence[Paragraph], shown: Sequence[str], source: Sequence[str]
) -> Front:
    """Reads the metadata and tells the covering notice from the document it issues.

    :param shown: each paragraph as the page shows it, empty for a table.
    :param source: each paragraph as the layer has it.
    """
    labels = dict(reversed([label for page in pages for label in page.labels]))
    held: dict[int, str] = {}
    warnings: list[str] = []
    number = _find_number(shown, held) or canonical_number(labels.get("number", ""))
    red_head = _find_red_head(paragraphs, shown, held)
    first_title = _find_title(pages, paragraphs, shown, held)
    recipients = _find_recipients(shown, held)
    signed = _find_signature(shown, held, labels.get("published"), warnings)
    plan = _find_plan(paragraphs, shown, held, first_title, signed)
    copied_to, printed, printed_by = _find_tail(shown, held)
    title = shown[plan] if plan is not None else first_title
    kind = _KIND.search(first_title)
    issuer = (
        _issuer(held, source) or labels.get("issuer") or (red_head or "").removesuffix("文件") or _author(first_title)
    )
    metadata = Metadata(
        number=number,
        title=title or next((text[:40] for text in shown if text), ""),
        notice_title=first_title if plan is not None else None,
        issuer=issuer or labels.get("publisher"),
        date=_text_of(held, shown, "date", iso_date) or (signed and signed[1]) or iso_date(labels.get("date", "")),
        recipients=recipients,
        copied_to=copied_to,
        printed=printed,
        printed_by=printed_by,
        index_number=labels.get("index_number"),
        note=_text_of(held, shown, "note", lambda text: text.strip("（）()")),
        red_head=red_head,
    )
    free = [place for place in range(len(paragraphs)) if place not in held]
    if not free:
        # A page with nothing but a title: it is what the page says.
        free = [place for place in held if held[place] == "title"]
        held = {place: name for place, name in held.items() if name != "title"}
    split = plan if plan is not None else -1
    return Front(
        metadata, held, tuple(place for place in free if place < split), tuple(place for place in free if place > split),
        kind.group(1) if kind else "通知", tuple(warnings),
    )  # fmt: skip


def _find_number(shown: Sequence[str], held: dict[int, str]) -> str | None:
    for place, text in enumerate(shown[:_FRONT]):
        plain = unicodedata.normalize("NFKC", text).strip()
        if _NUMBER.fullmatch(plain):
            held[place] = "number"
            return canonical_number(plain)
    return None


def _find_red_head(paragraphs: Sequence[Paragraph], shown: Sequence[str], held: dict[int, str]) -> str | None:
    """发文机关标志 (GB/T 9704-2012 7.2.4): the issuer's name, or that and 文件, in large type above the number."""
    number = next((place for place, name in held.items() if name == "number"), None)
    for place in range(number or 0):
        name = re.sub(r"\s", "", shown[place])
        if paragraphs[place].display and name.endswith("文件"):
            held[place] = "red_head"
            return name
    return None


def _find_title(
    pages: Sequence[Page], paragraphs: Sequence[Paragraph], shown: Sequence[str], held: dict[int, str]
) -> str:
    """The first title: the web page's own, else the first large type, else a first line that is no sentence."""
    given = next((page.title for page in pages if page.title), None)
    front = [place for place in range(min(_FRONT, len(shown))) if place not in held and shown[place]]
    if given:
        _hold_same(front, shown, held, given)
        return given
    for place in front:
        if paragraphs[place].display:
            held[place] = "title"
            return shown[place]
    for place in front[:2]:
        if (
            len(shown[place]) <= 60
            and not shown[place].endswith(tuple("。；：:.;，、"))
            and marker(shown[place]) is None
        ):
            held[place] = "title"
            return shown[place]
    return ""


def _hold_same(front: Sequence[int], shown: Sequence[str], held: dict[int, str], title: str) -> None:
    """Marks the paragraphs at the top of the article that repeat the page's title, which may be broken in two."""
    for size in (1, 2, 3):
        for start in range(len(front) - size + 1):
            places = front[start : start + size]
            if _plain("".join(shown[place] for place in places)) == _plain(title):
                held.update({place: "title" for place in places})
                return


def _plain(title: str) -> str:
    return _TITLE_MARKS.sub("", title)


def _find_recipients(shown: Sequence[str], held: dict[int, str]) -> tuple[str, ...]:
    """主送机关 (GB/T 9704-2012 7.3.2): the first paragraph, up to a colon; kinds of bodies parted by commas."""
    for place, text in enumerate(shown[:_FRONT]):
        if place in held or not text:
            continue
        if text.endswith(("：", ":")) and len(text) < 300 and "。" not in text and marker(text) is None:
            held[place] = "recipients"
            return tuple(re.split(r"[，,]", text[:-1]))
        if text.endswith("。") or marker(text) is not None:
            break
    return ()


def _find_signature(
    shown: Sequence[str], held: dict[int, str], published: str | None, warnings: list[str]
) -> tuple[int, str | None] | None:
    """署名、成文日期、附注 (GB/T 9704-2012 7.3.5-7.3.7): place of the date and, where garbled, its reading."""
    for place, text in enumerate(shown):
        if place in held or not place:
            continue
        garbled = _GARBLED_DATE.fullmatch(text.strip()) if _is_name(shown[place - 1]) else None
        if iso_date(text) is None and garbled is None:
            continue
        held[place] = "date"
        above = place - 1
        while above > 0 and above not in held and _is_name(shown[above]):
            held[above] = "issuer"
            above -= 1
        for below in range(place + 1, min(place + 3, len(shown))):
            if _NOTE.fullmatch(shown[below]):
                held[below] = "note"
        return place, _ungarbled(text.strip(), garbled, published, warnings) if garbled else None
    return None


def _is_name(text: str) -> bool:
    return 2 <= len(text) <= 40 and not re.search(r"[，。；：:,;《》？！、\d]", text) and marker(text) is None


def _ungarbled(text: str, garbled: re.Match[str], published: str | None, warnings: list[str]) -> str | None:
    """Reads a date that lost its 年月日 only where the page's date of publication is one of its readings."""
    rest = garbled["rest"]
    readings = {f"{garbled['year']}-{int(rest[:cut]):02}-{int(rest[cut:]):02}" for cut in range(1, len(rest))}
    if published in readings:
        warnings.append(f"成文日期写作“{text}”，缺年月日；按同页发布时间读作 {published}")
        return published
    warnings.append(f"成文日期写作“{text}”，缺年月日，无法确定，未采用")
    return None


def _find_plan(
    paragraphs: Sequence[Paragraph],
    shown: Sequence[str],
    held: dict[int, str],
    title: str,
    signed: tuple[int, str | None] | None,
) -> int | None:
    """The title of the document that a covering notice issues: after the notice's date, and named by its title."""
    if signed is None or not re.search("印发|发布|转发|公布", title):
        return None
    for place in range(signed[0] + 1, min(signed[0] + 6, len(shown))):
        text = shown[place]
        if place in held or not text:
            continue
        named = len(_plain(text)) > 3 and _plain(text) in _plain(title)
        if named or (paragraphs[place].display and marker(text) is None):
            held[place] = "title"
            return place
        break
    return None


def _find_tail(shown: Sequence[str], held: dict[int, str]) -> tuple[tuple[str, ...], str | None, str | None]:
    """版记 (GB/T 9704-2012 7.4) at the very end: 抄送机关, 印发日期 and 印发机关."""
    copied_to: tuple[str, ...] = ()
    printed = printed_by = None
    for place in range(max(0, len(shown) - 6), len(shown)):
        text = shown[place].rstrip("。.")
        copied = _COPIED.match(text)
        imprint = _PRINTED.fullmatch(text) if len(text) < 60 else None
        if copied:
            held[place] = "copied_to"
            copied_to = tuple(re.split(r"[，,]", text[copied.end() :]))
        elif imprint:
            held[place] = "printed"
            printed, printed_by = iso_date(imprint["date"]), imprint["by"].strip() or None
    return copied_to, printed, printed_by


def _issuer(held: dict[int, str], source: Sequence[str]) -> str | None:
    """发文机关署名; several names stand on lines of their own or apart on one."""
    names = [name for place in sorted(held) if held[place] == "issuer" for name in source[place].split()]
    whole = ["".join(names)] if any(len(name) < 4 for name in names) else names
    return "、".join(whole) or None


def _author(title: str) -> str | None:
    author, about, _ = title.partition("关于")
    return author if about and 3 < len(author) < 40 else None


def _text_of(held: dict[int, str], shown: Sequence[str], name: str, read: Callable[[str], str | None]) -> str | None:
    place = next((place for place in sorted(held) if held[place] == name), None)
    return read(shown[place]) if place is not None else None
