"""Bad input: each file gets one message that says what, where and what to do, and the rest goes on."""

import io
import json

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas
from word_files import par, word

from ingest import read_document
from ingest.__main__ import main
from ingest.errors import NoText, UnreadableFile, UnsupportedFormat
from ingest.readers.scan import REMEDY


def pdf(text="一、总体要求", encrypt=None, image=False):
    registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=encrypt, invariant=1)
    if image:
        from PIL import Image

        canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), "white")), 50, 500)
    else:
        canvas.setFont("STSong-Light", 16)
        canvas.drawString(80, 700, text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind", "message"),
    [
        ("空.pdf", b"", UnreadableFile, "空.pdf: 文件是空的（0 字节）；请重新下载或重新导出该文件"),
        ("半截.pdf", pdf()[:300], UnreadableFile, "半截.pdf: PDF 已损坏，无法解析；请重新下载，或用原软件重新导出 PDF"),
        ("杂.pdf", b"not a pdf at all", UnreadableFile, "杂.pdf: PDF 已损坏，无法解析；请重新下载，或用原软件重新导出 PDF"),
        ("密.pdf", pdf(encrypt="secret"), UnreadableFile, "密.pdf: PDF 已加密，需要口令；请用口令打开后另存为不加密的 PDF"),
        ("扫描.pdf", pdf(image=True), NoText, "扫描.pdf: 1 页都没有文字层，像是扫描图片；" + REMEDY),
        ("表.xlsx", b"PK", UnsupportedFormat, "表.xlsx: 不支持的文件类型“.xlsx”；请改用 .pdf、.ofd、.docx、.doc、.wps、.html、.htm、.md、.txt 文件"),
        ("空.html", b"<html><body> </body></html>", NoText, "空.html: 网页里没有正文；请确认保存的是完整网页（而不是只有框架或脚本的页面）"),
    ],
)  # fmt: skip
def test_bad_file_is_named_with_its_fault_and_remedy(tmp_path, name, data, kind, message):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(kind) as caught:
        read_document(path)
    assert str(caught.value) == message


def test_missing_file(tmp_path):
    with pytest.raises(
        UnreadableFile, match=r"无此文件.pdf: 文件打不开（No such file or directory）；请检查路径和读取权限"
    ):
        read_document(tmp_path / "无此文件.pdf")


def test_one_bad_file_does_not_stop_the_others(tmp_path, capsys):
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "好.pdf").write_bytes(pdf())
    status = main([str(tmp_path / "坏.pdf"), str(tmp_path / "好.pdf"), "--json"])
    output = capsys.readouterr()
    assert status == 1
    assert output.err == "错误：坏.pdf: PDF 已损坏，无法解析；请重新下载，或用原软件重新导出 PDF\n"
    (line,) = output.out.splitlines()
    assert json.loads(line)["characters"] == {
        "clauses": 6,
        "headings": 0,
        "tables": 0,
        "metadata": 0,
        "furniture": 0,
        "lost": 0,
    }


def test_wrong_usage_exits_with_two():
    with pytest.raises(SystemExit) as caught:
        main([])
    assert caught.value.code == 2


def test_a_package_whose_parts_are_said_to_lie_before_its_beginning(tmp_path):
    data = word(par("一、总体要求。"))
    at = data.rindex(b"PK\x05\x06") + 16
    place = int.from_bytes(data[at : at + 4], "little") + 100
    path = tmp_path / "甲.docx"
    path.write_bytes(data[:at] + place.to_bytes(4, "little") + data[at + 4 :])
    with pytest.raises(
        UnreadableFile, match="甲.docx: DOCX 部件“_rels/.rels”已损坏，解不开；请重新下载，或用原软件打开后重新保存"
    ):
        read_document(path)
