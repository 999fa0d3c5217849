"""What of a page is no text: page numbers, running heads, footnotes, contents lists."""

import pytest
from pdf_files import Drawing, ids

from ingest.furniture import furniture
from ingest.pages import Footnote, Line, Page


def page(number, *lines, height=842.0):
    """A page of lines given as (top, words)."""
    made = [Line(words, number, top, top + 16.0, 16.0, ((80.0, 96.0),) * len(words)) for top, words in lines]
    return Page(number, 595.0, height, tuple(made))


def dropped(*pages):
    return sorted(line.text for line in furniture(pages))


BODY = [(300.0, "第一条为了加强管理。"), (330.0, "第二条自公布之日起施行。")]


def test_page_number_and_publisher_that_stand_high():
    pages = [page(n, *BODY, (702.0, f"- {n} -"), (738.0, "青禾市人民政府办公室发布")) for n in (1, 2, 3)]
    assert dropped(*pages) == ["- 1 -", "- 2 -", "- 3 -", *["青禾市人民政府办公室发布"] * 3]


@pytest.mark.parametrize(
    "number",
    ["3", "- 3 -", "—３—", "第3页", "第 3 页 共 20 页", "3/20", "iii", "— 三 —", "Page 3 of 20", "·3·", "一3一"],
)
def test_forms_of_page_numbers(number):
    assert dropped(page(3, *BODY, (780.0, number))) == [number]


@pytest.mark.parametrize("words", ["2023年", "3.加强管理", "（3）", "第三条", "共3页材料"])
def test_what_is_no_page_number(words):
    assert dropped(page(3, *BODY, (780.0, words))) == []


def test_running_heads_of_odd_and_even_pages_with_the_number_in_them():
    heads = ["青禾市公报 {}", "{} 政府文件"]
    pages = [page(n, (40.0, heads[n % 2].format(n + 10)), *BODY) for n in range(1, 9)]
    assert dropped(*pages) == sorted(heads[n % 2].format(n + 10) for n in range(1, 9))


def test_two_pages_need_both():
    assert dropped(*(page(n, (40.0, "青禾市文件"), *BODY) for n in (1, 2))) == ["青禾市文件"] * 2
    assert dropped(page(1, (40.0, "青禾市文件"), *BODY)) == []


def test_words_that_recur_inside_the_text_or_elsewhere_are_text():
    inside = [page(n, (40.0, words), (60.0, "本页重复的话"), *BODY) for n, words in enumerate(["甲", "乙", "丙"], 4)]
    assert dropped(*inside) == []
    annexes = [page(n, (90.0, f"附件{n - 1}"), *BODY) for n in (2, 3, 4, 5)]
    assert dropped(*annexes) == []


def test_contents_list_is_set_aside_with_its_wrapped_lines():
    contents = page(
        1,
        (100.0, "目　录"),
        (130.0, "一、总体要求 ........ 2"),
        (160.0, "二、关于一件很长的"),
        (190.0, "事情……………（3）"),
        (220.0, "三、附则 4"),
    )
    body = page(2, (100.0, "一、总体要求"), (130.0, "坚持稳中求进。"))
    assert dropped(contents, body) == sorted(line.text for line in contents.lines)


def test_contents_list_without_page_numbers_is_known_by_its_headings():
    contents = page(
        1, (200.0, "目录"), (230.0, "第一章总则"), (260.0, "第二章附则"), (290.0, "为了加强管理，制定本办法。")
    )
    body = page(2, (200.0, "第一章总则"), (230.0, "第一条略。"), (260.0, "第二章附则"), (290.0, "第二条略。"))
    assert dropped(contents, body) == ["目录", "第一章总则", "第二章附则"]


def test_leaders_alone_make_a_contents_list_and_two_lines_do_not():
    three = [(100.0 + 30 * n, f"第{n}章……………{n}") for n in (1, 2, 3)]
    assert len(dropped(page(5, (100.0, "本规划"), *three))) == 3
    assert dropped(page(5, *three[:2], *BODY)) == []


def footnoted(mark_size, rule):
    drawing = Drawing()
    drawing.text(190, 90, "青禾市管理办法", size=22)
    drawing.lines(80, 140, [" 第一条高峰期间", "定的车辆运维人员，并公示服务电话和投诉渠道，接受社"])
    drawing.text(224, 140 - (6 if mark_size < 16 else 0), "1", size=mark_size)
    drawing.text(232, 140, "，在交通枢纽等重点区域，应设置固")
    if rule:
        drawing.fill(80, 700, 224, 700.5, 0)
    drawing.text(80, 718, "1 高峰时段指早7—9时、", size=9)
    drawing.text(80, 730, "晚17—19时。", size=9)
    drawing.text(280, 780, "— 1 —", size=14)
    drawing.page()
    drawing.lines(80, 100, ["会监督。", " 第二条自公布之日起施行。"])
    return drawing


@pytest.mark.parametrize(("mark_size", "rule", "shown"), [(9, False, "¹"), (16, True, "1")])
def test_footnote_is_kept_apart_and_the_sentence_goes_on_over_the_page(mark_size, rule, shown):
    drawing = footnoted(mark_size, rule)
    document = drawing.document()
    assert ids(document) == ["第一条", "第二条"]
    assert document.clauses[0].text == (
        f"第一条高峰期间{shown}，在交通枢纽等重点区域，应设置固定的车辆运维人员，并公示服务电话和投诉渠道，接受社会监督。"
    )
    assert document.account.lost == 0


def test_footnotes_are_records_of_their_page():
    first, second = footnoted(9, False).pages()
    assert first.footnotes == (Footnote("1", "高峰时段指早7—9时、晚17—19时。"),)
    assert second.footnotes == ()


def test_small_type_that_nothing_refers_to_is_text():
    (first, _) = footnoted(16, False).pages()
    assert first.footnotes == ()
    assert [line.text for line in first.lines if line.size == 9] == ["1 高峰时段指早7—9时、", "晚17—19时。"]
