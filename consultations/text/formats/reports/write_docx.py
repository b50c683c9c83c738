"""The report as DOCX: headings, contents with links, tables whose heading repeats on every page."""

from collections.abc import Callable, Sequence
from pathlib import Path

from consultations.text.formats.reports.description import Description, Head, Section, Table
from consultations.text.formats.reports.package import XML, Package, attribute, text
from consultations.text.formats.reports.properties import core

Say = Callable[[str], None]
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TWIPS = 567  # to a centimetre
_FONT = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>'
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="16838" w:h="11906"'
    ' w:orient="landscape"/><w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850"'
    ' w:header="450" w:footer="450" w:gutter="0"/></w:sectPr>'
)
_FOOTER = (
    f'{XML}<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:fldSimple'
    ' w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>'
)


def write(report: Description, path: Path) -> None:
    """The file, A4 on its side, row by row."""
    with Package(path, report.head.instant) as package:
        with package.part("word/document.xml") as document:
            _document(document.write, report)
        package.add("word/styles.xml", _styles(report.head))
        package.add("word/footer1.xml", _FOOTER)
        package.add(
            "word/_rels/document.xml.rels",
            f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="rId1" Type="{_LINKS}/styles" Target="styles.xml"/>'
            f'<Relationship Id="rId2" Type="{_LINKS}/footer" Target="footer1.xml"/>'
            "</Relationships>",
        )
        types = {
            "/word/document.xml": f"{_KINDS}.document.main+xml",
            "/word/styles.xml": f"{_KINDS}.styles+xml",
            "/word/footer1.xml": f"{_KINDS}.footer+xml",
        }
        core(package, report.head, "word/document.xml", types)


def _document(say: Say, report: Description) -> None:
    head = report.head
    say(f'{XML}<w:document xmlns:w="{_W}" xmlns:r="{_LINKS}"><w:body>')
    say(_paragraph(head.title, "Title"))
    say(_paragraph(head.subject))
    say(_paragraph(f"{head.author}, {head.instant:%Y-%m-%d %H:%M}"))
    say(_paragraph(head.words["contents"], "Heading1"))
    for section in report.sections():
        place = attribute(section.code)
        link = f"<w:hyperlink w:anchor={place}>{_run(section.heading)}</w:hyperlink>"
        say(f"<w:p>{link}</w:p>")
    for number, section in enumerate(report.sections()):
        _section(say, section, number)
    say(f"{_PAGE}</w:body></w:document>")


def _section(say: Say, section: Section, number: int) -> None:
    mark = (
        f'<w:bookmarkStart w:id="{number}" w:name={attribute(section.code)}/>'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )
    say(_paragraph(section.heading, "Heading1", mark))
    for words in section.paragraphs:
        say(_paragraph(words))
    if section.table is not None and not section.hollow:
        _table(say, section, section.table)


def _table(say: Say, section: Section, table: Table) -> None:
    widths = [round(column.width * TWIPS) for column in table.columns]
    say('<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>')
    say('<w:tblLayout w:type="fixed"/>')
    say(f"<w:tblCaption w:val={attribute(section.heading)}/></w:tblPr><w:tblGrid>")
    say("".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>")
    head = _cells([column.heading for column in table.columns], widths, bold=True)
    say(f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{head}</w:tr>")
    for row in section.rows:
        say(f"<w:tr>{_cells(table.folded(row), widths)}</w:tr>")
    say("</w:tbl><w:p/>")


def _cells(cells: Sequence[str], widths: Sequence[int], *, bold: bool = False) -> str:
    return "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>{_run(words, bold=bold)}'
        "</w:p></w:tc>"
        for words, width in zip(cells, widths, strict=True)
    )


def _paragraph(words: str, style: str = "", before: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{before}{_run(words)}</w:p>"


def _run(words: str, *, bold: bool = False) -> str:
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(text(words).split("\n"))
    strong = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{strong}<w:t xml:space="preserve">{lines}</w:t></w:r>'


def _styles(head: Head) -> str:
    language = f"<w:lang w:val={attribute(head.language_tag)}/>"
    return (
        f'{XML}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{_FONT}'
        f'<w:sz w:val="18"/>{language}</w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:pPr><w:spacing w:after="80"/></w:pPr></w:style>'
        f"{_style('Title', 'Title', 36)}{_style('Heading1', 'heading 1', 26, 0)}"
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr>'
        f"<w:tblBorders>{_borders()}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )


def _style(identifier: str, name: str, size: int, outline: int | None = None) -> str:
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/>'
        f'<w:spacing w:before="240" w:after="120"/>{level}</w:pPr><w:rPr><w:b/>'
        f'<w:sz w:val="{size}"/></w:rPr></w:style>'
    )


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{one} w:val="single" w:sz="4" w:color="auto"/>' for one in sides)
