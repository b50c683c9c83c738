"""Who came to an organisation and who left it: one mandate ended, one is asked for."""

from config.demo.enrol import Cast
from config.demo.stage import Story, at
from config.demo.telling import OFFICER
from consultations.models import Mandate
from consultations.services import mandates

LEFT, ASKS = "hubert.zalewniak@ogonilapa.example", "wojciech.piatkowiec@poczta.example"
JOINED = "Fundacja „Mosty Przykładowa”"
BASIS = "Uchwała zarządu nr 4/2026 z 8 października 2026 r."


def coming_and_going(cast: Cast) -> Story:
    """A signatory leaves in summer; a resident asks to prepare comments of a foundation."""
    yield at("2026-06-30", "12:10")
    held = Mandate.objects.running().get(actor=cast.people[LEFT])
    mandates.end_mandate(held, by=cast.people[OFFICER])
    yield at("2026-10-14", "18:20")
    organisation, by = cast.organisations[JOINED], cast.people[ASKS]
    mandates.ask_for_mandate(organisation, kind=Mandate.Kind.DRAFTER, basis=BASIS, by=by)
