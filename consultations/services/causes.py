"""Cause and effect: naming why a provision changed, and which change a comment led to."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid
from consultations.models import (
    Actor,
    AmendmentPlace,
    AmendmentState,
    Cause,
    CauseKind,
    Comment,
    CouncilFileState,
    Draft,
    Opinion,
    Provision,
    TextVersion,
)
from consultations.models.amendments import How as ToDo
from consultations.models.clock import now
from consultations.models.drafts import EDITABLE
from consultations.models.orphans import changes_of
from consultations.selectors.wordings import place_of
from consultations.services.door import hold, note, one_action, require
from consultations.services.texts import working_version
from consultations.text.changed import How
from consultations.text.numbers import number_in
from consultations.text.said import says_something


@dataclass(frozen=True)
class Because:
    """Why a provision changed: a comment, an opinion, an amendment's number, or words."""

    kind: str
    comment: Comment | None = None
    opinion: Opinion | None = None
    amendment: str = ""
    amended: AmendmentPlace | None = None
    note: str = ""


def name_cause(version: TextVersion, provision: Provision, because: Because, *, by: Actor) -> Cause:
    """Say why the provision changed in this version; the same cause again changes nothing.

    Raises NotYours, Invalid, WrongState.
    """
    with one_action():
        draft = hold(version.draft)
        require(by, "draft.name_cause", draft)
        _refuse_closed(draft)
        _check(draft, because)
        because = _of_the_council(version, provision, because)
        _refuse_after_the_vote(draft, version, because)
        cause, new = write(version, provision, because, by=by)
        if new:
            facts = facts_of(cause)
            note(draft, "draft.name_cause", by=by, facts=facts, words={"note": cause.note})
    return cause


def name_causes(
    version: TextVersion, provision: Provision, reasons: Iterable[Because], *, by: Actor
) -> None:
    """Name them all or none. Raises as `name_cause`."""
    with one_action():
        for because in reasons:
            name_cause(version, provision, because, by=by)


def drop_cause(cause: Cause, *, by: Actor) -> None:
    """Take a cause back. A published answer keeps at least one change it led to.

    Raises NotYours, Invalid, WrongState.
    """
    with one_action():
        draft = hold(cause.text_version.draft)
        require(by, "draft.drop_cause", draft)
        _refuse_closed(draft)
        if _is_last_of_published(cause):
            raise Invalid(
                _("The answer is published and names this change: name another change first.")
            )
        facts = facts_of(cause)
        cause.delete()
        note(draft, "draft.drop_cause", by=by, facts=facts)


def write(
    version: TextVersion, provision: Provision, because: Because, *, by: Actor
) -> tuple[Cause, bool]:
    """The row, and whether it is new."""
    return Cause.objects.get_or_create(
        text_version=version,
        provision=provision,
        kind=because.kind,
        comment=because.comment,
        opinion=because.opinion,
        amendment=because.amendment.strip(),
        amended=because.amended,
        note=because.note.strip(),
        defaults={"named_by": by, "named_at": now()},
    )


def facts_of(cause: Cause) -> dict[str, object]:
    """What the record says of it."""
    return {
        "version": cause.text_version.number,
        "provision": str(cause.provision.key),
        "spot": place_of(cause.text_version, cause.provision),
        "cause": cause.kind,
        "comment_number": cause.comment.number if cause.comment else None,
        "comment_id": cause.comment_id,
        "amendment": cause.amendment,
    }


def _refuse_closed(draft: Draft) -> None:
    if draft.state not in EDITABLE:
        raise Invalid(_("The draft is closed: causes can no longer be named."))


def _check(draft: Draft, because: Because) -> None:
    if because.kind == CauseKind.COMMENT:
        if because.comment is None or because.comment.consultation.draft_id != draft.pk:
            raise Invalid(_("Choose the comment that led to the change."), "comment")
    elif because.kind == CauseKind.OPINION:
        if because.opinion is None or because.opinion.draft_id != draft.pk:
            raise Invalid(_("Choose the opinion that led to the change."), "opinion")
    elif because.kind == CauseKind.AMENDMENT and not because.amendment.strip():
        raise Invalid(_("Enter the number of the amendment."), "amendment")
    elif because.kind == CauseKind.OWN and not says_something(because.note):
        raise Invalid(_("Say what the office changes it for: everybody will read it."), "note")


def _refuse_after_the_vote(draft: Draft, version: TextVersion, because: Because) -> None:
    """What the council voted on changes only as the council decided, or is corrected.

    A version that was public by then keeps the causes it had, and may still be given others.
    """
    voted = draft.council_files.filter(state=CouncilFileState.VOTED).exists()
    if not voted or version.published_at is not None:
        return
    if because.kind != CauseKind.EDITORIAL and because.amended is None:
        raise Invalid(
            _(
                "The council has voted on the text: it changes only by an adopted amendment that"
                " is not in the text yet, or by an editorial correction."
            ),
            "kind",
        )


def _of_the_council(version: TextVersion, provision: Provision, because: Because) -> Because:
    """A number entered by hand names the place of an adopted amendment that waits to be merged.

    Only where the amendment's change was made in this version: a number alone changes no text.
    """
    if because.kind != CauseKind.AMENDMENT or because.amended is not None:
        return because
    number = number_in(because.amendment.strip())
    places = provision.amended.filter(amendment__state=AmendmentState.ADOPTED, causes=None)
    places = places.filter(amendment__council_file=version.draft.council_files.last())
    place = places.filter(amendment__number=number).first()
    return replace(because, amended=place) if place and _is_made(version, place) else because


def _is_made(version: TextVersion, place: AmendmentPlace) -> bool:
    made = [one for one in changes_of(version.draft) if one.version == version]
    if place.how == ToDo.ADD:
        return any(How.NEW in one.kinds for one in made)
    return any(one.provision == place.provision_id for one in made)


def _is_last_of_published(cause: Cause) -> bool:
    if cause.comment is None:
        return False
    answer = getattr(cause.comment, "given_answer", None)
    others = cause.comment.changes.exclude(pk=cause.pk)
    return answer is not None and answer.published_at is not None and not others.exists()


def name_changes(
    comment: Comment, keys: Collection[uuid.UUID], *, by: Actor
) -> list[dict[str, object]]:
    """The changes an answer promises take the place of those named before; gives the facts.

    A provision that a later version has already changed is that change; for others work on a
    version begins. The caller holds the draft. Raises Invalid for a provision of another draft.
    """
    draft = comment.consultation.draft
    provisions = list(draft.provisions.filter(key__in=keys))
    if len(provisions) != len(set(keys)):
        raise Invalid(_("Choose a provision of this draft."), "changed")
    comment.changes.all().delete()
    because = Because(CauseKind.COMMENT, comment)
    facts: list[dict[str, object]] = []
    for provision in provisions:
        version = _version_for(draft, provision, by=by)
        write(version, provision, because, by=by)
        spot = place_of(version, provision)
        key = str(provision.key)
        facts.append({"version": version.number, "provision": key, "spot": spot})
    return facts


def _version_for(draft: Draft, provision: Provision, *, by: Actor) -> TextVersion:
    working = draft.versions.filter(published_at=None).first()
    made = [one for one in changes_of(draft) if one.provision == provision.pk]
    if working is None and made:
        version: TextVersion = made[-1].version
        return version
    return working or working_version(draft, by=by)
