"""Exceptions: one person asks, another grants, one passing of the act uses it up."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from consultations import policy
from consultations.errors import Invalid, NotYours, Refused, Unmet, WrongState
from consultations.models import (
    MACHINES,
    Actor,
    Consultation,
    Draft,
    Entry,
    Override,
    OverrideState,
    Role,
    RoleGrant,
    guards,
)
from consultations.models.clock import now
from consultations.models.machine import acts_of
from consultations.models.overrides import SUBMIT, every_overridable, overridable
from consultations.services import consultations as rounds
from consultations.services import council, drafts, opinions, overrides
from consultations.services import documents as register
from consultations.services.consultations import today
from consultations.services.door import ENDS_EXCEPTIONS, pass_through
from consultations.wording import CONDITIONS
from tests.ground.attacks import sql
from tests.world import World, staff

ANNOUNCE, FORMS = "consultation.announce", "forms_planned"
OPINIONS = "opinions_settled"


@pytest.fixture
def planned(world: World) -> Consultation:
    """A round with its text and elements, and no form of consultation at all."""
    draft = world.with_elements(world.drafted())
    return draft.rounds.get()


def asked(world: World, subject: Any, kind: str = ANNOUNCE, code: str = FORMS) -> Override:
    return overrides.ask_override(
        subject, act_kind=kind, guard_code=code, because="Powódź.", by=world.officer
    )


def announce(world: World, consultation: Consultation) -> Consultation:
    first, last = rounds.earliest_days(consultation)
    notice = rounds.Notice(first, last, "Poznać zdanie.", "Referat", "tel. 12")
    return rounds.announce_consultation(consultation, notice, by=world.officer)


def kinds(draft: Any) -> list[str]:
    found = draft.trail.filter(kind__startswith="override.").order_by("seq")
    return list(found.values_list("kind", flat=True))


def test_an_act_passes_over_the_condition_once_when_a_second_person_grants_it(
    planned: Consultation, world: World
) -> None:
    with pytest.raises(Unmet):
        announce(world, planned)
    one = asked(world, planned)
    with pytest.raises(Unmet):
        announce(world, planned)
    overrides.grant_override(one, by=world.approver)
    announced = announce(world, planned)
    one.refresh_from_db()
    entry = Entry.objects.get(kind=ANNOUNCE)
    assert (announced.state, one.state) == ("announced", "used")
    assert entry.leaf["facts"]["overridden"] == [FORMS]
    assert kinds(planned.draft) == ["override.ask", "override.grant", "override.use"]
    used = Entry.objects.get(kind="override.use")
    assert used.action == entry.action


def test_a_refused_or_withdrawn_one_lets_nothing_pass(planned: Consultation, world: World) -> None:
    one = overrides.refuse_override(asked(world, planned), because="Nie.", by=world.approver)
    assert (one.state, one.decision) == ("refused", "Nie.")
    with pytest.raises(Unmet):
        announce(world, planned)
    again = overrides.grant_override(asked(world, planned), by=world.approver)
    overrides.withdraw_override(again, by=world.officer)
    with pytest.raises(Unmet):
        announce(world, planned)


def test_what_was_not_needed_in_the_end_is_closed_as_such(
    planned: Consultation, world: World
) -> None:
    one = overrides.grant_override(asked(world, planned), by=world.approver)
    announce(world, world.with_ways(planned))
    one.refresh_from_db()
    assert one.state == OverrideState.LAPSED
    assert "overridden" not in Entry.objects.get(kind=ANNOUNCE).leaf["facts"]


def test_an_awaited_opinion_is_passed_over_on_the_way_to_the_council(world: World) -> None:
    consultation = world.closed(world.opened())
    draft = consultation.draft
    opinions.request_opinion(draft, body="krdpp", delivered_on=today(), by=world.officer)
    world.reported(consultation)
    draft = drafts.finish_review(draft, by=world.officer)
    with pytest.raises(Unmet):
        council.submit_to_council(draft, by=world.officer)
    one = asked(world, draft, "council_file.submit", "opinions_settled")
    overrides.grant_override(one, because="Sesja jutro.", by=world.approver)
    file = council.submit_to_council(draft, by=world.officer)
    assert file.entries.get(kind="council_file.submit").leaf["facts"] == {
        "overridden": ["opinions_settled"]
    }
    council.send_back_draft(file, because="Do poprawy.", by=world.clerk)
    draft.refresh_from_db()
    draft = drafts.finish_review(draft, by=world.officer)
    with pytest.raises(Unmet):
        council.submit_to_council(draft, by=world.officer)


def test_nobody_decides_on_their_own_request(planned: Consultation, world: World) -> None:
    one = asked(world, planned)
    RoleGrant.objects.create(actor=world.officer, role="approver", since=one.asked_at)
    world.officer = Actor.objects.get(pk=world.officer.pk)
    for decide in (overrides.grant_override, overrides.refuse_override):
        with pytest.raises(NotYours):
            decide(one, because="Sam sobie.", by=world.officer)
    assert not policy.can(world.officer, "override.grant", one)
    assert policy.can(world.officer, "override.grant")  # the control: of another's, she may
    with pytest.raises(NotYours):
        overrides.withdraw_override(one, by=world.second_officer)


@pytest.mark.parametrize("because", ["", "  ", "…", "-"])
def test_a_reason_is_needed(planned: Consultation, world: World, because: str) -> None:
    with pytest.raises(Invalid):
        overrides.ask_override(
            planned, act_kind=ANNOUNCE, guard_code=FORMS, because=because, by=world.officer
        )
    one = asked(world, planned)
    with pytest.raises(Invalid):
        overrides.refuse_override(one, because=because, by=world.approver)


def absolute() -> list[tuple[str, str]]:
    return [
        (one.kind, guard.code)
        for model in MACHINES
        for one in acts_of(model)
        for guard in one.guards
        if guard.absolute
    ]


@pytest.mark.parametrize(("kind", "code"), absolute())
def test_a_condition_the_law_lets_nobody_pass_is_never_passed_over(
    planned: Consultation, world: World, kind: str, code: str
) -> None:
    subject = planned.draft if kind.startswith("draft.") else planned
    with pytest.raises(Refused):
        asked(world, subject, kind, code)
    row = {"act_kind": kind, "guard_code": code, "because": "x", "asked_by": world.officer}
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.create(draft=planned.draft, asked_at=now(), **row)


def test_even_a_granted_row_goes_over_no_absolute_condition(world: World) -> None:
    """The control: the trigger is taken out, such a row stands, and the door still refuses."""
    document = register.add_document(
        slug="bez-tekstu", kind="annual_programme", title="Program", by=world.officer
    )
    draft = drafts.register_draft(document, slug="bez-tekstu", title="Projekt", by=world.officer)
    one = draft.rounds.get()
    drop("override_absolute", "override_begin")
    Override.objects.create(
        draft=draft,
        consultation=one,
        act_kind=ANNOUNCE,
        guard_code="text_ready",
        because="x",
        asked_by=world.officer,
        asked_at=now(),
        state="granted",
        decided_by=world.approver,
        decided_at=now(),
    )
    assert one.exceptions(ANNOUNCE) == {"text_ready": []}
    with pytest.raises(Unmet) as refusal:
        announce(world, one)
    assert "text_ready" in [guard.code for guard in refusal.value.guards]


def drop(*names: str) -> None:
    with connection.cursor() as cursor:
        for name in names:
            on = " ON consultations_override" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER uw_{name}{on}")


@pytest.mark.parametrize(
    ("guard", "setting"),
    [
        ("second_person_overrides", "decided_by_id = asked_by_id, decided_at = asked_at"),
        ("override_has_reason", "because = ''"),
        ("override_decided_by_somebody", "state = 'granted'"),
        (
            "override_refused_for_reason",
            "state = 'refused', decided_at = asked_at, decided_by_id = 1",
        ),
    ],
)
def test_the_database_holds_two_persons_and_a_reason(
    planned: Consultation, world: World, guard: str, setting: str
) -> None:
    """With every trigger away, the table's own constraints still say no; the name proves which."""
    one = asked(world, planned)
    drop("override_state", "override_step", "override_lasting", "override_decided", "override_once")
    with pytest.raises(IntegrityError, match=guard), transaction.atomic():
        sql(f"UPDATE consultations_override SET {setting} WHERE id = %s", one.pk)  # noqa: S608 - ours


def test_who_decides_is_whom_the_record_names(planned: Consultation, world: World) -> None:
    one = asked(world, planned)

    def forged() -> None:
        """Granted through the door by the approver, written down as another's."""
        pass_through(
            one,
            "grant",
            by=world.approver,
            facts={"condition": FORMS},
            decided_by=world.second_officer,
            at=now(),
            decision="",
        )

    with pytest.raises(IntegrityError, match="decided by another"), transaction.atomic():
        forged()
    drop("override_decided")  # the control
    forged()


def test_asked_for_once_and_only_when_it_is_missing(planned: Consultation, world: World) -> None:
    asked(world, planned)
    with pytest.raises(WrongState, match="already"):
        asked(world, planned)
    with pytest.raises(WrongState, match="met already"):
        asked(world, planned, code="elements_placed")
    with pytest.raises(NotYours):
        overrides.ask_override(
            planned, act_kind=ANNOUNCE, guard_code=FORMS, because="Powódź.", by=world.clerk
        )


def test_every_condition_one_may_pass_over_has_its_words() -> None:
    assert {code for _kind, code in every_overridable()} == set(CONDITIONS)


@pytest.mark.parametrize("granted", [True, False])
def test_with_the_draft_withdrawn_its_exceptions_lapse(
    planned: Consultation, world: World, *, granted: bool
) -> None:
    one = asked(world, planned)
    if granted:
        overrides.grant_override(one, by=world.approver)
    drafts.withdraw_draft(planned.draft, because="Nowa ustawa.", by=world.officer)
    one.refresh_from_db()
    assert one.state == OverrideState.LAPSED
    assert kinds(planned.draft)[-1] == "override.lapse"
    assert planned.exceptions(ANNOUNCE) == {}


def granted_for_an_opinion(world: World) -> tuple[Draft, Override]:
    """At the council's door one opinion is awaited; going without it is granted."""
    consultation = world.closed(world.opened())
    draft = consultation.draft
    opinions.request_opinion(draft, body="krdpp", delivered_on=today(), by=world.officer)
    world.reported(consultation)
    draft = drafts.finish_review(draft, by=world.officer)
    one = asked(world, draft, SUBMIT.kind, OPINIONS)
    return draft, overrides.grant_override(one, by=world.approver)


def test_it_goes_over_what_was_missing_and_over_nothing_new(world: World) -> None:
    """As many opinions are awaited as when it was asked for, but another one."""
    draft, one = granted_for_an_opinion(world)
    first = draft.opinions.get()
    assert one.missing == [str(first.pk)]
    assert one.entries.get(kind="override.ask").leaf["facts"]["missing"] == one.missing
    assert SUBMIT.unmet(draft) == []  # the control: with nothing new it goes over
    secretary = staff("sekretarz@krdpp.test", Role.KRDPP_SECRETARY)
    opinions.give_opinion(first, outcome="positive", remarks="", by=secretary)
    second = opinions.request_opinion(draft, body="krdpp", delivered_on=today(), by=world.officer)
    said = r"does not cover what is missing now; new since .*: public-benefit council \("
    with pytest.raises(Unmet, match=said) as refusal:
        council.submit_to_council(draft, by=world.officer)
    assert [guard.code for guard in refusal.value.guards] == [OPINIONS]
    one.refresh_from_db()
    assert one.state == OverrideState.GRANTED
    overrides.withdraw_override(one, by=world.officer)
    again = asked(world, draft, SUBMIT.kind, OPINIONS)
    assert again.missing == [str(second.pk)]
    overrides.grant_override(again, by=world.approver)
    council.submit_to_council(draft, by=world.officer)
    again.refresh_from_db()
    assert again.state == OverrideState.USED


def test_forms_that_were_planned_when_it_was_asked_are_missed_again(
    planned: Consultation, world: World
) -> None:
    """Three forms are required: with fewer missing than when it was asked, it still reaches."""
    one = overrides.grant_override(asked(world, planned), by=world.approver)
    assert one.missing == ["form_1", "form_2", "form_3", "meeting"]
    assert guards.FORMS_PLANNED.covered(planned, one.missing)
    assert not guards.FORMS_PLANNED.covered(planned, ["form_1", "form_2", "form_3"])
    assert not guards.FORMS_PLANNED.covered(planned, ["form_1", "meeting"])
    assert announce(world, planned).state == "announced"


def test_an_exception_that_names_nothing_covers_nothing(
    planned: Consultation, world: World
) -> None:
    """As those asked for before what is missing was kept."""
    one = overrides.grant_override(asked(world, planned), by=world.approver)
    drop("override_state", "override_step", "override_lasting")
    sql("UPDATE consultations_override SET missing = '[]' WHERE id = %s", one.pk)
    with pytest.raises(Unmet, match="does not cover"):
        announce(world, planned)


def test_the_database_keeps_what_was_missing(planned: Consultation, world: World) -> None:
    one = asked(world, planned)
    more = "UPDATE consultations_override SET missing = '[\"text\"]' WHERE id = %s"
    drop("override_state", "override_step")
    with pytest.raises(IntegrityError, match="never edited"), transaction.atomic():
        sql(more, one.pk)
    drop("override_lasting")  # the control
    sql(more, one.pk)
    one.refresh_from_db()
    assert one.missing == ["text"]


def test_every_condition_one_may_pass_over_can_name_what_is_missing() -> None:
    found = [guard for kind, _code in every_overridable() for guard in overridable(kind).values()]
    assert found
    assert all(guard.lacks and guard.label for guard in found)


def test_no_exception_is_asked_or_granted_while_a_file_is_at_the_council(world: World) -> None:
    draft, one = granted_for_an_opinion(world)
    council.submit_to_council(draft, by=world.officer)
    draft.refresh_from_db()
    assert draft.state == "council_vote"
    with pytest.raises(WrongState):
        asked(world, draft, SUBMIT.kind, OPINIONS)
    late = Override.objects.create(
        draft=draft,
        act_kind=SUBMIT.kind,
        guard_code=OPINIONS,
        missing=one.missing,
        because="x",
        asked_by=world.officer,
        asked_at=now(),
    )
    with pytest.raises(WrongState, match="can no longer be done"):
        overrides.grant_override(late, by=world.approver)


def left_running(world: World, draft: Draft) -> Override:
    """An exception nothing has used, as one asked for by an earlier version stands."""
    return Override.objects.create(
        draft=draft,
        act_kind=SUBMIT.kind,
        guard_code=OPINIONS,
        missing=["1"],
        because="x",
        asked_by=world.officer,
        asked_at=now(),
    )


def test_sent_back_by_the_council_its_exceptions_lapse(world: World) -> None:
    draft, _used = granted_for_an_opinion(world)
    file = council.submit_to_council(draft, by=world.officer)
    one = left_running(world, draft)
    council.send_back_draft(file, because="Do poprawy.", by=world.clerk)
    one.refresh_from_db()
    assert one.state == OverrideState.LAPSED


def test_consulted_again_its_exceptions_lapse(world: World) -> None:
    draft = world.closed(world.opened()).draft
    one = left_running(world, draft)
    number = draft.rounds.count()
    drafts.consult_again(draft, because="Nowe przepisy.", by=world.officer)
    one.refresh_from_db()
    assert one.state == OverrideState.LAPSED
    assert draft.rounds.count() == number + 1


def test_every_way_back_aside_and_out_ends_them() -> None:
    """Every act of a draft that moves it, but those forwards on which none can be running."""
    forwards = {"begin_consultation", "begin_review", "finish_review"}
    moves = {one.kind for one in acts_of(Draft) if one.target and one.name not in forwards}
    assert {kind for kind in moves if kind in ENDS_EXCEPTIONS} == set(ENDS_EXCEPTIONS)
    assert all(
        one.edges[0][0] == one.target
        for one in acts_of(Draft)
        if one.kind in moves - set(ENDS_EXCEPTIONS)
    )
