"""Pictures of pages in a real browser: beside the answer, with its sentences framed."""

from __future__ import annotations

import pytest
from test_app_browser import QUESTION, ask

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


def loaded(page: sync_api.Page, selector: str) -> None:
    """Wait until a picture is there, with pixels."""
    page.wait_for_function("selector => document.querySelector(selector)?.naturalWidth > 500", arg=selector)


def test_page_stands_beside_the_answer_with_its_sentence_framed(page: sync_api.Page) -> None:
    ask(page, QUESTION)
    loaded(page, ".hit.best .pane img")
    assert page.locator(".hit.best .pane img").get_attribute("alt") == "原文第7页，所引文字已框出"
    assert page.locator(".hit.best .pane path").count() == 1


def test_page_of_a_table_row_stands_beside_it(page: sync_api.Page) -> None:
    ask(page, "沪府办发〔2021〕16号表1第2行")
    loaded(page, ".hit.best .pane img")


def test_further_clause_shows_its_page_when_opened(page: sync_api.Page) -> None:
    ask(page, QUESTION)
    assert page.locator("details.hit .pane").count() == 0
    page.locator("details.hit summary").first.click()
    loaded(page, "details.hit .pane img")


def test_picture_that_cannot_be_drawn_is_said_in_words(page: sync_api.Page) -> None:
    page.route("**/picture/**", lambda route: route.fulfill(status=404))
    ask(page, QUESTION)
    page.wait_for_selector(".hit.best .pane:has-text('这一页的图打不开')")
    assert page.locator(".hit.best .pane img").count() == 0
