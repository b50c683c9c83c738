"""What an editor of the text sends: words, places, and why."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid
from consultations.forms.base import LongText, RefusableForm
from consultations.models import CauseKind, Comment, Draft, Opinion, OpinionBody
from consultations.selectors.revision import unit_words
from consultations.services.causes import Because
from consultations.text.numbers import number_in
from consultations.text.said import says_something
from consultations.text.tree import Level

OTHER = (CauseKind.OPINION, CauseKind.AMENDMENT, CauseKind.OWN, CauseKind.EDITORIAL)
CUT = "==="
NO_WORDS = _("Write the wording; to take the provision out, delete it.")


class BecauseForm(RefusableForm):
    """Why the text changes: comments ticked, and at most one other cause."""

    comments = forms.TypedMultipleChoiceField(
        label=_("Comments that led to it"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    other_number = forms.CharField(
        label=_("Another comment, by its number"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("Another kind of cause"),
        required=False,
        choices=[("", _("none")), *((str(one), one.label) for one in OTHER)],
    )
    opinion = forms.ModelChoiceField(
        label=_("Opinion"),
        required=False,
        queryset=Opinion.objects.none(),
        empty_label=_("none"),
    )
    amendment = forms.CharField(
        label=_("Number of the amendment"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = LongText(
        label=_("In a sentence: what it is for"),
        rows=2,
        required=False,
        help_text=_("Everybody will read it. Required for an own initiative of the office."),
    )

    def __init__(self, *args: Any, draft: Draft, near: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        fields: Any = self.fields
        fields["comments"].choices = [(one.comment.pk, one) for one in near]
        fields["opinion"].queryset = draft.opinions.all()
        fields["opinion"].label_from_instance = lambda one: OpinionBody(one.body).label
        if not near:
            del self.fields["comments"]

    def because(self) -> list[Because]:
        """The causes given; Invalid for a number that no comment of the draft has."""
        given = self.cleaned_data
        ticked = list(Comment.objects.filter(pk__in=given.get("comments") or ()))
        if given["other_number"].strip():
            ticked.append(self._other(given["other_number"].strip()))
        found = [Because(CauseKind.COMMENT, one) for one in dict.fromkeys(ticked)]
        if given["kind"]:
            found.append(self._other_cause(given))
        return found

    def _other(self, number: str) -> Comment:
        rounds = self.draft.rounds.order_by("-number")
        found = Comment.objects.filter(
            consultation__in=rounds,
            number=number_in(number),
        )
        comment = found.order_by("-consultation__number").first()
        if comment is None:
            raise Invalid(_("No comment of this draft has this number."), "other_number")
        return comment

    def _other_cause(self, given: dict[str, Any]) -> Because:
        kind = CauseKind(given["kind"])
        return Because(
            kind,
            opinion=given["opinion"] if kind == CauseKind.OPINION else None,
            amendment=given["amendment"] if kind == CauseKind.AMENDMENT else "",
            note=given["note"],
        )


class NameCauseForm(BecauseForm):
    """The causes of a change that was made before."""

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        named = given.get("comments") or given.get("other_number", "").strip() or given.get("kind")
        if not self.errors and not named:
            self.add_error(None, _("Choose at least one cause."))
        return given


class EditProvisionForm(BecauseForm):
    """The new words; `revision` is that of the wording the person began from."""

    heading = forms.CharField(label=_("Heading"), required=False, max_length=500)
    text = LongText(label=_("Wording"), rows=8, required=False)
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    field_order = ("heading", "text", "revision")

    def __init__(self, *args: Any, level: str = Level.PARAGRAPH, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if level == Level.CHAPTER:
            del self.fields["text"]
        elif level != Level.PARAGRAPH:
            del self.fields["heading"]
            self.fields["text"].required = True
            self.fields["text"].error_messages["required"] = NO_WORDS

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not self.errors and not says_something(given.get("heading", "") + given.get("text", "")):
            self.add_error("text" if "text" in self.fields else "heading", NO_WORDS)
        return given


class KeepUnsavedForm(RefusableForm):
    """What is being typed, as far as it goes."""

    heading = forms.CharField(required=False, max_length=500)
    text = LongText(required=False, strip=False)
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1)


class AddProvisionForm(BecauseForm):
    """A new provision: where, of which kind, with which words."""

    where = forms.ChoiceField(
        label=_("Where"),
        choices=[("after", _("behind this provision")), ("into", _("below it, as the last"))],
        widget=forms.RadioSelect,
    )
    level = forms.ChoiceField(label=_("Kind of provision"))
    number = forms.CharField(
        label=_("Number"),
        required=False,
        max_length=20,
        help_text=_("For example 2a. You can number everything anew later."),
    )
    heading = forms.CharField(label=_("Heading"), required=False, max_length=500)
    text = LongText(label=_("Wording"), rows=6, required=False)
    field_order = ("where", "level", "number", "heading", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["level"]
        field.choices = [(str(one), unit_words(str(one))) for one in Level]


class MoveProvisionForm(BecauseForm):
    """Where a provision goes."""

    beside = forms.TypedChoiceField(label=_("Next to which provision"), coerce=uuid.UUID)
    where = forms.ChoiceField(
        label=_("Where"),
        choices=[("after", _("behind it")), ("into", _("below it, as the first"))],
        widget=forms.RadioSelect,
        initial="after",
    )
    field_order = ("beside", "where")

    def __init__(self, *args: Any, places: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["beside"]
        field.choices = [(str(key), words) for key, words in places]


class SplitProvisionForm(BecauseForm):
    """The wording with a mark where it is to be cut."""

    pieces = LongText(
        label=_("Wording, cut"),
        rows=8,
        help_text=_("Put a line with three signs === where a new provision begins."),
    )
    field_order = ("pieces",)

    def cut(self) -> list[str]:
        lines = self.cleaned_data["pieces"].split("\n")
        pieces: list[list[str]] = [[]]
        for line in lines:
            if line.strip() == CUT:
                pieces.append([])
            else:
                pieces[-1].append(line)
        return ["\n".join(piece).strip() for piece in pieces]


class ElementsForm(RefusableForm):
    """For each mandatory element the provision that holds it, and another one if there is."""

    def __init__(self, *args: Any, elements: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [code for code, _words in elements]
        choices = [("", _("none")), *((str(key), place) for key, place in places)]
        for code, words in elements:
            self.fields[code] = self._field(words, choices)
            self.fields[f"{code}_2"] = self._field(_("and also"), choices)

    @staticmethod
    def _field(label: Any, choices: Any) -> forms.TypedChoiceField:
        return forms.TypedChoiceField(
            label=label, required=False, coerce=uuid.UUID, empty_value=None, choices=choices
        )

    def rows(self) -> list[tuple[str, Any, Any]]:
        """Code and the two fields of each element."""
        return [(code, self[code], self[f"{code}_2"]) for code in self.codes]

    def places(self) -> dict[str, list[uuid.UUID]]:
        given = self.cleaned_data
        return {
            code: [one for one in (given[code], given[f"{code}_2"]) if one] for code in self.codes
        }
