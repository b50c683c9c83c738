"""Filing comments: once, in time, under whose signature; by form, draft, letter or sheet."""

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, connection
from django.utils.translation import gettext_lazy as _

from consultations.errors import (
    Invalid,
    NotOpen,
    NotYours,
    Refused,
    SameKey,
    TooLate,
    WrongState,
)
from consultations.models import (
    Actor,
    Attachment,
    Channel,
    Comment,
    CommentDraft,
    CommentKind,
    Consultation,
    ConsultationState,
    Mandate,
    Organisation,
    User,
    Watch,
    Way,
    Wording,
)
from consultations.models.clock import now
from consultations.models.comments import MARKS
from consultations.models.plain import add
from consultations.selectors.grace import takes_begun
from consultations.services import verdict
from consultations.services.begun import attached, check_signed_off, grace_facts
from consultations.services.door import hold_alone, note, one_action, require
from consultations.services.signing import NOT_FOR_THEM, to_sign
from consultations.text.said import says_something

FILE_IN_DRAFT = _(
    "This comment is kept as a draft with a file beside it: open it under «My drafts» and file it"
    " there."
)
# Under the round's lock: building this with the ORM takes a sixth of a filing's time.
KNOWN = f"""SELECT
    COALESCE((SELECT MAX(number) FROM {Comment._meta.db_table} WHERE consultation_id = %s), 0),
    EXISTS (SELECT 1 FROM {Watch._meta.db_table} WHERE actor_id = %s AND draft_id = %s),
    EXISTS (SELECT 1 FROM {User._meta.db_table} WHERE actor_id = %s),
    EXISTS (SELECT 1 FROM {Mandate._meta.db_table}
        WHERE id = %s AND (until IS NULL OR until > %s)),
    EXISTS (SELECT 1 FROM {Attachment._meta.db_table} JOIN {CommentDraft._meta.db_table} AS kept
        ON kept.id = draft_id WHERE kept.key = %s)"""  # noqa: S608 - names of our own


@dataclass(frozen=True)
class Said:
    """What a comment says: where, in whose name, of what kind, with which wording and reasons.

    For what came another way also how and when: `services.verdict` decides in time or late.
    """

    wording: Wording | None
    organisation: Organisation | None
    kind: str
    proposed_wording: str
    reasons: str
    channel: str = Channel.FORM
    named: bool = False
    posted_on: date | None = None
    arrived_at: datetime | None = None
    way: Way | None = None
    unsigned: bool = False
    incomplete: bool = False


@dataclass(frozen=True)
class Sent:
    """How it is sent: under which key, by whom, whose it is, begun when, from which draft."""

    key: uuid.UUID
    by: Actor
    filed_by: Actor | None = None
    sender: str = ""
    begun_at: datetime | None = None
    draft: CommentDraft | None = None


def file_comment(
    consultation: Consultation,
    said: Said,
    *,
    key: uuid.UUID,
    by: Actor,
    filed_by: Actor | None = None,
    sender: str = "",
    begun_at: datetime | None = None,
) -> Comment:
    """File a comment; the same key and content again gives the same comment, never a second.

    `by` records it; `filed_by` is whose it is when they differ. What came by another channel is
    recorded by an officer in anybody's name: without `filed_by` it gets a nameless actor of its
    own, and the name of the `sender` is only sealed. The round is locked; of the form the instant
    of the lock decides in time or late, of the rest `services.verdict`. What was begun in time
    (`begun_at`) and only had to be confirmed or sent has some minutes more.
    Raises NotYours, Invalid, NotOpen, TooLate, SameKey, WrongState (a draft of it has a file).
    """
    said = replace(
        said, proposed_wording=said.proposed_wording.strip(), reasons=said.reasons.strip()
    )
    try:
        with one_action():
            require(by, "comment.file", consultation)
            _check_recorder(said, by, filed_by)
            return _file(hold_alone(consultation), said, Sent(key, by, filed_by, sender, begun_at))
    except (IntegrityError, Refused):
        earlier = Comment.objects.filter(idempotency_key=key).first()
        if earlier is None:
            raise
        return _same(earlier, said, by)


def file_draft(consultation: Consultation, draft: CommentDraft, *, by: Actor) -> Comment:
    """File what was kept as a draft, inside the action that holds the round (`services.writing`).

    What was begun before the closing has the minutes of grace. Raises as `file_comment`.
    """
    require(by, "comment.file", consultation)
    sent = Sent(draft.key, by, begun_at=draft.begun_at, draft=draft)
    return _file(consultation, _said_in(draft), sent)


def foresee_draft(consultation: Consultation, draft: CommentDraft, *, by: Actor) -> None:
    """Raises what filing the draft now would; nothing is written and nothing is locked."""
    said = _said_in(draft)
    mandate = to_sign(said.organisation, by) if said.organisation else None
    check_signed_off(mandate, draft, by)
    check_said(consultation, said)
    check_open(consultation, now(), draft.begun_at)


def _said_in(draft: CommentDraft) -> Said:
    return Said(
        draft.wording,
        draft.organisation,
        draft.kind,
        draft.proposed_wording.strip(),
        draft.reasons.strip(),
        named=draft.named,
    )


def _same(comment: Comment, said: Said, by: Actor) -> Comment:
    """Marks may have been taken away since; when it came may not have been said."""
    lasting = {name: value for name, value in _fields(said).items() if name not in MARKS}
    if said.arrived_at is None:
        del lasting["arrived_at"]
    if comment.recorded_by_id != by.pk or any(
        getattr(comment, name) != value for name, value in lasting.items()
    ):
        raise SameKey
    return comment


def _fields(said: Said) -> dict[str, object]:
    """What is said, by the names of the columns of the comment too."""
    return {name: getattr(said, name) for name in said.__dataclass_fields__}


def _check_recorder(said: Said, by: Actor, filed_by: Actor | None) -> None:
    """What came on paper, or from somebody else, is entered by the office alone."""
    if said.channel not in Channel.values:
        raise Invalid(_("Choose how the comment came."), "channel")
    if said.channel != Channel.FORM or filed_by not in (None, by):
        require(by, "comment.record")


def _file(consultation: Consultation, said: Said, sent: Sent) -> Comment:
    on_line = said.channel == Channel.FORM
    mandate = to_sign(said.organisation, sent.by) if said.organisation and on_line else None
    check_said(consultation, said)
    check_signed_off(mandate, sent.draft, sent.by)
    instant = now()
    if on_line:
        check_open(consultation, instant, sent.begun_at)
    judged = verdict.judge(consultation, _came(said), instant)
    filed_by = sent.filed_by or (sent.by if on_line else Actor.objects.create())
    watch = Watch(actor=filed_by, draft_id=consultation.draft_id)
    known = _known(watch, consultation, sent, mandate, instant)
    if on_line and not known.here:
        raise NotYours
    if mandate and not known.signs:
        raise NotYours(NOT_FOR_THEM)
    if known.kept_a_file and sent.draft is None:
        raise WrongState(FILE_IN_DRAFT)
    comment = Comment(
        consultation=consultation,
        number=known.last + 1,
        filed_by=filed_by,
        mandate=mandate,
        recorded_by=sent.by,
        filed_at=instant,
        idempotency_key=sent.key,
        late=judged.late,
        **(_fields(said) | {"arrived_at": judged.arrived_at}),
    )
    add(comment)
    note(
        comment,
        "comment.file",
        by=sent.by,
        words={
            "reasons": said.reasons,
            "proposed_wording": said.proposed_wording,
            "sender": sent.sender.strip(),
            "attachments": attached(sent.draft),
        },
        facts=_facts(comment) | grace_facts(consultation, instant, sent.begun_at),
    )
    if not known.follows:
        Watch.objects.bulk_create([watch], ignore_conflicts=True)
    return comment


def foresee(consultation: Consultation, said: Said) -> bool:
    """Whether what came another way would be late, if it were filed now: nothing is written.

    Raises as `file_comment`.
    """
    check_said(consultation, said)
    return verdict.judge(consultation, _came(said), now()).late


def _came(said: Said) -> verdict.Came:
    return verdict.Came(said.channel, said.posted_on, said.arrived_at, said.way)


def _facts(comment: Comment) -> dict[str, Any]:
    """What the record says of a comment openly: under which mandate, if it was signed for others;
    of one that came another way, how it came.
    """
    facts = {name: getattr(comment, name) for name in ("number", "kind", "channel", "named")}
    facts["filed_at"] = comment.filed_at.isoformat()
    if comment.arrived_at is None:
        return facts | ({"mandate": comment.mandate_id} if comment.mandate_id else {})
    return facts | {
        "arrived": comment.arrived_at.astimezone(UTC).isoformat(),
        "posted_on": comment.posted_on.isoformat() if comment.posted_on else "",
        "taken_at": comment.way_id or 0,
        "late": comment.late,
        "lacking": [mark for mark in MARKS if getattr(comment, mark)],
    }


class Known(NamedTuple):
    """The number of the round's latest comment (0 for none); whether the draft is watched so;
    whether the sender still has a login and her mandate still runs: both may have ended while
    her request was on its way; whether the draft under this key has a file.
    """

    last: int
    follows: bool
    here: bool
    signs: bool
    kept_a_file: bool


def _known(
    watch: Watch, consultation: Consultation, sent: Sent, mandate: Mandate | None, instant: datetime
) -> Known:
    given = [consultation.pk, watch.actor_id, watch.draft_id, sent.by.pk]
    given += [mandate.pk if mandate else None]
    key = CommentDraft._meta.get_field("key").get_db_prep_value(sent.key, connection)
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [*given, connection.ops.adapt_datetimefield_value(instant), key])
        last, *others = cursor.fetchone()
    return Known(int(last), *map(bool, others))


def check_open(
    consultation: Consultation, instant: datetime, begun_at: datetime | None = None
) -> None:
    """Raises TooLate or NotOpen unless what was begun then is taken at this instant."""
    if begun_at is not None and takes_begun(consultation, begun_at, instant):
        return
    if consultation.state == ConsultationState.CLOSED:
        raise TooLate
    if consultation.state != ConsultationState.OPEN:
        raise NotOpen
    if not consultation.takes_comments_at(instant):
        raise TooLate


def check_said(consultation: Consultation, said: Said) -> None:
    """Raises Invalid unless what is said is complete and speaks of this text."""
    if said.wording and said.wording.text_version_id != consultation.text_version_id:
        raise Invalid(_("This provision does not belong to the text under consultation."))
    check_words(said)


def check_words(said: Said) -> None:
    """It says enough: kind, reasons, a wording where one is proposed. Raises Invalid."""
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
