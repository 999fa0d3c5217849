"""Row of a table of indicators to targets: one for each column of target values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.records import Clause, Target
from ingest.targets.quantities import cell_quantity

_COLUMNS = {
    "indicator": re.compile(r"^(?:三级|主要|具体)?指标(?:名称|内容)?$|^(?:项目|目标)(?:名称)?$"),
    "unit": re.compile(r"^(?:计量)?单位$"),
    "nature": re.compile(r"属性|指标性质|^性质$|类型$"),
    "definition": re.compile(r"定义|计算公式|指标说明"),
    "baseline": re.compile(r"基准值|基期|现状值?|20\d\d年(?:实际|现状|完成)"),
    "target": re.compile(r"目标值?|20\d\d年?目标|规划值|20\d\d年$"),
}


def row_targets(clause: Clause) -> Iterator[Target]:
    """Reads the targets of an indicator row; a row of another table has none.

    :param clause: a clause of kind ``row``.
    """
    names = [name for name, _ in clause.cells]
    places = {
        role: [place for place, name in enumerate(names) if pattern.search(name)] for role, pattern in _COLUMNS.items()
    }
    if not places["indicator"]:
        return

    def cell(role: str) -> str | None:
        return next((clause.cells[place][1] for place in places[role] if clause.cells[place][1]), None)

    nature, base = cell("nature"), cell_quantity(cell("baseline") or "")
    for place in places["target"]:
        value = clause.cells[place][1]
        read = cell_quantity(value)
        if place in places["baseline"] + places["indicator"] or read is None:
            continue
        start = clause.text.rfind(value)
        yield Target(
            indicator=cell("indicator") or "", comparator=read[0], value=read[1], unit=read[2] or cell("unit"),
            text=value, start=start, end=start + len(value), deadline=_year(names[place]),
            baseline=base[1] if base else None,
            baseline_year=_year(names[places["baseline"][0]]) if base else None,
            nature=nature if nature in ("约束性", "预期性") else None, definition=cell("definition"),
        )  # fmt: skip


def _year(head: str) -> str | None:
    found = re.search(r"20\d\d", head)
    return found.group() if found else None
