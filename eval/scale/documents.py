"""Documents for a large base: the articles of a benchmark, and variants of regulations made by a seed.

A made document has the articles of a real regulation in their order, under a place and a number of its own; words that stand for one
another and figures change places. It is made in memory as it would be read from a file, so that reading is no part of what is measured.
"""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from eval.formats.articles import Article, by_label, documents_of
from eval.formats.beir import load_articles
from eval.questions import QuestionsError
from eval.scale.wording import Wording
from ingest.records import Account, Clause, Document, Metadata, Sentence, SourceFile, Span

SEED = 20231106
TEXTS = "text_law_local_regulations.txt.gz"
"""The file of the training folder that holds regulations, an article a line behind its title."""
_FEWEST, _MOST = 10, 72
"""Clauses of a made document."""
WHOLE = 100_000
"""Clauses of a base from which on it holds the benchmark's corpus."""
AT_ONCE = 1000
"""Documents of a segment, as of any base."""
_SENTENCE = re.compile(r"[^。；]*[。；]+|[^。；]+$")
_ARTICLE = re.compile(r"(.+?)(第[〇零一二三四五六七八九十百千]+条)(.+)")
_PLACE = re.compile(r"^(?:\w{2,3}(?:省|自治区|市|县)|上海|北京|天津|重庆)+")
_SYLLABLES = "青禾松原云岭江安海宁丰泽临永清和平定远昌兴白石金沙玉林长乐新田南湖北川东阳西河"


@dataclass(frozen=True, slots=True)
class Planned:
    """A document to be made: its key, its number in the order of making, and its clauses; ``law`` is its place in the benchmark, or -1."""

    key: str
    serial: int
    clauses: int
    law: int = -1


@dataclass(frozen=True, slots=True)
class Part:
    """Documents of one segment, in order of their keys, under a name that tells them from those of all other parts.

    ``copy`` above 0 says that they are those of the part ``of`` under other numbers, with other vectors.
    """

    name: str
    documents: tuple[Planned, ...]
    of: str = ""
    copy: int = 0


@dataclass(frozen=True)
class Sources:
    """Where texts come from.

    :param training: folder of regulations.
    :param benchmark: folder of a benchmark.
    """

    training: Path
    benchmark: Path

    @cached_property
    def laws(self) -> tuple[Document, ...]:
        """The benchmark's corpus; clauses are named by law and label."""
        return documents_of(load_articles(self.benchmark), by_label)

    @cached_property
    def regulations(self) -> tuple[tuple[str, tuple[Article, ...]], ...]:
        """Titles with their articles, in the order of the file."""
        path = self.training / TEXTS
        try:
            lines = gzip.decompress(path.read_bytes()).decode().splitlines()
        except OSError as error:
            raise QuestionsError(str(path), "读不出来", "请检查 --training") from error
        found: dict[str, list[Article]] = {}
        for number, line in enumerate(lines):
            if parts := _ARTICLE.fullmatch(line):
                title, label, text = parts.groups()
                found.setdefault(title, []).append(Article(str(number), label, text))
        return tuple((title, tuple(articles)) for title, articles in found.items())

    def parts(self, clauses: int, distinct: int) -> tuple[Part, ...]:
        """Say which documents a base of so many clauses has, a part for each of its segments; a larger base has those of a smaller.

        :param clauses: their number.
        :param distinct: parts of made documents whose texts are made; those behind them are copies of these, in turn.
        :return: the parts, the benchmark's corpus before all others where it has room.
        """
        laws = [
            Planned(law.key, -1, len(law.clauses), place)
            for place, law in enumerate(self.laws if clauses >= WHOLE else ())
        ]
        found = [
            _part(f"laws{start // AT_ONCE}", laws[start : start + AT_ONCE]) for start in range(0, len(laws), AT_ONCE)
        ]
        choice, left, serial = random.Random(SEED), clauses - sum(one.clauses for one in laws), 0
        while left > 0:
            number, made = serial // AT_ONCE, list[Planned]()
            while left > 0 and len(made) < AT_ONCE:
                serial, count = serial + 1, min(choice.randint(_FEWEST, _MOST), left)
                made.append(Planned(f"{_place(serial)}政发〔{2010 + serial % 15}〕{serial}号", serial, count))
                left -= count
            is_whole = len(made) == AT_ONCE
            if is_whole and number >= distinct:
                found.append(Part(f"made{number}of{distinct}", (), f"made{number % distinct}", number // distinct))
            else:
                found.append(_part(f"made{number}" if is_whole else f"made{number}up{clauses}", made))
        return tuple(found)

    def made(self, one: Planned) -> Document:
        """Make a document that was planned."""
        return self.laws[one.law] if one.law >= 0 else _made(one, self.regulations)


def _part(name: str, documents: Sequence[Planned]) -> Part:
    return Part(name, tuple(sorted(documents, key=lambda one: one.key)))


def _place(serial: int) -> str:
    """Name a place; after some hundred documents the names return."""
    choice = random.Random(serial % 700)
    return "".join(choice.sample(_SYLLABLES, 2)) + choice.choice("市市县区")


def _made(one: Planned, regulations: Sequence[tuple[str, tuple[Article, ...]]]) -> Document:
    choice = random.Random(f"{SEED} {one.serial}")
    wording, at = Wording(choice), choice.randrange(len(regulations))
    place, subject = _place(one.serial), _PLACE.sub("", regulations[at][0])
    title = wording.of(f"{place}{subject}")
    texts = [wording.of(text) for text in _texts(regulations, at, one.clauses)]
    clauses, start = list[Clause](), 0
    for number, text in enumerate(texts, start=1):
        clauses.append(_clause(f"{one.key}/第{_numeral(number)}条", f"第{_numeral(number)}条", text, start, title))
        start += len(text) + 1
    whole = "\n".join(texts)
    source = SourceFile(f"{one.key}.txt", f"{one.serial:064x}", "text")
    metadata = Metadata(one.key, title, issuer=f"{place}人民政府", date=f"{2010 + one.serial % 15}-03-01")
    return Document(source, metadata, whole, whole, tuple(clauses), (), Account(len(whole), 0, 0, 0, 0, 0))


def _texts(regulations: Sequence[tuple[str, tuple[Article, ...]]], at: int, count: int) -> Iterator[str]:
    """Give articles from the first of a regulation on, those of the next where it has too few."""
    while count > 0:
        for article in regulations[at % len(regulations)][1][:count]:
            yield article.text
            count -= 1
        at += 1


def _clause(name: str, label: str, text: str, start: int, title: str) -> Clause:
    span = Span(start, start + len(text))
    sentences = tuple(
        Sentence(found[0], found.start(), found.end(), Span(start + found.start(), start + found.end()), (), ())
        for found in _SENTENCE.finditer(text)
    )
    return Clause(name, "clause", (label,), text, text, span, (), f"《{title}》{label}", sentences)


def _numeral(number: int) -> str:
    """Write a number up to 99.

    >>> [_numeral(number) for number in (7, 10, 15, 20, 42)]
    ['七', '十', '十五', '二十', '四十二']
    """
    digits, (tens, ones) = "〇一二三四五六七八九", divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + "十" * (tens > 0) + (digits[ones] if ones or not tens else "")


def gold_names(sources: Sources) -> Mapping[str, str]:
    """Give the clause id of each article of the benchmark by the id that it is judged by."""
    judged = documents_of(load_articles(sources.benchmark))
    pairs = zip(judged, sources.laws, strict=True)
    return {
        one.clause_id: other.clause_id
        for law, named in pairs
        for one, other in zip(law.clauses, named.clauses, strict=True)
    }
