"""Text layers that say something else than the page shows, pictures of text, and files too large."""

from collections import Counter
from pathlib import Path

import pytest
from pdf_files import Drawing, ids
from PIL import Image, ImageDraw, ImageFont

from ingest.errors import NoText, UnreadableFile
from ingest.readers import legibility, pdf, scan
from ingest.records import Sentence

ARTICLES = [" 第一条为了加强管理，制定本办法。", " 第二条本办法自公布之日起施行。"]


def chars(text, wide=1.0):
    return [{"text": char, "x0": 0.0, "x1": 16.0 * wide, "size": 16.0} for char in text]


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("\ufffd" * 40 + "0123456789", 1.0),  # (cid:31): no map to Unicode
        ("\ue001\ue002\ue0a3" * 10 + "北京市公报", 1.0),  # private codes
        ("!\"#$%&’()*+,-./0123456789:;<=", 1.0),  # signs in place of Chinese, drawn as wide as Chinese is
        ("¹ØÓÚÓ¡·¢¹ÜÀí°ì·¨µÄÍ¨Öª", 0.5),  # GBK read as Latin
        ("\x01\x02\x03\x04\x05 \x06\x07", 0.5),
    ],
)  # fmt: skip
def test_garbled_layers(text, wide):
    assert legibility.is_garbled(chars(text, wide))


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("关于印发青禾市管理办法的通知（２０２３年）", 1.0),
        ("The quick brown fox, 3.5% of 1,234 (see §4.2) – “quoted”.", 0.5),
        ("兜牢民生最底部.以不低于居民人均可支配收入增幅为标准,每年调整", 1.0),  # half-width codes drawn full-width
        ("\uf06c 一、总体要求 \uf06c 二、主要任务", 1.0),  # bullets of a symbol font
        ("1,234.56 7,890.12 - - 45.6% 2023-01-01", 0.5),
    ],
)  # fmt: skip
def test_sound_layers(text, wide):
    assert not legibility.is_garbled(chars(text, wide))


def test_other_characters_than_are_drawn():
    rare = "".join(chr(0x7000 + 7 * place) for place in range(80))
    assert legibility.is_other_text(Counter(rare))
    assert not legibility.is_other_text(Counter(rare[:40]))
    assert not legibility.is_other_text(
        Counter("各区人民政府，市政府各委、办、局：现将管理办法印发给你们，请认真按照执行。" * 3)
    )
    assert not legibility.is_other_text(
        Counter("本條例適用於在本市行政區域內從事經營活動的單位和個人，有關部門應當依法進行監督管理。" * 3)
    )


@pytest.fixture
def without_ocr(monkeypatch):
    monkeypatch.setattr(scan, "is_installed", lambda: False)


def test_file_of_signs_is_refused(without_ocr, monkeypatch):
    monkeypatch.setattr(legibility, "is_garbled", lambda shown: bool(shown))
    drawing = Drawing()
    drawing.lines(80, 100, ARTICLES)
    with pytest.raises(NoText) as caught:
        drawing.pages()
    assert str(caught.value) == (
        "试.pdf: 1 页的文字层都是乱码（字体没有对应的文字编码，读出来不是页面上的字）；" + scan.REMEDY
    )


def mixed(pictures):
    """A page of text, then pages that are one picture each."""
    drawing = Drawing()
    drawing.text(190, 90, "青禾市管理办法", size=22)
    drawing.lines(80, 140, ARTICLES)
    for _ in range(pictures):
        drawing.page()
        drawing.picture(0, 0, 595, 842)
        drawing.text(290, 790, "- 2 -")
    return drawing


def test_picture_among_pages_with_text_is_warned_of(without_ocr):
    drawing = mixed(1)
    drawing.page()
    drawing.lines(80, 140, [" 第三条由市民政局负责解释。"])
    document = drawing.document()
    assert document.warnings == (f"第2页：没有文字层，像是扫描图片，本页未读入；{scan.REMEDY}",)
    assert ids(document) == ["第一条", "第二条", "第三条"]
    assert document.account.lost == 0


def test_file_of_more_pictures_than_text_is_refused(without_ocr):
    with pytest.raises(NoText, match="3 页中有 2 页没有文字层，像是扫描图片"):
        mixed(2).pages()


def test_too_many_pages_are_refused_before_they_are_read(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    with pytest.raises(UnreadableFile, match="试.pdf: PDF 有 2 页，一次最多读 1 页；请拆分成几个文件后再读"):
        mixed(1).pages()


def test_more_pictures_than_can_be_read_at_once(monkeypatch):
    monkeypatch.setattr(scan, "is_installed", lambda: True)
    monkeypatch.setattr(scan, "MOST_PAGES", 1)
    with pytest.raises(NoText, match="4 页中有 3 页没有文字层，像是扫描图片；一次最多识别 1 页，请拆分成几个文件"):
        mixed(3).pages()


def chinese_font():
    folders = ("/usr/share/fonts", "/System/Library/Fonts", "C:/Windows/Fonts")
    names = ("*CJK*.tt[cf]", "PingFang.ttc", "simsun.ttc")
    found = [path for folder, name in zip(folders, names, strict=True) for path in sorted(Path(folder).rglob(name))]
    return str(found[0]) if found else pytest.skip("没有中文字体，画不出扫描图片")


def scanned(turn=0):
    """A picture of a page with a red seal across the signature."""
    image = Image.new("RGB", (1190, 1684), "white")
    draw = ImageDraw.Draw(image)
    font, title = ImageFont.truetype(chinese_font(), 32), ImageFont.truetype(chinese_font(), 44)
    draw.text((380, 200), "青禾市管理办法", "black", title)
    for place, words in enumerate(
        ["第一条为了加强无障碍设施的管理，制定本办法。", "第二条本办法自公布之日起施行，由市民政局负责解", "释。"]
    ):
        draw.text((160 if place == 2 else 224, 320 + 60 * place), words, "black", font)
    draw.ellipse((600, 700, 900, 1000), outline="red", width=8)
    draw.text((650, 760), "青禾公章", "red", title)
    draw.text((660, 820), "青禾市民政局", "black", font)
    return image.rotate(-turn, expand=True)


@pytest.mark.skipif(not scan.is_installed(), reason="没有安装文字识别（pip install .[ocr]）")
@pytest.mark.parametrize("turn", [0, 90, 180])
def test_scan_is_read_by_ocr_whichever_way_it_lies(turn):
    drawing = Drawing()
    drawing.picture(0, 0, 595, 842, scanned(turn))
    document = drawing.document()
    assert document.metadata.title == "青禾市管理办法"
    first, second = document.clauses[:2]
    assert first.text == "第一条为了加强无障碍设施的管理，制定本办法。"
    assert second.sentences[0].text == "第二条本办法自公布之日起施行，由市民政局负责解释。"
    assert "公章" not in document.text
    assert document.warnings[0] == "第1页：文字由图片识别（OCR）得出，引用前请与原件核对"


def test_characters_of_a_picture_are_spread_over_their_words():
    word = ([(200, 100), (520, 100), (520, 132), (200, 132)], "条款（一）的内容，", 0.8)
    short = ([(200, 160), (232, 160), (232, 192), (200, 192)], "见", 0.99)
    (line,) = scan.characters([scan.Reading((word, short), 2.0, 842.0, 0)])
    assert "".join(char["text"] for char in line) == "条款（一）的内容，见"
    assert {char["size"] for char in line} == {line[0]["size"]}
    assert (line[0]["x0"], round(line[8]["x1"]), line[0]["confidence"]) == (100.0, 260, 0.8)


def test_sentence_read_with_little_confidence_is_doubtful(monkeypatch):
    words = [("第一条为了加强管理，制定本办法。", 0.99), ("第二条本办法自公布之日起施行。", 0.6)]
    boxes = [[(160, y), (672, y), (672, y + 32), (160, y + 32)] for y in (300, 360)]
    reading = scan.Reading(tuple((box, *word) for box, word in zip(boxes, words, strict=True)), 2.0, 842.0, 0)
    monkeypatch.setattr(scan, "is_installed", lambda: True)
    monkeypatch.setattr(pdf, "_picture_read", lambda page: reading)
    drawing = Drawing()
    drawing.picture(0, 0, 595, 842)
    sentences: list[Sentence] = [one for clause in drawing.document().clauses for one in clause.sentences]
    assert [one.doubtful for one in sentences] == [False, True]
