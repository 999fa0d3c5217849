"""The titles of a base: which documents a title, whole or short, may mean.

A short title ends as a title of the document ends. In 《》 any ending will do: 《实施方案》; without marks it must tell what it
is about (:mod:`index.references.short_titles`), unless an ordinal follows. Years, regions and marks are set aside first
(:mod:`index.references.title`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from index.references.short_titles import Runs
from index.references.spelling import YEAR, letters, spelling, spelt
from index.references.title import Title, titles_of, version_of, with_year_and_region, without_version, years_in

_LAST = "\U0010ffff"
_LONGEST = 200
"""Characters of a name that may be a short title, at most."""
_YEAR_AT_END = re.compile(rf"{YEAR}年?度?的?$")
_ISSUE = re.compile(r"^.*?关于(?:印发)?|^印发")


class Titles:
    """Knows the titles of the documents of a base.

    :param titles: title of each document by its key.
    :param notices: title of the covering notice by key, where there is one.
    :param years: year of the document number by key, where there is one.
    :param issuers: who issued it by key, where that is known.
    """

    def __init__(
        self,
        titles: Mapping[str, str],
        notices: Mapping[str, str],
        years: Mapping[str, str],
        issuers: Mapping[str, str],
    ) -> None:
        self._titles = [
            one
            for key, name in titles.items()
            for one in titles_of(key, name, notices.get(key, ""), years.get(key, ""), issuers.get(key, ""))
        ]
        self._exact: dict[str, list[str]] = {}
        for key in titles:
            self._exact.setdefault(letters(spelt(key)), []).append(key)
        for title in self._titles:
            self._exact.setdefault(title.whole, []).append(title.key)
        self.runs = Runs(self._titles)
        self._backwards = sorted((title.full[::-1], at) for at, title in enumerate(self._titles))
        self._regions = frozenset(form for title in self._titles for form in (*title.regions, *title.levels))
        self._longest = max(map(len, self._regions), default=0)

    def named(self, text: str) -> tuple[str, ...]:
        """List the documents that bear a title, whatever its marks.

        :param text: a whole title, of the plan or of its covering notice.
        :return: keys.
        """
        return _unique(self._exact.get(letters(spelt(text)), ()))

    def meant(self, text: str, issuer: str = "") -> tuple[str, ...]:
        """List the documents that a title may mean.

        :param text: a whole title or, all of it, a short one. One that begins with 关于 is whole from there on.
        :param issuer: the agency or region that stands before it.
        :return: keys; of those that end so only the ones whose title says no more, if there are any.
        """
        if (keys := self.named(text)) or len(text) > _LONGEST:
            return keys
        given = spelt(text)
        name, version = letters(without_version(given)), version_of(given)
        bracket = given[len(without_version(given)) :]
        years = frozenset() if "号" in bracket else years_in(bracket)
        issued = re.sub("的通知$", "", _ISSUE.sub("", name)) if "印发" in name else name
        for short in dict.fromkeys((name, issued, name.removeprefix("关于"))):
            ending = self._by_ending(short) or self._by_run(short)
            fits = [one for one in ending if one.is_issued_by(issuer) and one.is_of(version, years)]
            closest = [title for title in fits if short.endswith(title.core)]
            if closest or (fits and short == name and not name.startswith("关于")):
                return _unique(title.key for title in closest or fits)
        return ()

    def has_ending(self, text: str) -> bool:
        """Tell whether a title ends so.

        :param text: letters only, two or more.
        :return: whether one does.
        """
        backwards = text[::-1]
        first = bisect_left(self._backwards, (backwards, -1))
        return len(text) > 1 and any(one.startswith(backwards) for one, _ in self._backwards[first : first + 1])

    def ends(self, key: str, text: str) -> bool:
        """Tell whether a title of a document ends so.

        :param key: key of the document.
        :param text: any text, spelt.
        :return: whether one does.
        """
        return any(title.key == key for title in self._ending(letters(text)))

    def like(self, text: str, most: int) -> list[str]:
        """List the documents whose titles share the most pairs of characters with a text.

        :param text: any text, spelt.
        :param most: how many titles to look at.
        :return: keys, the most alike first.
        """
        return list(_unique(title.key for title in self.runs.like(letters(text), most)))

    def _ending(self, text: str) -> list[Title]:
        """List the titles that end so, in the order of the base."""
        backwards = text[::-1]
        first = bisect_left(self._backwards, (backwards, -1))
        last = bisect_left(self._backwards, (backwards + _LAST, -1))
        return [self._titles[at] for at in sorted(at for _, at in self._backwards[first:last])]

    def _by_ending(self, name: str) -> list[Title]:
        """Find the titles that end as a name does once year and region are set aside."""
        for start in range(len(name) - 1):
            if self._is_set_aside(name[:start]):
                ending = self._ending(name[start:])
                fits = [title for title in ending if with_year_and_region(name, start, title) == (0, True)]
                if fits:
                    return fits
        return []

    def _is_set_aside(self, text: str) -> bool:
        """Tell whether a text is nothing but years and regions of some titles; a quick look before each is asked."""
        while text:
            year = _YEAR_AT_END.search(text)
            size = next((size for size in range(self._longest, 0, -1) if text[-size:] in self._regions), 0)
            if not year and not size:
                return False
            text = text[: year.start() if year else -size]
        return True

    def _by_run(self, name: str) -> list[Title]:
        return [run.title for run in self.runs.all(spelling(name)) if run.agrees and run.span == (0, len(name))]


def _unique(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))
