"""The page of the project's own documents and a hostile one in a real browser, for every test that looks at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from serving import FLAGS, HOSTILE, ROOT, served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the documents as the command does on its first start."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(ROOT / "corpus", folder / "corpus", ignore=shutil.ignore_patterns("manifest*"))
    (folder / "corpus" / "hostile.html").write_text(HOSTILE, encoding="utf-8")
    with served(folder / "store", folder / "corpus") as (reached, said):
        told = "".join(said)
        assert "里没有知识库，现在从" in told
        assert "（0%）\n" in told
        yield reached


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start Chromium, for one module: its loop of events runs as long. A test that asks for it skips where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(address: str, browser: Any) -> Iterator[Any]:
    """Open the page; afterwards every request must have gone to this machine, and no script have failed."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    hosts: set[str | None] = set()
    failures: list[str] = []
    context.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    opened = context.new_page()
    opened.on("websocket", lambda socket: hosts.add(urlsplit(socket.url).hostname))
    opened.on("pageerror", lambda error: failures.append(error.stack or str(error)))
    opened.on("dialog", lambda dialog: failures.append(dialog.message))
    opened.goto(address)
    opened.wait_for_selector("#front .shelf li")
    yield opened
    context.close()
    assert hosts <= {"127.0.0.1", None}  # None: data: addresses
    assert failures == []
