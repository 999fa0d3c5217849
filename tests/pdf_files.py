"""Small PDF files drawn for tests of reading."""

from __future__ import annotations

import io

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from ingest import compose
from ingest.readers import pdf
from ingest.records import SourceFile

SONG = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0


class Drawing:
    """A PDF that is drawn page by page; places are points from the top left."""

    def __init__(self):
        registerFont(UnicodeCIDFont(SONG))
        self._buffer = io.BytesIO()
        self.canvas = Canvas(self._buffer, pagesize=(WIDTH, HEIGHT), invariant=1)

    def text(self, x, y, words, size=16, turn=0, font=SONG):
        self.canvas.saveState()
        self.canvas.translate(x, HEIGHT - y)
        self.canvas.rotate(turn)
        self.canvas.setFont(font, size)
        self.canvas.drawString(0, 0, words)
        self.canvas.restoreState()

    def lines(self, x, y, lines, size=16, pitch=28):
        """Draws lines below each other; a line that begins with a blank is indented by two characters."""
        for place, words in enumerate(lines):
            indent = 2 * size if words.startswith(" ") else 0
            self.text(x + indent, y + place * pitch, words.strip(), size)

    def fill(self, x0, top, x1, bottom, grey=1.0):
        self.canvas.setFillGray(grey)
        self.canvas.rect(x0, HEIGHT - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def picture(self, x0, top, x1, bottom, image=None):
        image = image or Image.new("RGB", (40, 40), "white")
        self.canvas.drawImage(ImageReader(image), x0, HEIGHT - bottom, x1 - x0, bottom - top)

    def page(self):
        self.canvas.showPage()

    def data(self):
        self.canvas.showPage()
        self.canvas.save()
        return self._buffer.getvalue()

    def pages(self):
        return pdf.read("试.pdf", self.data())

    def document(self):
        return compose(SourceFile("试.pdf", "0" * 64, "pdf"), self.pages())


def ids(document):
    """The clause ids of a document, without its key."""
    return [clause.clause_id.removeprefix(document.key + "/") for clause in document.clauses]


def texts(page):
    return [line.text for line in page.lines]
