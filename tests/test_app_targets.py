"""指标: which rows are shown, how they are ordered and paged, and what the files of them hold."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from index_fakes import FakeEmbedder, typed_fitted

from app.desk import Desk
from app.figures.bars import Bar, bar_of
from app.figures.sheets import Sheet, as_csv, targets_sheet
from app.figures.targets import Row, Wanted, address_of, chosen, ordered, rows_of, wanted_of
from app.figures.workbook import as_xlsx
from app.tabs.targets import router, shown
from index.errors import QueryError
from index.knowledge_base import KnowledgeBase
from index.records import Statement
from index.wording import office_level
from ingest.records import Metadata, Target

PAGE = """<html><head><meta charset="utf-8"><title>{title}</title></head><body>
<p style="text-align:center">{number}</p><p style="text-align:center">{title}</p>
<p>一、发展基础</p><p>“十三五”期间，养老床位总数达到15.9万张。</p>
<p>二、主要任务</p>
<p>（一）扩大供给。到2025年，养老床位达到{beds}万张以上。到2030年，护理型床位占比达到60%以上。</p>
<p>（二）加强监管。自受理之日起5个工作日内办结。</p>
</body></html>"""
TODAY = "2026-11-28"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Two small plans of a city and its district."""
    folder = tmp_path_factory.mktemp("targets")
    (folder / "corpus").mkdir()
    for name, title, number, beds in (
        ("a", "养老服务发展规划", "甲市发〔2021〕1号", "17.8"),
        ("b", "养老服务实施方案", "甲区发〔2022〕2号", "2.5"),
    ):
        text = PAGE.format(title=title, number=number, beds=beds)
        (folder / "corpus" / f"{name}.html").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.search.embedder.load", lambda settings=None: FakeEmbedder())
        patch.setattr("index.search.searcher.shipped", typed_fitted)
        made = Desk(folder / "store", folder / "corpus")
        made.prepare()
        return made


@pytest.fixture
def base(desk: Desk) -> KnowledgeBase:
    assert desk.base
    return desk.base


@pytest.fixture
def client(desk: Desk) -> TestClient:
    app = FastAPI()
    app.include_router(router(desk))
    return TestClient(app)


def row(
    value: str, unit: str | None = "张", indicator: str = "床位", document: Metadata | None = None, **more: str
) -> Row:
    target = Target(indicator, more.pop("comparator", "="), value, unit, "", 0, 0, **more)
    document = document or Metadata("甲发〔2021〕1号", "甲规划")
    return Row(
        "甲", Statement(target, "甲/一", "《甲规划》（甲发〔2021〕1号）第一部分", 3, "一句。", document), "", "", False
    )


def told(rows: list[Row]) -> list[tuple[str, str, str]]:
    return [(one.key, one.name, one.statement.target.value) for one in rows]


def test_what_was_reached_is_no_target_and_a_limit_is_neither(base: KnowledgeBase) -> None:
    rows = rows_of(base, TODAY)
    assert told(chosen(rows, Wanted(document="甲市发〔2021〕1号"))) == [
        ("甲市发〔2021〕1号", "养老床位", "17.8"),
        ("甲市发〔2021〕1号", "护理型床位占比", "60"),
    ]
    assert told(chosen(rows, Wanted(part="achieved", document="甲市发〔2021〕1号"))) == [
        ("甲市发〔2021〕1号", "养老床位总数", "15.9")
    ]
    assert [one.statement.target.unit for one in chosen(rows, Wanted(part="rule"))] == ["个工作日", "个工作日"]


def test_a_deadline_has_passed_when_its_year_is_over(base: KnowledgeBase) -> None:
    past = {one.statement.target.deadline: one.is_past for one in chosen(rows_of(base, TODAY), Wanted())}
    assert past == {"2025": True, "2030": False}
    assert not any(one.is_past for one in rows_of(base, "2025-12-31"))


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ({"words": "护理"}, ["60", "60"]),
        ({"words": "床位 占比"}, ["60", "60"]),
        ({"year": "2025"}, ["17.8", "2.5"]),
        ({"document": "甲区发[2022]2号"}, ["2.5", "60"]),
        ({"nature": "约束性"}, []),
        ({"nature": "未载明", "sort": "value", "down": "1"}, ["17.8", "2.5", "60", "60"]),
        ({"sort": "value"}, ["60", "60", "2.5", "17.8"]),
        ({"sort": "deadline", "down": "1"}, ["60", "60", "2.5", "17.8"]),
    ],
)
def test_rows_are_chosen_and_ordered(base: KnowledgeBase, asked: dict[str, str], values: list[str]) -> None:
    rows = chosen(rows_of(base, TODAY), wanted_of(asked, base))
    assert sorted(one.statement.target.value for one in rows) == sorted(values)
    if "sort" in asked:
        assert [one.statement.target.value for one in rows] == values


def test_rows_without_what_is_ordered_by_come_last_either_way() -> None:
    rows = [row("1-2"), row("3", deadline="2025"), row("2", deadline="2021-2024")]
    for down, values in (("", ["2", "3", "1-2"]), ("1", ["3", "2", "1-2"])):
        for sort in ("value", "deadline"):
            assert [one.statement.target.value for one in ordered(rows, Wanted(sort=sort, down=down))] == values


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"part": "x"}, "网址里 part 的值“x”不认识；请从指标页重新选择"),
        ({"sort": "__class__"}, "网址里 sort 的值“__class__”不认识；请从指标页重新选择"),
        ({"year": "２０２５"}, "期限“２０２５”不是年份；请写四位数字，如 2025"),
        ({"words": "床" * 101}, "指标里的字有 101 个，超过上限 100；请缩短"),
        (
            {"document": "丙发〔2020〕1号"},
            "知识库里没有文件“丙发〔2020〕1号”；现有：甲区发〔2022〕2号、甲市发〔2021〕1号",
        ),
    ],
)
def test_a_bad_address_is_told(base: KnowledgeBase, client: TestClient, asked: dict[str, str], problem: str) -> None:
    with pytest.raises(QueryError, match=problem.split("；")[0]) as error:
        wanted_of(asked, base)
    assert str(error.value) == problem
    for suffix in (".xlsx", ".csv"):
        answer = client.get(f"/view/targets{suffix}", params=asked)
        assert (answer.status_code, answer.text) == (400, problem)
    assert client.get("/view/targets", params=asked).status_code == 400


@pytest.mark.parametrize("page", ["0", "-1", "x", "9999999", "999999", "²"])
def test_a_page_that_is_not_there_is_the_nearest(base: KnowledgeBase, page: str) -> None:
    assert len(shown(base, {"page": page}, TODAY).rows) == 4


def test_many_rows_are_paged(base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.tabs.targets.PAGE", 3)
    page = shown(base, {"page": "2", "sort": "level"}, TODAY)
    assert (len(page.rows), page.first, page.total) == (1, 4, 4)
    assert page.pages == [("1", "view/targets?sort=level"), ("2", "")]
    assert [(words, count) for _, words, count, _ in page.parts] == [("目标", 4), ("现状", 2), ("条件与时限", 2)]
    assert [address for *_, address in page.parts] == [
        "view/targets?sort=level", "view/targets?part=achieved&sort=level", "view/targets?part=rule&sort=level",
    ]  # fmt: skip


def test_an_address_holds_what_is_wanted_alone() -> None:
    assert address_of(Wanted()) == "view/targets"
    wanted = Wanted(part="rule", words="a&b", page=3)
    assert address_of(wanted, ".csv") == "view/targets.csv?part=rule&words=a%26b"
    assert address_of(wanted, page=2) == "view/targets?part=rule&words=a%26b&page=2"


def test_the_tab_shows_a_row_with_its_clause_and_its_citation(client: TestClient) -> None:
    html = client.get("/view/targets", params={"words": "养老", "document": "甲市发〔2021〕1号"}).text
    assert "共 1 项" in html
    assert "<b>≥17.8万张</b>" in html
    assert '<em class="past">期限已过</em>' in html
    assert '<a href="c/%E7%94%B2%E5%B8%82%E5%8F%91%E3%80%942021%E3%80%951%E5%8F%B7/' in html
    assert 'data-copy="《养老服务发展规划》（甲市发〔2021〕1号）第二部分第（一）项"' in html
    assert 'href="view/targets.xlsx?document=' in html


def test_text_of_the_user_is_only_text(client: TestClient) -> None:
    html = client.get("/view/targets", params={"words": '"><script>x</script>'}).text
    assert "<script>" not in html
    assert 'value="&#34;&gt;&lt;script&gt;x&lt;/script&gt;"' in html
    assert "没有符合条件的数值。" in html


def test_before_there_is_a_base_the_tab_says_so(tmp_path: Path) -> None:
    app = FastAPI()
    app.include_router(router(Desk(tmp_path / "store")))
    answer = TestClient(app).get("/view/targets")
    assert answer.status_code == 400
    assert "<b>知识库还在准备</b><p>正在打开知识库，请稍候再看。</p>" in answer.text


def test_files_hold_exactly_the_rows_that_are_chosen(client: TestClient) -> None:
    asked = {"document": "甲市发〔2021〕1号", "sort": "deadline", "down": "1"}
    answer = client.get("/view/targets.xlsx", params=asked)
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%E7%9B%AE%E6%A0%87.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book["目标"]
    heads, *rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert heads[:6] == ["类别", "指标", "比较", "数值", "单位", "期限"]
    assert [line[:6] for line in rows] == [
        ["目标", "护理型床位占比", "不低于", 60, "%", 2030],
        ["目标", "养老床位", "不低于", 17.8, "万张", 2025],
    ]
    assert rows[1][heads.index("提示")] == "期限已过"
    assert rows[1][heads.index("出处")] == "《养老服务发展规划》（甲市发〔2021〕1号）第二部分第（一）项"
    assert sheet.freeze_panes == "A2"
    assert client.get("/view/targets.xlsx", params=asked).content == answer.content
    data = client.get("/view/targets.csv", params=asked).content
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert lines[0] == heads
    assert [line[:6] for line in lines[1:]] == [["目标", "护理型床位占比", "不低于", "60", "%", "2030"], ["目标", "养老床位", "不低于", "17.8", "万张", "2025"]]  # fmt: skip


def test_another_format_is_told(client: TestClient) -> None:
    assert client.get("/view/targets.exe").text == "没有 exe 格式；请导出 xlsx 或 csv"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "＝1", "https://x.cn", "mailto:a@b.cn"])
def test_no_text_becomes_a_formula_or_a_link(text: str) -> None:
    sheet = targets_sheet("目标", [row("1", indicator=text, document=Metadata(text, text, issuer=text))])
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([sheet])))
    cells = [cell for line in book["目标"].iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    assert cells[20].value == text
    line = list(csv.reader(io.StringIO(as_csv(sheet).decode("utf-8-sig"))))[1]
    assert not line[1].startswith(("=", "+", "-", "@", "\t", "＝"))


@pytest.mark.parametrize(
    ("value", "cell", "written"),
    [
        ("17.8", Decimal("17.8"), "17.8"),
        ("178162.8", Decimal("178162.8"), "178162.8"),
        ("1-2", "1—2", "1—2"),
        ("1:2", "1∶2", "1∶2"),
        ("全覆盖", "全覆盖", "全覆盖"),
    ],
)
def test_a_value_is_a_number_where_it_is_one(value: str, cell: object, written: str) -> None:
    """Excel took the text 1-2 for the second of January."""
    sheet = targets_sheet("目标", [row(value)])
    assert sheet.rows[0][3] == cell
    assert list(csv.reader(io.StringIO(as_csv(sheet).decode("utf-8-sig"))))[1][3] == written


def test_a_cell_too_long_for_excel_is_cut_and_says_so() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([Sheet("表", (("列", 10),), (("长" * 40_000,),))])))
    text = book["表"]["A2"].value
    assert len(text) == 32767
    assert text.endswith("长……（过长，全文见条款）")


def test_a_name_that_excel_allows_no_sheet_is_mended() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([Sheet("[甲]/乙:" + "长" * 40, (("列", 10),), ())])))
    assert book.sheetnames == ["，甲，，乙，" + "长" * 25]


def test_two_documents_side_by_side(client: TestClient) -> None:
    both = {"left": "甲市发〔2021〕1号", "right": "甲区发〔2022〕2号"}
    html = client.get("/view/comparison", params=both).text
    assert "共 2 项相同的指标" in html
    assert html.index("甲市发〔2021〕1号") < html.index("甲区发〔2022〕2号")
    assert 'href="view/comparison.xlsx?left=' in html
    book = openpyxl.load_workbook(io.BytesIO(client.get("/view/comparison.xlsx", params=both).content))
    rows = [[cell.value for cell in line] for line in book["对照"].iter_rows()]
    assert rows[0] == [
        "指标",
        "甲市发〔2021〕1号 数值",
        "甲市发〔2021〕1号 出处",
        "甲区发〔2022〕2号 数值",
        "甲区发〔2022〕2号 出处",
        "对照",
    ]
    assert rows[1][:2] == ["养老床位", "≥17.8万张，期限：2025年"]
    assert rows[1][-1] == "相差153000张"


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({}, "没有选两份文件；请选好左右两份文件再对照"),
        ({"left": "甲市发〔2021〕1号"}, "没有选两份文件；请选好左右两份文件再对照"),
        ({"q": "？"}, "问题是空的，或只有标点符号；请输入要查的内容，例如“2025年养老床位要达到多少”"),
    ],
)
def test_a_comparison_of_nothing_is_told(client: TestClient, asked: dict[str, str], problem: str) -> None:
    answer = client.get("/view/comparison.xlsx", params=asked)
    assert (answer.status_code, answer.text) == (400, problem)
    assert client.get("/view/comparison", params=asked).status_code == 400


def test_a_bar_is_drawn_of_numbers_of_one_unit_alone() -> None:
    share = Target("占比", "≥", "60", "%", "", 0, 0, baseline="32")
    assert bar_of(share) == Bar(38.4, 72.0, "由32%到60%")
    less = bar_of(replace(share, value="2", unit="万元", baseline="4"))
    assert less == Bar(120.0, 60.0, "由4万元到2万元")
    assert (less.common, less.change) == (60.0, 60.0)
    for value, baseline in (("1-2", "1"), ("2", None), ("2", "6-10"), ("-2", "1"), ("0", "0"), ("全覆盖", "70")):
        assert bar_of(replace(share, value=value, baseline=baseline)) is None


@pytest.mark.parametrize(
    ("issuer", "title", "level"),
    [
        ("国务院办公厅", "", "国家"),
        ("国家市场监督管理总局", "", "国家"),
        ("工业和信息化部、教育部", "", "国家"),
        ("上海市人民政府办公厅", "", "省市"),
        ("中共安徽省委", "", "省市"),
        ("广西壮族自治区工业和信息化委员会", "", "省市"),
        ("市人社局", "", "省市"),
        ("浦东新区民政局", "", "区县"),
        ("北京市西城区教育委员会", "", "区县"),
        ("安化县人民政府办公室", "", "区县"),
        ("国家统计局宜春调查队", "", ""),
        ("政府办公室", "", ""),
        (None, "2025年陕西省政府工作报告", "省市"),
        (None, "进一步促进房地产市场平稳健康发展的措施", ""),
    ],
)
def test_the_level_of_an_office_by_its_name(issuer: str | None, title: str, level: str) -> None:
    assert office_level(Metadata(None, title, issuer=issuer)) == level
