"""A page that loses more than a twentieth of its characters says so, unless what it loses stands elsewhere too."""

from html_pages import document_of, page
from ofd_files import ofd, text
from ofd_files import page as ofd_page
from pdf_files import Drawing

from ingest.account import losses
from ingest.furniture import furniture
from ingest.readers import ofd as ofd_reader

BODY = [
    " 为做好养老服务工作，制定本规划，请各区认真执行并抓",
    "好落实，主要指标如下。",
    " 一、加强领导。各区要落实责任，按时完成。",
]


def drawn(*pages):
    """A drawing of pages, each a list of further texts with their place, size and turn."""
    drawing = Drawing()
    for number, more in enumerate(pages):
        drawing.page() if number else None
        drawing.text(180, 100, f"青禾市养老服务规划{'甲乙丙'[number]}", 22)
        drawing.lines(90, 160, BODY)
        for x, y, words, size, turn in more:
            drawing.text(x, y, words, size, turn)
    return drawing


def warned(pages):
    return [warning[: warning.index("未")] for warning in losses(pages, furniture(pages))]


def test_slanted_words_that_stand_nowhere_else():
    words = "本规划自印发之日起施行有效期五年"
    assert warned(drawn([], [(200, 500, words, 20, 30)]).pages()) == ["第2页：有 16 字"]
    assert warned(drawn([(200, 500, words, 20, 30)], [(200, 500, words, 20, 30)]).pages()) == []


def test_watermarks_heads_and_page_numbers_are_no_loss():
    marks = [(100 + 60 * n, 400 + 40 * n, "内部资料", 20, 30) for n in range(6)]
    assert warned(drawn(marks).pages()) == []
    heads = [[(180, 50, "青禾市民政局文件汇编第一辑", 10, 0), (280, 800, f"— {n} —", 10, 0)] for n in (1, 2, 3)]
    assert warned(drawn(*heads).pages()) == []


def test_contents_are_a_loss_unless_they_come_again():
    entries = ["目录", "一、加强领导…………3", "二、低保标准提高到一千三百元…………4", "三、特困标准提高到二千元…………5"]
    more = [(90, 500 + 28 * n, words, 16, 0) for n, words in enumerate(entries)]
    assert warned(drawn(more).pages()) == ["第1页：有 49 字"]
    again = [(90, 640 + 28 * n, words.split("…")[0], 16, 0) for n, words in enumerate(entries[1:])]
    assert warned(drawn([*more, *again]).pages()) == []


def test_an_ofd_page_says_what_is_set_aside():
    leaning = 'CTM="0.8 0.6 -0.6 0.8 0 0"'
    body = [text("关于养老服务的通知", y=40.0), text("各区应当落实责任。", y=50.0)]
    pages = ofd_reader.read("甲.ofd", ofd(ofd_page(*body, text("有效期五年", y=120.0, extra=leaning)), ofd_page(*body)))
    assert warned(pages) == ["第1页：有 5 字"]


def test_a_numbered_item_beside_a_short_article_is_said(tmp_path):
    first = (
        "<p>为做好社会救助工作，现将有关事项通知如下。</p><p>一、提高标准。低保标准提高到每月1300元，自7月起执行。</p>"
    )
    between = "<p>表1 指标</p><p>指标 2020年 2025年</p><p>床位 100 200</p><p>食堂 10 20</p>"
    found = document_of(tmp_path, page(first + between + "<p>二、加强核对。每季度复核一次。</p>"))
    assert found.warnings == ("正文以外还有 15 字像正文的文字未收入，如“二、加强核对。每季度复核一次。”，请核对",)
