"""字符账: where every visible character of a source file went, and which pages lost text that nothing else bears out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from ingest.furniture import entry_of, is_page_number
from ingest.pages import Line, Page
from ingest.records import Account, Span

_SHARE = 0.05
"""A page that loses more than this share of its characters must say so."""

_SHOWN = 20
_NO_WORDS = re.compile(r"[\s\d０-９]+")


def account(
    pages: Sequence[Page], source_text: str, furniture: Iterable[Line], owners: dict[str, list[Span]]
) -> tuple[Account, list[Span]]:
    """Counts each visible character once, by what holds it, against the source's own count.

    :param owners: spans by kind: clauses, headings, tables, metadata.
    :return: the account, and spans that no kind or more than one kind holds.
    """
    held = [""] * len(source_text)
    faults: list[Span] = []
    for kind, spans in owners.items():
        for span in spans:
            if any(held[place] not in ("", kind) for place in range(span.start, span.end)):
                faults.append(span)
            held[span.start : span.end] = [kind] * (span.end - span.start)
    counts = dict.fromkeys(owners, 0)
    for char, kind in zip(source_text, held, strict=True):
        if kind and not char.isspace():
            counts[kind] += 1
    aside = [mark for page in pages for mark in page.marks]
    aside += [part for page in pages for note in page.footnotes for part in (note.mark, note.text)]
    outside = sum(_visible(line.text) for line in furniture) + sum(map(_visible, aside))
    metadata = counts["metadata"] + sum(page.label_characters for page in pages)
    known = counts["clauses"] + counts["headings"] + counts["tables"] + metadata + outside
    lost = sum(page.characters for page in pages) - known
    return Account(counts["clauses"], counts["headings"], counts["tables"], metadata, outside, lost), faults


def losses(pages: Sequence[Page], furniture: Collection[Line]) -> list[str]:
    """Warns of pages on which more than a twentieth of the characters is taken for no text of the document, unconfirmed.

    Confirmed is a page number, what stands on another page too (页眉、页脚、水印), and an entry of a contents list (目录)
    that comes again below as a heading.
    """
    aside = {page.number: _aside(page, furniture) for page in pages if page.height}
    on_pages = Counter(words for texts in aside.values() for words in {_words(text) for text in texts})
    kept = {entry_of(line) for page in pages for line in page.lines if line not in furniture}
    found = []
    for page in (page for page in pages if page.height):
        entries = {line.text for line in page.lines if line in furniture and entry_of(line) in kept}
        texts = aside[page.number]
        here = Counter(map(_words, texts))
        gone = [
            text for text in texts
            if on_pages[_words(text)] < 2 and here[_words(text)] < 2 and text not in entries and not _repeats(text) and not is_page_number(text)
        ]  # fmt: skip
        count = sum(map(_visible, gone))
        if count > _SHARE * page.characters:
            words = max(gone, key=_visible).strip()[:_SHOWN]
            found.append(
                f"第{page.number}页：有 {count} 字未作为正文读入（按页眉页脚、目录或水印），别处没有重复，如“{words}”，请核对"
            )
    return found


def _aside(page: Page, furniture: Collection[Line]) -> list[str]:
    """What of a page is no text of the document; characters set aside one by one say nothing and are left out."""
    marks = [mark for mark in page.marks if len(set(mark)) > 1]
    return [*(line.text for line in page.lines if line in furniture), *page.aside, *marks]


def _repeats(text: str) -> bool:
    """Whether a text is some words again and again, as a watermark all over a page."""
    return text in (text + text)[1:-1]


def _words(text: str) -> str:
    """Words without what may count up from page to page."""
    return _NO_WORDS.sub("", text)


def _visible(text: str) -> int:
    return len("".join(text.split()))
