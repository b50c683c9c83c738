"""The human steps of the road in words: what the button says, where it leads, what it causes."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import policy, wording
from consultations.models import Actor, Consultation, CouncilFile, Draft
from consultations.models.amending import AMENDMENTS_MERGED, AMENDMENTS_SETTLED
from consultations.models.guards import (
    NO_SHEET_WAITS,
    PRINT_NUMBERED,
    TEXT_AS_VOTED,
    VOTE_CARRIED,
    VOTE_LOST,
)
from consultations.models.machine import Guard, Stateful, acts_of
from consultations.models.overrides import SUBMIT
from consultations.models.reading import AMENDING_OVER, MOTION_DECIDED
from workflows.conditions import Condition, condition
from workflows.consequences import told_in_words
from workflows.exceptions import running
from workflows.road import latest_round


@dataclass(frozen=True)
class Step:
    """A human node: the action policy knows, the name of its page, the words for people.

    `guards` must hold before the page is of use; what the act itself brings is not among them.
    """

    action: str
    url: str
    label: Any
    task: Any
    causes: tuple[Any, ...]
    guards: tuple[Guard, ...] = ()
    at_council: bool = False


def _guards_of(model: type[Stateful], name: str) -> tuple[Guard, ...]:
    return next(act.guards for act in acts_of(model) if act.name == name)


STEPS: dict[str, Step] = {
    "prepare_text": Step(
        "consultation.announce",
        "announce_consultation",
        wording.ACTS["consultation.announce"],
        gettext_lazy("Prepare the text and announce the consultation"),
        (
            gettext_lazy("The notice and the text become public; the text can no longer change."),
            gettext_lazy("The consultation opens and closes by itself on the days you set."),
        ),
        guards=_guards_of(Consultation, "announce"),
    ),
    "review_comments": Step(
        "draft.finish_review",
        "finish_review",
        wording.ACTS["draft.finish_review"],
        gettext_lazy("Answer every comment and finish the review"),
        (
            gettext_lazy("The report becomes public, with every comment and its answer."),
            gettext_lazy("Everybody who filed a comment or follows the draft is told."),
            gettext_lazy("No further answer can be given in this consultation."),
        ),
        guards=_guards_of(Draft, "finish_review"),
    ),
    "submit_to_council": Step(
        "council_file.submit",
        "submit_to_council",
        gettext_lazy("Submit the draft to the council"),
        gettext_lazy("Submit the draft to the council"),
        (gettext_lazy("The council office gets the file and gives it a print number."),),
        guards=SUBMIT.guards,
    ),
    "give_print_number": Step(
        "council_file.give_print_number",
        "give_print_number",
        wording.ACTS["council_file.give_print_number"],
        gettext_lazy("Give the print number"),
        (gettext_lazy("The number stands on the page of the draft and in its record."),),
        at_council=True,
    ),
    "hold_first_reading": Step(
        "council_file.hold_first_reading",
        "hold_first_reading",
        wording.ACTS["council_file.hold_first_reading"],
        gettext_lazy("Close the first reading and set the days for amendments"),
        (
            gettext_lazy("The two instants become public; after each it is too late."),
            gettext_lazy("The draft leaves the agenda; its second reading needs a session."),
        ),
        guards=(MOTION_DECIDED,),
        at_council=True,
    ),
    "hold_second_reading": Step(
        "council_file.hold_second_reading",
        "hold_second_reading",
        wording.ACTS["council_file.hold_second_reading"],
        gettext_lazy("Close the second reading"),
        (gettext_lazy("What follows is the vote."),),
        guards=(AMENDING_OVER,),
        at_council=True,
    ),
    "record_vote": Step(
        "council_file.record_vote",
        "record_vote",
        wording.ACTS["council_file.record_vote"],
        gettext_lazy("Enter the roll call after the session"),
        (
            gettext_lazy("The votes become public by name; a mistake is corrected in public."),
            gettext_lazy("The result decides what follows: the resolution or the rejection."),
        ),
        guards=(PRINT_NUMBERED, MOTION_DECIDED, AMENDMENTS_SETTLED),
        at_council=True,
    ),
    "adopt": Step(
        "draft.adopt",
        "adopt_draft",
        wording.ACTS["draft.adopt"],
        gettext_lazy("Enter the number and date of the resolution"),
        (gettext_lazy("The draft is adopted; its road ends here."),),
        guards=(VOTE_CARRIED, NO_SHEET_WAITS, AMENDMENTS_MERGED, TEXT_AS_VOTED),
        at_council=True,
    ),
    "reject": Step(
        "draft.reject",
        "reject_draft",
        wording.ACTS["draft.reject"],
        gettext_lazy("Record that the draft was rejected"),
        (gettext_lazy("The draft is closed as rejected; its road ends here."),),
        guards=(VOTE_LOST, NO_SHEET_WAITS),
        at_council=True,
    ),
}


def page_of(step: Step, draft: Draft) -> str:
    """The address of the step's page."""
    return reverse(step.url, args=[_key(step, draft)])


def place_of(step: Step, draft: Draft) -> str:
    """The page from which the step is taken: the council's file, else the control room."""
    return reverse("council_file" if step.at_council else "control_room", args=[_key(step, draft)])


def _key(step: Step, draft: Draft) -> Any:
    return _file(draft).pk if step.at_council else latest_round(draft).slug


def _file(draft: Draft) -> CouncilFile:
    return draft.council_files.latest("pk")


def may(actor: Actor | None, step: Step) -> bool:
    return policy.can(actor, step.action)


def who(step: Step) -> str:
    """Who may take the step, in words."""
    _rule, keys = policy.ACTIONS[step.action]
    return ", ".join(str(wording.WHO[key]) for key in keys)


def conditions(step: Step, draft: Draft) -> list[Condition]:
    """Everything that must hold before the step, met or not, in words."""
    if not step.guards:
        return []
    subject = subject_of(step, draft)
    excused = all(guard.absolute for guard in step.guards)
    found = {} if excused else running(subject, step.action)
    return [condition(one, subject, draft, found.get(one.code)) for one in step.guards]


def subject_of(step: Step, draft: Draft) -> Stateful:
    """What the guards of the step look at: the machine its action names."""
    if step.action == SUBMIT.kind:
        return draft
    machine = step.action.partition(".")[0]
    if machine == "consultation":
        return latest_round(draft)
    return _file(draft) if machine == "council_file" else draft


def told(step: Step, draft: Draft, by: Actor | None) -> str:
    """How many people the step would notify, in words."""
    return told_in_words(step.action, draft, by)


def waits_for_the_clock(node: str, consultation: Consultation) -> str:
    """What the clock will do, in words; nothing for a step of people."""
    words = {
        "await_opening": (_("The clock opens the consultation on %(day)s."), "first_day"),
        "await_closing": (
            _("The clock closes the consultation at the end of %(day)s."),
            "last_day",
        ),
    }
    if node not in words:
        return ""
    sentence, day = words[node]
    return sentence % {"day": date_format(getattr(consultation, day), "j E Y")}


def told_by_the_clock(node: str, draft: Draft) -> str:
    """How many people hear of what the clock will do next; nothing for a step of people."""
    kinds = {"await_opening": "consultation.open", "await_closing": "consultation.close"}
    return told_in_words(kinds[node], draft) if node in kinds else ""
