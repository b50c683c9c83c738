"""What of this application goes with an erased person, and what goes once its time is over."""

from datetime import timedelta

from django.db.models import Exists, Q, QuerySet

from consultations import erasers, retention
from consultations.models import (
    Actor,
    Attachment,
    Comment,
    CommentDraft,
    CommentWords,
    ErasureRequest,
    GuestComment,
    Intake,
    ReportPiece,
    Support,
    UnsavedEdit,
    User,
    Viewed,
    Visit,
    Watch,
)
from consultations.models.clock import now
from consultations.models.erasing import RUNNING
from consultations.selectors.guests import of_person


def register() -> None:
    """Name these rows to `erasers` and `retention`, one line a kind."""
    erasers.register("links of guests", of_person)
    erasers.register("watches", lambda person: Watch.objects.filter(actor=person))
    erasers.register("marks of reading", lambda person: Viewed.objects.filter(actor=person))
    erasers.register("unsaved texts", lambda person: UnsavedEdit.objects.filter(author=person))
    erasers.register("sheets", lambda person: Intake.objects.filter(uploaded_by=person))
    erasers.register(
        "unfiled drafts",
        lambda person: CommentDraft.objects.filter(author=person, organisation=None),
    )
    erasers.register(
        "attachments",
        lambda person: Attachment.objects.filter(
            comment__filed_by=person, comment__organisation=None
        ),
    )
    erasers.register("council visits", lambda person: Visit.objects.filter(actor=person))
    erasers.register(
        "supports", lambda person: Support.objects.filter(actor=person, organisation=None)
    )
    erasers.register(
        "words of the search",
        lambda person: CommentWords.objects.filter(
            comment__filed_by=person, comment__organisation=None
        ).exclude(said=""),
    )
    erasers.register("report files", _report_files)
    erasers.register("requests", lambda person: ErasureRequest.objects.filter(actor=person))
    retention.register(
        "unsaved", lambda kept: UnsavedEdit.objects.filter(saved_at__lt=now() - kept)
    )
    retention.register("visits", lambda kept: Visit.objects.filter(looked_at__lt=now() - kept))
    retention.register(
        "requests",
        lambda kept: ErasureRequest.objects.filter(decided_at__lt=now() - kept).exclude(
            state__in=RUNNING
        ),
    )
    retention.register("drafts", _long_over)
    retention.register("sheets", lambda kept: Intake.objects.filter(uploaded_at__lt=now() - kept))
    retention.register(
        "guests",
        lambda _kept: GuestComment.objects.filter(comment=None, expires_at__lte=now()),
    )


def _report_files(person: Actor) -> QuerySet[ReportPiece]:
    """Every file that may name her: of rounds where she filed, or entered what others sent.

    Until her login goes: what is written afterwards no longer knows her name.
    """
    hers = Comment.objects.filter(Q(filed_by=person) | Q(recorded_by=person))
    known = hers.filter(Exists(User.objects.filter(actor=person)))
    rounds = known.values("consultation")
    return ReportPiece.objects.filter(file__report_copy__consultation__in=rounds)


def _long_over(kept: timedelta) -> QuerySet[CommentDraft]:
    before = now() - kept
    return CommentDraft.objects.filter(consultation__closes_at__lt=before, saved_at__lt=before)
