"""Every public page at every stage, for every kind of reader."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.urls import reverse

from consultations.calendar import WARSAW, local_day
from consultations.models import Actor, Consultation
from consultations.models.clock import move_to, now
from consultations.services import comments, council
from tests.public.addresses import OF_A_ROUND, address
from tests.public.conftest import Visit
from tests.world import World, provision

Viewers = dict[str, Actor | None]


def to_announced(world: World) -> Consultation:
    return world.announced()


def to_open(world: World) -> Consultation:
    consultation = world.opened()
    world.admitted(consultation)
    return consultation


def to_review(world: World) -> Consultation:
    return world.closed(to_open(world))


def to_council(world: World) -> Consultation:
    consultation = world.opened()
    world.answered(world.admitted(consultation))
    world.numbered(world.closed(consultation))
    consultation.refresh_from_db()
    return consultation


def to_voted(world: World) -> Consultation:
    consultation = world.opened()
    world.voted(world.numbered(world.closed(consultation)))
    return consultation


STAGES = [to_announced, to_open, to_review, to_council, to_voted]


@pytest.mark.parametrize("to_stage", STAGES)
def test_every_page_of_an_announced_round_opens_for_everybody(
    world: World,
    visit: Visit,
    viewers: Viewers,
    to_stage: Callable[[World], Consultation],
) -> None:
    consultation = to_stage(world)
    key = provision(consultation).provision.key
    addresses = [
        reverse("home"),
        reverse("documents"),
        reverse("document", args=[consultation.slug]),
        reverse("provision", args=[key]),
        *[address(name, consultation) for name in OF_A_ROUND],
        address("read_draft", consultation, query="tylko=uwagi"),
        address("read_draft", consultation, query="przepis=calosc"),
        address(
            "read_draft", consultation, query=f"przepis={provision(consultation).provision.key}"
        ),
    ]
    statuses = {
        (name, one): visit(viewer, one).status_code
        for name, viewer in viewers.items()
        for one in addresses
    }
    assert set(statuses.values()) == {200}


def test_a_draft_in_preparation_is_on_no_page_of_a_visitor(world: World, visit: Visit) -> None:
    consultation = world.drafted().rounds.get()
    statuses = {visit(None, address(name, consultation)).status_code for name in OF_A_ROUND}
    assert statuses == {404}
    assert consultation.draft.title not in visit(None, reverse("home")).content.decode()
    document = reverse("document", args=[consultation.draft.document.slug])
    assert consultation.draft.title not in visit(None, document).content.decode()


def test_the_officer_opens_a_round_that_is_only_planned(world: World, visit: Visit) -> None:
    consultation = world.drafted().rounds.get()
    statuses = {
        visit(world.officer, address(name, consultation)).status_code for name in OF_A_ROUND
    }
    assert statuses == {200}


def test_a_provision_of_an_unannounced_draft_has_no_page(world: World, visit: Visit) -> None:
    key = world.drafted().provisions.first().key  # type: ignore[union-attr]
    assert visit(None, reverse("provision", args=[key])).status_code == 404
    assert visit(world.officer, reverse("provision", args=[key])).status_code == 404


def test_home_says_that_nothing_is_open(world: World, visit: Visit) -> None:
    assert "No consultation is open now." in visit(None, reverse("home")).content.decode()


def test_home_counts_the_days_left_in_words(world: World, visit: Visit) -> None:
    to_open(world)
    page = visit(None, reverse("home")).content.decode()
    assert "21 days left." in page
    assert "1 comment<" in page


def test_home_announces_what_is_coming(world: World, visit: Visit) -> None:
    to_announced(world)
    assert "Opens in 7 days." in visit(None, reverse("home")).content.decode()


def test_home_keeps_what_the_council_has_decided(world: World, visit: Visit) -> None:
    voted = to_voted(world)
    voted.draft.refresh_from_db()
    council.adopt_draft(
        voted.draft,
        resolution_number="XXX/1/26",
        adopted_on=local_day(now()),
        by=world.clerk,
    )
    assert "XXX/1/26" in visit(None, reverse("home")).content.decode()


def test_a_visitor_finds_where_to_sign_in_and_comes_back_to_the_provision(
    world: World, visit: Visit
) -> None:
    consultation = to_open(world)
    key = provision(consultation).provision.key
    page = visit(None, address("read_draft", consultation, query=f"przepis={key}")).content.decode()
    assert f"next=/k/{consultation.slug}/projekt/%3Fprzepis%3D{key}" in page
    assert "<textarea" not in page


def test_a_signed_in_reader_finds_the_form_with_the_wording_in_it(
    world: World, visit: Visit
) -> None:
    consultation = to_open(world)
    wording = provision(consultation)
    query = f"przepis={wording.provision.key}"
    page = visit(world.ngo, address("read_draft", consultation, query=query)).content.decode()
    assert f"{wording.text}</textarea>" in page
    assert re.search(r'type="radio"[^>]*>\s*<label[^>]*>\s*Fundacja Mosty', page)


def test_before_the_opening_the_day_is_said_and_there_is_no_form(
    world: World, visit: Visit
) -> None:
    consultation = to_announced(world)
    page = visit(world.ngo, address("read_draft", consultation, query="przepis=calosc"))
    assert "Comments will be taken from 8 September 2026" in page.content.decode()
    assert "<textarea" not in page.content.decode()


def test_after_the_end_the_report_is_linked_and_there_is_no_form(
    world: World, visit: Visit
) -> None:
    consultation = to_council(world)
    page = visit(world.ngo, address("read_draft", consultation, query="przepis=calosc"))
    assert f'href="{address("report", consultation)}"' in page.content.decode()
    assert "<textarea" not in page.content.decode()


def test_a_provision_of_another_text_is_not_found(world: World, visit: Visit) -> None:
    consultation = to_open(world)
    other = world.drafted("inny")
    for key in (other.provisions.first().key, "nonsense", "%00"):  # type: ignore[union-attr]
        page = visit(None, address("read_draft", consultation, query=f"przepis={key}"))
        assert page.status_code == 404


def test_twenty_comments_stand_under_a_provision_and_a_link_leads_to_all(
    world: World, visit: Visit
) -> None:
    consultation = world.opened()
    for _ in range(21):
        world.admitted(consultation)
    query = f"przepis={provision(consultation).provision.key}"
    page = visit(None, address("read_draft", consultation, query=query)).content.decode()
    assert page.count('class="uw-comment"') == 20
    assert f"?tylko=uwagi&amp;{query}" in page
    alone = visit(None, address("read_draft", consultation, query=f"tylko=uwagi&{query}"))
    assert alone.content.decode().count('class="uw-comment"') == 21


def test_comments_only_follow_the_order_of_the_text(world: World, visit: Visit) -> None:
    consultation = world.opened()
    for place in ("§ 2 ust. 2", "§ 1"):
        world.admitted(consultation, wording=provision(consultation, place))
    world.admitted(consultation, wording=None, kind="question", proposed_wording="")
    shown = visit(None, address("read_draft", consultation, query="tylko=uwagi")).context
    assert [one.comment.number for one in shown["comments"]] == [3, 2, 1]


def test_the_roll_call_names_every_councillor(world: World, visit: Visit) -> None:
    page = visit(None, address("roll_call", to_voted(world))).content.decode()
    assert page.count('data-label="Councillor"') == 43
    assert "The quorum is 22." in page


def test_before_the_vote_the_roll_call_says_so(world: World, visit: Visit) -> None:
    page = visit(None, address("roll_call", to_review(world))).content.decode()
    assert "The council has not voted yet." in page


def test_the_record_names_roles_and_filters_by_kind(world: World, visit: Visit) -> None:
    consultation = to_open(world)
    shown = visit(None, address("journal", consultation, query="rodzaj=comment")).context
    assert [(str(line.role), line.comment) for line, _said in shown["told"]] == [
        ("civic dialogue unit", 1)
    ]


def test_a_kind_there_is_not_shows_the_whole_record(world: World, visit: Visit) -> None:
    consultation = to_open(world)
    lines = visit(None, address("journal", consultation, query="rodzaj=%00'")).context["told"]
    assert len(lines) == 8


def test_a_live_page_says_its_topic_and_what_it_has_seen(world: World, visit: Visit) -> None:
    consultation = to_open(world)
    for name in ("consultation", "read_draft", "report", "journal"):
        page = visit(None, address(name, consultation)).content.decode()
        assert f'data-live-counter="k:{consultation.slug}" data-live-seen="8"' in page
        assert f'data-live-topics="k:{consultation.slug}"' in page


def test_my_comments_hold_those_of_my_organisation_and_nobody_elses(
    world: World, visit: Visit
) -> None:
    consultation = to_open(world)
    world.comment(consultation, organisation=None, by=world.outsider)
    mine = visit(world.ngo, reverse("my_comments")).context["comments"]
    others = visit(world.outsider, reverse("my_comments")).context["comments"]
    assert [one.comment.number for one in mine] == [1]
    assert [one.comment.number for one in others] == [2]


def test_what_was_returned_to_me_stands_first_until_its_day_is_over(
    world: World, visit: Visit
) -> None:
    consultation = to_open(world)
    for day in (date(2026, 9, 20), date(2026, 9, 15)):
        comment = world.comment(consultation)
        comments.return_comment(comment, because="Kto?", complete_by=day, by=world.officer)
    page = visit(world.ngo, reverse("my_comments"))
    assert [one.number for one in page.context["to_complete"]] == [3, 2]
    assert "Complete comment 3 by the end of 15 September 2026" in page.content.decode()
    assert list(visit(world.outsider, reverse("my_comments")).context["to_complete"]) == []
    move_to(datetime(2026, 9, 16, tzinfo=WARSAW))
    later = visit(world.ngo, reverse("my_comments")).context["to_complete"]
    assert [one.number for one in later] == [2]


def test_without_comments_the_open_consultations_are_offered(world: World, visit: Visit) -> None:
    consultation = to_open(world)
    page = visit(world.outsider, reverse("my_comments")).content.decode()
    assert address("consultation", consultation) in page


def test_a_visitor_is_asked_to_sign_in_for_own_comments(world: World, visit: Visit) -> None:
    assert visit(None, reverse("my_comments")).status_code == 302
