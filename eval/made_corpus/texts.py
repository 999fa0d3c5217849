"""The official texts that documents are made of: articles of regulations, by regulation, and paragraphs of reports and opinions."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.questions import QuestionsError

LAWS, OPINIONS = "text_law_local_regulations.txt.gz", "text_gov*.txt.gz"
"""Names of the files in the folder of training texts."""

_ARTICLE = re.compile(r"(.{2,60}?)第([一二三四五六七八九十百零]+)条(?!第|（)(.+)")
_TOPIC = re.compile(
    r"(?:[^省市区]{2,3}[省市])(?:经济特区)?([^、，《》（）]{2,15}?[^、，《》（）的])(?:若干)?(?:条例|规定|办法|实施细则)"
)
_POINT = re.compile(r"[^\d—(,。，：；（）、“”《》]{4,18}。[^\s]{30,400}。")
"""A paragraph of an opinion: what is to be done in a few words, then the sentences on it."""

_PERSONAL = re.compile("同志|代表们|各位|我们")


@dataclass(frozen=True, slots=True)
class Law:
    """A regulation: what it is about, without its place and kind, and its articles without their numbers."""

    topic: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """All that documents are made of; each part holds something."""

    laws: tuple[Law, ...]
    points: tuple[str, ...]


def read_texts(folder: Path) -> Texts:
    """Read a folder of training texts.

    :param folder: holds :data:`LAWS`, one article a line, and files :data:`OPINIONS`, one paragraph a line.
    :return: laws of at least three articles and a plain topic, and points.
    :raises QuestionsError: when the folder lacks them, or they hold nothing of use.
    """
    texts = Texts(tuple(_laws(folder)), tuple(_points(folder)))
    if not texts.laws or not texts.points:
        raise QuestionsError(
            str(folder), f"文件夹里没有可用的 {LAWS} 和 {OPINIONS}", "请用 --training 指定放公文语料的文件夹"
        )
    return texts


def _laws(folder: Path) -> Iterator[Law]:
    titles: dict[str, list[str]] = {}
    for line in _lines(sorted(folder.glob(LAWS))):
        if found := _ARTICLE.fullmatch(line):
            titles.setdefault(found[1], []).append(found[3])
    for title, articles in titles.items():
        topic = _TOPIC.fullmatch(title)
        whole = tuple(text for text in map(_whole, articles) if text)
        if topic and len(whole) >= 3:
            yield Law(topic[1], whole)


def _points(folder: Path) -> Iterator[str]:
    for line in _lines(sorted(folder.glob(OPINIONS))):
        if _POINT.fullmatch(line) and _drawn(line) and not _PERSONAL.search(line):
            yield line


def _whole(article: str) -> str:
    """Cut off the heading of the next chapter, which stands glued to some articles; empty for what no font here draws."""
    ended = article[: article.rfind("。") + 1]
    return ended if _drawn(ended) and not re.search(r"\s", ended) else ""


def _drawn(text: str) -> bool:
    """Say whether every character is one of GBK, which the font of the PDFs draws."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _lines(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        try:
            with gzip.open(path, "rt", encoding="utf-8") as file:
                yield from (line.strip() for line in file)
        except (OSError, EOFError, UnicodeDecodeError) as error:
            raise QuestionsError(str(path), "语料读不出来", "请换一份完整的 UTF-8 文本的 gzip 文件") from error
