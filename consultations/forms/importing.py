"""The form on which a draft's text is read, looked at as a tree, and saved."""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.base import RefusableForm
from consultations.text.formats.files import KINDS, parse_file
from consultations.text.parse import Parsed, UnreadableDraft, parse_plain
from consultations.text.plain import to_plain
from consultations.text.tree import walk

MOST_PROVISIONS = 5_000


def fingerprint(text: str) -> str:
    """Tells whether the text that is saved is the text whose tree was shown."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return hashlib.sha256("\n".join(lines).encode(errors="replace")).hexdigest()


class OneOfTwo:
    """A field that may be empty when the other is not: the form looks at both."""

    def validate(self, value: Any) -> None: ...


class File(OneOfTwo, forms.FileField):
    """The draft as a file."""


class Pasted(OneOfTwo, forms.CharField):
    """The draft as typed or pasted."""


class ImportDraftForm(RefusableForm):
    """A file or a pasted text; `parsed` is what was read from it."""

    use_required_attribute = False
    file = File(
        label=_("File"),
        help_text=_("A .docx, .odt, .txt or .xml (Akoma Ntoso) file, 10 MB at most."),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
        error_messages={"empty": _("The file is empty.")},
    )
    text = Pasted(
        label=_("Text of the draft, pasted or corrected"),
        strip=False,
        help_text=_(
            "One provision a line, with its mark: Rozdział 1, § 1., 1., 1), a), –. Two things in"
            " brackets are ours: [wstęp] begins a text without a number, [tiret] a single dash."
        ),
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "uw-source"}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)
    stood = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)
    parsed: Parsed | None = None

    def clean(self) -> dict[str, Any]:
        """Reads the file, else the text; a refusal stands at the field it speaks of."""
        if self.errors:
            return self.cleaned_data
        file, text = self.cleaned_data["file"], self.cleaned_data["text"]
        if not file and not text.strip():
            self.add_error("text", _("Paste the text of the draft, or choose a file."))
            return self.cleaned_data
        try:
            self.parsed = parse_file(file.name, file) if file else parse_plain(text)
            _refuse_endless(self.parsed)
        except UnreadableDraft as unreadable:
            self.add_error("file" if file else "text", unreadable.sentence)
        return self.cleaned_data

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")

    @property
    def was_seen(self) -> bool:
        """Whether the tree of exactly this text was on the page."""
        given = self.cleaned_data
        return not given["file"] and given["seen"] == fingerprint(given["text"])

    def show(self, parsed: Parsed, stood: str) -> None:
        """Put the text into the notation that reads back as this tree.

        `stood` is the fingerprint of the text whose keys it inherits.
        """
        text = to_plain(parsed.nodes)
        self.put(text=text, seen=fingerprint(text), stood=stood)


def _refuse_endless(parsed: Parsed) -> None:
    if sum(1 for _place in walk(parsed.nodes)) > MOST_PROVISIONS:
        raise UnreadableDraft(
            _("More than %(most)d provisions were found: this is no draft of one document.")
            % {"most": MOST_PROVISIONS}
        )
