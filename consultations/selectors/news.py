"""What changed in a list since it was opened: counted, and nothing on the page moves."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Actor, Consultation, Entry
from consultations.selectors.queue import Filters, listed


def changed_since(
    viewer: Actor | None, consultation: Consultation, filters: Filters, seen: int
) -> int:
    """How many comments of the list have an entry after this number of the draft's record."""
    newer = Entry.objects.filter(case=consultation.draft_id, case_seq__gt=seen)
    told = newer.filter(comment__isnull=False).order_by().values("comment")
    return listed(viewer, consultation, filters).filter(pk__in=told).count()


def news_words(count: int) -> str:
    """The same in words."""
    if not count:
        return _("No comment of this list is new or changed.")
    words = ngettext(
        "%(count)d comment of this list is new or changed.",
        "%(count)d comments of this list are new or changed.",
        count,
    )
    return words % {"count": count}
