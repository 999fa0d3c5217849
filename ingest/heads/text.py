"""One text of a file: its annex label, head and tail."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.heads.heading import Head
from ingest.heads.lines import ends_as_title
from ingest.numbering import Marker, marker

ANNEX_TITLE = re.compile(
    r"附\s*(?P<kind>[件录表])\s*(?P<n>[\d一二三四五六七八九十]{0,3})\s*[:：]?\s*(?P<title>\S.{4,60})$"
)


@dataclass
class Text:
    """One text: its annex label (附件1) if any, its head, the places of its body, and what its tail says."""

    head: Head
    label: Marker | None = None
    body: list[int] = field(default_factory=list)
    subtitles: list[int] = field(default_factory=list)
    issuers: list[int] = field(default_factory=list)
    date: int | None = None
    ended: bool = False

    @property
    def title(self) -> str:
        """Its title, empty where it bears none."""
        return self.head.title

    def precedes(self, label: Marker) -> bool:
        """Whether it is the annex before the one of a label: 附表1 before 附表2."""
        own = self.label
        return own is not None and own.label[:2] == label.label[:2] and label.follows(own)


def titled_label(shown: str) -> Marker | None:
    """The label of an annex whose title stands on the same line: 附件2 甲市…办法."""
    found = ANNEX_TITLE.match(shown)
    named = found is not None and ends_as_title(found["title"])
    return marker(f"附{'表' if found['kind'] == '表' else '件'}{found['n']}") if found and named else None
