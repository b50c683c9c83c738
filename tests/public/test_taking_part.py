"""What the page of a consultation says of how and where one takes part, and what became of it."""

from datetime import date, datetime, timedelta

from django.urls import reverse

from consultations.calendar import WARSAW
from consultations.models import Consultation
from consultations.models.clock import move_to
from consultations.services import consultations as rounds
from consultations.services import drafts, opinions, ways
from tests.public.addresses import address
from tests.public.conftest import Visit
from tests.world import World

AFTER_THE_MEETING = datetime(2026, 9, 26, 9, 0, tzinfo=WARSAW)


def page(visit: Visit, consultation: Consultation) -> str:
    return str(visit(None, address("consultation", consultation)).content.decode())


def test_a_meeting_ahead_has_its_place_and_time(world: World, visit: Visit) -> None:
    shown = page(visit, world.opened())
    assert "Meetings to come" in shown
    assert "25 September 2026, 17:00–19:00" in shown
    assert "Urząd Miasta, sala 7" in shown
    assert "Meetings held" not in shown
    home = visit(None, reverse("home")).content.decode()
    assert "Next meeting: open meeting – Urząd Miasta, sala 7 – 25 September 2026" in home


def test_a_meeting_that_is_over_waits_for_its_minutes(world: World, visit: Visit) -> None:
    consultation = world.opened()
    move_to(AFTER_THE_MEETING)
    shown = page(visit, consultation)
    assert "Meetings to come" not in shown
    assert "The minutes will be here when the unit has entered them." in shown


def test_a_meeting_held_has_attendance_and_minutes(world: World, visit: Visit) -> None:
    consultation = world.opened()
    move_to(AFTER_THE_MEETING)
    meeting = consultation.ways.get(kind="open_meeting")
    ways.record_meeting(
        meeting, attendance=12, minutes="Pytano o <b>terminy</b>.", by=world.officer
    )
    shown = page(visit, consultation)
    assert "12 people came." in shown
    assert "Pytano o\u00a0&lt;b&gt;terminy&lt;/b&gt;." in shown


def test_a_cancelled_meeting_is_told_with_its_reason_and_no_longer_ahead(
    world: World, visit: Visit
) -> None:
    consultation = world.opened()
    meeting = consultation.ways.get(kind="open_meeting")
    ways.cancel_way(meeting, because="Awaria prądu", by=world.officer)
    shown = page(visit, consultation)
    assert "Awaria prądu" in shown
    assert "Meetings to come" not in shown
    assert "Next meeting" not in visit(None, reverse("home")).content.decode()


def test_channels_are_offered_while_comments_are_taken(world: World, visit: Visit) -> None:
    consultation = world.opened()
    assert "Other ways to take part" in page(visit, consultation)
    assert "Other ways to take part" not in page(visit, world.closed(consultation))


def test_prolonging_and_corrections_stand_on_the_page(world: World, visit: Visit) -> None:
    consultation = world.opened()
    rounds.prolong_consultation(
        consultation, last_day=date(2026, 10, 9), because="Ferie organizacji", by=world.officer
    )
    rounds.correct_notice(
        consultation, changed={"contact": "tel. 13"}, because="Zły numer", by=world.officer
    )
    shown = page(visit, consultation)
    assert "Ferie organizacji" in shown
    assert "Zły numer" in shown
    assert "<dd>8 September 2026 – 9 October 2026</dd>" in shown


def test_a_cancelled_consultation_says_why_and_stays_on_the_home_page(
    world: World, visit: Visit
) -> None:
    consultation = world.announced()
    rounds.cancel_consultation(consultation, because="Błąd w projekcie", by=world.officer)
    shown = page(visit, consultation)
    assert "This consultation was cancelled." in shown
    assert "Błąd w projekcie" in shown
    assert "How to take part" not in shown
    home = visit(None, reverse("home"))
    assert [len(home.context[name]) for name in ("coming", "under_way", "finished")] == [0, 0, 1]


def test_a_withdrawn_draft_says_why_and_is_no_longer_under_review(
    world: World, visit: Visit
) -> None:
    consultation = world.closed(world.opened())
    drafts.withdraw_draft(consultation.draft, because="Zmiana ustawy", by=world.officer)
    assert "Zmiana ustawy" in page(visit, consultation)
    home = visit(None, reverse("home"))
    assert [len(home.context[name]) for name in ("under_way", "finished")] == [0, 1]


def test_opinions_are_read_by_everybody(world: World, visit: Visit) -> None:
    consultation = world.closed(world.opened())
    assert consultation.closes_at is not None
    move_to(consultation.closes_at + timedelta(days=1))
    delivered = consultation.closes_at.astimezone(WARSAW).date()
    opinion = opinions.request_opinion(
        consultation.draft, body="committee", delivered_on=delivered, by=world.officer
    )
    opinions.give_opinion(opinion, outcome="with_remarks", remarks="Więcej czasu", by=world.officer)
    shown = page(visit, consultation)
    assert "Więcej czasu" in shown


def test_the_notice_and_the_plain_text_are_linked(world: World, visit: Visit) -> None:
    consultation = world.opened()
    shown = page(visit, consultation)
    for name in ("notice", "draft_text"):
        assert f'href="{address(name, consultation)}"' in shown
