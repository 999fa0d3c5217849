"""The page by the keyboard alone, and on paper."""

from __future__ import annotations

import pytest
from test_app_browser import CITATION, QUESTION, answered

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

SENTENCE = "加强社区志愿服务站点建设，在社区综合服务设施中志愿服务站点覆盖率达到100%。"


def tab_to(page: sync_api.Page, selector: str) -> None:
    """Press Tab until what is meant has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached")


def asked(page: sync_api.Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    answered(page, QUESTION)


def test_a_question_is_asked_read_and_copied(page: sync_api.Page) -> None:
    asked(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('article.answer')")
    tab_to(page, ".hit.best [data-copy]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit.best [data-copy].done")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert SENTENCE.strip("。") in copied
    assert CITATION in copied


def test_a_draft_is_checked(page: sync_api.Page) -> None:
    page.focus("[data-tab-id=drafting]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#draft-text")
    tab_to(page, "#draft-text")
    page.keyboard.insert_text(f"{CITATION}规定：“在社区综合服务设施中志愿服务站点覆盖率达到90%。”")
    tab_to(page, ".check .go")
    page.keyboard.press("Enter")
    page.wait_for_selector(".findings li:not([hidden])")
    assert "100%" in page.locator(".findings li:not([hidden])").first.inner_text()


def test_on_paper_an_answer_keeps_question_verdict_words_citation_and_frame(page: sync_api.Page) -> None:
    asked(page)
    page.wait_for_function("document.querySelector('.hit.best .pane img')?.naturalWidth > 500")
    page.emulate_media(media="print")
    for kept in (".question", ".verdict", ".hit.best .lead", ".hit.best .cite span", ".hit.best .pane path"):
        assert page.locator(kept).first.is_visible(), kept
    for left in ("#go", "#tabs .tab-container", ".hit.best .copies", "section.more"):
        assert not page.locator(left).first.is_visible(), left
    assert page.pdf().startswith(b"%PDF")
    assert (
        page.locator("footer.print-only")
        .inner_text()
        .startswith(f"网址：{page.url.split('?')[0]}?q=74号文对志愿服务站点有什么要求")
    )
    assert len(page.locator("#version").text_content()) == 12
