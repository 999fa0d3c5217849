"""Curves over sizes as SVG, both axes by powers of ten, so that what grows as the base does rises by one square a square."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from eval.report.markup import Markup, tag
from eval.report.pictures import FAINT, INK, PALETTE

_SQUARE, _LEFT, _TOP, _LINE = 110, 70, 16, 20


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: what it says, and where it begins and ends, as powers of ten."""

    name: str
    first: int
    last: int

    def share(self, value: float) -> float:
        """Tell how many squares a value lies behind the beginning."""
        return log10(value) - self.first


def curves(lines: Mapping[str, Sequence[tuple[float, float]]], across: str, up: str, title: str) -> Markup:
    """Draw curves.

    :param lines: points of each curve by its name, from left to right, all above 0.
    :param across: what stands below.
    :param up: what stands beside.
    :param title: what the picture says.
    :return: the picture.
    """
    x, y = (
        _axis(name, [point[at] for line in lines.values() for point in line]) for at, name in enumerate((across, up))
    )
    width, tall = _SQUARE * (x.last - x.first), _SQUARE * (y.last - y.first)
    foot = _TOP + tall
    drawn = [_grid(x, y, foot, width), _label(_LEFT, foot + 36, across), _label(4, _TOP - 4, up)]
    for at, (name, points) in enumerate(lines.items()):
        colour, dashes = PALETTE[at % len(PALETTE)], ("none", "7 4", "2 3")[at % 3]
        places = [(_LEFT + _SQUARE * x.share(one), foot - _SQUARE * y.share(other)) for one, other in points]
        look: dict[str, str | float | None] = {"stroke": colour, "stroke_width": 2.5, "stroke_dasharray": dashes}
        drawn.append(tag("polyline", points=" ".join(f"{a:.1f},{b:.1f}" for a, b in places), fill="none", **look))
        drawn += [tag("circle", cx=a, cy=b, r=4, fill=colour) for a, b in places]
        line = foot + 60 + _LINE * at
        drawn.append(tag("line", x1=_LEFT, y1=line - 4, x2=_LEFT + 40, y2=line - 4, **look))
        drawn.append(_label(_LEFT + 48, line, name))
    size = {"width": f"{_LEFT + width + 30}", "height": f"{foot + 66 + _LINE * len(lines)}"}
    look = {"font_family": "sans-serif", "font_size": 13.0, "fill": INK, "style": "background:#ffffff"}
    return tag("svg", tag("title", title), *drawn, xmlns="http://www.w3.org/2000/svg", role="img", **size, **look)


def _axis(name: str, values: Sequence[float]) -> Axis:
    first, last = floor(log10(min(values))), ceil(log10(max(values)))
    return Axis(name, first, max(last, first + 1))


def _grid(x: Axis, y: Axis, foot: float, width: float) -> Markup:
    drawn = []
    for power in range(y.first, y.last + 1):
        at = foot - _SQUARE * (power - y.first)
        drawn.append(tag("line", x1=_LEFT, y1=at, x2=_LEFT + width, y2=at, stroke=FAINT))
        drawn.append(_label(_LEFT - 6, at + 4, _power(power), "end"))
    for power in range(x.first, x.last + 1):
        at = _LEFT + _SQUARE * (power - x.first)
        drawn.append(tag("line", x1=at, y1=_TOP, x2=at, y2=foot, stroke=FAINT))
        drawn.append(_label(at, foot + 18, _power(power), "middle"))
    return tag("g", *drawn)


def _power(power: int) -> str:
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"


def _label(x: float, y: float, text: str, anchor: str = "start") -> Markup:
    return tag("text", text, x=x, y=y, text_anchor=anchor)
