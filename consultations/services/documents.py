"""Documents: adding one to the register."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid
from consultations.models import Actor, Document
from consultations.services.door import note, one_action, require


def add_document(
    *,
    slug: str,
    kind: str,
    title: str,
    by: Actor,
    period: str = "",
    part_of: Document | None = None,
    carries_out: Iterable[Document] = (),
) -> Document:
    """Enter a document; recorded as `document.add`. Raises NotYours, Invalid."""
    with one_action():
        require(by, "document.add")
        if Document.objects.filter(slug=slug).exists():
            raise Invalid(_("A document with this address is already there."), "slug")
        document = Document.objects.create(
            slug=slug, kind=kind, title=title, period=period, part_of=part_of
        )
        document.carries_out.set(carries_out)
        note(document, "document.add", by=by, facts={"slug": slug})
    return document
