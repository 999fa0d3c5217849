"""版头、主体与版记: document number, title, issuer, dates, recipients, and the texts that one file holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from ingest.heads.dates import DATE, date_label, enacted_by, iso_date, plain_date, promulgated, ungarbled
from ingest.heads.heading import Head
from ingest.heads.lines import COPIED, ends_as_title, is_copied, is_imprint, is_office, plain, signed_line
from ingest.heads.numbers import canonical_number, number_line, number_of_file, order_number, published_under
from ingest.heads.offices import parted
from ingest.heads.parts import Part, Roles, roles
from ingest.heads.text import Text
from ingest.heads.texts import Texts
from ingest.pages import Page
from ingest.paragraphs import Paragraph
from ingest.records import Metadata

__all__ = ["Front", "canonical_number", "iso_date", "read_front"]

_PRINTED = re.compile(rf"(?P<by>.*?)\s*(?P<date>{DATE.pattern})\s*印发")
_NUMBERED = re.compile(r"(?P<office>.+?)(?:第\d+号令|令|公告(?=\d|第)|通告(?=\d|第))")
"""The office that the number of an order or announcement names."""

_ISSUES = re.compile(r"(?:印发|发布|转发|公布|下发)《?[^》]{4,}》?的通知")
_SHORTEST_NAME = 6
"""A file's name of fewer Chinese characters than this says nothing."""

_TAIL = 6
"""The imprint (版记) takes no more paragraphs than this."""


@dataclass(frozen=True)
class Front:
    """What the heads and the tails of a file's texts say.

    ``held`` maps a paragraph's place to the field it holds; ``parts`` are the texts that clauses are cut from, in
    order. ``forms`` are the places of tables in annexes to be filled in, ``force_labels`` what is said of the force beside the head,
    ``note`` what stands under the title of when the text was passed and changed.
    """

    metadata: Metadata
    held: dict[int, str]
    parts: tuple[Part, ...]
    warnings: tuple[str, ...] = field(default=())
    forms: frozenset[int] = field(default=frozenset())
    force_labels: tuple[str, ...] = ()
    note: str = ""

    @property
    def prefixes(self) -> dict[int, str]:
        """What the ids of each part begin with, by the places of its paragraphs."""
        return {place: part.prefix for part in self.parts for place in part.places}


def read_front(
    pages: Sequence[Page],
    paragraphs: Sequence[Paragraph],
    shown: Sequence[str],
    source: Sequence[str],
    name: str = "",
    empty_tables: Collection[int] = (),
) -> Front:
    """Reads the metadata and parts the texts of a file: covering notice, document, decision, annexes.

    :param shown: each paragraph as the page shows it, empty for a table.
    :param source: each paragraph as the layer has it.
    :param name: the file's name without its suffix, which stands for a title where the text has none.
    :param empty_tables: places of tables that wait to be filled in.
    """
    held: dict[int, str] = {}
    copied_to, printed, printed_by = _find_tail(shown, held)
    given = next((page.title for page in pages if page.title), None)
    read = Texts(paragraphs, shown, given, held, empty_tables)
    texts = [text for text in read.texts if text.body or text.title or text.head.number] or [Text(Head())]
    role = roles(texts, shown)
    labels = _labels(pages, texts)
    warnings = [f"“{title or '正文'}”在文件里重复了一遍，只取第一遍" for title in read.repeated]
    warnings += [f"{label}是待填写的表单，未作条款" for label in read.forms]
    title, notice_title = _titles(role, given)
    files = [file for page in pages for file, _ in page.attachments]
    number = _number(texts, shown, labels, files, title)
    if not title:
        title = _named(name, role, shown)
        warnings.append(f"正文里没有标题，以“{title}”为题{'' if ends_as_title(title) else '（似不完整）'}，请核对")
    metadata = Metadata(
        number=number,
        title=title,
        notice_title=notice_title,
        issuer=_issuer(texts, source, labels, notice_title, number),
        date=_date(texts, shown, labels, number, warnings) or printed,
        recipients=next((text.head.recipients for text in texts if text.head.recipients), ()),
        copied_to=copied_to,
        printed=printed,
        printed_by=printed_by,
        index_number=labels.get("index_number"),
        note=_text_of(held, shown, "note", lambda text: text.strip("（）()")),
        red_head=next((text.head.red_head for text in texts if text.head.red_head), None),
    )
    if not any(part.places for part in role.parts):
        # A page with nothing but a title: it is what the page says.
        alone = tuple(place for place in held if held[place] == "title")
        held = {place: name for place, name in held.items() if name != "title"}
        return Front(metadata, held, (Part("", title, False, False, alone),), tuple(warnings))
    return Front(metadata, held, role.parts, tuple(warnings), frozenset(read.form_tables), *_said(pages, texts))


def _labels(pages: Sequence[Page], texts: Sequence[Text]) -> dict[str, str]:
    """What the page's own metadata say by name, and what the lines of the heads add."""
    labels = dict(reversed([label for page in pages for label in page.labels]))
    labels |= {name: value for text in texts for name, value in text.head.labels if name not in labels}
    return {name: value for name, value in labels.items() if value.strip("-—/ ") not in ("", "无", "暂无")}


def _said(pages: Sequence[Page], texts: Sequence[Text]) -> tuple[tuple[str, ...], str]:
    """What the page says of the force of its document, and what lines of the heads do: 有效性：失效; and the note under the title."""
    every = [
        *(label for page in pages for label in page.labels),
        *(label for text in texts for label in text.head.labels),
    ]
    return tuple(value for name, value in every if name == "force"), _note(texts) or ""


def _note(texts: Sequence[Text]) -> str | None:
    return next((text.head.note for text in texts if text.head.note), None)


def _titles(role: Roles, given: str | None) -> tuple[str, str | None]:
    """The title of the document itself, and of the notice that issues it, of which a page may give no more than the title."""
    main = role.parts[role.main].title
    covering = role.parts[role.covering].title if role.covering is not None else ""
    title = main or covering or next((part.title for part in role.parts if part.title), "")
    if not covering and given and title and _ISSUES.search(given) and plain(title) in plain(given):
        covering = given
    return title, covering if covering and plain(covering) != plain(title) else None


def _named(name: str, role: Roles, shown: Sequence[str]) -> str:
    """What stands for a title: the title that the text says has been passed, the file's name, or the first words."""
    bodies = [shown[place] for part in role.parts for place in part.places if shown[place]]
    passed = next((found for text in bodies if (found := re.match(r"《(.{4,80})》已(?:经|由|于)", text))), None)
    if passed:
        return passed[1]
    words = max(re.split(r"[_\s]+", name), key=len) if name else ""
    return words if len(re.findall(r"[\u4e00-\u9fff]", words)) >= _SHORTEST_NAME else (bodies or [name])[0][:40]


def _number(
    texts: Sequence[Text], shown: Sequence[str], labels: dict[str, str], files: Sequence[str], title: str
) -> str | None:
    """The number in the head, else of the page's labels, else of the order in the note, else of a file's name."""
    for text in texts:
        if text.head.number:
            return text.head.number
    labelled = labels.get("number", "")
    if (number := number_line(labelled) or canonical_number(labelled) or order_number(labelled)) is not None:
        return number
    for text in texts:
        note = text.head.note or ""
        if (number := order_number(note) or published_under(note)) is not None:
            return number
    named = (number_of_file(file, title) for file in files)
    return next((number for text in shown[-3:] if (number := number_line(text)) is not None), None) or next(
        filter(None, named), None
    )


def _issuer(
    texts: Sequence[Text], source: Sequence[str], labels: dict[str, str], notice: str | None, number: str | None
) -> str | None:
    """Who issued it, by authority: signature, red head, the page's label, number of the order, title, publisher.

    A short form (省政府办公厅, 市规划资源局) gives way to the full name, where title or page gives that.
    """
    author = _author([*(text.title for text in texts), notice or ""])
    publisher, offices = labels.get("publisher"), _offices(labels.get("source", ""))
    given = [name for name in (author, labels.get("issuer"), publisher, offices) if name]
    for text in texts:
        names = [name for place in text.issuers or text.head.issuers for name in _names(source[place])]
        if names:
            # A single character set apart is part of a name that is spread over the line.
            whole = ["".join(names)] if any(len(name) < 3 for name in names) else names
            return _in_full("、".join(office for name in whole for office in parted(name)), given)
    head = next((text.head.red_head for text in texts if text.head.red_head), None)
    if head:
        return "、".join(parted(head.removesuffix("文件")))
    ordered = _NUMBERED.match(number or "")
    noted = enacted_by(_note(texts) or "")
    of_order = ordered["office"] if ordered else None
    first = labels.get("issuer") or of_order or noted or author or publisher or offices
    return _in_full(first, given) if first else None


def _in_full(name: str, given: Sequence[str]) -> str:
    """The first of the names given that a name is short for, else itself."""
    return next((full for full in given if _is_short_for(name, full)), name)


def _offices(source: str) -> str | None:
    """The offices that a page gives as the source of its text (信息来源), which may be a newspaper or a site."""
    names = re.split(r"[\s、]+", re.split(r"\S{2,6}[:：]", source)[0].strip())
    return "、".join(names) if all(map(is_office, names)) else None


_PARTING = re.compile(r"[、\s]")
_LONGEST_PLACE = 3
"""Characters of a province's or a city's name without 省, 市: 黑龙江."""


def _is_short_for(name: str, full: str) -> bool:
    """Whether a name is a longer one of as many offices with characters left out: 省政府办公厅 for 江西省人民政府办公厅.

    A name that stands whole in the longer one is that of one of several offices, unless no more than a place stands before it.
    """
    if name in full and not (full.endswith(name) and 0 < len(full) - len(name) <= _LONGEST_PLACE):
        return False
    rest = iter(full)
    as_many = len(_PARTING.findall(name)) == len(_PARTING.findall(full))
    return as_many and name[-1] == full[-1] and all(char in rest for char in name)


_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
"""A bracket that stands by itself beside a name, （征求意见稿）, and names nobody."""


def _names(line: str) -> list[str]:
    """The offices of a line of signature, less the date on it and what stands in brackets: （代章）."""
    signed = signed_line(line)
    words = line[: signed[0]] if signed else line
    names = re.sub(r"[（(](?:代章|盖章|公章|印章|印|章)[）)]", "", words).split()
    return [name for name in names if not _BRACKETED.fullmatch(name)]


def _author(titles: Sequence[str]) -> str | None:
    """The office that a title begins with: 甲市人民政府关于…, 甲局印发…."""
    for title in titles:
        author, about, _ = title.partition("关于")
        author = re.sub(r"(?:印发|转发|发布)$", "", author)
        if about and all(map(is_office, parted(author))):
            return "、".join(parted(author))
    return None


def _date(
    texts: Sequence[Text], shown: Sequence[str], labels: dict[str, str], number: str | None, warnings: list[str]
) -> str | None:
    """成文日期: of the signature, else of promulgation in the note, of a speech, of the page's labels."""
    for text in texts:
        if text.date is None:
            continue
        signed = signed_line(shown[text.date])
        words = signed[1] if signed else shown[text.date]
        date = iso_date(words) or (date_label(words) if plain_date(words) else None)
        if date is not None:
            return date
        date, warning = ungarbled(shown[text.date], labels.get("published"))
        warnings.append(warning)
        if date is not None:
            return date
    if (noted := _note(texts)) and (date := promulgated(noted, number)) is not None:
        return date
    heads = [shown[text.head.date] for text in texts if text.head.date is not None]
    spoken = [text.head.byline for text in texts if text.head.byline]
    dates = (date_label(words) for words in [*heads, *spoken, labels.get("date", ""), labels.get("published", "")])
    return next((date for date in dates if date is not None), None)


def _find_tail(shown: Sequence[str], held: dict[int, str]) -> tuple[tuple[str, ...], str | None, str | None]:
    """版记 (GB/T 9704-2012 7.4): 抄送机关, which may go on in the lines above the imprint, 印发日期 and 印发机关."""
    printed = printed_by = None
    for place, text in enumerate(shown):
        if is_imprint(text) and (imprint := _PRINTED.fullmatch(text.rstrip("。. "))):
            held[place] = "printed"
            printed, printed_by = iso_date(imprint["date"]), imprint["by"].strip() or None
            above = place - 1
            dated = any(iso_date(shown[one]) for one in range(max(0, above - _TAIL), above))
            if printed_by is None and dated and is_office(shown[above]):
                held[above], printed_by = "printed", shown[above]
    for place in [place for place, text in enumerate(shown) if is_copied(text)]:
        below = range(place + 1, min(place + _TAIL, len(shown)))
        end = next((one for one in below if held.get(one) == "printed"), place + 1)
        held.update({one: "copied_to" for one in range(place, end)})
    copied = (COPIED.sub("", shown[place]).rstrip("。. ") for place in sorted(held) if held[place] == "copied_to")
    return tuple(name for names in copied for name in re.split(r"[，,。]", names)), printed, printed_by


def _text_of(held: dict[int, str], shown: Sequence[str], name: str, read: Callable[[str], str | None]) -> str | None:
    place = next((place for place in sorted(held) if held[place] == name), None)
    return read(shown[place]) if place is not None else None
