"""Draws the pictures of the page that README shows, from the project's own documents.

usage: python tests/screenshots.py [FOLDER]     default: docs/pictures; needs Chromium
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from serving import FLAGS, ROOT, served

CITED = "《浦东新区民政局贯彻落实〈上海市城乡社区服务体系建设“十四五”规划〉实施方案》（浦民发〔2023〕74号）第四部分第（二）项第2点"
DRAFT = (
    f"{CITED}规定：“在社区综合服务设施中志愿服务站点覆盖率达到90%。”\n"
    "根据沪府办发〔2021〕16号，“到‘十四五’末，养老床位总量达到17.8万张以上。”\n"
)
SIZE = {"width": 1280, "height": 860}


def main(folder: Path) -> None:
    """Serve the documents, and save a picture of an answer and one of a draft that was checked."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as place,
        served(Path(place) / "store", ROOT / "corpus") as (address, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport=SIZE, locale="zh-CN")
        page.goto(f"{address}?q={quote('74号文对志愿服务站点有什么要求')}")
        page.wait_for_function("document.querySelector('.hit.best .pane img')?.naturalWidth > 500")
        page.screenshot(path=folder / "问答.png")
        page.goto(f"{address}?tab=drafting")
        page.fill("#draft-text", DRAFT)
        page.click(".check .go")
        page.wait_for_selector(".findings li:not([hidden])")
        page.screenshot(path=folder / "引文校核.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
