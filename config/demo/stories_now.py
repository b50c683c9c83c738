"""What goes on while one looks: the open consultation, and who has read their notices."""

from config.demo import comments as said
from config.demo.enrol import Cast
from config.demo.stage import Stage, Story, at
from config.demo.stories import Round, added, announced, imported, opening_and_closing, registered
from config.demo.telling import Fate, Voice, comment_story, spread
from consultations.models import Consultation, Watch
from notifications.models import InboxHead
from notifications.services import read_all

NOW = at("2026-10-15", "10:10")
# The order in which the comments come in; the last five are not admitted yet.
ORDER = (0, 12, 3, 8, 20, 9, 18, 1, 14, 6, 17, 10, 15, 19, 4, 7, 13, 16, 21, 11, 5, 22, 2, 23)
WAITING = 5
FATES = {
    3: Fate("budzet"),
    8: Fate(channel="in_person"),
    12: Fate("polityka-spoleczna"),
    14: Fate("kultura-i-sport"),
    15: Fate(stop="withdraw"),
    17: Fate("polityka-spoleczna"),
    18: Fate("gospodarka-komunalna"),
    19: Fate("edukacja"),
    20: Fate("budzet"),
} | dict.fromkeys(ORDER[-WAITING:], Fate(stop="file"))
COUNCILLORS = ("kinga.bialowas@przykladowo.example", "jacek.kalinowiak@przykladowo.example")
# Mornings on which everybody had read what there was to read.
READ = ("2025-02-17", "2025-11-24", "2026-07-17", "2026-09-28", "2026-10-12")


def programme_2027(stage: Stage, cast: Cast) -> Story:
    """The consultation that is open now."""
    slug = "program-2027"
    yield at("2026-07-06", "10:40")
    draft = registered(cast, added(cast, slug))
    yield at("2026-09-07", "9:55")
    imported(cast, draft, slug)
    yield at("2026-09-23", "9:15")
    purpose = (
        "Zebrać uwagi organizacji i mieszkańców do zasad współpracy na rok 2027. "
        "Każda uwaga dostanie odpowiedź z uzasadnieniem. "
        "Projekt trafi do Rady Miasta Przykładowo w listopadzie."
    )
    consultation = announced(cast, draft, Round("2026-09-23", "2026-10-02", "2026-10-23", purpose))
    for email in COUNCILLORS:
        Watch.objects.get_or_create(actor=cast.people[email], draft=draft)
    stage.play(opening_and_closing(consultation))
    _voices(stage, cast, consultation)


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
