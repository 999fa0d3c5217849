"""The command that serves the page: its exit code, and the one clear line that it ends with."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import main
from app.desk import Desk

ROOT = Path(__file__).parent.parent


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.splitlines()


def test_command_ends_with_1_when_there_is_no_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--port", "0", "--store", str(tmp_path / "store"), "--corpus", str(tmp_path / "none")]
    assert main(arguments) == 1
    assert said(capsys)[-1] == f"没有文件夹 {tmp_path / 'none'}；请给出存放政策文件的文件夹"


def test_command_ends_with_1_when_the_port_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 1
    assert said(capsys)[-1].startswith(f"网页不能使用 127.0.0.1 的端口 {port}（")


def test_a_file_of_milvus_lite_is_not_shared_by_processes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = f"milvus+lite://{tmp_path}/base.db/policy"
    assert main(["--port", "0", "--store", address, "--texts", str(tmp_path), "--processes", "2"]) == 1
    assert said(capsys) == [f"{address} 的文件只能由一个进程打开；请用 --processes 0，或用 Milvus 服务的地址"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_command_ends_with_1_when_the_making_ready_breaks_down(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(desk: Desk) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Desk, "prepare", broken)
    assert main(["--port", "0"]) == 1
    assert said(capsys)[-1] == "知识库没有建成，或网页没能启动；原因见上面的出错信息"


def test_a_reranker_that_is_not_there_ends_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = str(tmp_path / "none")
    assert main(["--port", "0", "--store", str(tmp_path / "store"), "--reranker", name]) == 1
    assert said(capsys)[-1] == f"没有重排模型文件夹 {name}；请检查路径"


def test_address_of_all_interfaces_is_one_that_a_browser_takes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--host", "0.0.0.0", "--port", "0", "--store", str(tmp_path / "store"), "--corpus", str(tmp_path / "none")])
    assert said(capsys)[0].startswith("网页地址 http://127.0.0.1:")


def test_the_process_ends_with_1_and_says_why_in_utf_8(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.pdf").write_bytes(b"no PDF")
    command = [sys.executable, ROOT / "search_app.py", "--port", "0", "--store", "store", "--corpus", "corpus"]
    elsewhere = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    done = subprocess.run(command, cwd=tmp_path, env=elsewhere, capture_output=True, encoding="utf-8", check=False)
    lines = done.stderr.splitlines()
    assert done.returncode == 1
    assert lines[1] == "store 里没有知识库，现在从 corpus 建立"
    assert lines[-1].startswith("corpus 里没有一个文件能读：a.pdf: PDF 已损坏，无法解析；")
