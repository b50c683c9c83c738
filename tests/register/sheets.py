"""Sheets of comments as offices have them, made by hand: CSV, XLSX, sound and hostile."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

HEADINGS = (
    *("Lp.", "Data wpływu", "Kanał", "Organizacja", "Imię i nazwisko", "E-mail"),
    *("Jednostka redakcyjna", "Propozycja zmiany", "Uzasadnienie"),
)
ROW = ("1", "2026-09-10", "e-mail", "", "Jan Testowy", "", "§ 2 ust. 1", "Termin: 30 dni.", "Bo.")
Cells = Sequence[Sequence[Any]]


def many(number: int = 200) -> list[list[str]]:
    """So many rows under their headings: a tenth of them alike, days written in two ways."""
    rows = [list(HEADINGS)]
    for place in range(number):
        row = list(ROW)
        row[0] = str(place + 1)
        row[1] = "2026-09-10" if place % 2 else "10.09.2026"
        row[8] = "Jak wszyscy." if place % 10 == 0 else f"Powód {place}."
        row[6] = "2.1" if place % 3 else "§ 2 ust. 1"
        rows.append(row)
    return rows


def with_rows(*changes: dict[int, str]) -> list[list[str]]:
    """The headings and a row for each, with these cells in place of its own."""
    rows = ([change.get(place, cell) for place, cell in enumerate(ROW)] for change in changes)
    return [list(HEADINGS), *rows]


def in_csv(rows: Cells, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode(encoding)


def in_xlsx(rows: Cells) -> bytes:
    """With days as Excel keeps them, and numbers as numbers."""
    book = Workbook()
    for row in rows:
        book.active.append([_typed(cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _typed(cell: str) -> Any:
    if cell == "2026-09-10":
        return datetime(2026, 9, 10)  # noqa: DTZ001 - as a spreadsheet has it
    return float(cell) if cell.replace(".", "", 1).isdecimal() and "10.09" not in cell else cell


def uploaded(content: bytes, name: str = "uwagi.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def altered(content: bytes, part: str, text: bytes) -> bytes:
    """The package with another text in this part."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            new.writestr(info.filename, text if info.filename == part else old.read(info))
    return made.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """A sound file with one part more."""
    made = io.BytesIO(in_xlsx(with_rows({})))
    with zipfile.ZipFile(made, "a") as package:
        package.writestr(name, content)
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_sheet(inside: str, before: str = "") -> bytes:
    """An XLSX whose first sheet is this XML."""
    text = f'{before}<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData></worksheet>'
    return altered(in_xlsx(with_rows({})), SHEET, text.encode())


def bomb() -> bytes:
    """Thirty million letters in a file of thirty thousand bytes."""
    return altered(in_xlsx(with_rows({})), "xl/styles.xml", b"<a>" + b" " * 30_000_000 + b"</a>")


HOSTILE: dict[str, tuple[str, bytes]] = {
    "empty": ("a.csv", b""),
    "another ending": ("a.pdf", b"%PDF"),
    "no ending": ("a", b"x"),
    "no package": ("a.xlsx", b"PK\x03\x04" + b"\0" * 100),
    "old Excel": ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
    "letters for a package": ("a.xlsx", b"Lp.;Uzasadnienie\n1;Bo."),
    "a bomb": ("a.xlsx", bomb()),
    "macros": ("a.xlsx", with_part("xl/vbaProject.bin", b"x")),
    "entities": (
        "a.xlsx",
        with_sheet("<row/>", '<!DOCTYPE a [<!ENTITY b "cccc"><!ENTITY d "&b;&b;">]>'),
    ),
    "broken XML": ("a.xlsx", altered(in_xlsx(with_rows({})), SHEET, b"<worksheet")),
    "no sheet": ("a.xlsx", altered(in_xlsx(with_rows({})), SHEET, b"<a/>")),
    "a row far beyond": ("a.xlsx", with_sheet('<row r="99999999999"><c r="A1"/></row>')),
    "a cell of nowhere": ("a.xlsx", with_sheet('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>')),
    "an unknown text": (
        "a.xlsx",
        with_sheet('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'),
    ),
    "too many rows": ("a.csv", b"Uzasadnienie\n" + b"Bo.\n" * 2_001),
    "too large": ("a.csv", b"x" * 5_000_001),
    "zeros": ("a.csv", b"Uzasadnienie\n\0\n"),
    "no letters": ("a.csv", bytes(range(128, 256)) * 20),
    "an open quotation": ("a.csv", b'Uzasadnienie\n"Bo.\n'),
    "a huge cell": ("a.csv", b"Uzasadnienie\n" + b"x" * 200_000),
    "headings alone": ("a.csv", b"Lp.;Uzasadnienie\n"),
    "blank rows": ("a.csv", b";;\n;;\n"),
}
