"""字符账: where every visible character of a source file went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.pages import Line, Page
from ingest.records import Account, Span


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


def _visible(text: str) -> int:
    return len("".join(text.split()))
