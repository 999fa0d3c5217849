"""The runs of a DOCX paragraph to text: fields by their results, symbols, notes' marks, hidden text apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.readers.docx_ordinals import ordinal
from ingest.readers.docx_styles import Styles
from ingest.readers.docx_symbols import drawn_by_field, symbol
from ingest.readers.docx_xml import Element, child, children, local, value, visible
from ingest.readers.notes import RAISED, known_by, raised

_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_PICTURES = frozenset(["drawing", "pict", "object"])
_SPACE = frozenset(["tab", "ptab"])


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph: text of one size, a forced line break, or a text box that is anchored there."""

    text: str = ""
    size: float = 0.0
    is_break: bool = False
    box: Element | None = None


@dataclass
class _Field:
    """A field that is being read: its instruction, and whether its result has begun."""

    instruction: str = ""
    has_result: bool = False


@dataclass
class Runs:
    """Reads the runs of one paragraph after the other; a field may reach over several of them.

    ``aside`` is text that the page does not show or that is no text of the document, ``made`` how many visible
    characters the program itself makes (marks of notes, circled numbers), and ``notes`` what is referred to, in order,
    as (kind, id, mark). ``formats`` are the formats of the marks by kind, ``counts`` how many were numbered.
    """

    styles: Styles
    formats: dict[str, str]
    aside: list[str] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    made: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    _fields: list[_Field] = field(default_factory=list)

    @property
    def in_contents(self) -> bool:
        """Whether what comes next is the result of a field that makes a list of contents (目录)."""
        return any(one.has_result and one.instruction.split()[:1] in (["TOC"], ["toc"]) for one in self._fields)

    def pieces(self, element: Element, paragraph: Element | None) -> Iterator[Piece]:
        """The pieces of a paragraph, or of a part of one, in order.

        :param paragraph: the paragraph's properties, ``w:pPr``.
        """
        for part in element:
            name = local(part)
            if name == "r":
                yield from self._run(part, paragraph)
            elif not name.endswith("Pr"):
                yield from self.pieces(part, paragraph)

    def end_paragraph(self) -> None:
        """Forgets fields whose result has not begun: one that was never closed must not hide what follows."""
        self._fields = [one for one in self._fields if one.has_result]

    def _run(self, run: Element, paragraph: Element | None) -> Iterator[Piece]:
        properties = child(run, "rPr")
        for part in run:
            name = local(part)
            if name == "fldChar":
                yield from self._field(value(part, "fldCharType") or "", properties, paragraph)
            elif name == "instrText" and self._fields:
                self._fields[-1].instruction += part.text or ""
            elif name in _NOTES:
                yield from self._note(_NOTES[name], part, properties, paragraph)
            elif name == "ruby":
                self.aside += ["".join(str(text) for text in over.itertext()) for over in children(part, "rt")]
                for base in children(part, "rubyBase"):
                    yield from self.pieces(base, paragraph)
            elif name in ("br", "cr"):
                yield Piece(is_break=True)
            elif name in _PICTURES or name == "AlternateContent":
                yield from (Piece(box=box) for box in _boxes(part))
            else:
                yield from self._text(_plain(part, name), properties, paragraph)

    def _text(self, text: str, properties: Element | None, paragraph: Element | None) -> Iterator[Piece]:
        if not text:
            return
        if any(not one.has_result for one in self._fields) or self.styles.hidden(properties, paragraph):
            self.aside.append(text)
        else:
            is_raised = value(child(properties, "vertAlign")) == "superscript"
            yield Piece(text.translate(RAISED) if is_raised else text, self.styles.size(properties, paragraph))

    def _field(self, kind: str, properties: Element | None, paragraph: Element | None) -> Iterator[Piece]:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].has_result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            drawn = "" if ended.has_result else drawn_by_field(ended.instruction)
            self.made += visible(drawn)
            yield from self._text(drawn, properties, paragraph)

    def _note(self, kind: str, part: Element, properties: Element | None, paragraph: Element | None) -> Iterator[Piece]:
        """The mark of a note: the next of its kind, unless the text behind it in the run is the mark itself."""
        if _marked_by_hand(part):
            own = "".join(one.text or "" for one in part.itersiblings() if local(one) == "t").strip()
            self.notes.append((kind, value(part, "id") or "", known_by(own)))
            return
        self.counts[kind] = count = self.counts.get(kind, 0) + 1
        mark = known_by(ordinal(count, self.formats[kind]))
        self.notes.append((kind, value(part, "id") or "", mark))
        self.made += visible(raised(mark))
        yield from self._text(raised(mark), properties, paragraph)


def _marked_by_hand(reference: Element) -> bool:
    """Whether a reference to a note has a mark of the writer's own behind it (``w:customMarkFollows``)."""
    return (value(reference, "customMarkFollows") or "0") not in ("0", "false", "off")


def _plain(part: Element, name: str) -> str:
    if name == "t":
        return part.text or ""
    if name == "sym":
        return symbol(value(part, "font"), value(part, "char"))
    if name == "noBreakHyphen":
        return "-"
    return "\t" if name in _SPACE else ""


def _boxes(part: Element) -> Iterator[Element]:
    """The contents of text boxes, not those of boxes inside them."""
    for one in part:
        if local(one) == "txbxContent":
            yield one
        else:
            yield from _boxes(one)
