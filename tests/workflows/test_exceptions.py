"""Exceptions on the pages: asked for in the control room, decided on by a second person."""

from django.urls import reverse
from django.utils import translation

from consultations.models import Consultation, Override
from consultations.selectors.report import course
from consultations.services import overrides
from consultations.services.consultations import Notice, earliest_days
from consultations.services.elements import place_elements
from notifications.models import Notice as Told
from notifications.outbox import dispatch
from tests.workflows.test_desk import signed_in
from tests.workflows.walk import Walk
from tests.world import World
from workflows import services
from workflows.duties import duties
from workflows.selectors import next_step

ENGLISH = {"accept-language": "en"}


def planned(walk: Walk) -> Consultation:
    """Text and elements are there; no form of consultation is planned."""
    one = walk.drafted()
    first = one.draft.provisions.order_by("pk")[0]
    codes = one.draft.procedure.elements.values_list("code", flat=True)
    place_elements(one.draft, {code: [first.key] for code in codes}, by=walk.world.officer)
    return one


def announced(walk: Walk, one: Consultation) -> Consultation:
    first, last = earliest_days(one)
    notice = Notice(first, last, "Poznać zdanie organizacji.", "Referat", "tel. 12")
    return services.announce_consultation(one, notice, by=walk.world.officer)


def ask(world: World, one: Consultation, because: str = "Powódź.") -> int:
    url = reverse("ask_override", args=[one.slug, "forms_planned"])
    return signed_in(world.officer).post(url, {"because": because}).status_code


def test_asked_for_in_the_control_room_and_granted_by_a_second_person(walk: Walk) -> None:
    one, world = planned(walk), walk.world
    room = reverse("control_room", args=[one.slug])
    link = reverse("ask_override", args=[one.slug, "forms_planned"])
    office, head = signed_in(world.officer), signed_in(world.approver)
    assert link in office.get(room).text
    assert link not in head.get(room).text  # she cannot do the act herself
    assert "3 forms of consultation are required" in office.get(link, headers=ENGLISH).text
    assert ask(world, one) == 302
    asked = Override.objects.get()
    page = office.get(room, headers=ENGLISH).text
    assert "waits for a second person" in page
    assert link not in page
    [duty] = [one for one in duties(world.approver) if one.url.startswith("/biuro/odstepstwa/")]
    assert head.post(f"{duty.url}zgoda/", {"because": "Zgoda."}).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.decision) == ("granted", "Zgoda.")
    with translation.override("en"):
        step = next_step(one.draft, world.officer)
        assert step is not None
        assert step.ready
        assert "An exception is granted: the required number of forms of consultation." in [
            each.sentence for each in step.holds
        ]
    announced(walk, one)
    report = reverse("journal", args=[one.slug])
    assert "Passed by an exception" in signed_in(world.outsider).get(report, headers=ENGLISH).text


def test_without_the_grant_the_step_stays_shut(walk: Walk) -> None:
    """The control of the test above."""
    one = planned(walk)
    ask(walk.world, one)
    step = next_step(one.draft, walk.world.officer)
    assert step is not None
    assert not step.ready


def test_a_refusal_needs_a_reason_and_keeps_what_was_typed(walk: Walk) -> None:
    one, world = planned(walk), walk.world
    assert ask(world, one, " ") == 422
    ask(world, one)
    asked = Override.objects.get()
    head = signed_in(world.approver)
    url = reverse("refuse_override", args=[asked.pk])
    assert head.post(url, {"because": "…"}).status_code == 422
    assert head.post(url, {"because": "Proszę o trzy formy."}).status_code == 302
    page = signed_in(world.officer).get(reverse("override", args=[asked.pk]), headers=ENGLISH).text
    assert "Proszę o trzy formy." in page
    assert "Grant the exception" not in page
    assert (
        reverse("ask_override", args=[one.slug, "forms_planned"])
        in signed_in(world.officer).get(reverse("control_room", args=[one.slug])).text
    )


def test_who_asked_sees_no_button_to_grant_and_may_take_it_back(walk: Walk) -> None:
    one, world = planned(walk), walk.world
    ask(world, one)
    page, pk = signed_in(world.officer), Override.objects.get().pk
    shown = page.get(reverse("override", args=[pk]), headers=ENGLISH).text
    assert "Grant the exception" not in shown
    assert "Withdraw the request" in shown
    assert page.post(reverse("grant_override", args=[pk])).status_code == 403
    assert page.post(reverse("withdraw_override", args=[pk])).status_code == 302
    assert Override.objects.get().state == "withdrawn"
    assert page.post(reverse("withdraw_override", args=[pk])).status_code == 409


def test_an_expert_of_another_condition_is_not_asked(walk: Walk) -> None:
    """A condition nobody may pass over, and one that does not stand before this step."""
    one, office = planned(walk), signed_in(walk.world.officer)
    assert office.get(reverse("ask_override", args=[one.slug, "text_ready"])).status_code == 404
    other = reverse("ask_override", args=[one.slug, "opinions_settled"])
    assert office.get(other).status_code == 302


def test_the_head_of_unit_is_told_and_then_who_asked(walk: Walk) -> None:
    one, world = planned(walk), walk.world
    ask(world, one)
    overrides.grant_override(Override.objects.get(), by=world.approver)
    dispatch()
    told = Told.objects.filter(entry__kind__startswith="override.")
    assert {(each.entry.kind, each.recipient_id) for each in told} == {
        ("override.ask", world.approver.pk),
        ("override.grant", world.officer.pk),
        ("override.grant", world.second_officer.pk),
    }


def test_the_report_tells_of_the_exception(walk: Walk) -> None:
    one, world = planned(walk), walk.world
    ask(world, one)
    overrides.grant_override(Override.objects.get(), because="Zgoda.", by=world.approver)
    announced(walk, one)
    missed = "the required number of forms of consultation."
    with translation.override("en"):
        told = [(step.sentence, step.because) for step in course(one)]
    assert told[:3] == [
        (f"An exception was asked for: {missed}", "Powódź."),
        (f"A second person granted an exception: {missed}", "Zgoda."),
        (f"Passed by an exception: {missed}", ""),
    ]


def test_the_pages_say_what_was_missing_and_that_more_is_missing_now(walk: Walk) -> None:
    one, world = walk.drafted(), walk.world
    key = one.draft.provisions.order_by("pk")[0].key
    codes = list(one.draft.procedure.elements.values_list("code", flat=True))
    place_elements(one.draft, {code: [key] for code in codes[1:]}, by=world.officer)
    office, room = signed_in(world.officer), reverse("control_room", args=[one.slug])
    link = reverse("ask_override", args=[one.slug, "elements_placed"])
    assert office.post(link, {"because": "Powódź."}).status_code == 302
    asked = Override.objects.get()
    overrides.grant_override(asked, by=world.approver)
    url = reverse("override", args=[asked.pk])
    assert asked.missing == codes[:1]
    for page in (url, room):
        shown = office.get(page, headers=ENGLISH).text
        assert "What was missing then" in shown
        assert "does not cover what is missing now" not in shown
    place_elements(one.draft, {code: [key] for code in codes[2:]}, by=world.officer)
    for page in (url, room):
        shown = office.get(page, headers=ENGLISH).text
        assert "does not cover what is missing now" in shown
        assert "Withdraw the request" in shown or page == room
    step = next_step(one.draft, world.officer)
    assert step is not None
    assert not step.ready
