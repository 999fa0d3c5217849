"""Pictures of pages in a real browser: beside the answer, with its sentences framed."""

from __future__ import annotations

from urllib.request import urlopen

import pytest
from test_app_browser import QUESTION, ask

from app.addresses import picture_address

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


def loaded(page: sync_api.Page, selector: str) -> None:
    """Wait until a picture is there, with pixels."""
    page.wait_for_function("selector => document.querySelector(selector)?.naturalWidth > 500", arg=selector)


def test_page_stands_beside_the_answer(page: sync_api.Page) -> None:
    ask(page, QUESTION)
    loaded(page, ".hit.best img")
    assert page.locator(".hit.best img").get_attribute("alt") == "原文第7页，答句已框出"


def test_page_of_a_table_row_stands_beside_it(page: sync_api.Page) -> None:
    ask(page, "沪府办发〔2021〕16号表1第2行")
    loaded(page, ".hit.best img")


def test_page_picture_has_the_sentence_framed(address: str) -> None:
    clause = "浦民发〔2023〕74号/四/（二）/2"
    with (
        urlopen(address + picture_address(clause, 7, [68])) as one,
        urlopen(address + picture_address(clause, 7)) as other,
    ):
        assert (one.headers["Content-Type"], other.headers["Content-Type"]) == ("image/png", "image/png")
        assert one.read() != other.read()


def test_further_clause_shows_its_page_when_opened(page: sync_api.Page) -> None:
    ask(page, QUESTION)
    assert page.evaluate("document.querySelector('details.hit img').naturalWidth") == 0
    page.locator("details.hit summary").first.click()
    loaded(page, "details.hit img")


def test_picture_that_cannot_be_drawn_is_said_in_words(page: sync_api.Page) -> None:
    page.route("**/page.png*", lambda route: route.fulfill(status=404))
    ask(page, QUESTION)
    page.wait_for_selector(".hit.best .sheets:has-text('页面图打不开：源文件可能已移走或改动')")
    assert page.locator(".hit.best img").count() == 0


@pytest.mark.parametrize("query", ["", "clause=x&page=y", "clause=x&page=1&sentence=z"])
def test_incomplete_picture_address(page: sync_api.Page, address: str, query: str) -> None:
    answer = page.request.get(f"{address}page.png?{query}")
    assert (answer.status, answer.text()) == (400, "网址不完整，请从查询结果里打开页面图")


def test_picture_of_no_clause(page: sync_api.Page, address: str) -> None:
    answer = page.request.get(f"{address}page.png?clause=x&page=1")
    assert answer.status == 404
    assert answer.text().startswith("知识库里没有条款“x”")
