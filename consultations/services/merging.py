"""Writing adopted amendments into the text, each change with the amendment as its cause."""

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, WrongState
from consultations.models import (
    Actor,
    Amendment,
    AmendmentPlace,
    AmendmentState,
    CauseKind,
    CouncilFile,
    CouncilFileState,
    Draft,
    Wording,
)
from consultations.models.amendments import How
from consultations.services import causes, editing
from consultations.services.causes import Because
from consultations.services.door import hold, note, one_action, require
from consultations.services.texts import working_version
from consultations.text.said import says_something
from consultations.text.tree import Level


@dataclass
class Merged:
    """What was written down, and what was not: its provision is not as the amendment found it."""

    done: list[AmendmentPlace] = field(default_factory=list)
    left: list[AmendmentPlace] = field(default_factory=list)


def merge_amendment(amendment: Amendment, *, by: Actor) -> Merged:
    """Write into the working version every place that is still as the amendment found it.

    A place that was changed since is left to be written by hand. Raises NotYours, WrongState.
    """
    with one_action():
        row, draft = _held(amendment, by=by)
        merged = Merged()
        for place in waiting(row):
            if is_as_found(place, draft):
                _write(place, draft, by=by)
                merged.done.append(place)
            else:
                merged.left.append(place)
        if not merged.done and not merged.left:
            raise WrongState
        if merged.done:
            _note(row, draft, merged.done, by=by)
    return merged


def merge_by_hand(
    place: AmendmentPlace, *, heading: str, text: str, seen_revision: int, by: Actor
) -> None:
    """Write a place down in other words, over what stands there now.

    Raises NotYours, Invalid, WrongState (also when somebody saved the provision meanwhile).
    """
    with one_action():
        row, draft = _held(place.amendment, by=by)
        _refuse_merged(place)
        _refuse_unchanged(place, draft, heading, text)
        editing.edit_provision(
            draft,
            place.provision.key,
            heading=heading,
            text=text,
            seen_revision=seen_revision,
            by=by,
            because=[_because(place)],
        )
        _note(row, draft, [place], by=by)


def merge_without_change(place: AmendmentPlace, *, because: str, by: Actor) -> None:
    """Say why nothing more is written for this place: another amendment took its provision out.

    Raises NotYours, Invalid, WrongState.
    """
    if not says_something(because):
        raise Invalid(_("Say why nothing is written: everybody will read it."), "because")
    with one_action():
        row, draft = _held(place.amendment, by=by)
        _refuse_merged(place)
        version = working_version(draft, by=by)
        reason = _because(place, because.strip())
        causes.name_cause(version, place.provision, reason, by=by)
        _note(row, draft, [place], by=by)


def waiting(amendment: Amendment) -> list[AmendmentPlace]:
    """The places that are not in the text yet."""
    return list(waiting_of(amendment))


def waiting_of(amendment: Amendment) -> QuerySet[AmendmentPlace]:
    """As `waiting`, to be narrowed."""
    rows = AmendmentPlace.objects.filter(amendment=amendment, causes=None)
    return rows.select_related("provision", "amendment__council_file").order_by("pk")


def stands(place: AmendmentPlace, draft: Draft) -> Wording | None:
    """The provision as it stands in the latest version; None when it is gone."""
    latest = draft.versions.last()
    return latest.wordings.filter(provision=place.provision_id).first() if latest else None


def is_as_found(place: AmendmentPlace, draft: Draft) -> bool:
    """Of a provision behind which a new one comes, it is enough that it is there; of one that is
    taken out, nothing that stands in it may be new or changed.
    """
    now_there = stands(place, draft)
    if now_there is None:
        return False
    if place.how == How.ADD:
        return True
    if place.how == How.DELETE:
        return _with_all_in_it(now_there) <= _found_with_all_in_it(place)
    return (now_there.heading, now_there.text) == (place.found_heading, place.found_text)


def _found_with_all_in_it(place: AmendmentPlace) -> set[tuple[int, str, str]]:
    written_on = place.amendment.text_version_id
    found = Wording.objects.get(text_version=written_on, provision=place.provision_id)
    return _with_all_in_it(found)


def _with_all_in_it(wording: Wording) -> set[tuple[int, str, str]]:
    """The provision and all that stands in it: key, heading and text of each."""
    inside = Q(pk=wording.pk) | Q(eid__startswith=f"{wording.eid}__")
    rows = Wording.objects.filter(inside, text_version=wording.text_version_id).order_by()
    return set(rows.values_list("provision", "heading", "text"))


def _held(amendment: Amendment, *, by: Actor) -> tuple[Amendment, Draft]:
    row = hold(amendment)
    require(by, "amendment.merge", row)
    if row.state != AmendmentState.ADOPTED:
        raise WrongState(_("Only an adopted amendment is written into the text."))
    draft = row.council_file.draft
    if is_over(row.council_file):
        raise WrongState(_("The council sent this file back: its amendments are not written."))
    return row, draft


def is_over(council_file: CouncilFile) -> bool:
    """Sent back, or another file of the draft came after it."""
    last = council_file.draft.council_files.last()
    return council_file.state == CouncilFileState.SENT_BACK or council_file != last


def _refuse_merged(place: AmendmentPlace) -> None:
    if place.causes.exists():
        raise WrongState


def _refuse_unchanged(place: AmendmentPlace, draft: Draft, heading: str, text: str) -> None:
    """The words that stand there already write nothing: that is said, with its reason."""
    there = _found(place, draft)
    if (there.heading, there.text) == (heading.strip(), text.strip()):
        raise Invalid(
            _("These words stand in the text already. If nothing is written, say why below."),
            "text",
        )


def _because(place: AmendmentPlace, reason: str = "") -> Because:
    number = str(place.amendment.number)
    return Because(CauseKind.AMENDMENT, amendment=number, amended=place, note=reason)


def _write(place: AmendmentPlace, draft: Draft, *, by: Actor) -> None:
    key, because = place.provision.key, [_because(place)]
    if place.how == How.DELETE:
        editing.delete_provision(draft, key, by=by, because=because)
    elif place.how == How.ADD:
        new = editing.New(Level(place.level), place.number, place.heading, place.text)
        editing.add_provision(draft, key, new, into=False, by=by, because=because)
    else:
        there = _found(place, draft)
        editing.edit_provision(
            draft,
            key,
            heading=place.heading,
            text=place.text,
            seen_revision=there.revision,
            by=by,
            because=because,
        )


def _found(place: AmendmentPlace, draft: Draft) -> Wording:
    there = stands(place, draft)
    if there is None:
        raise WrongState(_("This provision is no longer in the text."))
    return there


def _note(row: Amendment, draft: Draft, done: list[AmendmentPlace], *, by: Actor) -> None:
    version = draft.versions.last()
    facts = {
        "amendment": row.number,
        "version": version.number if version else 0,
        "spot": ", ".join(one.citation for one in done),
    }
    note(row, "amendment.merge", by=by, facts=facts)
