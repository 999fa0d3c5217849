"""Which documents of a base others of it say that they repeal, replace or prolong (废止, 代替, 延长)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from index.links.names import agree
from index.links.titles import Named, named_in
from index.question.regions import REGION
from index.references.spelling import letters, spelling, spelt
from index.references.title import Title, titles_of, without_version
from ingest.records import Document, Stated

KINDS = ("废止", "代替", "延长")
DRAFT = "只是征求意见稿，不产生废止的效力"
COMMENT = "是解读说明，废止以所据文件为准"
UNSURE = "未写明字号，不能确定就是这一份"
OTHER_TITLE = "所写题名与这一份不同，不能确定就是这一份"

_SHORTEST = 6
"""Letters of a title that may be told by itself, at least: 《实施方案》 is the end of many."""

_IS_DRAFT = re.compile(r"征求意见|意见征集|送审稿|（草案）|\(草案\)|草案$")
_IS_COMMENT = re.compile(r"解读|起草说明|编制说明|答记者问|问答")
_STATE_ORDER = re.compile("^中华人民共和国|文件?$")
_REGION = re.compile(REGION)
_YEAR = re.compile(r"\[(\d{4})\]")


@dataclass(frozen=True, slots=True)
class Repeal:
    """What a document (``key``) says of the end, or the longer life, of another; ``doubt`` is why that settles nothing, else empty."""

    key: str
    stated: Stated
    doubt: str = ""


def is_draft(document: Document) -> bool:
    """Tell whether a document is a draft for comment, which has no force (征求意见稿)."""
    return bool(_IS_DRAFT.search(f"{document.metadata.title} {document.metadata.notice_title or ''}"))


def repeals_of(documents: Mapping[str, Document]) -> dict[str, tuple[Repeal, ...]]:
    """Tell which documents of a base others of it say that they repeal, replace or prolong.

    A document is meant where its number is given, or its whole title and no other number; a statement that is older than
    the document means an earlier one of that title. Without a number it must be of the same issuer or region too.

    :param documents: documents by key.
    :return: by the key of the document that is meant, what others say.
    """
    held = _Held(documents)
    found: dict[str, list[Repeal]] = {}
    for key, document in documents.items():
        said = "" if not is_draft(document) else DRAFT
        said = said or (COMMENT if _IS_COMMENT.search(document.metadata.title) else "")
        for stated in document.statements if any(one.kind in KINDS for one in document.statements) else ():
            for meant, doubt in held.meant(stated, key) if stated.kind in KINDS else ():
                if meant != key and _is_later(document, documents[meant]):
                    found.setdefault(meant, []).append(Repeal(key, stated, said or doubt))
    return {key: tuple(found[key]) for key in documents if key in found}


class _Held:
    """Knows the numbers and titles of the documents of a base."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._titles: dict[str, list[Title]] = {}
        self._numbers: dict[str, list[str]] = {}
        self._names: dict[str, list[str]] = {}
        for key, document in documents.items():
            data = document.metadata
            self._titles[key] = titles_of(key, data.title, data.notice_title or "", "", data.issuer or "")
            if data.number:
                self._numbers.setdefault(_number(data.number), []).append(key)
            for name in {form for title in self._titles[key] for form in _forms(title.whole, title.issuer)}:
                self._names.setdefault(name, []).append(key)

    def meant(self, stated: Stated, citing: str) -> Iterator[tuple[str, str]]:
        """Keys of the documents that a statement means, each with a doubt or none."""
        named = next(iter(named_in(spelling(stated.value))), None)
        if named is None or (named.number and _number(named.number) in self._numbers):
            for key in self._numbers.get(_number(named.number if named else stated.value), ()):
                yield key, "" if named is None or self._agrees(named, key) else OTHER_TITLE
            return
        year = _YEAR.search(named.number)
        for key in self._of_title(named):
            data = self._documents[key].metadata
            if named.number and (data.number or (year and data.date and data.date[:4] != year[1])):
                continue  # another number, or another year
            sure = self._is_sure(named, key, citing)
            if sure is not None:
                yield key, "" if sure or named.number else UNSURE

    def _agrees(self, named: Named, key: str) -> bool:
        """Whether a document has the title that is given with its number, if one is."""
        title = letters(without_version(spelt(named.title)))
        return not title or any(agree(title, one.full) for one in self._titles[key])

    def _of_title(self, named: Named) -> Iterable[str]:
        titles = [one.whole for one in titles_of("", named.title, "", "", "")] if named.title else []
        found = (key for title in titles if len(title) >= _SHORTEST for key in self._names.get(title, ()))
        return dict.fromkeys(found)

    def _is_sure(self, named: Named, key: str, citing: str) -> bool | None:
        """Whether a title can mean no other than this document; None where it cannot mean it: it is another region's."""
        if _REGION.search(letters(named.title)):
            return True
        mine, theirs = (self._documents[one].metadata.issuer or "" for one in (citing, key))
        own, other = _region(mine), _region(theirs)
        if own and other:
            return True if own == other else None
        return bool(_offices(mine) & _offices(theirs)) or letters(named.issuer) in _offices(theirs)


def _region(issuer: str) -> str:
    """The smallest region that the name of an issuer says: 临江区 of 青禾市临江区民政局."""
    found = _REGION.findall(letters(spelt(issuer)))
    return found[-1] if found else ""


def _offices(issuer: str) -> set[str]:
    return {letters(spelt(part)) for part in re.split(r"[、，,\s]+", issuer) if part}


def _forms(title: str, issuer: str) -> set[str]:
    """A title with the name of its issuer before it, and without."""
    return {title, title.removeprefix(issuer)} if issuer else {title}


def _is_later(one: Document, other: Document) -> bool:
    """Whether a document may be later than another: its date is, or one of them has none."""
    mine, theirs = one.metadata.date, other.metadata.date
    return not mine or not theirs or mine > theirs


def _number(text: str) -> str:
    """The form in which numbers are compared."""
    return letters(_STATE_ORDER.sub("", spelt(text))).replace("令第", "令")
