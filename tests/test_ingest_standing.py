"""What a publishing site says of the force of its document, in whatever markup, format and words."""

import pytest
from html_pages import BODY, TITLE, document_of, page
from office_texts import notice, put

from ingest import read_document
from ingest.records import Stated
from ingest.standing import standing_of

NUMBER = "<li>发文字号：青民发〔2024〕3号</li>"
OVER = Stated("标注", "失效", "有效性：失效", "")


def site_of(document):
    return [one for one in document.statements if one.kind == "标注"]


@pytest.mark.parametrize(
    "block",
    [
        "<table><tr><th>发文字号</th><td>青民发〔2024〕3号</td><th>有效性</th><td>失效</td></tr></table>",
        "<dl><dt>发文字号：</dt><dd>青民发〔2024〕3号</dd><dt>有效性：</dt><dd>失效</dd></dl>",
        f"<ul>{NUMBER}<li><span>有 效 性</span><span>：</span><em>失效</em></li></ul>",
        f"<ul>{NUMBER}<li>【有效性】失效</li></ul>",
        "<p>发文字号：青民发〔2024〕3号　有效性：失效　发布日期：2024-05-07</p>",
        f"<ul>{NUMBER}<li>废止日期：<i></i>　有效性：</li></ul><div>失效</div><div>失效</div>",
    ],
)
def test_a_label_beside_the_number_in_any_markup(tmp_path, block):
    assert site_of(document_of(tmp_path, page(f"<div>{BODY}</div>", above=block))) == [OVER]


@pytest.mark.parametrize(
    "block",
    [
        f"<ul>{NUMBER}<li>有效性：有效</li><li>有效性：失效</li><li>有效性：废止</li></ul>",
        f"<ul>{NUMBER}</ul><p>文件状态</p><p>不限</p><p>现行有效</p><p>已失效</p>",
        f"<ul>{NUMBER}</ul><p>文件状态</p><p>现行有效</p><p>已失效</p>",
        f"<ul>{NUMBER}</ul><p>文件状态：现行有效 已失效</p>",
        f"<ul>{NUMBER}<li>有效性：</li><li>主题词：低保</li></ul>",
    ],
)
def test_a_template_or_a_search_form_says_nothing(tmp_path, block):
    assert site_of(document_of(tmp_path, page(f"<div>{BODY}</div>", above=block))) == []


def test_labels_far_from_the_fields_of_the_document_are_anothers(tmp_path):
    others = "".join(f"<p>相关文件{count}</p>" for count in range(20)) + "<p>有效性：失效</p>"
    assert site_of(document_of(tmp_path, page(f"<div>{BODY}</div>{others}", above=f"<ul>{NUMBER}</ul>"))) == []


@pytest.mark.parametrize("title", [f"【已废止】{TITLE}", f"{TITLE}（已失效）"])
def test_a_mark_beside_the_title(tmp_path, title):
    document = document_of(tmp_path, page(f"<div>{BODY}</div>", title=title))
    words = "标题注明：已废止" if title[0] == "【" else "标题注明：已失效"
    assert site_of(document) == [Stated("标注", "失效", words, "")]


def test_lines_of_a_saved_text_and_of_its_end(tmp_path):
    text = notice("青禾市养老服务补贴办法", "青民规〔2020〕3号")
    for name, said in (
        ("头.txt", f"有效性：失效\n发布日期：2020-06-02\n\n{text}"),
        ("尾.txt", f"{text}\n有效性：失效\n"),
    ):
        assert site_of(read_document(put(tmp_path, name, said))) == [OVER]


def test_fields_of_markdown(tmp_path):
    text = notice("青禾市养老服务补贴办法", "青民规〔2020〕3号")
    said = f"---\n发文字号: 青民规〔2020〕3号\n有效性: 失效\n---\n\n{text}"
    assert site_of(read_document(put(tmp_path, "页.md", said))) == [OVER]


@pytest.mark.parametrize(
    ("label", "standing"),
    [
        ("有效性：现行有效", "有效"),
        ("有效性：是", "有效"),
        ("文件有效性：继续有效", "有效"),
        ("时效性：已失效", "失效"),
        ("时效性：废止（2021年5月1日）", "失效"),
        ("是否有效：无效", "失效"),
        ("是否废止：是", "失效"),
        ("是否废止：否", "有效"),
        ("是否废止：已废止", "失效"),
        ("时效性：部分失效", "部分失效"),
        ("时效性：有效（部分废止）", "部分失效"),
        ("时效性：已被修改", "已修改"),
        ("时效性：尚未生效", "尚未生效"),
        ("失效日期：2023年12月31日", "失效"),
        ("废止日期：有效", "有效"),
        ("失效日期：长期", None),
        ("有效性：有效期五年", None),
        ("时效性：15个工作日", None),
        ("有效性：是指有关材料真实", None),
        ("发文字号：有效", None),
    ],
)
def test_words_of_labels(label, standing):
    assert standing_of(label) == standing
