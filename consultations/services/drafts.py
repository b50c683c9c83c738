"""Drafts: registering, and the steps of their machine; their text is in `services.texts`."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.errors import Invalid
from consultations.models import (
    Actor,
    Consultation,
    Document,
    Draft,
    Procedure,
)
from consultations.models.clock import now
from consultations.services.consultations import plan_next_round
from consultations.services.door import hold, note, one_action, pass_through, require
from consultations.services.sheets import give_back, over
from consultations.text.said import says_something


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


def begin_consultation(draft: Draft, *, by: Actor) -> Draft:
    """The draft enters public consultation as its round opens."""
    return pass_through(draft, "begin_consultation", by=by)


def begin_review(draft: Draft, *, by: Actor) -> Draft:
    """The draft enters the review of comments as its round closes."""
    return pass_through(draft, "begin_review", by=by)


def consult_again(draft: Draft, *, because: str, by: Actor) -> Consultation:
    """Consult the draft once more, for a public reason; gives the round that is planned.

    Comments of the rounds before stay to be answered, their reports to be released: without them
    the review does not finish. Raises NotYours, Invalid, WrongState.
    """
    reason = because.strip()
    if not says_something(reason):
        raise Invalid(_("Say why the draft is consulted again: the reason is public."), "because")
    with one_action():
        draft = pass_through(draft, "consult_again", by=by, words={"because": reason})
        return plan_next_round(draft.rounds.latest("number"), by)


def withdraw_draft(draft: Draft, *, because: str, by: Actor) -> Draft:
    """The sponsor withdraws the draft, for a public reason. Raises NotYours, Invalid, Unmet."""
    reason = because.strip()
    if not says_something(reason):
        raise Invalid(_("Say why the draft is withdrawn: the reason is public."), "because")
    with one_action():
        draft = hold(draft)
        require(by, "draft.withdraw", draft)
        sheet, facts = over(draft.council_files.last())
        words = {"because": reason}
        done = pass_through(draft, "withdraw", by=by, words=words, facts=facts, because=reason)
        give_back(sheet, facts, by=by)
    return done


def mark_review_overdue(draft: Draft, *, due_on: date, by: Actor) -> Draft:
    """Record that the review was to end by `due_on` and goes on; the clock does it."""
    return pass_through(draft, "mark_overdue", by=by, facts={"due_on": due_on.isoformat()})


def number_draft_case(draft: Draft, *, case_number: str, by: Actor) -> Draft:
    """Enter the number of the city's records system (EZD)."""
    number = case_number.strip()
    facts = {"case_number": number}
    return pass_through(draft, "number_case", by=by, facts=facts, case_number=number)


def finish_review(draft: Draft, *, by: Actor) -> Draft:
    """The review is over: refused (Unmet) while one comment has no published answer.

    The rounds are locked first, so that no comment can appear meanwhile.
    """
    with one_action():
        hold(draft)
        for one in draft.rounds.order_by("number"):
            hold(one)
        return pass_through(draft, "finish_review", by=by)
