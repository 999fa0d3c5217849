"""Text saved without its line breaks: the paragraphs it is parted into again."""

import pytest

from ingest.running import cuts_of, quoted


def _parts(text: str) -> list[str]:
    cuts = cuts_of(text, quoted(text))
    return [text[one:other] for one, other in zip(cuts, cuts[1:], strict=False)]


@pytest.mark.parametrize(
    "text, parts",
    [
        (
            "青禾市民政局青禾市财政局文件青民规〔2022〕4号关于印发《养老服务办法》的通知各区民政局、财政局:现印发给你们。",
            ["青禾市民政局青禾市财政局文件", "青民规〔2022〕4号", "关于印发《养老服务办法》的通知", "各区民政局、财政局:", "现印发给你们。"],
        ),
        (
            "青禾市民政局关于养老服务的通知青民规〔2022〕4号各区民政局：现通知如下：一、甲。二、乙。",
            ["青禾市民政局关于养老服务的通知", "青民规〔2022〕4号", "各区民政局：", "现通知如下：", "一、甲。", "二、乙。"],
        ),
    ],
)  # fmt: skip
def test_head_in_running_text(text, parts):
    assert _parts(text) == parts


@pytest.mark.parametrize(
    "text, parts",
    [
        (
            "一、目标（一）甲。（二）乙。二、任务（三）丙。（四）丁。三、保障（五）戊。",
            ["一、目标", "（一）甲。", "（二）乙。", "二、任务", "（三）丙。", "（四）丁。", "三、保障", "（五）戊。"],
        ),
        (
            "第一章总则第一条甲。第二条乙。第二章职责第三条丙。第四条丁。",
            ["第一章总则", "第一条甲。", "第二条乙。", "第二章职责", "第三条丙。", "第四条丁。"],
        ),
        (
            "一、目标（一）甲。（二）乙。二、任务。按照前述（三）丙。",
            ["一、目标", "（一）甲。", "（二）乙。", "二、任务。按照前述（三）丙。"],
        ),
    ],
)
def test_series_that_goes_on_below_the_next_heading(text, parts):
    assert _parts(text) == parts


def test_closing_sentence_above_a_numbered_list_of_annexes():
    text = "现通知如下：一、甲。二、乙。本通知自2022年2月21日起执行。以前有关规定以本通知为准。附件：1.丙表2.丁表2022年1月5日"
    assert _parts(text) == [
        "现通知如下：",
        "一、甲。",
        "二、乙。",
        "本通知自2022年2月21日起执行。以前有关规定以本通知为准。",
        "附件：",
        "1.丙表",
        "2.丁表2022年1月5日",
    ]


def test_a_plan_below_the_notice_that_quotes_it():
    text = (
        "教育部财政部国家能源局文件教财〔2022〕4号关于印发《学生资助工作方案》的通知各省教育厅:现将《学生资助工作方案》印发给你们。"
        "教育部财政部国家能源局2022年6月10日（此件公开发布）抄送：各高校。教育部办公厅2022年6月13日印发"
        "学生资助工作方案为做好工作，制定本方案。一、甲。二、乙。解读：1.答记者问2.一图读懂"
    )
    assert _parts(text)[4:] == [
        "现将《学生资助工作方案》印发给你们。",
        "教育部财政部国家能源局2022年6月10日",
        "（此件公开发布）",
        "抄送：各高校。",
        "教育部办公厅2022年6月13日印发",
        "学生资助工作方案",
        "为做好工作，制定本方案。",
        "一、甲。",
        "二、乙。",
        "解读：",
        "1.答记者问",
        "2.一图读懂",
    ]


def test_a_title_with_its_list_of_contents():
    text = "现将《甲市农业规划（2025年）》印发给你们。甲市政府2025年1月2日甲市农业规划（2025年）目录第一章总体思路第一节基础第二章保障第一章总体思路第一节基础向好。第二章保障加强领导。"
    assert _parts(text) == [
        "现将《甲市农业规划（2025年）》印发给你们。",
        "甲市政府2025年1月2日",
        "甲市农业规划（2025年）",
        "目录",
        "第一章总体思路第一节基础",
        "第二章保障",
        "第一章总体思路第一节基础向好。",
        "第二章保障加强领导。",
    ]


def test_numbers_that_the_text_cites_are_not_cut_out():
    text = "关于印发《甲方案》的通知各区教育局：根据《乙意见》（国发〔2019〕18号）要求，现通知如下：一、甲。二、乙。"
    assert _parts(text)[:3] == [
        "关于印发《甲方案》的通知",
        "各区教育局：",
        "根据《乙意见》（国发〔2019〕18号）要求，现通知如下：",
    ]


def test_annexes_that_a_row_cites_are_no_annexes():
    text = (
        "甲市中介服务事项清单序号事项设定依据1资质认定1.《甲部关于印发办法的通知》（甲发〔2012〕25号）附件2第二条、第三条2.《乙部决定》"
        "（乙令第4号）附件第200项"
    )
    parts = [text[one:other] for one, other in zip(cuts_of(text), cuts_of(text)[1:], strict=False)]
    assert [part for part in parts if part.startswith("附件")] == []
