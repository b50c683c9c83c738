"""What waits at the council beside the open steps: paper to compare, motions, publication, text."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations import calendar, policy
from consultations.models import (
    Actor,
    Amendment,
    AmendmentState,
    Consultation,
    CouncilFile,
    CouncilFileState,
    Draft,
    DraftState,
)
from consultations.models.clock import now
from consultations.models.council import BEFORE_THE_VOTE
from workflows.duty import Duty

SHEET = Q(vote_sheets__state="waiting")
MOTION = Q(motions__decided_at=None, motions__isnull=False)


def not_yet(drafts: Iterable[Draft]) -> set[int]:
    """Of these drafts those whose next step at the council is not to be taken today.

    Its session lies ahead, a motion is to be decided first, or a roll call waits for a second
    person: a duty of its own.
    """
    files = CouncilFile.objects.filter(draft__in=[one.pk for one in drafts])
    ahead = Q(state__in=BEFORE_THE_VOTE, session_on__gt=calendar.local_day(now()))
    return set(files.filter(ahead | SHEET | MOTION).values_list("draft", flat=True))


def council_duties(actor: Actor) -> Iterator[Duty]:
    """A query for each kind the person may do."""
    files = _files()
    for words, action, page, which in (
        (
            _("Compare the roll call with the minutes"),
            "council_file.confirm_vote",
            "confirm_vote",
            files.filter(SHEET),
        ),
        (
            _("Record how the council decided on two readings"),
            "council_file.decide_two_readings",
            "decide_two_readings",
            files.filter(MOTION, state=CouncilFileState.NUMBERED),
        ),
        (
            _("Record where the resolution was published"),
            "draft.record_publication",
            "record_publication",
            files.filter(draft__state=DraftState.ADOPTED, draft__publications=None),
        ),
        (
            _("Set a session for the draft"),
            "council_file.schedule",
            "schedule_session",
            files.filter(state__in=BEFORE_THE_VOTE, session_on=None),
        ),
    ):
        if policy.can(actor, action):
            yield from _lines(actor, words, action, page, which)
    yield from _texts(actor)


def _files() -> QuerySet[CouncilFile]:
    """The last file of each draft that goes on, or was decided."""
    later = CouncilFile.objects.filter(draft=OuterRef("draft"), pk__gt=OuterRef("pk"))
    going = CouncilFile.objects.exclude(state=CouncilFileState.SENT_BACK)
    return (
        going.filter(~Exists(later))
        .exclude(draft__state__in=[DraftState.WITHDRAWN, DraftState.REJECTED])
        .select_related("draft")
        .order_by("pk")
        .distinct()
    )


def _lines(
    actor: Actor, words: Any, action: str, page: str, which: QuerySet[CouncilFile]
) -> Iterator[Duty]:
    for file in which:
        of_file = action.startswith("council_file.")
        if policy.can(actor, action, file if of_file else file.draft):
            yield Duty(words, file.draft.title, reverse(page, args=[file.pk]), file.session_on)


def _texts(actor: Actor) -> Iterator[Duty]:
    """Adopted amendments of which something is not in the text yet."""
    if not policy.can(actor, "amendment.merge"):
        return
    waiting = Amendment.objects.filter(state=AmendmentState.ADOPTED, places__causes=None)
    waiting = waiting.filter(council_file__in=_files().order_by().values("pk"))
    files = waiting.order_by().values("council_file")
    rounds = Prefetch("draft__rounds", Consultation.objects.order_by("-number"))
    found = CouncilFile.objects.filter(pk__in=files).select_related("draft")
    for file in found.prefetch_related(rounds).order_by("pk"):
        slug = file.draft.rounds.all()[0].slug
        label = _("Write the adopted amendments into the text")
        yield Duty(label, file.draft.title, reverse("amendments", args=[slug]))
