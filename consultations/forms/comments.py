"""Forms of comments: filing one."""

from typing import Any, Self

from django import forms
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from consultations import policy
from consultations.forms.base import KeyedForm, LongText, RefusableForm
from consultations.models import Actor, CommentDraft, CommentKind, Organisation, Wording
from consultations.selectors.texts import words_of
from consultations.services.filing import Said
from consultations.services.writing import Typed
from consultations.text.sniffing import ACCEPTED

WHOLE_DRAFT = ((CommentKind.QUESTION, _("question or opinion")), (CommentKind.ADD, _("addition")))
OWN = "own"
PROPOSES = (CommentKind.CHANGE, CommentKind.ADD)


class FileCommentForm(KeyedForm):
    """A comment on a provision, or on the whole draft where there is no wording."""

    in_name_of = forms.ChoiceField(
        label=_("In whose name"),
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages={
            "required": _("Choose in whose name you comment."),
            "invalid_choice": _("You cannot file comments in the name of this organisation."),
        },
    )
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
        label=_("Reasons"),
        rows=5,
        help_text=_(
            "Why is it needed? Everybody will read the comment. Do not write personal data in it:"
            " neither yours nor anybody else's."
        ),
        error_messages={"required": _("Say why: reasons are needed.")},
    )
    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )
    file = forms.FileField(
        label=_("Attachment"),
        required=False,
        help_text=_(
            "PDF, DOCX, ODT, XLSX, ODS, CSV, TXT, PNG, JPEG or TIFF. Only you, your organisation"
            " and the office can open it. To add several, save the draft after each."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": _("The file is empty.")},
    )
    named = forms.BooleanField(
        required=False,
        help_text=_(
            "Only for a comment in your own name. Without your consent everybody reads «private"
            " person»; an organisation is always named."
        ),
    )

    def __init__(
        self,
        *args: Any,
        actor: Actor | None,
        wording: Wording | None,
        draft: CommentDraft | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.wording = wording
        self.organisations = {str(one.pk): one for one in policy.speaks_for(actor)}
        self.owner = salted_hmac("uwaga.drafting", str(actor and actor.pk)).hexdigest()[:16]
        self._ask_in_whose_name(draft, actor)
        self._ask_to_be_named(actor)
        self._ask_what()

    def _ask_in_whose_name(self, draft: CommentDraft | None, actor: Actor | None) -> None:
        """A choice only for whoever may speak for an organisation, and began what is written.

        Nothing is chosen yet.
        """
        field: Any = self.fields["in_name_of"]
        named = [(key, one.name) for key, one in self.organisations.items()]
        if draft is not None and actor is not None and draft.author_id != actor.pk:
            field.choices = [one for one in named if one[0] == str(draft.organisation_id)]
            return
        field.choices = [*named, (OWN, _("my own"))]
        field.initial = None if named else OWN
        if not named and self.data.get(self.add_prefix("in_name_of"), OWN) == OWN:
            field.widget = forms.HiddenInput()

    def _ask_to_be_named(self, actor: Actor | None) -> None:
        """Consent in plain sight, never given beforehand; nothing to ask where there is no name."""
        user = getattr(actor, "user", None)
        if user is None or not user.name:
            del self.fields["named"]
            return
        words = _("Show my name, %(name)s, with this comment")
        self.fields["named"].label = words % {"name": user.name}

    def _ask_what(self) -> None:
        kind: Any = self.fields["kind"]
        if self.wording is None:
            kind.choices = WHOLE_DRAFT
        words = words_of(self.wording)
        self.fields["proposed_wording"].initial = words
        self.fields["proposed_wording"].help_text = (
            _(
                "Correct the text below as it should read. For a new provision write it in its"
                " place. For a deletion or a question leave it as it is."
            )
            if words
            else _("Only for an addition: write it as it should read.")
        )

    def clean_proposed_wording(self) -> str:
        return str(self.cleaned_data["proposed_wording"]).strip()

    def clean(self) -> dict[str, Any]:
        """What was left as it stood proposes nothing; a proposal must differ from it."""
        given = self.cleaned_data
        unchanged = given.get("proposed_wording") == words_of(self.wording).strip()
        if unchanged and given.get("kind") in PROPOSES:
            self.add_error(
                "proposed_wording", _("Change the wording, or choose «Question or opinion».")
            )
        elif unchanged:
            given["proposed_wording"] = ""
        return given

    def said(self) -> Said:
        """What the service files."""
        given = self.cleaned_data
        organisation: Organisation | None = self.organisations.get(given["in_name_of"])
        return Said(
            wording=self.wording,
            organisation=organisation,
            kind=given["kind"],
            proposed_wording=given["proposed_wording"],
            reasons=given["reasons"],
            named=organisation is None and bool(given.get("named")),
        )

    @classmethod
    def of_draft(cls, draft: CommentDraft, *, actor: Actor) -> Self:
        """The form as the draft was left."""
        left = {
            "key": draft.key,
            "version": draft.version,
            "in_name_of": str(draft.organisation_id or OWN),
            "kind": draft.kind,
            "proposed_wording": draft.proposed_wording or words_of(draft.wording),
            "reasons": draft.reasons,
            "named": draft.named,
        }
        return cls(initial=left, actor=actor, wording=draft.wording, draft=draft)

    @classmethod
    def retyped(cls, sent: Any, *, actor: Actor, wording: Wording | None) -> Self:
        """The form with what was typed so far, judging nothing: somebody only looks at the change.

        The key stays, so that what is filed in the end is filed once.
        """
        typed = {name: sent[name] for name in cls.base_fields if name in sent}
        return cls(initial=typed, actor=actor, wording=wording)

    def kept(self) -> list[tuple[Any, str]]:
        """What was typed, to be read and copied where it can no longer be sent."""
        names = ("proposed_wording", "reasons")
        typed = [(self[name].label, str(self[name].value() or "")) for name in names]
        return [(label, text) for label, text in typed if text.strip()]


class KeepDraftForm(RefusableForm):
    """What is typed so far, as far as it goes."""

    key = forms.UUIDField()
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    in_name_of = forms.CharField(required=False, max_length=20)
    kind = forms.ChoiceField(required=False, choices=CommentKind.choices)
    proposed_wording = LongText(required=False, strip=False)
    reasons = LongText(required=False, strip=False)
    named = forms.BooleanField(required=False)

    def __init__(self, *args: Any, actor: Actor, wording: Wording | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wording = wording
        self.organisations = {str(one.pk): one for one in policy.speaks_for(actor)}

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("in_name_of", "") not in ("", OWN, *self.organisations):
            self.add_error(
                "in_name_of", _("You cannot file comments in the name of this organisation.")
            )
        return given

    @property
    def seen_version(self) -> int:
        return int(self.cleaned_data["version"] or 0)

    def typed(self) -> Typed:
        """What the service keeps; a wording left as it stands proposes nothing."""
        given = self.cleaned_data
        proposed = given["proposed_wording"]
        organisation = self.organisations.get(given["in_name_of"])
        unchanged = proposed.strip() == words_of(self.wording).strip()
        return Typed(
            organisation=organisation,
            kind=given["kind"],
            proposed_wording="" if unchanged else proposed,
            reasons=given["reasons"],
            named=organisation is None and given["named"],
        )
