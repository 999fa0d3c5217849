"""Articles of a benchmark's corpus as documents: one law, one document; one article, one clause and one passage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ingest.records import Account, Clause, Document, Metadata, Sentence, SourceFile, Span

_TITLE = re.compile(r"(?P<law>.+?)(?P<label>第[〇零一二三四五六七八九十百千0-9]+条(?:之[一二三四五六七八九十]+)?)")


@dataclass(frozen=True, slots=True)
class Article:
    """One text of a corpus, with the id by which it is judged."""

    id: str
    title: str
    text: str


Naming = Callable[[Article, str, str], str]
"""Names an article's clause, from the article, its law and its label (第三条)."""


def by_id(article: Article, law: str, label: str) -> str:
    """Name a clause as its benchmark does."""
    return article.id


def by_label(article: Article, law: str, label: str) -> str:
    """Name a clause as a base does: law and label, 中华人民共和国民法典/第三条."""
    return f"{law}/{label}"


def documents_of(articles: Iterable[Article], name: Naming = by_id) -> tuple[Document, ...]:
    """Make documents of articles.

    :param articles: in any order.
    :param name: how clauses are named; a name that was given before gets a number behind it.
    :return: laws in the order in which they first occur, each with its articles in their order.
    """
    laws: dict[str, list[tuple[str, Article]]] = {}
    taken: dict[str, int] = {}
    for article in articles:
        law, label = split_title(article.title)
        clause_id = name(article, law, label)
        taken[clause_id] = taken.get(clause_id, 0) + 1
        number = f"（{taken[clause_id]}）" if taken[clause_id] > 1 else ""
        laws.setdefault(law, []).append((clause_id + number, article))
    return tuple(_document(law, members) for law, members in laws.items())


def split_title(title: str) -> tuple[str, str]:
    """Split the title of an article.

    >>> split_title("中华人民共和国民法典第三条")
    ('中华人民共和国民法典', '第三条')

    :param title: any title.
    :return: the law and the label; a title without a label is its own law, with the label 正文.
    """
    match = _TITLE.fullmatch(title.strip())
    return (match["law"], match["label"]) if match else (title.strip() or "无题", "正文")


def _document(law: str, members: Iterable[tuple[str, Article]]) -> Document:
    clauses = []
    start = 0
    for clause_id, article in members:
        clauses.append(_clause(clause_id, article, start))
        start = clauses[-1].span.end + 1
    text = "\n".join(clause.text for clause in clauses)
    account = Account(len(text), 0, 0, 0, 0, 0)
    return Document(SourceFile("", "", "text"), Metadata(None, law), text, text, tuple(clauses), (), account)


def _clause(clause_id: str, article: Article, start: int) -> Clause:
    text = article.text or article.title
    span = Span(start, start + len(text))
    whole = Sentence(text, 0, len(text), span, (), ())
    return Clause(clause_id, "clause", (article.title,), text, text, span, (), f"《{article.title}》", (whole,))
