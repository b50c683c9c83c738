"""The council's desk: what is next and when, what is new since the last visit, what to do."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.calendar import WARSAW, local_day
from consultations.models import Actor, CouncilFile, Watch
from consultations.models.clock import move_to, now
from consultations.services import council as records
from consultations.services import opinions
from consultations.services.following import follow
from tests.workflows.test_desk import signed_in
from tests.workflows.walk import Walk
from workflows import services
from workflows.council_desk import Desk
from workflows.tick import tick


def desk(who: Actor) -> Desk:
    page = signed_in(who).get(reverse("council"), headers={"accept-language": "en"})
    shown: Desk = page.context["desk"]
    return shown


def ahead(walk: Walk) -> tuple[str, date | None, str]:
    (card,) = desk(walk.world.councillor).cards
    return card.ahead.words, card.ahead.day, card.ahead.away


def scheduled(walk: Walk, days: int = 5) -> CouncilFile:
    """On the agenda of session XLI."""
    file = walk.numbered()
    day = local_day(now()) + timedelta(days=days)
    return records.schedule_session(file, session_number="XLI", session_on=day, by=walk.world.clerk)


WAITS = {
    "announced": ("Comments will be taken", date(2026, 9, 8), "in 7 days"),
    "opened": ("Last day for comments", date(2026, 9, 29), "in 21 days"),
    "closed": ("Answers to the comments and the report", None, ""),
    "reviewed": ("Submission to the council", None, ""),
    "submitted": ("Print number", None, ""),
    "numbered": ("A session is to be set", None, ""),
    "voted": ("Number of the resolution", None, ""),
}


@pytest.mark.parametrize("stage", WAITS)
def test_each_stage_says_what_is_next_and_when(walk: Walk, stage: str) -> None:
    getattr(walk, stage)()
    assert ahead(walk) == WAITS[stage]


def test_the_day_of_the_session_counts_down_and_then_asks_for_the_vote(walk: Walk) -> None:
    file = scheduled(walk)
    assert ahead(walk) == ("Vote at session XLI", file.session_on, "in 5 days")
    move_to(now() + timedelta(days=5))
    assert ahead(walk) == ("Vote at session XLI", file.session_on, "today")
    move_to(now() + timedelta(days=1))
    words = "Roll call of session XLI is to be entered"
    assert ahead(walk) == (words, file.session_on, "")


def test_an_opinion_that_is_awaited_has_its_last_day(walk: Walk) -> None:
    draft, today = walk.closed().draft, local_day(now())
    opinions.request_opinion(draft, body="krdpp", delivered_on=today, by=walk.world.officer)
    words, day, away = ahead(walk)
    assert (words, day) == ("Opinion of the public-benefit council", today + timedelta(days=14))
    assert away == "in 14 days"


def test_what_was_sent_back_or_withdrawn_is_said_in_words(walk: Walk) -> None:
    file = walk.submitted()
    services.send_back_draft(file, because="Brak skutków finansowych.", by=walk.world.clerk)
    assert ahead(walk)[0] == "The council sent the draft back; it is reviewed again"
    services.withdraw_draft(file.draft, because="Nowa ustawa.", by=walk.world.officer)
    seen = desk(walk.world.councillor)
    assert seen.cards == []
    assert [one.ahead.words for one in seen.decided] == ["Withdrawn by its sponsor"]


def test_a_decided_draft_stays_on_the_desk_of_whoever_follows_it(walk: Walk) -> None:
    draft = walk.adopted()
    assert desk(walk.world.councillor).cards == []
    for thing in (draft, draft.document, draft.provisions.all()[0]):
        follow(thing, by=walk.world.councillor)
        (card,) = desk(walk.world.councillor).cards
        assert (card.watched, str(card.vote)) == (True, "40-3-0")
        Watch.objects.all().delete()


def test_new_is_what_happened_since_the_last_visit(walk: Walk) -> None:
    consultation, councillor = walk.opened(), walk.world.councillor
    desk(councillor)
    move_to(now() + timedelta(hours=2))
    assert fresh(councillor) == (0, 0)
    walk.world.admitted(consultation)
    walk.world.comment(consultation)  # not admitted: nobody may know of it yet
    assert fresh(councillor) == (1, 1)
    assert fresh(councillor) == (1, 1)  # a page loaded again tells the same
    move_to(now() + timedelta(minutes=59))
    assert fresh(councillor) == (1, 1)
    move_to(now() + timedelta(hours=1))
    assert fresh(councillor) == (0, 0)
    assert fresh(walk.world.auditor) == (8, 1)  # whose first visit it is


def fresh(who: Actor) -> tuple[int, int]:
    """New events and new comments of the one draft."""
    (card,) = desk(who).cards
    return card.news.count, card.news.comments


def test_turns_of_the_road_are_told_without_the_title(walk: Walk) -> None:
    walk.announced()
    desk(walk.world.councillor)
    move_to(datetime(2026, 9, 8, 0, 0, tzinfo=WARSAW))
    tick()
    (card,) = desk(walk.world.councillor).cards
    assert card.news.lines == [
        "The draft entered public consultation.",
        "The consultation is open. Comments until 29 September 2026.",
    ]


def test_a_draft_nobody_announced_is_on_no_desk(walk: Walk) -> None:
    walk.drafted()
    assert desk(walk.world.clerk).cards == []


CLERKS = {
    "submitted": ["give_print_number"],
    "numbered": ["schedule_session", "record_vote"],
    "voted": ["adopt_draft"],
    "adopted": ["record_publication"],
}


@pytest.mark.parametrize("stage", CLERKS)
def test_the_clerk_reads_what_to_do_next_and_nobody_else_does(walk: Walk, stage: str) -> None:
    getattr(walk, stage)()
    todos = [todo.step.url for todo in desk(walk.world.clerk).todos]
    assert todos == CLERKS[stage]
    for todo in desk(walk.world.clerk).todos:
        assert signed_in(walk.world.clerk).get(todo.url).status_code == 200
    assert desk(walk.world.councillor).todos == []


def test_before_the_day_of_the_session_there_is_nothing_to_enter(walk: Walk) -> None:
    scheduled(walk)
    assert desk(walk.world.clerk).todos == []
    move_to(now() + timedelta(days=5))
    todos = desk(walk.world.clerk).todos
    assert [todo.step.url for todo in todos] == ["record_vote"]


def test_the_officer_is_reminded_of_the_publication_only(walk: Walk) -> None:
    walk.voted("pierwszy")
    draft = walk.adopted("drugi")
    todos = desk(walk.world.officer).todos
    assert [todo.step.url for todo in todos] == ["record_publication"]
    records.record_publication(
        draft,
        place="bip",
        address="https://bip.test/1",
        published_on=local_day(now()),
        by=walk.world.clerk,
    )
    assert desk(walk.world.officer).todos == []


def test_the_desk_costs_no_more_for_more_drafts(walk: Walk) -> None:
    client = signed_in(walk.world.clerk)

    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("council")).status_code == 200
        return len(asked)

    walk.adopted("pierwszy")
    walk.numbered("drugi")
    ask()  # the first visit is written, the others are moved on
    first = ask()
    walk.numbered("trzeci")
    walk.adopted("czwarty")
    assert (ask(), first <= 32) == (first, True)
