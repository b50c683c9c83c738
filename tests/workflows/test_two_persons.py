"""A roll call from paper counts only when another person has compared it with the minutes."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from consultations.calendar import local_day
from consultations.errors import Invalid, NotYours, Unmet, WrongState
from consultations.models import Actor, CouncilFile, Entry, Role, RollCall, VoteSheet
from consultations.models.clock import now
from consultations.services import votes
from consultations.services.council import Called, Totals
from consultations.services.votes import Vote
from notifications.models import Notice
from notifications.outbox import dispatch
from tests.ground.attacks import lift
from tests.workflows.races import THREADS, race
from tests.workflows.test_desk import signed_in
from tests.workflows.walk import Walk, open_step
from tests.world import roll_call, staff
from workflows import services
from workflows.flow_check import mismatches

IN_ENGLISH = {"accept-language": "en"}
RIGHT = Totals(40, 3, 0, 0, 0)
SENT = {name: str(count) for name, count in vars(RIGHT).items()}


@pytest.fixture
def file(walk: Walk) -> CouncilFile:
    return walk.numbered()


@pytest.fixture
def second(walk: Walk) -> Actor:
    return staff("druga@rada.test", Role.CLERK)


def paper(votes_for: int = 40) -> Vote:
    return Vote(roll_call(votes_for), local_day(now()))


def page(actor: Actor, name: str, file: CouncilFile, data: dict[str, str] | None = None) -> Any:
    client, url = signed_in(actor), reverse(name, args=[file.pk])
    if data is None:
        return client.get(url, headers=IN_ENGLISH)
    return client.post(url, data, headers=IN_ENGLISH)


def state(file: CouncilFile) -> tuple[str, int, str]:
    file.refresh_from_db()
    return file.state, RollCall.objects.count(), open_step(file.draft)


def test_what_one_person_entered_does_not_count(
    walk: Walk, file: CouncilFile, client: Client
) -> None:
    votes.enter_vote(file, paper(), by=walk.world.clerk)
    assert state(file) == ("read", 0, "record_vote")
    public = client.get(reverse("roll_call", args=["program-2027"]), headers=IN_ENGLISH).text
    assert "The council has not voted yet." in public
    assert mismatches() == []


def test_another_clerk_confirms_it_and_the_step_is_complete(
    walk: Walk, file: CouncilFile, second: Actor, client: Client
) -> None:
    votes.enter_vote(file, paper(), by=walk.world.clerk)
    services.confirm_vote(file, totals=RIGHT, by=second)
    assert state(file) == ("voted", 1, "adopt")
    call = RollCall.objects.get()
    assert (call.source, call.entered_by, call.confirmed_by) == ("paper", walk.world.clerk, second)
    assert VoteSheet.objects.get().state == "confirmed"
    public = client.get(reverse("roll_call", args=["program-2027"]), headers=IN_ENGLISH).text
    assert "One person entered the roll call from minutes on paper, another compared it" in public
    assert mismatches() == []


def test_nobody_confirms_her_own(walk: Walk, file: CouncilFile, second: Actor) -> None:
    """The control is `second` above, who may."""
    votes.enter_vote(file, paper(), by=walk.world.clerk)
    with pytest.raises(NotYours):
        services.confirm_vote(file, totals=RIGHT, by=walk.world.clerk)
    assert state(file) == ("read", 0, "record_vote")


def test_an_officer_stands_in_only_where_the_office_has_one_clerk(
    walk: Walk, file: CouncilFile
) -> None:
    votes.enter_vote(file, paper(), by=walk.world.clerk)
    other = staff("druga@rada.test", Role.CLERK)
    for actor in (walk.world.officer, walk.world.approver):
        with pytest.raises(NotYours):
            services.confirm_vote(file, totals=RIGHT, by=Actor.objects.get(pk=actor.pk))
    other.grants.update(until=now())
    officer = Actor.objects.get(pk=walk.world.officer.pk)
    services.confirm_vote(file, totals=RIGHT, by=officer)
    assert state(file) == ("voted", 1, "adopt")


def test_an_officer_enters_no_roll_call_of_her_own(walk: Walk, file: CouncilFile) -> None:
    """Also not while one of the only clerk waits, which she might confirm."""
    called = roll_call(3)
    for wait in (False, True):
        if wait:
            votes.enter_vote(file, paper(), by=walk.world.clerk)
        with pytest.raises((NotYours, WrongState)):
            services.record_vote(
                file, called=called, held_on=local_day(now()), by=walk.world.officer
            )
        with pytest.raises(NotYours):
            votes.enter_vote(file, paper(), by=walk.world.officer)
    assert RollCall.objects.count() == 0


def test_other_totals_than_were_entered_are_refused_by_name(
    walk: Walk, file: CouncilFile, second: Actor
) -> None:
    votes.enter_vote(file, paper(), by=walk.world.clerk)
    with pytest.raises(Invalid) as refused:
        services.confirm_vote(file, totals=Totals(39, 4, 0, 0, 0), by=second)
    assert refused.value.field == "votes_for"
    assert str(refused.value).startswith("You read «for» 39 in the minutes; 40 was entered.")
    assert state(file) == ("read", 0, "record_vote")


def test_what_is_sent_back_is_entered_anew_from_what_was_there(
    walk: Walk, file: CouncilFile, second: Actor
) -> None:
    votes.enter_vote(file, Vote(roll_call(40)[:41], local_day(now()), RIGHT), by=walk.world.clerk)
    votes.return_vote(file, remark="Radny 5 był przeciw.", by=second)
    shown = page(walk.world.clerk, "record_vote", file)
    assert "Radny 5 był przeciw." in shown.text
    form = shown.context["form"]
    assert len(form["text"].value().splitlines()) == 42
    assert (form["votes_for"].value(), form["source"].value()) == (40, "paper")
    votes.enter_vote(file, paper(39), by=walk.world.clerk)
    assert [one.state for one in VoteSheet.objects.all()] == ["returned", "waiting"]
    assert VoteSheet.objects.earliest("pk").remark == "Radny 5 był przeciw."


@pytest.mark.parametrize("remark", ["", " \n"])
def test_sending_back_needs_a_remark(
    walk: Walk, file: CouncilFile, second: Actor, remark: str
) -> None:
    votes.enter_vote(file, paper(), by=walk.world.clerk)
    answer = page(second, "return_vote", file, {"remark": remark})
    assert (answer.status_code, list(answer.context["returning"].errors)) == (422, ["remark"])
    assert VoteSheet.objects.get().state == "waiting"


def test_whoever_entered_it_may_take_it_back(walk: Walk, file: CouncilFile) -> None:
    votes.enter_vote(file, paper(), by=walk.world.clerk)
    assert (
        page(walk.world.clerk, "return_vote", file, {"remark": "Zły protokół."}).status_code == 302
    )
    assert VoteSheet.objects.get().state == "returned"


def test_while_one_waits_no_other_is_entered(walk: Walk, file: CouncilFile) -> None:
    votes.enter_vote(file, paper(), by=walk.world.clerk)
    with pytest.raises(WrongState):
        votes.enter_vote(file, paper(), by=walk.world.clerk)
    with pytest.raises(WrongState):
        services.record_vote(
            file, called=roll_call(), held_on=local_day(now()), by=walk.world.clerk
        )


def test_paper_without_a_quorum_is_refused_at_once(walk: Walk, file: CouncilFile) -> None:
    away = [Called(one.councillor, "", "absent") for one in roll_call()[21:]]
    with pytest.raises(Unmet):
        votes.enter_vote(
            file, Vote([*roll_call()[:21], *away], local_day(now())), by=walk.world.clerk
        )
    assert VoteSheet.objects.count() == 0


def test_the_whole_road_on_its_pages(walk: Walk, file: CouncilFile, second: Actor) -> None:
    clerk = walk.world.clerk
    text = "".join(f"Radny {n};Klub;{'za' if n < 41 else 'przeciw'}\n" for n in range(1, 44))
    data = {"held_on": local_day(now()).isoformat(), "text": text, "source": "paper"}
    looked = page(clerk, "record_vote", file, data)
    assert "another person compares it with them before it counts" in looked.text
    sent = {"held_on": data["held_on"], "confirm": "1", **looked.context["sent"]}
    assert page(clerk, "record_vote", file, sent).status_code == 302
    here = page(clerk, "council_file", file)
    assert "waits for a second person" in here.text
    assert here.context["form"] is None
    assert page(clerk, "record_vote", file).status_code == 302
    own = page(clerk, "confirm_vote", file)
    assert "You entered this roll call, so another person confirms it." in own.text
    compared = page(second, "confirm_vote", file)
    assert "Radny 43" in compared.text
    assert [field.value() for field in compared.context["form"].totals()] == [None] * 5
    wrong = page(second, "confirm_vote", file, SENT | {"absent": "1"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["absent"])
    assert 'value="40"' in wrong.text
    missing = page(second, "confirm_vote", file, {"votes_for": "40"})
    assert missing.status_code == 422
    assert page(clerk, "confirm_vote", file, SENT).status_code == 403
    assert page(second, "confirm_vote", file, SENT).status_code == 302
    assert state(file) == ("voted", 1, "adopt")
    assert page(second, "confirm_vote", file).status_code == 302
    assert page(second, "return_vote", file, {"remark": "Za późno."}).status_code == 302


def test_where_the_list_comes_from_is_asked(walk: Walk, file: CouncilFile) -> None:
    data = {"held_on": local_day(now()).isoformat(), "text": "Radny;;za"}
    answer = page(walk.world.clerk, "record_vote", file, data)
    assert answer.status_code == 422
    assert answer.context["form"].errors["source"] == ["Say where the list comes from."]
    bad = page(walk.world.clerk, "record_vote", file, data | {"source": "rumour"})
    assert (bad.status_code, "source" in bad.context["form"].errors) == (422, True)


def test_another_clerk_is_told_and_the_first_of_what_came_back(
    walk: Walk, file: CouncilFile, second: Actor
) -> None:
    votes.enter_vote(file, paper(), by=walk.world.clerk)
    votes.return_vote(file, remark="Popraw.", by=second)
    dispatch()
    told = {
        kind: set(Notice.objects.filter(entry__kind=kind).values_list("recipient", flat=True))
        for kind in ("council_file.enter_vote", "council_file.return_vote")
    }
    assert told == {
        "council_file.enter_vote": {second.pk},
        "council_file.return_vote": {walk.world.clerk.pk},
    }


def test_the_only_clerk_is_seconded_by_the_unit(walk: Walk, file: CouncilFile) -> None:
    votes.enter_vote(file, paper(), by=walk.world.clerk)
    dispatch()
    world = walk.world
    told = Notice.objects.filter(entry__kind="council_file.enter_vote")
    people = {world.officer.pk, world.second_officer.pk, world.approver.pk}
    assert set(told.values_list("recipient", flat=True)) == people


def test_the_desk_asks_the_second_person_and_not_the_first(
    walk: Walk, file: CouncilFile, second: Actor
) -> None:
    votes.enter_vote(file, paper(), by=walk.world.clerk)

    def asked(actor: Actor) -> list[str]:
        shown = signed_in(actor).get(reverse("council"), headers=IN_ENGLISH)
        return [todo.step.url for todo in shown.context["desk"].todos]

    people = (second, walk.world.clerk, walk.world.officer)
    assert [asked(one) for one in people] == [["confirm_vote"], [], []]
    second.grants.update(until=now())
    assert asked(walk.world.officer) == ["confirm_vote"]


def test_nobody_outside_reads_of_a_roll_call_that_waits(walk: Walk, file: CouncilFile) -> None:
    votes.enter_vote(file, paper(), by=walk.world.clerk)
    assert Entry.objects.latest("seq").kind == "council_file.enter_vote"
    for address in ("journal", "roll_call"):
        shown = Client().get(reverse(address, args=["program-2027"]), headers=IN_ENGLISH)
        assert "entered from paper" not in shown.text


def test_the_database_asks_for_two_persons_as_well(
    walk: Walk, file: CouncilFile, second: Actor
) -> None:
    """The control: without the guard the same row goes in."""
    votes.enter_vote(file, paper(), by=walk.world.clerk)
    given: dict[str, Any] = {
        "council_file": file,
        "held_on": local_day(now()),
        "source": "paper",
        **vars(RIGHT),
    }

    def refused(**persons: Actor) -> bool:
        try:
            with transaction.atomic():
                RollCall.objects.create(**given, **persons)
                transaction.set_rollback(True)
        except IntegrityError:
            return True
        return False

    clerk = walk.world.clerk
    alone: list[dict[str, Actor]] = [
        {},
        {"entered_by": clerk},
        {"confirmed_by": second},
        {"entered_by": clerk, "confirmed_by": clerk},
        {"entered_by": second, "confirmed_by": clerk},  # she entered nothing
    ]
    assert [refused(**one) for one in alone] == [True] * 5
    assert refused(entered_by=clerk, confirmed_by=second) is False
    lift("rollcall_two_persons")
    assert [refused(**one) for one in alone] == [False] * 5


def replaced(sheet: VoteSheet, **changes: Any) -> Any:
    return lambda: VoteSheet.objects.filter(pk=sheet.pk).update(**changes)


def test_what_was_entered_stays_as_it_was_in_the_database(
    walk: Walk, file: CouncilFile, second: Actor
) -> None:
    """The control: without its guard each of them is done."""
    votes.enter_vote(file, paper(), by=walk.world.clerk)
    votes.return_vote(file, remark="Popraw.", by=second)
    votes.enter_vote(file, paper(39), by=walk.world.clerk)
    old, new = VoteSheet.objects.all()
    given = {"council_file": file, "held_on": local_day(now()), "entered_by": second}
    made = {"state": "returned", "decided_by": second, "decided_at": now(), "entered_at": now()}
    attacks = {
        "votesheet_update": [
            replaced(new, called=[]),
            replaced(new, entered_by=second),
            replaced(old, remark="Nic."),
            replaced(old, decided_by=walk.world.clerk),
        ],
        "votesheet_delete": [lambda: VoteSheet.objects.filter(pk=old.pk).delete()],
        "votesheet_insert": [lambda: VoteSheet.objects.create(**given, **made)],
    }

    def refused(act: Any) -> bool:
        try:
            with transaction.atomic():
                act()
                transaction.set_rollback(True)
        except IntegrityError:
            return True
        return False

    lift("votesheet_entered", "votesheet_decided")  # held in tests/ground/test_record_guards.py
    for guard, acts in attacks.items():
        assert [refused(act) for act in acts] == [True] * len(acts)
        lift(guard)
        assert [refused(act) for act in acts] == [False] * len(acts)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_decide_on_one_roll_call_one_does(walk: Walk) -> None:
    """Half of them confirm, half send it back: one act is done, and the rest are told."""
    file, clerk = walk.numbered(), walk.world.clerk
    people = [staff(f"referent{n}@rada.test", Role.CLERK).pk for n in range(THREADS)]
    votes.enter_vote(file, paper(), by=clerk)
    turns = iter(enumerate(people))

    def decide() -> None:
        number, key = next(turns)
        actor = Actor.objects.get(pk=key)
        if number % 2:
            votes.return_vote(file, remark="Nie to.", by=actor)
        else:
            services.confirm_vote(file, totals=RIGHT, by=actor)

    outcomes = race(decide)
    assert outcomes.count("done") == 1
    assert set(outcomes) <= {"done", "WrongState", "NotYours", "Busy"}
    decided = VoteSheet.objects.get().state
    assert (decided, RollCall.objects.count()) in {("confirmed", 1), ("returned", 0)}
    assert mismatches() == []


def test_what_two_persons_entered_is_not_corrected_by_one(
    walk: Walk, file: CouncilFile, second: Actor
) -> None:
    votes.enter_vote(file, paper(), by=walk.world.clerk)
    services.confirm_vote(file, totals=RIGHT, by=second)
    anew = Vote(roll_call(39), local_day(now()), because="Pomyłka w protokole.")
    with pytest.raises(Invalid) as refused:
        services.correct_vote(file, anew, by=walk.world.clerk)
    assert refused.value.field == "source"
    file.refresh_from_db()
    votes.enter_vote(file, anew, by=walk.world.clerk, kind="correction")
    services.confirm_vote(file, totals=Totals(39, 4, 0, 0, 0), by=second)
    assert RollCall.objects.count() == 2
