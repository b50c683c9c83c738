"""The rules as everybody reads them: in force, earlier and to come; what is proposed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from consultations import calendar, figures, policy
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


@dataclass(frozen=True)
class RuleShown:
    """One figure in words, with the article it comes from."""

    key: str
    name: str
    value: str
    legal_basis: str
    confirmed: bool


@dataclass(frozen=True)
class VersionShown:
    """One version: from when and until when it is in force; `status` is now, earlier or later."""

    procedure: Procedure
    until: date | None
    status: str

    @property
    def rules(self) -> list[RuleShown]:
        return [rule_shown(one) for one in self.procedure.rules.all()]


@dataclass(frozen=True)
class KindShown:
    """The rules for one kind of document: the version in force, all of them, what is proposed."""

    kind: str
    label: Any
    current: VersionShown | None
    versions: list[VersionShown]
    proposal: ProcedureProposal | None


@dataclass(frozen=True)
class FigureChanged:
    """What a proposal would change: a figure before and after."""

    name: str
    before: RuleShown
    after: RuleShown


def rule_shown(one: Rule) -> RuleShown:
    """A figure in words."""
    value = figures.in_words(one.value, one.unit)
    return RuleShown(one.key, figures.name(one.key), value, one.legal_basis, one.confirmed)


def _versions() -> QuerySet[Procedure]:
    rules = Prefetch("rules", Rule.objects.order_by("pk"))
    parts = (
        Prefetch("outcomes", Outcome.objects.all()),
        Prefetch("elements", Element.objects.all()),
    )
    return Procedure.objects.prefetch_related(rules, *parts).order_by("-valid_from", "-number")


def kinds() -> list[KindShown]:
    """Every kind of document with its rules: five queries, however many versions."""
    versions = list(_versions())
    waiting = {
        one.kind: one for one in ProcedureProposal.objects.filter(state=ProposalState.PROPOSED)
    }
    return [
        _kind_shown(kind, [one for one in versions if one.kind == kind], waiting.get(kind.value))
        for kind in DocumentKind
    ]


def _kind_shown(
    kind: DocumentKind, found: Iterable[Procedure], proposal: ProcedureProposal | None
) -> KindShown:
    shown = _dated(list(found))
    current = next((one for one in shown if one.status == "now"), None)
    return KindShown(kind.value, kind.label, current, shown, proposal)


def _dated(versions: list[Procedure]) -> list[VersionShown]:
    """The newest first, each in force until the day before the next one."""
    today, shown, after = calendar.local_day(now()), list[VersionShown](), None
    current = next((one for one in versions if _holds(one, today)), None)
    for one in versions:
        until = one.valid_until or (after and after - timedelta(days=1))
        status = "later" if one.valid_from > today else "earlier"
        shown.append(VersionShown(one, until, "now" if one == current else status))
        after = one.valid_from
    return shown


def _holds(one: Procedure, day: date) -> bool:
    return one.valid_from <= day and (one.valid_until is None or day <= one.valid_until)


def version(pk: int) -> VersionShown | None:
    """One version with its days; None when there is none."""
    found = Procedure.objects.filter(pk=pk).first()
    if found is None:
        return None
    return next(
        one for one in _dated(list(_versions().filter(kind=found.kind))) if one.procedure == found
    )


def changes(proposal: ProcedureProposal) -> list[FigureChanged]:
    """Every figure the proposal changes, before and after."""
    standing = {one.key: one for one in proposal.base.rules.all()}
    return [
        _changed(standing[key], value, basis, confirmed)
        for key, (value, basis, confirmed) in proposal.figures.items()
        if key in standing
    ]


def _changed(old: Rule, value: str, basis: str, confirmed: Any) -> FigureChanged:
    new = Rule(key=old.key, value=value, unit=old.unit, legal_basis=basis, confirmed=confirmed)
    return FigureChanged(figures.name(old.key), rule_shown(old), rule_shown(new))


def proposals() -> QuerySet[ProcedureProposal]:
    return ProcedureProposal.objects.select_related("base", "made", "proposed_by", "decided_by")


def waiting_for(actor: Actor) -> QuerySet[ProcedureProposal]:
    """Those this person may decide on: proposed by somebody else."""
    if not policy.can(actor, "procedure.enact"):
        return ProcedureProposal.objects.none()
    return (
        proposals().filter(state=ProposalState.PROPOSED).exclude(proposed_by=actor).order_by("pk")
    )
