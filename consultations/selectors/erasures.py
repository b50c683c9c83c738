"""Requests for erasure at the desk: what waits, and what would go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.models import Actor, ErasureRequest, ErasureState
from consultations.models.clock import now

# What the service of erasing counts, in words for the preview.
COUNTED: dict[str, Any] = {
    "comments": _("Comments filed for herself: the texts are emptied"),
    "words": _("Words of hers sealed in the record"),
    "grants": _("Roles: they end"),
    "mandates": _("Mandates of organisations: they end"),
    "substitutions": _("Substitutions: they end"),
    "logins": _("Account, with address and name"),
    "unfiled drafts": _("Comments being written for herself"),
    "attachments": _("Files of her own comments"),
    "sheets": _("Sheets of comments being entered"),
    "runs": _("What she did to many comments at once: the lists"),
    "links of guests": _("Comments sent without an account, and links that confirmed one"),
    "watches": _("What she follows"),
    "marks of reading": _("Provisions marked as read"),
    "unsaved texts": _("Texts not saved"),
    "supports": _("Comments she supports for herself"),
    "replies": _("Ratings of answers and replies to them"),
    "covering notes": _("Notes written to her with answers"),
    "words of the search": _("Words of her comments in the search"),
    "sketches": _("What her comments say, as numbers"),
    "sketched comments": _("Which comments are similar to hers"),
    "presence": _("Comments open before her now"),
    "saved views": _("Views of the queue she saved"),
    "report files": _("Pieces of files of reports that may name her: they are written again"),
    "marks of drafts": _("Her private notes on drafts, and what she marked as seen"),
    "council visits": _("Visits of the council's desk"),
    "requests": _("Requests for erasure"),
    "notices": _("Notices"),
    "inbox": _("Counter of notices"),
    "letters": _("Who was written to by e-mail"),
    "preferences": _("Preferences"),
    "sessions": _("Where she is signed in"),
    "addresses": _("Addresses of the account"),
}


@dataclass(frozen=True)
class Line:
    """A request with the name of who asked, and whether its last day is near or past."""

    request: ErasureRequest
    name: str
    days_left: int

    @property
    def is_overdue(self) -> bool:
        return self.request.state == ErasureState.ASKED and self.days_left < 0


def waiting() -> QuerySet[ErasureRequest]:
    """Those on which nobody has decided, the nearest last day first."""
    return ErasureRequest.objects.filter(state=ErasureState.ASKED).select_related("actor")


def lines() -> list[Line]:
    """Every request that is kept, those that wait first."""
    rows = ErasureRequest.objects.select_related("actor__user")
    today = calendar.local_day(now())
    listed = [line(one, today) for one in rows]
    return sorted(listed, key=lambda one: one.request.state != ErasureState.ASKED)


def line(request: ErasureRequest, today: date | None = None) -> Line:
    """One request in words."""
    today = today or calendar.local_day(now())
    user = getattr(request.actor, "user", None)
    return Line(request, str(user or "–"), (request.due_on - today).days)


def in_words(counts: Mapping[str, int]) -> list[tuple[Any, int]]:
    """What would go, with how much of it; what there is nothing of is left out."""
    return [(COUNTED.get(name, name), count) for name, count in counts.items() if count]


def own(actor: Actor) -> ErasureRequest | None:
    """The actor's latest request, decided or not."""
    return ErasureRequest.objects.filter(actor=actor).order_by("pk").last()
