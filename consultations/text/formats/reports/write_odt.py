"""The report as ODT: headings, contents with links, tables whose heading repeats on every page."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC
from pathlib import Path

from consultations.text.formats.odf import MIME, SPACES
from consultations.text.formats.reports.description import Description, Head, Section, Table
from consultations.text.formats.reports.package import XML, Package, attribute, text

Say = Callable[[str], None]
_NAMES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {**SPACES, "xlink": "http://www.w3.org/1999/xlink"}.items()
    if prefix not in {"xml", "manifest", "loext"}
)
_BLANKS = re.compile("  +")


def write(report: Description, path: Path) -> None:
    """The file, A4 on its side, row by row; `mimetype` first and not compressed."""
    with Package(path, report.head.instant) as package:
        package.add("mimetype", MIME, stored=True)
        with package.part("content.xml") as content:
            _content(content.write, report)
        package.add("styles.xml", _styles(report.head))
        package.add("meta.xml", _meta(report.head))
        entries = "".join(
            f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
            for name, kind in (
                ("/", MIME),
                *((part, "text/xml") for part in ("content.xml", "styles.xml", "meta.xml")),
            )
        )
        package.add(
            "META-INF/manifest.xml",
            f'{XML}<manifest:manifest xmlns:manifest="{SPACES["manifest"]}"'
            f' manifest:version="1.3">{entries}</manifest:manifest>',
        )


def _content(say: Say, report: Description) -> None:
    head = report.head
    say(f'{XML}<office:document-content {_NAMES} office:version="1.3"><office:automatic-styles>')
    say(_automatic(report))
    say("</office:automatic-styles><office:body><office:text>")
    say(f'<text:p text:style-name="Title">{_words(head.title)}</text:p>')
    say(f"<text:p>{_words(head.subject)}</text:p>")
    say(f"<text:p>{_words(f'{head.author}, {head.instant:%Y-%m-%d %H:%M}')}</text:p>")
    say(_heading(head.words["contents"]))
    for section in report.sections():
        link = attribute(f"#{section.code}")
        said = _words(section.heading)
        say(f'<text:p><text:a xlink:type="simple" xlink:href={link}>{said}</text:a></text:p>')
    for number, section in enumerate(report.sections()):
        say(_heading(section.heading, section.code))
        for words in section.paragraphs:
            say(f"<text:p>{_words(words)}</text:p>")
        if section.table is not None and not section.hollow:
            _table(say, section, section.table, number)
    say("</office:text></office:body></office:document-content>")


def _automatic(report: Description) -> str:
    """The widths of the columns, and the frame of a cell."""
    cell = (
        '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties'
        ' fo:border="0.5pt solid #505a5f" fo:padding="0.1cm"/></style:style>'
    )
    said = [cell]
    for number, section in enumerate(report.sections()):
        for place, column in enumerate(section.table.columns if section.table else ()):
            said.append(
                f'<style:style style:name="T{number}.{place}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{column.width}cm"/>'
                "</style:style>"
            )
    return "".join(said)


def _heading(words: str, code: str = "") -> str:
    mark = f"<text:bookmark text:name={attribute(code)}/>" if code else ""
    return (
        f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{mark}{_words(words)}'
        "</text:h>"
    )


def _table(say: Say, section: Section, table: Table, number: int) -> None:
    say(f"<table:table table:name={attribute(section.code)}>")
    for place in range(len(table.columns)):
        say(f'<table:table-column table:style-name="T{number}.{place}"/>')
    head = _cells([column.heading for column in table.columns], "Head")
    say(f"<table:table-header-rows>{head}</table:table-header-rows>")
    for row in section.rows:
        say(_cells(table.folded(row), "Standard"))
    say("</table:table><text:p/>")


def _cells(cells: Sequence[str], style: str) -> str:
    said = "".join(
        '<table:table-cell table:style-name="Cell" office:value-type="string">'
        f'<text:p text:style-name="{style}">{_words(words)}</text:p></table:table-cell>'
        for words in cells
    )
    return f"<table:table-row>{said}</table:table-row>"


def _words(words: str) -> str:
    """Line breaks, tabs and runs of blanks as elements: ODF would fold them."""
    said = text(words).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
    return _BLANKS.sub(lambda found: f' <text:s text:c="{len(found[0]) - 1}"/>', said)


def _meta(head: Head) -> str:
    instant = head.instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{XML}<office:document-meta {_NAMES} office:version="1.3"><office:meta>'
        f"<meta:generator>Uwaga</meta:generator><dc:title>{text(head.name)}</dc:title>"
        f"<dc:creator>{text(head.author)}</dc:creator><dc:date>{instant}</dc:date>"
        f"<dc:language>{text(head.language_tag)}</dc:language></office:meta>"
        "</office:document-meta>"
    )


def _styles(head: Head) -> str:
    language, _dash, country = head.language_tag.partition("-")
    spoken = f'fo:language="{language}" fo:country="{country or "none"}"'
    return (
        f'{XML}<office:document-styles {_NAMES} office:version="1.3"><office:styles>'
        '<style:default-style style:family="paragraph"><style:text-properties'
        f' fo:font-family="Liberation Sans" fo:font-size="9pt" {spoken}/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph"/>'
        f"{_named('Title', 'Title', 18)}{_named('Heading_20_1', 'Heading 1', 13)}"
        f"{_named('Head', 'Head', 9)}</office:styles><office:automatic-styles>"
        '<style:page-layout style:name="Page"><style:page-layout-properties'
        ' fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape"'
        ' fo:margin="1.5cm"/><style:footer-style><style:header-footer-properties/>'
        "</style:footer-style></style:page-layout></office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Standard"'
        ' style:page-layout-name="Page"><style:footer><text:p><text:page-number/></text:p>'
        "</style:footer></style:master-page></office:master-styles></office:document-styles>"
    )


def _named(name: str, shown: str, size: int) -> str:
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="paragraph"'
        ' style:parent-style-name="Standard"><style:paragraph-properties fo:margin-top="6pt"'
        ' fo:margin-bottom="3pt"/><style:text-properties'
        f' fo:font-size="{size}pt" fo:font-weight="bold"/></style:style>'
    )
