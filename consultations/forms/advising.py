"""Forms of a department: its opinion on a comment, and sending the comment back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations import wording
from consultations.errors import Refused, WrongState
from consultations.forms.answers import SMALL, ActForm
from consultations.forms.base import LongText
from consultations.models import Comment, Department


class AdviseCommentForm(ActForm):
    """The opinion, and which outcome the department recommends, if it does."""

    text = LongText(
        label=_("Opinion of your department"),
        rows=6,
        help_text=_("For the unit only: it writes the official answer and may take this over."),
        error_messages={"required": _("Write the opinion of your department.")},
    )
    recommended = forms.ChoiceField(
        label=_("Outcome you recommend"),
        required=False,
        widget=forms.RadioSelect(attrs=SMALL),
        error_messages={"invalid_choice": _("Choose the outcome.")},
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, comment=comment, **kwargs)
        given = comment.advice.filter(department=comment.department_id).first()
        self.initial = {"version": comment.version, "recommended": ""}
        if given is not None:
            self.initial |= {"text": given.text, "recommended": given.recommended}
        outcomes = comment.consultation.draft.procedure.outcomes.all()
        field: Any = self.fields["recommended"]
        field.choices = [
            ("", _("none: the unit decides")),
            *((one.code, wording.OUTCOMES.get(one.code, one.code)) for one in outcomes),
        ]

    def refuse(self, refusal: Refused) -> None:
        """After a clash the page shows the other opinion; sending again replaces it knowingly."""
        super().refuse(refusal)
        if isinstance(refusal, WrongState):
            newest = Comment.objects.values_list("version", flat=True).get(pk=self.comment.pk)
            self.put(version=str(newest))


class DeclineCommentForm(ActForm):
    """Why the comment is not the department's, and whose it is."""

    because = LongText(
        label=_("Why it is not yours"),
        rows=3,
        help_text=_("The unit will read it."),
        error_messages={"required": _("Say why the comment is not yours: the unit will read it.")},
    )
    department = forms.ModelChoiceField(
        label=_("Department it belongs to, if you know"),
        queryset=Department.objects.all(),
        required=False,
        empty_label=_("I do not know"),
        to_field_name="slug",
        error_messages={"invalid_choice": _("Choose the department.")},
    )

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, comment=comment, **kwargs)
        field: Any = self.fields["department"]
        if comment.department_id is not None:
            field.queryset = Department.objects.exclude(pk=comment.department_id)
