"""Who is told of what: the table of rules, whole, and what a walked road makes of it."""

import uuid

import pytest
from django.db import transaction
from django.db.models import F

from consultations.models import Channel, Entry, RoleGrant, User
from consultations.services.filing import Said, file_comment
from consultations.wording import SENTENCES
from notifications import notices, rules
from notifications.models import Notice
from notifications.outbox import dispatch
from notifications.rules import RULES, WHO_IS_TOLD, Rule, in_words, nobody
from tests.notifications.cast import Cast
from tests.world import BEGINNING, World


def test_every_kind_of_event_has_its_line_and_no_line_is_without_a_kind() -> None:
    assert set(WHO_IS_TOLD) == set(SENTENCES)


def test_a_line_is_never_empty_and_nobody_stands_alone() -> None:
    assert [kind for kind, line in WHO_IS_TOLD.items() if not line] == []
    assert [kind for kind, line in WHO_IS_TOLD.items() if nobody in line and len(line) > 1] == []


def test_every_rule_that_is_used_can_be_found_by_its_name() -> None:
    used = {rule for line in WHO_IS_TOLD.values() for rule in line}
    assert used == set(RULES.values())
    assert [name for name, rule in RULES.items() if rule.name != name] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_says_who_and_tells_them_why(rule: Rule) -> None:
    assert (bool(rule.who), bool(rule.why)) == (True, rule is not nobody)


def test_a_line_can_be_said_in_words() -> None:
    assert len(in_words("comment.file")) == 2


# Everybody the whole road tells of something, by the name of the cast. `nobody` is a set() here.
COUNCIL = {"councillor", "officer", "second_officer"}
TOLD: dict[str, set[str]] = {
    "document.add": set(),
    "draft.register": {"second_officer"},
    "draft.import_text": set(),
    "draft.publish_version": set(),
    "draft.place_elements": set(),
    "draft.begin_consultation": set(),
    "draft.begin_review": set(),
    "draft.number_case": set(),
    "draft.finish_review": {"ngo", "clerk", "councillor"},
    "draft.take_back": {"ngo", *COUNCIL},
    "draft.adopt": {"ngo", *COUNCIL},
    "draft.record_publication": {"ngo"},
    "consultation.plan": set(),
    "consultation.plan_way": set(),
    "consultation.announce": {"ngo", "colleague", "councillor"},
    "consultation.correct": {"ngo", "colleague"},
    "consultation.cancel_way": {"ngo"},
    "consultation.record_meeting": {"ngo"},
    "consultation.prolong": {"ngo", "colleague"},
    "consultation.open": {"ngo", "colleague"},
    "consultation.close": {"ngo", "officer", "second_officer"},
    "comment.file": {"colleague", "officer", "second_officer"},
    "comment.admit": {"ngo", "colleague", "outsider"},
    "comment.correct": {"colleague", "officer", "second_officer"},
    "comment.stop_naming": {"officer", "second_officer"},
    "comment.support": set(),
    "comment.stop_supporting": set(),
    "comment.join_group": set(),
    "comment.leave_group": set(),
    "comment.lead_group": set(),
    "comment.return_for_completion": {"ngo", "colleague"},
    "comment.complete": {"officer", "second_officer"},
    "comment.number_case": set(),
    "comment.attach": set(),
    "comment.assign": {"expert"},
    "comment.answer": {"approver"},
    "comment.approve": {"officer", "second_officer", "expert"},
    "comment.send_back": {"expert"},
    "comment.publish": {"ngo", "colleague"},
    "comment.withdraw": {"colleague", "officer", "second_officer"},
    "comment.hide": {"ngo", "colleague"},
    "comment.leave": {"ngo", "colleague"},
    "comment.take_up": {"ngo", "colleague"},
    "comment.appeal": {"officer", "second_officer", "approver"},
    "comment.uphold": {"ngo", "colleague"},
    "report.prepare": {"approver"},
    "report.release": {"ngo"},
    "opinion.request": {"secretary"},
    "opinion.give": COUNCIL,
    "council_file.submit": {"clerk"},
    "council_file.give_print_number": {"officer", "second_officer"},
    "council_file.send_back": {"officer", "second_officer"},
    "council_file.schedule": {"ngo", "councillor"},
    "council_file.hold_reading": set(),
    "council_file.record_vote": {"ngo", *COUNCIL},
    "office.substitute": {"second_officer"},
}


def test_the_whole_road_tells_exactly_these_people(cast: Cast) -> None:
    cast.walk()
    dispatch()
    assert cast.told() == TOLD


def test_telling_each_act_at_once_tells_the_same_people(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.walk()
    dispatch()
    together = cast.told()
    Notice.objects.all().delete()
    for entry in Entry.objects.order_by("seq"):
        with transaction.atomic():
            notices.tell([entry])
    assert cast.told() == together


def test_a_rejection_tells_whoever_an_adoption_would(world: World) -> None:
    assert WHO_IS_TOLD["draft.reject"] == WHO_IS_TOLD["draft.adopt"]


def test_nobody_is_told_of_their_own_act(cast: Cast) -> None:
    cast.walk()
    dispatch()
    assert Notice.objects.filter(recipient=F("entry__actor")).count() == 0


def test_without_that_care_an_officer_would_be_told_of_what_he_did(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    cast.walk()
    own = [one for one in Entry.objects.all() if one.actor_id in rules.reasons(one)]
    assert len(own) > 0


def test_the_first_rule_that_fits_is_the_reason(cast: Cast) -> None:
    consultation = cast.world.opened()
    cast.world.comment(consultation)
    dispatch()
    why = dict(
        Notice.objects.filter(entry__kind="comment.file").values_list("recipient", "because")
    )
    assert why == {
        cast.colleague.pk: "filer",
        cast.world.officer.pk: "officers",
        cast.world.second_officer.pk: "officers",
    }


def test_whoever_filed_a_letter_is_told_that_the_office_entered_it(cast: Cast) -> None:
    world = cast.world
    said = Said(None, None, "question", "", "Czy będą dyżury?", Channel.POST)
    file_comment(world.opened(), said, key=uuid.uuid4(), by=world.officer, filed_by=world.outsider)
    dispatch()
    assert cast.told()["comment.file"] == {"outsider", "second_officer"}


def test_who_has_no_login_any_more_is_told_nothing(cast: Cast) -> None:
    world = cast.world
    User.objects.filter(actor=world.second_officer).update(is_active=False)
    User.objects.filter(actor=cast.colleague).delete()
    world.comment(world.opened())
    dispatch()
    assert cast.told()["comment.file"] == {"officer"}


def test_a_role_that_has_ended_tells_nothing(cast: Cast) -> None:
    world = cast.world
    RoleGrant.objects.filter(actor=world.second_officer).update(until=BEGINNING)
    world.comment(world.opened())
    dispatch()
    assert cast.told()["comment.file"] == {"colleague", "officer"}
