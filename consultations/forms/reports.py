"""Forms of the report: writing its introduction, releasing it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.base import LongText, RefusableForm
from consultations.models import Report


class SeenForm(RefusableForm):
    """`version` is the version of the report the person looked at; empty before it is begun."""

    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, report: Report | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = report.version if report else None

    def take_version(self, report: Report | None) -> None:
        """From now on the text speaks of the report as it stands."""
        self.put(version=str(report.version) if report else "")


class PrepareReportForm(SeenForm):
    """The only part of the report that is written; everything else comes from the record."""

    introduction = LongText(
        label=_("Introduction"),
        rows=10,
        required=False,
        help_text=_(
            "What was consulted, why, and what changes. Everybody will read it: leave personal"
            " data out. Dates, numbers, comments and answers stand below by themselves."
        ),
    )

    def __init__(self, *args: Any, report: Report | None, **kwargs: Any) -> None:
        super().__init__(*args, report=report, **kwargs)
        self.fields["introduction"].initial = report.introduction if report else ""


class ReleaseReportForm(SeenForm):
    """Nothing to fill in: whoever releases says that this very version was read."""
