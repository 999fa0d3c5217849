"""有用 or 没用: what a page may send, where it is kept, and that a full or broken file is told."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from threading import Thread

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from index_fakes import make_document

from app.desk import Desk
from app.feedback import Feedback, feedback_of, file_beside, keep
from app.render import render
from app.tabs.feedback import router
from eval.formats.feedback import read_feedback
from index.errors import KnowledgeBaseError
from index.records import Answer, Hit, Query

SENT = {
    "question": "甲在哪里", "document": "", "clause_ids": ["甲/一", "甲/二"], "verdict": "found", "useful": True, "note": "",
}  # fmt: skip
KEPT = Feedback("甲在哪里", "", ("甲/一", "甲/二"), "found", True, "", "", "2026-11-28")


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    app = FastAPI()
    app.include_router(router(Desk(tmp_path / "store")))
    return TestClient(app)


def test_feedback_is_kept_beside_the_store_and_read_by_the_evaluation(client: TestClient, tmp_path: Path) -> None:
    for note in ("", "第二句\n更合适 "):
        answer = client.post("/view/feedback", json=SENT | {"note": note})
        assert (answer.status_code, answer.text) == (200, "已记下，谢谢")
    path = tmp_path / "store-feedback.jsonl"
    lines = path.read_text(encoding="utf-8").split("\n")
    assert json.loads(lines[0])["clause_ids"] == ["甲/一", "甲/二"]
    assert [one.note for one in read_feedback(path)] == ["", "第二句\n更合适"]
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"useful": "yes"}, "评价里没有写有用还是没用；请重新查询后再评价"),
        ({"question": " "}, "评价里没有问题；请重新查询后再评价"),
        ({"question": 1}, "评价里的问题不是文字；请重新查询后再评价"),
        ({"question": "长" * 1001}, "问题有 1001 个字，超过上限 1000；请缩短后再提交"),
        ({"note": "长" * 501}, "说明有 501 个字，超过上限 500；请缩短后再提交"),
        ({"note": "\ud800"}, "说明里有无法写成 UTF-8 的字符；请删去后再提交"),
        ({"verdict": "sure"}, "评价里没有答复的结论；请重新查询后再评价"),
        ({"clause_ids": "甲/一"}, "评价里的条款编号不是列表，或太多；请重新查询后再评价"),
        ({"clause_ids": ["甲\n"]}, "评价里有不是条款编号的内容；请重新查询后再评价"),
        ({"clause_ids": ["甲"] * 61}, "评价里的条款编号不是列表，或太多；请重新查询后再评价"),
    ],
)
def test_what_no_page_sends_is_refused(change: dict[str, object], problem: str) -> None:
    with pytest.raises(KnowledgeBaseError) as error:
        feedback_of(json.dumps(SENT | change).encode(), "", "2026-11-28")
    assert str(error.value) == problem


def test_another_origin_and_another_size_are_refused(client: TestClient, tmp_path: Path) -> None:
    assert client.post("/view/feedback", content=json.dumps(SENT)).status_code == 415
    big = client.post("/view/feedback", json=SENT | {"more": "x" * 70_000})
    assert (big.status_code, big.text) == (413, "评价超过 64 KB；请缩短后再提交")
    bad = client.post("/view/feedback", content=b"[", headers={"Content-Type": "application/json"})
    assert (bad.status_code, bad.text) == (400, "评价不是有效的 JSON；请重新查询后再评价")
    assert list(tmp_path.iterdir()) == []


def test_a_full_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f.jsonl"
    keep(KEPT, path)
    monkeypatch.setattr("app.feedback.MOST_BYTES", 200)
    with pytest.raises(KnowledgeBaseError, match="评价文件 f.jsonl 已满（上限 0 MB）；请管理员把它移走后再评价"):
        keep(KEPT, path)
    assert len(read_feedback(path)) == 1


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match="评价写不进 f.jsonl（"):
        keep(KEPT, tmp_path / "none" / "f.jsonl")


def test_a_line_left_half_written_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    path.write_bytes(b'{"question": "')
    keep(KEPT, path)
    assert path.read_bytes().split(b"\n")[0] == b'{"question": "'
    assert json.loads(path.read_bytes().split(b"\n")[1])["question"] == "甲在哪里"


def test_many_at_once_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    threads = [Thread(target=keep, args=(KEPT, path)) for _ in range(40)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(read_feedback(path)) == 40


def test_the_form_carries_what_was_shown() -> None:
    document = make_document("甲发〔2024〕1号", "方案", {"一": (("一",), ("甲'\"<b>。",))})
    hit = Hit(1, 1.0, ("lexical",), document.clauses[0], (), document.metadata)
    html = render(
        "feedback.html", "feedback", Answer(Query("甲'\"><b>在哪里", document="甲"), "clause", "found", (hit,))
    )
    assert "<b>" not in html
    shown = unescape(html.split('data-shown="')[1].split('"')[0])
    assert json.loads(shown) == {
        "question": "甲'\"><b>在哪里", "document": "甲", "clause_ids": ["甲发〔2024〕1号/一"], "verdict": "found",
    }  # fmt: skip
    assert feedback_of(json.dumps(json.loads(shown) | {"useful": False}).encode(), "", "2026-11-28").note == ""


def test_the_file_lies_beside_the_store(tmp_path: Path) -> None:
    assert file_beside(tmp_path / ".store") == tmp_path / ".store-feedback.jsonl"
