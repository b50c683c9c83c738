"""A table sent as CSV while it is read: UTF-8 with BOM, semicolons, under both kinds of servers."""

import csv
import io
from collections.abc import AsyncIterator, Iterator
from itertools import islice

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import translation

LINES_AT_ONCE = 200


def spreadsheet(request: HttpRequest, table: Iterator[list[str]], name: str) -> HttpResponseBase:
    """The answer; cells must be safe for a spreadsheet already."""
    lines = _lines(table, translation.get_language())
    streamed = _spread(lines) if isinstance(request, ASGIRequest) else lines
    return StreamingHttpResponse(
        streamed,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _lines(table: Iterator[list[str]], language: str | None) -> Iterator[str]:
    """The file in pieces of many lines; read while they are sent, in the language of the page."""
    yield "\N{BOM}"
    while True:
        with translation.override(language):
            some = list(islice(table, LINES_AT_ONCE))
        if not some:
            return
        piece = io.StringIO()
        csv.writer(piece, delimiter=";").writerows(some)
        yield piece.getvalue()


async def _spread(lines: Iterator[str]) -> AsyncIterator[str]:
    """The same for a server that must not wait."""
    while (line := await sync_to_async(_next)(lines)) is not None:
        yield line


def _next(lines: Iterator[str]) -> str | None:
    return next(lines, None)
