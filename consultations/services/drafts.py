"""Drafts and their text: registering, importing into provisions, publishing a version."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.errors import Invalid, WrongState
from consultations.models import (
    Actor,
    Consultation,
    Document,
    Draft,
    DraftState,
    Procedure,
    Provision,
    TextVersion,
    Wording,
)
from consultations.models.clock import now
from consultations.selectors import notices
from consultations.services.door import hold, note, one_action, pass_through, require
from consultations.text.said import says_something
from consultations.text.tree import Node, Place, walk


def register_draft(document: Document, *, slug: str, title: str, by: Actor) -> Draft:
    """Begin the cycle of a draft and plan its first round; the procedure is fixed now.

    Called by `workflows`, which starts the flow. Raises NotYours, Invalid.
    """
    with one_action():
        require(by, "draft.register", document)
        if Consultation.objects.filter(slug=slug).exists():
            raise Invalid(_("This address is already taken by another consultation."), "slug")
        instant = now()
        procedure = Procedure.in_force(document.kind, calendar.local_day(instant))
        draft = Draft.objects.create(
            document=document, procedure=procedure, title=title, registered_at=instant
        )
        note(draft, "draft.register", by=by, facts={"procedure": procedure.pk})
        consultation = Consultation.objects.create(draft=draft, slug=slug)
        note(consultation, "consultation.plan", by=by, facts={"slug": slug})
    return draft


def import_text(draft: Draft, nodes: Sequence[Node], *, by: Actor) -> TextVersion:
    """Put the tree in place of the working version; each provision gets its lasting key.

    Raises NotYours, Invalid on an empty tree, WrongState when the draft is past drafting.
    """
    with one_action():
        draft = hold(draft)
        require(by, "draft.import_text", draft)
        if draft.state != DraftState.DRAFTING:
            raise WrongState(_("The text can be imported only while the draft is being prepared."))
        places = list(walk(nodes))
        if not places:
            raise Invalid(_("No provision was found in this text."), "text")
        version = _working_version(draft)
        _write_wordings(draft, version, places)
        note(draft, "draft.import_text", by=by, facts={"provisions": len(places)})
    return version


def _working_version(draft: Draft) -> TextVersion:
    if draft.versions.exclude(published_at=None).exists():
        raise WrongState(_("A published version is never edited."))
    draft.versions.filter(published_at=None).delete()
    draft.provisions.all().delete()
    return TextVersion.objects.create(draft=draft, number=1, imported_at=now())


def _write_wordings(draft: Draft, version: TextVersion, places: Sequence[Place]) -> None:
    keys = Provision.objects.bulk_create(Provision(draft=draft) for _place in places)
    written: list[Wording] = []
    at_depth: dict[int, Wording] = {}
    for place, provision in zip(places, keys, strict=True):
        depth = len(place.ancestors)
        at_depth[depth] = Wording(
            text_version=version,
            provision=provision,
            parent=at_depth.get(depth - 1),
            position=place.position,
            level=place.node.level,
            number=place.node.number,
            label=place.label,
            heading=place.node.heading,
            text=place.node.text,
            eid=place.eid,
            citation=place.citation,
            path=place.path,
        )
        written.append(at_depth[depth])
    _refuse_overlong(written)
    _save_by_depth(written)


def _refuse_overlong(wordings: Sequence[Wording]) -> None:
    """What has no room in its column: a title as long as a text, a number that is none."""
    for name in ("number", "label", "heading", "eid", "citation", "path"):
        room = int(getattr(Wording._meta.get_field(name), "max_length", 0))
        for one in wordings:
            if len(getattr(one, name)) > room:
                raise Invalid(
                    _("The number or title of “%(place)s” is longer than %(room)d characters.")
                    % {"place": one.citation[:60], "room": room},
                    "text",
                )


def _save_by_depth(wordings: list[Wording]) -> None:
    """Parents before children, one statement for each depth."""
    waiting = wordings
    while waiting:
        ready = [one for one in waiting if one.parent is None or not one.parent._state.adding]
        for one in ready:
            one.parent_id = one.parent.pk if one.parent else None
        Wording.objects.bulk_create(ready)
        waiting = [one for one in waiting if one._state.adding]


def publish_version(draft: Draft, *, by: Actor) -> TextVersion:
    """Publish the working version; from now on it cannot be edited. Raises NotYours, WrongState."""
    with one_action():
        draft = hold(draft)
        require(by, "draft.publish_version", draft)
        version = draft.versions.filter(published_at=None).first()
        if version is None:
            raise WrongState(_("There is no working version to publish."))
        version.published_at = now()
        version.save(update_fields=["published_at"])
        sha256 = notices.sha256_of(notices.plain_text(version))
        facts = {"version": version.number, "sha256": sha256}
        note(draft, "draft.publish_version", by=by, facts=facts)
    return version


def begin_consultation(draft: Draft, *, by: Actor) -> Draft:
    """The draft enters public consultation as its round opens."""
    return pass_through(draft, "begin_consultation", by=by)


def begin_review(draft: Draft, *, by: Actor) -> Draft:
    """The draft enters the review of comments as its round closes."""
    return pass_through(draft, "begin_review", by=by)


def withdraw_draft(draft: Draft, *, because: str, by: Actor) -> Draft:
    """The sponsor withdraws the draft, for a public reason. Raises NotYours, Invalid, Unmet."""
    reason = because.strip()
    if not says_something(reason):
        raise Invalid(_("Say why the draft is withdrawn: the reason is public."), "because")
    return pass_through(draft, "withdraw", by=by, words={"because": reason}, because=reason)


def number_draft_case(draft: Draft, *, case_number: str, by: Actor) -> Draft:
    """Enter the number of the city's records system (EZD)."""
    number = case_number.strip()
    facts = {"case_number": number}
    return pass_through(draft, "number_case", by=by, facts=facts, case_number=number)


def finish_review(draft: Draft, *, by: Actor) -> Draft:
    """The review is over: refused (Unmet) while one comment has no published answer.

    The round is locked first, so that no comment can appear meanwhile.
    """
    with one_action():
        hold(draft)
        hold(draft.rounds.latest("number"))
        return pass_through(draft, "finish_review", by=by)
