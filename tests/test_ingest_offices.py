"""Who issues: several offices together, red heads over several lines, and what the imprint adds."""

import pytest
from ingest_pages import document

from ingest.heads.offices import parted

BODY = ("各区民政局：", "现将有关事项通知如下。", "一、加强管理。", "二、强化督查。")


@pytest.mark.parametrize(
    ("name", "offices"),
    [
        ("甲市民政局甲市财政局", ["甲市民政局", "甲市财政局"]),
        ("生态环境部国家发展和改革委员会工业和信息化部", ["生态环境部", "国家发展和改革委员会", "工业和信息化部"]),
        ("财政部税务总局", ["财政部", "税务总局"]),
        ("国家税务总局甲市税务局", ["国家税务总局甲市税务局"]),
        ("甲市民政局国家税务总局甲市税务局", ["甲市民政局国家税务总局甲市税务局"]),
        ("中共甲市委组织部", ["中共甲市委组织部"]),
        ("教育部办公厅", ["教育部办公厅"]),
    ],
)
def test_offices_with_nothing_between_them(name, offices):
    assert parted(name) == offices


def test_signature_of_several_offices_without_blanks():
    found = document("关于养老服务的通知", *BODY, "甲市民政局甲市财政局", "2025年3月1日")
    assert found.metadata.issuer == "甲市民政局、甲市财政局"


def test_red_head_over_two_lines():
    found = document("甲市人民政府", "办 公 厅 文 件", "甲政办发〔2025〕3号", "关于养老服务的通知", *BODY)
    assert (found.metadata.red_head, found.metadata.issuer) == ("甲市人民政府办公厅文件", "甲市人民政府办公厅")


def test_date_of_printing_where_the_text_has_no_other():
    found = document("关于养老服务的通知", *BODY, "甲市民政局办公室　2025年3月2日印发")
    assert (found.metadata.date, found.metadata.printed) == ("2025-03-02", "2025-03-02")


def test_copies_that_go_on_above_the_imprint():
    tail = (
        "公开方式：主动公开",
        "抄送：市委各部门，各人民团体。",
        "市法院，市检察院。",
        "甲市民政局办公室　2025年3月2日印发",
    )
    found = document("关于养老服务的通知", *BODY, "甲市民政局", "2025年3月1日", *tail)
    assert found.metadata.copied_to == ("市委各部门", "各人民团体", "市法院", "市检察院")
    assert [clause.text for clause in found.clauses][-1] == "二、强化督查。"
