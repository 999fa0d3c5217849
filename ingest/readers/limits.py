"""How much text a file may hold; one that holds more is refused as soon as that is known."""

from __future__ import annotations

from ingest.errors import UnreadableFile

MOST = 1_500_000
"""Characters of a file, at most: several times the longest official document."""


def refuse_if_too_long(name: str, count: int) -> None:
    """Refuses a file with too many visible characters.

    :param name: file name, for messages.
    :raises UnreadableFile: if there are more than :data:`MOST`.
    """
    if count > MOST:
        raise UnreadableFile(name, f"有 {count} 个字，超过上限 {MOST} 个", "请拆成单个文件后再读")
