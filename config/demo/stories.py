"""The demonstration's drafts, one at every stage of the road, each as a story in time."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from config.demo import comments as said
from config.demo.cast import DOCUMENTS
from config.demo.enrol import Cast
from config.demo.shapes import DemoAnswer, DemoComment
from config.demo.stage import Stage, Story, at
from config.demo.telling import OFFICER, SECOND_OFFICER, Fate, Voice, comment_story, spread, term
from consultations.models import Consultation, CouncilFile, Document, Draft, Vote
from consultations.services import documents, drafts
from consultations.services.consultations import Notice
from consultations.services.council import Called
from consultations.text.parse import parse_plain
from workflows import services as road

HERE = Path(__file__).parent
CLERK = "barbara.ciesielniak@przykladowo.example"
HOST = "Referat Dialogu Obywatelskiego"
CONTACT = "dialog@example.test, 12 000 00 00, w dni robocze od 8:00 do 15:30"
VOTES = {
    "za": Vote.FOR,
    "przeciw": Vote.AGAINST,
    "wstrzymał się": Vote.ABSTAINED,
    "brak głosu": Vote.NO_VOTE,
    "nieobecny": Vote.ABSENT,
}


@dataclass(frozen=True)
class Round:
    """The days of one consultation and what its notice says."""

    announced: str
    first_day: str
    last_day: str
    purpose: str


def added(cast: Cast, slug: str) -> Document:
    """Enter the document with what it is part of and what it carries out."""
    row = next(one for one in DOCUMENTS if one.slug == slug)
    return documents.add_document(
        slug=row.slug,
        kind=row.kind,
        title=row.title,
        period=row.period,
        part_of=Document.objects.filter(slug=row.part_of).first(),
        carries_out=Document.objects.filter(slug__in=row.carries_out),
        by=cast.people[OFFICER],
    )


def registered(cast: Cast, document: Document, by: str = OFFICER) -> Draft:
    return road.register_draft(
        document, slug=document.slug, title=document.title, by=cast.people[by]
    )


def imported(cast: Cast, draft: Draft, slug: str, by: str = OFFICER) -> None:
    text = (HERE / "texts" / f"{slug}.txt").read_text(encoding="utf-8")
    drafts.import_text(draft, parse_plain(text).nodes, by=cast.people[by])


def announced(cast: Cast, draft: Draft, days: Round) -> Consultation:
    notice = Notice(
        first_day=date.fromisoformat(days.first_day),
        last_day=date.fromisoformat(days.last_day),
        purpose=days.purpose,
        host=HOST,
        contact=CONTACT,
    )
    return road.announce_consultation(draft.rounds.get(), notice, by=cast.people[OFFICER])


def roll_call(slug: str) -> list[Called]:
    """The votes by name, read from the file of this document."""
    with (HERE / "roll_calls" / f"{slug}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return [Called(row["radny"], row["klub"], str(VOTES[row["głos"]])) for row in rows]


def voices(
    stage: Stage,
    cast: Cast,
    consultation: Consultation,
    rows: Sequence[DemoComment],
    given: Sequence[DemoAnswer],
    fates: Mapping[int, Fate],
) -> None:
    """Let every comment begin its own story; without a fate or an answer it stays admitted."""
    by_index = {one.comment_index: one for one in given}
    opens_at, closes_at = term(consultation)
    instants = spread(opens_at, closes_at - timedelta(minutes=20), len(rows))
    for index, instant in enumerate(instants):
        one = Voice(rows[index], by_index.get(index), fates.get(index, Fate()), instant)
        stage.play(comment_story(cast, consultation, one))


def opening_and_closing(consultation: Consultation) -> Story:
    """Nobody does anything: the clock opens the round and closes it."""
    opens_at, closes_at = term(consultation)
    yield opens_at + timedelta(seconds=2)
    yield closes_at + timedelta(seconds=3)


def handed_over(cast: Cast, draft: Draft, print_number: str, days: Sequence[datetime]) -> Story:
    """The review ends, the draft goes to the council and gets its print number."""
    reviewed, submitted, numbered = days
    yield reviewed
    road.finish_review(draft, by=cast.people[OFFICER])
    yield submitted
    council_file = road.submit_to_council(draft, by=cast.people[OFFICER])
    yield numbered
    road.give_print_number(council_file, print_number=print_number, by=cast.people[CLERK])


def resolved(cast: Cast, draft: Draft, slug: str, number: str, session: str, entered: str) -> Story:
    """The roll call, and some days later the resolution."""
    clerk, held_on = cast.people[CLERK], date.fromisoformat(session)
    yield at(session, "15:40")
    council_file = CouncilFile.objects.get(draft=draft)
    road.record_vote(council_file, called=roll_call(slug), held_on=held_on, by=clerk)
    yield at(entered, "10:15")
    road.adopt_draft(draft, resolution_number=number, adopted_on=held_on, by=clerk)


def strategy(cast: Cast) -> Story:
    """Only a document: what the programmes are part of."""
    yield at("2024-08-05", "9:20")
    added(cast, "strategia")


def multi_year_programme(stage: Stage, cast: Cast) -> Story:
    """Adopted in February 2025."""
    slug = "wieloletni-2025-2028"
    yield at("2024-08-19", "10:05")
    draft = registered(cast, added(cast, slug))
    yield at("2024-09-03", "11:30")
    imported(cast, draft, slug)
    yield at("2024-09-12", "9:10")
    purpose = "Poznać zdanie organizacji o kierunkach współpracy na cztery lata."
    days = Round("2024-09-12", "2024-09-23", "2024-10-15", purpose)
    consultation = announced(cast, draft, days)
    stage.play(opening_and_closing(consultation))
    fates = {index: Fate(after=3 * index) for index in range(6)}
    fates[2] = Fate("budzet", after=8, remark="Proszę podać termin przeglądu kwot.")
    voices(stage, cast, consultation, said.MULTI_YEAR, said.MULTI_YEAR_ANSWERS, fates)
    days_of_council = (at("2024-11-25", "12:20"), at("2024-12-09", "9:45"), at("2025-01-13"))
    yield from handed_over(cast, draft, "188", days_of_council)
    yield from resolved(cast, draft, slug, "IX/188/25", "2025-02-12", "2025-02-14")


def programme_2026(stage: Stage, cast: Cast) -> Story:
    """Adopted in November 2025, eleven days before the statutory term."""
    slug = "program-2026"
    yield at("2025-08-18", "9:35")
    draft = registered(cast, added(cast, slug))
    yield at("2025-09-01", "13:10")
    imported(cast, draft, slug)
    yield at("2025-09-24", "10:00")
    purpose = "Zebrać uwagi organizacji do zasad konkursów i zadań na rok 2026."
    consultation = announced(cast, draft, Round("2025-09-24", "2025-10-02", "2025-10-23", purpose))
    stage.play(opening_and_closing(consultation))
    fates = {index: Fate(after=index % 3) for index in range(5)}
    fates[3] = Fate("gospodarka-komunalna", after=1)
    voices(stage, cast, consultation, said.PROGRAM_2026, said.PROGRAM_2026_ANSWERS, fates)
    council_days = (at("2025-11-04", "12:40"), at("2025-11-05", "9:15"), at("2025-11-06"))
    yield from handed_over(cast, draft, "412", council_days)
    yield from resolved(cast, draft, slug, "XXVI/412/25", "2025-11-19", "2025-11-20")


def council_of_public_benefit(stage: Stage, cast: Cast) -> Story:
    """Before the council: it has its print number and waits for the session."""
    slug = "rada-pozytku"
    yield at("2026-05-04", "10:20")
    draft = registered(cast, added(cast, slug))
    yield at("2026-05-06", "12:05")
    imported(cast, draft, slug)
    yield at("2026-05-14", "9:30")
    purpose = "Ustalić z organizacjami, jak wybierać ich przedstawicieli do Rady Pożytku."
    consultation = announced(cast, draft, Round("2026-05-14", "2026-05-25", "2026-06-16", purpose))
    stage.play(opening_and_closing(consultation))
    fates = {index: Fate(after=2 + index) for index in range(4)}
    voices(stage, cast, consultation, said.COUNCIL, said.COUNCIL_ANSWERS, fates)
    council_days = (at("2026-07-14", "11:25"), at("2026-08-20", "9:50"), at("2026-09-24"))
    yield from handed_over(cast, draft, "1187", council_days)


def animal_care(stage: Stage, cast: Cast) -> Story:
    """In the review: some answers are public, some wait for a signature, some for an author."""
    slug = "opieka-nad-zwierzetami"
    yield at("2026-07-01", "9:40")
    document = added(cast, slug)
    yield at("2026-08-03", "10:10")
    draft = registered(cast, document)
    yield at("2026-08-10", "13:45")
    imported(cast, draft, slug)
    yield at("2026-08-20", "9:05")
    purpose = "Sprawdzić z opiekunami zwierząt i organizacjami, czy pomoc trafia, gdzie trzeba."
    consultation = announced(cast, draft, Round("2026-08-20", "2026-08-31", "2026-09-22", purpose))
    stage.play(opening_and_closing(consultation))
    fates = {
        0: Fate("gospodarka-komunalna", after=3),
        1: Fate("gospodarka-komunalna", stop="approve", after=11),
        2: Fate(after=1),
        3: Fate("budzet", after=5, channel="in_person"),
        4: Fate("gospodarka-komunalna"),
        6: Fate(
            "gospodarka-komunalna",
            stop="answer",
            after=11,
            remark="Proszę dopisać, kto będzie miał dostęp do dokładnych danych.",
        ),
        7: Fate("gospodarka-komunalna", stop="answer", after=14),
        8: Fate("gospodarka-komunalna"),
        9: Fate(channel="email"),
    }
    voices(stage, cast, consultation, said.ANIMALS, said.ANIMALS_ANSWERS, fates)


def open_city(cast: Cast) -> Story:
    """Being drafted: the text is there, nothing is announced."""
    slug = "otwarte-miasto"
    yield at("2026-07-01", "10:15")
    document = added(cast, slug)
    yield at("2026-09-21", "11:00")
    draft = registered(cast, document, by=SECOND_OFFICER)
    yield at("2026-10-08", "12:30")
    imported(cast, draft, slug, by=SECOND_OFFICER)
