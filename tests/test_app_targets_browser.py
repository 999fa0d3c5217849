"""指标, 评测 and 有用／没用 in a real browser: chosen, ordered, turned, compared, copied; on a desk and on a phone."""

from __future__ import annotations

import io

import openpyxl
import pytest
from test_app_browser import QUESTION, ask

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

FIRST = "居民最低生活保障标准与上年度居民月人均消费支出比"


@pytest.fixture
def figures(page: sync_api.Page) -> sync_api.Page:
    """Open the tab."""
    page.get_by_role("tab", name="指标").click()
    page.wait_for_selector(".figures tbody tr")
    return page


def names(opened: sync_api.Page) -> list[str]:
    return opened.locator(".figures tbody th").evaluate_all("all => all.map(one => one.firstChild.textContent)")


def click(opened: sync_api.Page, selector: str) -> None:
    """Click what puts another view in the panel, and wait for it."""
    with opened.expect_response(lambda reply: "view/targets" in reply.url):
        opened.click(selector)
    opened.wait_for_selector("#panel-targets:not([aria-busy])")


def test_targets_are_chosen_by_words_and_ordered(figures: sync_api.Page) -> None:
    assert names(figures)[0] == FIRST
    figures.fill(".choose [name=words]", "床位")
    click(figures, ".choose [type=submit]")
    found = names(figures)
    assert len(found) > 5
    assert all("床位" in one for one in found)
    assert figures.input_value(".choose [name=words]") == "床位"
    click(figures, ".figures thead a:has-text('指标')")
    assert names(figures) == sorted(found)
    assert figures.locator(".figures [aria-sort]").get_attribute("aria-sort") == "ascending"


def test_what_was_reached_stands_apart_and_files_hold_what_is_shown(figures: sync_api.Page) -> None:
    click(figures, ".parts a:has-text('现状')")
    assert figures.locator(".figures .past").all_inner_texts().count("期限已过") == 0
    shown = [one[:40] for one in names(figures)]  # of a long one the rest is folded away
    with figures.expect_download() as download:
        figures.click(".files a:has-text('导出 Excel')")
    assert download.value.suggested_filename == "现状.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert [row[1][:40] for row in book["现状"].iter_rows(min_row=2, values_only=True)] == shown


def test_the_next_page_is_turned_to_by_keyboard(figures: sync_api.Page) -> None:
    figures.focus(".pages a")
    with figures.expect_response(lambda reply: "page=2" in reply.url):
        figures.keyboard.press("Enter")
    figures.wait_for_selector(".pages b:has-text('2')")
    assert "以下是第 51—" in figures.locator(".told [role=status]").inner_text()


def test_a_citation_is_copied_and_a_bar_says_itself_in_words(figures: sync_api.Page) -> None:
    figures.click(".figures .take >> nth=0")
    figures.wait_for_selector(".figures .take.done")
    assert figures.evaluate("navigator.clipboard.readText()") == (
        "《上海市民政事业发展“十四五”规划》（沪府办发〔2021〕16号）表1第1行"
    )
    assert figures.locator(".bar").first.get_attribute("aria-label") == "由32.6%到33%"


def test_two_documents_side_by_side(figures: sync_api.Page) -> None:
    figures.click(".pair summary")
    figures.select_option(".pair [name=left]", "沪府办发〔2021〕16号")
    figures.select_option(".pair [name=right]", "浦民发〔2023〕74号")
    figures.click(".pair button")
    figures.wait_for_selector(".sides tbody tr")
    assert figures.locator(".sides thead th").all_inner_texts() == [
        "指标", "上海市民政事业发展“十四五”规划\n沪府办发〔2021〕16号",
        "浦东新区民政局贯彻落实《上海市城乡社区服务体系建设“十四五”规划》实施方案\n浦民发〔2023〕74号", "对照",
    ]  # fmt: skip
    assert "相差15个百分点" in figures.locator(".sides").inner_text()


def test_a_phone_shows_a_card_for_each_row(figures: sync_api.Page) -> None:
    figures.set_viewport_size({"width": 390, "height": 844})
    assert figures.evaluate("document.documentElement.scrollWidth") == 390
    assert figures.locator(".figures thead").is_hidden()
    assert figures.locator(".figures tbody tr").first.bounding_box()["width"] > 340


def test_a_fault_leads_back_to_all(figures: sync_api.Page) -> None:
    figures.evaluate("document.querySelector('.choose [name=part]').value = 'x'")
    with figures.expect_response(lambda reply: "part=x" in reply.url):
        figures.click(".choose [type=submit]")
    figures.wait_for_selector("#panel-targets .message.fault")
    click(figures, "#panel-targets a:has-text('看全部指标')")
    assert names(figures)[0] == FIRST


def test_without_a_report_the_command_is_told(page: sync_api.Page) -> None:
    page.get_by_role("tab", name="评测").click()
    page.wait_for_selector(".evaluation code")
    assert page.locator(".evaluation code").inner_text() == "python -m eval run --out reports/名称"


def test_feedback_is_sent_with_what_was_shown(page: sync_api.Page) -> None:
    ask(page, QUESTION)
    assert page.locator(".feedback textarea").is_hidden()
    page.check(".feedback [value=no]")
    page.fill(".feedback textarea", "答的是别的")
    with page.expect_request("**/view/feedback") as request:
        page.click(".feedback button")
    sent = request.value.post_data_json
    assert sent.pop("clause_ids")[0] == "浦民发〔2023〕74号/四/（二）/2"
    assert sent == {
        "question": QUESTION, "document": "", "verdict": "found", "useful": False, "note": "答的是别的",
    }  # fmt: skip
    page.wait_for_selector(".feedback .said-back:has-text('已记下，谢谢')")
    assert page.locator(".feedback fieldset").count() == 0
