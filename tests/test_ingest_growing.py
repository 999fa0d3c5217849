"""Crafted text of any pattern: read to the end, in time that grows with its length, with nothing lost and every span right."""

import random
import zlib

import pytest
from growing import PATTERNS, grown
from html_pages import page as web_page
from pdf_files import HEIGHT, Drawing

from ingest import compose
from ingest.clauses import cut
from ingest.errors import UnreadableFile
from ingest.furniture import furniture
from ingest.heads.lines import is_note
from ingest.heads.lists import contents
from ingest.pages import Line, Page
from ingest.readers.html import read as read_html
from ingest.readers.pdf import read as read_pdf
from ingest.readers.text import read as read_text
from ingest.records import Clause, Sentence, SourceFile, Span
from ingest.statements import statements
from ingest.stretches import stretches
from ingest.targets.quantities import cell_quantity
from ingest.units.reading import read_units


def _document(text):
    return compose(SourceFile("a.txt", "0", "text"), read_text("a.txt", text.encode()))


def _clause(text):
    sentence = Sentence(text, 0, len(text), Span(0, len(text)), (), ())
    return Clause("甲/一", "clause", (), text, text, Span(0, len(text)), (), "", (sentence,))


def _is_sound(document):
    assert document.account.lost == 0
    for clause in document.clauses:
        assert document.source_text[clause.span.start : clause.span.end] == clause.source_text
        for sentence in clause.sentences if clause.kind != "row" else ():
            assert clause.text[sentence.start : sentence.end] == sentence.text
        for target in clause.targets if clause.kind != "row" else ():
            assert clause.text[target.start : target.end] == target.text


@pytest.mark.parametrize("seed", range(40))
def test_any_mixture_of_patterns_is_read_whole(seed):
    chosen = random.Random(seed)
    text = "".join(chosen.choice(PATTERNS) * chosen.randint(1, 9) + chosen.choice(["", "\n", "。"]) for _ in range(60))
    _is_sound(_document("甲市人民政府关于养老服务工作的通知\n\n各区：\n一、" + text.replace("<!--", "") + "甲"))


@pytest.mark.parametrize(
    "pattern", ["养老服务工作", "9", "九", "、", "（", "）", "由", "《甲》", "从5%增加到6%", "（含5", "一是"]
)
def test_a_sentence_without_end_is_read_whole(pattern):
    _is_sound(_document("甲市人民政府关于养老服务工作的通知\n\n各区：\n" + grown(pattern, 10_000) + "\n"))


def test_a_sentence_without_end_is_cut_at_a_comma():
    text = "甲" * 6000 + "乙，" + "丙" * 9000
    assert list(cut(text)) == [(0, 6002), (6002, 14003), (14003, 15002)]


def test_brackets_that_never_close_are_passed_once():
    assert len(list(cut("（甲" * 30_000))) > 1


def test_a_dense_sentence_is_read_in_stretches():
    text = "在5日内，" * 300
    assert list(stretches(text)) == [(0, 400), (400, 800), (800, 1200), (1200, 1500)]
    assert list(stretches("甲" * 1500)) == [(0, 1500)]


def test_titles_within_titles_that_never_close():
    assert list(statements([_clause("本办法施行，《" + "〈甲〉" * 3000)])) == []


@pytest.mark.parametrize(
    ("text", "repealed"),
    [
        ("《甲办法》《乙办法》（甲发〔2020〕1号）同时废止。", ["《甲办法》", "《乙办法》（甲发〔2020〕1号）"]),
        ("《甲办法》、《乙办法》（2020年1月1日废止）。", ["《甲办法》", "《乙办法》"]),
        ("《甲办法》（2020年1月1日废止）和《乙办法》。", []),
        ("《关于〈甲办法〉的通知》废止。", ["《关于〈甲办法〉的通知》"]),
    ],
)
def test_titles_that_the_words_of_repeal_follow(text, repealed):
    assert [one.value for one in statements([_clause(text)])] == repealed


def test_a_note_holds_its_word_in_its_brackets():
    assert is_note("（此件公开发布）") and not is_note("（此件）公开发布") and not is_note("（" + "公开" * 20_000)


def test_leaders_without_end():
    assert contents(["目录", "." * 40_000 + "甲", "二"], 0) == range(0, 1)
    lines = (
        Line("一" * 40_000 + "甲", page=1, top=9.0, bottom=19.0),
        Line("." * 40_000 + "甲", page=1, top=20.0, bottom=30.0),
    )
    assert furniture([Page(1, 595.0, 842.0, lines)]) == frozenset()


def test_a_duty_far_behind_is_found():
    units = read_units(_clause("甲" * 400 + "，由市民政局牵头建设养老床位。"))
    assert [(one.name, one.role) for one in units] == [("市民政局", "牵头")]


def test_a_page_of_too_many_characters_or_attributes_is_refused():
    with pytest.raises(UnreadableFile, match="有 15001.. 个字，超过上限 1500000 个"):
        read_html("a.html", web_page("<p>" + "好的。" * 500_001 + "</p>").encode())
    with pytest.raises(UnreadableFile, match="一个标签有上千个属性"):
        read_html("a.html", ("<p " + " ".join(f"a{n}=1" for n in range(3000)) + ">甲</p>").encode())


def _pdf(packed, contents=b"4 0 R"):
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/Contents %s>>"
        % contents,
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    data, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(data),
    )
    return data


def test_a_page_that_unpacks_to_endless_instructions_is_refused():
    with pytest.raises(UnreadableFile, match="第1页: 到本页已有 16 MB 以上的绘图指令"):
        read_pdf("a.pdf", _pdf(zlib.compress(b"q Q " * (5 * 1024 * 1024), 9)))


def test_a_page_of_twenty_thousand_pieces_of_instructions_is_refused():
    with pytest.raises(UnreadableFile, match="第1页: 到本页已有 16 MB 以上的绘图指令"):
        read_pdf("a.pdf", _pdf(zlib.compress(b"q Q"), b"[" + b"4 0 R " * 20_000 + b"]"))


@pytest.mark.parametrize("damage", [0, 40])
def test_a_page_that_unpacks_in_part_says_so(damage):
    line = "BT /F1 12 Tf 80 {} Td (Notice {} on the care of the aged) Tj ET\n"
    packed = zlib.compress("".join(line.format(760 - 3 * row, row**5) for row in range(200)).encode())
    (page,) = read_pdf("a.pdf", _pdf(packed[: len(packed) // 2] + b"\xff" * damage))
    assert page.warnings == ("压缩的数据有损坏，没有全部解出，本页可能缺字；请重新下载，或与原件核对",)
    (page,) = read_pdf("a.pdf", _pdf(packed[:-4] + b"\0\0\0\0"))
    assert page.warnings == ()


def test_one_figure_without_end_is_read_in_stretches():
    assert list(stretches("九" * 5000))[:2] == [(0, 400), (400, 800)]
    assert list(stretches("到2025年建成养老机构。" * 90)) == [(0, 1170)]


def test_a_cell_of_blanks_without_end():
    assert cell_quantity(" " * 100_000) is None
    assert cell_quantity("5" + " " * 100_000 + "甲") is None
    assert cell_quantity("  ≥ 17.8 % — 20 ") == ("≥", "17.8-20", None)


def test_a_grid_of_very_many_cells_is_a_drawing():
    drawing = Drawing()
    drawing.lines(90, 40, ["甲市人民政府关于养老服务工作的通知"])
    drawing.canvas.grid([50 + 4 * place for place in range(100)], [50 + 5 * place for place in range(120)])
    (page,) = drawing.pages()
    assert page.grids == () and page.warnings == ("线条过多，像是图纸，本页的表格未识别",)


def test_cells_that_a_merged_cell_covers():
    drawing = Drawing()
    for words, x, y in (("指标", 95, 120), ("目标", 205, 120), ("床位", 95, 150), ("5张", 205, 150), ("6张", 205, 180)):
        drawing.text(x, y, words, 12)
    drawing.canvas.grid([90, 200, 300], [HEIGHT - y for y in (100, 130, 190)])
    drawing.canvas.line(200, HEIGHT - 160, 300, HEIGHT - 160)
    (page,) = drawing.pages()
    rows = [["".join(line.text for line in cell.lines) for cell in row] for row in page.grids[0].rows]
    assert rows == [["指标", "目标"], ["床位", "5张"], ["床位", "6张"]]


@pytest.mark.parametrize(("key", "widths"), [("W", b"1 99999999999 500"), ("W2", b"1 99999999999 -1000 250 772")])
def test_a_font_that_gives_widths_without_end_is_refused(key, widths):
    drawing = Drawing()
    drawing.lines(90, 90, ["一、总体要求"])
    data, place = drawing.data(), b"/DescendantFonts [ <<"
    way = b"/Encoding /UniGB-UCS2-V" if key == "W2" else b"/Encoding /UniGB-UCS2-H"
    font = place + b" /%s [%s]" % (key.encode(), widths)
    assert place in data and b"/Encoding /UniGB-UCS2-H" in data
    with pytest.raises(UnreadableFile, match="第1页: PDF 已损坏，无法解析"):
        read_pdf("甲.pdf", data.replace(b"/W [", b"/X [").replace(place, font).replace(b"/Encoding /UniGB-UCS2-H", way))


def _forms(levels):
    """A page that draws a form ten times, which draws the next ten times, and so on."""
    drawing = Drawing()
    drawing.lines(90, 90, ["一、总体要求"])
    for level in range(levels):
        drawing.canvas.beginForm(f"f{level}")
        for _ in range(10):
            drawing.canvas.doForm(f"f{level - 1}") if level else drawing.canvas.line(1, 1, 2, 2)
        drawing.canvas.endForm()
    drawing.canvas.doForm(f"f{levels - 1}")
    return drawing.data()


def test_forms_that_draw_forms_are_counted_as_often_as_they_are_drawn():
    assert read_pdf("a.pdf", _forms(2))[0].lines[0].text == "一、总体要求"
    with pytest.raises(UnreadableFile, match="第1页: 到本页已有 16 MB 以上的绘图指令"):
        read_pdf("a.pdf", _forms(9))


@pytest.mark.parametrize(
    ("unit", "stated"),
    [
        ("〔2024〕", []),
        ("（甲）", []),
        ("[a]", []),
        ("《甲》〔1〕", []),
        ("有效期5年", [("有效期", "5年")]),
        ("自2024年1月1日起施行", [("施行日期", "2024-01-01")]),
    ],
)
def test_what_a_document_states_of_its_force_is_read_to_the_end_of_crafted_text(unit, stated):
    text = "本办法" + unit * (16_000 // len(unit))
    assert [(one.kind, one.value) for one in statements([_clause(text)])] == stated
