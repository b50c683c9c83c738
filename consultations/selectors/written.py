"""A version of a draft as the writers of files take it, with the lasting address of each place."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations import calendar
from consultations.models import Consultation, TextVersion
from consultations.selectors.wordings import text_of
from consultations.text.formats.write_changes import write_changes
from consultations.text.formats.written import Written


def written(consultation: Consultation, version: TextVersion) -> Written:
    """The whole version; texts of the council are in Polish."""
    text = text_of(version)
    keys = {turn: str(one.key) for turn, one in enumerate(text.every(), 1)}
    origin = settings.ORIGIN.rstrip("/")
    return Written(
        title=consultation.draft.title,
        nodes=tuple(root.node() for root in text.roots),
        keys=keys,
        language="pl",
        subtitle=_("Version %(number)d") % {"number": version.number},
        address_of={
            turn: f"{origin}{reverse('provision', args=[key])}" for turn, key in keys.items()
        },
        author=consultation.host,
        date=_day(version),
    )


def tracked(consultation: Consultation, old: TextVersion, new: TextVersion) -> bytes:
    """A file of Word in which tracked changes turn the old version into the new one."""
    return write_changes(
        written(consultation, old),
        written(consultation, new),
        author=consultation.host or settings.CITY,
        at=new.published_at or new.imported_at,
    )


def _day(version: TextVersion) -> dt.date:
    return calendar.local_day(version.published_at or version.imported_at)
