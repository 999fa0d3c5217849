"""起草 in a real browser: a draft is checked, mended and given out; clauses are put aside, ordered and given out."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from test_app_browser import CITATION
from word_files import par, word

from ingest.pages import Footnote
from ingest.readers import docx as reader

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CLAUSE = "浦民发〔2023〕74号/四/（二）/2"
ROW = "沪府办发〔2021〕16号/表1/2"
RIGHT = "加强社区志愿服务站点建设，在社区综合服务设施中志愿服务站点覆盖率达到100%"
MISPLACED = "发展社区慈善，发挥浦东新区慈善超市、社区基金会和其他社区慈善资源"
FOREIGN = "居民委员会应当每年公布账目一次，并接受居民监督"
COPIED = "推动社区社会组织、专业社会工作服务机构在社区营造、公益慈善、文体活动、矛盾调处、心理疏导、疫情防控等社区服务领域发挥专业作用"
DRAFT = [
    f"一是{CITATION}规定：“{RIGHT}。”",
    f"二是{CITATION}规定：“规范社区志愿者服务团队建设，鼓励为社区老年人、未成年人、残疾人、失业人员等有需要的社会群体和个人提供志愿服务。”",
    f"三是浦民发〔2023〕74号第四部分第（一）项第1点规定：“{MISPLACED}‘公益蓄水池’的作用。”",
    f"四是《某某市社区治理条例》（某府发〔2020〕5号）第三条规定：“{FOREIGN}。”",
    f"五是{COPIED}。",
]
TEXT = "\n\n".join(DRAFT)


def opened(page: sync_api.Page) -> None:
    page.click('[data-tab-id="drafting"]')
    page.wait_for_selector("#draft-text")


def check(page: sync_api.Page, text: str) -> None:
    opened(page)
    page.fill("#draft-text", text)
    page.click(".check .go")
    page.wait_for_selector(".findings li:not([hidden])")


def shown(page: sync_api.Page) -> str:
    return str(
        page.evaluate(
            "() => [...document.querySelectorAll('.draft p')].map(line =>"
            " [...line.childNodes].filter(one => !one.hidden).map(one => one.textContent).join('')).join('\\n')"
        )
    )


def saved(page: sync_api.Page, selector: str) -> bytes:
    with page.expect_download() as download:
        page.click(selector)
    return Path(download.value.path()).read_bytes()


def verdicts(page: sync_api.Page) -> list[str]:
    return [str(one) for one in page.locator(".finding").evaluate_all("all => all.map(one => one.dataset.verdict)")]


def test_a_draft_with_one_of_each(page: sync_api.Page) -> None:
    check(page, TEXT)
    assert verdicts(page) == ["same", "differs", "misplaced", "unknown", "unattributed"]
    assert shown(page) == TEXT
    signs = page.locator(".draft mark[data-sign]").evaluate_all("all => all.map(one => one.dataset.sign)")
    assert signs == ["✓", "≠", "↷", "？", "＋"]
    assert page.locator(".draft mark[data-sign='≠']").inner_text().startswith("规范社区志愿者服务团队建设")
    assert page.locator(".finding.differs .words mark").first.inner_text() == "者"
    assert page.locator(".finding.same").is_hidden()
    assert page.locator(".count.misplaced b").inner_text() == "1"


def test_faults_are_stepped_through_by_keys_and_by_buttons(page: sync_api.Page) -> None:
    check(page, TEXT)
    page.wait_for_selector(".finding.differs.now")
    page.keyboard.press("n")
    assert page.locator(".finding.now").get_attribute("data-verdict") == "misplaced"
    assert page.locator(".at").inner_text() == "第 2 处，共 3 处要改"
    page.click("[data-step='1']")
    assert page.locator(".finding.now").get_attribute("data-verdict") == "unattributed"
    page.keyboard.press("p")
    page.keyboard.press("p")
    assert page.locator(".finding.now").get_attribute("data-verdict") == "differs"
    page.click("details.source summary")
    page.focus("#draft-text")
    page.keyboard.press("n")
    assert page.locator(".finding.now").get_attribute("data-verdict") == "differs"


def test_a_suggestion_is_taken_up_and_taken_back(page: sync_api.Page) -> None:
    check(page, TEXT)
    page.click(".finding.differs [data-take]")
    assert "规范社区志愿服务团队建设" in shown(page)
    assert "规范社区志愿者服务团队建设" not in shown(page)
    page.click(".finding.differs [data-undo]")
    assert shown(page) == TEXT


def test_all_citations_are_mended_at_once_and_no_words(page: sync_api.Page) -> None:
    check(page, TEXT)
    page.click("[data-do='all']")
    lines = shown(page).split("\n")
    assert lines[2] == DRAFT[1]
    assert lines[4].startswith("三是浦民发〔2023〕74号第四部分第（二）项第2点规定：")
    assert lines[8] == f"五是{COPIED}（{CITATION}）。"
    assert page.locator(".told").inner_text() == "已采用 2 处出处建议，引文的文字没有改动"
    page.click("[data-do='again']")
    page.wait_for_selector(".count.misplaced:has-text('出处有误 0')")
    assert "misplaced" not in verdicts(page)


def test_the_corrected_draft_and_the_report_are_given_out(page: sync_api.Page) -> None:
    check(page, TEXT)
    page.click(".finding.unattributed [data-take]")
    from docx import Document

    paragraphs = [one.text for one in Document(io.BytesIO(saved(page, "[data-do='draft']"))).paragraphs]
    assert paragraphs == [*DRAFT[:4], f"五是{COPIED}（{CITATION}）。"]
    report = [one.text for one in Document(io.BytesIO(saved(page, "[data-do='report.docx']"))).paragraphs]
    assert "5. ＋ 未引出处（第9行，已采用建议）" in report
    assert b"\xef\xbc\x8c\xe5\xb7\xb2\xe9\x87\x87\xe7\x94\xa8\xe5\xbb\xba\xe8\xae\xae" in saved(
        page, "[data-do='report.html']"
    )


def test_a_word_file_is_read_as_a_draft(page: sync_api.Page) -> None:
    opened(page)
    file = {"name": "汇报.docx", "mimeType": "", "buffer": word("".join(par(one) for one in DRAFT[:1]))}
    page.set_input_files(".check input[type=file]", file)
    page.wait_for_selector(".finding", state="attached")
    assert verdicts(page) == ["same"]
    assert page.locator(".at").inner_text() == ""


def test_what_cannot_be_read_is_told_plainly(page: sync_api.Page) -> None:
    opened(page)
    page.click(".check .go")
    assert page.locator(".told").inner_text() == "请先粘贴文稿，或选择文件"
    page.evaluate("document.querySelector('#draft-text').value = '甲'.repeat(500001)")
    page.click(".check .go")
    assert page.locator(".told").inner_text() == "文稿有 500001 个字，超过上限 500000 个字，请分成几份校核"
    page.set_input_files(
        ".check input[type=file]", {"name": "长.txt", "mimeType": "", "buffer": b"a" * (5 * 2**20 + 1)}
    )
    assert page.locator(".told").inner_text().startswith("“长.txt”有 5.0 MB，超过上限 5 MB")
    page.set_input_files(".check input[type=file]", {"name": "图.png", "mimeType": "", "buffer": b"\x89PNG"})
    page.wait_for_selector(".check-place .message.fault:has-text('不认识这种文件')")


def test_hostile_words_of_a_draft_are_only_words(page: sync_api.Page) -> None:
    hostile = f"<img src=x onerror=hacked=1>{CITATION}规定：“<script>hacked=1</script>{RIGHT}。”"
    opened(page)
    page.fill("#draft-text", hostile)
    page.click(".check .go")
    page.wait_for_selector(".finding", state="attached")
    assert shown(page) == hostile
    assert page.evaluate("typeof hacked") == "undefined"


def put_aside(page: sync_api.Page, *ids: str) -> None:
    """Press a button with the id of a clause, as any part of the page may show one."""
    page.evaluate(
        """ids => { for (const id of ids) {
            const one = Object.assign(document.createElement("button"), { textContent: "加入引用篮" });
            one.dataset.basket = id;
            document.querySelector("#front").append(one);
            one.click();
        } }""",
        list(ids),
    )


def kept(page: sync_api.Page) -> list[str]:
    return [str(one) for one in page.locator(".kept li").evaluate_all("all => all.map(one => one.dataset.id)")]


def test_clauses_are_put_aside_and_given_out_with_footnotes(page: sync_api.Page) -> None:
    put_aside(page, CLAUSE, ROW)
    assert page.locator("#front [data-basket]").first.inner_text() == "已在引用篮"
    assert page.locator(".to-basket").inner_text() == "引用篮 2"
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--basket-count')") == '"（2）"'
    page.click(".to-basket")
    page.wait_for_selector(".kept li")
    (read,) = reader.read("摘录.docx", saved(page, "[data-export='basket.docx']"))
    assert read.lines[1].text.startswith("2、加强社区志愿与公益服务。规范社区志愿服务团队建设，")
    assert read.lines[1].text.endswith("推动慈善资源及时精准地惠及群众。¹")
    assert read.footnotes[0] == Footnote("1", f"{CITATION}，第7页。")
    assert f"[^1]: {CITATION}，第7页。".encode() in saved(page, "[data-export='basket.md']")


def test_the_basket_is_ordered_and_emptied_and_comes_back(page: sync_api.Page) -> None:
    put_aside(page, CLAUSE, ROW, "没有/一")
    page.click(".to-basket")
    page.wait_for_selector(".kept li.gone")
    page.click("[aria-label='第1条下移']")
    page.wait_for_function("id => document.querySelector('.kept li').dataset.id === id", arg=ROW)
    page.focus(".kept li >> nth=1")
    page.keyboard.press("Alt+ArrowUp")
    page.wait_for_function("id => document.querySelector('.kept li').dataset.id === id", arg=CLAUSE)
    assert page.evaluate("document.activeElement.dataset.id") == CLAUSE
    page.click("[aria-label='移出第3条']")
    page.wait_for_selector(".kept li.gone", state="detached")
    page.reload()
    page.wait_for_selector(".to-basket:has-text('引用篮 2')")
    page.click(".to-basket")
    page.wait_for_selector(".kept li")
    assert kept(page) == [CLAUSE, ROW]
    page.click("[data-do='clear']")
    page.wait_for_selector("#basket .empty")
    page.click("#basket .undo button")
    page.wait_for_selector(".kept li")
    assert kept(page) == [CLAUSE, ROW]


def test_a_clause_that_has_changed_says_so(page: sync_api.Page) -> None:
    page.evaluate("id => localStorage.setItem('basket', JSON.stringify([{ id, digest: '0' }]))", CLAUSE)
    page.reload()
    page.click(".to-basket")
    page.wait_for_selector(".kept li.changed .note:has-text('原文已变更')")
    page.click("[data-do='accept']")
    page.wait_for_selector(".kept li:not(.changed)")


def test_narrow_screens(page: sync_api.Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    put_aside(page, CLAUSE)
    check(page, TEXT)
    page.wait_for_selector(".kept li")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
