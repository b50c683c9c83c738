"""Amendments at the council: filed in time, adopted, rejected, withdrawn."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, TooLate, WrongState
from consultations.models import (
    Actor,
    Amendment,
    AmendmentKind,
    AmendmentPlace,
    AmendmentState,
    CouncilFile,
    MoverKind,
    TextVersion,
    Wording,
)
from consultations.models.amendments import How
from consultations.models.clock import now
from consultations.models.council import BEFORE_THE_VOTE
from consultations.selectors.clashing import clash
from consultations.selectors.lineage import lineage
from consultations.selectors.readings import Deadline, deadlines
from consultations.selectors.replay_council import digest_of_amendment
from consultations.services.door import hold, note, one_action, pass_through, require
from consultations.services.readings import refuse_unless_at_council
from consultations.text.said import says_something


@dataclass(frozen=True)
class Filed:
    """Who moves what kind of amendment, and why."""

    kind: str
    mover: str
    mover_name: str
    reasons: str


@dataclass(frozen=True)
class Place:
    """What it does to one provision; a new one is of the same kind and has its own `number`."""

    key: uuid.UUID
    how: str
    heading: str = ""
    text: str = ""
    number: str = ""


@dataclass(frozen=True)
class Totals:
    """The council's vote on an amendment."""

    votes_for: int
    votes_against: int
    abstained: int


def file_amendment(
    council_file: CouncilFile, filed: Filed, places: Sequence[Place], *, by: Actor
) -> Amendment:
    """File an amendment on the latest published text, before its deadline.

    The deadline is looked at under the file's lock. Raises NotYours, Invalid, TooLate, WrongState.
    """
    with one_action():
        row = hold(council_file)
        made = Amendment(council_file=row, filed_at=now(), **_said(filed))
        require(by, "amendment.file", made)
        _check(filed)
        refuse_unless_at_council(row)
        refuse_late(row, filed.kind)
        version = row.draft.versions.filter(published_at__isnull=False).last()
        if version is None:
            raise WrongState
        made.text_version, made.number = version, _next_number(row)
        made.save()
        written = [_place(made, version, one) for one in _checked(places)]
        AmendmentPlace.objects.bulk_create(written)
        facts = {
            "amendment": made.number,
            "amendment_kind": made.kind,
            "mover": made.mover,
            "spot": ", ".join(one.citation for one in written),
            "sha256": digest_of_amendment(made),
        }
        words = {"because": made.reasons, "mover_name": made.mover_name}
        note(made, "amendment.file", by=by, facts=facts, words=words)
    return made


def refuse_late(council_file: CouncilFile, kind: str) -> None:
    """Raises TooLate at or after the instant of this kind, WrongState where none is taken."""
    if council_file.state not in BEFORE_THE_VOTE:
        raise WrongState(_("Amendments are filed between the print number and the vote."))
    own, every = deadlines(council_file)
    if kind == AmendmentKind.OWN and own.is_over:
        raise TooLate(
            _("The time for the sponsor's own amendments ended on %(instant)s.") % _when(own)
        )
    if every.is_over:
        raise TooLate(_("The time for amendments ended on %(instant)s.") % _when(every))


def _when(deadline: Deadline) -> dict[str, str]:
    instant = deadline.until
    shown = "–" if instant is None else date_format(localtime(instant), "j E Y, H:i")
    return {"instant": shown}


def _said(filed: Filed) -> dict[str, str]:
    return {name: value.strip() for name, value in vars(filed).items()}


def _check(filed: Filed) -> None:
    if filed.kind not in AmendmentKind.values:
        raise Invalid(_("Choose the kind of amendment."), "kind")
    if filed.mover not in MoverKind.values:
        raise Invalid(_("Choose who moves it."), "mover")
    if filed.kind == AmendmentKind.OWN and filed.mover != MoverKind.PRESIDENT:
        raise Invalid(
            _("The sponsor's own amendment is moved by the President of the city."), "mover"
        )
    if filed.mover != MoverKind.PRESIDENT and not says_something(filed.mover_name):
        raise Invalid(_("Say who moves it: everybody will read it."), "mover_name")
    if not says_something(filed.reasons):
        raise Invalid(_("Give the reasons: everybody will read them."), "reasons")


def _checked(places: Sequence[Place]) -> Sequence[Place]:
    if not places:
        raise Invalid(_("Choose the provision the amendment is on."), "places")
    if len({one.key for one in places}) != len(places):
        raise Invalid(_("A provision stands twice in the amendment."), "places")
    return places


def _next_number(council_file: CouncilFile) -> int:
    """Counted through all files of the draft, so that its address stays its own.

    The caller holds the file. No amendment is ever deleted, so no number comes back.
    """
    filed = Amendment.objects.filter(council_file__draft=council_file.draft_id)
    last = filed.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _place(amendment: Amendment, version: TextVersion, place: Place) -> AmendmentPlace:
    key = str(place.key)
    found = version.wordings.select_related("provision").filter(provision__key=place.key).first()
    if found is None:
        raise Invalid(_("Choose a provision of this text."), key)
    _check_words(place, found)
    keeps = place.how != How.DELETE
    return AmendmentPlace(
        amendment=amendment,
        provision=found.provision,
        how=place.how,
        level=found.level if place.how == How.ADD else "",
        number=place.number.strip() if place.how == How.ADD else "",
        heading=place.heading.strip() if keeps else "",
        text=place.text.strip() if keeps else "",
        found_heading=found.heading,
        found_text=found.text,
        citation=found.citation,
        eid=found.eid,
    )


def _check_words(place: Place, found: Wording) -> None:
    key = str(place.key)
    if place.how not in How.values:
        raise Invalid(_("Choose what becomes of the provision."), key)
    if place.how == How.ADD and found.number and not place.number.strip():
        raise Invalid(_("Enter the number of the new provision, for example 2a."), key)
    if place.how != How.DELETE and not says_something(place.heading + place.text):
        raise Invalid(_("Write the proposed wording."), key)
    same = (found.heading, found.text) == (place.heading.strip(), place.text.strip())
    if place.how == How.CHANGE and same:
        raise Invalid(_("The proposed wording is the same as in the text."), key)


def adopt_amendment(
    amendment: Amendment, *, by: Actor, totals: Totals | None = None, despite: Collection[int] = ()
) -> Amendment:
    """Record that the council adopted it, or that the sponsor's own one was taken in.

    Refused while another one on the same provision is adopted, unless it stands in `despite`: who
    adopts both has seen that they are in conflict. Raises NotYours, Invalid, WrongState, Unmet.
    """
    with one_action():
        row = hold(amendment)
        require(by, "amendment.adopt", row)
        rivals = rivals_of(row)
        adopted = [one for one in rivals if one.state == AmendmentState.ADOPTED]
        unseen = [str(one.number) for one in adopted if one.pk not in set(despite)]
        if row.state == AmendmentState.FILED and unseen:
            raise WrongState(
                _(
                    "Amendment no. %(numbers)s on the same provision is adopted already. If the"
                    " council adopted both, say so below."
                )
                % {"numbers": ", ".join(unseen)}
            )
        facts = _facts(row, totals) | {"conflicts": [one.number for one in rivals]}
        counts = _counts(row, totals, adopted=True)
        return pass_through(row, "adopt", by=by, facts=facts, at=now(), totals=counts)


def reject_amendment(amendment: Amendment, *, by: Actor, totals: Totals | None = None) -> Amendment:
    """Record that the council rejected it. Raises NotYours, Invalid, WrongState, Unmet."""
    with one_action():
        row = hold(amendment)
        require(by, "amendment.reject", row)
        counts = _counts(row, totals, adopted=False)
        facts = _facts(row, totals)
        return pass_through(row, "reject", by=by, facts=facts, at=now(), totals=counts)


def withdraw_amendment(amendment: Amendment, *, by: Actor) -> Amendment:
    """Record that its mover withdrew it. Raises NotYours, WrongState, Unmet."""
    with one_action():
        row = hold(amendment)
        return pass_through(row, "withdraw", by=by, facts=_facts(row), at=now())


def rivals_of(amendment: Amendment) -> list[Amendment]:
    """The live amendments of its file that are in conflict with it."""
    others = Amendment.objects.filter(council_file=amendment.council_file_id)
    rows = list(others.prefetch_related("places"))
    lines = lineage(rows)
    return [one for one in rows if clash(amendment, one, lines)]


def _facts(amendment: Amendment, totals: Totals | None = None) -> dict[str, object]:
    return {"amendment": amendment.number} | (vars(totals) if totals else {})


def _counts(amendment: Amendment, totals: Totals | None, *, adopted: bool) -> tuple[int, ...]:
    """The totals, when they make sense: no more than seats, and the result they lead to."""
    if totals is None:
        return ()
    counts = (totals.votes_for, totals.votes_against, totals.abstained)
    seats = amendment.council_file.draft.procedure.number_of("council_seats")
    if min(counts) < 0 or sum(counts) > seats:
        raise Invalid(
            _("The council has %(seats)s seats: the totals make %(sum)s.")
            % {"seats": seats, "sum": sum(counts)},
            "votes_for",
        )
    if (totals.votes_for > totals.votes_against) is not adopted:
        raise Invalid(
            _("With these totals the amendment is adopted.")
            if not adopted
            else _("With these totals the amendment is not adopted."),
            "votes_for",
        )
    return counts
