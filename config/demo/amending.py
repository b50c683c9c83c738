"""Two amendments of the demonstration, in conflict on one provision, settled before the vote."""

from config.demo.council_road import CLERK
from config.demo.enrol import Cast
from config.demo.stage import Story, at
from config.demo.telling import wording_at
from consultations.models import CouncilFile, Draft
from consultations.services import amendments
from consultations.services.amendments import Filed, Place, Totals

GROUP = Filed(
    "amendment",
    "group",
    "Zielony Rynek",
    "Małe organizacje piszą oferty po godzinach pracy; tydzień więcej pozwoli im je przygotować.",
)
COMMITTEE = Filed(
    "amendment",
    "committee",
    "Komisja Spraw Społecznych",
    "Dłuższy termin przesunąłby podpisanie umów na luty.",
)
WHERE = "§ 9 ust. 1"
LONGER, EXACTLY = ("co najmniej 21 dni", "co najmniej 28 dni"), ("co najmniej 21 dni", "21 dni")


def amended(cast: Cast, draft: Draft) -> Story:
    """The committee takes its own back before the session; the council rejects the other."""
    clerk = cast.people[CLERK]
    yield at("2025-11-17", "10:35")
    council_file = CouncilFile.objects.get(draft=draft)
    longer = [_place(draft, *LONGER)]
    first = amendments.file_amendment(council_file, GROUP, longer, by=clerk)
    yield at("2025-11-18", "14:20")
    exactly = [_place(draft, *EXACTLY)]
    second = amendments.file_amendment(council_file, COMMITTEE, exactly, by=clerk)
    yield at("2025-11-19", "9:50")
    amendments.withdraw_amendment(second, by=clerk)
    yield at("2025-11-19", "15:32")
    amendments.reject_amendment(first, totals=Totals(12, 24, 5), by=clerk)


def _place(draft: Draft, old: str, new: str) -> Place:
    found = wording_at(draft.rounds.get(), WHERE)
    if found is None:
        raise LookupError(WHERE)
    return Place(found.provision.key, "change", found.heading, found.text.replace(old, new))
