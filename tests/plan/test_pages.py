"""Pages of the plan and of the calendar: what they say, who keeps them, what stays typed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from consultations import calendar
from consultations.models import Consultation, CouncilSession, Entry, PlannedDay
from consultations.models.clock import move_to
from consultations.services import plan as plans
from consultations.services import sessions
from tests.ground.attacks import lift
from tests.office.pages import as_, text_of
from tests.workflows.walk import Walk
from tests.world import World
from workflows.planning import watch_plans

BECAUSE = "Radni są na wyjeździe."


@pytest.fixture
def november(world: World) -> None:
    for number, day in {"I": 4, "II": 18}.items():
        sessions.add_session(number=number, day=date(2026, 11, day), by=world.clerk)
    sessions.add_session(number="III", day=date(2026, 12, 2), by=world.clerk)


def test_everybody_reads_the_days_the_last_days_and_the_slack(walk: Walk, november: None) -> None:
    slug = walk.announced().slug
    page = text_of(as_(None).get(reverse("plan", args=[slug])))
    assert "The last session in time is on 18 November 2026" in page
    assert "Submission to the council Thu, 15 October 2026 Tue, 10 November 2026 26 days" in page
    assert "Notice of the consultation Tue, 1 September 2026 – done" in page
    assert "No day was moved and no alarm rang." in page


def test_a_plan_of_what_is_not_announced_is_nobodys_but_the_offices(walk: Walk) -> None:
    slug = walk.drafted().slug
    assert as_(None).get(reverse("plan", args=[slug])).status_code == 404
    page = text_of(as_(walk.world.officer).get(reverse("plan", args=[slug])))
    assert "The council's calendar has no session for this time yet" in page


def test_the_alarm_is_loud_and_closes_no_way(walk: Walk, november: None) -> None:
    slug = walk.drafted().slug
    move_to(calendar.start_of(date(2026, 9, 26)) + timedelta(hours=9))
    watch_plans()
    for name in ("plan", "control_room"):
        page = text_of(as_(walk.world.officer).get(reverse(name, args=[slug])))
        assert "Alarm: no session of the council by 30 November 2026 fits any more" in page
        assert "The last session in time is on 18 November 2026: 1 day too soon." in page
        assert "on 2 December 2026, 2 days after the last day by law." in page
        assert "It rings since 26 September 2026." in page
    plan = text_of(as_(walk.world.officer).get(reverse("plan", args=[slug])))
    assert "1 day too late" in plan or "3 days too late" in plan
    late = walk.announce(Consultation.objects.get(slug=slug))
    assert late.announced_at is not None


def test_the_alarm_stands_on_the_drafts_page_and_on_the_units_desk_until_it_ends(
    walk: Walk, november: None
) -> None:
    slug, world = walk.announced().slug, walk.world
    words, of_desk = "Alarm: no session of the council by", "Alarm: no session in time fits"

    def shown() -> tuple[bool, bool]:
        page = text_of(as_(None).get(reverse("consultation", args=[slug])))
        desk = text_of(as_(world.officer).get(reverse("office")))
        return words in page, of_desk in desk

    assert shown() == (False, False)
    for session in CouncilSession.objects.filter(day__lt=date(2026, 11, 30)):
        sessions.cancel_session(session, because=BECAUSE, by=world.clerk)
    watch_plans()
    assert shown() == (True, True)
    sessions.add_session(number="IIa", day=date(2026, 11, 25), by=world.clerk)
    watch_plans()
    assert shown() == (False, False)


def test_a_day_is_moved_on_a_page_and_the_reason_is_public(walk: Walk, november: None) -> None:
    slug, office = walk.announced().slug, as_(walk.world.officer)
    url = reverse("move_day", args=[slug])
    assert "Move a day" in text_of(office.get(reverse("plan", args=[slug])))
    sent = {"step": "answers", "day": "2026-11-02", "because": BECAUSE}
    assert office.post(url, sent).status_code == 302
    page = text_of(as_(None).get(reverse("plan", args=[slug])))
    assert "answers to all comments ready on 2 November 2026 instead of 13 October 2026" in page
    assert f"Reason: {BECAUSE}" in page
    assert "Answers to all comments ready (moved) Mon, 2 November 2026" in page


@pytest.mark.parametrize(
    "wrong",
    [{"step": "nie"}, {"day": "wczoraj"}, {"day": "2026-09-30"}, {"because": ""}, {"day": "1-1-1"}],
)
def test_what_is_refused_stays_typed(walk: Walk, november: None, wrong: dict[str, str]) -> None:
    slug = walk.announced().slug
    sent = {"step": "answers", "day": "2026-11-02", "because": BECAUSE} | wrong
    page = as_(walk.world.officer).post(reverse("move_day", args=[slug]), sent)
    assert page.status_code == 422
    assert sent["because"] in page.content.decode()
    assert not PlannedDay.objects.exists()


def test_a_plan_moved_beyond_the_last_session_says_so_without_an_alarm(
    walk: Walk, november: None
) -> None:
    consultation = walk.announced()
    plans.move_day(
        consultation.draft,
        step="submit",
        day=date(2026, 11, 20),
        because=BECAUSE,
        by=walk.world.officer,
    )
    page = text_of(as_(None).get(reverse("plan", args=[consultation.slug])))
    assert "By the days planned now, the council votes after 30 November 2026." in page
    assert "10 days too late" in page
    assert watch_plans() == 0


# -- the calendar --------------------------------------------------------------------------------


def test_the_clerk_keeps_the_calendar_and_everybody_reads_it(world: World) -> None:
    clerk = as_(world.clerk)
    sent = {"number": "XXX", "day": "2026-11-18", "place": "Sala Obrad"}
    assert clerk.post(reverse("add_session"), sent).status_code == 302
    one = CouncilSession.objects.get()
    moved = sent | {"day": "2026-11-25", "because": BECAUSE}
    assert clerk.post(reverse("change_session", args=[one.pk]), moved).status_code == 302
    page = text_of(as_(None).get(reverse("sessions")))
    assert "XXX Wednesday, 25 November 2026 Sala Obrad" in page
    assert "Change" not in page
    because = {"because": "Brak kworum."}
    assert clerk.post(reverse("cancel_session", args=[one.pk]), because).status_code == 302
    assert "cancelled : Brak kworum." in text_of(as_(None).get(reverse("sessions")))
    kinds = list(Entry.objects.filter(kind__startswith="council.").values_list("kind", flat=True))
    assert kinds == ["council.add_session", "council.change_session", "council.cancel_session"]
    assert as_(world.clerk).get(reverse("change_session", args=[one.pk])).status_code == 404


def test_a_second_session_on_a_day_is_refused_with_everything_typed(
    world: World, november: None
) -> None:
    page = as_(world.clerk).post(
        reverse("add_session"), {"number": "IIa", "day": "2026-11-18", "place": "Sala Kupiecka"}
    )
    assert page.status_code == 422
    assert "A session is in the calendar for this day already." in text_of(page)
    assert "Sala Kupiecka" in page.content.decode()


def test_the_page_of_the_plan_asks_as_much_for_many_sessions_as_for_few(
    walk: Walk, november: None, django_assert_max_num_queries: object
) -> None:
    slug = walk.announced().slug
    lift("session_insert")
    for number in range(60):
        day = date(2026, 12, 3) + timedelta(days=number)
        CouncilSession.objects.create(number=str(number), day=day)
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        as_(None).get(reverse("plan", args=[slug]))


def test_of_a_last_session_that_is_past_the_alarm_says_none_is_left(
    walk: Walk, november: None
) -> None:
    slug = walk.drafted().slug
    move_to(calendar.start_of(date(2026, 11, 19)) + timedelta(hours=9))
    watch_plans()
    page = text_of(as_(walk.world.officer).get(reverse("plan", args=[slug])))
    assert "No session is left until the last day by law, 30 November 2026." in page
    assert "The last session in time is on 18 November 2026: " not in page
