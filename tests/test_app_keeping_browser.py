"""Adding and removing in a real browser: a good and a broken file, confirmed, cancelled, taken out, put back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from office_texts import notice, put
from serving import served

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

TOKEN = "0123456789abcdef"
NUMBERS = [f"青民发〔2024〕{count}号" for count in range(1, 10)]
TITLE = "青禾市民政局关于<img src=x onerror=hacked=1>的通知"


def text_of(count: int, first: str = "坚持以人民为中心，做好有关工作。") -> str:
    return notice(f"第{count}项工作的通知", NUMBERS[count - 1], first, f"{count}个街镇开展第{count}项工作。")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("kept")
    for count in (1, 2):
        put(made / "corpus", f"{count}.txt", text_of(count))
    put(made, "token", TOKEN)
    put(made / "new", "甲.txt", text_of(3))
    put(made / "new", "<b>乙.txt", notice("<img src=x onerror=hacked=1>的通知", NUMBERS[3]))
    put(made / "new", "坏.pdf", "%PDF-1.7 broken")
    put(made / "new", "新.txt", text_of(2, "改为由区民政局组织实施，市级部门不再审批。"))
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder / "store", folder / "corpus", "--token-file", str(folder / "token")) as (reached, _):
        yield reached


@pytest.fixture
def page(address: str, browser: sync_api.Browser) -> Iterator[sync_api.Page]:
    """Open the tab 文件 with the section; afterwards no script may have failed."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    failures: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: failures.append(str(error)))
    opened.on("dialog", lambda dialog: failures.append(dialog.message))
    opened.goto(address)
    opened.wait_for_selector(".shelf li")
    opened.click("button[role=tab]:has-text('文件')")
    opened.click(".keeping > summary")
    yield opened
    assert opened.evaluate("typeof hacked") == "undefined"
    context.close()
    assert failures == []


def give(page: sync_api.Page, *files: Path) -> None:
    """Pick files, with the token where it is asked for, and wait until each waits for a person."""
    page.set_input_files(".keeping [type=file]", files)
    if page.evaluate("sessionStorage.getItem('keep-token')") is None:
        page.fill(".keep-dialog[open] [name=token]", TOKEN)
        page.press(".keep-dialog[open] [name=token]", "Enter")
    page.wait_for_selector(f".uploads > li[data-state] >> nth={len(files) - 1}", timeout=120_000)


def numbers(page: sync_api.Page) -> list[str]:
    page.click("[data-find] button")
    page.wait_for_selector("[data-documents] li")
    return page.locator("[data-documents] [data-remove]").evaluate_all("all => all.map(one => one.dataset.remove)")


def test_a_good_and_a_broken_file(page: sync_api.Page, folder: Path) -> None:
    give(page, folder / "new" / "甲.txt", folder / "new" / "坏.pdf", folder / "new" / "<b>乙.txt")
    good, broken, marked = page.locator(".uploads > li").all()
    assert good.locator("dd").all_inner_texts()[:4] == [
        "青禾市民政局关于第3项工作的通知", NUMBERS[2], "青禾市民政局", "2024年5月6日",
    ]  # fmt: skip
    assert "库中没有这份文件，将作为新文件加入。" in good.inner_text()
    assert "这份文件读不了，没有加入。" in broken.inner_text()
    assert broken.get_by_role("button").all_inner_texts() == ["知道了"]
    assert marked.locator("b").first.inner_text() == "<b>乙.txt"
    assert marked.locator("dd").first.inner_text() == TITLE
    marked.get_by_role("button", name="取消").click()
    broken.get_by_role("button", name="知道了").click()
    page.wait_for_function("document.querySelectorAll('.uploads > li').length == 1")
    good.get_by_role("button", name="确认加入").click()
    page.wait_for_selector(".uploads > li[data-state=added]", timeout=120_000)
    assert "已加入 《青禾市民政局关于第3项工作的通知》。知识库现有 3 份文件。" in good.inner_text()
    assert numbers(page) == NUMBERS[:3]
    assert sorted(path.name for path in (folder / "corpus").iterdir()) == ["1.txt", "2.txt", "甲.txt"]
    assert list((folder / ".store.keeping" / "uploads").iterdir()) == []


def test_what_was_not_confirmed_is_listed_after_a_reload(page: sync_api.Page, folder: Path) -> None:
    """It lay on the server for an hour, and nobody could confirm or cancel it."""
    give(page, folder / "new" / "<b>乙.txt")
    page.reload()
    item = page.locator(".uploads > li[data-state=read]")
    item.get_by_role("button", name="确认加入").wait_for()
    assert item.locator("b").first.inner_text() == "<b>乙.txt"
    assert item.locator("dd").first.inner_text() == TITLE
    item.get_by_role("button", name="取消").click()
    page.wait_for_function("document.querySelectorAll('.uploads > li').length == 0")
    assert list((folder / ".store.keeping" / "uploads").iterdir()) == []


def test_another_text_asks_before_it_is_added(page: sync_api.Page, folder: Path) -> None:
    give(page, folder / "new" / "新.txt")
    page.click(".uploads button.chief")
    assert page.evaluate("document.querySelector('[name=differs]').validity.valueMissing")
    page.check("[value=replace]")
    page.click(".uploads button.chief")
    page.wait_for_selector(".uploads > li[data-state=added]", timeout=120_000)


def test_a_document_is_taken_out_and_put_back(page: sync_api.Page) -> None:
    page.click("[data-find] button")
    page.fill(".keep-dialog[open] [name=token]", "wrong")
    page.press(".keep-dialog[open] [name=token]", "Enter")
    page.wait_for_selector("[data-why]:has-text('口令不对')")
    page.fill(".keep-dialog[open] [name=token]", TOKEN)
    page.press(".keep-dialog[open] [name=token]", "Enter")
    page.wait_for_selector("[data-remove]")
    before = numbers(page)
    button = page.get_by_role("button", name="移出《青禾市民政局关于第1项工作的通知》")
    button.click()
    asked = page.locator("[data-remove-dialog]")
    assert "青禾市民政局关于第1项工作的通知\n\n共 2 个条款。移出后不再查到，30 天内可以放回。" in asked.inner_text()
    page.keyboard.press("Enter")  # 取消 has the focus
    assert numbers(page) == before
    button.click()
    asked.get_by_role("button", name="移出", exact=True).click()
    page.wait_for_selector(
        ".said:has-text('已移出《青禾市民政局关于第1项工作的通知》，30 天内可以放回。')", timeout=60_000
    )
    page.wait_for_selector("[data-restore]")
    assert numbers(page) == before[1:]
    page.click("[data-restore]")
    page.wait_for_selector(".said:has-text('已放回《青禾市民政局关于第1项工作的通知》。')", timeout=60_000)
    assert numbers(page) == before


def test_what_is_too_large_is_not_sent_and_a_lost_server_is_told(page: sync_api.Page, folder: Path) -> None:
    large = folder / "大.pdf"
    with large.open("wb") as file:
        file.truncate((50 << 20) + 1)
    page.set_input_files(".keeping [type=file]", large)
    page.wait_for_selector(".said:has-text('超过 50 MB 的文件没有上传：大.pdf；请拆成几份后重试')")
    page.evaluate(f"sessionStorage.setItem('keep-token', '{TOKEN}')")
    page.route("**/keep/**", lambda route: route.abort())
    page.click("[data-find] button")
    page.wait_for_selector(".said:has-text('连不上服务器，请检查网络后重试。')")


def test_narrow_and_dark_screens(page: sync_api.Page, folder: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    give(page, folder / "new" / "<b>乙.txt")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.click(".uploads [data-cancel]")
