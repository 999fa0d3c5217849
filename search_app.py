"""The web page over the knowledge base: ask, and see the clause that answers, its citation and its page.

Presentation only: first pure functions from records to HTML, in which every text of a document or a user is escaped;
then the page, and the server that opens the store or builds it from the corpus.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from html import escape
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from index.answer.agreement import UNSAID, deadline_words
from index.answer.compose import value_words
from index.answer_output import BASES
from index.errors import ClauseNotFound, KnowledgeBaseError, StoreError
from index.knowledge_base import KnowledgeBase
from index.output import doubt_words, report_remarks
from index.records import Agreement, Answer, Hit, Statement
from index.search.embedder import EmbedderSettings, Reranker, load_reranker, settings_of
from index.store.build import DOCUMENTS, RENDITIONS, readings_from
from index.store.corpus import list_corpus
from index.store.generations import read
from ingest.records import Metadata

if TYPE_CHECKING:
    from fastapi import FastAPI
    from gradio import Blocks

NAME = "政策文件知识库"
HEAD = f"<header><h1>{NAME}</h1><p>以原文条款作答，注明文号、条款和页码</p></header>"
PROMPT = "请输入要查的问题，用平常的话说就行"
EXAMPLES = (
    "老人家里装扶手，政府给补贴吗",
    "74号文里志愿服务站点要覆盖到多少",
    "养老床位到2025年要达到多少",
    "流浪乞讨的人谁来管",
    "结婚登记能在外地办吗",
)
WAYS = {"reference": "按文号条款查得", "lexical": "字词相合", "dense": "意思相近"}
POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:"
"""Content-Security-Policy: the browser itself refuses whatever would come from another host."""

CORPUS, STORE = Path("corpus"), Path(".store")
_STATIC = Path(__file__).parent / "app" / "static"


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
    said = "；".join(f"“{word}”按“{'、'.join(official[:3])}”查找" for word, official in answer.read_as)
    return f'<p class="readings">{escape(said)}</p>' if said else ""


def _facts(answer: Answer) -> str:
    """What was read from the answering clause: how much, who, whether the document says so elsewhere too."""
    goals = "".join(f"<li>{_goal(one)}</li>" for one in answer.targets) or f"<li>{UNSAID}</li>"
    units = "、".join(f"{charge.unit.name}（{BASES[charge.unit.basis]}）" for charge in answer.charges)
    offered = f"（发文机关：{answer.issuer}）" if answer.issuer else ""
    rows = f"<dt>目标</dt><dd><ul>{goals}</ul></dd><dt>责任主体</dt><dd>{escape(units or UNSAID + offered)}</dd>"
    linked = "".join(f"<li>{_linked(one)}</li>" for one in answer.agreements)
    rows += f"<dt>同一指标</dt><dd><ul>{linked}</ul></dd>" if linked else ""
    warned = "".join(f"<li>{escape(warning)}</li>" for warning in answer.warnings)
    rows += f'<dt>注意</dt><dd class="warn"><ul>{warned}</ul></dd>' if warned else ""
    return f'<dl class="read">{rows}</dl>'


def _goal(one: Statement) -> str:
    target = one.target
    value = f"<b>{escape(value_words(target))}</b>"
    year = f"（{target.baseline_year}年）" if target.baseline_year else ""
    more = [
        f"期限：{deadline_words(target)}",
        f"基准值{year}：{target.baseline}{target.unit or ''}" if target.baseline else None,
        target.nature,
    ]
    return f"{escape((target.action or '') + target.indicator)} {value} <small>{_spans(*more)}</small>"


def _linked(one: Agreement) -> str:
    other = one.statements[1]
    mark = "agree" if one.agree else "differ"
    return f'{_goal(other)} <small>{escape(other.citation)}</small> <em class="{mark}">{escape(one.remark)}</em>'


def _comparisons(answer: Answer) -> str:
    """One table for each indicator: the documents side by side."""
    tables = ""
    for one in answer.comparisons:
        rows = ""
        for document, side in zip(one.documents, one.sides, strict=True):
            said = f"{_goal(side)}<br><small>{escape(side.citation)}</small>" if side else UNSAID
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
    said += doubt_words(hit.evidence[:1] or hit.clause.sentences)
    place = _spans(hit.document.number or hit.document.title, *hit.clause.heading_path[-1:], _page_words(hit))
    return f'<summary>{label}<span class="said">{escape(said)}</span><span class="place">{place}</span></summary>'


def _whole(hit: Hit, facts: str = "") -> str:
    """Show all of a hit; a clause of many sentences is led by the one that answers, so that the citation stays near."""
    path = "".join(f"<li>{escape(heading)}</li>" for heading in hit.clause.heading_path)
    clause, citation = _clause(hit), _citation(hit)
    if len(hit.clause.sentences) > 1 and hit.evidence:
        lead = hit.evidence[0].text + doubt_words(hit.evidence[:1])
        body = f'<p class="lead">{escape(lead)}</p>{citation}{facts}<h4>条款原文</h4>{clause}'
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
        marked += f"{escape(text[at : sentence.start])}<mark>{escape(sentence.text)}</mark>{doubt_words([sentence])}"
        at = sentence.end
    return f'<p class="clause">{marked}{escape(text[at:])}</p>'


def _citation(hit: Hit) -> str:
    words = escape(hit.clause.citation)
    ways = "、".join(WAYS[way] for way in hit.found_by)
    return (
        f'<div class="cite"><p><b>引用</b><span>{words}</span></p>'
        f'<button type="button" class="copy" data-copy="{words}">复制引用</button></div>'
        f'<p class="found">{_spans(_page_words(hit), ways)}</p>'
    )


def _sheets(hit: Hit) -> str:
    """Show the pages of the best sentence as pictures, which the browser fetches when the card is opened."""
    sheets = ""
    said = [("sentence", sentence.start) for sentence in hit.evidence]
    for page in _pages(hit):
        address = escape("page.png?" + urlencode([("clause", hit.clause.clause_id), ("page", page), *said]))
        picture = f'<img loading="lazy" src="{address}" alt="原文第{page}页，答句已框出">'
        sheets += f'<a href="{address}" target="_blank" title="点击放大">{picture}</a>'
    caption = f"<figcaption>原文{_page_words(hit)}，框内为答句，点击放大</figcaption>"
    return f'<figure class="sheets">{sheets}{caption}</figure>' if sheets else ""


def _pages(hit: Hit) -> tuple[int, ...]:
    """Pages of the answering sentence, or of the clause where none is named; a web page has none."""
    return tuple(page for page in (hit.evidence[0].pages if hit.evidence else hit.clause.pages) if page > 0)


def _page_words(hit: Hit) -> str:
    return f"第{'、'.join(map(str, _pages(hit)))}页" if _pages(hit) else "无页码"


def _chinese_date(iso: str | None) -> str:
    year, month, day = (iso or "0-0-0").split("-")
    return f"{year}年{int(month)}月{int(day)}日" if iso else ""


def _spans(*texts: str | None) -> str:
    return " ".join(f"<span>{escape(text)}</span>" for text in texts if text)


class Desk:
    """What the page stands on: the knowledge base once there is one, until then how far its making has come.

    :param store: folder of the store.
    :param corpus: folder of the documents; None for the one that the store was built from.
    :param reranker: a cross-encoder for the first clauses; None for none.
    """

    def __init__(self, store: Path, corpus: Path | None = None, reranker: Reranker | None = None) -> None:
        self.store = store
        self.reranker = reranker
        self.corpus = corpus
        self.base: KnowledgeBase | None = None
        self.progress = "正在打开知识库"

    def say(self, text: str) -> None:
        """Tell how far things have come, on the page and on standard error.

        :param text: in Chinese.
        """
        self.progress = text
        sys.stderr.write(f"{text}\n")

    def prepare(self) -> None:
        """Open the store; build it where there is none, it is of no use, or the files of its corpus have changed.

        :raises KnowledgeBaseError: when it can be neither opened nor built.
        """
        try:
            self.base = KnowledgeBase.open(self.store, reranker=self.reranker)
        except StoreError as error:
            self.say(f"{error.problem}，现在从 {self.corpus or CORPUS} 建立")
            self._build(self.corpus or CORPUS)
            return
        corpus = self.corpus or self.base.corpus
        try:
            if _digests(self.store) != {file.sha256 for file in list_corpus(corpus, self.store).files}:
                self.say(f"{corpus} 里的文件有变动，正在更新知识库")
                self._build(corpus)
        except KnowledgeBaseError as error:
            self.say(f"知识库没有更新，仍用原有内容：{error}")

    def _build(self, corpus: Path) -> None:
        report = KnowledgeBase.build(
            corpus, self.store, _model_of(self.store), lambda share, step: self.say(f"{step}（{share:.0%}）")
        )
        for remark in report_remarks(report):
            self.say(remark)
        self.base = KnowledgeBase.open(self.store, reranker=self.reranker)

    def answer(self, question: str, document: str) -> str:
        """Answer a question; what is wrong with it, or with the store, is an answer too.

        :param question: as typed.
        :param document: what to stay within, empty for everything.
        :return: HTML.
        """
        if self.base is None:
            return render_message("知识库还在准备", f"{self.progress}。请稍候再问。", "wait")
        try:
            return render_answer(self.base.ask(question, document=document or None))
        except KnowledgeBaseError as error:
            return render_message(error.problem, f"{error.remedy}。", "fault")

    def front(self) -> str:
        """Show what stands on the page before the first question.

        :return: HTML: the documents, or how far their reading has come.
        """
        if self.base is None:
            return render_message("正在准备知识库", self.progress, "wait")
        return render_shelf(document.metadata for document in self.base.documents())

    def choices(self) -> list[tuple[str, str]]:
        """List what a search can be narrowed to.

        :return: pairs of words and the value for :meth:`answer`.
        """
        documents = self.base.documents() if self.base else ()
        named = [(f"{one.metadata.number or ''} {one.metadata.title}".strip(), one.key) for one in documents]
        return [("全部文件", ""), *named]

    def picture(self, clause_id: str, page: int, starts: Collection[int]) -> bytes:
        """Draw a page with the answering sentences framed.

        :param clause_id: the clause that holds them.
        :param page: page number from 1.
        :param starts: where the sentences begin in the clause.
        :return: a PNG picture.
        :raises KnowledgeBaseError: when there is no such clause or page, or its source file is gone.
        """
        if self.base is None:
            raise ClauseNotFound("知识库还在准备", "请稍候再试")
        clause = self.base.show(clause_id)
        boxes = [box for sentence in clause.sentences if sentence.start in starts for box in sentence.boxes]
        return self.base.page_picture(clause.clause_id, page, boxes)


def _model_of(store: Path) -> EmbedderSettings:
    """Keep to the model that the store was made with; where that cannot be told, the one that comes with the project."""
    try:
        return settings_of(read(store).facts["embedder"])
    except (StoreError, KeyError):
        return EmbedderSettings()


def _digests(store: Path) -> set[str]:
    """Name the source files that the store was made from, by the SHA-256 of their bytes."""
    files = read(store).files
    return {reading.document.source.sha256 for reading in readings_from(files[DOCUMENTS] + files[RENDITIONS])}


def make_page(desk: Desk) -> Blocks:
    """Lay out the page: question, filter and examples; the answer; the documents, until there is an answer.

    :param desk: what answers.
    :return: the page.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # Gradio reads it when it is imported
    import gradio as gr

    def pick(example: list[str], document: str) -> tuple[str, str]:
        return example[0], desk.answer(example[0], document)

    def narrow(question: str, document: str) -> str:
        return desk.answer(question, document) if question.strip() else ""

    def refresh() -> tuple[Any, str, Any]:
        return gr.Dropdown(choices=desk.choices()), desk.front(), gr.Timer(active=desk.base is None)

    quiet: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
    bare: dict[str, Any] = {"container": False, "show_label": False}
    with gr.Blocks(title=NAME, analytics_enabled=False, fill_width=True) as page:
        gr.HTML(HEAD, elem_id="head", apply_default_css=False)
        with gr.Row(elem_id="ask"):
            question = gr.Textbox(label="问题", placeholder=PROMPT, elem_id="question", **bare)
            document = gr.Dropdown(desk.choices(), value="", label="范围", elem_id="document", filterable=False, **bare)
            button = gr.Button("查询", variant="primary", elem_id="go")
        examples = gr.Dataset(components=[question], samples=[[one] for one in EXAMPLES], elem_id="examples", **bare)
        answer = gr.HTML(elem_id="answer", apply_default_css=False)
        front = gr.HTML(elem_id="front", apply_default_css=False)
        timer = gr.Timer(1)
        gr.on([question.submit, button.click], desk.answer, [question, document], answer, **quiet)
        examples.click(pick, [examples, document], [question, answer], **quiet)
        document.input(narrow, [question, document], answer, **quiet)
        gr.on([page.load, timer.tick], refresh, None, [document, front, timer], **quiet)
    return page


def make_app(desk: Desk) -> FastAPI:
    """Put the page at /, the pictures at /page.png, and a fence round both.

    :param desk: what answers.
    :return: an ASGI application.
    """
    page = make_page(desk)
    import gradio as gr
    from fastapi import FastAPI, Request, Response
    from fastapi.responses import PlainTextResponse

    app = FastAPI(openapi_url=None)

    @app.middleware("http")
    async def fence(request: Request, handle: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await handle(request)
        response.headers["Content-Security-Policy"] = POLICY
        return response

    def picture(request: Request) -> Response:
        asked = request.query_params
        try:
            starts = [int(start) for start in asked.getlist("sentence")]
            return Response(desk.picture(asked["clause"], int(asked["page"]), starts), media_type="image/png")
        except (KeyError, ValueError):
            return PlainTextResponse("网址不完整，请从查询结果里打开页面图", 400)
        except KnowledgeBaseError as error:
            return PlainTextResponse(str(error), 404)

    app.add_route("/page.png", picture)
    fonts = ["Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "sans-serif"]
    script = (_STATIC / "page.js").read_text(encoding="utf-8")
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        css_paths=_STATIC / "page.css",
        head=f"<script>{script}</script>",
        theme=gr.themes.Base(font=fonts, font_mono=["monospace"]),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
    )
    return app


def serve(desk: Desk, host: str, port: int) -> None:
    """Serve the page at once and make the knowledge base ready behind it, until stopped.

    :param desk: what answers.
    :param host: address to listen on.
    :param port: port, 0 for any that is free.
    :raises KnowledgeBaseError: when the port cannot be had, or the base can be neither opened nor built.
    """
    import uvicorn

    try:
        listener = socket.create_server((host, port))
    except (OSError, OverflowError) as error:
        raise KnowledgeBaseError(f"网页不能使用 {host} 的端口 {port}（{error}）", "请用 --port 换一个端口") from error
    address = f"http://{host}:{listener.getsockname()[1]}/"
    server = uvicorn.Server(uvicorn.Config(make_app(desk), log_level="warning", timeout_graceful_shutdown=2))
    faults: list[KnowledgeBaseError] = []

    def prepare() -> None:
        try:
            desk.prepare()
            desk.say(f"可以提问了：请用浏览器打开 {address}")
        except KnowledgeBaseError as error:
            faults.append(error)
        finally:
            server.should_exit |= desk.base is None  # nothing will ever answer

    sys.stderr.write(f"网页地址 {address}\n")
    Thread(target=prepare, daemon=True).start()
    server.run(sockets=[listener])
    if faults:
        raise faults[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    :param arguments: those of the process where none are given.
    :return: 0 when stopped by the user, 1 when the corpus, the store or the port is at fault.
    """
    parser = argparse.ArgumentParser(prog="search_app.py", description=f"{NAME}：网页查询")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认只供本机使用")
    parser.add_argument("--port", type=int, default=7860, help="端口，0 表示任选一个空闲端口")
    parser.add_argument("--store", type=Path, default=STORE, help=f"知识库所在文件夹（默认 {STORE}）")
    parser.add_argument("--corpus", type=Path, help=f"政策文件所在文件夹（默认 {CORPUS}，或知识库原来的文件夹）")
    parser.add_argument("--reranker", metavar="MODEL", help="用此交叉编码模型重排前几条：文件夹或名称（默认不用）")
    options = parser.parse_args(arguments)
    try:
        reranker = load_reranker(options.reranker) if options.reranker else None
        serve(Desk(options.store, options.corpus, reranker), options.host, options.port)
    except KnowledgeBaseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("已停止\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
