"""Parses XML from a stranger: no entities, no network, no more elements than memory bears."""

from django.utils.translation import gettext_lazy as _
from lxml import etree

from consultations.text.formats.numbering import Xml
from consultations.text.reading import UnreadableDraft

MOST_BYTES = 20_000_000
# A tree takes 100 to 200 bytes for each element, whose tags begin with `<`, and for each attribute,
# which has a `=`: this many are some 200 MB. A draft of 1,000 pages has half as many.
MOST_SIGNS = 1_500_000


def signs(content: bytes) -> int:
    """About how many elements and attributes the bytes can hold, whatever their encoding."""
    return content.count(b"<") + content.count(b"=")


def parsed_xml(content: bytes) -> Xml:
    """The root element; raises UnreadableDraft for a document type, excess, or broken XML."""
    if len(content) > MOST_BYTES or signs(content) > MOST_SIGNS:
        raise UnreadableDraft(_("The file is too large when unpacked."))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDraft(_("The file is damaged and cannot be read.")) from error
    # That is where entities are made.
    if root.getroottree().docinfo.doctype:
        raise UnreadableDraft(_("The file contains entities, which no office program writes."))
    return root
