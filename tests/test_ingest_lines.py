"""Glyphs to lines: baselines, ink-size boxes, raised digits, columns, turned and vertical pages, shading."""

import pytest
from pdf_files import Drawing, ids, texts

from ingest.display import display


def test_digits_of_a_font_with_another_descent_stay_in_their_line():
    drawing = Drawing()
    drawing.text(80, 100, "提取比例从")
    drawing.text(160, 100, "70%", font="Times-Roman")
    drawing.text(188, 100, "提高。")
    (page,) = drawing.pages()
    assert texts(page) == ["提取比例从70%提高。"]


@pytest.mark.parametrize("lift", [0, 4, 9])
def test_punctuation_as_small_as_its_ink_stays_where_it_stands(lift):
    drawing = Drawing()
    drawing.text(95, 300, "一")
    drawing.text(112, 300 - lift, "、", size=5)
    drawing.text(127, 300, "贷款政策")
    drawing.text(193, 300 - lift, "，", size=5)
    drawing.text(209, 300, "提高额度")
    (page,) = drawing.pages()
    assert texts(page) == ["一、贷款政策，提高额度"]


def test_raised_digit_is_shown_as_one_and_kept_in_the_source():
    drawing = Drawing()
    drawing.text(80, 100, "面积不超过144m")
    drawing.text(202, 94, "2", size=9)
    drawing.text(208, 100, "的住房")
    (page,) = drawing.pages()
    (line,) = page.lines
    assert (line.text, line.raised) == ("面积不超过144m2的住房", (9,))
    assert display(line.text, [False] * len(line.text), line.raised).text == "面积不超过144m²的住房"


def test_names_set_apart_on_one_line_are_parted():
    drawing = Drawing()
    drawing.text(80, 100, "市住房管理局")
    drawing.text(200, 100, "市规划局")
    drawing.text(268, 100, "文件")  # less than a character away: the same word
    (page,) = drawing.pages()
    assert texts(page) == ["市住房管理局 市规划局文件"]


def test_zero_width_characters_are_none():
    assert Drawing().canvas  # the font has no glyph for them, so the layer is made by hand
    from ingest.readers.glyphs import legible

    chars = [{"text": text} for text in ("第", "\u200b", "一\ufeff", "条", "(cid:31)")]
    assert [char["text"] for char in legible(chars)] == ["第", "一", "条", "\ufffd"]


def test_radicals_that_look_like_characters_are_those_characters():
    assert display("⼀、⽀持⻓期发展，⺠⽣", [False] * 12).text == "一、支持长期发展，民生"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_page_that_lies_on_its_side_or_head_is_turned(turn):
    drawing = Drawing()
    lines = ["第一条本办法适用于本市。", "第二条市民政局负责。"]
    for place, words in enumerate(lines):
        x, y = {90: (100 + 30 * place, 700), 180: (500, 700 - 30 * place), 270: (500 - 30 * place, 100)}[turn]
        drawing.text(x, y, words, turn=turn)
    (page,) = drawing.pages()
    assert texts(page) == lines
    assert (page.turn, page.width) == (turn, 595 if turn == 180 else 842)
    assert page.characters == sum(map(len, lines))


def test_box_of_a_turned_page_lies_where_the_words_are_drawn():
    drawing = Drawing()
    drawing.text(100, 700, "第一条本办法适用于本市。", turn=90)
    drawing.text(130, 700, "第二条市民政局负责。", turn=90)
    document = drawing.document()
    assert document.page_sizes == ((595.0, 842.0),)
    (box,) = document.clauses[0].sentences[0].boxes
    # Written upwards from (100, 700): sixteen points wide, a quarter below the baseline, and twelve characters high.
    assert [round(edge) for edge in (box.x0, box.top, box.x1, box.bottom)] == [88, 508, 104, 700]


def test_vertical_writing_is_read_down_and_from_right_to_left():
    drawing = Drawing()
    for column, words in enumerate(["第一条本办法适用于全市范围内。", "第二条由市民政局负责解释本法。"]):
        for place, char in enumerate(words):
            drawing.text(500 - 40 * column, 100 + 18 * place, char)
    (page,) = drawing.pages()
    assert texts(page) == ["第一条本办法适用于全市范围内。", "第二条由市民政局负责解释本法。"]


def test_words_across_the_page_are_warned_of_and_a_watermark_is_not():
    drawing = Drawing()
    drawing.lines(80, 100, ["第一条本办法适用于本市的各项工作。"] * 2)
    drawing.text(300, 500, "公报", size=60, turn=30)
    (page,) = drawing.pages()
    assert (page.warnings, page.marks) == ((), ("公", "报"))
    drawing = Drawing()
    drawing.lines(80, 100, ["第一条本办法适用于本市的各项工作。"] * 2)
    drawing.text(550, 500, "竖排的一段说明", turn=90)
    (page,) = drawing.pages()
    assert page.warnings == ("有 7 个字的方向与正文不同，未读入",)


def two_columns():
    drawing = Drawing()
    drawing.text(198, 90, "青禾市无障碍办法", size=22)
    left = [
        "第一条为了加强无障碍设",
        "施管理，制定本办法。",
        "第二条市民政局统筹全市",
        "无障碍设施工作，各区落",
        "实具体工作，并定期报告",
        "进展情况。",
    ]
    right = [
        "第三条既有公共建筑应当",
        "在2027年底前完成改造。",
        "第四条违反本办法的，由",
        "住建部门责令改正，逾期",
        "不改的，依法处理，并予",
        "公布。",
    ]
    for place, (one, two) in enumerate(zip(left, right, strict=True)):
        drawing.text(80, 170 + 24 * place, one, size=13)
        drawing.text(320, 176 + 24 * place, two, size=13)
    return drawing


def test_columns_are_read_one_after_the_other():
    document = two_columns().document()
    assert ids(document) == ["第一条", "第二条", "第三条", "第四条"]
    assert document.clauses[1].text.endswith("各区落实具体工作，并定期报告进展情况。")


def test_cells_side_by_side_are_no_columns():
    drawing = Drawing()
    for place in range(8):
        drawing.text(80, 170 + 24 * place, f"青禾市第{place}社区服务中心", size=13)
        drawing.text(320, 170 + 24 * place, f"020-8888000{place}", size=13)
    (page,) = drawing.pages()
    assert page.regions == ()
    assert texts(page)[0] == "青禾市第0社区服务中心 020-88880000"


@pytest.mark.parametrize("grey", [1.0, 0.9])
def test_shading_behind_lines_is_neither_frame_nor_table(grey):
    drawing = Drawing()
    drawing.fill(368, 240, 496, 268, grey)
    drawing.fill(80, 268, 496, 296, grey)
    drawing.fill(80, 296, 336, 324, grey)
    drawing.lines(
        80,
        262,
        [
            " 在不向社会开放的园区内采取封闭式经营的",
            "共享单车，不适用本办法，由管理单位负责监",
            "督，并报市民政局备案。",
        ],
    )
    (page,) = drawing.pages()
    assert (page.grids, page.frames, len(page.lines)) == ((), (), 3)


def test_flush_left_chapters_and_articles_begin_paragraphs():
    drawing = Drawing()
    drawing.text(200, 90, "青禾市管理办法", size=22)
    drawing.lines(
        80,
        140,
        [
            "第一章总则",
            "第一条为了规范服务，制定本办法。",
            "第二章运营规则",
            "第二条经营者应当及时清理废弃车辆，每日巡查不少于",
            "两次，并保存记录。",
        ],
    )
    document = drawing.document()
    assert ids(document) == ["第一章/第一条", "第二章/第二条"]


def test_title_lines_of_unequal_size_are_one_title():
    drawing = Drawing()
    drawing.text(220, 240, "青禾市人民政府", size=22)
    drawing.text(157, 268, "关于印发青禾市若干措施的通知", size=20)
    drawing.lines(80, 340, ["各区人民政府：", " 现印发给你们，请认真执行，并将落实情况及时报告市", "人民政府。"])
    assert drawing.document().metadata.title == "青禾市人民政府关于印发青禾市若干措施的通知"


def test_short_lines_of_a_catalogue_are_items_of_their_own():
    drawing = Drawing()
    drawing.text(200, 80, "农机种类范围", 20)
    prose = "为支持农业生产，对列入下面目录的各种机具给予补贴，补贴"
    drawing.lines(80, 120, [" " + prose[:24], *[prose] * 5, "到此为止。"])
    drawing.lines(
        80,
        330,
        [" 1.耕整地机械", " 1.1耕地机械", " 1.1.1犁", " 1.1.2旋耕机", " 1.2整地机械", " 1.2.1耙", " 1.2.2起垄机"]
        + [" 2.种植机械", " 2.1播种机械", " 2.1.1穴播机", " 2.1.2条播机"],
    )
    assert ids(drawing.document()) == [
        "第1段",
        "1/1.1/1.1.1",
        "1/1.1/1.1.2",
        "1/1.2/1.2.1",
        "1/1.2/1.2.2",
        "2/2.1/2.1.1",
        "2/2.1/2.1.2",
    ]


def test_a_wide_gap_parts_the_title_from_what_stands_below_it():
    drawing = Drawing()
    drawing.text(110, 80, "《青禾市招生办法》问答", size=17)
    prose = " 为了规范招生工作，本市出台了招生办法，明确了招生的原"
    drawing.lines(80, 150, ["1.出台的背景是什么？", prose, "则和程序，并自今年起在全市各区实施，有关要求不再另"])
    drawing.lines(
        80, 234, ["行通知，各区教育局应当按照规定做好有关工作的落实。", "2.需要提醒的问题", " （1）适用对象是哪些人？"]
    )
    found = drawing.document()
    assert found.metadata.title == "《青禾市招生办法》问答"
    assert ids(found) == ["1", "2/（1）"]


def test_explanation_on_a_page_of_its_own_is_a_text_of_its_own():
    drawing = Drawing()
    drawing.text(150, 90, "关于调整青禾市贷款规定的通知", size=22)
    drawing.lines(80, 140, [" 经研究，自即日起调整贷款规定。", " 一、调整最高贷款额度。", " 二、停止受理提取。"])
    drawing.page()
    drawing.text(150, 90, "关于调整青禾市贷款规定的解读", size=22)
    drawing.lines(80, 140, [" 一、近年来流动性风险显现。", " 二、个贷率等于余额之比。"])
    assert ids(drawing.document()) == ["第1段", "一", "二", "附件/一", "附件/二"]
