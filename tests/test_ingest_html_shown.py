"""What a browser shows beyond the text of the markup, tables, and the files that a page offers."""

import pytest
from html_pages import BODY, document_of, lines, page, page_of

from ingest.__main__ import as_json, as_text

ITEMS = "<li>提高标准，自7月起执行。</li><li>加强核对，每季度复核一次。</li>"


@pytest.mark.parametrize(
    ("opening", "shown"),
    [
        ("<ol>", ["1. ", "2. "]),
        ("<ol start='3'>", ["3. ", "4. "]),
        ("<ol reversed>", ["2. ", "1. "]),
        ("<ol type='a'>", ["a. ", "b. "]),
        ("<ol style='list-style-type: cjk-ideographic'>", ["一、", "二、"]),
        ("<ol style='list-style:none'>", ["", ""]),
        ("<ul>", ["", ""]),
    ],
)
def test_numbers_of_a_list_are_text(tmp_path, opening, shown):
    markup = page(f"<div><p>现将有关事项通知如下：</p>{opening}{ITEMS}{opening.replace('<', '</')}</div>")
    assert lines(markup)[-2:] == [f"{shown[0]}提高标准，自7月起执行。", f"{shown[1]}加强核对，每季度复核一次。"]
    assert document_of(tmp_path, markup).account.lost == 0


def test_items_that_bring_their_numbers_get_no_others():
    items = "<ol><li>一、提高标准，自7月起执行。</li><li>二、加强核对，每季度复核一次。</li></ol>"
    assert lines(page(f"<div>{items}</div>"))[-2:] == ["一、提高标准，自7月起执行。", "二、加强核对，每季度复核一次。"]


def test_raised_digits():
    text = "<p>一、面积不超过90m<sup>2</sup>，总投资5×10<sup>4</sup>元<sup>1</sup>，按规定<sup>[2]</sup>执行。</p>"
    assert lines(page(f"<div>{text}</div>"))[-1] == "一、面积不超过90m²，总投资5×10⁴元1，按规定[2]执行。"


def test_caption_and_frame_of_tables(tmp_path):
    data = "<table><caption>救助标准</caption><tr><th>类别</th><th>标准</th></tr><tr><td>低保</td><td>1300元</td></tr></table>"
    frame = (
        "<table><tr><td colspan='2'>说明</td></tr><tr><td>甲</td><td>"
        + "<p>本表所列标准由市民政局解释，每年调整一次，调整结果向社会公布。</p>" * 12
        + "</td></tr></table>"
    )
    document = document_of(tmp_path, page(f"<div>{BODY}{data}{frame}</div>"))
    (table,) = document.tables
    assert (table.caption, table.columns, table.rows) == ("救助标准", ("类别", "标准"), (("低保", "1300元"),))
    assert document.account.lost == 0


FILES = (
    "<p><a href='/u/a.doc'>申请表</a></p><p><a href='/down.jsp?id=3'>名单.xlsx</a></p><p><a href='/u/%E6%96%B9%E6%A1%88.pdf'><img src='p.png'></a></p>"
    "<p><a href='/u/a.doc'>申请表（重复）</a></p><p><a href='/u/logo.png'>标志</a></p><p><a href='/jd.html'>政策解读</a></p>"
)


def test_attachments_are_listed(tmp_path):
    document = document_of(tmp_path, page(f"<div>{BODY}{FILES}</div>"))
    assert document.attachments == (
        ("申请表", "/u/a.doc"),
        ("名单.xlsx", "/down.jsp?id=3"),
        ("方案.pdf", "/u/%E6%96%B9%E6%A1%88.pdf"),
    )
    assert as_json(document)["attachments"] == document.attachments
    assert "  附件：申请表（/u/a.doc）" in as_text(document)
    assert "attachments" not in as_json(document_of(tmp_path, page(BODY)))


def test_file_called_by_the_number_gives_it(tmp_path):
    body = f"<div>{BODY}<p><a href='/u/1.pdf'>青政办发〔2022〕167号.pdf</a></p></div>"
    assert document_of(tmp_path, page(body)).metadata.number == "青政办发〔2022〕167号"


def test_text_that_the_parser_drops_is_said(monkeypatch):
    monkeypatch.setattr("ingest.readers.html.count_characters", lambda markup: 10_000)
    (warning,) = page_of(page(f"<div>{BODY}</div>")).warnings
    assert warning.startswith("网页标签有错，有 9") and warning.endswith("字没有解析出来，请用浏览器重新保存该网页")
