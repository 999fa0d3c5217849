"""Tables as an Excel workbook, by xlsxwriter, which is imported here only; the same tables give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from app.figures.sheets import Sheet

_MADE = datetime(2000, 1, 1)  # a workbook bears a date, and one of its making would make each differ
_LONGEST = 32767  # characters of a cell of Excel
_CUT = "……（过长，全文见条款）"
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "，"))


def as_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """Write tables as a workbook: numbers as numbers, text as text and never as a formula or a link, the heads frozen.

    :param sheets: a sheet of the workbook each.
    :return: bytes of the file.
    """
    import xlsxwriter

    out = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, settings) as book:
        book.set_properties({"created": _MADE})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for one in sheets:
            sheet = book.add_worksheet(one.name.translate(_FORBIDDEN)[:31])
            sheet.freeze_panes(1, 0)
            for column, (name, width) in enumerate(one.heads):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, _fitting(name), head)
            for place, row in enumerate(one.rows, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, Decimal):
                        sheet.write_number(place, column, float(cell), body)
                    else:
                        sheet.write_string(place, column, _fitting(cell), body)
            if one.rows:
                sheet.autofilter(0, 0, len(one.rows), len(one.heads) - 1)
    return out.getvalue()


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT
