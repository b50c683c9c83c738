"""A group of 200 with one answer: 200 answers, 200 entries, 200 notices, 200 rows of the report."""

import pytest
from django.urls import reverse

from consultations.models import Actor, Answer, Consultation, Entry, Run
from consultations.selectors import report_table
from consultations.services import groups
from notifications import outbox
from notifications.models import Notice
from tests.office.pages import address, as_
from tests.office.runs import to_the_end
from tests.world import World

MANY = 200
SAID = {"outcome": "rejected", "reasons": "Zostaje 21 dni: to minimum ustawy."}


@pytest.fixture
def consultation(world: World) -> Consultation:
    consultation = world.opened()
    for _ in range(MANY):
        world.admitted(consultation)
    return consultation


def confirmed(actor: Actor, consultation: Consultation) -> None:
    """The latest run, looked over and carried out."""
    run = Run.objects.latest("pk")
    as_(actor).post(reverse("start_run", args=[consultation.slug, run.pk]))
    to_the_end(run)


def test_each_of_two_hundred_has_its_own_of_everything(
    consultation: Consultation, world: World
) -> None:
    comments = list(consultation.comments.order_by("number"))
    groups.group_comments(comments[1:], lead=comments[0], by=world.officer)
    first = consultation.comments.select_related("consultation").get(number=1)
    sent = SAID | {"version": first.version}
    as_(world.officer).post(address("answer_group", first), sent)
    confirmed(world.officer, consultation)
    assert Answer.objects.count() == MANY
    place = reverse("prepare_run", args=[consultation.slug])
    for who, act in ((world.approver, "approve"), (world.officer, "publish")):
        as_(who).post(place, {"grupa": "1", "stan": "all", "wszystkie": act})
        confirmed(who, consultation)
    kinds = ("comment.join_group", "comment.answer", "comment.approve", "comment.publish")
    for kind in kinds:
        entries = Entry.objects.filter(kind=kind)
        assert entries.values("comment").distinct().count() == entries.count() == MANY
    while outbox.dispatch():
        pass
    told = Notice.objects.filter(entry__kind="comment.publish", recipient=world.ngo)
    assert told.values("entry").distinct().count() == told.count() == MANY
    rows = report_table.shown_rows(list(report_table.rows(consultation)))
    assert [int(row.number) for row in rows] == list(range(1, MANY + 1))
    assert {row.answer for row in rows} == {SAID["reasons"]}
