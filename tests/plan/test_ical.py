"""Calendars to subscribe to: what the format asks for, and who sees which days."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.calendar import WARSAW
from consultations.models import Draft, Watch
from consultations.selectors import terms
from consultations.services import comments, plan, readings, sessions
from consultations.text.formats.ical import Event, calendar_file, fold
from tests.office.pages import as_
from tests.workflows.walk import Walk
from workflows import services
from workflows.views.terms import address_of, token_of

STAMP = datetime(2026, 10, 25, 2, 30, tzinfo=UTC)


def lines(content: bytes) -> list[str]:
    """The lines as a calendar unfolds them."""
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


def one(**fields: Any) -> list[str]:
    given: dict[str, Any] = {"uid": "a@b", "summary": "Dzień", "day": date(2028, 2, 28)} | fields
    event = Event(**given)
    return lines(calendar_file("Nazwa", [event], stamp=STAMP))


def test_every_line_ends_as_it_must_and_is_no_longer_than_75_octets() -> None:
    event = Event("a@b", "Zażółć gęślą jaźń " * 20, date(2026, 11, 30), note="ą" * 300)
    content = calendar_file("Program współpracy", [event], stamp=STAMP)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert f"SUMMARY:{'Zażółć gęślą jaźń ' * 20}" in lines(content)


@pytest.mark.parametrize("length", range(70, 82))
@pytest.mark.parametrize("letter", ["a", "ą", "😀"])
def test_no_letter_is_cut_in_two(letter: str, length: int) -> None:
    folded = fold(letter * length)
    pieces = folded.rstrip(b"\r\n").split(b"\r\n ")
    assert "".join(piece.decode() for piece in pieces) == letter * length


def test_what_has_a_meaning_in_the_format_is_escaped() -> None:
    assert "SUMMARY:a\\, b\\; c\\\\d\\ne" in one(summary="a, b; c\\d\r\ne\x00\x07")


def test_nothing_a_person_wrote_can_add_a_line() -> None:
    assert not [x for x in one(summary="a\r\nATTACH:http://zly.test") if x.startswith("ATTACH")]


def test_a_day_is_whole_also_over_the_leap_day_and_new_year() -> None:
    assert "DTEND;VALUE=DATE:20280229" in one()
    assert "DTEND;VALUE=DATE:20270101" in one(day=date(2026, 12, 31))


def test_hours_are_in_utc_on_both_sides_of_the_night_of_25_hours() -> None:
    at = {"starts_at": STAMP, "ends_at": datetime(2026, 10, 25, 4, 0, tzinfo=UTC)}
    assert {"DTSTART:20261025T023000Z", "DTEND:20261025T040000Z"} <= set(one(**at))


def test_a_cancelled_and_a_planned_day_say_so() -> None:
    assert "STATUS:CANCELLED" in one(is_cancelled=True)
    assert "STATUS:TENTATIVE" in one(is_tentative=True)


# -- the feeds -----------------------------------------------------------------------------------


def feed(name: str, *args: Any, by: Any = None) -> list[str]:
    answer = as_(by).get(reverse(name, args=args))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return lines(answer.content)


def test_a_draft_has_its_days_its_meeting_and_the_last_day_by_law(walk: Walk) -> None:
    slug = walk.announced().slug
    read = feed("draft_calendar", slug)
    assert f"SUMMARY:Last day for comments: Projekt {slug}" in read
    assert f"SUMMARY:Last day by law for the council's decision: Projekt {slug}" in read
    assert "DTSTART;VALUE=DATE:20261130" in read
    assert "DTSTART:20260925T150000Z" in read  # the meeting of 17:00 in Warsaw
    assert "STATUS:TENTATIVE" in read
    assert len([x for x in read if x.startswith("UID:")]) == len(
        set(read) & {x for x in read if x.startswith("UID:")}
    )


def test_the_feed_of_all_leaves_out_what_is_not_announced_and_has_the_sessions(walk: Walk) -> None:
    walk.announced("jawny")
    walk.drafted("cichy")
    session = sessions.add_session(number="XXX", day=date(2026, 11, 18), by=walk.world.clerk)
    sessions.cancel_session(session, because="Brak kworum.", by=walk.world.clerk)
    read = feed("all_calendar")
    assert "SUMMARY:Session XXX of the council" in read
    assert "STATUS:CANCELLED" in read
    assert [x for x in read if "jawny" in x]
    assert not [x for x in read if "cichy" in x]


def test_the_minutes_until_which_amendments_are_filed_stand_in_it(walk: Walk) -> None:
    file, clerk = walk.numbered(), walk.world.clerk
    motion = readings.Motion("president", 0, "", "Sprawa jest ważna.")
    readings.move_two_readings(file, motion, by=clerk)
    services.decide_two_readings(file, accepted=True, by=clerk)
    own = datetime.combine(date(2026, 10, 26), time(15), WARSAW)
    deadlines = readings.Deadlines(own, own + timedelta(days=1))
    services.hold_first_reading(file, deadlines, by=clerk)
    slug = file.draft.rounds.get().slug
    read = feed("draft_calendar", slug)
    assert f"SUMMARY:Last moment for the sponsor's amendments: Projekt {slug}" in read
    assert f"SUMMARY:Last moment for amendments: Projekt {slug}" in read
    assert {"DTSTART:20261026T140000Z", "DTSTART:20261027T140000Z"} <= set(read)


def test_a_moved_day_moves_in_the_calendar_under_the_same_name(walk: Walk) -> None:
    consultation = walk.announced()

    def answers() -> list[str]:
        read = feed("draft_calendar", consultation.slug)
        at = next(n for n, x in enumerate(read) if x.startswith("UID:") and "answers" in x)
        return [read[at], read[at + 2]]

    before = answers()
    plan.move_day(
        consultation.draft,
        step="answers",
        day=date(2026, 11, 2),
        because="Więcej uwag.",
        by=walk.world.officer,
    )
    after = answers()
    assert before[0] == after[0]
    assert (before[1], after[1]) == (
        "DTSTART;VALUE=DATE:20261013",
        "DTSTART;VALUE=DATE:20261102",
    )


def test_ones_own_has_what_one_follows_and_nobody_elses(walk: Walk) -> None:
    mine, other = walk.announced("moj"), walk.announced("inny")
    ngo = walk.world.ngo
    Watch.objects.create(actor=ngo, draft=mine.draft)
    read = feed("own_calendar", by=ngo)
    assert [x for x in read if f"Projekt {mine.slug}" in x]
    assert not [x for x in read if f"Projekt {other.slug}" in x]
    token = address_of(ngo).rpartition("/")[2].removesuffix(".ics")
    assert feed("own_calendar_by_token", token)[:6] == read[:6]


def test_ones_own_has_the_days_that_wait_for_one(walk: Walk) -> None:
    world, day = walk.world, date(2026, 9, 20)
    comment = world.comment(walk.opened())
    comments.return_comment(
        comment, because="Brak.", complete_by=day, lacking=["incomplete"], by=world.officer
    )
    assert [x for x in feed("own_calendar", by=world.ngo) if "Complete your comment" in x]
    assert not [x for x in feed("own_calendar", by=world.outsider) if "Complete" in x]


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["nie", token_of(999), signing.Signer().sign_object(1)])
def test_a_forged_address_is_not_found(token: str) -> None:
    assert as_(None).get(reverse("own_calendar_by_token", args=[token])).status_code == 404


def test_the_address_dies_with_the_login(walk: Walk) -> None:
    actor = walk.world.outsider
    address = address_of(actor).partition("://")[2].partition("/")[2]
    assert as_(None).get(f"/{address}").status_code == 200
    actor.user.delete()
    assert as_(None).get(f"/{address}").status_code == 404


def test_the_feed_of_all_asks_as_often_for_many_drafts_as_for_one(walk: Walk) -> None:
    walk.announced("pierwszy")
    with CaptureQueriesContext(connection) as few:
        terms.events(Draft.objects.all())
    walk.announced("drugi")
    walk.drafted("trzeci")
    with CaptureQueriesContext(connection) as many:
        terms.events(Draft.objects.all())
    assert len(few) == len(many)
