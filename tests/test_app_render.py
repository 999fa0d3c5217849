"""The page as HTML, held to the letter: what is shown, what is marked, what is escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.render import render_answer, render_message, render_shelf
from app.showing.shown import Put
from index.answer_output import answer_text
from index.records import (
    Agreement,
    Answer,
    Charge,
    Comparison,
    CrossReference,
    Fact,
    Force,
    Ground,
    Hit,
    Query,
    Statement,
)
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


def in_order(html: str, *pieces: str) -> bool:
    """Whether the pieces stand in the HTML in this order, the first at its beginning and the last at its end."""
    at = 0
    for piece in pieces:
        at = html.find(piece, at)
        assert at >= 0, piece
        at += len(piece)
    return html.startswith(pieces[0]) and at == len(html)


def head(verdict: str, told: str = "找到 1 条，第7页", status: str = "found") -> str:
    """Make what every answer begins with: its question and its verdict."""
    return (
        f'<article class="answer" data-status="{status}" data-told="{told}" tabindex="-1"><header class="put">'
        f'<h2 class="question">问</h2></header><p class="verdict {status}">{verdict}</p>'
    )


STATES = "<b>原文写明</b>"
DOCUMENT_ADDRESS = "d/%E6%B5%A6%E6%B0%91%E5%8F%91%E3%80%942023%E3%80%9574%E5%8F%B7"
CLAUSE_ADDRESS = (
    "c/%E6%B5%A6%E6%B0%91%E5%8F%91%E3%80%942023%E3%80%9574%E5%8F%B7/%E5%9B%9B/%EF%BC%88%E4%BA%8C%EF%BC%89/2"
)


def test_best_hit_to_the_letter() -> None:
    """All but the inside of ``copies`` and ``pane``, which stand behind the citation and behind the words."""
    assert in_order(
        page(HIT),
        head(STATES) + '<div class="hit best"><div class="words">'
        '<blockquote class="lead"><p>覆盖率达到100%。</p></blockquote>'
        '<div class="cite"><p><b>引用</b><span>《实施方案》（浦民发〔2023〕74号）第四部分第2点</span></p>',
        f'</div><h3 class="title"><a href="{DOCUMENT_ADDRESS}">实施方案</a></h3>'
        '<p class="facts"><span>浦民发〔2023〕74号</span> <span>浦东新区民政局</span> <span>2023年11月6日</span></p>'
        '<ol class="path"><li>四、主要任务</li><li>2、加强志愿服务</li></ol>'
        '<h4>条款原文</h4><p class="clause">2、加强志愿服务。规范团队建设。<mark>覆盖率达到100%。</mark>发展社区慈善。</p>'
        '<p class="found"><span>第7页</span> <span>字词相合、意思相近</span></p></div>',
        "</div></article>",
    )


def test_the_force_of_a_document_stands_beside_its_citation_and_on_its_card() -> None:
    ground = Ground("废止", "2023-07-01", "同时<废止。", "乙/三", "乙", "《乙办法》第三条")
    ended = replace(HIT, force=Force("甲", ended=ground, day="2024-01-01", status="已废止"))
    said, ground_said = "效力：已废止，自2023年7月1日起", "据《乙办法》第三条：“同时&lt;废止。”"
    below = f'<p class="basis">{ground_said}</p><h4>条款原文</h4>'
    assert f'</ol><p class="force ended">{said}</p>{below}' in page(ended)
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
        '<li><b>规范团队</b> <a href="c/%E7%94%B2/%E4%B8%80">《&lt;b&gt;甲办法》第一部分：“规范&lt;i&gt;。”</a></li>'
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
    assert (
        f'</ol><dl class="read"><dt>目标</dt><dd><ul><li>{goal}</li></ul></dd><dt>责任主体</dt><dd>各街镇（原文写明）</dd>'
        f'<dt>同一指标</dt><dd><ul><li>{goal} <small><a href="{CLAUSE_ADDRESS}">表1第9行，第7页</a></small> '
        '<em class="agree">两处一致</em></li></ul></dd>'
    ) in html
    assert '<dt>注意</dt><dd class="warn"><ul><li>网页版此处为“100”</li></ul></dd></dl>' in html
    assert (
        '<p class="readings"><span>按“志愿者”查找“义工” '
        '<button type="button" class="plain" data-literal="义工">只按“义工”查</button></span></p></article>'
    ) in html
    assert (
        '</header><div class="message none" data-told="查无此条"><b>查无此条</b><p>库中没有“表3”；现有：表1。</p></div>'
        '<p class="verdict found">'
    ) in html


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
    reached = (
        f"<dt>现状（文件写的已有情况）</dt><dd><ul><li>新增覆盖率 <b>100%</b> <small>{spans}</small></li></ul></dd>"
    )
    assert reached in render_answer(answer)


def test_issuer_is_offered_as_such_and_never_as_the_unit() -> None:
    answer = Answer(Query("问"), "clause", "found", (HIT,), issuer="浦东新区民政局", wants=frozenset({"who"}))
    assert "<dt>责任主体</dt><dd>本条未写（发文机关：浦东新区民政局）</dd>" in render_answer(answer)


def test_what_is_not_stated_is_told_only_where_it_was_asked_for() -> None:
    assert '<dl class="read">' not in page(HIT)
    answer = Answer(Query("问"), "clause", "found", (HIT,), wants=frozenset({"figure"}))
    assert '<dl class="read"><dt>数值</dt><dd>本条未写</dd></dl>' in render_answer(answer)


def test_where_else_the_document_writes_it_is_told() -> None:
    other = replace(
        HIT, rank=2, clause=replace(ROW, targets=(GOAL,), citation="《实施方案》（浦民发〔2023〕74号）表1第9行")
    )
    answer = Answer(Query("问"), "clause", "found", (HIT, other), wants=frozenset({"figure"}))
    assert (
        "<dd>本条未写；同一文件写有的："
        '<a href="c/%E6%B5%A6%E6%B0%91%E5%8F%91%E3%80%942023%E3%80%9574%E5%8F%B7/%E8%A1%A81/9">表1第9行</a></dd>'
    ) in render_answer(answer)


def test_comparison_side_by_side() -> None:
    other = replace(DOCUMENT, number="沪府办发〔2021〕16号")
    comparison = Comparison("覆盖率", (DOCUMENT, other), (STATED, None), "相差2个百分点")
    html = render_answer(Answer(Query("问"), "compare", "found", (HIT,), comparisons=(comparison,)))
    assert (
        head(STATES, "对比 1 项指标") + '<div class="sheet compared">'
        '<div class="sides-scroll" tabindex="0" role="region" aria-label="指标对照表"><table class="sides"><thead><tr>'
        '<th scope="col">指标</th><th scope="col">实施方案<small>浦民发〔2023〕74号</small></th>'
        '<th scope="col">实施方案<small>沪府办发〔2021〕16号</small></th><th scope="col">对照</th></tr></thead>'
        '<tbody><tr><th scope="row">覆盖率</th>'
        '<td data-name="浦民发〔2023〕74号">覆盖率 <b>100%</b> <small><span>期限：2025年</span></small>'
        f'<a class="at" href="{CLAUSE_ADDRESS}">第四部分第2点，第7页</a></td>'
        '<td data-name="沪府办发〔2021〕16号">未载明</td><td data-name="对照">相差2个百分点</td></tr></tbody></table></div><p class="bar"><button type="button" class="copy" data-copy="【覆盖率】'
    ) in html
    assert (
        '复制</button><a class="act" href="view/comparison.xlsx?q=%E9%97%AE&amp;doc=">导出 Excel</a></p></div>' in html
    )


def test_comparison_in_words_has_no_empty_table() -> None:
    html = render_answer(Answer(Query("问"), "compare", "found", (HIT,)))
    assert html.startswith(head(STATES, "对比 0 项指标") + '<section class="more"><h3 class="over">各条原文</h3>')


@pytest.mark.parametrize("kind", ["clause", "list", "compare", "part", "facts"])
def test_warning_is_shown_whatever_the_answer_is(kind: str) -> None:
    about = DOCUMENT if kind == "facts" else None
    html = render_answer(Answer(Query("问"), kind, "found", (HIT,), warnings=("网页版此处为“100”",), about=about))
    assert '<dt>注意</dt><dd class="warn"><ul><li>网页版此处为“100”</li></ul></dd></dl>' in html


def test_list_shows_every_clause_as_a_card() -> None:
    html = render_answer(
        Answer(Query("问"), "list", "found", (HIT, replace(HIT, rank=2, clause=ROW, evidence=ROW.sentences)))
    )
    said = "共 2 条"
    assert html.startswith(head(f"{STATES} <span>{said}</span>", said) + '<div class="bar">')
    assert html.count('<details class="hit">') == 2
    assert '<p class="of"><span>实施方案</span> <span>浦民发〔2023〕74号</span></p><details class="hit">' in html


def test_several_sentences_are_marked_in_the_order_of_the_text() -> None:
    html = page(replace(HIT, evidence=(SENTENCES[3], SENTENCES[1])))
    assert "2、加强志愿服务。<mark>规范团队建设。</mark>覆盖率达到100%。<mark>发展社区慈善。</mark></p>" in html
    assert '<blockquote class="lead"><p>规范团队建设。</p><p>发展社区慈善。</p></blockquote>' in html


def test_clause_of_one_sentence_is_not_said_twice() -> None:
    only = sentence("覆盖率达到100%。", 0, 7)
    clause = replace(CLAUSE, text=only.text, sentences=(only,))
    html = page(replace(HIT, clause=clause, evidence=(only,)))
    assert re.sub(r' data-[a-z]+="[^"]*"', "", html).count("覆盖率达到100%。") == 1
    assert '<p class="clause"><mark>覆盖率达到100%。</mark></p><div class="cite">' in html


def test_sentence_over_two_pages_names_both() -> None:
    html = page(replace(HIT, evidence=(SENTENCES[1],)))
    assert "<span>第6—7页</span>" in html


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
    best, more = html.split('<section class="more">')
    assert best.startswith(head(STATES, "找到 2 条，首条第7页") + '<div class="hit best">')
    assert more.startswith(
        '<h3 class="over">其他相关条款</h3><p class="of"><span>实施方案</span> <span>浦民发〔2023〕74号</span></p>'
        '<details class="hit"><summary><span class="said">序号：9；目标值：≥22</span>'
        '<span class="place"><span>第四部分第2点</span> <span>2、加强志愿服务</span> <span>第5页</span></span></summary>'
    )
    assert more.count('<div class="cite"><p><b>引用</b>') == 1


@pytest.mark.parametrize(
    ("status", "title", "text", "over", "tag"),
    [
        ("not_found", "库中没有", "查了全部文件，没有能回答这个问题的条款。", "最接近的条款，不是答案", "接近"),
        (
            "related",
            "相关，未直接写明",
            "库中有与此相关的条款，不能断定直接写明了所问的内容，请核对原文。",
            "相关条款，请核对原文",
            "可能相关",
        ),
    ],
)
def test_what_is_not_stated_is_said_first(status: str, title: str, text: str, over: str, tag: str) -> None:
    html = page(HIT, status=status)
    assert html.startswith(
        head(f"<b>{title}</b> <span>{text}</span>", title, status)
        + f'<section class="more"><h3 class="over">{over}</h3><p class="of"><span>实施方案</span> <span>浦民发〔2023〕74号</span></p>'
        f'<details class="hit"><summary><span class="tag">{tag}</span><span class="said">覆盖率达到100%。</span>'
    )
    assert "hit best" not in html
    assert "责任主体" not in html


@pytest.mark.parametrize("status", ["not_found", "related"])
def test_what_is_near_never_wears_the_dress_of_an_answer(status: str) -> None:
    """A card opened below 库中没有 had its nearest sentence large and red, as an answer has."""
    assert 'class="lead"' not in page(HIT, HIT, status=status)


def test_nothing_near_leaves_the_verdict_alone() -> None:
    for status in ("not_found", "related"):
        assert page(status=status) == (
            head(
                "<b>库中没有</b> <span>查了全部文件，没有能回答这个问题的条款。</span>", "库中没有", "not_found"
            ).replace('data-status="not_found"', f'data-status="{status}"')
            + "</article>"
        )


WIDEN = '<button type="button" class="plain" data-widen>查全部文件</button>'


def test_what_a_question_was_kept_within_is_told_and_can_be_widened() -> None:
    put = Put("《甲<办法》（甲发〔2020〕5号）", "《甲<办法》（甲发〔2020〕5号）一份文件")
    html = render_answer(Answer(Query("问", document="甲发〔2020〕5号"), "clause", "not_found", ()), put)
    assert (
        f'<h2 class="question">问</h2><p class="scope">只查了 《甲&lt;办法》（甲发〔2020〕5号） {WIDEN}</p></header>'
        in html
    )
    assert (
        "<span>查了《甲&lt;办法》（甲发〔2020〕5号）一份文件，没有能回答这个问题的条款。</span></p></article>" in html
    )


def test_a_filter_that_hides_the_answer_says_so() -> None:
    html = render_answer(
        Answer(Query("问"), "clause", "not_found", ()), Put("《甲》", "《甲》一份文件", elsewhere=True)
    )
    assert html.endswith(f'</p><p class="strip">所选文件以外写有 {WIDEN}</p></article>')


def test_the_day_by_whose_law_it_is_answered_is_told() -> None:
    html = render_answer(Answer(Query("问", as_of="2023-07-01"), "clause", "found", (HIT,)))
    assert '<h2 class="question">问</h2><p class="scope">按 2023年7月1日 的效力</p></header>' in html


def test_what_a_document_states_of_itself() -> None:
    facts = (Fact("发文机关", "甲局"), Fact("有效期", None), Fact("施行", "<2024年", "甲/一"))
    html = render_answer(
        Answer(Query("问"), "facts", "found", (), facts=facts, about=Metadata("甲发〔2020〕5号", "甲办法"))
    )
    assert html == (
        head("<b>文件信息</b> <span>取自文件自身的版头、正文和版记，不是条款原文</span>", "文件信息").replace(
            "verdict found", "verdict facts"
        )
        + '<div class="sheet"><h3 class="title"><a href="d/%E7%94%B2%E5%8F%91%E3%80%942020%E3%80%955%E5%8F%B7">甲办法</a></h3>'
        '<p class="facts"><span>甲发〔2020〕5号</span></p><dl class="read"><dt>发文机关</dt><dd>甲局</dd>'
        '<dt>有效期</dt><dd>未载明</dd><dt>施行</dt><dd>&lt;2024年 <a href="c/%E7%94%B2/%E4%B8%80">看原文</a></dd></dl></div></article>'
    )


def test_a_part_is_one_table_where_its_clauses_are_rows_and_text_below_headings_where_not() -> None:
    rows = (
        replace(ROW, cells=(("序号", "9"), ("目标值", "≥22"))),
        replace(ROW, cells=(("序号", "10"), ("目标值", "5<6"))),
    )
    clauses = (CLAUSE, replace(CLAUSE, heading_path=("四、主要任务", "3、其他"), text="3、其他。"))
    hits = tuple(replace(HIT, rank=rank, clause=one) for rank, one in enumerate((*rows, *clauses), 1))
    html = render_answer(Answer(Query("问"), "part", "found", hits, total=4))
    open_, row_link = (
        '<div class="wide" tabindex="0" role="region" aria-label="表格，可左右滚动"><table class="whole">',
        (
            '<td><a href="c/%E6%B5%A6%E6%B0%91%E5%8F%91%E3%80%942023%E3%80%9574%E5%8F%B7/%E8%A1%A81/9"'
            ' aria-label="《实施方案》（浦民发〔2023〕74号）第四部分第2点">条款</a></td>'
        ),
    )
    link = f'<a class="more-link" href="{CLAUSE_ADDRESS}" aria-label="《实施方案》（浦民发〔2023〕74号）第四部分第2点">条款</a>'
    assert html == (
        head(f"{STATES} <span>共 4 条</span>", "共 4 条")
        + '<section class="sheet part"><h3 class="title">实施方案</h3><p class="facts">浦民发〔2023〕74号</p>'
        f'{open_}<thead><tr><th>序号</th><th>目标值</th><th><span class="sr">条款</span></th></tr></thead><tbody>'
        f"<tr><td>9</td><td>≥22</td>{row_link}</tr><tr><td>10</td><td>5&lt;6</td>{row_link}</tr></tbody></table></div>"
        f'<h4>四、主要任务</h4><p class="clause">{TEXT} {link}</p>'
        f'<p class="clause">3、其他。 {link}</p></section></article>'
    )


@pytest.mark.parametrize("kind", ["list", "part"])
@pytest.mark.parametrize(
    ("first", "ranks", "turns"),
    [
        (1, (1, 2), ['data-first="3">下一页']),
        (3, (3, 4), ['data-first="1">上一页', 'data-first="5">下一页']),
        (5, (5,), ['data-first="3">上一页']),
        (2, (2, 3), ['data-first="1">上一页', 'data-first="4">下一页']),
        (6, (), ['data-first="4">上一页']),
    ],
)
def test_a_long_list_is_turned_page_by_page(kind: str, first: int, ranks: Sequence[int], turns: list[str]) -> None:
    hits = tuple(replace(HIT, rank=rank) for rank in ranks)
    html = render_answer(Answer(Query("问", first=first, page=2), kind, "found", hits, total=5))
    assert re.findall(r'data-first="\d+">[^<]+', html) == turns


def test_a_list_is_copied_whole_or_page_by_page() -> None:
    whole = Answer(Query("问"), "list", "found", (HIT,), total=1)
    text = answer_text(whole)
    assert f'<button type="button" class="copy" data-copy="{text}">复制全部</button>' in render_answer(whole)
    assert ">复制本页</button>" in render_answer(replace(whole, total=2))


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
        *(render_answer(Answer(Query("问"), kind, "found", (hostile, row))) for kind in ("list", "part", "compare")),
        page(row, hostile, status="not_found"),
        page(hostile, status="related"),
        render_shelf([document]),
    ):
        assert "<script" not in html
        assert "alert('" not in html
        assert ESCAPED in html


@pytest.mark.parametrize("kind", ["clause", "list", "compare", "part", "facts"])
def test_everything_read_from_a_document_is_escaped(kind: str) -> None:
    target = Target(HOSTILE, "=", HOSTILE, HOSTILE, HOSTILE, 0, 1, HOSTILE, HOSTILE, HOSTILE)
    stated = replace(STATED, target=target, citation=HOSTILE)
    answer = Answer(
        Query("问"), kind, "found", (HIT,), targets=(stated,),
        charges=(Charge(Unit(HOSTILE, "stated", HOSTILE), HOSTILE),), agreements=(Agreement((stated, stated), False, HOSTILE),),
        comparisons=(Comparison(HOSTILE, (Metadata(None, HOSTILE),), (stated,), HOSTILE),), warnings=(HOSTILE,),
        read_as=((HOSTILE, (HOSTILE,)),), missing=(HOSTILE,), facts=(Fact(HOSTILE, HOSTILE, HOSTILE),), about=Metadata(None, HOSTILE),
    )  # fmt: skip
    html = render_answer(answer, Put(HOSTILE, HOSTILE))
    assert "<script" not in html
    assert "alert('" not in html
    assert html.count(ESCAPED) > 2


def test_a_mark_never_splits_an_escaped_character() -> None:
    said = sentence("a<b", 1, 7)
    html = page(replace(HIT, clause=replace(CLAUSE, text="&a<b>", sentences=(said,)), evidence=(said,)))
    assert '<p class="clause">&amp;<mark>a&lt;b</mark>&gt;</p>' in html


@pytest.mark.parametrize("kind", ["none", "fault", "wait"])
def test_message(kind: str) -> None:
    said = f'<div class="message {kind}" data-told="问题&lt;空&gt;"><b>问题&lt;空&gt;</b><p>请&#34;输入&#34;</p></div>'
    assert render_message("问题<空>", '请"输入"', kind) == said
    assert render_message("问题<空>", '请"输入"', kind, HOSTILE) == (
        f'<header class="put"><h2 class="question">{ESCAPED}</h2></header>{said}'
    )


def test_a_question_is_printed_above_its_answer_and_escaped() -> None:
    html = render_answer(Answer(Query(HOSTILE), "clause", "found", (HIT,)))
    assert f'<header class="put"><h2 class="question">{ESCAPED}</h2></header>' in html
    assert "<script" not in html


def test_shelf_leaves_out_what_is_not_given() -> None:
    assert render_shelf([Metadata(None, "通知")]) == (
        '<section class="shelf"><h2>库中文件</h2><ul><li><h3 class="title"><a href="d/%E9%80%9A%E7%9F%A5">通知</a></h3>'
        '<p class="facts"></p></li></ul></section>'
    )


def test_shelf_of_many_documents_tells_how_many() -> None:
    html = render_shelf([Metadata(None, "通知")] * 3, most=2)
    assert html.count("<li>") == 2
    assert html.endswith('</li></ul><p class="found">共 3 份，全部在“文件”页</p></section>')
