"""Who may do what, and who may see what. Default deny: an action that is not listed is refused.

`can(actor, action, obj)` answers for pages, sockets, exports and templates alike;
`visible(actor, queryset)` keeps what the actor may see. `None` is a visitor.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Protocol, cast

from django.db import connection
from django.db.models import Q, QuerySet
from rules import predicates as rules

from consultations import calendar
from consultations.models import (
    Actor,
    Advice,
    Amendment,
    Attachment,
    Comment,
    CommentDraft,
    Consultation,
    CouncilFile,
    Document,
    Draft,
    Entry,
    ErasureRequest,
    Mandate,
    Opinion,
    OpinionBody,
    Organisation,
    Override,
    ProcedureProposal,
    Report,
    Role,
    RoleGrant,
    Substitution,
)
from consultations.models.clock import now
from consultations.models.comments import PUBLIC_STATES
from consultations.models.plain import Plain

STAFF = (Role.OFFICER, Role.APPROVER, Role.EXPERT, Role.CLERK, Role.AUDITOR, Role.KRDPP_SECRETARY)
READS_ALL = (Role.OFFICER, Role.APPROVER, Role.AUDITOR)


GRANTS_OF = Plain(RoleGrant, "WHERE actor_id = %s AND until IS NULL")


class Predicate(Protocol):
    """A rule that can be joined with others by `&`, `|` and `~` (library `rules`)."""

    def test(self, actor: Actor | None, obj: Any = None) -> bool: ...
    def __or__(self, other: "Predicate") -> "Predicate": ...
    def __and__(self, other: "Predicate") -> "Predicate": ...


def predicate(rule: Callable[[Actor | None, Any], bool]) -> Predicate:
    """A rule of the policy from a plain function."""
    return cast("Predicate", rules.predicate(rule))  # type: ignore[no-untyped-call]


def roles_of(actor: Actor | None) -> dict[str, int | None]:
    """The roles held now, with the department of each; read once for each actor object."""
    if actor is None or not actor.is_person:
        return {}
    held: dict[str, int | None] | None = getattr(actor, "_roles", None)
    if held is None:
        held = {one.role: one.department_id for one in GRANTS_OF.rows(actor.pk)}
        if _may_substitute(held) and _substitutes().filter(substitute=actor).exists():
            held[Role.APPROVER] = None
        actor._roles = held  # type: ignore[attr-defined]  # noqa: SLF001 - a cache on the row
    return held


def _may_substitute(held: Mapping[str, object]) -> bool:
    """Only an officer signs for a head of unit; of anybody else nothing needs to be asked."""
    return Role.OFFICER in held and Role.APPROVER not in held


def _substitutes() -> QuerySet[Substitution]:
    """Who signs today for an absent head of unit who still holds the role."""
    today = calendar.local_day(now())
    heads = RoleGrant.objects.filter(role=Role.APPROVER, until=None).values("actor")
    return Substitution.objects.filter(
        absent__in=heads, first_day__lte=today, last_day__gte=today, ended_at=None
    )


def read_ahead(actors: Collection[Actor]) -> None:
    """Read the roles and mandates of all these actors: three queries, however many."""
    keys = {actor.pk for actor in actors}
    held: dict[int, dict[str, int | None]] = {pk: {} for pk in keys}
    for grant in RoleGrant.objects.filter(actor__in=keys, until=None):
        held[grant.actor_id][grant.role] = grant.department_id
    officers = [pk for pk, roles in held.items() if _may_substitute(roles)]
    for pk in _substitutes().filter(substitute__in=officers).values_list("substitute", flat=True):
        held[pk][Role.APPROVER] = None
    acting: dict[int, list[Mandate]] = {pk: [] for pk in keys}
    for mandate in _running().filter(actor__in=keys):
        acting[mandate.actor_id].append(mandate)
    for one in actors:
        one._roles, one._mandates = held[one.pk], acting[one.pk]  # type: ignore[attr-defined]  # noqa: SLF001 - caches on the row


def acting_role(actor: Actor) -> str:
    """The role the record names: the first of the staff roles, else a commenter."""
    if not actor.is_person:
        return str(actor.kind)
    held = roles_of(actor)
    return next((str(role) for role in Role.values if role in held), "commenter")


def is_staff(actor: Actor | None) -> bool:
    """Whether the actor holds any role inside the city's offices."""
    return any(role in STAFF for role in roles_of(actor))


def _has(*wanted: str) -> Predicate:
    def holds(actor: Actor | None, _obj: Any = None) -> bool:
        return any(role in roles_of(actor) for role in wanted)

    return predicate(holds)


@predicate
def anybody(_actor: Actor | None, _obj: Any = None) -> bool:
    return True


@predicate
def signed_in(actor: Actor | None, _obj: Any = None) -> bool:
    return actor is not None and actor.is_person


@predicate
def clock(actor: Actor | None, _obj: Any = None) -> bool:
    return actor is not None and actor.is_clock


@predicate
def operator(actor: Actor | None, _obj: Any = None) -> bool:
    return actor is not None and actor.is_operator


@predicate
def author(actor: Actor | None, obj: Any = None) -> bool:
    """The private person who filed the comment, or a signatory of the organisation it is of."""
    if actor is None or not isinstance(obj, Comment):
        return False
    if obj.organisation_id is None:
        return obj.filed_by_id == actor.pk
    return mandate_to_sign(actor, obj.organisation_id) is not None


@predicate
def filer(actor: Actor | None, obj: Any = None) -> bool:
    """Whose name it is."""
    return actor is not None and isinstance(obj, Comment) and obj.filed_by_id == actor.pk


@predicate
def not_own_comment(actor: Actor | None, obj: Any = None) -> bool:
    """Neither hers nor her organisation's; without a comment the question is open."""
    return not (isinstance(obj, Comment) and is_theirs(actor, obj))


@predicate
def not_own_answer(actor: Actor | None, obj: Any = None) -> bool:
    """Nobody approves what they wrote; without an answer at hand the question is open."""
    given = getattr(obj, "given_answer", None)
    return actor is not None and (given is None or given.author_id != actor.pk)


@predicate
def not_who_hid(actor: Actor | None, obj: Any = None) -> bool:
    """Nobody decides an appeal against what they hid, or what they filed."""
    if actor is None or not isinstance(obj, Comment):
        return actor is not None
    hidings = obj.entries.filter(kind="comment.hide").order_by("-seq")
    hid = hidings.values_list("actor", flat=True).first()
    return actor.pk not in (hid, obj.filed_by_id)


@predicate
def own_department(actor: Actor | None, obj: Any = None) -> bool:
    """The comment is with the expert's department; without a comment the question is open."""
    if not isinstance(obj, Comment):
        return True
    department = roles_of(actor).get(Role.EXPERT)
    return department is not None and obj.department_id == department


@predicate
def not_own_report(actor: Actor | None, obj: Any = None) -> bool:
    """Nobody releases the report they prepared; without a report the question is open."""
    if not isinstance(obj, Report):
        return actor is not None
    return actor is not None and obj.prepared_by_id != actor.pk


@predicate
def not_own_override(actor: Actor | None, obj: Any = None) -> bool:
    """Nobody grants or refuses the exception they asked for."""
    if not isinstance(obj, Override):
        return actor is not None
    return actor is not None and obj.asked_by_id != actor.pk


@predicate
def own_override(actor: Actor | None, obj: Any = None) -> bool:
    """Whoever asked for the exception; without one at hand, who may ask for one."""
    if not isinstance(obj, Override):
        return _may_ask(actor)
    return actor is not None and obj.asked_by_id == actor.pk


@predicate
def does_its_act(actor: Actor | None, obj: Any = None) -> bool:
    """Whoever may do the act that passes over the condition."""
    return can(actor, obj.act_kind) if isinstance(obj, Override) else _may_ask(actor)


def _may_ask(actor: Actor | None) -> bool:
    """Unit and council office: theirs are the acts an exception can concern."""
    return any(role in roles_of(actor) for role in (Role.OFFICER, Role.CLERK))


@predicate
def not_own_proposal(actor: Actor | None, obj: Any = None) -> bool:
    """Nobody puts in force, or refuses, the rules they proposed."""
    if not isinstance(obj, ProcedureProposal):
        return actor is not None
    return actor is not None and obj.proposed_by_id != actor.pk


@predicate
def own_proposal(actor: Actor | None, obj: Any = None) -> bool:
    """Whoever proposed the rules; without a proposal at hand the question is open."""
    if not isinstance(obj, ProcedureProposal):
        return actor is not None
    return actor is not None and obj.proposed_by_id == actor.pk


@predicate
def not_own_request(actor: Actor | None, obj: Any = None) -> bool:
    """Nobody decides on erasing their own data; without a request the question is open."""
    if not isinstance(obj, ErasureRequest):
        return actor is not None
    return actor is not None and obj.actor_id != actor.pk


@predicate
def accepted_erasure(_actor: Actor | None, obj: Any = None) -> bool:
    """A head of unit accepted that person's request; without a person the question is open."""
    if not isinstance(obj, Actor):
        return True
    return obj.erasure_requests.filter(state="accepted").exists()


@predicate
def gives_opinion(actor: Actor | None, obj: Any = None) -> bool:
    """The secretary enters the public-benefit council's opinion; of others, unit and clerk do."""
    held = roles_of(actor)
    others = Role.OFFICER in held or Role.CLERK in held
    if not isinstance(obj, Opinion):
        return others or Role.KRDPP_SECRETARY in held
    secretary = obj.body == OpinionBody.PUBLIC_BENEFIT_COUNCIL
    return Role.KRDPP_SECRETARY in held if secretary else others


@predicate
def asks_opinion(actor: Actor | None, obj: Any = None) -> bool:
    """The unit; and of committees the council office, while the council has the draft."""
    held = roles_of(actor)
    if Role.OFFICER in held:
        return True
    return Role.CLERK in held and (not isinstance(obj, Draft) or obj.state == "council_vote")


@predicate
def files_amendment(actor: Actor | None, obj: Any = None) -> bool:
    """The council office files what was handed in; the unit only the sponsor's own ones."""
    held = roles_of(actor)
    if Role.CLERK in held:
        return True
    return Role.OFFICER in held and (not isinstance(obj, Amendment) or obj.kind == "own")


@predicate
def signatory(actor: Actor | None, obj: Any = None) -> bool:
    """Who signs for the organisation; without one at hand, for any."""
    if not isinstance(obj, Organisation):
        return bool(signs_for(actor))
    return mandate_to_sign(actor, obj.pk) is not None


@predicate
def signatory_of_drafter(actor: Actor | None, obj: Any = None) -> bool:
    """A signatory decides on drafters of her own organisation, never on other signatories."""
    if not isinstance(obj, Mandate):
        return bool(signs_for(actor))
    return not obj.is_signatory and mandate_to_sign(actor, obj.organisation_id) is not None


@predicate
def own_mandate(actor: Actor | None, obj: Any = None) -> bool:
    """Whoever has a mandate may lay it down."""
    if not isinstance(obj, Mandate):
        return bool(mandates_of(actor))
    return actor is not None and obj.actor_id == actor.pk


@predicate
def second_clerk(actor: Actor | None, obj: Any = None) -> bool:
    """Another clerk than who entered the roll call from paper.

    In an office of one clerk the unit or its head stands in for the second; without a roll call
    that waits, the question is open.
    """
    sheet = getattr(obj, "waiting_sheet", None) if isinstance(obj, CouncilFile) else None
    held = roles_of(actor)
    stands_in = Role.OFFICER in held or Role.APPROVER in held
    if actor is None or sheet is None:
        return Role.CLERK in held or stands_in
    if actor.pk == sheet.entered_by_id:
        return False
    return Role.CLERK in held or (stands_in and not _clerks(actor) - {sheet.entered_by_id})


@predicate
def stands_in_for_clerk(actor: Actor | None, obj: Any = None) -> bool:
    """Who confirms what the only clerk entered also does the act it leads to."""
    waits = isinstance(obj, CouncilFile) and obj.waiting_sheet is not None
    return waits and second_clerk.test(actor, obj)


def _clerks(actor: Actor) -> set[int]:
    """Who works in the council office now; read once for each actor object that asks."""
    found: set[int] | None = getattr(actor, "_clerks", None)
    if found is None:
        clerks = RoleGrant.objects.filter(role=Role.CLERK, until=None)
        found = set(clerks.values_list("actor", flat=True))
        actor._clerks = found  # type: ignore[attr-defined]  # noqa: SLF001 - a cache on the row
    return found


officer, expert, approver, clerk = (
    _has(Role.OFFICER),
    _has(Role.EXPERT),
    _has(Role.APPROVER),
    _has(Role.CLERK),
)
staff = _has(*STAFF)
councillor = _has(Role.COUNCILLOR)

# action: (predicate, who in words, as keys of `wording.WHO`)
ACTIONS: dict[str, tuple[Predicate, tuple[str, ...]]] = {
    "document.add": (officer, ("officer",)),
    "document.set_goals": (officer, ("officer",)),
    "document.link_goals": (officer, ("officer",)),
    "draft.register": (officer, ("officer",)),
    "draft.import_text": (officer, ("officer",)),
    "draft.publish_version": (officer, ("officer",)),
    "draft.begin_version": (officer | expert, ("officer", "expert")),
    "draft.discard_version": (officer, ("officer",)),
    "draft.edit_text": (officer, ("officer",)),
    "draft.name_cause": (officer, ("officer",)),
    "draft.drop_cause": (officer, ("officer",)),
    "draft.place_elements": (officer, ("officer",)),
    "draft.mark_goals": (officer, ("officer",)),
    "draft.begin_consultation": (clock, ("clock",)),
    "draft.begin_review": (clock, ("clock",)),
    "draft.finish_review": (officer, ("officer",)),
    "draft.consult_again": (officer, ("officer",)),
    "draft.take_back": (clerk, ("clerk",)),
    "draft.withdraw": (officer, ("officer",)),
    "draft.mark_overdue": (clock, ("clock",)),
    "draft.number_case": (officer, ("officer",)),
    "draft.move_day": (officer, ("officer",)),
    "draft.alarm": (clock, ("clock",)),
    "draft.end_alarm": (clock, ("clock",)),
    "draft.record_publication": (officer | clerk, ("officer", "clerk")),
    "draft.probe_publication": (clock, ("clock",)),
    "draft.enter_into_force": (officer | clerk, ("officer", "clerk")),
    "draft.file_execution_report": (officer, ("officer",)),
    "draft.execution_overdue": (clock, ("clock",)),
    "draft.adopt": (clerk, ("clerk",)),
    "draft.reject": (clerk, ("clerk",)),
    "consultation.plan": (officer, ("officer",)),
    "consultation.announce": (officer, ("officer",)),
    "consultation.correct": (officer, ("officer",)),
    "consultation.prolong": (officer, ("officer",)),
    "consultation.cancel": (officer, ("officer",)),
    "consultation.plan_way": (officer, ("officer",)),
    "consultation.cancel_way": (officer, ("officer",)),
    "consultation.record_meeting": (officer, ("officer",)),
    "consultation.probe": (clock, ("clock",)),
    "consultation.open": (clock, ("clock",)),
    "consultation.close": (clock, ("clock",)),
    "comment.file": (signed_in, ("signed_in",)),
    "comment.record": (officer, ("officer",)),
    "comment.admit": (officer, ("officer",)),
    "comment.return_for_completion": (officer, ("officer",)),
    "comment.complete": (author | officer, ("author", "officer")),
    "comment.number_case": (officer, ("officer",)),
    "comment.attach": (officer, ("officer",)),
    "comment.assign": (officer, ("officer",)),
    "comment.set_due": (officer, ("officer",)),
    "comment.mark_overdue": (clock, ("clock",)),
    "comment.advise": (expert & own_department, ("expert",)),
    "comment.decline": (expert & own_department, ("expert",)),
    "comment.answer": (officer | (expert & own_department), ("officer", "expert")),
    "comment.approve": (approver & not_own_answer, ("second_person",)),
    "comment.send_back": (approver, ("approver",)),
    "comment.add_note": (officer | approver, ("officer", "approver")),
    "comment.publish": (officer | approver, ("officer", "approver")),
    "comment.rate": (author, ("author",)),
    "comment.reply": (author, ("author",)),
    "comment.show_reply": (officer, ("officer",)),
    "comment.withdraw": (author, ("author",)),
    "comment.hide": (officer, ("officer",)),
    "comment.leave": (officer, ("officer",)),
    "comment.take_up": (officer, ("officer",)),
    "comment.correct": (author, ("author",)),
    "comment.stop_naming": (filer, ("filer",)),
    "comment.support": (signed_in & not_own_comment, ("not_author",)),
    "comment.stop_supporting": (signed_in, ("signed_in",)),
    "comment.join_group": (officer, ("officer",)),
    "comment.leave_group": (officer, ("officer",)),
    "comment.lead_group": (officer, ("officer",)),
    "comment.appeal": (author, ("author",)),
    "comment.restore": ((officer | approver) & not_who_hid, ("another_person",)),
    "comment.uphold": ((officer | approver) & not_who_hid, ("another_person",)),
    "council_file.submit": (officer, ("officer",)),
    "council_file.schedule": (clerk, ("clerk",)),
    "council_file.send_back": (clerk, ("clerk",)),
    "council.add_session": (clerk | officer, ("clerk", "officer")),
    "council.change_session": (clerk | officer, ("clerk", "officer")),
    "council.cancel_session": (clerk | officer, ("clerk", "officer")),
    "council_file.take_off_agenda": (clerk, ("clerk",)),
    "council_file.move_two_readings": (clerk, ("clerk",)),
    "council_file.decide_two_readings": (clerk, ("clerk",)),
    "council_file.begin_reading": (clerk, ("clerk",)),
    "council_file.hold_reading": (clerk, ("clerk",)),
    "council_file.hold_first_reading": (clerk, ("clerk",)),
    "council_file.set_deadlines": (clerk, ("clerk",)),
    "council_file.hold_second_reading": (clerk, ("clerk",)),
    "amendment.file": (files_amendment, ("clerk", "officer_own")),
    "amendment.adopt": (clerk, ("clerk",)),
    "amendment.reject": (clerk, ("clerk",)),
    "amendment.withdraw": (clerk, ("clerk",)),
    "amendment.merge": (officer, ("officer",)),
    "opinion.request": (asks_opinion, ("officer", "clerk_committee")),
    "opinion.give": (gives_opinion, ("krdpp_secretary", "officer", "clerk")),
    "opinion.waive": (clock, ("clock",)),
    "override.ask": (does_its_act, ("officer", "clerk")),
    "override.grant": (approver & not_own_override, ("not_asker",)),
    "override.refuse": (approver & not_own_override, ("not_asker",)),
    "override.withdraw": (own_override, ("override_asker",)),
    "override.use": (does_its_act, ("does_its_act",)),
    "override.lapse": (officer | clerk, ("officer", "clerk")),
    "procedure.propose": (officer | approver, ("officer", "approver")),
    "procedure.enact": (approver & not_own_proposal, ("not_proposer",)),
    "procedure.refuse": (approver & not_own_proposal, ("not_proposer",)),
    "procedure.withdraw": ((officer | approver) & own_proposal, ("proposer",)),
    "report.prepare": (officer, ("officer",)),
    "report.edit": (officer, ("officer",)),
    "report.release": (approver & not_own_report, ("approver",)),
    "office.substitute": (approver, ("approver",)),
    "office.edit_letter": (officer, ("officer",)),
    "office.add_phrase": (officer, ("officer",)),
    "office.edit_phrase": (officer, ("officer",)),
    "office.archive_phrase": (officer, ("officer",)),
    "office.end_substitution": (approver, ("approver",)),
    "office.grant_role": (operator, ("operator",)),
    "office.revoke_role": (operator, ("operator",)),
    "office.add_department": (operator, ("operator",)),
    "office.add_organisation": (signed_in | operator, ("signed_in", "operator")),
    "office.correct_organisation": (officer, ("officer",)),
    "office.verify_organisation": (officer | operator, ("officer", "operator")),
    "office.switch_sign_off": (officer | signatory, ("officer", "signatory")),
    "office.ask_for_mandate": (signed_in, ("signed_in",)),
    "office.add_mandate": (operator, ("operator",)),
    "office.grant_mandate": (officer | signatory_of_drafter, ("officer", "signatory")),
    "office.refuse_mandate": (officer | signatory_of_drafter, ("officer", "signatory")),
    "office.end_mandate": (
        officer | operator | signatory_of_drafter | own_mandate,
        ("officer", "operator", "signatory", "own_mandate"),
    ),
    "office.delete_expired": (clock | operator, ("clock", "operator")),
    "person.ask_erasure": (signed_in, ("signed_in",)),
    "person.take_back_erasure": (signed_in, ("signed_in",)),
    "person.accept_erasure": (approver & not_own_request, ("approver",)),
    "person.refuse_erasure": (approver & not_own_request, ("approver",)),
    "person.remind_erasure": (clock, ("clock",)),
    "person.erase": (
        approver | operator | (clock & accepted_erasure),
        ("approver", "operator", "clock"),
    ),
    "council_file.give_print_number": (clerk, ("clerk",)),
    "council_file.record_vote": (clerk | stands_in_for_clerk, ("clerk",)),
    "council_file.enter_vote": (clerk, ("clerk",)),
    "council_file.return_vote": (
        clerk | second_clerk,
        ("clerk", "second_clerk"),
    ),
    "council_file.confirm_vote": (second_clerk, ("second_clerk",)),
    "council_file.correct_vote": (clerk | stands_in_for_clerk, ("clerk",)),
    "council_file.repeat_vote": (clerk | stands_in_for_clerk, ("clerk",)),
    # what one may look at
    "public": (anybody, ("anybody",)),
    "signed_in": (signed_in, ("signed_in",)),
    "desk.see": (staff, ("staff",)),
    "office.see": (officer, ("officer",)),
    "names.see": (_has(*READS_ALL), ("reads_names",)),
    "workload.see": (_has(*READS_ALL), ("reads_names",)),
    "council.see": (staff | councillor, ("staff", "councillor")),
    "tasks.see": (signed_in, ("signed_in",)),
}


def can(actor: Actor | None, action: str, obj: Any = None) -> bool:
    """Whether `actor` may do `action` to `obj`; KeyError for an action nobody declared."""
    rule, _who = ACTIONS[action]
    return bool(rule.test(actor, obj))


def mandates_of(actor: Actor | None) -> list[Mandate]:
    """The running mandates, by the organisation's name; read once for each actor object."""
    if actor is None:
        return []
    held: list[Mandate] | None = getattr(actor, "_mandates", None)
    if held is None:
        instant = connection.ops.adapt_datetimefield_value(now())
        held = RUNNING_OF.rows(actor.pk, instant, instant)
        actor._mandates = held  # type: ignore[attr-defined]  # noqa: SLF001 - a cache on the row
    return held


# As `_running`, of one actor: every filing asks it.
RUNNING_OF = Plain(
    Mandate,
    "WHERE actor_id = %s AND (until IS NULL OR until > %s) AND since <= %s"
    f" ORDER BY {Organisation._meta.db_table}.name",
    beside="organisation",
)


def _running() -> QuerySet[Mandate]:
    running: QuerySet[Mandate] = Mandate.objects.running()
    return running.select_related("organisation").order_by("organisation__name")


def speaks_for(actor: Actor | None) -> list[Organisation]:
    """Where the actor drafts or signs now, by name: reads its comments, prepares and is told."""
    return [one.organisation for one in mandates_of(actor)]


def signs_for(actor: Actor | None) -> list[Organisation]:
    """Where the actor is a signatory now, by name: files, completes and withdraws as well."""
    return [one.organisation for one in mandates_of(actor) if one.is_signatory]


def mandate_to_sign(actor: Actor | None, organisation: int) -> Mandate | None:
    """The mandate under which the actor may sign for this organisation now."""
    held = (one for one in mandates_of(actor) if one.organisation_id == organisation)
    return next((one for one in held if one.is_signatory), None)


def organisations_of(actor: Actor | None) -> set[int]:
    """Ids of the organisations the actor may speak for now."""
    return {one.pk for one in speaks_for(actor)}


def is_theirs(actor: Actor | None, comment: Comment) -> bool:
    """Whether the comment is the actor's: her own, or of an organisation she speaks for now."""
    if comment.organisation_id is None:
        return actor is not None and comment.filed_by_id == actor.pk
    return comment.organisation_id in organisations_of(actor)


def theirs(actor: Actor) -> Q:
    """As `is_theirs`, of rows."""
    own = Q(filed_by=actor, organisation=None)
    return own | Q(organisation__in=organisations_of(actor))


def theirs_to_act_on(actor: Actor) -> Q:
    """As the rule `author`, of rows."""
    own = Q(filed_by=actor, organisation=None)
    return own | Q(organisation__in=[one.pk for one in signs_for(actor)])


def may_write(actor: Actor | None, draft: CommentDraft) -> bool:
    """Whether the draft of a comment is the actor's own, or of whom the actor speaks for."""
    if actor is None:
        return False
    if draft.organisation_id is None:
        return draft.author_id == actor.pk
    return draft.organisation_id in organisations_of(actor)


def visible(actor: Actor | None, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The rows of `queryset` the actor may see; TypeError for a model without a rule."""
    if queryset.model not in VISIBLE:
        raise TypeError(f"no rule says who sees {queryset.model.__name__}")
    return queryset.filter(VISIBLE[queryset.model](actor))


def _announced(actor: Actor | None) -> Q:
    return Q() if is_staff(actor) else Q(announced_at__isnull=False)


def sees_round(actor: Actor | None, one: Consultation) -> bool:
    """As `visible`, of a round that is read already."""
    return is_staff(actor) or one.announced_at is not None  # roles are read before any lock


def _announced_case(actor: Actor | None, path: str) -> Q:
    """Only drafts of which a round was announced; a subquery, so that rows stay lockable."""
    if is_staff(actor):
        return Q()
    announced = Consultation.objects.filter(announced_at__isnull=False)
    return Q(**{f"{path}__in": announced.values("draft")})


def _comments(actor: Actor | None) -> Q:
    held = roles_of(actor)
    if any(role in held for role in READS_ALL):
        return Q()
    seen = Q(state__in=PUBLIC_STATES)
    if actor is not None:
        seen |= theirs(actor)
    if Role.EXPERT in held:
        seen |= Q(department=held[Role.EXPERT])
    return seen


def _drafts_of_comments(actor: Actor | None) -> Q:
    """One's own, and those of the organisations one speaks for: nobody else, no office either."""
    if actor is None:
        return Q(pk__in=())
    own = Q(author=actor, organisation=None)
    return own | Q(organisation__in=organisations_of(actor))


def _attachments(actor: Actor | None) -> Q:
    """Of a draft: those who write it. Of a comment: its author, the office, its department."""
    if actor is None:
        return Q(pk__in=())
    ours = organisations_of(actor)
    seen = Q(draft__author=actor, draft__organisation=None) | Q(draft__organisation__in=ours)
    held = roles_of(actor)
    if any(role in held for role in READS_ALL):
        return seen | Q(comment__isnull=False)
    seen |= Q(comment__filed_by=actor, comment__organisation=None)
    seen |= Q(comment__organisation__in=ours)
    if Role.EXPERT in held:
        seen |= Q(comment__department=held[Role.EXPERT])
    return seen


def _advice(actor: Actor | None) -> Q:
    """What a department told the unit: for the office, and for that department."""
    held = roles_of(actor)
    if any(role in held for role in READS_ALL):
        return Q()
    return Q(department=held[Role.EXPERT]) if Role.EXPERT in held else Q(pk__in=())


def _entries(actor: Actor | None) -> Q:
    if any(role in roles_of(actor) for role in READS_ALL):
        return Q()
    return (
        Q(kind__in=PUBLIC_KINDS)
        & (Q(comment=None) | Q(comment__state__in=PUBLIC_STATES))
        & (Q(case=None) | _announced_case(None, "case"))
    )


# Kinds of events everybody may read in the record of an announced draft.
PUBLIC_KINDS = (
    "draft.publish_version",
    "draft.begin_consultation",
    "draft.begin_review",
    "draft.finish_review",
    "draft.adopt",
    "draft.reject",
    "consultation.announce",
    "consultation.plan_way",
    "consultation.cancel_way",
    "consultation.record_meeting",
    "consultation.correct",
    "consultation.prolong",
    "consultation.cancel",
    "consultation.probe",
    "consultation.open",
    "consultation.close",
    "comment.admit",
    "comment.publish",
    "draft.consult_again",
    "draft.take_back",
    "draft.withdraw",
    "draft.record_publication",
    "draft.probe_publication",
    "draft.enter_into_force",
    "draft.file_execution_report",
    "draft.execution_overdue",
    "draft.move_day",
    "draft.alarm",
    "draft.end_alarm",
    "council.add_session",
    "council.change_session",
    "council.cancel_session",
    "opinion.request",
    "opinion.give",
    "opinion.waive",
    "report.release",
    "procedure.enact",
    "override.ask",
    "override.grant",
    "override.refuse",
    "override.withdraw",
    "override.use",
    "override.lapse",
    "council_file.submit",
    "council_file.schedule",
    "council_file.send_back",
    "council_file.take_off_agenda",
    "council_file.move_two_readings",
    "council_file.decide_two_readings",
    "council_file.begin_reading",
    "council_file.hold_reading",
    "council_file.hold_first_reading",
    "council_file.set_deadlines",
    "council_file.hold_second_reading",
    "amendment.file",
    "amendment.adopt",
    "amendment.reject",
    "amendment.withdraw",
    "amendment.merge",
    "council_file.give_print_number",
    "council_file.record_vote",
    "council_file.correct_vote",
    "council_file.repeat_vote",
)

VISIBLE: dict[Any, Callable[[Actor | None], Q]] = {
    Document: lambda _actor: Q(),
    Organisation: lambda _actor: Q(),
    Consultation: _announced,
    Draft: lambda actor: _announced_case(actor, "pk"),
    CouncilFile: lambda actor: _announced_case(actor, "draft"),
    Amendment: lambda actor: _announced_case(actor, "council_file__draft"),
    Opinion: lambda actor: _announced_case(actor, "draft"),
    Override: lambda actor: _announced_case(actor, "draft"),
    Report: lambda actor: Q() if is_staff(actor) else Q(state="released"),
    Comment: _comments,
    CommentDraft: _drafts_of_comments,
    Attachment: _attachments,
    Advice: _advice,
    Entry: _entries,
}
