"""Exceptions from a condition of an act: asked for, granted or refused by another, withdrawn.

The door uses them up (`services.door.go_over`).
"""

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, NotYours, WrongState
from consultations.models import Actor, Consultation, CouncilFile, Draft, Override
from consultations.models.clock import now
from consultations.models.machine import Act, Guard
from consultations.models.overrides import RUNNING, can_begin, find
from consultations.services.door import hold, note, one_action, pass_through, require
from consultations.text.said import says_something

Subject = Draft | Consultation | CouncilFile


def ask_override(
    subject: Subject, *, act_kind: str, guard_code: str, because: str, by: Actor
) -> Override:
    """Ask for one passing of the act without the condition, for a public reason.

    Raises NotYours (also who may not do the act itself), Invalid (no reason; a condition nobody
    may pass over), WrongState (it is met, or asked for already).
    """
    reason = because.strip()
    if not says_something(reason):
        raise Invalid(_("Say why the exception is needed: the reason is public."), "because")
    with one_action():
        subject = hold(subject)
        act, guard = _found(act_kind, guard_code)
        require(by, act_kind, subject)
        _refuse_untimely(subject, act, guard)
        asked = Override(
            act_kind=act_kind, guard_code=guard_code, because=reason, asked_by=by, asked_at=now()
        )
        asked.missing = guard.missing(subject)
        asked.draft = subject if isinstance(subject, Draft) else subject.draft
        asked.consultation = subject if isinstance(subject, Consultation) else None
        asked.council_file = subject if isinstance(subject, CouncilFile) else None
        asked.save()
        facts = {**_about(asked), "missing": asked.missing}
        note(asked, "override.ask", by=by, words={"because": reason}, facts=facts)
    return asked


def _found(act_kind: str, guard_code: str) -> tuple[Act, Guard]:
    act = find(act_kind)
    guards = act.guards if act else ()
    guard = next((one for one in guards if one.code == guard_code), None)
    if act is None or guard is None:
        raise Invalid(_("This act has no such condition."))
    if guard.absolute:
        raise Invalid(_("Nobody may pass over this condition: it must be met."))
    return act, guard


def _refuse_untimely(subject: Subject, act: Act, guard: Guard) -> None:
    if not can_begin(act, subject):
        raise WrongState
    if guard(subject):
        raise WrongState(_("The condition is met already: no exception is needed."))
    running = Override.objects.filter(
        act_kind=act.kind, guard_code=guard.code, state__in=RUNNING, **{subject.machine: subject}
    )
    if running.exists():
        raise WrongState(_("An exception from this condition is asked for already."))


def grant_override(override: Override, *, because: str = "", by: Actor) -> Override:
    """Let the act pass over the condition, once. Raises NotYours, WrongState."""
    return _decide(override, "grant", because.strip(), by)


def refuse_override(override: Override, *, because: str, by: Actor) -> Override:
    """Refuse it, for a public reason. Raises NotYours, Invalid, WrongState."""
    reason = because.strip()
    if not says_something(reason):
        raise Invalid(_("Say why the exception is refused: the reason is public."), "because")
    return _decide(override, "refuse", reason, by)


def _decide(override: Override, name: str, reason: str, by: Actor) -> Override:
    with one_action():
        override = hold(override)
        if override.asked_by_id == by.pk:
            raise NotYours(_("You asked for this exception: somebody else must decide on it."))
        require(by, f"override.{name}", override)
        if name == "grant" and not override.is_timely:
            raise WrongState(_("The act it was asked for can no longer be done."))
        words = {"because": reason} if reason else {}
        fields = {"decided_by": by, "at": now(), "decision": reason}
        return pass_through(override, name, by=by, words=words, facts=_about(override), **fields)


def withdraw_override(override: Override, *, by: Actor) -> Override:
    """Who asked for it takes it back, before the act has used it. Raises NotYours, WrongState."""
    return pass_through(override, "withdraw", by=by, facts=_about(override))


def _about(override: Override) -> dict[str, str]:
    return {"condition": override.guard_code, "act": override.act_kind}
