"""What 问答 shows while it waits, when it fails and when it is left: never an answer under another question."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from test_app_browser import QUESTION, answered, ask

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

OTHER = "结婚登记能在外地办吗"
SCHEME = "浦民发〔2023〕74号"
POINTS = "浦民发〔2023〕8号"
BOTH = "“社区云”家庭注册比例，市里和浦东的目标各是多少"
TABLE = "沪府办发〔2021〕16号表1"
KINDS = {
    "found": QUESTION,
    "list": "哪些条款提到社区",
    "part": TABLE,
    "compare": BOTH,
    "facts": "74号文何时印发",
    "not found": "qwertyuiop zxcvbnm",
    "fault": "？" + "！" * 200,
    "huge": "长" * 1000,
}

RACE = """async (timings) => {
  const real = window.fetch, base = "0".repeat(64), later = (time) => new Promise((done) => setTimeout(done, time));
  const place = document.getElementById("answer"), seen = [];
  let delays = {};
  window.fetch = async (address, sent) => {
    if (address !== "view/answer") return real(address, sent);
    const { q } = JSON.parse(sent.body), [delay, heeds] = delays[q];
    await later(delay);
    if (heeds && sent.signal.aborted) throw new DOMException("", "AbortError");
    return new Response(`<article><h2 class="question">${q}</h2><p class="body">${q}</p></article>`, { headers: { "X-Base": base } });
  };
  for (const [number, [first, second, gap, heeds]] of timings.entries()) {
    const one = `甲${number}`, two = `乙${number}`;
    delays = { [one]: [first, heeds], [two]: [second, heeds] };
    const before = window.page.ask(one, "");
    await later(gap);
    await Promise.all([before, window.page.ask(two, "")]);
    await later(Math.max(0, first - second - gap) + 1);
    seen.push([place.querySelector(".question").textContent, place.querySelector(".body").textContent, place.className, place.inert]);
  }
  window.fetch = real;
  return seen;
}"""


def hold(page: sync_api.Page) -> list[sync_api.Route]:
    """Keep the questions that are sent from the server until the test lets them go on."""
    held: list[sync_api.Route] = []
    page.route("**/view/answer", lambda route: held.append(route))
    return held


def let_go(page: sync_api.Page, held: list[sync_api.Route], number: int) -> None:
    """Let a question that is kept go on, as soon as it has come."""
    for _ in range(200):
        if len(held) > number:
            break
        page.wait_for_timeout(20)
    held[number].continue_()


def put(page: sync_api.Page, question: str, document: str = "") -> None:
    """Put a question as the page's controls do, without waiting for what comes of it."""
    with page.expect_request("**/view/answer"):
        page.evaluate("([q, doc]) => { window.page.ask(q, doc) }", [question, document])


ANSWER = (
    "() => { const copy = document.getElementById('answer').cloneNode(true);"
    " copy.querySelectorAll('.pane, .pane-place').forEach(one => one.remove()); return copy.textContent }"
)
"""The words of the answer without its pages, which come when they are looked at."""


def words_of(page: sync_api.Page) -> str:
    return str(page.evaluate(ANSWER))


def screen(page: sync_api.Page) -> dict[str, Any]:
    """Read what stands on the screen: question box, 范围 box, what was answered."""
    return {
        "question": page.input_value("#question textarea"),
        "document": page.input_value("#document input"),
        "answer": words_of(page),
        "title": page.title(),
        "address": page.url,
    }


def same_screen(page: sync_api.Page, expected: dict[str, Any]) -> None:
    """Wait until the controls have followed the address; then everything must be as it was."""
    page.wait_for_function(
        "expected => document.querySelector('#question textarea')?.value === expected.question"
        " && document.querySelector('#document input')?.value === expected.document"
        f" && ({ANSWER})() === expected.answer",
        arg=expected,
    )
    assert screen(page) == expected


def strip(page: sync_api.Page, words: str) -> None:
    page.wait_for_function("words => document.getElementById('strip').textContent === words", arg=words)


def test_the_second_question_is_answered_whenever_the_first_reply_comes(page: sync_api.Page) -> None:
    draw = random.Random(20240102)
    timings = [[draw.randint(0, 25), draw.randint(0, 25), draw.randint(0, 12), draw.random() < 0.5] for _ in range(100)]
    seen = page.evaluate(RACE, timings)
    assert seen == [[f"乙{number}", f"乙{number}", "", False] for number in range(100)]


def test_a_first_request_that_is_late_leaves_the_second_its_place(page: sync_api.Page) -> None:
    held = hold(page)
    put(page, QUESTION)
    put(page, OTHER)
    let_go(page, held, 1)
    answered(page, OTHER)
    let_go(page, held, 0)
    page.wait_for_timeout(300)
    assert page.locator(".question").all_inner_texts() == [OTHER]
    assert page.locator("#asked li").count() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_prints_its_own_question_and_fits_a_phone(page: sync_api.Page, kind: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    ask(page, KINDS[kind])
    assert page.locator(".question").all_inner_texts() == [KINDS[kind]]
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_waiting_is_told_step_by_step(page: sync_api.Page) -> None:
    ask(page, QUESTION)
    held = hold(page)
    page.evaluate("navigator.clipboard.writeText('先前')")
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    put(page, OTHER)
    answer = page.locator("#answer")
    assert answer.get_attribute("aria-busy") == "true"
    page.clock.run_for(149)
    assert not answer.get_attribute("class")
    page.clock.run_for(1)
    assert answer.get_attribute("class") == "stale"
    assert float(answer.evaluate("one => getComputedStyle(one).opacity")) < 0.6
    assert page.locator("#answer .question").inner_text() == QUESTION
    button = answer.locator("[data-copy]").first
    around = button.bounding_box()
    page.mouse.click(around["x"] + 5, around["y"] + 5)
    button.evaluate("one => one.focus()")
    assert page.evaluate("document.activeElement.closest('#answer')") is None
    assert page.evaluate("navigator.clipboard.readText()") == "先前"
    assert page.locator("#strip").inner_text() == ""
    page.clock.run_for(850)
    strip(page, f"正在查“{OTHER}”")
    page.clock.run_for(8_999)
    strip(page, f"正在查“{OTHER}”")
    page.clock.run_for(1)
    strip(page, f"网络较慢，还在等“{OTHER}”的答复 重试")
    with page.expect_request("**/view/answer"):
        page.evaluate("document.querySelector('#strip button').click()")
    let_go(page, held, 1)
    answered(page, OTHER)
    strip(page, "")
    assert not answer.get_attribute("class")
    assert answer.get_attribute("aria-busy") is None


def refuse(route: sync_api.Route) -> None:
    route.abort()


def break_down(route: sync_api.Route) -> None:
    route.fulfill(status=500, content_type="text/html", body="<h1>Internal Server Error</h1>")


def log_in(route: sync_api.Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<h1>请登录无线网</h1>")


@pytest.mark.parametrize(
    ("fault", "why"),
    [(refuse, "连不上服务器"), (break_down, "服务器没有作答（500）"), (log_in, "服务器没有作答（200）")],
)
def test_a_lost_connection_keeps_the_old_answer_readable(
    page: sync_api.Page, fault: Callable[[sync_api.Route], None], why: str
) -> None:
    ask(page, QUESTION)
    before = words_of(page)
    page.route("**/view/answer", fault)
    put(page, OTHER)
    strip(page, f"“{OTHER}”没有查成：{why}；下面仍是“{QUESTION}”的答复 重试")
    assert page.locator("#told").inner_text() == f"“{OTHER}”没有查成：{why}；下面仍是“{QUESTION}”的答复"
    assert words_of(page) == before
    assert page.locator("#answer.stale, #answer[inert], #answer[aria-busy]").count() == 0
    page.locator("#answer .cite [data-copy]").first.click()
    page.wait_for_selector("#answer .cite .done")
    page.click("#strip button")
    strip(page, f"“{OTHER}”没有查成：{why}；下面仍是“{QUESTION}”的答复 重试")
    page.unroute("**/view/answer")
    page.click("#strip button")
    answered(page, OTHER)
    strip(page, "")


def test_a_lost_connection_before_any_answer_says_so(page: sync_api.Page) -> None:
    page.route("**/view/answer", refuse)
    put(page, OTHER)
    strip(page, f"“{OTHER}”没有查成：连不上服务器 重试")
    assert page.locator("#answer").inner_text() == ""


def test_a_question_put_before_there_is_a_base_is_answered_when_there_is_one(page: sync_api.Page) -> None:
    page.route(
        "**/view/answer",
        lambda route: route.fulfill(
            status=200, headers={"X-Base": ""}, content_type="text/html", body='<p data-told="还在准备">还在准备</p>'
        ),
        times=1,
    )
    put(page, OTHER)
    page.wait_for_selector("#answer :text('还在准备')")
    answered(page, OTHER)


def look(page: sync_api.Page) -> None:
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_a_base_that_has_changed_is_told(page: sync_api.Page) -> None:
    ask(page, QUESTION)
    page.route("**/view/state", lambda route: route.fulfill(status=204, headers={"X-Base": "1" * 64}))
    look(page)
    strip(page, "知识库已更新，下面的答复按更新前的内容作出 重新查")
    assert page.locator(".question").inner_text() == QUESTION
    page.click("#strip button")
    strip(page, "")
    assert page.locator(".question").inner_text() == QUESTION


def test_a_server_that_is_gone_is_told_until_it_is_back(page: sync_api.Page) -> None:
    ask(page, QUESTION)
    page.route("**/view/state", refuse)
    look(page)
    strip(page, "连不上服务器，已有的答复仍可阅读 重试")
    page.unroute("**/view/state")
    page.click("#strip button")
    strip(page, "")


def test_back_forward_reload_and_a_copied_link_give_the_same_screen(page: sync_api.Page, address: str) -> None:
    ask(page, QUESTION)
    first = screen(page)
    page.goto(f"{address}?{urlencode({'q': '养老床位', 'doc': POINTS})}")
    answered(page, "养老床位")
    page.wait_for_function("() => document.querySelector('#question textarea').value === '养老床位'")
    second = screen(page)
    assert second["document"] == f"{POINTS} 2023年浦东新区民政工作要点"
    assert "只查了 《2023年浦东新区民政工作要点》（浦民发〔2023〕8号）" in second["answer"]
    put(page, KINDS["list"], POINTS)
    answered(page, KINDS["list"])
    page.evaluate("history.back()")
    same_screen(page, second)
    page.reload()
    same_screen(page, second)
    page.evaluate("history.back()")
    same_screen(page, first)
    page.evaluate("history.forward()")
    same_screen(page, second)
    other = page.context.new_page()
    other.goto(second["address"])
    same_screen(other, second)
    other.close()


def test_back_to_the_beginning_shows_the_beginning(page: sync_api.Page) -> None:
    ask(page, QUESTION)
    page.evaluate("history.back()")
    page.wait_for_selector("#front .shelf", state="visible")
    page.wait_for_function("() => document.querySelector('#question textarea').value === ''")
    assert page.locator("#answer").inner_text() == ""
    assert page.title() == "政策文件知识库"


def test_back_while_a_question_is_on_its_way_leaves_nothing_of_it(page: sync_api.Page) -> None:
    held = hold(page)
    put(page, QUESTION)
    page.wait_for_selector("#strip:has-text('正在查')")
    page.evaluate("history.back()")
    strip(page, "")
    let_go(page, held, 0)
    page.wait_for_timeout(300)
    assert page.locator("#answer").inner_text() == ""
    assert page.locator("#answer.stale, #answer[inert], #answer[aria-busy]").count() == 0


def test_what_is_typed_while_a_link_opens_is_kept(page: sync_api.Page, address: str) -> None:
    page.goto(f"{address}?{urlencode({'q': QUESTION})}")
    answered(page, QUESTION)
    page.wait_for_function("question => document.querySelector('#question textarea').value === question", arg=QUESTION)
    page.fill("#question textarea", "别的")
    page.wait_for_timeout(600)
    assert page.input_value("#question textarea") == "别的"


def test_a_failure_of_an_evaluation_shows_what_should_answer(page: sync_api.Page, address: str) -> None:
    gold = [f"{SCHEME}/四/（二）/2", f"{POINTS}/五/19"]
    page.goto(f"{address}?{urlencode([('q', OTHER), *(('gold', one) for one in gold)])}")
    answered(page, OTHER)
    assert page.locator(".hit.best .golden").inner_text() == "应为此条"
    assert page.locator(".absent a").count() == 1
    page.reload()
    answered(page, OTHER)
    assert page.locator(".absent a").count() == 1
    ask(page, QUESTION)
    assert page.locator(".golden, .absent").count() == 0


def test_a_filter_is_lifted_with_one_press(page: sync_api.Page, address: str) -> None:
    page.goto(f"{address}?{urlencode({'q': OTHER, 'doc': SCHEME})}")
    answered(page, OTHER)
    assert page.locator(".verdict b").inner_text() == "库中没有"
    page.click(".strip [data-widen]")
    page.wait_for_selector(".hit.best")
    assert page.locator(".question").inner_text() == OTHER
    page.wait_for_function("() => document.querySelector('#document input').value === '全部文件'")
    assert page.url == f"{address}?{urlencode({'q': OTHER})}"


def test_a_reading_is_switched_off(page: sync_api.Page) -> None:
    ask(page, BOTH)
    page.click("[data-literal='市里']")
    page.wait_for_function("() => !document.querySelector('[data-literal]')")
    assert page.locator(".question").inner_text() == BOTH
    assert page.url.endswith(urlencode({"literal": "市里"}))
    assert page.evaluate("document.activeElement.className") == "answer"


def test_a_list_is_turned_page_by_page(page: sync_api.Page) -> None:
    ask(page, KINDS["list"])
    page.click("text=下一页")
    page.wait_for_function("() => document.querySelector('.verdict').textContent.includes('以下是第 51—')")
    assert page.locator(".question").inner_text() == KINDS["list"]
    assert page.url.endswith("first=51")
    page.evaluate("history.back()")
    page.wait_for_function("() => document.querySelector('.verdict').textContent.includes('以下是第 1—50 条')")


def test_keys_lead_to_the_question_and_from_it_to_its_answer(page: sync_api.Page) -> None:
    ask(page, QUESTION)
    page.locator(".hit.best a").first.focus()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement === document.querySelector('#question textarea')")
    assert page.input_value("#question textarea") == QUESTION
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "answer"
    page.keyboard.press("/")
    page.keyboard.type(OTHER)  # in place of the one that was chosen whole
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") != "answer"  # the answer there is another question's


def test_one_live_region_says_what_was_found(page: sync_api.Page) -> None:
    assert page.locator("#told").get_attribute("role") == "status"
    for question, words in (
        (QUESTION, r"找到 \d 条，首条第7页"),
        (TABLE, "共 15 条"),
        (KINDS["facts"], "文件信息"),
        (KINDS["not found"], "库中没有"),
        ("？", "问题是空的，或只有标点符号"),
    ):
        ask(page, question)
        assert re.fullmatch(words, page.locator("#told").inner_text())


def test_what_was_asked_is_listed_and_can_be_asked_again(page: sync_api.Page) -> None:
    ask(page, QUESTION)
    assert page.locator("#asked").is_hidden()
    ask(page, OTHER)
    page.click("#asked summary")
    assert page.locator("#asked a").all_inner_texts() == [OTHER, QUESTION]
    assert "首条第7页" in page.locator("#asked li").last.inner_text()
    page.click(f"#asked a:has-text('{QUESTION}')")
    answered(page, QUESTION)
    page.wait_for_function("question => document.querySelector('#question textarea').value === question", arg=QUESTION)
    assert page.locator("#asked a").all_inner_texts() == [QUESTION, OTHER]
    page.reload()
    answered(page, QUESTION)
    assert page.locator("#asked a").count() == 2


def test_settings_are_kept_over_a_reload(page: sync_api.Page) -> None:
    page.click("[data-set-size='huge']")
    page.click("[data-set-theme]")
    page.reload()
    page.wait_for_selector("#front .shelf li")
    assert page.evaluate("({...document.documentElement.dataset})").items() >= {"theme": "dark", "size": "huge"}.items()
    assert page.locator(".settings [aria-pressed='true']").all_inner_texts() == ["特大", "深色"]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(25, 24, 22)"
    page.set_viewport_size({"width": 390, "height": 844})
    ask(page, BOTH)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
