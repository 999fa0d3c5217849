"""Documents made of literal lines, as a reader of web pages or texts would give them."""

from ingest import compose
from ingest.pages import Cell, Grid, Line, Page
from ingest.records import SourceFile


def document(*parts, title=None, labels=(), name="甲.html", attachments=()):
    """Composes a document of paragraphs (strings) and tables (lists of rows; a cell is a string or a list of lines).

    A cell that equals its neighbour to the left or above, and is marked with a leading ^ or <, is merged with it.
    """
    lines, grids, count = [], [], 0
    for place, part in enumerate(parts):
        if isinstance(part, str):
            lines.append(Line(part, 0, float(place), float(place), block=True))
            count += visible(part)
        else:
            grid, letters = table(part, float(place))
            grids.append(grid)
            count += letters
    page = Page(
        0, 0.0, 0.0, tuple(lines), tuple(grids), characters=count, labels=labels, title=title, attachments=attachments
    )
    return compose(SourceFile(name, "0", "html"), (page,))


def table(rows, place):
    """A grid of cells; ^ takes the cell above, < the cell to the left."""
    made, letters = [], 0
    for y, row in enumerate(rows):
        cells = []
        for x, words in enumerate(row):
            if words == "^":
                cells.append(made[y - 1][x])
            elif words == "<":
                cells.append(cells[x - 1])
            else:
                texts = words if isinstance(words, list) else [words]
                cells.append(Cell(tuple(Line(text, 0, place, place, block=True) for text in texts if text)))
                letters += sum(map(visible, texts))
        made.append(cells)
    return Grid(tuple(tuple(row) for row in made), 0, place, place), letters


def visible(text):
    return sum(not char.isspace() for char in text)


def ids(found):
    """The clause ids less the document's key."""
    return [clause.clause_id[len(found.key) + 1 :] for clause in found.clauses]


def held_once(found):
    """Whether every visible character is in exactly one place."""
    return found.account.lost == 0 and not any("归入两处" in warning for warning in found.warnings)
