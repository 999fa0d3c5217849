"""Small forms: numbers of documents, dates, shown text, sentences, page furniture."""

import pytest

from ingest.clauses import cut
from ingest.display import display
from ingest.furniture import furniture
from ingest.metadata import canonical_number, iso_date
from ingest.pages import Line, Page
from ingest.records import Span


@pytest.mark.parametrize(
    "text",
    [
        "浦民发〔2023〕74号",
        "浦民发〔2023〕74 号",
        "浦民发[2023]74号",
        "浦民发〔２０２３〕７４号",
        "浦民发(2023)74号",
        "浦民发［2023］第74号",
        "浦民发【2023】074号",
    ],
)
def test_document_number_has_one_form(text):
    assert canonical_number(text) == "浦民发〔2023〕74号"


@pytest.mark.parametrize(
    ("text", "date"),
    [("2023 年 11 月 6 日", "2023-11-06"), ("２０２１年７月１３日", "2021-07-13"), ("二〇二一年七月十三日", "2021-07-13"),
     ("二○二一年十二月三十一日", "2021-12-31"), ("2023年13月1日", None), ("2023年", None), ("2023116", None)],
)  # fmt: skip
def test_dates(text, date):
    assert iso_date(text) == date


def shown(text, wide=""):
    return display(text, [char in wide for char in text]).text


def test_full_width_glyphs_under_ascii_codes_are_mended():
    assert shown("做好«规划»,兜牢底线.", wide="«»,.") == "做好《规划》，兜牢底线。"


def test_half_width_glyphs_are_left_alone():
    assert shown("居(村)民,好.") == "居(村)民,好."


def test_decimal_point_is_no_full_stop():
    assert shown("从１.３万到２０．４万,１．坚持", wide=".,") == "从1.3万到20.4万，1.坚持"


def test_spaces_stay_between_latin_words_only():
    assert shown("2023 年 11 月,做 好 Pandoc + Typst 工具") == "2023年11月,做好Pandoc + Typst工具"


def test_shown_text_maps_back():
    form = display("于 2023 年.", [False] * 9)
    assert form.text == "于2023年."
    assert form.source(Span(1, 5)) == Span(2, 6)
    assert form.span(Span(2, 6)) == Span(1, 5)


def sentences(text):
    return [text[start:end] for start, end in cut(text)]


def test_sentences_end_at_stops_and_keep_their_closing_marks():
    assert sentences("做好工作。落实“三个一”。”好；完成！") == ["做好工作。", "落实“三个一”。”", "好；", "完成！"]


def test_brackets_and_titles_hold_a_sentence_together():
    assert sentences("推进（甲。乙；丙）和《规划。纲要》。好") == ["推进（甲。乙；丙）和《规划。纲要》。", "好"]


def test_bracket_never_closed_does_not_swallow_the_rest():
    assert len(sentences("（" + "很长的一句话。" * 40)) > 1


def test_plain_full_stop_between_chinese_characters_ends_a_sentence():
    assert sentences("1.提高到1.5万张.完成任务.") == ["1.提高到1.5万张.", "完成任务."]


def page(number, *texts):
    tops = (30.0, 400.0, 800.0)
    lines = tuple(
        Line(text, number, top, top + 10, 9.0, ((70.0, 90.0),)) for top, text in zip(tops, texts, strict=True)
    )
    return Page(number, 595.0, 842.0, lines)


def test_page_numbers_and_running_heads_are_furniture():
    pages = [page(number, f"某公司2018年第{number}期", "正文1", f"— {number} —") for number in range(1, 5)]
    assert sorted(line.text for line in furniture(pages)) == [
        *(f"— {n} —" for n in range(1, 5)),
        *(f"某公司2018年第{n}期" for n in range(1, 5)),
    ]


def test_a_number_in_the_text_is_no_page_number():
    assert furniture([page(1, "题目", "100", "第 2 页 共 6 页")]) == {
        page(1, "题目", "100", "第 2 页 共 6 页").lines[2]
    }


def test_characters_written_by_their_names_are_shown_and_found_again():
    source = "推进&ldquo;一网通办&rdquo;&nbsp;甲&#183;乙，&lt;1，R&D;、&foo;。"
    found = display(source, [False] * len(source))
    assert found.text == "推进“一网通办”甲·乙，<1，R&D;、&foo;。"
    start, end = found.text.index("“"), found.text.index("”") + 1
    span = found.source(Span(start, end))
    assert source[span.start : span.end] == "&ldquo;一网通办&rdquo;"
    assert found.of(span) == "“一网通办”"
