"""Tables of a spreadsheet program: read from a stranger's XLSX or CSV, written as XLSX."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from consultations.text.formats.files import decoded
from consultations.text.formats.package import Kind, repacked, unpacked
from consultations.text.reading import UnreadableDraft

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 5_000_000
MOST_ROWS = 2_000
MOST_COLUMNS = 40
MOST_LETTERS = 8_000_000  # of all cells: one long text can be named by many of them
LAST_ROW = 100_000  # blank ones too: a file may claim any number, and would never end
LONGEST_CELL = 32_767  # what a cell of Excel holds
DELIMITERS = ";,\t"
XLSX = Kind(
    body="xl/workbook.xml",
    not_this=_("This is not an XLSX file."),
    no_body=_("This is not an XLSX file: it holds no workbook."),
    old=_("This is an old or encrypted Excel file. Save it as XLSX without a password."),
    macros=_("The file contains macros. Save it as XLSX without macros."),
    macro_names=("vbaproject.bin",),
    types="[Content_Types].xml",
    macro_word=b"macroEnabled",
)
_DAMAGED = _("The file is damaged and cannot be read.")

# The row's number in the sheet, from 1, and its cells as text.
Rows = list[tuple[int, list[str]]]


def read_sheet(name: str, file: BinaryIO) -> Rows:
    """The rows of the first sheet that are not empty; UnreadableDraft has a sentence if not.

    Of a formula the value it had when the file was saved: nothing is computed here.
    """
    kind = PurePath(name).suffix.lower()
    if kind not in {".xlsx", ".csv"}:
        raise UnreadableDraft(_("Choose a file that ends in .xlsx or .csv."))
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    if not content:
        raise UnreadableDraft(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise UnreadableDraft(_("The file is larger than 5 MB."))
    rows = _bounded(_of_xlsx(content) if kind == ".xlsx" else _of_csv(content))
    if not rows:
        raise UnreadableDraft(_("There is nothing in the first sheet of this file."))
    return rows


def _bounded(found: Iterator[list[str]]) -> Rows:
    rows: Rows = []
    letters = 0
    for number, cells in enumerate(found, 1):
        if number > LAST_ROW:
            raise _too_long()
        if not any(cells):
            continue
        letters += sum(map(len, cells))
        if len(rows) > MOST_ROWS or letters > MOST_LETTERS:
            raise _too_long()
        rows.append((number, cells))
    return rows


def _too_long() -> UnreadableDraft:
    words = _("The sheet is too long: more than %(rows)d rows, or too much text. Split it.")
    return UnreadableDraft(words % {"rows": MOST_ROWS})


def _of_xlsx(content: bytes) -> Iterator[list[str]]:
    sound = repacked(unpacked(io.BytesIO(content), XLSX))
    try:
        book = load_workbook(sound, read_only=True, data_only=True, keep_links=False)
        sheet = next(one for one in book.worksheets if one.sheet_state == "visible")
        sheet.reset_dimensions()  # what the file says of itself may be wrong
        for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
            yield [_text(value) for value in row]
    except UnreadableDraft:
        raise
    except Exception as error:  # whatever the library meets in a file that is no sound sheet
        raise UnreadableDraft(_DAMAGED) from error


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _clean(str(value).replace("_x000D_", ""))


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _of_csv(content: bytes) -> Iterator[list[str]]:
    text = decoded(content)
    if "\0" in text:
        raise UnreadableDraft(_("This is not plain text: its letters cannot be read."))
    delimiter, text = _delimiter(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in lines:
            yield [_clean(cell) for cell in row[:MOST_COLUMNS]]
    except csv.Error as error:
        words = _("Line %(line)d cannot be read: look whether every quotation mark is closed.")
        raise UnreadableDraft(words % {"line": lines.line_num}) from error


def _delimiter(text: str) -> tuple[str, str]:
    """What parts the cells: said in a line of its own, or what the first line has most of."""
    said = re.match(r"sep=([;,\t])\r?\n", text)
    if said:
        return said[1], text[said.end() :]
    first = text.lstrip("\r\n").partition("\n")[0]
    bare = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=bare.count), text


def written_sheet(title: str, rows: Iterable[Sequence[str | int]], widths: Sequence[int]) -> bytes:
    """One sheet, its first row the heading; a text is a text whatever it begins with."""
    book = new_book()
    add_sheet(book, title, rows, widths)
    return saved(book)


def new_book() -> Any:
    """An empty book, for sheets to be added and then saved."""
    return Workbook(write_only=True)


def add_sheet(
    book: Any, title: str, rows: Iterable[Sequence[str | int]], widths: Sequence[int]
) -> None:
    """A further sheet of a book; `widths` are those of its columns, in letters."""
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(rows):
        sheet.append([plain_cell(sheet, value, heading=not number) for value in row])


def saved(book: Any) -> bytes:
    """The book as a file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def plain_cell(sheet: Any, value: str | int, *, heading: bool) -> Any:
    """One cell for a sheet that is written in one go; a text stays a text."""
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL] if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, text)
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if heading:
        cell.font = Font(bold=True)
    return cell
