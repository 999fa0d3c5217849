"""Pictures of figures as SVG: bars with intervals, heat maps, mirrored histograms, curves; numbers in, one element out.

All are :data:`WIDTH` wide, so that their letters stay readable when a narrow screen shows them one below another. Colours
are those of M. Okabe, K. Ito, Color Universal Design (2008), and one light-to-dark blue; none carries a meaning that its
place, its label or its hatching does not carry as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.report.markup import Markup, join, tag

WIDTH = 340
PALETTE = ("#56b4e9", "#e69f00", "#0072b2", "#009e73", "#cc79a7", "#d55e00")
INK, FAINT, MARK = "#1a1a1a", "#c8c8c8", "#a3003c"
ABOVE, BELOW = "#0072b2", "#e69f00"
_LIGHT, _DARK = (239, 246, 252), (0, 60, 110)
_ROW, _BAR = 42, 13
_HALO = {"stroke": "#ffffff", "stroke_width": "4", "paint_order": "stroke"}
_CELL_WIDTH, _CELL_HEIGHT, _LABELS, _HEADS = 29, 26, 66, 62


@dataclass(frozen=True, slots=True)
class Bar:
    """A share from 0 to 1 with the ends of its interval; ``text`` is printed beside it, ``pale`` lightens the colour."""

    label: str
    value: float
    low: float
    high: float
    text: str
    colour: str
    pale: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a heat map: what is printed in it, and how good it is from 0 to 1."""

    text: str
    good: float


@dataclass(frozen=True, slots=True)
class Curve:
    """Points from left to right, both between 0 and 1; ``dashed`` tells two curves apart without their colours."""

    label: str
    points: Sequence[tuple[float, float]]
    colour: str
    dashed: bool


def bars(rows: Sequence[Bar], title: str) -> Markup:
    """Draw one bar a row, with a whisker for its interval.

    :param rows: the bars, from the top.
    :param title: what the picture says, for those who hear it.
    :return: the picture.
    """
    left, right, bottom = 4, WIDTH - 8, len(rows) * _ROW
    scale = right - left
    ticks = [(share, left + scale * share) for share in (0, 0.25, 0.5, 0.75, 1)]
    grid = [_line(x, 0, x, bottom + 4, FAINT) for _, x in ticks]
    named = [_text(x, bottom + 18, f"{share:.0%}"[:-1], _anchor(share)) for share, x in ticks]
    drawn = [_bar(row, place * _ROW, left, scale) for place, row in enumerate(rows)]
    return _picture(bottom + 22, title, *grid, *named, *drawn)


def heat(rows: Mapping[str, Sequence[Cell | None]], columns: Sequence[str], title: str) -> Markup:
    """Draw a table whose cells are the darker the better they are.

    :param rows: cells by row label; None for a cell that has no value.
    :param columns: heads of the columns, as many as each row has cells.
    :param title: what the picture says.
    :return: the picture.
    """
    heads = []
    for place, name in enumerate(columns):
        x = _LABELS + _CELL_WIDTH * (place + 0.5)
        heads.append(_text(x, _HEADS - 6, name, "start", transform=f"rotate(-55 {x:.1f} {_HEADS - 6})"))
    drawn = []
    for line, (label, cells) in enumerate(rows.items()):
        top = _HEADS + _CELL_HEIGHT * line
        drawn.append(_text(_LABELS - 6, top + 17, label, "end"))
        drawn += [_cell(cell, _LABELS + _CELL_WIDTH * place, top) for place, cell in enumerate(cells)]
    return _picture(_HEADS + _CELL_HEIGHT * len(rows) + 2, title, *heads, *drawn, width=WIDTH + 12)


def mirrored(up: Sequence[int], down: Sequence[int], names: tuple[str, str], mark: float, title: str) -> Markup:
    """Draw two histograms over 0 to 1, one upwards and one downwards, and a threshold through both.

    :param up: counts of equal bins, from 0 to 1; ``down`` has as many.
    :param down: counts of the other sort, drawn hatched.
    :param names: of the sort above and the sort below.
    :param mark: the threshold.
    :param title: what the picture says.
    :return: the picture.
    """
    left, scale, middle, half = 8, WIDTH - 16, 124, 96
    most, step = max((*up, *down, 1)), scale / len(up)
    hatch = tag("path", d="M0 5L5 0", stroke="#7a5200", stroke_width=1)
    ground = tag("rect", width=5, height=5, fill=BELOW)
    pattern = tag("pattern", ground, hatch, id="hatch", width=5, height=5, patternUnits="userSpaceOnUse")
    columns = []
    for place, (above, below) in enumerate(zip(up, down, strict=True)):
        x, high, low = left + step * place, half * above / most, half * below / most
        columns += _column(x, middle - high, step, high, ABOVE, above, middle - high - 3)
        columns += _column(x, middle, step, low, "url(#hatch)", below, middle + low + 12)
    x = left + scale * mark
    side = "start" if mark < 0.7 else "end"
    return _picture(
        264,
        title,
        tag("defs", pattern),
        *columns,
        _line(left, middle, left + scale, middle, INK),
        _line(x, 26, x, 240, MARK, "5 3"),
        _text(x + (4 if side == "start" else -4), 38, f"门槛 {mark:.2f}", side, fill=MARK),
        _text(left, 12, f"↑ {names[0]}（题数）"),
        _text(left + scale, 12, f"↓ {names[1]}（题数）", "end"),
        *_scale(left, scale, 258),
    )


def curves(lines: Sequence[Curve], mark: float, title: str) -> Markup:
    """Draw shares over a threshold, both from 0 to 1, and the threshold in use.

    :param lines: the curves.
    :param mark: the threshold in use.
    :param title: what the picture says.
    :return: the picture.
    """
    left, scale, top, tall = 30, WIDTH - 38, 44, 186
    grid = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = top + tall * (1 - share)
        grid += [_line(left, y, left + scale, y, FAINT), _text(left - 4, y + 4, f"{share:.0%}"[:-1], "end")]
    drawn = []
    for place, line in enumerate(lines):
        path = " ".join(f"{left + scale * x:.1f},{top + tall * (1 - y):.1f}" for x, y in line.points)
        dashes = "7 4" if line.dashed else None
        look: dict[str, str | float | None] = {"stroke": line.colour, "stroke_width": 2.5, "stroke_dasharray": dashes}
        y = 12 + 18 * place
        drawn.append(tag("polyline", points=path, fill="none", **look))
        drawn.append(tag("line", x1=left, y1=y - 4, x2=left + 28, y2=y - 4, **look))
        drawn.append(_text(left + 34, y, line.label))
    x = left + scale * mark
    side = "start" if mark < 0.7 else "end"
    shown = _text(x + (4 if side == "start" else -4), top + 14, f"门槛 {mark:.2f}", side, fill=MARK)
    return _picture(
        264, title, *grid, *drawn, _line(x, top, x, top + tall, MARK, "5 3"), shown, *_scale(left, scale, 250)
    )


def _bar(row: Bar, top: float, left: float, scale: float) -> Markup:
    y, width = top + 18, max(scale * row.value, 0.5)
    low, high, middle = left + scale * row.low, left + scale * row.high, y + _BAR / 2
    return join(
        (
            _text(left, top + 13, row.label, font_weight="600", **_HALO),
            _text(left + scale, top + 13, row.text, "end", **_HALO),
            tag(
                "rect", x=left, y=y, width=width, height=_BAR, fill=row.colour, fill_opacity="0.5" if row.pale else None
            ),
            _line(low, middle, high, middle, INK),
            _line(low, middle - 4, low, middle + 4, INK),
            _line(high, middle - 4, high, middle + 4, INK),
        )
    )


def _cell(cell: Cell | None, x: float, y: float) -> Markup:
    shape = {"x": x + 0.5, "y": y + 0.5, "width": _CELL_WIDTH - 1, "height": _CELL_HEIGHT - 1}
    if cell is None:
        empty = tag("rect", fill="none", stroke=FAINT, **shape)
        return join((empty, _text(x + _CELL_WIDTH / 2, y + 17, "–", "middle")))
    share = min(max(cell.good, 0.0), 1.0)
    colour = "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(_LIGHT, _DARK, strict=True))
    ink = "#ffffff" if share > 0.62 else INK
    return join((tag("rect", fill=colour, **shape), _text(x + _CELL_WIDTH / 2, y + 17, cell.text, "middle", fill=ink)))


def _column(x: float, y: float, width: float, height: float, fill: str, count: int, label: float) -> list[Markup]:
    if not count:
        return []
    shape = tag("rect", x=x + 0.5, y=y, width=width - 1, height=height, fill=fill)
    return [shape, _text(x + width / 2, label, str(count), "middle", font_size="10")]


def _scale(left: float, scale: float, y: float) -> list[Markup]:
    return [_text(left + scale * share, y, f"{share:g}", _anchor(share)) for share in (0, 0.25, 0.5, 0.75, 1)]


def _anchor(share: float) -> str:
    return "start" if share == 0 else "end" if share == 1 else "middle"


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, dashes: str | None = None) -> Markup:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=1.2, stroke_dasharray=dashes)


def _text(x: float, y: float, text: str, anchor: str = "start", **attributes: str) -> Markup:
    return tag("text", text, x=x, y=y, text_anchor=anchor, **{"fill": INK, "font_size": "12", **attributes})


def _picture(height: float, title: str, *shapes: Markup, width: float = WIDTH) -> Markup:
    return tag(
        "svg", tag("title", title), *shapes, viewBox=f"0 0 {width:g} {height:g}", width=width, height=height, role="img"
    )
