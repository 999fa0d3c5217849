"""What was measured as a page: one table over sizes, how vectors lie to one another, and curves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.files import table_row, write
from eval.machine import machine_words
from eval.questions import QuestionsError
from eval.scale.curves import curves

BEGIN, END = "<!-- eval.scale: begin -->", "<!-- eval.scale: end -->"
"""Between these the page stands in a file."""
_PICTURES = "pictures"

Measured = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Tables in Markdown, and pictures by file name."""

    tables: str
    pictures: Mapping[str, str]

    def into(self, path: Path) -> None:
        """Put it into a file, where it stood before, and the pictures into a folder beside it.

        :param path: the file.
        :raises QuestionsError: when it has no place for it, or cannot be written.
        """
        try:
            head, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
        except OSError as error:
            raise QuestionsError(str(path), f"读不出来（{error.strerror}）", "请检查 --write") from error
        if END not in rest:
            raise QuestionsError(str(path), f"没有标记 {BEGIN} 和 {END}", "请在文件里写上，表写在它们之间")
        shown = "\n\n".join(f"![{name.partition('.')[0]}]({_PICTURES}/{name})" for name in self.pictures)
        write(path, f"{head}{BEGIN}\n{self.tables}\n{shown}\n{END}{rest.partition(END)[2]}")
        for name, picture in self.pictures.items():
            write(path.parent / _PICTURES / name, picture + "\n")


def page(measured: Sequence[Measured]) -> Page:
    """Put figures into tables and curves.

    :param measured: of each size, smallest first.
    :return: the page.
    """
    heads = ["", *(f"{one['size']:,} 条款" for one in measured)]
    rows = [heads, ["---", *["---:"] * len(measured)]]
    rows += [[name, *map(tell, measured)] for name, tell in _ROWS.items()]
    like = [["余弦（5%、25%、50%、75%、95%）", *heads[1:]], ["---", *["---"] * len(measured)]]
    for name, key in (("任意两句", "pairs"), ("与最近一句", "nearest"), ("与第十近的一句", "tenth")):
        like.append([name, *("、".join(f"{one:.2f}" for one in each["likeness"][key]) for each in measured)])
    tables = "\n\n".join("\n".join(map(table_row, table)) for table in (rows, like))
    return Page(f"机器：{machine_words()}。\n\n{tables}\n", _pictures(measured))


def _pictures(measured: Sequence[Measured]) -> dict[str, str]:
    def over(tell: Callable[[Measured], float]) -> list[tuple[float, float]]:
        return [(float(one["size"]), tell(one)) for one in measured]

    times = {
        "提问中位数（不含交叉编码）": over(lambda one: one["plain"]["processor"]),
        "按词找": over(lambda one: one["ways"]["lists"]["words"]["processor"]),
        "按向量找": over(lambda one: one["ways"]["lists"]["vectors"]["processor"]),
        "按向量找，逐句精确": over(lambda one: one["ways"]["exact"]["vectors"]["processor"]),
        "打开": over(lambda one: one["opening"]["processor"]),
    }
    room = {
        "库": over(lambda one: one["store"] / 2**20),
        "提问后内存": over(lambda one: sum(one["asked"].values()) / 2**20),
        "其中程序自己的": over(lambda one: one["asked"]["own"] / 2**20),
    }
    return {
        "规模与用时.svg": curves(times, "条款", "毫秒（处理器）", "用时随条款数的增长"),
        "规模与内存.svg": curves(room, "条款", "MiB", "内存和库的大小随条款数的增长"),
    }


def _time(times: Mapping[str, float]) -> str:
    return f"{times['processor']:.0f}（钟表 {times['median']:.0f}）毫秒"


def _high(times: Mapping[str, float]) -> str:
    return f"{times['processor_p90']:.0f}（钟表 {times['p90']:.0f}）毫秒"


def _room(found: Mapping[str, int]) -> str:
    own, mapped = found["own"] / 2**20, found["mapped"] / 2**20
    return f"{own + mapped:,.0f} MiB（自己 {own:,.0f}，映射 {mapped:,.0f}）"


def _judged(one: Measured, cut: str) -> str:
    if "judged" not in one:
        return "—"
    return f"{one['judged']['lists'][cut]:.3f}，精确 {one['judged']['exact'][cut]:.3f}"


_ROWS: dict[str, Callable[[Measured], str]] = {
    "文件": lambda one: f"{one['documents']:,}",
    "句子": lambda one: f"{one['sentences']:,}",
    "段（其中复本）": lambda one: f"{one['segments']}（{one['copies']}）",
    "写库用处理器": lambda one: f"{one['writing']:,.0f} 秒",
    "写库内存峰值": lambda one: f"{one['peak'] / 2**20:,.0f} MiB",
    "库大小": lambda one: f"{one['store'] / 2**20:,.0f} MiB",
    "打开": lambda one: f"{one['opening']['processor'] / 1e3:.1f}（钟表 {one['opening']['median'] / 1e3:.1f}）秒",
    "打开后内存": lambda one: _room(one["opened"]),
    "头一问": lambda one: f"{one['first']['processor'] / 1e3:.1f} 秒",
    "提问后内存": lambda one: _room(one["asked"]),
    "提问中位数，不含交叉编码": lambda one: _time(one["plain"]),
    "提问 90% 以内，不含交叉编码": lambda one: _high(one["plain"]),
    "提问中位数，含交叉编码": lambda one: _time(one["read"]),
    "提问 90% 以内，含交叉编码": lambda one: _high(one["read"]),
    "读懂问题": lambda one: _time(one["reading"]),
    "按词找": lambda one: _time(one["ways"]["lists"]["words"]),
    "按向量找": lambda one: _time(one["ways"]["lists"]["vectors"]),
    "按向量找，逐句精确": lambda one: _time(one["ways"]["exact"]["vectors"]),
    "与精确一致，前 5 条": lambda one: f"{one['recall']['5']:.3f}",
    "与精确一致，前 100 条": lambda one: f"{one['recall']['100']:.3f}",
    "STARD R@5": lambda one: _judged(one, "5"),
    "STARD R@10": lambda one: _judged(one, "10"),
}
