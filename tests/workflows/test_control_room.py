"""The control room: guards in words, who is told, the flow as a picture, acts beside the step."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Draft
from consultations.services.following import follow
from notifications import counting
from notifications.models import Notice
from notifications.outbox import dispatch
from tests.workflows.test_desk import signed_in
from tests.workflows.walk import Walk, open_step
from tests.world import World
from workflows import consequences, services
from workflows.conditions import MET
from workflows.picture import STATIONS, edges, picture, turns
from workflows.road import HUMAN, TIMED
from workflows.selectors import next_step, open_node
from workflows.sideways import SIDES, open_to
from workflows.steps import STEPS

SLUG = "program-2027"
WHY = "Zmienił się budżet miasta."


def room(world: World, slug: str = SLUG) -> str:
    client = signed_in(world.officer)
    return client.get(reverse("control_room", args=[slug]), headers={"accept-language": "en"}).text


def test_every_guard_of_a_step_has_words_for_when_it_holds() -> None:
    guards = {guard.code for step in STEPS.values() for guard in step.guards}
    assert sorted(guards - set(MET)) == []
    assert sorted(set(MET) - guards) == []


def test_what_holds_is_ticked_beside_what_is_missing(walk: Walk) -> None:
    step = next_step(walk.drafted().draft, walk.world.officer)
    assert step is not None
    assert [one.sentence for one in step.holds] == ["The text of the draft is imported."]
    page = room(walk.world)
    assert '<li class="is-met">The text of the draft is imported.</li>' in page
    assert "Ask for an exception" in page


def test_the_page_says_how_many_people_the_next_step_will_notify(walk: Walk) -> None:
    one, world = walk.drafted(), walk.world
    # the member of the organisation and the councillor
    assert "This will notify 2 people." in room(world)
    follow(one.draft, by=world.outsider)
    assert "This will notify 3 people." in room(world)


def test_nobody_is_counted_twice_nor_for_an_act_of_their_own(walk: Walk) -> None:
    one, world = walk.drafted(), walk.world
    for person in (world.ngo, world.officer):
        follow(one.draft, by=person)
    kind = "consultation.announce"
    assert counting.people_told(kind, one.draft, world.officer) == 2
    assert counting.people_told(kind, one.draft, None) == 3


def test_of_a_draft_nobody_has_seen_only_the_offices_hear(walk: Walk) -> None:
    draft, world = walk.registered(), walk.world
    for person in (world.ngo, world.approver):
        follow(draft, by=person)
    assert counting.people_told("draft.withdraw", draft, world.officer) == 1


def test_the_registered_counter_is_the_one_that_is_asked(walk: Walk) -> None:
    draft = walk.drafted().draft
    assert consequences.people_told("consultation.announce", draft, None) == 2
    assert consequences.told_in_words("draft.number_case", draft) == "Nobody is notified of it."


def test_the_number_is_that_of_the_notices_that_follow(walk: Walk) -> None:
    one, world = walk.drafted(), walk.world
    follow(one.draft, by=world.outsider)
    expected = counting.people_told("consultation.announce", one.draft, world.officer)
    walk.announce(one)
    dispatch()
    assert Notice.objects.filter(entry__kind="consultation.announce").count() == expected


def test_the_clock_says_how_many_it_will_tell(walk: Walk) -> None:
    walk.announced()
    assert "Nobody has to do anything for it. This will notify 1 person." in room(walk.world)


def test_the_picture_has_every_step_and_every_arrow_of_the_flow() -> None:
    assert set(STATIONS) == {*HUMAN, *TIMED}
    assert edges() == [
        ("prepare_text", "await_opening"),
        ("await_opening", "await_closing"),
        ("await_closing", "review_comments"),
        ("review_comments", "submit_to_council"),
        ("submit_to_council", "give_print_number"),
        ("give_print_number", "hold_first_reading"),
        ("give_print_number", "record_vote"),
        ("hold_first_reading", "hold_second_reading"),
        ("hold_second_reading", "record_vote"),
        ("record_vote", "adopt"),
        ("record_vote", "reject"),
    ]
    assert turns() == [
        ("await_opening", "prepare_text"),
        ("review_comments", "prepare_text"),
        ("record_vote", "hold_first_reading"),
        ("give_print_number", "review_comments"),
        ("hold_first_reading", "review_comments"),
        ("hold_second_reading", "review_comments"),
        ("record_vote", "review_comments"),
    ]


def statuses(draft: Draft) -> dict[str, str]:
    draft.refresh_from_db()
    shown = picture(draft, open_node(draft))
    return {name: mark.status for name, mark in zip(STATIONS, shown.marks, strict=True)}


def test_the_picture_shows_where_the_draft_is(walk: Walk) -> None:
    found = statuses(walk.reviewed())
    assert [name for name, status in found.items() if status == "now"] == ["submit_to_council"]
    assert [name for name, status in found.items() if status == "done"] == list(STATIONS)[:4]


def test_what_was_done_before_it_was_sent_back_lies_ahead_again(walk: Walk) -> None:
    file = walk.numbered()
    services.send_back_draft(file, because=WHY, by=walk.world.clerk)
    found = statuses(file.draft)
    assert (found["review_comments"], found["give_print_number"]) == ("now", "next")


def test_of_an_ended_road_the_other_end_was_not_taken(walk: Walk) -> None:
    adopted = statuses(walk.adopted("przyjety"))
    assert (adopted["adopt"], adopted["reject"]) == ("done", "left")
    draft = walk.closed("wycofany").draft
    services.withdraw_draft(draft, because=WHY, by=walk.world.officer)
    withdrawn = statuses(draft)
    assert (withdrawn["await_closing"], withdrawn["review_comments"]) == ("done", "left")


def test_the_picture_carries_no_inline_style(walk: Walk) -> None:
    walk.opened()
    drawn = re.search(r"<svg.*?</svg>", room(walk.world), re.DOTALL)
    assert drawn is not None
    assert re.findall(r"style=|on\w+=", drawn.group()) == []
    assert drawn.group().count('class="uw-flow__mark') == len(STATIONS)


POSSIBLE = {
    "drafted": ["withdraw_draft", "number_draft_case"],
    "announced": [
        "correct_notice",
        "prolong_consultation",
        "cancel_consultation",
        "number_draft_case",
    ],
    "opened": ["correct_notice", "prolong_consultation", "number_draft_case"],
    "closed": ["consult_again", "withdraw_draft", "number_draft_case"],
    "numbered": ["withdraw_draft", "number_draft_case"],
    "voted": ["number_draft_case"],
    "adopted": ["number_draft_case"],
}


@pytest.mark.parametrize("stage", POSSIBLE)
def test_only_what_can_be_done_now_is_offered(walk: Walk, stage: str) -> None:
    reached = getattr(walk, stage)()
    draft = getattr(reached, "draft", reached)
    one, world = draft.rounds.latest("number"), walk.world
    draft.refresh_from_db()
    assert [side.url for side in open_to(world.officer, one, draft)] == POSSIBLE[stage]
    assert [open_to(who, one, draft) for who in (world.approver, world.clerk, None)] == [[]] * 3


def test_the_room_of_an_earlier_round_leads_to_the_latest(walk: Walk) -> None:
    one = walk.announced()
    services.cancel_consultation(one, because=WHY, by=walk.world.officer)
    office = signed_in(walk.world.officer)
    answer = office.get(reverse("control_room", args=[SLUG]))
    assert answer["Location"] == f"/biuro/k/{SLUG}-r2/"
    assert office.get(reverse("announce_consultation", args=[SLUG])).status_code == 302
    assert WHY in room(walk.world, f"{SLUG}-r2")


@pytest.fixture
def office(world: World) -> Client:
    return signed_in(world.officer)


def send(office: Client, url: str, data: dict[str, str]) -> int:
    return office.post(reverse(url, args=[SLUG]), data).status_code


def test_the_unit_prolongs_on_its_page(walk: Walk, office: Client) -> None:
    one = walk.opened()
    assert office.get(reverse("prolong_consultation", args=[SLUG])).status_code == 200
    data = {"last_day": "2026-10-14", "because": WHY}
    assert send(office, "prolong_consultation", data) == 302
    one.refresh_from_db()
    assert str(one.last_day) == "2026-10-14"


def test_an_earlier_day_comes_back_on_its_field(walk: Walk, office: Client) -> None:
    walk.opened()
    data = {"last_day": "2026-09-20", "because": WHY}
    answer = office.post(reverse("prolong_consultation", args=[SLUG]), data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["last_day"])
    assert answer.context["form"]["because"].value() == WHY


def test_the_unit_corrects_the_notice_and_only_what_changed_is_recorded(
    walk: Walk, office: Client
) -> None:
    one = walk.announced()
    shown = office.get(reverse("correct_notice", args=[SLUG])).context["form"].initial
    assert send(office, "correct_notice", shown | {"because": WHY}) == 422
    data = shown | {"contact": "tel. 13", "because": WHY}
    assert send(office, "correct_notice", data) == 302
    words = one.entries.get(kind="consultation.correct").words
    assert dict(words.values_list("field", "text")) == {
        "because": WHY,
        "contact": "tel. 13",
        "contact_before": "tel. 12",
    }


def test_the_unit_cancels_withdraws_and_numbers_the_case(walk: Walk, office: Client) -> None:
    one = walk.announced()
    assert send(office, "cancel_consultation", {"because": ""}) == 422
    assert send(office, "cancel_consultation", {"because": WHY}) == 302
    assert send(office, "number_draft_case", {"case_number": "SO-05.524.1.2026"}) == 302
    assert send(office, "withdraw_draft", {"because": WHY}) == 302
    draft = Draft.objects.get()
    assert (draft.state, draft.case_number) == ("withdrawn", "SO-05.524.1.2026")
    assert one.draft_id == draft.pk


def test_an_act_at_the_wrong_time_leads_away_and_is_refused_when_sent(
    walk: Walk, office: Client
) -> None:
    one = walk.drafted()
    data = {"because": WHY, "last_day": "2026-12-01"}
    for url in ("prolong_consultation", "cancel_consultation"):
        assert office.get(reverse(url, args=[SLUG])).status_code == 302
        assert send(office, url, data) == 409
    assert open_step(one.draft) == "prepare_text"


@pytest.mark.parametrize("who", ["approver", "clerk", "councillor", "auditor", "expert", "ngo"])
def test_acts_beside_the_step_are_for_the_unit(walk: Walk, who: str) -> None:
    walk.announced()
    person = signed_in(getattr(walk.world, who))
    assert {person.post(reverse(url, args=[SLUG])).status_code for url in SIDES} == {403}
