"""Quorum and majority by rule: ties, abstentions and absentees, in one table."""

from datetime import date

import pytest

from consultations import figures, procedures
from consultations.calendar import local_day
from consultations.models import (
    CouncilFile,
    Document,
    DocumentKind,
    Draft,
    Procedure,
    RollCall,
    Rule,
)
from consultations.models.clock import now
from consultations.models.majority import MAJORITIES
from consultations.services.council import Called
from tests.law import by_hand
from tests.workflows.test_desk import signed_in
from tests.workflows.walk import Walk
from workflows import services

# for, against, abstained, present without a vote, absent: carried by simple, absolute, statutory
TABLE = {
    "everybody for": ((43, 0, 0, 0, 0), (True, True, True)),
    "the real vote on print 405": ((40, 0, 1, 0, 2), (True, True, True)),
    "the real vote on print 991": ((34, 0, 1, 2, 6), (True, True, True)),
    "a tie": ((20, 20, 0, 0, 3), (False, False, False)),
    "a tie of the whole council but one": ((21, 21, 1, 0, 0), (False, False, False)),
    "one more for": ((21, 20, 0, 0, 2), (True, True, False)),
    "half of the council and one more": ((22, 21, 0, 0, 0), (True, True, True)),
    "abstentions outweigh": ((15, 5, 10, 0, 13), (True, False, False)),
    "abstentions one fewer": ((16, 5, 10, 0, 12), (True, True, False)),
    "everybody abstains": ((0, 0, 43, 0, 0), (False, False, False)),
    "one for, the rest abstain": ((1, 0, 42, 0, 0), (True, False, False)),
    "who did not vote counts for nothing": ((12, 0, 0, 10, 21), (True, True, False)),
    "nobody votes": ((0, 0, 0, 43, 0), (False, False, False)),
    "22 present": ((22, 0, 0, 0, 21), (True, True, True)),
    "22 present, two for, one against": ((2, 1, 0, 19, 21), (True, True, False)),
    "21 present": ((21, 0, 0, 0, 22), (False, False, False)),
    "nobody comes": ((0, 0, 0, 0, 43), (False, False, False)),
}


def call(majority: str, counts: tuple[int, ...]) -> RollCall:
    """A roll call under a procedure that asks for this majority."""
    by_hand()
    procedure = Procedure.objects.create(
        kind=DocumentKind.LOCAL_ACT, number=7, valid_from=date(2026, 1, 1)
    )
    for figure in procedures.COMMON:
        value = majority if figure.key == "majority" else figure.value
        given = {"key": figure.key, "value": value, "unit": figure.unit}
        Rule.objects.create(procedure=procedure, legal_basis=figure.legal_basis, **given)
    draft = Draft(procedure=procedure, document=Document())
    names = ("votes_for", "votes_against", "abstained", "no_vote", "absent")
    return RollCall(council_file=CouncilFile(draft=draft), **dict(zip(names, counts, strict=True)))


@pytest.mark.django_db
@pytest.mark.parametrize("place", range(3), ids=list(MAJORITIES))
@pytest.mark.parametrize("name", TABLE)
def test_the_majority_is_reached_by_rule(name: str, place: int) -> None:
    counts, carried = TABLE[name]
    assert sum(counts) == 43
    assert call(list(MAJORITIES)[place], counts).carried is carried[place]


@pytest.mark.parametrize(("present", "status"), [(21, 409), (22, 302)])
def test_with_43_seats_21_present_are_refused_and_22_accepted(
    walk: Walk, present: int, status: int
) -> None:
    file = walk.numbered()
    rows = [f"Radny {n};;{'za' if n <= present else 'nieobecny'}" for n in range(1, 44)]
    data = {
        "held_on": local_day(now()).isoformat(),
        "text": "\n".join(rows),
        "confirm": "1",
        "source": "system",
    }
    answer = signed_in(walk.world.clerk).post(f"/rada/{file.pk}/glosowanie/", data)
    assert answer.status_code == status
    assert RollCall.objects.count() == (status == 302)


def test_a_tie_leads_to_the_rejection(walk: Walk) -> None:
    file, votes = walk.numbered(), ["for"] * 21 + ["against"] * 21 + ["abstained"]
    called = [Called(f"Radny {n}", "", vote) for n, vote in enumerate(votes)]
    services.record_vote(file, called=called, held_on=local_day(now()), by=walk.world.clerk)
    page = signed_in(walk.world.clerk).get(f"/rada/{file.pk}/", headers={"accept-language": "en"})
    assert "not carried, for 21, against 21, abstained 1" in page.text
    assert page.context["next"].step.url == "reject_draft"


def test_a_version_of_the_rules_offers_the_majorities_a_vote_can_be_counted_by() -> None:
    assert set(figures.MAJORITIES) == set(MAJORITIES)
