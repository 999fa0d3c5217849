"""Addresses of what the page shows, relative to the root of the application: every page names that root as its base."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

ORIGINAL = "原件"
"""The last step of the address of a document's source file."""


def ask_address(question: str, document: str = "") -> str:
    """Give the address under which a question is asked.

    :param question: as typed.
    :param document: key of the document to stay within, empty for all.
    :return: a relative address.
    """
    return "?" + urlencode({"q": question, **({"doc": document} if document else {})})


def clause_address(clause_id: str) -> str:
    """Give the address of a clause.

    :param clause_id: its id.
    :return: a relative address.
    """
    return f"c/{quote(clause_id, safe='/')}"


def document_address(key: str, page: int | None = None) -> str:
    """Give the address of a document.

    :param key: its key.
    :param page: a page number from 1; None for its beginning.
    :return: a relative address.
    """
    return f"d/{quote(key, safe='/')}" + (f"?page={page}" if page else "")


def original_address(key: str) -> str:
    """Give the address of a document's source file.

    :param key: its key.
    :return: a relative address.
    """
    return f"d/{quote(key, safe='/')}/{quote(ORIGINAL)}"


def picture_address(clause_id: str, page: int, starts: Iterable[int] = ()) -> str:
    """Give the address of the picture of a page with sentences framed.

    :param clause_id: the clause that holds the sentences.
    :param page: page number from 1.
    :param starts: where the sentences begin in the clause.
    :return: a relative address.
    """
    return "page.png?" + urlencode([("clause", clause_id), ("page", page), *(("sentence", one) for one in starts)])


def pictures_address(sha256: str) -> str:
    """Give the address below which the plain pictures of a source file's pages lie: behind it stand 7/110.png.

    :param sha256: digest of the file.
    :return: a relative address that ends in a slash.
    """
    return f"picture/{sha256}/"


def pane_address(clause_id: str, starts: Iterable[int] = ()) -> str:
    """Give the address of the source pane of a clause, to be put in place when it is looked at.

    :param clause_id: the clause.
    :param starts: where the sentences that are framed begin in it; none for the whole clause.
    :return: a relative address.
    """
    return "view/pane?" + urlencode([("clause", clause_id), *(("sentence", one) for one in starts)])
