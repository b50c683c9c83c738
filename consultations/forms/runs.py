"""What a run asks: the same forms as for one comment, and the file of the spreadsheet."""

from typing import Any

from consultations.forms.answers import AnswerCommentForm, AssignCommentForm
from consultations.forms.intakes import UploadSheetForm
from consultations.models import Comment, RunAct

# Of the answer's fields, those that are a key or keys of provisions.
KEYS = ("changed",)


class RunAnswerForm(AnswerCommentForm):
    """One answer for many comments: nothing stands yet, and each row keeps its own version."""

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, comment=comment, **kwargs)
        del self.fields["version"]
        self.initial = {}

    def asked(self) -> dict[str, Any]:
        """What each comment gets."""
        given = dict(self.cleaned_data)
        for name in KEYS:
            given[name] = [str(given[name])] if given.get(name) else []
        return given


class RunAssignForm(AssignCommentForm):
    """The department that many comments are passed on to."""

    def asked(self) -> dict[str, Any]:
        """What each comment gets."""
        return {"department": self.cleaned_data["department"].slug}


FORMS: dict[str, type[RunAnswerForm] | type[RunAssignForm]] = {
    RunAct.ANSWER: RunAnswerForm,
    RunAct.ASSIGN: RunAssignForm,
}


class UploadAnswersForm(UploadSheetForm):
    """The sheet that was downloaded, filled in."""
