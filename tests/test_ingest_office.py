"""Word 97 and WPS files: made into DOCX by LibreOffice where it is installed, else a message that says what to do."""

import shutil
import sys

import pytest
from word_files import par, word

from ingest import read_document
from ingest.errors import UnreadableFile, UnsupportedFormat
from ingest.readers import office

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "通知.wps"
    path.write_bytes(OLE)
    return path


def program(folder, lines):
    """Put a stand-in for LibreOffice into a folder, as LibreOffice is called: it finds the folder for what it makes behind --outdir."""
    path = folder / "soffice"
    head = f"#!{sys.executable}\nimport pathlib, sys, time\nout = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\nout.mkdir()\n"
    path.write_text(head + lines, encoding="utf-8")
    path.chmod(0o755)
    return str(path)


posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a first line for a shell")


def test_without_libreoffice_the_user_is_told(file, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(UnsupportedFormat) as caught:
        read_document(file)
    assert str(caught.value) == (
        "通知.wps: Word 97—2003 或 WPS 文件要靠 LibreOffice 转换，本机没有安装；请安装 LibreOffice，或用 Word、WPS 另存为 .docx 文件"
    )


@posix
def test_what_libreoffice_makes_is_read_as_docx(file, tmp_path, monkeypatch):
    (tmp_path / "made.docx").write_bytes(
        word(par("关于养老服务的通知") + par("一、工作目标") + par("到2025年，床位达到1000张。"))
    )
    copy = f"(out / 'source.docx').write_bytes(pathlib.Path({str(tmp_path / 'made.docx')!r}).read_bytes())\n"
    fake = program(tmp_path, copy)
    monkeypatch.setattr(shutil, "which", lambda name: fake)
    document = read_document(file)
    assert document.source.format == "doc"
    assert [clause.clause_id for clause in document.clauses] == ["关于养老服务的通知/一/第1段"]


@posix
def test_a_file_that_libreoffice_cannot_read(file, tmp_path, monkeypatch):
    fake = program(tmp_path, "sys.exit(1)\n")
    monkeypatch.setattr(shutil, "which", lambda name: fake)
    with pytest.raises(UnreadableFile) as caught:
        read_document(file)
    assert (
        str(caught.value)
        == "通知.wps: LibreOffice 读不了这个文件，可能已损坏或加密；请用 Word、WPS 打开后另存为 .docx 文件"
    )


@posix
def test_libreoffice_is_ended_when_it_takes_too_long(file, tmp_path, monkeypatch):
    fake = program(tmp_path, "time.sleep(600)\n")
    monkeypatch.setattr(shutil, "which", lambda name: fake)
    monkeypatch.setattr(office, "SECONDS", 1)
    with pytest.raises(UnreadableFile, match="1 秒内没有转换完"):
        read_document(file)
