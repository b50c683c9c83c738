"""What a run asks: the same forms as for one comment, and the file of the spreadsheet."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.forms.answers import AnswerCommentForm, AssignCommentForm
from consultations.forms.intakes import UploadSheetForm
from consultations.models import Comment, RunAct
from consultations.selectors.phrases import phrases
from consultations.text.numbers import number_in


def asked_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said on the form of an answer, as a run keeps it."""
    words = {name: said[name] for name in ("outcome", "reasons", "accepted_part")}
    changed = [str(said["changed"])] if said.get("changed") else []
    return words | {"changed": changed, "phrase": said["phrase"].pk if said.get("phrase") else None}


def _with_phrase(data: Any) -> Any:
    """The phrase's words where no reasons were typed."""
    wanted = data.get("phrase", "") if data and not data.get("reasons", "").strip() else ""
    number = number_in(wanted)
    chosen = phrases().filter(pk=number).first() if number else None
    return data if chosen is None else dict(data.items()) | {"reasons": chosen.text}


class RunAnswerForm(AnswerCommentForm):
    """One answer for many comments: nothing stands yet, and each row keeps its own version."""

    def __init__(self, data: Any = None, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(_with_phrase(data), *args, comment=comment, **kwargs)
        del self.fields["version"]
        self.initial = {}
        self.fields["reasons"].help_text = _("Fields in braces are filled for each comment.")
        self.fields["phrase"].help_text = _("Its words are taken where you give no reasons.")
        if not phrases().exists():
            del self.fields["phrase"]
        self.order_fields(["outcome", "phrase"])

    def asked(self) -> dict[str, Any]:
        """What each comment gets."""
        return asked_of(self.cleaned_data)


class RunAssignForm(AssignCommentForm):
    """The department that many comments are passed on to."""

    def asked(self) -> dict[str, Any]:
        """What each comment gets."""
        day = self.cleaned_data["due_on"]
        asked = {"department": self.cleaned_data["department"].slug}
        return asked | ({"due_on": day.isoformat()} if day else {})


FORMS: dict[str, type[RunAnswerForm] | type[RunAssignForm]] = {
    RunAct.ANSWER: RunAnswerForm,
    RunAct.ASSIGN: RunAssignForm,
}


class UploadAnswersForm(UploadSheetForm):
    """The sheet that was downloaded, filled in."""
