"""A letter that came too late: recorded with its number all the same, then left with a reason."""

import uuid

from config.demo.enrol import Cast
from config.demo.stage import Story, at
from config.demo.telling import NAMESPACE, OFFICER, SECOND_OFFICER
from consultations.models import Channel, CommentKind, Consultation
from consultations.models.clock import now
from consultations.services import filing, leaving

SENDER = "Wanda Spóźnialska"
SAID = "Proszę, żeby dyżury weterynaryjne trwały też w święta."
BECAUSE = (
    "List nadano po ostatnim dniu przyjmowania uwag. Zachowujemy go w aktach i weźmiemy pod uwagę"
    " przy następnym programie."
)


def late_letter(cast: Cast, consultation: Consultation) -> Story:
    """Posted the day after the last one, entered when it came, left a day later."""
    yield at("2026-10-02", "11:12")
    said = filing.Said(
        wording=None,
        organisation=None,
        kind=CommentKind.QUESTION,
        proposed_wording="",
        reasons=SAID,
        channel=Channel.POST,
        posted_on=at("2026-09-30", "9:00").date(),
        arrived_at=now(),
    )
    comment = filing.file_comment(
        consultation,
        said,
        key=uuid.uuid5(NAMESPACE, SENDER),
        by=cast.people[OFFICER],
        sender=SENDER,
    )
    yield at("2026-10-05", "9:40")
    leaving.leave_comment(comment, because=BECAUSE, by=cast.people[SECOND_OFFICER])
