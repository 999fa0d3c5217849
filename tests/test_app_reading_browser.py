"""The reading pages, the source pane and 文件 in a real browser."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

PLAN, POINTS = "浦民发〔2023〕74号", "浦民发〔2023〕8号"
OVER_TWO_PAGES = f"{POINTS}/一/2"
DRAWN = "() => document.querySelector('.pane-sheet:not([hidden]) img')?.naturalWidth > 500"
"""Whether the picture of the page that is shown is there, with pixels."""


def opened(page: sync_api.Page, address: str, path: str) -> None:
    page.goto(address + quote(path, safe="/?=&#"), wait_until="domcontentloaded")


def box(page: sync_api.Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found
    return found


def test_a_frame_lies_over_its_lines_on_a_picture_of_known_size(page: sync_api.Page, address: str) -> None:
    page.route("**/picture/**", lambda route: None)  # the picture is long in coming
    opened(page, address, f"c/{PLAN}/四/（二）/2")
    before = box(page, ".pane-view")
    page.unroute("**/picture/**")
    opened(page, address, f"c/{PLAN}/四/（二）/2")
    page.wait_for_function(DRAWN)
    assert box(page, ".pane-view") == before
    assert page.locator(".pane path").count() == 1
    paper, frame = box(page, ".pane-paper"), box(page, ".pane path")
    assert abs(paper["height"] / paper["width"] - 841.8898 / 595.2756) < 0.01
    top = (frame["y"] - paper["y"]) / paper["height"] * 841.8898
    assert 290 < top < 310  # where 2、加强社区志愿与公益服务 begins on the page


def test_pages_are_turned_and_enlarged(page: sync_api.Page, address: str) -> None:
    opened(page, address, f"c/{OVER_TWO_PAGES}")
    page.wait_for_function(DRAWN)
    assert page.locator(".pane-chips button").all_inner_texts() == ["第2页", "第3页"]
    page.click(".pane-chips button >> nth=1")
    assert page.inner_text(".pane-number") == "第3页，共13页"
    assert page.locator(".pane-sheet:not([hidden]) path").count() == 1
    page.click("[data-turn='1']")
    page.wait_for_function(DRAWN)
    assert page.inner_text(".pane-number") == "第4页，共13页"
    assert page.locator(".pane-sheet:not([hidden]) path").count() == 0
    assert [one.get_attribute("aria-pressed") for one in page.locator(".pane-chips button").all()] == ["false", "false"]
    width = box(page, ".pane-sheet:not([hidden])")["width"]
    page.click(".pane-zooms button:has-text('200%')")
    assert round(box(page, ".pane-sheet:not([hidden])")["width"] / width, 2) == 2
    page.wait_for_function(
        "() => /\\/4\\/(165|220)\\.png$/.test(document.querySelector('.pane-sheet:not([hidden]) img').src)"
    )
    page.focus(".pane-view")
    page.click(".pane-zooms button:has-text('100%')")
    page.focus(".pane-view")
    page.keyboard.press("ArrowLeft")
    assert page.inner_text(".pane-number") == "第3页，共13页"


def test_on_a_phone_a_strip_round_the_frame_and_the_whole_page_opened_at_it(page: sync_api.Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, address, f"c/{PLAN}/四/（二）/2")
    page.wait_for_function(DRAWN)
    strip, frame = box(page, ".pane-view"), box(page, ".pane path")
    assert strip["x"] <= frame["x"]
    assert frame["x"] + frame["width"] <= strip["x"] + strip["width"]
    assert strip["y"] <= frame["y"]
    assert frame["y"] + frame["height"] <= strip["y"] + strip["height"]
    assert frame["width"] > 0.85 * strip["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.click(".pane-view")
    page.wait_for_selector("dialog.pane-whole[open]")
    shown = box(page, "dialog .pane path")
    view = box(page, "dialog .pane-view")
    assert view["y"] <= shown["y"] < view["y"] + view["height"]
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog.pane-whole", state="detached")


def test_a_picture_that_cannot_be_drawn_is_said_in_the_words_of_the_server(page: sync_api.Page, address: str) -> None:
    words = "源文件 a.pdf 已不是建库时的那一份；请换回原文件，或重建知识库"
    page.route(
        "**/picture/**",
        lambda route: route.fulfill(status=404, content_type="text/plain; charset=utf-8", body=words),
    )
    opened(page, address, f"c/{PLAN}/四/（二）/2")
    page.wait_for_selector(f".pane-fault:has-text('这一页的图打不开：{words}')")


def test_on_paper_every_framed_strip_stands_whole(page: sync_api.Page, address: str) -> None:
    opened(page, address, f"c/{OVER_TWO_PAGES}")
    page.wait_for_function("() => [...document.querySelectorAll('.pane img')].every(one => one.naturalWidth > 500)")
    page.click("[data-turn='1']")
    page.click("[data-turn='1']")
    page.emulate_media(media="print")
    assert [one.is_visible() for one in page.locator(".pane-sheet").all()] == [True, True, False]
    for place in range(2):
        strip, frame = box(page, f".pane-sheet >> nth={place}"), box(page, f".pane path >> nth={place}")
        assert strip["y"] <= frame["y"]
        assert frame["y"] + frame["height"] <= strip["y"] + strip["height"]
    assert page.locator(".pane-bar").is_hidden()
    assert page.locator(".copies").is_hidden()


def test_what_is_done_with_a_clause_on_its_own_page_is_what_is_done_in_an_answer(
    page: sync_api.Page, address: str
) -> None:
    """The basket did not listen on plain pages."""
    opened(page, address, f"c/{PLAN}/四/（二）/2")
    assert page.locator(".read-cite .copies > *").all_inner_texts() == [
        "复制原文＋出处", "复制出处", "加入引用篮", "链接", "打印",
    ]  # fmt: skip
    page.click(".copies summary")
    page.click(".copies [data-copy]:has-text('带页码')")
    page.wait_for_selector(".copies .done:has-text('已复制')")
    assert page.evaluate("navigator.clipboard.readText()").endswith(
        "（浦民发〔2023〕74号）第四部分第（二）项第2点，第7页"
    )
    page.click(".copies [data-basket]")
    page.wait_for_selector(".copies [aria-pressed=true]:has-text('已在引用篮')")
    assert page.locator(".top .to-basket").inner_text() == "引用篮 1"
    page.click(".top .to-basket")
    page.wait_for_selector("#basket li[data-id]")


def test_the_tabs_are_reached_from_a_plain_page(page: sync_api.Page, address: str) -> None:
    opened(page, address, f"d/{PLAN}")
    links = page.locator(".top nav a")
    assert links.all_inner_texts() == ["问答", "文件", "指标", "起草", "评测"]
    links.nth(2).click()
    page.wait_for_selector("#panel-targets .figures")
    assert page.url == f"{address}?tab=targets"


def test_a_document_is_read_with_its_page_beside_it(page: sync_api.Page, address: str) -> None:
    opened(page, address, f"d/{PLAN}")
    page.click(".read-outline a:has-text('2、加强社区志愿与公益服务')")
    assert page.url.endswith("#" + quote("四/（二）/2"))
    clause = page.locator("[id='四/（二）/2']")
    assert 0 <= box(page, "[id='四/（二）/2']")["y"] < 100
    clause.locator("[data-show]").click()
    page.wait_for_selector(".read-pane path")
    assert page.inner_text(".read-pane .pane-number") == "第7页，共12页"
    clause.locator("[data-take]").click()
    clause.locator("[data-take]:has-text('已复制')").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“2、加强社区志愿与公益服务。规范社区志愿服务团队建设，")
    assert copied.endswith("第四部分第（二）项第2点，第7页）")
    page.locator("[id='四/（一）/2'] [data-take]").click()
    page.locator("[id='四/（一）/2'] [data-take]:has-text('已复制')").wait_for()
    assert set("‘’") <= set(page.evaluate("navigator.clipboard.readText()"))  # quoted words inside a quotation
    page.click(".read-more:has-text('其他版式和差异') summary")
    page.wait_for_selector(".read-differ td mark")
    page.click(".read-more:has-text('所引文件') summary")
    page.wait_for_selector(".read-fetched h3:has-text('库中没有')")


def test_settings_are_kept_from_page_to_page(page: sync_api.Page, address: str) -> None:
    opened(page, address, f"d/{POINTS}?page=7")
    assert page.inner_text(".pane-number") == "第7页，共13页"
    page.click("[data-set-theme]")
    page.click("[data-set-size='huge']")
    opened(page, address, f"c/{OVER_TWO_PAGES}")
    page.wait_for_selector("html[data-theme='dark'][data-size='huge']")
    assert page.get_attribute("[data-set-theme]", "aria-pressed") == "true"
    assert page.evaluate("getComputedStyle(document.querySelector('.read-text')).fontSize") == "22.5px"


def test_the_original_is_saved_under_its_own_name(page: sync_api.Page, address: str) -> None:
    opened(page, address, "d/甲发〔2024〕1号")
    with page.expect_download() as download:
        page.click("a[download]")
    assert download.value.suggested_filename == "hostile.html"


def test_the_table_of_the_base(page: sync_api.Page, address: str) -> None:
    page.click("button[role='tab']:has-text('文件')")
    page.wait_for_selector(".shelf-list table")
    titles = page.locator(".shelf-list td.of-title")
    assert titles.count() == 4
    assert "<img src=x" in titles.all_inner_texts()[-1] + titles.all_inner_texts()[0]
    page.click("[data-sort='clauses']")
    page.wait_for_selector("th[aria-sort='descending'] [data-sort='clauses']")
    assert titles.first.inner_text() == "上海市民政事业发展“十四五”规划"
    page.click("[data-sort='clauses']")
    page.wait_for_selector("th[aria-sort='ascending'] [data-sort='clauses']")
    assert titles.last.inner_text() == "上海市民政事业发展“十四五”规划"
    page.fill(".shelf-form [name='q']", "工作要点")
    page.wait_for_selector(".shelf-count:has-text('共 1 份文件')")
    page.fill(".shelf-form [name='q']", "")
    page.select_option(".shelf-form [name='kind']", "规划")
    page.wait_for_selector(".shelf-count:has-text('共 1 份文件')")
    page.click(".shelf-cited summary")
    page.wait_for_selector(".shelf-fetched li")
    page.click(".shelf-list td.of-title a")
    page.wait_for_selector("h1:has-text('上海市民政事业发展“十四五”规划')")
    assert re.search(r"/d/[^/]+$", page.url)


def test_a_pane_put_anywhere_is_fetched_when_it_comes_into_sight(page: sync_api.Page) -> None:
    page.evaluate(
        "clause => { const place = document.createElement('div'); place.dataset.pane = 'view/pane?sentence=0&clause=' + encodeURIComponent(clause);"
        " document.getElementById('answer').append(place); }",
        f"{PLAN}/四/（二）/2",
    )
    page.wait_for_function(DRAWN)
    assert page.locator("#answer .pane path").count() == 1


def test_an_unknown_address_is_told_in_chinese(page: sync_api.Page, address: str) -> None:
    opened(page, address, f"c/{PLAN}/四/（二）/22")
    page.click("a:has-text('最接近的条款')")
    page.wait_for_selector(".read-clause")
