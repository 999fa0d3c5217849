"""Web pages: the article is found among the chrome, and metadata is read from the block beside it."""

import pytest

from ingest import read_document

CHROME = "<ul><li><a href='#'>首页</a></li><li><a href='#'>政务公开</a></li></ul>"
BODY = (
    "<p>各街道、镇：</p><p>现将有关事项通知如下，请认真执行。</p><p>一、社会救助标准</p><p>（一）标准为每人每月1309元。</p>"
    "<p>（二）边缘家庭标准为1963.5元。</p><p>甲市民政局　　甲市财政局</p><p>2025年5月30日</p><p>公开方式：主动公开</p>"
)


def read(tmp_path, markup, encoding="utf-8"):
    path = tmp_path / "页.html"
    path.write_bytes(markup.encode(encoding))
    return read_document(path)


def whole(body=BODY, labels="", title="关于社会救助标准的通知"):
    return f"<html><body>{CHROME}{labels}<h1>{title}</h1><div class='x'>{body}</div><form>网民留言</form></body></html>"


def test_article_and_chrome(tmp_path):
    document = read(tmp_path, whole(labels="<table><tr><th>文　　号：</th><td>甲民规字〔2025〕2号</td></tr></table>"))
    assert [clause.clause_id for clause in document.clauses] == [
        "甲民规字〔2025〕2号/第1段", "甲民规字〔2025〕2号/一/（一）", "甲民规字〔2025〕2号/一/（二）",
    ]  # fmt: skip
    metadata = document.metadata
    assert (metadata.title, metadata.issuer, metadata.date) == (
        "关于社会救助标准的通知",
        "甲市民政局、甲市财政局",
        "2025-05-30",
    )
    assert (metadata.recipients, metadata.note) == (("各街道、镇",), "公开方式：主动公开")
    assert document.account.lost == 0


@pytest.mark.parametrize(
    ("encoding", "meta"), [("gb18030", ""), ("gb18030", "<meta charset='gb2312'>"), ("utf-8", "<meta charset='utf-8'>")]
)
def test_encodings(tmp_path, encoding, meta):
    document = read(tmp_path, meta + whole(), encoding)
    assert document.clauses[-1].text == "（二）边缘家庭标准为1963.5元。"


def test_hidden_copy_of_the_article_is_not_read_twice(tmp_path):
    document = read(tmp_path, whole().replace("</body>", f"<div style='display: none;'>{BODY}{BODY}</div></body>"))
    assert len(document.clauses) == 3
    assert document.account.lost == 0


def test_merged_cells_stand_in_every_row_they_cover(tmp_path):
    table = (
        "<p>主要指标</p><table><tr><td>类别</td><td>指标</td><td>目标值</td></tr><tr><td rowspan='2'>养老</td><td>床位数</td><td>≥1</td></tr>"
        "<tr><td>覆盖率</td><td>≥2</td></tr></table>"
    )
    (found,) = read(tmp_path, whole(BODY + table)).tables
    assert found.columns == ("类别", "指标", "目标值")
    assert found.rows == (("养老", "床位数", "≥1"), ("养老", "覆盖率", "≥2"))
    assert found.caption == "主要指标"


def test_layout_table_is_no_data_table(tmp_path):
    document = read(
        tmp_path,
        f"<html><body><table><tr><td>{CHROME}</td></tr><tr><td><table><tr><td>{BODY}</td></tr></table></td></tr></table></body></html>",
    )
    assert document.tables == ()
    assert len(document.clauses) == 3


def test_markup_in_the_text_is_text(tmp_path):
    document = read(tmp_path, whole("<p>一、标准</p><p>请填写&lt;script&gt;alert(1)&lt;/script&gt;，谢谢配合。</p>"))
    assert document.clauses[-1].text == "请填写<script>alert(1)</script>，谢谢配合。"
