"""The councillor's desk: changed provisions with causes, refusals with reasons, her own marks."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations import calendar
from consultations.errors import Invalid, NotYours
from consultations.models import Actor, Consultation, Draft, DraftMark, Entry, LogHead, Role
from consultations.models.clock import move_to, now
from consultations.models.people import operator
from consultations.selectors.own_data import archive
from consultations.services import council as records
from consultations.services import draft_marks
from consultations.services.erasing import erase_person
from tests.office.texting import begun, comment_led, edit, own, published
from tests.workflows.test_desk import signed_in
from tests.workflows.walk import Walk, fresh
from tests.world import staff
from workflows.council_desk import Card, Desk
from workflows.tick import tick

IN_ENGLISH = {"accept-language": "en"}


def desk(who: Actor) -> Desk:
    shown: Desk = page(who).context["desk"]
    return shown


def page(who: Actor) -> Any:
    return signed_in(who).get(reverse("council"), headers=IN_ENGLISH)


def card(who: Actor) -> Card:
    (one,) = desk(who).cards
    return one


def later() -> None:
    move_to(now() + timedelta(hours=2))


def closed(one: Consultation) -> Consultation:
    """Its last day is over; it is in review."""
    assert one.closes_at is not None
    move_to(one.closes_at)
    tick()
    return fresh(one)


def second_version(walk: Walk, draft: Draft, *because: Any) -> None:
    begun(walk.world, draft)
    edit(walk.world, draft, "§ 2 ust. 1", "Termin wynosi 30 dni.", *because)
    published(walk.world, draft)


def test_provisions_that_changed_since_the_last_visit_with_their_causes(walk: Walk) -> None:
    one, councillor = walk.opened(), walk.world.councillor
    comment = walk.world.answered(walk.world.admitted(one), "accepted")
    closed(one)
    desk(councillor)
    later()
    assert card(councillor).changed.count == 0
    second_version(walk, one.draft, comment_led(comment))
    later()
    seen = card(councillor)
    (change,) = seen.changed.shown
    assert change.wording.citation.replace("\u00a0", " ") == "§ 2 ust. 1"
    assert [cause.words for cause in change.causes] == ["comment 1 – Fundacja Mosty"]
    text = page(councillor).text
    assert "1 provision changed" in text
    assert f"?od=1&amp;do=2#{change.anchor}" in text
    assert reverse("comment", args=["program-2027", 1]) in text
    later()
    assert card(councillor).changed.count == 0  # it was seen on the visit before


def test_a_cause_whose_answer_is_not_out_is_not_told(walk: Walk) -> None:
    """The control is the test above, where it is."""
    one = walk.opened()
    comment = walk.world.admitted(one)
    closed(one)
    second_version(walk, one.draft, comment_led(comment))
    (change,) = card(walk.world.councillor).changed.shown
    assert change.causes == ()


def test_the_office_s_own_change_says_what_for(walk: Walk) -> None:
    one = closed(walk.opened())
    second_version(walk, one.draft, own("Dla jasności."))
    (change,) = card(walk.world.councillor).changed.shown
    assert [cause.words for cause in change.causes] == [
        "own initiative of the office – Dla jasności."
    ]


def test_a_working_version_is_nobody_s_news(walk: Walk) -> None:
    one = walk.opened()
    begun(walk.world, one.draft)
    edit(walk.world, one.draft, "§ 2 ust. 1", "Roboczo.", own())
    assert card(walk.world.councillor).changed.count == 0


def test_refused_comments_of_organisations_with_reasons(walk: Walk) -> None:
    one, world = walk.opened(), walk.world
    world.answered(world.admitted(one), "rejected")
    world.answered(world.admitted(one), "explained")
    world.answered(world.admitted(one, by=world.outsider, organisation=None), "rejected")
    seen = card(world.councillor).refused
    assert (seen.count, [comment.number for comment in seen.shown]) == (1, [1])
    text = page(world.councillor).text
    assert "1 comment of organisations not accepted" in text
    assert "Zostaje 21 dni: to minimum ustawy." in text
    assert f"{reverse('comments', args=['program-2027'])}?stan=rejected" in text


def test_five_refusals_are_shown_and_all_are_counted(walk: Walk) -> None:
    one, world = walk.opened(), walk.world
    for number in range(6):
        world.answered(world.admitted(one, reasons=f"Powód {number}."), "rejected")
    seen = card(world.councillor).refused
    assert (seen.count, [comment.number for comment in seen.shown]) == (6, [6, 5, 4, 3, 2])


def test_an_answer_that_is_not_out_is_no_refusal_yet(walk: Walk) -> None:
    world = walk.world
    world.admitted(walk.opened())
    assert card(world.councillor).refused.count == 0


def mark(who: Actor, upto: int) -> Any:
    url = reverse("mark_draft_seen", args=["program-2027"])
    return signed_in(who).post(url, {"upto": str(upto)}, headers=IN_ENGLISH)


def test_what_is_marked_as_seen_comes_back_when_it_changes(walk: Walk) -> None:
    one, councillor = walk.opened(), walk.world.councillor
    shown = page(councillor)
    assert card(councillor).is_new
    assert mark(councillor, shown.context["visit"].looked_seq).status_code == 302
    assert card(councillor).is_seen
    assert "nothing new since" in page(councillor).text
    walk.world.admitted(one)
    again = card(councillor)
    assert (again.is_seen, again.news.count) == (False, 1)
    for _visit in range(3):  # visits do not clear what she has not marked
        later()
        assert card(councillor).news.count == 1
    closed(one)
    second_version(walk, one.draft, own())
    assert card(councillor).changed.count == 1


def test_what_came_after_the_page_was_drawn_stays_new(walk: Walk) -> None:
    one, councillor = walk.opened(), walk.world.councillor
    seq = page(councillor).context["visit"].looked_seq
    walk.world.admitted(one)
    mark(councillor, seq)
    assert card(councillor).news.count == 1


def test_an_older_page_takes_nothing_back(walk: Walk) -> None:
    draft, councillor = walk.opened().draft, walk.world.councillor
    head = LogHead.objects.get().size
    draft_marks.mark_draft_seen(draft, upto=head, by=councillor)
    draft_marks.mark_draft_seen(draft, upto=head - 3, by=councillor)
    assert DraftMark.objects.get().seen_seq == head


@pytest.mark.parametrize("upto", [-1, 10**6])
def test_a_mark_beyond_the_record_is_refused(walk: Walk, upto: int) -> None:
    draft = walk.opened().draft
    with pytest.raises(Invalid):
        draft_marks.mark_draft_seen(draft, upto=upto, by=walk.world.councillor)
    assert mark(walk.world.councillor, upto).status_code == 302
    assert DraftMark.objects.count() == 0


def note(who: Actor, text: str) -> Any:
    url = reverse("write_note", args=["program-2027"])
    return signed_in(who).post(url, {"note": text}, headers=IN_ENGLISH)


def test_a_private_note_is_read_by_her_alone(walk: Walk) -> None:
    walk.opened()
    other = staff("drugi-radny@rada.test", Role.COUNCILLOR)
    before = Entry.objects.count()
    assert note(walk.world.councillor, "Zapytać o środki.").status_code == 302
    assert "Zapytać o środki." in page(walk.world.councillor).text
    world = walk.world
    for reader in (other, world.clerk, world.officer, world.auditor):
        assert "Zapytać" not in page(reader).text
        assert "Zapytać" not in signed_in(reader).get("/rada/k/program-2027/notatka/").text
    assert Entry.objects.count() == before
    note(walk.world.councillor, " ")
    assert "Zapytać" not in page(walk.world.councillor).text


def test_a_note_is_hers_to_take_away_and_goes_with_her(walk: Walk) -> None:
    draft, councillor = walk.opened().draft, walk.world.councillor
    draft_marks.write_note(draft, text="Zapytać o środki.", by=councillor)
    assert b"draft_marks.json" in archive(councillor)
    erase_person(councillor, by=operator(), because="Wniosek z 1 września.")
    assert DraftMark.objects.count() == 0


def test_a_note_that_is_too_long_is_kept_on_the_page(walk: Walk) -> None:
    walk.opened()
    answer = note(walk.world.councillor, "a" * 5001)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["note"])
    assert "a" * 5001 in answer.text


def test_whoever_has_no_desk_keeps_no_notes(walk: Walk) -> None:
    draft = walk.opened().draft
    with pytest.raises(NotYours):
        draft_marks.write_note(draft, text="x", by=walk.world.ngo)
    with pytest.raises(NotYours):
        draft_marks.mark_draft_seen(draft, upto=0, by=walk.world.ngo)


def test_coming_votes_stand_first_by_day(walk: Walk) -> None:
    for slug, days in (("pozniejszy", 90), ("wczesniejszy", 0)):
        file = walk.numbered(slug)
        day = calendar.local_day(now()) + timedelta(days=days)
        records.schedule_session(file, session_number="XLI", session_on=day, by=walk.world.clerk)
    coming = desk(walk.world.councillor).coming
    assert [one.slug for one in coming] == ["wczesniejszy", "pozniejszy"]
    text = page(walk.world.councillor).text
    assert text.index("Coming votes") < text.index("Drafts on their way")
    move_to(now() + timedelta(days=91))
    assert desk(walk.world.councillor).coming == []


def full(walk: Walk, slug: str) -> Consultation:
    """A draft with a second version, a refusal and a mark."""
    one, world = walk.opened(slug), walk.world
    world.answered(world.admitted(one), "rejected")
    closed(one)
    second_version(walk, one.draft, own())
    draft_marks.write_note(one.draft, text="Notatka.", by=world.councillor)
    return one


def test_the_desk_asks_as_much_for_one_full_draft_as_for_four(walk: Walk) -> None:
    client: Client = signed_in(walk.world.councillor)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("council")).status_code == 200
        return len(found)

    full(walk, "pierwszy")
    asked()
    first = asked()
    for slug in ("drugi", "trzeci", "czwarty"):
        full(walk, slug)
    assert (asked(), first <= 32) == (first, True)
    assert len(desk(walk.world.councillor).cards) == 4
