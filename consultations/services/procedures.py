"""A new version of the rules: proposed, put in force by a second person, refused, withdrawn.

Versions that stand are never edited, and a cycle that runs keeps the version it began with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from consultations import calendar, figures
from consultations.errors import Invalid, NotYours, SeveralInvalid, WrongState
from consultations.models import (
    Actor,
    DocumentKind,
    Element,
    Outcome,
    Procedure,
    ProcedureProposal,
    ProposalState,
    Rule,
)
from consultations.models.clock import now
from consultations.services.door import note, one_action, require
from consultations.text.said import says_something

LONGEST_BASIS = 200
Changed = dict[str, list[Any]]  # by key: value, legal basis, confirmed


@dataclass(frozen=True)
class Given:
    """One figure as it is to be: its value, the article it comes from, whether that is sure.

    `basis_holds` says that another value comes from the same article as the one before.
    """

    value: str
    legal_basis: str
    confirmed: bool = True
    basis_holds: bool = False


def latest_version(kind: str) -> Procedure:
    """The last version of the rules for this kind of document, in force or still to come."""
    found = Procedure.objects.filter(kind=kind).order_by("number").last()
    if found is None:
        raise Invalid(_("Choose the kind of document."), "kind")
    return found


def propose_procedure(
    kind: str, *, figures_given: Mapping[str, Given], valid_from: date, because: str, by: Actor
) -> ProcedureProposal:
    """Propose a copy of the last version with other figures, in force from a day to come.

    Raises NotYours, Invalid (with the field at fault), WrongState (one waits already).
    """
    reason = because.strip()
    if not says_something(reason):
        raise Invalid(_("Say why the rules change: the reason is public."), "because")
    with one_action():
        require(by, "procedure.propose")
        base = _locked(kind)
        changed = _changed(base, figures_given)
        _check_day(base, valid_from)
        if ProcedureProposal.objects.filter(kind=kind, state=ProposalState.PROPOSED).exists():
            raise WrongState(_("A new version for this kind of document is proposed already."))
        proposal = ProcedureProposal.objects.create(
            kind=kind,
            base=base,
            valid_from=valid_from,
            figures=changed,
            because=reason,
            proposed_by=by,
            proposed_at=now(),
        )
        facts = _facts(proposal, base)
        note(None, "procedure.propose", by=by, words={"because": reason}, facts=facts)
    return proposal


def _locked(kind: str) -> Procedure:
    """The last version, its first row locked: of one kind one act at a time."""
    if kind not in DocumentKind.values:
        raise Invalid(_("Choose the kind of document."), "kind")
    versions = Procedure.objects.filter(kind=kind).order_by("number")
    versions.select_for_update(no_key=True).first()
    return latest_version(kind)


def _changed(base: Procedure, given: Mapping[str, Given]) -> Changed:
    """What differs from the base, checked; SeveralInvalid names everything that cannot stand."""
    found: Changed = {}
    faults: dict[str, Any] = {}
    for rule in base.rules.order_by("pk"):
        one = _stripped(given[rule.key]) if rule.key in given else None
        standing = [rule.value, rule.legal_basis, rule.confirmed]
        if one is None or standing == [one.value, one.legal_basis, one.confirmed]:
            continue
        faults |= _faults(rule, one)
        found[rule.key] = [one.value, one.legal_basis, one.confirmed]
    if faults:
        raise SeveralInvalid(faults)
    if not found:
        raise Invalid(_("Nothing is changed: give at least one figure another value or basis."))
    return found


def _stripped(one: Given) -> Given:
    return replace(one, value=one.value.strip(), legal_basis=one.legal_basis.strip())


def _faults(rule: Rule, one: Given) -> dict[str, Any]:
    """By field of the form, what cannot stand in this figure."""
    found: dict[str, Any] = {}
    if wrong := figures.fault(rule.key, one.value, rule.unit):
        found[f"value_{rule.key}"] = wrong
    if not says_something(one.legal_basis) or len(one.legal_basis) > LONGEST_BASIS:
        words = _("Name the legal basis, in at most %(count)d characters.")
        found[f"basis_{rule.key}"] = words % {"count": LONGEST_BASIS}
    elif one.value != rule.value and one.legal_basis == rule.legal_basis and not one.basis_holds:
        found[f"holds_{rule.key}"] = _(
            "The value changes and its legal basis stays (%(figure)s): name the new basis, or tick"
            " that the one before still holds."
        ) % {"figure": figures.name(rule.key)}
    return found


def _check_day(base: Procedure, valid_from: date) -> None:
    """Rules are not made for the past, nor for days before the version they change."""
    today = calendar.local_day(now())
    if valid_from < today:
        raise Invalid(
            _("The new version cannot be in force from a day that is past."), "valid_from"
        )
    if valid_from < base.valid_from:
        words = _(
            "The version it changes is in force from %(day)s: choose that day or a later one."
        )
        raise Invalid(words % {"day": date_format(base.valid_from, "j E Y")}, "valid_from")


def enact_procedure(proposal: ProcedureProposal, *, by: Actor) -> Procedure:
    """Put the proposed version in force from its day; gives the version.

    Raises NotYours (also one's own proposal), WrongState, Invalid (its day is past meanwhile).
    """
    with one_action():
        base = _locked(proposal.kind)
        row = _waiting(proposal, "procedure.enact", by)
        if row.base_id != base.pk:
            raise WrongState(_("Another version was put in force meanwhile: propose it anew."))
        _check_day(base, row.valid_from)
        facts = _facts(row, base) | {"version": base.number + 1}
        note(None, "procedure.enact", by=by, words={"because": row.because}, facts=facts)
        made = _copy(base, row)
        _decide(row, ProposalState.ENACTED, by, made=made)
    return made


def refuse_procedure(proposal: ProcedureProposal, *, because: str, by: Actor) -> ProcedureProposal:
    """Leave the rules as they are, for a reason. Raises NotYours, Invalid, WrongState."""
    reason = because.strip()
    if not says_something(reason):
        raise Invalid(_("Say why the new version is refused."), "because")
    with one_action():
        base = _locked(proposal.kind)
        row = _waiting(proposal, "procedure.refuse", by)
        facts = _facts(row, base)
        note(None, "procedure.refuse", by=by, words={"because": reason}, facts=facts)
        return _decide(row, ProposalState.REFUSED, by, decision=reason)


def withdraw_procedure(proposal: ProcedureProposal, *, by: Actor) -> ProcedureProposal:
    """Who proposed it takes it back. Raises NotYours, WrongState."""
    with one_action():
        base = _locked(proposal.kind)
        row = _waiting(proposal, "procedure.withdraw", by)
        note(None, "procedure.withdraw", by=by, facts=_facts(row, base))
        return _decide(row, ProposalState.WITHDRAWN, by)


def _waiting(proposal: ProcedureProposal, kind: str, by: Actor) -> ProcedureProposal:
    """The row, locked; NotYours for who may not decide on it, WrongState once it is decided."""
    row = ProcedureProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if kind != "procedure.withdraw" and row.proposed_by_id == by.pk:
        raise NotYours(_("You proposed these rules: somebody else must decide on them."))
    require(by, kind, row)
    if row.state != ProposalState.PROPOSED:
        raise WrongState
    return row


def _decide(
    row: ProcedureProposal, state: ProposalState, by: Actor, **fields: Any
) -> ProcedureProposal:
    row.state, row.decided_by, row.decided_at = state, by, now()
    for field, value in fields.items():
        setattr(row, field, value)
    row.save()
    return row


def _copy(base: Procedure, row: ProcedureProposal) -> Procedure:
    """The next version: figures as proposed, all else as it was, outcomes and elements too."""
    made = Procedure.objects.create(
        kind=row.kind, number=base.number + 1, valid_from=row.valid_from
    )
    Rule.objects.bulk_create(_rule(made, one, row.figures) for one in base.rules.order_by("pk"))
    for model in (Outcome, Element):
        _copy_rows(model, base, made)
    return made


def _copy_rows(model: Any, base: Procedure, made: Procedure) -> None:
    """The rows of a model that hang on a version, for another version."""
    fields = (f.attname for f in model._meta.concrete_fields)
    names = [name for name in fields if name not in ("id", "procedure_id")]
    model.objects.bulk_create(
        model(procedure=made, **{name: getattr(one, name) for name in names})
        for one in model.objects.filter(procedure=base).order_by("pk")
    )


def _rule(made: Procedure, old: Rule, changed: Changed) -> Rule:
    value, basis, confirmed = changed.get(old.key, [old.value, old.legal_basis, old.confirmed])
    return Rule(
        procedure=made,
        key=old.key,
        value=value,
        unit=old.unit,
        legal_basis=basis,
        confirmed=confirmed,
    )


def _facts(row: ProcedureProposal, base: Procedure) -> dict[str, Any]:
    """Before and after of every figure that changes."""
    standing = {one.key: one for one in base.rules.all()}
    before = {key: standing[key] for key in row.figures}
    return {
        "document_kind": row.kind,
        "figures": {
            key: {
                "before": [one.value, one.legal_basis, one.confirmed],
                "after": row.figures[key],
                "unit": one.unit,
            }
            for key, one in before.items()
        },
        "proposal": row.pk,
        "valid_from": row.valid_from.isoformat(),
    }
