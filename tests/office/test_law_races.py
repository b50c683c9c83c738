"""Exceptions and rules with many people at once: one passing uses one exception, one version."""

import pytest

from consultations.models import CouncilFile, Draft, Entry, Override, Procedure
from consultations.services import council, drafts, opinions, overrides, procedures
from consultations.services.consultations import today
from consultations.services.procedures import Given
from tests.ground.test_races import no_locks  # noqa: F401 - the fixture of the controls
from tests.workflows.races import race, race_of
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 12
KIND, CODE = "council_file.submit", "opinions_settled"


def awaiting(world: World) -> Draft:
    """A reviewed draft whose opinion is still awaited."""
    consultation = world.closed(world.opened())
    draft = consultation.draft
    opinions.request_opinion(draft, body="krdpp", delivered_on=today(), by=world.officer)
    world.reported(consultation)
    return drafts.finish_review(draft, by=world.officer)


def asked(world: World, draft: Draft) -> Override:
    return overrides.ask_override(
        draft, act_kind=KIND, guard_code=CODE, because="Sesja jutro.", by=world.officer
    )


def test_of_many_who_grant_one_exception_one_does(world: World) -> None:
    one = asked(world, awaiting(world))
    outcomes = race(lambda: overrides.grant_override(one, by=world.approver), MANY)
    assert outcomes == [*["WrongState"] * (MANY - 1), "done"]
    assert Entry.objects.filter(kind="override.grant").count() == 1


@pytest.mark.postgres
def test_without_the_lock_more_than_one_would_try(
    world: World,
    no_locks: None,  # noqa: F811 - the fixture
) -> None:
    """The control: then the database itself has to say no."""
    one = asked(world, awaiting(world))
    outcomes = race(lambda: overrides.grant_override(one, by=world.approver), MANY)
    assert outcomes != [*["WrongState"] * (MANY - 1), "done"]


def test_one_exception_lets_one_submission_pass(world: World) -> None:
    draft = awaiting(world)
    overrides.grant_override(asked(world, draft), by=world.approver)
    outcomes = race(lambda: council.submit_to_council(draft, by=world.officer), MANY)
    assert outcomes == [*["WrongState"] * (MANY - 1), "done"]
    assert (CouncilFile.objects.count(), Override.objects.get().state) == (1, "used")
    assert Entry.objects.filter(kind="override.use").count() == 1


def test_an_exception_is_either_used_or_taken_back(world: World) -> None:
    draft = awaiting(world)
    one = overrides.grant_override(asked(world, draft), by=world.approver)
    race_of(
        lambda: council.submit_to_council(draft, by=world.officer),
        lambda: overrides.withdraw_override(one, by=world.officer),
    )
    one.refresh_from_db()
    assert (one.state, CouncilFile.objects.count()) in {("used", 1), ("withdrawn", 0)}


def test_of_many_who_put_one_version_in_force_one_does(world: World) -> None:
    row = procedures.propose_procedure(
        "annual_programme",
        figures_given={"notice_days": Given("10", "uchwała")},
        valid_from=today(),
        because="Nowa uchwała.",
        by=world.officer,
    )
    outcomes = race(lambda: procedures.enact_procedure(row, by=world.approver), MANY)
    assert outcomes == [*["WrongState"] * (MANY - 1), "done"]
    assert Procedure.objects.filter(kind="annual_programme").count() == 2


def test_of_many_who_propose_one_is_taken(world: World) -> None:
    def propose() -> object:
        return procedures.propose_procedure(
            "annual_programme",
            figures_given={"notice_days": Given("10", "uchwała")},
            valid_from=today(),
            because="Nowa uchwała.",
            by=world.officer,
        )

    assert race(propose, MANY) == [*["WrongState"] * (MANY - 1), "done"]
