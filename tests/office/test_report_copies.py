"""Copies of reports in trouble: names that must go, writing that breaks off, changes meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest

from consultations.models import (
    Comment,
    Consultation,
    CopyKind,
    Making,
    ReportCopy,
    ReportFile,
    ReportPiece,
)
from consultations.models.clock import now
from consultations.models.people import operator
from consultations.services.correcting import stop_naming
from consultations.services.erasing import erase_person
from tests.world import World

NAMED = {"organisation": None, "named": True}


def another_round(consultation: Consultation) -> Consultation:
    return Consultation.objects.create(
        draft=consultation.draft, number=2, slug=f"{consultation.slug}-r2"
    )


def copy_of(consultation: Consultation, **fields: Any) -> ReportCopy:
    """A copy with one file of one piece."""
    given = {"kind": CopyKind.PUBLIC, "language": "en", "seq": 0, "making": Making.READY} | fields
    copy = ReportCopy.objects.create(consultation=consultation, at=now(), asked_at=now(), **given)
    file = ReportFile.objects.create(report_copy=copy, ending="csv", size=4, sha256="a" * 64)
    ReportPiece.objects.create(file=file, number=0, data=b"Nazw")
    return copy


# -- a name that has to go ------------------------------------------------------------------------


def erase(_comment: Comment, who: Any) -> None:
    erase_person(who, by=operator(), because="Na wniosek.")


def unname(comment: Comment, who: Any) -> None:
    stop_naming(comment, by=who)


@pytest.mark.parametrize("act", [erase, unname])
def test_a_name_goes_from_the_files_of_every_round_of_the_draft(
    world: World, act: Callable[[Comment, Any], None]
) -> None:
    consultation = world.opened()
    comment = world.comment(consultation, by=world.outsider, **NAMED)
    world.closed(consultation)
    other = world.drafted("inny").rounds.get()
    for one in (consultation, another_round(consultation), other):
        copy_of(one)
    act(comment, world.outsider)
    left = ReportPiece.objects.values_list("file__report_copy__consultation", flat=True)
    assert list(left) == [other.pk]
