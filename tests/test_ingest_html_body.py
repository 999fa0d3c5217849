"""The body of a web page is found in whatever markup it stands, whole and once; the rest is set aside and counted."""

import pytest
from html_pages import BODY, CLAUSES, FOOTER, NAVIGATION, PARAGRAPHS, TITLE, document_of, ids, lines, page, page_of

SPANS = "".join(f"<p>{'<span>' * 8}{text}{'</span>' * 8}</p>" for text in PARAGRAPHS)
BLOCKS = "".join(f"<div><div><p>{text}</p></div></div>" for text in PARAGRAPHS)
BREAKS = "<br>".join(PARAGRAPHS)
INDENTED = "<br/><br/>".join(f"　　{text}" for text in PARAGRAPHS)


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{BODY}</div>",
        f"<div><font><span>{BODY}</span></font></div>",
        f"<div>{SPANS}</div>",
        BODY,
        BLOCKS,
        f"<div>{BREAKS}</div>",
        f"<div>{INDENTED}</div>",
        f"<table><tr><td>{BODY}</td></tr></table>",
        f"<table><tr><td>{NAVIGATION}</td><td><table><tr><td>{BODY}</td></tr></table></td></tr><tr><td>打印</td><td>关闭</td></tr></table>",
        f"<pre>{chr(10).join(PARAGRAPHS)}</pre>",
    ],
    ids=["div", "inline round blocks", "nested spans", "in the page itself", "a div each", "br", "br and indents",
         "table of one cell", "layout tables", "pre"],
)  # fmt: skip
def test_body_in_any_markup(tmp_path, body):
    document = document_of(tmp_path, page(body))
    assert ids(document) == CLAUSES
    assert document.clauses[-1].text == PARAGRAPHS[3]
    metadata = document.metadata
    assert (metadata.title, metadata.issuer, metadata.date) == (TITLE, "青禾市民政局", "2024-05-06")
    assert (document.account.lost, document.warnings) == (0, ())


@pytest.mark.parametrize("nested", ["<font>" * 300, "<p><font>" * 300, "<font size='2'>" * 3000, "<div>" * 900])
def test_nothing_is_cut_off_below_many_unclosed_elements(tmp_path, nested):
    document = document_of(tmp_path, page(f"<div>{BODY}{nested}<p>三、本通知自印发之日起施行，有效期五年。</p></div>"))
    assert ids(document) == [*CLAUSES, "三"]
    assert document.account.lost == 0


def test_text_behind_the_end_of_the_page_is_read():
    assert lines(f"<html><body>{NAVIGATION}</body></html><html><body><div>{BODY}</div></body></html>") == [*PARAGRAPHS]


HIDDEN = "正文在网页中是隐藏的，由脚本显示；已按正文收入，请核对"


@pytest.mark.parametrize(
    "body",
    [
        f"<div id='a' style=' display:none;'>{BODY}</div><div id='b'></div>",
        f"<div hidden>{BODY}</div>",
        f"<textarea style='display:none'>{BODY.replace('<', '&lt;')}</textarea>",
        f"<script type='text/html'>{BODY}</script>",
        f"<template>{BODY}</template>",
    ],
)
def test_body_that_only_a_script_shows_is_read_and_said_to_be_hidden(tmp_path, body):
    document = document_of(tmp_path, page(body + "<div>【字体：<a>大</a> <a>中</a> <a>小</a>】打印，关闭</div>"))
    assert ids(document) == CLAUSES
    assert HIDDEN in document.warnings


def test_page_that_is_cloaked_until_it_is_loaded_is_not_hidden():
    assert page_of(page(BODY).replace("<body>", "<body style='visibility: hidden'>")).warnings == ()


def test_answers_behind_their_questions(tmp_path):
    questions = "".join(
        f"<dl><dt>问：第{n}个问题是什么？</dt><dd style='display:none'><div>答：按照第{n}条的规定执行，由区民政局办理。</div></dd></dl>"
        for n in "一二三四"
    )
    found = lines(page(f"<div>{questions}</div>", title="青禾市低保常见问答"))
    assert found[-8:] == [
        part
        for n in "一二三四"
        for part in (f"问：第{n}个问题是什么？", f"答：按照第{n}条的规定执行，由区民政局办理。")
    ]


@pytest.mark.parametrize(
    ("body", "warnings"),
    [
        (f"<div>{BODY}</div><div style='display:none'>{BODY}</div>", ()),
        (f"<div>{BODY}</div><div style='display:none'>{''.join(PARAGRAPHS)}</div>", ()),
        (f"<div>{BODY}</div><div>{BODY}</div>", ()),
        (f"<div>{BODY}{BODY}</div>", ("正文在网页中不止一份，只收入第一份",)),
        (f"<div>{BODY}{BODY}{BODY}</div>", ("正文在网页中不止一份，只收入第一份",)),
    ],
)
def test_copies_of_the_body_are_left_out(tmp_path, body, warnings):
    document = document_of(tmp_path, page(body))
    assert (ids(document), document.warnings, document.account.lost) == (CLAUSES, warnings, 0)


def test_body_shorter_than_the_chrome_round_it():
    body = "<div><p>现予公告。</p><p>一、本公告自今日起施行，请各单位遵照执行。</p></div>"
    assert lines(page(body) + FOOTER + FOOTER) == ["现予公告。", "一、本公告自今日起施行，请各单位遵照执行。"]


def test_chrome_within_the_article_is_set_aside():
    inside = (
        "<p>您当前所在的位置：首页 &gt; 政务公开 &gt; 通知公告</p><p>全文</p><p>来源：市民政局　发布时间：2024-05-07</p>"
        f"{BODY}<p>【打印】 【关闭】</p><p>相关链接：</p><p>1.<a href='/a.html'>《通知》解读</a></p><p>扫一扫在手机打开当前页</p>"
    )
    kept = page_of(page(f"<div>{inside}</div>"))
    assert [line.text for line in kept.lines] == [*PARAGRAPHS]
    assert "【打印】 【关闭】" in kept.marks
    assert dict(kept.labels) == {"published": "2024-05-07", "date": "2024年5月7日"}


def test_prose_beside_the_article_is_said():
    said = "本站提醒：办理低保不收取任何费用，请勿向任何人支付所谓手续费，谨防诈骗，发现线索请及时举报。"
    beside = "<div><a href='/'>首页</a></div>" * 30 + f"<div><p>{said}</p></div>"
    assert page_of(page(f"<div>{BODY}</div>{beside}")).warnings == (
        "正文以外还有 46 字像正文的文字未收入，如“本站提醒：办理低保不收取任何费用，请勿向任何人支付所谓手续费”，请核对",
    )


def test_a_sentence_broken_by_a_line_end_goes_on():
    assert lines(
        page(
            f"<div>{BODY}<p>三、各区民政局、<br>财政局应当配合，<br>按时拨付。<br>四、本通知自印发之日起施行。</p></div>"
        )
    )[-2:] == [
        "三、各区民政局、财政局应当配合，按时拨付。",
        "四、本通知自印发之日起施行。",
    ]


def test_note_of_adoption_above_the_article_is_kept():
    note = "（二〇二四年五月一日青禾市第一届人民代表大会第二次会议通过）"
    above = f"<h3>{note}</h3><div>2024-05-06 08:21 来源：青禾日报</div>"
    found = page_of(page(f"{above}<div>{BODY}</div>"))
    assert [line.text for line in found.lines] == [note, *PARAGRAPHS]
    assert dict(found.labels)["published"] == "2024-05-06"
