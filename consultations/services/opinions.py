"""Opinions: asked for, given by the body, waived by silence."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from consultations import calendar, policy
from consultations.errors import Invalid, WrongState
from consultations.models import (
    Actor,
    Draft,
    Opinion,
    OpinionBody,
    OpinionOutcome,
    OpinionState,
    Role,
)
from consultations.models.clock import now
from consultations.models.drafts import DraftState
from consultations.services.door import hold, note, one_action, pass_through, require
from consultations.text.said import says_something
from consultations.trail import due_at

REMARKED = (OpinionOutcome.WITH_REMARKS, OpinionOutcome.NEGATIVE)
WHEN = (DraftState.COMMENT_REVIEW, DraftState.COUNCIL_VOTE)


def request_opinion(
    draft: Draft, *, body: str, delivered_on: date, by: Actor, body_name: str = ""
) -> Opinion:
    """Record that the draft was delivered for an opinion, after the consultation.

    The public-benefit council has the procedure's `opinion_days` from delivery (UDPP, art. 41i
    ust. 2); others have no day. While the council has the draft, its office records the opinions of
    committees. Raises NotYours, Invalid, WrongState.
    """
    with one_action():
        draft = hold(draft)
        require(by, "opinion.request", draft)
        if Role.OFFICER not in policy.roles_of(by) and body != OpinionBody.COMMITTEE:
            raise Invalid(_("The council office records opinions of committees only."), "body")
        _check(draft, body, delivered_on)
        last = _last_day(draft, body, delivered_on)
        opinion = Opinion.objects.create(
            draft=draft,
            body=body,
            body_name=body_name.strip(),
            delivered_on=delivered_on,
            due_at=last and calendar.end_of(last),
        )
        until = {"opinion_by": last.isoformat()} if last else {}
        note(opinion, "opinion.request", by=by, facts={"body": body} | until)
    return opinion


def _last_day(draft: Draft, body: str, delivered_on: date) -> date | None:
    if body != OpinionBody.PUBLIC_BENEFIT_COUNCIL:
        return None
    return calendar.term_ends(delivered_on, draft.procedure.number_of("opinion_days"))


def _check(draft: Draft, body: str, delivered_on: date) -> None:
    if draft.state not in WHEN:
        raise WrongState(_("An opinion is asked for after the consultation."))
    if body not in OpinionBody.values:
        raise Invalid(_("Choose the body."), "body")
    _check_day(draft, delivered_on)
    awaited = draft.opinions.filter(body=body, state=OpinionState.AWAITED)
    if body == OpinionBody.PUBLIC_BENEFIT_COUNCIL and awaited.exists():
        raise Invalid(_("This opinion is already awaited."), "body")


def _check_day(draft: Draft, delivered_on: date) -> None:
    """Between the end of the consultation and today: the term runs from this day."""
    if delivered_on > calendar.local_day(now()):
        raise Invalid(_("The day of delivery cannot lie in the future."), "delivered_on")
    latest = draft.rounds.order_by("-number").first()
    if latest is not None and latest.last_day is not None and delivered_on <= latest.last_day:
        raise Invalid(_("The draft is delivered after the consultation has ended."), "delivered_on")


def give_opinion(opinion: Opinion, *, outcome: str, remarks: str, by: Actor) -> Opinion:
    """Enter the opinion. Raises NotYours, Invalid, WrongState."""
    if outcome not in OpinionOutcome.values:
        raise Invalid(_("Choose the outcome."), "outcome")
    if outcome in REMARKED and not says_something(remarks):
        raise Invalid(_("Enter the remarks: everybody will read them."), "remarks")
    return pass_through(
        opinion,
        "give",
        by=by,
        facts={"body": opinion.body, "opinion_outcome": outcome},
        outcome=outcome,
        remarks=remarks.strip(),
        at=now(),
    )


def waive_opinion(opinion: Opinion, *, by: Actor) -> Opinion:
    """Record the silence; the clock does it when the days are over."""
    facts = {"body": opinion.body} | due_at(opinion.due_at)
    return pass_through(opinion, "waive", by=by, facts=facts, at=now())
