"""Days of sessions and votes that cannot have been are refused, and told before it is entered."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from consultations.calendar import local_day
from consultations.errors import Invalid
from consultations.models import CouncilFile
from consultations.models.clock import move_to, now
from consultations.services import council, readings, sessions
from tests.workflows.test_desk import signed_in
from tests.workflows.test_readings import OF_FIVE, in_days
from tests.workflows.walk import Walk
from tests.world import roll_call
from workflows import services

BECAUSE = "Radni są na wyjeździe."
DAY = timedelta(days=1)


def vote(file: CouncilFile, day: date, walk: Walk) -> CouncilFile:
    return services.record_vote(file, called=roll_call(40), held_on=day, by=walk.world.clerk)


def test_no_vote_before_the_submission(walk: Walk) -> None:
    file = walk.numbered()
    submitted = local_day(file.submitted_at)
    with pytest.raises(Invalid) as refused:
        vote(file, submitted - DAY, walk)
    assert refused.value.field == "held_on"
    assert vote(file, submitted, walk).state == "voted"


def test_the_preview_tells_of_a_day_that_cannot_be(walk: Walk) -> None:
    file = walk.numbered()
    names = "".join(f"Radny {one};Klub;za\n" for one in range(43))
    early = local_day(file.submitted_at) - DAY
    data = {"held_on": early.isoformat(), "source": "system", "text": names}
    page = signed_in(walk.world.clerk).post(
        reverse("record_vote", args=[file.pk]), data, headers={"accept-language": "en"}
    )
    assert page.status_code == 422
    assert "not yet submitted to the council on this day" in page.content.decode()


def test_no_vote_before_the_first_of_two_readings(walk: Walk) -> None:
    file, clerk = walk.numbered(), walk.world.clerk
    readings.move_two_readings(file, OF_FIVE, by=clerk)
    services.decide_two_readings(file, accepted=True, by=clerk)
    move_to(now() + 3 * DAY)
    file = services.hold_first_reading(CouncilFile.objects.get(), in_days(), by=clerk)
    assert file.first_read_at is not None
    council.check_day(file, local_day(file.first_read_at))
    with pytest.raises(Invalid):
        council.check_day(file, local_day(file.first_read_at) - DAY)


def test_no_agenda_of_a_day_past_or_of_a_session_the_calendar_lost(walk: Walk) -> None:
    file, clerk, today = walk.numbered(), walk.world.clerk, local_day(now())
    lost = sessions.add_session(number="II", day=today + 9 * DAY, by=clerk)
    sessions.cancel_session(lost, because=BECAUSE, by=clerk)
    for day in (today - DAY, lost.day):
        with pytest.raises(Invalid) as refused:
            council.schedule_session(file, session_number="II", session_on=day, by=clerk)
        assert refused.value.field == "session_on"
    council.schedule_session(file, session_number="II", session_on=today, by=clerk)


def test_the_form_offers_the_sessions_ahead(walk: Walk) -> None:
    file, clerk = walk.numbered(), walk.world.clerk
    one = sessions.add_session(number="XLI", day=local_day(now()) + 9 * DAY, by=clerk)
    client, url = signed_in(clerk), reverse("schedule_session", args=[file.pk])
    page = client.get(url, headers={"accept-language": "en"}).content.decode()
    assert f'<option value="{one.pk}">XLI, ' in page
    empty = {"session": "", "session_number": "", "session_on": ""}
    assert client.post(url, empty).status_code == 422
    assert client.post(url, empty | {"session": "99999"}).status_code == 422
    assert client.post(url, empty | {"session": one.pk}).status_code == 302
    file.refresh_from_db()
    assert (file.session_number, file.session_on) == ("XLI", one.day)
