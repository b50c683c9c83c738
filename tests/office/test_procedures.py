"""The rules as data: a new version is proposed, put in force by another person, and recorded."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations import calendar, figures, policy
from consultations.errors import Invalid, NotYours, Refused, WrongState
from consultations.models import (
    Actor,
    Element,
    Entry,
    Outcome,
    Procedure,
    ProcedureProposal,
    RoleGrant,
    Rule,
)
from consultations.models.clock import move_to, now
from consultations.selectors.journal import sentence
from consultations.services import consultations as rounds
from consultations.services import procedures as services
from consultations.services.procedures import Given
from notifications.models import Notice
from notifications.outbox import dispatch
from tests.ground.attacks import sql
from tests.law import by_hand
from tests.office.pages import as_
from tests.world import World
from workflows.duties import duties

ANNUAL, BASIS, WHY = "annual_programme", "uchwała I/1/27, § 4", "Nowa uchwała konsultacyjna."
ENGLISH = {"accept-language": "en"}


def today() -> date:
    return calendar.local_day(now())


def proposed(by: Actor, value: str = "10", **more: Any) -> ProcedureProposal:
    said: dict[str, Any] = {
        "figures_given": {"notice_days": Given(value, BASIS, basis_holds=True)},
        "valid_from": today(),
        "because": WHY,
    }
    return services.propose_procedure(ANNUAL, **(said | more), by=by)


def values(version: Procedure) -> dict[str, tuple[str, str, bool]]:
    return {one.key: (one.value, one.legal_basis, one.confirmed) for one in version.rules.all()}


def test_a_version_is_a_copy_with_the_changed_figures(world: World) -> None:
    old = Procedure.objects.get(kind=ANNUAL)
    made = services.enact_procedure(proposed(world.officer), by=world.approver)
    assert (made.number, made.valid_from, made.kind) == (2, today(), ANNUAL)
    assert values(made) == values(old) | {"notice_days": ("10", BASIS, True)}
    for model in (Outcome, Element):
        rows = [
            list(
                model.objects.filter(procedure=one)
                .order_by("pk")
                .values_list(
                    *[f.name for f in model._meta.fields if f.name not in ("id", "procedure")]
                )
            )
            for one in (old, made)
        ]
        assert rows[0] == rows[1] != []
    assert Procedure.in_force(ANNUAL, today()) == made


def test_a_cycle_that_runs_keeps_its_version(world: World) -> None:
    running = world.drafted("biegnacy").rounds.get()
    before = rounds.earliest_days(running)
    made = services.enact_procedure(proposed(world.officer), by=world.approver)
    running.refresh_from_db()
    assert (running.draft.procedure.number, rounds.earliest_days(running)) == (1, before)
    later = world.drafted("pozniejszy").rounds.get()  # the control: a later one goes by the new
    assert later.draft.procedure == made
    assert rounds.earliest_days(later)[0] == before[0] + timedelta(days=3)


def test_a_version_to_come_is_not_in_force_before_its_day(world: World) -> None:
    day = today() + timedelta(days=5)
    made = services.enact_procedure(proposed(world.officer, valid_from=day), by=world.approver)
    assert Procedure.in_force(ANNUAL, today()).number == 1
    assert Procedure.in_force(ANNUAL, day) == made


def test_before_and_after_stand_in_the_record(world: World) -> None:
    services.enact_procedure(proposed(world.officer), by=world.approver)
    entry = Entry.objects.get(kind="procedure.enact")
    old = Procedure.objects.get(kind=ANNUAL, number=1).rule("notice_days")
    assert entry.leaf["facts"]["figures"] == {
        "notice_days": {
            "before": ["7", old.legal_basis, True],
            "after": ["10", BASIS, True],
            "unit": "days",
        }
    }
    assert entry.words.get(field="because").text == WHY
    assert "notice before the consultation opens: 7 days → 10 days" in sentence(entry)


def test_the_heads_are_told_and_then_the_unit(world: World) -> None:
    services.enact_procedure(proposed(world.officer), by=world.approver)
    dispatch()
    told = {
        kind: {one.recipient_id for one in Notice.objects.filter(entry__kind=f"procedure.{kind}")}
        for kind in ("propose", "enact")
    }
    assert told == {
        "propose": {world.approver.pk},
        "enact": {world.officer.pk, world.second_officer.pk},
    }


def head_too(actor: Actor) -> Actor:
    RoleGrant.objects.create(actor=actor, role="approver", since=now())
    return Actor.objects.get(pk=actor.pk)


def test_nobody_puts_in_force_what_they_proposed(world: World) -> None:
    both = head_too(world.officer)
    row = proposed(both)
    for act in (
        lambda: services.enact_procedure(row, by=both),
        lambda: services.refuse_procedure(row, because="Nie.", by=both),
        lambda: services.enact_procedure(row, by=world.second_officer),
        lambda: services.withdraw_procedure(row, by=world.second_officer),
    ):
        with pytest.raises(NotYours):
            act()
    assert policy.can(both, "procedure.enact")  # the control: another's, she may
    assert services.enact_procedure(row, by=world.approver).number == 2


@pytest.mark.parametrize("role", ["clerk", "councillor", "auditor", "ngo", "outsider"])
def test_only_unit_and_heads_propose(world: World, role: str) -> None:
    with pytest.raises(NotYours):
        proposed(getattr(world, role))


def drop(*names: str) -> None:
    table = ProcedureProposal._meta.db_table
    with connection.cursor() as cursor:
        for name in names:
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER uw_{name}{on}")


def test_the_database_asks_for_two_persons_whom_the_record_names(world: World) -> None:
    row, made = proposed(world.officer), Procedure.objects.create
    by_hand()
    version = made(kind=ANNUAL, number=2, valid_from=today())

    def forged() -> None:
        ProcedureProposal.objects.filter(pk=row.pk).update(
            state="enacted", decided_by=world.approver, decided_at=now(), made=version
        )

    with pytest.raises(IntegrityError, match="another"), transaction.atomic():
        forged()
    drop("proposal_two")  # the control
    forged()


def test_one_person_alone_is_refused_by_the_table_itself(world: World) -> None:
    proposed(world.officer)
    drop("proposal_two", "proposal_once", "proposal_lasting")
    by_hand()
    version = Procedure.objects.create(kind=ANNUAL, number=2, valid_from=today())
    with pytest.raises(IntegrityError, match="second_person_enacts"), transaction.atomic():
        ProcedureProposal.objects.update(
            state="enacted", decided_by=world.officer, decided_at=now(), made=version
        )


@pytest.mark.parametrize(
    ("guard", "setting"),
    [
        ("proposal_lasting", "because = 'x'"),
        ("proposal_lasting", "valid_from = '2030-01-01'"),
        ("proposal_lasting", "figures = '[]'"),
    ],
)
def test_what_was_proposed_is_never_edited(world: World, guard: str, setting: str) -> None:
    proposed(world.officer)
    table = ProcedureProposal._meta.db_table
    with pytest.raises(IntegrityError, match="never edited"), transaction.atomic():
        sql(f"UPDATE {table} SET {setting}")  # noqa: S608 - ours
    drop(guard)
    sql(f"UPDATE {table} SET {setting}")  # noqa: S608 - ours


def test_a_version_in_force_is_never_edited(world: World) -> None:
    made = services.enact_procedure(proposed(world.officer), by=world.approver)
    acts: tuple[Callable[[], object], ...] = (
        lambda: Rule.objects.filter(procedure=made).update(value="1"),
        lambda: Procedure.objects.filter(pk=made.pk).update(valid_from="2020-01-01"),
        lambda: ProcedureProposal.objects.update(decision="x"),
    )
    for act in acts:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("notice_days", "-1"),
        ("notice_days", "siedem"),
        ("notice_days", "7,5"),
        ("notice_days", "367"),
        ("notice_days", "²"),
        ("notice_days", "99999999999999999999"),
        ("consultation_days", "0"),
        ("forms", "8"),
        ("grace_minutes", "1441"),
        ("council_seats", "0"),
        ("quorum_percent", "0"),
        ("quorum_percent", "101"),
        ("majority", "qualified"),
        ("readings", "3"),
        ("adopt_by", "30-11"),
        ("adopt_by", "02-29"),
        ("adopt_by", "11-31"),
        ("adopt_by", "1-1"),
        ("department_days", "251"),
        ("notice_days", ""),
    ],
)
def test_a_value_that_does_not_fit_its_unit_is_refused_in_words(
    world: World, key: str, value: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        proposed(world.officer, figures_given={key: Given(value, BASIS)})
    assert refusal.value.field == f"value_{key}"
    assert len(str(refusal.value)) > len("Enter it.")
    assert not ProcedureProposal.objects.exists()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("notice_days", "0"),
        ("notice_days", "366"),
        ("consultation_days", "1"),
        ("grace_minutes", "0"),
        ("quorum_percent", "100"),
        ("majority", "absolute"),
        ("readings", "2"),
        ("adopt_by", "12-31"),
    ],
)
def test_a_value_at_the_edge_is_taken(world: World, key: str, value: str) -> None:
    row = proposed(world.officer, figures_given={key: Given(value, BASIS)})
    assert services.enact_procedure(row, by=world.approver).rule(key).value == value


def test_every_delivered_figure_has_a_name_and_stands_its_own_check(world: World) -> None:
    for rule in Rule.objects.all():
        assert rule.key in figures.NAMES
        assert figures.fault(rule.key, rule.value, rule.unit) == ""


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("because", {"because": " … "}),
        ("valid_from", {"valid_from": date(2026, 8, 31)}),
        ("basis_notice_days", {"figures_given": {"notice_days": Given("10", " ")}}),
        (None, {"figures_given": {}}),
    ],
)
def test_what_is_missing_is_named_with_its_field(
    world: World, field: str | None, said: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as refusal:
        proposed(world.officer, **said)
    assert refusal.value.field == field


def test_what_changes_nothing_is_no_new_version(world: World) -> None:
    old = Procedure.objects.get(kind=ANNUAL).rule("notice_days")
    with pytest.raises(Invalid, match="Nothing is changed"):
        proposed(world.officer, figures_given={"notice_days": Given(old.value, old.legal_basis)})


def test_one_proposal_at_a_time_and_none_enacted_after_its_day(world: World) -> None:
    row = proposed(world.officer)
    with pytest.raises(WrongState):
        proposed(world.second_officer)
    move_to(now() + timedelta(days=1))
    with pytest.raises(Invalid, match="past"):
        services.enact_procedure(row, by=world.approver)
    services.withdraw_procedure(row, by=world.officer)
    with pytest.raises(Refused):
        services.enact_procedure(row, by=world.approver)
    again = proposed(world.second_officer)
    assert services.enact_procedure(again, by=world.approver).number == 2


def form_of(page: Any) -> dict[str, Any]:
    """What the browser would send of the page as it stands."""
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in sent.items() if value not in (None, False)}


def test_the_page_proposes_and_a_second_person_decides(world: World) -> None:
    office, head = as_(world.officer), as_(world.approver)
    place = reverse("propose_procedure", args=[ANNUAL])
    sent = form_of(office.get(place)) | {
        "value_notice_days": "10",
        "basis_notice_days": BASIS,
        "valid_from": today().isoformat(),
        "because": WHY,
    }
    assert office.post(place, sent).status_code == 302
    row = ProcedureProposal.objects.get()
    assert row.figures == {"notice_days": ["10", BASIS, True]}
    [duty] = [one for one in duties(world.approver) if "zasady" in one.url]
    page = head.get(duty.url, headers=ENGLISH).text
    for words in ("7 days", "10 days", BASIS, WHY, "Put in force"):
        assert words in page
    assert "Put in force" not in office.get(duty.url, headers=ENGLISH).text
    assert office.post(f"{duty.url}wejscie/").status_code == 403
    assert head.post(f"{duty.url}odmowa/", {"because": ""}).status_code == 422
    assert head.post(f"{duty.url}wejscie/").status_code == 302
    shown = as_(world.outsider).get(reverse("rules"), headers=ENGLISH).text
    for words in ("10 days", BASIS, "Version 2, from 1 September 2026", "to 31 August 2026"):
        assert words in shown
    assert duties(world.approver) == []


def test_a_refused_form_keeps_what_was_typed(world: World) -> None:
    office, place = as_(world.officer), reverse("propose_procedure", args=[ANNUAL])
    sent = form_of(office.get(place)) | {
        "value_notice_days": "dziesięć",
        "valid_from": today().isoformat(),
        "because": WHY,
    }
    answer = office.post(place, sent, headers=ENGLISH)
    assert answer.status_code == 422
    assert "dziesięć" in answer.text
    assert "Enter a whole number from 0 to 366." in answer.text
    assert WHY in answer.text


def test_every_wrong_figure_is_named_at_its_own_field(world: World) -> None:
    office, place = as_(world.officer), reverse("propose_procedure", args=[ANNUAL])
    sent = form_of(office.get(place)) | {
        "value_notice_days": "dziesięć",
        "value_opinion_days": "999",
        "valid_from": today().isoformat(),
        "because": WHY,
    }
    answer = office.post(place, sent, headers=ENGLISH)
    assert answer.status_code == 422
    wrong = answer.context["form"].errors
    named = {"value_notice_days", "value_opinion_days", "holds_notice_days", "holds_opinion_days"}
    assert set(wrong) == named
    assert "dziesięć" in answer.text
    assert not ProcedureProposal.objects.exists()


def test_another_value_on_the_same_basis_needs_the_word_that_it_holds(world: World) -> None:
    standing = Procedure.objects.get(kind=ANNUAL).rules.get(key="notice_days").legal_basis
    given = Given("10", standing)
    with pytest.raises(Invalid, match="still holds") as refusal:
        proposed(world.officer, figures_given={"notice_days": given})
    assert refusal.value.field == "holds_notice_days"
    office, place = as_(world.officer), reverse("propose_procedure", args=[ANNUAL])
    sent = form_of(office.get(place)) | {
        "value_notice_days": "10",
        "valid_from": today().isoformat(),
        "because": WHY,
    }
    answer = office.post(place, sent, headers=ENGLISH)
    assert answer.status_code == 422
    assert "tick that the one before still holds" in answer.text
    assert office.post(place, sent | {"holds_notice_days": "on"}).status_code == 302
    assert ProcedureProposal.objects.get().figures["notice_days"][:2] == ["10", standing]


def test_the_pages_ask_the_same_number_of_questions_however_many_versions(world: World) -> None:
    visitor, place = as_(world.outsider), reverse("rules")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            visitor.get(place)
        return len(queries)

    asked()
    few = asked()
    for days in ("10", "11", "12"):
        services.enact_procedure(proposed(world.officer, days), by=world.approver)
    assert asked() == few
