"""After the adoption: entry into force, the report on the execution, what stands at the addresses.

The text, its comments and their answers are closed; these facts are entered beside them. What is
entered again replaces what stood, and the record keeps both.
"""

import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from consultations import calendar
from consultations.errors import Invalid, WrongState
from consultations.models import Actor, Draft, DraftState, ExecutionReport, InForce, Publication
from consultations.models.clock import now
from consultations.selectors import afterwards as read
from consultations.services.door import hold, note, one_action, require
from consultations.text.said import says_something

SHA256 = re.compile(r"[0-9a-f]{64}")


def enter_into_force(draft: Draft, *, day: date, by: Actor) -> InForce:
    """Enter since when the document is in force. Raises NotYours, Invalid, WrongState."""
    with one_action():
        draft = _adopted(draft, "draft.enter_into_force", by)
        _check_day(draft, day, "day")
        made, _new = InForce.objects.update_or_create(draft=draft, defaults={"day": day})
        facts = {"in_force_on": day.isoformat()}
        note(draft, "draft.enter_into_force", by=by, facts=facts)
    return made


def file_execution_report(
    draft: Draft, *, filed_on: date, address: str, sha256: str = "", by: Actor
) -> ExecutionReport:
    """Enter that the report on the execution was filed, when and where.

    Raises NotYours, Invalid, WrongState.
    """
    with one_action():
        draft = _adopted(draft, "draft.file_execution_report", by)
        due = read.report_due(draft)
        if due is None:
            raise WrongState(_("The procedure asks for no report on this document."))
        given = _checked_report(draft, filed_on, address, sha256)
        made, _new = ExecutionReport.objects.update_or_create(
            draft=draft, defaults={**given, "due_on": due, "filed_on": filed_on}
        )
        facts = {"filed_on": filed_on.isoformat(), "due_on": due.isoformat(), **given}
        note(draft, "draft.file_execution_report", by=by, facts=facts)
    return made


def _checked_report(draft: Draft, filed_on: date, address: str, sha256: str) -> dict[str, str]:
    _check_day(draft, filed_on, "filed_on")
    if filed_on > calendar.local_day(now()):
        raise Invalid(_("The day cannot lie in the future."), "filed_on")
    if not says_something(address):
        raise Invalid(_("Enter the address or position."), "address")
    sha256 = sha256.strip().lower()
    if sha256 and not SHA256.fullmatch(sha256):
        raise Invalid(_("A SHA-256 has 64 digits and letters from a to f."), "sha256")
    return {"address": address.strip(), "sha256": sha256}


def ring_execution_overdue(draft: Draft, *, by: Actor) -> bool:
    """Record once that the last day passed without a report; False when there is nothing to say."""
    with one_action():
        draft = hold(draft)
        require(by, read.OVERDUE, draft)
        due = read.report_due(draft)
        filed = ExecutionReport.objects.filter(draft=draft).exists()
        if due is None or filed or due >= calendar.local_day(now()) or read.is_rung(draft):
            return False
        note(draft, read.OVERDUE, by=by, facts={"due_on": due.isoformat()})
    return True


def record_publication_probe(publication: Publication, *, sha256: str, by: Actor) -> bool:
    """Keep what stood at the address today, nothing for what could not be read; gives whether
    that is news: the first look, or another result than the last time. Only news is recorded.
    """
    with one_action():
        draft = hold(publication.draft)
        require(by, "draft.probe_publication", draft)
        row = Publication.objects.select_for_update().get(pk=publication.pk)
        there, same = bool(sha256), row.sha256 in ("", sha256)
        is_news = (there, there and same) != (row.is_there, row.is_same)
        row.sha256, row.looked_at = row.sha256 or sha256, now()
        row.is_there, row.is_same = there, there and same
        if is_news:
            found = "missing" if not there else "same" if same else "changed"
            facts = {"place_words": row.place, "address": row.address}
            facts |= {"found": found, "sha256": sha256}
            note(draft, "draft.probe_publication", by=by, facts=facts)
        row.save()
    return is_news


def _adopted(draft: Draft, action: str, by: Actor) -> Draft:
    draft = hold(draft)
    require(by, action, draft)
    if draft.state != DraftState.ADOPTED:
        raise WrongState(_("Only an adopted document has this."))
    return draft


def _check_day(draft: Draft, day: date, field: str) -> None:
    """Not before the resolution, and in this age."""
    if draft.adopted_on is not None and day < draft.adopted_on:
        raise Invalid(_("The day cannot lie before the resolution."), field)
    if day.year > calendar.local_day(now()).year + 5:
        raise Invalid(_("Enter a day within five years."), field)
