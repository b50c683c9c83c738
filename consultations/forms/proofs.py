"""A file sent to be checked: a receipt or a record."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from consultations.selectors.receipts import MOST_BYTES


class CheckFileForm(forms.Form):
    """One file of at most `MOST_BYTES`; its content is read here and kept nowhere."""

    file = forms.FileField(
        label=_("Receipt or record"),
        error_messages={
            "required": _("Choose the file."),
            "empty": _("The file is empty. Choose another one."),
        },
        widget=forms.FileInput(attrs={"accept": ".html,.txt"}),
    )

    def clean_file(self) -> bytes:
        sent: UploadedFile[Any] = self.cleaned_data["file"]
        if (sent.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 20 MB. Check it with verify.py on your computer.")
            )
        return bytes(sent.read())
