"""The page: its controls and what they do, in Gradio, which is imported here only."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.desk import Desk
from app.tabs import ask

if TYPE_CHECKING:
    from fastapi import FastAPI
    from gradio import Blocks

NAME = "政策文件知识库"
HEAD = f"<header><h1>{NAME}</h1><p>以原文条款作答，注明文号、条款和页码</p></header>"
PROMPT = "请输入要查的问题，用平常的话说就行"
EXAMPLES = (
    "流浪乞讨的人谁来管",
    "结婚登记能在外地办吗",
    "没爹没妈的孩子政府怎么管",
    "74号文对志愿服务站点有什么要求",
    "“社区云”家庭注册比例，市里和浦东的目标各是多少",
)
_FONTS = ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "sans-serif")
_STATIC = Path(__file__).parent / "static"


def mount_page(app: FastAPI, desk: Desk) -> None:
    """Put the page at /, with its style sheet and its script.

    :param app: the application that serves it.
    :param desk: what answers.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # Gradio reads it when it is imported
    import gradio as gr

    script = (_STATIC / "page.js").read_text(encoding="utf-8")
    gr.mount_gradio_app(
        app,
        _make_page(desk),
        path="/",
        css_paths=_STATIC / "page.css",
        head=f"<script>{script}</script>",
        theme=gr.themes.Base(font=_FONTS, font_mono=["monospace"]),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
    )


def _make_page(desk: Desk) -> Blocks:
    """Lay out question, filter and examples; the answer; the documents, until there is an answer."""
    import gradio as gr

    def put(question: str, document: str) -> str:
        return ask.answer(desk, question, document, date.today().isoformat())

    def pick(example: list[str], document: str) -> tuple[str, str]:
        return example[0], put(example[0], document)

    def narrow(question: str, document: str) -> str:
        return put(question, document) if question.strip() else ""

    def refresh() -> tuple[Any, str, Any]:
        desk.catch_up()
        return gr.Dropdown(choices=ask.choices(desk)), ask.front(desk), gr.Timer(active=desk.base is None)

    quiet: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
    bare: dict[str, Any] = {"container": False, "show_label": False}
    with gr.Blocks(title=NAME, analytics_enabled=False, fill_width=True) as page:
        gr.HTML(HEAD, elem_id="head", apply_default_css=False)
        with gr.Row(elem_id="ask"):
            question = gr.Textbox(label="问题", placeholder=PROMPT, elem_id="question", **bare)
            document = gr.Dropdown(
                ask.choices(desk), value="", label="范围", elem_id="document",
                allow_custom_value=True, **bare,  # a page left open knows documents that a restarted server has yet to read
            )  # fmt: skip
            button = gr.Button("查询", variant="primary", elem_id="go")
        examples = gr.Dataset(components=[question], samples=[[one] for one in EXAMPLES], elem_id="examples", **bare)
        answer = gr.HTML(elem_id="answer", apply_default_css=False)
        front = gr.HTML(elem_id="front", apply_default_css=False)
        timer = gr.Timer(1)
        gr.on([question.submit, button.click], put, [question, document], answer, **quiet)
        examples.click(pick, [examples, document], [question, answer], **quiet)
        document.input(narrow, [question, document], answer, **quiet)
        gr.on([page.load, timer.tick], refresh, None, [document, front, timer], **quiet)
    return page
