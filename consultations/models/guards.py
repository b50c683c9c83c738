"""The guard list: what must hold before each step, in words, with the list that clears it.

Guards read through relations of the object they are given, so this module imports no model.
"""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consultations import wording
from consultations.models import orphans
from consultations.models.clock import now
from consultations.models.machine import Guard
from consultations.text.said import says_something


def _latest_round(draft: Any) -> Any:
    return draft.rounds.order_by("-number").first()


def _round_state(draft: Any) -> str:
    latest = _latest_round(draft)
    return "" if latest is None else str(latest.state)


def _unanswered(draft: Any) -> int:
    """Of every round: consulting again answers nobody."""
    comments = draft.rounds.model.comments.rel.related_model.objects
    return int(comments.filter(consultation__draft=draft).unanswered().count())


def _with_unanswered(draft: Any) -> Any:
    """The earliest round that still has one."""
    rounds = draft.rounds.order_by("number")
    return next((one for one in rounds if one.comments.unanswered().exists()), None)


def _unanswered_words(count: int) -> str:
    return ngettext(
        "%(count)d comment still has no published answer.",
        "%(count)d comments still have no published answer.",
        count,
    ) % {"count": count}


def _ways(consultation: Any) -> set[str]:
    return set(consultation.ways.filter(cancelled_because="").values_list("kind", flat=True))


def _enough_ways(consultation: Any) -> bool:
    kinds = _ways(consultation)
    wanted = consultation.draft.procedure.number_of("forms")
    return len(kinds) >= wanted and bool(kinds & {"open_meeting", "workshop"})


def _ways_words(consultation: Any) -> str:
    wanted, count = consultation.draft.procedure.number_of("forms"), len(_ways(consultation))
    return ngettext(
        "%(wanted)d forms of consultation are required, one of them an open meeting or"
        " workshop; %(count)d is planned.",
        "%(wanted)d forms of consultation are required, one of them an open meeting or"
        " workshop; %(count)d are planned.",
        count,
    ) % {"wanted": wanted, "count": count}


def _lacking_ways(consultation: Any) -> list[str]:
    """One code for each form that is too few, and one for the meeting."""
    kinds = _ways(consultation)
    too_few = consultation.draft.procedure.number_of("forms") - len(kinds)
    forms = [f"form_{number}" for number in range(1, too_few + 1)]
    return forms if kinds & {"open_meeting", "workshop"} else [*forms, "meeting"]


def _way_label(_consultation: Any, code: str) -> str:
    if code == "meeting":
        return str(_("an open meeting or workshop"))
    return str(_("form of consultation that is too few, no. %(number)s")) % {
        "number": code.removeprefix("form_")
    }


def _awaited(draft: Any) -> Any:
    return draft.opinions.filter(state="awaited", due_at__isnull=False)


def _lacking_opinions(draft: Any) -> list[str]:
    return [str(pk) for pk in _awaited(draft).values_list("pk", flat=True)]


def _opinion_label(draft: Any, code: str) -> str:
    found = draft.opinions.filter(pk=int(code)).first()
    return code if found is None else f"{found} ({date_format(found.delivered_on)})"


def _grace_runs(consultation: Any) -> bool:
    """Somebody began a comment before the closing, and may still file it."""
    closes_at, instant = consultation.closes_at, now()
    if closes_at is None or instant < closes_at:
        return False
    ends_at = consultation.grace_ends_at
    if ends_at is None or instant >= ends_at:
        return False
    drafts = consultation.comment_drafts.waiting().filter(begun_at__lt=closes_at)
    guests = consultation.guestcomment_set.filter(comment=None, sent_at__lt=closes_at)
    return bool(drafts.exists() or guests.exists())


def _grace_words(consultation: Any) -> str:
    ends_at = consultation.grace_ends_at
    return _("Comments begun before the closing may be sent until %(time)s.") % {
        "time": date_format(localtime(ends_at), "H:i") if isinstance(ends_at, datetime) else "…"
    }


def _unreported(draft: Any) -> Any:
    """The earliest round held whose report is not released; None when every one is."""
    held = draft.rounds.filter(state="closed").order_by("number").select_related("report")
    reports = ((one, getattr(one, "report", None)) for one in held)
    return next((one for one, found in reports if not found or found.state != "released"), None)


def _report_released(draft: Any) -> bool:
    return draft.rounds.filter(state="closed").exists() and _unreported(draft) is None


def _sent_back(draft: Any) -> bool:
    last = draft.council_files.last()
    return last is not None and str(last.state) == "sent_back"


def _roll_call(draft: Any) -> Any:
    files = list(draft.council_files.all())
    return files[-1].roll_call if files else None


def _voted_at(draft: Any) -> Any:
    """When the vote that counts was entered; a correction is no other vote. None before it."""
    last = draft.council_files.last()
    if last is None or str(last.state) != "voted":
        return None
    call = last.roll_calls.exclude(kind="correction").last()
    return None if call is None else call.entered_at or last.read_at


def _beyond_the_vote(draft: Any) -> list[str]:
    voted_at = _voted_at(draft)
    if voted_at is None:
        return []
    return [one.wording.citation for one in orphans.beyond_amendments(draft, voted_at)]


def _beyond_the_vote_words(found: list[str]) -> str:
    return ngettext(
        "%(count)d change made after the vote comes from no adopted amendment: %(named)s.",
        "%(count)d changes made after the vote come from no adopted amendment: %(named)s.",
        len(found),
    ) % {"count": len(found), "named": _named(found)}


def _sheet_waits(draft: Any) -> bool:
    last = draft.council_files.last()
    return last is not None and last.waiting_sheet is not None


def _carried(draft: Any) -> bool:
    roll_call = _roll_call(draft)
    return roll_call is not None and roll_call.carried


def _lost(draft: Any) -> bool:
    roll_call = _roll_call(draft)
    return roll_call is not None and not roll_call.carried


def _quorum_present(council_file: Any) -> bool:
    """Nothing to say before there is a roll call: that it is missing is another guard's word."""
    roll_call = council_file.roll_call
    return roll_call is None or roll_call.present >= council_file.draft.procedure.quorum


def _lacking_elements(consultation: Any) -> list[str]:
    """The mandatory elements that no provision of the latest text holds; none without a text."""
    latest = consultation.draft.versions.last()
    if latest is None:
        return []
    held = latest.wordings.exclude(provision__elements=None).values("provision__elements__element")
    missing = consultation.draft.procedure.elements.exclude(pk__in=held)
    return [str(one.code) for one in missing]


def _element_label(_consultation: Any, code: str) -> str:
    return str(wording.ELEMENTS.get(code, code))


def _missing_elements(consultation: Any) -> list[str]:
    return [_element_label(consultation, one) for one in _lacking_elements(consultation)]


def _elements_words(missing: list[str]) -> str:
    return ngettext(
        "A mandatory element is not tied to any provision: %(named)s.",
        "%(count)d mandatory elements are not tied to any provision: %(named)s.",
        len(missing),
    ) % {"count": len(missing), "named": _named(missing)}


NAMED_AT_MOST = 3


def _named(found: list[str]) -> str:
    """The first of them by name, and that there are more."""
    named = ", ".join(found[:NAMED_AT_MOST])
    return f"{named}, …" if len(found) > NAMED_AT_MOST else named


def _loose_changes(draft: Any) -> list[str]:
    return [one.wording.citation for one in orphans.without_cause(draft)]


def _loose_changes_words(loose: list[str]) -> str:
    return ngettext(
        "%(count)d change of the text has no cause: %(named)s.",
        "%(count)d changes of the text have no cause: %(named)s.",
        len(loose),
    ) % {"count": len(loose), "named": _named(loose)}


def _unkept(draft: Any) -> list[str]:
    return [str(one.number) for one in orphans.without_change(draft)]


def _unkept_words(loose: list[str]) -> str:
    return ngettext(
        "%(count)d accepted comment has changed nothing in the text: %(named)s.",
        "%(count)d accepted comments have changed nothing in the text: %(named)s.",
        len(loose),
    ) % {"count": len(loose), "named": _named(loose)}


def _outcome(comment: Any, answer: Any) -> Any:
    """The outcome as the procedure has it; those that were read already are not asked for."""
    outcomes = comment.consultation.draft.procedure.outcomes.all()
    return next((one for one in outcomes if one.code == answer.outcome), None)


def _names_its_change(comment: Any) -> bool:
    """What is accepted, wholly or partly, says which provision it changes."""
    answer = getattr(comment, "given_answer", None)
    if answer is None:
        return True
    chosen = _outcome(comment, answer)
    return chosen is None or not chosen.leads_to_change or comment.changes.exists()


def _names_its_part(comment: Any) -> bool:
    """What is accepted in part says in which; an answer from before it was asked does not."""
    answer = getattr(comment, "given_answer", None)
    if answer is None or says_something(answer.accepted_part):
        return True
    chosen = _outcome(comment, answer)
    return chosen is None or not chosen.asks_part


def _no_ground(comment: Any) -> Any:
    if getattr(comment, "awaits_completion", False):
        return _("The day until which the comment may be completed is not over yet.")
    return _("The comment has no formal fault: it is neither late nor unsigned nor incomplete.")


CONSULTATION_OPEN = Guard(
    "consultation_open",
    _("The consultation has not been opened."),
    lambda draft: _round_state(draft) == "open",
)
CONSULTATION_CLOSED = Guard(
    "consultation_closed",
    _("The consultation has not been closed."),
    lambda draft: _round_state(draft) == "closed",
)
ALL_ANSWERED = Guard(
    "all_answered",
    lambda draft: _unanswered_words(_unanswered(draft)),
    lambda draft: _unanswered(draft) == 0,
    clears="queue",
    place=_with_unanswered,
    legal_basis="uchwała CXI/2904/18",
)
ROUND_ANSWERED = Guard(
    "round_answered",
    lambda report: _unanswered_words(report.consultation.comments.unanswered().count()),
    lambda report: not report.consultation.comments.unanswered().exists(),
    clears="queue",
    legal_basis="uchwała CXI/2904/18",
)
GRACE_OVER = Guard(
    "grace_over",
    lambda report: _grace_words(report.consultation),
    lambda report: not _grace_runs(report.consultation),
)
REPORT_RELEASED = Guard(
    "report_released",
    _("The report has not been released by a second person."),
    _report_released,
    clears="prepare_report",
    place=_unreported,
    legal_basis="uchwała CXI/2904/18",
)
FORMS_PLANNED = Guard(
    "forms_planned",
    _ways_words,
    _enough_ways,
    clears="ways",
    absolute=False,
    legal_basis="uchwała CXI/2904/18: formy konsultacji",
    lacks=_lacking_ways,
    label=_way_label,
)
NO_ROUND_RUNS = Guard(
    "no_round_runs",
    _("A consultation is announced or open: cancel it or let it close first."),
    lambda draft: _round_state(draft) not in {"announced", "open"},
    clears="control_room",
)
NOT_VOTED = Guard(
    "not_voted",
    _("The council has voted on the draft: it can no longer be withdrawn."),
    lambda draft: _roll_call(draft) is None,
)
OPINIONS_SETTLED = Guard(
    "opinions_settled",
    _("An opinion is still awaited: it must be given, or its days must pass."),
    lambda draft: not _awaited(draft).exists(),
    clears="opinions",
    absolute=False,
    legal_basis="ustawa o działalności pożytku publicznego, art. 5a ust. 2a i art. 41i",
    lacks=_lacking_opinions,
    label=_opinion_label,
)
OPINION_OVERDUE = Guard(
    "opinion_overdue",
    _("The days for the opinion are not over yet."),
    lambda opinion: opinion.due_at is not None and now() >= opinion.due_at,
    legal_basis="ustawa o działalności pożytku publicznego, art. 41i ust. 2",
)
FILE_SENT_BACK = Guard("file_sent_back", _("The council has not sent the draft back."), _sent_back)
VOTE_CARRIED = Guard(
    "vote_carried",
    _("The council has not adopted the draft by roll call."),
    _carried,
    clears="council_file",
    legal_basis="ustawa o samorządzie gminnym, art. 14",
)
VOTE_LOST = Guard("vote_lost", _("The council has not rejected the draft by roll call."), _lost)
NO_SHEET_WAITS = Guard(
    "no_sheet_waits",
    _("A roll call entered from paper waits for a second person: it is decided first."),
    lambda draft: not _sheet_waits(draft),
    clears="council_file",
)
TEXT_AS_VOTED = Guard(
    "text_as_voted",
    _beyond_the_vote_words,
    lambda draft: not _beyond_the_vote(draft),
    clears="edit_text",
    names=_beyond_the_vote,
)
TEXT_READY = Guard(
    "text_ready",
    _("The text of the draft has not been imported yet."),
    lambda consultation: consultation.draft.versions.exists(),
    clears="import_draft",
)
DATES_SET = Guard(
    "dates_set",
    _("The opening and closing day have not been set."),
    lambda consultation: bool(consultation.opens_at and consultation.closes_at),
    absolute=True,
)
TIME_TO_OPEN = Guard(
    "time_to_open",
    _("The opening day has not come yet."),
    lambda consultation: consultation.opens_at is not None and now() >= consultation.opens_at,
)
TIME_TO_CLOSE = Guard(
    "time_to_close",
    _("The closing day is not over yet."),
    lambda consultation: consultation.closes_at is not None and now() >= consultation.closes_at,
)
HAS_ANSWER = Guard(
    "has_answer",
    _("The comment has no answer with an outcome and reasons."),
    lambda comment: getattr(comment, "given_answer", None) is not None,
)
NAMES_ITS_CHANGE = Guard(
    "names_its_change",
    _("The comment is accepted, but the answer names no change of the text."),
    _names_its_change,
)
NAMES_ITS_PART = Guard(
    "names_its_part",
    _("The comment is accepted in part, but the answer does not say in which."),
    _names_its_part,
)
OF_AN_ANSWER = (HAS_ANSWER, NAMES_ITS_CHANGE, NAMES_ITS_PART)
FORMAL_GROUND = Guard(
    "formal_ground",
    _no_ground,
    lambda comment: bool(getattr(comment, "grounds", ())),
)
ELEMENTS_PLACED = Guard(
    "elements_placed",
    _elements_words,
    lambda consultation: not _lacking_elements(consultation),
    clears="place_elements",
    absolute=False,
    legal_basis="ustawa o działalności pożytku publicznego, art. 5a ust. 4",
    names=_missing_elements,
    lacks=_lacking_elements,
    label=_element_label,
)
CHANGES_HAVE_CAUSES = Guard(
    "changes_have_causes",
    _loose_changes_words,
    lambda draft: not orphans.without_cause(draft),
    clears="edit_text",
    names=_loose_changes,
)
ACCEPTED_HAVE_CHANGES = Guard(
    "accepted_have_changes",
    _unkept_words,
    lambda draft: not orphans.without_change(draft),
    clears="edit_text",
    names=_unkept,
)
NO_WORKING_VERSION = Guard(
    "no_working_version",
    _("A working version of the text has not been published yet."),
    lambda draft: not draft.versions.filter(published_at=None).exists(),
    clears="edit_text",
)
PRINT_NUMBERED = Guard(
    "print_numbered",
    _("The draft has no print number yet."),
    lambda council_file: bool(council_file.print_number),
)
HAS_ROLL_CALL = Guard(
    "has_roll_call",
    _("The roll call has not been entered."),
    lambda council_file: council_file.roll_call is not None,
)
QUORUM = Guard(
    "quorum",
    _("The quorum was not present, so the vote does not count."),
    _quorum_present,
    legal_basis="ustawa o samorządzie gminnym, art. 14",
)
