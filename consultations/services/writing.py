"""Writing: drafts of comments kept, signed off inside an organisation, and filed together.

Drafts are no acts: nothing of them is recorded until they are filed. Locks: the author's row and
the draft's; a filing takes the round and then the log head, and never waits for a draft.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from consultations import policy
from consultations.errors import Invalid, NotOpen, NotYours, Refused, TooLate, WrongState
from consultations.models import (
    Actor,
    Comment,
    CommentDraft,
    Consultation,
    Organisation,
    User,
    Wording,
)
from consultations.models.clock import now
from consultations.selectors.consultations import is_over, takes_comments
from consultations.selectors.grace import takes_begun
from consultations.services import filing
from consultations.services.attachments import hand_over, held_draft, touch
from consultations.services.door import hold_alone, one_action, require
from consultations.services.signing import NOT_FOR_THEM

MOST = 200  # drafts of one person in one consultation
CHANGED = _("Somebody saved this draft while you were writing.")
GONE = _("This draft is no longer there: it was filed or deleted.")
LATE = _("The time for comments is over. The draft stays here to be read, copied and printed.")


@dataclass(frozen=True)
class Typed:
    """What was typed so far; nothing of it need be complete."""

    organisation: Organisation | None
    kind: str
    proposed_wording: str
    reasons: str
    named: bool = False


def keep_draft(
    consultation: Consultation,
    wording: Wording | None,
    typed: Typed,
    *,
    key: uuid.UUID,
    seen_version: int,
    by: Actor,
) -> CommentDraft:
    """Keep what is typed under the key of its filing; `seen_version` is 0 for a new draft.

    The same words again change nothing. Raises WrongState when somebody saved it meanwhile or it is
    a comment already, NotYours, TooLate, NotOpen, Invalid (too many).
    """
    with one_action():
        Actor.objects.select_for_update(no_key=True).get(pk=by.pk)  # an erasing waits, or is over
        row = CommentDraft.objects.filter(key=key).first()
        if row is None:
            return _begin(consultation, wording, typed, key, seen_version, by)
        return _change(held_draft(row, by=by), typed, seen_version, by)


def _begin(
    consultation: Consultation,
    wording: Wording | None,
    typed: Typed,
    key: uuid.UUID,
    seen_version: int,
    by: Actor,
) -> CommentDraft:
    instant = now()
    if seen_version or Comment.objects.filter(idempotency_key=key).exists():
        raise WrongState(GONE)
    if not User.objects.filter(actor=by).exists():
        raise NotYours
    if not takes_comments(consultation, instant):
        raise TooLate if is_over(consultation, instant) else NotOpen
    _check_theirs(typed, by)
    if consultation.comment_drafts.filter(author=by).count() >= MOST:
        raise Invalid(_("You have %(most)d drafts here: file or delete some.") % {"most": MOST})
    return CommentDraft.objects.create(
        consultation=consultation,
        wording=wording,
        author=by,
        key=key,
        begun_at=instant,
        saved_at=instant,
        **_columns(typed),
    )


def _change(row: CommentDraft, typed: Typed, seen_version: int, by: Actor) -> CommentDraft:
    given = _columns(typed)
    if all(getattr(row, name) == value for name, value in given.items()):
        return row
    if row.version != seen_version:
        raise WrongState(CHANGED)
    if not may_be_finished(row):
        raise TooLate(LATE)
    if typed.organisation != row.organisation:
        _check_theirs(typed, by)
        if row.author_id != by.pk:
            raise NotYours(_("Only who began a draft changes in whose name it is."))
    for name, value in given.items():
        setattr(row, name, value)
    touch(row)
    return row


def _columns(typed: Typed) -> dict[str, object]:
    return {name: getattr(typed, name) for name in Typed.__dataclass_fields__}


def _check_theirs(typed: Typed, by: Actor) -> None:
    if typed.organisation and typed.organisation.pk not in policy.organisations_of(by):
        raise NotYours(NOT_FOR_THEM)


def may_be_finished(draft: CommentDraft) -> bool:
    """Whether the draft may still be changed and filed: comments are taken, or its grace runs."""
    one, instant = draft.consultation, now()
    return takes_comments(one, instant) or takes_begun(one, draft.begun_at, instant)


def mark_ready(draft: CommentDraft, *, ready: bool, by: Actor) -> CommentDraft:
    """Say that the draft is finished, or that it is not after all. Raises NotYours, WrongState."""
    with one_action():
        row = held_draft(draft, by=by)
        row.ready = ready
        row.save(update_fields=["ready"])
    return row


def sign_off(draft: CommentDraft, *, seen_version: int, by: Actor) -> CommentDraft:
    """Somebody of the organisation has read the draft as it stands; a change takes it away.

    Raises NotYours, Invalid (one's own draft of nobody), WrongState (it was changed meanwhile).
    """
    with one_action():
        row = held_draft(draft, by=by)
        if row.organisation_id is None:
            raise Invalid(_("Only the draft of an organisation is signed off."))
        if row.version != seen_version:
            raise WrongState(CHANGED)
        row.signed_off_by, row.signed_off_at = by, now()
        row.save(update_fields=["signed_off_by", "signed_off_at"])
    return row


def delete_draft(draft: CommentDraft, *, by: Actor) -> None:
    """Throw the draft away with its files. Raises NotYours, WrongState."""
    with one_action():
        held_draft(draft, by=by).delete()


def file_drafts(
    consultation: Consultation, chosen: Mapping[uuid.UUID, int], *, by: Actor
) -> list[Comment]:
    """File these drafts, all or none, each once however often it is sent; in their order.

    `chosen` is the version of each that was looked at, by its key. What is a comment already is
    given as it is. Raises WrongState (changed, deleted), Invalid, and as `file_comment`.
    """
    if not chosen:
        raise Invalid(_("Choose at least one draft."))
    with one_action():
        require(by, "comment.file", consultation)
        held = hold_alone(consultation)
        filed = {one.idempotency_key: one for one in _filed(chosen, by)}
        drafts = CommentDraft.objects.filter(consultation=held, key__in=chosen)
        rows = policy.visible(by, drafts).select_related("wording", "organisation")
        for row in rows:
            if row.key not in filed and row.version == chosen[row.key]:
                filed[row.key] = _file(held, row, by)
        if filed.keys() != chosen.keys():
            raise WrongState(_("A draft was changed or deleted meanwhile. Look at them again."))
    return sorted(filed.values(), key=lambda one: one.number)


def _filed(keys: Iterable[uuid.UUID], by: Actor) -> list[Comment]:
    """Which of them are comments of theirs already."""
    found = Comment.objects.filter(idempotency_key__in=list(keys))
    return [one for one in found if policy.is_theirs(by, one)]


def _file(consultation: Consultation, draft: CommentDraft, by: Actor) -> Comment:
    comment = filing.file_draft(consultation, draft, by=by)
    held = CommentDraft.objects.filter(pk=draft.pk, version=draft.version)
    if not held.update(version=F("version") + 1):  # waits for whoever is saving it, and looks again
        raise WrongState(CHANGED)
    hand_over(draft, comment)
    CommentDraft.objects.filter(pk=draft.pk).delete()
    return comment


def obstacle(draft: CommentDraft, *, by: Actor) -> str:
    """Why the draft cannot be filed by this person now, in words; empty when it can."""
    try:
        filing.foresee_draft(draft.consultation, draft, by=by)
    except Refused as refusal:
        return str(refusal)
    return ""
