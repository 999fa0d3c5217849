"""Which document of a base a sentence names: by its number, or its whole title; never by likeness.

Other numbers, regions, years and versions are other documents, so that nothing is linked which is not certainly meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.links.find import Mention
from index.links.orders import STATE, Order, order_in
from index.links.titles import Named, version_in
from index.references.spelling import letters, spelt
from index.references.title import Title, titles_of, version_of, without_version
from ingest.records import Document

NOT_HELD = "库中没有"
"""Remark on a document that the base does not hold."""

_NATIONAL = re.compile(rf"^{STATE}(?=.*(?:法|法典|条例|细则)$)")
_SHORTEST = 8
_REPEALED = re.compile(r"[^。;]{0,30}(?:同时|予以|即行|自行|相应)?废止")
_PASSED = re.compile(r"(?:通过|批准|公布|发布|修正|修订|印发|施行)的$")
_RULES = re.compile("(?:法|条例|规定|办法|细则|规则)$")
_SERIAL = re.compile(r"((?:19|20)\d\d)年?\]?年?第?(\d+)号")
"""The year and the serial of a number in its spellings: [2023]5号, [2023年]第5号, 2023年5号."""
_YEARS = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Meant:
    """The document that is meant by ``key``, None where the base does not surely hold it; ``remark`` then says what stands in the way."""

    key: str | None
    remark: str = ""


class Names:
    """Knows the numbers and titles of the documents of a base.

    :param documents: documents by key.
    """

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._numbers: dict[str, list[str]] = {}
        self._orders: dict[int, list[tuple[Order, str]]] = {}
        self._wholes: dict[str, list[Title]] = {}
        self._cores: dict[str, list[Title]] = {}
        self._titles: dict[str, list[Title]] = {}
        for key, document in documents.items():
            data = document.metadata
            if data.number:
                self._numbers.setdefault(_number(data.number), []).append(key)
                if order := order_in(data.number):
                    self._orders.setdefault(order.serial, []).append((order, key))
            issuer = data.issuer or ""
            titles = titles_of(key, data.title, data.notice_title or "", "", issuer)
            self._titles[key] = titles
            for title in titles:
                for form in _forms(title.whole, letters(spelt(issuer))):
                    self._wholes.setdefault(form, []).append(title)
                for form in _forms(title.full, letters(spelt(issuer))):
                    self._cores.setdefault(form, []).append(title)

    def is_title(self, form: str) -> bool:
        """Tell whether letters are a title of a document, whole or but for its version."""
        return form in self._wholes or form in self._cores

    def meant(self, named: Named, citing: str) -> Meant:
        """Say which document is meant.

        :param named: the document as it is named.
        :param citing: key of the document that names it; empty for a text that is none of the base.
        :return: its key where that is certain.
        """
        if named.number:
            return self._by_number(named)
        title = spelt(named.title)
        version = version_in(named)
        whole = letters(title) if not named.version else letters(without_version(title)) + letters(named.version)
        found = self._certain(self._wholes.get(whole, ()), named, citing)
        if len(found) == 1:
            return Meant(found.pop())
        if found:
            return Meant(None, "库中有几份同名文件，不能确定是哪一份")
        others = self._certain(self._cores.get(letters(without_version(title)), ()), named, citing)
        return self._other_version(others.pop(), version) if len(others) == 1 else Meant(None)

    def earlier(self, named: Named, key: str, citing: str, text: str, mention: Mention) -> str:
        """Say that a title means an earlier text than the one held: that of what it repeals, or one issued later.

        :param named: the document as it is named.
        :param key: the document of that title which is held.
        :param citing: key of the document that names it.
        :param text: the paragraph that names it, spelt.
        :param mention: where.
        :return: a remark; empty where the one held is meant.
        """
        if key == citing:
            is_earlier = _REPEALED.match(text, mention.end) or _PASSED.search(text, 0, mention.start)
            return f"指同名的较早文本，{NOT_HELD}" if is_earlier else ""
        held, own = self._documents[key].metadata, self._documents[citing].metadata
        is_later = not named.number and held.date and own.date and held.date > own.date
        return f"库中的《{held.title}》印发在后，未必是所引文本" if is_later else ""

    def _other_version(self, key: str, version: str) -> Meant:
        """Say that the base holds a document of this title whose version the sentence does not name, or another one."""
        data = self._documents[key].metadata
        held = next((one.version for one in self._titles[key] if one.version), "") or letters(spelt(data.note or ""))
        if not version and not held:
            return Meant(key)
        years = set(_YEARS.findall(version))
        if (
            years
            and not version_of(spelt(data.title))
            and years <= set(_YEARS.findall(held))
            and years == {max(_YEARS.findall(held))}
        ):
            return Meant(key)
        return Meant(
            None,
            f"库中的《{data.title}》（{key}）未必是同一版本"
            if data.number
            else f"库中的《{data.title}》未必是同一版本",
        )

    def _by_number(self, named: Named) -> Meant:
        keys = self._numbers.get(_number(named.number), ())
        if len(keys) != 1:
            ordered = [] if keys else [key for key in self._ordered(named.number) if self._agrees(named, key)]
            return Meant(ordered[0] if len(ordered) == 1 else None)
        if not named.title or self._agrees(named, keys[0]):
            return Meant(keys[0])
        return Meant(None, f"库中{keys[0]}的标题是《{self._documents[keys[0]].metadata.title}》，与所引不同")

    def _ordered(self, number: str) -> list[str]:
        """List the orders that a number may be in another spelling."""
        order = order_in(number)
        return [key for held, key in self._orders.get(order.serial, ()) if order.may_be(held)] if order else []

    def _agrees(self, named: Named, key: str) -> bool:
        title = letters(without_version(spelt(named.title)))
        return bool(title) and any(agree(title, letters(one.full)) for one in self._titles[key])

    def _certain(self, titles: Iterable[Title], named: Named, citing: str) -> set[str]:
        """Keep the documents that a title without a number surely means when this document names it."""
        return {title.key for title in titles if title.key == citing or self._is_certain(title, named, citing)}

    def _is_certain(self, title: Title, named: Named, citing: str) -> bool:
        """Tell whether a title can mean no other: it names a region, or both documents are of one; 关于… needs its issuer.

        A document of the state or a ministry has no region; its title must be long enough to be nobody else's, and that of a
        plan or measures (方案, 措施) is anybody's unless its issuer is known.
        """
        given = letters(spelt(named.title))
        if given.startswith("关于"):
            return bool(named.issuer) and letters(named.issuer) == title.issuer
        if given.startswith(STATE):
            return True
        if not title.regions:
            return len(title.full) >= _SHORTEST and bool(title.issuer or _RULES.search(title.full))
        if any(len(region) > 2 and region in given for region in title.regions):
            return True
        mine = {region for one in self._titles.get(citing, ()) for region in one.regions if region[0] not in "本我全"}
        return bool(mine & set(title.regions))


def _forms(title: str, issuer: str) -> set[str]:
    """List the forms in which a title is cited whole: with its issuer before 关于, without 中华人民共和国 of a law."""
    forms = {title, _NATIONAL.sub("", title)}
    if issuer and title.startswith("关于"):
        forms.add(issuer + title)
    if issuer and title.startswith(f"{issuer}关于"):
        forms.add(title.removeprefix(issuer))
    return forms


def _number(text: str) -> str:
    """The form in which numbers are compared: 中华人民共和国国务院令第7号 and 国务院令第7号 are one."""
    plain = re.sub(r"文件?$", "", spelt(text)).removeprefix(STATE)
    return letters(_SERIAL.sub(r"\1 \2号", plain)).replace("人民政府令第", "政府令").replace("令第", "令")


def agree(one: str, other: str) -> bool:
    """Tell whether two titles may be of one document: one holds all of the other, but for its issuer.

    :param one: letters of a title.
    :param other: letters of another.
    """
    shorter, longer = sorted((re.sub("^.*?关于(?:印发)?", "", text) for text in (one, other)), key=len)
    return len(shorter) > 3 and shorter.removesuffix("的通知") in longer
