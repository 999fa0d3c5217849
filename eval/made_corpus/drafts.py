"""A document's words, paragraph by paragraph, before any format: rules under a covering notice, an opinion, a short notice."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.made_corpus.offices import Office
from eval.made_corpus.texts import Law
from ingest.numerals import to_chinese

Role = Literal["red", "number", "title", "inner", "address", "heading", "body", "right"]
"""版头, 发文字号, 标题, the title of what a notice issues, 主送, a chapter's heading, a paragraph, 署名 or 成文日期."""

_CHAPTERS = ("总则", "职责与规划", "管理与服务", "监督检查", "法律责任")
_CHAPTER_OF = 9
_SECTIONS = ("总体要求", "重点任务", "政策措施", "工作要求", "完善服务体系", "强化要素保障", "加强监督管理", "组织实施")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a document, and what it is there."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a document says of itself; ``date`` is ISO 8601, ``number`` None for a document that has none.

    ``title`` is that of the rules where a covering notice issues them. ``repeals`` is (title, number) of an earlier one.
    """

    number: str | None
    title: str
    office: Office
    date: str
    repeals: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before it has a format."""

    head: Head
    paragraphs: tuple[Paragraph, ...]

    @property
    def clauses(self) -> tuple[str, ...]:
        """The texts that are to be read as clauses, in order: all of the body but bare headings."""
        return tuple(one.text for one in self.paragraphs if one.role == "body" and not _BARE.fullmatch(one.text))


_BARE = re.compile(r"[一二三四五六七八九十]+、[^，。；：]{2,12}")


def rules(head: Head, law: Law, count: int) -> Draft:
    """Write rules in articles, under the notice that issues them.

    :param head: its title ends in the kind of rules that it is, such as 办法.
    :param law: whose first articles are taken.
    :param count: how many articles; fewer where the law has no more.
    :return: the draft.
    """
    own = f"本{'细则' if head.title.endswith('细则') else head.title[-2:]}"
    texts = [
        re.sub("本(?:条例|规定|办法|细则)", own, text)
        for text in law.articles
        if not re.search("起(?:施行|实施)", text)
    ][: count - 1]
    chapters = _chapters(len(texts))
    inner = [Paragraph("inner", head.title)]
    for place, text in enumerate(texts, start=1):
        inner += chapters.get(place, ())
        first, *others = parts(text)
        inner.append(Paragraph("body", f"第{to_chinese(place)}条　{first}"))
        inner += [Paragraph("body", other) for other in others]
    inner += chapters.get(len(texts) + 1, ())
    inner.append(Paragraph("body", f"第{to_chinese(len(texts) + 1)}条　{_last(head, own)}"))
    title = f"{head.office.name}关于印发《{head.title}》的通知"
    notice = [f"现将《{head.title}》印发给你们，请认真遵照执行。"]
    return Draft(head, (*_opened(head, title, notice), *_signed(head), *inner))


def opinion(head: Head, sections: Sequence[Sequence[str]]) -> Draft:
    """Write an opinion: 一、 headings with numbered points （一） under them, numbered anew under each.

    :param head: of the opinion.
    :param sections: the points of each section, at least one each; eight sections at most.
    :return: the draft.
    """
    topic = head.title.partition("关于")[2]
    body = [f"为贯彻落实上级决策部署，做好{topic.rpartition('的')[0]}，结合本地实际，提出如下意见。"]
    for place, points in enumerate(sections, start=1):
        body.append(f"{to_chinese(place)}、{_SECTIONS[place - 1]}")
        body += [f"（{to_chinese(number)}）{point}" for number, point in enumerate(points, start=1)]
    body += _closing(head)
    return Draft(head, (*_opened(head, head.title, body), *_signed(head)))


def notice(head: Head, points: Sequence[str]) -> Draft:
    """Write a short notice of points 一、二、三、.

    :param head: of the notice.
    :param points: at least one.
    :return: the draft.
    """
    body = ["根据有关法律法规和上级要求，现将有关事项通知如下。"]
    body += [f"{to_chinese(place)}、{point}" for place, point in enumerate(points, start=1)]
    body += _closing(head)
    return Draft(head, (*_opened(head, head.title, body), *_signed(head)))


def parts(article: str) -> list[str]:
    """Part an article into what stands in paragraphs of its own: its beginning, its items （一）（二）, what follows them.

    >>> parts("可以申请：（一）老人；（二）儿童。申请免费。"), parts("应当公开。")
    (['可以申请：', '（一）老人；', '（二）儿童。', '申请免费。'], ['应当公开。'])
    """
    cuts, number = [0], 1
    while (at := article.find(f"（{to_chinese(number)}）", cuts[-1] + 1)) > 0 and article[at - 1] in "：；。":
        cuts.append(at)
        number += 1
    if len(cuts) < 3:
        return [article]
    after = article.find("。", cuts[-1]) + 1
    if 0 < after < len(article):
        cuts.append(after)
    return [article[start:end] for start, end in zip(cuts, [*cuts[1:], len(article)], strict=True)]


def _chapters(count: int) -> dict[int, tuple[Paragraph, ...]]:
    """Give the headings of chapters by the place of the article that follows; short rules have none."""
    if count < 2 * _CHAPTER_OF:
        return {}
    places = [1 + _CHAPTER_OF * number for number in range(min(count // _CHAPTER_OF, len(_CHAPTERS)))]
    names = zip([*places, count + 1], [*_CHAPTERS[: len(places)], "附则"], strict=True)
    return {
        place: (Paragraph("heading", f"第{to_chinese(number)}章　{name}"),)
        for number, (place, name) in enumerate(names, start=1)
    }


def _opened(head: Head, title: str, body: Sequence[str]) -> Iterator[Paragraph]:
    yield Paragraph("red", f"{head.office.name}文件")
    if head.number:
        yield Paragraph("number", head.number)
    yield Paragraph("title", title)
    yield Paragraph("address", f"{head.office.below}：")
    yield from (Paragraph("body", text) for text in body)


def _signed(head: Head) -> tuple[Paragraph, Paragraph]:
    return Paragraph("right", head.office.name), Paragraph("right", in_words(head.date))


def _last(head: Head, own: str) -> str:
    year = int(head.date[:4]) + 1
    return f"{own}自{year}年1月1日起施行。" + "".join(_repealing(head))


def _closing(head: Head) -> list[str]:
    return [
        f"本{'意见' if head.title.endswith('意见') else '通知'}自印发之日起施行。{text}" for text in _repealing(head)
    ]


def _repealing(head: Head) -> list[str]:
    return [f"《{title}》（{number}）同时废止。" for title, number in filter(None, [head.repeals])]


def in_words(date: str) -> str:
    """Write a date as documents do.

    >>> in_words("2024-05-06")
    '2024年5月6日'
    """
    year, month, day = map(int, date.split("-"))
    return f"{year}年{month}月{day}日"


def drawn_date(choice: random.Random) -> str:
    """Draw a date of the years 2013 to 2024, ISO 8601.

    :param choice: what draws.
    :return: for instance ``2021-09-14``.
    """
    return f"{choice.randint(2013, 2024)}-{choice.randint(1, 12):02}-{choice.randint(1, 28):02}"
