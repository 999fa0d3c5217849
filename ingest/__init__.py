"""Source file to document: pages, lines, paragraphs, outline, clauses."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.account import account, losses
from ingest.clauses import Cutter, as_table, cut_section, headings
from ingest.differences import compare as compare_renditions
from ingest.display import display
from ingest.drafts import draft_text
from ingest.errors import UnreadableFile
from ingest.furniture import furniture
from ingest.glued import part_glued
from ingest.layer import Layer
from ingest.limits import Limits, MachineFault, each_within, size_of, usable_cores
from ingest.metadata import Front, read_front
from ingest.notes import with_notes
from ingest.outline import build
from ingest.pages import Page
from ingest.paragraphs import join
from ingest.questions import bare_numbers, questions
from ingest.readers import READERS, SUFFIXES, Reader, read_pages, reader_for, reader_of
from ingest.records import Clause, Document, SourceFile, Stated
from ingest.running import part_running
from ingest.standing import stated_by_site
from ingest.statements import changed_by, statements
from ingest.table_labels import labelled
from ingest.tables import RuledTable, assemble, to_fill_in
from ingest.targets.occasion import occasion_of
from ingest.targets.reading import read_targets
from ingest.units.checks import list_problems
from ingest.units.organisations import load_forms
from ingest.units.reading import read_units

__all__ = [
    "SUFFIXES",
    "VERSION",
    "Limits",
    "MachineFault",
    "Reader",
    "compare_renditions",
    "compose",
    "draft_text",
    "each_within",
    "fingerprint",
    "list_problems",
    "read_document",
    "reader_for",
    "reader_of",
    "size_of",
    "usable_cores",
]

VERSION = "13"
"""Changes whenever the same file may be read to a different document."""

_DIGEST = 16


def fingerprint(lists: Path | None = None) -> str:
    """Names all that decides how a file is read: this version, those of the readers, and what the lists say.

    Of two readings of the same bytes the later is needed only if the fingerprint is another. Comments, blanks and the
    order of lines in a list change nothing.

    :param lists: an office's folder of lists, as for :func:`read_document`.
    :raises BadList: if a list cannot be read, or one of its lines is of no known form.
    """
    said = load_forms(lists)
    words = "\n".join(" ".join(sorted(part)) for part in (said.endings, said.names, said.others))
    digest = hashlib.sha256(words.encode()).hexdigest()[:_DIGEST]
    return " ".join([VERSION, *(reader.fingerprint for reader in READERS), digest])


def read_document(path: str | Path, lists: Path | None = None) -> Document:
    """Reads one source file.

    :param path: a file of one of the kinds in ``SUFFIXES``.
    :param lists: an office's folder of lists, read in addition to those that come with the project; those that it lacks,
        or the whole folder, need not be there.
    :raises IngestError: if the file is missing, damaged, encrypted, of an unknown kind or without text, or a list is
        at fault.
    """
    path = Path(path)
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise UnreadableFile(
                path.name, "不是普通文件（管道、设备之类）", "请给出文件本身"
            )  # reading one may never end
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path.name, f"文件打不开（{error.strerror}）", "请检查路径和读取权限") from error
    source = SourceFile(str(path), hashlib.sha256(data).hexdigest(), reader_for(path).name)
    return compose(source, read_pages(path, data), lists)


def compose(source: SourceFile, pages: tuple[Page, ...], lists: Path | None = None) -> Document:
    """Makes the document out of its pages, stage by stage."""
    dropped = furniture(pages)
    layer = Layer(pages)
    paragraphs = join(pages, dropped, layer)
    source_text = layer.text
    shown = display(source_text, layer.drawn_wide(), layer.raised())
    paragraphs = part_glued(part_running(paragraphs, shown), shown)
    texts = ["" if part.cells else shown.of(part.span) for part in paragraphs]
    source_texts = [source_text[part.span.start : part.span.end] for part in paragraphs]
    unlabelled = assemble(paragraphs, texts, shown.of)
    front = read_front(pages, paragraphs, texts, source_texts, Path(source.path).stem, to_fill_in(unlabelled))
    tables = labelled(unlabelled, front.prefixes, front.forms)
    warnings = [*_of_pages(pages), *losses(pages, dropped), *front.warnings]

    def warn(place: int, message: str) -> None:
        page = paragraphs[place].page
        warnings.append(f"第{page}页：{message}" if page else message)

    cutter = Cutter(front, paragraphs, layer, shown, source_text)
    clauses, heads = _cut(cutter, tables, texts, source_texts, warn)
    owners = {
        "clauses": [clause.span for clause in clauses if clause.kind != "row"],
        "headings": [paragraphs[place].span for place in heads],
        "tables": [span for table in tables for span in table.spans],
        "metadata": [paragraphs[place].span for place in front.held],
    }
    forms, occasion = load_forms(lists), occasion_of(front.metadata, shown.text)
    clauses = [
        replace(clause, targets=read_targets(clause, occasion), units=read_units(clause, forms)) for clause in clauses
    ]
    clauses, unmarked = with_notes(clauses, pages)
    warnings += unmarked
    counted, faults = account(pages, source_text, dropped, owners)
    warnings += [f"同一段文字归入两处：{source_text[span.start : span.start + 20]}" for span in faults]
    kept = _unique(clauses, warnings)
    return Document(
        source=source,
        metadata=front.metadata,
        source_text=source_text,
        text=shown.text,
        clauses=kept,
        tables=tuple(as_table(cutter, table) for table in tables if table.rows),
        account=counted,
        page_sizes=tuple(map(_size, pages)),
        warnings=tuple(warnings),
        furniture=tuple(line.text for line in sorted(dropped, key=lambda line: (line.page, line.top))),
        attachments=tuple(item for page in pages for item in page.attachments),
        statements=(*statements(kept, front.metadata.title), *_of_head(front)),
    )


def _of_head(front: Front) -> tuple[Stated, ...]:
    """What is said of the force beside the text: under the title, and by the site that published it."""
    return (*changed_by(front.note, front.metadata), *stated_by_site(front.force_labels))


def _size(page: Page) -> tuple[float, float]:
    """Width and height of a page as it lies in its file, before it was turned."""
    return (page.height, page.width) if page.turn in (90, 270) else (page.width, page.height)


def _of_pages(pages: Sequence[Page]) -> list[str]:
    """What the pages themselves warn of, each warning once with all its pages."""
    said: dict[str, list[int]] = {}
    for page in pages:
        for warning in page.warnings:
            said.setdefault(warning, []).append(page.number)
    return [
        f"第{'、'.join(map(str, numbers))}页：{warning}" if any(numbers) else warning
        for warning, numbers in said.items()
    ]


def _cut(
    cutter: Cutter,
    tables: Sequence[RuledTable],
    texts: Sequence[str],
    source: Sequence[str],
    warn: Callable[[int, str], None],
) -> tuple[list[Clause], list[int]]:
    """Cuts each text of the file into clauses: covering notice, decision, the document's own body, annexes.

    :param texts: each paragraph as shown, empty for a table.
    :param source: each paragraph as the layer has it.
    :param warn: told the place of a paragraph and what is odd about its number.
    :return: the clauses in the order of the text, and the places of paragraphs that are headings or captions.
    """
    front, frames = cutter.front, [part.frame for part in cutter.paragraphs]
    captions = {place for table in tables for place in table.caption_places}
    clauses: list[Clause] = []
    heads = sorted(captions - front.held.keys())
    for part in front.parts:
        places = [place for place in part.places if place not in captions]
        asked = questions(places, texts, part.title)
        root, around = build(places, texts, frames, warn, asked, part.subtitles, bare_numbers(places, texts, source))
        clauses += cut_section(cutter, root, part)
        clauses += [
            cutter.row(table, row, around[table.places[0]], part)
            for table in tables
            if table.places[0] in around
            for row in table.rows
        ]
        heads += headings(root)
    return sorted(clauses, key=lambda clause: clause.span.start), heads


def _unique(clauses: list[Clause], warnings: list[str]) -> tuple[Clause, ...]:
    """Keeps ids unique where a document repeats an ordinal: the second 三 becomes 三（重2）."""
    seen: dict[str, int] = {}
    kept = []
    for clause in clauses:
        count = seen[clause.clause_id] = seen.get(clause.clause_id, 0) + 1
        if count > 1:
            warnings.append(f"条款编号“{clause.clause_id}”出现第{count}次，已加“（重{count}）”区别")
            clause = replace(clause, clause_id=f"{clause.clause_id}（重{count}）")
        kept.append(clause)
    return tuple(kept)
