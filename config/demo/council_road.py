"""From the review to the resolution: report, opinions, ordinance, session, vote, publication."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from config.demo.enrol import Cast
from config.demo.stage import Story, at
from config.demo.telling import APPROVER, OFFICER
from config.demo.words import INTRODUCTIONS
from consultations.models import Consultation, CouncilFile, Draft, OpinionBody, Publication, Vote
from consultations.services import council, opinions, reports, texts
from consultations.services.council import Called
from workflows import services as road

HERE = Path(__file__).parent
CLERK = "barbara.ciesielniak@przykladowo.example"
SECRETARY = "tomasz.jagielnik@przykladowo.example"
VOTES = {
    "za": Vote.FOR,
    "przeciw": Vote.AGAINST,
    "wstrzymał się": Vote.ABSTAINED,
    "brak głosu": Vote.NO_VOTE,
    "nieobecny": Vote.ABSENT,
}


@dataclass(frozen=True)
class Opined:
    """An opinion: delivered on a day, given on another; never given, it is waived by silence."""

    delivered: str
    given: str = ""
    outcome: str = "positive"
    says: str = ""
    body: str = OpinionBody.PUBLIC_BENEFIT_COUNCIL
    name: str = ""


@dataclass(frozen=True)
class Handing:
    """The days on which the review ends and the council gets the draft, with its numbers."""

    prepared: str
    released: str
    submitted: str
    ordinance: str
    numbered: str
    print_number: str


@dataclass(frozen=True)
class Resolved:
    """The session, the resolution, and where it was published on which days."""

    session: str
    session_on: str
    scheduled: str
    number: str
    entered: str
    published: str


def roll_call(slug: str) -> list[Called]:
    """The votes by name, read from the file of this document."""
    with (HERE / "roll_calls" / f"{slug}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return [Called(row["radny"], row["klub"], str(VOTES[row["głos"]])) for row in rows]


def prepared(cast: Cast, consultation: Consultation, day: str) -> Story:
    """The officer writes the introduction; the tables come from the record."""
    yield at(day, "13:10")
    reports.prepare_report(
        consultation, introduction=INTRODUCTIONS[consultation.slug], by=cast.people[OFFICER]
    )


def opined(cast: Cast, draft: Draft, one: Opined) -> Story:
    """The draft is delivered; the body answers, or its days pass and the clock says so."""
    yield at(one.delivered, "10:20")
    opinion = opinions.request_opinion(
        draft,
        body=one.body,
        body_name=one.name,
        delivered_on=date.fromisoformat(one.delivered),
        by=cast.people[OFFICER],
    )
    if one.given:
        yield at(one.given, "12:40")
        of_secretary = one.body == OpinionBody.PUBLIC_BENEFIT_COUNCIL
        by = cast.people[SECRETARY if of_secretary else OFFICER]
        opinions.give_opinion(opinion, outcome=one.outcome, remarks=one.says, by=by)
    elif opinion.due_at is not None:
        yield opinion.due_at + timedelta(seconds=4)


def handed_over(cast: Cast, consultation: Consultation, days: Handing) -> Story:
    """The changed text and the report are released, the draft goes to the council."""
    yield at(days.prepared, "12:25")
    texts.publish_version(consultation.draft, by=cast.people[OFFICER])
    yield from prepared(cast, consultation, days.prepared)
    yield at(days.released, "11:15")
    reports.release_report(consultation.report, by=cast.people[APPROVER])
    yield at(days.released, "12:20")
    draft = road.finish_review(consultation.draft, by=cast.people[OFFICER])
    yield at(days.submitted, "9:45")
    council_file = road.submit_to_council(
        draft,
        ordinance_number=days.ordinance,
        ordinance_on=date.fromisoformat(days.submitted),
        by=cast.people[OFFICER],
    )
    yield at(days.numbered)
    road.give_print_number(council_file, print_number=days.print_number, by=cast.people[CLERK])


def scheduled(cast: Cast, draft: Draft, days: Resolved) -> Story:
    """The draft is put on the agenda of a session."""
    yield at(days.scheduled, "11:25")
    council.schedule_session(
        CouncilFile.objects.get(draft=draft),
        session_number=days.session,
        session_on=date.fromisoformat(days.session_on),
        by=cast.people[CLERK],
    )


def resolved(cast: Cast, draft: Draft, slug: str, days: Resolved) -> Story:
    """Agenda, roll call, some days later the resolution, and its publication."""
    clerk, held_on = cast.people[CLERK], date.fromisoformat(days.session_on)
    yield from scheduled(cast, draft, days)
    yield at(days.session_on, "15:40")
    council_file = CouncilFile.objects.get(draft=draft)
    road.record_vote(council_file, called=roll_call(slug), held_on=held_on, by=clerk)
    yield at(days.entered, "10:15")
    road.adopt_draft(draft, resolution_number=days.number, adopted_on=held_on, by=clerk)
    yield at(days.published, "13:50")
    published(cast, draft, slug, date.fromisoformat(days.published))


def published(cast: Cast, draft: Draft, slug: str, day: date) -> None:
    """In the Public Information Bulletin and on the city's portal."""
    places = (
        (Publication.Place.BIP, f"https://bip.przykladowo.example/uchwaly/{slug}"),
        (Publication.Place.PORTAL, f"https://www.przykladowo.example/organizacje/{slug}"),
    )
    for place, address in places:
        council.record_publication(
            draft, place=place, address=address, published_on=day, by=cast.people[OFFICER]
        )
