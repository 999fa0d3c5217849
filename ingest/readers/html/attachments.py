"""Files that a page offers beside its text."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from ingest.readers.html.tree import Node

_FILE = re.compile(
    r"\.(?:pdf|docx?|wps|xlsx?|et|pptx?|dps|ofd|rtf|txt|csv|zip|rar|7z|ceb|jpe?g|png|tiff?)$", re.IGNORECASE
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|tiff?)$", re.IGNORECASE)


def attachments(root: Node) -> tuple[tuple[str, str], ...]:
    """The attachments (附件) that a page links to, as (name, address) in the order of the page, each address once.

    A link counts when its address or its own text ends as a file's name does; a picture only when it is called 附件.
    """
    found: dict[str, str] = {}
    for node in root.walk():
        address = node.attributes.get("href", "").strip() if node.tag == "a" else ""
        text = " ".join(node.text().split()) if address else ""
        path = unquote(urlsplit(address).path) if _is_address(address) else ""
        if not (_FILE.search(path) or (path and _FILE.search(text))):
            continue
        if _PICTURE.search(path) and not text.startswith("附"):
            continue
        name = text or node.attributes.get("title", "").strip() or path.rsplit("/", 1)[-1]
        found.setdefault(address, name)
    return tuple((name, address) for address, name in found.items())


def _is_address(address: str) -> bool:
    if not address or address.startswith(("#", "javascript:", "mailto:")):
        return False
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True
