"""Forms of the acts on a comment: assigning, answering, sending back, hiding."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations import wording
from consultations.forms.base import LongText, RefusableForm
from consultations.models import Comment, Department

SMALL = {"class": "govuk-radios--small"}


class ActForm(RefusableForm):
    """One of several forms on a page: its controls have ids of their own."""

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"{type(self).__name__.removesuffix('Form').lower()}_%s"
        self.comment = comment

    def kept(self) -> list[tuple[Any, str]]:
        """What was typed, to be read and copied where it can no longer be sent."""
        long = [self[name] for name, field in self.fields.items() if isinstance(field, LongText)]
        return [(one.label, str(one.value())) for one in long if one.value()]


class AssignCommentForm(ActForm):
    """The department that is asked to answer."""

    department = forms.ModelChoiceField(
        label=_("Department"),
        queryset=Department.objects.all(),
        empty_label=_("choose…"),
        to_field_name="slug",
        error_messages={
            "required": _("Choose the department."),
            "invalid_choice": _("Choose the department."),
        },
    )


class AnswerCommentForm(ActForm):
    """Outcome and reasons; `version` is the version of the comment the person looked at."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        widget=forms.RadioSelect(attrs=SMALL),
        error_messages={
            "required": _("Choose the outcome."),
            "invalid_choice": _("Choose the outcome."),
        },
    )
    reasons = LongText(
        label=_("Reasons of the answer"),
        rows=6,
        error_messages={
            "required": _("Give the reasons: an answer without reasons is not an answer.")
        },
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, comment=comment, initial=_standing(comment), **kwargs)
        outcomes = comment.consultation.draft.procedure.outcomes.all()
        field: Any = self.fields["outcome"]
        field.choices = [(one.code, wording.OUTCOMES.get(one.code, one.code)) for one in outcomes]

    def take_version(self, comment: Comment) -> None:
        """From now on the text speaks of the comment as it stands."""
        self.put(version=str(comment.version))


def _standing(comment: Comment) -> dict[str, Any]:
    """What a correction starts from: the answer as it stands."""
    given = getattr(comment, "given_answer", None)
    answered = {"outcome": given.outcome, "reasons": given.reasons} if given else {}
    return answered | {"version": comment.version}


class SendBackAnswerForm(ActForm):
    """What the author of the answer should improve."""

    remark = LongText(
        label=_("What should be improved"),
        rows=3,
        error_messages={"required": _("Say what should be improved.")},
    )


class HideCommentForm(ActForm):
    """Why a comment is taken out of sight."""

    because = LongText(
        label=_("Why it is hidden"),
        rows=3,
        help_text=_("The author of the comment will read it."),
        error_messages={"required": _("Say why the comment is hidden: its author will read it.")},
    )
