"""The report as a workbook: a sheet for every table, numbers as numbers, texts never formulas."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from consultations.text.formats.reports.description import Cell, Description, Table
from consultations.text.formats.reports.package import XML, Package, text
from consultations.text.formats.reports.properties import core

LONGEST_CELL = 32_767  # what a cell of Excel holds
LONGEST_NAME = 31  # what the tab of a sheet holds
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_ESCAPES = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
PLAIN, HEADING = 1, 2  # styles of cells
_STYLES = (
    f'{XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/>'
    '</font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf/><xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)


def write(report: Description, path: Path) -> None:
    """The first sheet holds what is said in paragraphs; the others a table each."""
    with Package(path, report.head.instant) as package:
        names = [report.head.words["report"]]
        with package.part("xl/worksheets/sheet1.xml") as sheet:
            _sheet(sheet.write, [100], None, _said(report))
        for section in report.sections():
            if section.table is None:
                continue
            names.append(section.heading)
            with package.part(f"xl/worksheets/sheet{len(names)}.xml") as sheet:
                _sheet(sheet.write, section.table.letters, section.table, section.rows)
        _rest(package, report, names)


def _said(report: Description) -> Iterator[Sequence[Cell]]:
    yield [report.head.name]
    yield [f"{report.head.author}, {report.head.at}"]
    for section in report.sections():
        if section.paragraphs:
            yield [section.heading]
            yield from ([words] for words in section.paragraphs)


def _sheet(
    say: Callable[[str], None],
    widths: Sequence[int],
    table: Table | None,
    rows: Iterable[Sequence[Cell]],
) -> None:
    say(f'{XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">')
    if table is not None:
        say('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>')
    say("</sheetView></sheetViews><cols>")
    for place, width in enumerate(widths, 1):
        say(f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>')
    say("</cols><sheetData>")
    if table is not None:
        say(_row(table.names, HEADING))
    for row in rows:
        say(_row(row, PLAIN))
    say("</sheetData></worksheet>")


def _row(row: Sequence[Cell], style: int) -> str:
    cells = "".join(_cell(cell, style) for cell in row)
    return f"<row>{cells}</row>"


def _cell(cell: Cell, style: int) -> str:
    if isinstance(cell, int):
        return f'<c s="{style}"><v>{cell}</v></c>'
    if not cell:
        return f'<c s="{style}"/>'
    said = _ESCAPES.sub("_x005F_", text(cell[:LONGEST_CELL]))
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def _rest(package: Package, report: Description, names: Sequence[str]) -> None:
    sheets = range(1, len(names) + 1)
    listed = "".join(
        f'<sheet name="{text(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(sheets, _distinct(names), strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in sheets
    )
    styles = f'<Relationship Id="rId0" Type="{_LINKS}/styles" Target="styles.xml"/>'
    types = {
        "/xl/workbook.xml": f"{_KINDS}.sheet.main+xml",
        "/xl/styles.xml": f"{_KINDS}.styles+xml",
        **{f"/xl/worksheets/sheet{n}.xml": f"{_KINDS}.worksheet+xml" for n in sheets},
    }
    package.add(
        "xl/workbook.xml",
        f'{XML}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{listed}</sheets></workbook>',
    )
    package.add("xl/_rels/workbook.xml.rels", _links(links + styles))
    package.add("xl/styles.xml", _STYLES)
    core(package, report.head, "xl/workbook.xml", types)


def _links(said: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{XML}<Relationships xmlns="{space}">{said}</Relationships>'


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """Names of tabs: short, without what Excel forbids, none twice."""
    used: set[str] = set()
    for name in names:
        short = _NOT_IN_NAMES.sub(" ", name).strip()[:LONGEST_NAME] or "–"
        turn = 1
        while short.casefold() in used:
            turn += 1
            short = f"{short[: LONGEST_NAME - 3]} {turn}"
        used.add(short.casefold())
        yield short
