"""Records to the HTML of the page; every text of a document or a user is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import urlencode

from index.records import Agreement, Answer, Hit, Statement
from index.wording import (
    UNSAID,
    page_numbers,
    page_words,
    reading_words,
    statement_place,
    target_words,
    unit_words,
)
from ingest.records import Metadata

WAYS = {"reference": "按文号条款查得", "lexical": "字词相合", "dense": "意思相近"}


def render_answer(answer: Answer) -> str:
    """Show an answer: the best clause open with what was read from it, a comparison, or a list; the rest as cards.

    :param answer: of the knowledge base.
    :return: HTML; where nothing answers, 未找到依据 and then the near clauses, marked as such.
    """
    notes = "".join(render_message("查无此条", f"{note}。", "none") for note in answer.missing) + _readings(answer)
    if answer.status != "found" or not answer.hits:
        advice = "库中文件没有能回答这个问题的条款。可以换一种说法再问，或改查其他文件。"
        return (
            notes + render_message("未找到依据", advice, "none") + _cards("以下条款可能相关", answer.hits, "可能相关")
        )
    if answer.kind == "compare":
        return notes + _comparisons(answer) + _cards("各条原文", answer.hits)
    if answer.kind == "list":
        return notes + _cards(f"共 {len(answer.hits)} 条", answer.hits)
    best, *others = answer.hits
    return (
        notes + f'<article class="hit best">{_whole(best, _facts(answer))}</article>' + _cards("其他相关条款", others)
    )


def _readings(answer: Answer) -> str:
    """Say which everyday word was read as which official ones."""
    said = reading_words(answer)
    return f'<p class="readings">{escape(said)}</p>' if said else ""


def _facts(answer: Answer) -> str:
    """What was read from the answering clause: how much, who, whether the document says so elsewhere too."""
    goals = "".join(f"<li>{_goal(one)}</li>" for one in answer.targets) or f"<li>{UNSAID}</li>"
    units = "、".join(unit_words(answer))
    rows = f"<dt>目标</dt><dd><ul>{goals}</ul></dd><dt>责任主体</dt><dd>{escape(units)}</dd>"
    linked = "".join(f"<li>{_linked(one)}</li>" for one in answer.agreements)
    rows += f"<dt>同一指标</dt><dd><ul>{linked}</ul></dd>" if linked else ""
    warned = "".join(f"<li>{escape(warning)}</li>" for warning in answer.warnings)
    rows += f'<dt>注意</dt><dd class="warn"><ul>{warned}</ul></dd>' if warned else ""
    return f'<dl class="read">{rows}</dl>'


def _goal(one: Statement) -> str:
    told = target_words(one.target)
    return f"{escape(told.indicator)} <b>{escape(told.value)}</b> <small>{_spans(*told.more)}</small>"


def _linked(one: Agreement) -> str:
    other = one.statements[1]
    mark = "agree" if one.agree else "differ"
    return (
        f'{_goal(other)} <small>{escape(statement_place(other))}</small> <em class="{mark}">{escape(one.remark)}</em>'
    )


def _comparisons(answer: Answer) -> str:
    """One table for each indicator: the documents side by side."""
    tables = ""
    for one in answer.comparisons:
        rows = ""
        for document, side in zip(one.documents, one.sides, strict=True):
            said = f"{_goal(side)}<br><small>{escape(statement_place(side))}</small>" if side else UNSAID
            rows += f"<tr><th>{escape(document.number or document.title)}</th><td>{said}</td></tr>"
        remark = f"<caption>{escape(one.remark)}</caption>" if one.remark else ""
        tables += f'<h3>{escape(one.indicator)}</h3><table class="compare">{remark}<tbody>{rows}</tbody></table>'
    linked = "".join(f"<li>{_linked(one)}</li>" for one in answer.agreements)
    again = f'<dl class="read"><dt>同一指标</dt><dd><ul>{linked}</ul></dd></dl>' if linked else ""
    return f'<article class="hit best compared">{tables}{again}</article>'


def render_message(title: str, text: str, kind: str) -> str:
    """Show a message to the user.

    :param title: what is the matter, in a few words.
    :param text: what to do about it.
    :param kind: ``none``, ``fault`` or ``wait``: how it is drawn.
    :return: HTML.
    """
    return f'<div class="message {kind}" role="status"><b>{escape(title)}</b><p>{escape(text)}</p></div>'


def render_shelf(documents: Iterable[Metadata]) -> str:
    """Show which documents can be asked.

    :param documents: in the order of the base.
    :return: HTML.
    """
    items = "".join(f"<li>{_heading(document)}</li>" for document in documents)
    return f'<section class="shelf"><h2>库中文件</h2><ul>{items}</ul></section>'


def _cards(heading: str, hits: Iterable[Hit], tag: str = "") -> str:
    cards = "".join(
        f'<details class="hit">{_summary(hit, tag)}<div class="body">{_whole(hit)}</div></details>' for hit in hits
    )
    return f'<section class="more"><h2>{heading}</h2>{cards}</section>' if cards else ""


def _summary(hit: Hit, tag: str) -> str:
    """One closed card: the sentence that answers, and where it stands."""
    label = f'<span class="tag">{tag}</span>' if tag else ""
    said = hit.evidence[0].text if hit.evidence else hit.clause.text
    place = _spans(hit.document.number or hit.document.title, *hit.clause.heading_path[-1:], page_words(_pages(hit)))
    return f'<summary>{label}<span class="said">{escape(said)}</span><span class="place">{place}</span></summary>'


def _whole(hit: Hit, facts: str = "") -> str:
    """Show all of a hit; a clause of many sentences is led by the one that answers, so that the citation stays near."""
    path = "".join(f"<li>{escape(heading)}</li>" for heading in hit.clause.heading_path)
    clause, citation = _clause(hit), _citation(hit)
    if len(hit.clause.sentences) > 1 and hit.evidence:
        body = f'<p class="lead">{escape(hit.evidence[0].text)}</p>{citation}{facts}<h4>条款原文</h4>{clause}'
    else:
        body = clause + citation + facts
    return f'<div class="words">{_heading(hit.document)}<ol class="path">{path}</ol>{body}</div>{_sheets(hit)}'


def _heading(document: Metadata) -> str:
    facts = _spans(document.number, document.issuer, _chinese_date(document.date))
    return f'<h3 class="title">{escape(document.title)}</h3><p class="facts">{facts}</p>'


def _clause(hit: Hit) -> str:
    """Quote the clause word for word with the answering sentences marked; a table row as a table."""
    if hit.clause.cells:
        heads = "".join(f"<th>{escape(name)}</th>" for name, _ in hit.clause.cells)
        cells = "".join(f'<td data-name="{escape(name)}">{escape(value)}</td>' for name, value in hit.clause.cells)
        return f'<table class="row"><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>'
    text, marked, at = hit.clause.text, "", 0
    for sentence in sorted(hit.evidence, key=lambda one: one.start):
        marked += f"{escape(text[at : sentence.start])}<mark>{escape(sentence.text)}</mark>"
        at = sentence.end
    return f'<p class="clause">{marked}{escape(text[at:])}</p>'


def _citation(hit: Hit) -> str:
    words = escape(hit.clause.citation)
    ways = "、".join(WAYS[way] for way in hit.found_by)
    return (
        f'<div class="cite"><p><b>引用</b><span>{words}</span></p>'
        f'<button type="button" class="copy" data-copy="{words}">复制引用</button></div>'
        f'<p class="found">{_spans(page_words(_pages(hit)), ways)}</p>'
    )


def _sheets(hit: Hit) -> str:
    """Show the pages of the best sentence as pictures, which the browser fetches when the card is opened."""
    sheets = ""
    said = [("sentence", sentence.start) for sentence in hit.evidence]
    for page in _pages(hit):
        address = escape("page.png?" + urlencode([("clause", hit.clause.clause_id), ("page", page), *said]))
        picture = f'<img loading="lazy" src="{address}" alt="原文第{page}页，答句已框出">'
        sheets += f'<a href="{address}" target="_blank" title="点击放大">{picture}</a>'
    caption = f"<figcaption>原文{page_words(_pages(hit))}，框内为答句，点击放大</figcaption>"
    return f'<figure class="sheets">{sheets}{caption}</figure>' if sheets else ""


def _pages(hit: Hit) -> list[int]:
    """Pages of the answering sentence, or of the clause where none is named; a web page has none."""
    return page_numbers(hit.evidence[0].pages if hit.evidence else hit.clause.pages)


def _chinese_date(iso: str | None) -> str:
    year, month, day = (iso or "0-0-0").split("-")
    return f"{year}年{int(month)}月{int(day)}日" if iso else ""


def _spans(*texts: str | None) -> str:
    return " ".join(f"<span>{escape(text)}</span>" for text in texts if text)
