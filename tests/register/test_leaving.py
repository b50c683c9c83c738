"""Comments with a formal fault: kept, marked, told of, put right or left without consideration."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from consultations import calendar
from consultations.errors import Invalid, NotYours, Unmet, WrongState
from consultations.models import Comment, CommentKind, Consultation
from consultations.models.clock import move_to, now
from consultations.selectors import replay, report_file
from consultations.selectors.figures import Numbers
from consultations.services import comments, drafts, filing
from consultations.services.leaving import leave_comment, take_up_comment
from notifications.models import Letter
from tests.ground.attacks import nothing_guards, sql
from tests.notifications.post import delivered
from tests.office.pages import address, as_, fresh, queue_of, text_of
from tests.world import World

BECAUSE = "Wpłynęła po ostatnim dniu konsultacji."


@pytest.fixture
def closed(world: World) -> Consultation:
    return world.closed(world.opened())


def late(world: World, consultation: Consultation, **said: Any) -> Comment:
    """An e-mail of a person with an account that came after the last day."""
    what: dict[str, Any] = {"channel": "email", "arrived_at": consultation.closes_at} | said
    letter = filing.Said(None, None, CommentKind.QUESTION, "", "Kiedy?", **what)
    key = uuid.uuid4()
    return filing.file_comment(
        consultation, letter, key=key, by=world.officer, filed_by=world.outsider, sender="Jan Obcy"
    )


def closes_at(consultation: Consultation) -> datetime:
    assert consultation.closes_at is not None
    return consultation.closes_at


def asked(world: World, comment: Comment, *lacking: str, days: int = 5) -> Comment:
    day = calendar.local_day(now()) + timedelta(days=days)
    return comments.return_comment(
        comment, because="Brak podpisu.", complete_by=day, lacking=lacking, by=world.officer
    )


def test_what_came_late_is_left_and_its_author_is_told_why(
    world: World, closed: Consultation
) -> None:
    comment = leave_comment(late(world, closed), because=BECAUSE, by=world.officer)
    assert (comment.state, comment.number, comment.late) == ("left", 1, True)
    delivered()
    letter = Letter.objects.get(entry__kind="comment.leave")
    assert letter.recipient == world.outsider
    page = text_of(as_(world.outsider).get(address("comment", comment)))
    assert BECAUSE in page
    assert "after the last day for comments" in page
    assert as_(None).get(address("comment", comment)).status_code == 404


def test_before_anything_is_decided_the_author_reads_that_it_is_late(
    world: World, closed: Consultation
) -> None:
    """On the page of the comment and in the confirmation by e-mail; nobody in time does."""
    comment = late(world, closed)
    late(world, closed, arrived_at=closes_at(closed) - timedelta(days=1))
    sent = [one for one in delivered() if one.to == ["obcy@poczta.test"]]
    said = {one.subject: "po ostatnim dniu" in one.body for one in sent if "uwagę" in one.subject}
    assert list(said.values()) == [True, False]
    assert "after the last day" in text_of(as_(world.outsider).get(address("comment", comment)))


def test_a_late_comment_may_be_admitted_and_stays_late(world: World, closed: Consultation) -> None:
    comment = comments.admit_comment(late(world, closed), by=world.officer)
    assert (comment.state, comment.late) == ("admitted", True)
    world.answered(comment)
    page = as_(world.officer).get(reverse("prepare_report", args=[closed.slug]))
    assert page.context["totals"].late == 1
    assert "came late" in text_of(page)


def test_without_a_formal_ground_nothing_is_left(world: World) -> None:
    comment = world.comment(world.opened())
    with translation.override("en"), pytest.raises(Unmet) as refusal:
        leave_comment(comment, because="Nie na temat.", by=world.officer)
    assert "no formal fault" in str(refusal.value)


def test_whoever_was_given_days_has_them(world: World) -> None:
    """The control is the same comment once its day is over."""
    comment = asked(world, world.comment(world.opened()), "unsigned")
    with translation.override("en"), pytest.raises(Unmet) as refusal:
        leave_comment(comment, because="Brak podpisu.", by=world.officer)
    assert "not over yet" in str(refusal.value)
    move_to(now() + timedelta(days=7))
    assert leave_comment(comment, because="Brak podpisu.", by=world.officer).state == "left"


def test_days_that_lapsed_are_a_ground_of_their_own(world: World) -> None:
    comment = asked(world, world.comment(world.opened()))
    move_to(now() + timedelta(days=7))
    comment = leave_comment(comment, because="Nie uzupełniono.", by=world.officer)
    assert (comment.incomplete, comment.grounds) == (True, ["incomplete"])
    assert list(replay.faults()) == []


def test_it_needs_a_reason_and_an_officer(world: World, closed: Consultation) -> None:
    comment = late(world, closed)
    with pytest.raises(Invalid):
        leave_comment(comment, because=" … ", by=world.officer)
    with pytest.raises(NotYours):
        leave_comment(comment, because=BECAUSE, by=world.approver)


def test_what_was_left_may_be_taken_up_again(world: World, closed: Consultation) -> None:
    comment = leave_comment(late(world, closed), because=BECAUSE, by=world.officer)
    comment = take_up_comment(comment, by=world.officer)
    assert (comment.state, comment.left_because, comment.late) == ("received", "", True)
    with pytest.raises(WrongState):
        take_up_comment(comment, by=world.officer)
    assert comments.admit_comment(comment, by=world.officer).state == "admitted"


@pytest.mark.parametrize("act", ["complete", "admit"])
def test_an_officer_says_what_was_put_right(world: World, act: str) -> None:
    comment = asked(world, world.comment(world.opened()), "unsigned", "incomplete")
    assert (comment.unsigned, comment.incomplete) == (True, True)
    cleared = ["unsigned"] if act == "complete" else []
    by = world.officer if cleared else world.ngo
    comment = comments.complete_comment(comment, supplement="Podpis.", cleared=cleared, by=by)
    assert (comment.unsigned, comment.incomplete) == (not cleared, True)
    comment = comments.admit_comment(comment, cleared=["unsigned", "incomplete"], by=world.officer)
    assert (comment.unsigned, comment.incomplete) == (False, False)
    assert list(replay.faults()) == []


def test_an_author_clears_no_mark_of_her_own(world: World) -> None:
    comment = asked(world, world.comment(world.opened()), "unsigned")
    with pytest.raises(NotYours):
        comments.complete_comment(comment, supplement="Podpis.", cleared=["unsigned"], by=world.ngo)
    page = as_(world.ngo).get(address("complete_comment", comment))
    assert "cleared" not in page.context["form"].fields
    given = {"supplement": "Podpis.", "cleared": "unsigned"}
    as_(world.ngo).post(address("complete_comment", comment), given)
    assert fresh(comment).unsigned is True


def test_the_queue_offers_what_may_be_done(world: World, closed: Consultation) -> None:
    comment = late(world, closed)
    url = queue_of(comment, uwaga=1)
    page = text_of(as_(world.officer).get(url))
    assert "Leave it without consideration" in page
    assert "Admit the late comment" in page
    as_(world.officer).post(address("leave_comment", comment), {"because": BECAUSE})
    after = text_of(as_(world.officer).get(queue_of(comment, uwaga=1, stan="left")))
    assert BECAUSE in after
    assert "Take it up again" in after
    in_time = world.comment(world.opened("drugi"))
    other = text_of(as_(world.officer).get(queue_of(in_time, uwaga=1)))
    assert "Leave it without consideration" not in other


def test_what_was_left_is_handled_and_stands_in_the_report_without_its_sender(
    world: World, closed: Consultation
) -> None:
    """The control: before it is left, the review cannot be finished."""
    comment = late(world, closed)
    with pytest.raises(Unmet):
        drafts.finish_review(closed.draft, by=world.officer)
    leave_comment(comment, because=BECAUSE, by=world.officer)
    assert closed.comments.unanswered().count() == 0
    world.reported(closed)
    totals = Numbers(closed).totals
    assert (totals.received, totals.left, totals.late, totals.unanswered) == (1, 1, 1, 0)
    page = text_of(as_(None).get(reverse("report", args=[closed.slug])))
    assert BECAUSE in page
    assert "e-mail late" in page
    assert "Obc" not in page
    assert list(report_file.before_rows(report_file.Copy(closed, None, now())))
    assert drafts.finish_review(closed.draft, by=world.officer).state == "council_vote"


@pytest.mark.parametrize("column", ["late", "arrived_at", "way_id"])
def test_the_verdict_cannot_be_changed_behind_the_door(
    world: World, closed: Consultation, column: str
) -> None:
    late(world, closed)
    value = {"late": "NOT late", "arrived_at": "filed_at", "way_id": "1"}[column]
    change = f"UPDATE {{comment}} SET {column} = {value}, version = version + 1"  # noqa: S608
    with pytest.raises(Exception, match=r"never edited|without an entry"):
        sql(change)


def test_without_the_guards_of_the_database_it_could(world: World, closed: Consultation) -> None:
    """The control."""
    comment = late(world, closed)
    with nothing_guards():
        sql("UPDATE {comment} SET late = NOT late")
    assert fresh(comment).late is False
