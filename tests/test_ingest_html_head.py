"""Metadata and title of a web page: read by name in any markup, checked against each other, never a path or a column."""

import pytest
from html_pages import BODY, NAVIGATION, TITLE, document_of, page, page_of

FIELDS = (
    ("索引号", "000000/2024-00001"),
    ("发文机关", "青禾市民政局"),
    ("成文日期", "2024-05-06"),
    ("标题", TITLE),
    ("发文字号", "青民发〔2024〕3号"),
    ("主题词", ""),
)
READ = {
    "index_number": "000000/2024-00001",
    "issuer": "青禾市民政局",
    "date": "2024年5月6日",
    "title": TITLE,
    "number": "青民发〔2024〕3号",
}


def each(form, outer="div"):
    return f"<{outer}>" + "".join(form.format(name, value) for name, value in FIELDS) + f"</{outer}>"


@pytest.mark.parametrize(
    "block",
    [
        each("<tr><th>{}</th><td>{}</td></tr>", "table"),
        each("<tr><td><p>{}：</p></td><td><p>{}</p></td></tr>", "table"),
        "<table>" + "".join(
            f"<tr><td>{FIELDS[n][0]}：</td><td>{FIELDS[n][1]}</td><td>{FIELDS[n + 1][0]}：</td><td>{FIELDS[n + 1][1]}</td></tr>"
            for n in (0, 2, 4)
        ) + "</table>",
        each("<dt>{}：</dt><dd>{}</dd>", "dl"),
        each("<li><span>{}</span><span>：</span><span>{}</span></li>", "ul"),
        each("<li>{}：<div>{}</div></li>", "ul"),
        each("<li>[<b>{}</b>] {}</li>", "ul"),
        each("<p>【{}】{}</p>"),
        each("<h1>{}：</h1><p>{}</p>"),
        "<div>" + "　".join(f"{name}：{value}" for name, value in FIELDS) + "</div>",
        "<div>" + " | ".join(f"{name}：{value}" for name, value in FIELDS) + "</div>",
        "<table>" + "".join(f"<tr><td>{'　'.join(name)}：</td><td>{value}</td></tr>" for name, value in FIELDS) + "</table>",
    ],
)  # fmt: skip
def test_fields_in_any_markup(tmp_path, block):
    for markup in (
        page(f"<div>{BODY}</div>", above=block, title="", named="x"),
        page(f"<div>{block}{BODY}</div>", title=""),
    ):
        found = page_of(markup)
        assert dict(found.labels) == READ
        assert (found.title, found.grids, len(found.lines)) == (TITLE, (), 6)
        assert document_of(tmp_path, markup).account.lost == 0


def test_empty_fields_take_no_value_from_their_neighbours():
    table = "<table><tr><td>文号：</td><td></td><td>发布日期：</td><td>2024-05-07</td></tr><tr><td>发布机构</td><td></td><td>登记日期</td><td></td></tr></table>"
    assert dict(page_of(page(BODY, above=table)).labels) == {"published": "2024-05-07", "date": "2024年5月7日"}


def test_names_of_a_search_form_are_no_fields():
    form = "<div><label>发文字号</label><div>机构</div></div><p>字号：大 中 小</p>"
    assert page_of(page(BODY, above=form)).labels == ()


def test_bodies_that_issue_jointly(tmp_path):
    fields = "<ul><li>[发文机构] 青禾市民政局</li><li>[联合发文单位] 青禾市财政局;青禾市残联</li></ul>"
    body = "<div><p>为做好社会救助工作，现通知如下。</p><p>一、提高标准，自7月起执行。</p></div>"
    document = document_of(tmp_path, page(body, above=fields))
    assert document.metadata.issuer == "青禾市民政局、青禾市财政局、青禾市残联"


@pytest.mark.parametrize(
    ("above", "number"),
    [
        ("<h3>青民发〔2024〕3 号</h3>", "青民发〔2024〕3号"),
        ("<div>（青民规〔2024〕3号）</div>", "青民规〔2024〕3号"),
        ("<p>备注/文号： 青民规〔2024〕4号</p>", "青民规〔2024〕4号"),
    ],
)
def test_number_above_the_article(tmp_path, above, number):
    assert document_of(tmp_path, page(f"{above}<div>{BODY}</div>")).metadata.number == number


def test_day_of_publication_without_a_name():
    above = "<p>2024-05-07 08:21 来源：青禾日报 字号： 默认 大 打印</p>"
    assert dict(page_of(page(f"{above}<div>{BODY}</div>")).labels)["published"] == "2024-05-07"


PATH = "<div>您当前所在的位置：<a href='/'>首页</a> &gt; <a href='/b'>工作机构</a> &gt; 招生考试</div>"
CENTRED = f"<p align='center'>{TITLE}</p>"


@pytest.mark.parametrize(
    "markup",
    [
        page(f"<div>{BODY}</div>"),
        page(f"<div>{BODY}</div>", named=f"{TITLE}_通知公告_青禾市民政局网站", title=""),
        page(f"<div>{BODY}</div>", title=f"【已废止】{TITLE}"),
        page(f"<div>{BODY}</div>", title=f"{TITLE}（青民发〔2024〕3号）"),
        page(f"<div>{BODY}</div>", title=f"青民发〔2024〕3号{TITLE}", named="x"),
        page(f"<div>{CENTRED}{BODY}</div>", title="通知公告"),
        page(f"<h2>{TITLE}</h2><div>{BODY}</div>", title="通知公告"),
        page(f"<div>{CENTRED}{BODY}</div>", title="青禾市人民政府"),
        page(f"<div>{CENTRED}{BODY}</div>", title="全文", named="政府信息公开"),
        page(
            f"<div>{CENTRED}{BODY}</div>",
            above=PATH.replace("div", "h1"),
            title="",
            named="招生考试-青禾区人民政府网站",
        ),
        page(f"<div>{PATH}<p>全文</p>{CENTRED}{BODY}</div>", title="", named=f"{TITLE} - 青禾市人民政府门户网站"),
        page(f"<div>{CENTRED}{BODY}</div>", title=f"{TITLE[:12]}..."),
        page(f"<div><p>青禾市民政局</p><p>关于提高低保标准的通知</p>{BODY}</div>", title="", named="青禾市民政局"),
        page(f"<meta name='ArticleTitle' content='\u200b{TITLE}'><div>{BODY}</div>", title="", named="通知公告"),
        page(f"<div>{BODY}</div>", title="青禾市民政局 关于提高低保标准的通知"),
    ],
)
def test_title(markup):
    found = page_of(markup)
    assert (found.title, found.warnings) == (TITLE, ())


@pytest.mark.parametrize(
    "title", [f"{TITLE}（青民发〔2024〕3号）", f"{TITLE} 青民发〔2024〕3号", f"【救助】青民发〔2024〕3号{TITLE}"]
)
def test_number_beside_the_title_is_the_documents(tmp_path, title):
    metadata = document_of(tmp_path, page(f"<div>{BODY}</div>", title=title)).metadata
    assert (metadata.title, metadata.number) == (TITLE, "青民发〔2024〕3号")


def test_page_without_a_title_says_so():
    assert page_of(f"<html><body>{NAVIGATION}<div>{BODY}</div></body></html>").warnings == (
        "网页没有给出标题，以正文首行为准，请核对",
    )


@pytest.mark.parametrize(("heading", "named"), [("", "怎么申领"), ("怎么申领", "x")])
def test_title_that_one_place_gives_is_doubtful(heading, named):
    (warning,) = page_of(page(f"<div>{BODY}</div>", title=heading, named=named)).warnings
    assert warning == "标题“怎么申领”只有一处写明，请核对"


@pytest.mark.parametrize(
    ("fields", "warnings"),
    [
        ("<li>索引号：000-1</li><li>有效性：废止</li>", ("网页注明“有效性：废止”，引用前请核对",)),
        ("<li>索引号：000-1</li><li>是否有效：否</li>", ("网页注明“是否有效：否”，引用前请核对",)),
        ("<li>索引号：000-1</li><li>有效性：有效</li>", ()),
        ("<li>有效性：有效</li><li>有效性：失效</li><li>有效性：废止</li>", ()),
    ],
)
def test_page_that_says_its_document_is_no_longer_in_force(fields, warnings):
    assert page_of(page(f"<div>{BODY}</div>", above=f"<ul>{fields}</ul>")).warnings == warnings


@pytest.mark.parametrize(
    ("source", "issuer"),
    [
        ("天河区教育局", "天河区教育局"),
        (
            "市人力资源社会保障局  市劳动就业服务管理中心</span> <span>浏览字号：大中小",
            "市人力资源社会保障局、市劳动就业服务管理中心",
        ),
        ("甲市日报", None),
    ],
)
def test_offices_that_a_page_names_as_its_source_issue_what_nobody_signs(tmp_path, source, issuer):
    block = f"<div><span>发表时间：<b>2026-06-25</b></span> <span>信息来源：<b>{source}</b></span></div>"
    unsigned = BODY.replace("<p>青禾市民政局</p><p>2024年5月6日</p>", "")
    assert document_of(tmp_path, page(unsigned, above=block, title="入学学位申请指引")).metadata.issuer == issuer
