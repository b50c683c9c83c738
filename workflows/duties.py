"""What waits for one person beside the steps of drafts: opinions, reports, minutes, completion,
requests for erasure, reports on execution."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations import calendar, policy
from consultations.models import (
    Actor,
    Comment,
    CommentState,
    ConsultationState,
    Mandate,
    Report,
    ReportState,
    Way,
)
from consultations.models.clock import now
from consultations.models.ways import DATED
from consultations.selectors import afterwards, erasures, opinions, procedures
from workflows import exceptions
from workflows.council_duties import council_duties
from workflows.duty import Duty


def duties(actor: Actor) -> list[Duty]:
    """Everything of these kinds, what has the nearest last day first: a query for each kind."""
    found = [*_completions(actor), *_opinions(actor), *_reports(actor), *_minutes(actor)]
    found += _mandates(actor)
    found += _executions(actor)
    found += _erasures(actor)
    found += _exceptions(actor)
    found += _rules(actor)
    found += council_duties(actor)
    return sorted(found, key=lambda one: one.last_day or date.max)


def _completions(actor: Actor) -> Iterator[Duty]:
    """Returned comments of the person, or of organisations she signs for, still to complete."""
    own, today = policy.theirs_to_act_on(actor), calendar.local_day(now())
    returned = Comment.objects.filter(own, state=CommentState.RETURNED, complete_by__gte=today)
    for one in returned.select_related("consultation__draft").order_by("pk"):
        url = reverse("complete_comment", args=[one.consultation.slug, one.number])
        label = _("Complete your comment")
        yield Duty(label, one.consultation.draft.title, url, one.complete_by)


def _opinions(actor: Actor) -> Iterator[Duty]:
    if not policy.can(actor, "opinion.give"):
        return
    for one in opinions.awaited(actor):
        url = reverse("give_opinion", args=[one.slug, one.line.opinion.pk])
        yield Duty(_("Enter the opinion"), one.title, url, one.line.last_day)


def _reports(actor: Actor) -> Iterator[Duty]:
    """Prepared by somebody else and ready to be released."""
    if not policy.can(actor, "report.release"):
        return
    unanswered = Comment.objects.unanswered().order_by().values("consultation")
    prepared = Report.objects.filter(state=ReportState.PREPARED).exclude(prepared_by=actor)
    ready = prepared.exclude(consultation__in=unanswered).order_by("pk")
    for one in ready.select_related("consultation__draft"):
        url = reverse("prepare_report", args=[one.consultation.slug])
        yield Duty(_("Read the report and release it"), one.consultation.draft.title, url)


def _executions(actor: Actor) -> Iterator[Duty]:
    """Reports on the execution of adopted programmes, from January of the year they are due."""
    if not policy.can(actor, "draft.file_execution_report"):
        return
    today = calendar.local_day(now())
    for one in afterwards.unreported().prefetch_related("rounds"):
        due = afterwards.report_due(one)
        latest = max(one.rounds.all(), key=lambda one: one.number, default=None)
        if due is not None and latest is not None and today.year >= due.year:
            url = reverse("file_execution_report", args=[latest.slug])
            yield Duty(_("File the report on the execution"), one.title, url, due)


def _mandates(actor: Actor) -> Iterator[Duty]:
    """Requests this person may grant or refuse, the oldest first."""
    if not policy.can(actor, "office.grant_mandate"):
        return
    page = "organisation" if policy.can(actor, "office.see") else "my_organisation"
    for one in Mandate.objects.waiting().select_related("organisation").order_by("asked_at"):
        if policy.can(actor, "office.grant_mandate", one):
            url = reverse(page, args=[one.organisation_id])
            yield Duty(_("Decide on a mandate"), one.organisation.name, url)


def _erasures(actor: Actor) -> Iterator[Duty]:
    """Requests for erasure that wait for a decision; of no draft, and never one's own."""
    if not policy.can(actor, "person.accept_erasure"):
        return
    for one in erasures.waiting().exclude(actor=actor):
        url = reverse("erasure_request", args=[one.pk])
        yield Duty(_("Decide on erasing a person's data"), "–", url, one.due_on)


def _exceptions(actor: Actor) -> Iterator[Duty]:
    """Exceptions somebody else asked for, while their act can still be done."""
    for one in exceptions.waiting_for(actor):
        if one.is_timely:
            url = exceptions.page_of(one)
            yield Duty(_("Decide on an exception"), one.draft.title, url)


def _rules(actor: Actor) -> Iterator[Duty]:
    """Versions of the rules somebody else proposed; of no draft."""
    for one in procedures.waiting_for(actor):
        url = reverse("procedure_proposal", args=[one.pk])
        label = _("Decide on a new version of the rules")
        yield Duty(label, one.get_kind_display(), url, one.valid_from)


def _minutes(actor: Actor) -> Iterator[Duty]:
    """Meetings that have begun and have no minutes, except those of a cancelled round."""
    if not policy.can(actor, "consultation.record_meeting"):
        return
    begun = Way.objects.filter(
        kind__in=DATED, starts_at__lte=now(), attendance=None, cancelled_because=""
    ).exclude(consultation__state=ConsultationState.CANCELLED)
    for one in begun.select_related("consultation__draft"):
        url = reverse("record_meeting", args=[one.consultation.slug, one.pk])
        yield Duty(_("Enter attendance and minutes"), one.consultation.draft.title, url)
