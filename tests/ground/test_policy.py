"""Who may do what: every action and every role, against a table written by hand."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from consultations import policy, wording
from consultations.models import Actor, Answer, Comment, Department, Role, RoleGrant
from consultations.models.clock import now
from consultations.models.people import operator
from consultations.services import comments
from tests.world import World, staff

EVERYBODY = {
    *("visitor", "clock", "outsider", "ngo", "officer", "expert", "approver"),
    *("clerk", "councillor", "auditor", "krdpp_secretary", "operator"),
}
PERSONS = EVERYBODY - {"visitor", "clock", "operator"}
STAFF = {"officer", "expert", "approver", "clerk", "auditor", "krdpp_secretary"}
TABLE: dict[str, set[str]] = {
    "document.add": {"officer"},
    "document.set_goals": {"officer"},
    "document.link_goals": {"officer"},
    "draft.register": {"officer"},
    "draft.import_text": {"officer"},
    "draft.publish_version": {"officer"},
    "draft.begin_version": {"officer", "expert"},
    "draft.discard_version": {"officer"},
    "draft.edit_text": {"officer"},
    "draft.name_cause": {"officer"},
    "draft.drop_cause": {"officer"},
    "draft.place_elements": {"officer"},
    "draft.mark_goals": {"officer"},
    "draft.begin_consultation": {"clock"},
    "draft.begin_review": {"clock"},
    "draft.finish_review": {"officer"},
    "draft.consult_again": {"officer"},
    "draft.take_back": {"clerk"},
    "draft.withdraw": {"officer"},
    "draft.mark_overdue": {"clock"},
    "draft.number_case": {"officer"},
    "draft.move_day": {"officer"},
    "draft.probe_publication": {"clock"},
    "draft.enter_into_force": {"officer", "clerk"},
    "draft.file_execution_report": {"officer"},
    "draft.execution_overdue": {"clock"},
    "draft.alarm": {"clock"},
    "draft.end_alarm": {"clock"},
    "draft.record_publication": {"officer", "clerk"},
    "draft.adopt": {"clerk"},
    "draft.reject": {"clerk"},
    "consultation.plan": {"officer"},
    "consultation.announce": {"officer"},
    "consultation.correct": {"officer"},
    "consultation.prolong": {"officer"},
    "consultation.cancel": {"officer"},
    "consultation.plan_way": {"officer"},
    "consultation.cancel_way": {"officer"},
    "consultation.record_meeting": {"officer"},
    "consultation.probe": {"clock"},
    "consultation.open": {"clock"},
    "consultation.close": {"clock"},
    "comment.file": PERSONS,
    "comment.record": {"officer"},
    "comment.admit": {"officer"},
    "comment.return_for_completion": {"officer"},
    "comment.complete": {"ngo", "officer"},
    "comment.number_case": {"officer"},
    "comment.attach": {"officer"},
    "comment.assign": {"officer"},
    "comment.set_due": {"officer"},
    "comment.mark_overdue": {"clock"},
    "comment.advise": {"expert"},
    "comment.decline": {"expert"},
    "comment.answer": {"officer", "expert"},
    "comment.approve": {"approver"},
    "comment.send_back": {"approver"},
    "comment.add_note": {"officer", "approver"},
    "comment.publish": {"officer", "approver"},
    "comment.rate": {"ngo"},
    "comment.reply": {"ngo"},
    "comment.show_reply": {"officer"},
    "comment.withdraw": {"ngo"},
    "comment.hide": {"officer"},
    "comment.leave": {"officer"},
    "comment.take_up": {"officer"},
    "comment.correct": {"ngo"},
    "comment.stop_naming": {"ngo"},
    "comment.support": PERSONS - {"ngo"},
    "comment.stop_supporting": PERSONS,
    "comment.join_group": {"officer"},
    "comment.leave_group": {"officer"},
    "comment.lead_group": {"officer"},
    "comment.appeal": {"ngo"},
    "comment.restore": {"officer", "approver"},
    "comment.uphold": {"officer", "approver"},
    "council_file.submit": {"officer"},
    "council_file.schedule": {"clerk"},
    "council_file.send_back": {"clerk"},
    "council.add_session": {"officer", "clerk"},
    "council.change_session": {"officer", "clerk"},
    "council.cancel_session": {"officer", "clerk"},
    "council_file.take_off_agenda": {"clerk"},
    "council_file.move_two_readings": {"clerk"},
    "council_file.decide_two_readings": {"clerk"},
    "council_file.begin_reading": {"clerk"},
    "council_file.hold_reading": {"clerk"},
    "council_file.hold_first_reading": {"clerk"},
    "council_file.set_deadlines": {"clerk"},
    "council_file.hold_second_reading": {"clerk"},
    "amendment.file": {"clerk", "officer"},
    "amendment.adopt": {"clerk"},
    "amendment.reject": {"clerk"},
    "amendment.withdraw": {"clerk"},
    "amendment.merge": {"officer"},
    "opinion.request": {"officer", "clerk"},
    "opinion.give": {"officer", "clerk", "krdpp_secretary"},
    "opinion.waive": {"clock"},
    "override.ask": {"officer", "clerk"},
    "override.grant": {"approver"},
    "override.refuse": {"approver"},
    "override.withdraw": {"officer", "clerk"},
    "override.use": {"officer", "clerk"},
    "override.lapse": {"officer", "clerk"},
    "procedure.propose": {"officer", "approver"},
    "procedure.enact": {"approver"},
    "procedure.refuse": {"approver"},
    "procedure.withdraw": {"officer", "approver"},
    "report.prepare": {"officer"},
    "report.edit": {"officer"},
    "report.release": {"approver"},
    "office.substitute": {"approver"},
    "office.edit_letter": {"officer"},
    "office.add_phrase": {"officer"},
    "office.edit_phrase": {"officer"},
    "office.archive_phrase": {"officer"},
    "office.end_substitution": {"approver"},
    "office.grant_role": {"operator"},
    "office.revoke_role": {"operator"},
    "office.add_department": {"operator"},
    "office.add_organisation": {*PERSONS, "operator"},
    "office.correct_organisation": {"officer"},
    "office.verify_organisation": {"officer", "operator"},
    "office.switch_sign_off": {"officer", "ngo"},
    "office.ask_for_mandate": PERSONS,
    "office.add_mandate": {"operator"},
    "office.grant_mandate": {"officer", "ngo"},
    "office.refuse_mandate": {"officer", "ngo"},
    "office.end_mandate": {"officer", "operator", "ngo"},
    "office.delete_expired": {"clock", "operator"},
    "person.ask_erasure": PERSONS,
    "person.take_back_erasure": PERSONS,
    "person.accept_erasure": {"approver"},
    "person.refuse_erasure": {"approver"},
    "person.remind_erasure": {"clock"},
    "person.erase": {"approver", "operator", "clock"},
    "names.see": {"officer", "approver", "auditor"},
    "council_file.give_print_number": {"clerk"},
    "council_file.record_vote": {"clerk"},
    "council_file.enter_vote": {"clerk"},
    "council_file.return_vote": {"clerk", "officer", "approver"},
    "council_file.confirm_vote": {"clerk", "officer", "approver"},
    "council_file.correct_vote": {"clerk"},
    "council_file.repeat_vote": {"clerk"},
    "public": EVERYBODY,
    "signed_in": PERSONS,
    "desk.see": STAFF,
    "office.see": {"officer"},
    "workload.see": {"officer", "approver", "auditor"},
    "council.see": {*STAFF, "councillor"},
    "tasks.see": PERSONS,
}
# Whom each word of `wording.WHO` stands for.
WORDS = {
    "clock": {"clock"},
    "operator": {"operator"},
    "officer": {"officer"},
    "expert": {"expert"},
    "approver": {"approver"},
    "second_person": {"approver"},
    "another_person": {"officer", "approver"},
    "officer_own": {"officer"},
    "clerk_committee": {"clerk"},
    "clerk": {"clerk"},
    "not_proposer": {"approver"},
    "proposer": {"officer", "approver"},
    "not_asker": {"approver"},
    "override_asker": {"officer", "clerk"},
    "does_its_act": {"officer", "clerk"},
    "second_clerk": {"clerk", "officer", "approver"},
    "councillor": {"councillor"},
    "staff": STAFF,
    "author": {"ngo"},
    "signatory": {"ngo"},
    "own_mandate": {"ngo"},
    "filer": {"ngo"},
    "not_author": PERSONS - {"ngo"},
    "krdpp_secretary": {"krdpp_secretary"},
    "reads_names": {"officer", "approver", "auditor"},
    "signed_in": PERSONS,
    "anybody": EVERYBODY,
}


MADE_HERE = {"visitor", "krdpp_secretary", "operator"}


def cast_of(world: World) -> dict[str, Actor | None]:
    return {
        "visitor": None,
        "krdpp_secretary": staff("krdpp@urzad.test", Role.KRDPP_SECRETARY),
        "operator": operator(),
        **{name: getattr(world, name) for name in EVERYBODY - MADE_HERE},
    }


@pytest.fixture
def comment(world: World) -> Comment:
    """An admitted comment of the NGO, with the expert's department, answered by nobody."""
    admitted = world.admitted(world.opened())
    return comments.assign_comment(admitted, department=world.department, by=world.officer)


def test_each_action_is_for_the_roles_of_the_table_and_nobody_else(
    world: World, comment: Comment
) -> None:
    cast = cast_of(world)
    assert {
        action: {name for name, actor in cast.items() if policy.can(actor, action, comment)}
        for action in policy.ACTIONS
    } == TABLE


@pytest.mark.parametrize("action", TABLE)
def test_the_words_for_who_may_say_what_the_rule_does(action: str) -> None:
    _rule, words = policy.ACTIONS[action]
    assert set().union(*(WORDS[word] for word in words)) == TABLE[action]
    assert set(words) <= set(wording.WHO)


def test_an_action_nobody_declared_is_refused_loudly(world: World) -> None:
    with pytest.raises(KeyError):
        policy.can(world.officer, "comment.burn")


def test_a_thing_without_a_rule_is_shown_to_nobody(world: World) -> None:
    with pytest.raises(TypeError):
        policy.visible(world.officer, RoleGrant.objects.all())


def test_an_expert_answers_for_the_own_department_only(world: World, comment: Comment) -> None:
    other = staff("inny@urzad.test", Role.EXPERT, Department.objects.create(slug="kultura"))
    allowed = [policy.can(one, "comment.answer", comment) for one in (world.expert, other)]
    assert allowed == [True, False]


def test_nobody_approves_their_own_answer(world: World, comment: Comment) -> None:
    """The control is the other approver, who may."""
    RoleGrant.objects.create(actor=world.approver, role=Role.OFFICER, since=now())
    both = Actor.objects.get(pk=world.approver.pk)
    from_both: dict[str, Any] = {
        "outcome": "rejected",
        "reasons": "Bo tak.",
        "author": both,
        "answered_at": now(),
    }
    comment.given_answer = Answer(**from_both)
    second = staff("drugi-kierownik@urzad.test", Role.APPROVER)
    allowed = [policy.can(one, "comment.approve", comment) for one in (both, second)]
    assert allowed == [False, True]


def test_only_the_author_or_the_organisation_withdraws(world: World) -> None:
    consultation = world.opened()
    private = world.comment(consultation, by=world.outsider, organisation=None)
    theirs = world.comment(consultation)
    people = (world.outsider, world.ngo, world.officer)
    assert [
        [policy.can(one, "comment.withdraw", comment) for one in people]
        for comment in (private, theirs)
    ] == [[True, False, False], [False, True, False]]


def test_a_role_that_ended_gives_nothing(world: World) -> None:
    world.officer.grants.update(until=now())
    assert [
        policy.can(actor, "comment.admit")
        for actor in (Actor.objects.get(pk=world.officer.pk), world.second_officer)
    ] == [False, True]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EXPERT])
def test_a_role_is_held_once_at_a_time(world: World, role: str) -> None:
    """With a department and without: on SQLite, too, where empty columns are never equal."""
    actor = world.officer if role == Role.OFFICER else world.expert
    held = actor.grants.get()
    again = {"actor": actor, "role": role, "department": held.department, "since": now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(**again)
    actor.grants.update(until=now())
    assert RoleGrant.objects.create(**again).until is None


def test_a_mandate_that_ended_gives_nothing(world: World) -> None:
    world.ngo.mandates.update(until=now())
    assert policy.organisations_of(Actor.objects.get(pk=world.ngo.pk)) == set()


def seen_by(actor: Actor | None, queryset: Any) -> int:
    return policy.visible(actor, queryset).count()


def test_a_comment_is_seen_by_others_once_it_is_admitted(world: World) -> None:
    received = world.comment(world.opened())
    people = (None, world.outsider, world.ngo, world.officer, world.expert)
    every = Comment.objects.all()
    before = [seen_by(one, every) for one in people]
    comments.admit_comment(received, by=world.officer)
    assert (before, [seen_by(one, every) for one in people]) == ([0, 0, 1, 1, 0], [1] * 5)


def test_a_draft_is_seen_by_others_once_its_consultation_is_announced(world: World) -> None:
    people = (None, world.ngo, world.officer)
    draft = world.drafted("tajny")
    before = [seen_by(one, type(draft)._default_manager.all()) for one in people]
    world.announced("jawny")
    after = [seen_by(one, type(draft)._default_manager.all()) for one in people]
    assert (before, after) == ([0, 0, 1], [1, 1, 2])
