"""The page in a real browser: what a person does with it, and that nothing leaves this machine."""

from __future__ import annotations

from urllib.request import urlopen

import pytest

QUESTION = "74号文对志愿服务站点有什么要求"
CITATION = "《浦东新区民政局贯彻落实〈上海市城乡社区服务体系建设“十四五”规划〉实施方案》（浦民发〔2023〕74号）第四部分第（二）项第2点"

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


def ask(page: sync_api.Page, question: str) -> None:
    page.fill("#question textarea", question)
    page.click("#go")
    answered(page, question)


def answered(page: sync_api.Page, question: str) -> None:
    """Wait until the answer that stands there is that of this question; one that is blank has none printed."""
    asked = " ".join("".join(one if one.isprintable() else " " for one in question).split())
    page.wait_for_function(
        "asked => { const place = document.getElementById('answer'), printed = place?.querySelector('.question');"
        " return place && !place.ariaBusy && place.firstElementChild && (printed?.textContent ?? '').startsWith(asked) }",
        arg=asked[:300],
    )


def test_before_the_first_question(page: sync_api.Page) -> None:
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.title() == "政策文件知识库"
    numbers = page.locator(".shelf .facts span:first-child").all_inner_texts()
    assert numbers == ["沪府办发〔2021〕16号", "浦民发〔2023〕74号", "浦民发〔2023〕8号", "甲发〔2024〕1号"]
    assert page.locator("footer").is_hidden()


def test_answer_with_citation_and_page(page: sync_api.Page) -> None:
    ask(page, QUESTION)
    best = page.locator(".hit.best")
    assert page.locator(".question").all_inner_texts() == [QUESTION]
    assert page.locator(".verdict").inner_text() == "原文写明"
    sentence = "加强社区志愿服务站点建设，在社区综合服务设施中志愿服务站点覆盖率达到100%。"
    assert (
        best.locator(".title").inner_text()
        == "浦东新区民政局贯彻落实《上海市城乡社区服务体系建设“十四五”规划》实施方案"
    )
    assert best.locator(".facts").inner_text().split() == ["浦民发〔2023〕74号", "浦东新区民政局", "2023年11月6日"]
    assert best.locator(".path li").all_inner_texts() == [
        "四、主要任务",
        "（二）扩大城乡社区服务有效供给",
        "2、加强社区志愿与公益服务",
    ]
    assert best.locator(".lead").inner_text() == sentence
    assert [one.evaluate("one => one.className") for one in best.locator(".words > :nth-child(-n+5)").all()] == [
        "lead",
        "cite",
        "title",
        "facts",
        "path",
    ]
    assert sentence in best.locator("mark").all_inner_texts()
    assert best.locator(".clause").inner_text().startswith("2、加强社区志愿与公益服务。规范社区志愿服务团队建设，")
    assert best.locator(".cite p span").inner_text() == CITATION
    assert best.locator(".found span").first.inner_text() == "第7页"
    assert page.locator("#front").is_hidden()


def test_citation_is_copied(page: sync_api.Page) -> None:
    ask(page, QUESTION)
    button = page.locator(".hit.best .cite [data-copy]").first
    copied = button.get_attribute("data-copy")
    assert CITATION in copied
    button.click()
    page.wait_for_function("() => document.querySelector('.hit.best .cite [data-copy]').classList.contains('done')")
    assert button.inner_text() == "已复制"
    assert page.evaluate("navigator.clipboard.readText()") == copied


def test_citation_is_copied_where_there_is_no_clipboard_api(page: sync_api.Page) -> None:
    ask(page, QUESTION)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    button = page.locator(".hit.best .cite [data-copy]").first
    button.click()
    page.wait_for_function("() => document.querySelector('.hit.best .cite [data-copy]').classList.contains('done')")
    page.fill("#question textarea", "")
    page.focus("#question textarea")
    page.keyboard.press("Control+V")
    assert page.input_value("#question textarea") == button.get_attribute("data-copy")


def test_enter_asks(page: sync_api.Page) -> None:
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    page.wait_for_selector(".hit.best")


def test_example_asks(page: sync_api.Page) -> None:
    page.click("#examples button >> nth=3")
    page.wait_for_selector(".hit.best")
    assert page.input_value("#question textarea") == QUESTION
    assert page.locator(".hit.best .cite p span").inner_text() == CITATION


def test_further_clause_is_whole_when_opened(page: sync_api.Page) -> None:
    ask(page, QUESTION)
    card = page.locator("details.hit").first
    assert card.locator(".place span").count() == 3
    assert card.locator(".body").is_hidden()
    card.locator("summary").first.click()
    card.locator(".body").wait_for()
    card.locator(".cite [data-copy]").first.wait_for()


def test_filter_by_document(page: sync_api.Page) -> None:
    ask(page, "养老床位")
    page.click("#document input")
    page.click("#document li:has-text('浦民发〔2023〕8号')")
    page.wait_for_function(
        "() => [...document.querySelectorAll('#answer .facts span:first-child')].every(one => one.textContent == '浦民发〔2023〕8号')"
    )
    assert page.locator(".scope").inner_text().startswith("只查了 《2023年浦东新区民政工作要点》（浦民发〔2023〕8号）")
    assert page.locator(".hit").count() > 1


def test_table_row_is_shown_as_a_table(page: sync_api.Page) -> None:
    ask(page, "沪府办发〔2021〕16号表1第2行")
    cells = page.locator(".hit.best table.row td").all_inner_texts()
    assert cells[:3] == ["2", "养老床位数", "万张"]
    assert cells[-1] == "≥17.8"


def test_not_found(page: sync_api.Page) -> None:
    ask(page, "qwertyuiop zxcvbnm")
    assert page.locator(".verdict.not_found b").inner_text() == "库中没有"
    assert page.locator(".hit.best").count() == 0


@pytest.mark.parametrize("question", ["", " \t ", "？！。", "长" * 10_000, "\x00\x07\x1b"])
def test_bad_question_is_answered_in_chinese(page: sync_api.Page, question: str) -> None:
    ask(page, question)
    assert page.locator("#answer .message.fault").count() == 1
    words = page.locator("#answer").inner_text()
    assert "问题" in words
    assert "Error" not in words


def test_hostile_text_is_only_text(page: sync_api.Page) -> None:
    ask(page, "<script>hacked=1</script><img src=x onerror=hacked=1> 菠萝每年种植多少棵")
    assert page.locator(".hit.best .title").inner_text() == '关于<img src=x onerror="hacked=1">的通知'
    assert "本区每年种植菠萝<script>hacked=1</script>三百棵。" in page.locator(".hit.best mark").all_inner_texts()
    assert page.locator(".hit.best img").count() == 0  # a web page has no page pictures
    assert page.evaluate("typeof hacked") == "undefined"


def test_narrow_and_dark_screens(page: sync_api.Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    ask(page, "沪府办发〔2021〕16号表1第2行")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 250, 247)"


def test_question_of_two_lines_is_seen_whole(page: sync_api.Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.fill("#question textarea", "“社区云”家庭注册比例，市里和浦东的目标各是多少")
    page.wait_for_function(
        "() => { const box = document.querySelector('#question textarea');"
        " return box.clientHeight > 60 && box.scrollHeight <= box.clientHeight + 2 }"
    )


def test_nothing_may_come_from_elsewhere(page: sync_api.Page, address: str) -> None:
    with urlopen(address) as answer:
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
