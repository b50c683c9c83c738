"""What this layer keeps of a person: what she may take with her, what goes with her, and when."""

from django.utils.translation import gettext_lazy as _

from consultations import erasers, exporters, retention
from consultations.models.clock import now
from consultations.selectors.own_data import told
from notifications.models import InboxHead, Letter, Notice, Preference
from notifications.selectors import JOINED


def register() -> None:
    """Called when the app is ready."""
    erasers.register("notices", lambda person: Notice.objects.filter(recipient=person))
    erasers.register("inbox", lambda person: InboxHead.objects.filter(actor=person))
    erasers.register("letters", lambda person: Letter.objects.filter(recipient=person))
    erasers.register("preferences", lambda person: Preference.objects.filter(actor=person))
    retention.register("notices", lambda kept: Notice.objects.filter(read_at__lt=now() - kept))
    retention.register(
        "letters", lambda kept: Letter.objects.filter(due_at=None, entry__at__lt=now() - kept)
    )
    _register_exporters()


def _register_exporters() -> None:
    when, what = _("when"), _("of what")
    exporters.register(
        "notices",
        _("Notices"),
        lambda person: Notice.objects.filter(recipient=person).select_related(*JOINED),
        {
            _("number"): "number",
            when: "entry.at",
            what: lambda one: told(one.entry),
            _("read"): "read_at",
        },
    )
    exporters.register(
        "inbox",
        _("Counter of notices"),
        lambda person: InboxHead.objects.filter(actor=person),
        {_("latest number"): "latest"},
    )
    exporters.register(
        "letters",
        _("E-mails"),
        lambda person: Letter.objects.filter(recipient=person).select_related(*JOINED),
        {
            when: "entry.at",
            what: lambda one: told(one.entry),
            _("sent"): "sent_at",
            _("not sent because"): "problem",
        },
    )
    exporters.register(
        "preferences",
        _("Preferences"),
        lambda person: Preference.objects.filter(actor=person),
        {_("e-mails wanted"): "emails", _("language"): "language"},
    )
