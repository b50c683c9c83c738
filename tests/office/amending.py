"""A draft at the council with amendments on its provisions, for the tests of amendments."""

from datetime import timedelta
from typing import Any

from consultations.calendar import local_day
from consultations.models import Amendment, CouncilFile, TextVersion, Wording
from consultations.models.clock import move_to, now
from consultations.services import amendments, council, readings
from consultations.services.amendments import Filed, Place
from consultations.text.tree import NBSP
from tests.world import World, roll_call

GROUP = Filed("amendment", "group", "Klub Testowy", "Organizacje potrzebują więcej czasu.")
COMMITTEE = Filed("amendment", "committee", "Komisja Kultury", "Tak zaopiniowała komisja.")
SPONSOR = Filed("own", "president", "", "Po uwagach komisji.")
THIRTY, FOURTEEN = "Termin składania ofert wynosi 30 dni.", "Termin składania ofert wynosi 14 dni."


def at_council(world: World) -> CouncilFile:
    """With its print number and one reading to come."""
    return world.numbered(world.closed(world.opened()))


def between_readings(world: World, council_file: CouncilFile) -> CouncilFile:
    """Two readings on a motion, the first of them held; two and five days for amendments."""
    motion = readings.Motion("president", 0, "", "Program na trzy lata.")
    readings.move_two_readings(council_file, motion, by=world.clerk)
    readings.decide_two_readings(council_file, accepted=True, by=world.clerk)
    days = readings.Deadlines(now() + timedelta(days=2), now() + timedelta(days=5))
    return readings.hold_first_reading(council_file, days, by=world.clerk)


def wording(council_file: CouncilFile, citation: str) -> Wording:
    """The provision as it stands in the latest version."""
    latest: TextVersion = council_file.draft.versions.latest("number")
    rows = latest.wordings.select_related("provision")
    return next(one for one in rows if one.citation.replace(NBSP, " ") == citation)


def place(
    council_file: CouncilFile, citation: str = "§ 2 ust. 1", text: str = THIRTY, **more: Any
) -> Place:
    found = wording(council_file, citation)
    given: dict[str, Any] = {"how": "change", "heading": found.heading, "text": text} | more
    if given["how"] == "delete":
        given |= {"heading": "", "text": ""}
    return Place(found.provision.key, **given)


def amended(
    world: World, council_file: CouncilFile, *places: Place, filed: Filed = GROUP
) -> Amendment:
    """Filed by the council office; on § 2 ust. 1 unless said otherwise."""
    on = places or (place(council_file),)
    return amendments.file_amendment(council_file, filed, on, by=world.clerk)


def voted(world: World, council_file: CouncilFile) -> CouncilFile:
    move_to(now() + timedelta(days=10))
    return council.record_vote(
        council_file, called=roll_call(40), held_on=local_day(now()), by=world.clerk
    )


def resolve(world: World, council_file: CouncilFile) -> Any:
    return council.adopt_draft(
        council_file.draft,
        resolution_number="XXX/1/26",
        adopted_on=local_day(now()),
        by=world.clerk,
    )
