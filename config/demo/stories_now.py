"""What goes on while one looks: the open consultation, who follows, who has read, who signs."""

from datetime import date, datetime, timedelta

from config.demo import beside, words
from config.demo import comments as said
from config.demo.enrol import Cast
from config.demo.rounds import Round, added, announced, imported, later_ways, registered
from config.demo.stage import Stage, Story, at
from config.demo.telling import OFFICER, Fate, Voice, comment_story, spread, wording_at
from consultations.models import Consultation, Document, Draft
from consultations.models.people import clock
from consultations.selectors import notices
from consultations.services import consultations as rounds
from consultations.services import people, ways
from consultations.services.following import follow
from notifications.models import InboxHead
from notifications.services import read_all
from workflows import services as road

NOW = at("2026-10-15", "10:10")
# The order in which the comments come in; the last five are not admitted yet.
ORDER = (0, 12, 3, 8, 20, 9, 18, 1, 14, 6, 17, 10, 15, 19, 4, 7, 13, 16, 21, 11, 5, 22, 2, 23)
WAITING = 5
FATES = {
    1: Fate(channel="email"),
    3: Fate("budzet"),
    6: Fate(missing=words.MISSING_OF_A_QUESTION, supplement=words.SUPPLEMENT),
    7: Fate(missing=words.MISSING),
    8: Fate(channel="in_person"),
    12: Fate("polityka-spoleczna"),
    14: Fate("kultura-i-sport"),
    15: Fate(stop="withdraw"),
    17: Fate("polityka-spoleczna"),
    18: Fate("gospodarka-komunalna"),
    19: Fate("edukacja"),
    20: Fate("budzet"),
} | dict.fromkeys(ORDER[-WAITING:], Fate(stop="file"))
HEAD, SUBSTITUTE = (f"{name}@przykladowo.example" for name in ("andrzej.malczyk", "pawel.grzelec"))
ALICJA, HALINA = "alicja.kurzyk@podworka.example", "halina.kostrzewiak@poczta.example"
PROBED_AT = "4:10"
COUNCILLORS = ("kinga.bialowas@przykladowo.example", "jacek.kalinowiak@przykladowo.example")
# Mornings on which everybody had read what there was to read.
READ = ("2025-02-17", "2025-11-24", "2026-07-17", "2026-09-28", "2026-10-12")


def programme_2027(stage: Stage, cast: Cast) -> Story:
    """The consultation that is open now."""
    slug = "program-2027"
    yield at("2026-07-06", "10:40")
    draft = registered(cast, added(cast, slug), "DO.524.8.2026")
    yield at("2026-09-07", "9:55")
    imported(cast, draft, slug)
    yield at("2026-09-23", "9:15")
    purpose = (
        "Zebrać uwagi organizacji i mieszkańców do zasad współpracy na rok 2027. "
        "Każda uwaga dostanie odpowiedź z uzasadnieniem. "
        "Projekt trafi do Rady Miasta Przykładowo w listopadzie."
    )
    days = Round("2026-09-23", "2026-10-02", "2026-10-23", purpose, words.CONTACT_WRONG)
    consultation = announced(stage, cast, draft, days)
    stage.play(probes(consultation))
    stage.play(followers(cast, draft))
    _voices(stage, cast, consultation)
    stage.play(beside.supports(cast, consultation))
    stage.play(beside.begun(cast, consultation))
    yield from corrections(cast, consultation)


def corrections(cast: Cast, consultation: Consultation) -> Story:
    """An hour that was wrong in the notice; a workshop that has to move to another day."""
    yield at("2026-09-29", "10:35")
    road.correct_notice(
        consultation,
        changed={"contact": words.CONTACT},
        because=words.ERRATUM,
        by=cast.people[OFFICER],
    )
    yield at("2026-10-07", "11:50")
    way = consultation.ways.get(kind="workshop")
    ways.cancel_way(way, because=words.WORKSHOP_CANCELLED, by=cast.people[OFFICER])
    later_ways(cast, consultation)


def probes(consultation: Consultation) -> Story:
    """Every night the text is found at its address, as it was announced."""
    day = at("2026-09-24", PROBED_AT)
    while True:
        yield day
        text = notices.plain_text(consultation.draft.versions.get())
        rounds.record_probe(consultation, sha256=notices.sha256_of(text), by=clock())
        day = _next_night(day)


def _next_night(day: datetime) -> datetime:
    return at((day + timedelta(days=1)).date().isoformat(), PROBED_AT)


def followers(cast: Cast, draft: Draft) -> Story:
    """Councillors follow both drafts that come to them; people follow what concerns them."""
    yield at("2026-09-24", "18:20")
    for email in COUNCILLORS:
        follow(draft, by=cast.people[email])
        follow(Draft.objects.get(rounds__slug="rada-pozytku"), by=cast.people[email])
    follow(Document.objects.get(slug="opieka-nad-zwierzetami"), by=cast.people[HALINA])
    amounts = wording_at(draft.rounds.get(), "§ 17 ust. 1")
    if amounts is not None:
        follow(amounts.provision, by=cast.people[ALICJA])


def absence(cast: Cast) -> Story:
    """One head of unit is away for two weeks; an officer signs in his place."""
    yield at("2026-10-09", "14:30")
    people.substitute(
        absent=cast.people[HEAD],
        by_whom=cast.people[SUBSTITUTE],
        days=(date(2026, 10, 12), date(2026, 10, 23)),
        by=cast.people[HEAD],
    )


def _voices(stage: Stage, cast: Cast, consultation: Consultation) -> None:
    """Two weeks of comments; the last came in yesterday evening and this morning."""
    admitted, waiting = ORDER[:-WAITING], ORDER[-WAITING:]
    early = spread(at("2026-10-02", "0:00"), at("2026-10-13", "18:00"), len(admitted))
    late = [at("2026-10-14", clock) for clock in ("15:48", "18:12", "20:55", "22:31")]
    late.append(at("2026-10-15", "8:27"))
    for index, instant in zip((*admitted, *waiting), (*early, *late), strict=True):
        voice = Voice(said.PROGRAM_2027[index], None, FATES.get(index, Fate()), instant)
        stage.play(comment_story(cast, consultation, voice))


def readers(cast: Cast) -> Story:
    """People read their notices from time to time; what came since is new to them."""
    people = {actor.pk: actor for actor in cast.people.values()}
    for day in READ:
        yield at(day, "7:50")
        for head in InboxHead.objects.all():
            if head.actor_id in people:
                read_all(upto=head.latest, by=people[head.actor_id])
