"""One reading or two: the motion changes the road, each reading is an event, off the agenda."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.calendar import WARSAW, local_day
from consultations.errors import Invalid, TooLate, Unmet, WrongState
from consultations.models import CouncilFile, ReadingsMotion
from consultations.models.clock import move_to, now
from consultations.models.reading import AMENDING_OVER
from consultations.selectors.readings import deadlines
from consultations.services import council, readings
from consultations.services.readings import Deadlines, Motion
from tests.workflows.walk import Walk, open_step, steps
from tests.world import roll_call
from workflows import services
from workflows.flow_check import mismatches
from workflows.reading_forms import DeadlinesForm

WHY = "Program na trzy lata wymaga namysłu."
OF_FIVE = Motion("councillors", 5, "Klub Testowy", WHY)


def moved(walk: Walk, *, accepted: bool = True) -> CouncilFile:
    file = walk.numbered()
    readings.move_two_readings(file, OF_FIVE, by=walk.world.clerk)
    return services.decide_two_readings(file, accepted=accepted, by=walk.world.clerk)


def in_days(own: int = 2, every: int = 5) -> Deadlines:
    return Deadlines(now() + timedelta(days=own), now() + timedelta(days=every))


def kinds(file: CouncilFile) -> list[str]:
    found = file.entries.order_by("seq").values_list("kind", flat=True)
    return [kind.partition(".")[2] for kind in found]


def vote(walk: Walk, file: CouncilFile) -> CouncilFile:
    day = now().astimezone(WARSAW).date()
    return services.record_vote(file, called=roll_call(40), held_on=day, by=walk.world.clerk)


def test_the_only_reading_is_recorded_with_the_vote_as_an_event_of_its_own(walk: Walk) -> None:
    file = vote(walk, walk.numbered())
    assert kinds(file)[-2:] == ["hold_reading", "record_vote"]
    assert (file.read_at == file.reading_began_at, file.state) == (True, "voted")


def test_the_only_reading_may_be_closed_before_the_vote(walk: Walk) -> None:
    file, clerk = walk.numbered(), walk.world.clerk
    readings.begin_reading(file, by=clerk)
    file = readings.hold_reading(file, by=clerk)
    assert (file.state, open_step(file.draft), mismatches()) == ("read", "record_vote", [])
    file = vote(walk, file)
    assert kinds(file)[-3:] == ["begin_reading", "hold_reading", "record_vote"]


def test_a_motion_for_two_readings_changes_the_road(walk: Walk) -> None:
    file, clerk = moved(walk), walk.world.clerk
    assert (open_step(file.draft), mismatches()) == ("hold_first_reading", [])
    services.hold_first_reading(file, in_days(), by=clerk)
    assert (open_step(file.draft), mismatches()) == ("hold_second_reading", [])
    move_to(now() + timedelta(days=5))
    services.hold_second_reading(file, by=clerk)
    assert (open_step(file.draft), mismatches()) == ("record_vote", [])
    assert vote(walk, file).state == "voted"
    assert steps(file.draft)[-6:] == [
        ("record_vote", "CANCELED"),
        ("hold_first_reading", "DONE"),
        ("hold_second_reading", "DONE"),
        ("record_vote", "DONE"),
        ("carried", "DONE"),
        ("adopt", "NEW"),
    ]


def test_a_refused_motion_leaves_the_road_as_it_is(walk: Walk) -> None:
    """The control of the one above."""
    file = moved(walk, accepted=False)
    assert (open_step(file.draft), mismatches()) == ("record_vote", [])
    assert ReadingsMotion.objects.get().accepted is False
    assert vote(walk, file).state == "voted"


def test_two_readings_by_rule_are_the_road_from_the_print_number_on(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CouncilFile, "is_read_twice", property(lambda _file: True))
    file = walk.numbered()
    assert (open_step(file.draft), mismatches()) == ("hold_first_reading", [])


@pytest.mark.parametrize(
    ("motion", "field"),
    [
        (Motion("councillors", 4, "", WHY), "backers"),
        (Motion("councillors", 44, "", WHY), "backers"),
        (Motion("mayor", 5, "", WHY), "moved_by"),
        (Motion("president", 0, "", " …"), "reasons"),
    ],
)
def test_what_is_no_motion_is_refused(walk: Walk, motion: Motion, field: str) -> None:
    file = walk.numbered()
    with pytest.raises(Invalid) as refusal:
        readings.move_two_readings(file, motion, by=walk.world.clerk)
    assert (refusal.value.field, ReadingsMotion.objects.count()) == (field, 0)


def test_the_president_moves_without_signatures(walk: Walk) -> None:
    file = walk.numbered()
    motion = readings.move_two_readings(file, Motion("president", 0, "", WHY), by=walk.world.clerk)
    assert (motion.backers, readings.backers_needed(file)) == (0, 5)


def test_one_motion_waits_at_a_time_and_the_vote_waits_for_it(walk: Walk) -> None:
    file, clerk = walk.numbered(), walk.world.clerk
    readings.move_two_readings(file, OF_FIVE, by=clerk)
    for act in (
        lambda: readings.move_two_readings(file, OF_FIVE, by=clerk),
        lambda: readings.hold_reading(file, by=clerk),
        lambda: vote(walk, file),
    ):
        with pytest.raises(Unmet) as refusal:
            act()
        assert [one.code for one in refusal.value.guards] == ["motion_decided"]
    assert kinds(file)[-1] == "move_two_readings"


def test_after_the_reading_nobody_moves_for_two(walk: Walk) -> None:
    file = readings.hold_reading(walk.numbered(), by=walk.world.clerk)
    with pytest.raises(WrongState):
        readings.move_two_readings(file, OF_FIVE, by=walk.world.clerk)


def test_a_draft_off_the_agenda_keeps_its_number_and_waits(walk: Walk) -> None:
    file, clerk = walk.numbered(), walk.world.clerk
    day = local_day(now()) + timedelta(days=9)
    council.schedule_session(file, session_number="XXX", session_on=day, by=clerk)
    file = readings.take_off_agenda(file, because="Brak opinii komisji.", by=clerk)
    assert (file.state, file.session_number, file.session_on) == ("numbered", "", None)
    assert (open_step(file.draft), mismatches()) == ("record_vote", [])
    entry = file.entries.get(kind="council_file.take_off_agenda")
    assert entry.leaf["facts"] == {"session": "XXX"}
    with pytest.raises(Unmet):
        readings.take_off_agenda(file, because="Znów.", by=clerk)


def test_between_two_readings_the_draft_can_be_sent_back(walk: Walk) -> None:
    file = services.hold_first_reading(moved(walk), in_days(), by=walk.world.clerk)
    services.send_back_draft(file, because=WHY, by=walk.world.clerk)
    assert (open_step(file.draft), mismatches()) == ("review_comments", [])


def test_the_second_reading_waits_for_the_last_amendments(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = services.hold_first_reading(moved(walk), in_days(), by=walk.world.clerk)
    assert file.amendments_until is not None
    move_to(file.amendments_until - timedelta(seconds=1))
    with pytest.raises(Unmet):
        services.hold_second_reading(file, by=walk.world.clerk)
    monkeypatch.setattr(type(AMENDING_OVER), "__call__", lambda *_: True)
    assert services.hold_second_reading(file, by=walk.world.clerk).state == "read"


@pytest.mark.parametrize(("own", "every", "field"), [(5, 2, "amendments_until"), (-1, 2, "own")])
def test_deadlines_lie_ahead_and_the_sponsor_ends_first(
    walk: Walk, own: int, every: int, field: str
) -> None:
    file = moved(walk)
    with pytest.raises(Invalid) as refusal:
        services.hold_first_reading(file, in_days(own, every), by=walk.world.clerk)
    assert (refusal.value.field or "").startswith(field)


def test_a_deadline_that_has_passed_is_not_moved(walk: Walk) -> None:
    file = services.hold_first_reading(moved(walk), in_days(2, 5), by=walk.world.clerk)
    own, later = file.own_amendments_until, now() + timedelta(days=9)
    assert own is not None
    move_to(own)
    with pytest.raises(TooLate):
        readings.set_deadlines(file, Deadlines(later, later), by=walk.world.clerk)
    done = readings.set_deadlines(file, Deadlines(own, later), by=walk.world.clerk)
    assert (done.own_amendments_until, done.amendments_until) == (own, later)


def test_the_two_deadlines_as_they_stand(walk: Walk) -> None:
    file, clerk = walk.numbered(), walk.world.clerk
    assert [one.is_over for one in deadlines(file)] == [False, False]
    file = readings.begin_reading(file, by=clerk)
    assert [one.is_over for one in deadlines(file)] == [True, False]
    file = readings.hold_reading(file, by=clerk)
    assert [one.is_over for one in deadlines(file)] == [True, True]


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        ("2026-10-25", "02:30", datetime(2026, 10, 25, 2, 30, tzinfo=WARSAW, fold=1)),
        ("2026-06-05", "19:45", datetime(2026, 6, 5, 19, 45, tzinfo=WARSAW)),
        ("2027-03-28", "02:30", None),
    ],
)
def test_the_hours_are_those_of_warsaw_on_both_nights_of_the_clocks(
    day: str, hour: str, utc: datetime | None
) -> None:
    sent = {"own_day": day, "own_time": hour, "every_day": day, "every_time": hour}
    form = DeadlinesForm(sent)
    assert form.is_valid() is (utc is not None)
    if utc is not None:
        assert form.deadlines().amendments_until.timestamp() == utc.timestamp()


def clerks(walk: Walk) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(walk.world.clerk.user)
    return client


def post(client: Client, name: str, file: CouncilFile, **sent: Any) -> Any:
    return client.post(reverse(name, args=[file.pk]), sent)


def test_the_clerk_walks_both_readings_on_the_pages(walk: Walk) -> None:
    file, client = walk.numbered(), clerks(walk)
    few = post(client, "move_two_readings", file, moved_by="councillors", backers=4, reasons=WHY)
    assert (few.status_code, "at least 5 councillors" in few.content.decode()) == (422, True)
    assert WHY in few.content.decode()
    sent = {"moved_by": "councillors", "backers": 5, "reasons": WHY}
    assert post(client, "move_two_readings", file, **sent).status_code == 302
    assert post(client, "decide_two_readings", file, decision="accepted").status_code == 302
    day = str((now() + timedelta(days=3)).date())
    days = {"own_day": day, "own_time": "15:00", "every_day": day, "every_time": "14:59"}
    wrong = post(client, "hold_first_reading", file, **days)
    assert (wrong.status_code, "end together with" in wrong.content.decode()) == (422, True)
    assert (
        post(client, "hold_first_reading", file, **days | {"every_time": "15:00"}).status_code
        == 302
    )
    early = post(client, "hold_second_reading", file)
    assert (early.status_code, "Amendments can be filed until" in early.content.decode()) == (
        409,
        True,
    )
    page = client.get(reverse("council_file", args=[file.pk])).content.decode()
    assert "two, on a motion" in page
    file.refresh_from_db()
    move_to(file.amendments_until)  # type: ignore[arg-type]
    assert post(client, "hold_second_reading", file).status_code == 302
    assert open_step(file.draft) == "record_vote"


@pytest.mark.parametrize("name", ["begin_reading", "hold_reading", "take_off_agenda"])
def test_each_act_has_its_page(walk: Walk, name: str) -> None:
    file = walk.numbered()
    day = local_day(now()) + timedelta(days=9)
    council.schedule_session(file, session_number="XXX", session_on=day, by=walk.world.clerk)
    client = clerks(walk)
    assert client.get(reverse(name, args=[file.pk])).status_code == 200
    assert post(client, name, file, because="Na wniosek komisji.").status_code == 302
