"""Documents of one name (题名相同): what is said in the citation of all but the first of them, so that each can be told."""

from __future__ import annotations

import re
from itertools import accumulate

from ingest.records import Metadata

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def apart(metadata: Metadata, key: str) -> str:
    """Give what sets a document apart from the one that bears its name alone.

    >>> apart(Metadata(None, "实施方案", issuer="甲区民政局", date="2024-05-06"), "实施方案（甲区民政局，2024-05-06）")
    '（甲区民政局，2024年5月6日）'

    :param metadata: of the document.
    :param key: under which a base has it.
    :return: in brackets; empty for the key that every base would give it.
    """
    trait = key.removeprefix(metadata.number or metadata.title)
    if metadata.number:
        trait = trait.replace(f"（{metadata.title}，", "（", 1)
    return _DAY.sub(lambda found: f"{found[1]}年{int(found[2])}月{int(found[3])}日", trait)


def cited_apart(citation: str, metadata: Metadata, old: str, key: str) -> str:
    """Put into a citation, behind title and number, what sets its document apart under a key.

    :param citation: 《…》（…号）第三条, as it stands under the key ``old``.
    :param metadata: of the document.
    :param old: its key so far.
    :param key: its key.
    :return: the same where nothing sets it apart.
    """
    depths = accumulate({"《": 1, "》": -1}.get(char, 0) for char in citation)
    place = next((place for place, depth in enumerate(depths, 1) if not depth), len(citation))
    numbered = f"（{metadata.number}）"
    place += len(numbered) if citation.startswith(numbered, place) else 0
    return citation[:place] + apart(metadata, key) + citation[place:].removeprefix(apart(metadata, old))
