"""Writes a draft as the DOCX file a lawyer goes on with; `parse_docx` reads the same tree back."""

from itertools import count

from consultations.text.formats import docx_parts
from consultations.text.formats.looks import look_of, shown
from consultations.text.formats.written import Written
from consultations.text.notation import paragraphs


def write_docx(draft: Written) -> bytes:
    """The file: numbers typed as text, a style for each unit, a bookmark for each key.

    What only our notation needs is said by the names of styles (`looks`) or, before words that
    read as a mark and are none, by a hidden backslash.
    """
    document = docx_parts.blank(draft)
    numbers = count(1)
    for title in docx_parts.titles(draft):
        docx_parts.append(document, title)
    for paragraph in paragraphs(draft.nodes):
        runs = [docx_parts.run_of(text, hidden=hidden) for text, hidden in shown(paragraph)]
        keys = draft.keys_of(paragraph.positions)
        places = docx_parts.bookmarks(keys, numbers)
        docx_parts.append(document, docx_parts.paragraph_of(look_of(paragraph), *places, *runs))
    return docx_parts.saved(document)
