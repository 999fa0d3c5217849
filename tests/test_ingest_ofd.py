"""OFD: reading order, places in points, rules as tables; watermarks, annotations and backgrounds apart; broken packages."""

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from ofd_files import SPACE, ofd, page, rule, text
from word_files import zipped

from ingest import read_document
from ingest.errors import NoText, UnreadableFile
from ingest.readers import ofd as reader
from ingest.readers.ofd_objects import IDENTITY, Drawn, draw

SAMPLES = Path(__file__).parent.parent.parent / "shared" / "samples"


def read(*pages, **parts):
    return reader.read("试.ofd", ofd(*pages, **parts))


def words(*pages, **parts):
    return [[line.text for line in one.lines] for one in read(*pages, **parts)]


def test_lines_go_from_top_to_bottom_and_left_to_right_whatever_their_order_in_the_file():
    assert words(page(text("第二行", y=60), text("右边", x=100), text("左边"))) == [["左边 右边", "第二行"]]


def test_places_are_in_points():
    (one,) = read(page(text("甲乙", x=25.4, y=50.8)))
    (line,) = one.lines
    assert (round(one.width), round(one.height), line.size) == (595, 842, 14.2)
    assert line.edges == ((72.0, 86.17), (86.17, 100.35))
    assert (line.top, line.bottom) == (131.53, 145.7)


def test_distances_written_as_repetitions():
    (one,) = read(page(text("甲乙丙丁", deltas="g 2 6 5")))
    assert [round(left * 25.4 / 72) for left, _ in one.lines[0].edges] == [28, 34, 40, 45]


def test_distances_that_are_not_given_are_a_characters_width():
    assert words(page(text("2025年目标", deltas=""))) == [["2025年目标"]]


def test_latin_words_are_parted_and_their_letters_are_not():
    assert words(page(text("Web guide", deltas="3.9 2.5 2.5 2.5 2.5 2.5 2.5 2.5"))) == [["Web guide"]]


def test_a_matrix_of_the_object_counts():
    scaled = text("甲乙", size=10, x=0, y=10, deltas="10", extra='CTM="0.5 0 0 0.5 20 40"')
    (one,) = read(page(scaled))
    assert (one.lines[0].size, round(one.lines[0].x0 * 25.4 / 72)) == (14.2, 20)


def test_graphics_that_the_page_only_refers_to():
    unit = f'<ofd:Res {SPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="5"><ofd:Content>{text("引用的字")}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>'
    made = page('<ofd:CompositeObject ID="6" ResourceID="5" Boundary="0 0 210 297"/>')
    assert words(made, common="<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>", PublicRes=unit) == [["引用的字"]]


@pytest.mark.parametrize(
    "mark",
    [
        text("内部资料", extra='CTM="0.7 0.7 -0.7 0.7 0 0"'),
        text("内部资料", extra='Alpha="50"'),
        text("内部资料", extra='Visible="false"'),
        text("内部资料", inner='<ofd:FillColor Value="0 0 0" Alpha="40"/>'),
    ],
)
def test_watermarks_and_writing_that_is_not_seen_are_aside(mark):
    (one,) = read(page(text("正文。", y=80), mark))
    assert [line.text for line in one.lines] == ["正文。"]
    assert one.marks == ("内部资料",)
    assert one.characters == 7


BACKGROUND = {
    "common": '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0.xml"/>',
    "Tpls__Tpl_0": page(text("XX市民政局文件", y=30)),
}
USED = '<ofd:Template TemplateID="7" ZOrder="Background"/>'


def test_a_background_of_one_page_is_its_red_head_and_that_of_several_is_aside():
    once = read(page(text("正文。"), template=USED), page(text("下页。")), **BACKGROUND)
    assert [[line.text for line in one.lines] for one in once] == [["XX市民政局文件", "正文。"], ["下页。"]]
    both = read(page(text("正文。"), template=USED), page(text("下页。"), template=USED), **BACKGROUND)
    assert [[line.text for line in one.lines] for one in both] == [["正文。"], ["下页。"]]
    assert [one.marks for one in both] == [("XX市民政局文件",)] * 2


def test_annotations_are_aside():
    parts = {
        "document": "<ofd:Annotations>Annots.xml</ofd:Annotations>",
        "Annots": f'<ofd:Annotations {SPACE}><ofd:Page PageID="0"><ofd:FileLoc>Annot_0.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>',
        "Annot_0": f'<ofd:PageAnnot {SPACE}><ofd:Annot Type="Stamp" ID="3"><ofd:Appearance Boundary="0 0 210 297">{text("批注：请核对")}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>',
    }
    (one,) = read(page(text("正文。", y=80)), **parts)
    assert ([line.text for line in one.lines], one.marks) == (["正文。"], ("批注：请核对",))


def test_a_character_drawn_twice_is_one():
    (one,) = read(page(text("加粗"), text("加粗", x=28.1)))
    assert [line.text for line in one.lines] == ["加粗"]
    assert one.marks == ("加", "粗")


def test_what_lies_off_the_page_is_aside():
    (one,) = read(page(text("正文。"), text("页外", x=250)))
    assert ([line.text for line in one.lines], one.marks) == (["正文。"], ("外", "页"))


def test_a_ruled_table_with_merged_cells():
    level = [rule(20, y, 140, y) for y in (50, 80)] + [rule(60, 60, 140, 60), rule(20, 70, 140, 70)]
    upright = [rule(x, 50, x, 80) for x in (20, 60, 140)] + [rule(100, 60, 100, 80)]
    cells = [text("养老", x=25, y=60), text("目标", x=90, y=57), text("床位", x=65, y=67), text("1000张", x=105, y=67)]
    cells += [text("托育", x=25, y=77), text("托位", x=65, y=77), text("200个", x=105, y=77)]
    (one,) = read(page(text("前文。"), *level, *upright, *cells))
    (grid,) = one.grids
    shown = [["|".join(line.text for line in cell.lines) for cell in row] for row in grid.rows]
    assert shown == [["养老", "目标", "目标"], ["养老", "床位", "1000张"], ["托育", "托位", "200个"]]
    assert [line.text for line in one.lines] == ["前文。"]


def test_a_thin_rectangle_is_a_rule_and_one_box_alone_a_frame():
    box = '<ofd:PathObject ID="8" Boundary="20 50 160 60"><ofd:AbbreviatedData>M 0 0 L 160 0 L 160 60 L 0 60 C</ofd:AbbreviatedData></ofd:PathObject>'
    line = '<ofd:PathObject ID="8" Boundary="20 45 160 1"><ofd:AbbreviatedData>M 0 0 L 160 0 L 160 0.3 L 0 0.3 C</ofd:AbbreviatedData></ofd:PathObject>'
    (one,) = read(page(text("专栏1：重点工程", y=60), box, line))
    assert [(round(frame.x0), round(frame.x1)) for frame in one.frames] == [(57, 510)]
    assert one.grids == ()


def test_pictures_alone_are_a_scan():
    picture = page('<ofd:ImageObject ID="4" ResourceID="3" Boundary="0 0 210 297"/>')
    with pytest.raises(NoText) as caught:
        read(picture, picture)
    assert str(caught.value) == "试.ofd: 2 页都没有文字，像是扫描图片；请先做文字识别（OCR）或换用带文字的版本"
    assert [one.warnings for one in read(page(text("正文。")), picture)] == [
        (),
        ("没有文字，像是扫描图片，其内容没有读入",),
    ]


def test_characters_drawn_as_shapes_are_warned_of():
    shape = (
        '<ofd:PathObject ID="5" Boundary="0 0 9 9" Fill="true"><ofd:AbbreviatedData>M 0 0'
        + " B 1 1 2 2 3 3" * 9
        + "</ofd:AbbreviatedData></ofd:PathObject>"
    )
    (one,) = read(page(text("正文。"), *[shape] * 6))
    assert one.warnings == ("有 6 处像是画成图形的文字，没有读入",)


def test_several_documents_are_read_in_order():
    second = f'<ofd:Document {SPACE}><ofd:Pages><ofd:Page ID="1" BaseLoc="Page.xml"/></ofd:Pages></ofd:Document>'
    root = f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody><ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    both = {"OFD.xml": root, "Doc_0/Document.xml": second, "Doc_1/Document.xml": second}
    both |= {"Doc_0/Page.xml": page(text("通知。")), "Doc_1/Page.xml": page(text("附件。"))}
    pages = reader.read("试.ofd", zipped(both))
    assert [(one.number, one.lines[0].text) for one in pages] == [(1, "通知。"), (2, "附件。")]
    assert pages[0].warnings == ("文件里有 2 个文档，已按顺序连在一起读入",)


def without(name):
    with zipfile.ZipFile(io.BytesIO(ofd(page(text("甲"))))) as file:
        return zipped({part: file.read(part) for part in file.namelist() if part != name})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (without("OFD.xml"), "OFD 里没有入口部件（OFD.xml）；文件可能不是 OFD 或已损坏，请重新下载"),
        (without("Doc_0/Document.xml"), "OFD 里没有文档部件“/Doc_0/Document.xml”；文件可能已损坏，请重新下载"),
        (without("Doc_0/Pages/Page_0.xml"), "OFD 第 1 页的内容部件“Pages/Page_0.xml”不在包里；文件可能已损坏，请重新下载"),
        (ofd(), "OFD 里没有页面；文件可能已损坏，请重新下载或重新导出"),
        (ofd("<ofd:Page"), "OFD 部件“Doc_0/Pages/Page_0.xml”不是正确的 XML；请重新下载，或用原软件打开后重新保存"),
        (ofd(page(text("\ue000\ue001\ue002甲"))), "OFD 的文字是没有意义的代码，页面上的字读不出来；请换用 PDF 或 DOCX 版本，或先做文字识别（OCR）"),
    ],
)  # fmt: skip
def test_bad_packages_are_named_with_their_fault(data, message):
    with pytest.raises(UnreadableFile) as caught:
        reader.read("试.ofd", data)
    assert str(caught.value) == f"试.ofd: {message}"


def test_a_drawing_that_refers_to_itself_ends():
    drawn = Drawn()
    unit = etree.fromstring(f'<ofd:Content {SPACE}><ofd:CompositeObject ResourceID="1"/>{text("字")}</ofd:Content>')
    draw(unit, {"1": unit}, drawn, IDENTITY)
    assert len(drawn.glyphs) == 9


@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample documents are not beside this checkout")
def test_a_real_reply_with_red_head_and_seal():
    document = read_document(next(SAMPLES.glob("ofd_路卫发*.ofd")))
    metadata = document.metadata
    assert (metadata.number, metadata.red_head, metadata.date) == (
        "路卫发〔2011〕76号",
        "测试符路桥区卫生局文件",
        "2011-03-10",
    )
    assert (metadata.title, metadata.recipients) == ("关于同意张阿三同志辞职的批复", ("区中医院",))
    assert document.account.lost == 0
