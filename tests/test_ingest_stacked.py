"""Tables whose cells stand one below the other, each on a line of its own; parts called 篇."""

import pytest
from index_fakes import asked_of

from ingest import read_document
from ingest.readers.stacked import stacked

HEAD = "甲市人民政府关于印发甲市养老服务规划的通知\n甲政发〔2025〕3号\n"


def read(tmp_path, text):
    path = tmp_path / "甲.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def ids(document):
    return [clause.clause_id.split("/", 1)[1] for clause in document.clauses]


ROWS = ["1\n养老床位\n500张\n600张", "2\n助餐点\n20家\n35家", "3\n护理站\n2家\n6家"]


def test_a_table_with_each_cell_on_its_own_line_has_rows(tmp_path):
    """An indicator table of a plan on a page that lost its grid (浙江省推动落实常住地提供基本公共服务制度)."""
    text = (
        f"{HEAD}一、目标\n（一）扩大供给。\n养老服务主要指标表\n序号\n\n指标\n2024年\n2027年\n"
        + "\n\n".join(ROWS)
        + "\n（二）提升质量。\n"
    )
    document = read(tmp_path, text)
    assert ids(document) == ["一/（一）", "表1/1", "表1/2", "表1/3", "一/（二）"]
    assert document.clauses[2].text == "序号：2；指标：助餐点；2024年：20家；2027年：35家"
    assert [table.columns for table in document.tables] == [("序号", "指标", "2024年", "2027年")]


def test_a_cell_that_stands_for_several_rows_is_carried_on():
    lines = [
        "类别",
        "序号",
        "指标",
        "单位",
        "目标",
        "供给",
        "1",
        "床位",
        "张",
        "600",
        "2",
        "食堂",
        "家",
        "35",
        "质量",
        "3",
        "护理站",
        "家",
        "6",
        "4",
        "护士",
        "人",
        "90",
        "完",
    ]
    (table,) = stacked(lines)
    assert (table.start, table.end) == (0, len(lines) - 1)
    assert table.rows == (
        ("类别", "序号", "指标", "单位", "目标"),
        ("供给", "1", "床位", "张", "600"),
        ("供给", "2", "食堂", "家", "35"),
        ("质量", "3", "护理站", "家", "6"),
        ("质量", "4", "护士", "人", "90"),
    )


def test_names_that_stand_again_on_the_next_page_are_no_row():
    """A table of 广西工业和信息化发展“十三五”规划."""
    names = ["类别", "序号", "指标", "目标"]
    lines = [
        *names,
        *["供给", "1", "床位", "600", "2", "食堂", "35"],
        *names,
        *["质量", "3", "护理站", "6", "4", "护士", "90"],
        *names,
        "完",
    ]
    (table,) = stacked(lines)
    assert [row[:2] for row in table.rows[1:]] == [("供给", "1"), ("供给", "2"), ("质量", "3"), ("质量", "4")]
    assert table.end == len(lines) - len(names) - 1


def test_a_last_row_with_a_cell_of_two_lines_is_not_read():
    lines = [
        "序号",
        "指标",
        "单位",
        "目标",
        "性质",
        "1",
        "床位",
        "张",
        "600",
        "预期",
        "2",
        "食堂",
        "家",
        "35",
        "约束",
        "3",
        "护士",
        "人",
        "90",
        "预期",
        "4",
        "护理",
        "站",
        "家",
        "6",
        "约束",
    ]
    (table,) = stacked(lines)
    assert [row[0] for row in table.rows] == ["序号", "1", "2", "3"]
    assert lines[table.end] == "4"


@pytest.mark.parametrize(
    "lines",
    [
        "序号 指标 目标 1 床位 600 2 食堂 35",  # two rows may be chance
        "序号 指标 目标 1 床位 （张） 600 2 食堂 35 3 护士 90",  # a cell of two lines
        "指标 目标 1 床位 600 2 食堂 35 3 护士 90",  # nothing says that the numbers are serial
        "编号 为了加强对养老机构的监督管理，规范服务行为，制定本办法。 目标 1 甲 乙 2 丙 丁 3 戊 己",
    ],
)
def test_what_is_not_certain_stays_text(lines):
    assert stacked(lines.split()) == []


def test_a_part_may_be_called_篇(tmp_path):
    """南宁市科学技术发展“十三五”规划 begins with 第一篇; chapters run on over the parts."""
    body = "第一篇　发展基础\n第一章　形势\n（一）成就\n建成床位五百张。\n第二篇　主要任务\n第二章　供给\n（一）床位\n增加床位。\n"
    document = read(tmp_path, f"{HEAD}{body}")
    assert ids(document) == ["第一篇/第一章/（一）/第1段", "第二篇/第二章/（一）/第1段"]
    assert document.clauses[1].citation.endswith("（甲政发〔2025〕3号）第二篇第二章第（一）项第1段")


@pytest.mark.parametrize(
    ("asked", "found"), [("3号文第二篇第二章怎么说", "第二篇/第二章"), ("甲政发〔2025〕3号第一篇", "第一篇/第一章")]
)
def test_a_part_called_篇_is_found_by_its_name(tmp_path, asked, found):
    body = "第一篇　发展基础\n第一章　形势\n建成床位五百张。\n第二篇　主要任务\n第二章　供给\n增加床位。\n"
    document = read(tmp_path, f"{HEAD}{body}")
    assert asked_of(asked, document).reference.clause_ids == (f"甲政发〔2025〕3号/{found}/第1段",)


def test_an_article_that_somebody_wrote_is_no_part(tmp_path):
    document = read(
        tmp_path, f"{HEAD}一、宣传\n第一篇报道刊登于本市日报。\n第二篇文章由市民政局撰写。\n二、保障\n落实经费。\n"
    )
    assert ids(document) == ["一/第1段", "一/第2段", "二/第1段"]
