"""Short official texts of an invented city, for the tests of a base that grows."""

from __future__ import annotations

NOTICE = """青禾市民政局关于{title}
{number}

各区民政局：
一、总体要求
{first}
二、主要任务
{second}

青禾市民政局
{date}
"""


def notice(
    title, number="", first="坚持以人民为中心，做好有关工作。", second="每个街镇至少建设2个点位。", date="2024年5月6日"
):
    """Write a notice; without a number its line is left out."""
    text = NOTICE.format(title=title, number=number, first=first, second=second, date=date)
    return text if number else text.replace("\n\n\n", "\n\n", 1)


def put(folder, name, text):
    """Write a file of a corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name
