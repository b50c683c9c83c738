"""The report: prepared by one person, released by another."""

from django.utils.translation import gettext_lazy as _

from consultations.errors import NotYours, WrongState
from consultations.models import Actor, Consultation, ConsultationState, Report
from consultations.models.clock import now
from consultations.services.door import hold, note, one_action, pass_through, require


def prepare_report(
    consultation: Consultation, *, introduction: str, by: Actor, seen_version: int | None = None
) -> Report:
    """Begin the report of a closed round, or rewrite its introduction.

    `seen_version` is the version of the report on the page. Raises NotYours, WrongState.
    """
    words = introduction.strip()
    with one_action():
        consultation = hold(consultation)
        report = Report.objects.filter(consultation=consultation).first()
        if report is None:
            return _begin(consultation, words, by)
        _refuse_stale(report, seen_version)
        sealed = {"introduction": words}
        return pass_through(report, "edit", by=by, words=sealed, introduction=words, prepared_by=by)


def _begin(consultation: Consultation, introduction: str, by: Actor) -> Report:
    require(by, "report.prepare", consultation)
    if consultation.state != ConsultationState.CLOSED:
        raise WrongState(_("The report is prepared when the consultation has closed."))
    report = Report.objects.create(
        consultation=consultation, introduction=introduction, prepared_by=by
    )
    note(report, "report.prepare", by=by, words={"introduction": introduction})
    return report


def _refuse_stale(report: Report, seen_version: int | None) -> None:
    if seen_version is not None and seen_version != report.version:
        raise WrongState(_("Somebody has rewritten the report since you opened this page."))


def release_report(report: Report, *, by: Actor, seen_version: int | None = None) -> Report:
    """Make the report public: refused for who prepared it, and while a comment is unanswered.

    `seen_version` is the version that was read. Raises NotYours, WrongState, Unmet.
    """
    with one_action():
        report = hold(report)
        if report.prepared_by_id == by.pk:
            raise NotYours(_("You prepared this report: somebody else must release it."))
        _refuse_stale(report, seen_version)
        return pass_through(report, "release", by=by, released_by=by, at=now())
