"""The pages of the office around one consultation, as the tabs above each of them."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations import policy
from consultations.access import ActingRequest
from consultations.models import Consultation, ConsultationState
from consultations.selectors.papers import takes_entries

# label, name of the URL, the action it asks for
ROOMS: tuple[tuple[Any, str, str], ...] = (
    (_("Control room"), "control_room", "desk.see"),
    (_("Comments"), "queue", "desk.see"),
    (_("Workload"), "workload", "workload.see"),
    (_("Enter a comment"), "record_comment", "comment.record"),
    (_("Register"), "register", "names.see"),
    (_("Forms and meetings"), "ways", "desk.see"),
    (_("Report"), "prepare_report", "desk.see"),
    (_("Opinions"), "opinions", "desk.see"),
    (_("Text of the draft"), "edit_text", "desk.see"),
    (_("Record"), "journal", "public"),
    (_("Public page"), "consultation", "public"),
)


class Room(NamedTuple):
    label: Any
    url: str
    current: bool


def rooms(request: ActingRequest, consultation: Consultation, here: str) -> list[Room]:
    """The pages this person may open; text and letters only in their time."""
    closed = consultation.state == ConsultationState.CLOSED
    useful = {
        "record_comment": takes_entries(consultation),
        "prepare_report": closed,
        "opinions": closed,
    }
    return [
        Room(label, reverse(name, args=[consultation.slug]), name == here)
        for label, name, action in ROOMS
        if (useful.get(name, True) or name == here) and policy.can(request.actor, action)
    ]
