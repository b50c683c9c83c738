"""What the forms share: long text kept as typed, a key against sending twice, refusals in place."""

import uuid
from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.errors import Invalid, Refused, SameKey

LONGEST = 20_000


class LongText(forms.CharField):
    """Several lines, each break as `\\n`; the browser cuts nothing off, the server says no."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 6, **options: Any) -> None:
        super().__init__(max_length=LONGEST, **options)
        self.widget.attrs["rows"] = rows

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without `maxlength`: it would cut a pasted text silently."""
        attrs: dict[str, Any] = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class RefusableForm(forms.Form):
    """A form on which a service's refusal is shown, beside the field it speaks of."""

    def refuse(self, refusal: Refused) -> None:
        field = getattr(refusal, "field", None)
        self.add_error(field if field in self.fields else None, str(refusal))

    def put(self, **values: str) -> None:
        """Show these values in place of what was sent."""
        data: Any = cast("Any", self.data).copy()
        for name, value in values.items():
            data[self.add_prefix(name)] = value
        self.data = data


def refusal_of(form: RefusableForm, act: Callable[[], object]) -> int | None:
    """None when the act is done; else the status of the answer, with the refusal on the form."""
    if not form.is_valid():
        return Invalid.status
    try:
        act()
    except Refused as refusal:
        form.refuse(refusal)
        return refusal.status
    return None


class KeyedForm(RefusableForm):
    """A form that files something once, however often it is sent."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("This form has grown old. Please send it again."),
            "invalid": _("This form has grown old. Please send it again."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4

    def refuse(self, refusal: Refused) -> None:
        super().refuse(refusal)
        if isinstance(refusal, SameKey):
            self.renew_key()

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and "key" in self.errors:
            self.renew_key()

    def renew_key(self) -> None:
        """A fresh key, so that what was typed can be sent again."""
        self.put(key=str(uuid.uuid4()))
