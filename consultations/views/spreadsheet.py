"""A file sent while it is read, under both kinds of servers; a table as CSV with a BOM."""

import csv
import io
from collections.abc import AsyncIterator, Iterator
from itertools import islice

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import translation

LINES_AT_ONCE = 200
CSV = "text/csv; charset=utf-8"
JSON_LINES = "application/jsonl; charset=utf-8"


def spreadsheet(request: HttpRequest, table: Iterator[list[str]], name: str) -> HttpResponseBase:
    """The answer; cells must be safe for a spreadsheet already."""
    return in_pieces(request, _written(table), CSV, name, before="\N{BOM}")


def in_pieces(
    request: HttpRequest, lines: Iterator[str], kind: str, name: str, *, before: str = ""
) -> HttpResponseBase:
    """The lines as a file to be saved."""
    pieces = _pieces(lines, translation.get_language(), before)
    return StreamingHttpResponse(
        _spread(pieces) if isinstance(request, ASGIRequest) else pieces,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _pieces(lines: Iterator[str], language: str | None, before: str) -> Iterator[str]:
    """The file in pieces of many lines; read while they are sent, in the language of the page."""
    yield before
    while True:
        with translation.override(language):
            some = list(islice(lines, LINES_AT_ONCE))
        if not some:
            return
        yield "".join(some)


def _written(table: Iterator[list[str]]) -> Iterator[str]:
    """Each row as a line of CSV."""
    for row in table:
        line = io.StringIO()
        csv.writer(line, delimiter=";").writerow(row)
        yield line.getvalue()


async def _spread(lines: Iterator[str]) -> AsyncIterator[str]:
    """The same for a server that must not wait."""
    while (line := await sync_to_async(_next)(lines)) is not None:
        yield line


def _next(lines: Iterator[str]) -> str | None:
    return next(lines, None)
