"""Forms of an appeal against hiding: the author's words, and the reason for leaving it hidden."""

from django.utils.translation import gettext_lazy as _

from consultations.forms.answers import ActForm
from consultations.forms.base import LongText, RefusableForm


class AppealCommentForm(RefusableForm):
    """Why the comment should not be hidden."""

    reasons = LongText(
        label=_("Why the comment should not be hidden"),
        rows=6,
        help_text=_("You can appeal once. Another person than the one who hid it will decide."),
        error_messages={"required": _("Say why the comment should not be hidden.")},
    )


class UpholdHidingForm(ActForm):
    """Why the comment stays hidden although its author appealed."""

    because = LongText(
        label=_("Why it stays hidden"),
        rows=3,
        help_text=_("The author of the comment will read it."),
        error_messages={
            "required": _("Say why the comment stays hidden: its author will read it.")
        },
    )
