"""Notices are read and never deleted; people choose their e-mails, the office words its letters."""

from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, WrongState
from consultations.models import Actor
from consultations.models.clock import now
from consultations.services.door import note, one_action
from notifications import letters
from notifications.letters import Words
from notifications.models import LetterTemplate, Notice, Preference


def read_notice(notice: Notice) -> None:
    """Mark the notice as read; the first reading stays."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now())


def read_all(*, upto: int, by: Actor) -> int:
    """Mark all notices up to this number, and none that came after the page was drawn."""
    unread = Notice.objects.filter(recipient=by, read_at=None, number__lte=upto)
    return unread.update(read_at=now())


def choose_emails(*, wanted: bool, by: Actor) -> None:
    """Switch e-mails on or off; confirmations of one's own comments always come."""
    Preference.objects.update_or_create(actor=by, defaults={"emails": wanted})


def remember_language(language: str | None, *, by: Actor) -> None:
    """The language of later letters: the one last used."""
    Preference.objects.update_or_create(actor=by, defaults={"language": (language or "")[:5]})


def edit_letter(
    kind: str, language: str, *, subject: str, body: str, seen_version: int, by: Actor
) -> LetterTemplate:
    """Put the office's own words in place; what stood is sealed in the record.

    `seen_version` is the version on the page. Raises NotYours, Invalid, WrongState.
    """
    subject, body = " ".join(subject.split()), body.strip()
    check_letter(kind, subject, body)
    with one_action():
        row = _held(kind, language)
        stood = Words(row.subject, row.body, row.version)
        if stood.version != seen_version:
            raise WrongState
        row.subject, row.body, row.version = subject, body, stood.version + 1
        note(
            None,
            "office.edit_letter",
            by=by,
            facts={"letter": kind, "language": language},
            words={
                "subject": subject,
                "body": body,
                "subject_before": stood.subject,
                "body_before": stood.body,
            },
        )
        row.save()
    return row


def _held(kind: str, language: str) -> LetterTemplate:
    """The row of the letter, locked; before the first rewording it begins with the file's words."""
    file = letters.words_of_file(kind, language)
    LetterTemplate.objects.get_or_create(
        kind=kind, language=language, defaults={"subject": file.subject, "body": file.body}
    )
    return LetterTemplate.objects.select_for_update().get(kind=kind, language=language)


def check_letter(kind: str, subject: str, body: str) -> None:
    """Raises Invalid for a letter without words, with unknown fields or without those it must."""
    if not subject or not body:
        raise Invalid(_("A letter needs a subject and a text."), "body" if subject else "subject")
    for field, text in (("subject", subject), ("body", body)):
        if unknown := letters.unknown_names(kind, text):
            raise Invalid(
                _("There is no such field in this letter: %(names)s.")
                % {"names": _in_braces(unknown)},
                field,
            )
    if missing := letters.missing_names(kind, body):
        raise Invalid(_("The text must hold: %(names)s.") % {"names": _in_braces(missing)}, "body")


def _in_braces(names: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
