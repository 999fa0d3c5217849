"""The final state of a DOCX: tracked changes accepted, doubles for old programs taken out."""

from __future__ import annotations

from lxml import etree

from ingest.readers.docx_xml import Element, child, local

_GONE = frozenset(["del", "moveFrom"])
_OLD = frozenset(["rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange"])


def finalise(root: Element) -> None:
    """Changes the tree to what stands when every tracked change is accepted.

    What was deleted or moved away goes, with rows and cells; what was inserted stays; a paragraph whose mark was
    deleted runs on into the next. Of an ``mc:AlternateContent`` only the first choice stays, as new programs show it.
    """
    merged = [one for one in root.iter() if local(one) == "p" and _ends_deleted(one)]
    for element in list(root.iter()):
        if local(element) in _OLD or _is_gone(element):
            _remove(element)
        elif local(element) == "AlternateContent":
            for other in list(element)[1:]:
                element.remove(other)
    for paragraph in reversed(merged):  # the last first, so that of many in a row each is moved once
        _run_on(paragraph)


def _is_gone(element: Element) -> bool:
    """Whether an element is a deletion round text, a deleted row or a deleted cell.

    In properties the same name only says that the end of a paragraph, or a row, is deleted.
    """
    name, parent = local(element), element.getparent()
    if name in _GONE:
        return parent is not None and not local(parent).endswith("Pr")
    return (
        name in ("delText", "delInstrText")
        or (name == "tr" and child(element, "trPr", "del") is not None)
        or (name == "tc" and child(element, "tcPr", "cellDel") is not None)
    )


def _ends_deleted(paragraph: Element) -> bool:
    mark = child(paragraph, "pPr", "rPr")
    return any(child(mark, name) is not None for name in _GONE)


def _run_on(paragraph: Element) -> None:
    following = paragraph.getnext()
    while following is not None and local(following) in ("bookmarkStart", "bookmarkEnd"):
        following = following.getnext()
    if following is None or local(following) != "p":
        return
    place = 1 if child(following, "pPr") is not None else 0
    for part in [one for one in paragraph if local(one) != "pPr"]:
        following.insert(place, part)
        place += 1
    _remove(paragraph)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
