"""The page: its frame, its question and its tabs, in Gradio, which is imported here only.

What needs selection, zoom or baskets is HTML that the modules of ``static/js`` fetch from the views of ``tabs``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_origin

from app.addresses import TABS
from app.api.operations import OPERATIONS, Operation, perform
from app.desk import Desk
from app.tabs import ask

if TYPE_CHECKING:
    from fastapi import FastAPI
    from gradio import Blocks

NAME = "政策文件知识库"
HEAD = (
    f"<header><h1>{NAME}</h1><p>以原文条款作答，注明文号、条款和页码</p>"
    '<div class="settings" role="group" aria-label="字号和深浅">'
    '<button type="button" data-set-size="standard">标准</button><button type="button" data-set-size="large">大</button>'
    '<button type="button" data-set-size="huge">特大</button><button type="button" data-set-theme>深色</button>'
    "</div></header>"
)
ANSWER = (
    '<details id="narrower"><summary>按某日的效力查</summary><label>日期 <input type="date" id="day"></label>'
    "<small>只查那一天没有失效的文件</small></details>"
    '<p id="told" role="status" class="sr"></p><p id="strip"></p><div id="answer"></div><div id="front"></div>'
    '<footer class="print-only">网址：<span data-address></span>　知识库版本：<span id="version"></span></footer>'
    '<details id="asked" hidden><summary>本次问过</summary><ol></ol></details>'
)
PROMPT = "请输入要查的问题，用平常的话说就行"
EXAMPLES = (
    "流浪乞讨的人谁来管",
    "结婚登记能在外地办吗",
    "没爹没妈的孩子政府怎么管",
    "74号文对志愿服务站点有什么要求",
    "“社区云”家庭注册比例，市里和浦东的目标各是多少",
)
LINKS = '<script type="module" src="ui/js/main.js"></script><link rel="icon" href="ui/favicon.svg">'
PANEL = '<div class="panel" id="panel-{name}" data-view="view/{name}"></div>'
_FONTS = ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "sans-serif")
_WAITING = 200
"""Calls of the named endpoints that wait at most; those that come then are told to come again."""
_STATIC = Path(__file__).parent / "static"


def mount_page(app: FastAPI, desk: Desk, root: str = "") -> None:
    """Put the page at /, with its style sheets and its script.

    :param app: the application that serves it.
    :param desk: what answers.
    :param root: path below which the application is shown.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # Gradio reads it when it is imported
    import gradio as gr

    gr.mount_gradio_app(
        app,
        _make_page(desk),
        path="/",
        css_paths=sorted((_STATIC / "css").glob("*.css"), key=lambda path: (path.name != "tokens.css", path.name)),
        head=LINKS,
        theme=gr.themes.Base(font=_FONTS, font_mono=["monospace"]),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        max_file_size="1mb",  # uploads are refused by the fence; no file of that size gets in should one day one not be
        root_path=root or None,
    )


def _make_page(desk: Desk) -> Blocks:
    """Lay out the head and the tabs: question, filter, examples and answer in the first, a view in each other."""
    import gradio as gr

    with gr.Blocks(title=NAME, analytics_enabled=False, fill_width=True) as page:
        gr.HTML(HEAD, elem_id="head", apply_default_css=False)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(TABS[0][1], id=TABS[0][0]):
                _lay_out_asking(desk, page)
            for name, words in TABS[1:]:
                with gr.Tab(words, id=name):
                    gr.HTML(PANEL.format(name=name), apply_default_css=False)
        for operation in OPERATIONS.values():
            gr.api(
                _endpoint(desk, operation),
                api_name=operation.name,
                api_description=operation.description,
                concurrency_limit=None,  # the base is read only; it may be asked by many at once
            )
    return page.queue(max_size=_WAITING)


def _lay_out_asking(desk: Desk, page: Blocks) -> None:
    """Lay out 问答 and tie its controls to the script of the page."""
    import gradio as gr

    def refresh() -> tuple[Any, Any]:
        desk.catch_up()
        return gr.Dropdown(choices=ask.choices(desk)), gr.Timer(active=desk.base is None)

    quiet: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
    bare: dict[str, Any] = {"container": False, "show_label": False}
    with gr.Row(elem_id="ask"):
        question = gr.Textbox(label="问题", placeholder=PROMPT, elem_id="question", **bare)
        document = gr.Dropdown(
            ask.choices(desk), value="", label="范围", elem_id="document",
            allow_custom_value=True, **bare,  # a page left open knows documents that a restarted server has yet to read
        )  # fmt: skip
        button = gr.Button("查询", variant="primary", elem_id="go")
    examples = gr.Dataset(components=[question], samples=[[one] for one in EXAMPLES], elem_id="examples", **bare)
    gr.HTML(ANSWER, apply_default_css=False)
    sync = gr.Button("按网址填写", elem_id="sync", elem_classes="sr")
    timer = gr.Timer(1)
    put = [question, document]
    asked = "(question, document) => window.page.ask(question, document)"
    gr.on([question.submit, button.click], None, put, None, js=asked, **quiet)
    sync.click(None, None, put, js="() => window.page.values()", **quiet)
    document.input(None, put, None, js="(question, document) => window.page.narrow(question, document)", **quiet)
    examples.click(lambda one: one[0], examples, question, **quiet).then(None, put, None, js=asked, **quiet)
    gr.on([page.load, timer.tick], refresh, None, [document, timer], **quiet)


def _endpoint(desk: Desk, operation: Operation) -> Callable[..., Any]:
    """Make a function of an operation, with the parameters that Gradio tells its clients of."""
    import gradio as gr

    fields = operation.sent.model_fields

    def endpoint(*given: Any) -> Any:
        reply = perform(desk, operation, dict(zip(fields, given, strict=False)))
        if reply.status != 200:
            raise gr.Error(f"{reply.body['message']}；{reply.body['remedy']}", print_exception=False)
        return reply.body

    kind = list if get_origin(operation.reply) is list else dict
    parameters = [
        Parameter(
            name,
            Parameter.POSITIONAL_OR_KEYWORD,
            annotation=one.annotation,
            default=Parameter.empty if one.is_required() else one.default,
        )
        for name, one in fields.items()
    ]
    endpoint.__signature__ = Signature(parameters, return_annotation=kind)  # type: ignore[attr-defined]
    endpoint.__annotations__ = {**{one.name: one.annotation for one in parameters}, "return": kind}
    return endpoint
