"""Metadata that a page gives by name: 索引号、发文机关、发文字号、成文日期、标题 …, in whatever markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.readers.html.chrome import is_dateline
from ingest.readers.html.flow import Block
from ingest.standing import DAY_NAMES, MARK, NAMES, OVER, standing_of, stated_by_site, title_mark

_FIELDS = {
    "index_number": "索引号 信息索引号",
    "number": "发文字号 备注/文号 文号 文件编号 文件字号 公文文号 发文号 文件号 字号",
    "issuer": "发文机关 发文机构 发文单位 制发机关 制发单位 制定机关 颁布机关 发布机关 颁布单位",
    "joint": "联合发文单位 联合发文机关 联合发文机构",
    "publisher": "发布机构 发布单位 公开机构 公开责任部门 公开主体",
    "source": "信息来源",
    "date": "成文日期 公文生成日期 生成日期 发文日期 签发日期 制发日期 印发日期 颁布日期",
    "published": "发布日期 发布时间 公开日期 公布日期 发表时间 发表日期 发稿时间 登记日期 时间 日期",
    "title": "标题 信息名称 文件名称 信息标题 公文标题 文件标题",
    "category": "公开类别 公开方式 公开形式 公开范围 公开属性",
    "force": " ".join((*NAMES, *DAY_NAMES)),
    "other": "主题词 主题分类 分类 体裁分类 组配分类 服务对象 关键词 内容概述 内容描述 实施日期 施行日期"
    " 生效日期 备案登记号 统一登记号 统一编号 规范性文件编号 索取号"
    " 文章来源 文件来源 来源 作者 责任编辑 编辑 浏览次数 浏览量 阅读次数 阅读 访问量 点击数 点击量 字号大小 字体 查看 编制单位"
    " 发布人 信息发布人",
}  # fmt: skip
"""The names of fields in use on the pages of government sites, by what they give."""

_NAMES = {name: field for field, names in _FIELDS.items() for name in names.split()}
_NAME = "|".join(r"\s*".join(name) for name in sorted(_NAMES, key=len, reverse=True))
_LABEL = re.compile(
    rf"(?:^|(?<=[\s|｜丨/；;，,\]】）)]))[\[【［〖]?\s*(?P<name>{_NAME})\s*(?:[\]】］〗]\s*[:：]?|[:：])\s*"
)
_ALONE = re.compile(rf"[\[【［〖]?\s*(?P<name>{_NAME})\s*[\]】］〗]?\s*[:：]?")
_ANY_LABEL = re.compile(r"[\[【]?[\u4e00-\u9fff\s/]{2,12}[\]】]?\s*[:：]|[\[【][\u4e00-\u9fff\s/]{2,12}[\]】]")
_FORMS = {
    "number": re.compile(r"\d\s*号"),
    "index_number": re.compile(r"\d"),
    "title": re.compile(r"[\u4e00-\u9fff]{4}"),
    **dict.fromkeys(("issuer", "publisher", "joint", "source"), re.compile(r"[\u4e00-\u9fff]{2}")),
}
"""What the value of a field must hold to be one; a search form has the same names beside its boxes."""

_NUMBER_LINE = re.compile(
    r"[（(]?\s*(?P<number>[\u4e00-\u9fff\s]{2,30}(?:[〔\[［（(]\s*\d{4}\s*[〕\]］)）]\s*\d{1,5}\s*号|\d{4}年第\s*\d{1,5}\s*号|令\s*第?\s*\d{1,5}\s*号))\s*[）)]?"
)
_ANY = re.compile(r"\S")
_DAY = re.compile(r"((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})")


_LONGEST_TITLE = 200
_BESIDE = 16
"""How many blocks a field may stand from the next that it is one of the same document."""


@dataclass(frozen=True, slots=True)
class Label:
    """One field of a page: which, its value, the places of the blocks that hold it, and what the page calls it."""

    field: str
    value: str
    places: tuple[int, ...]
    name: str = ""


def is_label(text: str) -> bool:
    """Whether a text is nothing but the name of a known field.

    >>> is_label("索 引 号："), is_label("[发文字号]"), is_label("指标")
    (True, True, False)
    """
    return bool(_ALONE.fullmatch(text.strip()))


def opens_field(text: str) -> bool:
    """Whether a text begins with the name of a known field and a colon, or is nothing else."""
    return is_label(text) or bool(_LABEL.match(text.strip()))


def read_labels(blocks: Sequence[Block], places: Sequence[int]) -> list[Label]:
    """Reads the fields among some blocks of a page.

    A field's value stands behind its name, in the same block or in the next one. Several fields may share a block.

    :param places: the blocks to look at, in order, by their places; a gap parts a name from what follows.
    """
    labels: list[Label] = []
    taken: set[int] = set()
    usable = set(places)
    for place in places:
        text = blocks[place].text
        if place in taken or len(text) > 1000:
            continue
        follows = place + 1 if place + 1 in usable else None
        if is_label(text) and follows is not None:
            value = blocks[follows].text
            name = _ALONE.fullmatch(text.strip())
            given = bool(value) and not is_label(value) and not _ANY_LABEL.fullmatch(value) and len(value) < 300
            if given and not _LABEL.match(value) and name is not None:
                labels.append(Label(_field(name), value, (place, follows), _name(name)))
                taken.add(follows)
            else:
                labels.append(Label("other", "", (place,)))
            continue
        labels += [Label(_NAMES[name], value, (place,), name) for name, value in _pairs(text)]
    return labels


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """The names of the fields within one block with their values, which end where the next field begins."""
    found = list(_LABEL.finditer(text))
    if not found or (found[0].start() > 0 and len(found) < 2):
        return
    for label, following in zip(found, [*found[1:], None], strict=True):
        value = text[label.end() : following.start() if following else len(text)]
        yield _name(label), re.split(r"[|｜丨]", value.strip(" |｜丨/；;，,"))[0].strip()


def _field(found: re.Match[str]) -> str:
    return _NAMES[_name(found)]


def _name(found: re.Match[str]) -> str:
    return re.sub(r"\s", "", found["name"])


def read_unnamed(blocks: Sequence[Block], places: Sequence[int]) -> list[Label]:
    """A document number and a day of publication that stand without a name on lines of their own above the article."""
    labels: list[Label] = []
    for place in places:
        text = blocks[place].text
        if number := number_alone(text):
            labels.append(Label("number", number, (place,)))
        elif is_dateline(text):
            labels.append(Label("published", text, ()))
    return labels


def number_alone(text: str) -> str | None:
    """The document number that a text is, in brackets or not; None if it is more or something else.

    >>> number_alone("（青府规〔2014〕4号）"), number_alone("见青府规〔2014〕4号文件")
    ('青府规〔2014〕4号', None)
    """
    found = _NUMBER_LINE.fullmatch(text)
    return found["number"] if found else None


def settle(labels: Sequence[Label]) -> tuple[tuple[str, str], ...]:
    """The fields that the head of a document needs, each once, in the words that it is read from.

    Dates are written 2018年12月18日. A page that gives no 成文日期 gives the day of its publication instead; bodies that
    issue jointly are joined by 、.
    """
    first: dict[str, str] = {}
    for label in labels:
        value = _date(label.value) if label.field in ("date", "published") else label.value
        if _FORMS.get(label.field, _ANY).search(value):
            first.setdefault(label.field, value)
    if "published" in first:
        first.setdefault("date", first["published"])
        year, month, day = (int(part) for part in re.findall(r"\d+", first["published"]))
        first["published"] = f"{year:04}-{month:02}-{day:02}"
    for field in ("issuer", "publisher", "joint"):
        if field in first:
            first[field] = re.sub(r"\s*[,，;；]\s*", "、", first[field])
    if "joint" in first and ("issuer" in first or "publisher" in first):
        first["issuer"] = f"{first.get('issuer') or first['publisher']}、{first['joint']}"
    return tuple((field, value) for field, value in first.items() if field not in ("other", "joint", "force"))


def force_labels(labels: Sequence[Label], blocks: Sequence[Block], title: str) -> tuple[str, ...]:
    """What the page says of the force of its document, 有效性：失效 or 【已废止】beside the title, each once.

    It stands among other fields, as those of a document do; one of several words to choose from in a row, as a search form
    has them, is left out.
    """
    others = [place for label in labels if label.field != "force" for place in label.places]
    marked = (title_mark(block.text) for block in blocks if len(block.text) < _LONGEST_TITLE)
    found = [mark for text, mark in marked if mark and re.sub(r"\s", "", text) == re.sub(r"\s", "", title)]
    for label in (_filled(label, blocks) for label in labels if label.field == "force"):
        near = any(abs(place - label.places[0]) <= _BESIDE for place in others)
        if near and not _is_choice(label, blocks):
            found.append(f"{label.name}：{label.value}")
    return tuple(label for label in dict.fromkeys(found) if standing_of(label) is not None)


def _filled(label: Label, blocks: Sequence[Block]) -> Label:
    """The last field of a block whose value stands in the next: 废止日期： 时效性： and 有效 below them."""
    place = label.places[-1]
    last = re.sub(r"\s", "", blocks[place].text).rstrip("：:").endswith(label.name)
    if label.value or not last or place + 1 >= len(blocks) or not blocks[place + 1].text:
        return label
    return replace(label, value=blocks[place + 1].text, places=(*label.places, place + 1))


def _is_choice(label: Label, blocks: Sequence[Block]) -> bool:
    following = label.places[-1] + 1
    beside = standing_of(f"{label.name}：{blocks[following].text}") if following < len(blocks) else None
    return beside not in (None, standing_of(f"{label.name}：{label.value}"))


def no_longer_in_force(labels: Sequence[str]) -> tuple[str, ...]:
    """What to tell the user where the page says, and nowhere the contrary, that its document is repealed or has ended.

    A page that keeps all the words of its template (有效, 失效, 废止) says nothing.

    :param labels: of :func:`force_labels`.
    """
    said = stated_by_site([label for label in labels if not label.startswith(MARK)])
    return tuple(f"网页注明“{one.text}”，引用前请核对" for one in said if one.value == OVER and one.day is None)


def _date(text: str) -> str:
    found = _DAY.search(text)
    return f"{int(found[1])}年{int(found[2])}月{int(found[3])}日" if found else ""
