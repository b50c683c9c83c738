"""What stands beside the comments of the open consultation: supports, and a draft with a file."""

import uuid

from config.demo.authors import HALINA, KUCHNIA, KULTURA, MOSTY, PODWORKA
from config.demo.enrol import Cast
from config.demo.stage import Story, at
from config.demo.telling import NAMESPACE, wording_at
from consultations.models import CommentKind, Consultation
from consultations.services import attachments, writing
from consultations.services.supporting import support_comment

# Day and hour, who, the number of the comment.
SUPPORTS = (
    ("2026-10-06", "11:20", KUCHNIA, 1),
    ("2026-10-07", "18:45", HALINA, 1),
    ("2026-10-09", "9:50", MOSTY, 1),
    ("2026-10-12", "20:05", KULTURA, 8),
)
PLACE = "§ 18 ust. 2 pkt 1"
REASONS = (
    "Organizacje małe nie mają dziś nikogo, kto by je w tej komisji reprezentował. "
    "Uchwałę zarządu w tej sprawie dołączamy."
)
FILE = (
    "Uchwała nr 7/2026 zarządu z 12 października 2026 r. (tekst demonstracyjny)\n\n"
    "Zarząd popiera udział małych organizacji w komisji konkursowej.\n"
)


def supports(cast: Cast, consultation: Consultation) -> Story:
    """Others say that a comment is theirs too."""
    for day, clock, who, number in SUPPORTS:
        yield at(day, clock)
        by, organisation = cast.author(who)
        comment = consultation.comments.get(number=number)
        support_comment(comment, organisation=organisation, by=by)


def begun(cast: Cast, consultation: Consultation) -> Story:
    """One more comment that an organisation is still writing."""
    yield at("2026-10-14", "19:30")
    consultation.refresh_from_db()
    by, organisation = cast.author(PODWORKA)
    typed = writing.Typed(organisation, CommentKind.QUESTION, "", REASONS)
    key = uuid.uuid5(NAMESPACE, f"{consultation.slug} draft")
    where = wording_at(consultation, PLACE)
    draft = writing.keep_draft(consultation, where, typed, key=key, seen_version=0, by=by)
    attachments.attach(draft, name="uchwala-zarzadu-7-2026.txt", content=FILE.encode(), by=by)
