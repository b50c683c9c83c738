"""My tasks say of the council what its desk says: paper, motions, sessions, publication, text."""

from datetime import timedelta

from consultations import calendar
from consultations.models import Actor, CouncilFile, Role
from consultations.models.clock import move_to, now
from consultations.services import amendments, council, readings, votes
from consultations.services.amendments import Filed, Place
from consultations.services.readings import Motion
from consultations.services.votes import Vote
from tests.workflows.walk import Walk
from tests.world import provision, roll_call, staff
from workflows import services
from workflows.duties import duties
from workflows.selectors import todos


def waits(actor: Actor) -> list[str]:
    """The addresses of what waits: steps, then what stands beside them."""
    found = [one.url for one in todos(actor)] + [one.url for one in duties(actor)]
    return [url.rstrip("/").rpartition("/")[2] for url in found]


def scheduled(walk: Walk, days: int) -> CouncilFile:
    return council.schedule_session(
        walk.numbered(),
        session_number="XLIV",
        session_on=calendar.local_day(now()) + timedelta(days=days),
        by=walk.world.clerk,
    )


def test_before_its_session_nothing_waits_and_on_its_day_the_vote_does(walk: Walk) -> None:
    file = scheduled(walk, 10)
    assert waits(walk.world.clerk) == []
    move_to(now() + timedelta(days=10))
    assert waits(walk.world.clerk) == [str(file.pk)]


def test_a_draft_without_a_session_asks_for_one(walk: Walk) -> None:
    file = walk.numbered()
    assert waits(walk.world.clerk) == [str(file.pk), "sesja"]


def test_a_motion_is_decided_before_anything_else(walk: Walk) -> None:
    file = scheduled(walk, 0)
    motion = Motion("president", 0, "", "Sprawa jest ważna.")
    readings.move_two_readings(file, motion, by=walk.world.clerk)
    assert waits(walk.world.clerk) == ["decyzja"]
    services.decide_two_readings(file, accepted=False, by=walk.world.clerk)
    assert waits(walk.world.clerk) == [str(file.pk)]


def test_paper_waits_for_the_second_person_and_not_for_the_first(walk: Walk) -> None:
    second = staff("druga@rada.test", Role.CLERK)
    file = scheduled(walk, 0)
    votes.enter_vote(file, Vote(roll_call(40), calendar.local_day(now())), by=walk.world.clerk)
    assert waits(second) == ["potwierdzenie"]
    assert waits(walk.world.clerk) == []


def test_an_adopted_draft_waits_for_its_publication(walk: Walk) -> None:
    draft = walk.adopted()
    assert waits(walk.world.clerk)[-1] == "publikacja"
    council.record_publication(
        draft,
        place="bip",
        address="https://bip.urzad.test/uchwala",
        published_on=calendar.local_day(now()),
        by=walk.world.clerk,
    )
    assert "publikacja" not in waits(walk.world.clerk)


def test_an_adopted_amendment_waits_for_the_officer_to_write_it(walk: Walk) -> None:
    file = scheduled(walk, 0)
    before = waits(walk.world.officer)
    key = provision(file.draft.rounds.get()).provision.key
    filed = Filed("amendment", "group", "Klub", "Za krótko.")
    places = [Place(key, "change", text="Termin składania ofert wynosi 30 dni.")]
    one = amendments.file_amendment(file, filed, places, by=walk.world.clerk)
    amendments.adopt_amendment(one, by=walk.world.clerk)
    assert [one for one in waits(walk.world.officer) if one not in before] == ["poprawki"]
    assert "poprawki" not in waits(walk.world.approver)
