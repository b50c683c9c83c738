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
    Entry,
    Override,
    OverrideState,
    RoleGrant,
)
from consultations.models.clock import now
from consultations.models.machine import acts_of
from consultations.models.overrides import every_overridable
from consultations.services import consultations as rounds
from consultations.services import council, drafts, opinions, overrides
from consultations.services import documents as register
from consultations.services.consultations import today
from consultations.services.door import pass_through
from consultations.wording import CONDITIONS
from tests.ground.attacks import sql
from tests.world import World

ANNOUNCE, FORMS = "consultation.announce", "forms_planned"


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
    assert one.exceptions(ANNOUNCE) == {"text_ready"}
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
