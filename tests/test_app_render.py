"""The page as HTML, held to the letter: what is shown, what is marked, what is escaped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.render import render_answer, render_message, render_shelf
from index.answer_output import answer_text
from index.records import Agreement, Answer, Charge, Comparison, CrossReference, Force, Ground, Hit, Query, Statement
from ingest.records import Clause, Metadata, Sentence, Span, Target, Unit

DOCUMENT = Metadata("浦民发〔2023〕74号", "实施方案", issuer="浦东新区民政局", date="2023-11-06")


def sentence(text: str, start: int, *pages: int) -> Sentence:
    return Sentence(text, start, start + len(text), Span(start, start + len(text)), pages, ())


TEXT = "2、加强志愿服务。规范团队建设。覆盖率达到100%。发展社区慈善。"
SENTENCES = (
    sentence("2、加强志愿服务。", 0, 6),
    sentence("规范团队建设。", 9, 6, 7),
    sentence("覆盖率达到100%。", 16, 7),
    sentence("发展社区慈善。", 26, 7),
)
CLAUSE = Clause(
    clause_id="浦民发〔2023〕74号/四/（二）/2",
    kind="clause",
    heading_path=("四、主要任务", "2、加强志愿服务"),
    text=TEXT,
    source_text=TEXT,
    span=Span(0, len(TEXT)),
    pages=(6, 7),
    citation="《实施方案》（浦民发〔2023〕74号）第四部分第2点",
    sentences=SENTENCES,
)
HIT = Hit(1, 1.0, ("lexical", "dense"), CLAUSE, (SENTENCES[2],), DOCUMENT)
ROW = replace(
    CLAUSE,
    clause_id="浦民发〔2023〕74号/表1/9",
    kind="row",
    text="序号：9；目标值：≥22",
    sentences=(sentence("序号：9；目标值：≥22", 0, 5),),
    pages=(5,),
    cells=(("序号", "9"), ("目标值", "≥22")),
)


def page(*hits: Hit, status: str = "found") -> str:
    return render_answer(Answer(Query("问"), "clause", status, hits))


def test_sentences_lie_where_they_say() -> None:
    assert [TEXT[one.start : one.end] for one in SENTENCES] == [one.text for one in SENTENCES]


def test_best_hit_to_the_letter() -> None:
    address = "page.png?clause=%E6%B5%A6%E6%B0%91%E5%8F%91%E3%80%942023%E3%80%9574%E5%8F%B7%2F%E5%9B%9B%2F"
    address += "%EF%BC%88%E4%BA%8C%EF%BC%89%2F2&amp;page=7&amp;sentence=16"
    assert page(HIT) == (
        '<article class="hit best"><div class="words"><h3 class="title">实施方案</h3>'
        '<p class="facts"><span>浦民发〔2023〕74号</span> <span>浦东新区民政局</span> <span>2023年11月6日</span></p>'
        '<ol class="path"><li>四、主要任务</li><li>2、加强志愿服务</li></ol>'
        '<p class="lead">覆盖率达到100%。</p>'
        '<div class="cite"><p><b>引用</b><span>《实施方案》（浦民发〔2023〕74号）第四部分第2点</span></p>'
        '<button type="button" class="copy" data-copy="《实施方案》（浦民发〔2023〕74号）第四部分第2点">复制引用</button></div>'
        '<p class="found"><span>第7页</span> <span>字词相合、意思相近</span></p>'
        '<dl class="read"><dt>目标</dt><dd><ul><li>未载明</li></ul></dd><dt>责任主体</dt><dd>未载明</dd></dl>'
        '<h4>条款原文</h4><p class="clause">2、加强志愿服务。规范团队建设。<mark>覆盖率达到100%。</mark>发展社区慈善。</p></div>'
        f'<figure class="sheets"><a href="{address}" target="_blank" title="点击放大">'
        f'<img loading="lazy" src="{address}" alt="原文第7页，答句已框出"></a>'
        "<figcaption>原文第7页，框内为答句，点击放大</figcaption></figure></article>"
    )


def test_the_force_of_a_document_stands_beside_its_citation_and_on_its_card() -> None:
    ground = Ground("废止", "2023-07-01", "同时<废止。", "乙/三", "乙", "《乙办法》第三条")
    ended = replace(HIT, force=Force("甲", ended=ground, day="2024-01-01", status="已废止"))
    said, ground_said = "效力：已废止，自2023年7月1日起", "据《乙办法》第三条：“同时&lt;废止。”"
    below = f'<p class="basis">{ground_said}</p><p class="found">'
    assert f'</button></div><p class="force ended">{said}</p>{below}' in page(ended)
    card = page(HIT, ended).split('<section class="more">')[1]
    assert '<summary><span class="tag ended">已废止</span>' in card
    unknown = replace(HIT, force=Force("甲", day="2024-01-01", status="未载明"))
    assert '<p class="force">效力：未载明（文件和库中其他文件都没有写明）</p>' in page(unknown)
    assert "tag ended" not in page(HIT, unknown)


def test_what_a_clause_refers_to_is_marked_listed_once_and_escaped() -> None:
    to = CrossReference(
        "规范团队", 9, 13, "甲发〔2020〕5号", "<b>甲办法", True, ("甲/一",), "《<b>甲办法》第一部分", "规范<i>。"
    )
    lacking = CrossReference("100%", 21, 25, None, "乙&办法", False, remark="库中没有")
    html = page(replace(HIT, references=(to, lacking, lacking)))
    assert (
        '<p class="clause">2、加强志愿服务。<span class="ref">规范团队</span>建设。<mark>覆盖率达到</mark>'
        '<mark><span class="ref">100%</span></mark><mark>。</mark>发展社区慈善。</p>'
        '<dl class="refs"><dt>文中所引</dt><dd><ul>'
        "<li><b>规范团队</b> 《&lt;b&gt;甲办法》第一部分：“规范&lt;i&gt;。”</li>"
        "<li><b>100%</b> 库中没有《乙&amp;办法》</li></ul></dd></dl>"
    ) in html


GOAL = Target("覆盖率", "=", "100", "%", "覆盖率达到100%", 16, 24, deadline="2025")
STATED = Statement(GOAL, CLAUSE.clause_id, CLAUSE.citation, 7, "覆盖率达到100%。", DOCUMENT)


def test_what_was_read_from_the_clause() -> None:
    answer = Answer(
        Query("问"), "clause", "found", (HIT,), targets=(STATED,),
        charges=(Charge(Unit("各街镇", "stated", "覆盖率达到100%。"), CLAUSE.citation),),
        agreements=(Agreement((STATED, replace(STATED, citation="表1第9行")), True, "两处一致"),),
        warnings=("网页版此处为“100”",), read_as=(("义工", ("志愿者",)),), missing=("库中没有“表3”；现有：表1",),
    )  # fmt: skip
    html = render_answer(answer)
    goal = "覆盖率 <b>100%</b> <small><span>期限：2025年</span></small>"
    assert f"<dt>目标</dt><dd><ul><li>{goal}</li></ul></dd><dt>责任主体</dt><dd>各街镇（原文写明）</dd>" in html
    assert (
        f'<dt>同一指标</dt><dd><ul><li>{goal} <small>表1第9行，第7页</small> <em class="agree">两处一致</em></li></ul></dd>'
        in html
    )
    assert '<dt>注意</dt><dd class="warn"><ul><li>网页版此处为“100”</li></ul></dd></dl>' in html
    assert '<p class="readings">“义工”按“志愿者”查找</p>' in html
    assert "<b>查无此条</b><p>库中没有“表3”；现有：表1。</p>" in html


def test_a_line_of_text_and_the_page_say_the_same_of_a_target() -> None:
    full = replace(
        GOAL,
        action="新增",
        baseline="80",
        baseline_year="2020",
        nature="约束性",
        definition="已覆盖数/总数",
        kind="achieved",
    )
    stated = replace(STATED, target=full)
    answer = Answer(Query("问"), "clause", "found", (HIT,), targets=(stated,))
    more = ["期限：2025年", "基准值（2020年）：80%", "约束性", "定义：已覆盖数/总数", "已完成"]
    assert f"目标：新增覆盖率 100%，{'，'.join(more)}\n" in answer_text(answer)
    spans = " ".join(f"<span>{part}</span>" for part in more)
    assert f"<li>新增覆盖率 <b>100%</b> <small>{spans}</small></li>" in render_answer(answer)


def test_issuer_is_offered_as_such_and_never_as_the_unit() -> None:
    html = render_answer(Answer(Query("问"), "clause", "found", (HIT,), issuer="浦东新区民政局"))
    assert "<dt>责任主体</dt><dd>未载明（发文机关：浦东新区民政局）</dd>" in html


def test_comparison_side_by_side() -> None:
    other = replace(DOCUMENT, number="沪府办发〔2021〕16号")
    comparison = Comparison("覆盖率", (DOCUMENT, other), (STATED, None), "相差2个百分点")
    html = render_answer(Answer(Query("问"), "compare", "found", (HIT,), comparisons=(comparison,)))
    assert (
        '<h3>覆盖率</h3><table class="compare"><caption>相差2个百分点</caption><tbody><tr><th>浦民发〔2023〕74号</th>'
        "<td>覆盖率 <b>100%</b> <small><span>期限：2025年</span></small><br>"
        "<small>《实施方案》（浦民发〔2023〕74号）第四部分第2点，第7页</small></td></tr>"
        "<tr><th>沪府办发〔2021〕16号</th><td>未载明</td></tr></tbody></table>"
    ) in html


def test_comparison_in_words_has_no_empty_table() -> None:
    html = render_answer(Answer(Query("问"), "compare", "found", (HIT,)))
    assert html.startswith('<section class="more"><h2>各条原文</h2>')


@pytest.mark.parametrize("kind", ["clause", "list", "compare"])
def test_warning_is_shown_whatever_the_answer_is(kind: str) -> None:
    html = render_answer(Answer(Query("问"), kind, "found", (HIT,), warnings=("网页版此处为“100”",)))
    assert '<dt>注意</dt><dd class="warn"><ul><li>网页版此处为“100”</li></ul></dd></dl>' in html


def test_list_shows_every_clause_as_a_card() -> None:
    html = render_answer(
        Answer(Query("问"), "list", "found", (HIT, replace(HIT, rank=2, clause=ROW, evidence=ROW.sentences)))
    )
    assert html.startswith('<section class="more"><h2>共 2 条</h2>')
    assert html.count("<details") == 2


def test_several_sentences_are_marked_in_the_order_of_the_text() -> None:
    html = page(replace(HIT, evidence=(SENTENCES[3], SENTENCES[1])))
    assert "2、加强志愿服务。<mark>规范团队建设。</mark>覆盖率达到100%。<mark>发展社区慈善。</mark></p>" in html
    assert '<p class="lead">发展社区慈善。</p>' in html


def test_clause_of_one_sentence_is_not_said_twice() -> None:
    only = sentence("覆盖率达到100%。", 0, 7)
    clause = replace(CLAUSE, text=only.text, sentences=(only,))
    html = page(replace(HIT, clause=clause, evidence=(only,)))
    assert html.count("覆盖率达到100%。") == 1
    assert '<p class="clause"><mark>覆盖率达到100%。</mark></p><div class="cite">' in html


def test_sentence_over_two_pages_shows_both() -> None:
    html = page(replace(HIT, evidence=(SENTENCES[1],)))
    assert "<span>第6—7页</span>" in html
    assert [f"page={number}" in html for number in (5, 6, 7, 8)] == [False, True, True, False]
    assert html.count("<img ") == 2


def test_web_page_has_no_picture() -> None:
    web = replace(HIT, evidence=(sentence("覆盖率达到100%。", 16, 0),))
    assert "<span>无页码</span>" in page(web)
    assert "<img" not in page(web)


def test_table_row_is_shown_as_a_table() -> None:
    html = page(replace(HIT, clause=ROW, evidence=ROW.sentences))
    assert (
        '<table class="row"><thead><tr><th>序号</th><th>目标值</th></tr></thead>'
        '<tbody><tr><td data-name="序号">9</td><td data-name="目标值">≥22</td></tr></tbody></table>'
    ) in html


def test_further_hits_are_closed_cards() -> None:
    html = page(HIT, replace(HIT, rank=2, clause=ROW, evidence=ROW.sentences))
    head, more = html.split('<section class="more">')
    assert head.startswith('<article class="hit best">')
    assert more.startswith(
        '<h2>其他相关条款</h2><details class="hit"><summary><span class="said">序号：9；目标值：≥22</span>'
        '<span class="place"><span>浦民发〔2023〕74号</span> <span>2、加强志愿服务</span> <span>第5页</span></span></summary>'
    )
    assert more.count("data-copy=") == 1


@pytest.mark.parametrize(
    ("status", "title", "text", "over", "tag"),
    [
        ("not_found", "未找到依据", "库中文件没有能回答这个问题的条款", "最接近的条款，不是答案", "接近"),
        (
            "related",
            "相关，未直接写明",
            "库中有与此相关的条款，不能断定直接写明了所问的内容，请核对原文",
            "相关条款，请核对原文",
            "可能相关",
        ),
    ],
)
def test_what_is_not_stated_is_said_first(status: str, title: str, text: str, over: str, tag: str) -> None:
    html = page(HIT, status=status)
    assert html.startswith(
        f'<div class="message none" role="status"><b>{title}</b><p>{text}。可以换一种说法再问，或改查其他文件。</p></div>'
        f'<section class="more"><h2>{over}</h2><details class="hit"><summary>'
        f'<span class="tag">{tag}</span><span class="said">覆盖率达到100%。</span>'
    )
    assert "hit best" not in html
    assert "责任主体" not in html


def test_nothing_near_leaves_the_panel_alone() -> None:
    assert page(status="not_found") == (
        '<div class="message none" role="status"><b>未找到依据</b>'
        "<p>库中文件没有能回答这个问题的条款。可以换一种说法再问，或改查其他文件。</p></div>"
    )


HOSTILE = "<script>alert('\"1&2\"')</script>"
ESCAPED = "&lt;script&gt;alert(&#39;&#34;1&amp;2&#34;&#39;)&lt;/script&gt;"


def test_every_text_of_a_document_is_escaped() -> None:
    said = sentence(HOSTILE, 0, 7)
    clause = replace(
        CLAUSE, clause_id=HOSTILE, heading_path=(HOSTILE,), text=HOSTILE * 2, citation=HOSTILE, sentences=(said, said)
    )
    document = Metadata(HOSTILE, HOSTILE, issuer=HOSTILE, date="2023-11-06")
    hostile = Hit(1, 1.0, ("dense",), clause, (said,), document)
    row = replace(hostile, clause=replace(clause, cells=((HOSTILE, HOSTILE),)))
    for html in (
        page(hostile, row),
        page(row, hostile, status="not_found"),
        page(hostile, status="related"),
        render_shelf([document]),
    ):
        assert "<script" not in html
        assert "alert('" not in html
        assert ESCAPED in html


@pytest.mark.parametrize("kind", ["clause", "list", "compare"])
def test_everything_read_from_a_document_is_escaped(kind: str) -> None:
    target = Target(HOSTILE, "=", HOSTILE, HOSTILE, HOSTILE, 0, 1, HOSTILE, HOSTILE, HOSTILE)
    stated = replace(STATED, target=target, citation=HOSTILE)
    answer = Answer(
        Query("问"), kind, "found", (HIT,), targets=(stated,),
        charges=(Charge(Unit(HOSTILE, "stated", HOSTILE), HOSTILE),), agreements=(Agreement((stated, stated), False, HOSTILE),),
        comparisons=(Comparison(HOSTILE, (Metadata(None, HOSTILE),), (stated,), HOSTILE),), warnings=(HOSTILE,),
        read_as=((HOSTILE, (HOSTILE,)),), missing=(HOSTILE,),
    )  # fmt: skip
    html = render_answer(answer)
    assert "<script" not in html
    assert "alert('" not in html
    assert html.count(ESCAPED) > 2


def test_a_mark_never_splits_an_escaped_character() -> None:
    said = sentence("a<b", 1, 7)
    html = page(replace(HIT, clause=replace(CLAUSE, text="&a<b>", sentences=(said,)), evidence=(said,)))
    assert '<p class="clause">&amp;<mark>a&lt;b</mark>&gt;</p>' in html


@pytest.mark.parametrize("kind", ["none", "fault", "wait"])
def test_message(kind: str) -> None:
    assert render_message("问题<空>", '请"输入"', kind) == (
        f'<div class="message {kind}" role="status"><b>问题&lt;空&gt;</b><p>请&#34;输入&#34;</p></div>'
    )


def test_shelf_leaves_out_what_is_not_given() -> None:
    assert render_shelf([Metadata(None, "通知")]) == (
        '<section class="shelf"><h2>库中文件</h2><ul><li><h3 class="title">通知</h3><p class="facts"></p></li></ul></section>'
    )
