"""How a clause is quoted and cited in what an official writes: 行文, 带页码, GB/T 7714."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from index.wording import doubt_words, page_numbers, page_words, place_words
from ingest.records import Clause, Metadata, Sentence

_INNER = str.maketrans("“”‘’", "‘’“”")
_DIGEST = 16


def words_of(clause: Clause, sentences: Sequence[Sentence] = ()) -> str:
    """Give the words that are copied, verbatim; of sentences that do not follow each other …… stands between.

    :param clause: where they stand.
    :param sentences: those that are meant, in any order; the whole clause where there are none.
    :return: the words, with 【存疑】 behind them where they were read with little confidence.
    """
    if not sentences:
        return clause.text + doubt_words(clause.sentences)
    words, end = "", None
    for one in sorted(sentences, key=lambda one: one.start):
        gap = "" if end is None else clause.text[end : one.start]
        words, end = words + ("……" if gap.strip() else gap) + one.text, one.end
    return words + doubt_words(sentences)


def quoted(clause: Clause, sentences: Sequence[Sentence] = ()) -> str:
    """Put the words in quotation marks, and those inside them in the other kind (GB/T 15834-2011 4.8.3.3).

    A table row is no running text: its cells, which are joined by the marks of this base, are not put in quotation marks.

    :param clause: where they stand.
    :param sentences: as for :func:`words_of`.
    :return: “加强‘社区云’建设。”
    """
    words = words_of(clause, sentences)
    return words if clause.cells else f"“{words.translate(_INNER)}”"


def with_source(clause: Clause, sentences: Sequence[Sentence] = ()) -> str:
    """原文＋出处: the words, then where they stand in brackets.

    :param clause: where they stand.
    :param sentences: as for :func:`words_of`.
    :return: “…”（《…》（…号）第四部分第（二）项第2点，第7页）
    """
    return f"{quoted(clause, sentences)}（{in_pages(clause, sentences)}）"


def in_prose(clause: Clause, sentences: Sequence[Sentence] = ()) -> str:
    """行文: the citation that leads the words, as a document quotes another.

    :param clause: where they stand.
    :param sentences: as for :func:`words_of`.
    :return: 《…》（…号）第四部分第（二）项第2点规定：“…”
    """
    return f"{clause.citation}{'：' if clause.cells else '规定：'}{quoted(clause, sentences)}"


def in_pages(clause: Clause, sentences: Sequence[Sentence] = ()) -> str:
    """带页码: the citation with the pages of the words; a web page and a Word file have none, and none is made up.

    :param clause: where they stand.
    :param sentences: as for :func:`words_of`.
    :return: 《…》（…号）第四部分第（二）项第2点，第7页
    """
    pages = _pages(clause, sentences)
    return place_words(clause.citation, pages) if pages else clause.citation


def in_gbt_7714(clause: Clause, document: Metadata, sentences: Sequence[Sentence] = ()) -> str:
    """GB/T 7714-2015: an entry of a list of references.

    主要责任者. 题名: 其他题名信息[文献类型标识]. 出版地: 出版者, 出版年: 引文页码 (4.1). An official document has no publisher: the items
    that are missing are left out with their marks, as 著录项目 are given as the source itself has them (5.1), and the date of
    issue stands in place of the year. The number is 其他题名信息. The type is 档案, A (annex B); /OL is not added, as it asks for
    an address and a day of access (4.6), which a file of a base does not have. Where no author is known the entry
    begins with the title, as a list in the order of citing may (8.1).

    :param clause: what is cited.
    :param document: its document.
    :param sentences: as for :func:`words_of`.
    :return: 浦东新区民政局. 实施方案: 浦民发〔2023〕74号[A]. 2023-11-06: 7.
    """
    numbers = page_numbers(_pages(clause, sentences))
    pages = "" if not numbers else str(numbers[0]) if numbers[0] == numbers[-1] else f"{numbers[0]}-{numbers[-1]}"
    title = f"{document.title}: {document.number}[A]" if document.number else f"{document.title}[A]"
    issued = ": ".join(part for part in (document.date, pages) if part)
    return "".join(f"{part}. " for part in (document.issuer, title, issued) if part).rstrip()


def note_words(clause: Clause) -> str:
    """Word the footnote of a whole clause.

    :param clause: what is quoted.
    :return: 《…》（…号）第四部分第（二）项第2点，第7页。
    """
    return f"{in_pages(clause)}。"


def digest_of(clause: Clause) -> str:
    """Tell the words of a clause from other words under the same id.

    :param clause: any clause.
    :return: the first 16 hexadecimal digits of the SHA-256 of its text.
    """
    return hashlib.sha256(clause.text.encode()).hexdigest()[:_DIGEST]


def pages_of(clause: Clause) -> str:
    """Name the pages of a clause.

    :param clause: any clause.
    :return: 第7页, 第7—8页; empty where it has none.
    """
    return page_words(clause.pages) if page_numbers(clause.pages) else ""


def _pages(clause: Clause, sentences: Sequence[Sentence]) -> list[int]:
    found = sorted({page for one in sentences for page in one.pages}) if sentences else clause.pages
    return page_numbers(found)
