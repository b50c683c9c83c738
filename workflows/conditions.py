"""The guard list in words: what still stands in the way, and what holds already."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models import Draft, Override, OverrideState
from consultations.models.machine import Guard, Stateful
from workflows.exceptions import granted_in_words, page_of
from workflows.road import latest_round

# What a guard says when it holds; its own words say what it misses.
MET: dict[str, Any] = {
    "text_ready": _("The text of the draft is imported."),
    "elements_placed": _("Every mandatory element has its place in the text."),
    "no_working_version": _("No version of the text waits to be published."),
    "accepted_have_changes": _("Every accepted comment has its change in the text."),
    "changes_have_causes": _("Every change of the text has its cause."),
    "forms_planned": _("Enough forms of consultation are planned, a meeting among them."),
    "all_answered": _("Every comment has a published answer."),
    "appeals_decided": _("No appeal against hiding a comment is open."),
    "report_released": _("The report is released by a second person."),
    "opinions_settled": _("No opinion is awaited any more."),
    "print_numbered": _("The draft has its print number."),
    "motion_decided": _("No motion for two readings waits for a decision."),
    "amending_over": _("The time for amendments is over."),
    "amendments_settled": _("Every amendment is adopted, rejected or withdrawn."),
    "amendments_merged": _("Every adopted amendment is in the text."),
    "vote_carried": _("The council adopted the draft by roll call."),
    "text_as_voted": _("The text is the one the council voted on."),
    "no_sheet_waits": _("No roll call waits for a second person."),
    "vote_lost": _("The council did not adopt the draft by roll call."),
}


@dataclass(frozen=True)
class Condition:
    """One guard of the next act: met or not, where it is cleared, what it comes from.

    `exception` is the one that is asked for or granted; `ask_url` where one is asked for.
    """

    sentence: str
    url: str
    is_met: bool
    allows_exception: bool
    legal_basis: str
    exception: Override | None = None
    exception_url: str = ""
    ask_url: str = ""


def condition(
    guard: Guard, subject: Stateful, draft: Draft, exception: Override | None = None
) -> Condition:
    """The guard as it stands for its subject, in words; a granted exception counts as met."""
    if guard(subject):
        return Condition(
            sentence=str(MET[guard.code]),
            url="",
            is_met=True,
            allows_exception=not guard.absolute,
            legal_basis=guard.legal_basis,
        )
    granted = exception is not None and exception.state == OverrideState.GRANTED
    if exception and granted and not guard.covered(subject, exception.missing):
        guard, granted = guard.beyond(subject, exception.missing), False
    asks = not guard.absolute and exception is None
    slug = latest_round(draft).slug
    return Condition(
        sentence=granted_in_words(exception) if exception and granted else guard.says(subject),
        url="" if granted else _page_that_clears(guard, subject, draft),
        is_met=granted,
        allows_exception=not guard.absolute,
        legal_basis=guard.legal_basis,
        exception=exception,
        exception_url=page_of(exception) if exception else "",
        ask_url=reverse("ask_override", args=[slug, guard.code]) if asks else "",
    )


def _page_that_clears(guard: Guard, subject: Stateful, draft: Draft) -> str:
    if not guard.clears:
        return ""
    if guard.clears == "council_file":
        return reverse(guard.clears, args=[draft.council_files.latest("pk").pk])
    page, mark, query = guard.clears.partition("?")
    place = guard.place(subject) if guard.place else None
    return reverse(page, args=[(place or latest_round(draft)).slug]) + mark + query
