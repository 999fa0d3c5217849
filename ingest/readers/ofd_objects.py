"""The graphic objects of an OFD page (GB/T 33190-2016 clauses 8, 9, 11): its characters and rules by place, in points."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.readers.ofd_package import below, first, local, numbers, points
from ingest.readers.package import Element

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_UPRIGHT = math.radians(10)
"""Writing that leans more than this is no line of the text: a watermark, or a note at the edge."""

_FAINT = 100
"""Opacity, of 255, below which writing is a watermark."""

_PALE = 180
"""Of the three primaries the darkest, above which a colour is pale."""

_THIN = 2.0
"""A filled rectangle thinner than this many points is a rule."""

_CURVES = re.compile(r"[BQA]")
_OUTLINE = 8
"""Curves of one shape from which on it is a drawn character rather than a rule or an arc."""

_DEPTH = 8
_LONGEST = 200_000
_ASCENT = 0.88
"""How far a character reaches above its baseline, in shares of its size, as Chinese type does."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character with its box on the page in points, origin at the top left, and the size of its type."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """One straight line, level or upright, from the left or top to the right or bottom."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_level(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass
class Drawn:
    """What is drawn: characters of the text, writing that is none of it, rules, pictures, and characters drawn as shapes."""

    glyphs: list[Glyph] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: int = 0
    outlines: int = 0
    characters: int = 0


def draw(
    content: Element, graphics: dict[str, Element], drawn: Drawn, origin: Matrix, is_background: bool = False
) -> None:
    """Adds the objects of a page, a template or an annotation to ``drawn``.

    :param origin: how the content's places come to lie on the page, in millimetres.
    :param is_background: whether pale writing is a watermark.
    """
    _walk(content, graphics, drawn, origin, is_background, _DEPTH)


def _walk(
    content: Element, graphics: dict[str, Element], drawn: Drawn, around: Matrix, is_background: bool, depth: int
) -> None:
    for one in content:
        name = local(one)
        if name == "TextObject":
            _text(one, drawn, _placed(one, around), is_background)
        elif name == "PathObject":
            _path(one, drawn, _placed(one, around))
        elif name == "ImageObject":
            drawn.pictures += 1
        elif name == "CompositeObject" and depth:
            unit = graphics.get(one.get("ResourceID") or "")
            if unit is not None:
                _walk(unit, graphics, drawn, _placed(one, around), is_background, depth - 1)
        elif name in ("Content", "Layer", "PageBlock", "Annot", "Appearance"):
            inner = _placed(one, around) if name == "Appearance" else around
            _walk(one, graphics, drawn, inner, is_background, depth)


def _placed(element: Element, around: Matrix) -> Matrix:
    """An object's own matrix, moved to its boundary, within what is around it."""
    own = numbers(element.get("CTM"))
    matrix: Matrix = (own[0], own[1], own[2], own[3], own[4], own[5]) if len(own) == 6 else IDENTITY
    boundary = [*numbers(element.get("Boundary")), 0.0, 0.0][:2]
    return _times((*matrix[:4], matrix[4] + boundary[0], matrix[5] + boundary[1]), around)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return points(a * x + c * y + e), points(b * x + d * y + f)


def _text(element: Element, drawn: Drawn, matrix: Matrix, is_background: bool) -> None:
    size = next(iter(numbers(element.get("Size"))), 0.0)
    scale = next(iter(numbers(element.get("HScale"))), 1.0) or 1.0
    across = math.hypot(matrix[0], matrix[1])
    height = points(size * math.hypot(matrix[2], matrix[3]))
    is_aside = _leans(matrix) or _unseen(element, is_background)
    for code in (one for one in element if local(one) == "TextCode"):
        text = re.sub(r"[\r\n\t]", "", code.text or "")
        drawn.characters += sum(not char.isspace() for char in text)
        if is_aside or not height:
            drawn.aside.append(text)
            continue
        for char, x, y, advance in _advance(text, code, size):
            left, base = _at(matrix, x, y)
            usual = height * _share(char) * scale
            wide = min(points(advance * across), height) if advance > 0 else usual
            if not char.isspace():
                top = base - _ASCENT * height
                drawn.glyphs.append(Glyph(char, left, left + wide, top, top + height, height))


def _advance(text: str, code: Element, size: float) -> Iterator[tuple[str, float, float, float]]:
    """Each character with the place of its origin and how far the next is to its right, 0 where that is not said."""
    x, y = (next(iter(numbers(code.get(name))), 0.0) for name in ("X", "Y"))
    across, down = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
    for place, char in enumerate(text):
        step = across[place] if place < len(across) else None
        fall = down[place] if place < len(down) else 0.0
        yield char, x, y, step or 0.0
        x += (size * _share(char) if not down else 0.0) if step is None else step
        y += fall


def _deltas(text: str | None) -> list[float]:
    """Distances as they are written, with ``g 3 5.5`` for three times 5.5."""
    found: list[float] = []
    parts = (text or "").split()
    place = 0
    while place < len(parts) and len(found) < _LONGEST:
        if parts[place] == "g":
            repeated = numbers(" ".join(parts[place + 1 : place + 3]))
            if len(repeated) == 2:
                found += [repeated[1]] * min(max(int(repeated[0]), 0), _LONGEST)
            place += 3
        else:
            found += numbers(parts[place])
            place += 1
    return found


def _share(char: str) -> float:
    """Width of a character in shares of its size where the file does not say it."""
    return 0.5 if char.isascii() else 1.0


def _leans(matrix: Matrix) -> bool:
    return abs(math.atan2(matrix[1], matrix[0])) > _UPRIGHT


def _unseen(element: Element, is_background: bool) -> bool:
    """Whether writing is not to be seen, or so faint that it is a watermark."""
    colour = first(element, "FillColor")
    alphas = [*numbers(element.get("Alpha")), *numbers(colour.get("Alpha") if colour is not None else None)]
    value = (colour.get("Value") or "").replace("#", "0x") if colour is not None else ""
    primaries = [int(part, 0) for part in value.split() if re.fullmatch(r"0x[0-9A-Fa-f]{1,2}|[1-9]\d{0,2}|0", part)]
    is_pale = is_background and len(primaries) == 3 and min(primaries) > _PALE
    return element.get("Visible") == "false" or any(alpha < _FAINT for alpha in alphas) or is_pale


def _path(element: Element, drawn: Drawn, matrix: Matrix) -> None:
    data = next((one.text or "" for one in below(element, "AbbreviatedData")), "")
    if len(data) > _LONGEST:
        return
    if len(_CURVES.findall(data)) + data.count("L") // 4 >= _OUTLINE:
        drawn.outlines += element.get("Fill") == "true"
        return
    for corners in _shapes(data):
        drawn.rules += _rules([_at(matrix, x, y) for x, y in corners])


def _shapes(data: str) -> Iterator[list[tuple[float, float]]]:
    """The corners of each shape of a path that has straight sides only; a closed one ends where it began."""
    corners: list[tuple[float, float]] = []
    for found in re.finditer(r"([SMLBQAC])([^SMLBQAC]*)", data):
        values = numbers(found[2])
        if found[1] in "SM":
            yield corners
            corners = [(values[0], values[1])] if len(values) > 1 else []
        elif found[1] == "L" and len(values) > 1 and corners:
            corners.append((values[0], values[1]))
        elif found[1] == "C" and corners:
            corners.append(corners[0])
        else:
            corners = []
    yield corners


def _rules(corners: Sequence[tuple[float, float]]) -> Iterator[Rule]:
    """The level and upright sides of a shape; a thin rectangle is one rule along its middle."""
    if len(corners) < 2:
        return
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if min(right - left, bottom - top) < _THIN:
        middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
        level = right - left >= bottom - top
        yield Rule(left, middle_y, right, middle_y) if level else Rule(middle_x, top, middle_x, bottom)
        return
    for (x0, y0), (x1, y1) in zip(corners, corners[1:], strict=False):
        if abs(y1 - y0) < 0.5 or abs(x1 - x0) < 0.5:
            yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
