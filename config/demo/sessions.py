"""The council's calendar for the autumn, as its office entered it before the holidays."""

from datetime import date

from config.demo.council_road import CLERK
from config.demo.enrol import Cast
from config.demo.stage import Story, at
from consultations.services.sessions import add_session

PLACE = "Ratusz, sala obrad"
AUTUMN = {
    "XLI": "2026-09-16",
    "XLII": "2026-09-30",
    "XLIII": "2026-10-14",
    "XLIV": "2026-10-28",
    "XLV": "2026-11-18",
    "XLVI": "2026-12-02",
    "XLVII": "2026-12-16",
}


def calendar(cast: Cast) -> Story:
    """Every second Wednesday, but for the holiday of 11 November; the 18th is the last in time."""
    yield at("2026-06-30", "10:20")
    for number, day in AUTUMN.items():
        add_session(number=number, day=date.fromisoformat(day), place=PLACE, by=cast.people[CLERK])
