"""My tasks beside the steps: opinions, reports, minutes and completion, for whoever it is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse

from consultations import calendar
from consultations.models import Actor
from consultations.models.clock import move_to, now
from consultations.services import comments, opinions, reports
from tests.workflows.test_desk import signed_in
from tests.workflows.walk import Walk
from tests.world import staff
from workflows.duties import duties


def waits(actor: Actor) -> list[tuple[str, str]]:
    """A fresh actor: roles are read once for each object."""
    return [(str(one.label), one.url) for one in duties(Actor.objects.get(pk=actor.pk))]


def test_an_opinion_waits_for_the_body_that_gives_it(walk: Walk) -> None:
    world, draft = walk.world, walk.closed().draft
    secretary, day = staff("sekretarz@krdpp.test", "krdpp_secretary"), calendar.local_day(now())
    asked = opinions.request_opinion(draft, body="krdpp", delivered_on=day, by=world.officer)
    url = reverse("give_opinion", args=["program-2027", asked.pk])
    assert waits(secretary) == [("Enter the opinion", url)]
    assert duties(secretary)[0].last_day == day + timedelta(days=14)
    assert [waits(one) for one in (world.clerk, world.ngo)] == [[], []]


def test_a_report_waits_for_a_second_person_when_every_comment_is_answered(walk: Walk) -> None:
    world, one = walk.world, walk.closed(answered=False)
    reports.prepare_report(one, introduction="Wstęp.", by=world.officer)
    assert waits(world.approver) == []
    world.answered(one.comments.get())
    url = reverse("prepare_report", args=[one.slug])
    assert waits(world.approver) == [("Read the report and release it", url)]
    world.officer.grants.create(role="approver", since=now())
    assert ("Read the report and release it", url) not in waits(world.officer)


def test_a_meeting_without_minutes_waits_for_the_unit_once_it_has_begun(walk: Walk) -> None:
    world, one = walk.world, walk.opened()
    meeting = one.ways.get(kind="open_meeting")
    assert waits(world.officer) == []
    assert meeting.starts_at is not None
    move_to(meeting.starts_at)
    url = reverse("record_meeting", args=[one.slug, meeting.pk])
    assert waits(world.officer) == [("Enter attendance and minutes", url)]
    assert waits(world.approver) == []


def test_a_returned_comment_waits_for_its_author_until_its_day(walk: Walk) -> None:
    world, one = walk.world, walk.opened()
    day = calendar.local_day(now()) + timedelta(days=7)
    comments.return_comment(
        world.comment(one), because="Brak uzasadnienia.", complete_by=day, by=world.officer
    )
    url = reverse("complete_comment", args=[one.slug, 1])
    assert waits(world.ngo) == [("Complete your comment", url)]
    assert waits(world.outsider) == []
    assert url in signed_in(world.ngo).get(reverse("my_tasks")).text
    move_to(now() + timedelta(days=8))
    assert waits(world.ngo) == []


def test_duties_ask_the_same_number_of_queries_for_any_number_of_drafts(
    walk: Walk, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    world = walk.world
    world.officer.grants.create(role="approver", since=now())

    def one_more(slug: str) -> int:
        closed = walk.closed(slug, answered=False)
        world.answered(closed.comments.get())
        reports.prepare_report(closed, introduction="", by=world.second_officer)
        opinions.request_opinion(
            closed.draft,
            body="committee",
            delivered_on=calendar.local_day(now()),
            by=world.officer,
        )
        actor = Actor.objects.get(pk=world.officer.pk)
        with django_assert_max_num_queries(50) as asked:
            assert duties(actor) != []
        return len(asked)

    first = one_more("pierwszy")
    assert one_more("drugi") == first
