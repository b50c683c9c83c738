"""A round of the demonstration: its text and forms, its notice, its voices, its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from config.demo.cast import DOCUMENTS
from config.demo.enrol import Cast
from config.demo.meetings import WAYS
from config.demo.shapes import DemoAnswer, DemoComment, DemoWay
from config.demo.stage import Stage, Story, at, in_office
from config.demo.telling import OFFICER, Fate, Voice, comment_story, over, spread, term
from config.demo.words import CONTACT, POSTED_AT
from consultations.models import Actor, Consultation, Document, Draft, Way
from consultations.selectors import elements as mandatory
from consultations.services import documents, drafts, elements, texts, ways
from consultations.services.consultations import Notice
from consultations.text.parse import parse_plain
from workflows import services as road

HERE = Path(__file__).parent
HOST = "Referat Dialogu Obywatelskiego"


@dataclass(frozen=True)
class Round:
    """The days of one consultation and what its notice says."""

    announced: str
    first_day: str
    last_day: str
    purpose: str
    contact: str = CONTACT


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


def registered(cast: Cast, document: Document, case_number: str, by: str = OFFICER) -> Draft:
    """Begin a draft, with the number of its case in the records system."""
    draft = road.register_draft(
        document, slug=document.slug, title=document.title, by=cast.people[by]
    )
    return drafts.number_draft_case(draft, case_number=case_number, by=cast.people[by])


def imported(cast: Cast, draft: Draft, slug: str, by: str = OFFICER) -> None:
    """Put the text in, and plan the forms in which people will take part."""
    text = (HERE / "texts" / f"{slug}.txt").read_text(encoding="utf-8")
    texts.import_text(draft, parse_plain(text).nodes, by=cast.people[by])
    _place_elements(draft, cast.people[by])
    for one in WAYS[slug]:
        if not one.later:
            planned(cast, draft.rounds.get(), one, by)


def _place_elements(draft: Draft, by: Actor) -> None:
    """The officer confirms what the words of the text suggest."""
    codes = [code for code, _words in mandatory.elements(draft)]
    if codes:
        standing = mandatory.standing(draft)
        places = {code: [UUID(standing[code])] for code in codes if code in standing}
        elements.place_elements(draft, places, by=by)


def planned(cast: Cast, consultation: Consultation, one: DemoWay, by: str = OFFICER) -> Way:
    """One form of the round."""
    starts_at, ends_at = (at(one.day, hour) if one.day else None for hour in one.hours)
    if starts_at and ends_at:
        starts_at, ends_at = starts_at.replace(second=0), ends_at.replace(second=0)
    plan = ways.Plan(one.kind, one.place, starts_at, ends_at)
    return ways.plan_way(consultation, plan, by=cast.people[by])


def later_ways(cast: Cast, consultation: Consultation) -> None:
    """The forms that are added while the round runs."""
    for one in WAYS[consultation.slug]:
        if one.later:
            planned(cast, consultation, one)


def announced(stage: Stage, cast: Cast, draft: Draft, days: Round) -> Consultation:
    """Make the notice public; the meetings and the clock's acts follow by themselves."""
    notice = Notice(
        first_day=date.fromisoformat(days.first_day),
        last_day=date.fromisoformat(days.last_day),
        purpose=days.purpose,
        host=HOST,
        contact=days.contact,
        posted_at=POSTED_AT,
    )
    consultation = road.announce_consultation(draft.rounds.get(), notice, by=cast.people[OFFICER])
    stage.play(opening_and_closing(consultation))
    for one in WAYS[consultation.slug]:
        if one.minutes:
            stage.play(held(cast, consultation, one))
    return consultation


def held(cast: Cast, consultation: Consultation, one: DemoWay) -> Story:
    """The office enters how many came and the minutes, the morning after."""
    yield in_office(at(one.day, one.hours[1]), minutes=75)
    way = consultation.ways.get(kind=one.kind, cancelled_because="")
    ways.record_meeting(way, attendance=one.came, minutes=one.minutes, by=cast.people[OFFICER])


def opening_and_closing(consultation: Consultation) -> Story:
    """Nobody does anything: the clock opens the round and closes it."""
    opens_at, _closes_at = term(consultation)
    yield opens_at + timedelta(seconds=2)
    yield from over(consultation)


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
        fate = fates.get(index, Fate())
        when = _written(fate.day) if fate.day else instant
        stage.play(
            comment_story(cast, consultation, Voice(rows[index], by_index.get(index), fate, when))
        )


def _written(day: str) -> datetime:
    """In the evening: most people write after work."""
    return at(day, "19:42")
