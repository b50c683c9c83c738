"""Published texts, roll calls and the law are never edited, whoever writes to the database."""

from typing import Any

import pytest

from consultations.calendar import local_day
from consultations.models import (
    Ballot,
    CouncilFile,
    Element,
    Outcome,
    Procedure,
    Provision,
    RollCall,
    Rule,
    TextVersion,
    Wording,
)
from consultations.models.clock import now
from consultations.services import council
from tests.ground.attacks import (
    REFUSED_BY_ITS_GUARD,
    Attack,
    as_foreign_client,
    as_replica,
    each,
    forge,
    replace,
    sql,
    stands,
    truncate,
)
from tests.ground.scene import Scene
from tests.world import World, roll_call


def working(scene: Scene) -> TextVersion:
    """A second, unpublished version with one provision."""
    version = TextVersion.objects.create(draft=scene.draft, number=2, imported_at=now())
    wording = scene.wording
    wording.pk, wording._state.adding, wording.text_version = None, True, version
    wording.parent = None
    wording.save()
    return version


def move_in(scene: Scene) -> int:
    """A wording of a working version slips into the published one."""
    own = Wording.objects.filter(text_version=working(scene))
    return own.update(text_version=scene.version, position=999, eid="x", provision=fresh(scene))


def fresh(scene: Scene) -> Provision:
    return Provision.objects.create(draft=scene.draft)


def add_wording(scene: Scene) -> None:
    wording = scene.wording
    wording.pk, wording._state.adding = None, True
    wording.position, wording.eid, wording.provision = 999, "x", fresh(scene)
    wording.save()


def take_wording(scene: Scene) -> int:
    """A working wording takes the key of a published one, which SQLite then deletes."""
    version, kept = working(scene), scene.wording
    as_foreign_client()
    return sql(
        "UPDATE OR REPLACE {wording} SET id = %s WHERE text_version_id = %s", kept.pk, version.pk
    )


def take_version(scene: Scene) -> int:
    version = working(scene)
    as_foreign_client()
    return sql("UPDATE OR REPLACE {textversion} SET number = 1 WHERE id = %s", version.pk)


def last_wording(scene: Scene) -> Wording:
    """One that nothing hangs on."""
    return Wording.objects.filter(text_version=scene.version).latest("position")


def bare_version(scene: Scene) -> TextVersion:
    return TextVersion.objects.create(
        draft=scene.draft, number=3, imported_at=now(), published_at=now()
    )


TEXTS = each(
    Attack("wording changed", lambda s: s.version.wordings.update(text="x"), ("wording_update",)),
    Attack("wording saved", lambda s: s.wording.save(), ("wording_update",)),
    Attack("wording deleted", lambda s: last_wording(s).delete(), ("wording_delete",)),
    Attack("wording added", add_wording, ("wording_insert",)),
    Attack("wording moved in", move_in, ("wording_update",)),
    Attack("wording's key taken", take_wording, ("wording_update",), needs="sqlite"),
    Attack(
        "wording replaced",
        lambda s: replace("{wording}", s.wording, text_version_id=str(working(s).pk)),
        ("wording_insert",),
        needs="sqlite",
    ),
    Attack(
        "wording changed as a replica",
        lambda s: (
            as_replica(),
            sql("UPDATE {wording} SET text = 'x' WHERE id = %s", s.wording.pk),
        ),
        ("wording_update",),
        needs="postgresql",
    ),
    Attack(
        "version taken back",
        lambda s: TextVersion.objects.filter(pk=s.version.pk).update(published_at=None),
        ("version_update",),
    ),
    Attack("version deleted", lambda s: bare_version(s).delete(), ("version_delete",)),
    Attack("version's number taken", take_version, ("version_update",), needs="sqlite"),
    Attack(
        "version replaced",
        lambda s: replace("{textversion}", s.version, published_at="NULL"),
        ("version_insert",),
        needs="sqlite",
    ),
    Attack(
        "provision gets another key",
        lambda s: sql("UPDATE {provision} SET key = %s WHERE id = %s", "0" * 32, s.provision.pk),
        ("provision_update",),
    ),
)


def law(scene: Scene) -> Procedure:
    return scene.draft.procedure


def exchange_procedure(scene: Scene) -> int:
    """Under a true step, so that nothing else can refuse it."""
    other = Procedure.objects.filter(kind="local_act").earliest("pk")
    fields: dict[str, Any] = {"draft": scene.draft, "consultation": None, "comment": None}
    forge(
        scene,
        **fields,
        from_state="public_consultation",
        to_state="comment_review",
        object_version=scene.draft.version + 1,
    )
    moved = "UPDATE {draft} SET state = %s, version = version + 1, procedure_id = %s WHERE id = %s"
    return sql(moved, "comment_review", other.pk, scene.draft.pk)


LAW = each(
    *(
        Attack(f"{name} changed", act, (f"{name}_update",))
        for name, act in (
            ("procedure", lambda _: Procedure.objects.update(valid_until=local_day(now()))),
            ("rule", lambda _: Rule.objects.filter(key="consultation_days").update(value="1")),
            ("outcome", lambda _: Outcome.objects.update(legal_basis="x")),
            ("element", lambda _: Element.objects.update(legal_basis="x")),
        )
    ),
    Attack("rule deleted", lambda s: law(s).rules.all().delete(), ("rule_delete",)),
    Attack("outcome deleted", lambda s: law(s).outcomes.all().delete(), ("outcome_delete",)),
    Attack(
        "procedure deleted",
        lambda _: Procedure.objects.create(kind="x", number=1, valid_from=now()).delete(),
        ("procedure_delete",),
    ),
    Attack(
        "rule replaced by its key",
        lambda s: replace("{rule}", law(s).rule("notice_days"), id="NULL", value="'0'"),
        ("rule_replace",),
        needs="sqlite",
    ),
    Attack(
        "a draft's procedure exchanged",
        exchange_procedure,
        ("draft_procedure",),
    ),
)


@pytest.fixture
def voted(world: World) -> RollCall:
    """A roll call 40-3 of declared totals: two who voted against are not named."""
    numbered = world.numbered(world.closed(world.opened()))
    council.record_vote(
        numbered,
        called=roll_call(40)[:41],
        declared=council.Totals(40, 3, 0, 0, 0),
        held_on=local_day(now()),
        by=world.clerk,
    )
    return RollCall.objects.get(council_file=numbered)


def recount(call: RollCall, **changes: Any) -> int:
    return RollCall.objects.filter(pk=call.pk).update(**changes)


VOTES = each(
    Attack("count changed", lambda call: recount(call, votes_for=43), ("rollcall_update",)),
    Attack("vote changed", lambda call: call.ballots.update(vote="for"), ("ballot_update",)),
    Attack("vote deleted", lambda call: call.ballots.all().delete(), ("ballot_delete",)),
    Attack(
        "vote added",
        lambda call: Ballot.objects.create(roll_call=call, councillor="Nikt", vote="against"),
        ("ballot_replace",),
    ),
    Attack(
        "more names than votes",
        lambda call: Ballot.objects.create(roll_call=call, councillor="Nikt", vote="for"),
        ("ballot_over",),
    ),
    Attack(
        "vote replaced",
        lambda call: replace("{ballot}", call.ballots.first(), id="NULL", vote="'against'"),
        ("ballot_replace",),
        needs="sqlite",
    ),
    Attack(
        "votes truncated",
        lambda _: truncate("{ballot}"),
        ("ballot_truncate",),
        needs="postgresql",
    ),
    Attack(
        "roll call of a file without a number",
        lambda call: RollCall.objects.create(
            council_file=CouncilFile.objects.create(
                draft=call.council_file.draft, submitted_at=now()
            ),
            held_on=local_day(now()),
            **RollCall.counts([]),
        ),
        ("rollcall_replace",),
    ),
)


@pytest.mark.parametrize("attack", TEXTS)
def test_a_published_version_is_never_edited(scene: Scene, attack: Attack) -> None:
    assert stands(attack, scene) == REFUSED_BY_ITS_GUARD


@pytest.mark.parametrize("attack", LAW)
def test_a_version_of_the_law_is_never_edited(scene: Scene, attack: Attack) -> None:
    assert stands(attack, scene) == REFUSED_BY_ITS_GUARD


@pytest.mark.parametrize("attack", VOTES)
def test_a_roll_call_is_never_edited(voted: RollCall, attack: Attack) -> None:
    assert stands(attack, voted) == REFUSED_BY_ITS_GUARD
