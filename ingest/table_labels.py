"""What a table is called in ids and citations: 表1, or the number that its caption gives; counted in each text of a file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.numerals import ordinal
from ingest.tables import RuledTable

_OWN_NUMBER = re.compile(r"表\s*(\d+(?:[.\-—－]\d+)*|[一二三四五六七八九十]+)(?!\s*[年月日个张项])")


def labelled(tables: Sequence[RuledTable], prefixes: Mapping[int, str], forms: frozenset[int]) -> list[RuledTable]:
    """Gives each table of data its label, part by part: the number of its caption, unless two have the same, else its place.

    :param prefixes: prefix of the part that holds each paragraph, by its place.
    :param forms: places of tables in annexes that are forms; those have no rows.
    """
    tables = [replace(table, rows=()) if forms.intersection(table.places) else table for table in tables]
    tables = [replace(table, prefix=prefixes.get(table.places[0], "")) for table in tables]
    own = Counter((table.prefix, _own_number(table.caption)) for table in tables if table.rows)
    doubled = {prefix for (prefix, _), many in own.items() if many > 1}
    named, count = [], Counter[str]()
    for table in tables:
        if table.rows:
            count[table.prefix] += 1
            number = None if table.prefix in doubled else _own_number(table.caption)
            table = replace(table, label=f"表{number or count[table.prefix]}")
        named.append(table)
    return named


def _own_number(caption: str) -> str | None:
    found = _OWN_NUMBER.match(caption)
    if not found:
        return None
    number = ordinal(found[1])
    return str(number) if number is not None else found[1]
