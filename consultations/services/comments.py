"""Comments: filing, admitting, assigning, withdrawing, hiding."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, connection
from django.utils.translation import gettext_lazy as _

from consultations import calendar, policy
from consultations.errors import Invalid, NotOpen, NotYours, Refused, SameKey, TooLate
from consultations.models import (
    Actor,
    Channel,
    Comment,
    CommentKind,
    CommentState,
    Consultation,
    ConsultationState,
    Department,
    Organisation,
    User,
    Watch,
    Wording,
)
from consultations.models.clock import now
from consultations.selectors.papers import takes_papers
from consultations.services.door import hold, hold_alone, note, one_action, pass_through, require
from consultations.text.said import says_something

# Under the round's lock: building this with the ORM takes a sixth of a filing's time.
KNOWN = f"""SELECT
    COALESCE((SELECT MAX(number) FROM {Comment._meta.db_table} WHERE consultation_id = %s), 0),
    EXISTS (SELECT 1 FROM {Watch._meta.db_table} WHERE actor_id = %s AND draft_id = %s),
    EXISTS (SELECT 1 FROM {User._meta.db_table} WHERE actor_id = %s)"""  # noqa: S608 - names of our own


@dataclass(frozen=True)
class Said:
    """What a comment says: where, in whose name, of what kind, with which wording and reasons."""

    wording: Wording | None
    organisation: Organisation | None
    kind: str
    proposed_wording: str
    reasons: str
    channel: str = Channel.FORM
    named: bool = False
    posted_on: date | None = None


def file_comment(
    consultation: Consultation,
    said: Said,
    *,
    key: uuid.UUID,
    by: Actor,
    filed_by: Actor | None = None,
    sender: str = "",
) -> Comment:
    """File a comment; the same key and content again gives the same comment, never a second.

    `by` records it; `filed_by` is whose it is when they differ. What came by another channel is
    recorded by an officer in anybody's name: without `filed_by` it gets a nameless actor of its
    own, and the name of the `sender` is only sealed. The round is locked and the instant of the
    lock decides in time or late; a letter with a postmark in time has some days more.
    Raises NotYours, Invalid, NotOpen, TooLate, SameKey.
    """
    said = replace(
        said, proposed_wording=said.proposed_wording.strip(), reasons=said.reasons.strip()
    )
    try:
        with one_action():
            require(by, "comment.file", consultation)
            _check_recorder(said, by, filed_by)
            return _file(hold_alone(consultation), said, key, by, filed_by, sender)
    except (IntegrityError, Refused):
        earlier = Comment.objects.filter(idempotency_key=key).first()
        if earlier is None:
            raise
        return _same(earlier, said, by)


def _same(comment: Comment, said: Said, by: Actor) -> Comment:
    if comment.recorded_by_id != by.pk or any(
        getattr(comment, name) != value for name, value in _fields(said).items()
    ):
        raise SameKey
    return comment


def _fields(said: Said) -> dict[str, object]:
    return {name: getattr(said, name) for name in _names(said)}


def _names(said: Said) -> tuple[str, ...]:
    """The names of what is said, which are columns of the comment too."""
    return tuple(said.__dataclass_fields__)


def _check_recorder(said: Said, by: Actor, filed_by: Actor | None) -> None:
    """What came on paper, or from somebody else, is entered by the office alone."""
    if said.channel not in Channel.values:
        raise Invalid(_("Choose how the comment came."), "channel")
    if said.channel != Channel.FORM or filed_by not in (None, by):
        require(by, "comment.record")


def _file(
    consultation: Consultation,
    said: Said,
    key: uuid.UUID,
    by: Actor,
    filed_by: Actor | None,
    sender: str,
) -> Comment:
    _check(consultation, said, by)
    instant = now()
    _check_postmark(consultation, said, instant)
    if not (said.posted_on and takes_papers(consultation, instant)):
        _check_open(consultation, instant)
    if filed_by is None:
        filed_by = by if said.channel == Channel.FORM else Actor.objects.create()
    watch = Watch(actor=filed_by, draft_id=consultation.draft_id)
    last, follows, here = _last_number(consultation, watch, by)
    if said.channel == Channel.FORM and not here:
        raise NotYours
    comment = Comment.objects.create(
        consultation=consultation,
        number=last + 1,
        filed_by=filed_by,
        recorded_by=by,
        filed_at=instant,
        idempotency_key=key,
        **_fields(said),
    )
    note(
        comment,
        "comment.file",
        by=by,
        words={
            "reasons": said.reasons,
            "proposed_wording": said.proposed_wording,
            "sender": sender.strip(),
        },
        facts={"number": comment.number, "kind": said.kind, "channel": said.channel},
    )
    if not follows:
        Watch.objects.bulk_create([watch], ignore_conflicts=True)
    return comment


def _check_still_here(by: Actor) -> None:
    """A request that began before its sender was erased leaves nothing of hers after it."""
    if not User.objects.filter(actor=by).exists():
        raise NotYours


def _last_number(consultation: Consultation, watch: Watch, by: Actor) -> tuple[int, bool, bool]:
    """The number of the round's latest comment (0 for none); whether the draft is watched so;
    whether the sender still has a login: her request may have begun before she was erased.
    """
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [consultation.pk, watch.actor_id, watch.draft_id, by.pk])
        last, follows, here = cursor.fetchone()
    return int(last), bool(follows), bool(here)


def _check_postmark(consultation: Consultation, said: Said, instant: datetime) -> None:
    """A letter counts by its postmark: on the last day at the latest."""
    if said.posted_on is None:
        return
    if said.channel != Channel.POST:
        raise Invalid(_("Only a letter that came by post has a postmark."), "posted_on")
    if said.posted_on > calendar.local_day(instant):
        raise Invalid(_("The postmark cannot lie in the future."), "posted_on")
    if consultation.last_day is not None and said.posted_on > consultation.last_day:
        raise Invalid(_("The letter was posted after the last day for comments."), "posted_on")


def _check_open(consultation: Consultation, instant: datetime) -> None:
    if consultation.state == ConsultationState.CLOSED:
        raise TooLate
    if consultation.state != ConsultationState.OPEN:
        raise NotOpen
    if not consultation.takes_comments_at(instant):
        raise TooLate


def _check(consultation: Consultation, said: Said, by: Actor) -> None:
    own = said.channel == Channel.FORM
    if own and said.organisation and said.organisation.pk not in policy.organisations_of(by):
        raise NotYours(_("You cannot file comments in the name of this organisation."))
    if said.wording and said.wording.text_version_id != consultation.text_version_id:
        raise Invalid(_("This provision does not belong to the text under consultation."))
    if said.kind not in CommentKind.values:
        raise Invalid(_("Choose the kind of comment."), "kind")
    if not says_something(said.reasons):
        raise Invalid(_("Say why: reasons are needed."), "reasons")
    if said.kind in (CommentKind.CHANGE, CommentKind.ADD):
        _check_wording(said)


def _check_wording(said: Said) -> None:
    unchanged = said.wording is not None and said.proposed_wording == said.wording.text.strip()
    if not says_something(said.proposed_wording) or (said.kind == CommentKind.CHANGE and unchanged):
        raise Invalid(_("Change the wording, or choose «Question or opinion»."), "proposed_wording")


def admit_comment(comment: Comment, *, by: Actor) -> Comment:
    """Make the comment public and counted."""
    return pass_through(comment, "admit", by=by)


def assign_comment(comment: Comment, *, department: Department, by: Actor) -> Comment:
    """Ask a department to answer."""
    facts = {"department": department.slug}
    return pass_through(comment, "assign", by=by, facts=facts, department=department)


def return_comment(comment: Comment, *, because: str, complete_by: date, by: Actor) -> Comment:
    """Ask the author to complete the comment by a day. Raises NotYours, Invalid, WrongState."""
    reason = because.strip()
    if not says_something(reason):
        raise Invalid(_("Say what is missing: the author will read it."), "because")
    if complete_by < calendar.local_day(now()):
        raise Invalid(_("The day lies in the past."), "complete_by")
    return pass_through(
        comment,
        "return_for_completion",
        by=by,
        words={"because": reason},
        facts={"complete_by": complete_by.isoformat()},
        because=reason,
        complete_by=complete_by,
    )


def complete_comment(comment: Comment, *, supplement: str, by: Actor) -> Comment:
    """Add what was missing, until the day that was set. Raises NotYours, Invalid, TooLate."""
    added = supplement.strip()
    if not says_something(added):
        raise Invalid(_("Write what was missing."), "supplement")
    with one_action():
        comment = hold(comment)
        require(by, "comment.complete", comment)
        _check_still_here(by)
        if comment.state == CommentState.RETURNED and not comment.awaits_completion:
            raise TooLate(_("The day for completing the comment is over."))
        words = {"supplement": added}
        return pass_through(comment, "complete", by=by, words=words, supplement=added)


def number_comment_case(comment: Comment, *, case_number: str, by: Actor) -> Comment:
    """Enter the number of the city's records system (EZD). Raises NotYours, Invalid."""
    number = case_number.strip()
    if not says_something(number):
        raise Invalid(_("Enter the number of the records system."), "case_number")
    facts = {"case_number": number}
    return pass_through(comment, "number_case", by=by, facts=facts, case_number=number)


def withdraw_comment(comment: Comment, *, by: Actor) -> Comment:
    """Take one's comment back; it stays in the record. Only while comments are taken."""
    with one_action():
        if not comment.consultation.takes_comments_at(now()):
            raise TooLate(_("A comment can be withdrawn only until the closing day."))
        return pass_through(comment, "withdraw", by=by)


def hide_comment(comment: Comment, *, because: str, by: Actor) -> Comment:
    """Take a comment out of sight with a reason its author is told."""
    because = because.strip()
    if not says_something(because):
        raise Invalid(_("Say why the comment is hidden: its author will read it."), "because")
    return pass_through(comment, "hide", by=by, words={"because": because}, because=because)
