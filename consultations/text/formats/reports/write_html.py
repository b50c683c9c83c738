"""The report as one page that needs nothing else: no script, no file, no network."""

from collections.abc import Iterator
from pathlib import Path

from consultations.text.formats.reports.chart import svg
from consultations.text.formats.reports.description import Description, Section, Table
from consultations.text.formats.reports.package import Stream, attribute, text

_STYLE = """
body { font: 1rem/1.5 Georgia, serif; max-width: 75rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: left; font-weight: bold; }
th, td { border: 1px solid #505a5f; padding: .3rem .5rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; white-space: pre-line; }
p { white-space: pre-line; overflow-wrap: anywhere; }
svg { max-width: 100%; height: auto; }
"""


def write(report: Description, path: Path) -> None:
    """The page, a line for each row."""
    with path.open("wb") as file:
        page = Stream(file)
        for piece in _pieces(report):
            page.write(piece)
        page.flush()


def _pieces(report: Description) -> Iterator[str]:
    head = report.head
    day = head.instant.strftime("%Y-%m-%d %H:%M")
    yield (
        f'<!DOCTYPE html>\n<html lang={attribute(head.language)}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="author" content={attribute(head.author)}>'
        f"<title>{text(head.name)}</title><style>{_STYLE}</style></head>\n<body><main>"
        f"<h1>{text(head.title)}</h1>\n<p>{text(head.subject)}</p>"
        f'<p>{text(head.author)}, <time datetime="{head.at}">{day}</time></p>\n'
        f'<nav aria-labelledby="contents"><h2 id="contents">{text(head.words["contents"])}</h2><ul>'
    )
    for section in report.sections():
        yield f"<li><a href={attribute('#' + section.code)}>{text(section.heading)}</a></li>"
    yield "</ul></nav>\n"
    for section in report.sections():
        yield from _section(section, head.words["chart"])
    yield "</main></body></html>\n"


def _section(section: Section, chart: str) -> Iterator[str]:
    yield f"<section><h2 id={attribute(section.code)}>{text(section.heading)}</h2>\n"
    for words in section.paragraphs:
        yield f"<p>{text(words)}</p>\n"
    if section.chart:
        yield svg(section.chart, chart.replace("{}", section.heading)) + "\n"
    if section.table is not None and not section.hollow:
        yield from _table(section, section.table)
    yield "</section>\n"


def _table(section: Section, table: Table) -> Iterator[str]:
    names = "".join(f'<th scope="col">{text(column.heading)}</th>' for column in table.columns)
    yield f"<table><caption>{text(section.heading)}</caption><thead><tr>{names}</tr></thead><tbody>"
    for row in section.rows:
        first, *rest = table.folded(row)
        cells = "".join([f"<td>{text(words)}</td>" for words in rest])
        yield f'<tr><th scope="row">{text(first)}</th>{cells}</tr>\n'
    yield "</tbody></table>\n"
