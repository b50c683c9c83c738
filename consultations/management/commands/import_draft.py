"""Imports the text of a draft from a file, or only prints the tree that would be drawn."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consultations import policy
from consultations.errors import Refused
from consultations.models import Actor, Document, Draft, DraftState, Role, RoleGrant, User
from consultations.services.texts import import_text
from consultations.text.formats.files import parse_file
from consultations.text.parse import Parsed, UnreadableDraft
from consultations.text.printing import print_tree


class Command(BaseCommand):
    help = "Import the text of a draft (.docx, .odt, .xml, .txt), or print it with --print-tree."
    requires_system_checks = ()  # printing a tree asks nothing of the database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help=".docx, .odt, .xml or .txt")
        parser.add_argument("--document", metavar="SLUG", help="address of the document")
        parser.add_argument("--by", metavar="EMAIL", help="the officer who imports the text")
        parser.add_argument(
            "--print-tree",
            action="store_true",
            help="print a line for each provision, then a line beginning with ! for each warning",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["print_tree"] and not options["document"]:
            raise CommandError(_("Name the document with --document, or ask for --print-tree."))
        parsed = read(options["file"])
        if options["print_tree"]:
            self.stdout.write("\n".join(print_tree(parsed)))
        if options["document"]:
            self._save(parsed, options)

    def _save(self, parsed: Parsed, options: dict[str, Any]) -> None:
        draft = draft_of(options["document"])
        try:
            version = import_text(draft, parsed.nodes, by=officer(options["by"]))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if not options["print_tree"]:
            self.stdout.write("".join(f"{line}\n" for line in warnings_of(parsed)), ending="")
        imported = _("%(title)s: %(count)d provisions imported.")
        self.stdout.write(imported % {"title": draft.title, "count": version.wordings.count()})


def read(path: Path) -> Parsed:
    """The file as a tree; CommandError with a sentence for what cannot be read."""
    try:
        with path.open("rb") as file:
            return parse_file(path.name, file)
    except UnreadableDraft as refusal:
        raise CommandError(f"{path}: {refusal.sentence}") from refusal
    except OSError as error:
        raise CommandError(_("%(path)s: the file cannot be opened.") % {"path": path}) from error


def warnings_of(parsed: Parsed) -> list[str]:
    return print_tree(Parsed((), parsed.warnings))


def draft_of(slug: str) -> Draft:
    """The latest draft of the document that is still being prepared."""
    document = Document.objects.filter(slug=slug).first()
    if document is None:
        raise CommandError(_("There is no document with the address %(slug)s.") % {"slug": slug})
    preparing = document.drafts.filter(state=DraftState.DRAFTING)
    draft: Draft | None = preparing.order_by("-registered_at", "-pk").first()
    if draft is None:
        raise CommandError(
            _("No draft of %(slug)s is being prepared: register one first.") % {"slug": slug}
        )
    return draft


def officer(email: str | None) -> Actor:
    """Who imports: the officer of this e-mail, or the only one there is."""
    if email:
        user = User.objects.filter(email__iexact=email).first()
        if user is None or not policy.can(user.actor, "draft.import_text"):
            raise CommandError(_("%(email)s is not an officer of the unit.") % {"email": email})
        return user.actor
    grants = RoleGrant.objects.filter(role=Role.OFFICER, until=None, actor__user__is_active=True)
    officers = [grant.actor for grant in grants.select_related("actor")[:2]]
    if len(officers) != 1:
        raise CommandError(_("Say with --by EMAIL which officer imports the text."))
    return officers[0]
