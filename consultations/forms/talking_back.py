"""Forms of the author of a comment on its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.answers import SMALL
from consultations.forms.base import LongText, RefusableForm
from consultations.models import Rating


class RateAnswerForm(RefusableForm):
    """How far the answer addresses the comment."""

    rating = forms.ChoiceField(
        label=_("Does the answer address your comment?"),
        choices=Rating.choices,
        widget=forms.RadioSelect(attrs=SMALL),
        error_messages={
            "required": _("Choose how far the answer addresses your comment."),
            "invalid_choice": _("Choose how far the answer addresses your comment."),
        },
    )


class ReplyToAnswerForm(RefusableForm):
    """The one reply."""

    text = LongText(
        label=_("Your reply"),
        rows=8,
        help_text=_(
            "You reply once. The unit reads it at once; everybody else when the unit has looked at"
            " it. The report on how the programme was carried out lists it. Leave personal data"
            " out."
        ),
        error_messages={"required": _("Write your reply.")},
    )
