"""What a department does with a comment: gives its opinion, or says that it is not its own."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from consultations.access import ActingRequest, access
from consultations.forms.advising import AdviseCommentForm, DeclineCommentForm
from consultations.services import advising
from consultations.views.answering import METHODS, Act, carried_out

ADVISE = Act(
    "advise",
    _("Your opinion on comment %(number)s is with the unit."),
    lambda comment, given, by: advising.advise_comment(
        comment,
        text=given["text"],
        recommended=given["recommended"],
        seen_version=given["version"],
        by=by,
    ),
    AdviseCommentForm,
    stays=True,
)
DECLINE = Act(
    "decline",
    _("Comment %(number)s is sent back to the unit."),
    lambda comment, given, by: advising.decline_comment(comment, **given, by=by),
    DeclineCommentForm,
)


@access("comment.advise")
@require_http_methods(METHODS)
def advise_comment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The opinion of the department; the position stays the unit's."""
    return carried_out(request, slug, number, ADVISE)


@access("comment.decline")
@require_http_methods(METHODS)
def decline_comment(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """The comment goes back to the unit."""
    return carried_out(request, slug, number, DECLINE)
