"""Addresses of what the page shows, relative to the root of the application: every page names that root as its base."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

TABS = (("ask", "问答"), ("documents", "文件"), ("targets", "指标"), ("drafting", "起草"), ("evaluation", "评测"))
"""The tabs of the page: the name by which an address and a view call each, and what the user reads; the first is shown at the root."""
ORIGINAL = "原件"
"""The last step of the address of a document's source file."""


def tab_address(name: str) -> str:
    """Give the address of a tab.

    :param name: of :data:`TABS`.
    :return: a relative address.
    """
    return "./" if name == TABS[0][0] else f"?tab={name}"


def ask_address(question: str, document: str = "", gold: Iterable[str] = ()) -> str:
    """Give the address under which a question is asked.

    :param question: as typed.
    :param document: key of the document to stay within, empty for all.
    :param gold: ids of the clauses that should answer (标准答案), to be marked in the answer.
    :return: a relative address.
    """
    within = [("doc", document)] if document else []
    return "?" + urlencode([("q", question), *within, *(("gold", one) for one in gold)])


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
