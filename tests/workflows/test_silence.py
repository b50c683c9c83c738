"""The clock waives an opinion whose days have passed in silence, once, and no other."""

from datetime import timedelta
from typing import Any

import pytest

from consultations import calendar
from consultations.models import Draft, Entry, Opinion, OpinionOutcome
from consultations.models.clock import move_to, now
from consultations.services import opinions
from tests.workflows.races import race_of
from tests.workflows.walk import Walk
from tests.world import World, staff
from workflows import jobs
from workflows.silence import waive_overdue_opinions
from workflows.tick import tick


def awaited(world: World, draft: Draft, body: str = "krdpp") -> Opinion:
    day = calendar.local_day(now())
    return opinions.request_opinion(draft, body=body, delivered_on=day, by=world.officer)


def waivers() -> int:
    return Entry.objects.filter(kind="opinion.waive").count()


def test_silence_is_recorded_when_the_days_are_over_and_not_before(walk: Walk) -> None:
    opinion = awaited(walk.world, walk.closed().draft)
    assert opinion.due_at is not None
    jobs.register(waive_overdue_opinions)
    move_to(opinion.due_at - timedelta(minutes=1))
    tick()  # the days of the review were over a day before
    assert (tick(), waivers()) == (0, 0)
    move_to(opinion.due_at)
    assert (tick(), waivers()) == (1, 1)
    assert (tick(), waivers()) == (0, 1)
    opinion.refresh_from_db()
    entry = Entry.objects.get(kind="opinion.waive")
    assert (opinion.state, entry.role) == ("waived", "clock")


def test_a_given_opinion_and_one_without_a_day_are_left_alone(walk: Walk) -> None:
    world, draft = walk.world, walk.closed().draft
    given, committee = awaited(world, draft), awaited(world, draft, "committee")
    secretary = staff("sekretarz@krdpp.test", "krdpp_secretary")
    opinions.give_opinion(given, outcome=OpinionOutcome.POSITIVE, remarks="", by=secretary)
    move_to(now() + timedelta(days=60))
    assert (waive_overdue_opinions(), waivers()) == (0, 0)
    committee.refresh_from_db()
    assert committee.state == "awaited"


def test_one_broken_opinion_does_not_hold_up_the_others(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first = awaited(walk.world, walk.closed("pierwszy").draft)
    second = awaited(walk.world, walk.closed("drugi").draft)
    waive = opinions.waive_opinion

    def fail_once(opinion: Opinion, **by: Any) -> Opinion:
        if opinion.pk == first.pk:
            raise RuntimeError("broken")
        return waive(opinion, **by)

    monkeypatch.setattr(opinions, "waive_opinion", fail_once)
    move_to(now() + timedelta(days=60))
    assert (waive_overdue_opinions(), len(caplog.records)) == (1, 1)
    second.refresh_from_db()
    assert second.state == "waived"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_opinion_is_given_or_waived_never_both(walk: Walk) -> None:
    opinion = awaited(walk.world, walk.closed().draft)
    secretary = staff("sekretarz@krdpp.test", "krdpp_secretary")
    move_to(now() + timedelta(days=60))

    def give() -> None:
        opinions.give_opinion(opinion, outcome="positive", remarks="", by=secretary)

    race_of(give, waive_overdue_opinions)
    settled = Entry.objects.filter(kind__in=["opinion.give", "opinion.waive"])
    assert settled.count() == 1
