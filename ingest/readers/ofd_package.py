"""An OFD package (GB/T 33190-2016 clause 7): its documents, their pages, templates, annotations and shared graphics."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.readers.package import Element, Package

_MILLIMETRES = 72 / 25.4
"""Points in a millimetre, which OFD measures in."""

_A4 = (0.0, 0.0, 210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as its package has it: its own content, those of its templates, and its annotations.

    ``box`` is left, top, width and height in millimetres. ``backgrounds`` are (template id, content).
    """

    number: int
    box: tuple[float, float, float, float]
    content: Element
    backgrounds: tuple[tuple[str, Element], ...]
    annotations: tuple[Element, ...]


@dataclass
class _Document:
    """What the pages of one document share."""

    folder: str
    root: Element
    templates: dict[str, str] = field(default_factory=dict)
    annotations: dict[str, list[Element]] = field(default_factory=dict)


def local(element: Element) -> str:
    """Name of an element without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def first(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of local names, or None."""
    for name in path:
        element = next((one for one in element if local(one) == name), None) if element is not None else None
    return element


def below(element: Element, name: str) -> Iterator[Element]:
    """All elements of that local name, at any depth."""
    return (one for one in element.iter() if local(one) == name)


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute; what is none of them is left out.

    >>> numbers("0 0 210 x 297.5")
    [0.0, 0.0, 210.0, 297.5]
    """
    found = []
    for part in (text or "").split():
        try:
            found.append(float(part))
        except ValueError:
            continue
    return [number for number in found if abs(number) < 1e7]


def points(millimetres: float) -> float:
    """Millimetres in points."""
    return millimetres * _MILLIMETRES


def sheets(package: Package) -> tuple[list[Sheet], dict[str, Element], int]:
    """The pages of all documents of a package in order, the shared graphics by id, and how many documents there are.

    :raises UnreadableFile: if a part that belongs to it is missing or damaged.
    """
    entry = package.find("OFD.xml")
    if entry is None:
        package.fault("里没有入口部件（OFD.xml）", "文件可能不是 OFD 或已损坏，请重新下载")
    roots = [(one.text or "").strip() for one in below(package.xml(entry), "DocRoot")]
    found: list[Sheet] = []
    graphics: dict[str, Element] = {}
    for root in roots:
        path = package.find(root)
        if path is None:
            package.fault(f"里没有文档部件“{root[:60]}”", "文件可能已损坏，请重新下载")
        document = _document(package, path)
        graphics |= _graphics(package, document)
        found += _pages(package, document, len(found))
    if not found:
        package.fault("里没有页面", "文件可能已损坏，请重新下载或重新导出")
    return found, graphics, len(roots)


def _document(package: Package, path: str) -> _Document:
    document = _Document(posixpath.dirname(path), package.xml(path))
    for one in below(document.root, "TemplatePage"):
        document.templates[one.get("ID") or ""] = one.get("BaseLoc") or ""
    listed = first(document.root, "Annotations")
    part = _find(package, (listed.text or "").strip(), document.folder) if listed is not None else None
    for page in below(package.xml(part), "Page") if part else ():
        place = first(page, "FileLoc")
        file = _find(package, (place.text or "").strip(), posixpath.dirname(part or "")) if place is not None else None
        file = file or (_find(package, (place.text or "").strip(), document.folder) if place is not None else None)
        if file:
            document.annotations.setdefault(page.get("PageID") or "", []).append(package.xml(file))
    return document


def _pages(package: Package, document: _Document, before: int) -> Iterator[Sheet]:
    pages = first(document.root, "Pages")
    usual = first(document.root, "CommonData", "PageArea")
    for number, page in enumerate(
        (one for one in pages if local(one) == "Page") if pages is not None else (), before + 1
    ):
        place = page.get("BaseLoc") or ""
        part = _find(package, place, document.folder)
        if part is None:
            package.fault(f"第 {number} 页的内容部件“{place[:60]}”不在包里", "文件可能已损坏，请重新下载")
        content = package.xml(part)
        used = [one.get("TemplateID") or "" for one in content if local(one) == "Template"]
        yield Sheet(
            number, _box(first(content, "Area")) or _box(usual) or _A4, content,
            tuple(_backgrounds(package, document, used)), tuple(document.annotations.get(page.get("ID") or "", ())),
        )  # fmt: skip


def _backgrounds(package: Package, document: _Document, used: list[str]) -> Iterator[tuple[str, Element]]:
    for template in used:
        part = _find(package, document.templates.get(template, ""), document.folder)
        if part is not None:
            yield f"{document.folder}/{template}", package.xml(part)


def _box(area: Element | None) -> tuple[float, float, float, float] | None:
    stated = (numbers(one.text) for name in ("PhysicalBox", "CropBox") if (one := first(area, name)) is not None)
    found = next((box for box in stated if len(box) == 4 and box[2] > 0 and box[3] > 0), None)
    return (found[0], found[1], found[2], found[3]) if found else None


def _graphics(package: Package, document: _Document) -> dict[str, Element]:
    """Graphics that pages only refer to (CompositeGraphicUnit), by id."""
    found: dict[str, Element] = {}
    for name in ("PublicRes", "DocumentRes"):
        for one in below(document.root, name):
            part = _find(package, (one.text or "").strip(), document.folder)
            units = below(package.xml(part), "CompositeGraphicUnit") if part else ()
            found |= {unit.get("ID") or "": unit for unit in units}
    return found


def _find(package: Package, place: str, folder: str) -> str | None:
    """A part by its place; one that is given from the root without a slash, against the standard, is found too."""
    return package.find(place, folder) or package.find(place) if place else None
