"""One act on many comments: row by row, each all or nothing, whatever happens in between."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from consultations.errors import Invalid, NotYours, WrongState
from consultations.models import Actor, Comment, Entry, RoleGrant, RunRow, User
from consultations.models.clock import now
from consultations.services import answers, carrying_out, comments, drafts, run_acts, runs
from consultations.services.door import one_action
from tests.office.runs import (
    ASKED,
    DONE,
    REFUSED,
    WAITING,
    admitted,
    all_of,
    answered,
    begun,
    outcome,
    prepared,
    states,
    to_the_end,
)
from tests.workflows.races import race
from tests.world import World, provision


def acts(kind: str) -> list[int]:
    """Number of the comment of each such act, in the order of the record."""
    entries = Entry.objects.filter(kind=kind).order_by("seq")
    return list(entries.values_list("comment__number", flat=True))


@pytest.mark.parametrize(
    ("act", "kind", "asked"),
    [
        ("assign", "comment.assign", {"department": "budzet"}),
        ("answer", "comment.answer", ASKED),
    ],
)
def test_each_row_is_an_act_of_the_person_who_asked(
    world: World, act: str, kind: str, asked: dict[str, Any]
) -> None:
    consultation = admitted(world, 3)
    run = to_the_end(begun(consultation, act, world.second_officer, asked))
    assert outcome(run) == all_of(DONE, 3)
    assert acts(kind) == [1, 2, 3]
    entries = Entry.objects.filter(kind=kind)
    assert {one.actor_id for one in entries} == {world.second_officer.pk}
    assert len({one.action for one in entries}) == 3


def test_what_each_row_gets_is_its_own_where_the_words_have_fields(world: World) -> None:
    consultation = admitted(world, 2)
    asked = ASKED | {
        "outcome": "partly",
        "reasons": "Uwaga nr {numer} jest zasadna.",
        "accepted_part": "Co do {przepis}.",
        "changed": [str(provision(consultation).provision.key)],
    }
    run = to_the_end(begun(consultation, "answer", world.officer, asked))
    assert outcome(run) == all_of(DONE, 2)
    given = [one.given_answer for one in consultation.comments.order_by("number")]
    assert [one.reasons for one in given] == [f"Uwaga nr {n} jest zasadna." for n in (1, 2)]
    assert all("{" not in one.accepted_part for one in given)


def test_a_row_whose_fields_cannot_be_filled_is_left(world: World) -> None:
    consultation = admitted(world, 1)
    asked = ASKED | {"reasons": "Odpowiada {wydzial}."}
    run = to_the_end(begun(consultation, "answer", world.officer, asked))
    assert outcome(run) == {1: (REFUSED, "invalid")}
    assert "{wydzial}" in run.rows.get().said


def test_departments_get_their_day_with_the_comments(world: World) -> None:
    consultation = admitted(world, 2)
    day = (now() + timedelta(days=3)).date()
    asked = {"department": "budzet", "due_on": day.isoformat()}
    to_the_end(begun(consultation, "assign", world.officer, asked))
    assert {one.due_on for one in consultation.comments.all()} == {day}


def test_comments_are_admitted_together_but_for_those_with_a_fault(world: World) -> None:
    consultation = world.opened()
    paper = {"organisation": None, "channel": "post", "unsigned": True, "by": world.officer}
    for said in ({}, paper, {}):
        world.comment(consultation, **said)
    run = prepared(consultation, "admit", world.officer)
    assert outcome(run)[2] == (REFUSED, "invalid")
    assert "unsigned" in run.rows.get(number=2).said
    runs.start_run(run, by=world.officer)
    to_the_end(run)
    assert states(consultation) == ["admitted", "received", "admitted"]


def test_answers_are_approved_and_published_together(world: World) -> None:
    consultation = answered(world, 3)
    to_the_end(begun(consultation, "approve", world.approver))
    assert states(consultation) == ["approved"] * 3
    to_the_end(begun(consultation, "publish", world.officer))
    assert states(consultation) == ["published"] * 3


def test_what_is_confirmed_is_what_was_looked_over(world: World) -> None:
    consultation = admitted(world, 1)
    run = prepared(consultation, "answer", world.officer, ASKED)
    seen = run.mark
    runs.ask_of_run(run, ASKED | {"reasons": "Inaczej."}, by=world.officer)
    with pytest.raises(WrongState):
        runs.start_run(run, seen=seen, by=world.officer)
    runs.start_run(run, seen=run.mark, by=world.officer)
    with pytest.raises(WrongState):  # an old page cannot change what runs
        runs.ask_of_run(run, ASKED, by=world.officer)


@pytest.mark.parametrize("act", ["admit", "answer", "approve"])
def test_many_are_looked_over_at_the_queries_of_few(world: World, act: str) -> None:
    costs = []
    for many in (2, 6):
        consultation = world.opened(f"runda-{many}")
        for _ in range(many):
            comment = world.admitted(consultation)
            if act == "approve":
                where = [provision(consultation).provision.key]
                answers.answer_comment(
                    comment, outcome="accepted", reasons="Tak.", changed=where, by=world.officer
                )
        who = world.approver if act == "approve" else world.officer
        by = Actor.objects.get(pk=who.pk)  # knows nothing of her roles yet
        with CaptureQueriesContext(connection) as asked:
            run = prepared(consultation, act, by)
        waits = WAITING if act != "admit" else REFUSED
        assert {state for state, _code in outcome(run).values()} == {waits}
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_nothing_happens_before_it_is_confirmed(world: World) -> None:
    consultation = admitted(world, 2)
    run = prepared(consultation, "answer", world.officer, ASKED)
    assert carrying_out.carry_out_runs() == 0
    assert outcome(run) == all_of(WAITING, 2)
    assert states(consultation) == ["admitted"] * 2


def test_who_may_not_is_refused_when_preparing_and_confirming(world: World) -> None:
    consultation = admitted(world, 1)
    with pytest.raises(NotYours):
        prepared(consultation, "answer", world.clerk)
    with pytest.raises(Invalid):
        prepared(consultation, "hide", world.officer)
    run = prepared(consultation, "answer", world.officer)
    with pytest.raises(Invalid):  # nobody said yet what they get
        runs.start_run(run, by=world.officer)
    for do in (runs.start_run, runs.stop_run):
        with pytest.raises(NotYours):
            do(run, by=world.second_officer)
    RoleGrant.objects.filter(actor=world.officer).update(until=now())
    runs.ask_of_run(run, ASKED, by=world.officer)
    with pytest.raises(NotYours):
        runs.start_run(run, by=Actor.objects.get(pk=world.officer.pk))


def test_a_comment_changed_meanwhile_is_left_as_it_is(world: World) -> None:
    consultation = admitted(world, 3)
    run = begun(consultation, "assign", world.officer, {"department": "budzet"})
    second = consultation.comments.get(number=2)
    comments.number_comment_case(second, case_number="BZ.1", by=world.second_officer)
    to_the_end(run)
    assert outcome(run) == all_of(DONE, 3) | {2: (REFUSED, "wrong_state")}
    assert states(consultation) == ["assigned", "admitted", "assigned"]
    assert "has changed in the meantime" in run.rows.get(number=2).said


def test_without_looking_at_the_version_it_would_be_overwritten(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: an answer written meanwhile would be lost."""
    consultation = admitted(world, 1)
    run = begun(consultation, "answer", world.officer, ASKED)
    only = consultation.comments.get()
    answers.answer_comment(only, outcome="explained", reasons="Inaczej.", by=world.second_officer)
    monkeypatch.setattr(answers, "_refuse_stale", lambda *_: None)
    to_the_end(run)
    assert consultation.comments.get().given_answer.reasons == ASKED["reasons"]


def test_an_answer_written_meanwhile_stays(world: World) -> None:
    consultation = admitted(world, 1)
    run = begun(consultation, "answer", world.officer, ASKED)
    only = consultation.comments.get()
    answers.answer_comment(only, outcome="explained", reasons="Inaczej.", by=world.second_officer)
    to_the_end(run)
    assert outcome(run) == {1: (REFUSED, "wrong_state")}
    assert consultation.comments.get().given_answer.reasons == "Inaczej."


def test_a_role_taken_away_in_the_middle_ends_it_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultation = admitted(world, 3)
    run = begun(consultation, "answer", world.officer, ASKED)
    monkeypatch.setattr(carrying_out, "SLICE", 0.000001)
    carrying_out.carry_out_runs()
    RoleGrant.objects.filter(actor=world.officer).update(until=now())
    to_the_end(run)
    assert outcome(run) == all_of(REFUSED, 3, "not_yours") | {1: (DONE, "")}
    assert states(consultation) == ["proposed", "admitted", "admitted"]


def test_with_roles_read_once_the_rest_would_be_done(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the person as she was when it began."""
    consultation = admitted(world, 2)
    run = begun(consultation, "answer", world.officer, ASKED)
    RoleGrant.objects.filter(actor=world.officer).update(until=now())
    really = run_acts.carry_out
    monkeypatch.setattr(
        carrying_out,
        "carry_out",
        lambda comment, act, asked, seen, _by: really(comment, act, asked, seen, world.officer),
    )
    to_the_end(run)
    assert outcome(run) == all_of(DONE, 2)


def test_a_closed_account_does_nothing(world: World) -> None:
    consultation = admitted(world, 2)
    run = begun(consultation, "answer", world.officer, ASKED)
    User.objects.filter(actor=world.officer).update(is_active=False)
    assert outcome(to_the_end(run)) == all_of(REFUSED, 2, "not_yours")


def test_ones_own_answer_is_never_approved(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named when it is looked over; and refused when somebody gets past that."""
    consultation = answered(world, 2)
    RoleGrant.objects.create(actor=world.officer, role="approver", since=now() - timedelta(1))
    both = Actor.objects.get(pk=world.officer.pk)
    run = prepared(consultation, "approve", both)
    assert {row.said for row in run.rows.all()} == {str(answers.OWN_ANSWER)}
    monkeypatch.setattr(runs, "obstacle", lambda *_: None)
    run = begun(consultation, "approve", both)
    assert outcome(to_the_end(run)) == all_of(REFUSED, 2, "not_yours")
    assert states(consultation) == ["proposed"] * 2


def test_what_is_accepted_in_a_closed_draft_changes_nothing(world: World) -> None:
    """The text can no longer change: no answer, no version, no cause stays behind."""
    consultation = admitted(world, 2)
    asked = ASKED | {"outcome": "accepted", "changed": [str(provision(consultation).provision.key)]}
    run = begun(consultation, "answer", world.officer, asked)
    draft = world.closed(consultation).draft
    drafts.withdraw_draft(draft, because="Nowy projekt.", by=world.officer)
    before = draft.versions.count()
    to_the_end(run)
    assert {state for state, _code in outcome(run).values()} == {str(REFUSED)}
    assert (draft.versions.count(), Entry.objects.filter(kind="comment.answer").count()) == (
        before,
        0,
    )


def test_what_is_refused_leaves_nothing_of_its_act(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal comes after the answer's row was written: the row goes with it."""
    consultation = admitted(world, 2)
    run = begun(consultation, "answer", world.officer, ASKED)

    def broken(*_: Any, **__: Any) -> None:
        raise Invalid("Nie.")

    monkeypatch.setattr(answers, "pass_through", broken)
    assert outcome(to_the_end(run)) == all_of(REFUSED, 2, "invalid")
    assert not any(hasattr(one, "given_answer") for one in consultation.comments.all())


def test_a_row_that_breaks_is_named_and_the_rest_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultation = admitted(world, 3)
    run = begun(consultation, "answer", world.officer, ASKED)
    really = run_acts.carry_out

    def sometimes(comment: Comment, *given: Any) -> Comment:
        if comment.number == 2:
            raise ZeroDivisionError
        return really(comment, *given)

    monkeypatch.setattr(carrying_out, "carry_out", sometimes)
    assert outcome(to_the_end(run)) == all_of(DONE, 3) | {2: (REFUSED, "failed")}


def test_a_lock_that_is_not_given_is_asked_for_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultation = admitted(world, 2)
    run = begun(consultation, "answer", world.officer, ASKED)
    really, busy = run_acts.carry_out, iter([OperationalError("locked")])

    def once(*given: Any) -> Comment:
        for trouble in busy:
            raise trouble
        return really(*given)

    monkeypatch.setattr(carrying_out, "carry_out", once)
    with pytest.raises(OperationalError):
        carrying_out.carry_out_runs()
    assert outcome(run) == all_of(WAITING, 2)
    assert outcome(to_the_end(run)) == all_of(DONE, 2)


def test_stopped_it_leaves_the_rest(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    consultation = admitted(world, 3)
    run = begun(consultation, "answer", world.officer, ASKED)
    monkeypatch.setattr(carrying_out, "SLICE", 0.000001)
    carrying_out.carry_out_runs()
    assert runs.stop_run(run, by=world.officer) == 2
    assert carrying_out.carry_out_runs() == 0
    run.refresh_from_db()
    assert run.stopped_at is not None
    assert states(consultation) == ["proposed", "admitted", "admitted"]
    assert outcome(run)[3] == ("stopped", "")


def test_two_runs_of_the_same_comments_do_each_once(world: World) -> None:
    consultation = admitted(world, 3)
    first = begun(consultation, "answer", world.officer, ASKED)
    second = begun(consultation, "answer", world.second_officer, ASKED | {"reasons": "Inne."})
    to_the_end(first)
    to_the_end(second)
    assert sorted(acts("comment.answer")) == [1, 2, 3]
    found = [*outcome(first).values(), *outcome(second).values()]
    assert sorted(found) == [("done", "")] * 3 + [("refused", "wrong_state")] * 3


def test_confirmed_twice_it_runs_once(world: World) -> None:
    consultation = admitted(world, 2)
    run = begun(consultation, "answer", world.officer, ASKED)
    to_the_end(run)
    started = run.started_at
    runs.start_run(run, by=world.officer)
    run.refresh_from_db()
    assert (run.started_at, len(acts("comment.answer"))) == (started, 2)


def test_a_slice_ends_in_time_and_the_next_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultation = admitted(world, 4)
    run = begun(consultation, "answer", world.officer, ASKED)
    monkeypatch.setattr(carrying_out, "SLICE", 0.000001)
    assert [carrying_out.carry_out_runs() for _ in range(5)] == [1, 1, 1, 1, 0]
    run.refresh_from_db()
    assert run.finished_at is not None


def test_a_run_holds_no_more_than_it_may(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "MOST", 2)
    with pytest.raises(Invalid):
        prepared(admitted(world, 3), "answer", world.officer)
    assert not RunRow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_no_row_twice(world: World) -> None:
    consultation = admitted(world, 12)
    run = begun(consultation, "answer", world.officer, ASKED)
    assert race(lambda: to_the_end(type(run).objects.get(pk=run.pk)), 4) == ["done"] * 4
    assert outcome(run) == all_of(DONE, 12)
    assert sorted(acts("comment.answer")) == list(range(1, 13))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_taking_the_row_first_two_workers_meet_in_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the row is looked at, not taken, and no version stands behind it."""
    consultation = admitted(world, 12)
    run = begun(consultation, "answer", world.officer, ASKED)
    monkeypatch.setattr(carrying_out, "_act", untaken)
    monkeypatch.setattr(answers, "_refuse_stale", lambda *_: None)
    race(lambda: to_the_end(type(run).objects.get(pk=run.pk)), 4)
    assert len(acts("comment.answer")) > 12


def untaken(run: Any, pk: int) -> int:
    """As `_act`, but the row is only marked at the end."""
    asked, seen, about = carrying_out.row_of(pk)
    comment = Comment.objects.select_related("consultation__draft__procedure").get(pk=about)
    with one_action():
        run_acts.carry_out(comment, run.act, asked or run.asked, seen, run.by)
        RunRow.objects.filter(pk=pk, state=WAITING).update(state=DONE)
    return 1
