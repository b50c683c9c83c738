"""What of this application goes with an erased person, and what goes once its time is over."""

from datetime import timedelta

from django.db.models import Exists, Q, QuerySet

from consultations import erasers, retention
from consultations.models import (
    Actor,
    Attachment,
    Comment,
    CommentDraft,
    CommentSketch,
    CommentWords,
    Consultation,
    CoveringNote,
    DraftMark,
    ErasureRequest,
    GuestComment,
    Intake,
    Presence,
    Reply,
    ReportCopy,
    ReportPiece,
    Run,
    SavedView,
    Sketch,
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
    erasers.register("runs", lambda person: Run.objects.filter(by=person))
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
    erasers.register("presence", lambda person: Presence.objects.filter(actor=person))
    erasers.register("saved views", lambda person: SavedView.objects.filter(owner=person))
    erasers.register("marks of drafts", lambda person: DraftMark.objects.filter(actor=person))
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
    erasers.register("sketches", _said_by_nobody_else)
    erasers.register("sketched comments", _sketched)
    erasers.register(
        "replies",
        lambda person: Reply.objects.filter(comment__filed_by=person, comment__organisation=None),
    )
    erasers.register(
        "covering notes",
        lambda person: CoveringNote.objects.filter(
            comment__filed_by=person, comment__organisation=None
        ),
    )
    erasers.register("report files", _report_files, _hold_copies)
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
        "runs",
        lambda kept: Run.objects.filter(made_at__lt=now() - kept).exclude(
            started_at__isnull=False, finished_at=None
        ),
    )
    retention.register(
        "guests",
        lambda _kept: GuestComment.objects.filter(comment=None, expires_at__lte=now()),
    )


def _sketched(person: Actor) -> QuerySet[CommentSketch]:
    return CommentSketch.objects.filter(
        comment__filed_by=person, comment__organisation=None, sketch__isnull=False
    )


def _said_by_nobody_else(person: Actor) -> QuerySet[Sketch]:
    """What others say as well stays: it is theirs."""
    own = _sketched(person)
    others = CommentSketch.objects.filter(sketch__isnull=False).exclude(pk__in=own.values("pk"))
    hers = Sketch.objects.filter(pk__in=own.values("sketch"))
    return hers.exclude(pk__in=others.values("sketch"))


def _copies(person: Actor) -> QuerySet[ReportCopy]:
    """Every copy of a report that may name her: of drafts where she filed, or entered for others.

    Of every round, because the changes of the text cite comments of all of them. Until her login
    goes: what is written afterwards no longer knows her name.
    """
    hers = Comment.objects.filter(Q(filed_by=person) | Q(recorded_by=person))
    known = hers.filter(Exists(User.objects.filter(actor=person)))
    rounds = Consultation.objects.filter(draft__in=known.values("consultation__draft"))
    return ReportCopy.objects.filter(consultation__in=rounds)


def _report_files(person: Actor) -> QuerySet[ReportPiece]:
    return ReportPiece.objects.filter(file__report_copy__in=_copies(person))


def _hold_copies(person: Actor) -> None:
    """Whatever is being gathered or kept now is finished first, and goes as well."""
    list(_copies(person).select_for_update().order_by("pk").values_list("pk"))


def _long_over(kept: timedelta) -> QuerySet[CommentDraft]:
    before = now() - kept
    return CommentDraft.objects.filter(consultation__closes_at__lt=before, saved_at__lt=before)
