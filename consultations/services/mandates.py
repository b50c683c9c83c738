"""Mandates: asked for, granted, refused, ended. A drafter prepares, a signatory also files."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, NotYours, WrongState
from consultations.models import Actor, Mandate, Organisation, User
from consultations.models.clock import now
from consultations.services.door import note, one_action, require
from consultations.services.organisations import Data, add_organisation, hold_organisation
from consultations.text.said import says_something

ALREADY = _("The person has this function in this organisation already.")


def ask_for_mandate(
    organisation: Organisation, *, kind: str, basis: str, until: datetime | None = None, by: Actor
) -> Mandate:
    """Ask to act for an organisation, saying on what basis. Raises NotYours, Invalid."""
    basis = basis.strip()
    if not says_something(basis):
        raise Invalid(
            _("Say on what basis, for example: entry in KRS, resolution, power of attorney."),
            "basis",
        )
    _check(kind, until)
    with one_action():
        require(by, "office.ask_for_mandate", organisation)
        _hold_person(by)
        hold_organisation(organisation.pk)
        if _waiting(organisation, by):
            raise Invalid(_("You have asked already. You will be told when it is decided."))
        _refuse_second(organisation, by, kind)
        asked = Mandate.objects.create(
            organisation=organisation,
            actor=by,
            kind=kind,
            basis=basis,
            asked_at=now(),
            until=until,
        )
        note(None, "office.ask_for_mandate", by=by, words={"basis": basis}, facts=_facts(asked))
    return asked


def register_organisation(data: Data, *, by: Actor, **asked: Any) -> Mandate:
    """Add an organisation that is not here yet and ask for a mandate of it, in one act."""
    with one_action():
        return ask_for_mandate(add_organisation(data, by=by), by=by, **asked)


def add_mandate(
    organisation: Organisation,
    actor: Actor,
    *,
    kind: str,
    basis: str = "",
    until: datetime | None = None,
    by: Actor,
) -> Mandate:
    """Enter a mandate that nobody asked for, from now on. Raises NotYours, Invalid."""
    _check(kind, until)
    with one_action():
        require(by, "office.add_mandate")
        _hold_person(actor)
        hold_organisation(organisation.pk)
        _refuse_second(organisation, actor, kind)
        _end_others(organisation, actor)
        made = Mandate.objects.create(
            organisation=organisation,
            actor=actor,
            kind=kind,
            basis=basis.strip(),
            since=now(),
            until=until,
        )
        note(None, "office.add_mandate", by=by, words={"basis": made.basis}, facts=_facts(made))
    return made


def grant_mandate(mandate: Mandate, *, by: Actor) -> Mandate:
    """Let it run from now on, in place of another function of hers. Raises NotYours, WrongState."""
    with one_action():
        row = _hold_waiting(mandate, "office.grant_mandate", by)
        if row.until is not None and row.until <= now():
            raise Invalid(_("The day until which the mandate was asked for is over. Refuse it."))
        _refuse_second(row.organisation, row.actor, row.kind)
        _end_others(row.organisation, row.actor)
        row.since = now()
        row.save(update_fields=["since"])
        note(None, "office.grant_mandate", by=by, facts=_facts(row))
    return row


def refuse_mandate(mandate: Mandate, *, because: str, by: Actor) -> Mandate:
    """Say no, with a reason the person reads. Raises NotYours, Invalid, WrongState."""
    because = because.strip()
    if not says_something(because):
        raise Invalid(_("Say why: the person will read it."), "because")
    with one_action():
        row = _hold_waiting(mandate, "office.refuse_mandate", by)
        row.refused_because = because
        row.save(update_fields=["refused_because"])
        words = {"because": because}
        note(None, "office.refuse_mandate", by=by, words=words, facts=_facts(row))
    return row


def end_mandate(mandate: Mandate, *, by: Actor) -> Mandate:
    """End it now; what was done under it stays. Raises NotYours, WrongState."""
    with one_action():
        row = _hold(mandate, "office.end_mandate", by)
        if not row.runs_at(now()):
            raise WrongState
        row.until = now()
        row.save(update_fields=["until"])
        note(None, "office.end_mandate", by=by, facts=_facts(row))
    return row


def _check(kind: str, until: datetime | None) -> None:
    if kind not in Mandate.Kind.values:
        raise Invalid(_("Choose the function: drafter or signatory."), "kind")
    if until is not None and until <= now():
        raise Invalid(_("The last day lies in the past."), "until")


def _hold(mandate: Mandate, action: str, by: Actor) -> Mandate:
    """The row as it is now, with its organisation locked: two acts do not cross."""
    hold_organisation(mandate.organisation_id)
    rows = Mandate.objects.select_related("organisation", "actor")
    row: Mandate = rows.select_for_update(of=("self",), no_key=True).get(pk=mandate.pk)
    require(by, action, row)
    return row


def _hold_waiting(mandate: Mandate, action: str, by: Actor) -> Mandate:
    row = _hold(mandate, action, by)
    if not row.is_waiting:
        raise WrongState
    return row


def _hold_person(actor: Actor) -> None:
    """An erasing waits, or is over: then there is nobody to give a mandate to."""
    Actor.objects.select_for_update(no_key=True).get(pk=actor.pk)
    if not User.objects.filter(actor=actor).exists():
        raise NotYours


def _waiting(organisation: Organisation, actor: Actor) -> bool:
    asked = Mandate.objects.waiting().filter(organisation=organisation, actor=actor)
    return bool(asked.exists())


def _refuse_second(organisation: Organisation, actor: Actor, kind: str) -> None:
    """Whoever has a function does not get it again; a signatory drafts anyway."""
    running = Mandate.objects.running().filter(organisation=organisation, actor=actor)
    if any(one.is_signatory or one.kind == kind for one in running):
        raise Invalid(ALREADY)


def _end_others(organisation: Organisation, actor: Actor) -> None:
    """The function a drafter has until she becomes a signatory."""
    running = Mandate.objects.running().filter(organisation=organisation, actor=actor)
    running.update(until=now())


def _facts(mandate: Mandate) -> dict[str, object]:
    """Without its words. A guard finds the mandate by its number and the comma after it."""
    return {
        "mandate": mandate.pk,
        "mandate_kind": mandate.kind,
        "name": mandate.organisation.name,
        "organisation": mandate.organisation_id,
        "person": mandate.actor_id,
        "until": mandate.until.isoformat() if mandate.until else None,
    }
