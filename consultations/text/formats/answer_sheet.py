"""A sheet to be filled in: locked and open columns, a list to choose from, words that explain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from consultations.text.formats.sheets import add_sheet, new_book, plain_cell, saved

OPEN = PatternFill("solid", fgColor="FFF7D6")  # to be filled in
LOCKED = PatternFill("solid", fgColor="EEEFEF")


@dataclass(frozen=True)
class Column:
    """`name` is what it is to us, `heading` what people read; `choices` end in a list."""

    name: str
    heading: str
    width: int
    is_open: bool = False
    choices: tuple[str, ...] = ()


def written(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str | int]],
    explained: tuple[str, Sequence[Sequence[str]]],
) -> bytes:
    """The file: the rows, locked but for the open columns, and a second sheet that explains.

    `explained` is that sheet's title and its rows. A text is a text whatever it begins with.
    """
    book = new_book()
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "B2"
    sheet.protection.sheet = True  # without a password: against slips, not against people
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.sort = sheet.protection.autoFilter = False
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    _offer_choices(sheet, columns)
    sheet.append([_heading(sheet, one) for one in columns])
    for row in rows:
        sheet.append([_cell(sheet, one, value) for one, value in zip(columns, row, strict=True)])
    add_sheet(book, explained[0], explained[1], (34, 100))
    _add_choices(book, columns)
    return saved(book)


def _offer_choices(sheet: Any, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns, 1):
        if column.choices:
            letter = get_column_letter(place)
            where = f"lists!${letter}$1:${letter}${len(column.choices)}"
            offered = DataValidation(type="list", formula1=where, allow_blank=True)
            offered.add(f"{letter}2:{letter}10000")
            sheet.data_validations.append(offered)


def _add_choices(book: Any, columns: Sequence[Column]) -> None:
    """What the lists offer, on a hidden sheet, each in the column it is for."""
    hidden = book.create_sheet("lists")
    hidden.sheet_state = "hidden"
    for line in range(max((len(one.choices) for one in columns), default=0)):
        hidden.append([(*one.choices, *[""] * (line + 1))[line] for one in columns])


def _heading(sheet: Any, column: Column) -> WriteOnlyCell:
    cell = plain_cell(sheet, column.heading, heading=True)
    cell.fill = OPEN if column.is_open else LOCKED
    cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, column: Column, value: str | int) -> WriteOnlyCell:
    cell = plain_cell(sheet, value, heading=False)
    cell.fill = OPEN if column.is_open else LOCKED
    if column.is_open:
        cell.number_format = "@"  # what is typed here is a text, whatever it begins with
        cell.protection = Protection(locked=False)
    return cell
