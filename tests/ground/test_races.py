"""Many people at one thing at once: one wins, the others are told; and what the locks are for.

Threads with connections of their own. On PostgreSQL the controls take the lock away; on SQLite,
where one transaction writes at a time, they take away `BEGIN IMMEDIATE` and the queue before it.
"""

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from config.sqlite_fair.base import Turns
from consultations import triggers
from consultations.calendar import local_day
from consultations.errors import Unmet, WrongState
from consultations.models import (
    Actor,
    Amendment,
    Comment,
    Consultation,
    CouncilFile,
    Draft,
    Entry,
    LogHead,
    Role,
    RollCall,
)
from consultations.models.clock import move_to, now
from consultations.services import (
    advising,
    afterwards,
    amendments,
    answers,
    comments,
    council,
    door,
    drafts,
    due,
    editing,
    filing,
    groups,
    merging,
    overrides,
    plan,
    readings,
    report_files,
    report_orders,
    reports,
    run_acts,
    sending,
    talking_back,
    texts,
    votes,
)
from consultations.services import consultations as rounds
from tests.ground.attacks import lift, sql
from tests.office.amending import FOURTEEN, GROUP, amended, place
from tests.workflows.races import race
from tests.world import World, roll_call, staff

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20
WITH_LOCKS = (
    *(door, answers, advising, comments, filing, council, rounds, texts, editing),
    *(sending, talking_back, run_acts, due, groups, report_files),
    *(report_orders, overrides, plan, afterwards, votes),
    *(amendments, merging, readings),
)
LOSERS = ["WrongState"] * (MANY - 1)


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every service reads the row it works on without locking it."""
    for module in WITH_LOCKS:
        for name in {"hold", "hold_alone"} & vars(module).keys():
            monkeypatch.setattr(module, name, read)


def read(row: Any) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def taking_turns(work: Callable[[int], object]) -> Callable[[], object]:
    """Work that gets the number of its thread: 0, 1, 2 …"""
    counter = iter(range(MANY))
    one = threading.Lock()

    def turn() -> object:
        with one:
            number = next(counter)
        return work(number)

    return turn


def answer_at_once(world: World) -> tuple[list[str], Comment]:
    """Twenty officers, all with the same page before them."""
    comment = world.admitted(world.opened())
    officers = [staff(f"urzednik{n}@urzad.test", Role.OFFICER) for n in range(MANY)]

    def answer(number: int) -> object:
        return answers.answer_comment(
            comment,
            outcome="rejected",
            reasons=f"Powód {number}.",
            by=officers[number],
            seen_version=comment.version,
        )

    return race(taking_turns(answer), MANY), Comment.objects.get(pk=comment.pk)


def test_of_twenty_who_answer_one_comment_one_does_and_the_others_are_told(world: World) -> None:
    outcomes, comment = answer_at_once(world)
    assert outcomes == [*LOSERS, "done"]
    entry = comment.entries.get(kind="comment.answer")
    assert (comment.version, comment.given_answer.author_id) == (2, entry.actor_id)
    assert entry.words.get(field="reasons").text == comment.given_answer.reasons


@pytest.mark.postgres
def test_without_the_lock_officers_would_overwrite_each_other(world: World, no_locks: None) -> None:
    """The control of the test above."""
    outcomes, comment = answer_at_once(world)
    assert outcomes.count("done") > 1
    assert comment.version > 2


def edit_at_once(world: World) -> tuple[list[str], Draft]:
    """Twenty officers save their own words of one provision, all having seen the same."""
    draft = world.drafted()
    one = draft.versions.get().wordings.get(position=2)
    key, seen = one.provision.key, one.revision

    def edit(number: int) -> object:
        return editing.edit_provision(
            draft,
            key,
            heading=f"Tytuł {number}",
            text="",
            seen_revision=seen,
            by=world.officer,
        )

    return race(taking_turns(edit), MANY), draft


def test_of_twenty_who_save_one_provision_one_does_and_the_others_see_both(world: World) -> None:
    outcomes, draft = edit_at_once(world)
    assert outcomes == [*LOSERS, "done"]
    assert draft.trail.filter(kind="draft.edit_text").count() == 1
    assert draft.versions.get().wordings.get(position=2).revision == 1


@pytest.mark.postgres
def test_without_the_lock_editors_would_overwrite_each_other(world: World, no_locks: None) -> None:
    """The control: not just one is done and the others told."""
    outcomes, _draft = edit_at_once(world)
    assert outcomes != [*LOSERS, "done"]


def send_at_once(world: World) -> tuple[list[str], list[tuple[int, int]]]:
    """Twenty equal sends of one form: what came of each, and which comment it was given."""
    consultation, key = world.opened(), uuid.uuid4()
    given: list[tuple[int, int]] = []

    def send() -> None:
        comment = world.comment(consultation, key=key)
        given.append((comment.pk, comment.number))

    return race(send, MANY), given


def test_twenty_equal_sends_are_one_comment_and_twenty_equal_answers(world: World) -> None:
    outcomes, given = send_at_once(world)
    assert outcomes == ["done"] * MANY
    assert (len(given), len(set(given))) == (MANY, 1)
    assert (Comment.objects.count(), Entry.objects.filter(kind="comment.file").count()) == (1, 1)


@pytest.mark.postgres
def test_without_the_lock_the_unique_key_decides(world: World, no_locks: None) -> None:
    outcomes, given = send_at_once(world)
    assert (outcomes, len(set(given)), Comment.objects.count()) == (["done"] * MANY, 1, 1)


@pytest.mark.postgres
def test_without_lock_and_unique_key_one_form_would_be_many_comments(
    world: World, no_locks: None
) -> None:
    """The control of both tests above."""
    lift("comment_begin")  # its own look for the key would win the race now and then
    with without_keys(Comment):
        send_at_once(world)
        assert Comment.objects.count() > 1


@contextmanager
def without_keys(model: Any) -> Iterator[None]:
    """The table without its unique constraints; emptied before they come back."""
    table = model._meta.db_table
    find = (
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype = 'u'"
    )
    with connection.cursor() as cursor:
        cursor.execute(find, [table])
        kept = cursor.fetchall()
    for name, _definition in kept:
        sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    try:
        yield
    finally:
        triggers.drop(connection)
        sql(f"TRUNCATE {table} CASCADE")
        for name, definition in kept:
            sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def file_at_once(world: World) -> tuple[list[str], list[int]]:
    """Twenty different comments: what came of each, and the numbers given."""
    consultation = world.opened()

    def file(number: int) -> object:
        return world.comment(consultation, reasons=f"Powód {number}.")

    outcomes = race(taking_turns(file), MANY)
    return outcomes, sorted(Comment.objects.values_list("number", flat=True))


def test_twenty_comments_at_once_are_numbered_without_a_gap(world: World) -> None:
    outcomes, numbers = file_at_once(world)
    assert (outcomes, numbers) == (["done"] * MANY, list(range(1, MANY + 1)))
    seqs = list(Entry.objects.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, LogHead.objects.get().size + 1))


@pytest.mark.postgres
def test_without_the_lock_some_comments_would_be_lost(world: World, no_locks: None) -> None:
    """The control of the test above."""
    outcomes, numbers = file_at_once(world)
    assert (outcomes.count("done") < MANY, len(numbers) < MANY) == (True, True)


def file_while_closing(world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[Draft, list[str]]:
    """One files in the last instant and is slow; meanwhile the clock closes and the review ends."""
    consultation = world.opened()
    assert consultation.closes_at is not None
    checked, check = threading.Event(), filing.check_open
    outcomes: list[str] = []

    def slow_check(*given: Any) -> None:
        check(*given)
        checked.set()
        time.sleep(1.2)

    def finish() -> None:
        assert checked.wait(30)
        while now() < consultation.closes_at:  # type: ignore[operator]
            time.sleep(0.02)
        rounds.close_consultation(consultation, by=world.clock)
        drafts.begin_review(consultation.draft, by=world.clock)
        try:
            world.reviewed(consultation)
        except Unmet as refusal:
            outcomes.extend(guard.code for guard in refusal.guards)

    monkeypatch.setattr(filing, "check_open", slow_check)
    move_to(consultation.closes_at - timedelta(seconds=0.5))
    works = [lambda: world.comment(consultation), finish]
    outcomes += race(taking_turns(lambda number: works[number]()), 2)
    return Draft.objects.get(pk=consultation.draft_id), outcomes


def order_of_filing_and_closing() -> list[str]:
    kinds = ["comment.file", "consultation.close"]
    return list(Entry.objects.filter(kind__in=kinds).order_by("seq").values_list("kind", flat=True))


def test_closing_waits_for_whoever_files_in_the_last_instant(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, outcomes = file_while_closing(world, monkeypatch)
    assert outcomes == ["round_answered", "done", "done"]
    assert (draft.state, order_of_filing_and_closing()) == (
        "comment_review",
        ["comment.file", "consultation.close"],
    )


@pytest.mark.postgres
def test_without_the_lock_a_draft_would_reach_the_council_with_an_unanswered_comment(
    world: World, monkeypatch: pytest.MonkeyPatch, no_locks: None
) -> None:
    """The control of the test above."""
    draft, outcomes = file_while_closing(world, monkeypatch)
    assert (outcomes, draft.state) == (["done", "done"], "council_vote")
    assert Comment.objects.unanswered().count() == 1
    assert order_of_filing_and_closing() == ["consultation.close", "comment.file"]


def test_the_review_ends_only_behind_the_last_answer(world: World) -> None:
    """Five answers are published while five people keep trying to finish the review."""
    consultation = world.opened()
    waiting = [approved(world, consultation) for _ in range(5)]
    world.closed(consultation)
    report = reports.prepare_report(consultation, introduction="", by=world.officer)
    seen: list[int] = []

    def work(number: int) -> None:
        if number < 5:
            answers.publish_answer(waiting[number], by=world.officer)
            return
        with transaction.atomic():
            try:
                reports.release_report(report, by=world.approver)
            except (Unmet, WrongState):
                return
            seen.append(Comment.objects.unanswered().count())

    race(taking_turns(work), 10)
    assert set(seen) <= {0}
    assert Comment.objects.unanswered().count() == 0


def approved(world: World, consultation: Consultation) -> Comment:
    comment = answers.answer_comment(
        world.admitted(consultation), outcome="rejected", reasons="Bo tak.", by=world.officer
    )
    return answers.approve_answer(comment, by=world.approver)


def test_of_twenty_who_submit_one_draft_to_the_council_one_does(world: World) -> None:
    draft = world.reviewed(world.closed(world.opened()))
    submitted = race(lambda: council.submit_to_council(draft, by=world.officer), MANY)
    assert (submitted, CouncilFile.objects.count()) == ([*LOSERS, "done"], 1)


@pytest.mark.postgres
def test_without_the_lock_one_draft_would_have_many_files(world: World, no_locks: None) -> None:
    """The control of the test above."""
    draft = world.reviewed(world.closed(world.opened()))
    race(lambda: council.submit_to_council(draft, by=world.officer), MANY)
    assert CouncilFile.objects.count() > 1


def test_of_twenty_who_enter_one_roll_call_one_does(world: World) -> None:
    numbered = world.numbered(world.closed(world.opened()))
    called, held_on = roll_call(40), local_day(now())

    def enter() -> object:
        return council.record_vote(numbered, called=called, held_on=held_on, by=world.clerk)

    assert race(enter, MANY) == [*LOSERS, "done"]
    assert RollCall.objects.get().ballots.count() == 43


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the control on SQLite")
def test_without_begin_immediate_and_the_queue_some_would_meet_a_locked_database(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of all tests above on SQLite: what reads first and writes later is thrown out."""
    consultation = world.opened()
    options: Any = connection.settings_dict["OPTIONS"]
    monkeypatch.setitem(options, "transaction_mode", "DEFERRED")
    monkeypatch.setattr(Turns, "take", lambda *_: True)
    actor = Actor.objects.get(pk=world.ngo.pk)
    outcomes = race(lambda: world.comment(consultation, by=actor), MANY)
    assert outcomes.count("OperationalError") > 0


def adopt_at_once(world: World) -> tuple[list[str], list[str]]:
    """Two clerks, each with one of two amendments in conflict, neither having seen the other's."""
    file = world.numbered(world.closed(world.opened()))
    pair = [amended(world, file), amended(world, file, place(file, text=FOURTEEN))]

    def adopt(number: int) -> object:
        return amendments.adopt_amendment(pair[number % 2], by=world.clerk)

    outcomes = race(taking_turns(adopt), 2)
    return outcomes, sorted(file.amendments.values_list("state", flat=True))


def test_of_two_clerks_who_adopt_what_is_in_conflict_one_is_told(world: World) -> None:
    assert adopt_at_once(world) == (["WrongState", "done"], ["adopted", "filed"])


@pytest.mark.postgres
def test_without_the_lock_both_would_be_adopted_unseen(
    world: World, no_locks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both look for rivals before either has written."""
    gate, look = threading.Barrier(2), amendments.rivals_of

    def look_together(amendment: Amendment) -> list[Amendment]:
        found = look(amendment)
        gate.wait(10)
        return found

    monkeypatch.setattr(amendments, "rivals_of", look_together)
    assert adopt_at_once(world) == (["done", "done"], ["adopted", "adopted"])


def test_amendments_filed_at_once_get_numbers_of_their_own(world: World) -> None:
    file = world.numbered(world.closed(world.opened()))
    on = place(file)
    outcomes = race(lambda: amendments.file_amendment(file, GROUP, [on], by=world.clerk), threads=8)
    assert outcomes == ["done"] * 8
    assert list(file.amendments.values_list("number", flat=True)) == list(range(1, 9))
