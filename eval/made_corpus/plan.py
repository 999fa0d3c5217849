"""Which documents a corpus is made of: one after another, seeded, with the rarer kinds at fixed places."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from eval.made_corpus.drafts import Draft, Head, drawn_date, notice, opinion, rules
from eval.made_corpus.offices import OFFICES, Numbers, Office
from eval.made_corpus.texts import Law, Texts
from eval.questions import QuestionsError

FORMATS = ("docx", "html", "pdf")
"""What the files are, in turn."""

REPEAL_EVERY, TWIN_EVERY, RENDITION_EVERY = 40, 50, 25
"""One document in so many repeals an earlier one, has the title of another, is another file of the one before it."""

_RULES, _OPINIONS = 0.45, 0.85  # shares of the documents, added up; the others are short notices
_TRIES, _ALIKE = 500, 6
_POINT_LENGTHS = range(40, 260)
_KINDS = ("管理办法", "实施细则", "若干规定", "暂行办法")
_VERBS = ("加强", "规范", "推进", "进一步做好", "深化", "改进")


@dataclass(frozen=True, slots=True)
class Made:
    """One file to be: its number from 0, its format, its words, and the name of the file it is a rendition of."""

    serial: int
    format: str
    draft: Draft
    rendition_of: str | None = None

    @property
    def name(self) -> str:
        """The file's name, which tells nothing of what is in it."""
        return f"m{self.serial:05}.{self.format}"


def made(texts: Texts, count: int, seed: int) -> Iterator[Made]:
    """Make documents one after another; those of a smaller corpus are the first of a larger one.

    :param texts: what they are made of; each text is used once before any is used again.
    :param count: how many files.
    :param seed: of all choices.
    :return: the files; the same for the same arguments.
    """
    writer = _Writer(texts, random.Random(seed))
    before: Made | None = None
    for serial in range(count):
        form = FORMATS[serial % len(FORMATS)]
        if before and serial % RENDITION_EVERY == RENDITION_EVERY // 2:
            before = replace(before, serial=serial, format=form, rendition_of=before.name)
        else:
            before = Made(serial, form, writer.write(serial))
        yield before


class _Writer:
    """Writes drafts, and remembers what numbers, titles and texts it has used."""

    def __init__(self, texts: Texts, choice: random.Random) -> None:
        points = [
            article
            for law in texts.laws
            for article in law.articles
            if len(article) in _POINT_LENGTHS
            and "本条例" not in article
            and "第" not in article
            and "（一）" not in article
        ]
        points += texts.points
        self._choice = choice
        self._laws = itertools.cycle(_varied(choice.sample(texts.laws, len(texts.laws))))
        self._points = itertools.cycle(choice.sample(points, len(points)))
        self._numbers = Numbers()
        self._titles: set[str] = set()
        self._issued: list[Head] = []
        self._twin: Head | None = None

    def write(self, serial: int) -> Draft:
        """Write the next document; twins are short notices without a number."""
        choice, law, kind = self._choice, next(self._laws), self._choice.random()
        is_repealing = serial % REPEAL_EVERY == REPEAL_EVERY - 1
        if serial % TWIN_EVERY >= TWIN_EVERY - 2:
            return notice(self._unnumbered(law, is_repealing), self._some(3, 15))
        if kind < _RULES:
            return rules(self._numbered(law, _KINDS, is_repealing), law, choice.randint(16, 64))
        if kind < _OPINIONS:
            sections = [self._some(4, 12) for _ in range(choice.randint(4, 8))]
            return opinion(self._numbered(law, ("意见", "实施意见"), is_repealing), sections)
        return notice(self._numbered(law, ("通知",), is_repealing), self._some(3, 15))

    def _some(self, least: int, most: int) -> list[str]:
        return list(itertools.islice(self._points, self._choice.randint(least, most)))

    def _numbered(self, law: Law, kinds: tuple[str, ...], is_repealing: bool) -> Head:
        """Head a document whose number and title no other has."""
        date = drawn_date(self._choice)
        drawn = (self._entitled(law, kinds) for _ in range(_TRIES))
        office, title = next((one for one in drawn if one[1] not in self._titles), (None, ""))
        if office is None:
            raise QuestionsError(law.topic, "题目都用过了，语料里的法规太少", "请减少文件数，或补充语料")
        self._titles.add(title)
        number = self._numbers.next(office, int(date[:4]), self._choice)
        head = Head(number, title, office, date, self._earlier(office, date) if is_repealing else None)
        self._issued.append(head)
        return head

    def _earlier(self, office: Office, date: str) -> tuple[str, str] | None:
        """Choose what is repealed: an earlier document, of the same place where there is one."""
        earlier = [head for head in self._issued if head.date < date]
        chosen = [head for head in earlier if head.office.place == office.place] or earlier
        if not chosen:
            return None
        head = self._choice.choice(chosen)
        return head.title, head.number or ""

    def _entitled(self, law: Law, kinds: tuple[str, ...]) -> tuple[Office, str]:
        office, kind = self._choice.choice(OFFICES), self._choice.choice(kinds)
        if kinds is _KINDS:
            return office, f"{office.place}{law.topic.removesuffix('管理')}{kind}"
        return office, f"{office.name}关于{self._choice.choice(_VERBS)}{law.topic}工作的{kind}"

    def _unnumbered(self, law: Law, is_repealing: bool) -> Head:
        """Head a document without a number; the second of two has the first one's title, another office and date."""
        first, self._twin = self._twin, None
        office, date = self._choice.choice(OFFICES), drawn_date(self._choice)
        while first and (office.place == first.office.place or date == first.date):
            office, date = self._choice.choice(OFFICES), drawn_date(self._choice)
        title = first.title if first else f"关于{self._choice.choice(_VERBS)}{law.topic}工作的通知"
        head = Head(None, title, office, date, self._earlier(office, date) if is_repealing else None)
        self._twin = None if first else head
        return head


def _varied(laws: Sequence[Law]) -> list[Law]:
    """Keep a few laws of each topic: some have dozens, and titles would run out."""
    seen: Counter[str] = Counter()
    kept = []
    for law in laws:
        seen[law.topic] += 1
        if seen[law.topic] <= _ALIKE:
            kept.append(law)
    return kept
