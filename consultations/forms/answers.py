"""Forms of the acts on a comment: assigning, answering, sending back, returning, hiding."""

import uuid
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations import calendar, wording
from consultations.forms.base import LongText, RefusableForm
from consultations.models import Comment, Department
from consultations.models.clock import now
from consultations.models.comments import MARKS
from consultations.selectors import due, elements, phrases

DAYS_TO_COMPLETE = 7
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


PUT_RIGHT = {"unsigned": _("it is signed now"), "incomplete": _("nothing is missing now")}


class ClearedField(forms.MultipleChoiceField):
    """Which of a comment's formal faults were put right; nothing to ask where there are none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("What was put right"),
            required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
            **options,
        )


def _ask_cleared(form: forms.Form, comment: Comment) -> None:
    marked = [(mark, words) for mark, words in PUT_RIGHT.items() if getattr(comment, mark)]
    if marked:
        field: Any = form.fields["cleared"]
        field.choices = marked
    else:
        del form.fields["cleared"]


class AdmitCommentForm(ActForm):
    """Admitting asks only what was put right since the comment came."""

    cleared = ClearedField()

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, comment=comment, **kwargs)
        _ask_cleared(self, comment)


class DueField(forms.DateField):
    """The day by which a department is to answer."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Answer due"),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"required": _("Enter the day."), "invalid": _("Enter the day.")},
            **options,
        )


class SetCommentDueForm(ActForm):
    """Another day for the department."""

    due_on = DueField()

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, comment=comment, **kwargs)
        self.fields["due_on"].initial = due.proposed_day(comment.consultation)


class AssignCommentForm(ActForm):
    """The department that is asked to answer, and by when."""

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
    due_on = DueField(required=False)

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, comment=comment, **kwargs)
        self.fields["due_on"].initial = due.proposed_day(comment.consultation)


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
    accepted_part = LongText(
        label=_("In which part it is accepted"),
        rows=2,
        required=False,
        help_text=_("Only for what is partly accepted."),
    )
    changed = forms.TypedChoiceField(
        label=_("Which provision it changes"),
        help_text=_("For what is accepted, wholly or partly. More places can be named later."),
        required=False,
        coerce=uuid.UUID,
        empty_value=None,
        error_messages={"invalid_choice": _("Choose a provision of this draft.")},
    )
    phrase = forms.ModelChoiceField(
        label=_("Saved phrase"),
        queryset=phrases.phrases(),
        required=False,
        empty_label=_("choose…"),
        error_messages={"invalid_choice": _("This phrase is offered no more: choose another.")},
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        begun = _standing(comment) | kwargs.pop("initial", {})
        super().__init__(*args, comment=comment, initial=begun, **kwargs)
        outcomes = comment.consultation.draft.procedure.outcomes.all()
        fields: Any = self.fields
        fields["outcome"].choices = [
            (one.code, wording.OUTCOMES.get(one.code, one.code)) for one in outcomes
        ]
        places = elements.places(comment.consultation.draft)
        fields["changed"].choices = [("", _("none")), *((str(key), place) for key, place in places)]

    def take_version(self, comment: Comment) -> None:
        """From now on the text speaks of the comment as it stands."""
        self.put(version=str(comment.version))


def _standing(comment: Comment) -> dict[str, Any]:
    """What a correction starts from: the answer as it stands."""
    given = getattr(comment, "given_answer", None)
    said = ("outcome", "accepted_part", "reasons")
    answered = {name: getattr(given, name) for name in said} if given else {}
    named = comment.changes.select_related("provision").first()
    place = named.provision if named else getattr(comment.wording, "provision", None)
    return answered | {"version": comment.version, "changed": str(place.key) if place else ""}


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


class LeaveCommentForm(ActForm):
    """Why a comment is left without consideration."""

    because = LongText(
        label=_("Why it is left without consideration"),
        rows=3,
        help_text=_(
            "The author of the comment will read it, and it stands in the report. Leave personal"
            " data out."
        ),
        error_messages={"required": _("Say why it is left: its author will read it.")},
    )


class ReturnCommentForm(ActForm):
    """What is missing in a comment, and by when its author should add it."""

    because = LongText(
        label=_("What is missing"),
        rows=3,
        help_text=_("The author of the comment will read it."),
        error_messages={"required": _("Say what is missing: the author will read it.")},
    )
    lacking = forms.MultipleChoiceField(
        label=_("How it is marked in the register"),
        choices=[(mark, wording.MARKS[mark]) for mark in MARKS],
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    complete_by = forms.DateField(
        label=_("To be completed by"),
        help_text=_("After this day the comment no longer waits for an answer."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter the day."), "invalid": _("Enter the day.")},
    )

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, comment=comment, **kwargs)
        proposed = calendar.local_day(now()) + timedelta(days=DAYS_TO_COMPLETE)
        self.fields["complete_by"].initial = proposed
        self.fields["lacking"].initial = [mark for mark in MARKS if getattr(comment, mark)]


class NumberCommentCaseForm(ActForm):
    """The number of the city's records system."""

    case_number = forms.CharField(
        label=_("Case number in the records system (EZD)"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the number of the records system.")},
    )

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, comment=comment, **kwargs)
        self.fields["case_number"].initial = comment.case_number


class CompleteCommentForm(RefusableForm):
    """What the author adds to a comment that was returned; an officer says what that put right."""

    cleared = ClearedField()

    supplement = LongText(
        label=_("What you add"),
        rows=6,
        help_text=_("Your comment itself stays as you filed it; this is read together with it."),
        error_messages={"required": _("Write what was missing.")},
    )

    def __init__(self, *args: Any, comment: Comment, officer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if officer:
            _ask_cleared(self, comment)
        else:
            del self.fields["cleared"]
