"""Every machine, every state, every act: what becomes of it, against a table written by hand.

The right person acts; what the guards ask for is there unless the table says what is missing.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from consultations import calendar
from consultations.errors import Unmet, WrongState
from consultations.models import (
    MACHINES,
    Amendment,
    Answer,
    Comment,
    CommentGroup,
    Consultation,
    CouncilFile,
    Draft,
    Opinion,
    Override,
    Report,
    Role,
    RoleGrant,
)
from consultations.models.clock import move_to, now
from consultations.models.machine import acts_of
from consultations.services import (
    amendments,
    answers,
    comments,
    council,
    drafts,
    leaving,
    opinions,
    overrides,
    readings,
    reports,
)
from consultations.services import consultations as rounds
from consultations.services.correcting import Anew, correct_comment
from consultations.services.door import pass_through
from tests.office.amending import amended
from tests.world import World, staff

# state: {act: the state it leads to}; what is not here is refused with `WrongState`.
TABLE: dict[str, dict[str, dict[str, str]]] = {
    "draft": {
        "drafting": {
            "begin_consultation": "public_consultation",
            "withdraw": "unmet: no_round_runs",
            "number_case": "drafting",
        },
        "public_consultation": {
            "begin_review": "comment_review",
            "number_case": "public_consultation",
        },
        "comment_review": {
            "finish_review": "council_vote",
            "consult_again": "drafting",
            "withdraw": "withdrawn",
            "mark_overdue": "comment_review",
            "number_case": "comment_review",
        },
        "council_vote": {
            "take_back": "unmet: file_sent_back",
            "withdraw": "unmet: not_voted",
            "number_case": "council_vote",
            "adopt": "adopted",
            "reject": "unmet: vote_lost",
        },
        "adopted": {"number_case": "adopted"},
        "rejected": {"number_case": "rejected"},
        "withdrawn": {"number_case": "withdrawn"},
    },
    "consultation": {
        "planned": {"announce": "announced"},
        "announced": {
            "correct": "announced",
            "prolong": "announced",
            "cancel": "cancelled",
            "open": "open",
        },
        "open": {"correct": "open", "prolong": "open", "close": "closed"},
        "closed": {},
        "cancelled": {},
    },
    "comment": {
        "received": {
            "admit": "admitted",
            "return_for_completion": "returned",
            "leave": "unmet: formal_ground",
            "number_case": "received",
            "withdraw": "withdrawn",
            "hide": "hidden",
            "correct": "received",
            "stop_naming": "received",
            "join_group": "received",
            "leave_group": "received",
        },
        "returned": {
            "complete": "received",
            "leave": "unmet: formal_ground",
            "number_case": "returned",
            "withdraw": "withdrawn",
            "hide": "hidden",
            "correct": "received",
            "stop_naming": "returned",
            "join_group": "returned",
            "leave_group": "returned",
        },
        "admitted": {
            "number_case": "admitted",
            "assign": "assigned",
            "set_due": "admitted",
            "mark_overdue": "unmet: due_day_passed",
            "advise": "admitted",
            "decline": "admitted",
            "answer": "unmet: has_answer",
            "withdraw": "withdrawn",
            "hide": "hidden",
            "correct": "received",
            "stop_naming": "admitted",
            "join_group": "admitted",
            "leave_group": "admitted",
        },
        "assigned": {
            "number_case": "assigned",
            "assign": "assigned",
            "set_due": "assigned",
            "mark_overdue": "unmet: due_day_passed",
            "advise": "assigned",
            "decline": "admitted",
            "answer": "unmet: has_answer",
            "hide": "hidden",
            "correct": "received",
            "stop_naming": "assigned",
            "join_group": "assigned",
            "leave_group": "assigned",
        },
        "proposed": {
            "number_case": "proposed",
            "answer": "proposed",
            "approve": "approved",
            "send_back": "admitted",
            "stop_naming": "proposed",
            "join_group": "proposed",
            "leave_group": "proposed",
        },
        "approved": {
            "number_case": "approved",
            "send_back": "admitted",
            "add_note": "approved",
            "publish": "published",
            "stop_naming": "approved",
            "join_group": "approved",
            "leave_group": "approved",
        },
        "published": {
            "number_case": "published",
            "stop_naming": "published",
            "rate": "published",
            "reply": "published",
            "show_reply": "published",
            "leave_group": "published",
        },
        "withdrawn": {
            "number_case": "withdrawn",
            "stop_naming": "withdrawn",
            "leave_group": "withdrawn",
        },
        "hidden": {
            "number_case": "hidden",
            "stop_naming": "hidden",
            "leave_group": "hidden",
            "appeal": "hidden",
            "restore": "unmet: appeal_open",
            "uphold": "unmet: appeal_open",
        },
        "left": {
            "take_up": "received",
            "number_case": "left",
            "stop_naming": "left",
            "leave_group": "left",
        },
    },
    "council_file": {
        "submitted": {"give_print_number": "numbered", "send_back": "sent_back"},
        "numbered": {
            "schedule": "numbered",
            "take_off_agenda": "unmet: on_agenda",
            "move_two_readings": "numbered",
            "decide_two_readings": "unmet: motion_waits",
            "begin_reading": "numbered",
            "hold_reading": "read",
            "hold_first_reading": "unmet: read_twice",
            "send_back": "sent_back",
        },
        "first_read": {
            "schedule": "first_read",
            "take_off_agenda": "unmet: on_agenda",
            "set_deadlines": "first_read",
            "hold_second_reading": "unmet: amending_over",
            "send_back": "sent_back",
        },
        "read": {
            "schedule": "read",
            "take_off_agenda": "unmet: on_agenda",
            "send_back": "sent_back",
            "record_vote": "unmet: has_roll_call",
        },
        "voted": {},
        "sent_back": {},
    },
    "amendment": {
        "filed": {"adopt": "adopted", "reject": "rejected", "withdraw": "withdrawn"},
        "adopted": {},
        "rejected": {},
        "withdrawn": {},
    },
    "opinion": {
        "awaited": {"give": "given", "waive": "unmet: opinion_overdue"},
        "given": {},
        "waived": {},
    },
    "report": {"prepared": {"edit": "prepared", "release": "released"}, "released": {}},
    "override": {
        "asked": {
            "grant": "granted",
            "refuse": "refused",
            "withdraw": "withdrawn",
            "lapse": "lapsed",
        },
        "granted": {"withdraw": "withdrawn", "use": "used", "lapse": "lapsed"},
        "refused": {},
        "withdrawn": {},
        "used": {},
        "lapsed": {},
    },
}
ACTS = {
    "draft": (
        *("begin_consultation", "begin_review", "finish_review", "consult_again", "take_back"),
        *("withdraw", "mark_overdue", "number_case", "adopt", "reject"),
    ),
    "consultation": ("announce", "correct", "prolong", "cancel", "open", "close"),
    "comment": (
        *("admit", "return_for_completion", "complete", "leave", "take_up", "correct"),
        *("stop_naming", "number_case", "assign", "set_due", "mark_overdue", "advise"),
        *("decline", "answer", "approve", "send_back", "add_note", "publish", "rate", "reply"),
        *("show_reply", "withdraw", "hide", "appeal", "restore", "uphold"),
        *("join_group", "leave_group"),
    ),
    "council_file": (
        *("give_print_number", "schedule", "take_off_agenda", "move_two_readings"),
        *("decide_two_readings", "begin_reading", "hold_reading", "hold_first_reading"),
        *("set_deadlines", "hold_second_reading", "send_back", "record_vote"),
    ),
    "amendment": ("adopt", "reject", "withdraw"),
    "opinion": ("give", "waive"),
    "report": ("edit", "release"),
    "override": ("grant", "refuse", "withdraw", "use", "lapse"),
}
WHY: Any = {"because": "Powódź."}
HELD = ("begin_reading", "hold_reading", "hold_second_reading")
RESOLUTION: Any = {"resolution_number": "XXX/1/26", "adopted_on": date(2026, 11, 20)}
SAID = {"proposed_wording": "Inne brzmienie.", "reasons": "Inny powód."}
ANEW: Any = {"words": SAID, "kind": "change", **SAID}
CELLS = [
    pytest.param(machine, state, act, id=f"{machine}-{state}-{act}")
    for machine, rows in TABLE.items()
    for state in rows
    for act in ACTS[machine]
]


def in_state(world: World, machine: str, state: str) -> Any:
    """A row that came to this state by services alone, with what its next act asks for."""
    rows: dict[str, Callable[[World, str], Any]] = {
        "draft": draft_in,
        "consultation": round_in,
        "comment": comment_in,
        "council_file": file_in,
        "amendment": amendment_in,
        "opinion": opinion_in,
        "report": report_in,
        "override": override_in,
    }
    return rows[machine](world, state)


def round_in(world: World, state: str) -> Consultation:
    if state == "planned":
        return world.with_ways(world.drafted().rounds.get())
    if state in {"announced", "cancelled"}:
        consultation = world.announced()
        if state == "cancelled":
            return rounds.cancel_consultation(consultation, because="Błąd.", by=world.officer)
        move_to(consultation.opens_at)  # type: ignore[arg-type]
        return consultation
    consultation = world.opened()
    if state == "closed":
        return world.closed(consultation)
    move_to(consultation.closes_at)  # type: ignore[arg-type]
    return consultation


def draft_in(world: World, state: str) -> Draft:
    if state == "drafting":
        consultation = round_in(world, "announced")
        return rounds.open_consultation(consultation, by=world.clock).draft
    return later_draft_in(world, state)


def later_draft_in(world: World, state: str) -> Draft:
    consultation = world.opened()
    if state == "public_consultation":
        move_to(consultation.closes_at)  # type: ignore[arg-type]
        return rounds.close_consultation(consultation, by=world.clock).draft
    consultation = world.closed(consultation)
    if state in {"comment_review", "withdrawn"}:
        world.reported(consultation)
        draft = consultation.draft
        if state == "comment_review":
            return draft
        return drafts.withdraw_draft(draft, because="Nowa ustawa.", by=world.officer)
    voted = world.voted(world.numbered(consultation), votes_for=3 if state == "rejected" else 40)
    if state == "adopted":
        day = {"adopted_on": calendar.local_day(now())}
        return council.adopt_draft(voted.draft, **(RESOLUTION | day), by=world.clerk)
    if state == "rejected":
        return council.reject_draft(voted.draft, by=world.clerk)
    return voted.draft


def comment_in(world: World, state: str) -> Comment:
    comment = with_a_department(world, world.comment(world.opened()))
    if state == "received":
        return comment
    if state == "withdrawn":
        return comments.withdraw_comment(comment, by=world.ngo)
    if state == "returned":
        day = calendar.local_day(now())
        return comments.return_comment(
            comment, because="Brak podpisu.", complete_by=day, by=world.officer
        )
    aside = {"hidden": hidden_comment, "left": left_comment}
    if state in aside:
        return aside[state](world, comment)
    comment = comments.admit_comment(comment, by=world.officer)
    if state == "assigned":
        return comments.assign_comment(comment, department=world.department, by=world.officer)
    if state in {"proposed", "approved", "published"}:
        comment = answers.answer_comment(
            comment, outcome="rejected", reasons="Bo tak.", by=world.second_officer
        )
    if state in {"approved", "published"}:
        comment = answers.approve_answer(comment, by=world.approver)
    return answers.publish_answer(comment, by=world.officer) if state == "published" else comment


def with_a_department(world: World, comment: Comment) -> Comment:
    """Just filed again, said anew by its author while a department had it."""
    comments.admit_comment(comment, by=world.officer)
    comment = comments.assign_comment(comment, department=world.department, by=world.officer)
    anew = Anew("question", "", "Na nowo.")
    return correct_comment(comment, anew, seen_version=comment.version, by=world.ngo)


def hidden_comment(world: World, comment: Comment) -> Comment:
    return comments.hide_comment(comment, because="Obraża.", by=world.officer)


def left_comment(world: World, comment: Comment) -> Comment:
    """Left without consideration: it came back, and is still not signed."""
    day = calendar.local_day(now())
    comments.return_comment(
        comment,
        because="Brak podpisu.",
        complete_by=day,
        lacking=["unsigned"],
        by=world.officer,
    )
    comments.complete_comment(comment, supplement="Podpisuję.", by=world.ngo)
    return leaving.leave_comment(comment, because="Nadal bez podpisu.", by=world.officer)


def file_in(world: World, state: str) -> CouncilFile:
    draft = drafts.finish_review(draft_in(world, "comment_review"), by=world.officer)
    council_file = council.submit_to_council(draft, by=world.officer)
    if state == "submitted":
        return council_file
    if state == "sent_back":
        return council.send_back_draft(council_file, because="Do poprawy.", by=world.clerk)
    council_file = council.give_print_number(council_file, print_number="405", by=world.clerk)
    if state == "voted":
        return world.voted(council_file)
    return file_after_a_reading(world, council_file, state)


def amendment_in(world: World, state: str) -> Amendment:
    filed = amended(world, file_in(world, "numbered"))
    acts: dict[str, Any] = {
        "adopted": amendments.adopt_amendment,
        "rejected": amendments.reject_amendment,
        "withdrawn": amendments.withdraw_amendment,
    }
    return acts[state](filed, by=world.clerk) if state in acts else filed


def file_after_a_reading(world: World, council_file: CouncilFile, state: str) -> CouncilFile:
    if state == "read":
        return readings.hold_reading(council_file, by=world.clerk)
    if state == "first_read":
        motion = readings.Motion("president", 0, "", "Program na trzy lata.")
        readings.move_two_readings(council_file, motion, by=world.clerk)
        readings.decide_two_readings(council_file, accepted=True, by=world.clerk)
        return readings.hold_first_reading(council_file, days_to_amend(), by=world.clerk)
    return council_file


def days_to_amend() -> readings.Deadlines:
    return readings.Deadlines(now() + timedelta(days=2), now() + timedelta(days=5))


def opinion_in(world: World, state: str) -> Opinion:
    draft = world.closed(world.opened()).draft
    day = calendar.local_day(now())
    asked = opinions.request_opinion(draft, body="krdpp", delivered_on=day, by=world.officer)
    if state == "awaited":
        return asked
    if state == "given":
        secretary = staff("sekretarz@krdpp.test", Role.KRDPP_SECRETARY)
        return opinions.give_opinion(asked, outcome="positive", remarks="", by=secretary)
    assert asked.due_at is not None
    move_to(asked.due_at)
    return opinions.waive_opinion(asked, by=world.clock)


def report_in(world: World, state: str) -> Report:
    consultation = world.closed(world.opened())
    if state == "released":
        return world.reported(consultation)
    return reports.prepare_report(consultation, introduction="Wstęp.", by=world.officer)


def override_in(world: World, state: str) -> Override:
    one = world.with_elements(world.drafted()).rounds.get()
    asked = overrides.ask_override(
        one, act_kind="consultation.announce", guard_code="forms_planned", **WHY, by=world.officer
    )
    if state == "asked":
        return asked
    if state == "withdrawn":
        return overrides.withdraw_override(asked, by=world.officer)
    if state == "refused":
        return overrides.refuse_override(asked, **WHY, by=world.approver)
    granted = overrides.grant_override(asked, by=world.approver)
    if state == "granted":
        return granted
    if state == "lapsed":
        world.with_ways(one)
    first, last = rounds.earliest_days(one)
    rounds.announce_consultation(
        one, rounds.Notice(first, last, "Cel.", "R", "t"), by=world.officer
    )
    granted.refresh_from_db()
    return granted


def act_on(world: World, row: Any, act: str) -> str:
    """Try the act at the door as the right person: the new state, or the refusal."""
    actors = {
        "withdraw": world.ngo,
        "complete": world.ngo,
        "correct": world.ngo,
        "stop_naming": world.ngo,
        "appeal": world.ngo,
        "rate": world.ngo,
        "reply": world.ngo,
        "advise": world.expert,
        "decline": world.expert,
        "restore": world.approver,
        "uphold": world.approver,
        "approve": world.approver,
        "send_back": world.approver,
    }
    secretary = RoleGrant.objects.filter(role=Role.KRDPP_SECRETARY).first()
    by = {
        "draft": world.clerk if act in {"adopt", "reject", "take_back"} else world.officer,
        "opinion": secretary.actor if secretary else staff("s@krdpp.test", Role.KRDPP_SECRETARY),
        "report": world.approver if act == "release" else world.officer,
        "consultation": world.officer,
        "comment": actors.get(act, world.officer),
        "council_file": world.clerk,
        "override": world.approver if act in {"grant", "refuse"} else world.officer,
        "amendment": world.clerk,
    }[row.machine]
    if act in {"begin_consultation", "begin_review", "open", "close", "waive", "mark_overdue"}:
        by = world.clock
    prepare = {("proposed", "approve"): sign, ("approved", "publish"): put_out}
    try:
        with transaction.atomic():
            prepare.get((row.state, act), lambda _world, _row: None)(world, row)
            return str(pass_through(row, act, by=by, **fields_of(world, row, act)).state)
    except WrongState:
        return "wrong state"
    except Unmet as refusal:
        return f"unmet: {refusal.guards[0].code}"


def sign(world: World, comment: Comment) -> None:
    """What the service does before the transition."""
    Answer.objects.filter(comment=comment).update(approver=world.approver)


def put_out(_world: World, comment: Comment) -> None:
    """What the service does before the transition."""
    Answer.objects.filter(comment=comment).update(published_at=now())


def led_by(world: World, comment: Comment) -> CommentGroup:
    """A group whose first member this comment becomes."""
    return CommentGroup.objects.create(
        consultation=comment.consultation, lead=comment, made_by=world.officer, made_at=now()
    )


def fields_of(world: World, row: Any, act: str) -> dict[str, Any]:
    """What the method of the act asks for."""
    if act == "announce":
        days = {"opens_at": now(), "closes_at": now() + timedelta(days=21)}
        return {"text_version": row.draft.versions.get(), "at": now(), **days}
    if act == "join_group":
        return {"group": led_by(world, row)}
    if row.machine == "amendment":
        return {"at": now()}
    fields: dict[str, dict[str, Any]] = {
        "assign": {"department": world.department},
        "set_due": {"due_on": calendar.local_day(now())},
        "decline": {"belongs_to": None},
        "hide": {"because": "Obraża.", "appeal_by": calendar.local_day(now())},
        "appeal": {"reasons": "Nie.", "at": now()},
        "restore": {"at": now()},
        "uphold": {"because": "Tak.", "at": now()},
        "adopt": RESOLUTION,
        "give_print_number": {"print_number": "405"},
        "correct": {"notice": {"purpose": "Inny."}} if row.machine == "consultation" else ANEW,
        "prolong": {"closes_at": now() + timedelta(days=90)},
        "cancel": {"because": "Błąd."},
        "withdraw": {"because": "Nowa ustawa."} if row.machine == "draft" else {},
        "grant": {"decided_by": world.approver, "at": now(), "decision": ""},
        "refuse": {"decided_by": world.approver, "at": now(), "decision": "Nie."},
        "number_case": {"case_number": "RDO.1"},
        "return_for_completion": {"because": "Brak.", "complete_by": calendar.local_day(now())},
        "complete": {"supplement": "Jest."},
        **{one: {"at": now()} for one in HELD},
        "hold_first_reading": {"at": now(), **vars(days_to_amend())},
        "set_deadlines": vars(days_to_amend()),
        "decide_two_readings": {"accepted": True},
        "schedule": {"session_number": "XXX", "session_on": calendar.local_day(now())},
        "send_back": {"because": "Do poprawy."} if row.machine == "council_file" else {},
        "give": {"outcome": "positive", "remarks": "", "at": now()},
        "waive": {"at": now()},
        "edit": {"introduction": "Inny.", "prepared_by": world.officer},
        "release": {"released_by": world.approver, "at": now()},
    }
    return fields.get(act, {})


def test_the_table_names_every_machine_state_and_act() -> None:
    assert {
        model.machine: ([str(s) for s, _ in model._meta.get_field("state").choices or ()], names)
        for model in MACHINES
        for names in [tuple(act.name for act in acts_of(model))]
    } == {machine: (list(TABLE[machine]), ACTS[machine]) for machine in TABLE}


@pytest.mark.parametrize(("machine", "state", "act"), CELLS)
def test_each_act_leads_where_the_table_says(
    world: World, machine: str, state: str, act: str
) -> None:
    row = in_state(world, machine, state)
    before = (row.state, row.version, row.entries.count())
    expected = TABLE[machine][state].get(act, "wrong state")
    assert before[0] == state
    assert act_on(world, row, act) == expected
    row.refresh_from_db()
    refused = expected == "wrong state" or expected.startswith("unmet")
    after = (state, before[1], before[2]) if refused else (expected, before[1] + 1, before[2] + 1)
    assert (row.state, row.version, row.entries.count()) == after
