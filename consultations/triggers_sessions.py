"""What the database refuses about sessions of the council and about planned days."""

from consultations.models import CouncilSession, PlannedDay
from consultations.refusals import Refusal, changed, taken
from consultations.witnesses import newest, says, words

SESSIONS, DAYS = CouncilSession._meta.db_table, PlannedDay._meta.db_table


def sessions() -> list[Refusal]:
    """Each is written only as the newest entry of the log says, and never deleted."""
    return [*_sessions(), *_days()]


def _sessions() -> list[Refusal]:
    stays = "a session stays in the calendar"
    unsaid = "a session is entered, moved and cancelled beside its entry in the log"
    same = says("id", "NEW.id")
    new = (says("session", "NEW.number"), says("session_on", "NEW.day"), says("place", "NEW.place"))
    added = newest(["council.add_session"], same, *new, "NEW.cancelled_because = ''")
    moved = newest(
        ["council.change_session"],
        *(same, *new, says("session_before", "OLD.day"), "NEW.cancelled_because = ''"),
    )
    cancelled = newest(
        ["council.cancel_session"],
        *(same, "NEW.cancelled_because <> ''", f"NEW.cancelled_because = {words('because')}"),
    )
    kept = changed(["number", "day", "place"])
    said = f"({moved}) OR ({cancelled} AND NOT ({kept}))"
    return [
        Refusal("session_insert", SESSIONS, "INSERT", unsaid, f"NOT {added}"),
        Refusal("session_replace", SESSIONS, "INSERT", stays, taken(CouncilSession, _one_day())),
        Refusal("session_update", SESSIONS, "UPDATE", unsaid, f"NOT ({said})"),
        Refusal(
            "session_over",
            SESSIONS,
            "UPDATE",
            "a cancelled session stays as it is",
            f"OLD.cancelled_because <> '' OR {changed(['id'])}",
        ),
        Refusal("session_delete", SESSIONS, "DELETE", stays),
        Refusal("session_truncate", SESSIONS, "TRUNCATE", stays),
    ]


def _one_day() -> str:
    """The partial key: of the sessions that stand, one a day."""
    return "kept.day = NEW.day AND kept.cancelled_because = '' AND NEW.cancelled_because = ''"


def _days() -> list[Refusal]:
    stays = "a planned day is moved, never taken away"
    unsaid = "a day is planned beside its entry in the log"
    same = (says("step", "NEW.step"), says("planned_on", "NEW.day"))
    said = newest(["draft.move_day"], "e.draft_id = NEW.draft_id", *same)
    other = changed(["id", "draft_id", "step"])
    return [
        Refusal("plannedday_insert", DAYS, "INSERT", unsaid, f"NOT {said}"),
        Refusal("plannedday_replace", DAYS, "INSERT", stays, taken(PlannedDay)),
        Refusal("plannedday_update", DAYS, "UPDATE", unsaid, f"NOT {said} OR {other}"),
        Refusal("plannedday_delete", DAYS, "DELETE", stays),
        Refusal("plannedday_truncate", DAYS, "TRUNCATE", stays),
    ]
