"""Many outboxes and many acts at once, on PostgreSQL; and what the locks have to do with it."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import transaction

from consultations.models import Actor, Entry
from notifications import notices, outbox, services
from notifications.models import Dispatched, InboxHead, LetterTemplate, Notice
from tests.notifications.cast import Cast, numbers_of
from tests.workflows.races import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
THREADS = 20


def test_eight_outboxes_at_once_tell_each_entry_once(cast: Cast) -> None:
    cast.walk()
    assert race(outbox.dispatch) == ["done"] * 8
    at_once = told()
    for model in (Notice, InboxHead, Dispatched):
        model.objects.all().delete()
    outbox.dispatch()
    assert at_once == told()
    assert Dispatched.objects.exclude(failed_at=None).count() == 0


def test_of_eight_who_tell_of_one_entry_one_does(cast: Cast) -> None:
    entry = announced(cast)
    outcomes = tell_in_eight_threads(entry)
    assert sorted(outcomes) == [False] * 7 + [True]
    assert numbers_of(cast.world.councillor) == [1]


def test_without_the_mark_more_than_one_would_tell_of_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: the second guard, unique notices, stops them in the end."""
    entry = announced(cast)
    monkeypatch.setattr(outbox, "_claim", lambda _entry: True)
    assert race(lambda: outbox.tell_once(entry)).count("IntegrityError") == 7


def test_of_eight_who_first_reword_one_letter_one_does_and_the_others_are_told(
    cast: Cast,
) -> None:
    officer = cast.world.officer

    def reword() -> None:
        services.edit_letter(
            "comment.file", "pl", subject="Nowy", body="Uwaga {number}.", seen_version=0, by=officer
        )

    assert sorted(race(reword)) == ["WrongState"] * 7 + ["done"]
    assert LetterTemplate.objects.get().version == 1
    assert Entry.objects.filter(kind="office.edit_letter").count() == 1


def test_twenty_threads_number_one_inbox_without_a_gap(cast: Cast) -> None:
    officer = cast.world.officer
    assert number_at_once(cast, officer) == ["done"] * THREADS
    assert numbers_of(officer) == list(range(1, THREADS + 1))
    assert InboxHead.objects.get(actor=officer).latest == THREADS


def test_without_the_lock_of_the_head_numbers_would_collide(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    InboxHead.objects.create(actor=cast.world.officer)
    monkeypatch.setattr(notices, "_lock_heads", read_heads_without_a_lock)
    assert number_at_once(cast, cast.world.officer).count("IntegrityError") > 0


def test_people_shared_by_two_entries_in_opposite_order_never_deadlock(cast: Cast) -> None:
    people = [actor.pk for actor in cast.people.values()]
    orders = iter([sorted(people), sorted(people, reverse=True)] * (THREADS // 2))
    assert at_once(cast, lambda: next(orders)) == ["done"] * THREADS
    assert {tuple(numbers_of(actor)) for actor in cast.people.values()} == {
        tuple(range(1, THREADS + 1))
    }


def announced(cast: Cast) -> Entry:
    cast.world.announced()
    return Entry.objects.get(kind="consultation.announce")


def told() -> list[tuple[int, int]]:
    """Who was told of what; several outboxes may number them in another order."""
    return sorted(Notice.objects.values_list("recipient", "entry"))


def tell_in_eight_threads(entry: Entry) -> list[bool]:
    outcomes: list[bool] = []
    assert race(lambda: outcomes.append(outbox.tell_once(entry))) == ["done"] * 8
    return outcomes


def number_at_once(cast: Cast, actor: Actor) -> list[str]:
    return at_once(cast, lambda: [actor.pk])


def at_once(cast: Cast, people: Callable[[], list[int]]) -> list[str]:
    """Twenty entries, each numbered by a thread of its own."""
    consultation = cast.world.opened()
    for _ in range(THREADS):
        cast.world.comment(consultation)
    entries = iter(Entry.objects.filter(kind="comment.file"))
    one_at_a_time = threading.Lock()

    def number() -> None:
        with one_at_a_time:
            entry, whom = next(entries), people()
        with transaction.atomic():
            notices._number([(entry, dict.fromkeys(whom, "officers"))])
            time.sleep(0.01)

    return race(number, THREADS)


def read_heads_without_a_lock(people: dict[int, str]) -> dict[int, int]:
    return dict(InboxHead.objects.filter(actor__in=people).values_list("pk", "latest"))
