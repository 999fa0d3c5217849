"""What axe-core finds on every tab, state and page, at two sizes, in light and dark: nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

axe_module = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
)

CLAUSE, DOCUMENT = "浦民发〔2023〕74号/四/（二）/2", "浦民发〔2023〕74号"
QUESTIONS = {
    "found": "74号文对志愿服务站点有什么要求",
    "row": "沪府办发〔2021〕16号表1第2行",
    "part": "沪府办发〔2021〕16号表1",
    "facts": "74号文发给谁",
    "list": "哪些条款提到养老床位",
    "compare": "“社区云”家庭注册比例，市里和浦东的目标各是多少",
    "not_found": "qwertyuiop zxcvbnm",
    "fault": "？！。",
}
ADDRESSES = {
    "front": "",
    "clause": f"c/{quote(CLAUSE)}",
    "document": f"d/{quote(DOCUMENT)}?page=7",
    "nowhere": "c/" + quote("没有这一条"),
    **{name: f"?tab={name}" for name in ("documents", "targets", "drafting", "evaluation")},
    **{name: f"?q={quote(question)}" for name, question in QUESTIONS.items()},
}
SHOWN = {
    "clause": "main, body",
    "document": "main, body",
    "nowhere": "main, body",
    "front": "#front .shelf li",
    **dict.fromkeys(QUESTIONS, "#answer [data-told]"),
    **{name: f"#panel-{name} > *" for name in ("documents", "targets", "drafting", "evaluation")},
}
"""What stands on a page once it is there."""


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["wide", "narrow"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_found(browser: Any, address: str, size: tuple[int, int], theme: str) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    context.add_init_script(f"localStorage.setItem('settings', JSON.stringify({{theme: '{theme}'}}))")
    page = context.new_page()
    found = {}
    for name, where in ADDRESSES.items():
        page.goto(address + where)
        page.wait_for_selector(SHOWN[name], state="attached")
        page.wait_for_function("document.documentElement.dataset.theme")
        for one in axe_module.Axe().run(page).response["violations"]:
            found[name, one["id"]] = [node["html"][:150] for node in one["nodes"][:3]]
    context.close()
    assert found == {}
