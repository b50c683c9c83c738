"""The record in words: the sentence of each entry, what it is about and where it leads."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from consultations import calendar, figures, policy, wording
from consultations.models import (
    MACHINES,
    Actor,
    CauseKind,
    Comment,
    Consultation,
    DocumentKind,
    Draft,
    Entry,
    Mandate,
    MotionBy,
    MoverKind,
    OpinionBody,
    OpinionOutcome,
    Publication,
    WayKind,
)
from consultations.models.organisations import FLEETING
from consultations.selectors.people import person_name

JOINED = (
    "document",
    "case",
    "consultation__draft",
    "comment__wording",
    "comment__department",
    "comment__consultation",
    "council_file",
    "report__consultation",
    "opinion",
    "amendment",
)
NOTICEABLE = timedelta(minutes=1)  # what the clock needs anyhow is no delay
VOTES = ("votes_for", "votes_against", "abstained", "no_vote", "absent")


def with_subjects(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The entries with all that `sentence` and `address` read: a constant number of queries."""
    return entries.select_related(*JOINED)


def journal(draft: Draft, viewer: Actor | None) -> QuerySet[Entry]:
    """What `viewer` may read of the draft's record, newest first."""
    return with_subjects(policy.visible(viewer, draft.trail.all())).order_by("-seq")


def public_counter(draft: Draft) -> int:
    """How many public events the record holds; it only grows, and open pages compare it."""
    return draft.trail.filter(kind__in=policy.PUBLIC_KINDS).count()


def desk_counter(draft: Draft) -> int:
    """How many events of any kind the record holds: what open pages of the office compare."""
    return draft.trail.count()


def sentence(entry: Entry) -> str:
    """What happened, in the reader's language."""
    words = wording.SENTENCES.get(entry.kind) or wording.PAST[entry.kind]
    facts = facts_for(entry)
    said = str(words) % facts
    due_at = facts.get("due_at")
    return said if due_at is None else _late(said, entry.at, datetime.fromisoformat(due_at))


def _late(said: str, at: datetime, due: datetime) -> str:
    """Of an act of the clock that came later than it should: also when it was due."""
    if at - due < NOTICEABLE:
        return said
    moment = date_format(localtime(due), "j E Y, H:i")
    return _("%(said)s It was due on %(moment)s; the clock caught up later.") % {
        "said": said,
        "moment": moment,
    }


def facts_for(entry: Entry) -> dict[str, Any]:
    """Names for the sentence, from the sealed payload and the rows the entry points to."""
    facts = dict(json.loads(entry.payload)["facts"])
    facts["document"] = str(entry.document or "")
    facts["draft"] = entry.case.title if entry.case else ""
    facts["print"] = facts.get("print_number", "")
    facts["resolution"] = facts.get("resolution_number", "")
    if entry.comment:
        facts |= _comment_facts(entry.comment)
        facts["department"] = facts.get("passed_to", facts["department"])
    if entry.consultation:
        facts |= _round_facts(entry.consultation)
    said = {name: words(facts[name]) for name, words in IN_WORDS.items() if name in facts}
    if entry.kind == "consultation.announce" and "last_day" in said:
        # as announced: the round itself may have been prolonged since
        said |= {"opens": said["first_day"], "closes": said["last_day"]}
    return facts | said


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "j E Y")


def _until(iso: str | None) -> str:
    """Of a mandate: `until` is the first instant after its last day."""
    if iso is None:
        return _("without end")
    return _day(calendar.local_day(datetime.fromisoformat(iso) - FLEETING).isoformat())


def _result(reached: bool) -> str:  # noqa: FBT001 - the value of a fact
    return _("there, unchanged") if reached else _("not there, or changed")


def _figures(changed: dict[str, Any]) -> str:
    """Each figure that changed: what it was and what it is."""
    return "; ".join(
        f"{figures.name(key)}: {figures.in_words(one['before'][0], one['unit'])}"
        f" → {figures.in_words(one['after'][0], one['unit'])}"
        for key, one in changed.items()
    )


def _person(actor: int) -> str:
    """These events are read only by those who read names."""
    return person_name(Actor(pk=actor))


def _decided(code: str) -> str:
    said = {"accepted": pgettext("motion", "accepted"), "refused": pgettext("motion", "refused")}
    return said[code]


def _instant(iso: str) -> str:
    return date_format(localtime(datetime.fromisoformat(iso)), "j E Y, H:i")


DAYS = (
    "published_on",
    "first_day",
    "last_day",
    "complete_by",
    "session_on",
    "valid_from",
    "opinion_by",
    "appeal_by",
    "due_on",
    "planned_on",
    "planned_before",
    "session_before",
    "ready",
    "in_force_on",
    "filed_on",
    "deadline",
)
# Facts that are codes or days, and how they are said.
IN_WORDS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(DAYS, _day),
    "found": lambda code: wording.FOUND[code],
    "step": lambda code: wording.STEPS[code],
    "way": lambda code: WayKind(code).label,
    "body": lambda code: OpinionBody(code).label,
    "opinion_outcome": lambda code: OpinionOutcome(code).label,
    "place_words": lambda code: Publication.Place(code).label,
    "result": _result,
    "held_role": lambda role: wording.ROLES[role],
    "person": _person,
    "until": _until,
    "mandate_kind": lambda code: Mandate.Kind(code).label,
    "needed": lambda needed: _("needed") if needed else _("not needed"),
    "edit": lambda code: wording.EDITS[code],
    "cause": lambda code: CauseKind(code).label,
    "document_kind": lambda code: DocumentKind(code).label,
    "figures": _figures,
    "condition": lambda code: wording.CONDITIONS.get(code, code),
    "mover": lambda code: MoverKind(code).label,
    "moved_by": lambda code: MotionBy(code).label,
    "decided": _decided,
    **dict.fromkeys(("own_amendments_until", "amendments_until"), _instant),
    "letter": lambda kind: wording.LETTERS.get(kind, kind),
}
OF_ORGANISATIONS = (
    "office.add_organisation",
    "office.correct_organisation",
    "office.verify_organisation",
    "office.switch_sign_off",
    "office.ask_for_mandate",
    "office.add_mandate",
    "office.grant_mandate",
    "office.refuse_mandate",
    "office.end_mandate",
)
# Where the office reads on about events that belong to no draft.
OF_NO_DRAFT = {
    "office.substitute": "substitutes",
    "office.end_substitution": "substitutes",
    "office.edit_letter": "letter_templates",
    "office.grant_role": "my_tasks",
    "office.revoke_role": "my_tasks",
    **dict.fromkeys(OF_ORGANISATIONS, "my_organisations"),
    **dict.fromkeys(
        ("procedure.propose", "procedure.enact", "procedure.refuse", "procedure.withdraw"), "rules"
    ),
    "council.add_session": "sessions",
    "council.change_session": "sessions",
    "council.cancel_session": "sessions",
    "person.ask_erasure": "erasure_requests",
    "person.remind_erasure": "erasure_requests",
    "person.take_back_erasure": "erasure_requests",
    "person.accept_erasure": "own_data",
    "person.refuse_erasure": "own_data",
}


def _comment_facts(comment: Comment) -> dict[str, Any]:
    return {
        "number": comment.number,
        "place": comment.wording.citation if comment.wording else _("the whole draft"),
        "department": comment.department.name if comment.department else "",
    }


def _round_facts(consultation: Consultation) -> dict[str, Any]:
    days = {"opens": consultation.first_day, "closes": consultation.last_day}
    return {name: date_format(day, "j E Y") if day else "" for name, day in days.items()}


def address(entry: Entry, *, staff: bool = False) -> str:
    """The page that shows what the entry is about; the office gets its own."""
    if entry.comment:
        slug, number = entry.comment.consultation.slug, entry.comment.number
        if staff:
            return f"{reverse('queue', args=[slug])}?uwaga={number}"
        return reverse("comment", args=[slug, number])
    if entry.council_file and staff:
        return reverse("council_file", args=[entry.council_file_id])
    if entry.report:
        page = "prepare_report" if staff else "report"
        return reverse(page, args=[entry.report.consultation.slug])
    return _case_address(entry, staff=staff)


def _case_address(entry: Entry, *, staff: bool) -> str:
    if entry.kind in OF_ORGANISATIONS and staff:
        return reverse("organisations")
    if entry.case is None:
        return reverse(OF_NO_DRAFT.get(entry.kind, "documents"))
    latest = entry.case.rounds.order_by("-number").first()
    if latest is None:
        return reverse("documents")
    if entry.amendment:
        return reverse("amendment", args=[latest.slug, entry.amendment.number])
    if entry.opinion and staff:
        return reverse("opinions", args=[latest.slug])
    return reverse("control_room" if staff else "consultation", args=[latest.slug])


def roles(entries: Sequence[Entry]) -> dict[int, Any]:
    """In which role each entry's actor acted, in words, by the entry's key."""
    return {entry.pk: wording.ROLES.get(entry.role, entry.role) for entry in entries}


# What the filter of the record offers: the beginning of the kinds, in words.
GROUPS: dict[str, Any] = {
    "draft": gettext_lazy("draft and its text"),
    "consultation": gettext_lazy("consultation"),
    "comment": gettext_lazy("comments and answers"),
    "opinion": gettext_lazy("opinions"),
    "override": gettext_lazy("exceptions"),
    "report": gettext_lazy("report"),
    "council_file": gettext_lazy("council"),
    "amendment": gettext_lazy("amendments"),
}


def of_group(entries: QuerySet[Entry], group: str) -> QuerySet[Entry]:
    """Only entries of this group; all of them for a group there is not."""
    return entries.filter(kind__startswith=f"{group}.") if group in GROUPS else entries


@dataclass(frozen=True)
class Line:
    """One line of the record in words; `before` is empty where no state changed."""

    entry: Entry
    sentence: str
    role: Any
    before: Any
    after: Any
    comment: int | None


def lines(entries: Iterable[Entry]) -> list[Line]:
    """The entries in words, never with a person's name."""
    return [_line(entry) for entry in entries]


def _line(entry: Entry) -> Line:
    words = _state_words(entry.kind.partition(".")[0])
    changed = entry.from_state != entry.to_state
    return Line(
        entry=entry,
        sentence=sentence(entry),
        role=wording.ROLES.get(entry.role, entry.role),
        before=words.get(entry.from_state, entry.from_state) if changed else "",
        after=words.get(entry.to_state, entry.to_state),
        comment=entry.comment.number if entry.comment else None,
    )


def _state_words(machine: str) -> dict[str, Any]:
    """The states of a machine in words."""
    model = next((one for one in MACHINES if one.machine == machine), None)
    return {} if model is None else dict(model._meta.get_field("state").choices or ())


def live_words() -> dict[str, str]:
    """What an open page says of `%n` newer entries, in each plural form of the language."""
    forms = {"one": 1, "few": 2, "many": 5, "other": 5}
    return {
        form: ngettext("%(count)s new event", "%(count)s new events", count) % {"count": "%n"}
        for form, count in forms.items()
    }
