"""A roll call is corrected, or taken again, by another in its place: both stay, one counts."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.calendar import local_day
from consultations.errors import Invalid, NotYours, Unmet, WrongState
from consultations.models import Ballot, CouncilFile, Draft, Entry, Role, RollCall
from consultations.models.clock import now
from consultations.selectors import replay
from consultations.services import votes
from consultations.services.council import Called, Totals
from consultations.services.votes import Vote
from tests.ground.attacks import lift, nothing_guards
from tests.workflows.test_desk import signed_in
from tests.workflows.walk import Walk, open_step, steps
from tests.world import roll_call, staff
from workflows import services
from workflows.flow_check import mismatches

IN_ENGLISH = {"accept-language": "en"}
WHY = "Radny 5 głosował za, w protokole go pominięto."


def counted(votes_for: int, because: str = WHY) -> Vote:
    return Vote(roll_call(votes_for), local_day(now()), because=because)


def fresh(file: CouncilFile) -> CouncilFile:
    return CouncilFile.objects.get(pk=file.pk)


def public() -> str:
    address = reverse("roll_call", args=["program-2027"])
    return Client().get(address, headers=IN_ENGLISH).text


def test_a_correction_counts_and_the_old_one_stays_readable(walk: Walk) -> None:
    file = walk.voted(votes_for=40)
    services.correct_vote(file, counted(41), by=walk.world.clerk)
    calls = list(RollCall.objects.all())
    assert [(str(one), one.kind) for one in calls] == [("40-3-0", "vote"), ("41-2-0", "correction")]
    assert (calls[1].replaces, calls[1].because) == (calls[0], WHY)
    assert fresh(file).roll_call == calls[1]
    shown = public()
    for words in (
        "Corrected on",
        WHY,
        "Earlier roll calls, which no longer count",
        "for 40, against 3",
    ):
        assert words in shown
    assert Ballot.objects.filter(roll_call=calls[0]).count() == 43


def test_while_the_result_stays_no_step_moves(walk: Walk) -> None:
    file = walk.voted(votes_for=40)
    before = steps(file.draft)
    services.correct_vote(file, counted(41), by=walk.world.clerk)
    assert (steps(file.draft), mismatches()) == (before, [])


@pytest.mark.parametrize("act", ["correct_vote", "repeat_vote"])
@pytest.mark.parametrize(
    ("first", "second", "now_open"), [(40, 3, "reject"), (3, 40, "adopt")], ids=["lost", "won"]
)
def test_a_result_that_turns_before_the_decision_turns_the_step(
    walk: Walk, act: str, first: int, second: int, now_open: str
) -> None:
    file = walk.voted(votes_for=first)
    getattr(services, act)(file, counted(second), by=walk.world.clerk)
    assert open_step(file.draft) == now_open
    assert mismatches() == []
    clerk = walk.world.clerk

    def adopt() -> None:
        day = local_day(now())
        services.adopt_draft(file.draft, resolution_number="X/1/26", adopted_on=day, by=clerk)

    def reject() -> None:
        services.reject_draft(file.draft, by=clerk)

    as_it_was, as_it_is = (adopt, reject) if now_open == "reject" else (reject, adopt)
    with pytest.raises(Unmet):
        as_it_was()
    as_it_is()
    assert mismatches() == []


def test_it_may_turn_more_than_once(walk: Walk) -> None:
    file = walk.voted(votes_for=40)
    for votes_for, step in ((3, "reject"), (41, "adopt"), (2, "reject")):
        services.correct_vote(file, counted(votes_for), by=walk.world.clerk)
        assert open_step(file.draft) == step
    assert [one.replaces_id for one in RollCall.objects.all()][1:] == list(
        RollCall.objects.values_list("pk", flat=True)
    )[:3]


def test_after_the_decision_a_correction_is_recorded_and_says_so_loudly(walk: Walk) -> None:
    draft = walk.adopted()
    file = draft.council_files.get()
    services.correct_vote(file, counted(3), by=walk.world.clerk)
    assert (Draft.objects.get().state, mismatches()) == ("adopted", [])
    assert "the council did not adopt the draft, but its resolution is on record" in public()
    here = signed_in(walk.world.clerk).get(f"/rada/{file.pk}/", headers=IN_ENGLISH).text
    assert "The corrected roll call says the opposite of the decision on record." in here


def test_a_correction_that_changes_no_result_is_not_loud(walk: Walk) -> None:
    """The control of the test above."""
    file = walk.adopted().council_files.get()
    services.correct_vote(file, counted(41), by=walk.world.clerk)
    assert "is on record" not in public()


def test_no_vote_is_taken_again_after_the_decision(walk: Walk) -> None:
    file = walk.adopted().council_files.get()
    with pytest.raises(WrongState) as refused:
        services.repeat_vote(file, counted(3), by=walk.world.clerk)
    assert str(refused.value).startswith("The decision of the council is entered")
    assert RollCall.objects.count() == 1


def test_before_the_vote_there_is_nothing_to_replace(walk: Walk) -> None:
    file = walk.numbered()
    for act in (services.correct_vote, services.repeat_vote):
        with pytest.raises(WrongState):
            act(file, counted(40), by=walk.world.clerk)


@pytest.mark.parametrize("because", ["", " \n", "…"])
def test_a_reason_is_asked_for(walk: Walk, because: str) -> None:
    with pytest.raises(Invalid) as refused:
        services.correct_vote(walk.voted(), counted(41, because), by=walk.world.clerk)
    assert refused.value.field == "because"


def test_only_the_clerk_replaces_it(walk: Walk) -> None:
    file = walk.voted()
    for actor in (walk.world.officer, walk.world.approver, walk.world.councillor):
        with pytest.raises(NotYours):
            services.correct_vote(file, counted(41), by=actor)


def without_quorum() -> Vote:
    away = [Called(one.councillor, "", "absent") for one in roll_call()[21:]]
    return Vote([*roll_call()[:21], *away], local_day(now()), because=WHY)


def test_that_there_was_no_quorum_can_be_the_correction_but_no_second_vote(walk: Walk) -> None:
    file = walk.voted()
    with pytest.raises(Unmet):
        services.repeat_vote(file, without_quorum(), by=walk.world.clerk)
    assert RollCall.objects.count() == 1
    services.correct_vote(file, without_quorum(), by=walk.world.clerk)
    assert (open_step(file.draft), mismatches()) == ("reject", [])


def test_a_correction_from_paper_has_two_persons_too(walk: Walk) -> None:
    file, second = walk.voted(votes_for=40), staff("druga@rada.test", Role.CLERK)
    votes.enter_vote(file, counted(3), by=walk.world.clerk, kind="correction")
    assert (str(fresh(file).roll_call), open_step(file.draft)) == ("40-3-0", "adopt")
    services.confirm_vote(file, totals=Totals(3, 40, 0, 0, 0), by=second)
    call = fresh(file).roll_call
    assert call is not None
    assert (str(call), call.source, call.confirmed_by) == ("3-40-0", "paper", second)
    assert (open_step(file.draft), mismatches()) == ("reject", [])


def test_a_paper_re_vote_that_came_too_late_changes_nothing(walk: Walk) -> None:
    """No resolution is entered while the sheet waits; once it is entered, no sheet is."""
    file, second = walk.voted(votes_for=40), staff("druga@rada.test", Role.CLERK)
    resolution: dict[str, Any] = {"resolution_number": "X/1/26", "adopted_on": local_day(now())}
    votes.enter_vote(file, counted(3), by=walk.world.clerk, kind="repeated")
    with pytest.raises(Unmet):
        services.adopt_draft(file.draft, **resolution, by=walk.world.clerk)
    votes.return_vote(file, remark="Nie było takiego głosowania.", by=second)
    services.adopt_draft(file.draft, **resolution, by=walk.world.clerk)
    with pytest.raises(WrongState):
        votes.enter_vote(file, counted(3), by=walk.world.clerk, kind="repeated")
    assert RollCall.objects.count() == 1


def test_on_its_page_a_correction_begins_from_what_stands(walk: Walk) -> None:
    file, client = walk.voted(votes_for=40), signed_in(walk.world.clerk)
    address = reverse("correct_vote", args=[file.pk])
    form = client.get(address, headers=IN_ENGLISH).context["form"]
    text = form["text"].value()
    assert (len(text.splitlines()), form["source"].value()) == (44, "system")
    data = {"held_on": local_day(now()).isoformat(), "text": text, "source": "system"}
    blank = client.post(address, data | {"because": ""}, headers=IN_ENGLISH)
    assert (blank.status_code, list(blank.context["form"].errors)) == (422, ["because"])
    assert blank.context["form"]["text"].value() == text
    looked = client.post(address, data | {"because": WHY}, headers=IN_ENGLISH)
    assert WHY in looked.text
    sent = {"held_on": data["held_on"], "confirm": "1", **looked.context["sent"]}
    assert client.post(address, sent, headers=IN_ENGLISH).status_code == 302
    assert RollCall.objects.count() == 2
    beside = client.get(f"/rada/{file.pk}/", headers=IN_ENGLISH).context["beside"]
    assert {one.url for one in beside} == {"correct_vote", "repeat_vote"}


def test_nobody_replaces_what_she_has_not_seen(walk: Walk) -> None:
    file, client = walk.voted(votes_for=40), signed_in(walk.world.clerk)
    address = reverse("correct_vote", args=[file.pk])
    form = client.get(address, headers=IN_ENGLISH).context["form"]
    services.correct_vote(file, counted(41), by=walk.world.clerk)
    data = {"held_on": local_day(now()).isoformat(), "text": form["text"].value(), "because": WHY}
    data |= {"source": "system", "standing": str(form["standing"].value()), "confirm": "1"}
    answer = client.post(address, data, headers=IN_ENGLISH)
    assert answer.status_code == 409
    assert "Another roll call has been entered meanwhile" in answer.text
    assert WHY in answer.text
    assert RollCall.objects.count() == 2


def test_the_record_tells_of_it_and_replays(walk: Walk) -> None:
    file = walk.voted(votes_for=40)
    services.correct_vote(file, counted(41), by=walk.world.clerk)
    services.repeat_vote(file, counted(42, "Reasumpcja."), by=walk.world.clerk)
    facts = json.loads(Entry.objects.get(kind="council_file.correct_vote").payload)["facts"]
    first, second, _third = RollCall.objects.all()
    assert (facts["replaces"], facts["roll_call"]) == (first.pk, second.pk)
    assert list(replay._votes()) == []
    journal = Client().get(reverse("journal", args=["program-2027"]), headers=IN_ENGLISH).text
    assert "The record of the vote was corrected: for 41, against 2, abstained 0." in journal
    assert "The council voted again: for 42, against 1, abstained 0." in journal


@pytest.mark.parametrize("change", [{"votes_for": 1}, {"source": "paper"}, {"replaces": None}])
def test_a_replaced_roll_call_that_was_altered_is_found(walk: Walk, change: dict[str, Any]) -> None:
    file = walk.voted(votes_for=40)
    services.correct_vote(file, counted(41), by=walk.world.clerk)
    last = RollCall.objects.latest("pk")
    kind = {"kind": "vote"} if "replaces" in change else {}
    with nothing_guards():
        RollCall.objects.filter(pk=last.pk).update(**change, **kind)
    assert len(list(replay._votes())) > 0


def tried(act: Any) -> bool:
    """Whether the database refuses; nothing of it stays."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except IntegrityError:
        return True
    return False


def test_the_database_takes_a_replacement_only_in_its_place(walk: Walk) -> None:
    """The control: without the guard each of them goes in."""
    file = walk.voted(votes_for=40)
    services.correct_vote(file, counted(41), by=walk.world.clerk)
    first, last = RollCall.objects.all()
    other = walk.numbered("inny")
    given: dict[str, Any] = {"held_on": local_day(now()), **RollCall.counts(["for"] * 43)}

    def replacing(council_file: CouncilFile, former: RollCall | None) -> Any:
        kind = {"kind": "correction", "because": "x"} if former else {}
        return lambda: RollCall.objects.create(
            council_file=council_file, replaces=former, **given, **kind
        )

    assert tried(replacing(file, last)) is False
    wrong = [replacing(file, None), replacing(other, last)]
    assert [tried(one) for one in (*wrong, replacing(file, first))] == [True] * 3
    lift("rollcall_replace")
    assert [tried(one) for one in wrong] == [False] * 2


def test_no_name_is_added_to_a_replacement_afterwards(walk: Walk) -> None:
    file = walk.voted(votes_for=40)
    named = Vote(roll_call(41)[:40], local_day(now()), Totals(41, 2, 0, 0, 0), WHY)
    services.correct_vote(file, named, by=walk.world.clerk)
    last = RollCall.objects.latest("pk")
    adding = {"roll_call": last, "councillor": "Nikt", "vote": "for"}
    assert tried(lambda: Ballot.objects.create(**adding)) is True
    lift("ballot_replace")
    assert tried(lambda: Ballot.objects.create(**adding)) is False


def test_pages_ask_as_much_with_one_roll_call_as_with_four(
    walk: Walk,
) -> None:
    file, client = walk.voted(votes_for=40), signed_in(walk.world.clerk)
    pages = ("/rada/", f"/rada/{file.pk}/", reverse("roll_call", args=["program-2027"]))

    def asked() -> list[int]:
        counts = []
        for address in pages:
            with CaptureQueriesContext(connection) as found:
                client.get(address)
            counts.append(len(found))
        return counts

    services.correct_vote(file, counted(39), by=walk.world.clerk)
    asked()
    before = asked()
    for votes_for in (41, 40, 39):
        services.correct_vote(file, counted(votes_for), by=walk.world.clerk)
    assert asked() == before
