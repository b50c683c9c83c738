"""Saying a comment anew, and supporting another's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.base import LongText, RefusableForm
from consultations.forms.comments import WHOLE_DRAFT
from consultations.models import Actor, Comment, CommentKind, Organisation
from consultations.selectors.supports import OWN, standing, voices
from consultations.selectors.texts import words_of
from consultations.services.correcting import Anew


class CorrectCommentForm(RefusableForm):
    """The words of one's comment as they stand; `version` is what the person read."""

    kind = forms.ChoiceField(
        label=_("Kind of comment"),
        choices=CommentKind.choices,
        error_messages={
            "required": _("Choose the kind of comment."),
            "invalid_choice": _("Choose the kind of comment."),
        },
    )
    proposed_wording = LongText(label=_("Proposed wording"), required=False)
    reasons = LongText(
        label=_("Reasons"), error_messages={"required": _("Say why: reasons are needed.")}
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.comment = comment
        kind: Any = self.fields["kind"]
        if comment.wording is None:
            kind.choices = WHOLE_DRAFT
        words: dict[str, Any] = {
            "kind": comment.kind,
            "proposed_wording": comment.proposed_wording or words_of(comment.wording),
            "reasons": comment.reasons,
            "version": comment.version,
        }
        self.initial = words

    def anew(self) -> Anew:
        """What the service puts in place; a wording left as it reads proposes nothing."""
        given = self.cleaned_data
        wording = given["proposed_wording"]
        if wording.strip() == words_of(self.comment.wording).strip():
            wording = ""
        return Anew(given["kind"], wording, given["reasons"])


class VoiceForm(RefusableForm):
    """In whose name a comment is supported, or no longer is."""

    in_name_of = forms.ChoiceField(
        label=_("In whose name"),
        error_messages={
            "required": _("Choose in whose name you support it."),
            "invalid_choice": _("You cannot support comments in the name of this organisation."),
        },
    )

    def __init__(self, *args: Any, comment: Comment, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = voices(comment, actor, standing(comment))
        self.organisations = {one.code: one.organisation for one in held}
        field: Any = self.fields["in_name_of"]
        field.choices = [(one.code, str(one.organisation or _("my own"))) for one in held] or [
            (OWN, _("my own"))
        ]

    @property
    def organisation(self) -> Organisation | None:
        return self.organisations.get(self.cleaned_data["in_name_of"])
