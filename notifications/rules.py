"""Who is told of what: one line for every kind of event, `nobody` included.

A rule names its recipients and says, to them, why they are told. Policy has the last word: the
outbox tells nobody of what they may not see, and nobody of their own act.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.models import (
    Actor,
    ConsultationState,
    Entry,
    Mandate,
    OpinionBody,
    Role,
    RoleGrant,
    Substitution,
    Support,
    Watch,
    Wording,
)

Found = QuerySet[Any, int]


@dataclass(frozen=True)
class Rule:
    """`who` for the documentation, `why` for the person told, `find` their keys.

    `reads` gives what of the entry `find` looks at: entries alike in it have the same people.
    `named` is whom the entry itself names, beside them.
    """

    name: str
    who: Any
    why: Any
    find: Callable[[Entry], Found]
    reads: Callable[[Entry], object] = attrgetter("pk")
    named: Callable[[Entry], int | None] = lambda _entry: None


def _nothing(_entry: Entry) -> None:
    """The people of this rule are the same whatever the entry."""


def _organisation(entry: Entry) -> int | None:
    return entry.comment.organisation_id if entry.comment else None


def _filer(entry: Entry) -> int | None:
    """The private person; of an organisation's comment those who speak for it now are told."""
    if entry.comment is None or entry.comment.organisation_id is not None:
        return None
    return entry.comment.filed_by_id


def _department(entry: Entry) -> int | None:
    return entry.comment.department_id if entry.comment else None


def _holders(role: str, **where: Any) -> Found:
    return RoleGrant.objects.filter(role=role, until=None, **where).values_list(
        "actor_id", flat=True
    )


def _second_clerks(_entry: Entry) -> Found:
    clerks = _holders(Role.CLERK)
    return clerks if clerks.count() > 1 else _holders_of((Role.OFFICER, Role.APPROVER))


def _holders_of(roles: tuple[str, ...]) -> Found:
    held = RoleGrant.objects.filter(role__in=roles, until=None)
    return held.values_list("actor_id", flat=True)


def _backers(entry: Entry) -> Found:
    """Who supports the comment, for herself or for an organisation."""
    found = Support.objects.filter(comment=entry.comment_id, ended_at=None)
    return found.values_list("actor_id", flat=True)


def _nobody(_entry: Entry) -> Found:
    return Actor.objects.none().values_list("pk", flat=True)


def _colleagues(entry: Entry) -> Found:
    running = Mandate.objects.running().filter(organisation=_organisation(entry))
    return running.values_list("actor_id", flat=True)


def _watchers(entry: Entry) -> Found:
    if entry.case_id is None:
        return _nobody(entry)
    followed = Q(draft=entry.case_id) | Q(document__drafts=entry.case_id)
    return Watch.objects.filter(followed).values_list("actor_id", flat=True)


def _readers(entry: Entry) -> Found:
    """Who follows the provision, or one it stands in: § 2 for a comment on § 2 ust. 1."""
    wording = entry.comment.wording if entry.comment else None
    if wording is None:
        return _nobody(entry)
    steps = wording.eid.split("__")
    around = ["__".join(steps[:depth]) for depth in range(1, len(steps) + 1)]
    there = Wording.objects.filter(text_version=wording.text_version_id, eid__in=around)
    found = Watch.objects.filter(provision__in=there.values("provision"))
    return found.values_list("actor_id", flat=True)


def _watchers_once_announced(entry: Entry) -> Found:
    """A form of a round that is still being planned is nobody's news."""
    planned = entry.to_state == ConsultationState.PLANNED
    return _nobody(entry) if planned else _watchers(entry)


def _watchers_of_a_later_version(entry: Entry) -> Found:
    """The first version comes with its announcement, which is told."""
    first = json.loads(entry.payload)["facts"].get("version", 1) == 1
    return _nobody(entry) if first else _watchers(entry)


def _officers_when_lost(entry: Entry) -> Found:
    """Only of an address at which nothing was found."""
    lost = json.loads(entry.payload)["facts"].get("found") == "missing"
    return _holders(Role.OFFICER) if lost else _nobody(entry)


def _substitute(entry: Entry) -> Found:
    made = json.loads(entry.payload)["facts"].get("id")
    return Substitution.objects.filter(pk=made).values_list("substitute", flat=True)


def _holder(entry: Entry) -> Found:
    mandate = json.loads(entry.payload)["facts"].get("mandate")
    return Mandate.objects.filter(pk=mandate).values_list("actor", flat=True)


def _deciders(entry: Entry) -> Found:
    """Signatories decide on drafters; on a signatory the office alone."""
    facts = json.loads(entry.payload)["facts"]
    if facts.get("mandate_kind") != Mandate.Kind.DRAFTER:
        return _nobody(entry)
    signing = Mandate.objects.running().filter(kind=Mandate.Kind.SIGNATORY)
    return signing.filter(organisation=facts["organisation"]).values_list("actor", flat=True)


def _concerned(entry: Entry) -> Found:
    """Who acts for the organisation now, and who waits to."""
    of_it = Mandate.objects.filter(
        organisation=json.loads(entry.payload)["facts"].get("organisation")
    )
    return (of_it.running() | of_it.waiting()).values_list("actor", flat=True)


def _asker(entry: Entry) -> Found:
    """Whose data the entry speaks of."""
    return Actor.objects.filter(pk=entry.leaf["facts"]["person"]).values_list("pk", flat=True)


def _override_asker(entry: Entry) -> Found:
    asked = Q(overrides_asked=entry.override_id) if entry.override_id else Q(pk=None)
    return Actor.objects.filter(asked).values_list("pk", flat=True)


def _secretary(entry: Entry) -> Found:
    """Of the public-benefit council; other bodies have no person here."""
    theirs = entry.opinion and entry.opinion.body == OpinionBody.PUBLIC_BENEFIT_COUNCIL
    return _holders(Role.KRDPP_SECRETARY) if theirs else _nobody(entry)


def _members(_entry: Entry) -> Found:
    return Mandate.objects.running().values_list("actor_id", flat=True)


def _author(entry: Entry) -> Found:
    answered = Q(answers__comment=entry.comment_id) if entry.comment_id else Q(pk=None)
    return Actor.objects.filter(answered).values_list("pk", flat=True)


def _experts(entry: Entry) -> Found:
    department = _department(entry)
    return _nobody(entry) if department is None else _holders(Role.EXPERT, department=department)


nobody = Rule("nobody", _("nobody"), "", _nobody, _nothing)
filer = Rule(
    "filer",
    _("whoever filed the comment, and the members of its organisation"),
    _("It is your comment, or your organisation's."),
    _colleagues,
    _organisation,
    _filer,
)
watchers = Rule(
    "watchers",
    _("whoever follows the draft or its document"),
    _("You follow this draft or its document."),
    _watchers,
    attrgetter("case_id"),
)
watchers_once_announced = Rule(
    "once_announced",
    _("whoever follows the draft or its document, once the consultation is announced"),
    _("You follow this draft or its document."),
    _watchers_once_announced,
)
watchers_of_a_later_version = Rule(
    "later_version",
    _("whoever follows the draft or its document, of a version after the first"),
    _("You follow this draft or its document."),
    _watchers_of_a_later_version,
)
readers = Rule(
    "readers",
    _("whoever follows the provision"),
    _("You follow this provision."),
    _readers,
)
backers = Rule(
    "backers",
    _("whoever supports the comment, once its corrected words are public"),
    _("You support this comment, and its words were corrected."),
    _backers,
    attrgetter("comment_id"),
)
members = Rule(
    "members",
    _("the members of all organisations"),
    _("You speak for an organisation."),
    _members,
    _nothing,
)
officers = Rule(
    "officers",
    _("the civic dialogue unit"),
    _("You run consultations."),
    lambda _entry: _holders(Role.OFFICER),
    _nothing,
)
officers_when_lost = Rule(
    "when_lost",
    _("the civic dialogue unit, when what was published is not there any more"),
    _("You run consultations."),
    _officers_when_lost,
)
approvers = Rule(
    "approvers",
    _("heads of units"),
    _("You approve answers."),
    lambda _entry: _holders(Role.APPROVER),
    _nothing,
)
author = Rule(
    "author",
    _("the author of the answer"),
    _("You wrote the answer."),
    _author,
    attrgetter("comment_id"),
)
experts = Rule(
    "experts",
    _("experts of the department that has the comment"),
    _("Your department has this comment."),
    _experts,
    _department,
)
clerks = Rule(
    "clerks",
    _("the council office"),
    _("You work in the council office."),
    lambda _entry: _holders(Role.CLERK),
    _nothing,
)
second_clerks = Rule(
    "second_clerks",
    _("the council office; where it has one clerk only, the unit and its heads"),
    _("A roll call entered from paper waits for a second person."),
    _second_clerks,
    _nothing,
)
councillors = Rule(
    "councillors",
    _("councillors"),
    _("You are a councillor."),
    lambda _entry: _holders(Role.COUNCILLOR),
    _nothing,
)

secretary = Rule(
    "secretary",
    _("secretary of the public-benefit council"),
    _("You are the secretary of the public-benefit council."),
    _secretary,
)
substitute = Rule(
    "substitute",
    _("the substitute"),
    _("You sign for somebody who is absent."),
    _substitute,
)
asker = Rule(
    "asker",
    _("whoever asked for the erasure"),
    _("You asked for your data to be erased."),
    _asker,
)

override_asker = Rule(
    "override_asker",
    _("whoever asked for the exception"),
    _("You asked for this exception."),
    _override_asker,
)
holder = Rule(
    "holder",
    _("whoever has or asked for the mandate"),
    _("You have, or asked for, this mandate."),
    _holder,
)
deciders = Rule(
    "deciders",
    _("signatories of the organisation, of its drafters"),
    _("You sign for this organisation."),
    _deciders,
)
colleagues = Rule(
    "colleagues",
    _("whoever has, or asked for, a mandate of the organisation"),
    _("You act for this organisation, or asked to."),
    _concerned,
)

RULES = {
    rule.name: rule
    for rule in (
        nobody,
        filer,
        watchers,
        watchers_once_announced,
        watchers_of_a_later_version,
        readers,
        backers,
        members,
        officers,
        officers_when_lost,
        approvers,
        author,
        experts,
        clerks,
        second_clerks,
        councillors,
        secretary,
        substitute,
        holder,
        deciders,
        colleagues,
        asker,
        override_asker,
    )
}

# The first rule that fits a person gives her the reason. What stands under `nobody` comes in one
# act with an event that is told (a version with its announcement, a stage with its round).
WHO_IS_TOLD: dict[str, tuple[Rule, ...]] = {
    "document.add": (nobody,),
    "document.set_goals": (nobody,),
    "document.link_goals": (nobody,),
    "draft.register": (officers,),
    "draft.import_text": (nobody,),
    "draft.publish_version": (watchers_of_a_later_version,),
    "draft.begin_version": (nobody,),
    "draft.discard_version": (nobody,),
    "draft.edit_text": (nobody,),
    "draft.name_cause": (nobody,),
    "draft.drop_cause": (nobody,),
    "draft.place_elements": (nobody,),
    "draft.mark_goals": (nobody,),
    "draft.begin_consultation": (nobody,),
    "draft.begin_review": (nobody,),
    "draft.finish_review": (watchers, clerks, councillors),
    "draft.consult_again": (watchers, members, councillors),
    "draft.take_back": (watchers, officers, councillors),
    "draft.withdraw": (watchers, members, councillors),
    "draft.mark_overdue": (officers, approvers),
    "draft.number_case": (nobody,),
    "draft.move_day": (watchers, officers, clerks),
    "draft.alarm": (watchers, officers, approvers, clerks, councillors),
    "draft.end_alarm": (watchers, officers, approvers, clerks, councillors),
    "draft.record_publication": (watchers,),
    "draft.probe_publication": (officers_when_lost,),
    "draft.enter_into_force": (watchers,),
    "draft.file_execution_report": (watchers, councillors),
    "draft.execution_overdue": (watchers, officers, approvers, councillors),
    "draft.adopt": (watchers, councillors, officers),
    "draft.reject": (watchers, councillors, officers),
    "consultation.plan": (nobody,),
    "consultation.announce": (watchers, members, councillors),
    "consultation.correct": (watchers, members),
    "consultation.prolong": (watchers, members),
    "consultation.cancel": (watchers, members),
    "consultation.plan_way": (watchers_once_announced,),
    "consultation.cancel_way": (watchers_once_announced,),
    "consultation.record_meeting": (watchers,),
    "consultation.probe": (nobody,),
    "consultation.open": (watchers, members),
    "consultation.close": (watchers, officers),
    "comment.file": (filer, officers),
    "comment.admit": (filer, backers, readers),
    "comment.return_for_completion": (filer,),
    "comment.complete": (officers,),
    "comment.number_case": (nobody,),
    "comment.attach": (nobody,),
    "comment.assign": (experts,),
    "comment.set_due": (experts,),
    "comment.mark_overdue": (experts, approvers),
    "comment.advise": (officers,),
    "comment.decline": (officers,),
    "comment.answer": (approvers,),
    "comment.approve": (author, officers),
    "comment.send_back": (author,),
    "comment.add_note": (nobody,),
    "comment.publish": (filer, readers),
    "comment.rate": (nobody,),
    "comment.reply": (filer, officers),
    "comment.show_reply": (filer,),
    "comment.withdraw": (filer, officers),
    "comment.hide": (filer,),
    "comment.leave": (filer,),
    "comment.take_up": (filer,),
    "comment.correct": (filer, officers),
    "comment.stop_naming": (officers,),
    "comment.support": (nobody,),
    "comment.stop_supporting": (nobody,),
    "comment.join_group": (nobody,),
    "comment.leave_group": (nobody,),
    "comment.lead_group": (nobody,),
    "comment.appeal": (officers, approvers),
    "comment.restore": (filer, officers),
    "comment.uphold": (filer,),
    "opinion.request": (secretary,),
    "opinion.give": (officers, councillors),
    "opinion.waive": (officers, councillors),
    "override.ask": (approvers,),
    "override.grant": (override_asker, officers),
    "override.refuse": (override_asker, officers),
    "override.withdraw": (approvers,),
    "override.use": (watchers, councillors),
    "override.lapse": (nobody,),
    "procedure.propose": (approvers,),
    "procedure.enact": (officers, approvers),
    "procedure.refuse": (officers, approvers),
    "procedure.withdraw": (approvers,),
    "report.prepare": (approvers,),
    "report.edit": (nobody,),
    "report.release": (watchers,),
    "council.add_session": (officers, clerks, councillors),
    "council.change_session": (officers, clerks, councillors),
    "council.cancel_session": (officers, clerks, councillors),
    "council_file.submit": (clerks,),
    "council_file.schedule": (watchers, councillors),
    "council_file.send_back": (officers,),
    "council_file.take_off_agenda": (watchers, councillors, officers),
    "council_file.move_two_readings": (watchers, councillors, officers),
    "council_file.decide_two_readings": (watchers, councillors, officers),
    "council_file.begin_reading": (nobody,),
    "council_file.hold_reading": (nobody,),
    "council_file.hold_first_reading": (watchers, councillors, officers),
    "council_file.set_deadlines": (watchers, councillors, officers),
    "council_file.hold_second_reading": (watchers, councillors),
    "amendment.file": (watchers, councillors, officers, clerks),
    "amendment.adopt": (watchers, councillors, officers),
    "amendment.reject": (watchers, councillors, officers),
    "amendment.withdraw": (watchers, councillors, officers),
    "amendment.merge": (clerks,),
    "council_file.give_print_number": (officers,),
    "council_file.record_vote": (watchers, councillors, officers),
    "council_file.enter_vote": (second_clerks,),
    "council_file.return_vote": (clerks,),
    "council_file.correct_vote": (watchers, councillors, officers),
    "council_file.repeat_vote": (watchers, councillors, officers),
    "office.substitute": (substitute, approvers),
    "office.edit_letter": (officers,),
    "office.add_phrase": (nobody,),
    "office.edit_phrase": (nobody,),
    "office.archive_phrase": (nobody,),
    "office.end_substitution": (substitute, approvers),
    "office.grant_role": (approvers,),
    "office.revoke_role": (approvers,),
    "office.add_department": (nobody,),
    "office.add_organisation": (officers,),
    "office.correct_organisation": (colleagues,),
    "office.verify_organisation": (colleagues,),
    "office.switch_sign_off": (colleagues,),
    "office.ask_for_mandate": (officers, deciders),
    "office.add_mandate": (holder,),
    "office.grant_mandate": (holder, deciders),
    "office.refuse_mandate": (holder,),
    "office.end_mandate": (holder, deciders),
    "office.delete_expired": (nobody,),
    "person.ask_erasure": (approvers,),
    "person.take_back_erasure": (approvers,),
    "person.accept_erasure": (asker,),
    "person.refuse_erasure": (asker,),
    "person.remind_erasure": (approvers,),
    "person.erase": (nobody,),
}


def in_words(kind: str) -> list[str]:
    """Who is told of this kind of event, for the documentation."""
    return [str(rule.who) for rule in WHO_IS_TOLD[kind]]


Asked = dict[tuple[str, object], list[int]]


def reasons(entry: Entry, asked: Asked | None = None) -> dict[int, str]:
    """Who the rules name, by the actor's key, with the name of the rule: one query a rule.

    `asked` keeps the answers for further entries that are told together.
    """
    asked = {} if asked is None else asked
    found: dict[int, str] = {}
    for rule in WHO_IS_TOLD[entry.kind]:
        question = (rule.name, rule.reads(entry))
        if question not in asked:
            asked[question] = list(rule.find(entry))
        for actor in [*filter(None, [rule.named(entry)]), *asked[question]]:
            found.setdefault(actor, rule.name)
    return found
