"""Tables: rows with all their values, whatever heads them, carries on or breaks over pages."""

from ingest_pages import document, held_once, ids

from ingest.layer import Layer
from ingest.pages import Line
from ingest.paragraphs import Paragraph
from ingest.tables import assemble

HEAD = ["编码", "行为", "基准"]


def test_title_row_over_all_columns_is_the_caption():
    found = document(
        "甲市基准表",
        "请遵照执行，认真落实。",
        [["节能领域", "<", "<"], HEAD, ["C1", "未报送", "罚款"], ["C2", "未整改", "没收"]],
    )
    (table,) = found.tables
    assert (table.caption, table.columns) == ("节能领域", ("编码", "行为", "基准"))
    assert table.rows == (("C1", "未报送", "罚款"), ("C2", "未整改", "没收"))
    assert ids(found) == ["第1段", "表1/1", "表1/2"] and held_once(found)


def test_names_over_all_columns_head_the_rows_below_them():
    rows = [
        ("核准领域", "<", "<"),
        ("编码", "行为", "处罚"),
        ("甲1", "未核准开工", "一万元"),
        ("节能领域", "<", "<"),
        ("乙1", "未作审查", "五万元"),
    ]
    found = document("甲市裁量基准表", rows)
    assert ids(found) == ["表1/1", "表1/2"]
    assert [clause.heading_path for clause in found.clauses] == [
        ("甲市裁量基准表", "核准领域"),
        ("甲市裁量基准表", "节能领域"),
    ]


def test_header_of_two_lines_and_cells_over_columns():
    rows = [
        ["类别", "补贴", "<"],
        ["^", "城市", "农村"],
        ["一级", "900", "800"],
        ["二级", "按协议", "<"],
        ["说明：2025年起执行。", "<", "<"],
        ["其他", "<", "<"],
    ]
    (table,) = document("甲市标准", rows).tables
    assert table.columns == ("类别", "补贴·城市", "补贴·农村")
    assert table.rows == (("一级", "900", "800"), ("二级", "按协议", ""), ("说明：2025年起执行。", "", ""))


def test_numbers_on_lines_of_a_cell_are_not_run_together():
    (table,) = document(
        "甲市名录",
        [
            ["名称", "电话", "时间"],
            ["甲园", ["60000001", "60000002（全天）"], ["6:00", "20:00"]],
            ["乙园", "60000003", "全天"],
        ],
    ).tables
    assert table.rows[0] == ("甲园", "60000001\n60000002（全天）", "6:00\n20:00")


def test_whole_numbers_below_each_other_on_a_page_are_two():
    layer = Layer()
    layer.add((Line("62880288", 1), Line("62881144", 1)))
    layer.separate("\t")
    layer.add((Line("12345678901", 1), Line("2345", 1)))
    assert layer.text == "62880288\n62881144\t123456789012345"


def test_form_to_fill_in_is_no_table_of_data():
    form = [["姓名", "", "电话", ""], ["地址", "", "邮编", ""], ["申请人", "", "年　月　日", ""]]
    found = document(
        "甲市通知", "一、申请。填写附表。", form, [HEAD, ["C1", "未报送", "罚款"], ["C2", "未整改", "没收"]]
    )
    assert ids(found) == ["一", "表1/1", "表1/2"] and held_once(found)


def test_captions_number_tables_unless_two_bear_one_number():
    rows = [["名称", "值"], ["甲", "1"], ["乙", "2"]]
    assert [table.table_id for table in document("甲市标准", "表7.5 车速", rows, "表二 流量", rows).tables] == [
        "甲市标准/表7.5",
        "甲市标准/表2",
    ]
    assert [table.table_id for table in document("甲市标准", "表1 车速", rows, "表1 流量", rows).tables] == [
        "甲市标准/表1",
        "甲市标准/表2",
    ]


def over_pages(*pages):
    """The one table of several pages' rows; cells of the same words are one, and # is none of them."""
    layer, paragraphs = Layer(), []
    for number, rows in enumerate(pages, 1):
        cells, spans = [], {}
        for row in rows:
            cells.append(tuple(spans.setdefault(cell, layer.add((Line(cell.lstrip("#"), number),))) for cell in row))
            layer.separate("\n")
        paragraphs.append(Paragraph(cells[0][0], cells=tuple(cells), page=number))
    (table,) = assemble(paragraphs, [""] * len(pages), lambda span: layer.text[span.start : span.end])
    return table


def test_row_and_merged_cell_go_on_below_the_repeated_head():
    head = ("类别", "指标", "现状", "目标")
    table = over_pages(
        [("青禾市指标",) * 4, head, ("设施", "床位", "100", "200"), ("设施", "护理型床位占比，", "40%", "60%")],
        [head, ("#", "区级不低于一半", "##", "###"), ("#", "站点", "1", "2")],
    )
    assert [row.values for row in table.rows] == [
        ("设施", "床位", "100", "200"), ("设施", "护理型床位占比，区级不低于一半", "40%", "60%"), ("设施", "站点", "1", "2"),
    ]  # fmt: skip


def test_a_row_without_a_number_goes_on_where_rows_are_numbered():
    table = over_pages(
        [("序号", "任务", "电话", "时限"), ("1", "建养老院，", "60000001", "2025年")],
        [("#", "每街一所", "60000002", "底前"), ("2", "开办食堂", "60000003", "年底")],
    )
    assert [row.values for row in table.rows] == [
        ("1", "建养老院，每街一所", "60000001\n60000002", "2025年底前"), ("2", "开办食堂", "60000003", "年底"),
    ]  # fmt: skip


def test_names_with_what_is_said_of_them_have_no_head():
    found = document(
        "甲市通知", [["申报时间", "2025年1月1日至3月1日"], ["申报地点", "民政局一楼大厅"], ["联系电话", "60000001"]]
    )
    assert [row.text for row in found.clauses] == [
        "申报时间：2025年1月1日至3月1日",
        "申报地点：民政局一楼大厅",
        "联系电话：60000001",
    ]


def test_first_row_of_figures_is_no_head():
    found = document("甲市标准", [["东区", "1200", "1300"], ["西区", "1100", "1250"]])
    assert [row.text for row in found.clauses] == ["东区；1200；1300", "西区；1100；1250"]
    (table,) = document("甲市标准", [["区", "2024", "2025"], ["西区", "1100", "1250"]]).tables
    assert table.columns == ("区", "2024", "2025")


def test_a_note_over_all_columns_is_not_the_first_columns():
    found = document("甲市标准", [HEAD, ["C1", "未报送", "罚款"], ["注：自2025年起执行。", "<", "<"]])
    assert found.clauses[-1].text == "注：自2025年起执行。"


def test_row_and_merged_cell_go_on_over_the_page():
    layer, paragraphs = Layer(), []

    def page(number, rows):
        cells, spans = [], {}
        for row in rows:
            cells.append(tuple(spans.setdefault(cell, layer.add((Line(cell.lstrip("#"), number),))) for cell in row))
            layer.separate("\n")
        paragraphs.append(Paragraph(cells[0][0], cells=tuple(cells), page=number))

    page(
        1,
        [
            ("序号", "指标", "目标", "单位"),
            ("1", "床位", "12000张", "市民政局"),
            ("2", "护理型床位", "60%", "市民政局"),
        ],
    )
    page(2, [("#", "（含社会办）", "##", "###"), ("3", "食堂", "200个", "###"), ("4", "预约率", "90%", "登记中心")])
    (table,) = assemble(paragraphs, ["", ""], lambda span: layer.text[span.start : span.end])
    assert [row.values for row in table.rows] == [
        ("1", "床位", "12000张", "市民政局"), ("2", "护理型床位（含社会办）", "60%", "市民政局"), ("3", "食堂", "200个", "市民政局"), ("4", "预约率", "90%", "登记中心"),
    ]  # fmt: skip
