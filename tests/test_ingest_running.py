"""Text saved without its line breaks: the paragraphs it is parted into again."""

import pytest

from ingest.running import cuts_of


def _parts(text: str) -> list[str]:
    cuts = cuts_of(text)
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
