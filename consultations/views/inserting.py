"""Inserting words into the answer being typed, for whoever has no scripts."""

from consultations.access import ActingRequest
from consultations.forms.answers import AnswerCommentForm
from consultations.models import Comment
from consultations.selectors import phrases
from consultations.selectors.advising import advice

PHRASE, ADVICE = "wstaw", "przejmij"  # buttons of the answer's form that send nothing


def asked(request: ActingRequest) -> bool:
    """Whether one of those buttons was pressed."""
    return request.method == "POST" and (PHRASE in request.POST or ADVICE in request.POST)


def with_words(request: ActingRequest, comment: Comment) -> AnswerCommentForm:
    """What was typed, the chosen words after it; an outcome they belong to, if none is chosen."""
    fields = AnswerCommentForm.base_fields
    typed = {name: request.POST[name] for name in fields if name in request.POST}
    words, outcome = _chosen(request, comment)
    said = typed.get("reasons", "").replace("\r\n", "\n").rstrip()
    typed["reasons"] = "\n\n".join(filter(None, [said, words]))
    if outcome and not typed.get("outcome"):
        typed["outcome"] = outcome
    return AnswerCommentForm(comment=comment, initial=typed)


def _chosen(request: ActingRequest, comment: Comment) -> tuple[str, str]:
    """The words and their outcome; nothing for what is not offered."""
    if ADVICE in request.POST:
        given = (
            one for one in advice(comment, request.actor) if str(one.pk) == request.POST[ADVICE]
        )
        return next(((one.text, one.recommended) for one in given), ("", ""))
    wanted = request.POST.get("phrase", "")
    found = (one for one in phrases.offered(comment) if str(one.pk) == wanted)
    return next(((one.text, one.outcome) for one in found), ("", ""))
