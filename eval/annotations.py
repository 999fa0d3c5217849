"""How documents should be read, as annotated from the sources alone (``eval/data/offices/reading.md``)."""

from __future__ import annotations

import csv
import gzip
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.questions import QuestionsError, lines_of
from ingest.numerals import to_number

_FOLDER = Path(__file__).parent / "data" / "offices"
HALVES = {
    "tuning": _FOLDER / "reading.jsonl",
    "sealed": _FOLDER / "reading_sealed.jsonl.gz",
    "later": _FOLDER / "reading_later.jsonl.gz",
    "unseen": _FOLDER / "reading_unseen.jsonl.gz",
    "last": _FOLDER / "reading_last.jsonl.gz",
}
"""The files of the two halves, and of the documents annotated after the sealed half was opened, and after those; all but the first are packed,
so that no search through the project shows what they hold."""

ISSUERS = _FOLDER / "issuers.tsv"
"""The office of each document."""

CHARGES = _FOLDER / "charges.jsonl"
"""Targets and units of further clauses, annotated with the text of the clauses in view; heads and outline were not."""

HEADS = ("number", "title", "issuer", "date")
"""What stands at the head of a document, annotated and judged each by itself."""

_BLANKS = re.compile("[\\s\u200b-\u200d\ufeff]")
_ROW = re.compile(r"(?:^|/)表\d+/")
_NUMERAL = re.compile("[零〇一二两三四五六七八九十百千]+")
_NUMERALS = re.compile(f"{_NUMERAL.pattern}(?:-{_NUMERAL.pattern})?")


@dataclass(frozen=True, slots=True)
class Annotation:
    """One document as it should be read.

    ``clauses`` hold id without the document's key, and the first and last eight characters; ``rows`` the same of table
    rows. ``targets`` are (clause, value, unit), ``units`` (clause, name). ``upto`` is the last clause that was annotated
    of a long document, and ``has_all_rows`` is False where only some rows of its tables were. A document that is not ``readable`` is rightly refused.
    """

    file: str
    half: str
    format: str
    heads: Mapping[str, str]
    clauses: tuple[tuple[str, str, str], ...]
    rows: tuple[tuple[str, str, str], ...]
    targets: tuple[tuple[str, str, str], ...]
    units: tuple[tuple[str, str], ...]
    upto: str | None = None
    has_all_rows: bool = True
    readable: bool = True


def load_annotations(path: Path = HALVES["tuning"]) -> tuple[Annotation, ...]:
    """Read annotations, one JSON object a line.

    :param path: the file, packed by gzip where its name ends so.
    :return: the annotations in the order of the file.
    :raises QuestionsError: when the file cannot be used.
    """
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
        return tuple(_annotation(json.loads(line)) for line in text.split("\n") if line.strip())
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise QuestionsError(str(path), f"标注用不了（{error}）", "请检查路径和格式") from error


def load_charges(path: Path = CHARGES) -> tuple[Annotation, ...]:
    """Read the further annotations of targets and units; of the clauses only the ids are known.

    :param path: one JSON object a line: ``file``, ids of the ``clauses`` that were read, ``targets``, ``units``.
    :return: the annotations in the order of the file.
    :raises QuestionsError: when the file cannot be used.
    """
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        return tuple(
            _annotation(_CHARGES_ONLY | line | {"clauses": [[one, "", ""] for one in line["clauses"]]})
            for line in lines
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise QuestionsError(str(path), f"标注用不了（{error}）", "请检查路径和格式") from error


def load_issuers(path: Path = ISSUERS) -> dict[str, str]:
    """Read which office each document is of.

    :param path: tab-separated, the office of each file.
    :return: offices by file.
    :raises QuestionsError: when the file is at fault.
    """
    rows = list(csv.DictReader(lines_of(path), delimiter="\t", quoting=csv.QUOTE_NONE))
    try:
        return {row["file"]: row["issuer"] for row in rows}
    except KeyError as error:
        raise QuestionsError(str(path), f"没有 {error} 这一列", "第一行写 file 和 issuer，以制表符分隔") from error


def plain(text: str | None) -> str:
    """Bring spellings together before they are compared: NFKC, no blanks, no characters without width.

    :param text: any text, None for none.
    :return: the form in which texts are equal.
    """
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text or ""))


def plain_value(value: str) -> str:
    """Bring values together: digits for Chinese numerals, one sign for ranges, without the unit %.

    >>> plain_value("三十"), plain_value("百分之二十"), plain_value("五十至六十五"), plain_value("１.5%")
    ('30', '20', '50-65', '1.5')

    :param value: a value as it was annotated or read.
    :return: the form in which values are equal.
    """
    text = (
        re.sub("[—–~～至]+", "-", plain(value.replace("︰", ":").replace("∶", ":")))
        .removeprefix("百分之")
        .removesuffix("%")
    )
    return _NUMERAL.sub(lambda found: str(to_number(found.group())), text) if _NUMERALS.fullmatch(text) else text


def is_row(clause_id: str) -> bool:
    """Tell whether an id is that of a table row."""
    return bool(_ROW.search(clause_id))


_CHARGES_ONLY = {"half": "charges", "format": ""}


def _annotation(raw: Mapping[str, Any]) -> Annotation:
    ends = [(str(one), plain(first), plain(last)) for one, first, last in raw["clauses"]]
    return Annotation(
        file=raw["file"],
        half=raw["half"],
        format=raw["format"],
        heads={name: plain(raw.get(name)) for name in HEADS},
        clauses=tuple(one for one in ends if not is_row(one[0])),
        rows=tuple(one for one in ends if is_row(one[0])),
        targets=tuple((one["clause"], plain_value(str(one["value"])), plain(one["unit"])) for one in raw["targets"]),
        units=tuple((one["clause"], plain(one["name"])) for one in raw["units"]),
        upto=raw.get("upto"),
        has_all_rows=not raw.get("rows_partial"),
        readable=raw.get("readable", True),
    )
