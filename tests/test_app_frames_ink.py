"""Frames held to the pixels of the page: the ink inside a frame is that of the framed words, and all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from app.showing.frames import Frame
from app.showing.panes import pane_of
from ingest import read_document
from ingest.records import Clause, Document, Sentence

HOME = sorted((Path(__file__).parent.parent / "corpus" / "documents").glob("*.pdf"))
SCALE = 3
"""Pixels a point."""

DARK = 140
HAIR = 0.005
"""Share of ink that may stand over the edge: a glyph is drawn a hair beyond its box in the text layer."""

SENTENCES, ROWS = 40, 10


@dataclass(frozen=True)
class Char:
    """A character of the text layer: its sign and box in points."""

    sign: str
    x0: float
    top: float
    x1: float
    bottom: float


@cache
def document(path: Path) -> Document:
    return read_document(path)


@cache
def characters(path: Path, page: int) -> tuple[Char, ...]:
    with pdfplumber.open(path) as pdf:
        chars = pdf.pages[page - 1].chars
        return tuple(
            Char(one["text"], one["x0"], one["top"], one["x1"], one["bottom"]) for one in chars if one["text"].strip()
        )


@cache
def ink(path: Path, page: int) -> np.ndarray:
    drawn = pypdfium2.PdfDocument(path)[page - 1].render(scale=SCALE).to_pil().convert("L")
    return np.asarray(drawn) < DARK


def mask_of(shape: tuple[int, ...], frame: Frame) -> np.ndarray:
    image = Image.new("1", (shape[1], shape[0]))
    for outline in frame:
        ImageDraw.Draw(image).polygon([(x * SCALE, y * SCALE) for x, y in outline], fill=1)
    return np.asarray(image)


def mask_of_chars(shape: tuple[int, ...], chars: tuple[Char, ...]) -> np.ndarray:
    mask = np.zeros(shape, bool)
    for one in chars:
        mask[round(one.top * SCALE) : round(one.bottom * SCALE), round(one.x0 * SCALE) : round(one.x1 * SCALE)] = True
    return mask


def words_on_page(sentence: Sentence, path: Path) -> tuple[Char, ...] | None:
    """Find a sentence's characters by its words alone; None where they stand there not at all or more than once."""
    found = document(path)
    source = "".join(found.source_text[sentence.span.start : sentence.span.end].split())
    chars = characters(path, sentence.pages[0])
    text = "".join(one.sign for one in chars)
    if len(text) != len(chars) or text.count(source) != 1:
        return None
    start = text.index(source)
    return chars[start : start + len(source)]


def spread(ones: list, count: int) -> list:
    return [ones[place * len(ones) // count] for place in range(count)]


def sentences_of(path: Path) -> Iterator[tuple[Clause, Sentence, tuple[Char, ...]]]:
    for clause in document(path).clauses:
        for sentence in clause.sentences if clause.kind != "row" else ():
            if len(sentence.pages) == 1 and (own := words_on_page(sentence, path)):
                yield clause, sentence, own


@pytest.mark.parametrize("path", HOME, ids=lambda path: path.stem)
def test_the_ink_inside_the_frame_of_a_sentence_is_its_own(path: Path) -> None:
    every = list(sentences_of(path))
    assert len(every) > 80
    for clause, sentence, own in spread(every, SENTENCES // len(HOME) + 1):
        pane = pane_of(document(path), clause, [sentence])
        assert pane is not None
        (sheet,) = pane.sheets
        (frame,) = sheet.frames
        assert len(frame) == 1, sentence.text  # one outline, not one a line
        page = ink(path, sheet.number)
        inside, mine = mask_of(page.shape, frame), mask_of_chars(page.shape, own)
        others = mask_of_chars(page.shape, tuple(set(characters(path, sheet.number)) - set(own)))
        total = (page & mine & ~others).sum()
        assert total > 100
        assert (page & mine & ~others & ~inside).sum() <= total * HAIR, sentence.text
        assert (page & others & ~mine & inside).sum() <= total * HAIR, sentence.text


def test_the_ink_inside_the_frame_of_a_table_row_is_its_own() -> None:
    rows = [(path, one) for path in HOME for one in document(path).clauses if one.kind == "row" and len(one.pages) == 1]
    for path, row in spread(rows, ROWS):
        pane = pane_of(document(path), row, row.sentences)
        assert pane is not None
        (sheet,) = pane.sheets
        ((corners,),) = sheet.frames
        assert len(corners) == 4
        page, chars = ink(path, sheet.number), characters(path, sheet.number)
        boxes = row.sentences[0].boxes
        own = tuple(
            one for one in chars
            if any(box.x0 - 1 <= one.x0 and one.x1 <= box.x1 + 1 and box.top - 1 <= one.top and one.bottom <= box.bottom + 1 for box in boxes)
        )  # fmt: skip
        values = "".join(document(path).source_text[row.span.start : row.span.end].split())
        assert sorted(one.sign for one in own) == sorted(values)
        inside = mask_of(page.shape, (corners,))
        others = mask_of_chars(page.shape, tuple(set(chars) - set(own)))
        assert not (page & mask_of_chars(page.shape, own) & ~inside).any(), row.text
        assert not (page & others & inside).any(), row.text


def test_the_frame_of_a_clause_without_sentences_is_one_outline_a_page() -> None:
    path = next(path for path in HOME if "74号" in path.stem)
    clause = next(one for one in document(path).clauses if one.clause_id == "浦民发〔2023〕74号/四/（二）/2")
    pane = pane_of(document(path), clause)
    assert pane is not None
    assert [(sheet.number, len(sheet.frames), len(sheet.frames[0])) for sheet in pane.sheets] == [(7, 1, 1)]
