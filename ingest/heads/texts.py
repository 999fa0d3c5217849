"""The texts that one file holds, one after another: a notice, the plan it issues, annexes; each with head, body and tail."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ingest.heads.dates import is_garbled_date, iso_date, plain_date
from ingest.heads.forms import is_blank_signature, is_form
from ingest.heads.heading import read_head
from ingest.heads.lines import (
    clean,
    ends_as_title,
    is_closing_words,
    is_contact,
    is_imprint,
    is_link_head,
    is_name,
    is_note,
    is_note_below_title,
    is_office,
    is_separator,
    is_signer,
    is_suffix,
    label_of,
    may_be_title,
    plain,
    signed_line,
)  # fmt: skip
from ingest.heads.lists import annex_list, contents
from ingest.heads.text import ANNEX_TITLE, Text, titled_label
from ingest.numbering import Marker, marker
from ingest.paragraphs import Paragraph

_LINES_OF_TITLE = 4
_SHORTEST_NAMED = 5
_REPEATED = 100
"""A text of more characters than this that stands there again is a copy."""

_LINKED, _LINK_LENGTH = 15, 120
"""Links below a text are no more lines than the one, none longer than the other."""

_LISTED = re.compile(r"(?:名单|清单|名录|一览表|职责|分工)$")


class Texts:
    """Parts the paragraphs of a file into texts.

    :param paragraphs: all paragraphs and tables.
    :param shown: each paragraph as the page shows it, empty for a table.
    :param page_title: the title that the page itself gives, or None.
    :param empty_tables: places of tables that wait to be filled in.
    """

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        shown: Sequence[str],
        page_title: str | None,
        held: dict[int, str],
        empty_tables: Collection[int],
    ) -> None:
        self.paragraphs, self.shown, self.page_title = paragraphs, shown, page_title
        self.held, self.empty_tables = held, frozenset(empty_tables)
        self.named = plain(page_title or "")
        self.texts: list[Text] = []
        self.repeated: list[str] = []
        self.forms: list[str] = []
        self.form_tables: set[int] = set()
        place = 0
        while place < len(shown):
            place = self._read(place)
        self._drop_repeated()
        self._drop_forms()

    def _read(self, place: int) -> int:
        """Reads one text from a place on, and gives the place behind it."""
        label, place = self._label(place)
        head = read_head(
            self.paragraphs, self.shown, place, self.held, None if self.texts else self.page_title, self.named
        )
        text = Text(head, label)
        self.texts.append(text)
        self.named += plain(head.title)
        place = head.end
        while place < len(self.shown):
            if self.held.get(place):
                place += 1
                continue
            skipped = self._set_aside(place)
            if skipped > place:
                place = skipped
            elif self._begins(place, text):
                break
            else:
                place = self._take(place, text)
        self._strip(text)
        return place

    def _drop_repeated(self) -> None:
        """Sets aside texts that a page holds twice, as one for the eye and one to print."""
        seen: set[str] = set()
        for text in list(self.texts):
            words = "".join(self.shown[place] for place in text.body)
            if len(words) > _REPEATED and words in seen:
                self.held.update({place: "repeated" for place in text.body})
                self.repeated.append(text.title)
                self.texts.remove(text)
            seen.add(words)

    def _drop_forms(self) -> None:
        """Sets aside annexes that are forms or patterns to fill in, which state nothing, and signatures left blank."""
        for text in self.texts:
            places = [place for place in text.body if self.shown[place]]
            tables = [place for place in text.body if not self.shown[place]]
            # A table right behind an empty one is its second page.
            own = [place for place in tables if place in self.empty_tables or place - 1 in self.empty_tables]
            empty = bool(tables) and own == tables
            if text.label is not None and is_form([self.shown[place] for place in places], empty):
                self.held.update({place: "form" for place in places})
                self.forms.append(text.label.label)
                self.form_tables.update(tables)
                text.body, text.issuers, text.date = tables, [], None
            while len(text.body) > 1 and is_blank_signature(self.shown[text.body[-1]]):
                self.held[text.body.pop()] = "signature"

    def _strip(self, text: Text) -> None:
        """Holds what stands behind the last sentence: links of the page, telephones, labels, and an office that signs."""
        tail = text.body[-_LINKED:]
        first = next((place for place in tail if is_link_head(self.shown[place])), None)
        behind = [place for place in tail if first is not None and place >= first]
        if behind and all(self.shown[place] and len(self.shown[place]) <= _LINK_LENGTH for place in behind):
            self.held.update({place: "links" for place in behind})
            text.body = [place for place in text.body if place not in behind]
        while len(text.body) > 1 and (name := _behind(self.shown[text.body[-1]], text)) is not None:
            place = text.body.pop()
            self.held[place] = name
            if name == "issuer":
                text.issuers.insert(0, place)
            if name == "label" and (labelled := label_of(self.shown[place])) and labelled[0] == "force":
                text.head.labels.append(labelled)

    def _label(self, place: int) -> tuple[Marker | None, int]:
        while place < len(self.shown) and self.held.get(place):
            place += 1
        if place >= len(self.shown):
            return None, place
        found = marker(self.shown[place])
        if found is not None and found.style == "annex":
            self.held[place] = "annex"
            return found, place + 1
        return (titled_label(self.shown[place]) if self.texts else None), place

    def _set_aside(self, place: int) -> int:
        """Holds lists that are no clauses and begin at a place; gives the place behind them."""
        for name, places in (("contents", contents(self.shown, place)), ("annexes", annex_list(self.shown, place))):
            if places:
                self.held.update({one: name for one in places})
                return places.stop
        if self.shown[place] and not clean(self.shown[place]):
            self.held[place] = "blank"
            return place + 1
        if is_imprint(self.shown[place]):
            self.held[place] = "printed"
            return place + 1
        if is_closing_words(self.shown[place]):
            self.held[place] = "closing"
            return place + 1
        return place

    def _begins(self, place: int, text: Text) -> bool:
        """Whether another text begins at a place."""
        shown = self.shown[place]
        if self.paragraphs[place].frame is not None:
            return False
        found = marker(shown) if shown else None
        if found is not None and found.style == "annex":
            return True
        label = titled_label(shown)
        if label is not None and not ANNEX_TITLE.match(self._at(place + 1)) and (text.ended or text.precedes(label)):
            return True
        run = self.title_run(place)
        if not run:
            return False
        title = "".join(self.shown[one] for one in run)
        named = len(plain(title)) >= _SHORTEST_NAMED and plain(title) in self.named
        if text.ended and place > 0 and (named or self.paragraphs[place].display or self._starts_body(run[-1] + 1)):
            return named or self.paragraphs[place].display or ends_as_title(title)
        opens = (
            self.paragraphs[place].display
            and place > 0
            and self.paragraphs[place].page > self.paragraphs[place - 1].page
        )
        named |= bool(opens and re.search("关于.+的", title))
        return bool(text.body) and named and ends_as_title(title) and self._starts_body(run[-1] + 1)

    def title_run(self, place: int) -> list[int]:
        """The lines from a place on that make up a title: to the first that ends as one, or on while it is a title named."""
        run: list[int] = []
        best: list[int] = []
        whole = False
        for one in range(place, min(place + _LINES_OF_TITLE, len(self.shown))):
            shown = self.shown[one]
            if self.held.get(one) or not shown or not may_be_title(shown):
                break
            run.append(one)
            joined = plain("".join(self.shown[each] for each in run))
            named = joined in self.named and len(joined) > _SHORTEST_NAMED
            if named or (is_suffix(shown) if whole else ends_as_title(shown)):
                best, whole = list(run), ends_as_title(shown) or is_suffix(shown)
            elif best:
                break
        return best or (run[:1] if run and self.paragraphs[run[0]].display else [])

    def _starts_body(self, place: int) -> bool:
        """Whether a body begins at a place: a note under the title, a first ordinal, or a sentence."""
        while place < len(self.shown) and (self.held.get(place) or self.shown[place].strip() in ("目录", "目次")):
            place += 1
        shown = self._at(place)
        found = marker(shown) if shown else None
        return bool(
            is_note_below_title(shown)
            or (found and found.number == 1)
            or (len(shown) > 30 and shown.endswith(tuple("。：:")))
        )

    def _at(self, place: int) -> str:
        return self.shown[place] if place < len(self.shown) else ""

    def _take(self, place: int, text: Text) -> int:
        """Takes a paragraph into the body, or the signature that stands there; gives the next place."""
        shown = self.shown[place]
        above = text.body[-1] if text.body and text.body[-1] == place - 1 else None
        signed = signed_line(shown)
        garbled = above is not None and is_garbled_date(shown) and is_name(self.shown[above])
        garbled |= above is not None and plain_date(shown) and is_office(self.shown[above])
        if signed is not None and len(shown) < 60:
            text.issuers.append(place)
            self.held[place] = "issuer"
            text.date, text.ended = place, True
        elif (iso_date(shown) is not None or garbled) and (text.date is None or (above and is_name(self.shown[above]))):
            self.held[place] = "date"
            text.date, text.ended = place, True
            self._take_names(text, place)
        elif above is not None and is_blank_signature(shown) and is_office(self.shown[above]):
            self.held[place] = "date"
            text.ended = True
            self._take_names(text, place)
        elif is_note(shown) and text.ended:
            self.held[place] = "note"
        elif self._is_subtitle(place, text):
            for one in self.title_run(place):
                text.subtitles.append(one)
                text.body.append(one)
            return text.body[-1] + 1
        else:
            text.body.append(place)
            self.named += (
                "".join(plain(name) + " " for name in re.findall(r"《([^《》]{4,60})》", shown)) if shown else ""
            )
        return place + 1

    def _take_names(self, text: Text, place: int) -> None:
        """署名 (GB/T 9704-2012 7.3.5): the names above the date; a signer (部长　某某) is no issuer."""
        above = place - 1
        while text.body and text.body[-1] == above and (is_name(self.shown[above]) or is_signer(self.shown[above])):
            text.body.pop()
            if is_signer(self.shown[above]):
                self.held[above] = "signer"
            else:
                self.held[above] = "issuer"
                text.issuers.insert(0, above)
            above -= 1

    def _is_subtitle(self, place: int, text: Text) -> bool:
        """Whether a list inside an annex begins here under a title of its own: …成员名单."""
        run = self.title_run(place) if text.label is not None and text.body else []
        return (
            bool(run) and bool(_LISTED.search(self.shown[run[-1]])) and len("".join(self.shown[one] for one in run)) > 7
        )


def _behind(shown: str, text: Text) -> str | None:
    """What a last line of a body is, if it is no part of it."""
    if is_contact(shown):
        return "contact"
    if is_note(shown):
        return "note"
    if label_of(shown) is not None:
        return "label"
    if is_separator(shown):
        return "separator"
    return "issuer" if is_office(shown) and not text.issuers and text.label is None else None
