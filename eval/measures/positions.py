"""Where a clause stands, read from its permanent id: the document, and the part of it (部分, 通知, 表)."""

from __future__ import annotations


def document_of(clause_id: str) -> str:
    """Name the document of a clause.

    >>> document_of("浦民发〔2023〕74号/四/（二）/2")
    '浦民发〔2023〕74号'

    :param clause_id: id of a clause, or of anything else that stands in a document.
    :return: what the id begins with, up to the first slash; empty where the id has none and names no document.
    """
    document, slash, _ = clause_id.partition("/")
    return document if slash else ""


def part_of(clause_id: str) -> str:
    """Name the part of a clause: the top level of its document's own numbering; a table is a part of its own.

    >>> part_of("浦民发〔2023〕74号/四/（二）/2")
    '浦民发〔2023〕74号/四'

    :param clause_id: id of a clause.
    :return: the first two steps of the id; the id itself where it has fewer.
    """
    return "/".join(clause_id.split("/")[:2])
