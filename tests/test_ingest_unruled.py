"""Tables that no ruled grid encloses: by columns of blanks, level or upright rules alone, tabs; and what is none."""

import pytest
from html_pages import document_of
from html_pages import page as web_page
from ofd_files import ofd, rule, text
from ofd_files import page as ofd_page
from pdf_files import Drawing
from word_files import par, word

from ingest import read_document
from ingest.readers import docx
from ingest.readers import ofd as ofd_reader
from ingest.readers.spaced import spaced
from ingest.readers.tabbed import tabbed

PLACES = (100, 250, 350, 440)
FIGURES = [["指标", "2020年", "2025年", "属性"], ["床位（张）", "100", "200", "预期性"], ["食堂", "10", "20", "约束性"]]
WORDS = [
    ["任务", "单位", "时限"],
    ["建养老院", "市民政局", "年底前"],
    ["开办食堂", "市商务局", "长期"],
    ["修订标准", "市财政局", "长期"],
]
TEXT = ["　　为做好养老服务工作，制定本规划，请各区认真执行，并", "抓好落实。"]


def drawn(rows, top=300, pitch=28, places=PLACES):
    drawing = Drawing()
    drawing.text(180, 100, "青禾市养老服务规划", 22)
    drawing.lines(90, 160, TEXT)
    for y, row in enumerate(rows):
        for x, words in zip(places, row, strict=False):
            if words:
                drawing.text(x, top + y * pitch, words, 14)
    drawing.lines(90, max(top + len(rows) * pitch + 20, 700), [" 一、加强领导。各区要加强领导，落实责任。"])
    return drawing


def level(drawing, *places, x0=90, x1=510):
    for y in places:
        drawing.fill(x0, y, x1, y + 0.6, 0)


def upright(drawing, *places, top=282, bottom=394):
    for x in places:
        drawing.fill(x, top, x + 0.6, bottom, 0)


def cells(page):
    """The words of the cells of each table."""
    return [
        [[("".join(line.text for line in cell.lines) if cell else None) for cell in row] for row in grid.rows]
        for grid in page.grids
    ]


def test_columns_of_blanks_below_their_names_are_a_table_with_its_caption():
    drawing = drawn(FIGURES)
    drawing.text(220, 270, "表1 主要指标")
    found = drawing.document()
    assert [row.text for row in found.clauses if row.kind == "row"] == [
        "指标：床位（张）；2020年：100；2025年：200；属性：预期性",
        "指标：食堂；2020年：10；2025年：20；属性：约束性",
    ]
    assert (found.tables[0].caption, found.account.lost) == ("表1主要指标", 0)


def test_words_set_wide_empty_cells_and_lines_of_one_cell():
    rows = [
        ["指　标", "2020年", "2025年"],
        ["养老机构护理", "", "60%"],
        ["床位（张）", "100", "200"],
        ["站点", "1", "2"],
    ]
    assert cells(drawn(rows).pages()[0]) == [[["指　标", *rows[0][1:]], *rows[1:]]]
    drawing = drawn([rows[0], ["食堂", "10", "20"], ["养老机构护理型床位", "5", "6"]], top=500)
    drawing.text(100, 573, "占床位总数的比重", 14)
    for x, words in zip(PLACES, ["站点", "1", "2"], strict=False):
        drawing.text(x, 601, words, 14)
    (table,) = cells(drawing.pages()[0])
    assert table[2:] == [["养老机构护理型床位占床位总数的比重", "5", "6"], ["站点", "1", "2"]]


@pytest.mark.parametrize(
    "rows",
    [
        WORDS,
        [["青禾市民政局", "青禾市财政局"], ["2025年5月1日", "2025年5月1日"]],
        [["张三", "60000001"], ["李四", "60000002"], ["王五", "60000003"], ["赵六", "60000004"]],
        [["召集人：张三", "副市长"], ["成员：李四", "民政局局长"], ["王五", "财政局局长"], ["赵六", "教育局局长"]],
        [["姓名", "年龄"], ["____", "____"], ["____", "____"], ["____", "____"]],
        [["章节", "页码"], ["总则", "1"], ["机构", "2"], ["附则", "3"]],
        [["联系人：张三", "电话：60000001"], ["联系人：李四", "电话：60000002"], ["联系人：王五", "电话：60000003"]],
        [["第一条", "本办法"], ["第二条", "2025年"], ["第三条", "2026年"], ["第四条", "2027年"]],
    ],
)
def test_lists_signatures_forms_and_contents_stay_text(rows):
    assert drawn(rows).pages()[0].grids == ()
    assert spaced(["　　".join(row) for row in rows]) == [] or rows is WORDS


def test_where_rows_begin_in_doubt_the_table_stays_text():
    rows = [["指标", "2020年", "2025年"], ["养老机构护理型"], ["", "100", "200"], ["床位"], ["食堂", "10", "20"]]
    assert drawn(rows, pitch=20).pages()[0].grids == ()


def test_three_level_rules_part_head_and_rows_of_words():
    drawing = drawn(WORDS)
    level(drawing, 282, 307, 395)
    assert cells(drawing.pages()[0]) == [WORDS]


def test_a_name_over_several_columns_of_a_three_line_table():
    drawing = drawn([["", "补贴标准"], ["类别", "城市", "农村"], ["一级", "甲等", "乙等"], ["二级", "丙等", "丁等"]])
    level(drawing, 282, 335, 395)
    level(drawing, 305, x0=240, x1=400)
    found = drawing.document()
    assert found.tables[0].columns == ("类别", "补贴标准·城市", "补贴标准·农村")
    assert found.tables[0].rows == (("一级", "甲等", "乙等"), ("二级", "丙等", "丁等"))


def test_a_rule_below_each_row():
    drawing = drawn([WORDS[0], WORDS[1], ["", "市财政局", ""], *WORDS[2:]])
    level(drawing, 282, 307, 363, 391, 420)
    assert cells(drawing.pages()[0]) == [[WORDS[0], ["建养老院", "市民政局市财政局", "年底前"], *WORDS[2:]]]


def test_a_table_open_at_its_sides():
    drawing = drawn(WORDS)
    level(drawing, *range(282, 395, 28))
    upright(drawing, 240, 340)
    assert cells(drawing.pages()[0]) == [WORDS]


def test_upright_rules_alone_leave_a_row_a_line():
    drawing = drawn(WORDS)
    level(drawing, 282, 310, 394)
    upright(drawing, 90, 240, 340, 510)
    assert cells(drawing.pages()[0]) == [WORDS]


def test_upright_rules_and_a_frame_part_figures():
    drawing = drawn([*FIGURES, ["站点", "1", "2", "预期性"]], top=300)
    level(drawing, 282, 394)
    upright(drawing, 90, 240, 340, 430, 510)
    assert cells(drawing.pages()[0]) == [[*FIGURES, ["站点", "1", "2", "预期性"]]]


def test_one_row_left_on_the_next_page_goes_on_in_its_table():
    drawing = Drawing()
    for page, rows in enumerate(
        ([["序号", "任务", "时限"], ["1", "建养老院，每", "2025年"]], [["", "街一所", "底前"]])
    ):
        top = 700 if page == 0 else 80
        for y, row in enumerate(rows):
            for x, words in zip((100, 200, 400), row, strict=True):
                drawing.text(x, top + 18 + 28 * y, words, 12)
        level(drawing, *(top + 28 * y for y in range(len(rows) + 1)))
        upright(drawing, 90, 190, 390, 510, top=top, bottom=top + 28 * len(rows))
        if page == 0:
            drawing.lines(90, 100, TEXT)
            drawing.page()
    (table,) = drawing.document().tables
    assert table.rows == (("1", "建养老院，每街一所", "2025年底前"),)


def test_ofd_columns_of_blanks():
    objects = [
        text(words, x=20.0 + 40 * x, y=100.0 + 9 * y) for y, row in enumerate(FIGURES) for x, words in enumerate(row)
    ]
    (page,) = ofd_reader.read("甲.ofd", ofd(ofd_page(text("关于养老服务的通知"), *objects)))
    assert cells(page) == [FIGURES]


def test_ofd_table_open_at_its_sides():
    objects = [
        text(words, x=25.0 + 50 * x, y=106.0 + 10 * y) for y, row in enumerate(WORDS) for x, words in enumerate(row)
    ]
    rules = [rule(20, y, 170, y) for y in range(100, 141, 10)] + [rule(x, 100, x, 140) for x in (70, 120)]
    (page,) = ofd_reader.read("甲.ofd", ofd(ofd_page(text("关于养老服务的通知"), *objects, *rules)))
    assert cells(page) == [WORDS]


def test_text_by_blanks_and_by_tabs():
    lines = ["指标　　2020年　　2025年", "床位　　100　　200", "食堂　　10　　20", "一、加强领导。"]
    assert [(table.start, table.end, table.rows[1]) for table in spaced(lines)] == [(0, 3, ("床位", "100", "200"))]
    placed = [
        "项目      2020年    2025年    备注",
        "床位      100       200       新增",
        "食堂      10        20",
        "站点      1         2         扩建",
    ]
    assert spaced(placed)[0].rows[2] == ("食堂", "10", "20", "")


def test_a_cell_of_several_lines_breaks_no_row_that_tabs_part():
    lines = [
        "类别\t指标\t增长\t属性",
        "综",
        "合\t产值\t1倍",
        "（年均15%）\t预期性",
        "\t投资\t2倍\t预期性",
        "养老设施",
        "建设\t床位\t1倍\t预期性",
        "注：以上为预计。",
    ]
    (table,) = tabbed(lines)
    assert (table.start, table.end) == (0, 7)
    assert table.rows[1:] == (
        ("综\n合", "产值", "1倍\n（年均15%）", "预期性"), ("", "投资", "2倍", "预期性"), ("养老设施\n建设", "床位", "1倍", "预期性"),
    )  # fmt: skip


def test_a_row_that_lacks_cells_ends_what_is_certain():
    lines = ["指标\t单位\t目标", "床位\t张\t100", "食堂\t个\t20", "站点\t个\t2", "投资\t年度"]
    assert [table.end for table in tabbed(lines)] == [3]
    assert tabbed(["目录", "第一章\t1", "第二章\t3", "第三章\t9"]) == []
    assert tabbed(["食品\t340\t130", "汽车\t265\t65", "冶金\t220\t65"]) == []


def test_html_by_blanks_and_docx_by_tabs(tmp_path):
    lines = [
        "<br>".join("&nbsp;&nbsp;&nbsp;".join(row) for row in FIGURES),
        "<pre>" + "\n".join("    ".join(row) for row in FIGURES) + "</pre>",
    ]
    for markup in lines:
        found = document_of(
            tmp_path,
            web_page(
                f"<p>一、目标。到2025年实现下列指标，请各区抓好落实。</p><p>{markup}</p><p>二、核对。各区应当每季度复核一次，按时报送。</p>"
            ),
        )
        assert [table.rows[0] for table in found.tables] == [tuple(FIGURES[1])] and found.account.lost == 0
    rows = "".join(
        "<w:p><w:r>" + "<w:tab/>".join(f"<w:t>{one}</w:t>" for one in row) + "</w:r></w:p>" for row in FIGURES
    )
    (page,) = docx.read("甲.docx", word(par("一、目标。") + rows + par("二、核对。")))
    assert cells(page) == [FIGURES]
    assert [line.text for line in page.lines] == ["一、目标。", "二、核对。"]


def test_lists_of_offices_in_a_web_page_are_no_table(tmp_path):
    path = tmp_path / "甲.txt"
    path.write_text(
        "关于同意建立联席会议制度的函\n召 集 人：孙春　　国务院副总理\n副召集人：陈宝　　教育部部长\n　　　　　丁向　　国务院副秘书长\n",
        encoding="utf-8",
    )
    assert read_document(path).tables == ()
