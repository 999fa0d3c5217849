"""Documents added and removed over HTTP: who may, what is asked before, and that nothing is left of what was not confirmed."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from collections import namedtuple
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from index_fakes import FakeEmbedder, typed_fitted
from office_texts import notice, put
from starlette.requests import ClientDisconnect

from app.desk import Desk
from app.keeping.errors import Refused
from app.keeping.folder import Folder
from app.keeping.uploads import Uploads
from app.keeping.writer import Writer
from app.tabs import keeping
from index.errors import StoreError
from index.knowledge_base import KnowledgeBase

TOKEN = "0123456789abcdef"
WITH = {"X-Keep-Token": TOKEN}
NUMBERS = [f"青民发〔2024〕{count}号" for count in range(1, 40)]
NEWER = "改为由区民政局组织实施，市级部门不再审批。"
CASES = Path(__file__).parent.parent.parent / "shared" / "hostile" / "cases"


def text_of(count: int, first: str = "坚持以人民为中心，做好有关工作。") -> str:
    return notice(f"第{count}项工作的通知", NUMBERS[count - 1], first, f"{count}个街镇开展第{count}项工作。")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a base of two documents once; it is copied for each test."""
    folder = tmp_path_factory.mktemp("built")
    for count in (1, 2):
        put(folder / "corpus", f"{count}.txt", text_of(count))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("index.search.embedder.load", lambda settings=None: FakeEmbedder())
        KnowledgeBase.build(folder / "corpus", folder / "store")
    return folder


@pytest.fixture
def desk(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("index.search.embedder.load", lambda settings=None: FakeEmbedder())
    monkeypatch.setattr("index.search.searcher.shipped", typed_fitted)
    monkeypatch.setattr("app.tabs.keeping.SLOW", 0.0)
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    made = Desk(tmp_path / "store", tmp_path / "corpus", token=TOKEN)
    made.prepare()
    return made


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return served(desk)


def served(desk: Desk) -> TestClient:
    app = FastAPI()
    app.include_router(keeping.router(desk))
    return TestClient(app)


def keys(desk: Desk) -> list[str]:
    assert desk.base
    return [one.key for one in desk.base.documents()]


def left(tmp_path: Path) -> list[str]:
    """List what lies in the corpus, among the uploads and in the bin."""
    places = (tmp_path / "corpus", tmp_path / ".store.keeping" / "uploads", tmp_path / ".store.keeping" / "bin")
    files = (path for place in places for path in place.rglob("*") if path.is_file())
    return sorted(path.relative_to(tmp_path).as_posix() for path in files)


def settled(client: TestClient, upload_id: str) -> dict[str, str]:
    """Wait until an upload waits for a person."""
    until = time.monotonic() + 120
    while (found := client.get(f"/keep/uploads/{upload_id}", headers=WITH).json())["moving"]:
        assert time.monotonic() < until, found
        time.sleep(0.05)
    return found


def sent(client: TestClient, name: str, data: str | bytes) -> dict[str, str]:
    body = data.encode() if isinstance(data, str) else data
    reply = client.post(f"/keep/uploads?name={quote(name)}", content=body, headers=WITH)
    assert reply.status_code == 201, reply.text
    return settled(client, reply.json()["id"])


def confirmed(client: TestClient, upload_id: str, differs: str = "") -> dict[str, str]:
    reply = client.post(f"/keep/uploads/{upload_id}/confirm", json={"differs": differs}, headers=WITH)
    assert reply.status_code == 202, reply.text
    return settled(client, upload_id)


def refused(reply: object) -> tuple[int, str, str]:
    said = reply.json()  # type: ignore[attr-defined]
    return reply.status_code, said["problem"], said["remedy"]  # type: ignore[attr-defined]


def test_without_a_token_on_the_server_there_is_nothing(desk: Desk) -> None:
    desk.token = None
    client = served(desk)
    assert client.get("/view/keeping").text == ""
    for way in ("check", "uploads", "remove", "removed/x/restore", "uploads/x/confirm"):
        assert client.post(f"/keep/{way}", headers=WITH).status_code == 404
    assert client.get("/keep/documents", headers=WITH).status_code == 404


def test_a_token_is_needed_where_the_base_changes_and_only_there(client: TestClient, tmp_path: Path) -> None:
    assert "添加文件" in client.get("/view/keeping").text
    assert refused(client.post("/keep/uploads?name=a.txt", content=b"x")) == (
        401,
        "添加和移出文件要凭口令",
        "请输入口令",
    )
    wrong = {"X-Keep-Token": "0123456789abcdeF"}
    assert refused(client.post("/keep/remove", json={"document": NUMBERS[0]}, headers=wrong))[:2] == (403, "口令不对")
    assert client.post("/keep/check", headers=WITH).status_code == 204
    assert left(tmp_path) == ["corpus/1.txt", "corpus/2.txt"]


def test_what_waits_to_be_confirmed_is_listed_for_who_has_the_token(client: TestClient) -> None:
    assert refused(client.get("/keep/uploads"))[0] == 401
    assert client.get("/keep/uploads", headers=WITH).json() == {"uploads": []}
    first, broken = sent(client, "甲.txt", text_of(3)), sent(client, "坏.pdf", "%PDF-1.7 broken")
    second, third = sent(client, "乙.txt", text_of(4)), sent(client, "丙.txt", text_of(5))
    assert (first["name"], first["size"], broken["state"]) == ("甲.txt", len(text_of(3).encode()), "fault")
    assert client.get("/keep/uploads", headers=WITH).json() == {"uploads": [first, second, third]}
    client.post(f"/keep/uploads/{second['id']}/cancel", headers=WITH)
    confirmed(client, third["id"])
    assert client.get("/keep/uploads", headers=WITH).json() == {"uploads": [first]}
    assert confirmed(client, first["id"])["state"] == "added"


def test_an_address_that_guesses_is_shut_out(client: TestClient) -> None:
    for _ in range(10):
        assert client.post("/keep/check", headers={"X-Keep-Token": "x"}).status_code == 403
    assert refused(client.post("/keep/check", headers=WITH)) == (429, "口令输错次数太多", "请过 10 分钟再试")


def test_a_file_is_shown_then_added_and_found_at_once(client: TestClient, desk: Desk, tmp_path: Path) -> None:
    shown = sent(client, "甲.txt", text_of(3))
    assert shown["state"] == "read"
    assert (
        "<dt>标题</dt><dd>青禾市民政局关于第3项工作的通知</dd><dt>文号</dt><dd>青民发〔2024〕3号</dd>" in shown["card"]
    )
    assert "库中没有这份文件，将作为新文件加入。" in shown["card"]
    assert "2 个条款，0 个目标值，0 张表格" in shown["card"]
    assert "遗失 0" in shown["card"]
    assert keys(desk) == NUMBERS[:2]
    added = confirmed(client, shown["id"])
    assert (added["state"], "知识库现有 3 份文件" in added["card"]) == ("added", True)
    assert keys(desk) == NUMBERS[:3]
    assert left(tmp_path) == ["corpus/1.txt", "corpus/2.txt", "corpus/甲.txt"]
    said = json.loads((tmp_path / ".store.keeping" / "log.jsonl").read_text(encoding="utf-8"))
    assert (said["what"], said["document"], said["files"]) == ("add", NUMBERS[2], ["甲.txt"])
    assert set(said) == {"when", "what", "document", "files", "address"}


def test_a_file_that_is_cancelled_leaves_nothing(client: TestClient, desk: Desk, tmp_path: Path) -> None:
    shown = sent(client, "甲.txt", text_of(3))
    assert client.post(f"/keep/uploads/{shown['id']}/cancel", headers=WITH).status_code == 204
    assert left(tmp_path) == ["corpus/1.txt", "corpus/2.txt"]
    assert refused(client.get(f"/keep/uploads/{shown['id']}", headers=WITH))[:2] == (404, "没有这份待确认的文件")
    assert keys(desk) == NUMBERS[:2]


def test_another_text_asks_what_is_to_become_of_the_two(client: TestClient, desk: Desk, tmp_path: Path) -> None:
    shown = sent(client, "2.txt", text_of(2, NEWER))
    assert 'value="replace" required' in shown["card"] and 'value="beside" required' in shown["card"]
    reply = client.post(f"/keep/uploads/{shown['id']}/confirm", json={}, headers=WITH)
    assert refused(reply) == (409, f"知识库里已有“{NUMBERS[1]}”，正文不同", "请选择换下原文本，还是作为另一版式")
    assert confirmed(client, shown["id"], "replace")["state"] == "added"
    assert left(tmp_path) == ["corpus/1.txt", "corpus/2.txt", "corpus/2（2）.txt"]  # no file is overwritten
    assert desk.base
    assert desk.base.show(f"{NUMBERS[1]}/一/第1段").text == NEWER


def test_a_file_that_the_base_has_cannot_be_added(client: TestClient) -> None:
    shown = sent(client, "旧.txt", text_of(1))
    assert "不必再加" in shown["card"] and "确认加入" not in shown["card"]
    reply = client.post(f"/keep/uploads/{shown['id']}/confirm", json={}, headers=WITH)
    assert refused(reply) == (409, "“旧.txt”已在知识库里", "不必再加，请取消")


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("甲.html", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "内容却是Word 97—2003 或 WPS 文件；请把文件名的结尾改为“.doc”"),
        ("甲.pdf", b"%PDF-1.7\nbroken", "甲.pdf"),
        ("甲.exe", b"MZ\x90\x00", "不支持的文件类型“.exe”"),
        ("甲", b"\x00\x01", "不支持的文件类型“”"),
        ("<img src=x onerror=alert(1)>.docx", b"PK\x03\x04 nothing", "&lt;"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_and_leaves_nothing(
    client: TestClient, tmp_path: Path, name: str, data: bytes, problem: str
) -> None:
    shown = sent(client, name, data)
    assert shown["state"] == "fault"
    assert "这份文件读不了，没有加入。" in shown["card"]
    assert problem.replace("&lt;", "_img src=x onerror=alert(1)_") in shown["card"]
    assert left(tmp_path) == ["corpus/1.txt", "corpus/2.txt"]


@pytest.mark.skipif(not CASES.is_dir(), reason="no hostile files at ../shared/hostile/cases")
@pytest.mark.parametrize("case", ["span_bomb", "quadratic_numerals", "long_title"])
def test_a_hostile_file_is_read_within_limits_and_can_be_cancelled(
    client: TestClient, tmp_path: Path, case: str
) -> None:
    shown = sent(client, f"{case}.html", (CASES / case / "bad.html").read_bytes())
    assert shown["state"] in ("read", "fault")
    client.post(f"/keep/uploads/{shown['id']}/cancel", headers=WITH)
    assert left(tmp_path) == ["corpus/1.txt", "corpus/2.txt"]


def test_markup_in_a_title_is_only_text(client: TestClient) -> None:
    shown = sent(client, "a.txt", notice("<script>alert(1)</script>工作的通知", NUMBERS[6]))
    assert "<script>" not in shown["card"] and "&lt;script&gt;" in shown["card"]


def test_a_long_title_is_cut_on_its_card(client: TestClient) -> None:
    shown = sent(client, "a.txt", notice("长" * 5000 + "工作的通知", NUMBERS[6]))
    assert len(shown["card"]) < 5000


def test_names_of_strangers_reach_no_other_folder(client: TestClient, tmp_path: Path) -> None:
    for name in ("../../../evil.txt", "C:\\evil.txt", ".evil.txt", "README.txt"):
        shown = sent(client, name, text_of(3))
        assert confirmed(client, shown["id"])["state"] == "added"
        client.post("/keep/remove", json={"document": NUMBERS[2]}, headers=WITH)
    log = (tmp_path / ".store.keeping" / "log.jsonl").read_text(encoding="utf-8").splitlines()
    names = [json.loads(line)["files"] for line in log if json.loads(line)["what"] == "add"]
    assert names == [["evil.txt"], ["evil.txt"], ["文件_evil.txt"], ["文件_README.txt"]]
    assert not list(tmp_path.parent.glob("evil*"))


def test_what_is_too_large_is_refused_while_it_comes(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.keeping.receiving.LIMIT", 1 << 20)
    told = (413, "文件超过 1 MB", "请拆成几份，或另存为较小的文件后重试")
    address = "/keep/uploads?name=a.pdf"
    assert refused(client.post(address, content=b"x" * ((1 << 20) + 1), headers=WITH)) == told
    chunks = iter([b"x" * (1 << 20), b"x"])  # sent without a length
    assert refused(client.post(address, content=chunks, headers=WITH)) == told
    assert refused(client.post(address, content=b"", headers=WITH))[:2] == (400, "文件是空的（0 字节）")
    assert left(tmp_path) == ["corpus/1.txt", "corpus/2.txt"]
    assert list((tmp_path / ".store.keeping" / "uploads").iterdir()) == []


def test_twenty_files_at_most_are_on_their_way(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.keeping.uploads.AT_ONCE", 2)
    first = [sent(client, f"{count}.txt", text_of(count)) for count in (3, 4)]
    reply = client.post("/keep/uploads?name=5.txt", content=text_of(5).encode(), headers=WITH)
    assert refused(reply) == (429, "已有 2 份文件等待确认", "请先确认或取消其中一些")
    client.post(f"/keep/uploads/{first[0]['id']}/cancel", headers=WITH)
    assert sent(client, "5.txt", text_of(5))["state"] == "read"


def test_a_full_disk_refuses_the_upload(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("app.keeping.receiving.shutil.disk_usage", lambda path: usage(100, 99, 1))
    reply = client.post("/keep/uploads?name=a.txt", content=text_of(3).encode(), headers=WITH)
    assert refused(reply) == (507, "磁盘空间不足，收不下这个文件", "请清理磁盘后重试；知识库未动")
    assert list((tmp_path / ".store.keeping" / "uploads").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / ".store.keeping").write_text("no folder", encoding="utf-8")
    reply = client.post("/keep/uploads?name=a.txt", content=text_of(3).encode(), headers=WITH)
    status, problem, remedy = refused(reply)
    assert (status, problem.split("（")[0]) == (507, f"不能写入 {tmp_path / '.store.keeping'}")
    assert remedy == "知识库未动；请检查磁盘空间和权限后重试"


def test_a_lost_connection_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    folder = Folder(desk.store)
    uploads = Uploads(desk, folder, Writer(desk))

    async def cut() -> object:
        yield b"x" * 1000
        raise ClientDisconnect

    with pytest.raises(ClientDisconnect):
        asyncio.run(uploads.receive("a.pdf", 5000, cut()))
    assert list(folder.uploads.iterdir()) == []

    async def short() -> object:
        yield b"x" * 1000

    with pytest.raises(Refused, match="文件没有收全"):
        asyncio.run(uploads.receive("a.pdf", 5000, short()))
    assert list(folder.uploads.iterdir()) == []


def test_a_restart_sweeps_what_was_on_its_way(client: TestClient, desk: Desk, tmp_path: Path) -> None:
    shown = sent(client, "甲.txt", text_of(3))
    put(tmp_path / ".store.keeping" / "uploads" / "half", "part", "x")
    again = served(desk)
    assert left(tmp_path) == ["corpus/1.txt", "corpus/2.txt"]
    assert again.get(f"/keep/uploads/{shown['id']}", headers=WITH).status_code == 404


def test_a_file_that_nobody_confirms_is_forgotten(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.keeping.uploads._KEPT", 0.0)
    client.post("/keep/uploads?name=a.txt", content=text_of(3).encode(), headers=WITH)
    until = time.monotonic() + 60
    while left(tmp_path) != ["corpus/1.txt", "corpus/2.txt"] and time.monotonic() < until:
        time.sleep(0.05)
    assert left(tmp_path) == ["corpus/1.txt", "corpus/2.txt"]


def test_a_failed_add_leaves_corpus_and_base_and_can_be_tried_again(
    client: TestClient, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = sent(client, "甲.txt", text_of(3))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("index.store.generations.write", full)
        failed = confirmed(client, shown["id"])
    assert failed["state"] == "read"
    assert "失败（No space left on device）</b>；原有知识库未动；请检查磁盘空间和权限后重试。" in failed["card"]
    assert not (tmp_path / "corpus" / "甲.txt").exists()
    assert keys(desk) == NUMBERS[:2]
    assert confirmed(client, shown["id"])["state"] == "added"
    assert keys(desk) == NUMBERS[:3]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_that_nobody_foresaw_is_told_and_leaves_nothing(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KnowledgeBase, "preview", staticmethod(lambda files, store: 1 / 0))
    assert "处理时程序出错；请联系管理员查看服务器上的出错信息" in sent(client, "a.txt", text_of(3))["card"]
    assert left(tmp_path) == ["corpus/1.txt", "corpus/2.txt"]


def test_two_of_one_number_at_once_ask_again(client: TestClient) -> None:
    one, other = sent(client, "甲.txt", text_of(3)), sent(client, "乙.txt", text_of(3, NEWER))
    assert confirmed(client, one["id"])["state"] == "added"
    asked = confirmed(client, other["id"])
    assert asked["state"] == "read"
    assert "知识库在这期间有了变动，这份文件还没有加入" in asked["card"]
    assert 'value="replace" required' in asked["card"]
    assert confirmed(client, other["id"], "beside")["state"] == "added"


def test_another_writer_is_waited_for_by_a_person(client: TestClient, desk: Desk, tmp_path: Path) -> None:
    from filelock import FileLock

    with FileLock(desk.store / "LOCK"):
        reply = client.post("/keep/remove", json={"document": NUMBERS[1]}, headers=WITH)
    assert reply.status_code == 409
    assert "正在由另一进程" in reply.json()["problem"] and reply.json()["remedy"] == "请等它结束后再试"
    assert left(tmp_path) == ["corpus/1.txt", "corpus/2.txt"]


def test_a_document_taken_out_can_be_put_back(client: TestClient, desk: Desk, tmp_path: Path) -> None:
    listed = client.get("/keep/documents?find=第2项", headers=WITH).text
    assert f'data-remove="{NUMBERS[1]}" data-title="青禾市民政局关于第2项工作的通知" data-clauses="2"' in listed
    gone = client.post("/keep/remove", json={"document": NUMBERS[1]}, headers=WITH).json()
    assert gone["said"] == "已移出《青禾市民政局关于第2项工作的通知》，30 天内可以放回"
    assert keys(desk) == NUMBERS[:1]
    assert left(tmp_path) == [
        f".store.keeping/bin/{gone['removed']}/0.txt",
        f".store.keeping/bin/{gone['removed']}/record.json",
        "corpus/1.txt",
    ]
    assert KnowledgeBase.is_current(desk.store)
    assert "放回《青禾市民政局关于第2项工作的通知》" in client.get("/keep/removed", headers=WITH).text
    back = client.post(f"/keep/removed/{gone['removed']}/restore", headers=WITH)
    assert back.json() == {"said": "已放回《青禾市民政局关于第2项工作的通知》"}
    assert keys(desk) == NUMBERS[:2]
    assert left(tmp_path) == ["corpus/1.txt", "corpus/2.txt"]
    assert KnowledgeBase.is_current(desk.store)
    again = client.post(f"/keep/removed/{gone['removed']}/restore", headers=WITH)
    assert refused(again)[:2] == (404, "没有这份移出的文件")


def test_an_earlier_text_is_earlier_still_when_it_comes_back(client: TestClient, desk: Desk) -> None:
    confirmed(client, sent(client, "0.md", text_of(2, NEWER))["id"], "replace")
    before = KnowledgeBase.files_of(NUMBERS[1], desk.store)
    assert [(one.name, one.is_earlier) for one in before] == [("0.md", False), ("2.txt", True)]
    gone = client.post("/keep/remove", json={"document": NUMBERS[1]}, headers=WITH).json()
    client.post(f"/keep/removed/{gone['removed']}/restore", headers=WITH)
    assert KnowledgeBase.files_of(NUMBERS[1], desk.store) == before


def test_what_was_taken_out_does_not_displace_a_text_that_came_later(
    client: TestClient, desk: Desk, tmp_path: Path
) -> None:
    gone = client.post("/keep/remove", json={"document": NUMBERS[1]}, headers=WITH).json()
    confirmed(client, sent(client, "2.txt", text_of(2, NEWER))["id"])
    before = left(tmp_path)
    reply = client.post(f"/keep/removed/{gone['removed']}/restore", headers=WITH)
    told = f"知识库里现有的“{NUMBERS[1]}”正文与移出的不同"
    assert refused(reply) == (409, told, "请先移出现有的那一份，再放回这一份")
    assert left(tmp_path) == before
    assert keys(desk) == NUMBERS[:2]


def test_a_file_that_cannot_be_moved_away_stays_with_its_document(
    client: TestClient, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed(client, sent(client, "0.md", text_of(2) + "\n")["id"])  # two files, of which the second cannot be moved
    before, copy = left(tmp_path), shutil.copyfile

    def refuse(source: Path, target: Path) -> None:
        if "bin" in target.parts and target.name.startswith(".1."):
            raise OSError(13, "Permission denied")
        copy(source, target)

    with monkeypatch.context() as patched:
        patched.setattr("app.keeping.bin.shutil.copyfile", refuse)
        reply = client.post("/keep/remove", json={"document": NUMBERS[1]}, headers=WITH)
    told = f"不能写入 {tmp_path / '.store.keeping'}（Permission denied）"
    assert refused(reply) == (507, told, "知识库未动；请检查磁盘空间和权限后重试")
    assert left(tmp_path) == before
    assert keys(desk) == NUMBERS[:2]


def test_the_last_document_cannot_be_taken_out(client: TestClient, desk: Desk, tmp_path: Path) -> None:
    client.post("/keep/remove", json={"document": NUMBERS[1]}, headers=WITH)
    before = left(tmp_path)
    reply = client.post("/keep/remove", json={"document": NUMBERS[0]}, headers=WITH)
    assert refused(reply)[:2] == (409, f"知识库里只有“{NUMBERS[0]}”这一份文件，移出后就空了")
    assert left(tmp_path) == before
    reply = client.post("/keep/remove", json={"document": "青民发〔2024〕99号"}, headers=WITH)
    assert refused(reply)[:2] == (409, "知识库里没有文件“青民发〔2024〕99号”")


def test_a_base_that_is_still_made_ready_takes_nothing(tmp_path: Path) -> None:
    client = served(Desk(tmp_path / "store", token=TOKEN))
    reply = client.post("/keep/uploads?name=a.txt", content=b"x", headers=WITH)
    assert refused(reply) == (503, "知识库还在准备", "请稍候再试")


def test_a_store_that_went_away_is_told(client: TestClient, desk: Desk) -> None:
    (desk.store / "CURRENT").unlink()
    with pytest.raises(StoreError):
        KnowledgeBase.generation_of(desk.store)
    shown = sent(client, "a.txt", text_of(3))
    assert "里没有知识库" in shown["card"]
