"""What of the comments waits, consultation by consultation, each with the list that clears it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations import policy
from consultations.models import Actor, Comment, CommentState, Consultation, Intake, Role
from consultations.models.comments import IN_DEPARTMENTS, OPEN_APPEAL
from consultations.selectors import desk_views
from consultations.selectors.due import overdue

S = CommentState

# What the report still waits for, by state.
WAITING: tuple[tuple[str, Any], ...] = (
    (S.RECEIVED, _("Comments to admit")),
    (S.ADMITTED, _("Comments to answer")),
    (S.ASSIGNED, _("Comments with departments")),
    (S.PROPOSED, _("Answers to approve")),
    (S.APPROVED, _("Answers to publish")),
)


@dataclass(frozen=True)
class Waits:
    """So many of one kind in one round."""

    consultation: int
    label: Any
    count: int
    url: str


@dataclass(frozen=True)
class Kind:
    """One kind of waiting: the view of the queue that shows it, and its comments."""

    view: str
    label: Any
    which: Q


def _kinds() -> list[Kind]:
    """In the order of the work, what is late first."""
    return [
        Kind(desk_views.OVERDUE, _("Answers overdue in departments"), overdue()),
        Kind("received", _("Comments to admit"), Q(state=S.RECEIVED)),
        Kind(
            desk_views.UNASSIGNED,
            _("Comments to answer or pass on"),
            Q(state=S.ADMITTED, department=None),
        ),
        Kind(desk_views.ASSIGNED, _("Comments with departments"), IN_DEPARTMENTS),
        Kind("proposed", _("Answers to approve"), Q(state=S.PROPOSED)),
        Kind("approved", _("Answers to publish"), Q(state=S.APPROVED)),
        Kind(desk_views.APPEALS, _("Appeals to decide"), OPEN_APPEAL),
    ]


def waiting(rounds: Sequence[Consultation], viewer: Actor | None) -> list[Waits]:
    """All that waits in these rounds: a query for the comments, and three for the rest."""
    kinds = _kinds()
    slugs = {one.pk: one.slug for one in rounds}
    counted = {f"n{place}": Count("pk", filter=kind.which) for place, kind in enumerate(kinds)}
    there = Comment.objects.filter(consultation__in=slugs).order_by()
    listed: Any = there.values("consultation").annotate(**counted)
    rows = {row["consultation"]: row for row in listed}
    found = [
        Waits(pk, kind.label, rows[pk][f"n{place}"], address(slug, kind.view))
        for place, kind in enumerate(kinds)
        for pk, slug in slugs.items()
        if pk in rows and rows[pk][f"n{place}"]
    ]
    return [*found, *_narrow(there, slugs, viewer), *_sheets(slugs)]


def _narrow(there: Any, slugs: dict[int, str], viewer: Actor | None) -> Iterable[Waits]:
    """What asks for the answers too, which are read for few comments only."""
    kinds = [Kind(desk_views.SENT_BACK, _("Answers sent back"), desk_views.RETURNED_ANSWER)]
    if Role.APPROVER in policy.roles_of(viewer):
        own = Q(given_answer__author=viewer)
        mine = Q(state=S.PROPOSED) & ~own
        kinds.append(Kind("proposed", _("Answers that wait for your signature"), mine))
    for kind in kinds:
        rows = there.filter(kind.which).values_list("consultation").annotate(Count("pk"))
        for pk, count in rows:
            yield Waits(pk, kind.label, count, address(slugs[pk], kind.view))


def _sheets(slugs: dict[int, str]) -> Iterable[Waits]:
    """Sheets that were uploaded and not entered yet."""
    open_ones = Intake.objects.filter(consultation__in=slugs, finished_at=None).order_by("pk")
    for pk, intake in open_ones.values_list("consultation", "pk"):
        url = reverse("try_sheet", args=[slugs[pk], intake])
        yield Waits(pk, _("Sheet of comments to confirm"), 1, url)


def queue_address(consultation: Consultation, view: str) -> str:
    """The queue of the round with this view."""
    return address(consultation.slug, view)


def address(slug: str, view: str) -> str:
    """The same, by the round's address."""
    return f"{reverse('queue', args=[slug])}?stan={view}"
