"""Writes the tree as plain text that people can edit and `parse_plain` reads back."""

from collections.abc import Iterator, Sequence

from consultations.text import marks
from consultations.text.notation import Paragraph, paragraphs
from consultations.text.tree import NBSP, Level, Node


def to_plain(nodes: Sequence[Node]) -> str:
    """One provision a line, with the marks of Polish drafting.

    Beyond those: `[wstęp ust]` opens unnumbered text right under the open ust. (`[wstęp]`: under
    the document), `[tiret]` a tiret that stands alone, `§ 2. [Title]` a title of a §, and a
    backslash before a mark says that it is only text. Any tree that `parse_plain` gives is read
    back as it was.
    """
    return "\n".join(_lines(nodes)) + "\n"


def _lines(nodes: Sequence[Node]) -> Iterator[str]:
    for paragraph in paragraphs(nodes):
        if paragraph.spaced:
            yield ""
        yield _line(paragraph)


def _line(paragraph: Paragraph) -> str:
    mark, words = paragraph.mark.replace(NBSP, " "), paragraph.words
    if paragraph.level is Level.CHAPTER:
        mark = f"{mark}."
    if paragraph.level is Level.INTRO and paragraph.under is None and paragraph.first:
        return marks.escaped(marks.unescaped(words), line_start=True)
    return f"{paragraph.tag or mark} {words}".rstrip()
