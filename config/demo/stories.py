"""The demonstration's drafts, one at every stage of the road, each as a story in time."""

from datetime import date

from config.demo import comments as said
from config.demo import words
from config.demo.amending import amended
from config.demo.council_road import (
    Handing,
    Opined,
    Resolved,
    handed_over,
    opined,
    prepared,
    resolved,
    scheduled,
)
from config.demo.enrol import Cast
from config.demo.late import late_letter
from config.demo.rounds import Round, added, announced, imported, later_ways, registered, voices
from config.demo.stage import Stage, Story, at
from config.demo.telling import OFFICER, SECOND_OFFICER, Fate
from consultations.models import Consultation, OpinionBody
from workflows import services as road


def strategy(cast: Cast) -> Story:
    """Only a document: what the programmes are part of."""
    yield at("2024-08-05", "9:20")
    added(cast, "strategia")


def multi_year_programme(stage: Stage, cast: Cast) -> Story:
    """Adopted in February 2025; the public-benefit council had let its days pass in silence."""
    slug = "wieloletni-2025-2028"
    yield at("2024-08-19", "10:05")
    draft = registered(cast, added(cast, slug), "DO.524.7.2024")
    yield at("2024-09-03", "11:30")
    imported(cast, draft, slug)
    yield at("2024-09-12", "9:10")
    purpose = "Poznać zdanie organizacji o kierunkach współpracy na cztery lata."
    days = Round("2024-09-12", "2024-09-23", "2024-10-15", purpose)
    consultation = announced(stage, cast, draft, days)
    fates = {index: Fate(after=3 * index) for index in range(6)}
    fates[2] = Fate("budzet", after=8, remark="Proszę podać termin przeglądu kwot.")
    voices(stage, cast, consultation, said.MULTI_YEAR, said.MULTI_YEAR_ANSWERS, fates)
    stage.play(opined(cast, draft, Opined("2024-10-24")))
    handing = Handing("2024-11-22", "2024-11-25", "2024-12-09", "3311/2024", "2025-01-13", "188")
    yield from handed_over(cast, consultation, handing)
    last = Resolved("IX", "2025-02-12", "2025-02-03", "IX/188/25", "2025-02-14", "2025-02-17")
    yield from resolved(cast, draft, slug, last)


def programme_2026(stage: Stage, cast: Cast) -> Story:
    """Adopted in November 2025, eleven days before the statutory term."""
    slug = "program-2026"
    yield at("2025-08-18", "9:35")
    draft = registered(cast, added(cast, slug), "DO.524.4.2025")
    yield at("2025-09-01", "13:10")
    imported(cast, draft, slug)
    yield at("2025-09-24", "10:00")
    purpose = "Zebrać uwagi organizacji do zasad konkursów i zadań na rok 2026."
    days = Round("2025-09-24", "2025-10-02", "2025-10-23", purpose)
    consultation = announced(stage, cast, draft, days)
    fates = {index: Fate(after=index % 3) for index in range(5)}
    fates[3] = Fate("gospodarka-komunalna", after=1)
    voices(stage, cast, consultation, said.PROGRAM_2026, said.PROGRAM_2026_ANSWERS, fates)
    opinion = Opined("2025-10-24", "2025-10-30", "with_remarks", words.WITH_REMARKS)
    stage.play(opined(cast, draft, opinion))
    handing = Handing("2025-11-03", "2025-11-04", "2025-11-05", "2874/2025", "2025-11-06", "412")
    yield from handed_over(cast, consultation, handing)
    stage.play(amended(cast, draft))
    last = Resolved("XXVI", "2025-11-19", "2025-11-12", "XXVI/412/25", "2025-11-20", "2025-11-21")
    yield from resolved(cast, draft, slug, last)


def council_of_public_benefit(stage: Stage, cast: Cast) -> Story:
    """Before the council: on the agenda of the session at the end of October."""
    slug = "rada-pozytku"
    yield at("2026-05-04", "10:20")
    draft = registered(cast, added(cast, slug), "DO.0643.2.2026")
    yield at("2026-05-06", "12:05")
    imported(cast, draft, slug)
    yield at("2026-05-14", "9:30")
    purpose = "Ustalić z organizacjami, jak wybierać ich przedstawicieli do Rady Pożytku."
    days = Round("2026-05-14", "2026-05-25", "2026-06-16", purpose)
    consultation = announced(stage, cast, draft, days)
    fates = {index: Fate(after=2 + index) for index in range(4)}
    voices(stage, cast, consultation, said.COUNCIL, said.COUNCIL_ANSWERS, fates)
    for opinion in OPINIONS_ON_THE_COUNCIL:
        stage.play(opined(cast, draft, opinion))
    handing = Handing("2026-07-10", "2026-07-14", "2026-08-20", "2210/2026", "2026-09-24", "1187")
    yield from handed_over(cast, consultation, handing)
    session = Resolved("XLIV", "2026-10-28", "2026-10-12", "", "", "")
    yield from scheduled(cast, draft, session)


OPINIONS_ON_THE_COUNCIL = (
    Opined("2026-06-22", "2026-07-02", "positive", words.POSITIVE),
    Opined(
        "2026-07-20",
        "2026-08-05",
        "with_remarks",
        words.COMMISSION_SAYS,
        OpinionBody.DIALOGUE_COMMISSION,
        words.COMMISSION,
    ),
    Opined(
        "2026-09-28",
        "2026-10-08",
        "positive",
        words.COMMITTEE_SAYS,
        OpinionBody.COMMITTEE,
        words.COMMITTEE,
    ),
)


def animal_care(stage: Stage, cast: Cast) -> Story:
    """In the review: some answers are public, some wait for a signature, some for an author."""
    slug = "opieka-nad-zwierzetami"
    yield at("2026-07-01", "9:40")
    document = added(cast, slug)
    yield at("2026-08-03", "10:10")
    draft = registered(cast, document, "DO.524.9.2026")
    yield at("2026-08-10", "13:45")
    imported(cast, draft, slug)
    yield at("2026-08-20", "9:05")
    purpose = "Sprawdzić z opiekunami zwierząt i organizacjami, czy pomoc trafia, gdzie trzeba."
    days = Round("2026-08-20", "2026-08-31", "2026-09-22", purpose)
    consultation = announced(stage, cast, draft, days)
    voices(stage, cast, consultation, said.ANIMALS, said.ANIMALS_ANSWERS, FATES_OF_ANIMAL_CARE)
    stage.play(opined(cast, draft, Opined("2026-10-06")))
    stage.play(late_letter(cast, consultation))
    yield from prolonged(cast, consultation)
    yield from prepared(cast, consultation, "2026-10-13")


FATES_OF_ANIMAL_CARE = {
    0: Fate("gospodarka-komunalna", after=3),
    1: Fate("gospodarka-komunalna", stop="approve", after=6),
    2: Fate(after=1),
    3: Fate("budzet", after=4, channel="in_person"),
    4: Fate("gospodarka-komunalna"),
    6: Fate(
        "gospodarka-komunalna",
        stop="answer",
        after=6,
        remark="Proszę dopisać, kto będzie miał dostęp do dokładnych danych.",
    ),
    7: Fate("gospodarka-komunalna", stop="answer", after=9),
    8: Fate("gospodarka-komunalna", day="2026-09-27"),
    9: Fate(channel="email"),
}


def prolonged(cast: Cast, consultation: Consultation) -> Story:
    """A week more, with hours of the department's expert in it."""
    yield at("2026-09-17", "12:15")
    road.prolong_consultation(
        consultation,
        last_day=date(2026, 9, 29),
        because=words.PROLONGED,
        by=cast.people[OFFICER],
    )
    later_ways(cast, consultation)


def open_city(cast: Cast) -> Story:
    """Being drafted: the text is there, a meeting is still to be planned, nothing announced."""
    slug = "otwarte-miasto"
    yield at("2026-07-01", "10:15")
    document = added(cast, slug)
    yield at("2026-09-21", "11:00")
    draft = registered(cast, document, "DO.524.11.2026", by=SECOND_OFFICER)
    yield at("2026-10-08", "12:30")
    imported(cast, draft, slug, by=SECOND_OFFICER)
